use std::cell::Cell;
use std::collections::BTreeSet;

use crate::{CoverageFloor, Effort, Observer, Problem, Search, SiteRule, SolveError, Solver};

/// Why a problem has no feasible choice: rules and floors that cannot hold together, and the cheapest ways out.
///
/// The set is smallest in the sense that without any one of its members the others can hold together (an irreducible
/// infeasible set, found by leaving members out one by one: Chinneck and Dravnieks 1991).
///
/// ```
/// use maillage_solver::{Conflict, Constraint, Coverage, Fixing, Problem, Silent, SiteId, SiteRule};
///
/// let coverage = Coverage::from_rows(1, &[vec![0], vec![0], vec![0]])?;
/// let all = || (0..3).map(SiteId);
/// let two_at_most = SiteRule::at_most(2, all().map(|site| (site, 1)));
/// let three = SiteRule::at_least(3, all().map(|site| (site, 1)));
/// let dear = SiteRule::at_most(99, all().map(|site| (site, 10)));
/// let problem = Problem::new(coverage, vec![1], vec![two_at_most, dear, three], vec![Fixing::Free; 3])?;
/// let conflict = Conflict::of(&problem, &Silent)?.unwrap();
/// assert_eq!(conflict.members, [Constraint::Rule(0), Constraint::Rule(2)]);
/// assert_eq!(conflict.ways_out[0].change, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Rules and floors that cannot hold together, in the problem's order.
    pub members: Vec<Constraint>,
    /// For each member whose change alone makes the whole problem feasible, the smallest such change.
    pub ways_out: Vec<WayOut>,
}

/// A rule or a coverage floor of a problem, by its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Constraint {
    /// A site rule.
    Rule(usize),
    /// A coverage floor.
    Floor(usize),
}

/// The smallest change of one end that makes a problem feasible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WayOut {
    /// What is changed.
    pub constraint: Constraint,
    /// Which end of it.
    pub end: End,
    /// By how much that end moves: up for `Most`, down for `Least`.
    pub change: u64,
}

/// An end of a rule or floor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The least the sum may be.
    Least,
    /// The most the sum may be.
    Most,
}

impl Conflict {
    /// Finds a smallest conflict and its ways out; none when the problem is feasible, or when the observer stopped the
    /// search before that was known.
    ///
    /// # Errors
    /// When a solver's answer fails its own recount.
    pub fn of(problem: &Problem, observer: &dyn Observer) -> Result<Option<Self>, SolveError> {
        let each: Vec<Vec<Constraint>> = all_constraints(problem).into_iter().map(|one| vec![one]).collect();
        let found = GroupConflict::of(problem, &each, observer)?;
        let constraint = |group: usize| each.get(group).and_then(|one| one.first()).copied();
        Ok(found.map(|found| Self {
            members: found.members.into_iter().filter_map(constraint).collect(),
            ways_out: found
                .ways_out
                .into_iter()
                .filter_map(|way| Some(WayOut { constraint: constraint(way.group)?, end: way.end, change: way.change }))
                .collect(),
        }))
    }
}

/// A conflict between groups of rules and floors, each of which is kept or left out as a whole.
///
/// What a planner states as one rule may be many to the kernel: the pairs of a spread, the groups of sites that are
/// too near each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupConflict {
    /// The positions of the groups that cannot hold together, ascending; without any one of them the others can.
    pub members: Vec<usize>,
    /// For each member whose change alone makes the whole problem feasible, the smallest such change.
    pub ways_out: Vec<GroupWayOut>,
}

/// The smallest change, the same for one end of every rule of a group, that makes a problem feasible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupWayOut {
    /// The position of the group.
    pub group: usize,
    /// Which end of its rules.
    pub end: End,
    /// By how much that end moves: up for `Most`, down for `Least`.
    pub change: u64,
}

