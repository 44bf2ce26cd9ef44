use maillage_core::{Scenario, TravelTime};
use maillage_io::{Language, ScenarioFile};

use crate::words::{decimal, grouped};

/// Says how long a way is.
pub(crate) fn duration(time: TravelTime, language: Language) -> String {
    let minutes = u64::from(time.whole_minutes());
    if time.whole_minutes() == time.minutes_begun() {
        match (language, minutes) {
            (_, 1) => "1 minute".to_owned(),
            _ => format!("{} minutes", grouped(minutes, language)),
        }
    } else {
        let minutes = (time.minutes() * 100.0).round() / 100.0;
        format!("{} minutes", decimal(minutes, language))
    }
}

/// Names the access figure: the APL by its name, another by its column, with its year where the scenario says it.
fn access_name(file: &ScenarioFile) -> String {
    let field = file.access_field.as_deref().unwrap_or_default();
    if field.to_lowercase().contains("apl") { "APL".to_owned() } else { field.to_owned() }
}

/// Names the access figure with its year, and what it counts where that is known.
pub(crate) fn access_unit(file: &ScenarioFile, language: Language) -> String {
    let (name, year) = (access_name(file), year(file));
    let counts = match (name.as_str(), language) {
        ("APL", Language::English) => ", consultations within reach a year and inhabitant",
        ("APL", Language::French) => ", consultations accessibles par an et par habitant",
        _ => "",
    };
    format!("{name}{year}{counts}")
}

fn year(file: &ScenarioFile) -> String {
    let year = file.sources.as_ref().and_then(|sources| sources.access.as_ref()).and_then(|access| access.year);
    year.map(|year| format!(", {year}")).unwrap_or_default()
}

/// Says who is counted: "people in under-dense places (APL below 4, 2018)".
pub(crate) fn counted(scenario: &Scenario, file: &ScenarioFile, language: Language) -> String {
    match (scenario.under, language) {
        (None, Language::English) => "people".to_owned(),
        (None, Language::French) => "habitants".to_owned(),
        (Some(under), Language::English) => {
            format!("people in under-dense places ({}{})", below(file, under, language), year(file))
        }
        (Some(under), Language::French) => {
            format!("habitants de territoires sous-dotés ({}{})", below(file, under, language), year(file))
        }
    }
}

/// Says a threshold: "APL below 4".
pub(crate) fn below(file: &ScenarioFile, under: f64, language: Language) -> String {
    let (name, under) = (access_name(file), decimal(under, language));
    match language {
        Language::English => format!("{name} below {under}"),
        Language::French => format!("{name} inférieure à {under}"),
    }
}
