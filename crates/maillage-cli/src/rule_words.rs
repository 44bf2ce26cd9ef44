//! What is wrong with a rule, in French, and how to mend it in both languages.

use maillage_core::{ColumnError, RuleError, RuleList, RulePlace};

/// Names the place of a rule in French.
fn french_place(place: &RulePlace) -> String {
    let list = match place.list {
        RuleList::Rule => "règle (rule)",
        RuleList::Floor => "plancher (floor)",
        RuleList::Spacing => "écartement (spacing)",
        RuleList::Incompatible => "liste (incompatible)",
        RuleList::Type => "type",
    };
    let name = place.name.as_ref().map(|name| format!(", « {name} »")).unwrap_or_default();
    format!("{list} n° {}{name}", place.number)
}

pub(crate) fn english_mend(error: &RuleError) -> Option<&'static str> {
    Some(match error {
        RuleError::NoTimes { .. } => "give a distance, such as \"10km\"",
        RuleError::TooManyPairs { .. } => "ask for less distance, or of fewer sites with \"where\"",
        RuleError::SpreadOfMany { .. } => "take a column with fewer values",
        RuleError::RequiredApart { .. } | RuleError::RequiredTooNear { .. } => "drop one of the two demands",
        RuleError::EmptyCondition { .. } => "write values, or a range whose \"least\" lies under its \"below\"",
        _ => return None,
    })
}

pub(crate) fn english_column_mend(error: &ColumnError) -> Option<String> {
    Some(match error {
        ColumnError::UnknownValue { nearest, .. } if !nearest.is_empty() => {
            format!("there are {}", nearest.join(", "))
        }
        ColumnError::NoValueOfSite { .. } | ColumnError::NoValueOfCommune { .. } => "complete the data".to_owned(),
        _ => return None,
    })
}

pub(crate) fn french(error: &RuleError) -> String {
    match error {
        RuleError::Nothing { place, expected } => {
            format!("{} ne demande rien : indiquer {}", french_place(place), expected.replace(" or ", " ou "))
        }
        RuleError::Contradiction { place, least, most } => {
            format!("{} demande au moins {least} et au plus {most}, ce qui s’exclut", french_place(place))
        }
        RuleError::ShareOfAll { place } => format!(
            "{} demande une part de tous les sites parmi tous les sites : dire lesquels avec « where » ou « each »",
            french_place(place)
        ),
        RuleError::SpreadOfOne { place } => {
            format!("{} demande un écart : dire entre quelles valeurs avec « each »", french_place(place))
        }
        RuleError::SpreadOfMany { place, groups, most } => format!(
            "{} demande un écart entre {groups} valeurs, plus que {most} : prendre une colonne qui en a moins",
            french_place(place)
        ),
        RuleError::EmptyCondition { place, column } => format!(
            "{} : la condition sur {column} n’admet rien : donner des valeurs, ou une plage dont « least » est sous \
             « below »",
            french_place(place)
        ),
        RuleError::NoTimes { place } => format!(
            "{} est une durée, mais une table de temps n’en contient pas entre les sites : donner une distance, par \
             exemple \"10km\"",
            french_place(place)
        ),
        RuleError::TooManyPairs { place, most } => format!(
            "{} oppose plus de {most} paires de candidats : demander une distance plus courte, ou moins de sites avec \
             « where »",
            french_place(place)
        ),
        RuleError::RequiredApart { place, one, other } => {
            format!("« {one} » et « {other} » sont tous deux imposés, ce qu’exclut : {}", french_place(place))
        }
        RuleError::RequiredTooNear { place, required, existing } => {
            format!("« {required} » est imposé mais trop près de « {existing} » pour : {}", french_place(place))
        }
        other => other.to_string(),
    }
}

pub(crate) fn french_column(error: &ColumnError) -> String {
    match error {
        ColumnError::MissingOfSites { place, column } => format!(
            "{} porte sur la colonne « {column} », que n’ont ni les candidats ni les communes",
            french_place(place)
        ),
        ColumnError::MissingOfCommunes { place, column } => {
            format!("{} porte sur la colonne « {column} », que les communes n’ont pas", french_place(place))
        }
        ColumnError::NoValueOfSite { place, column, id } => format!(
            "{} : le candidat « {id} » n’a pas de valeur dans la colonne « {column} », sa commune non plus : compléter \
             les données, ou exclure ce candidat",
            french_place(place)
        ),
        ColumnError::NoValueOfCommune { place, column, code } => format!(
            "{} : la commune « {code} » n’a pas de valeur dans la colonne « {column} » : compléter les données",
            french_place(place)
        ),
        ColumnError::NotANumber { place, column, id, value } => format!(
            "{} : « {value} », dans la colonne « {column} » de « {id} », n’est pas un nombre positif ou nul d’au plus \
             trois décimales",
            french_place(place)
        ),
        ColumnError::UnknownValue { place, column, value, nearest } => format!(
            "{} demande {column} = « {value} », qui ne figure nulle part dans cette colonne ; on y trouve {}",
            french_place(place),
            nearest.join(", ")
        ),
        other => other.to_string(),
    }
}
