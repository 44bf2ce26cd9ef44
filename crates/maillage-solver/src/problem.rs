use crate::{Coverage, CoverageFloor, DemandId, SiteId, SiteRule};

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
    rules_by_site: Entries<i64>,
    floors: Vec<CoverageFloor>,
    floors_by_demand: Entries<u64>,
}

/// For each site (demand), the rules (floors) it has a coefficient in: compressed rows.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entries<T> {
    offsets: Vec<usize>,
    items: Vec<(u32, T)>,
}

impl<T: Copy> Entries<T> {
    /// Turns (row, list, coefficient) triples, in the order of their lists, into rows.
    fn by_row(rows: usize, triples: &[(usize, u32, T)]) -> Self {
        let mut offsets = vec![0; rows + 1];
        for (row, ..) in triples {
            offsets[row + 1] += 1;
        }
        for row in 0..rows {
            offsets[row + 1] += offsets[row];
        }
        let mut sorted: Vec<&(usize, u32, T)> = triples.iter().collect();
        sorted.sort_by_key(|triple| triple.0);
        Self { offsets, items: sorted.into_iter().map(|&(_, list, coefficient)| (list, coefficient)).collect() }
    }

    fn row(&self, row: usize) -> &[(u32, T)] {
        &self.items[self.offsets[row]..self.offsets[row + 1]]
    }
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
    /// There is no such rule.
    #[error("there is no rule {rule}, only {rules} rules (from 0)")]
    UnknownRule {
        /// The position asked for.
        rule: usize,
        /// Rules of the problem.
        rules: usize,
    },
    /// A rule names a site twice.
    #[error("rule {rule} names site {site} twice")]
    RepeatedSite {
        /// The rule's position.
        rule: usize,
        /// The site it names twice.
        site: SiteId,
    },
    /// A floor names a demand that does not exist.
    #[error("floor {floor} names demand {demand}, but there are only {demands} demands (from 0)")]
    UnknownDemand {
        /// The floor's position.
        floor: usize,
        /// The demand it names.
        demand: DemandId,
        /// Demands of the coverage.
        demands: usize,
    },
    /// A floor names a demand twice.
    #[error("floor {floor} names demand {demand} twice")]
    RepeatedDemand {
        /// The floor's position.
        floor: usize,
        /// The demand it names twice.
        demand: DemandId,
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
        let mut triples = Vec::new();
        for (number, rule) in (0..).zip(&rules) {
            triples.extend(rule.coefficients.iter().map(|&(site, by)| (site.index(), number, by)));
        }
        let rules_by_site = Entries::by_row(coverage.sites(), &triples);
        let floors_by_demand = Entries::by_row(coverage.demands(), &[]);
        Ok(Self { coverage, weights, rules, fixings, rules_by_site, floors: Vec::new(), floors_by_demand })
    }

    /// Adds coverage floors, in the place of those there were.
    ///
    /// # Errors
    /// When a floor names an unknown demand or one twice, or its coefficients pass 2⁵³ in all.
    pub fn with_floors(mut self, floors: Vec<CoverageFloor>) -> Result<Self, ProblemError> {
        let mut floors = floors;
        let mut triples = Vec::new();
        for (position, floor) in floors.iter_mut().enumerate() {
            canonical_floor(position, floor, self.coverage.demands())?;
        }
        for (number, floor) in (0..).zip(&floors) {
            triples.extend(floor.coefficients.iter().map(|&(demand, by)| (demand.index(), number, by)));
        }
        self.floors_by_demand = Entries::by_row(self.coverage.demands(), &triples);
        self.floors = floors;
        Ok(self)
    }

    /// Returns the same problem with another upper end of one rule.
    pub(crate) fn with_most(&self, rule: usize, most: i64) -> Self {
        let mut other = self.clone();
        other.rules[rule].most = Some(most);
        other
    }

    /// Returns the same problem with one rule's sum held between narrower ends.
    pub(crate) fn narrowed(&self, rule: usize, least: Option<i64>, most: Option<i64>) -> Self {
        let mut other = self.clone();
        let narrowed = &mut other.rules[rule];
        narrowed.least = narrowed.least.max(least);
        narrowed.most = narrowed.most.into_iter().chain(most).min();
        other
    }

    /// Decides some sites otherwise; a site named twice is decided by its last mention.
    pub(crate) fn with_fixings(mut self, fixings: &[(SiteId, Fixing)]) -> Self {
        for &(site, fixing) in fixings {
            if let Some(fixed) = self.fixings.get_mut(site.index()) {
                *fixed = fixing;
            }
        }
        self
    }

    /// Adds rules after those there are.
    ///
    /// # Errors
    /// As for [`Problem::new`].
    pub(crate) fn with_more_rules(self, more: Vec<SiteRule>) -> Result<Self, ProblemError> {
        let rules = [self.rules, more].concat();
        Self::new(self.coverage, self.weights, rules, self.fixings)?.with_floors(self.floors)
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
        self.rules_by_site.row(site.index())
    }

    /// Returns the coverage floors, their coefficients sorted by demand and without zeros.
    #[must_use]
    pub fn floors(&self) -> &[CoverageFloor] {
        &self.floors
    }

    /// Returns the floors a demand has a coefficient in, with that coefficient, by floor.
    #[must_use]
    pub fn floors_of(&self, demand: DemandId) -> &[(u32, u64)] {
        self.floors_by_demand.row(demand.index())
    }

    /// Counts the weight that a choice of sites covers, each demand once, whatever the rules and fixings say.
    #[must_use]
    pub fn value_of(&self, open: &[SiteId]) -> u64 {
        let covered = self.covered_by(open);
        self.weights.iter().zip(covered).filter(|(_, covered)| *covered).map(|(weight, _)| weight).sum()
    }

    /// Returns for each demand whether a choice of sites covers it.
    #[must_use]
    pub fn covered_by(&self, open: &[SiteId]) -> Vec<bool> {
        let mut covered = vec![false; self.weights.len()];
        for &site in open {
            for demand in self.coverage.demands_of(site) {
                covered[demand.index()] = true;
            }
        }
        covered
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

fn canonical_floor(position: usize, floor: &mut CoverageFloor, demands: usize) -> Result<(), ProblemError> {
    floor.coefficients.retain(|&(_, coefficient)| coefficient != 0);
    floor.coefficients.sort_unstable();
    for pair in floor.coefficients.windows(2) {
        if pair[0].0 == pair[1].0 {
            return Err(ProblemError::RepeatedDemand { floor: position, demand: pair[0].0 });
        }
    }
    if let Some(&(demand, _)) = floor.coefficients.last()
        && demand.index() >= demands
    {
        return Err(ProblemError::UnknownDemand { floor: position, demand, demands });
    }
    let total: u128 = floor.coefficients.iter().map(|&(_, coefficient)| u128::from(coefficient)).sum();
    if total > LARGEST || u128::from(floor.least) > LARGEST {
        return Err(ProblemError::TooLarge { what: format!("the coefficients or the end of floor {position}") });
    }
    Ok(())
}