impl GroupConflict {
    /// Finds a smallest conflict between groups and its ways out; none when the problem is feasible, or when the
    /// observer stopped the search before that was known. Constraints in no group always hold.
    ///
    /// Groups are taken in and out by halves (Junker, `QuickXplain`, AAAI 2004): with few members among many, that asks
    /// far less often than one by one. Each question gets a tenth of the work of a plan, and after a dozen that were
    /// left open nothing more is asked, so that there is always an answer soon. One left open counts as
    /// possible when members are looked for, and as impossible when ways out are: the members always conflict and a
    /// way out always leads out, but where a question was left open there may be fewer, or a smaller change.
    ///
    /// # Errors
    /// When a solver's answer fails its own recount.
    pub fn of(
        problem: &Problem,
        groups: &[Vec<Constraint>],
        observer: &dyn Observer,
    ) -> Result<Option<Self>, SolveError> {
        let grouped: BTreeSet<Constraint> = groups.iter().flatten().copied().collect();
        let ungrouped = all_constraints(problem).into_iter().filter(|one| !grouped.contains(one)).collect();
        let question = Question { problem, observer, groups, ungrouped, patience: Cell::new(PATIENCE) };
        let all: Vec<usize> = (0..groups.len()).collect();
        if question.ask(&all, None)? != Answer::Impossible {
            return Ok(None);
        }
        let mut members = question.smallest(&[], false, &all)?;
        members.sort_unstable();
        if observer.should_stop() {
            return Ok(None);
        }
        question.patience.set(PATIENCE);
        let mut ways_out = Vec::new();
        for &group in &members {
            for end in [End::Most, End::Least] {
                ways_out.extend(question.way_out(group, end)?);
            }
        }
        Ok(Some(Self { members, ways_out }))
    }
}

fn all_constraints(problem: &Problem) -> Vec<Constraint> {
    let rules = (0..problem.rules().len()).map(Constraint::Rule);
    rules.chain((0..problem.floors().len()).map(Constraint::Floor)).collect()
}

/// Whether some choice keeps all that is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    /// One was found.
    Possible,
    /// It is proved that none does.
    Impossible,
    /// The work allowed was done before that was known.
    Open,
}

/// A problem of which only feasibility is asked.
struct Question<'a> {
    problem: &'a Problem,
    observer: &'a dyn Observer,
    groups: &'a [Vec<Constraint>],
    ungrouped: Vec<Constraint>,
    /// How many more questions may be left open before all further ones are, unasked.
    patience: Cell<u32>,
}

/// Questions left open, each after all of its work, while members are looked for, and again while ways out are.
const PATIENCE: u32 = 12;

