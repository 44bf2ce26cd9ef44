use crate::bound::LagrangianBound;
use crate::chain::Chain;
use crate::dual::Dual;
use crate::greedy::all_sites;
use crate::incumbent::Incumbent;
use crate::reduction::Reduction;
use crate::{Fixing, Observer, parallel, repair};

/// Chains that search side by side: always as many, so that the answer is the same on any number of threads.
const CHAINS: usize = 4;

/// A reduced problem under work: its bound comes down while chains look for better choices, in rounds.
pub(crate) struct Stage<'a> {
    reduction: &'a Reduction,
    dual: Dual<'a>,
    chains: Vec<Chain<'a>>,
    rounds: u32,
}

impl<'a> Stage<'a> {
    /// Starts from where a relaxation stands and from the best choice known; the relaxation takes that choice too where
    /// it does not know how far sites are open.
    pub(crate) fn new(
        reduction: &'a Reduction,
        saddle: Saddle,
        incumbent: &Incumbent,
        scale_bits: u32,
        seed: u64,
    ) -> Self {
        let problem = &reduction.problem;
        let start = repair::near(problem, &incumbent.within(reduction));
        let mut saddle = saddle;
        if saddle.openness.is_empty() {
            saddle.openness = vec![0.0; problem.coverage().sites()];
            for site in start.open_sites() {
                saddle.openness[site.index()] = 1.0;
            }
        }
        let dual = Dual::from_saddle(problem, saddle, scale_bits);
        let chains = (0..CHAINS as u64).map(|chain| Chain::new(start.clone(), seed * 1000 + chain)).collect();
        Self { reduction, dual, chains, rounds: 0 }
    }

    pub(crate) fn reduction(&self) -> &'a Reduction {
        self.reduction
    }

    pub(crate) fn bound(&self) -> &LagrangianBound {
        self.dual.best()
    }

    pub(crate) fn dual(&self) -> &Dual<'a> {
        &self.dual
    }

    /// Returns how many kicks the chains made.
    pub(crate) fn kicks(&self) -> u64 {
        self.chains.iter().map(Chain::kicks).sum()
    }

    /// Lowers the bound and searches, side by side, then tells the incumbent what was found.
    pub(crate) fn round(&mut self, iterations: u32, work: u64, incumbent: &mut Incumbent, observer: &dyn Observer) {
        let round = self.rounds;
        self.rounds += 1;
        if round == 0 {
            // The search does better once it knows some prices.
            self.dual.advance(iterations, observer);
        }
        let rule_prices = self.dual.best().rule_prices();
        let openness = self.dual.openness().to_vec();
        let best = incumbent.within(self.reduction);
        let Self { dual, chains, .. } = self;
        parallel::join(
            || dual.advance(iterations, observer),
            || {
                let mut numbered: Vec<(usize, &mut Chain)> = chains.iter_mut().enumerate().collect();
                parallel::for_each(&mut numbered, |(number, chain)| {
                    chain.learn(&rule_prices, &openness);
                    match (round as usize + *number) % CHAINS {
                        0 => {
                            // From everything the relaxation opens to only what it opens for sure.
                            let least = 0.1 + 0.2 * f64::from(round % 5);
                            chain.round_up(&openness, least);
                            chain.descend(observer);
                        }
                        1 => chain.move_to(&best),
                        _ if round == 0 => chain.descend(observer),
                        _ => {}
                    }
                    chain.run(work, observer);
                });
            },
        );
        let found =
            self.chains.iter().filter_map(Chain::best).fold(None, |most: Option<(&[_], u64)>, next| match most {
                Some(most) if most.1 >= next.1 => Some(most),
                _ => Some(next),
            });
        if let Some((sites, _)) = found {
            incumbent.offer(&self.reduction.expand(sites));
        }
    }

    /// Decides the sites that no choice better than the incumbent can have otherwise; returns how many.
    pub(crate) fn fixings(&self, incumbent: &Incumbent) -> (Vec<Fixing>, usize) {
        fixings(self.reduction, self.dual.best(), incumbent)
    }
}

/// Multipliers of demands, rules and floors, in units of weight.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Prices {
    pub(crate) demands: Vec<f64>,
    pub(crate) rules: Vec<f64>,
    pub(crate) floors: Vec<f64>,
}

impl Prices {
    /// Takes half of each weight, and rules for free.
    #[expect(clippy::cast_precision_loss, reason = "a place to start from, not a count")]
    pub(crate) fn halfway(reduction: &Reduction) -> Self {
        Self {
            demands: reduction.problem.weights().iter().map(|&weight| weight as f64 / 2.0).collect(),
            rules: vec![0.0; reduction.problem.rules().len()],
            floors: vec![0.0; reduction.problem.floors().len()],
        }
    }

    /// Takes everything for free: the bound is all weight that can be covered.
    pub(crate) fn nothing(reduction: &Reduction) -> Self {
        Self {
            demands: vec![0.0; reduction.problem.weights().len()],
            rules: vec![0.0; reduction.problem.rules().len()],
            floors: vec![0.0; reduction.problem.floors().len()],
        }
    }

    /// Takes the multipliers of a bound.
    pub(crate) fn of(bound: &LagrangianBound) -> Self {
        Self { demands: bound.demand_prices(), rules: bound.rule_prices(), floors: bound.floor_prices() }
    }

    /// Carries multipliers over to a problem reduced from theirs.
    pub(crate) fn carried(&self, to: &Reduction) -> Self {
        Self { demands: to.carry_prices(&self.demands), rules: self.rules.clone(), floors: self.floors.clone() }
    }
}

/// Where a relaxation stands: its multipliers, how far sites are open, and the balance of its steps.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Saddle {
    pub(crate) prices: Prices,
    /// The multipliers of the lowest bound.
    pub(crate) lowest: Prices,
    /// From 0 to 1, for each site; empty, unknown.
    pub(crate) openness: Vec<f64>,
    pub(crate) balance: f64,
}

impl Saddle {
    /// Starts from prices, where nothing is known of sites yet.
    pub(crate) fn at(prices: Prices) -> Self {
        Self { lowest: prices.clone(), prices, openness: Vec::new(), balance: 1.0 }
    }

    /// Carries it over to a problem reduced from its own.
    pub(crate) fn carried(&self, from: &Reduction, to: &Reduction) -> Self {
        let mut sites = from.sites.iter().zip(&self.openness);
        let openness = to
            .sites
            .iter()
            .map(|kept| sites.find(|(site, _)| *site == kept).map_or(0.5, |(_, &openness)| openness))
            .collect();
        Self { prices: self.prices.carried(to), lowest: self.lowest.carried(to), openness, balance: self.balance }
    }
}

/// Decides by reduced costs: a site that would bring the bound down to the incumbent if it were open (closed) stays
/// closed (open) in every better choice.
pub(crate) fn fixings(reduction: &Reduction, bound: &LagrangianBound, incumbent: &Incumbent) -> (Vec<Fixing>, usize) {
    let wanted = incumbent.wanted() - i128::from(reduction.base);
    let mut decided = 0;
    let fixings = all_sites(&reduction.problem)
        .map(|site| {
            if bound.floor_against(site) >= wanted {
                return Fixing::Free;
            }
            decided += 1;
            if bound.favours(site) { Fixing::Open } else { Fixing::Closed }
        })
        .collect();
    (fixings, decided)
}
