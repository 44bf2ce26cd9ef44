use std::fmt::Write as _;

/// The longest value shown in a finding, in characters.
const LONGEST: usize = 80;

/// Writes a text so that a terminal shows it and never obeys it, at most 80 characters long.
///
/// Control characters, direction marks and blanks other than the plain one are written as `\u{..}`.
pub(crate) fn escape(text: &str) -> String {
    let mut shown = String::with_capacity(text.len().min(4 * LONGEST));
    for (position, character) in text.chars().enumerate() {
        if position == LONGEST {
            shown.push('…');
            break;
        }
        match character {
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            _ if is_hidden(character) => {
                let _ = write!(shown, "\\u{{{:x}}}", u32::from(character));
            }
            _ => shown.push(character),
        }
    }
    shown
}

/// Returns whether a character acts without being seen, or looks like a plain blank without being one.
fn is_hidden(character: char) -> bool {
    is_control(character) || (character.is_whitespace() && character != ' ')
}

/// Returns whether a character is a control, a direction mark or has no width.
pub(crate) fn is_control(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn escape_sequences_and_direction_marks_are_shown() {
        assert_eq!(escape("a\u{1b}[31mb\u{202e}c\u{a0}d"), "a\\u{1b}[31mb\\u{202e}c\\u{a0}d");
        assert_eq!(escape("Zürich d’Été"), "Zürich d’Été");
    }

    #[test]
    fn long_texts_are_cut_at_eighty_characters() {
        let shown = escape(&"é".repeat(500));
        assert_eq!(shown.chars().count(), 81);
        assert!(shown.ends_with('…'));
    }
}
