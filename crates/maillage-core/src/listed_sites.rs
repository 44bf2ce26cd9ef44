use std::collections::{BTreeMap, BTreeSet};

use maillage_solver::{
    Fixing, Guarantee, Observer, Problem, ProblemError, Search, SiteId, SiteRule, SolveError, Solver, Unseen,
};

use crate::{Dictionary, Territory};

/// Somebody's own list of candidates, as the kernel's sites.
///
/// Where a candidate may open in several ways, as one of some types or with one of some hubs, the list opens in the
/// best ways that keep the rules; where none keep them all, in those that are worth most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedSites {
    /// One kernel site for each listed candidate that can open, ascending.
    pub sites: Vec<SiteId>,
    /// Listed candidates that can open in no way, having no hub near enough: positions in the territory, ascending.
    pub without_way: Vec<u32>,
}

impl ListedSites {
    /// Looks for the best way of opening a list of candidates (positions in the territory).
    ///
    /// # Errors
    /// When an answer fails its recount.
    pub fn of(
        territory: &Territory,
        (problem, dictionary): (&Problem, &Dictionary),
        listed: &[u32],
        search: &Search,
        observer: &dyn Observer,
    ) -> Result<Self, SolveError> {
        let mut ways: BTreeMap<u32, Vec<SiteId>> = listed.iter().map(|&site| (site, Vec::new())).collect();
        for (id, opening) in (0..).map(SiteId).zip(&dictionary.openings) {
            ways.entry(opening.site).and_modify(|ways| ways.push(id));
        }
        let without_way = ways.iter().filter(|(_, ways)| ways.is_empty()).map(|(site, _)| *site).collect();
        let first: Vec<SiteId> = ways.values().filter_map(|ways| ways.first().copied()).collect();
        let sites = if ways.values().all(|ways| ways.len() < 2) {
            first
        } else {
            let existing = dictionary.existing(territory);
            let search = Search { certificate: false, ..search.clone() };
            let mut chosen = None;
            for keep_rules in [true, false] {
                let Ok(problem) = restricted(problem, &ways, &existing, keep_rules) else { continue };
                match search.solve(&problem, &Unseen(observer)) {
                    Ok(outcome) if outcome.guarantee != Guarantee::None => {
                        chosen = Some(outcome.solution.sites().to_vec());
                        break;
                    }
                    Ok(_) | Err(SolveError::Infeasible { .. }) => {}
                    Err(other) => return Err(other),
                }
            }
            let exists: BTreeSet<SiteId> = existing.into_iter().collect();
            let new = chosen.map(|chosen| chosen.into_iter().filter(|site| !exists.contains(site)).collect());
            new.unwrap_or(first)
        };
        let mut sites = sites;
        sites.sort_unstable();
        Ok(Self { sites, without_way })
    }
}

/// Returns the problem of opening each listed site in one of its ways, and no other.
fn restricted(
    problem: &Problem,
    ways: &BTreeMap<u32, Vec<SiteId>>,
    existing: &[SiteId],
    keep_rules: bool,
) -> Result<Problem, ProblemError> {
    let mut fixings = vec![Fixing::Closed; problem.fixings().len()];
    let mut fix = |site: &SiteId, fixing| fixings.get_mut(site.index()).into_iter().for_each(|it| *it = fixing);
    for site in existing {
        fix(site, Fixing::Open);
    }
    for ways in ways.values() {
        let fixing = if ways.len() == 1 { Fixing::Open } else { Fixing::Free };
        for site in ways {
            fix(site, fixing);
        }
    }
    let mut rules = if keep_rules { problem.rules().to_vec() } else { Vec::new() };
    let several = ways.values().filter(|ways| ways.len() > 1);
    rules.extend(several.map(|ways| SiteRule::equal(1, ways.iter().map(|&site| (site, 1)))));
    let floors = if keep_rules { problem.floors().to_vec() } else { Vec::new() };
    Problem::new(problem.coverage().clone(), problem.weights().to_vec(), rules, fixings)?.with_floors(floors)
}
