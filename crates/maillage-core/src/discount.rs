use std::collections::BTreeMap;

use maillage_solver::{Observer, Outcome, Problem, Sensitivity, SensitivityError, SiteId, Variation};

use crate::{Explaining, ForLess, RuleName, Sum};

/// Candidates that may enter a plan under a budget if they cost less, each looked for by halving.
///
/// A site that costs less leaves as much more of the budget to plans that open it, and changes no other plan.
pub(crate) struct Discounts {
    each: Vec<Option<Discount>>,
}

/// A candidate and what is known of the sum that it must cost less.
struct Discount {
    way: SiteId,
    rule: usize,
    /// The budget in steps, and one step in euros.
    budget: i64,
    step: i64,
    euros: i64,
    /// No fewer steps are enough than this.
    low: i64,
    /// So many steps are enough; none known where it is above `most`.
    high: i64,
    most: i64,
    /// Whether each answer on the way was proved.
    proved: bool,
}

impl Discounts {
    /// Prepares candidates that open in one way, each with the best plan found with it; nothing where there is no budget.
    pub(crate) fn of<'a>(
        explaining: &Explaining<'_>,
        ways: &BTreeMap<u32, Vec<SiteId>>,
        outsiders: impl Iterator<Item = (u32, Option<&'a Outcome>)>,
    ) -> Self {
        let (problem, dictionary) = explaining.compiled;
        // A rule over costs would be loosened too: what is found under the budget alone proves nothing then.
        let has_cost_rule = explaining.scenario.rule.iter().any(|rule| rule.sum == Sum::Cost);
        let budget = dictionary.position_of(&RuleName::Budget).filter(|_| !has_cost_rule);
        let each = outsiders.map(|(site, found)| {
            let [way] = ways.get(&site)?.as_slice() else { return None };
            let discount = Discount::of(problem, budget?, *way)?;
            if explaining.is_as_good(found) {
                return Some(discount.for_nothing());
            }
            // Where the best plan with it may be worth as much as it is, none of the sums is proved to be needed.
            let falls_short = found.is_none_or(|found| found.bound < explaining.outcome.solution.value());
            Some(Discount { proved: falls_short, ..discount })
        });
        Self { each: each.collect() }
    }

    /// Finds for each the smallest sum with which a plan with it is worth as much as the best.
    pub(crate) fn found(
        mut self,
        sensitivity: &Sensitivity<'_>,
        best: u64,
        observer: &dyn Observer,
    ) -> Result<Vec<Option<ForLess>>, SensitivityError> {
        loop {
            let open: Vec<&mut Discount> =
                self.each.iter_mut().flatten().filter(|discount| discount.low < discount.high).collect();
            if open.is_empty() || observer.should_stop() {
                break;
            }
            let asked: Vec<Variation> = open.iter().map(|discount| discount.question()).collect();
            let answers = sensitivity.reaches(&asked, best, observer)?;
            for (discount, enough) in open.into_iter().zip(answers) {
                discount.learn(enough);
            }
        }
        Ok(self.each.iter().map(|discount| discount.as_ref().and_then(Discount::told)).collect())
    }
}

impl Discount {
    fn of(problem: &Problem, rule: usize, way: SiteId) -> Option<Self> {
        let stated = problem.rules().get(rule)?;
        let budget = stated.most?;
        // What costs nothing has no part in the rule.
        let cost = stated.coefficients.iter().find(|entry| entry.0 == way).map_or(0, |entry| entry.1);
        let step = stated.coefficients.iter().fold(0, |step, entry| common_divisor(step, entry.1)).max(1);
        let steps = budget.div_euclid(step);
        let most = (budget + cost).div_euclid(step) - steps;
        Some(Self { way, rule, budget: steps, step, euros: budget, low: 1, high: most + 1, most, proved: true })
    }

    /// The best plan with it needs no more of the budget.
    const fn for_nothing(self) -> Self {
        Self { low: 0, high: 0, ..self }
    }

    /// Asks about the largest sum first, then halves.
    const fn middle(&self) -> i64 {
        if self.high > self.most { self.most } else { self.low + (self.high - self.low) / 2 }
    }

    fn question(&self) -> Variation {
        let most = (self.budget + self.middle()) * self.step;
        Variation { most: vec![(self.rule, most)], ..Variation::open([self.way]) }
    }

    fn learn(&mut self, enough: Option<bool>) {
        let middle = self.middle();
        self.proved &= enough.is_some();
        match enough {
            Some(true) => self.high = middle,
            // The largest sum is not enough: nothing is.
            _ if middle == self.most => (self.low, self.high) = (self.most + 1, self.most + 1),
            _ => self.low = middle + 1,
        }
    }

    fn told(&self) -> Option<ForLess> {
        if self.low < self.high {
            return None;
        }
        let more = self.high * self.step - (self.euros - self.budget * self.step);
        let euros = (self.high <= self.most).then(|| u64::try_from(more).unwrap_or(0));
        Some(ForLess { euros, proved: self.proved })
    }
}

const fn common_divisor(one: i64, other: i64) -> i64 {
    if other == 0 { one.abs() } else { common_divisor(other, one % other) }
}
