use serde_json::{Map, Value};

use crate::disagreement::Disagreement;

/// Compares two JSON values member by member; whole numbers must be equal, and other numbers the same number.
pub(super) fn same(place: &str, stated: &Value, counted: &Value) -> Result<(), Disagreement> {
    match (stated, counted) {
        (Value::Object(stated), Value::Object(counted)) => same_members(place, stated, counted),
        (Value::Array(stated), Value::Array(counted)) if stated.len() == counted.len() => {
            let mut pairs = stated.iter().zip(counted).enumerate();
            pairs.try_for_each(|(number, (stated, counted))| same(&format!("{place}[{number}]"), stated, counted))
        }
        (Value::Number(one), Value::Number(other)) if one != other => {
            let whole = |number: &serde_json::Number| number.is_u64() || number.is_i64();
            let equal = !(whole(one) && whole(other)) && one.as_f64().is_some() && one.as_f64() == other.as_f64();
            if equal { Ok(()) } else { Err(member(place, stated, counted)) }
        }
        _ if stated == counted => Ok(()),
        _ => Err(member(place, stated, counted)),
    }
}

fn same_members(place: &str, stated: &Map<String, Value>, counted: &Map<String, Value>) -> Result<(), Disagreement> {
    let inside = |key: &str| if place.is_empty() { key.to_owned() } else { format!("{place}.{key}") };
    for (key, counted) in counted {
        same(&inside(key), stated.get(key).unwrap_or(&Value::Null), counted)?;
    }
    // How long it took stands on standard output only, and is nothing to count.
    let more = stated.iter().find(|(key, _)| !counted.contains_key(*key) && *key != "seconds");
    match more {
        Some((key, stated)) => Err(member(&inside(key), stated, &Value::Null)),
        None => Ok(()),
    }
}

/// The most that is shown of a value.
const SHOWN: usize = 80;

/// Says that a member is stated otherwise than it is counted.
pub(super) fn member(place: &str, stated: &Value, counted: &Value) -> Disagreement {
    let text = |value: &Value| {
        let text = value.to_string();
        if text.chars().count() > SHOWN { text.chars().take(SHOWN).chain(['…']).collect() } else { text }
    };
    Disagreement::Member { place: place.to_owned(), stated: text(stated), counted: text(counted) }
}
