use maillage_solver::{
    Effort, Guarantee, Levelling, Observer, Problem, Progress, Search, SiteId, SolveError, Unseen, Verdict,
};

use crate::attainment::Attempt;
use crate::places::Places;
use crate::{AttainError, Attainment, Dictionary, ScenarioError};

/// The search for the highest floor that can be kept under every place of the goal `worst-off`.
pub(crate) struct WorstOff<'a> {
    attempt: &'a Attempt<'a>,
    places: Places<'a>,
    /// The question without a floor under places.
    problem: Problem,
    dictionary: Dictionary,
}

/// The best choice so far, and how high a floor it keeps.
struct Standing {
    choice: Vec<SiteId>,
    level: u64,
}

impl<'a> WorstOff<'a> {
    pub(crate) fn new(attempt: &'a Attempt<'a>) -> Result<Self, AttainError> {
        let Attempt { scenario, territory, reach, .. } = *attempt;
        let places = Places::of(scenario, territory, reach)?;
        let (problem, dictionary) = scenario.at_level(0).compile(territory, reach)?;
        Ok(Self { attempt, places, problem, dictionary })
    }

    /// Raises the floor under each place by halves, up to where it is proved that none is kept.
    pub(crate) fn attain(&self) -> Result<Attainment, AttainError> {
        let Attempt { search, observer, .. } = *self.attempt;
        let effort = if search.effort == Effort::Proof { Effort::Proof } else { Effort::Quick };
        let quick = Search { effort, certificate: false, ..search.clone() };
        let patience = if effort == Effort::Proof { u32::MAX } else { PATIENCE };
        let mut best = match self.solve((&self.problem, &self.dictionary), &[], &quick, observer)? {
            Kept::Yes(standing) => standing,
            Kept::No => return Err(SolveError::Infeasible { rule: None, floor: None, certificate: None }.into()),
            Kept::Open => return Err(ScenarioError::TargetNotFound { target: 0 }.into()),
        };
        // The smallest level that is proved too high, and the smallest that was left open.
        let mut high = self.weigh(&mut best)?;
        if best.level + 1 < high {
            self.level(&mut best);
        }
        let (mut open, mut undecided) = (None, 0);
        let is_small = self.problem.coverage().pairs() <= SMALL;
        if effort != Effort::Proof && !is_small && (high - best.level.min(high)) * NEAR <= high {
            open = Some(best.level + 1);
        }
        loop {
            let ceiling = open.unwrap_or(high);
            if best.level + 1 >= ceiling || undecided == patience || observer.should_stop() {
                break;
            }
            let middle = best.level + (ceiling - best.level) / 2;
            match self.floor_at(middle, &best.choice, &quick)? {
                Kept::Yes(found) => best = found,
                Kept::No => high = high.min(middle),
                Kept::Open => (open, undecided) = (Some(middle), undecided + 1),
            }
        }
        let mut from = open.unwrap_or(high);
        while from + 1 < high && undecided < patience && !observer.should_stop() {
            let middle = from + (high - from) / 2;
            match self.floor_at(middle, &best.choice, &quick)? {
                Kept::Yes(found) => {
                    from = from.max(found.level + 1);
                    best = found;
                }
                Kept::No => high = middle,
                Kept::Open => (from, undecided) = (middle, undecided + 1),
            }
        }
        self.attempt.at(best.level, high.max(best.level + 1) - 1, best.choice)
    }

