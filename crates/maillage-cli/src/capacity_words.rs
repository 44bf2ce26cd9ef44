//! What is wrong with capacities and borders, in words.

use maillage_core::{BorderError, ConsultationError};

pub(crate) fn english_mend(error: &ConsultationError) -> Option<&'static str> {
    Some(match error {
        ConsultationError::NoCapacity { .. } => {
            "nobody's capacity is assumed, an existing site's neither: complete the data, or name the right column with \
             --capacity-field"
        }
        ConsultationError::NoNeed { .. } => "complete the data, or give --need-rate in place of --need-field",
        ConsultationError::NoPersons { .. } => {
            "complete the data, or name the right column with --standardised-field; without it inhabitants share alike"
        }
        ConsultationError::NoNumberOfPersons { .. } => "write a number from 0, such as 1203.5",
        ConsultationError::NotWhole { .. } => "write bare digits, such as 1200",
        ConsultationError::Floors => "drop the floors, or --within-capacity",
        ConsultationError::Goal => "drop --goal and decay, or --within-capacity",
        ConsultationError::Weight => "drop --weight and --enough, or --within-capacity",
        _ => return None,
    })
}

pub(crate) fn french(error: &ConsultationError) -> String {
    match error {
        ConsultationError::NoCapacity { id, column } => format!(
            "le site « {id} » n’a pas de capacité dans la colonne « {column} » ; aucune n’est supposée, même pour un \
             site existant : compléter les données, ou nommer la bonne colonne par --capacity-field"
        ),
        ConsultationError::NoNeed { code, column } => format!(
            "la commune « {code} » n’a pas de besoin dans la colonne « {column} » : compléter les données, ou donner \
             --need-rate au lieu de --need-field"
        ),
        ConsultationError::NoPersons { code, column } => format!(
            "la commune « {code} » n’a pas d’habitants standardisés dans la colonne « {column} » : compléter les \
             données, ou nommer la bonne colonne par --standardised-field ; sans elle, les habitants partagent à égalité"
        ),
        ConsultationError::NoNumberOfPersons { code, column, value } => format!(
            "la commune « {code} » a « {value} » dans la colonne « {column} », qui n’est pas un nombre d’habitants : \
             écrire un nombre à partir de 0, par exemple 1203.5"
        ),
        ConsultationError::NotWhole { of, column, value } => format!(
            "« {of} » a « {value} » dans la colonne « {column} », qui n’est pas un nombre entier de consultations par \
             an : écrire les chiffres seuls, par exemple 1200"
        ),
        ConsultationError::TooLarge { what } => {
            let what = if *what == "needs" { "les besoins" } else { "les capacités" };
            format!("{what} dépassent au total 2^53 (9\u{202f}007\u{202f}199\u{202f}254\u{202f}740\u{202f}992)")
        }
        ConsultationError::Floors => "les planchers comptent les personnes à portée et ne vont pas avec un plan dans \
             la limite des capacités : retirer les planchers, ou --within-capacity"
            .to_owned(),
        ConsultationError::Goal => "un plan dans la limite des capacités maximise les consultations assurées : \
             retirer --goal et decay, ou --within-capacity"
            .to_owned(),
        ConsultationError::Weight => "un plan dans la limite des capacités maximise les consultations assurées : \
             retirer --weight et --enough, ou --within-capacity"
            .to_owned(),
        other => other.to_string(),
    }
}

pub(crate) fn french_border(error: &BorderError) -> String {
    match error {
        BorderError::Unclear { id, column, value } => format!(
            "« {id} » a « {value} » dans la colonne « {column} », qui ne dit ni oui ni non : écrire true ou false"
        ),
        BorderError::NoColumn { column } => format!(
            "aucune commune et aucun site n’a rien dans la colonne « {column} » : nommer la bonne par --outside-field"
        ),
        other => other.to_string(),
    }
}
