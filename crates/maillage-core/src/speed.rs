use serde::{Deserialize, Deserializer, Serializer};

/// Why a text is not a speed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SpeedError {
    /// There is a number without a unit.
    #[error("\"{0}\" has no unit: write 50km/h")]
    NoUnit(String),
    /// The text is not a speed, or not one above 0.
    #[error("\"{0}\" is not a speed above 0: write 50km/h")]
    NotASpeed(String),
}

/// Reads a speed such as `50km/h` or `47,5 km/h`, in kilometres an hour; the unit is mandatory.
///
/// ```
/// assert_eq!(maillage_core::parse_speed("50 km/h"), Ok(50.0));
/// assert!(maillage_core::parse_speed("50").is_err());
/// ```
///
/// # Errors
/// When there is no unit, or no finite number above 0.
pub fn parse_speed(text: &str) -> Result<f64, SpeedError> {
    let lower = text.trim().to_lowercase();
    let without_unit = lower.strip_suffix("km/h");
    let number = without_unit.unwrap_or(&lower).trim_end().replace(',', ".");
    let plain = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    match number.parse::<f64>().ok().filter(|&speed| plain && speed.is_finite() && speed > 0.0) {
        Some(_) if without_unit.is_none() => Err(SpeedError::NoUnit(text.to_owned())),
        Some(speed) => Ok(speed),
        None => Err(SpeedError::NotASpeed(text.to_owned())),
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives the field by reference")]
pub(crate) fn serialize<S: Serializer>(speed: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{speed}km/h"))
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    parse_speed(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_with_a_unit_are_speeds() {
        assert_eq!(parse_speed(" 47,5\u{a0}KM/H "), Ok(47.5));
        assert_eq!(parse_speed("50"), Err(SpeedError::NoUnit("50".to_owned())));
        for text in ["", "km/h", "0km/h", "-50km/h", "NaNkm/h", "infkm/h", "1e3km/h", "50 mph", "1.2.3km/h"] {
            assert_eq!(parse_speed(text), Err(SpeedError::NotASpeed(text.to_owned())));
        }
    }
}
