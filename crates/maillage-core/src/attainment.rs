use std::collections::BTreeMap;

use maillage_solver::{
    Effort, FrontierError, Guarantee, LeastEnd, LeastEndOutcome, Levelling, Observer, Outcome, Problem, Progress,
    Search, SiteId, SolveError, Solver, StoppedBy, Verdict,
};

use crate::catchment::Catchment;
use crate::coverage_floors::FloorGroup;
use crate::need::Need;
use crate::{
    Demand, Dictionary, Floor, Fraction, Goal, Objective, Plan, Reach, RuleList, RuleName, RulePlace, Scenario,
    ScenarioError, Sense, Territory, VariantError, Weight,
};

/// How a goal is attained: the question the kernel was asked last, and its outcome.
///
/// A goal that moves a limit or a floor is asked again and again, with that end moved by halves; at the end reached,
/// the most weight is covered. Other goals are asked once.
#[derive(Clone, Debug)]
pub struct Attainment {
    /// The plain question asked last: that of the scenario, at the level reached.
    pub asked: Scenario,
    /// What it compiles to.
    pub problem: Problem,
    /// What that means.
    pub dictionary: Dictionary,
    /// The best choice found for it.
    pub outcome: Outcome,
    /// No plan reaches a better level; absent for goals without.
    pub bound: Option<u64>,
}

/// Why a goal is not attained.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AttainError {
    /// The scenario cannot be asked of the territory.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// There is no plan, or the solver failed its self-check.
    #[error(transparent)]
    Solve(#[from] SolveError),
    /// The rule whose end is moved is not there.
    #[error(transparent)]
    Frontier(#[from] FrontierError),
}

/// Shares of the worst-off place are whole hundredths of a percent.
const WHOLE: u64 = 10_000;

impl Scenario {
    /// Checks that the goal goes with the rest of the question.
    ///
    /// # Errors
    /// When there are phases, which are planned for the people they reach.
    pub fn check_goal(&self) -> Result<(), ScenarioError> {
        if self.phase.is_empty() || self.goal == Goal::Reach { Ok(()) } else { Err(VariantError::Goal.into()) }
    }

    /// Returns the plain question at a level of the goal: at most so many sites or euros, or a floor of so many
    /// hundredths of a percent under each place; itself for goals without a level.
    #[must_use]
    pub fn at_level(&self, level: u64) -> Self {
        let target = |share: Fraction| Floor { least_share: Some(share), ..Floor::default() };
        let plain = Self { goal: Goal::Reach, ..self.clone() };
        match &self.goal {
            Goal::Reach | Goal::TravelTime(_) => self.clone(),
            Goal::FewestSites(share) => Self { sites: Some(level), ..plain.with_floor(target(*share)) },
            Goal::LeastCost(share) => Self { budget: Some(level), ..plain.with_floor(target(*share)) },
            Goal::WorstOff(column) => {
                let share = Fraction::from_ten_thousandths(u32::try_from(level).unwrap_or(u32::MAX));
                plain.with_floor(Floor { each: vec![column.clone()], ..target(share) })
            }
        }
    }

    fn with_floor(mut self, floor: Floor) -> Self {
        self.floor.push(floor);
        self
    }
}

impl Attainment {
    /// Compiles a question and solves it, as often as its goal needs.
    ///
    /// # Errors
    /// When the question cannot be asked, has no plan, or an answer fails its recount.
    pub fn of(
        scenario: &Scenario,
        territory: &Territory,
        reach: &Reach,
        search: &Search,
        observer: &dyn Observer,
    ) -> Result<Self, AttainError> {
        scenario.check_goal()?;
        scenario.check_variants().map_err(ScenarioError::from)?;
        let attempt = Attempt { scenario, territory, reach, search, observer };
        match &scenario.goal {
            Goal::Reach | Goal::TravelTime(_) => {
                let (problem, dictionary) = scenario.compile(territory, reach)?;
                let outcome = search.solve(&problem, observer)?;
                Ok(Self { asked: scenario.clone(), problem, dictionary, outcome, bound: None })
            }
            Goal::FewestSites(share) => attempt.least(*share, &RuleName::Sites),
            Goal::LeastCost(share) => attempt.least(*share, &RuleName::Budget),
            Goal::WorstOff(_) => attempt.worst_off(),
        }
    }
}

struct Attempt<'a> {
    scenario: &'a Scenario,
    territory: &'a Territory,
    reach: &'a Reach,
    search: &'a Search,
    observer: &'a dyn Observer,
}

