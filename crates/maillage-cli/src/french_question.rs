//! What is wrong with a question, in French.

use maillage_core::{ScenarioError, TerritoryError};
use maillage_io::Language::French;
use maillage_io::{QuestionError, ScenarioTextError};

use crate::words::{euros, grouped, plural};
use crate::{capacity_words, rule_words, variant_words};

/// Says what is wrong with the text of a scenario.
pub(crate) fn scenario_text(error: &ScenarioTextError) -> String {
    match error {
        ScenarioTextError::Unreadable { file, source } => format!("{} : {source}", file.display()),
        ScenarioTextError::UnknownKey { file, line, key, nearest } => {
            let is_misplaced = key.contains('.') && nearest.as_ref().is_some_and(|right| !right.contains('.'));
            let above = if is_misplaced { ", au-dessus du premier [[…]]" } else { "" };
            let hint =
                nearest.as_ref().map(|key| format!(" ; vouliez-vous dire « {key} »{above} ?")).unwrap_or_default();
            format!("{}:{line} : « {key} » n’est pas une clé de scénario{hint}", file.display())
        }
        ScenarioTextError::BadValue { file, line, key, problem } => {
            let key = key.as_ref().map(|key| format!("clé « {key} » : ")).unwrap_or_default();
            format!("{}:{line} : {key}{}", file.display(), problem.french)
        }
        other => other.to_string(),
    }
}

/// Says what is missing in a question.
pub(crate) fn question(error: &QuestionError) -> String {
    match error {
        QuestionError::Missing { flag, .. } => {
            let reason = match *flag {
                "communes" => "le fichier des communes",
                "candidates" => "le fichier des sites candidats",
                "within" => "la durée maximale du trajet, avec son unité, par exemple --within 20min",
                "under" => "le seuil sous lequel on est sous-doté ; ajouter --under 4",
                "access-field" => "la colonne de l’APL, par exemple --access-field apl_mg2018",
                "speed" => {
                    "dire comment on se déplace : --speed 50km/h --detour 1.3, --times FICHIER ou --roads FICHIER.osm.pbf"
                }
                "roads" => "--profile dit comment on se déplace sur des routes ; ajouter --roads FICHIER.osm.pbf",
                "times" => "les clés times-… décrivent une table de temps de trajet ; ajouter --times FICHIER",
                "detour" => "l’allongement par rapport au vol d’oiseau, par exemple --detour 1.3",
                "sites" => {
                    "dire combien de sites peuvent ouvrir (--sites 100), ce qu’ils peuvent coûter (--budget 4280000), ou les deux"
                }
                "origin" => "--origin-crs dit comment s’écrivent les colonnes de --origin",
                "enough" => "dire à partir de quel accès les médecins suffisent, par exemple --enough 3",
                "outside-field" => {
                    "la colonne des communes et des sites qui dit qui est hors de la région, par exemple --outside-field \
                     outside"
                }
                "capacity-field" => {
                    "la colonne de ce que chaque site peut assurer, par exemple --capacity-field consultations"
                }
                "need-rate" => {
                    "dire de combien de consultations chacun a besoin par an (--need-rate 2.5), ou nommer une colonne des \
                     communes (--need-field)"
                }
                "vary" => "dire ce qui varie : --vary under=2.5,3,4 --vary within=10min,15min",
                _ => "indispensable ici",
            };
            format!("--{flag} manque : {reason}")
        }
        QuestionError::Both { one, other } => format!("--{one} et --{other} s’excluent"),
        QuestionError::BadValue { flag, value, expected } => {
            let expected = match *flag {
                "under" => "un nombre au-dessus de 0, par exemple 4",
                "profile" => "car, foot, bike ou un fichier en .toml",
                "grid-origin" => "deux colonnes, l’est d’abord, par exemple lon,lat ou x3035,y3035",
                "grid-cell" => "une largeur de 1 à 100000 mètres, avec --grid-crs EPSG:3035 ou EPSG:2154",
                "detour" => "un facteur de 1 à 100, par exemple 1.3",
                "origin" | "site-origin" => "deux colonnes, la longitude d’abord, par exemple lon_pop,lat_pop",
                "join" => "un fichier et la colonne du code, par exemple apl.csv:code",
                "count-outside" => "people, sites ou people,sites",
                "enough" => "un nombre au-dessus de 0, par exemple 3",
                "sample" => "un nombre de scénarios, 1 ou plus",
                "vary" => varied(expected),
                _ => expected,
            };
            format!("--{flag} : « {value} » n’est pas {expected}")
        }
        QuestionError::List { flag, file, source } => format!("--{flag} : {} : {source}", file.display()),
        other => other.to_string(),
    }
}

