use std::fmt;

use sha2::{Digest, Sha256};

/// A covering problem on plain slices: open the sites that cover the most weight while every rule holds.
///
/// Its [`Display`](fmt::Display) is the canonical text that [`Instance::hash`] is taken of.
#[derive(Clone, Copy, Debug)]
pub struct Instance<'a> {
    weights: &'a [u64],
    offsets: &'a [usize],
    items: &'a [u32],
    rules: &'a [Rule],
    states: &'a [SiteState],
}

/// A linear rule on the choice of sites: `least ≤ Σ coefficient × open ≤ most`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    /// The least the sum may be; none where it may be anything.
    pub least: Option<i64>,
    /// The most the sum may be; none where it may be anything.
    pub most: Option<i64>,
    /// Sites, ascending, and their coefficients, none of them 0.
    pub coefficients: Vec<(u32, i64)>,
}

/// What is decided about a site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SiteState {
    /// Nothing yet.
    #[default]
    Free,
    /// It is open.
    Open,
    /// It is closed.
    Closed,
}

/// Why parts do not make an [`Instance`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InstanceError {
    /// Sites, demands and rules are counted in 32 bits.
    #[error("more than 4294967295 sites, demands or rules")]
    TooMany,
    /// Offsets are one more than the sites, start at 0, never fall, and end at the number of items.
    #[error("the offsets do not cut the items into one row for each site")]
    Offsets,
    /// A row names demands that exist, ascending.
    #[error("the demands of site {0} are not ascending, or one of them does not exist")]
    Row(usize),
    /// A rule names sites that exist, ascending, with coefficients other than 0.
    #[error("the sites of rule {0} are not ascending, or one of them does not exist or has coefficient 0")]
    Rule(usize),
    /// All weights together fit 64 bits.
    #[error("the weights add up to more than 18446744073709551615")]
    Weights,
}

impl<'a> Instance<'a> {
    /// Makes an instance: row `j` of `items`, from `offsets[j]` to `offsets[j + 1]`, lists the demands that site `j`
    /// covers, ascending.
    ///
    /// # Errors
    /// When the parts do not fit together.
    pub fn new(
        weights: &'a [u64],
        offsets: &'a [usize],
        items: &'a [u32],
        rules: &'a [Rule],
        states: &'a [SiteState],
    ) -> Result<Self, InstanceError> {
        if [weights.len(), states.len(), rules.len()].into_iter().any(|count| u32::try_from(count).is_err()) {
            return Err(InstanceError::TooMany);
        }
        let rows = offsets.len().checked_sub(1);
        if rows != Some(states.len()) || offsets.first() != Some(&0) || offsets.last() != Some(&items.len()) {
            return Err(InstanceError::Offsets);
        }
        let instance = Self { weights, offsets, items, rules, states };
        for site in 0..states.len() {
            let row = instance.row(site).ok_or(InstanceError::Offsets)?;
            if !(row.is_sorted_by(|one, next| one < next) && all_below(row.last(), weights.len())) {
                return Err(InstanceError::Row(site));
            }
        }
        for (position, rule) in rules.iter().enumerate() {
            let sites = &rule.coefficients;
            let ascending = sites.is_sorted_by(|one, next| one.0 < next.0);
            let known = all_below(sites.last().map(|entry| &entry.0), states.len());
            if !(ascending && known && sites.iter().all(|entry| entry.1 != 0)) {
                return Err(InstanceError::Rule(position));
            }
        }
        let total = weights.iter().try_fold(0, |total: u64, &weight| total.checked_add(weight));
        total.map(|_| instance).ok_or(InstanceError::Weights)
    }

    /// Returns the SHA-256 of the canonical text, in 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut digest = Digesting(Sha256::new());
        // A digest takes everything, so writing into one cannot fail.
        let _always = fmt::write(&mut digest, format_args!("{self}"));
        digest.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    pub(crate) fn weights(&self) -> &'a [u64] {
        self.weights
    }

    pub(crate) fn rules(&self) -> &'a [Rule] {
        self.rules
    }

    pub(crate) fn states(&self) -> &'a [SiteState] {
        self.states
    }

    /// Returns the demands that a site covers, ascending.
    pub(crate) fn row(&self, site: usize) -> Option<&'a [u32]> {
        let (start, end) = (self.offsets.get(site)?, self.offsets.get(site.checked_add(1)?)?);
        self.items.get(*start..*end)
    }
}

fn all_below(largest: Option<&u32>, count: usize) -> bool {
    largest.is_none_or(|&largest| usize::try_from(largest).is_ok_and(|largest| largest < count))
}

impl fmt::Display for Instance<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "maillage-instance 1")?;
        writeln!(out, "counts {} {} {}", self.weights.len(), self.states.len(), self.rules.len())?;
        write!(out, "weights")?;
        self.weights.iter().try_for_each(|weight| write!(out, " {weight}"))?;
        writeln!(out)?;
        for (site, state) in self.states.iter().enumerate() {
            out.write_str(match state {
                SiteState::Free => "free",
                SiteState::Open => "open",
                SiteState::Closed => "closed",
            })?;
            self.row(site).unwrap_or_default().iter().try_for_each(|demand| write!(out, " {demand}"))?;
            writeln!(out)?;
        }
        for rule in self.rules {
            write!(out, "rule")?;
            for end in [rule.least, rule.most] {
                write!(out, " {}", end.map_or("-".to_owned(), |end| end.to_string()))?;
            }
            rule.coefficients.iter().try_for_each(|(site, by)| write!(out, " {site}:{by}"))?;
            writeln!(out)?;
        }
        Ok(())
    }
}

/// Digests text as it is written.
struct Digesting(Sha256);

impl fmt::Write for Digesting {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text);
        Ok(())
    }
}
