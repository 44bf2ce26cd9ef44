use std::collections::BTreeMap;

use maillage_core::{Measure, Territory};
use maillage_io::{AnswerGuarantee, ChosenPlan, CurveOver, SweepChoice, SweepPlan, SweepSite, SweptPoint};
use serde_json::{Map, Value};

use super::agreement::AgreedPlan;
use super::{Agreement, Cell, Given, SweptCurve, limits_of};

/// The different plans of a sweep, each measured under the assumptions of every scenario.
pub(crate) struct Measured {
    /// The sites of each plan, by identifier, with their cost.
    pub(crate) plans: Vec<(Vec<String>, u64)>,
    /// For each scenario, the plan that is its best.
    pub(crate) best: Vec<Option<usize>>,
    /// For each scenario and plan, what the plan adds there; nothing where it breaks a rule.
    pub(crate) worth: Vec<Vec<Option<u64>>>,
}

/// What a scenario allows.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Limit {
    pub(crate) sites: Option<u64>,
    pub(crate) euros: Option<u64>,
}

impl Limit {
    /// Returns what a scenario allows.
    pub(crate) fn of(cell: &Cell, curves: &[SweptCurve]) -> Self {
        let Some(curve) = curves.get(cell.curve) else { return Self::default() };
        let end = curve.ends.get(cell.point).copied().unwrap_or_default();
        let (sites, euros) = (curve.file.sites.map(u64::from), curve.file.budget.map(maillage_io::Euros::whole));
        match curve.over {
            CurveOver::Euros => Self { sites, euros: Some(end) },
            _ => Self { sites: Some(end), euros },
        }
    }
}

/// The least share of a plan over scenarios, and the mean one.
#[derive(Clone, Copy)]
struct Shares {
    scenarios: u64,
    worst: f64,
    sum: f64,
}

impl Measured {
    /// Gathers the plans of all scenarios, in the order in which they come first.
    ///
    /// Plans that were found for several scenarios at once come after those, then the given ones.
    pub(crate) fn plans(points: &[&SweptPoint], agreements: &[Agreement], given: &[Given]) -> Self {
        let mut number: BTreeMap<&[String], usize> = BTreeMap::new();
        let mut plans = Vec::new();
        let best = points.iter().map(|point| {
            point.value?;
            Some(*number.entry(&point.sites).or_insert_with(|| {
                plans.push((point.sites.clone(), point.cost));
                plans.len() - 1
            }))
        });
        let best = best.collect();
        let agreed = agreements.iter().flat_map(|one| [&one.in_the_worst, &one.on_average]).flatten();
        let agreed = agreed.map(|agreed| (&agreed.sites, agreed.cost));
        for (sites, cost) in agreed.chain(given.iter().map(|given| (&given.sites, given.cost))) {
            number.entry(sites).or_insert_with(|| {
                plans.push((sites.clone(), cost));
                plans.len() - 1
            });
        }
        Self { plans, best, worth: Vec::new() }
    }

    /// Takes what each plan is worth in each scenario, and gives a scenario the plan of another where that is better;
    /// `people` counts whom sites newly bring into reach in a scenario, by its number.
    pub(crate) fn take(
        &mut self,
        measures: Vec<Vec<Measure>>,
        limits: &[Limit],
        points: &mut [SweptPoint],
        people: &dyn Fn(usize, &[String]) -> u64,
    ) {
        let scenarios = measures.into_iter().zip(limits).zip(&mut self.best).zip(points).enumerate();
        for (scenario, (((measures, limit), best), point)) in scenarios {
            let sites = self.plans.iter().zip(measures);
            let worth: Vec<Option<u64>> = sites
                .map(|((sites, cost), measure)| {
                    let few = limit.sites.is_none_or(|most| sites.len() as u64 <= most);
                    let cheap = limit.euros.is_none_or(|most| *cost <= most);
                    (measure.keeps_rules && few && cheap).then_some(measure.value)
                })
                .collect();
            let larger = (0..).zip(&worth).filter_map(|(plan, value)| Some((plan, (*value)?)));
            // Of equals the first, but never another than the scenario's own.
            if let Some((plan, value)) = larger.max_by_key(|(plan, value)| (*value, std::cmp::Reverse(*plan)))
                && point.value.is_none_or(|own| own < value)
                && let Some((sites, cost)) = self.plans.get(plan)
            {
                *best = Some(plan);
                point.value = Some(value);
                point.newly_reached = people(scenario, sites);
                point.guarantee =
                    if point.bound == Some(value) { AnswerGuarantee::Optimal } else { AnswerGuarantee::Bounded };
                point.sites.clone_from(sites);
                point.cost = *cost;
            }
            self.worth.push(worth);
        }
    }

