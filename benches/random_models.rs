//! Writes random covering problems with every kind of rule as MPS models, and what maillage says of each:
//!
//!     cargo run --release -p maillage-benches --example random_models -- FIRST COUNT FOLDER
//!
//! One JSON line on standard output for each seed from FIRST on. The models are written unreduced, and every proof is
//! checked by `maillage-verify`, so that a disagreement with another solver can be settled.
#![expect(clippy::print_stdout, reason = "an example whose output is its answer")]

use std::error::Error;
use std::path::Path;

use maillage_io::{CoveringModel, ModelDemand, ModelFloor, ModelRule};
use maillage_solver::{
    Coverage, CoverageFloor, DemandId, Effort, Fixing, Problem, Search, Silent, SiteId, SiteRule, SolveError, Solver,
};
use maillage_verify::{Instance, Verdict, verify};

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [first, count, folder] = &words[..] else { return Err("say: FIRST COUNT FOLDER".into()) };
    let first: u64 = first.parse()?;
    for seed in first..first + count.parse::<u64>()? {
        let problem = problem(seed)?;
        let file = Path::new(folder).join(format!("{seed}.mps"));
        std::fs::write(&file, model(&problem).to_mps())?;
        let answer = match proved(&problem)? {
            Some(value) => format!("\"value\": {value}"),
            None => "\"value\": null".to_owned(),
        };
        let kinds: Vec<String> = kinds(&problem).iter().map(|kind| format!("\"{kind}\"")).collect();
        let (sites, kinds) = (problem.fixings().len(), kinds.join(", "));
        println!("{{\"seed\": {seed}, \"sites\": {sites}, {answer}, \"kinds\": [{kinds}]}}");
    }
    Ok(())
}

/// Returns the best value, none where no choice is feasible; the checker must agree.
fn proved(problem: &Problem) -> Result<Option<u64>, Box<dyn Error>> {
    let search = Search { effort: Effort::Proof, certificate: true, ..Search::default() };
    let (proof, solution) = match search.solve(problem, &Silent) {
        Ok(outcome) => (outcome.certificate, Some(outcome.solution)),
        Err(SolveError::Infeasible { certificate, .. }) => (certificate.map(|proof| *proof), None),
        Err(error) => return Err(error.into()),
    };
    let instance = Instance::read(problem.instance_lines())?;
    let text = proof.ok_or("no proof")?.to_text(problem, instance.hash(), solution.as_ref());
    match verify(&instance, &text)? {
        Verdict::Plan { value, bound, .. } if value == bound => Ok(Some(value)),
        Verdict::Infeasible => Ok(None),
        Verdict::Plan { value, bound, .. } => Err(format!("not proved: {value} of {bound}").into()),
    }
}

/// A repeatable generator (`SplitMix64`).
struct Random(u64);

impl Random {
    /// A number from `least` to `most`, both included.
    fn between(&mut self, least: i64, most: i64) -> i64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        least + i64::try_from((mixed ^ (mixed >> 31)) % (most - least + 1).unsigned_abs()).unwrap_or(0)
    }

    fn one_in(&mut self, chances: i64) -> bool {
        self.between(1, chances) == 1
    }
}

