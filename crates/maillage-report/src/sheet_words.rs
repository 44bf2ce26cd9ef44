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
        assert_eq!(SheetWords(Language::English).euros(35_000), "€35,000");
    }
}