impl Attempt<'_> {
    /// Finds the fewest sites, or euros, under which enough people are in reach.
    fn least(&self, share: Fraction, name: &RuleName) -> Result<Attainment, AttainError> {
        let candidates = || self.territory.candidates().filter_map(|site| self.territory.sites().get(site as usize));
        let mut people =
            Scenario { goal: Goal::Reach, weight: Weight::People, decay: Vec::new(), ..self.scenario.clone() };
        if *name == RuleName::Sites {
            people.sites = people.sites.or(Some(candidates().count() as u64));
        } else {
            people.budget = people.budget.or(Some(candidates().map(|site| site.cost).sum()));
        }
        let (problem, dictionary) = people.compile(self.territory, self.reach)?;
        let need = Need::of(self.scenario);
        let target = share.of_up(self.territory.communes().iter().map(|commune| need.people(commune)).sum());
        let rule = dictionary.position_of(name).unwrap_or_default();
        let halving = LeastEnd { search: Search { certificate: false, ..self.search.clone() } };
        let found = halving.solve(&problem, rule, target, self.observer)?;
        let whole = |end: i64| u64::try_from(end).unwrap_or(0);
        let LeastEndOutcome { end: Some(end), choice, bound, .. } = found else {
            if found.bound > found.most {
                return Err(ScenarioError::TargetOutOfReach { target, most: found.coverable }.into());
            }
            return Err(ScenarioError::TargetNotFound { target }.into());
        };
        self.at(whole(end), whole(bound), choice)
    }

    /// Covers the most weight at a level.
    fn at(&self, level: u64, bound: u64, choice: Vec<SiteId>) -> Result<Attainment, AttainError> {
        let asked = self.scenario.at_level(level);
        let (problem, dictionary) = asked.compile(self.territory, self.reach)?;
        let outcome = self.search.solve_near(&problem, &[choice], self.observer)?;
        Ok(Attainment { asked, problem, dictionary, outcome, bound: Some(bound) })
    }

    /// Raises the floor under each place by halves, up to where it is proved that none is kept.
    fn worst_off(&self) -> Result<Attainment, AttainError> {
        let effort = if self.search.effort == Effort::Proof { Effort::Proof } else { Effort::Quick };
        let quick = Search { effort, certificate: false, ..self.search.clone() };
        let patience = if effort == Effort::Proof { u32::MAX } else { PATIENCE };
        let places = self.places()?;
        let (mut choice, mut low) = match self.floor_at(0, &[], &quick, self.observer)? {
            Kept::Yes(choice, level) => (choice, level),
            Kept::No => return Err(SolveError::Infeasible { rule: None, floor: None, certificate: None }.into()),
            Kept::Open => return Err(ScenarioError::TargetNotFound { target: 0 }.into()),
        };
        // The smallest level that is proved too high, and the smallest that was left open.
        let mut high = self.weigh(&places, (&mut choice, &mut low))?;
        if low + 1 < high {
            self.level(&places, (&mut choice, &mut low))?;
        }
        let (mut open, mut undecided) = (None, 0);
        if effort != Effort::Proof && (high - low.min(high)) * NEAR <= high {
            open = Some(low + 1);
        }
        loop {
            let ceiling = open.unwrap_or(high);
            if low + 1 >= ceiling || undecided == patience || self.observer.should_stop() {
                break;
            }
            let middle = low + (ceiling - low) / 2;
            match self.floor_at(middle, std::slice::from_ref(&choice), &quick, &FirstPlan(self.observer))? {
                Kept::Yes(found, level) => (choice, low) = (found, level.max(middle)),
                Kept::No => high = high.min(middle),
                Kept::Open => (open, undecided) = (Some(middle), undecided + 1),
            }
        }
        let mut from = open.unwrap_or(high);
        while from + 1 < high && undecided < patience && !self.observer.should_stop() {
            let middle = from + (high - from) / 2;
            match self.floor_at(middle, std::slice::from_ref(&choice), &quick, &FirstPlan(self.observer))? {
                Kept::Yes(found, level) => {
                    (choice, low) = (found, level.max(middle));
                    from = from.max(low + 1);
                }
                Kept::No => high = middle,
                Kept::Open => (from, undecided) = (middle, undecided + 1),
            }
        }
        self.at(low, high.max(low + 1) - 1, choice)
    }

    fn places(&self) -> Result<Vec<FloorGroup>, AttainError> {
        let Goal::WorstOff(column) = &self.scenario.goal else { return Ok(Vec::new()) };
        let floor = Floor { each: vec![column.clone()], least: Some(0), ..Floor::default() };
        let place = RulePlace::of(self.scenario, RuleList::Floor, self.scenario.floor.len());
        let catchment = Catchment::of(self.scenario, self.territory, self.reach);
        Ok(floor.under(self.scenario, self.territory, &catchment, &place)?)
    }

    /// Weighs the places against each other, those behind more and more (multiplicative weights: Freund and Schapire
    /// 1999): the most that can be reached by any weights bounds the smallest share, and the plans on the way come
    /// near it. Returns the smallest level proved too high.
    fn weigh(&self, places: &[FloorGroup], (choice, low): (&mut Vec<SiteId>, &mut u64)) -> Result<u64, AttainError> {
        let asked = self.scenario.at_level(0);
        let (problem, dictionary) = asked.compile(self.territory, self.reach)?;
        let quick = Search { effort: Effort::Quick, gap: WEIGHED_GAP, certificate: false };
        let mut shares = shares_in_reach(places, self.reach, self.scenario, &open_sites(&dictionary, choice));
        let mut weights = vec![1.0; places.len()];
        let mut high = WHOLE + 1;
        let mut last = choice.clone();
        for round in 0..WEIGHINGS {
            if *low + 1 >= high || self.observer.should_stop() {
                break;
            }
            let mean = shares.iter().sum::<f64>() / f64::from(u32::try_from(shares.len().max(1)).unwrap_or(1));
            let pace = 12.0 / (1.0 + f64::from(round) / 4.0);
            for (weight, share) in weights.iter_mut().zip(&shares) {
                *weight *= (pace * (mean - share)).exp();
            }
            let prices = whole_prices(places, &weights);
            let weighed = weighed(&problem, &dictionary, self.scenario, places, &prices)?;
            let outcome = quick.solve_near(&weighed, std::slice::from_ref(&last), &Unseen(self.observer))?;
            high = high.min(level_above(places, &prices, outcome.bound));
            if outcome.guarantee == Guarantee::None {
                break;
            }
            last = outcome.solution.sites().to_vec();
            let open = open_sites(&dictionary, &last);
            shares = shares_in_reach(places, self.reach, self.scenario, &open);
            let level = worst_share(self.scenario, self.territory, self.reach, &open).unwrap_or(0);
            if level > *low {
                (*choice, *low) = (last.clone(), level);
            }
        }
        Ok(high)
    }

    /// Swaps sites so that the worst-off place gains.
    fn level(&self, places: &[FloorGroup], (choice, low): (&mut Vec<SiteId>, &mut u64)) -> Result<(), AttainError> {
        let (problem, dictionary) = self.scenario.at_level(0).compile(self.territory, self.reach)?;
        let stated = problem.floors().len().saturating_sub(places.len());
        let wholes: Vec<u64> = std::iter::repeat_n(0, stated)
            .chain(places.iter().map(FloorGroup::all))
            .take(problem.floors().len())
            .collect();
        let found = Levelling::default().raise(&problem, &wholes, choice, &Unseen(self.observer));
        let open = open_sites(&dictionary, &found);
        let level = worst_share(self.scenario, self.territory, self.reach, &open).unwrap_or(0);
        if level > *low {
            (*choice, *low) = (found, level);
        }
        Ok(())
    }

    /// Looks for a plan over a floor.
    fn floor_at(
        &self,
        level: u64,
        choices: &[Vec<SiteId>],
        search: &Search,
        observer: &dyn Observer,
    ) -> Result<Kept, AttainError> {
        let asked = self.scenario.at_level(level);
        let (problem, dictionary) = asked.compile(self.territory, self.reach)?;
        match search.solve_near(&problem, choices, observer) {
            Ok(outcome) if outcome.guarantee != Guarantee::None => {
                let sites = outcome.solution.sites();
                let open: Vec<u32> = sites.iter().filter_map(|site| dictionary.site_of(site.index())).collect();
                let level = worst_share(self.scenario, self.territory, self.reach, &open).unwrap_or(level);
                Ok(Kept::Yes(sites.to_vec(), level))
            }
            Ok(_) => Ok(Kept::Open),
            Err(SolveError::Infeasible { .. }) => Ok(Kept::No),
            Err(other) => Err(other.into()),
        }
    }
}

