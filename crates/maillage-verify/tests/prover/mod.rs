//! A prover without any cleverness: it tries random steps, keeps those that the checker takes, and branches.

use maillage_verify::{Certificate, Instance, Reason, Step, verify};

use crate::problems::{Problem, Random};

pub struct Prover<'a> {
    pub problem: &'a Problem,
    pub instance: &'a Instance,
    pub random: &'a mut Random,
    pub certificate: Certificate,
}

impl<'a> Prover<'a> {
    /// Starts with a claim: a plan with its value, and a bound.
    pub fn new(problem: &'a Problem, instance: &'a Instance, random: &'a mut Random, plan: &[u32], bound: u64) -> Self {
        let counts = [problem.weights.len(), problem.sites.len(), problem.rules.len(), problem.floors.len()];
        let certificate = Certificate {
            problem: instance.hash(),
            counts: counts.map(|count| u32::try_from(count).unwrap()),
            scale_bits: u32::try_from(random.below(4)).unwrap(),
            value: problem.value(plan),
            bound,
            plan: plan.to_vec(),
            steps: Vec::new(),
        };
        Self { problem, instance, random, certificate }
    }

    /// Returns whether a proof was found: true wherever the claim is, if the checker takes what it should.
    pub fn prove(&mut self) -> bool {
        let open: Vec<Option<bool>> = self.problem.sites.iter().map(|site| site.open).collect();
        self.case(open)
    }

    fn case(&mut self, mut open: Vec<Option<bool>>) -> bool {
        let sites = u32::try_from(open.len()).unwrap();
        for _ in 0..self.random.below(4) {
            let (site, other) = (self.any(open.len()), self.any(open.len()));
            match self.random.below(4) {
                0 | 1 if self.takes(Step::Dominated(vec![(site, other)])) => open[site as usize] = Some(false),
                2 => {
                    let prices = self.any_prices();
                    assert!(self.takes(prices), "prices within their limits are refused");
                    let state = self.random.one_in(2);
                    if self.takes(Step::Fix(vec![(site, state)])) {
                        open[site as usize] = Some(state);
                    }
                }
                3 if self.takes(Step::Leaf) => return true,
                _ => {}
            }
        }
        if !self.problem.rules.is_empty() {
            let rule = self.any(self.problem.rules.len());
            if self.takes(Step::Impossible(rule)) {
                return true;
            }
        }
        if !self.problem.floors.is_empty() {
            let floor = self.any(self.problem.floors.len());
            if self.takes(Step::ImpossibleFloor(floor)) {
                return true;
            }
        }
        let free: Vec<u32> = (0..sites).filter(|&site| open[site as usize].is_none()).collect();
        if free.is_empty() {
            let plan: Vec<u32> = (0..sites).filter(|&site| open[site as usize] == Some(true)).collect();
            if let Some(rule) = self.problem.broken_rule(&plan) {
                return self.takes(Step::Impossible(rule));
            }
            if let Some(floor) = self.problem.broken_floor(&plan) {
                return self.takes(Step::ImpossibleFloor(floor));
            }
            let prices = self.exact_prices(&plan);
            return self.takes(prices) && self.takes(Step::Leaf);
        }
        let (site, first) = (free[self.random.below(free.len())], self.random.one_in(2));
        assert!(self.takes(Step::Branch(site, first)), "a free site cannot be branched on");
        [first, !first].into_iter().all(|state| {
            let mut open = open.clone();
            open[site as usize] = Some(state);
            self.case(open)
        })
    }

    fn any(&mut self, count: usize) -> u32 {
        u32::try_from(self.random.below(count)).unwrap()
    }

    fn any_prices(&mut self) -> Step {
        let scale = 1 << self.certificate.scale_bits;
        let mut demands = Vec::new();
        for (demand, &weight) in (0..).zip(&self.problem.weights) {
            demands.push((demand, self.random.signed(0, i64::try_from(weight).unwrap() * scale)));
        }
        let mut rules = Vec::new();
        for (position, rule) in (0..).zip(&self.problem.rules) {
            let (low, high) = (if rule.least.is_some() { -9 } else { 0 }, if rule.most.is_some() { 9 } else { 0 });
            rules.push((position, self.random.signed(low, high) * scale));
        }
        let floors =
            (0..).take(self.problem.floors.len()).map(|floor| (floor, self.random.signed(0, 6) * scale)).collect();
        Step::Prices { demands, rules, floors }
    }

    /// What the plan covers is worth its weight as it is, what it does not is priced away: U is the plan's value.
    fn exact_prices(&self, plan: &[u32]) -> Step {
        let covered = |demand| self.problem.covers(plan, demand);
        let mut demands = Vec::new();
        for (demand, &weight) in (0..).zip(&self.problem.weights) {
            let whole = i64::try_from(weight << self.certificate.scale_bits).unwrap();
            demands.push((demand, if covered(demand) { 0 } else { whole }));
        }
        let rules = (0..).take(self.problem.rules.len()).map(|rule| (rule, 0)).collect();
        let floors = (0..).take(self.problem.floors.len()).map(|floor| (floor, 0)).collect();
        Step::Prices { demands, rules, floors }
    }

    /// Adds a step if the checker takes it.
    fn takes(&mut self, step: Step) -> bool {
        self.certificate.steps.push(step);
        let taken = match verify(self.instance, &self.certificate) {
            Ok(_) => true,
            Err(refusal) => matches!(refusal.reason, Reason::Unfinished(_)),
        };
        if !taken {
            self.certificate.steps.pop();
        }
        taken
    }
}
