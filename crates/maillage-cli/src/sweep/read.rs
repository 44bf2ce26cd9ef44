use std::collections::BTreeMap;

use maillage_core::{Curve, Reach, Reached, RuleName, Scenario, ScenarioError, TravelTime, Yardstick};
use maillage_io::{AnswerGuarantee, CurveOver, SweptPoint};
use maillage_solver::Frontier;
use rayon::prelude::*;
use serde_json::json;

use super::{Cell, Cells, Done, Loss, SweptCurve};
use crate::ask;
use crate::command::plan::search;
use crate::console::Console;
use crate::failure::Failure;
use crate::inputs::{self, Inputs};
use crate::watch::Watch;

/// What was read for the curves, and the times made of it.
pub(crate) struct Read {
    pub(crate) inputs: Vec<Inputs>,
    /// Which inputs and which times a curve takes, by what it reads, how people travel, and what is lost.
    of: BTreeMap<(String, String, Loss), (usize, usize)>,
    reaches: Vec<Reach>,
}

impl Read {
    /// Reads what the curves need, each file once.
    pub(crate) fn all(curves: &[SweptCurve], console: &Console) -> Result<Self, Failure> {
        let mut longest: BTreeMap<(String, String), TravelTime> = BTreeMap::new();
        for curve in curves {
            let time = curve.file.scenario()?.longest();
            let longest = longest.entry((curve.read.clone(), curve.travel.clone())).or_insert(time);
            *longest = (*longest).max(time);
        }
        let mut made = Self { inputs: Vec::new(), of: BTreeMap::new(), reaches: Vec::new() };
        let mut inputs_of: BTreeMap<String, usize> = BTreeMap::new();
        for curve in curves {
            let key = (curve.read.clone(), curve.travel.clone(), Loss::default());
            if made.of.contains_key(&key) {
                continue;
            }
            let known = inputs_of.get(&curve.read).copied();
            let inputs = if let Some(known) = known {
                if let Some(inputs) = made.inputs.get_mut(known) {
                    inputs.travel_by(&curve.file, console)?;
                }
                known
            } else {
                made.inputs.push(inputs::read(&curve.file, true, console)?);
                inputs_of.insert(curve.read.clone(), made.inputs.len() - 1);
                made.inputs.len() - 1
            };
            let limit = longest.get(&(key.0.clone(), key.1.clone())).copied().unwrap_or(TravelTime::from_minutes(0));
            let scenario = curve.file.scenario()?;
            if let Some(read) = made.inputs.get_mut(inputs) {
                made.reaches.push(read.reach(&scenario, limit, console)?);
            }
            made.of.insert(key, (inputs, made.reaches.len() - 1));
        }
        for curve in curves {
            made.lose(curve)?;
        }
        Ok(made)
    }

    /// Makes the times of a curve whose sites are lost in part.
    fn lose(&mut self, curve: &SweptCurve) -> Result<(), Failure> {
        let key = |lost: &Loss| (curve.read.clone(), curve.travel.clone(), lost.clone());
        if self.of.contains_key(&key(&curve.lost)) {
            return Ok(());
        }
        let Some(&(inputs, whole)) = self.of.get(&key(&Loss::default())) else { return Ok(()) };
        let (Some(read), Some(reach)) = (self.inputs.get(inputs), self.reaches.get(whole)) else { return Ok(()) };
        let left = reach.without(&curve.lost.sites(&read.territory)?);
        self.reaches.push(left);
        self.of.insert(key(&curve.lost), (inputs, self.reaches.len() - 1));
        Ok(())
    }

    /// Returns what a curve is made of.
    pub(crate) fn inputs_of(&self, curve: &SweptCurve) -> Option<(&Inputs, &Reach)> {
        let (inputs, reach) = self.of.get(&(curve.read.clone(), curve.travel.clone(), curve.lost.clone()))?;
        Some((self.inputs.get(*inputs)?, self.reaches.get(*reach)?))
    }

