use maillage_solver::{
    FrontierError, Guarantee, LeastEnd, LeastEndOutcome, Observer, Outcome, Problem, Search, SiteId, SolveError,
    Solver, StoppedBy,
};

use crate::need::Need;
use crate::places::Places;
use crate::worst_off::WorstOff;
use crate::{
    Dictionary, Floor, Fraction, Goal, Objective, Plan, Reach, RuleName, Scenario, ScenarioError, Sense, SiteType,
    Territory, VariantError, Weight,
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

/// What the share of the worst-off place is counted in.
pub(crate) const WORST_OFF: &str = "hundredths of a percent in reach where it is least";

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

    /// Returns the question with nothing counted but the people in reach of any site, each of them whole.
    fn of_people(&self) -> Self {
        let any = |stated: &SiteType| SiteType { offers: Vec::new(), ..stated.clone() };
        Self {
            goal: Goal::Reach,
            weight: Weight::People,
            decay: Vec::new(),
            enough: None,
            specialty: Vec::new(),
            offers_field: None,
            r#type: self.r#type.iter().map(any).collect(),
            ..self.clone()
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
            Goal::WorstOff(_) => WorstOff::new(&attempt)?.attain(),
        }
    }
}

/// A question with a goal, and what solves it.
pub(crate) struct Attempt<'a> {
    pub(crate) scenario: &'a Scenario,
    pub(crate) territory: &'a Territory,
    pub(crate) reach: &'a Reach,
    pub(crate) search: &'a Search,
    pub(crate) observer: &'a dyn Observer,
}

impl Attempt<'_> {
    /// Finds the fewest sites, or euros, under which enough people are in reach.
    fn least(&self, share: Fraction, name: &RuleName) -> Result<Attainment, AttainError> {
        let mut people = self.scenario.of_people();
        if *name == RuleName::Sites {
            people.sites = people.sites.or(Some(self.territory.candidates().count() as u64));
        } else {
            let most = self.territory.candidates().map(|site| people.most_cost_of(self.territory, site));
            people.budget = people.budget.or(Some(most.sum()));
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
    pub(crate) fn at(&self, level: u64, bound: u64, choice: Vec<SiteId>) -> Result<Attainment, AttainError> {
        let asked = self.scenario.at_level(level);
        let (problem, dictionary) = asked.compile(self.territory, self.reach)?;
        let outcome = self.search.solve_near(&problem, &[choice], self.observer)?;
        Ok(Attainment { asked, problem, dictionary, outcome, bound: Some(bound) })
    }
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
        let (unit, sense, value) = match &scenario.goal {
            Goal::FewestSites(_) => ("sites", Sense::Least, plan.sites_new() as u64),
            Goal::LeastCost(_) => ("euros", Sense::Least, plan.cost),
            _ => {
                let places = Places::of(scenario, territory, reach).ok();
                let share = places.and_then(|places| places.least(dictionary, outcome.solution.sites()));
                (WORST_OFF, Sense::Most, share.unwrap_or(0))
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