    /// Tells the plans.
    pub(crate) fn told(&self, points: &[&SweptPoint]) -> Vec<SweepPlan> {
        let told = |(number, (sites, cost)): (usize, &(Vec<String>, u64))| {
            let shares = self.shares(number, 0..points.len(), points);
            SweepPlan {
                plan: number + 1,
                sites: sites.clone(),
                cost: *cost,
                best_in: self.best.iter().filter(|best| **best == Some(number)).count() as u64,
                allowed_in: shares.map_or(0, |shares| shares.scenarios),
                worst: shares.map(|shares| down(shares.worst)),
                mean: shares.map(|shares| down(mean(shares))),
            }
        };
        self.plans.iter().enumerate().map(told).collect()
    }

    /// Tells in how many of the best plans each site stands, the most first.
    pub(crate) fn sites(&self, territory: &Territory) -> Vec<SweepSite> {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        let mut scenarios = 0_u64;
        for (sites, _) in self.best.iter().flatten().filter_map(|plan| self.plans.get(*plan)) {
            scenarios += 1;
            for site in sites {
                *counts.entry(site).or_default() += 1;
            }
        }
        let mut told: Vec<SweepSite> = counts
            .into_iter()
            .filter_map(|(id, count)| {
                let site = territory.sites().get(territory.site_position(id)? as usize)?;
                Some(SweepSite {
                    id: id.to_owned(),
                    name: site.name.clone(),
                    kind: site.kind.clone(),
                    territory: site.territory.clone(),
                    scenarios: count,
                    share: down(ratio(count, scenarios)),
                })
            })
            .collect();
        told.sort_by_key(|site| std::cmp::Reverse(site.scenarios));
        told
    }

    /// Tells for each limit which plans do best in the worst scenario and on average, of those that keep the rules of all
    /// scenarios under it.
    pub(crate) fn choices(&self, cells: &[Cell], points: &[&SweptPoint], agreements: &[Agreement]) -> Vec<SweepChoice> {
        let choice = |limit: &Map<String, Value>| {
            let under: Vec<usize> = (0..cells.len())
                .filter(|&cell| cells.get(cell).is_some_and(|cell| cell.limit == *limit))
                .filter(|&cell| self.best.get(cell).is_some_and(Option::is_some))
                .collect();
            let shares = (0..self.plans.len())
                .filter_map(|plan| Some((plan, self.shares(plan, under.iter().copied(), points)?)))
                .filter(|(_, shares)| shares.scenarios == under.len() as u64);
            let shares: Vec<(usize, Shares)> = shares.collect();
            let agreement = agreements.iter().find(|agreement| agreement.limit == *limit);
            let bound = |agreed: fn(&Agreement) -> &Option<AgreedPlan>| {
                agreement.and_then(|agreement| agreed(agreement).as_ref()).map(|agreed| up(agreed.bound))
            };
            // A scenario that got its plan only from another one may bring more than the mean of those before it; the
            // worst of more scenarios is no better.
            let is_of_all = agreement.is_some_and(|agreement| agreement.scenarios == under.len());
            let best = |figure: &dyn Fn(Shares) -> f64, bound: Option<f64>| {
                let better =
                    |one: &(usize, f64), other: &(usize, f64)| one.1.total_cmp(&other.1).then(other.0.cmp(&one.0));
                let chosen = shares.iter().map(|(plan, shares)| (*plan, figure(*shares))).max_by(better);
                chosen.map(|(plan, share)| ChosenPlan { plan: plan + 1, share: down(share), bound })
            };
            SweepChoice {
                limit: limit.clone(),
                scenarios: under.len() as u64,
                in_the_worst: best(&|shares| shares.worst, bound(|agreement| &agreement.in_the_worst)),
                on_average: best(&mean, bound(|agreement| &agreement.on_average).filter(|_| is_of_all)),
            }
        };
        limits_of(cells).into_iter().map(choice).collect()
    }

