/// Lines that a planner may want in a scenario, shown as comments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScenarioExample {
    /// What they do, in English.
    pub english: &'static str,
    /// What they do, in French.
    pub french: &'static str,
    /// The lines: TOML.
    pub lines: &'static str,
    /// The beginnings of the lines of other examples that they need.
    pub needs: &'static [&'static str],
}

const fn example(english: &'static str, french: &'static str, lines: &'static str) -> ScenarioExample {
    ScenarioExample { english, french, lines, needs: &[] }
}

const fn with(example: ScenarioExample, needs: &'static [&'static str]) -> ScenarioExample {
    ScenarioExample { needs, ..example }
}

/// Returns the examples of single keys, which stand above those of tables, and then those of tables.
#[must_use]
pub const fn scenario_examples() -> (&'static [ScenarioExample], &'static [ScenarioExample]) {
    (KEYS, TABLES)
}

const KEYS: &[ScenarioExample] = &[
    example(
        "The largest share in reach for the département that has the smallest:",
        "La plus grande part à portée pour le département qui a la plus petite :",
        "goal = \"worst-off:dep\"",
    ),
    example(
        "The fewest sites, or the least euros (least-cost:90%), for a share in reach:",
        "Le moins de sites, ou le moins d’euros (least-cost:90%), pour une part à portée :",
        "goal = \"fewest-sites:90%\"",
    ),
    example(
        "The least travel time to the nearest site:",
        "Le moins de trajet jusqu’au site le plus proche :",
        "goal = \"travel-time:60min\"",
    ),
    example(
        "Nearer counts more, by steps:",
        "Plus près compte davantage, par paliers :",
        "decay = [\"10min:100%\", \"20min:60%\", \"30min:30%\"]",
    ),
    example(
        "A blend of columns of the communes: people of 75 and more count twice more:",
        "Un mélange de colonnes des communes : les 75 ans et plus comptent deux fois de plus :",
        "weight = \"blend:people=1,over75=2\"",
    ),
    example(
        "Where access is at least this, doctors suffice and people weigh less:",
        "À partir de cet accès, les médecins suffisent et les habitants pèsent moins :",
        "enough = 3\nenough-weight = \"25%\"",
    ),
    example(
        "Candidates that must open, or must not; @list.txt reads one identifier a line:",
        "Candidats à ouvrir, ou à ne pas ouvrir ; @liste.txt lit un identifiant par ligne :",
        "require = [\"site-1\"]\nforbid = [\"site-2\"]",
    ),
    example(
        "Of each of these lists one site opens at most:",
        "De chacune de ces listes, un site au plus ouvre :",
        "incompatible = [[\"site-1\", \"site-2\"]]",
    ),
    example(
        "Kinds preferred among sites of equal worth and cost:",
        "Genres préférés entre sites de même portée et de même coût :",
        "prefer = [\"pharmacy\", \"town_hall\"]",
    ),
    example(
        "People by the cells of a population grid, of 1 km in EPSG:3035, with a column of codes of communes:",
        "Les habitants par mailles d’un carroyage, de 1 km en EPSG:3035, avec une colonne de codes de communes :",
        "grid = \"grid.csv\"\ngrid-id-field = \"id\"\ngrid-population-field = \"pop\"\ngrid-commune-field = \
         \"commune\"\ngrid-origin = \"x,y\"\ngrid-crs = \"EPSG:3035\"\ngrid-cell = 1000",
    ),
    example(
        "Who is outside the region (a column of communes and sites), and what counts there:",
        "Qui est hors de la région (une colonne des communes et des sites), et ce qui y compte :",
        "outside-field = \"outside\"\ncount-outside = [\"people\", \"sites\"]",
    ),
    example(
        "Capacity: consultations a year by site (a column), against what each person needs; loads are told:",
        "Capacité : consultations par an et par site (une colonne), face au besoin de chacun ; les charges sont données :",
        "capacity-field = \"slots\"\nneed-rate = 2.5",
    ),
    with(
        example(
            "And what is served within the capacities is maximised, in place of people in reach:",
            "Et l’on maximise ce qui est assuré dans la limite des capacités, au lieu des personnes à portée :",
            "within-capacity = true",
        ),
        &["capacity-field"],
    ),
    example(
        "Sites with a number in this column serve these residents and nobody else:",
        "Les sites ayant un nombre dans cette colonne ne desservent que ces résidents :",
        "residents-field = \"residents\"",
    ),
    example(
        "Candidates with an existing site in this column upgrade it, and need a [[type]] with upgrade = true:",
        "Les candidats ayant un site existant dans cette colonne le renforcent, et il leur faut un [[type]] avec \
             upgrade = true :",
        "upgrades-field = \"upgrades\"",
    ),
    with(
        example(
            "What sites offer, existing ones too: names between commas (with [[specialty]] below):",
            "Ce que proposent les sites, existants compris : des noms entre virgules (avec [[specialty]] plus bas) :",
            "offers-field = \"offers\"",
        ),
        &["[[specialty]]"],
    ),
];

