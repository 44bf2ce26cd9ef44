use crate::{Instance, Reason, SiteState};

/// The present case of a walk: what is decided, the multipliers, and the upper bound they give (weak duality):
///
/// U = Σᵢ (wᵢ − λᵢ) + Σ over free j max(0, cⱼ) + Σ over open j cⱼ + Σᵣ (μᵣ > 0 ? μᵣ mostᵣ : μᵣ leastᵣ),
/// where cⱼ = Σ λᵢ over the demands i that j covers − Σᵣ μᵣ aᵣⱼ, everything × scale.
///
/// Every change is written down, so that it can be taken back.
pub(crate) struct Relaxation<'a> {
    instance: Instance<'a>,
    scale: i128,
    sites: Vec<Site>,
    demands: Vec<Demand>,
    rules: Vec<RuleNow>,
    /// U × scale.
    total: i128,
    changes: Vec<Change>,
}

#[derive(Clone, Default)]
struct Site {
    state: SiteState,
    /// cⱼ × scale.
    reduced_cost: i128,
    /// The rules that count this site, and their coefficients.
    rules: Vec<(usize, i128)>,
}

#[derive(Clone, Default)]
struct Demand {
    price: i64,
    /// How many sites that are open in this case cover it.
    covered: u32,
    /// The sites that cover it.
    sites: Vec<u32>,
}

#[derive(Clone, Default)]
struct RuleNow {
    price: i64,
    /// The least and the most that the sum can still be.
    lowest: i128,
    highest: i128,
}

/// What a change was from.
enum Change {
    Site(u32, SiteState),
    Demand(u32, i64),
    Rule(u32, i64),
}

type Checked<T = ()> = Result<T, Reason>;

impl<'a> Relaxation<'a> {
    /// Starts with everything free and all multipliers 0.
    pub(crate) fn new(instance: Instance<'a>, scale_bits: u32) -> Checked<Self> {
        let mut sites = vec![Site::default(); instance.states().len()];
        let mut demands = vec![Demand::default(); instance.weights().len()];
        let mut rules = vec![RuleNow::default(); instance.rules().len()];
        for (site, position) in (0..).zip(0..sites.len()) {
            for &demand in instance.row(position).unwrap_or_default() {
                find_mut(&mut demands, demand).ok_or(Reason::UnknownDemand(demand))?.sites.push(site);
            }
        }
        for (position, (rule, now)) in instance.rules().iter().zip(&mut rules).enumerate() {
            for &(site, by) in &rule.coefficients {
                let by = i128::from(by);
                find_mut(&mut sites, site).ok_or(Reason::UnknownSite(site))?.rules.push((position, by));
                now.lowest = plus(now.lowest, by.min(0))?;
                now.highest = plus(now.highest, by.max(0))?;
            }
        }
        let scale = 1_i128.checked_shl(scale_bits).ok_or(Reason::Overflow)?;
        let weight = instance.weights().iter().try_fold(0, |sum, &weight| plus(sum, weight.into()))?;
        Ok(Self { instance, scale, sites, demands, rules, total: times(weight, scale)?, changes: Vec::new() })
    }

    /// Returns the present U × scale.
    pub(crate) fn total(&self) -> i128 {
        self.total
    }

    /// Returns what U × scale would be with a free site in a state.
    pub(crate) fn total_with(&self, site: u32, state: SiteState) -> Checked<i128> {
        let entry = self.free_site(site)?;
        plus(minus(self.total, entry.term(entry.state))?, entry.term(state))
    }

    /// Returns the scale that everything is multiplied by.
    pub(crate) fn scale(&self) -> i128 {
        self.scale
    }

    /// Returns a number × scale as a whole number, rounded down.
    pub(crate) fn whole(&self, scaled: i128) -> i128 {
        scaled.checked_div_euclid(self.scale).unwrap_or(scaled)
    }

    /// Returns how many changes there were.
    pub(crate) fn mark(&self) -> usize {
        self.changes.len()
    }

    /// Takes back all changes since a mark.
    pub(crate) fn return_to(&mut self, mark: usize) -> Checked {
        while self.changes.len() > mark {
            match self.changes.pop() {
                Some(Change::Site(site, state)) => self.put_site(site, state)?,
                Some(Change::Demand(demand, price)) => self.put_demand_price(demand, price)?,
                Some(Change::Rule(rule, price)) => self.put_rule_price(rule, price)?,
                None => {}
            }
        }
        Ok(())
    }