    /// Solves a curve, or takes it from those that are done.
    pub(crate) fn solve(&self, curve: &SweptCurve, done: &Done, watch: &Watch) -> Result<Vec<SweptPoint>, Failure> {
        inputs::stop_if_asked()?;
        let Some((inputs, reach)) = self.inputs_of(curve) else { return Ok(Vec::new()) };
        let scenario = curve.file.scenario()?;
        let asked = json!({
            "program": env!("CARGO_PKG_VERSION"),
            "inputs": inputs.files,
            "request": curve.file.request(&scenario),
            "ends": curve.ends,
            "lost": curve.lost.0,
        });
        if let Some(points) = done.find(&asked) {
            return Ok(points);
        }
        let (problem, dictionary) = match scenario.compile(&inputs.territory, reach) {
            Ok(compiled) => compiled,
            Err(error) if error.leaves_no_plan() || error.leaves_no_choice() => {
                return Ok(Self::without_choice(curve, (inputs, reach), &scenario, &error));
            }
            Err(error) => return Err(ask::in_communes(error, &curve.file)),
        };
        let name = if curve.over == CurveOver::Sites { RuleName::Sites } else { RuleName::Budget };
        let rule = dictionary.position_of(&name).unwrap_or_default();
        let ends: Vec<i64> = curve.ends.iter().filter_map(|end| i64::try_from(*end).ok()).collect();
        let solved = Frontier { search: search(&scenario) }.solve(&problem, rule, &ends, watch)?;
        // What a signal broke off is no answer to keep.
        inputs::stop_if_asked()?;
        let read_back = Curve::read_back(&inputs.territory, reach, &scenario, &dictionary, &solved);
        let points = SweptPoint::of(&read_back, &inputs.territory);
        done.keep(&asked, &points)?;
        Ok(points)
    }
}

impl Read {
    /// Tells the points of a curve on which no plan can be chosen: there is none, or the one that opens nothing is the best;
    /// where something is demanded of the plan, that none is better is all that is known.
    fn without_choice(
        curve: &SweptCurve,
        (inputs, reach): (&Inputs, &Reach),
        scenario: &Scenario,
        error: &ScenarioError,
    ) -> Vec<SweptPoint> {
        let communes = Reached::all(&inputs.territory, reach, scenario, &[]);
        let people = |is: &dyn Fn(Reached) -> bool| {
            communes.iter().filter(|(_, reached)| is(*reached)).map(|(people, _)| people).sum()
        };
        let bound = (!error.leaves_no_plan()).then_some(0);
        let nothing = bound.filter(|_| !demands(scenario));
        let point = SweptPoint {
            value: nothing,
            bound,
            guarantee: if nothing.is_some() { AnswerGuarantee::Optimal } else { AnswerGuarantee::None },
            under_served: people(&|_| true),
            reached_before: people(&|reached| reached == Reached::Already),
            newly_reached: 0,
            cost: 0,
            sites: Vec::new(),
        };
        vec![point; curve.ends.len()]
    }

    /// Compiles the assumptions of a curve to measure plans by; the reason where no plan can be chosen under them.
    pub(crate) fn yardstick(&self, curve: &SweptCurve) -> Result<Option<Result<Yardstick, ScenarioError>>, Failure> {
        inputs::stop_if_asked()?;
        let Some((inputs, reach)) = self.inputs_of(curve) else { return Ok(None) };
        match Yardstick::of(&curve.file.scenario()?, &inputs.territory, reach) {
            Err(error) if !error.leaves_no_plan() && !error.leaves_no_choice() => Err(error.into()),
            known => Ok(Some(known)),
        }
    }

    /// Counts for each commune the scenarios in which it is in reach under the plan found, and those in which it has
    /// under-served people; the places of the first scenario stand for those of all.
    pub(crate) fn reached(&self, cells: &Cells, points: &[&SweptPoint]) -> Vec<(u64, u64)> {
        let communes = self.inputs.first().map_or(0, |first| first.territory.communes().len());
        let of_cell = |(cell, point): (&Cell, &&SweptPoint)| {
            let curve = cells.curves.get(cell.curve)?;
            let (inputs, reach) = self.inputs_of(curve)?;
            let scenario = curve.file.scenario().ok()?;
            point.value?;
            let sites: Vec<u32> = point.sites.iter().filter_map(|id| inputs.territory.site_position(id)).collect();
            let communes = Reached::all(&inputs.territory, reach, &scenario, &sites);
            let count = |(people, reached): &(u64, Reached)| {
                (u64::from(*people > 0 && *reached != Reached::No), u64::from(*people > 0))
            };
            Some(communes.iter().map(count).collect::<Vec<_>>())
        };
        let none = || vec![(0, 0); communes];
        let add = |mut counts: Vec<(u64, u64)>, others: &[(u64, u64)]| {
            for (count, other) in counts.iter_mut().zip(others) {
                *count = (count.0 + other.0, count.1 + other.1);
            }
            counts
        };
        // Sums of whole numbers are the same in any order.
        let cells = cells.cells.par_iter().zip(points).filter_map(of_cell).filter(|flags| flags.len() == communes);
        cells.fold(none, |counts, one| add(counts, &one)).reduce(none, |counts, others| add(counts, &others))
    }
}

/// Returns whether a scenario demands something of its plan beside a limit, which the plan that opens nothing may not keep.
pub(crate) fn demands(scenario: &Scenario) -> bool {
    let has_rules = !scenario.require.is_empty() || !scenario.rule.is_empty() || !scenario.floor.is_empty();
    has_rules || !scenario.spacing.is_empty() || !scenario.incompatible.is_empty()
}