/// Floors that may be left undecided before no more are tried, unless a proof is asked for.
const PATIENCE: u32 = 2;

/// A level this part below what is proved too high is near enough, unless a proof is asked for.
const NEAR: u64 = 500;

/// How often places are weighed against each other.
const WEIGHINGS: u32 = 40;

/// How near each weighing is solved: the last ones matter, and their bounds are valid all the same.
const WEIGHED_GAP: f64 = 0.000_2;

/// Prices of a place's people add up to about this.
const PRICES: f64 = 1e11;

fn open_sites(dictionary: &Dictionary, choice: &[SiteId]) -> Vec<u32> {
    choice.iter().filter_map(|site| dictionary.site_of(site.index())).collect()
}

#[expect(clippy::cast_precision_loss, reason = "a share needs no more than 15 digits")]
fn shares_in_reach(places: &[FloorGroup], reach: &Reach, scenario: &Scenario, open: &[u32]) -> Vec<f64> {
    let reached = reach.reached_by(open.iter().copied(), scenario.within);
    let share = |place: &FloorGroup| {
        let is_in = |entry: &&(u32, u64)| reached.get(entry.0 as usize) == Some(&true);
        let inside: u64 = place.people.iter().filter(is_in).map(|entry| entry.1).sum();
        inside as f64 / place.all().max(1) as f64
    };
    places.iter().map(share).collect()
}

