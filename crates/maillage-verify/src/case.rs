use crate::instance::{Instance, Row, row};
use crate::refusal::{Checked, Reason, check, expected};
use crate::text::{all, pair};

/// What is decided at present, and the multipliers that give an upper bound.
#[derive(Clone)]
pub(crate) struct Case<'a> {
    instance: &'a Instance,
    /// Whether each site is open; none where it is free.
    open: Vec<Option<bool>>,
    /// The instance's rules and those that count sites, their ends as narrow as they are here.
    rules: Vec<Row>,
    /// Multipliers × scale, of demands, rules and floors.
    prices: [(&'static str, Vec<i64>); 3],
    scale: i128,
    /// U × scale below this leaves no room for a better plan.
    limit: i128,
}

impl<'a> Case<'a> {
    /// Starts with the sites as the instance fixes them and all multipliers 0.
    pub(crate) fn new(instance: &'a Instance, scale: i128, limit: i128) -> Self {
        let Instance { weights, fixed, rules, floors, .. } = instance;
        let prices = [("demand", weights.len()), ("rule", rules.len()), ("floor", floors.len())];
        let prices = prices.map(|(kind, count)| (kind, vec![0; count]));
        Self { instance, open: fixed.clone(), rules: rules.clone(), prices, scale, limit }
    }

    /// Decides a free site.
    pub(crate) fn decide(&mut self, site: u32, open: bool) -> Checked {
        let before = find_mut(&mut self.open, "site", site)?.replace(open);
        check(before.is_none(), Reason::Decided(site))
    }

    /// Adds a rule that has no ends as yet.
    pub(crate) fn add_rule(&mut self, words: &[&str]) -> Checked {
        let rule = row(words, "rule", u32::try_from(self.open.len()).unwrap_or(u32::MAX))?;
        check(rule.least.is_none() && rule.most.is_none(), expected("a rule without ends"))?;
        self.rules.push(rule);
        self.prices[1].1.push(0);
        Ok(())
    }

    /// Keeps the sum of a rule to at most this, or above it.
    pub(crate) fn narrow(&mut self, rule: u32, most: i64, above: bool) -> Checked {
        let row = find_mut(&mut self.rules, "rule", rule)?;
        if above {
            row.least = row.least.max(Some(most.checked_add(1).ok_or(Reason::TooLarge)?));
        } else {
            row.most = Some(row.most.map_or(most, |end| end.min(most)));
        }
        Ok(())
    }

    /// Sets multipliers of demands, rules and floors.
    pub(crate) fn set_prices(&mut self, words: &[&str]) -> Checked {
        check(words.iter().filter(|word| **word == "/").count() == 2, expected("demands / rules / floors"))?;
        for ((kind, prices), list) in self.prices.iter_mut().zip(words.split(|word| *word == "/")) {
            for (position, price) in all(list, pair)? {
                *find_mut(prices, kind, position)? = price;
            }
        }
        Ok(())
    }

    /// Counts the upper bound U (weak duality), and cⱼ of each site, × scale:
    ///
    /// ```text
    /// U = Σᵢ max(0, wᵢ − Σ_g ν_g f_gᵢ − λᵢ) + Σ_g ν_g least_g + Σᵣ (μᵣ > 0 ? μᵣ mostᵣ : μᵣ leastᵣ)
    ///   + Σ over free j max(0, cⱼ) + Σ over open j cⱼ,   cⱼ = Σ λᵢ over the demands i that j covers − Σᵣ μᵣ aᵣⱼ
    /// ```
    fn bound(&self) -> Checked<(i128, Vec<i128>)> {
        let Instance { weights, covers, floors, .. } = self.instance;
        let [(_, of_demands), (_, of_rules), (_, of_floors)] = &self.prices;
        let mut worths = Vec::with_capacity(weights.len());
        for ((demand, &weight), &price) in (0..).zip(weights).zip(of_demands) {
            check(price >= 0, Reason::Price("demand", demand))?;
            worths.push(difference(product(weight, self.scale)?, price)?);
        }
        let mut costs = vec![0; covers.len()];
        for ((cost, demands), open) in costs.iter_mut().zip(covers).zip(&self.open) {
            for &demand in demands.iter().filter(|_| *open != Some(false)) {
                *cost = sum(*cost, *find(of_demands, "demand", demand)?)?;
            }
        }
        let mut total = 0;
        for (kind, rows, prices, terms) in
            [("rule", &self.rules, of_rules, &mut costs), ("floor", floors, of_floors, &mut worths)]
        {
            for ((position, row), &price) in (0..).zip(rows).zip(prices).filter(|(_, price)| **price != 0) {
                let end = (if price > 0 { row.most } else { row.least }).ok_or(Reason::Price(kind, position))?;
                total = sum(total, product(price, end.into())?)?;
                for &(at, by) in &row.coefficients {
                    let term = find_mut(terms, kind, at)?;
                    *term = difference(*term, product(price, by.into())?)?;
                }
            }
        }
        for worth in worths {
            total = sum(total, worth.max(0))?;
        }
        for (&cost, open) in costs.iter().zip(&self.open) {
            total = sum(total, open.map_or(cost.max(0), |open| if open { cost } else { 0 }))?;
        }
        Ok((total, costs))
    }

    /// Sets sites whose other state would leave no room for a better plan.
    pub(crate) fn fix(&mut self, sites: &[(u32, bool)]) -> Checked {
        let (total, costs) = self.bound()?;
        for &(site, open) in sites {
            self.decide(site, open)?;
            let cost = *find(&costs, "site", site)?;
            // In the other state it would add 0 or c, instead of max(0, c).
            self.check_room(if open { difference(total, cost.max(0))? } else { sum(total, cost.min(0))? })?;
        }
        Ok(())
    }

    /// Checks that there is no room for a better plan.
    pub(crate) fn check_leaf(&self) -> Checked {
        self.check_room(self.bound()?.0)
    }

    fn check_room(&self, total: i128) -> Checked {
        check(total < self.limit, Reason::Room(total.checked_div_euclid(self.scale).unwrap_or(total)))
    }

    /// Checks that a rule or floor cannot hold whatever the free sites do.
    pub(crate) fn check_impossible(&self, kind: &'static str, position: u32) -> Checked {
        let (_, _, broken) = match kind {
            "rule" => find(&self.rules, kind, position)?.judge(&self.open)?,
            _ => find(&self.instance.floors, kind, position)?.judge(&self.covered()?)?,
        };
        check(broken, Reason::StillPossible(kind, position))
    }

    /// Returns whether each demand is covered by an open site; none where free sites alone cover it.
    fn covered(&self) -> Checked<Vec<Option<bool>>> {
        let mut covered = vec![Some(false); self.instance.weights.len()];
        for state in [None, Some(true)] {
            let sites = self.instance.covers.iter().zip(&self.open).filter(|(_, open)| **open == state);
            for &demand in sites.flat_map(|(demands, _)| demands) {
                *find_mut(&mut covered, "demand", demand)? = state;
            }
        }
        Ok(covered)
    }

    /// Opens these sites and closes the other free ones; counts the weight covered after checking rules and floors.
    pub(crate) fn value_of(mut self, plan: &[u32]) -> Checked<u64> {
        plan.iter().try_for_each(|&site| self.decide(site, true))?;
        self.open.iter_mut().for_each(|open| *open = open.or(Some(false)));
        let Instance { weights, rules, floors, .. } = self.instance;
        let covered = self.covered()?;
        for (kind, rows, states) in [("rule", rules, &self.open), ("floor", floors, &covered)] {
            for (position, row) in (0..).zip(rows) {
                let (_, _, broken) = row.judge(states)?;
                check(!broken, Reason::PlanBreaks(kind, position))?;
            }
        }
        let weights = weights.iter().zip(covered).filter(|(_, covered)| *covered == Some(true));
        weights.map(|(weight, _)| *weight).try_fold(0, u64::checked_add).ok_or(Reason::TooLarge)
    }

    /// Closes the first site of each pair, and checks that any plan of this case with it open stays as good, and
    /// keeps the rules, when it is closed and the second is opened, where that is another site and not open already.
    pub(crate) fn close_dominated(&mut self, pairs: &[(u32, u32)]) -> Checked {
        let Instance { weights, covers, floors, .. } = self.instance;
        // As sites are closed, what is covered stays so, and what rules can reach only narrows.
        let covered = self.covered()?;
        let mut matters: Vec<bool> = weights.iter().map(|&weight| weight > 0).collect();
        for floor in floors {
            let (short, ..) = floor.judge(&covered)?;
            for &(demand, _) in floor.coefficients.iter().filter(|_| short) {
                *find_mut(&mut matters, "demand", demand)? = true;
            }
        }
        let may_break = self.rules.iter().map(|rule| rule.judge(&self.open)).collect::<Checked<Vec<_>>>()?;
        for &(site, stand_in) in pairs {
            let opens = match find(&self.open, "site", stand_in)? {
                Some(false) => return Err(Reason::Decided(stand_in)),
                Some(true) => false,
                None => site != stand_in,
            };
            self.decide(site, false)?;
            let gained = find(covers, "site", stand_in)?;
            for &demand in find(covers, "site", site)? {
                let kept = *find(&covered, "demand", demand)? == Some(true)
                    || (opens && gained.binary_search(&demand).is_ok())
                    || !*find(&matters, "demand", demand)?;
                check(kept, Reason::NotDominated(site, "demand", demand))?;
            }
            for ((rule, row), &(below, above, _)) in (0..).zip(&self.rules).zip(&may_break) {
                // The sum changes by −old where the plan has the stand-in open anyway, else by new − old.
                let (old, new) = (row.coefficient(site), if opens { row.coefficient(stand_in) } else { 0 });
                let breaks = (below && (old > 0 || new < old)) || (above && (old < 0 || new > old));
                check(!breaks, Reason::NotDominated(site, "rule", rule))?;
            }
        }
        Ok(())
    }
}

impl Row {
    fn coefficient(&self, position: u32) -> i64 {
        let found = self.coefficients.binary_search_by_key(&position, |entry| entry.0);
        found.ok().and_then(|at| self.coefficients.get(at)).map_or(0, |entry| entry.1)
    }

    /// Returns whether the sum may still fall short of the least, may still pass the most, and must do either.
    fn judge(&self, states: &[Option<bool>]) -> Checked<(bool, bool, bool)> {
        let (mut lowest, mut highest) = (0, 0);
        for &(at, by) in &self.coefficients {
            let state = *find(states, "term", at)?;
            lowest = sum(lowest, state.map_or(by.min(0), |counts| if counts { by } else { 0 }))?;
            highest = sum(highest, state.map_or(by.max(0), |counts| if counts { by } else { 0 }))?;
        }
        let (least, most) = (self.least.map_or(i128::MIN, i128::from), self.most.map_or(i128::MAX, i128::from));
        Ok((lowest < least, highest > most, highest < least || lowest > most))
    }
}

fn find<'l, T>(list: &'l [T], kind: &'static str, position: u32) -> Checked<&'l T> {
    usize::try_from(position).ok().and_then(|at| list.get(at)).ok_or(Reason::Unknown(kind, position))
}

fn find_mut<'l, T>(list: &'l mut [T], kind: &'static str, position: u32) -> Checked<&'l mut T> {
    usize::try_from(position).ok().and_then(|at| list.get_mut(at)).ok_or(Reason::Unknown(kind, position))
}

fn sum(one: i128, other: impl Into<i128>) -> Checked<i128> {
    one.checked_add(other.into()).ok_or(Reason::TooLarge)
}

fn difference(one: i128, other: impl Into<i128>) -> Checked<i128> {
    one.checked_sub(other.into()).ok_or(Reason::TooLarge)
}

fn product(one: impl Into<i128>, other: i128) -> Checked<i128> {
    one.into().checked_mul(other).ok_or(Reason::TooLarge)
}
