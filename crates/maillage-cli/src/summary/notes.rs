use maillage_core::{Scenario, Travel};
use maillage_io::Language;

use crate::words::decimal;

/// Says what the figures do not say.
pub(crate) fn notes(scenario: &Scenario, language: Language) -> String {
    let travel = match (scenario.travel, language) {
        (Travel::StraightLine { speed, detour }, Language::English) => format!(
            "Times are computed in straight lines, made {} times longer and driven at {} km/h: an approximation, \
             without the roads.",
            decimal(detour, language),
            decimal(speed, language)
        ),
        (Travel::StraightLine { speed, detour }, Language::French) => format!(
            "Les temps sont calculés à vol d’oiseau, distance multipliée par {} et parcourue à {} km/h : une \
             approximation, sans les routes.",
            decimal(detour, language),
            decimal(speed, language)
        ),
        (Travel::Times, Language::English) => {
            "Times are those of the table; a pair that is not in it is not in reach.".to_owned()
        }
        (Travel::Times, Language::French) => {
            "Les temps sont ceux de la table ; un couple absent n’est pas à portée.".to_owned()
        }
        (Travel::Kept, Language::English) => {
            "Times are those that \"maillage reach\" computed before and kept in a file.".to_owned()
        }
        (Travel::Kept, Language::French) => {
            "Les temps sont ceux que « maillage reach » a calculés auparavant et gardés dans un fichier.".to_owned()
        }
        (Travel::Roads, Language::English) => {
            "Times are those of empty OpenStreetMap roads: no traffic, no public transport, no time to park.".to_owned()
        }
        (Travel::Roads, Language::French) => {
            "Les temps sont ceux des routes d’OpenStreetMap, vides : ni circulation, ni transports en commun, ni \
             stationnement."
                .to_owned()
        }
    };
    let used = match language {
        Language::English => "In reach is not use: who lives near a site may still not use it.",
        Language::French => "À portée ne veut pas dire utilisé : habiter près d’un site n’est pas s’en servir.",
    };
    format!("{travel}\n{used}\n")
}
