use crate::{Floor, Instance, Reason};

/// The present case of a walk: what is decided, and the multipliers that give an upper bound.
pub(crate) struct Case<'a> {
    instance: &'a Instance,
    scale: i128,
    /// Whether each site is open; none where it is free.
    pub(crate) open: Vec<Option<bool>>,
    demand_prices: Vec<i64>,
    rule_prices: Vec<i64>,
    floor_prices: Vec<i64>,
    /// For each site, the rules that count it, ascending, and its coefficients.
    rules_of: Vec<Vec<(u32, i64)>>,
    /// How to take back every change made.
    pub(crate) undo: Vec<Change>,
}

/// A new state of a site, or a new multiplier of a demand, a rule or a floor.
#[derive(Clone, Copy)]
pub(crate) enum Change {
    Site(u32, Option<bool>),
    Demand(u32, i64),
    Rule(u32, i64),
    Floor(u32, i64),
}

pub(crate) type Checked<T = ()> = Result<T, Reason>;

impl<'a> Case<'a> {
    /// Starts with the sites as the instance fixes them and all multipliers 0.
    pub(crate) fn new(instance: &'a Instance, scale: i128) -> Checked<Self> {
        let open = instance.sites.iter().map(|site| site.open).collect();
        let mut rules_of = vec![Vec::new(); instance.sites.len()];
        for (position, rule) in (0..).zip(&instance.rules) {
            for &(site, by) in &rule.coefficients {
                find_mut(&mut rules_of, "site", site)?.push((position, by));
            }
        }
        let (demand_prices, rule_prices) = (vec![0; instance.weights.len()], vec![0; instance.rules.len()]);
        let (floor_prices, undo) = (vec![0; instance.floors.len()], Vec::new());
        Ok(Self { instance, scale, open, demand_prices, rule_prices, floor_prices, rules_of, undo })
    }

    /// Decides a free site, or sets a multiplier within its limits.
    pub(crate) fn make(&mut self, change: Change) -> Checked {
        let back = self.swap(change)?;
        self.undo.push(back);
        match (change, back) {
            (Change::Site(site, _), Change::Site(_, Some(_))) => Err(Reason::Decided(site)),
            (Change::Demand(demand, ..0), _) => Err(Reason::Price("demand", demand)),
            (Change::Floor(floor, ..0), _) => Err(Reason::Price("floor", floor)),
            (Change::Rule(rule, price), _) => {
                let ends = find(&self.instance.rules, "rule", rule)?;
                let within = price == 0 || if price > 0 { ends.most.is_some() } else { ends.least.is_some() };
                if within { Ok(()) } else { Err(Reason::Price("rule", rule)) }
            }
            _ => Ok(()),
        }
    }

    /// Makes a change unchecked, and returns the one that takes it back.
    fn swap(&mut self, change: Change) -> Checked<Change> {
        use std::mem::replace;
        Ok(match change {
            Change::Site(at, new) => Change::Site(at, replace(find_mut(&mut self.open, "site", at)?, new)),
            Change::Demand(at, new) => {
                Change::Demand(at, replace(find_mut(&mut self.demand_prices, "demand", at)?, new))
            }
            Change::Rule(at, new) => Change::Rule(at, replace(find_mut(&mut self.rule_prices, "rule", at)?, new)),
            Change::Floor(at, new) => Change::Floor(at, replace(find_mut(&mut self.floor_prices, "floor", at)?, new)),
        })
    }

    /// Takes back all changes after the first so many.
    pub(crate) fn return_to(&mut self, changes: usize) -> Checked {
        let later = self.undo.split_off(changes.min(self.undo.len()));
        later.into_iter().rev().try_for_each(|change| self.swap(change).map(|_| ()))
    }

