use crate::{Coverage, SiteId, SiteRule};

/// What is decided about a site before the solver starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fixing {
    /// The solver decides.
    #[default]
    Free,
    /// The site is open: it exists, or is required.
    Open,
    /// The site stays closed: it is forbidden.
    Closed,
}

/// A maximal covering problem: open the sites that cover the most weight while every rule holds.
///
/// Immutable once made. Ties between equal choices go to the site with the smaller index, so the order of sites is
/// the order of preference.
///
/// ```
/// use maillage_solver::{Coverage, Fixing, Problem, SiteId, SiteRule};
///
/// let coverage = Coverage::from_rows(3, &[vec![0, 1], vec![1, 2], vec![2]])?;
/// let one = SiteRule::at_most(1, (0..3).map(|site| (SiteId(site), 1)));
/// let problem = Problem::new(coverage, vec![10, 1, 20], vec![one], vec![Fixing::Free; 3])?;
/// assert_eq!(problem.value_of(&[SiteId(1)]), 21);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    coverage: Coverage,
    weights: Vec<u64>,
    rules: Vec<SiteRule>,
    fixings: Vec<Fixing>,
    rule_offsets: Vec<usize>,
    rule_entries: Vec<(u32, i64)>,
}

/// Why parts do not make a [`Problem`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProblemError {
    /// There must be one weight for each demand.
    #[error("{weights} weights for {demands} demands")]
    WeightCount {
        /// Weights given.
        weights: usize,
        /// Demands of the coverage.
        demands: usize,
    },
    /// There must be one fixing for each site.
    #[error("{fixings} fixings for {sites} sites")]
    FixingCount {
        /// Fixings given.
        fixings: usize,
        /// Sites of the coverage.
        sites: usize,
    },
    /// A rule names a site that does not exist.
    #[error("rule {rule} names site {site}, but there are only {sites} sites (from 0)")]
    UnknownSite {
        /// The rule's position.
        rule: usize,
        /// The site it names.
        site: SiteId,
        /// Sites of the coverage.
        sites: usize,
    },
    /// A rule names a site twice.
    #[error("rule {rule} names site {site} twice")]
    RepeatedSite {
        /// The rule's position.
        rule: usize,
        /// The site it names twice.
        site: SiteId,
    },
    /// Weights or the coefficients of a rule add up past 2⁵³, where exact arithmetic with floating-point solvers ends.
    #[error("{what} add up to more than 2^53 (9,007,199,254,740,992)")]
    TooLarge {
        /// Which numbers.
        what: String,
    },
}

/// 2⁵³: whole numbers up to here are exact in every solver's arithmetic.
const LARGEST: u128 = 1 << 53;

impl Problem {
    /// Makes a problem from its parts, checking that they fit together.
    ///
    /// # Errors
    /// When counts disagree, a rule names an unknown site or one twice, or sums pass 2⁵³.
    pub fn new(
        coverage: Coverage,
        weights: Vec<u64>,
        rules: Vec<SiteRule>,
        fixings: Vec<Fixing>,
    ) -> Result<Self, ProblemError> {
        if weights.len() != coverage.demands() {
            return Err(ProblemError::WeightCount { weights: weights.len(), demands: coverage.demands() });
        }
        if fixings.len() != coverage.sites() {
            return Err(ProblemError::FixingCount { fixings: fixings.len(), sites: coverage.sites() });
        }
        if weights.iter().map(|&weight| u128::from(weight)).sum::<u128>() > LARGEST {
            return Err(ProblemError::TooLarge { what: "the weights".to_owned() });
        }
        let mut rules = rules;
        for (position, rule) in rules.iter_mut().enumerate() {
            canonical_rule(position, rule, coverage.sites())?;
        }
        let (rule_offsets, rule_entries) = rules_by_site(&rules, coverage.sites());
        Ok(Self { coverage, weights, rules, fixings, rule_offsets, rule_entries })
    }

    /// Returns which site covers which demand.
    #[must_use]
    pub fn coverage(&self) -> &Coverage {
        &self.coverage
    }

    /// Returns the weight of each demand.
    #[must_use]
    pub fn weights(&self) -> &[u64] {
        &self.weights
    }

    /// Returns the rules, their coefficients sorted by site and without zeros.
    #[must_use]
    pub fn rules(&self) -> &[SiteRule] {
        &self.rules
    }

    /// Returns what is decided about each site beforehand.
    #[must_use]
    pub fn fixings(&self) -> &[Fixing] {
        &self.fixings
    }

    /// Returns the rules a site has a coefficient in, with that coefficient, by rule.
    #[must_use]
    pub fn rules_of(&self, site: SiteId) -> &[(u32, i64)] {
        &self.rule_entries[self.rule_offsets[site.index()]..self.rule_offsets[site.index() + 1]]
    }

    /// Counts the weight that a choice of sites covers, each demand once, whatever the rules and fixings say.
    #[must_use]
    pub fn value_of(&self, open: &[SiteId]) -> u64 {
        let mut covered = vec![false; self.weights.len()];
        let mut value = 0;
        for &site in open {
            for demand in self.coverage.demands_of(site) {
                if !covered[demand.index()] {
                    covered[demand.index()] = true;
                    value += self.weights[demand.index()];
                }
            }
        }
        value
    }
}

fn canonical_rule(position: usize, rule: &mut SiteRule, sites: usize) -> Result<(), ProblemError> {
    rule.coefficients.retain(|&(_, coefficient)| coefficient != 0);
    rule.coefficients.sort_unstable();
    for pair in rule.coefficients.windows(2) {
        if pair[0].0 == pair[1].0 {
            return Err(ProblemError::RepeatedSite { rule: position, site: pair[0].0 });
        }
    }
    if let Some(&(site, _)) = rule.coefficients.last()
        && site.index() >= sites
    {
        return Err(ProblemError::UnknownSite { rule: position, site, sites });
    }
    let total: u128 = rule.coefficients.iter().map(|&(_, coefficient)| u128::from(coefficient.unsigned_abs())).sum();
    let ends = rule.least.into_iter().chain(rule.most);
    if total > LARGEST || ends.into_iter().any(|end| u128::from(end.unsigned_abs()) > LARGEST) {
        return Err(ProblemError::TooLarge { what: format!("the coefficients or ends of rule {position}") });
    }
    Ok(())
}

fn rules_by_site(rules: &[SiteRule], sites: usize) -> (Vec<usize>, Vec<(u32, i64)>) {
    let mut offsets = vec![0; sites + 1];
    for &(site, _) in rules.iter().flat_map(|rule| &rule.coefficients) {
        offsets[site.index() + 1] += 1;
    }
    for site in 0..sites {
        offsets[site + 1] += offsets[site];
    }
    let mut next = offsets.clone();
    let mut entries = vec![(0, 0); offsets[sites]];
    for (position, rule) in (0..).zip(rules) {
        for &(site, coefficient) in &rule.coefficients {
            entries[next[site.index()]] = (position, coefficient);
            next[site.index()] += 1;
        }
    }
    (offsets, entries)
}
