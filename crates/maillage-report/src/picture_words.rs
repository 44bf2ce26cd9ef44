use maillage_io::Language;

/// The words of a map.
pub(crate) struct PictureWords {
    /// Each class of communes and what the legend says of it.
    pub(crate) areas: [(&'static str, &'static str); 4],
    pub(crate) new: &'static str,
    pub(crate) existing: &'static str,
    pub(crate) sources: &'static str,
    /// What stands between two of them.
    pub(crate) between: &'static str,
    /// What is written across a map that is no basis for a decision.
    pub(crate) illustrative: &'static str,
}

impl PictureWords {
    pub(crate) const fn of(language: Language) -> Self {
        match language {
            Language::English => Self {
                areas: [
                    ("already", "in reach today"),
                    ("newly", "newly in reach"),
                    ("no", "not in reach"),
                    ("uncounted", "nobody counted"),
                ],
                new: "new site",
                existing: "existing site",
                sources: "Sources: ",
                between: "; ",
                illustrative: "Illustrative data",
            },
            Language::French => Self {
                areas: [
                    ("already", "à portée aujourd’hui"),
                    ("newly", "nouvellement à portée"),
                    ("no", "hors de portée"),
                    ("uncounted", "personne de compté"),
                ],
                new: "nouveau site",
                existing: "site existant",
                sources: "Sources : ",
                between: "\u{a0}; ",
                illustrative: "Données illustratives",
            },
        }
    }
}

/// The words of a curve.
pub(crate) struct CurveWords {
    pub(crate) title: &'static str,
    pub(crate) text: &'static str,
    /// What it rises over.
    pub(crate) over: &'static str,
    pub(crate) found: &'static str,
    pub(crate) bound: &'static str,
}

impl CurveWords {
    /// Returns the words for what a curve rises over: `sites`, `euros` or `floor`.
    pub(crate) fn of(over: &str, language: Language) -> Self {
        let (found, bound) = match language {
            Language::English => ("best plan found", "no plan is above this"),
            Language::French => ("meilleur plan trouvé", "aucun plan n’est au-dessus"),
        };
        let (title, text, axis) = match (over, language) {
            ("floor", Language::English) => (
                "The price of equity",
                "Each point is a plan: what its worst-off place has in reach, and what it brings in all. The figures do \
                 not start at zero.",
                "share in reach of the worst-off place (%)",
            ),
            ("floor", Language::French) => (
                "Le prix de l’équité",
                "Chaque point est un plan : ce qui est à portée dans le lieu le moins bien loti, et ce qu’il apporte en \
                 tout. Les chiffres ne partent pas de zéro.",
                "part à portée du lieu le moins bien loti (%)",
            ),
            (_, Language::English) => (
                "What more would bring",
                "Each point is the best plan found under its limit; the broad line is proved: no plan is above it.",
                if over == "euros" { "euros for new sites" } else { "new sites" },
            ),
            (_, Language::French) => (
                "Ce que davantage apporterait",
                "Chaque point est le meilleur plan trouvé sous sa limite ; la ligne large est prouvée : aucun \
                 plan n’est au-dessus.",
                if over == "euros" { "euros pour les nouveaux sites" } else { "nouveaux sites" },
            ),
        };
        Self { title, text, over: axis, found, bound }
    }
}