/// Places on a plane, 20 to 150 sites among them, and rules drawn around what some choice of sites adds up to.
fn problem(seed: u64) -> Result<Problem, Box<dyn Error>> {
    let mut random = Random(seed);
    let count = u32::try_from(random.between(20, 150))?;
    let places = u32::try_from(random.between(20, 220))?;
    let side = 100;
    let radius = random.between(8, 22);
    let points: Vec<(i64, i64)> =
        (0..places.max(count)).map(|_| (random.between(0, side), random.between(0, side))).collect();
    let near =
        |one: &(i64, i64), other: &(i64, i64)| (one.0 - other.0).pow(2) + (one.1 - other.1).pow(2) <= radius * radius;
    let rows: Vec<Vec<u32>> = points
        .iter()
        .take(count as usize)
        .map(|site| (0..places).zip(&points).filter(|(_, place)| near(site, place)).map(|(place, _)| place).collect())
        .collect();
    let largest = [9, 100, 20_000][usize::try_from(random.between(0, 2))?];
    let weights = (0..places).map(|_| random.between(0, largest).unsigned_abs()).collect();
    let all: Vec<SiteId> = (0..count).map(SiteId).collect();
    let open = random.between(2, i64::from(count) / 3);
    let chosen: Vec<bool> = all.iter().map(|_| random.between(1, i64::from(count)) <= open).collect();
    let sum = |coefficients: &[(SiteId, i64)]| -> i64 {
        coefficients.iter().filter(|(site, _)| chosen[site.index()]).map(|entry| entry.1).sum()
    };
    let mut rules = vec![SiteRule::at_most(open, all.iter().map(|&site| (site, 1)))];
    if random.one_in(2) {
        let costs: Vec<(SiteId, i64)> = all.iter().map(|&site| (site, random.between(10, 60))).collect();
        rules.push(SiteRule::at_most(sum(&costs) + random.between(-20, 20), costs));
    }
    for _ in 0..random.between(0, 4) {
        let group: Vec<(SiteId, i64)> = all.iter().filter(|_| random.one_in(4)).map(|&site| (site, 1)).collect();
        let middle = sum(&group);
        rules.push(match random.between(0, 3) {
            0 => SiteRule::at_most((middle - 1).max(0), group),
            1 => SiteRule::at_least(middle, group),
            2 => SiteRule::equal(middle, group),
            _ => SiteRule { least: Some(middle - 1), most: Some(middle + 1), coefficients: group },
        });
    }
    for _ in 0..random.between(-8, 12) {
        let clique: Vec<(SiteId, i64)> = all.iter().filter(|_| random.one_in(12)).map(|&site| (site, 1)).collect();
        rules.push(SiteRule::at_most(1.max(sum(&clique) - 1), clique));
    }
    if random.one_in(3) {
        // "At least 41 % of them": coefficients of both signs.
        let share: Vec<(SiteId, i64)> =
            all.iter().map(|&site| (site, if random.one_in(2) { 59 } else { -41 })).collect();
        rules.push(SiteRule::at_least(sum(&share).min(0), share));
    }
    let fixings = chosen
        .iter()
        .map(|&chosen| match random.between(1, 12) {
            1 if chosen || random.one_in(8) => Fixing::Open,
            1 | 2 if !chosen => Fixing::Closed,
            _ => Fixing::Free,
        })
        .collect();
    let problem = Problem::new(Coverage::from_rows(places, &rows)?, weights, rules, fixings)?;
    let chosen: Vec<SiteId> = all.iter().copied().filter(|site| chosen[site.index()]).collect();
    let covered = problem.covered_by(&chosen);
    let mut floors = Vec::new();
    for _ in 0..random.between(-2, 3) {
        let mut coefficients: Vec<(DemandId, u64)> = Vec::new();
        for demand in (0..places).map(DemandId) {
            if random.one_in(3) {
                coefficients.push((demand, random.between(1, 50).unsigned_abs()));
            }
        }
        let reached: u64 = coefficients.iter().filter(|(demand, _)| covered[demand.index()]).map(|entry| entry.1).sum();
        let percent = random.between(50, 104).unsigned_abs();
        floors.push(CoverageFloor { coefficients, least: reached * percent / 100 });
    }
    Ok(problem.with_floors(floors)?)
}

/// What is in the problem, by name.
fn kinds(problem: &Problem) -> Vec<&'static str> {
    let rules = problem.rules();
    let any = |fits: fn(&SiteRule) -> bool| rules.iter().any(fits);
    let is_clique = |rule: &SiteRule| rule.most == Some(1) && rule.coefficients.iter().all(|entry| entry.1 == 1);
    [
        ("most", any(|rule| rule.most.is_some() && rule.least.is_none())),
        ("least", any(|rule| rule.least.is_some() && rule.most.is_none())),
        ("both", any(|rule| rule.least.is_some() && rule.most.is_some())),
        ("negative", any(|rule| rule.coefficients.iter().any(|entry| entry.1 < 0))),
        ("at most one", any(is_clique)),
        ("floor", !problem.floors().is_empty()),
        ("fixed open", problem.fixings().contains(&Fixing::Open)),
        ("fixed closed", problem.fixings().contains(&Fixing::Closed)),
    ]
    .into_iter()
    .filter_map(|(kind, is_there)| is_there.then_some(kind))
    .collect()
}

/// The problem as it is, fixed sites as rules of their own.
fn model(problem: &Problem) -> CoveringModel {
    let sites = (0..).take(problem.fixings().len()).map(SiteId);
    let mut rules: Vec<ModelRule> = problem
        .rules()
        .iter()
        .map(|rule| ModelRule {
            name: String::new(),
            coefficients: rule.coefficients.iter().map(|&(site, by)| (site.0, by)).collect(),
            least: rule.least,
            most: rule.most,
        })
        .collect();
    for (site, fixing) in (0..).zip(problem.fixings()) {
        let state = match fixing {
            Fixing::Free => continue,
            Fixing::Open => Some(1),
            Fixing::Closed => Some(0),
        };
        rules.push(ModelRule { name: String::new(), coefficients: vec![(site, 1)], least: state, most: state });
    }
    let floors = problem.floors().iter().map(|floor| ModelFloor {
        name: String::new(),
        coefficients: floor.coefficients.iter().map(|&(demand, by)| (demand.0, by)).collect(),
        least: floor.least,
    });
    CoveringModel {
        sites: sites.clone().map(|site| site.to_string()).collect(),
        rows: sites.map(|site| problem.coverage().demands_of(site).iter().map(|demand| demand.0).collect()).collect(),
        demands: (0..)
            .zip(problem.weights())
            .map(|(demand, &weight): (u32, _)| ModelDemand { places: vec![demand.to_string()], weight })
            .collect(),
        rules,
        floors: floors.collect(),
        ..CoveringModel::default()
    }
}
