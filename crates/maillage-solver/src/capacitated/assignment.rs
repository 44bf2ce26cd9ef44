use std::collections::VecDeque;

use super::CapacitatedProblem;
use crate::{DemandId, SiteId};

/// Needs assigned to open sites within their capacities: always a maximum flow, kept one while sites open and close.
#[derive(Clone, Debug)]
pub(super) struct Assignment<'a> {
    problem: &'a CapacitatedProblem,
    open: Vec<bool>,
    /// Capacity not used; of closed sites, all of it.
    spare: Vec<u64>,
    /// Need not served, by demand.
    left: Vec<u64>,
    /// For each demand the sites that serve it and how much.
    served_by: Vec<Vec<(SiteId, u64)>>,
    served: u64,
    /// What was shifted since the trial began.
    log: Vec<(DemandId, SiteId, i64)>,
    search: PathSearch,
    work: u64,
}

/// The scratch of a breadth-first search for an augmenting path.
#[derive(Clone, Debug)]
struct PathSearch {
    round: u32,
    /// The round in which a site (demand) was last seen.
    sites: Vec<u32>,
    demands: Vec<u32>,
    /// For a site, the demand and the site before it; for a demand, the site before it.
    site_from: Vec<(DemandId, SiteId)>,
    demand_from: Vec<SiteId>,
    queue: VecDeque<SiteId>,
}

impl<'a> Assignment<'a> {
    /// Starts with every site closed.
    pub(super) fn new(problem: &'a CapacitatedProblem) -> Self {
        let (sites, demands) = (problem.capacities().len(), problem.covering().weights().len());
        Self {
            problem,
            open: vec![false; sites],
            spare: problem.capacities().to_vec(),
            left: problem.covering().weights().to_vec(),
            served_by: vec![Vec::new(); demands],
            served: 0,
            log: Vec::new(),
            search: PathSearch {
                round: 0,
                sites: vec![0; sites],
                demands: vec![0; demands],
                site_from: vec![(DemandId(0), SiteId(0)); sites],
                demand_from: vec![SiteId(0); demands],
                queue: VecDeque::new(),
            },
            work: 0,
        }
    }

    pub(super) fn served(&self) -> u64 {
        self.served
    }

    pub(super) fn is_open(&self, site: SiteId) -> bool {
        self.open[site.index()]
    }

    /// Returns the array entries touched so far.
    pub(super) fn work(&self) -> u64 {
        self.work
    }

    pub(super) fn add_work(&mut self, entries: usize) {
        self.work += entries as u64;
    }

    /// Returns what each site serves.
    pub(super) fn loads(&self) -> Vec<u64> {
        self.problem.capacities().iter().zip(&self.spare).map(|(capacity, spare)| capacity - spare).collect()
    }

    /// Opens a site and lets it serve as much as it adds.
    pub(super) fn open(&mut self, site: SiteId) {
        self.open[site.index()] = true;
        while self.spare[site.index()] > 0 && self.augment_from(site) {}
    }

    /// Closes a site and has the others serve what they can of its load.
    pub(super) fn close(&mut self, site: SiteId) {
        let mut freed = Vec::new();
        for &demand in self.problem.covering().coverage().demands_of(site) {
            let served = self.served_by[demand.index()].iter().find(|entry| entry.0 == site).map_or(0, |entry| entry.1);
            if served > 0 {
                self.give_up(demand, site, served);
                freed.push(demand);
            }
        }
        self.open[site.index()] = false;
        for demand in freed {
            while self.left[demand.index()] > 0 && self.augment_to(demand) {}
        }
    }

    /// Returns how much more is served with a site opened, leaving all as it was.
    pub(super) fn gain_of(&mut self, site: SiteId) -> u64 {
        let before = self.served;
        self.log.clear();
        self.open(site);
        let gain = self.served - before;
        let shifted = std::mem::take(&mut self.log);
        for &(demand, server, by) in shifted.iter().rev() {
            if by > 0 {
                self.give_up(demand, server, by.unsigned_abs());
            } else {
                self.serve(demand, server, by.unsigned_abs());
            }
        }
        self.log.clear();
        self.open[site.index()] = false;
        gain
    }

    /// Returns for each demand whether more capacity for it would let more be served in all.
    pub(super) fn is_hungry(&mut self) -> Vec<bool> {
        let coverage = self.problem.covering().coverage();
        let mut hungry: Vec<bool> = self.left.iter().map(|&left| left > 0).collect();
        let mut stack: Vec<DemandId> = (0..).map(DemandId).zip(&hungry).filter(|e| *e.1).map(|e| e.0).collect();
        let mut seen = vec![false; self.open.len()];
        while let Some(demand) = stack.pop() {
            self.work += coverage.sites_of(demand).len() as u64;
            for &site in coverage.sites_of(demand) {
                if !self.open[site.index()] || std::mem::replace(&mut seen[site.index()], true) {
                    continue;
                }
                self.work += coverage.demands_of(site).len() as u64;
                for &other in coverage.demands_of(site) {
                    let is_served = self.served_by[other.index()].iter().any(|entry| entry.0 == site);
                    if is_served && !std::mem::replace(&mut hungry[other.index()], true) {
                        stack.push(other);
                    }
                }
            }
        }
        hungry
    }

