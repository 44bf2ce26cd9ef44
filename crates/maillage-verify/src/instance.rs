use sha2::{Digest, Sha256};

use crate::refusal::{Checked, Refusal, check, expected};
use crate::text::{Lines, all, named, number, pair};

/// A covering problem: open the sites that cover the most weight while every rule and floor holds.
#[derive(Clone, Debug, Default)]
pub struct Instance {
    hash: String,
    pub(crate) weights: Vec<u64>,
    /// Whether each site is fixed open; none where it is free.
    pub(crate) fixed: Vec<Option<bool>>,
    /// The demands that each site covers, ascending.
    pub(crate) covers: Vec<Vec<u32>>,
    /// Sums over open sites.
    pub(crate) rules: Vec<Row>,
    /// Sums over covered demands, with coefficients above 0 and no most.
    pub(crate) floors: Vec<Row>,
}

/// A sum of coefficients, by position, between two ends that may be absent.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) least: Option<i64>,
    pub(crate) most: Option<i64>,
    pub(crate) coefficients: Vec<(u32, i64)>,
}

impl Instance {
    /// Reads an instance from the lines of its text, each without its line feed.
    ///
    /// # Errors
    /// At the first line that departs from the format.
    pub fn read<L: AsRef<str>>(lines: impl IntoIterator<Item = L>) -> Result<Self, Refusal> {
        let mut digest = Sha256::new();
        let hashed = lines.into_iter().inspect(|line| {
            digest.update(line.as_ref());
            digest.update("\n");
        });
        let mut lines = Lines { line: 0, left: hashed };
        lines.read_exactly("maillage-instance 1")?;
        let [demands, sites, rules, floors] = lines.read(|words| named(words, "counts"))?;
        let mut instance = Self { weights: lines.read(|words| weights(words, demands))?, ..Self::default() };
        for _ in 0..sites {
            let (fixed, covers) = lines.read(|words| site(words, demands))?;
            instance.fixed.push(fixed);
            instance.covers.push(covers);
        }
        for _ in 0..rules {
            instance.rules.push(lines.read(|words| row(words, "rule", sites))?);
        }
        for _ in 0..floors {
            instance.floors.push(lines.read(|words| row(words, "floor", demands))?);
        }
        lines.read(|words| check(words.is_empty(), expected("nothing after the last floor")))?;
        drop(lines);
        let digits = digest.finalize().into_iter().flat_map(|byte| [byte >> 4, byte & 15]);
        instance.hash = digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect();
        Ok(instance)
    }

    /// Returns the SHA-256 of the text, in 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }
}

fn weights(words: &[&str], demands: u32) -> Checked<Vec<u64>> {
    let ["weights", words @ ..] = words else { return Err(expected("weights")) };
    let weights = all(words, number)?;
    check(u32::try_from(weights.len()) == Ok(demands), expected("a weight for each demand"))?;
    Ok(weights)
}

fn site(words: &[&str], demands: u32) -> Checked<(Option<bool>, Vec<u32>)> {
    let (state, covers) = words.split_first().unwrap_or((&"", &[]));
    let covers: Vec<u32> = all(covers, number)?;
    let ascending = covers.is_sorted_by(|one, next| one < next) && covers.last() < Some(&demands);
    check(ascending, expected("demands that exist, ascending"))?;
    match *state {
        "free" => Ok((None, covers)),
        "open" => Ok((Some(true), covers)),
        "closed" => Ok((Some(false), covers)),
        _ => Err(expected("free, open or closed")),
    }
}

pub(crate) fn row(words: &[&str], kind: &str, count: u32) -> Checked<Row> {
    let (least, most, words) = match words {
        ["rule", least, most, words @ ..] if kind == "rule" => (*least, *most, words),
        ["floor", least, words @ ..] if kind == "floor" && *least != "-" => (*least, "-", words),
        _ => return Err(expected(kind)),
    };
    let end = |word: &str| if word == "-" { Ok(None) } else { number(word).map(Some) };
    let list: Vec<(u32, i64)> = all(words, pair)?;
    let fits = |&(at, by): &(u32, i64)| at < count && (by > 0 || (by < 0 && kind == "rule"));
    let ascending = list.is_sorted_by(|one, next| one.0 < next.0) && list.iter().all(fits);
    check(ascending, expected("positions that exist, ascending, with coefficients other than 0"))?;
    Ok(Row { least: end(least)?, most: end(most)?, coefficients: list })
}
