use crate::{DemandId, Problem, SiteId, SiteRule};

/// A choice of sites under change: what it covers, what each closed site would add and each open one would lose,
/// and the sum of every rule, all updated in place.
///
/// `marginal` of a site is the weight of those of its demands that no *other* open site covers: what opening it adds
/// while it is closed, what closing it loses while it is open. Flipping a site leaves its own marginal as it is and
/// changes those of the sites that share its newly covered or uncovered demands only.
#[derive(Clone, Debug)]
pub(crate) struct Choice<'a> {
    problem: &'a Problem,
    open: Vec<bool>,
    /// Open sites in no particular, but repeatable, order.
    list: Vec<SiteId>,
    /// For each open site its position in `list`.
    place: Vec<u32>,
    cover: Vec<Cover>,
    marginal: Vec<u64>,
    activities: Vec<i64>,
    floor_activities: Vec<u64>,
    /// For each rule the least any site takes of it.
    least_taken: Vec<i64>,
    value: u64,
    work: u64,
}

/// A demand's weight and how often it is covered; while that is once, `owners` is the site that does.
#[derive(Clone, Copy, Debug)]
struct Cover {
    weight: u64,
    count: u32,
    /// Exclusive-or of the open sites that cover the demand.
    owners: u32,
}

impl<'a> Choice<'a> {
    /// Starts with every site closed.
    pub(crate) fn new(problem: &'a Problem) -> Self {
        let coverage = problem.coverage();
        let marginal = (0..coverage.sites())
            .map(|site| {
                let demands = coverage.demands_of(SiteId::at(site));
                demands.iter().map(|demand| problem.weights()[demand.index()]).sum()
            })
            .collect();
        Self {
            problem,
            open: vec![false; coverage.sites()],
            list: Vec::new(),
            place: vec![0; coverage.sites()],
            cover: problem.weights().iter().map(|&weight| Cover { weight, count: 0, owners: 0 }).collect(),
            marginal,
            activities: vec![0; problem.rules().len()],
            floor_activities: vec![0; problem.floors().len()],
            least_taken: problem.rules().iter().map(|rule| least_taken(rule, coverage.sites())).collect(),
            value: 0,
            work: coverage.pairs() as u64,
        }
    }

