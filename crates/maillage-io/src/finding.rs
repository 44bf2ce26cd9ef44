use crate::escape::escape;
use crate::{CatalogueEntry, KeyPlace, Language, Severity};

/// One problem of an input, or a remark on it.
///
/// ```
/// use maillage_io::{CatalogueEntry, Finding, Language, Texts};
///
/// static UNKNOWN_SITE: CatalogueEntry = CatalogueEntry {
///     code: "E401",
///     exit_code: 3,
///     problem: Texts { english: "{value} is not a candidate", french: "{value} n’est pas un candidat" },
///     expected: Texts { english: "an identifier of the candidates", french: "un identifiant des candidats" },
///     fix: Texts { english: "correct --require", french: "corriger --require" },
/// };
/// let finding = Finding::new(&UNKNOWN_SITE).in_file("maillage.toml").with_value("fs_99");
/// assert_eq!(
///     finding.to_text(Language::English),
///     "error[E401] maillage.toml: \"fs_99\" is not a candidate\n  \
///      expected: an identifier of the candidates; fix: correct --require\n"
/// );
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Its stable code, such as "E211" (an error) or "W218" (a warning).
    pub code: &'static str,
    /// The file's base name, or as it was given.
    pub file: Option<String>,
    /// The line, from 1.
    pub line: Option<u64>,
    /// The column in characters, from 1.
    pub column: Option<u64>,
    /// The layer of a GeoPackage, escaped.
    pub layer: Option<String>,
    /// The number of the row in that layer.
    pub row: Option<i64>,
    /// The position of the feature or row in its file, from 0.
    pub feature: Option<u64>,
    /// The identifier of the feature, escaped.
    pub id: Option<String>,
    /// The name of the feature, escaped.
    pub name: Option<String>,
    /// The field or member it concerns, escaped.
    pub field: Option<String>,
    /// What was found, escaped and at most 80 characters long.
    pub value: Option<String>,
    /// The key of the scenario that names the column, and the scenario's file.
    pub stated: Option<(KeyPlace, String)>,
    entry: &'static CatalogueEntry,
    details: Vec<(&'static str, Detail)>,
    /// The byte of the file it is about, until line and column are known.
    pub(crate) offset: Option<usize>,
}

/// A detail that goes into the texts of a finding.
#[derive(Clone, Debug, PartialEq)]
pub enum Detail {
    /// The same text in both languages, shown as it is.
    Text(String),
    /// A whole number, written with the thousands mark of the language.
    Count(u64),
    /// English and French.
    Texts(String, String),
}

impl From<u64> for Detail {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<usize> for Detail {
    fn from(count: usize) -> Self {
        Self::Count(count as u64)
    }
}

impl From<&str> for Detail {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Detail {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<(&str, &str)> for Detail {
    fn from((english, french): (&str, &str)) -> Self {
        Self::Texts(english.to_owned(), french.to_owned())
    }
}

impl Finding {
    /// Makes a finding of one kind; the `with_…` and `in_…` functions say where and what.
    #[must_use]
    pub const fn new(entry: &'static CatalogueEntry) -> Self {
        Self {
            code: entry.code,
            file: None,
            line: None,
            column: None,
            layer: None,
            row: None,
            feature: None,
            id: None,
            name: None,
            field: None,
            value: None,
            stated: None,
            entry,
            details: Vec::new(),
            offset: None,
        }
    }

    /// Returns its kind.
    #[must_use]
    pub const fn entry(&self) -> &'static CatalogueEntry {
        self.entry
    }

    /// Returns whether it stops the work.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.entry.severity()
    }

    /// Says which file it is about.
    #[must_use]
    pub fn in_file(mut self, file: &str) -> Self {
        self.file = Some(escape(file));
        self
    }

    /// Says at which line and column, both from 1.
    #[must_use]
    pub const fn at(mut self, line: u64, column: u64) -> Self {
        self.line = Some(line);
        self.column = Some(column);
        self
    }

    /// Says at which byte of the file; the reader of the file turns it into line and column.
    #[must_use]
    pub(crate) const fn at_byte(mut self, offset: usize) -> Self {
        self.offset = Some(offset);
        self
    }

    /// Says which layer of the file.
    #[must_use]
    pub fn in_layer(mut self, layer: &str) -> Self {
        self.layer = Some(escape(layer));
        self
    }

