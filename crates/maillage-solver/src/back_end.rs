use std::time::Duration;

use good_lp::solvers::{Solution, SolutionStatus, SolverModel, WithTimeLimit};
use good_lp::variable::UnsolvedProblem;
use good_lp::{Expression, ProblemVariables, ResolutionError, Variable, constraint, variable};

use crate::{Problem, SiteId};

/// An integer-programming solver that can be asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum BackEnd {
    /// microlp, written in Rust: for small problems.
    #[default]
    Microlp,
    /// HiGHS: needs cmake and libclang to build.
    #[cfg(feature = "highs")]
    Highs,
}

/// What a back end says; nothing of it is believed before it is counted.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// For each site how far it is open: nearly 0 or 1.
    pub(crate) openness: Vec<f64>,
    /// The weight covered.
    pub(crate) value: f64,
    /// Whether it came to its end by itself.
    pub(crate) in_time: bool,
}

/// Why a back end has no answer.
#[derive(Clone, Debug)]
pub(crate) enum NoAnswer {
    /// It says that there is none.
    Infeasible,
    /// The time was over first.
    OutOfTime,
    /// Anything else.
    Failed(String),
}

impl BackEnd {
    /// Solves a problem all of whose sites are free.
    pub(crate) fn answer(self, problem: &Problem, time_limit: Option<Duration>) -> Result<Answer, NoAnswer> {
        match self {
            Self::Microlp => answer_by(good_lp::microlp, problem, time_limit),
            #[cfg(feature = "highs")]
            Self::Highs => {
                let exact = |unsolved| {
                    let mut model =
                        good_lp::highs(unsolved).set_option("mip_abs_gap", 0.5).set_option("mip_rel_gap", 0.0);
                    model.set_verbose(false);
                    model
                };
                answer_by(exact, problem, time_limit)
            }
        }
    }
}

/// Solves by any solver of `good_lp` that takes a time limit.
#[expect(clippy::cast_precision_loss, reason = "a problem's numbers add up to 2^53 at most")]
fn answer_by<M>(
    solver: impl FnMut(UnsolvedProblem) -> M,
    problem: &Problem,
    time_limit: Option<Duration>,
) -> Result<Answer, NoAnswer>
where
    M: SolverModel<Error = ResolutionError> + WithTimeLimit,
{
    let mut variables = ProblemVariables::new();
    let sites = variables.add_vector(variable().binary(), problem.coverage().sites());
    let demands = variables.add_vector(variable().clamp(0, 1), problem.coverage().demands());
    let objective = weighted(demands.iter().zip(problem.weights()).map(|(&demand, &weight)| (demand, weight as f64)));
    let mut model = variables.maximise(&objective).using(solver);
    if let Some(limit) = time_limit {
        model = model.with_time_limit(limit.as_secs_f64());
    }
    for (number, &demand) in (0..).zip(&demands) {
        let coverers = problem.coverage().sites_of(crate::DemandId(number));
        let open = weighted(coverers.iter().map(|site| (sites[site.index()], 1.0)));
        model = model.with(constraint!(demand <= open));
    }
    for rule in problem.rules() {
        let coefficient = |&(site, by): &(SiteId, i64)| (sites[site.index()], by as f64);
        let sum = || weighted(rule.coefficients.iter().map(coefficient));
        if let Some(most) = rule.most {
            model = model.with(constraint!(sum() <= most as f64));
        }
        if let Some(least) = rule.least {
            model = model.with(constraint!(sum() >= least as f64));
        }
    }
    for floor in problem.floors() {
        let sum = weighted(floor.coefficients.iter().map(|&(demand, by)| (demands[demand.index()], by as f64)));
        model = model.with(constraint!(sum >= floor.least as f64));
    }
    let in_words = |failure: ResolutionError| NoAnswer::Failed(format!("the back end failed: {failure}"));
    let solution = model.solve().map_err(|failure| match failure {
        ResolutionError::Infeasible => NoAnswer::Infeasible,
        // All that `good_lp` says when the time ran out before the first plan.
        ResolutionError::Other(_) if time_limit.is_some() => NoAnswer::OutOfTime,
        other => in_words(other),
    })?;
    Ok(Answer {
        openness: sites.iter().map(|&site| solution.value(site)).collect(),
        value: solution.eval(&objective),
        in_time: !matches!(solution.status(), SolutionStatus::TimeLimit),
    })
}

fn weighted(terms: impl Iterator<Item = (Variable, f64)>) -> Expression {
    let mut sum = Expression::with_capacity(terms.size_hint().0);
    for (variable, by) in terms {
        sum.add_mul(by, variable);
    }
    sum
}
