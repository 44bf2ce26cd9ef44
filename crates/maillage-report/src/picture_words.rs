use maillage_io::Language;

/// The words of a map.
pub(crate) struct PictureWords {
    /// Each class of communes and what the legend says of it.
    pub(crate) areas: [(&'static str, &'static str); 4],
    pub(crate) new: &'static str,
    pub(crate) existing: &'static str,
    pub(crate) sources: &'static str,
}

impl PictureWords {
    pub(crate) const fn of(language: Language) -> Self {
        match language {
            Language::English => Self {
                areas: [
                    ("already", "in reach today"),
                    ("newly", "newly in reach"),
                    ("no", "not in reach"),
                    ("uncounted", "nobody counted"),
                ],
                new: "new site",
                existing: "existing site",
                sources: "Sources: ",
            },
            Language::French => Self {
                areas: [
                    ("already", "à portée aujourd’hui"),
                    ("newly", "nouvellement à portée"),
                    ("no", "hors de portée"),
                    ("uncounted", "personne de compté"),
                ],
                new: "nouveau site",
                existing: "site existant",
                sources: "Sources : ",
            },
        }
    }
}

/// Breaks a text into lines of so many letters at most, between words.
pub(crate) fn wrapped(text: &str, letters: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= letters => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrapped("one two three four", 9), ["one two", "three", "four"]);
        assert_eq!(wrapped("incomprehensible", 3), ["incomprehensible"]);
        assert!(wrapped("", 3).is_empty());
    }
}