    /// Counts the upper bound U (weak duality), and cⱼ of each site that is not closed, × scale:
    ///
    /// ```text
    /// U = Σᵢ max(0, wᵢ + Σ_g ν_g f_gᵢ − λᵢ) − Σ_g ν_g least_g + Σᵣ (μᵣ > 0 ? μᵣ mostᵣ : μᵣ leastᵣ)
    ///   + Σ over free j max(0, cⱼ) + Σ over open j cⱼ,   cⱼ = Σ λᵢ over the demands i that j covers − Σᵣ μᵣ aᵣⱼ
    /// ```
    pub(crate) fn bound(&self) -> Checked<(i128, Vec<i128>)> {
        let mut total = 0;
        let mut worth = Vec::with_capacity(self.instance.weights.len());
        for &weight in &self.instance.weights {
            worth.push(product(weight, self.scale)?);
        }
        for (floor, &price) in self.instance.floors.iter().zip(&self.floor_prices) {
            for &(demand, by) in floor.coefficients.iter().filter(|_| price != 0) {
                let worth = find_mut(&mut worth, "demand", demand)?;
                *worth = sum(*worth, product(price, by.into())?)?;
            }
            total = difference(total, product(price, floor.least.into())?)?;
        }
        for (worth, &price) in worth.into_iter().zip(&self.demand_prices) {
            total = sum(total, difference(worth, price)?.max(0))?;
        }
        for (rule, &price) in self.instance.rules.iter().zip(&self.rule_prices) {
            let end = if price > 0 { rule.most } else { rule.least };
            total = sum(total, product(price, end.unwrap_or(0).into())?)?;
        }
        let mut costs = Vec::with_capacity(self.open.len());
        for ((site, open), rules) in self.instance.sites.iter().zip(&self.open).zip(&self.rules_of) {
            let mut cost = 0;
            if *open != Some(false) {
                for &demand in &site.demands {
                    cost = sum(cost, *find(&self.demand_prices, "demand", demand)?)?;
                }
                for &(rule, by) in rules {
                    cost = difference(cost, product(*find(&self.rule_prices, "rule", rule)?, by.into())?)?;
                }
            }
            total = sum(total, if open.is_some() { cost } else { cost.max(0) })?;
            costs.push(cost);
        }
        Ok((total, costs))
    }

    /// Returns the least and the most that the sum of a rule can still be.
    pub(crate) fn reach(&self, rule: u32) -> Checked<(i128, i128)> {
        let (mut lowest, mut highest) = (0, 0);
        for &(site, by) in &find(&self.instance.rules, "rule", rule)?.coefficients {
            let (low, high) = match find(&self.open, "site", site)? {
                Some(open) => (if *open { by } else { 0 }, if *open { by } else { 0 }),
                None => (by.min(0), by.max(0)),
            };
            (lowest, highest) = (sum(lowest, low)?, sum(highest, high)?);
        }
        Ok((lowest, highest))
    }

    /// Checks that a rule cannot hold whatever the free sites do.
    pub(crate) fn check_impossible(&self, rule: u32) -> Checked {
        let (ends, (lowest, highest)) = (find(&self.instance.rules, "rule", rule)?, self.reach(rule)?);
        let above = ends.most.is_some_and(|most| lowest > most.into());
        let below = ends.least.is_some_and(|least| highest < least.into());
        if above || below { Ok(()) } else { Err(Reason::StillPossible("rule", rule)) }
    }

    /// Checks that a floor cannot hold even with every free site open.
    pub(crate) fn check_impossible_floor(&self, floor: u32) -> Checked {
        let entry = find(&self.instance.floors, "floor", floor)?;
        let below = floor_sum(entry, &self.covered(true)?)? < entry.least.into();
        if below { Ok(()) } else { Err(Reason::StillPossible("floor", floor)) }
    }

    /// Returns which demands are covered by open sites, with the free ones or without.
    pub(crate) fn covered(&self, with_free: bool) -> Checked<Vec<bool>> {
        let mut covered = vec![false; self.instance.weights.len()];
        let open = self.instance.sites.iter().zip(&self.open).filter(|(_, open)| open.unwrap_or(with_free));
        for &demand in open.flat_map(|(site, _)| &site.demands) {
            *find_mut(&mut covered, "demand", demand)? = true;
        }
        Ok(covered)
    }