    /// Weighs the places against each other, those behind more and more (multiplicative weights: Freund and Schapire
    /// 1999): the most that can be reached by any weights bounds the smallest share, and the plans on the way come
    /// near it. Returns the smallest level proved too high.
    fn weigh(&self, best: &mut Standing) -> Result<u64, AttainError> {
        let observer = self.attempt.observer;
        let quick = Search { effort: Effort::Quick, gap: WEIGHED_GAP, certificate: false };
        let mut last = best.choice.clone();
        let mut in_reach = self.places.in_reach(&self.dictionary, &last);
        let mut weights = vec![1.0; self.places.count()];
        let mut high = Places::ABOVE_ALL;
        for round in 0..WEIGHINGS {
            if best.level + 1 >= high || observer.should_stop() {
                break;
            }
            let shares = self.places.shares(&in_reach);
            let mean = shares.iter().sum::<f64>() / f64::from(u32::try_from(shares.len().max(1)).unwrap_or(1));
            let pace = 12.0 / (1.0 + f64::from(round) / 4.0);
            for (weight, share) in weights.iter_mut().zip(&shares) {
                *weight *= (pace * (mean - share)).exp();
            }
            let prices = self.places.whole_prices(&weights);
            let weighed = self.places.weighed((&self.problem, &self.dictionary), &prices)?;
            let outcome = quick.solve_near(&weighed, std::slice::from_ref(&last), &Unseen(observer))?;
            high = high.min(self.places.level_above(&prices, outcome.bound));
            if outcome.guarantee == Guarantee::None {
                break;
            }
            last = outcome.solution.sites().to_vec();
            in_reach = self.places.in_reach(&self.dictionary, &last);
            let level = self.places.least_of(&in_reach).unwrap_or(0);
            if level > best.level {
                *best = Standing { choice: last.clone(), level };
            }
        }
        Ok(high)
    }

    /// Swaps sites so that the worst-off place gains.
    fn level(&self, best: &mut Standing) {
        let floors = self.problem.floors().len();
        let stated = floors.saturating_sub(self.places.count());
        let wholes: Vec<u64> = std::iter::repeat_n(0, stated).chain(self.places.people()).take(floors).collect();
        let choice = Levelling::default().raise(&self.problem, &wholes, &best.choice, &Unseen(self.attempt.observer));
        let level = self.places.least(&self.dictionary, &choice).unwrap_or(0);
        if level > best.level {
            *best = Standing { choice, level };
        }
    }

    /// Looks for a plan over a floor, from a choice that keeps a lower one; the first plan will do.
    fn floor_at(&self, level: u64, from: &Vec<SiteId>, search: &Search) -> Result<Kept, AttainError> {
        let Attempt { scenario, territory, reach, observer, .. } = *self.attempt;
        let (problem, dictionary) = scenario.at_level(level).compile(territory, reach)?;
        let found = self.solve((&problem, &dictionary), std::slice::from_ref(from), search, &FirstPlan(observer))?;
        Ok(match found {
            Kept::Yes(standing) => Kept::Yes(Standing { level: standing.level.max(level), ..standing }),
            other => other,
        })
    }

    fn solve(
        &self,
        (problem, dictionary): (&Problem, &Dictionary),
        choices: &[Vec<SiteId>],
        search: &Search,
        observer: &dyn Observer,
    ) -> Result<Kept, AttainError> {
        match search.solve_near(problem, choices, observer) {
            Ok(outcome) if outcome.guarantee != Guarantee::None => {
                let choice = outcome.solution.sites().to_vec();
                let level = self.places.least(dictionary, &choice).unwrap_or(0);
                Ok(Kept::Yes(Standing { choice, level }))
            }
            Ok(_) => Ok(Kept::Open),
            Err(SolveError::Infeasible { .. }) => Ok(Kept::No),
            Err(other) => Err(other.into()),
        }
    }
}

/// Floors that may be left undecided before no more are tried, unless a proof is asked for.
const PATIENCE: u32 = 2;

/// A level this part below what is proved too high is near enough, unless a proof is asked for or the problem is
/// small.
const NEAR: u64 = 500;

/// Problems with no more pairs of a site and a demand have every floor tried.
const SMALL: usize = 10_000;

/// How often places are weighed against each other.
const WEIGHINGS: u32 = 40;

/// How near each weighing is solved: the last ones matter, and their bounds are valid all the same.
const WEIGHED_GAP: f64 = 0.000_2;

/// Whether a floor can be kept.
enum Kept {
    /// By this choice.
    Yes(Standing),
    /// Proved: by none.
    No,
    Open,
}

/// Stops at the first plan.
struct FirstPlan<'a>(&'a dyn Observer);

impl Observer for FirstPlan<'_> {
    fn observe(&self, progress: Progress) -> Verdict {
        if progress.value > 0 || self.0.should_stop() { Verdict::Stop } else { Verdict::Continue }
    }

    fn should_stop(&self) -> bool {
        self.0.should_stop()
    }
}
