use crate::instance_text::{line, pairs};
use crate::{DemandId, Fixing, Problem, SiteId, Solution};

/// The proof of a bound, or that there is no feasible choice, in whole numbers: a tree of decisions, every leaf of
/// which carries multipliers.
///
/// Steps stand in the order in which a checker walks the tree: a [`Step::Branch`] is followed by everything below its
/// first child, then by everything below its second. Sites, demands and rules are those of the problem solved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certificate {
    /// Multipliers are whole numbers over two to this power.
    pub scale_bits: u32,
    /// No feasible choice covers more weight than this; none where there is no feasible choice at all.
    pub bound: Option<u64>,
    /// The tree.
    pub steps: Vec<Step>,
}

impl Certificate {
    /// Returns the text that a checker reads, about the problem whose [text](Problem::instance_lines) has this hash:
    /// with the solution that the bound is for, or none where nothing is feasible.
    #[must_use]
    pub fn to_text(&self, problem: &Problem, hash: &str, solution: Option<&Solution>) -> String {
        let mut text = format!("maillage-certificate 1\nproblem {hash}\nscale {}\n", self.scale_bits);
        if let (Some(bound), Some(solution)) = (self.bound, solution) {
            let is_fixed = |site: &SiteId| problem.fixings()[site.index()] == Fixing::Open;
            text += &line("plan", solution.sites().iter().filter(|site| !is_fixed(site)));
            text.extend(["\nvalue ", &solution.value().to_string(), "\nbound ", &bound.to_string(), "\n"]);
        } else {
            text += "infeasible\n";
        }
        for step in &self.steps {
            text += &step.to_line();
            text.push('\n');
        }
        text
    }
}

/// One step of the walk through a [`Certificate`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// From here down, until the walk returns past this step, these multipliers hold instead of the ones before; all
    /// are 0 at the start. Pairs name a demand (a rule, a floor) and its new multiplier.
    Prices {
        /// Changed multipliers λ of demands.
        demands: Vec<(DemandId, i64)>,
        /// Changed multipliers μ of rules.
        rules: Vec<(u32, i64)>,
        /// Changed multipliers ν of coverage floors.
        floors: Vec<(u32, i64)>,
    },
    /// Each of these sites, by itself, would bring the bound of the present multipliers to the certificate's bound or
    /// below if it were in the other state; so from here down it is open (`true`) or closed (`false`).
    Fix(Vec<(SiteId, bool)>),
    /// Each first site is closed from here down, in this order: the second one can always stand in for it. A site
    /// named twice needs nobody to stand in: what it covers is covered, and opening it helps no rule.
    Dominated(Vec<(SiteId, SiteId)>),
    /// Two cases: the site is in the named state (`true` is open) in the first, and in the other in the second.
    Branch(SiteId, bool),
    /// From here down, a rule more: the number of these sites that are open, with no ends as yet. It takes the next
    /// number after the rules there are.
    Count(Vec<SiteId>),
    /// Two cases: the sum of a rule with whole coefficients is at most this, or more than this.
    BranchSum {
        /// The rule.
        rule: u32,
        /// The most in the one case; one more is the least in the other.
        most: i64,
        /// Whether the case of more comes first.
        more_first: bool,
    },
    /// The present multipliers give a bound no larger than the certificate's.
    Leaf,
    /// This rule cannot hold, whatever the undecided sites do.
    Impossible(u32),
    /// This coverage floor cannot hold, whatever the undecided sites do.
    ImpossibleFloor(u32),
}

impl Step {
    fn to_line(&self) -> String {
        let decision = |site: SiteId, open: bool| format!("{}{site}", if open { '+' } else { '-' });
        match self {
            Self::Prices { demands, rules, floors } => {
                // A floor is a rule with a least only, so that its multiplier is below 0 there.
                let floors: Vec<(u32, i64)> = floors.iter().map(|&(floor, price)| (floor, -price)).collect();
                [pairs("prices", demands), pairs(" /", rules), pairs(" /", &floors)].concat()
            }
            Self::Fix(sites) => line("fix", sites.iter().map(|&(site, open)| decision(site, open))),
            Self::Dominated(sites) => pairs("dominated", sites),
            Self::Branch(site, open) => format!("branch {}", decision(*site, *open)),
            Self::Count(sites) => line("rule - -", sites.iter().map(|site| format!("{site}:1"))),
            Self::BranchSum { rule, most, more_first } => {
                format!("sum {} {rule}:{most}", if *more_first { '+' } else { '-' })
            }
            Self::Leaf => "leaf".to_owned(),
            Self::Impossible(rule) => format!("impossible rule {rule}"),
            Self::ImpossibleFloor(floor) => format!("impossible floor {floor}"),
        }
    }
}