/// Returns a whole price for each person of a place, so that places of equal weight have equal prices in all.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "any whole prices bound the share; they lie from 1 to 10^11"
)]
fn whole_prices(places: &[FloorGroup], weights: &[f64]) -> Vec<u64> {
    let all: f64 = weights.iter().sum();
    let price = |(place, weight): (&FloorGroup, &f64)| {
        (PRICES * weight / all / place.all().max(1) as f64).round().clamp(1.0, PRICES) as u64
    };
    places.iter().zip(weights).map(price).collect()
}

/// Returns the problem with every person of a place at its price, without the floor under them.
fn weighed(
    problem: &Problem,
    dictionary: &Dictionary,
    scenario: &Scenario,
    places: &[FloorGroup],
    prices: &[u64],
) -> Result<Problem, AttainError> {
    let weights = places.iter().zip(prices).flat_map(|(place, price)| {
        place.people.iter().map(move |&(commune, people)| (commune, people.saturating_mul(*price)))
    });
    let by_commune: BTreeMap<u32, u64> = weights.collect();
    let counts =
        |layer: u32| dictionary.layers.get(layer as usize).is_some_and(|layer| layer.within == scenario.within);
    let weight = |demand: &Demand| {
        if counts(demand.layer) { by_commune.get(&demand.commune).copied().unwrap_or(0) } else { 0 }
    };
    let weights: Vec<u64> = dictionary.demands.iter().map(weight).collect();
    let stated = dictionary.floors.iter().zip(problem.floors());
    let is_stated = |name: &RuleName| matches!(name, RuleName::Floor { floor, .. } if *floor < scenario.floor.len());
    let floors = stated.filter(|(name, _)| is_stated(name)).map(|(_, floor)| floor.clone()).collect();
    let made = Problem::new(problem.coverage().clone(), weights, problem.rules().to_vec(), problem.fixings().to_vec());
    Ok(made.and_then(|made| made.with_floors(floors)).map_err(ScenarioError::from)?)
}

