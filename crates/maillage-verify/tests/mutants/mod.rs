//! Texts with one change.

/// Makes one random change to a text: a line or a word goes, comes twice or changes places, or a number or a sign is
/// another. `below(n)` is a random number from 0 to before n.
pub fn mutant(text: &str, below: &mut dyn FnMut(usize) -> usize) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let at = below(lines.len());
    match below(10) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(at, lines[at].clone()),
        2 => lines.swap(at, below(text.lines().count())),
        _ => {
            let mut words: Vec<String> = lines[at].split(' ').map(str::to_owned).collect();
            let word = below(words.len());
            match below(8) {
                0 => drop(words.remove(word)),
                1 => words.insert(word, words[word].clone()),
                2 => words.swap(word, below(lines[at].split(' ').count())),
                _ => words[word] = other_word(&words[word], below),
            }
            lines[at] = words.join(" ");
        }
    }
    lines.join("\n") + "\n"
}

/// Changes a sign or one of the numbers in a word.
fn other_word(word: &str, below: &mut dyn FnMut(usize) -> usize) -> String {
    if below(3) == 0 && word.starts_with(['+', '-']) {
        return if word.starts_with('+') { word.replacen('+', "-", 1) } else { word.replacen('-', "+", 1) };
    }
    let mut parts: Vec<String> = word.split_inclusive([':', '+']).map(str::to_owned).collect();
    let at = below(parts.len());
    let Ok(number) = parts[at].trim_end_matches(':').parse::<i64>() else { return word.to_owned() };
    let changed = match below(7) {
        0 => number.wrapping_add(1),
        1 => number.wrapping_sub(1),
        2 => 0,
        3 => number.wrapping_neg(),
        4 => number.wrapping_mul(2),
        5 => number / 2,
        _ => number.wrapping_add(below(9).cast_signed() as i64 - 4),
    };
    let end = if parts[at].ends_with(':') { ":" } else { "" };
    parts[at] = format!("{changed}{end}");
    parts.concat()
}