impl Question<'_> {
    /// Returns the smallest part of some groups that conflicts, given others that are kept; these conflict with the
    /// part as a whole. `changed` says whether groups were kept since feasibility was last asked.
    fn smallest(&self, kept: &[usize], changed: bool, some: &[usize]) -> Result<Vec<usize>, SolveError> {
        if changed && self.ask(kept, None)? == Answer::Impossible {
            return Ok(Vec::new());
        }
        if some.len() <= 1 {
            return Ok(some.to_vec());
        }
        let (first, second) = some.split_at(some.len() / 2);
        let of_second = self.smallest(&[kept, first].concat(), true, second)?;
        let with_second = [kept, of_second.as_slice()].concat();
        let of_first = self.smallest(&with_second, !of_second.is_empty(), first)?;
        Ok([of_first, of_second].concat())
    }

    /// Asks whether some choice keeps the kept groups, one of them moved.
    fn ask(&self, kept: &[usize], moved: Option<GroupWayOut>) -> Result<Answer, SolveError> {
        if self.patience.get() == 0 {
            return Ok(Answer::Open);
        }
        let problem = self.problem;
        let of_kept = kept.iter().filter_map(|&group| self.groups.get(group)).flatten();
        let kept: BTreeSet<Constraint> = of_kept.chain(&self.ungrouped).copied().collect();
        let group = moved.and_then(|way| self.groups.get(way.group)).map(Vec::as_slice).unwrap_or_default();
        let change_of = |constraint: Constraint, which: End| {
            moved.filter(|way| way.end == which && group.contains(&constraint)).map_or(0, |way| way.change)
        };
        let rules = problem.rules().iter().enumerate().map(|(number, rule)| {
            let constraint = Constraint::Rule(number);
            let keep = kept.contains(&constraint);
            SiteRule {
                coefficients: rule.coefficients.clone(),
                least: rule
                    .least
                    .filter(|_| keep)
                    .map(|end| end.saturating_sub_unsigned(change_of(constraint, End::Least))),
                most: rule
                    .most
                    .filter(|_| keep)
                    .map(|end| end.saturating_add_unsigned(change_of(constraint, End::Most))),
            }
        });
        let floors = problem.floors().iter().enumerate().map(|(number, floor)| {
            let constraint = Constraint::Floor(number);
            let least = floor.least.saturating_sub(change_of(constraint, End::Least));
            let least = if kept.contains(&constraint) { least } else { 0 };
            CoverageFloor { coefficients: floor.coefficients.clone(), least }
        });
        let nothing = vec![0; problem.weights().len()];
        let question = Problem::new(problem.coverage().clone(), nothing, rules.collect(), problem.fixings().to_vec())
            .and_then(|question| question.with_floors(floors.collect()))
            .map_err(|error| SolveError::SelfCheck(error.to_string()))?;
        match (Search { effort: Effort::Quick, ..Search::default() }).solve(&question, self.observer) {
            Ok(outcome) if outcome.solution.is_feasible() => Ok(Answer::Possible),
            Ok(_) => {
                self.patience.set(self.patience.get() - 1);
                Ok(Answer::Open)
            }
            Err(SolveError::Infeasible { .. }) => Ok(Answer::Impossible),
            Err(error) => Err(error),
        }
    }

    /// Finds the smallest move of one end that makes the whole problem feasible, by bisection.
    fn way_out(&self, group: usize, end: End) -> Result<Option<GroupWayOut>, SolveError> {
        let constraints = self.groups.get(group).map(Vec::as_slice).unwrap_or_default();
        let moves = constraints.iter().filter_map(|&constraint| self.largest_move(constraint, end));
        let Some(largest) = moves.max() else { return Ok(None) };
        let all: Vec<usize> = (0..self.groups.len()).collect();
        let feasible = |change: u64| -> Result<bool, SolveError> {
            Ok(self.ask(&all, Some(GroupWayOut { group, end, change }))? == Answer::Possible)
        };
        if !feasible(largest)? {
            return Ok(None);
        }
        let (mut too_small, mut enough) = (0, largest);
        while enough - too_small > 1 && !self.observer.should_stop() {
            let middle = too_small + (enough - too_small) / 2;
            if feasible(middle)? {
                enough = middle;
            } else {
                too_small = middle;
            }
        }
        Ok(Some(GroupWayOut { group, end, change: enough }))
    }

    /// Returns by how much an end must move at most to bind no more; none where there is no such end.
    fn largest_move(&self, constraint: Constraint, end: End) -> Option<u64> {
        let distance = match (constraint, end) {
            (Constraint::Floor(number), End::Least) => {
                return self.problem.floors().get(number).map(|floor| floor.least);
            }
            (Constraint::Floor(_), End::Most) => return None,
            (Constraint::Rule(number), end) => {
                let rule = self.problem.rules().get(number)?;
                let extreme =
                    |side: fn(i64) -> i64| -> i64 { rule.coefficients.iter().map(|entry| side(entry.1)).sum() };
                match end {
                    End::Most => extreme(|by| by.max(0)) - rule.most?,
                    End::Least => rule.least? - extreme(|by| by.min(0)),
                }
            }
        };
        u64::try_from(distance).ok().filter(|&distance| distance > 0)
    }
}
