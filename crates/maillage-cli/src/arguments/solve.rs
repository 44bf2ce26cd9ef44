use std::path::PathBuf;

use clap::{Args, ValueEnum};
use maillage_io::{Euros, Share, TimeLimit};

#[derive(Args, Debug)]
pub(crate) struct SolveArguments {
    /// The index file, plain or gzip.
    #[arg(value_name = "INSTANCE")]
    pub(crate) instance: PathBuf,
    /// At most this many new sites.
    #[arg(long, value_name = "N")]
    pub(crate) sites: Option<u32>,
    /// At most this much for new sites, in whole units of the file's costs.
    #[arg(long, value_name = "COST")]
    pub(crate) budget: Option<Euros>,
    /// Ignore the open sites of the file.
    #[arg(long)]
    pub(crate) greenfield: bool,
    /// How much work to do before stopping: normal, or proof where a time limit is given.
    #[arg(long, value_name = "EFFORT")]
    pub(crate) effort: Option<SolveEffort>,
    /// Stop when proved this close to the best, such as 0.1%.
    #[arg(long, value_name = "PERCENT")]
    pub(crate) gap: Option<Share>,
    /// Stop by the clock, such as 60s.
    #[arg(long, value_name = "TIME")]
    pub(crate) time_limit: Option<TimeLimit>,
    /// Who looks for the best choice.
    #[arg(long, value_name = "SOLVER", default_value = "search")]
    pub(crate) solver: SolverName,
    /// Write the proof of the bound.
    #[arg(long, value_name = "FILE")]
    pub(crate) certificate: Option<PathBuf>,
    /// Also write the problem for integer-programming solvers, by suffix: .mps or .lp.
    #[arg(long, value_name = "FILE")]
    pub(crate) write_model: Option<PathBuf>,
}

/// The solvers of `--solver`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SolverName {
    /// Bound, search and branching of maillage itself.
    Search,
    /// The integer-programming solver microlp, for small problems; its plan is recounted, its proof is not believed.
    Milp,
    /// The integer-programming solver HiGHS, likewise.
    #[cfg(feature = "highs")]
    Highs,
}

/// The efforts of `--effort`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum SolveEffort {
    /// A tenth of the work.
    Quick,
    /// The default.
    Normal,
    /// Until proved.
    Proof,
}

impl From<SolveEffort> for maillage_solver::Effort {
    fn from(effort: SolveEffort) -> Self {
        match effort {
            SolveEffort::Quick => Self::Quick,
            SolveEffort::Normal => Self::Normal,
            SolveEffort::Proof => Self::Proof,
        }
    }
}
