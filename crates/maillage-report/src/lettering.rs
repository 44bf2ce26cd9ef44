use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

/// How the texts of pictures are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lettering {
    /// Bold, for a title.
    Title,
    /// For a sentence.
    Text,
    /// For what stands at the foot.
    Small,
}

impl Lettering {
    /// Returns the class that the style sheet of a picture knows it by.
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Text => "text",
            Self::Small => "small",
        }
    }

    /// Returns the size of letters in pixels.
    pub(crate) const fn size(self) -> u16 {
        match self {
            Self::Title => 20,
            Self::Text => 15,
            Self::Small => 12,
        }
    }

    /// Returns pixels from line to line.
    pub(crate) const fn line(self) -> f64 {
        match self {
            Self::Title => 27.0,
            Self::Text => 22.0,
            Self::Small => 17.0,
        }
    }

    /// Returns the pixels that a text takes, in the font that pictures are made with.
    pub(crate) fn width(self, text: &str) -> f64 {
        let data = if self == Self::Title { dejavu::sans::bold() } else { dejavu::sans::regular() };
        let size = f32::from(self.size());
        let Ok(font) = FontRef::new(data) else { return text.chars().map(|_| 0.6 * f64::from(size)).sum() };
        let (letters, metrics) = (font.charmap(), font.glyph_metrics(Size::new(size), LocationRef::default()));
        let advance = |letter: char| metrics.advance_width(letters.map(letter).unwrap_or_default()).unwrap_or(size);
        text.chars().map(|letter| f64::from(advance(letter))).sum()
    }

    /// Breaks a text into lines of so many pixels at most, between words.
    pub(crate) fn wrapped(self, text: &str, width: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            match lines.last_mut() {
                Some(line) if self.width(&format!("{line} {word}")) <= width => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::Lettering;

    #[test]
    fn lines_break_between_words_and_are_no_wider_than_asked() {
        let text = "Of 100 people in under-dense places, 42 are today within 10 minutes of a site; with this plan, 84.";
        let lines = Lettering::Text.wrapped(text, 300.0);
        assert!(lines.len() > 1 && lines.iter().all(|line| Lettering::Text.width(line) <= 300.0), "{lines:?}");
        assert_eq!(lines.join(" "), text);
        assert_eq!(Lettering::Small.wrapped("incomprehensible", 3.0), ["incomprehensible"]);
        assert!(Lettering::Title.wrapped("", 3.0).is_empty());
        assert!(Lettering::Text.width("MMM") > 2.0 * Lettering::Text.width("iii"));
    }
}
