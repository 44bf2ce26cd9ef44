use maillage_core::{Distance, TravelTime};

use super::Words;
use crate::Language::{English, French};

/// Numbers with their units.
impl Words<'_> {
    pub(super) fn distance(&self, distance: Distance) -> String {
        match distance {
            Distance::Metres(metres) if metres < 1_000 => format!("{metres} m"),
            Distance::Metres(metres) => format!("{} km", self.number(&(f64::from(metres) / 1_000.0).to_string())),
            Distance::Time(time) => self.time(time),
        }
    }

    fn time(&self, time: TravelTime) -> String {
        format!("{} min", self.number(&time.minutes().to_string()))
    }

    pub(super) fn euros(&self, digits: &str) -> String {
        let number = self.number(digits);
        self.say(format!("€{number}"), format!("{number}\u{a0}€"))
    }

    pub(super) fn percent(&self, percent: &str) -> String {
        let number = self.number(percent.trim_end_matches('%'));
        self.say(format!("{number}%"), format!("{number}\u{202f}%"))
    }

    /// Groups the digits of a number, with the decimal mark of the language.
    pub(super) fn number(&self, digits: &str) -> String {
        let (whole, decimals) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
        let (group, mark) = match self.language {
            English => (',', '.'),
            French => ('\u{202f}', ','),
        };
        let mut text = String::with_capacity(digits.len() + 4);
        for (position, digit) in whole.chars().enumerate() {
            let left = whole.chars().count() - position;
            if position > 0 && left % 3 == 0 && digit.is_ascii_digit() && !text.ends_with('-') {
                text.push(group);
            }
            text.push(digit);
        }
        if let Some(decimals) = decimals {
            text.push(mark);
            text.push_str(decimals);
        }
        text
    }
}
