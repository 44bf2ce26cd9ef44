use crate::relaxation::{Relaxation, find, plus, times};
use crate::{Certificate, Instance, Reason, Refusal, SiteState, Step};

/// Lines of a certificate's text before its first step.
const HEADER_LINES: usize = 7;

/// What a certificate proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The weight that the plan covers, recounted.
    pub value: u64,
    /// No plan covers more than this: the certificate's bound, rounded down to a multiple of the weights' greatest
    /// common divisor.
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
pub fn verify(instance: &Instance<'_>, certificate: &Certificate) -> Result<Verdict, Refusal> {
    let at = |line| move |reason| Refusal { line, reason };
    let hash = instance.hash();
    if certificate.problem != hash {
        return Err(at(2)(Reason::OtherProblem(hash)));
    }
    let counts = [instance.weights().len(), instance.states().len(), instance.rules().len()];
    let stated = [certificate.demands, certificate.sites, certificate.rules];
    if stated.iter().zip(counts).any(|(&stated, count)| usize::try_from(stated) != Ok(count)) {
        let [demands, sites, rules] = counts;
        return Err(at(3)(Reason::Counts(demands, sites, rules)));
    }
    if certificate.scale_bits > 62 {
        return Err(at(4)(Reason::Scale(certificate.scale_bits)));
    }
    let value = recount(instance, &certificate.plan).map_err(at(7))?;
    if value != certificate.value {
        return Err(at(5)(Reason::Value(value)));
    }
    let unit = common_divisor(instance.weights());
    let bound = certificate.bound.checked_div(unit).and_then(|times| times.checked_mul(unit)).unwrap_or(0);
    if bound < value {
        return Err(at(6)(Reason::BoundBelowValue(bound)));
    }
    let mut walk = Walk::new(instance, certificate.scale_bits, bound, unit).map_err(at(4))?;
    let mut line = HEADER_LINES;
    for step in &certificate.steps {
        line = line.saturating_add(1);
        walk.take(step).map_err(at(line))?;
    }
    if walk.ended { Ok(Verdict { value, bound }) } else { Err(at(line)(walk.unfinished())) }
}

/// Returns the weight that a plan covers, each demand once, after checking fixed sites and rules.
fn recount(instance: &Instance<'_>, plan: &[u32]) -> Result<u64, Reason> {
    if let Some((_, &site)) = plan.iter().zip(plan.iter().skip(1)).find(|(one, next)| one >= next) {
        return Err(Reason::PlanOrder(site));
    }
    if let Some(&site) = plan.iter().find(|&&site| find(instance.states(), site).is_none()) {
        return Err(Reason::UnknownSite(site));
    }
    let mut covered = vec![false; instance.weights().len()];
    for ((site, position), state) in (0_u32..).zip(0..).zip(instance.states()) {
        let open = plan.binary_search(&site).is_ok();
        if *state == if open { SiteState::Closed } else { SiteState::Open } {
            return Err(Reason::PlanFixed(site));
        }
        for &demand in instance.row(position).filter(|_| open).unwrap_or_default() {
            let found = usize::try_from(demand).ok().and_then(|demand| covered.get_mut(demand));
            *found.ok_or(Reason::UnknownDemand(demand))? = true;
        }
    }
    for (position, rule) in instance.rules().iter().enumerate() {
        let open = rule.coefficients.iter().filter(|(site, _)| plan.binary_search(site).is_ok());
        let sum = open.map(|entry| i128::from(entry.1)).try_fold(0, plus)?;
        let least = rule.least.is_none_or(|least| sum >= least.into());
        let most = rule.most.is_none_or(|most| sum <= most.into());
        if !(least && most) {
            return Err(Reason::PlanRule { rule: position, sum });
        }
    }
    let mut weights =
        instance.weights().iter().zip(&covered).filter(|(_, covered)| **covered).map(|(weight, _)| *weight);
    weights.try_fold(0, u64::checked_add).ok_or(Reason::Overflow)
}

/// The walk through a proof. At every step it holds that, if any plan of the present case is worth more than the
/// bound, then one is that has every site in its present state.
struct Walk<'a> {
    relaxation: Relaxation<'a>,
    /// Below this, U × scale leaves no room for a plan above the bound: values are multiples of the unit.
    limit: i128,
    /// Second cases still to come, the next one last.
    cases: Vec<Case>,
    ended: bool,
}

/// The second case of a branching.
struct Case {
    site: u32,
    state: SiteState,
    /// The changes before the branching.
    mark: usize,
}

impl<'a> Walk<'a> {
    fn new(instance: &Instance<'a>, scale_bits: u32, bound: u64, unit: u64) -> Result<Self, Reason> {
        let mut relaxation = Relaxation::new(*instance, scale_bits)?;
        for (site, &state) in (0..).zip(instance.states()) {
            if state != SiteState::Free {
                relaxation.decide(site, state)?;
            }
        }
        let limit = times(plus(bound.into(), unit.into())?, relaxation.scale())?;
        Ok(Self { relaxation, limit, cases: Vec::new(), ended: false })
    }

    fn take(&mut self, step: &Step) -> Result<(), Reason> {
        if self.ended {
            return Err(Reason::LeftOver);
        }
        let now = &mut self.relaxation;
        match step {
            Step::Prices { demands, rules } => {
                demands.iter().try_for_each(|&(demand, price)| now.set_demand_price(demand, price))?;
                rules.iter().try_for_each(|&(rule, price)| now.set_rule_price(rule, price))
            }
            Step::Fix(sites) => {
                for &(site, open) in sites {
                    let other = now.total_with(site, state(!open))?;
                    if other >= self.limit {
                        return Err(Reason::NotFixed { site, bound: now.whole(other) });
                    }
                }
                sites.iter().try_for_each(|&(site, open)| now.decide(site, state(open)))
            }
            Step::Dominated(pairs) => pairs.iter().try_for_each(|&(site, stand_in)| {
                now.check_dominated(site, stand_in)?;
                now.decide(site, SiteState::Closed)
            }),
            Step::Branch(site, open_first) => {
                self.cases.push(Case { site: *site, state: state(!open_first), mark: now.mark() });
                now.decide(*site, state(*open_first))
            }
            Step::Leaf if now.total() >= self.limit => Err(Reason::Leaf(now.whole(now.total()))),
            Step::Leaf => self.end_case(),
            Step::Impossible(rule) => {
                now.check_impossible(*rule)?;
                self.end_case()
            }
        }
    }

    /// Goes on with the second case of the last branching, or ends.
    fn end_case(&mut self) -> Result<(), Reason> {
        let Some(case) = self.cases.pop() else {
            self.ended = true;
            return Ok(());
        };
        self.relaxation.return_to(case.mark)?;
        self.relaxation.decide(case.site, case.state)
    }

    fn unfinished(&self) -> Reason {
        Reason::Unfinished(self.cases.len().saturating_add(1))
    }
}

fn state(open: bool) -> SiteState {
    if open { SiteState::Open } else { SiteState::Closed }
}

/// Returns the greatest common divisor of the weights (Euclid), 1 where all are 0.
fn common_divisor(weights: &[u64]) -> u64 {
    let divisor = weights.iter().fold(0_u64, |divisor, &weight| {
        let (mut larger, mut smaller): (u64, u64) = (divisor, weight);
        while let Some(rest) = larger.checked_rem(smaller) {
            (larger, smaller) = (smaller, rest);
        }
        larger
    });
    divisor.max(1)
}
