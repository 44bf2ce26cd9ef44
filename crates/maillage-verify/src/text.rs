use std::str::FromStr;

use crate::refusal::{Checked, Refusal, check, expected};

/// Lines of words, which single spaces part.
pub(crate) struct Lines<I> {
    pub(crate) line: usize,
    pub(crate) left: I,
}

impl<L: AsRef<str>, I: Iterator<Item = L>> Lines<I> {
    /// Reads the words of the next line, none where no line is left, and says of a failure where it is.
    pub(crate) fn read<T>(&mut self, reader: impl FnOnce(&[&str]) -> Checked<T>) -> Result<T, Refusal> {
        self.line = self.line.saturating_add(1);
        let line = self.left.next();
        let words: Vec<&str> = line.iter().flat_map(|line| line.as_ref().split(' ')).collect();
        reader(&words).map_err(|reason| Refusal { line: self.line, reason })
    }

    /// Reads a line that can only be this one.
    pub(crate) fn read_exactly(&mut self, line: &str) -> Result<(), Refusal> {
        self.read(|words| check(words.iter().copied().eq(line.split(' ')), expected(line)))
    }
}

pub(crate) fn all<T>(words: &[&str], read: fn(&str) -> Checked<T>) -> Checked<Vec<T>> {
    words.iter().map(|word| read(word)).collect()
}

/// Reads so many numbers after their name.
pub(crate) fn named<T: FromStr, const N: usize>(words: &[&str], name: &str) -> Checked<[T; N]> {
    let numbers = words.strip_prefix(&[name]).ok_or_else(|| expected(name))?;
    all(numbers, number)?.try_into().map_err(|_| expected(name))
}

/// Reads a decimal number in its only writing: no plus sign, no leading zero, no minus before 0.
pub(crate) fn number<T: FromStr>(word: &str) -> Checked<T> {
    let digits = word.strip_prefix('-').unwrap_or(word);
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && (!digits.starts_with('0') || word == "0");
    let number = word.parse().ok().filter(|_| plain);
    number.ok_or_else(|| expected("a whole number within its limits"))
}

/// Reads a position and a number, with a colon between.
pub(crate) fn pair<T: FromStr>(word: &str) -> Checked<(u32, T)> {
    let (position, by) = word.split_once(':').unwrap_or_default();
    Ok((number(position)?, number(by)?))
}