/// Says what the values of a key that is varied look like.
fn varied(expected: &'static str) -> &'static str {
    match expected {
        "an identifier of a site, COLUMN:VALUE of some site, such as kind:pharmacy, or each:COLUMN" => {
            "l’identifiant d’un site, COLONNE:VALEUR d’au moins un site, par exemple kind:pharmacy, ou each:COLONNE"
        }
        "a key that is varied once" => "une clé à varier une seule fois : donner toutes ses valeurs ensemble",
        "at most 20000 scenarios: vary less, or take some with --sample" => {
            "20000 scénarios au plus : en varier moins, ou en prendre une partie avec --sample"
        }
        "a time with its unit, such as 10min" => "une durée avec son unité, par exemple 10min",
        "a speed with its unit, such as 50km/h" => "une vitesse avec son unité, par exemple 50km/h",
        "a weight, such as people or shortfall" => "un poids, par exemple people ou shortfall",
        "a number, such as 1.5" => "un nombre, par exemple 1.5",
        "a whole number, such as 100" => "un nombre entier, par exemple 100",
        "exclude or under-served" => "exclude ou under-served",
        "times and shares, such as 5min:100%,10min:60%, and a semicolon before the next list" => {
            "des durées et des parts, par exemple 5min:100%,10min:60%, un point-virgule avant la liste suivante"
        }
        "a value that the key takes in a scenario file" => "une valeur que cette clé prend dans un scénario",
        _ => expected,
    }
}

/// Says what does not go together in a scenario, or with the data.
pub(crate) fn scenario(error: &ScenarioError) -> String {
    match error {
        ScenarioError::NoLimit => {
            "ni nombre de sites ni budget : ajouter --sites 100, --budget 4280000, ou les deux".to_owned()
        }
        ScenarioError::UnknownSite { list, id, nearest } => {
            let list = match *list {
                "required" => "imposé",
                "forbidden" => "exclu",
                "opened" => "dit déjà ouvert",
                _ => "dit incompatible",
            };
            let hint = match nearest.as_slice() {
                [] => String::new(),
                some => format!(" ; vouliez-vous dire {} ?", some.join(", ")),
            };
            format!("« {id} », {list}, n’est pas parmi les candidats{hint}")
        }
        ScenarioError::RequiredAndForbidden { id } => format!("« {id} » est à la fois imposé et exclu"),
        ScenarioError::RequiredAboveCount { required, sites, ids } => format!(
            "{} {} mais {} {} : {} ; augmenter --sites ou en imposer moins",
            grouped(*required, French),
            plural(*required, "site est imposé", "sites sont imposés", French),
            grouped(*sites, French),
            plural(*sites, "seulement peut ouvrir", "seulement peuvent ouvrir", French),
            ids.join(", ")
        ),
        ScenarioError::RequiredAboveBudget { cost, budget, ids } => {
            let list: Vec<String> = ids.iter().map(|(id, cost)| format!("{id} {}", euros(*cost, French))).collect();
            format!(
                "les sites imposés coûtent {}, plus que le budget de {} : {} ; augmenter --budget ou en imposer moins",
                euros(*cost, French),
                euros(*budget, French),
                list.join(", ")
            )
        }
        ScenarioError::BudgetBelowCheapest { cheapest, id, budget } => format!(
            "le candidat le moins cher, « {id} », coûte {}, plus que le budget de {}",
            euros(*cheapest, French),
            euros(*budget, French)
        ),
        ScenarioError::TooFewCandidates { sites, candidates } => format!(
            "exactement {} {} mais {} {} : retirer --exactly, ou en demander moins",
            grouped(*sites, French),
            plural(*sites, "site est demandé", "sites sont demandés", French),
            grouped(*candidates, French),
            plural(*candidates, "candidat seulement peut ouvrir", "candidats seulement peuvent ouvrir", French)
        ),
        ScenarioError::ExactlyAboveBudget { sites, cheapest, budget } => format!(
            "{} {}, plus que le budget de {} : retirer --exactly, en demander moins, ou augmenter --budget",
            if *sites == 1 {
                "le site le moins cher coûte".to_owned()
            } else {
                format!("les {} sites les moins chers coûtent", grouped(*sites, French))
            },
            euros(*cheapest, French),
            euros(*budget, French)
        ),
        ScenarioError::DecayOutOfOrder { step, next } => {
            format!(
                "les paliers (decay) vont du plus proche au plus lointain sans remonter : {next} ne peut suivre {step}"
            )
        }
        ScenarioError::DecayOfTravelTime => {
            "l’objectif « travel-time » compte les minutes : les paliers (decay) n’y ont pas de sens, retirer l’un des \
             deux"
                .to_owned()
        }
        ScenarioError::TargetOutOfReach { target, most } => format!(
            "l’objectif demande {} personnes à portée, mais aucun choix de sites qui respecte les règles n’en atteint \
             plus de {}",
            grouped(*target, French),
            grouped(*most, French)
        ),
        ScenarioError::TargetNotFound { target } => format!(
            "aucun plan avec {} personnes à portée n’a été trouvé ; essayer --effort proof",
            grouped(*target, French)
        ),
        ScenarioError::Variant(error) => variant_words::french(error),
        ScenarioError::NothingToCover => {
            "il n’y a personne à desservir : aucune commune peuplée n’est sous-dotée".to_owned()
        }
        ScenarioError::MissingAccess { communes, people, examples } => format!(
            "{} {} ({} habitants) sans valeur d’accès aux soins : {} ; compléter les données, ou ajouter \
             --missing-access exclude (ils comptent comme bien dotés) ou under-served (comme sous-dotés)",
            grouped(*communes, French),
            plural(*communes, "commune peuplée", "communes peuplées", French),
            grouped(*people, French),
            examples.join(", ")
        ),
        ScenarioError::Rule(error) => rule_words::french(error),
        ScenarioError::Consultations(error) => capacity_words::french(error),
        ScenarioError::Border(error) => capacity_words::french_border(error),
        ScenarioError::Column(error) => rule_words::french_column(error),
        ScenarioError::NoThreshold => "le poids « shortfall » demande le seuil : ajouter --under 4".to_owned(),
        ScenarioError::NoWeight { code } => {
            format!("la commune « {code} » n’a pas de valeur dans la colonne qui sert de poids")
        }
        other => other.to_string(),
    }
}

/// Says what does not go together in the data.
pub(crate) fn territory(error: &TerritoryError) -> String {
    match error {
        TerritoryError::NoCommune => "il n’y a aucune commune".to_owned(),
        TerritoryError::RepeatedCommune { code } => format!("deux communes ont le code « {code} »"),
        TerritoryError::RepeatedSite { id } => {
            format!(
                "deux sites ont l’identifiant « {id} » : un site qui existe, ou figure dans un plan donné, n’est pas aussi \
                 un candidat ou une candidature ; le retirer de l’un des fichiers"
            )
        }
        TerritoryError::UnknownHost { id, commune } => {
            format!("le candidat « {id} » est dans la commune « {commune} », qui n’est pas parmi les communes")
        }
        other => other.to_string(),
    }
}