    /// Closes the first site of each pair, and checks that any plan of this case with it open stays as good, and
    /// keeps the rules, when it is closed and the second is opened, where that is another site and not open already.
    pub(crate) fn close_dominated(&mut self, pairs: &[(u32, u32)]) -> Checked {
        // As sites are closed, what is covered stays so, and what rules can reach only narrows.
        let covered = self.covered(false)?;
        let mut matters: Vec<bool> = self.instance.weights.iter().map(|&weight| weight > 0).collect();
        for floor in &self.instance.floors {
            let short = floor_sum(floor, &covered)? < floor.least.into();
            for &(demand, _) in floor.coefficients.iter().filter(|_| short) {
                *find_mut(&mut matters, "demand", demand)? = true;
            }
        }
        // Whether a plan of this case may fall short of a rule's least, and whether it may pass its most.
        let mut may_break = Vec::with_capacity(self.instance.rules.len());
        for (position, rule) in (0..).zip(&self.instance.rules) {
            let (lowest, highest) = self.reach(position)?;
            let below = rule.least.is_some_and(|least| lowest < least.into());
            may_break.push((below, rule.most.is_some_and(|most| highest > most.into())));
        }
        for &(site, stand_in) in pairs {
            let opens = match find(&self.open, "site", stand_in)? {
                Some(false) => return Err(Reason::Decided(stand_in)),
                Some(true) => false,
                None => site != stand_in,
            };
            self.make(Change::Site(site, Some(false)))?;
            let gained = &find(&self.instance.sites, "site", stand_in)?.demands;
            for &demand in &find(&self.instance.sites, "site", site)?.demands {
                let kept = *find(&covered, "demand", demand)? || (opens && gained.binary_search(&demand).is_ok());
                if !kept && *find(&matters, "demand", demand)? {
                    return Err(Reason::NotDominated(site, "demand", demand));
                }
            }
            let closing = find(&self.rules_of, "site", site)?;
            let opening: &[_] = if opens { find(&self.rules_of, "site", stand_in)? } else { &[] };
            for &(rule, _) in closing.iter().chain(opening) {
                // The sum changes by −old where the plan has the stand-in open anyway, else by new − old.
                let (old, new) = (coefficient(closing, rule), coefficient(opening, rule));
                let (below, above) = *find(&may_break, "rule", rule)?;
                if (below && (old > 0 || new < old)) || (above && (old < 0 || new > old)) {
                    return Err(Reason::NotDominated(site, "rule", rule));
                }
            }
        }
        Ok(())
    }
}

/// Returns the sum of a floor over covered demands.
pub(crate) fn floor_sum(floor: &Floor, covered: &[bool]) -> Checked<i128> {
    floor
        .coefficients
        .iter()
        .try_fold(0, |total, &(demand, by)| sum(total, if *find(covered, "demand", demand)? { by } else { 0 }))
}

fn coefficient(rules: &[(u32, i64)], rule: u32) -> i64 {
    let found = rules.binary_search_by_key(&rule, |entry| entry.0).ok();
    found.and_then(|at| rules.get(at)).map_or(0, |entry| entry.1)
}

pub(crate) fn find<'l, T>(list: &'l [T], what: &'static str, position: u32) -> Checked<&'l T> {
    usize::try_from(position).ok().and_then(|at| list.get(at)).ok_or(Reason::Unknown(what, position))
}

pub(crate) fn find_mut<'l, T>(list: &'l mut [T], what: &'static str, position: u32) -> Checked<&'l mut T> {
    usize::try_from(position).ok().and_then(|at| list.get_mut(at)).ok_or(Reason::Unknown(what, position))
}

pub(crate) fn sum(one: i128, other: impl Into<i128>) -> Checked<i128> {
    one.checked_add(other.into()).ok_or(Reason::TooLarge)
}

pub(crate) fn difference(one: i128, other: impl Into<i128>) -> Checked<i128> {
    one.checked_sub(other.into()).ok_or(Reason::TooLarge)
}

pub(crate) fn product(one: impl Into<i128>, other: i128) -> Checked<i128> {
    one.into().checked_mul(other).ok_or(Reason::TooLarge)
}
