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
