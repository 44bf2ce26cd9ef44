//! A prover without any cleverness: it tries random steps, keeps those that the checker takes, and branches.

use std::fmt::Display;

use maillage_verify::{Instance, verify};

use crate::plain::Problem;
use crate::problems::Random;

pub struct Prover<'a> {
    pub problem: &'a Problem,
    pub instance: &'a Instance,
    pub random: &'a mut Random,
    scale_bits: u32,
    claim: String,
    steps: Vec<String>,
}

impl<'a> Prover<'a> {
    /// Starts with a claim: a plan and a bound, or neither, which says that there is no plan.
    pub fn new(
        problem: &'a Problem,
        instance: &'a Instance,
        random: &'a mut Random,
        claim: Option<(&[u32], u64)>,
    ) -> Self {
        let scale_bits = u32::try_from(random.below(4)).unwrap();
        let claim = match claim {
            None => "infeasible".to_owned(),
            Some((plan, bound)) => {
                let new = plan.iter().filter(|site| problem.sites[**site as usize].open.is_none());
                format!("{}\nvalue {}\nbound {bound}", words("plan", new), problem.value(plan))
            }
        };
        Self { problem, instance, random, scale_bits, claim, steps: Vec::new() }
    }

    /// The certificate as far as it is found.
    pub fn text(&self) -> String {
        let Self { instance, scale_bits, claim, .. } = self;
        let head = format!("maillage-certificate 1\nproblem {}\nscale {scale_bits}\n{claim}\n", instance.hash());
        self.steps.iter().fold(head, |text, step| text + step + "\n")
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
                0 | 1 if self.takes(format!("dominated {site}:{other}")) => open[site as usize] = Some(false),
                2 => {
                    let prices = self.any_prices();
                    assert!(self.takes(prices), "prices within their limits are refused");
                    let state = self.random.one_in(2);
                    if self.takes(format!("fix {}{site}", sign(state))) {
                        open[site as usize] = Some(state);
                    }
                }
                3 if self.takes("leaf".to_owned()) => return true,
                _ => {}
            }
        }
        if !self.problem.rules.is_empty() {
            let rule = self.any(self.problem.rules.len());
            if self.takes(format!("impossible rule {rule}")) {
                return true;
            }
        }
        if !self.problem.floors.is_empty() {
            let floor = self.any(self.problem.floors.len());
            if self.takes(format!("impossible floor {floor}")) {
                return true;
            }
        }
        let free: Vec<u32> = (0..sites).filter(|&site| open[site as usize].is_none()).collect();
        if free.is_empty() {
            let plan: Vec<u32> = (0..sites).filter(|&site| open[site as usize] == Some(true)).collect();
            if let Some(rule) = self.problem.broken_rule(&plan) {
                return self.takes(format!("impossible rule {rule}"));
            }
            if let Some(floor) = self.problem.broken_floor(&plan) {
                return self.takes(format!("impossible floor {floor}"));
            }
            let prices = self.exact_prices(&plan);
            return self.takes(prices) && self.takes("leaf".to_owned());
        }
        let (site, first) = (free[self.random.below(free.len())], self.random.one_in(2));
        assert!(self.takes(format!("branch {}{site}", sign(first))), "a free site cannot be branched on");
        [first, !first].into_iter().all(|state| {
            let mut open = open.clone();
            open[site as usize] = Some(state);
            self.case(open)
        })
    }

    fn any(&mut self, count: usize) -> u32 {
        u32::try_from(self.random.below(count)).unwrap()
    }

    fn any_prices(&mut self) -> String {
        let scale = 1 << self.scale_bits;
        let mut demands = Vec::new();
        for &weight in &self.problem.weights {
            demands.push(self.random.signed(0, i64::try_from(weight).unwrap() * scale));
        }
        let mut rules = Vec::new();
        for rule in &self.problem.rules {
            let (low, high) = (if rule.least.is_some() { -9 } else { 0 }, if rule.most.is_some() { 9 } else { 0 });
            rules.push(self.random.signed(low, high) * scale);
        }
        let floors = self.problem.floors.iter().map(|_| -self.random.signed(0, 6) * scale).collect();
        prices(demands, rules, floors)
    }

    /// What the plan covers is worth its weight as it is, what it does not is priced away: U is the plan's value.
    fn exact_prices(&self, plan: &[u32]) -> String {
        let mut demands = Vec::new();
        for (demand, &weight) in (0..).zip(&self.problem.weights) {
            let whole = i64::try_from(weight << self.scale_bits).unwrap();
            demands.push(if self.problem.covers(plan, demand) { 0 } else { whole });
        }
        prices(demands, vec![0; self.problem.rules.len()], vec![0; self.problem.floors.len()])
    }

    /// Adds a step if the checker takes it: then it finds nothing wrong before the line after it.
    fn takes(&mut self, step: String) -> bool {
        self.steps.push(step);
        let text = self.text();
        let taken = verify(self.instance, &text).map_or_else(|refusal| refusal.line > text.lines().count(), |_| true);
        if !taken {
            self.steps.pop();
        }
        taken
    }
}

fn words(name: &str, list: impl IntoIterator<Item: Display>) -> String {
    list.into_iter().fold(name.to_owned(), |line, word| format!("{line} {word}"))
}

fn prices(demands: Vec<i64>, rules: Vec<i64>, floors: Vec<i64>) -> String {
    let listed = |list: Vec<i64>| (0..).zip(list).map(|(at, price): (u32, i64)| format!("{at}:{price}"));
    words("prices", listed(demands)) + &words(" /", listed(rules)) + &words(" /", listed(floors))
}

fn sign(open: bool) -> char {
    if open { '+' } else { '-' }
}
