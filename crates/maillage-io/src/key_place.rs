use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A key of a scenario that an error speaks of, as far as the error knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatedKey {
    /// The key at the top, such as `rule` or `sites`.
    pub key: String,
    /// Which entry, where there are several; without it the first that fits.
    pub entry: Option<EntryName>,
    /// The key inside an entry.
    pub inner: Option<String>,
    /// A text that stands in the value, such as a column or an identifier.
    pub about: Option<String>,
}

/// Which entry of a list of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryName {
    /// Its position, from 1.
    Number(usize),
    /// Its name, or its position as a text where it has none.
    Name(String),
    /// The same of the last that goes by it.
    LastName(String),
}

/// Where a scenario file states something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPlace {
    /// The key, such as `rule.least`.
    pub key: String,
    /// The line, from 1.
    pub line: usize,
}

impl StatedKey {
    /// Names a key at the top.
    #[must_use]
    pub fn of(key: &str) -> Self {
        Self { key: key.to_owned(), ..Self::default() }
    }

    /// Says which key inside an entry.
    #[must_use]
    pub fn inner(self, inner: &str) -> Self {
        Self { inner: Some(inner.to_owned()), ..self }
    }

    /// Says which entry, by its position from 1.
    #[must_use]
    pub fn number(self, number: usize) -> Self {
        Self { entry: Some(EntryName::Number(number)), ..self }
    }

    /// Says which entry, by its name.
    #[must_use]
    pub fn named(self, name: &str) -> Self {
        Self { entry: Some(EntryName::Name(name.to_owned())), ..self }
    }

    /// Says that it is the last entry of a name.
    #[must_use]
    pub fn last_named(self, name: &str) -> Self {
        Self { entry: Some(EntryName::LastName(name.to_owned())), ..self }
    }

    /// Says what stands in the value.
    #[must_use]
    pub fn about(self, text: &str) -> Self {
        Self { about: Some(text.to_owned()), ..self }
    }

