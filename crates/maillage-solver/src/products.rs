use crate::rule_rows::RuleRows;
use crate::{Coverage, DemandId, Problem, SiteId, parallel};

/// What a point of the relaxation comes to on the other side of the coverage.
#[derive(Clone, Debug)]
pub(crate) struct Image {
    /// For each demand, the openness of the sites that cover it, added up.
    pub(crate) cover: Vec<f64>,
    /// For each site, the prices of the demands it covers, added up.
    pub(crate) prize: Vec<f64>,
    /// For each rule, its sum over the sites.
    pub(crate) rules: Vec<f64>,
}

/// The image of a point that is kept up as the point moves.
///
/// Near the end most sites and prices rest on their bounds: only the rows of those that moved are gone through, which
/// makes a step many times cheaper than adding up every pair.
#[derive(Clone, Debug)]
pub(crate) struct Products {
    sites: Vec<f64>,
    prices: Vec<f64>,
    pub(crate) image: Image,
    /// The sites, or demands, that moved last, and by how much.
    moved: Vec<Move>,
    /// Moves since everything was added up anew: each leaves a little rounding behind.
    moves: u32,
}

/// A site, or demand, and by how much it moved.
type Move = (u32, f64);

/// After so many moves everything is added up anew.
const FRESH: u32 = 512;

/// Below so many pairs, adding them all up takes less time than telling which moved.
const SMALL: usize = 1 << 12;

/// How many demands, or pairs, one thread takes at a time; fixed, so that sums never depend on the number of threads.
const CHUNK: usize = 1 << 15;

/// Prices are added up in at most so many parts side by side.
const PARTS: usize = 8;

impl Products {
    pub(crate) fn new(problem: &Problem, rows: &RuleRows, sites: &[f64], prices: &[f64]) -> Self {
        let coverage = problem.coverage();
        let image = Image {
            cover: vec![0.0; coverage.demands()],
            prize: vec![0.0; coverage.sites()],
            rules: vec![0.0; problem.rules().len()],
        };
        let (closed, free) = (vec![0.0; coverage.sites()], vec![0.0; coverage.demands()]);
        let mut products = Self { sites: closed, prices: free, image, moved: Vec::new(), moves: 0 };
        products.move_sites(problem, rows, sites);
        products.move_prices(coverage, prices);
        products
    }

    /// Takes the sums of pairs anew once in a while.
    pub(crate) fn refresh(&mut self, problem: &Problem, rows: &RuleRows) {
        if self.moves >= FRESH && problem.coverage().pairs() >= SMALL {
            *self = Self::new(problem, rows, &self.sites, &self.prices);
        }
    }

    /// Moves the sites; their cover and the sums of rules follow.
    pub(crate) fn move_sites(&mut self, problem: &Problem, rows: &RuleRows, sites: &[f64]) {
        let coverage = problem.coverage();
        rows.sums(problem, sites, &mut self.image.rules);
        self.moves += 1;
        let mut pairs = 0;
        self.moved.clear();
        if coverage.pairs() >= SMALL {
            for ((site, before), &now) in (0..).zip(&mut self.sites).zip(sites) {
                let by = now - *before;
                if by != 0.0 {
                    self.moved.push((site, by));
                    pairs += coverage.demands_of(SiteId(site)).len();
                    *before = now;
                }
            }
        }
        if pairs > coverage.pairs() / 2 || coverage.pairs() < SMALL {
            parallel::fill(&mut self.image.cover, CHUNK, |demand| {
                let sites_of = coverage.sites_of(DemandId::at(demand)).iter();
                sites_of.map(|site| sites[site.index()]).sum()
            });
            return;
        }
        let moved = &self.moved;
        parallel::for_each_chunk(&mut self.image.cover, CHUNK, |start, cover| {
            let end = start + cover.len();
            let whole = cover.len() == coverage.demands();
            for &(site, by) in moved {
                let row = coverage.demands_of(SiteId(site));
                let from = if whole { 0 } else { row.partition_point(|demand| demand.index() < start) };
                for demand in &row[from..] {
                    if demand.index() >= end {
                        break;
                    }
                    cover[demand.index() - start] += by;
                }
            }
        });
    }

    /// Moves the prices; the prizes of sites follow.
    pub(crate) fn move_prices(&mut self, coverage: &Coverage, prices: &[f64]) {
        self.moves += 1;
        let mut pairs = 0;
        self.moved.clear();
        if coverage.pairs() >= SMALL {
            for ((demand, before), &now) in (0..).zip(&mut self.prices).zip(prices) {
                let by = now - *before;
                if by != 0.0 {
                    self.moved.push((demand, by));
                    pairs += coverage.sites_of(DemandId(demand)).len();
                    *before = now;
                }
            }
        }
        if pairs > coverage.pairs() / 2 || coverage.pairs() < SMALL {
            parallel::fill(&mut self.image.prize, CHUNK / 8, |site| {
                let demands_of = coverage.demands_of(SiteId::at(site)).iter();
                demands_of.map(|demand| prices[demand.index()]).sum()
            });
            return;
        }
        let moved = &self.moved;
        let add = |prize: &mut [f64], moved: &[Move]| {
            for &(demand, by) in moved {
                for site in coverage.sites_of(DemandId(demand)) {
                    prize[site.index()] += by;
                }
            }
        };
        let parts = (pairs / (4 * coverage.sites()).max(CHUNK)).clamp(1, PARTS);
        if parts == 1 {
            return add(&mut self.image.prize, moved);
        }
        let (first, others) = moved.split_at(moved.len().div_ceil(parts));
        let mut sums: Vec<(&[Move], Vec<f64>)> =
            others.chunks(moved.len().div_ceil(parts).max(1)).map(|part| (part, Vec::new())).collect();
        let prize = &mut self.image.prize;
        parallel::join(
            || add(prize, first),
            || {
                parallel::for_each(&mut sums, |(part, sum)| {
                    sum.resize(coverage.sites(), 0.0);
                    add(sum, part);
                });
            },
        );
        for (_, sum) in &sums {
            for (prize, more) in prize.iter_mut().zip(sum) {
                *prize += more;
            }
        }
    }
}
