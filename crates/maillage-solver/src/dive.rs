use crate::chain::Chain;
use crate::choice::Choice;
use crate::dual::Dual;
use crate::greedy::all_sites;
use crate::incumbent::Incumbent;
use crate::reduction::Reduction;
use crate::stage::{Saddle, fixings};
use crate::{Fixing, Observer, SiteId};

/// How often the relaxation settles on the way down.
const LONGEST: u32 = 12;

/// How many iterations it gets each time.
const SETTLING: u32 = 40;

/// Sites opened at least this far are opened.
pub(crate) const CLEARLY_OPEN: f64 = 0.95;

/// Looks for choices where a relaxation points to.
pub(crate) struct Dive<'d, 'p> {
    pub(crate) incumbent: &'d mut Incumbent<'p>,
    pub(crate) observer: &'d dyn Observer,
    /// Array entries touched.
    pub(crate) work: u64,
    /// Array entries that may be touched before no further step down is made.
    pub(crate) most: u64,
    pub(crate) iterations: u64,
}

impl Dive<'_, '_> {
    /// Rounds a relaxation to a choice and descends from it.
    pub(crate) fn round(&mut self, reduction: &Reduction, dual: &Dual) {
        let mut chain = Chain::new(Choice::new(&reduction.problem), self.work);
        chain.learn(&dual.best().rule_prices(), dual.openness());
        chain.round_up(dual.openness(), 0.5);
        chain.descend(self.observer);
        self.work += chain.work();
        if let Some((sites, _)) = chain.best() {
            self.incumbent.offer(&reduction.expand(sites));
        }
    }

    /// Opens what the relaxation opens most, some sites at a time, and lets it settle in between, down to a whole
    /// choice or to where nothing better than the incumbent is left.
    pub(crate) fn down(&mut self, reduction: &Reduction, dual: &Dual) {
        let (mut part, mut saddle) = (reduction.clone(), dual.saddle());
        for _ in 0..LONGEST {
            if self.work >= self.most {
                return;
            }
            let opened = most_open(&part, &saddle);
            if !self.follow(&mut part, &mut saddle, &opened) {
                return;
            }
            let mut dual = Dual::from_saddle(&part.problem, saddle, dual.scale_bits());
            dual.advance(SETTLING, self.observer);
            self.iterations += u64::from(SETTLING);
            self.work += u64::from(SETTLING) * part.iteration_work();
            if dual.best().floor() + i128::from(part.base) < self.incumbent.wanted() || self.observer.should_stop() {
                return;
            }
            self.round(&part, &dual);
            let (decided, _) = fixings(&part, dual.best(), self.incumbent);
            saddle = dual.saddle();
            if !self.follow(&mut part, &mut saddle, &decided) {
                return;
            }
        }
    }

    /// Goes on with some sites decided; returns whether there is anywhere to go.
    fn follow(&mut self, part: &mut Reduction, saddle: &mut Saddle, decided: &[Fixing]) -> bool {
        let Ok(next) = part.then(decided) else { return false };
        *saddle = saddle.carried(part, &next);
        *part = next;
        if part.sites.is_empty() {
            self.incumbent.offer(&part.open);
        }
        !part.sites.is_empty()
    }
}

/// Opens the sites that are clearly open, and the most open others up to a quarter of all there is to open, as far as
/// upper ends of rules allow.
fn most_open(part: &Reduction, saddle: &Saddle) -> Vec<Fixing> {
    let problem = &part.problem;
    let mut order: Vec<(f64, SiteId)> = saddle.openness.iter().copied().zip(all_sites(problem)).collect();
    order.sort_unstable_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    let enough = order.iter().map(|entry| entry.0).sum::<f64>() / 4.0;
    // The least that each rule's sum can still be.
    let mut least: Vec<i64> =
        problem.rules().iter().map(|rule| rule.coefficients.iter().map(|entry| entry.1.min(0)).sum()).collect();
    let mut fixings = vec![Fixing::Free; order.len()];
    let mut opened = 0.0;
    for (openness, site) in order {
        if openness < CLEARLY_OPEN && opened >= enough {
            break;
        }
        let rules = problem.rules_of(site);
        let fits = |&(rule, by): &(u32, i64)| {
            problem.rules()[rule as usize].most.is_none_or(|most| least[rule as usize] + by.max(0) <= most)
        };
        if rules.iter().all(fits) {
            for &(rule, by) in rules {
                least[rule as usize] += by.max(0);
            }
            fixings[site.index()] = Fixing::Open;
            opened += openness;
        }
    }
    fixings
}
