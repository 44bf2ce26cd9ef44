//! An output as the page quotes it: `…` alone on a line stands for lines left out, within one for the rest of it.

/// Stands for what is left out.
const GAP: &str = "…";

fn matches(quoted: &str, said: &str) -> bool {
    match quoted.split_once(GAP) {
        _ if quoted == said => true,
        Some((start, end)) => said.len() >= start.len() + end.len() && said.starts_with(start) && said.ends_with(end),
        None => false,
    }
}

/// Returns the lines with something on them.
fn spoken(lines: &[String]) -> impl Iterator<Item = &String> {
    lines.iter().filter(|line| !line.is_empty())
}

/// Returns the first quoted line that does not stand where it should; nothing where all do.
pub fn stale<'a>(quoted: &'a [String], said: &[String]) -> Option<&'a str> {
    let said: Vec<&String> = spoken(said).collect();
    let (mut next, mut gap) = (0, true);
    for line in spoken(quoted) {
        if line == GAP {
            gap = true;
            continue;
        }
        let places = if gap { next..said.len() } else { next..said.len().min(next + 1) };
        match places.clone().find(|&place| matches(line, said[place])) {
            Some(place) => next = place + 1,
            None => return Some(line),
        }
        gap = false;
    }
    None
}

/// Returns the letters to change between two lines, whatever figures stand in them (Levenshtein).
fn difference(one: &str, other: &str) -> usize {
    let plain = |text: &str| -> Vec<char> {
        text.chars().filter(|letter| !letter.is_ascii_digit() && *letter != ' ').collect()
    };
    let (one, other) = (plain(one), plain(other));
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (number, letter) in one.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], number + 1);
        for (place, there) in other.iter().enumerate() {
            let best = (diagonal + usize::from(letter != there)).min(row[place] + 1).min(row[place + 1] + 1);
            diagonal = std::mem::replace(&mut row[place + 1], best);
        }
    }
    row[other.len()]
}

/// Quotes what is said in the place of what was: of each line the one that reads most like it, in order.
pub fn renewed(quoted: &[String], said: &[String]) -> Vec<String> {
    let said: Vec<&String> = spoken(said).collect();
    let (mut next, mut gap) = (0, true);
    let mut renewed = Vec::new();
    for line in quoted {
        if line == GAP || line.is_empty() {
            gap |= line == GAP;
            renewed.push(line.clone());
            continue;
        }
        let places = if gap { next..said.len() } else { next..said.len().min(next + 1) };
        let same = places.clone().find(|&place| matches(line, said[place]));
        let Some(place) = same.or_else(|| places.min_by_key(|&place| (difference(line, said[place]), place))) else {
            break;
        };
        renewed.push(match line.find(GAP) {
            _ if same.is_some() => line.clone(),
            Some(cut) => said[place].chars().take(line[..cut].chars().count()).chain(GAP.chars()).collect(),
            None => said[place].clone(),
        });
        (next, gap) = (place + 1, false);
    }
    renewed
}
