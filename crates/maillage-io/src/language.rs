/// The language of texts people read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// French.
    French,
}

impl Language {
    /// Writes a whole number with a mark between its thousands.
    #[must_use]
    pub fn grouped(self, number: u64) -> String {
        let mark = match self {
            Self::English => ',',
            Self::French => '\u{202f}',
        };
        let digits = number.to_string();
        let mut text = String::with_capacity(digits.len() + digits.len() / 3);
        for (position, digit) in digits.chars().enumerate() {
            if position > 0 && (digits.len() - position).is_multiple_of(3) {
                text.push(mark);
            }
            text.push(digit);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_marked() {
        assert_eq!(Language::English.grouped(5118), "5,118");
        assert_eq!(Language::French.grouped(1_022_592), "1\u{202f}022\u{202f}592");
        assert_eq!(Language::English.grouped(999), "999");
    }
}
