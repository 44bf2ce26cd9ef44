/// Longer texts are compared by their beginnings.
const LONGEST: usize = 64;

/// Returns up to three of the texts that differ least from one, the nearest first; none that differs in over half.
pub(crate) fn nearest_texts<'a>(text: &str, texts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let wanted: Vec<char> = text.chars().take(LONGEST).collect();
    let mut nearest: Vec<(usize, &str)> = Vec::new();
    for other in texts {
        let distance = edit_distance(&wanted, &other.chars().take(LONGEST).collect::<Vec<_>>());
        if distance <= wanted.len().div_ceil(2) {
            nearest.push((distance, other));
        }
    }
    nearest.sort_unstable();
    nearest.into_iter().take(3).map(|(_, text)| text.to_owned()).collect()
}

/// Counts the letters to insert, delete or replace (Levenshtein 1966), row by row (Wagner and Fischer 1974).
fn edit_distance(from: &[char], to: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (removed, letter) in (1..).zip(from) {
        let mut diagonal = removed - 1;
        let mut left = removed;
        for (other, above) in to.iter().zip(row.iter_mut().skip(1)) {
            let replaced = diagonal + usize::from(letter != other);
            diagonal = *above;
            *above = replaced.min(diagonal + 1).min(left + 1);
            left = *above;
        }
        if let Some(first) = row.first_mut() {
            *first = removed;
        }
    }
    row.last().copied().unwrap_or(from.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distance(from: &str, to: &str) -> usize {
        edit_distance(&from.chars().collect::<Vec<_>>(), &to.chars().collect::<Vec<_>>())
    }

    #[test]
    fn letters_inserted_deleted_and_replaced_are_counted() {
        for (from, to, expected) in
            [("kitten", "sitting", 3), ("", "abc", 3), ("abc", "", 3), ("été", "ete", 2), ("a", "a", 0)]
        {
            assert_eq!(distance(from, to), expected, "{from} {to}");
            assert_eq!(distance(to, from), expected, "{to} {from}");
        }
    }

    #[test]
    fn the_nearest_come_first_and_strangers_not_at_all() {
        let ids = ["th_57463", "th_57464", "th_67463", "ph_12", "th_57643"];
        assert_eq!(nearest_texts("th_5746", ids), ["th_57463", "th_57464", "th_57643"]);
        assert!(nearest_texts("zzzz", ids).is_empty());
    }
}
