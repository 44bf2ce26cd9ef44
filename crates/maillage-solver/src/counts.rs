use std::collections::BTreeMap;

use crate::reduction::Reduction;
use crate::{SiteId, SiteRule};

/// A rule with more different coefficients than this is grouped by ranges of them.
const MOST_GROUPS: usize = 8;

/// Groups the sites of a reduced problem by their coefficient in each rule that has several.
///
/// How many sites of each group are open is what a budget of few prices turns on: branching on that number closes what
/// branching on sites leaves open, as many sites share a price.
pub(crate) fn groups(reduction: &Reduction) -> Vec<Vec<SiteId>> {
    let mut groups = Vec::new();
    for rule in reduction.problem.rules() {
        let mut by_coefficient: BTreeMap<i64, Vec<SiteId>> = BTreeMap::new();
        for &(site, by) in &rule.coefficients {
            by_coefficient.entry(by).or_default().push(site);
        }
        if by_coefficient.len() < 2 || (rule.least.is_none() && rule.most.is_none()) {
            continue;
        }
        let each = by_coefficient.len().div_ceil(MOST_GROUPS);
        let classes: Vec<Vec<SiteId>> = by_coefficient.into_values().collect();
        groups.push(classes.concat());
        groups.extend(classes.chunks(each).map(<[_]>::concat));
    }
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort_unstable();
    groups.dedup();
    groups.retain(|group| group.len() > 1);
    groups
}

/// Makes the rule that counts how many sites of a group are open, without ends as yet.
pub(crate) fn counting(group: &[SiteId]) -> SiteRule {
    SiteRule { coefficients: group.iter().map(|&site| (site, 1)).collect(), least: None, most: None }
}