    /// Returns for each scenario what each plan loses against its best.
    pub(crate) fn losses(&self, points: &[&SweptPoint]) -> Vec<Vec<Option<u64>>> {
        let of = |(worth, point): (&Vec<Option<u64>>, &&SweptPoint)| {
            worth.iter().map(|value| Some(point.value?.saturating_sub((*value)?))).collect()
        };
        self.worth.iter().zip(points).map(of).collect()
    }

    fn shares(&self, plan: usize, cells: impl Iterator<Item = usize>, points: &[&SweptPoint]) -> Option<Shares> {
        let mut shares = Shares { scenarios: 0, worst: 1.0, sum: 0.0 };
        for cell in cells {
            let (Some(worth), Some(point)) = (self.worth.get(cell), points.get(cell)) else { continue };
            let (Some(value), Some(bound)) = (worth.get(plan).copied().flatten(), point.bound) else { continue };
            let share = if bound == 0 { 1.0 } else { ratio(value, bound) };
            shares.scenarios += 1;
            shares.worst = shares.worst.min(share);
            shares.sum += share;
        }
        (shares.scenarios > 0).then_some(shares)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a mean needs no more than 15 digits")]
fn mean(shares: Shares) -> f64 {
    shares.sum / shares.scenarios.max(1) as f64
}

#[expect(clippy::cast_precision_loss, reason = "a share needs no more than 15 digits")]
fn ratio(part: u64, whole: u64) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// Rounds a share down to a ten-thousandth, but for the noise of fractions.
fn down(share: f64) -> f64 {
    (share * 10_000.0 + 1e-7).floor() / 10_000.0
}

/// Rounds a bound up to a ten-thousandth; no share is above 1.
fn up(bound: f64) -> f64 {
    ((bound * 10_000.0).ceil() / 10_000.0).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_better_plan_of_another_scenario_takes_its_place_with_its_own_figures() {
        let point = |value: u64, newly_reached: u64, site: &str| SweptPoint {
            value: Some(value),
            bound: Some(9_000),
            guarantee: AnswerGuarantee::Bounded,
            under_served: 100,
            reached_before: 0,
            newly_reached,
            cost: 10,
            sites: vec![site.to_owned()],
        };
        // The figure that is maximised is none of people here.
        let mut points = [point(5_000, 50, "a"), point(7_000, 70, "b")];
        let mut measured = Measured::plans(&points.iter().collect::<Vec<_>>(), &[], &[]);
        let worth = |values: [u64; 2]| values.map(|value| Measure { value, keeps_rules: true }).to_vec();
        let limits = [Limit::default(); 2];
        measured.take(vec![worth([5_000, 8_000]), worth([6_000, 7_000])], &limits, &mut points, &|scenario, sites| {
            assert_eq!((scenario, sites), (0, &["b".to_owned()][..]));
            81
        });
        assert_eq!((points[0].value, points[0].newly_reached, &points[0].sites[0]), (Some(8_000), 81, &"b".to_owned()));
        assert_eq!((points[1].value, points[1].newly_reached), (Some(7_000), 70));
        assert_eq!(measured.best, [Some(1), Some(1)]);
    }

    #[test]
    fn a_bound_of_the_mean_speaks_of_the_very_scenarios_it_was_found_for() {
        let point = SweptPoint {
            value: Some(50),
            bound: Some(100),
            guarantee: AnswerGuarantee::Bounded,
            under_served: 100,
            reached_before: 0,
            newly_reached: 50,
            cost: 10,
            sites: vec!["a".to_owned()],
        };
        let points = [&point, &point];
        let measured = Measured { worth: vec![vec![Some(50)]; 2], ..Measured::plans(&points, &[], &[]) };
        let cell = || Cell { assumes: Map::new(), curve: 0, point: 0, limit: Map::new() };
        let agreed = || Some(AgreedPlan { sites: point.sites.clone(), cost: 10, bound: 0.6 });
        for (scenarios, bound) in [(2, Some(0.6)), (1, None)] {
            let limit = Map::new();
            let found = Agreement { limit, scenarios, in_the_worst: agreed(), on_average: agreed() };
            let choices = measured.choices(&[cell(), cell()], &points, &[found]);
            assert_eq!(choices[0].on_average.map(|chosen| (chosen.share, chosen.bound)), Some((0.5, bound)));
            assert_eq!(choices[0].in_the_worst.and_then(|chosen| chosen.bound), Some(0.6));
        }
    }
}
