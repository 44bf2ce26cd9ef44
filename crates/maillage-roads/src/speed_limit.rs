use crate::Profile;

/// What a text of the key `maxspeed` says, in kilometres an hour; nothing where it names no speed.
///
/// Of several limits, separated by `;`, the lowest counts.
pub(crate) fn speed_limit(text: &str, profile: &Profile) -> Option<f64> {
    text.split([';', '|']).filter_map(|part| one_limit(part.trim(), profile)).reduce(f64::min)
}

fn one_limit(text: &str, profile: &Profile) -> Option<f64> {
    if text == "none" {
        return Some(f64::from(profile.unlimited)).filter(|&speed| speed > 0.0);
    }
    let digits = text.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    if digits > 0 {
        let (number, unit) = text.split_at(digits);
        let number: f64 = number.parse().ok()?;
        let kilometres = match unit.trim() {
            "" | "km/h" | "kmh" | "kph" => number,
            "mph" => number * 1.609_344,
            "knots" => number * 1.852,
            _ => return None,
        };
        return Some(kilometres).filter(|speed| (1.0..=300.0).contains(speed));
    }
    named_limit(text, profile)
}

/// What the name of a zone means: "FR:urban" whole, then "urban"; "FR:zone30", "zone:30" and "FR:30" by their number.
fn named_limit(text: &str, profile: &Profile) -> Option<f64> {
    let name = text.split_once(':').filter(|(country, _)| country.len() == 2).map_or(text, |(_, name)| name);
    let zone = || name.strip_prefix("zone").unwrap_or(name).trim_start_matches(':').parse::<u32>().ok();
    let speed = profile.zones.get(text).or_else(|| profile.zones.get(name)).copied().or_else(zone)?;
    (1..=300).contains(&speed).then(|| f64::from(speed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_in_every_spelling() {
        let car = Profile::named("car").unwrap();
        let cases = [
            ("50", Some(50.0)),
            ("50 mph", Some(80.4672)),
            ("30mph", Some(48.280_32)),
            ("10 knots", Some(18.52)),
            ("80 km/h", Some(80.0)),
            ("FR:urban", Some(50.0)),
            ("FR:rural", Some(80.0)),
            ("DE:rural", Some(100.0)),
            ("FR:motorway", Some(130.0)),
            ("FR:zone30", Some(30.0)),
            ("FR:zone:20", Some(20.0)),
            ("DE:zone:30", Some(30.0)),
            ("FR:30", Some(30.0)),
            ("walk", Some(6.0)),
            ("DE:walk", Some(6.0)),
            ("none", Some(130.0)),
            ("50;30", Some(30.0)),
            ("50; signals", Some(50.0)),
            ("signals", None),
            ("variable", None),
            ("0", None),
            ("-50", None),
            ("fast", None),
            ("50 furlongs", None),
            ("999999", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(speed_limit(text, &car), expected, "{text}");
        }
    }
}
