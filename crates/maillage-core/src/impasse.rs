use maillage_solver::{Constraint, End, GroupConflict, GroupWayOut, Observer, Problem, SolveError};

use crate::{Dictionary, RuleName, RuleUnit, Scenario, Sum};

/// Why a scenario has no plan: rules that cannot be kept together, and the cheapest ways out.
///
/// Without any one of the members the others can be kept; required and forbidden sites always are.
#[derive(Clone, Debug, PartialEq)]
pub struct Impasse {
    /// The rules that cannot be kept together, in the order of the scenario.
    pub members: Vec<RuleName>,
    /// For each of them that may give way alone, by how little; none for rules without a number to change.
    pub ways_out: Vec<Relief>,
}

/// The smallest change of one end of a rule that leaves a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Relief {
    /// Which rule.
    pub name: RuleName,
    /// Which end of it: `Least` is lowered, `Most` is raised. The only end of a share or a spread is its own.
    pub end: End,
    /// By how much, in the rule's units; of a share, what may be missing, in the units that are added up.
    pub change: f64,
    /// What the change counts.
    pub unit: RuleUnit,
    /// Whether nothing is left of the end then, so that it may as well be dropped.
    pub drops_end: bool,
}

impl Impasse {
    /// Finds the conflict of a compiled scenario; none where there is a plan, or where the observer stopped the search
    /// before that was known.
    ///
    /// # Errors
    /// When a solver's answer fails its own recount.
    pub fn of(
        scenario: &Scenario,
        (problem, dictionary): (&Problem, &Dictionary),
        observer: &dyn Observer,
    ) -> Result<Option<Self>, SolveError> {
        let mut names: Vec<&RuleName> = Vec::new();
        let mut groups: Vec<Vec<Constraint>> = Vec::new();
        let rules = dictionary.rules.iter().enumerate().map(|(position, name)| (name, Constraint::Rule(position)));
        let floors = dictionary.floors.iter().enumerate().map(|(position, name)| (name, Constraint::Floor(position)));
        for (name, constraint) in rules.chain(floors) {
            // The kernel's rules of one name follow each other.
            if names.last() != Some(&name) {
                names.push(name);
                groups.push(Vec::new());
            }
            if let Some(group) = groups.last_mut() {
                group.push(constraint);
            }
        }
        let Some(found) = GroupConflict::of(problem, &groups, observer)? else { return Ok(None) };
        let name_of = |group: usize| names.get(group).map(|&name| name.clone());
        let relief_of = |way: &GroupWayOut| {
            let name = name_of(way.group)?;
            let position = groups.get(way.group).and_then(|group| group.first());
            let scale = match position {
                Some(Constraint::Rule(position)) => dictionary.scales.get(*position).copied().unwrap_or(1),
                _ => 1,
            };
            let end = match position {
                Some(Constraint::Rule(position)) => problem.rules().get(*position).and_then(|rule| rule.least),
                Some(Constraint::Floor(position)) => {
                    problem.floors().get(*position).and_then(|floor| i64::try_from(floor.least).ok())
                }
                None => None,
            };
            let has_amount = matches!(name, RuleName::Sum { .. } | RuleName::Floor { .. });
            let is_all = || end.is_some_and(|end| i64::try_from(way.change).is_ok_and(|change| change >= end));
            let drops_end = has_amount && way.end == End::Least && is_all();
            relief(scenario, name, way, scale).map(|relief| Relief { drops_end, ..relief })
        };
        Ok(Some(Self {
            members: found.members.iter().filter_map(|&group| name_of(group)).collect(),
            ways_out: found.ways_out.iter().filter_map(relief_of).collect(),
        }))
    }
}

#[expect(clippy::cast_precision_loss, reason = "changes are below 2^53")]
fn relief(scenario: &Scenario, name: RuleName, way: &GroupWayOut, scale: u32) -> Option<Relief> {
    let sum_of = |rule: usize| scenario.rule.get(rule).map(|rule| &rule.sum);
    let (end, change) = (way.end, way.change as f64 / f64::from(scale));
    let (change, unit) = match &name {
        RuleName::Sites | RuleName::PhaseSites { .. } | RuleName::Type { .. } | RuleName::Spokes { .. } => {
            (change, RuleUnit::Sites)
        }
        RuleName::Budget | RuleName::PhaseBudget { .. } => (change, RuleUnit::Euros),
        RuleName::Sum { rule, .. } | RuleName::Spread { rule } => (change, RuleUnit::of(sum_of(*rule)?)),
        // Whole sites, else whole thousandths, of the part that is asked for.
        RuleName::LeastShare { rule, .. } | RuleName::MostShare { rule, .. } => match sum_of(*rule)? {
            Sum::Sites => (change.ceil(), RuleUnit::Sites),
            sum => ((change * 1_000.0).ceil() / 1_000.0, RuleUnit::of(sum)),
        },
        RuleName::Floor { .. } => (change, RuleUnit::People),
        RuleName::Spacing { .. }
        | RuleName::FromExisting { .. }
        | RuleName::Incompatible { .. }
        | RuleName::OneWay
        | RuleName::Upgrade { .. } => return None,
    };
    // The pairs of a spread have two ends of one meaning.
    let end = if matches!(name, RuleName::Spread { .. }) { End::Most } else { end };
    Some(Relief { name, end, change, unit, drops_end: false })
}
