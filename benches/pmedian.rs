//! Solves the p-median files of OR-Library (Beasley 1985) by covering of steps of distance, and writes a table:
//!
//!     cargo run --release -p maillage-benches --example pmedian -- FOLDER [SECONDS [FIRST [LAST]]]
//!
//! `FOLDER` holds `pmed1.txt` to `pmed40.txt` and `pmedopt.txt`. The steps are the distances of the file, as minutes are
//! where travel time is to be least. Each file is solved in a process of its own, so that its peak memory can be told
//! (on Linux).
#![expect(clippy::print_stdout, reason = "the table is the result")]

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::error::Error;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use maillage_solver::{
    Coverage, Effort, Fixing, Observer, Problem, Progress, Search, SiteId, SiteRule, Solver, Verdict,
};

/// No two nodes of these files are this far apart.
const FAR: u32 = u32::MAX;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (folder, seconds, first, last): (_, _, u32, u32) = match words[..] {
        ["one", folder, seconds, number] => return one(Path::new(folder), seconds.parse()?, number.parse()?),
        [folder] => (folder, "60", 1, 40),
        [folder, seconds] => (folder, seconds, 1, 40),
        [folder, seconds, first] => (folder, seconds, first.parse()?, first.parse()?),
        [folder, seconds, first, last] => (folder, seconds, first.parse()?, last.parse()?),
        _ => return Err("say: FOLDER [SECONDS [FIRST [LAST]]]".into()),
    };
    println!("| file | nodes | p | published | value | bound | gap | pairs | iterations | nodes | wall s | peak MB |");
    println!("|---|---|---|---|---|---|---|---|---|---|---|---|");
    for number in first..=last {
        let status =
            Command::new(std::env::current_exe()?).args(["one", folder, seconds, &number.to_string()]).status()?;
        if !status.success() {
            return Err(format!("pmed{number} failed").into());
        }
    }
    Ok(())
}

/// Solves one file and prints its row.
#[expect(clippy::cast_precision_loss, reason = "a percentage, not a count")]
fn one(folder: &Path, seconds: u64, number: u32) -> Result<(), Box<dyn Error>> {
    let graph = Graph::read(&std::fs::read_to_string(folder.join(format!("pmed{number}.txt")))?)?;
    let published = published(&std::fs::read_to_string(folder.join("pmedopt.txt"))?, number)?;
    let begun = Instant::now();
    let steps = Steps::of(&graph)?;
    let search = Search { effort: Effort::Proof, ..Search::default() };
    let outcome = search.solve(&steps.problem, &Deadline(begun + Duration::from_secs(seconds)))?;
    let wall = begun.elapsed().as_secs_f64();
    let (value, bound) = (steps.most - outcome.solution.value(), steps.most - outcome.bound);
    if value < published || bound > published {
        return Err(format!("pmed{number}: {value} and {bound}, but {published} is published as the optimum").into());
    }
    let gap = 100.0 * (value - bound) as f64 / value as f64;
    let work = &outcome.work;
    println!(
        "| pmed{number} | {} | {} | {published} | {value} | {bound} | {gap:.3} % | {} | {} | {} | {wall:.1} | {} |",
        graph.nodes(),
        graph.medians,
        work.pairs,
        work.iterations,
        work.nodes,
        peak_megabytes().map_or("?".to_owned(), |peak| peak.to_string()),
    );
    Ok(())
}

/// Stops the search by the clock.
struct Deadline(Instant);

impl Observer for Deadline {
    fn should_stop(&self) -> bool {
        Instant::now() >= self.0
    }

    fn observe(&self, _: Progress) -> Verdict {
        if self.should_stop() { Verdict::Stop } else { Verdict::Continue }
    }
}

/// A graph of OR-Library: the neighbours of each node, and how many medians are looked for.
struct Graph {
    neighbours: Vec<BTreeMap<u32, u32>>,
    medians: u32,
}

