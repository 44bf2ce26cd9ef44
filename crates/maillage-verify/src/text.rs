use std::fmt::{self, Display};
use std::str::{FromStr, Split};

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
    /// The start of what was found.
    pub found: String,
}

const FIRST_LINE: &str = "maillage-certificate 1";
const END_OF_LINE: &str = "the end of the line";

impl Certificate {
    /// Reads a certificate from its text; every certificate has exactly one text.
    ///
    /// Takes at most some twenty times the memory of the text.
    ///
    /// # Errors
    /// Where the text departs from the format.
    pub fn parse(text: &[u8]) -> Result<Self, FormatError> {
        let mut lines = Lines { line: 0, left: text };
        let mut words = lines.next_line(FIRST_LINE)?;
        words.keyword("maillage-certificate", FIRST_LINE)?;
        words.keyword("1", FIRST_LINE)?;
        words.end()?;
        let mut certificate = Self::default();
        let mut words = lines.field("problem", "'problem' and the hash of the problem")?;
        words.word("the hash of the problem")?.clone_into(&mut certificate.problem);
        words.end()?;
        let mut words = lines.field("counts", "'counts' and the numbers of demands, sites and rules")?;
        for count in [&mut certificate.demands, &mut certificate.sites, &mut certificate.rules] {
            *count = words.number("a count")?;
        }
        words.end()?;
        let mut words = lines.field("scale", "'scale' and a power of two")?;
        certificate.scale_bits = words.number("a power of two")?;
        words.end()?;
        let mut words = lines.field("value", "'value' and the value of the plan")?;
        certificate.value = words.number("the value of the plan")?;
        words.end()?;
        let mut words = lines.field("bound", "'bound' and the bound on all plans")?;
        certificate.bound = words.number("the bound on all plans")?;
        words.end()?;
        let mut words = lines.field("plan", "'plan' and the open sites")?;
        certificate.plan = words.all(number, "a site")?;
        while !lines.left.is_empty() {
            certificate.steps.push(lines.next_line("a step")?.step()?);
        }
        Ok(certificate)
    }

    /// Returns the text, which [`Certificate::parse`] reads back.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.to_string()
    }
}

impl Display for Certificate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{FIRST_LINE}\nproblem {}", self.problem)?;
        writeln!(out, "counts {} {} {}", self.demands, self.sites, self.rules)?;
        writeln!(out, "scale {}\nvalue {}\nbound {}", self.scale_bits, self.value, self.bound)?;
        write!(out, "plan")?;
        self.plan.iter().try_for_each(|site| write!(out, " {site}"))?;
        writeln!(out)?;
        self.steps.iter().try_for_each(|step| writeln!(out, "{step}"))
    }
}

impl Display for Step {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = |open: bool| if open { '+' } else { '-' };
        match self {
            Self::Prices { demands, rules } => {
                write!(out, "prices")?;
                demands.iter().try_for_each(|(demand, price)| write!(out, " {demand}:{price}"))?;
                write!(out, " /")?;
                rules.iter().try_for_each(|(rule, price)| write!(out, " {rule}:{price}"))
            }
            Self::Fix(sites) => {
                write!(out, "fix")?;
                sites.iter().try_for_each(|&(site, open)| write!(out, " {}{site}", sign(open)))
            }
            Self::Dominated(pairs) => {
                write!(out, "dominated")?;
                pairs.iter().try_for_each(|(site, stand_in)| write!(out, " {site}:{stand_in}"))
            }
            Self::Branch(site, open) => write!(out, "branch {}{site}", sign(*open)),
            Self::Leaf => write!(out, "leaf"),
            Self::Impossible(rule) => write!(out, "impossible {rule}"),
        }
    }
}

/// The lines of a text that are left.
struct Lines<'t> {
    line: usize,
    left: &'t [u8],
}

impl<'t> Lines<'t> {
    fn next_line(&mut self, expected: &'static str) -> Result<Words<'t>, FormatError> {
        self.line = self.line.saturating_add(1);
        let wrong = |expected, found: &[u8]| {
            let found = String::from_utf8_lossy(found.get(..60).unwrap_or(found)).into_owned();
            FormatError { line: self.line, expected, found }
        };
        if self.left.is_empty() {
            return Err(wrong(expected, b"the end of the file"));
        }
        let end = self.left.iter().position(|&byte| byte == b'\n');
        let Some((line, rest)) = end.and_then(|end| self.left.split_at_checked(end)) else {
            return Err(wrong("a line feed at the end of the last line", self.left));
        };
        self.left = rest.strip_prefix(b"\n").unwrap_or(rest);
        let text = str::from_utf8(line).map_err(|_| wrong("plain text", line))?;
        Ok(Words { line: self.line, words: text.split(' ') })
    }

    fn field(&mut self, name: &str, expected: &'static str) -> Result<Words<'t>, FormatError> {
        let mut words = self.next_line(expected)?;
        words.keyword(name, expected)?;
        Ok(words)
    }
}

/// The words of a line that are left.
struct Words<'t> {
    line: usize,
    words: Split<'t, char>,
}

impl<'t> Words<'t> {
    fn wrong(&self, expected: &'static str, found: &str) -> FormatError {
        FormatError { line: self.line, expected, found: found.chars().take(60).collect() }
    }

    fn word(&mut self, expected: &'static str) -> Result<&'t str, FormatError> {
        self.words.next().ok_or_else(|| self.wrong(expected, "the end of the line"))
    }

    fn keyword(&mut self, name: &str, expected: &'static str) -> Result<(), FormatError> {
        let word = self.word(expected)?;
        if word == name { Ok(()) } else { Err(self.wrong(expected, word)) }
    }

    fn number<T: FromStr>(&mut self, expected: &'static str) -> Result<T, FormatError> {
        let word = self.word(expected)?;
        number(word).ok_or_else(|| self.wrong(expected, word))
    }

    fn end(&mut self) -> Result<(), FormatError> {
        self.words.next().map_or(Ok(()), |word| Err(self.wrong(END_OF_LINE, word)))
    }

    fn all<T>(&mut self, read: fn(&str) -> Option<T>, expected: &'static str) -> Result<Vec<T>, FormatError> {
        let mut list = Vec::new();
        while let Some(word) = self.words.next() {
            list.push(read(word).ok_or_else(|| self.wrong(expected, word))?);
        }
        Ok(list)
    }

    fn step(&mut self) -> Result<Step, FormatError> {
        let step = match self.word("a step")? {
            "prices" => {
                let mut demands = Vec::new();
                loop {
                    let expected = "a demand and its multiplier, or '/'";
                    match self.word(expected)? {
                        "/" => break,
                        word => demands.push(pair(word).ok_or_else(|| self.wrong(expected, word))?),
                    }
                }
                Step::Prices { demands, rules: self.all(pair, "a rule and its multiplier")? }
            }
            "fix" => Step::Fix(self.all(decision, "a site with '+' (open) or '-' (closed)")?),
            "dominated" => Step::Dominated(self.all(pair, "a site and its stand-in")?),
            "branch" => {
                let expected = "a site with '+' (open first) or '-' (closed first)";
                let word = self.word(expected)?;
                let (site, open) = decision(word).ok_or_else(|| self.wrong(expected, word))?;
                Step::Branch(site, open)
            }
            "leaf" => Step::Leaf,
            "impossible" => Step::Impossible(self.number("a rule")?),
            word => return Err(self.wrong("a step", word)),
        };
        self.end().map(|()| step)
    }
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
    let open = word.starts_with('+');
    let site = word.strip_prefix(['+', '-'])?;
    Some((number(site)?, open))
}
