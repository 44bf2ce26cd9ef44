//! The words of the scenario that are not quantities, read from flags as serde reads them from files.

use maillage_core::{Effort, MissingAccess, Weight};
use serde::Deserialize;
use serde::de::value::{Error, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};
use serde_json::{Map, Value};

fn word<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, String> {
    let text: StrDeserializer<'de, Error> = text.into_deserializer();
    T::deserialize(text).map_err(|error| error.to_string())
}

pub(crate) fn weight(text: &str) -> Result<Weight, String> {
    word(text)
}

pub(crate) fn missing_access(text: &str) -> Result<MissingAccess, String> {
    word(text)
}

pub(crate) fn effort(text: &str) -> Result<Effort, String> {
    word(text)
}

pub(crate) fn sites(text: &str) -> Result<u32, String> {
    text.parse().map_err(|_| "a number of sites is a whole number from 0 to 4294967295".to_owned())
}

/// Reads a specialty from a flag, whose threshold may be a decimal number.
pub(crate) fn specialty(text: &str) -> Result<maillage_core::Specialty, String> {
    let is_under = |part: &&str| part.trim().starts_with("under");
    let (under, others): (Vec<&str>, Vec<&str>) = text.split(',').partition(is_under);
    let stated: maillage_core::Specialty = entry(&others.join(","))?;
    let under = under.first().map(|part| {
        let value = part.split_once('=').map(|(_, value)| value.trim());
        let number = value.and_then(|value| value.parse::<f64>().ok());
        number.ok_or_else(|| format!("\"{part}\" is not a threshold: write it like under=0.5"))
    });
    Ok(maillage_core::Specialty { under: under.transpose()?, ..stated })
}

/// Reads a rule from a flag: keys and values as in the scenario file, `|` between several values, and `where.COLUMN`
/// for the conditions.
pub(crate) fn entry<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    read(text, &["each", "opened", "offers"])
}

/// Reads the hubs from a flag, with `|` between several kinds or sites.
pub(crate) fn hub(text: &str) -> Result<maillage_core::Hub, String> {
    read(text, &["kind", "sites"])
}

/// Reads keys and values; those of some keys are lists.
fn read<T: DeserializeOwned>(text: &str, lists: &[&str]) -> Result<T, String> {
    let mut members = Map::new();
    for part in text.split(',') {
        let (key, value) = part.split_once('=').ok_or_else(|| {
            format!("\"{part}\" is not KEY=VALUE: write it like each=dep,least=5, with | between several values")
        })?;
        let (key, value) = (key.trim(), value.trim());
        let values = || -> Vec<Value> { value.split('|').map(|one| Value::from(one.trim())).collect() };
        let repeated = match key.strip_prefix("where.") {
            Some(column) => {
                let conditions = members.entry("where").or_insert_with(|| Value::Object(Map::new()));
                conditions.as_object_mut().and_then(|all| all.insert(column.to_owned(), values().into()))
            }
            None if lists.contains(&key) => members.insert(key.to_owned(), values().into()),
            None => members.insert(key.to_owned(), plain(key, value)),
        };
        if repeated.is_some() {
            return Err(format!("\"{key}\" is said twice"));
        }
    }
    serde_json::from_value(Value::Object(members)).map_err(|error| error.to_string())
}

/// Returns a value as the scenario file has it: true, false and whole numbers as such, all else as a text.
fn plain(key: &str, value: &str) -> Value {
    match value {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ if key == "name" || key == "field" => value.into(),
        _ => value.parse::<u64>().map_or_else(|_| value.into(), Value::from),
    }
}

#[cfg(test)]
mod tests {
    use maillage_core::{Floor, Rule, Spacing};

    use super::entry;

    #[test]
    fn a_rule_on_the_command_line_is_the_rule_of_the_file() {
        let rule: Rule =
            entry("each=dep|kind, where.density7=5|6|7,least-share=41%,name=5 parts,existing=true").unwrap();
        let text = "each = [\"dep\", \"kind\"]\nname = \"5 parts\"\nleast-share = \"41%\"\nexisting = true\n\
                    where.density7 = [5, 6, 7]";
        assert_eq!(rule, toml::from_str(text).unwrap());
        let floor: Floor = entry("each=dep,least=5000").unwrap();
        assert_eq!(floor, toml::from_str("each = \"dep\"\nleast = 5000").unwrap());
        assert_eq!(entry::<Spacing>("between=10km").unwrap(), toml::from_str("between = \"10km\"").unwrap());
        for wrong in ["", "each", "each=dep,leest=5", "least=-5", "least=1,least=2", "between=10", "least-share=41"] {
            assert!(entry::<Rule>(wrong).is_err(), "{wrong}");
        }
    }
}
