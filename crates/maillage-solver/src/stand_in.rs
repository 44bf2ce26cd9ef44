use crate::greedy::all_sites;
use crate::{DemandId, Problem, SiteId, SiteRule};

/// Why a site can be dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StandIn {
    /// It cannot.
    None,
    /// It covers nothing and helps no rule.
    Useless,
    /// This site covers as much and weighs no more on any rule.
    Site(SiteId),
}

/// Finds sites that another one can always stand in for.
///
/// A site is compared with the sites of its rarest demand only: whoever covers all it covers, covers that one too.
pub(crate) fn stand_ins(problem: &Problem) -> Vec<StandIn> {
    let coverage = problem.coverage();
    let mut found = vec![StandIn::None; coverage.sites()];
    for site in all_sites(problem) {
        let row = coverage.demands_of(site);
        let Some(rarest) = row.iter().min_by_key(|demand| coverage.sites_of(**demand).len()) else {
            // A site that covers nothing only ever serves to fill lower ends; it is useless where it cannot.
            let rules = problem.rules_of(site).iter();
            if rules.clone().all(|&(rule, by)| never_helps(&problem.rules()[rule as usize], by)) {
                found[site.index()] = StandIn::Useless;
            }
            continue;
        };
        let stand_in = coverage.sites_of(*rarest).iter().find(|&&other| {
            other != site
                && found[other.index()] == StandIn::None
                && coverage.demands_of(other).len() >= row.len()
                && stands_in(problem, other, site)
                && is_subset(row, coverage.demands_of(other))
                // Twins stand in for each other: the smaller index stays.
                && (other < site || coverage.demands_of(other).len() > row.len() || !stands_in(problem, site, other))
        });
        if let Some(&other) = stand_in {
            found[site.index()] = StandIn::Site(other);
        }
    }
    found
}

/// Returns whether opening a site with this coefficient never helps a rule.
fn never_helps(rule: &SiteRule, by: i64) -> bool {
    (rule.least.is_none() || by <= 0) && (rule.most.is_none() || by >= 0)
}

/// Returns whether, as far as rules go, `other` can replace `site`, and `site` can be closed beside `other`.
fn stands_in(problem: &Problem, other: SiteId, site: SiteId) -> bool {
    let coefficient = |site: SiteId, rule: u32| {
        problem.rules_of(site).iter().find(|entry| entry.0 == rule).map_or(0, |entry| entry.1)
    };
    let fine = |rule: u32| {
        let (new, old) = (coefficient(other, rule), coefficient(site, rule));
        let rule = &problem.rules()[rule as usize];
        (rule.most.is_none() || (new <= old && old >= 0)) && (rule.least.is_none() || (new >= old && old <= 0))
    };
    problem.rules_of(site).iter().chain(problem.rules_of(other)).all(|entry| fine(entry.0))
}

fn is_subset(small: &[DemandId], large: &[DemandId]) -> bool {
    let mut rest = large.iter();
    small.iter().all(|wanted| rest.by_ref().find(|found| *found >= wanted) == Some(wanted))
}
