use std::fmt;

use sha2::{Digest, Sha256};

/// A covering problem: open the sites that cover the most weight while every rule and floor holds.
///
/// Its [`Display`](fmt::Display) is the canonical text that [`Instance::hash`] is taken of.
#[derive(Clone, Debug)]
pub struct Instance {
    pub(crate) weights: Vec<u64>,
    pub(crate) sites: Vec<Site>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) floors: Vec<Floor>,
}

/// A site of an [`Instance`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// The demands it covers, ascending.
    pub demands: Vec<u32>,
    /// Whether it is fixed open (`true`) or closed; none where it is free.
    pub open: Option<bool>,
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

/// A coverage floor: `Σ coefficient × covered ≥ least`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Floor {
    /// The least the sum may be.
    pub least: u64,
    /// Demands, ascending, and their coefficients, none of them 0.
    pub coefficients: Vec<(u32, u64)>,
}

/// Why parts do not make an [`Instance`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InstanceError {
    /// A site covers demands that exist, ascending.
    #[error("the demands of site {0} are not ascending, or one of them does not exist")]
    Site(usize),
    /// A rule names sites that exist, ascending, with coefficients other than 0.
    #[error("the sites of rule {0} are not ascending, or one of them does not exist or has coefficient 0")]
    Rule(usize),
    /// A floor names demands that exist, ascending, with coefficients other than 0.
    #[error("the demands of floor {0} are not ascending, or one of them does not exist or has coefficient 0")]
    Floor(usize),
    /// Counts fit 32 bits, and all weights together 64.
    #[error(
        "more than 4294967295 sites, demands, rules or floors, or weights of more than 18446744073709551615 together"
    )]
    TooLarge,
}

impl Instance {
    /// Makes an instance from its parts.
    ///
    /// # Errors
    /// When the parts do not fit together.
    pub fn new(
        weights: Vec<u64>,
        sites: Vec<Site>,
        rules: Vec<Rule>,
        floors: Vec<Floor>,
    ) -> Result<Self, InstanceError> {
        let total = weights.iter().try_fold(0_u64, |total, &weight| total.checked_add(weight));
        let counts = [weights.len(), sites.len(), rules.len(), floors.len()].map(u32::try_from);
        let ([Ok(demands), Ok(count), Ok(_), Ok(_)], Some(_)) = (counts, total) else {
            return Err(InstanceError::TooLarge);
        };
        let ascending = |site: &Site| site.demands.is_sorted_by(|one, next| one < next);
        if let Some(wrong) = sites.iter().position(|site| !ascending(site) || site.demands.last() >= Some(&demands)) {
            return Err(InstanceError::Site(wrong));
        }
        if let Some(wrong) = rules.iter().position(|rule| !fits(&rule.coefficients, count)) {
            return Err(InstanceError::Rule(wrong));
        }
        if let Some(wrong) = floors.iter().position(|floor| !fits(&floor.coefficients, demands)) {
            return Err(InstanceError::Floor(wrong));
        }
        Ok(Self { weights, sites, rules, floors })
    }

    /// Returns the SHA-256 of the canonical text, in 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut digest = Digesting(Sha256::new());
        // A digest takes everything, so writing into one cannot fail.
        let _always = fmt::write(&mut digest, format_args!("{self}"));
        let digits = digest.0.finalize().into_iter().flat_map(|byte| [byte >> 4, byte & 15]);
        digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
    }
}

/// Returns whether positions ascend and exist, and coefficients are not 0.
fn fits<T: Default + PartialEq>(coefficients: &[(u32, T)], count: u32) -> bool {
    coefficients.is_sorted_by(|one, next| one.0 < next.0)
        && coefficients.iter().all(|(position, by)| *position < count && *by != T::default())
}

impl fmt::Display for Instance {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "maillage-instance 1")?;
        let counts = [self.weights.len(), self.sites.len(), self.rules.len(), self.floors.len()];
        write!(out, "counts")?;
        counts.iter().try_for_each(|count| write!(out, " {count}"))?;
        write!(out, "\nweights")?;
        self.weights.iter().try_for_each(|weight| write!(out, " {weight}"))?;
        for Site { demands, open } in &self.sites {
            write!(out, "\n{}", open.map_or("free", |open| if open { "open" } else { "closed" }))?;
            demands.iter().try_for_each(|demand| write!(out, " {demand}"))?;
        }
        for Rule { least, most, coefficients } in &self.rules {
            let [least, most] = [least, most].map(|end| end.map_or("-".to_owned(), |end| end.to_string()));
            write!(out, "\nrule {least} {most}")?;
            coefficients.iter().try_for_each(|(site, by)| write!(out, " {site}:{by}"))?;
        }
        for Floor { least, coefficients } in &self.floors {
            write!(out, "\nfloor {least}")?;
            coefficients.iter().try_for_each(|(demand, by)| write!(out, " {demand}:{by}"))?;
        }
        writeln!(out)
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
