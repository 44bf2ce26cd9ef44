//! What a table is called and what its columns mean, whatever the format it is written in.

use std::borrow::Cow;

use crate::{Language, Texts};

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TableColumn {
    pub(crate) name: Cow<'static, str>,
    /// `TEXT`, `INTEGER`, `REAL` or `BOOLEAN`.
    pub(crate) kind: &'static str,
    pub(crate) alias: ColumnWords,
    pub(crate) comment: ColumnWords,
}

/// What is said of a column, in each language; of columns that the data make, it is made as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ColumnWords {
    pub(crate) english: Cow<'static, str>,
    pub(crate) french: Cow<'static, str>,
}

impl ColumnWords {
    pub(crate) fn in_language(&self, language: Language) -> &str {
        match language {
            Language::English => &self.english,
            Language::French => &self.french,
        }
    }
}

impl TableColumn {
    /// Makes a column whose name the data make.
    pub(crate) fn made(name: String, kind: &'static str, alias: [String; 2], comment: Texts) -> Self {
        let [english, french] = alias;
        Self {
            name: name.into(),
            kind,
            alias: ColumnWords { english: english.into(), french: french.into() },
            comment: ColumnWords { english: comment.english.into(), french: comment.french.into() },
        }
    }
}

/// A layer, or a table without geometry.
pub(crate) struct Table {
    pub(crate) name: &'static str,
    /// The type of its geometry, such as `POINT`.
    pub(crate) geometry: Option<&'static str>,
    pub(crate) title: Texts,
    pub(crate) columns: Vec<TableColumn>,
    /// How QGIS draws it.
    pub(crate) style: Option<String>,
}

impl Table {
    /// Makes a table without geometry.
    pub(crate) fn plain(name: &'static str, title: Texts, columns: Vec<TableColumn>) -> Self {
        Self { name, geometry: None, title, columns, style: None }
    }
}

/// Makes columns of name, type, alias and comment, each in English and in French.
macro_rules! columns {
    ($($name:literal $kind:literal $alias:literal $alias_french:literal $comment:literal $comment_french:literal;)*) => {
        vec![$($crate::table_description::TableColumn {
            name: std::borrow::Cow::Borrowed($name),
            kind: $kind,
            alias: $crate::table_description::ColumnWords {
                english: std::borrow::Cow::Borrowed($alias),
                french: std::borrow::Cow::Borrowed($alias_french),
            },
            comment: $crate::table_description::ColumnWords {
                english: std::borrow::Cow::Borrowed($comment),
                french: std::borrow::Cow::Borrowed($comment_french),
            },
        }),*]
    };
}

pub(crate) use columns;

/// Makes a text in English and in French.
pub(crate) const fn texts(english: &'static str, french: &'static str) -> Texts {
    Texts { english, french }
}
