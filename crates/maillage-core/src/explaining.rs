use std::collections::{BTreeMap, BTreeSet};

use maillage_solver::{
    Guarantee, Observer, Outcome, Problem, Search, Sensitivity, SensitivityError, SiteId, SiteRule, SolveError,
    Variation,
};

use crate::discount::Discounts;
use crate::request::Request;
use crate::{
    Backbone, Bracket, ChosenSite, Dictionary, Estimate, Explanation, ForLess, Outsider, Plan, Scenario, Territory,
};

/// For how many outsiders, beside those named, it is found what they would have to cost.
const DISCOUNTED: usize = 20;

/// What is to be explained.
#[derive(Clone, Debug, PartialEq)]
pub struct Explaining<'a> {
    /// The places.
    pub territory: &'a Territory,
    /// The question.
    pub scenario: &'a Scenario,
    /// What it compiles to.
    pub compiled: (&'a Problem, &'a Dictionary),
    /// The kernel's answer.
    pub outcome: &'a Outcome,
    /// How each further question is decided.
    pub search: Search,
}

impl Explaining<'_> {
    /// Prepares the questions around the kernel's answer: [`Explaining::explain`] and [`Explaining::alternatives`] ask
    /// them.
    ///
    /// # Errors
    /// When an answer fails its recount.
    pub fn sensitivity(&self, observer: &dyn Observer) -> Result<Sensitivity<'_>, SolveError> {
        Sensitivity::of(self.compiled.0, self.outcome, self.search.clone(), observer)
    }

    /// Explains the plan that the kernel's answer reads back as.
    ///
    /// A plan is near the best when it is worth at least `1 − within_best` of this one. `named` outsiders are explained in any
    /// case; beside them the most promising outsider of each commune, at most `outsiders` of them. Sites that the question
    /// requires stand in every plan near the best, and those that it forbids in no plan.
    ///
    /// # Errors
    /// When an answer fails its recount.
    pub fn explain(
        &self,
        sensitivity: &Sensitivity<'_>,
        plan: &Plan,
        within_best: f64,
        (named, outsiders): (&[u32], usize),
        observer: &dyn Observer,
    ) -> Result<Explanation, SensitivityError> {
        let (_, dictionary) = self.compiled;
        let ways = self.ways();
        let new: Vec<u32> = plan.sites.iter().filter(|site| site.is_new).map(|site| site.site).collect();
        let request = Request::of(self.scenario, self.territory).unwrap_or_default();
        let is_forbidden = |site: &u32| request.forbidden.contains(site);
        let estimates = self.estimates(sensitivity, &ways, (&new, &request));
        let named: Vec<u32> = named.iter().copied().filter(|site| !new.contains(site)).collect();
        let best = estimates.iter().map(|estimate| estimate.site).filter(|site| !named.contains(site));
        let outside: Vec<u32> = named.iter().copied().chain(best.take(outsiders)).collect();
        let without = new.iter().map(|site| Variation::closed(ways.get(site).into_iter().flatten().copied()));
        let allowed = outside.iter().filter(|site| !is_forbidden(site));
        let with = allowed.map(|site| opening(ways.get(site).map_or(&[], Vec::as_slice)));
        let asked: Vec<Variation> = without.chain(with).collect();
        let mut answers = sensitivity.solve(&asked, observer)?.into_iter();

        let best = self.outcome.solution.value();
        let near = at_least(within_best, best.saturating_sub(dictionary.covered_before));
        let before: BTreeSet<u32> = new.iter().copied().collect();
        let mut chosen = Vec::with_capacity(new.len());
        for (site, answer) in new.iter().copied().zip(answers.by_ref()) {
            let after = self.sites_of(answer.as_ref(), &before);
            let without = answer.as_ref().map(|answer| self.bracket(answer));
            let is_required = request.required.contains(&site);
            chosen.push(ChosenSite {
                site,
                without,
                opened: after.difference(&before).copied().collect(),
                closed: before.difference(&after).copied().filter(|closed| *closed != site).collect(),
                backbone: if is_required { Backbone::Always } else { Backbone::of(without, near) },
                is_required,
            });
        }
        let answer = |site: u32| (site, if is_forbidden(&site) { None } else { answers.next().flatten() });
        let mut told: Vec<(u32, Option<Outcome>)> = outside.into_iter().map(answer).collect();
        // Those that come nearest first, so that what they would have to cost is found for them.
        told.sort_by_cached_key(|(_, answer)| {
            std::cmp::Reverse(answer.as_ref().and_then(|one| self.bracket(one).value))
        });
        let is_named = |site: &u32| named.contains(site);
        let allowed = || told.iter().filter(|(site, _)| !is_forbidden(site));
        let falls_short = allowed().filter(|(site, answer)| !is_named(site) && !self.is_as_good(answer.as_ref()));
        let nearest: BTreeSet<u32> = falls_short.map(|(site, _)| *site).take(DISCOUNTED).collect();
        let discounted = allowed()
            .filter(|(site, answer)| is_named(site) || nearest.contains(site) || self.is_as_good(answer.as_ref()));
        let discounted: Vec<(u32, Option<&Outcome>)> =
            discounted.map(|(site, answer)| (*site, answer.as_ref())).collect();
        let discounts = Discounts::of(self, &ways, discounted.iter().copied()).found(sensitivity, best, observer)?;
        let for_less: BTreeMap<u32, Option<ForLess>> =
            discounted.into_iter().map(|(site, _)| site).zip(discounts).collect();
        let outsider = |(site, answer): (u32, Option<Outcome>)| {
            let after = self.sites_of(answer.as_ref(), &before);
            Outsider {
                site,
                with: answer.as_ref().map(|answer| self.bracket(answer)),
                closed: before.difference(&after).copied().collect(),
                opened: after.difference(&before).copied().filter(|opened| *opened != site).collect(),
                for_less: for_less.get(&site).copied().flatten(),
                is_forbidden: is_forbidden(&site),
            }
        };
        let outsiders = told.into_iter().map(outsider).collect();
        let interchangeable =
            self.interchangeable(sensitivity, (&ways, &request), (&before, &chosen, near), observer)?;
        Ok(Explanation { near, chosen, outsiders, estimates, interchangeable })
    }

    /// Returns the kernel sites that open each candidate.
    fn ways(&self) -> BTreeMap<u32, Vec<SiteId>> {
        let candidates: BTreeSet<u32> = self.territory.candidates().collect();
        let mut ways: BTreeMap<u32, Vec<SiteId>> = BTreeMap::new();
        for (id, opening) in (0..).map(SiteId).zip(&self.compiled.1.openings) {
            if candidates.contains(&opening.site) {
                ways.entry(opening.site).or_default().push(id);
            }
        }
        ways
    }

    /// Estimates the most promising candidate left out of each commune, by the multipliers of the plan's bound.
    fn estimates(
        &self,
        sensitivity: &Sensitivity,
        ways: &BTreeMap<u32, Vec<SiteId>>,
        (new, request): (&[u32], &Request),
    ) -> Vec<Estimate> {
        let bounds = sensitivity.bounds_with_open();
        let best = self.outcome.solution.value();
        let estimate = |site: u32| {
            let bound = |way: &SiteId| bounds.get(way.index()).copied();
            let most = ways.get(&site)?.iter().filter_map(bound).max()?;
            Some((std::cmp::Reverse(most), Estimate { site, loses_at_least: best.saturating_sub(most) }))
        };
        let left_out = request.may_open(self.territory).into_iter().filter(|site| !new.contains(site));
        let mut promising: Vec<_> = left_out.filter_map(estimate).collect();
        promising.sort_unstable_by_key(|(most, estimate)| (*most, estimate.site));
        let mut hosts = BTreeSet::new();
        let first_of_its_commune =
            |estimate: &Estimate| self.territory.host_of(estimate.site).is_none_or(|host| hosts.insert(host));
        promising.into_iter().map(|(_, estimate)| estimate).filter(first_of_its_commune).collect()
    }

    /// Returns the new sites of an answer, those there were where none was found.
    fn sites_of(&self, answer: Option<&Outcome>, before: &BTreeSet<u32>) -> BTreeSet<u32> {
        let found = answer.filter(|answer| answer.guarantee != Guarantee::None);
        found.map_or_else(|| before.clone(), |answer| self.new_sites(answer))
    }

    /// Returns whether a plan was found that is worth as much as the one that is explained.
    pub(crate) fn is_as_good(&self, found: Option<&Outcome>) -> bool {
        let best = self.outcome.solution.value();
        found.is_some_and(|found| found.guarantee != Guarantee::None && found.solution.value() >= best)
    }

    pub(crate) fn bracket(&self, answer: &Outcome) -> Bracket {
        let before = self.compiled.1.covered_before;
        let found = answer.guarantee != Guarantee::None;
        Bracket {
            value: found.then(|| answer.solution.value().saturating_sub(before)),
            bound: answer.bound.saturating_sub(before),
        }
    }
}

/// Asks for a site to be open, in whichever way.
fn opening(ways: &[SiteId]) -> Variation {
    match ways {
        [way] => Variation::open([*way]),
        _ => Variation::under(SiteRule::at_least(1, ways.iter().map(|&way| (way, 1)))),
    }
}

/// Returns the least whole number that is at least `1 − share` of a value.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "values are below 2^53, and a share is between 0 and 1"
)]
fn at_least(share: f64, value: u64) -> u64 {
    value - ((value as f64 * share.clamp(0.0, 1.0)).floor() as u64).min(value)
}
