//! What people call the words that stand in the cells of tables.

use crate::Texts;
use crate::table_description::texts;

/// Returns what people call a word of a column; nothing where it is a name, or means itself.
pub(crate) fn in_words(column: &str, word: &str) -> Option<Texts> {
    // Of several plans each has a column of its own: `reached_1`.
    let column = column.trim_end_matches(|last: char| last.is_ascii_digit() || last == '_');
    Some(match (column, word) {
        ("state", "new") => texts("new", "nouveau"),
        ("state", "existing") => texts("existing", "existant"),
        ("reached", "already") => texts("already", "déjà"),
        ("reached", "newly") => texts("newly", "nouvellement"),
        ("reached", "no") | ("backbone", "not-always") => texts("no", "non"),
        ("guarantee", "optimal") => texts("optimal: proved", "optimal : c’est prouvé"),
        ("guarantee", "bounded") => texts("bounded: the gap is proved", "borné : l’écart est prouvé"),
        ("guarantee", "none") => texts("none", "aucune"),
        ("backbone", "always") => texts("yes: proved", "oui : c’est prouvé"),
        ("backbone", "undecided") => texts("undecided", "indécis"),
        ("change", "opens") => texts("opens", "ouvre"),
        ("change", "closes") => texts("closes", "ferme"),
        ("of", "all") => texts("all communes", "toutes les communes"),
        ("of" | "by", "territory") => texts("territory", "territoire"),
        ("of" | "by", "density") => texts("density", "densité"),
        _ => return None,
    })
}