    /// Says which row of the layer, by its number there.
    #[must_use]
    pub const fn in_row(mut self, row: i64) -> Self {
        self.row = Some(row);
        self
    }

    /// Says which feature or row, from 0.
    #[must_use]
    pub const fn in_feature(mut self, feature: u64) -> Self {
        self.feature = Some(feature);
        self
    }

    /// Says which identifier and which name the feature has; empty ones are left out.
    #[must_use]
    pub fn named(mut self, id: &str, name: &str) -> Self {
        self.id = (!id.is_empty()).then(|| escape(id));
        self.name = (!name.is_empty()).then(|| escape(name));
        self
    }

    /// Says which field or member.
    #[must_use]
    pub fn in_field(mut self, field: &str) -> Self {
        self.field = Some(escape(field));
        self
    }

    /// Says what was found; it is escaped.
    #[must_use]
    pub fn with_value(mut self, value: &str) -> Self {
        self.value = Some(escape(value));
        self
    }

    /// Returns the flag, without dashes, that names the column it misses.
    #[must_use]
    pub fn flag(&self) -> Option<&str> {
        let flag = self.details.iter().find(|(name, _)| *name == "flag")?;
        match &flag.1 {
            Detail::Text(words) | Detail::Texts(words, _) => words.strip_prefix("--")?.split(' ').next(),
            Detail::Count(_) => None,
        }
    }

    /// Gives a detail that the texts ask for between braces.
    #[must_use]
    pub fn with(mut self, placeholder: &'static str, detail: impl Into<Detail>) -> Self {
        self.details.push((placeholder, detail.into()));
        self
    }

    /// Writes what is wrong.
    #[must_use]
    pub fn problem(&self, language: Language) -> String {
        self.fill(&self.entry.problem, language)
    }

    /// Writes what is expected.
    #[must_use]
    pub fn expected(&self, language: Language) -> String {
        self.fill(&self.entry.expected, language)
    }

    /// Writes how to mend it.
    #[must_use]
    pub fn fix(&self, language: Language) -> String {
        let fix = self.fill(&self.entry.fix, language);
        match (&self.stated, language) {
            (None, _) => fix,
            (Some((place, file)), Language::English) => format!("{fix} (key \"{}\", {file}:{})", place.key, place.line),
            (Some((place, file)), Language::French) => {
                format!("{fix} (clé {}, {file}:{})", quote(&place.key, language), place.line)
            }
        }
    }

    /// Writes it as people read it on the terminal: two lines, each with its end.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        let place = self.place(language);
        let (problem, expected, fix) = (self.problem(language), self.expected(language), self.fix(language));
        match language {
            Language::English => {
                let kind = if self.severity() == Severity::Error { "error" } else { "warning" };
                format!("{kind}[{}] {place}{problem}\n  expected: {expected}; fix: {fix}\n", self.code)
            }
            Language::French => {
                let kind = if self.severity() == Severity::Error { "erreur" } else { "avertissement" };
                format!(
                    "{kind}[{}] {place}{problem}\n  attendu\u{a0}: {expected}\u{a0}; remède\u{a0}: {fix}\n",
                    self.code
                )
            }
        }
    }

    /// Writes where it is, up to and including the colon before the problem.
    fn place(&self, language: Language) -> String {
        use std::fmt::Write as _;
        let mut place = String::new();
        let (colon, feature, layer, row) = match language {
            Language::English => (": ", "feature #", "layer", "row"),
            Language::French => ("\u{a0}: ", "objet n°\u{a0}", "couche", "ligne"),
        };
        if let Some(file) = &self.file {
            place.push_str(file);
            if let (Some(line), Some(column)) = (self.line, self.column) {
                let _ = write!(place, ":{line}:{column}");
            }
            place.push_str(colon);
        }
        let before = place.len();
        if let Some(name) = &self.layer {
            let _ = write!(place, "{layer} {}", quote(name, language));
        }
        if let Some(number) = self.row {
            let comma = if place.len() > before { ", " } else { "" };
            let _ = write!(place, "{comma}{row} {number}");
        } else if let Some(index) = self.feature {
            let _ = write!(place, "{feature}{index}");
        }
        let name = match language {
            Language::English => "name",
            Language::French => "nom",
        };
        let known: Vec<String> = [("id", &self.id), (name, &self.name)]
            .into_iter()
            .filter_map(|(label, text)| text.as_ref().map(|text| format!("{label} {}", quote(text, language))))
            .collect();
        if !known.is_empty() {
            let blank = if place.len() > before { " " } else { "" };
            let _ = write!(place, "{blank}({})", known.join(", "));
        }
        if let Some(field) = &self.field {
            let comma = if place.len() > before { ", " } else { "" };
            let label = match language {
                Language::English => "field",
                Language::French => "champ",
            };
            let _ = write!(place, "{comma}{label} {}", quote(field, language));
        }
        if place.len() > before {
            place.push_str(colon);
        }
        place
    }