    /// Decides a free site.
    pub(crate) fn decide(&mut self, site: u32, state: SiteState) -> Checked {
        let before = self.free_site(site)?.state;
        self.changes.push(Change::Site(site, before));
        self.put_site(site, state)
    }

    /// Changes λ of a demand.
    pub(crate) fn set_demand_price(&mut self, demand: u32, price: i64) -> Checked {
        let before = find(&self.demands, demand).ok_or(Reason::UnknownDemand(demand))?.price;
        let weight = find(self.instance.weights(), demand).ok_or(Reason::UnknownDemand(demand))?;
        if !(0..=times(i128::from(*weight), self.scale)?).contains(&i128::from(price)) {
            return Err(Reason::DemandPrice { demand, price });
        }
        self.changes.push(Change::Demand(demand, before));
        self.put_demand_price(demand, price)
    }

    /// Changes μ of a rule.
    pub(crate) fn set_rule_price(&mut self, rule: u32, price: i64) -> Checked {
        let before = find(&self.rules, rule).ok_or(Reason::UnknownRule(rule))?.price;
        self.changes.push(Change::Rule(rule, before));
        self.put_rule_price(rule, price)
    }

    /// Checks that a rule cannot hold whatever the free sites do.
    pub(crate) fn check_impossible(&self, rule: u32) -> Checked {
        let now = find(&self.rules, rule).ok_or(Reason::UnknownRule(rule))?;
        let ends = find(self.instance.rules(), rule).ok_or(Reason::UnknownRule(rule))?;
        let above = ends.most.is_some_and(|most| now.lowest > most.into());
        let below = ends.least.is_some_and(|least| now.highest < least.into());
        if above || below { Ok(()) } else { Err(Reason::StillPossible(rule)) }
    }

    /// Checks that any plan of this case with `site` open stays as good, and keeps the rules, when `site` is closed
    /// and `stand_in` is opened, where it is another site and not open already.
    pub(crate) fn check_dominated(&self, site: u32, stand_in: u32) -> Checked {
        let closing = self.free_site(site)?;
        let other = find(&self.sites, stand_in).ok_or(Reason::UnknownSite(stand_in))?;
        if other.state == SiteState::Closed {
            return Err(Reason::StandInClosed(stand_in));
        }
        let alone = site == stand_in || other.state == SiteState::Open;
        let covered = if alone { &[] } else { self.row(stand_in)? };
        for &demand in self.row(site)? {
            let open = find(&self.demands, demand).is_some_and(|entry| entry.covered > 0);
            let weightless = find(self.instance.weights(), demand) == Some(&0);
            if !open && !weightless && covered.binary_search(&demand).is_err() {
                return Err(Reason::StandInMisses { site, demand });
            }
        }
        let others: &[(usize, i128)] = if alone { &[] } else { &other.rules };
        for &(rule, _) in closing.rules.iter().chain(others) {
            let (Some(ends), Some(now)) = (self.instance.rules().get(rule), self.rules.get(rule)) else { continue };
            // The sum changes by −old where the plan has the stand-in open anyway, else by new − old.
            let (old, new) = (coefficient(&closing.rules, rule), coefficient(others, rule));
            let rises = old < 0 || new > old;
            let falls = old > 0 || new < old;
            // An end that can no longer be passed does not matter.
            let may_pass = ends.most.is_some_and(|most| now.highest > most.into());
            let may_miss = ends.least.is_some_and(|least| now.lowest < least.into());
            if (rises && may_pass) || (falls && may_miss) {
                return Err(Reason::StandInBreaks { site, rule: u32::try_from(rule).unwrap_or(u32::MAX) });
            }
        }
        Ok(())
    }

