use std::collections::{BTreeMap, BTreeSet};

use maillage_solver::{Observer, Sensitivity, SensitivityError, SiteId, Variation};

use crate::request::Request;
use crate::{Backbone, ChosenSite, Explaining};

/// Candidates that reach the same people, such as hosts at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interchangeable {
    /// Their positions in the territory, ascending.
    pub sites: Vec<u32>,
    /// Whether one of them at least stands in every plan near the best: then the place is safe though no host of it
    /// need be.
    pub backbone: Backbone,
}

impl Explaining<'_> {
    /// Tells of each group of interchangeable candidates whether every plan near the best has one of it.
    ///
    /// Where a member stands in all these plans, so does the group; where the best plan without a chosen member opens no
    /// other one and is near the best, so no member is needed. Only the others are asked about, each group at once.
    pub(crate) fn interchangeable(
        &self,
        sensitivity: &Sensitivity<'_>,
        (ways, request): (&BTreeMap<u32, Vec<SiteId>>, &Request),
        (before, chosen, near): (&BTreeSet<u32>, &[ChosenSite], u64),
        observer: &dyn Observer,
    ) -> Result<Vec<Interchangeable>, SensitivityError> {
        let groups = self.alike((ways, request), before);
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

    /// Groups candidates that may open and cover the same people, beyond those whom existing sites cover.
    fn alike(&self, (ways, request): (&BTreeMap<u32, Vec<SiteId>>, &Request), chosen: &BTreeSet<u32>) -> Vec<Vec<u32>> {
        let (problem, dictionary) = self.compiled;
        let already = problem.covered_by(&dictionary.existing(self.territory));
        let counts =
            |index: usize| !already.get(index).copied().unwrap_or(true) && problem.weights().get(index) > Some(&0);
        let mut groups: BTreeMap<Vec<Vec<usize>>, Vec<u32>> = BTreeMap::new();
        for (&site, ways) in ways.iter().filter(|(site, _)| !request.forbidden.contains(site)) {
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
