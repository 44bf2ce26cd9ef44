use std::collections::{BTreeMap, BTreeSet};

use maillage_solver::{
    Guarantee, Observer, Outcome, Problem, Search, Sensitivity, SensitivityError, SiteId, SiteRule, SolveError,
    Variation,
};

use crate::discount::Discounts;
use crate::request::Request;
use crate::{Dictionary, Plan, Scenario, Territory};

/// For how many outsiders, beside those named, it is found what they would have to cost.
const DISCOUNTED: usize = 20;

/// Why these sites and not others: what the best plan is worth without each chosen site, and with each outsider.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// A plan is near the best when it is worth at least this, in units of the objective.
    pub near: u64,
    /// The plan's new sites, by rank.
    pub chosen: Vec<ChosenSite>,
    /// Candidates that the plan leaves out, those that come nearest first.
    pub outsiders: Vec<Outsider>,
    /// Groups of candidates that reach the same people, one of them chosen at least.
    pub interchangeable: Vec<Interchangeable>,
}

/// Candidates that reach the same people, such as hosts at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interchangeable {
    /// Their positions in the territory, ascending.
    pub sites: Vec<u32>,
    /// Whether one of them at least stands in every plan near the best: then the place is safe though no host of it
    /// need be.
    pub backbone: Backbone,
}

/// The best value there is under one more condition, in units of the objective.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bracket {
    /// A plan of this value is known; none where none was found.
    pub value: Option<u64>,
    /// No plan is worth more.
    pub bound: u64,
}

/// A site of the plan, and the best plan without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChosenSite {
    /// Its position in the territory.
    pub site: u32,
    /// What the best plan without it is worth; none where no plan keeps the rules without it.
    pub without: Option<Bracket>,
    /// New sites that plan opens instead, positions in the territory, ascending.
    pub opened: Vec<u32>,
    /// New sites that plan closes beside it, likewise.
    pub closed: Vec<u32>,
    /// Whether it stands in every plan near the best.
    pub backbone: Backbone,
}

/// Whether a site stands in every plan near the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backbone {
    /// Proved: in all of them.
    Always,
    /// Some plan near the best does without it.
    NotAlways,
    /// Neither is proved.
    Undecided,
}

impl Backbone {
    /// Tells it from the best plan that does without.
    fn of(without: Option<Bracket>, near: u64) -> Self {
        match without {
            None => Self::Always,
            Some(Bracket { bound, .. }) if bound < near => Self::Always,
            Some(Bracket { value: Some(value), .. }) if value >= near => Self::NotAlways,
            Some(_) => Self::Undecided,
        }
    }
}

/// A candidate that the plan leaves out, and the best plan with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outsider {
    /// Its position in the territory.
    pub site: u32,
    /// What the best plan with it is worth; none where no plan keeps the rules with it.
    pub with: Option<Bracket>,
    /// New sites that plan closes, positions in the territory, ascending.
    pub closed: Vec<u32>,
    /// New sites that plan opens beside it, likewise.
    pub opened: Vec<u32>,
    /// What it would have to cost less for a plan with it to be worth as much as the best; absent where there is no
    /// budget, where it would not enter for nothing, and for all but those named and the most promising ones.
    pub for_less: Option<ForLess>,
}

