use crate::search::{Pace, Relaxed, Start};
use crate::{
    Effort, Fixing, Observer, Outcome, Problem, ProblemError, Search, SiteId, SiteRule, SolveError, Unseen, parallel,
};

/// A question next to another: the same coverage, with some sites decided otherwise or rules added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variation {
    /// Sites whose state is decided, in the place of what was decided about them.
    pub fixings: Vec<(SiteId, Fixing)>,
    /// Rules to keep beside those there are.
    pub rules: Vec<SiteRule>,
}

impl Variation {
    /// Asks for the best choice in which these sites are open.
    #[must_use]
    pub fn open(sites: impl IntoIterator<Item = SiteId>) -> Self {
        Self { fixings: sites.into_iter().map(|site| (site, Fixing::Open)).collect(), rules: Vec::new() }
    }

    /// Asks for the best choice in which these sites are closed.
    #[must_use]
    pub fn closed(sites: impl IntoIterator<Item = SiteId>) -> Self {
        Self { fixings: sites.into_iter().map(|site| (site, Fixing::Closed)).collect(), rules: Vec::new() }
    }

    /// Makes the problem that is asked.
    ///
    /// # Errors
    /// When a rule does not fit the problem.
    pub fn of(&self, problem: &Problem) -> Result<Problem, ProblemError> {
        let mut varied = problem.clone().with_fixings(&self.fixings);
        if !self.rules.is_empty() {
            varied = varied.with_more_rules(self.rules.clone())?;
        }
        Ok(varied)
    }
}

/// The best choice for each of many questions next to one that is answered: what a site is worth, what forcing one in
/// costs, which other choices come near.
///
/// All start from the relaxation and the choice of the problem itself, and run side by side.
///
/// ```
/// use maillage_solver::{
///     Coverage, Fixing, Problem, Search, Silent, SiteId, SiteRule, Solver, Variation, Variations,
/// };
///
/// let coverage = Coverage::from_rows(4, &[vec![0, 1, 2], vec![0, 3], vec![1, 2]])?;
/// let one = SiteRule::at_most(1, (0..3).map(|site| (SiteId(site), 1)));
/// let problem = Problem::new(coverage, vec![3, 2, 2, 4], vec![one], vec![Fixing::Free; 3])?;
/// let best = Search::default().solve(&problem, &Silent)?;
/// let asked = [Variation::closed(best.solution.sites().to_vec()), Variation::open([SiteId(2)])];
/// let answers = Variations::default().solve(&problem, best.solution.sites(), &asked, &Silent)?;
/// let values: Vec<u64> = answers.iter().flatten().map(|answer| answer.solution.value()).collect();
/// assert_eq!((best.solution.value(), values), (7, vec![7, 4]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Variations {
    /// How each is decided.
    pub search: Search,
}

impl Variations {
    /// Solves each variation, starting near a choice of the problem itself.
    ///
    /// The answers are in the order of the questions; none where no choice of sites keeps all rules.
    ///
    /// # Errors
    /// When a rule does not fit the problem, the problem itself is impossible, or an answer fails its recount.
    pub fn solve(
        &self,
        problem: &Problem,
        near: &[SiteId],
        variations: &[Variation],
        observer: &dyn Observer,
    ) -> Result<Vec<Option<Outcome>>, VariationError> {
        if variations.is_empty() {
            return Ok(Vec::new());
        }
        let first = Start { choices: vec![near.to_vec()], ..Start::default() };
        let (_, relaxed) = self.search.solve_from(problem, &first, &Unseen(observer))?;
        let mut asked: Vec<Asked> = variations.iter().map(|variation| Asked { variation, found: Ok(None) }).collect();
        parallel::for_each(&mut asked, |one| one.found = self.answer(problem, near, one.variation, &relaxed, observer));
        asked.into_iter().map(|one| one.found).collect()
    }

    fn answer(
        &self,
        problem: &Problem,
        near: &[SiteId],
        variation: &Variation,
        relaxed: &Relaxed,
        observer: &dyn Observer,
    ) -> Result<Option<Outcome>, VariationError> {
        let varied = variation.of(problem)?;
        let mut relaxed = relaxed.clone();
        if !relaxed.openness.is_empty() {
            relaxed.prices.rules.resize(varied.rules().len(), 0.0);
        }
        let pace = if self.search.effort == Effort::Proof { Pace::default() } else { NEAR };
        let start = Start { near: near.to_vec(), relaxed, pace, ..Start::default() };
        match self.search.solve_from(&varied, &start, &Unseen(observer)) {
            Ok((outcome, _)) => Ok(Some(outcome)),
            Err(SolveError::Infeasible { .. }) => Ok(None),
            Err(other) => Err(other.into()),
        }
    }
}

/// What starts next to an answer needs less search and less patience.
const NEAR: Pace = Pace { haste: 12, patience: 2, share: 10, parts: false };

/// Why variations have no answers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VariationError {
    /// A rule added does not fit the problem.
    #[error(transparent)]
    Problem(#[from] ProblemError),
    /// The problem itself, or one next to it, has no outcome.
    #[error(transparent)]
    Solve(#[from] SolveError),
}

/// A question and its answer.
struct Asked<'a> {
    variation: &'a Variation,
    found: Result<Option<Outcome>, VariationError>,
}
