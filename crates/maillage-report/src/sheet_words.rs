use maillage_io::Language;

use crate::commune_sheet::SheetSite;
use crate::html::escaped;

/// How sheets write numbers and names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SheetWords(pub(crate) Language);

impl SheetWords {
    pub(crate) fn pick<'w>(self, english: &'w str, french: &'w str) -> &'w str {
        match self.0 {
            Language::English => english,
            Language::French => french,
        }
    }

    /// Writes a whole number with marks between its thousands.
    pub(crate) fn number(self, number: u64) -> String {
        self.0.grouped(number)
    }

    /// Writes whole euros.
    pub(crate) fn euros(self, sum: u64) -> String {
        let sum = self.number(sum);
        match self.0 {
            Language::English => format!("€{sum}"),
            Language::French => format!("{sum}\u{a0}€"),
        }
    }

    /// Writes minutes with one decimal at most, rounded up: nothing is said to be nearer than it is.
    pub(crate) fn minutes(self, minutes: f64) -> String {
        let tenths = (minutes * 10.0 - 1e-6).ceil();
        self.decimal(if tenths > 0.0 { tenths / 10.0 } else { 0.0 })
    }

    /// Says how far away something is.
    pub(crate) fn away(self, minutes: f64) -> String {
        let shown = self.minutes(minutes);
        let is_one = match self.0 {
            Language::English => shown == "1",
            Language::French => minutes < 2.0 && !shown.starts_with('2'),
        };
        let unit = if is_one { "minute" } else { "minutes" };
        match (shown.as_str(), self.0) {
            ("0", Language::English) => "on the spot".to_owned(),
            ("0", Language::French) => "sur place".to_owned(),
            (shown, Language::English) => format!("{shown} {unit} away"),
            (shown, Language::French) => format!("à {shown}\u{a0}{unit}"),
        }
    }

    /// Counts inhabitants.
    pub(crate) fn inhabitants(self, people: u64) -> String {
        let number = self.number(people);
        match (people, self.0) {
            (0, Language::English) => "No inhabitants.".to_owned(),
            (0, Language::French) => "Aucun habitant.".to_owned(),
            (1, Language::English) => "1 inhabitant.".to_owned(),
            (1, Language::French) => "1 habitant.".to_owned(),
            (_, Language::English) => format!("{number} inhabitants."),
            (_, Language::French) => format!("{number} habitants."),
        }
    }

    /// Writes a number with three decimals at most.
    pub(crate) fn decimal(self, number: f64) -> String {
        let text = format!("{number:.3}");
        text.trim_end_matches('0').trim_end_matches('.').replace('.', self.pick(".", ","))
    }
}

/// Names a site by its name and identifier.
pub(crate) fn named(site: &SheetSite) -> String {
    match site.name.as_str() {
        "" => format!("<b>{}</b>", escaped(&site.id)),
        name => format!("<b>{}</b> ({})", escaped(name), escaped(&site.id)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_read_them() {
        let french = SheetWords(Language::French);
        assert_eq!(french.number(1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!((french.decimal(3.98), french.decimal(4.0)), ("3,98".to_owned(), "4".to_owned()));
        assert_eq!((french.minutes(10.001), french.minutes(10.0)), ("10,1".to_owned(), "10".to_owned()));
        assert_eq!(french.minutes(0.0), "0");
        assert_eq!((french.away(0.0).as_str(), french.away(1.5).as_str()), ("sur place", "à 1,5\u{a0}minute"));
        assert_eq!((french.away(1.99).as_str(), french.away(12.0).as_str()), ("à 2\u{a0}minutes", "à 12\u{a0}minutes"));
        let english = SheetWords(Language::English);
        assert_eq!((english.away(1.0).as_str(), english.away(1.5).as_str()), ("1 minute away", "1.5 minutes away"));
        assert_eq!(SheetWords(Language::English).euros(35_000), "€35,000");
    }
}