const TABLES: &[ScenarioExample] = &[
    example(
        "At least 5 new sites in each département:",
        "Au moins 5 nouveaux sites dans chaque département :",
        "[[rule]]\neach = \"dep\"\nleast = 5",
    ),
    example(
        "Rural communes host 41% of the new sites at least:",
        "Au moins 41 % des nouveaux sites en commune rurale :",
        "[[rule]]\nwhere = { density7 = [5, 6, 7] }\nleast-share = \"41%\"",
    ),
    example(
        "Départements differ by two new sites at most:",
        "Deux nouveaux sites d’écart au plus entre départements :",
        "[[rule]]\neach = \"dep\"\nspread = 2",
    ),
    example(
        "At most 400,000 € in each département:",
        "Au plus 400 000 € dans chaque département :",
        "[[rule]]\neach = \"dep\"\nsum = \"cost\"\nmost = 400000",
    ),
    example(
        "A pool: doctors have 80 hours a week for all new sites (a column of numbers):",
        "Une réserve : 80 heures de médecin par semaine pour tous les nouveaux sites (une colonne de nombres) :",
        "[[rule]]\nsum = \"field:hours\"\nmost = 80",
    ),
    example(
        "At most one new site of a kind in a commune:",
        "Un nouveau site au plus de chaque genre par commune :",
        "[[rule]]\neach = [\"commune\", \"kind\"]\nmost = 1",
    ),
    example(
        "Each département reaches half of its under-served people:",
        "Chaque département atteint la moitié de ses habitants sous-dotés :",
        "[[floor]]\neach = \"dep\"\nleast-share = \"50%\"",
    ),
    example(
        "New sites stand at least 10 km apart, and 10 minutes from existing ones:",
        "Les nouveaux sites sont à 10 km au moins les uns des autres, et à 10 minutes des existants :",
        "[[spacing]]\nbetween = \"10km\"\nfrom-existing = \"10min\"",
    ),
    example(
        "Phases, whose limits count earlier ones too; years weigh what is in reach at the end of each:",
        "Des phases, dont les limites comptent aussi les précédentes ; les années pèsent ce qui est à portée à leur fin :",
        "[[phase]]\nname = \"2024-2026\"\nsites = 6\nyears = 3\n[[phase]]\nname = \"2027-2029\"\nsites = 10\nyears = 3",
    ),
    example(
        "Types of site, one at a place; with yearly-cost goes horizon = 5, in years, above the first [[…]]:",
        "Des types de site, un par lieu ; avec yearly-cost va horizon = 5, en années, au-dessus du premier [[…]] :",
        "[[type]]\nname = \"desk\"\n[[type]]\nname = \"van\"\nopening-cost = 90000\nwithin = \"30min\"\nmost = 6",
    ),
    example(
        "Hubs: each new site leans on an existing one, 12 on each at most:",
        "Des centres : chaque nouveau site s’appuie sur un site existant, 12 au plus sur chacun :",
        "[hub]\nkind = [\"msp\"]\nwithin = \"45min\"\nmost = 12\nchoose = \"any\"",
    ),
    with(
        example(
            "Specialties, each counted by itself; all names in the column of offers-field need an entry:",
            "Des spécialités, comptées chacune à part ; chaque nom de la colonne d’offers-field demande une entrée :",
            "[[specialty]]\nname = \"dermatology\"\n[[specialty]]\nname = \"cardiology\"\n[[specialty]]\n\
             name = \"geriatrics\"\nfield = \"over75\"\nweight = 2",
        ),
        &["offers-field"],
    ),
];
