use maillage_io::Language;
use serde_json::Value;

use crate::words::{decimal, euros, grouped, plural, shown};

/// Says what is assumed under a key of the scenario, as planners say it.
pub(crate) fn assumption(key: &str, value: &Value, language: Language) -> String {
    let words = plain(value, language);
    let pick = |english: String, french: String| if language == Language::English { english } else { french };
    let is_empty = value.as_array().is_some_and(Vec::is_empty);
    match key {
        "under" => pick(format!("threshold {words}"), format!("seuil {words}")),
        "within" => pick(format!("at most {}", spaced(&words)), format!("{} au plus", spaced(&words))),
        "speed" => pick(format!("at {}", spaced(&words)), format!("à {}", spaced(&words))),
        "detour" => pick(format!("detour {words}"), format!("détour {words}")),
        "budget" => value.as_u64().map_or(words, |sum| euros(sum, language)),
        "sites" => format!("{words} {}", plural(value.as_u64().unwrap_or_default(), "site", "sites", language)),
        "access-field" => pick(format!("access {words}"), format!("accès {words}")),
        "population-field" => pick(format!("people {words}"), format!("habitants {words}")),
        "weight" => pick(format!("weight {words}"), format!("poids {words}")),
        "missing-access" => pick(format!("no figure: {words}"), format!("sans indicateur : {words}")),
        "enough" => pick(format!("enough from {words}"), format!("suffisant dès {words}")),
        "profile" => pick(format!("by {words}"), format!("profil {words}")),
        "decay" if is_empty => pick("no decay".to_owned(), "sans décroissance".to_owned()),
        "decay" => pick(format!("decay {words}"), format!("décroissance {words}")),
        "forbid" if is_empty => pick("none forbidden".to_owned(), "aucun interdit".to_owned()),
        "forbid" => pick(format!("forbidden: {words}"), format!("interdits : {words}")),
        "require" if is_empty => pick("none required".to_owned(), "aucun imposé".to_owned()),
        "require" => pick(format!("required: {words}"), format!("imposés : {words}")),
        "lose" if is_empty => pick("nothing lost".to_owned(), "rien de perdu".to_owned()),
        "lose" => pick(format!("lost: {words}"), format!("perdus : {words}")),
        _ => format!("{} {words}", shown(key)),
    }
}

/// Parts a number from its unit.
pub(super) fn spaced(text: &str) -> String {
    let unit = text.find(|letter: char| letter.is_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(unit);
    if number.is_empty() || unit.is_empty() { text.to_owned() } else { format!("{}\u{a0}{unit}", number.trim_end()) }
}

fn plain(value: &Value, language: Language) -> String {
    match value {
        Value::Number(number) => match (number.as_u64(), number.as_f64()) {
            (Some(whole), _) => grouped(whole, language),
            (None, Some(number)) => decimal(number, language),
            _ => String::new(),
        },
        Value::String(text) => shown(text),
        Value::Array(list) => list.iter().map(|one| plain(one, language)).collect::<Vec<_>>().join(", "),
        other => shown(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn assumptions_are_said_in_words() {
        let say =
            |key: &str, value: Value| [Language::English, Language::French].map(|one| assumption(key, &value, one));
        assert_eq!(say("under", json!(2.5)), ["threshold 2.5", "seuil 2,5"]);
        assert_eq!(say("within", json!("10min")), ["at most 10\u{a0}min", "10\u{a0}min au plus"]);
        assert_eq!(say("sites", json!(1)), ["1 site", "1 site"]);
        assert_eq!(say("sites", json!(30)), ["30 sites", "30 sites"]);
        assert_eq!(say("lose", json!([])), ["nothing lost", "rien de perdu"]);
        assert_eq!(say("forbid", json!(["a", "b"])), ["forbidden: a, b", "interdits : a, b"]);
        assert_eq!(say("speed", json!("50km/h"))[0], "at 50\u{a0}km/h");
    }
}