/// How much cheaper a site must be to enter the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForLess {
    /// Whole euros less: with this, a plan with the site is known that is worth as much.
    pub euros: u64,
    /// Whether it is proved that no smaller sum does.
    pub proved: bool,
}

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
    /// case; beside them the most promising outsider of each commune, at most `outsiders` of them.
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
        let outside = self.outsiders(sensitivity, &ways, &new, (named, outsiders));
        let without = new.iter().map(|site| Variation::closed(ways.get(site).into_iter().flatten().copied()));
        let with = outside.iter().map(|site| opening(ways.get(site).map_or(&[], Vec::as_slice)));
        let asked: Vec<Variation> = without.chain(with).collect();
        let mut answers = sensitivity.solve(&asked, observer)?.into_iter();

        let best = self.outcome.solution.value();
        let near = at_least(within_best, best.saturating_sub(dictionary.covered_before));
        let before: BTreeSet<u32> = new.iter().copied().collect();
        let mut chosen = Vec::with_capacity(new.len());
        for (site, answer) in new.iter().copied().zip(answers.by_ref()) {
            let after = self.sites_of(answer.as_ref(), &before);
            let without = answer.as_ref().map(|answer| self.bracket(answer));
            chosen.push(ChosenSite {
                site,
                without,
                opened: after.difference(&before).copied().collect(),
                closed: before.difference(&after).copied().filter(|closed| *closed != site).collect(),
                backbone: Backbone::of(without, near),
            });
        }
        let answers: Vec<Option<Outcome>> = answers.collect();
        let found = outside.iter().copied().zip(answers.iter().map(Option::as_ref)).take(named.len() + DISCOUNTED);
        let discounts = Discounts::of(self, &ways, found).found(sensitivity, best, observer)?;
        let mut outsiders = Vec::with_capacity(outside.len());
        for ((site, answer), for_less) in
            outside.into_iter().zip(answers).zip(discounts.into_iter().chain(std::iter::repeat(None)))
        {
            let after = self.sites_of(answer.as_ref(), &before);
            outsiders.push(Outsider {
                site,
                with: answer.as_ref().map(|answer| self.bracket(answer)),
                closed: before.difference(&after).copied().collect(),
                opened: after.difference(&before).copied().filter(|opened| *opened != site).collect(),
                for_less,
            });
        }
        outsiders.sort_by_key(|outsider| std::cmp::Reverse(outsider.with.and_then(|with| with.value)));
        let interchangeable = self.groups(sensitivity, &ways, (&before, &chosen, near), observer)?;
        Ok(Explanation { near, chosen, outsiders, interchangeable })
    }

    /// Tells of each group of interchangeable candidates whether every plan near the best has one of it.
    ///
    /// Where a member stands in all these plans, so does the group; where the best plan without a chosen member opens no
    /// other one and is near the best, so no member is needed. Only the others are asked about, each group at once.
    fn groups(
        &self,
        sensitivity: &Sensitivity<'_>,
        ways: &BTreeMap<u32, Vec<SiteId>>,
        (before, chosen, near): (&BTreeSet<u32>, &[ChosenSite], u64),
        observer: &dyn Observer,
    ) -> Result<Vec<Interchangeable>, SensitivityError> {
        let groups = self.interchangeable(ways, before);
        let known = |group: &[u32]| {
            let members = || chosen.iter().filter(|site| group.contains(&site.site));
            if members().any(|site| site.backbone == Backbone::Always) {
                return Some(Backbone::Always);
            }
            // The plan without the only member it has, as long as no other member takes its place.
            let has_none = |site: &ChosenSite| {
                members().count() == 1
                    && site.backbone == Backbone::NotAlways
                    && !site.opened.iter().any(|opened| group.contains(opened))
            };
            members().any(has_none).then_some(Backbone::NotAlways)
        };
        let known: Vec<Option<Backbone>> = groups.iter().map(|group| known(group)).collect();
        let open = groups.iter().zip(&known).filter(|(_, known)| known.is_none()).map(|(group, _)| group);
        let closed =
            |group: &Vec<u32>| Variation::closed(group.iter().filter_map(|site| ways.get(site)).flatten().copied());
        let asked: Vec<Variation> = open.map(closed).collect();
        let mut answers = sensitivity.solve(&asked, observer)?.into_iter();
        let backbones = known.into_iter().map(|known| {
            known.unwrap_or_else(|| {
                let without = answers.next().flatten().map(|answer| self.bracket(&answer));
                Backbone::of(without, near)
            })
        });
        let told: Vec<Backbone> = backbones.collect();
        Ok(groups.into_iter().zip(told).map(|(sites, backbone)| Interchangeable { sites, backbone }).collect())
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

    /// Picks the outsiders to explain: those named, then the most promising one of each commune.
    fn outsiders(
        &self,
        sensitivity: &Sensitivity,
        ways: &BTreeMap<u32, Vec<SiteId>>,
        new: &[u32],
        (named, most): (&[u32], usize),
    ) -> Vec<u32> {
        let bounds = sensitivity.bounds_with_open();
        let request = Request::of(self.scenario, self.territory).unwrap_or_default();
        let taken: BTreeSet<u32> = new.iter().chain(named).copied().collect();
        let may_open = request.may_open(self.territory);
        let promise = |site: &u32| {
            let bound = |way: &SiteId| bounds.get(way.index()).copied();
            ways.get(site).into_iter().flatten().filter_map(bound).max()
        };
        let mut promising: Vec<(u64, u32)> = may_open
            .iter()
            .filter(|site| !taken.contains(site))
            .filter_map(|site| Some((promise(site)?, *site)))
            .collect();
        promising.sort_unstable_by_key(|&(bound, site)| (std::cmp::Reverse(bound), site));
        let mut hosts = BTreeSet::new();
        let first_of_its_commune =
            |&(_, site): &(u64, u32)| self.territory.host_of(site).is_none_or(|host| hosts.insert(host));
        let named = named.iter().copied().filter(|site| !new.contains(site));
        let best = promising.into_iter().filter(first_of_its_commune).map(|(_, site)| site);
        named.chain(best.take(most)).collect()
    }

    /// Returns the new sites of an answer, those there were where none was found.
    fn sites_of(&self, answer: Option<&Outcome>, before: &BTreeSet<u32>) -> BTreeSet<u32> {
        let found = answer.filter(|answer| answer.guarantee != Guarantee::None);
        found.map_or_else(|| before.clone(), |answer| self.new_sites(answer))
    }

    fn bracket(&self, answer: &Outcome) -> Bracket {
        let before = self.compiled.1.covered_before;
        let found = answer.guarantee != Guarantee::None;
        Bracket {
            value: found.then(|| answer.solution.value().saturating_sub(before)),
            bound: answer.bound.saturating_sub(before),
        }
    }

    /// Groups candidates that cover the same people, beyond those whom existing sites cover.
    fn interchangeable(&self, ways: &BTreeMap<u32, Vec<SiteId>>, chosen: &BTreeSet<u32>) -> Vec<Vec<u32>> {
        let (problem, dictionary) = self.compiled;
        let already = problem.covered_by(&dictionary.existing(self.territory));
        let counts =
            |index: usize| !already.get(index).copied().unwrap_or(true) && problem.weights().get(index) > Some(&0);
        let mut groups: BTreeMap<Vec<Vec<usize>>, Vec<u32>> = BTreeMap::new();
        for (&site, ways) in ways {
            let row = |way: &SiteId| {
                let covered = problem.coverage().demands_of(*way).iter().map(|demand| demand.index());
                covered.filter(|&index| counts(index)).collect::<Vec<usize>>()
            };
            let rows: Vec<Vec<usize>> = ways.iter().map(row).collect();
            if rows.iter().any(|row| !row.is_empty()) {
                groups.entry(rows).or_default().push(site);
            }
        }
        let mut groups: Vec<Vec<u32>> = groups
            .into_values()
            .filter(|group| group.len() > 1 && group.iter().any(|site| chosen.contains(site)))
            .collect();
        groups.sort_unstable();
        groups
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