    fn fill(&self, texts: &crate::Texts, language: Language) -> String {
        let template = match language {
            Language::English => texts.english.to_owned(),
            Language::French => no_break(texts.french),
        };
        let mut text = String::with_capacity(template.len() + 64);
        let mut rest = template.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let Some((placeholder, behind)) = after.split_once('}') else {
                text.push('{');
                rest = after;
                continue;
            };
            if placeholder == "value" {
                text.push_str(&quote(self.value.as_deref().unwrap_or_default(), language));
            }
            // A detail may itself be a sentence with places to fill (what a column must hold); one level is enough.
            for (_, detail) in self.details.iter().filter(|(name, _)| *name == placeholder) {
                match (detail, language) {
                    (Detail::Text(same), _) => text.push_str(same),
                    (Detail::Texts(english, _), Language::English) => text.push_str(english),
                    (Detail::Texts(_, french), Language::French) => text.push_str(&no_break(french)),
                    (Detail::Count(count), _) => text.push_str(&group(*count, language)),
                }
            }
            rest = behind;
        }
        text.push_str(rest);
        text
    }
}

/// Puts a text between the quotation marks of the language.
pub(crate) fn quote(text: &str, language: Language) -> String {
    match language {
        Language::English => format!("\"{text}\""),
        Language::French => format!("«\u{a0}{text}\u{a0}»"),
    }
}

/// Writes a count with the thousands mark of the language: 5,118 or 5 118 (narrow no-break space).
pub(crate) fn group(count: u64, language: Language) -> String {
    let digits = count.to_string();
    let mark = match language {
        Language::English => ',',
        Language::French => '\u{202f}',
    };
    let mut text = String::with_capacity(digits.len() * 2);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

/// Sets the no-break spaces of French typography.
fn no_break(text: &str) -> String {
    text.replace(" :", "\u{a0}:")
        .replace(" ;", "\u{a0};")
        .replace(" ?", "\u{a0}?")
        .replace(" !", "\u{a0}!")
        .replace("« ", "«\u{a0}")
        .replace(" »", "\u{a0}»")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::NOT_A_NUMBER;

    fn example() -> Finding {
        Finding::new(&NOT_A_NUMBER)
            .in_file("communes.geojson")
            .at(1, 48213)
            .in_feature(1042)
            .named("57463", "Metz")
            .in_field("population")
            .with_value("12 430")
            .with("expected", ("a non-negative whole number", "un nombre entier positif ou nul"))
            .with("example", "12430")
    }

    #[test]
    fn a_finding_says_where_what_and_how_to_mend_it() {
        assert_eq!(
            example().to_text(Language::English),
            "error[E211] communes.geojson:1:48213: feature #1042 (id \"57463\", name \"Metz\"), field \"population\": \
             \"12 430\" is not a number\n  expected: a non-negative whole number; fix: write bare digits, such as 12430\n"
        );
    }

    #[test]
    fn french_has_its_own_words_and_spaces() {
        let text = example().to_text(Language::French).replace('\u{a0}', "_");
        assert_eq!(
            text,
            "erreur[E211] communes.geojson:1:48213_: objet n°_1042 (id «_57463_», nom «_Metz_»), champ «_population_»_: \
             «_12 430_» n’est pas un nombre\n  attendu_: un nombre entier positif ou nul_; remède_: écrire les chiffres \
             seuls, par exemple 12430\n"
        );
    }

    #[test]
    fn thousands_are_marked() {
        assert_eq!(group(5118, Language::English), "5,118");
        assert_eq!(group(1_022_592, Language::French), "1\u{202f}022\u{202f}592");
        assert_eq!(group(999, Language::English), "999");
    }
}
