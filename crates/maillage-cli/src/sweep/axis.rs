use std::collections::BTreeSet;
use std::str::FromStr;

use maillage_io::ScenarioFile;
use serde_json::Value;

use super::loss::LOSE;

/// Keys of a scenario that may be varied: none of them names a file; and what is lost.
const KEYS: [&str; 16] = [
    "under",
    "within",
    "speed",
    "detour",
    "budget",
    "sites",
    "access-field",
    "population-field",
    "weight",
    "missing-access",
    "enough",
    "profile",
    "forbid",
    "require",
    "decay",
    LOSE,
];

/// A key of the scenario, and the values it is to take one after the other.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Axis {
    pub(crate) key: String,
    pub(crate) values: Vec<Value>,
}

/// Why a text names no axis.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AxisError {
    #[error("\"{0}\" does not say what is varied: write it like under=2.5,3,4")]
    NoKey(String),
    #[error("{0} cannot be varied; {keys} can", keys = KEYS.join(", "))]
    Unknown(String),
    #[error("{0} takes the value {1} twice")]
    Twice(String, String),
}

impl FromStr for Axis {
    type Err = AxisError;

    fn from_str(text: &str) -> Result<Self, AxisError> {
        let (key, values) = text.split_once('=').ok_or_else(|| AxisError::NoKey(text.to_owned()))?;
        let key = key.trim().trim_start_matches('-').to_owned();
        if !KEYS.contains(&key.as_str()) {
            return Err(AxisError::Unknown(key));
        }
        // Lists stand in one value, parted by semicolons.
        let is_list = matches!(key.as_str(), "forbid" | "require" | "decay" | LOSE);
        let mut seen = BTreeSet::new();
        let mut list = Vec::new();
        for value in values.split(if is_list { ';' } else { ',' }).map(str::trim) {
            if value.is_empty() && !is_list {
                return Err(AxisError::NoKey(text.to_owned()));
            }
            let number = number(value).filter(|_| !is_list);
            // 3 and 3.0 are the same number.
            let same = number.as_ref().and_then(serde_json::Number::as_f64).map(|number| number.to_string());
            if !seen.insert(same.unwrap_or_else(|| value.to_owned())) {
                return Err(AxisError::Twice(key, value.to_owned()));
            }
            list.push(if is_list {
                value.split(',').map(str::trim).filter(|value| !value.is_empty()).map(Value::from).collect()
            } else {
                number.map_or_else(|| Value::from(value), Value::Number)
            });
        }
        Ok(Self { key, values: list })
    }
}

/// Reads what a scenario file writes without quotes.
fn number(text: &str) -> Option<serde_json::Number> {
    serde_json::from_str(text).ok()
}

impl Axis {
    /// Puts one of the values into a scenario; what is lost is no key of it.
    pub(crate) fn put(&self, value: &Value, file: &mut ScenarioFile) -> Result<(), serde_json::Error> {
        if self.key == LOSE {
            return Ok(());
        }
        let mut members = serde_json::to_value(&*file)?;
        if let Some(members) = members.as_object_mut() {
            members.insert(self.key.clone(), value.clone());
        }
        // Columns that are read beside are no key.
        let beside = file.beside.take();
        *file = ScenarioFile { beside, ..serde_json::from_value(members)? };
        Ok(())
    }

    /// Says what its values look like.
    pub(crate) fn expected(&self) -> &'static str {
        match self.key.as_str() {
            "within" => "a time with its unit, such as 10min",
            "speed" => "a speed with its unit, such as 50km/h",
            "weight" => "a weight, such as people or shortfall",
            "under" | "detour" | "enough" => "a number, such as 1.5",
            "budget" | "sites" => "a whole number, such as 100",
            "missing-access" => "exclude or under-served",
            "decay" => "times and shares, such as 5min:100%,10min:60%, and a semicolon before the next list",
            _ => "a value that the key takes in a scenario file",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_put_where_the_file_has_them() {
        let mut file = ScenarioFile::default();
        for text in ["under=2.5", "within=15min", "detour=1.2", "speed=40km/h", "budget=1000000", "sites=7"] {
            let axis: Axis = text.parse().unwrap();
            axis.put(&axis.values[0], &mut file).unwrap();
        }
        assert_eq!((file.under, file.detour, file.sites), (Some(2.5), Some(1.2), Some(7)));
        assert_eq!(file.within.map(maillage_core::TravelTime::whole_minutes), Some(15));
        let lists: Axis = "forbid=;a,b;c".parse().unwrap();
        assert_eq!(lists.values, [serde_json::json!([]), serde_json::json!(["a", "b"]), serde_json::json!(["c"])]);
    }

    #[test]
    fn what_is_no_axis_is_refused() {
        for text in ["under", "communes=a.geojson", "under=", "under=3,3", "under=3,3.0", "sites=10,1e1", "under=3,,4"]
        {
            assert!(text.parse::<Axis>().is_err(), "{text}");
        }
        let word: Axis = "within=soon".parse().unwrap();
        assert!(word.put(&word.values[0], &mut ScenarioFile::default()).is_err());
    }
}
