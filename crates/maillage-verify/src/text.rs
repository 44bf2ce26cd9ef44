use std::fmt;
use std::str::FromStr;

use crate::{Certificate, Step};

/// Where a text is not a certificate, and what was expected there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: expected {expected}, found '{found}'")]
#[non_exhaustive]
pub struct FormatError {
    /// The line, from 1.
    pub line: usize,
    /// What was expected.
    pub expected: &'static str,
    /// The start of the line found.
    pub found: String,
}

impl Certificate {
    /// Reads a certificate from its text; every certificate has exactly one, the one its [`Display`](fmt::Display)
    /// writes.
    ///
    /// # Errors
    /// At the first line that departs from the format.
    pub fn parse(text: &[u8]) -> Result<Self, FormatError> {
        let mut lines = Lines { line: 0, left: text };
        lines.read("maillage-certificate 1", |words| (words == ["maillage-certificate", "1"]).then_some(()))?;
        let [problem] =
            lines.read("'problem' and a hash", |words| named("problem", words, |word| Some(word.into())))?;
        let counts =
            lines.read("'counts' of demands, sites, rules and floors", |words| named("counts", words, number))?;
        let [scale_bits] = lines.read("'scale' and a power of two", |words| named("scale", words, number))?;
        let [value] = lines.read("'value' and that of the plan", |words| named("value", words, number))?;
        let [bound] = lines.read("'bound' and that of all plans", |words| named("bound", words, number))?;
        let plan = lines.read("'plan' and the open sites", |words| all(words.strip_prefix(&["plan"])?, number))?;
        let mut steps = Vec::new();
        while !lines.left.is_empty() {
            steps.push(lines.read("a step", step)?);
        }
        Ok(Self { problem, counts, scale_bits, value, bound, plan, steps })
    }
}

impl fmt::Display for Certificate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { problem, counts: [demands, sites, rules, floors], scale_bits, value, bound, plan, steps } = self;
        write!(out, "maillage-certificate 1\nproblem {problem}\ncounts {demands} {sites} {rules} {floors}\n")?;
        write!(out, "scale {scale_bits}\nvalue {value}\nbound {bound}\nplan")?;
        plan.iter().try_for_each(|site| write!(out, " {site}"))?;
        steps.iter().try_for_each(|step| write!(out, "\n{step}"))?;
        writeln!(out)
    }
}

impl fmt::Display for Step {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Prices { demands, rules, floors } => {
                pairs(out, "prices", demands)?;
                pairs(out, " /", rules)?;
                pairs(out, " /", floors)
            }
            Self::Fix(sites) => {
                write!(out, "fix")?;
                sites.iter().try_for_each(|&(site, open)| write!(out, " {}{site}", sign(open)))
            }
            Self::Dominated(sites) => pairs(out, "dominated", sites),
            Self::Branch(site, open) => write!(out, "branch {}{site}", sign(*open)),
            Self::Leaf => write!(out, "leaf"),
            Self::Impossible(rule) => write!(out, "impossible rule {rule}"),
            Self::ImpossibleFloor(floor) => write!(out, "impossible floor {floor}"),
        }
    }
}

fn pairs(out: &mut fmt::Formatter<'_>, name: &str, list: &[(u32, impl fmt::Display)]) -> fmt::Result {
    out.write_str(name)?;
    list.iter().try_for_each(|(first, second)| write!(out, " {first}:{second}"))
}

fn sign(open: bool) -> char {
    if open { '+' } else { '-' }
}

/// The lines of a text that are left.
struct Lines<'t> {
    line: usize,
    left: &'t [u8],
}

impl<'t> Lines<'t> {
    /// Reads the words of the next line, which single spaces part and a line feed ends.
    fn read<T, R>(&mut self, expected: &'static str, reader: R) -> Result<T, FormatError>
    where
        R: FnOnce(&[&'t str]) -> Option<T>,
    {
        self.line = self.line.saturating_add(1);
        let line = self.left.split_inclusive(|&byte| byte == b'\n').next().unwrap_or_default();
        self.left = self.left.get(line.len()..).unwrap_or_default();
        let text = line.strip_suffix(b"\n").and_then(|text| str::from_utf8(text).ok());
        text.and_then(|text| reader(&text.split(' ').collect::<Vec<_>>())).ok_or_else(|| {
            let found = String::from_utf8_lossy(line.get(..60).unwrap_or(line)).trim_end().to_owned();
            FormatError { line: self.line, expected, found }
        })
    }
}

fn step(words: &[&str]) -> Option<Step> {
    Some(match words {
        ["prices", prices @ ..] => {
            let parts = prices.split(|word| *word == "/").map(|part| all(part, pair));
            let [demands, rules, floors] = parts.collect::<Option<Vec<_>>>()?.try_into().ok()?;
            Step::Prices { demands, rules, floors }
        }
        ["fix", sites @ ..] => Step::Fix(all(sites, decision)?),
        ["dominated", pairs @ ..] => Step::Dominated(all(pairs, pair)?),
        ["branch", site] => decision(site).map(|(site, open)| Step::Branch(site, open))?,
        ["leaf"] => Step::Leaf,
        ["impossible", "rule", rule] => Step::Impossible(number(rule)?),
        ["impossible", "floor", floor] => Step::ImpossibleFloor(number(floor)?),
        _ => return None,
    })
}

fn named<T, const N: usize>(name: &str, words: &[&str], read: fn(&str) -> Option<T>) -> Option<[T; N]> {
    all(words.strip_prefix(&[name])?, read)?.try_into().ok()
}

fn all<T>(words: &[&str], read: fn(&str) -> Option<T>) -> Option<Vec<T>> {
    words.iter().map(|word| read(word)).collect()
}

/// Reads a decimal number in its only writing: no plus sign, no leading zero, no minus before 0.
fn number<T: FromStr>(word: &str) -> Option<T> {
    let digits = word.strip_prefix('-').unwrap_or(word);
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && (!digits.starts_with('0') || word == "0");
    word.parse().ok().filter(|_| plain)
}

fn pair<T: FromStr>(word: &str) -> Option<(u32, T)> {
    let (first, second) = word.split_once(':')?;
    Some((number(first)?, number(second)?))
}

fn decision(word: &str) -> Option<(u32, bool)> {
    Some((number(word.strip_prefix(['+', '-'])?)?, word.starts_with('+')))
}
