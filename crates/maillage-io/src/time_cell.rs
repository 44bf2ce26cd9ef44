use maillage_core::TravelTime;

use crate::Finding;
use crate::catalogue::{CSV_EXCEL, NOT_A_NUMBER, TIME_MISSING, TIME_NEGATIVE, TIME_SENTINEL};
use crate::layer::{NumberStyle, Value};
use crate::times_table::{TimesMissing, TimesUnit};
use crate::value::{ValueError, decimal};

/// The times of one column: how they are written, and what a blank one is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TimeCell<'a> {
    pub(crate) field: &'a str,
    pub(crate) unit: TimesUnit,
    pub(crate) missing: TimesMissing,
}

/// A time, or nothing where the pair is out of reach.
type Read = Result<Option<TravelTime>, Box<Finding>>;

impl TimeCell<'_> {
    /// Reads a time as a table writes it, rounded up to whole deciseconds.
    pub(crate) fn text(self, written: &str, style: NumberStyle) -> Read {
        let trimmed = written.trim();
        if is_missing(trimmed) {
            return self.none(written);
        }
        if self.unit == TimesUnit::Clock {
            let time = clock(trimmed).ok_or_else(|| self.no_number(written))?;
            return self.up(time, written);
        }
        let number = match decimal(&Value::Field(trimmed.into()), style) {
            Ok(Some(number)) => number,
            Err(ValueError::Spreadsheet(english, french)) => {
                return Err(Box::new(self.refuse(&CSV_EXCEL, written).with("found", (english, french))));
            }
            _ => return Err(self.no_number(written)),
        };
        self.number_written(number, written)
    }

    /// Reads a time that is a number in the file already.
    pub(crate) fn number(self, number: f64) -> Read {
        if self.unit == TimesUnit::Clock {
            Err(self.no_number(&number.to_string()))
        } else if number.is_finite() {
            self.number_written(number, &number.to_string())
        } else {
            self.none(&number.to_string())
        }
    }

    /// Takes a pair without a time.
    pub(crate) fn none(self, written: &str) -> Read {
        match self.missing {
            TimesMissing::Refuse => Err(Box::new(self.refuse(&TIME_MISSING, written))),
            TimesMissing::OutOfReach => Ok(None),
        }
    }

    fn number_written(self, number: f64, written: &str) -> Read {
        // What routers write for "no route" is minus one, one of these, or longer than a week.
        if is_exactly(number, -1.0) || is_exactly(number, 99_999.0) {
            return Err(Box::new(self.refuse(&TIME_SENTINEL, written)));
        }
        if number < 0.0 {
            return Err(Box::new(self.refuse(&TIME_NEGATIVE, written)));
        }
        self.up(if self.unit == TimesUnit::Seconds { number / 60.0 } else { number }, written)
    }

    fn up(self, minutes: f64, written: &str) -> Read {
        TravelTime::from_minutes_up(minutes).map(Some).map_err(|_| Box::new(self.refuse(&TIME_SENTINEL, written)))
    }

    fn refuse(self, entry: &'static crate::CatalogueEntry, written: &str) -> Finding {
        Finding::new(entry).in_field(self.field).with_value(written).with("unit", self.unit.words())
    }

    fn no_number(self, written: &str) -> Box<Finding> {
        let expected = match self.unit {
            TimesUnit::Clock => ("hours and minutes", "des heures et des minutes"),
            TimesUnit::Minutes => ("a number of minutes", "un nombre de minutes"),
            TimesUnit::Seconds => ("a number of seconds", "un nombre de secondes"),
        };
        Box::new(self.refuse(&NOT_A_NUMBER, written).with("expected", expected).with("example", self.unit.example()))
    }
}

