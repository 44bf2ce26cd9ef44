use maillage_solver::{Guarantee, Observer, Outcome, Search, SiteId, Solution, SolveError, StoppedBy, Work};

use crate::attainment::WORST_OFF;
use crate::places::Places;
use crate::{AttainError, Attainment, Goal, Objective, Plan, Reach, Scenario, Sense, Territory};

/// The price of equity: the best plans above a floor that rises from none to the highest that can be kept under every
/// place of the goal `worst-off`.
///
/// The first point is without a floor; the floors of the others lie in equal steps between the share that the
/// worst-off place has there and the largest share that was found for it.
#[derive(Clone, Debug, PartialEq)]
pub struct EquityCurve {
    /// The largest share of the worst-off place, with its bound, in hundredths of a percent.
    pub level: Objective,
    /// One for each floor, rising. Values and bounds never rise with the floor.
    pub points: Vec<EquityPoint>,
}

/// The best plan found above one floor.
#[derive(Clone, Debug, PartialEq)]
pub struct EquityPoint {
    /// The floor under the share in reach of every place, in hundredths of a percent; none for the first.
    pub floor: Option<u64>,
    /// The smallest share that a place has with the plan, in hundredths of a percent, rounded down.
    pub worst: u64,
    /// The plain question above that floor.
    pub asked: Scenario,
    /// Its plan, the objective with what is proved of it.
    pub plan: Plan,
}

/// Steps from no floor to the highest.
const STEPS: u64 = 10;

impl EquityCurve {
    /// Draws the curve of a question whose goal is the worst-off place.
    ///
    /// The highest floor comes first. What keeps a floor keeps every lower one, so that each step starts from the plan
    /// above it, and what bounds a floor bounds every higher one.
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
        let search = Search { certificate: false, ..search.clone() };
        let places = Places::of(scenario, territory, reach)?;
        let drawn = Drawn { places, territory, reach, search, observer };
        let top = Attainment::of(scenario, territory, reach, &drawn.search, observer)?;
        let level = drawn.read_back(None, &top).worst;
        let bound = top.bound.unwrap_or(level).max(level);
        let plain = Scenario { goal: Goal::Reach, ..scenario.clone() };
        let free = drawn.above(None, plain, &[top.outcome.solution.sites().to_vec()])?;
        let from = free.worst.min(level);

        let mut points = vec![drawn.read_back(Some(level), &top)];
        let mut start = top.outcome.solution.sites().to_vec();
        for step in (1..STEPS).rev() {
            let floor = from + (level - from) * step / STEPS;
            let (asked, choices) = (scenario.at_level(floor), [start, free.choice.clone()]);
            let found = drawn.above(Some(floor), asked, &choices)?;
            start = found.choice;
            points.push(found.point);
        }
        points.push(free.point);
        points.reverse();
        lower_bounds(&mut points);
        Ok(Self { level: Objective { unit: WORST_OFF.to_owned(), sense: Sense::Most, value: level, bound }, points })
    }

    /// Returns what the floor of a point (by its position) costs: by how much its plan adds less than the one without
    /// a floor, in units of the objective.
    #[must_use]
    pub fn lost(&self, position: usize) -> u64 {
        let value = |point: &EquityPoint| point.plan.objective.value;
        let free = self.points.first().map_or(0, value);
        free.saturating_sub(self.points.get(position).map_or(free, value))
    }

    /// Returns the work done for all points, without that of finding the highest floor.
    #[must_use]
    pub fn work(&self) -> Work {
        self.points.iter().fold(Work::default(), |all, point| Work {
            pairs: all.pairs.max(point.plan.work.pairs),
            iterations: all.iterations + point.plan.work.iterations,
            nodes: all.nodes + point.plan.work.nodes,
        })
    }
}

/// What a curve is drawn of.
struct Drawn<'a> {
    places: Places<'a>,
    territory: &'a Territory,
    reach: &'a Reach,
    search: Search,
    observer: &'a dyn Observer,
}

/// A point, and its sites as the kernel calls them.
struct Above {
    point: EquityPoint,
    choice: Vec<SiteId>,
    worst: u64,
}

impl Drawn<'_> {
    /// Solves the question above a floor; the first choice is known to keep it.
    fn above(&self, floor: Option<u64>, asked: Scenario, choices: &[Vec<SiteId>]) -> Result<Above, AttainError> {
        let (problem, dictionary) = asked.compile(self.territory, self.reach)?;
        let mut outcome = self.search.solve_near(&problem, choices, self.observer)?;
        if let Some(known) = choices.first().map(|choice| Solution::count(&problem, choice))
            && known.is_feasible()
            && (outcome.guarantee == Guarantee::None || known.value() > outcome.solution.value())
        {
            outcome = Outcome { solution: known, guarantee: Guarantee::Bounded, ..outcome };
        }
        if outcome.guarantee == Guarantee::None {
            return Err(SolveError::Infeasible { rule: None, floor: None, certificate: None }.into());
        }
        let choice = outcome.solution.sites().to_vec();
        let found = Attainment { asked, problem, dictionary, outcome, bound: None };
        let point = self.read_back(floor, &found);
        Ok(Above { worst: point.worst, point, choice })
    }

    fn read_back(&self, floor: Option<u64>, found: &Attainment) -> EquityPoint {
        let plan = Plan::read_back(self.territory, self.reach, &found.asked, &found.dictionary, &found.outcome);
        let worst = self.places.least(&found.dictionary, found.outcome.solution.sites()).unwrap_or(0);
        EquityPoint { floor, worst, asked: found.asked.clone(), plan }
    }
}

/// Lowers each bound to those of all lower floors.
fn lower_bounds(points: &mut [EquityPoint]) {
    let mut lowest = u64::MAX;
    for EquityPoint { plan, .. } in points {
        lowest = lowest.min(plan.objective.bound);
        plan.objective.bound = lowest.max(plan.objective.value);
        if plan.objective.room() == 0 {
            (plan.guarantee, plan.stopped_by) = (Guarantee::Optimal, StoppedBy::Proof);
        }
    }
}