    fn serve(&mut self, demand: DemandId, site: SiteId, by: u64) {
        let servers = &mut self.served_by[demand.index()];
        match servers.iter_mut().find(|entry| entry.0 == site) {
            Some(entry) => entry.1 += by,
            None => servers.push((site, by)),
        }
        self.left[demand.index()] -= by;
        self.spare[site.index()] -= by;
        self.served += by;
        self.log.push((demand, site, signed(by)));
    }

    fn give_up(&mut self, demand: DemandId, site: SiteId, by: u64) {
        let servers = &mut self.served_by[demand.index()];
        if let Some(position) = servers.iter().position(|entry| entry.0 == site) {
            servers[position].1 -= by;
            if servers[position].1 == 0 {
                servers.remove(position);
            }
        }
        self.left[demand.index()] += by;
        self.spare[site.index()] += by;
        self.served -= by;
        self.log.push((demand, site, -signed(by)));
    }

    fn amount(&self, demand: DemandId, site: SiteId) -> u64 {
        self.served_by[demand.index()].iter().find(|entry| entry.0 == site).map_or(0, |entry| entry.1)
    }

    /// Finds a way for a site to serve more: need that is left, or need of others who then serve more elsewhere.
    fn augment_from(&mut self, start: SiteId) -> bool {
        let coverage = self.problem.covering().coverage();
        let search = &mut self.search;
        search.begin();
        search.sites[start.index()] = search.round;
        search.queue.push_back(start);
        let mut found = None;
        'search: while let Some(site) = search.queue.pop_front() {
            for &demand in coverage.demands_of(site) {
                self.work += 1;
                if search.demands[demand.index()] == search.round {
                    continue;
                }
                search.demands[demand.index()] = search.round;
                if self.left[demand.index()] > 0 {
                    found = Some((demand, site));
                    break 'search;
                }
                for &(server, _) in &self.served_by[demand.index()] {
                    if search.sites[server.index()] != search.round {
                        search.sites[server.index()] = search.round;
                        search.site_from[server.index()] = (demand, site);
                        search.queue.push_back(server);
                    }
                }
            }
        }
        let Some((last, server)) = found else { return false };
        let mut by = self.spare[start.index()].min(self.left[last.index()]);
        let mut site = server;
        while site != start {
            let (demand, before) = self.search.site_from[site.index()];
            by = by.min(self.amount(demand, site));
            site = before;
        }
        // From the end of the path: each site takes on new need once it has given up old.
        let (mut site, mut takes) = (server, last);
        while site != start {
            let (demand, before) = self.search.site_from[site.index()];
            self.give_up(demand, site, by);
            self.serve(takes, site, by);
            (site, takes) = (before, demand);
        }
        self.serve(takes, start, by);
        true
    }

    /// Finds a way for more of a demand to be served: by spare capacity, or by a site whose load others take over.
    fn augment_to(&mut self, target: DemandId) -> bool {
        let coverage = self.problem.covering().coverage();
        let mut demands = VecDeque::from([target]);
        self.search.begin();
        let round = self.search.round;
        self.search.demands[target.index()] = round;
        let mut found = None;
        'search: while let Some(demand) = demands.pop_front() {
            for &site in coverage.sites_of(demand) {
                self.work += 1;
                if !self.open[site.index()] || self.search.sites[site.index()] == round {
                    continue;
                }
                self.search.sites[site.index()] = round;
                // The site would take on this demand.
                self.search.site_from[site.index()] = (demand, site);
                if self.spare[site.index()] > 0 {
                    found = Some(site);
                    break 'search;
                }
                for &other in coverage.demands_of(site) {
                    self.work += 1;
                    if self.search.demands[other.index()] != round
                        && self.served_by[other.index()].iter().any(|entry| entry.0 == site)
                    {
                        self.search.demands[other.index()] = round;
                        // This demand would be given up by the site.
                        self.search.demand_from[other.index()] = site;
                        demands.push_back(other);
                    }
                }
            }
        }
        let Some(first) = found else { return false };
        let mut by = self.spare[first.index()].min(self.left[target.index()]);
        let mut demand = self.search.site_from[first.index()].0;
        while demand != target {
            let site = self.search.demand_from[demand.index()];
            by = by.min(self.amount(demand, site));
            demand = self.search.site_from[site.index()].0;
        }
        let (mut takes, mut demand) = (first, self.search.site_from[first.index()].0);
        while demand != target {
            let gives = self.search.demand_from[demand.index()];
            self.give_up(demand, gives, by);
            self.serve(demand, takes, by);
            (takes, demand) = (gives, self.search.site_from[gives.index()].0);
        }
        self.serve(target, takes, by);
        true
    }
}

impl PathSearch {
    fn begin(&mut self) {
        self.queue.clear();
        self.round = self.round.wrapping_add(1);
        if self.round == 0 {
            self.sites.fill(0);
            self.demands.fill(0);
            self.round = 1;
        }
    }
}

/// Needs are below 2⁵³.
fn signed(amount: u64) -> i64 {
    i64::try_from(amount).unwrap_or(i64::MAX)
}