/// Returns the smallest level whose floors add up, at these prices, to more than the bound: it cannot be kept.
fn level_above(places: &[FloorGroup], prices: &[u64], bound: u64) -> u64 {
    let needs = |level: u64| {
        let floor = |place: &FloorGroup| (u128::from(place.all()) * u128::from(level)).div_ceil(u128::from(WHOLE));
        places.iter().zip(prices).map(|(place, price)| floor(place) * u128::from(*price)).sum::<u128>()
    };
    let (mut kept, mut above) = (0, WHOLE + 1);
    while kept + 1 < above {
        let middle = kept + (above - kept) / 2;
        if needs(middle) > u128::from(bound) { above = middle } else { kept = middle }
    }
    above
}

/// Passes the question whether to stop, but shows nothing.
struct Unseen<'a>(&'a dyn Observer);

impl Observer for Unseen<'_> {
    fn observe(&self, _: Progress) -> Verdict {
        if self.0.should_stop() { Verdict::Stop } else { Verdict::Continue }
    }

    fn should_stop(&self) -> bool {
        self.0.should_stop()
    }
}

/// Whether a floor can be kept.
enum Kept {
    /// By this choice, which keeps a floor as high as this.
    Yes(Vec<SiteId>, u64),
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

/// Returns the smallest share in reach of open sites over the places of a goal, in hundredths of a percent, rounded
/// down.
pub(crate) fn worst_share(scenario: &Scenario, territory: &Territory, reach: &Reach, open: &[u32]) -> Option<u64> {
    let Goal::WorstOff(column) = &scenario.goal else { return None };
    let floor = Floor { each: vec![column.clone()], least: Some(0), ..Floor::default() };
    let place = RulePlace::of(scenario, RuleList::Floor, scenario.floor.len());
    let groups = floor.under(scenario, territory, &Catchment::of(scenario, territory, reach), &place).ok()?;
    let reached = reach.reached_by(open.iter().copied(), scenario.within);
    let share = |people: &[(u32, u64)]| {
        let all: u64 = people.iter().map(|entry| entry.1).sum();
        let is_in = |entry: &&(u32, u64)| reached.get(entry.0 as usize) == Some(&true);
        let inside: u64 = people.iter().filter(is_in).map(|entry| entry.1).sum();
        u64::try_from(u128::from(inside) * u128::from(WHOLE) / u128::from(all.max(1))).ok()
    };
    groups.iter().filter_map(|group| share(&group.people)).min()
}

impl Plan {
    /// Reads back an outcome of the question asked at a level of the scenario's goal: the objective is that level, with
    /// its bound, and what was maximised there comes second.
    #[must_use]
    pub fn read_back_at(
        territory: &Territory,
        reach: &Reach,
        scenario: &Scenario,
        (asked, dictionary): (&Scenario, &Dictionary),
        outcome: &Outcome,
        bound: Option<u64>,
    ) -> Self {
        let mut plan = Self::read_back(territory, reach, asked, dictionary, outcome);
        let Some(bound) = bound.filter(|_| scenario.goal.has_level()) else { return plan };
        let open: Vec<u32> = plan.sites.iter().map(|site| site.site).collect();
        let (unit, sense, value) = match &scenario.goal {
            Goal::FewestSites(_) => ("sites", Sense::Least, plan.sites_new() as u64),
            Goal::LeastCost(_) => ("euros", Sense::Least, plan.cost),
            _ => {
                let share = worst_share(scenario, territory, reach, &open);
                ("hundredths of a percent in reach where it is least", Sense::Most, share.unwrap_or(0))
            }
        };
        let objective = Objective { unit: unit.to_owned(), sense, value, bound };
        plan.guarantee = match plan.guarantee {
            Guarantee::None => Guarantee::None,
            _ if objective.room() == 0 => Guarantee::Optimal,
            _ => Guarantee::Bounded,
        };
        plan.stopped_by = match plan.stopped_by {
            StoppedBy::Observer => StoppedBy::Observer,
            _ if objective.room() == 0 => StoppedBy::Proof,
            _ => StoppedBy::Effort,
        };
        plan.then = Some(std::mem::replace(&mut plan.objective, objective));
        plan.budget = scenario.budget;
        // What the goal moved is its result, not a rule.
        plan.rules.retain(|kept| match kept.name {
            RuleName::Sites => scenario.sites.is_some(),
            RuleName::Budget => scenario.budget.is_some(),
            _ => true,
        });
        plan
    }
}
