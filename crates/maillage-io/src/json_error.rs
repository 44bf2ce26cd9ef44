use crate::Finding;
use crate::catalogue::{JSON_SYNTAX, LONE_SURROGATE, NUMBER_OUT_OF_RANGE, TRUNCATED};

/// What a JSON value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Object,
    Array,
    Text,
    Number,
    Boolean(bool),
    Null,
    /// What only databases hold.
    Bytes,
}

impl Kind {
    /// Names it in English and French, with its article.
    pub(crate) const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Object => ("an object", "un objet JSON"),
            Self::Array => ("an array", "un tableau"),
            Self::Text => ("a text", "un texte"),
            Self::Number => ("a number", "un nombre"),
            Self::Boolean(_) => ("true or false", "vrai ou faux"),
            Self::Null => ("null", "null"),
            Self::Bytes => ("bytes", "une suite d’octets"),
        }
    }
}

/// Why a document is not JSON, and at which byte of the text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct JsonError {
    pub(crate) offset: usize,
    pub(crate) reason: Reason,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// The text ends too early.
    End,
    /// Something else was expected: the words in English and French.
    Syntax(&'static str, &'static str),
    /// A number that no `f64` holds.
    OutOfRange,
    /// Half of a surrogate pair.
    Surrogate,
}

impl JsonError {
    /// Makes a finding of it, with what stands there.
    pub(crate) fn to_finding(&self, text: &str, start: usize) -> Finding {
        let rest = text.get(self.offset..).unwrap_or_default();
        let seen: String = match self.reason {
            Reason::OutOfRange => {
                rest.chars().take_while(|letter| !matches!(letter, ',' | ']' | '}')).take(80).collect()
            }
            Reason::Surrogate => rest.chars().take(6).collect(),
            _ => rest.chars().take(16).take_while(|letter| *letter != '\n').collect(),
        };
        let finding = match self.reason {
            Reason::End => Finding::new(&TRUNCATED).with("where", ("inside a value", "au milieu d’une valeur")),
            Reason::Syntax(english, french) => Finding::new(&JSON_SYNTAX).with("reason", (english, french)),
            Reason::OutOfRange => Finding::new(&NUMBER_OUT_OF_RANGE),
            Reason::Surrogate => Finding::new(&LONE_SURROGATE),
        };
        finding.at_byte(start + self.offset).with_value(&seen)
    }
}
