//! What a table is called and what its columns mean, whatever the format it is written in.

use crate::Texts;

/// A column of a table.
pub(crate) struct TableColumn {
    pub(crate) name: &'static str,
    /// `TEXT`, `INTEGER`, `REAL` or `BOOLEAN`.
    pub(crate) kind: &'static str,
    pub(crate) alias: Texts,
    pub(crate) comment: Texts,
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

/// Makes columns of name, type, alias and comment, each in English and in French.
macro_rules! columns {
    ($($name:literal $kind:literal $alias:literal $alias_french:literal $comment:literal $comment_french:literal;)*) => {
        vec![$($crate::table_description::TableColumn {
            name: $name,
            kind: $kind,
            alias: $crate::Texts { english: $alias, french: $alias_french },
            comment: $crate::Texts { english: $comment, french: $comment_french },
        }),*]
    };
}

pub(crate) use columns;

/// Makes a text in English and in French.
pub(crate) const fn texts(english: &'static str, french: &'static str) -> Texts {
    Texts { english, french }
}
