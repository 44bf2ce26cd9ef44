use crate::case::{Case, Change, Checked, difference, find, find_mut, floor_sum, product, sum};
use crate::{Certificate, Instance, Reason, Refusal, Site, Step};

/// What a certificate proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The weight that the plan covers, recounted.
    pub value: u64,
    /// No plan covers more: the certificate's bound, rounded down to a multiple of the weights' common divisor.
    pub bound: u64,
}

impl Verdict {
    /// Returns whether no plan is better than the certificate's.
    #[must_use]
    pub fn is_optimal(&self) -> bool {
        self.value == self.bound
    }
}

/// Recounts a certificate's plan and walks through its proof.
///
/// # Errors
/// At the first line that does not hold.
pub fn verify(instance: &Instance, certificate: &Certificate) -> Result<Verdict, Refusal> {
    let at = |line| move |reason| Refusal { line, reason };
    let hash = instance.hash();
    let counts = [instance.weights.len(), instance.sites.len(), instance.rules.len(), instance.floors.len()];
    if certificate.problem != hash || counts.map(u32::try_from) != certificate.counts.map(Ok) {
        return Err(at(if certificate.problem == hash { 3 } else { 2 })(Reason::OtherProblem(hash)));
    }
    if certificate.scale_bits > 62 {
        return Err(at(4)(Reason::TooLarge));
    }
    let value = recount(instance, &certificate.plan).map_err(at(7))?;
    if value != certificate.value {
        return Err(at(5)(Reason::Value(value)));
    }
    let unit = instance.weights.iter().copied().fold(0, common_divisor).max(1);
    let bound = certificate.bound.checked_div(unit).map_or(0, |units| units.saturating_mul(unit));
    if bound < value {
        return Err(at(6)(Reason::Bound(bound)));
    }
    let scale = 1_i128.checked_shl(certificate.scale_bits).unwrap_or(1);
    let limit = sum(bound.into(), unit).and_then(|next| product(next, scale)).map_err(at(6))?;
    let case = Case::new(instance, scale).map_err(at(3))?;
    let mut walk = Walk { case, scale, limit, to_come: Vec::new(), ended: false };
    for (line, step) in (8..).zip(&certificate.steps) {
        walk.take(step).map_err(at(line))?;
    }
    let (line, left) = (certificate.steps.len().saturating_add(7), walk.to_come.len().saturating_add(1));
    if walk.ended { Ok(Verdict { value, bound }) } else { Err(at(line)(Reason::Unfinished(left))) }
}

/// Returns the weight that a plan covers, each demand once, after checking fixed sites, rules and floors.
fn recount(instance: &Instance, plan: &[u32]) -> Checked<u64> {
    if let Some((_, &site)) = plan.iter().zip(plan.iter().skip(1)).find(|(one, next)| one >= next) {
        return Err(Reason::PlanSite(site));
    }
    let mut case = Case::new(instance, 1)?;
    case.open.fill(Some(false));
    plan.iter().try_for_each(|&site| find_mut(&mut case.open, "site", site).map(|open| *open = Some(true)))?;
    let against = |(_, (site, open)): &(u32, (&Site, &Option<bool>))| site.open.is_some() && site.open != **open;
    if let Some((site, _)) = (0..).zip(instance.sites.iter().zip(&case.open)).find(against) {
        return Err(Reason::PlanSite(site));
    }
    for (position, rule) in (0..).zip(&instance.rules) {
        // With every site decided, the least and the most that the sum can be are the sum.
        let (total, _) = case.reach(position)?;
        if rule.least.is_some_and(|least| total < least.into()) || rule.most.is_some_and(|most| total > most.into()) {
            return Err(Reason::PlanBreaks("rule", position, total));
        }
    }
    let covered = case.covered(false)?;
    for (position, floor) in (0..).zip(&instance.floors) {
        let total = floor_sum(floor, &covered)?;
        if total < floor.least.into() {
            return Err(Reason::PlanBreaks("floor", position, total));
        }
    }
    let mut weights = instance.weights.iter().zip(covered).filter_map(|(&weight, covered)| covered.then_some(weight));
    weights.try_fold(0, u64::checked_add).ok_or(Reason::TooLarge)
}

/// The walk through a proof. After every step it holds that, if any plan of the present case is worth more than the
/// bound, then one is that has every site in its present state.
struct Walk<'a> {
    case: Case<'a>,
    scale: i128,
    /// Below this, U × scale leaves no room for a plan above the bound: values are multiples of the unit.
    limit: i128,
    /// The second case of every branching whose first case is present, and how many changes stood before it.
    to_come: Vec<(Change, usize)>,
    ended: bool,
}

impl Walk<'_> {
    fn take(&mut self, step: &Step) -> Checked {
        let case = &mut self.case;
        let whole = |scaled: i128| scaled.checked_div_euclid(self.scale).unwrap_or(scaled);
        match step {
            _ if self.ended => return Err(Reason::LeftOver),
            Step::Prices { demands, rules, floors } => {
                demands.iter().try_for_each(|&(demand, price)| case.make(Change::Demand(demand, price)))?;
                rules.iter().try_for_each(|&(rule, price)| case.make(Change::Rule(rule, price)))?;
                floors.iter().try_for_each(|&(floor, price)| case.make(Change::Floor(floor, price)))?;
            }
            Step::Fix(sites) => {
                let (total, costs) = case.bound()?;
                for &(site, open) in sites {
                    case.make(Change::Site(site, Some(open)))?;
                    let cost = *find(&costs, "site", site)?;
                    // Closed, it adds nothing instead of max(0, c); open, c instead of that.
                    let other = if open { difference(total, cost.max(0))? } else { sum(total, cost.min(0))? };
                    if other >= self.limit {
                        return Err(Reason::NotFixed(site, whole(other)));
                    }
                }
            }
            Step::Dominated(pairs) => case.close_dominated(pairs)?,
            Step::Branch(site, open) => {
                self.to_come.push((Change::Site(*site, Some(!open)), case.undo.len()));
                case.make(Change::Site(*site, Some(*open)))?;
            }
            Step::Leaf => match case.bound()?.0 {
                total if total >= self.limit => return Err(Reason::Leaf(whole(total))),
                _ => self.end_case()?,
            },
            Step::Impossible(rule) => {
                case.check_impossible(*rule)?;
                self.end_case()?;
            }
            Step::ImpossibleFloor(floor) => {
                case.check_impossible_floor(*floor)?;
                self.end_case()?;
            }
        }
        Ok(())
    }

    /// Goes on with the second case of the last branching, or ends.
    fn end_case(&mut self) -> Checked {
        let Some((second, changes)) = self.to_come.pop() else {
            self.ended = true;
            return Ok(());
        };
        self.case.return_to(changes)?;
        self.case.make(second)
    }
}

/// Returns the greatest common divisor (Euclid).
fn common_divisor(mut larger: u64, mut smaller: u64) -> u64 {
    while let Some(rest) = larger.checked_rem(smaller) {
        (larger, smaller) = (smaller, rest);
    }
    larger
}
