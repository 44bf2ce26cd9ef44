//! The figures that the page's words quote.

/// Returns the numbers of a thousand or more, as English writes them: `168,976`.
pub fn thousands(text: &str) -> Vec<u64> {
    let is_part = |letter: char| letter.is_ascii_digit() || letter == ',';
    let words = text.split(|letter: char| !is_part(letter)).map(|word| word.trim_matches(','));
    words
        .filter(|word| {
            let mut groups = word.split(',');
            let first = groups.next().is_some_and(|first| (1..=3).contains(&first.len()));
            first && word.contains(',') && groups.all(|group| group.len() == 3)
        })
        .filter_map(|word| word.replace(',', "").parse().ok())
        .collect()
}

/// Returns whether a number stands among others, is what two of them differ by, or, round, lies near one.
pub fn comes_from(number: u64, others: &[u64]) -> bool {
    let round = number.is_multiple_of(100);
    others.iter().any(|&other| {
        other == number
            || (round && other.abs_diff(number) * 20 <= number)
            || others.iter().any(|&another| another.abs_diff(other) == number)
    })
}