    fn row(&self, site: u32) -> Checked<&'a [u32]> {
        let row = usize::try_from(site).ok().and_then(|site| self.instance.row(site));
        row.ok_or(Reason::UnknownSite(site))
    }

    fn free_site(&self, site: u32) -> Checked<&Site> {
        let entry = find(&self.sites, site).ok_or(Reason::UnknownSite(site))?;
        if entry.state == SiteState::Free { Ok(entry) } else { Err(Reason::Decided(site)) }
    }

    fn put_site(&mut self, site: u32, state: SiteState) -> Checked {
        let entry = find_mut(&mut self.sites, site).ok_or(Reason::UnknownSite(site))?;
        let before = std::mem::replace(&mut entry.state, state);
        self.total = plus(minus(self.total, entry.term(before))?, entry.term(state))?;
        for &(rule, by) in &entry.rules {
            if let Some(now) = self.rules.get_mut(rule) {
                let ((low, high), (new_low, new_high)) = (reach(before, by), reach(state, by));
                now.lowest = plus(minus(now.lowest, low)?, new_low)?;
                now.highest = plus(minus(now.highest, high)?, new_high)?;
            }
        }
        let by = i64::from(state == SiteState::Open).checked_sub(i64::from(before == SiteState::Open));
        for &demand in self.row(site)? {
            if let (Some(entry), Some(by)) = (find_mut(&mut self.demands, demand), by) {
                entry.covered = i64::from(entry.covered)
                    .checked_add(by)
                    .and_then(|covered| u32::try_from(covered).ok())
                    .ok_or(Reason::Overflow)?;
            }
        }
        Ok(())
    }

    fn put_demand_price(&mut self, demand: u32, price: i64) -> Checked {
        let entry = find_mut(&mut self.demands, demand).ok_or(Reason::UnknownDemand(demand))?;
        let by = minus(price.into(), entry.price.into())?;
        entry.price = price;
        self.total = minus(self.total, by)?;
        for &site in &entry.sites {
            if let Some(site) = find_mut(&mut self.sites, site) {
                site.shift(by, &mut self.total)?;
            }
        }
        Ok(())
    }

    fn put_rule_price(&mut self, rule: u32, price: i64) -> Checked {
        let now = find_mut(&mut self.rules, rule).ok_or(Reason::UnknownRule(rule))?;
        let ends = find(self.instance.rules(), rule).ok_or(Reason::UnknownRule(rule))?;
        let term = |price: i64| match (price, ends.most, ends.least) {
            (1.., Some(end), _) | (..=-1, _, Some(end)) => times(price.into(), end.into()),
            (0, _, _) => Ok(0),
            _ => Err(Reason::RulePrice { rule, price }),
        };
        let by = minus(price.into(), now.price.into())?;
        self.total = plus(minus(self.total, term(now.price)?)?, term(price)?)?;
        now.price = price;
        for &(site, coefficient) in &ends.coefficients {
            if let Some(site) = find_mut(&mut self.sites, site) {
                site.shift(minus(0, times(by, coefficient.into())?)?, &mut self.total)?;
            }
        }
        Ok(())
    }
}

impl Site {
    /// What the site adds to U in a state.
    fn term(&self, state: SiteState) -> i128 {
        match state {
            SiteState::Free => self.reduced_cost.max(0),
            SiteState::Open => self.reduced_cost,
            SiteState::Closed => 0,
        }
    }

    /// Changes the reduced cost, and the total by what that changes.
    fn shift(&mut self, by: i128, total: &mut i128) -> Checked {
        let before = self.term(self.state);
        self.reduced_cost = plus(self.reduced_cost, by)?;
        *total = plus(minus(*total, before)?, self.term(self.state))?;
        Ok(())
    }
}

/// Returns the least and the most that a site in a state adds to a rule's sum.
fn reach(state: SiteState, by: i128) -> (i128, i128) {
    match state {
        SiteState::Free => (by.min(0), by.max(0)),
        SiteState::Open => (by, by),
        SiteState::Closed => (0, 0),
    }
}

/// Returns the coefficient in one of a site's rules, which stand in ascending order.
fn coefficient(rules: &[(usize, i128)], rule: usize) -> i128 {
    let found = rules.binary_search_by_key(&rule, |entry| entry.0).ok();
    found.and_then(|at| rules.get(at)).map_or(0, |entry| entry.1)
}

pub(crate) fn find<T>(list: &[T], position: u32) -> Option<&T> {
    list.get(usize::try_from(position).ok()?)
}

fn find_mut<T>(list: &mut [T], position: u32) -> Option<&mut T> {
    list.get_mut(usize::try_from(position).ok()?)
}

pub(crate) fn plus(one: i128, other: i128) -> Checked<i128> {
    one.checked_add(other).ok_or(Reason::Overflow)
}

fn minus(one: i128, other: i128) -> Checked<i128> {
    one.checked_sub(other).ok_or(Reason::Overflow)
}

pub(crate) fn times(one: i128, other: i128) -> Checked<i128> {
    one.checked_mul(other).ok_or(Reason::Overflow)
}
