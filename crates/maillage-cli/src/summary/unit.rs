use maillage_io::Language;

use crate::words::shown;

/// Says what an objective is counted in, in the language of the reader.
pub(crate) fn unit(unit: &str, language: Language) -> String {
    match (unit, language) {
        ("people", Language::French) => "personnes".to_owned(),
        ("weight", Language::French) => "de poids".to_owned(),
        ("weight", Language::English) => "of weight".to_owned(),
        ("thousandths of a person", Language::French) => "millièmes de personne".to_owned(),
        ("consultations a year", Language::French) => "consultations par an".to_owned(),
        ("people by specialty", Language::French) => "personnes, par spécialité".to_owned(),
        ("weighted people by specialty", Language::French) => "personnes pondérées, par spécialité".to_owned(),
        _ => shown(unit),
    }
}