fn is_missing(text: &str) -> bool {
    const WORDS: [&str; 12] =
        ["", "nan", "na", "n/a", "<na>", "null", "none", "inf", "+inf", "-inf", "infinity", "-infinity"];
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Reads `1:05` or `1:05:30` as minutes.
fn clock(text: &str) -> Option<f64> {
    let mut parts = text.split(':');
    let hours = whole(parts.next()?, 4)?;
    let minutes = whole(parts.next()?, 2).filter(|minutes| *minutes < 60)?;
    let seconds = parts.next().map_or(Some(0), |seconds| whole(seconds, 2).filter(|seconds| *seconds < 60))?;
    parts.next().is_none().then_some(f64::from(hours) * 60.0 + f64::from(minutes) + f64::from(seconds) / 60.0)
}

fn whole(digits: &str, most: usize) -> Option<u32> {
    let is_whole = (1..=most).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit());
    is_whole.then(|| digits.parse().ok())?
}

fn is_exactly(a: f64, b: f64) -> bool {
    a.total_cmp(&b).is_eq()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(unit: TimesUnit, text: &str) -> Result<Option<u32>, &'static str> {
        let cell = TimeCell { field: "time", unit, missing: TimesMissing::Refuse };
        let time = cell.text(text, NumberStyle::Comma);
        time.map(|time| time.map(TravelTime::deciseconds)).map_err(|finding| finding.code)
    }

    #[test]
    fn each_unit_is_read_and_rounded_up() {
        for (unit, text, deciseconds) in [
            (TimesUnit::Minutes, "1,5", 900),
            (TimesUnit::Minutes, "0.0001", 1),
            (TimesUnit::Seconds, "90", 900),
            (TimesUnit::Seconds, "90.01", 901),
            (TimesUnit::Seconds, "0.1", 1),
            (TimesUnit::Clock, "0:01", 600),
            (TimesUnit::Clock, "1:05:30", 39_300),
            (TimesUnit::Clock, "00:00", 0),
        ] {
            assert_eq!(read(unit, text), Ok(Some(deciseconds)), "{text}");
        }
        // Whole seconds stay whole, whatever 1/60 is in binary.
        for seconds in 0..100_000 {
            if seconds != 99_999 {
                assert_eq!(read(TimesUnit::Seconds, &seconds.to_string()), Ok(Some(seconds * 10)));
            }
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for (unit, text, code) in [
            (TimesUnit::Clock, "1:65", "E211"),
            (TimesUnit::Clock, "65", "E211"),
            (TimesUnit::Clock, "1:5:3:2", "E211"),
            (TimesUnit::Clock, "-1:05", "E211"),
            (TimesUnit::Clock, "9999:00", "E322"),
            (TimesUnit::Clock, "", "E323"),
            (TimesUnit::Seconds, "99999", "E322"),
            (TimesUnit::Seconds, "2147483647", "E322"),
            (TimesUnit::Seconds, "-1", "E322"),
            (TimesUnit::Seconds, "-2", "E321"),
            (TimesUnit::Seconds, "NA", "E323"),
        ] {
            assert_eq!(read(unit, text), Err(code), "{text}");
        }
    }

    #[test]
    fn blank_times_are_out_of_reach_only_where_that_is_said() {
        let cell = TimeCell { field: "time", unit: TimesUnit::Minutes, missing: TimesMissing::OutOfReach };
        for text in ["", "NaN", "inf", "NA", "null"] {
            assert_eq!(cell.text(text, NumberStyle::Point).map_err(|finding| finding.code), Ok(None), "{text}");
        }
        assert_eq!(cell.number(f64::NAN).map_err(|finding| finding.code), Ok(None));
        assert_eq!(cell.text("99999", NumberStyle::Point).map_err(|finding| finding.code), Err("E322"));
    }

    #[test]
    fn a_travel_time_of_any_decisecond_comes_back() {
        for deciseconds in 0..100_000 {
            let cell = TimeCell { field: "seconds", unit: TimesUnit::Seconds, missing: TimesMissing::Refuse };
            if deciseconds != 999_990 {
                let read = cell.number(f64::from(deciseconds) / 10.0).ok().flatten();
                assert_eq!(read, Some(TravelTime::from_deciseconds(deciseconds)));
            }
        }
    }
}