    pub(crate) fn problem(&self) -> &'a Problem {
        self.problem
    }

    pub(crate) fn is_open(&self, site: SiteId) -> bool {
        self.open[site.index()]
    }

    pub(crate) fn open_sites(&self) -> &[SiteId] {
        &self.list
    }

    pub(crate) fn marginal(&self, site: SiteId) -> u64 {
        self.marginal[site.index()]
    }

    pub(crate) fn marginals(&self) -> &[u64] {
        &self.marginal
    }

    pub(crate) fn value(&self) -> u64 {
        self.value
    }

    /// Returns how many array entries were touched so far: a measure of work that is the same on every machine.
    pub(crate) fn work(&self) -> u64 {
        self.work
    }

    pub(crate) fn add_work(&mut self, entries: usize) {
        self.work += entries as u64;
    }

    /// Returns the only open site that covers the demand and the demand's weight, if exactly one does.
    pub(crate) fn only_owner(&self, demand: DemandId) -> Option<(SiteId, u64)> {
        let cover = self.cover[demand.index()];
        (cover.count == 1).then_some((SiteId(cover.owners), cover.weight))
    }

    /// Opens the site if it is closed, closes it if it is open.
    pub(crate) fn flip(&mut self, site: SiteId) {
        let opening = !self.open[site.index()];
        self.enlist(site, opening);
        let coverage = self.problem.coverage();
        let mut touched = 0;
        for &demand in coverage.demands_of(site) {
            let cover = &mut self.cover[demand.index()];
            let weight = cover.weight;
            cover.owners ^= site.0;
            // Covered by how many others.
            let others = if opening { cover.count } else { cover.count - 1 };
            cover.count = if opening { others + 1 } else { others };
            if others == 0 {
                for &(floor, by) in self.problem.floors_of(demand) {
                    let activity = &mut self.floor_activities[floor as usize];
                    *activity = if opening { *activity + by } else { *activity - by };
                }
                let sites = coverage.sites_of(demand);
                touched += sites.len();
                for other in sites {
                    // The site itself is put right below.
                    let marginal = &mut self.marginal[other.index()];
                    *marginal = if opening { *marginal - weight } else { *marginal + weight };
                }
                let own = &mut self.marginal[site.index()];
                *own = if opening { *own + weight } else { *own - weight };
                self.value = if opening { self.value + weight } else { self.value - weight };
            } else if others == 1 {
                let owner = if opening { cover.owners ^ site.0 } else { cover.owners };
                let marginal = &mut self.marginal[owner as usize];
                *marginal = if opening { *marginal - weight } else { *marginal + weight };
            }
        }
        self.work += (coverage.demands_of(site).len() + touched) as u64;
        for &(rule, coefficient) in self.problem.rules_of(site) {
            self.activities[rule as usize] += if opening { coefficient } else { -coefficient };
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "there are at most u32::MAX sites")]
    fn enlist(&mut self, site: SiteId, opening: bool) {
        self.open[site.index()] = opening;
        if opening {
            self.place[site.index()] = self.list.len() as u32;
            self.list.push(site);
        } else {
            let place = self.place[site.index()] as usize;
            self.list.swap_remove(place);
            if let Some(moved) = self.list.get(place) {
                self.place[moved.index()] = place as u32;
            }
        }
    }

    /// Returns whether no rule is so full that nothing can open.
    pub(crate) fn may_open_any(&self) -> bool {
        self.problem
            .rules()
            .iter()
            .zip(&self.activities)
            .zip(&self.least_taken)
            .all(|((rule, activity), taken)| *taken <= 0 || rule.most.is_none_or(|most| activity + taken <= most))
    }

    /// Returns whether every rule would still hold after opening a closed site.
    pub(crate) fn opening_fits(&self, site: SiteId) -> bool {
        self.change_fits(self.problem.rules_of(site), 1)
    }

    /// Returns whether every rule would still hold after closing an open site.
    pub(crate) fn closing_fits(&self, site: SiteId) -> bool {
        self.change_fits(self.problem.rules_of(site), -1) && self.floors_allow(None, Some(site))
    }

    /// Returns whether no upper end would be passed by opening a closed site.
    pub(crate) fn opening_stays_below(&self, site: SiteId) -> bool {
        self.problem.rules_of(site).iter().all(|&(rule, by)| {
            let most = self.problem.rules()[rule as usize].most;
            by <= 0 || most.is_none_or(|most| self.activities[rule as usize] + by <= most)
        })
    }

    fn change_fits(&self, entries: &[(u32, i64)], sign: i64) -> bool {
        entries
            .iter()
            .all(|&(rule, by)| self.problem.rules()[rule as usize].allows(self.activities[rule as usize] + sign * by))
    }

    /// Returns whether every rule would still hold after closing one site and opening another.
    pub(crate) fn swap_fits(&self, opened: SiteId, closed: SiteId) -> bool {
        self.swap_keeps_rules(opened, closed) && self.floors_allow(Some(opened), Some(closed))
    }

    /// Returns whether no floor that holds would be broken, and none that is broken further.
    fn floors_allow(&self, opened: Option<SiteId>, closed: Option<SiteId>) -> bool {
        self.problem.floors().is_empty()
            || self.floor_changes(opened, closed).iter().zip(self.problem.floors()).zip(&self.floor_activities).all(
                |((&change, floor), &activity)| change >= 0 || activity.saturating_add_signed(change) >= floor.least,
            )
    }

    /// Counts how each floor's sum would change by opening one site and closing another.
    fn floor_changes(&self, opened: Option<SiteId>, closed: Option<SiteId>) -> Vec<i64> {
        let coverage = self.problem.coverage();
        let mut changes = vec![0; self.problem.floors().len()];
        let mut change = |demand: DemandId, sign: i64| {
            for &(floor, by) in self.problem.floors_of(demand) {
                changes[floor as usize] += sign * i64::try_from(by).unwrap_or(i64::MAX);
            }
        };
        let opened_row = opened.map_or(&[][..], |site| coverage.demands_of(site));
        for &demand in opened_row {
            if self.cover[demand.index()].count == 0 {
                change(demand, 1);
            }
        }
        for &demand in closed.map_or(&[][..], |site| coverage.demands_of(site)) {
            if self.cover[demand.index()].count == 1 && opened_row.binary_search(&demand).is_err() {
                change(demand, -1);
            }
        }
        changes
    }

    /// Returns what all floors would lack with one more site open.
    pub(crate) fn shortfall_with(&self, opened: SiteId) -> i64 {
        self.shortfall_after(Some(opened), None)
    }

    fn shortfall_after(&self, opened: Option<SiteId>, closed: Option<SiteId>) -> i64 {
        let changes = self.floor_changes(opened, closed);
        let floors = self.problem.floors().iter().zip(&self.floor_activities).zip(changes);
        let lacking =
            floors.map(|((floor, &now), change)| floor.least.saturating_sub(now.saturating_add_signed(change)));
        lacking.map(|lacking| i64::try_from(lacking).unwrap_or(i64::MAX)).fold(0, i64::saturating_add)
    }

    /// Returns how much a closed site would add to the sum of a floor.
    pub(crate) fn floor_gain(&self, floor: usize, site: SiteId) -> u64 {
        let uncovered = |demand: &&DemandId| self.cover[demand.index()].count == 0;
        let demands = self.problem.coverage().demands_of(site).iter().filter(uncovered);
        demands
            .flat_map(|&demand| self.problem.floors_of(demand))
            .filter(|entry| entry.0 as usize == floor)
            .map(|entry| entry.1)
            .sum()
    }

    /// Returns by how much a floor is broken.
    pub(crate) fn floor_shortfall(&self, floor: usize) -> u64 {
        self.problem.floors()[floor].least.saturating_sub(self.floor_activities[floor])
    }

    fn swap_keeps_rules(&self, opened: SiteId, closed: SiteId) -> bool {
        let gained = self.problem.rules_of(opened);
        let lost = self.problem.rules_of(closed);
        if gained == lost {
            return true;
        }
        let rules = self.problem.rules();
        let (mut g, mut l) = (0, 0);
        loop {
            let next_gained = gained.get(g).map_or(u32::MAX, |entry| entry.0);
            let next_lost = lost.get(l).map_or(u32::MAX, |entry| entry.0);
            let rule = next_gained.min(next_lost);
            if rule == u32::MAX {
                return true;
            }
            let mut activity = self.activities[rule as usize];
            if next_gained == rule {
                activity += gained[g].1;
                g += 1;
            }
            if next_lost == rule {
                activity -= lost[l].1;
                l += 1;
            }
            if !rules[rule as usize].allows(activity) {
                return false;
            }
        }
    }

    /// Returns by how much rules and floors are broken in all, each by its own units.
    pub(crate) fn excess(&self) -> i64 {
        let rules = self.problem.rules().iter().zip(&self.activities);
        let rules: i64 = rules.map(|(rule, &activity)| rule.excess(activity)).sum();
        let floors: u64 = (0..self.floor_activities.len()).map(|floor| self.floor_shortfall(floor)).sum();
        rules + i64::try_from(floors).unwrap_or(i64::MAX)
    }

    /// Returns by how much rules and floors would be broken in all after flipping a site, or one closed and one open.
    pub(crate) fn excess_after(&self, flips: &[SiteId]) -> i64 {
        let rules = self.problem.rules();
        let mut excess = self.excess();
        let entries = |site: SiteId| {
            let sign = if self.is_open(site) { -1 } else { 1 };
            self.problem.rules_of(site).iter().map(move |&(rule, by)| (rule, sign * by))
        };
        for (position, &site) in flips.iter().enumerate() {
            for (rule, _) in entries(site) {
                // A rule that several flips touch is counted at the first of them.
                let names_rule = |flip: &&SiteId| entries(**flip).any(|entry| entry.0 == rule);
                if flips[..position].iter().any(|flip| names_rule(&flip)) {
                    continue;
                }
                let by: i64 = flips
                    .iter()
                    .flat_map(|&flip| entries(flip))
                    .filter(|entry| entry.0 == rule)
                    .map(|entry| entry.1)
                    .sum();
                let now = self.activities[rule as usize];
                excess += rules[rule as usize].excess(now + by) - rules[rule as usize].excess(now);
            }
        }
        if !self.problem.floors().is_empty() {
            let opened = flips.iter().copied().find(|&site| !self.is_open(site));
            let closed = flips.iter().copied().find(|&site| self.is_open(site));
            excess += self.shortfall_after(opened, closed) - self.shortfall_after(None, None);
        }
        excess
    }

    pub(crate) fn activity(&self, rule: usize) -> i64 {
        self.activities[rule]
    }
}

fn least_taken(rule: &SiteRule, sites: usize) -> i64 {
    if rule.coefficients.len() < sites { 0 } else { rule.coefficients.iter().map(|entry| entry.1).min().unwrap_or(0) }
}
