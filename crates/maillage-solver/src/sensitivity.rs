use crate::bound::scale_bits_for;
use crate::greedy::all_sites;
use crate::least_end::Threshold;
use crate::start::{Pace, Relaxed, Start};
use crate::{
    Effort, Fixing, Guarantee, Observer, Outcome, Problem, ProblemError, Search, SiteId, SolveError, Unseen, Variation,
    parallel,
};

/// What changes when sites are decided otherwise or rules are added: the best choice for each of many questions next
/// to one that is answered.
///
/// All questions start from the relaxation and the choice of the problem itself, and run side by side.
///
/// ```
/// use maillage_solver::{
///     Coverage, Fixing, Problem, Search, Sensitivity, Silent, SiteId, SiteRule, Solver, Variation,
/// };
///
/// let coverage = Coverage::from_rows(4, &[vec![0, 1, 2], vec![0, 3], vec![1, 2]])?;
/// let one = SiteRule::at_most(1, (0..3).map(|site| (SiteId(site), 1)));
/// let problem = Problem::new(coverage, vec![3, 2, 2, 4], vec![one], vec![Fixing::Free; 3])?;
/// let best = Search::default().solve(&problem, &Silent)?;
/// let sensitivity = Sensitivity::of(&problem, &best, Search::default(), &Silent)?;
/// let asked = [Variation::closed(best.solution.sites().to_vec()), Variation::open([SiteId(2)])];
/// let answers = sensitivity.solve(&asked, &Silent)?;
/// let values: Vec<u64> = answers.iter().flatten().map(|answer| answer.solution.value()).collect();
/// assert_eq!((best.solution.value(), values), (7, vec![7, 4]));
/// assert!(sensitivity.bounds_with_open()[2] >= 4);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Sensitivity<'a> {
    problem: &'a Problem,
    near: Vec<SiteId>,
    bound: u64,
    relaxed: Relaxed,
    search: Search,
}

/// Why a question has no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SensitivityError {
    /// A rule added does not fit the problem.
    #[error(transparent)]
    Problem(#[from] ProblemError),
    /// The problem itself, or one next to it, has no outcome.
    #[error(transparent)]
    Solve(#[from] SolveError),
}

/// What starts next to an answer needs less search and less patience.
const FEW: Pace = Pace { haste: 4, patience: 3, share: 4, parts: false };

/// Of many questions none is worth a long proof.
const MANY: Pace = Pace { haste: 12, patience: 2, share: 40, parts: false };

/// So many questions are many.
const LEAST_MANY: usize = 20;

impl<'a> Sensitivity<'a> {
    /// Prepares questions around the outcome of a problem.
    ///
    /// # Errors
    /// When the problem is impossible, or an answer fails its recount.
    pub fn of(
        problem: &'a Problem,
        outcome: &Outcome,
        search: Search,
        observer: &dyn Observer,
    ) -> Result<Self, SolveError> {
        let near = outcome.solution.sites().to_vec();
        let start = Start { choices: vec![near.clone()], ..Start::default() };
        let (again, relaxed) = search.solve_from(problem, &start, &Unseen(observer))?;
        Ok(Self { problem, near, bound: outcome.bound.min(again.bound), relaxed, search })
    }

    /// Solves each question; none where no choice of sites keeps all rules.
    ///
    /// # Errors
    /// When a rule does not fit the problem, or an answer fails its recount.
    pub fn solve(
        &self,
        asked: &[Variation],
        observer: &dyn Observer,
    ) -> Result<Vec<Option<Outcome>>, SensitivityError> {
        let pace = match self.search.effort {
            Effort::Proof => Pace::default(),
            _ if asked.len() < LEAST_MANY => FEW,
            _ => MANY,
        };
        let mut questions: Vec<Question> =
            asked.iter().map(|variation| Question { variation, answer: Ok(None) }).collect();
        parallel::for_each(&mut questions, |question| {
            question.answer = self.answer(question.variation, pace, observer);
        });
        questions.into_iter().map(|question| question.answer).collect()
    }

    /// Decides for each question whether a choice covers at least a target; none where the work did not decide it.
    ///
    /// # Errors
    /// As for [`Sensitivity::solve`].
    pub fn reaches(
        &self,
        asked: &[Variation],
        target: u64,
        observer: &dyn Observer,
    ) -> Result<Vec<Option<bool>>, SensitivityError> {
        let decided = |answer: Option<Outcome>| match answer {
            None => Some(false),
            Some(found) if found.guarantee != Guarantee::None && found.solution.value() >= target => Some(true),
            Some(found) => (found.bound < target).then_some(false),
        };
        let answers = self.solve(asked, &Threshold { observer, target })?;
        Ok(answers.into_iter().map(decided).collect())
    }

    fn answer(
        &self,
        asked: &Variation,
        pace: Pace,
        observer: &dyn Observer,
    ) -> Result<Option<Outcome>, SensitivityError> {
        let varied = asked.of(self.problem)?;
        let mut relaxed = self.relaxed.clone();
        relaxed.prices.rules.resize(varied.rules().len(), 0.0);
        let start = Start { near: self.near.clone(), relaxed, pace, ..Start::default() };
        match self.search.solve_from(&varied, &start, &Unseen(observer)) {
            Ok((outcome, _)) => Ok(Some(outcome)),
            Err(SolveError::Infeasible { .. }) => Ok(None),
            Err(other) => Err(other.into()),
        }
    }

    /// Bounds, for each site, the weight that choices with that site open cover, by the multipliers of the problem
    /// itself: an answer for all sites at once, where [`Sensitivity::solve`] answers exactly for a few.
    ///
    /// A site that was dropped because another stands in for it may come back beside those that were kept, and then
    /// adds its reduced cost to the bound. Reduced costs are counted in whole numbers, each price rounded up.
    #[must_use]
    pub fn bounds_with_open(&self) -> Vec<u64> {
        let Relaxed { bound, prices, openness } = &self.relaxed;
        if openness.is_empty() {
            return vec![self.bound; self.problem.coverage().sites()];
        }
        let bits = scale_bits_for(self.problem);
        let demands: Vec<i128> = prices.demands.iter().map(|&price| rounded_up(price, bits)).collect();
        let rules: Vec<i128> = prices.rules.iter().map(|&price| exact(price, bits)).collect();
        let bound_of = |site: SiteId| {
            if self.problem.fixings().get(site.index()) != Some(&Fixing::Free) {
                return self.bound;
            }
            let covered = self.problem.coverage().demands_of(site);
            let worth: i128 = covered.iter().filter_map(|demand| demands.get(demand.index())).sum();
            let charge = |&(rule, by): &(u32, i64)| rules.get(rule as usize).map_or(0, |price| price * i128::from(by));
            let charged: i128 = self.problem.rules_of(site).iter().map(charge).sum();
            let with_open = bound + 1 + (worth - charged).div_euclid(1 << bits);
            u64::try_from(with_open).unwrap_or(0).min(self.bound)
        };
        all_sites(self.problem).map(bound_of).collect()
    }
}

/// A question and its answer.
struct Question<'a> {
    variation: &'a Variation,
    answer: Result<Option<Outcome>, SensitivityError>,
}

/// Returns a price × 2^bits, which is a whole number wherever the price stands for a rule.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "prices are whole over 2^bits")]
fn exact(price: f64, bits: u32) -> i128 {
    (price * (1_i64 << bits) as f64).round() as i128
}

/// Returns at least a price × 2^bits.
fn rounded_up(price: f64, bits: u32) -> i128 {
    if price > 0.0 { exact(price, bits) + 1 } else { 0 }
}