impl Graph {
    /// Reads nodes, edges and medians, then one edge a line; of an edge given twice the last cost counts.
    fn read(text: &str) -> Result<Self, Box<dyn Error>> {
        let mut numbers = text.split_whitespace().map(str::parse::<u32>);
        let mut next = || -> Result<u32, Box<dyn Error>> { Ok(numbers.next().ok_or("the file ends early")??) };
        let (nodes, edges, medians) = (next()?, next()?, next()?);
        let mut neighbours = vec![BTreeMap::new(); nodes as usize];
        for _ in 0..edges {
            let (one, other, cost) = (next()?, next()?, next()?);
            for (from, to) in [(one, other), (other, one)] {
                let from = from.checked_sub(1).ok_or("nodes count from 1")?;
                let to = to.checked_sub(1).ok_or("nodes count from 1")?;
                neighbours.get_mut(from as usize).ok_or("an unknown node")?.insert(to, cost);
            }
        }
        Ok(Self { neighbours, medians })
    }

    fn nodes(&self) -> u32 {
        u32::try_from(self.neighbours.len()).unwrap_or(u32::MAX)
    }

    /// Returns the length of the shortest path to each node (Dijkstra 1959).
    fn distances(&self, from: u32) -> Vec<u32> {
        let mut distances = vec![FAR; self.neighbours.len()];
        let mut queue = BinaryHeap::from([Reverse((0, from))]);
        while let Some(Reverse((distance, node))) = queue.pop() {
            let Some(known) = distances.get_mut(node as usize).filter(|known| **known == FAR) else { continue };
            *known = distance;
            for (&other, cost) in self.neighbours.get(node as usize).into_iter().flatten() {
                queue.push(Reverse((distance + cost, other)));
            }
        }
        distances
    }
}

/// The question of least total distance as one of covering: what each step from a distance of a node to its next one
/// adds is saved when a median lies within the step (García, Labbé and Marín 2011).
struct Steps {
    problem: Problem,
    /// The total distance when nothing but the steps left out is saved.
    most: u64,
}

impl Steps {
    /// Leaves out steps within which some median lies whatever the choice, since too few nodes lie beyond them.
    fn of(graph: &Graph) -> Result<Self, Box<dyn Error>> {
        let nodes = graph.nodes();
        let medians = graph.medians as usize;
        let mut rows = vec![Vec::new(); nodes as usize];
        let mut weights = Vec::new();
        let mut most = 0;
        for node in 0..nodes {
            let mut order: Vec<(u32, u32)> = graph.distances(node).into_iter().zip(0..nodes).collect();
            order.retain(|entry| entry.0 != FAR);
            order.sort_unstable();
            let always = order.len().checked_sub(medians).ok_or("fewer nodes are in reach than medians")?;
            let mut farthest = 0;
            for (within, pair) in (1..).zip(order.windows(2)) {
                let &[(here, _), (next, _)] = pair else { continue };
                if within > always {
                    break;
                }
                farthest = u64::from(next);
                if here < next {
                    for &(_, site) in order.iter().take(within) {
                        rows.get_mut(site as usize).ok_or("an unknown node")?.push(u32::try_from(weights.len())?);
                    }
                    weights.push(u64::from(next - here));
                }
            }
            most += farthest;
        }
        let coverage = Coverage::from_rows(u32::try_from(weights.len())?, &rows)?;
        let rule = SiteRule::at_most(i64::from(graph.medians), (0..nodes).map(|site| (SiteId(site), 1)));
        Ok(Self { problem: Problem::new(coverage, weights, vec![rule], vec![Fixing::Free; nodes as usize])?, most })
    }
}

/// Reads the optimum of a file from the list of all.
fn published(text: &str, number: u32) -> Result<u64, Box<dyn Error>> {
    let name = format!("pmed{number}");
    let mut words = text.split_whitespace().skip_while(|word| *word != name);
    Ok(words.nth(1).ok_or("no optimum is listed")?.parse()?)
}

/// Returns the largest memory this process has held, where the system tells.
fn peak_megabytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? / 1_000)
}