    /// Finds the key in the text of a scenario file; nothing where it is not there, or the text is no TOML.
    ///
    /// ```
    /// use maillage_io::StatedKey;
    ///
    /// let place = StatedKey::of("rule").number(2).inner("least").place("[[rule]]\nmost = 1\n[[rule]]\nleast = 5\n");
    /// assert_eq!(place.map(|place| (place.key, place.line)), Some(("rule.least".to_owned(), 4)));
    /// ```
    #[must_use]
    pub fn place(&self, text: &str) -> Option<KeyPlace> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let table = DeTable::parse(text).ok()?;
        let (key, value) = table.get_ref().iter().find(|(key, _)| key.get_ref() == self.key.as_str())?;
        let place = |key: String, start: usize| KeyPlace { key, line: line_of(text, start) };
        let entries = entries(value);
        if entries.is_empty() {
            let about = self.about.as_ref().and_then(|about| element(value, about));
            return Some(place(self.key.clone(), about.unwrap_or(key.span().start)));
        }
        let is_wanted = |(position, (_, entry)): &(usize, (usize, &DeTable<'_>))| match &self.entry {
            None => true,
            Some(EntryName::Number(number)) => position + 1 == *number,
            Some(EntryName::Name(name) | EntryName::LastName(name)) => {
                name_of(entry).map_or(*name == (position + 1).to_string(), |own| own == name)
            }
        };
        let mut wanted: Vec<(usize, &DeTable<'_>)> =
            entries.into_iter().enumerate().filter(is_wanted).map(|it| it.1).collect();
        if matches!(self.entry, Some(EntryName::LastName(_))) {
            wanted.reverse();
        }
        let is_inner = |key: &str| self.inner.as_ref().is_none_or(|inner| inner == key);
        let is_about = |value: &Spanned<DeValue<'_>>| self.about.as_ref().is_none_or(|about| mentions(value, about));
        let inside = |(_, entry): &(usize, &DeTable<'_>)| {
            let exact = entry.iter().find(|(key, value)| is_inner(key.get_ref()) && is_about(value));
            let found = exact.or_else(|| entry.iter().find(|(key, _)| self.inner.is_some() && is_inner(key.get_ref())));
            let (key, _) = found.filter(|_| self.inner.is_some() || self.about.is_some())?;
            Some(place(format!("{}.{}", self.key, key.get_ref()), key.span().start))
        };
        let inside = wanted.iter().find_map(inside);
        inside.or_else(|| wanted.first().map(|(start, _)| place(self.key.clone(), *start)))
    }
}

/// Returns the tables of a list, or the one table that stands there, and where each begins.
fn entries<'a, 'b>(value: &'a Spanned<DeValue<'b>>) -> Vec<(usize, &'a DeTable<'b>)> {
    let entry = |value: &'a Spanned<DeValue<'b>>| Some((value.span().start, value.get_ref().as_table()?));
    match value.get_ref() {
        DeValue::Array(list) => list.iter().filter_map(entry).collect(),
        _ => entry(value).into_iter().collect(),
    }
}

fn name_of<'a>(entry: &'a DeTable<'_>) -> Option<&'a str> {
    entry.iter().find(|(key, _)| key.get_ref() == "name").and_then(|(_, value)| value.get_ref().as_str())
}

/// Returns where an element of a list stands that holds a text.
fn element(value: &Spanned<DeValue<'_>>, about: &str) -> Option<usize> {
    let list = value.get_ref().as_array()?;
    let found = list.iter().find(|one| mentions(one, about))?;
    Some(found.span().start)
}

/// Returns whether a value holds a text, or names a column so.
fn mentions(value: &Spanned<DeValue<'_>>, about: &str) -> bool {
    match value.get_ref() {
        DeValue::String(text) => text == about || text.split([':', ',', '=']).any(|part| part.trim() == about),
        DeValue::Array(list) => list.iter().any(|one| mentions(one, about)),
        DeValue::Table(table) => table.iter().any(|(key, value)| key.get_ref() == about || mentions(value, about)),
        DeValue::Integer(number) => number.as_str() == about,
        _ => false,
    }
}

/// Returns the line of a place of a text, from 1.
pub(crate) fn line_of(text: &str, place: usize) -> usize {
    1 + text.bytes().take(place).filter(|&byte| byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::StatedKey;

    const TEXT: &str = "sites = 3\nrequire = [\n  \"a\",\n  \"b\",\n]\n[hub]\nwithin = \"5min\"\n\n\
                        [[rule]]\nname = \"one\"\nsum = \"field:hours\"\nmost = 3\n[[rule]]\nwhere = { kind = [\"x\"] }\n";

    #[test]
    fn keys_are_found_at_the_top_in_lists_and_in_entries() {
        let line = |key: StatedKey| key.place(TEXT).map(|place| (place.key, place.line));
        let found = |key: &str, line: usize| Some((key.to_owned(), line));
        assert_eq!(line(StatedKey::of("sites")), found("sites", 1));
        assert_eq!(line(StatedKey::of("require").about("b")), found("require", 4));
        assert_eq!(line(StatedKey::of("hub").inner("within")), found("hub.within", 7));
        assert_eq!(line(StatedKey::of("hub").inner("most")), found("hub", 6));
        assert_eq!(line(StatedKey::of("rule").named("one").inner("most")), found("rule.most", 12));
        assert_eq!(line(StatedKey::of("rule").number(1).about("hours")), found("rule.sum", 11));
        assert_eq!(line(StatedKey::of("rule").number(2).about("kind")), found("rule.where", 14));
        assert_eq!(line(StatedKey::of("rule").number(2)), found("rule", 13));
        assert_eq!(line(StatedKey::of("rule").number(3)), None);
        assert_eq!(line(StatedKey::of("budget")), None);
    }
}
