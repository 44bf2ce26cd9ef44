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
