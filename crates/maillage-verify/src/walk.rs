use crate::Instance;
use crate::case::Case;
use crate::refusal::{Checked, Reason, Refusal, check, expected};
use crate::text::{Lines, all, named, number, pair};

/// What a certificate proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A plan keeps every rule and floor, and no plan is worth more than a bound.
    Plan {
        /// The sites it opens beside those that are fixed open, ascending.
        sites: Vec<u32>,
        /// The weight that the plan covers, recounted.
        value: u64,
        /// The certificate's bound, rounded down to a multiple of the weights' common divisor.
        bound: u64,
    },
    /// No plan keeps every rule and floor.
    Infeasible,
}

/// Recounts a certificate's plan, where it has one, and walks through its proof.
///
/// # Errors
/// At the first line that does not hold.
pub fn verify(instance: &Instance, certificate: &str) -> Result<Verdict, Refusal> {
    // What no line feed ends is no line of the format.
    let lines = certificate.split_inclusive('\n').map(|line| line.strip_suffix('\n').unwrap_or_default());
    let mut lines = Lines { line: 0, left: lines };
    lines.read_exactly("maillage-certificate 1")?;
    lines.read_exactly(&format!("problem {}", instance.hash()))?;
    let scale = lines.read(|words| {
        let [bits] = named(words, "scale")?;
        1_i128.checked_shl(bits).filter(|_| bits <= 62).ok_or(Reason::TooLarge)
    })?;
    let plan = lines.read(|words| match words {
        ["infeasible"] => Ok(None),
        ["plan", sites @ ..] => recount(instance, sites).map(Some),
        _ => Err(expected("plan or infeasible")),
    })?;
    let (verdict, limit) = match plan {
        // Any plan at all would be better: none is worth less than 0.
        None => (Verdict::Infeasible, 0),
        Some((sites, value)) => {
            lines.read_exactly(&format!("value {value}"))?;
            let [bound] = lines.read(|words| named::<u64, 1>(words, "bound"))?;
            // Plans are worth multiples of the unit.
            let unit = instance.weights.iter().copied().fold(0, common_divisor).max(1);
            let bound = bound.checked_div(unit).map_or(0, |units| units.saturating_mul(unit));
            let better = i128::from(bound).saturating_add(unit.into());
            (Verdict::Plan { sites, value, bound }, better.saturating_mul(scale))
        }
    };
    let mut walk = Walk { case: Case::new(instance, scale, limit), to_come: Vec::new(), ended: false };
    while !walk.ended {
        lines.read(|words| walk.take(words))?;
    }
    lines.read(|words| check(words.is_empty(), expected("nothing after the last case")))?;
    Ok(verdict)
}

/// Reads a plan, and returns its sites and the weight it covers.
fn recount(instance: &Instance, words: &[&str]) -> Checked<(Vec<u32>, u64)> {
    let plan: Vec<u32> = all(words, number)?;
    check(plan.is_sorted(), expected("sites, ascending"))?;
    Case::new(instance, 1, 0).value_of(&plan).map(|value| (plan, value))
}

/// The walk through a proof. After every step it holds that, if any plan of the present case is worth more than the
/// bound, then one is that has every site in its present state.
struct Walk<'a> {
    case: Case<'a>,
    /// The second case of every branching whose first case is present.
    to_come: Vec<Case<'a>>,
    ended: bool,
}

impl Walk<'_> {
    fn take(&mut self, words: &[&str]) -> Checked {
        match words {
            ["prices", prices @ ..] => self.case.set_prices(prices),
            ["fix", sites @ ..] => self.case.fix(&all(sites, decision)?),
            ["dominated", pairs @ ..] => self.case.close_dominated(&all(pairs, pair)?),
            ["branch", site] => {
                let (site, open) = decision(site)?;
                self.split([open, !open].map(|open| move |case: &mut Case| case.decide(site, open)))
            }
            ["rule", ..] => self.case.add_rule(words),
            ["sum", sign @ ("+" | "-"), sum] => {
                let ((rule, most), above) = (pair(sum)?, *sign == "+");
                self.split([above, !above].map(|above| move |case: &mut Case| case.narrow(rule, most, above)))
            }
            ["leaf"] => self.end_case(self.case.check_leaf()),
            ["impossible", "rule", rule] => self.end_case(self.case.check_impossible("rule", number(rule)?)),
            ["impossible", "floor", floor] => self.end_case(self.case.check_impossible("floor", number(floor)?)),
            _ => Err(expected("a step")),
        }
    }

    /// Goes on with the second case of the last branching where the present one is settled, or ends.
    fn end_case(&mut self, settled: Checked) -> Checked {
        settled?;
        match self.to_come.pop() {
            Some(case) => self.case = case,
            None => self.ended = true,
        }
        Ok(())
    }

    /// Goes on with the first of two cases, and keeps the second.
    fn split(&mut self, [first, second]: [impl Fn(&mut Case) -> Checked; 2]) -> Checked {
        let mut other = self.case.clone();
        second(&mut other)?;
        self.to_come.push(other);
        first(&mut self.case)
    }
}

/// Reads a site after a plus where it is open, a minus where it is closed.
fn decision(word: &str) -> Checked<(u32, bool)> {
    let site = word.strip_prefix(['+', '-']).ok_or_else(|| expected("a site after + or -"))?;
    Ok((number(site)?, word.starts_with('+')))
}

/// Returns the greatest common divisor (Euclid).
fn common_divisor(larger: u64, smaller: u64) -> u64 {
    larger.checked_rem(smaller).map_or(larger, |rest| common_divisor(smaller, rest))
}
