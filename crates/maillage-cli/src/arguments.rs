use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use maillage_core::TravelTime;
use maillage_io::{Crs, CsvStyle, Euros, Language, ScenarioFile, Share, TimeLimit};

use crate::frontier_arguments::FrontierArguments;
use crate::sweep::Axis;

/// Where to open the next sites so that the most under-served people come within reach, and how good the plan is.
#[derive(Debug, Parser)]
#[command(name = "maillage", version, propagate_version = true, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Flags of every command.
#[derive(Args, Debug)]
#[command(next_help_heading = "Every command")]
pub(crate) struct Global {
    /// The scenario, such as maillage.toml; flags win over it.
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) scenario: Option<PathBuf>,
    /// Write the answer as JSON on standard output; everything else goes to standard error.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Language of texts [default: from the locale].
    #[arg(long, global = true, value_name = "LANGUAGE")]
    pub(crate) lang: Option<Lang>,
    /// How errors are written.
    #[arg(long, global = true, value_name = "FORM", default_value = "text")]
    pub(crate) errors: ErrorForm,
    /// Threads to use, 0 for all; the answer is the same whatever their number.
    #[arg(long, global = true, value_name = "K", default_value_t = 0)]
    pub(crate) threads: usize,
    /// Say nothing but errors.
    #[arg(long, global = true)]
    pub(crate) quiet: bool,
    /// Replace files that exist already.
    #[arg(long, global = true)]
    pub(crate) force: bool,
}

/// The languages of `--lang`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Lang {
    Fr,
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Fr => Self::French,
            Lang::En => Self::English,
        }
    }
}

/// The forms of `--errors`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ErrorForm {
    /// Text for people.
    Text,
    /// One JSON object a line.
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write a made-up region into a folder, and plan it.
    Demo(DemoArguments),
    /// Write a commented maillage.toml for the named files.
    Init(Box<ScenarioFile>),
    /// Read and check all inputs, report every problem, write nothing.
    Check(Box<ScenarioFile>),
    /// Describe the state of things before any new site.
    Diagnose(Box<ScenarioFile>),
    /// Choose new sites.
    Plan(Box<PlanArguments>),
    /// Judge somebody's own list of sites.
    Assess(Box<AssessArguments>),
    /// Compute travel times once, and keep them in a file.
    Reach(Box<ReachArguments>),
    /// Say why these sites and not others: what the plan is worth without each, and with each that it leaves out.
    Explain(Box<ExplainArguments>),
    /// Draw the curve over sites or euros, with a bound at every point.
    Frontier(Box<FrontierArguments>),
    /// Make printable sheets, a page of A4 for each commune: reached by what, or why not, and what would change that.
    Sheet(Box<SheetArguments>),
    /// Hold plans side by side: sites, people gained and lost, money, minutes.
    Compare(CompareArguments),
    /// Show access to care after a plan: what its consultations add for each person (2SFCA, E2SFCA).
    Access(Box<AccessArguments>),
    /// Read observed use against a plan, and find the best plan after a few changes.
    Follow(Box<FollowArguments>),
    /// Score the applicants of a call for projects, and accept them under the envelope.
    Score(Box<ScoreArguments>),
    /// Plan under many assumptions at once: which sites stand in most plans, and what each plan is worth under the others.
    Sweep(Box<SweepArguments>),
    /// Solve a bare covering instance (an index file).
    Solve(SolveArguments),
    /// Make the page people look at: one HTML file with map, tables and sources, which needs no network.
    Report(ReportArguments),
    /// Recount a plan from its original inputs, and check its certificate.
    Verify(Box<VerifyArguments>),
    /// Write what a shell needs to complete commands and flags, on standard output.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Write the man pages: all of them into a folder, or the first on standard output.
    Man {
        /// The folder, which must be there.
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
    },
}

#[derive(Args, Debug)]
pub(crate) struct VerifyArguments {
    /// The plan: plan.geojson, plan.gpkg or plan.json; with --instance, a certificate.
    #[arg(value_name = "PLAN")]
    pub(crate) plan: PathBuf,
    /// The index file that a certificate of `solve` speaks of, with the --sites and --budget it was solved under.
    #[arg(long, value_name = "FILE", help_heading = "Bare instances")]
    pub(crate) instance: Option<PathBuf>,
    /// Ignore the open sites of the index file.
    #[arg(long, requires = "instance", help_heading = "Bare instances")]
    pub(crate) greenfield: bool,
    #[command(flatten)]
    pub(crate) files: ScenarioFile,
}

#[derive(Args, Debug)]
pub(crate) struct ReportArguments {
    /// The plan: plan.geojson or plan.gpkg.
    #[arg(value_name = "PLAN")]
    pub(crate) plan: PathBuf,
    /// What is written, by suffix: the page (.html) or its map alone (.svg, .png) [default: the plan's name with .html].
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// The answer of "maillage frontier --json", to draw its curve or the price of equity (repeatable).
    #[arg(long, value_name = "FILE")]
    pub(crate) frontier: Vec<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct PlanArguments {
    #[command(flatten)]
    pub(crate) question: ScenarioFile,
    /// Also write the covering problem for integer-programming solvers, by suffix: .mps or .lp.
    #[arg(long, value_name = "FILE", help_heading = "Files")]
    pub(crate) write_model: Option<PathBuf>,
    /// Also write the catchments of the open sites: the communes in reach of each, joined, and its isochrones
    /// (.geojson, .gpkg).
    #[arg(long, value_name = "FILE", help_heading = "Files")]
    pub(crate) out_isochrones: Option<PathBuf>,
    /// The times of these isochrones, such as 10min,20min [default: the longest one in reach].
    #[arg(long, value_name = "TIME,…", value_delimiter = ',', help_heading = "Files")]
    pub(crate) isochrones: Option<Vec<TravelTime>>,
}

#[derive(Args, Debug)]
pub(crate) struct DemoArguments {
    /// The folder to write into.
    #[arg(default_value = "demo", value_name = "DIR")]
    pub(crate) folder: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct AssessArguments {
    /// Identifiers between commas; or a file of identifiers (text, CSV) or of points (GeoJSON, CSV with lon and lat).
    #[arg(value_name = "LIST")]
    pub(crate) list: String,
    #[command(flatten)]
    pub(crate) file: ScenarioFile,
}

#[derive(Args, Debug)]
pub(crate) struct ReachArguments {
    #[command(flatten)]
    pub(crate) question: ScenarioFile,
    /// Keep the times of several profiles side by side: names or files (.toml) between commas.
    #[arg(long, value_name = "NAME,…", value_delimiter = ',', conflicts_with = "profile", help_heading = "Files")]
    pub(crate) profiles: Vec<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct ExplainArguments {
    #[command(flatten)]
    pub(crate) question: ScenarioFile,
    /// Candidates, or communes, to explain in any case: "why not our town?"; identifiers and codes between commas.
    #[arg(long, value_name = "ID,…", value_delimiter = ',', help_heading = "Explanation")]
    pub(crate) why_not: Vec<String>,
    /// Beside them, explain the most promising candidate left out in each commune, so many at most.
    #[arg(long, value_name = "N", default_value_t = 100, help_heading = "Explanation")]
    pub(crate) outsiders: u32,
    /// Also find so many plans near the best that open other sites.
    #[arg(long, value_name = "K", default_value_t = 0, help_heading = "Explanation")]
    pub(crate) alternatives: u32,
    /// Each of these does without at least so many sites of the plan, and of each before it.
    #[arg(long, value_name = "D", default_value_t = 5, help_heading = "Explanation")]
    pub(crate) differing: u32,
    /// Plans within this share of the best are near it.
    #[arg(long, value_name = "PERCENT", default_value = "0.5%", help_heading = "Explanation")]
    pub(crate) near_best: Share,
}

#[derive(Args, Debug)]
pub(crate) struct SheetArguments {
    /// Codes of the communes.
    #[arg(value_name = "CODE", required_unless_present = "all")]
    pub(crate) codes: Vec<String>,
    /// All communes, by code.
    #[arg(long, conflicts_with = "codes")]
    pub(crate) all: bool,
    /// The plan: plan.geojson or plan.gpkg.
    #[arg(long, value_name = "PLAN", default_value = "plan.geojson")]
    pub(crate) plan: PathBuf,
    #[command(flatten)]
    pub(crate) question: ScenarioFile,
}

#[derive(Args, Debug)]
pub(crate) struct CompareArguments {
    /// The plans, two or more: plan.geojson or plan.gpkg; the others are held against the first.
    #[arg(value_name = "PLAN", num_args = 2.., required = true)]
    pub(crate) plans: Vec<PathBuf>,
    /// What is written, by suffix: communes that differ (.csv), all tables (.xlsx), a map (.geojson, .gpkg), a page (.html)
    /// or the whole answer (.json) (repeatable).
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Vec<PathBuf>,
    /// Coordinate system of a .gpkg: EPSG:4326 or EPSG:2154.
    #[arg(long, value_name = "CRS")]
    pub(crate) out_crs: Option<Crs>,
    /// How .csv results are written: standard or fr.
    #[arg(long, value_name = "STYLE")]
    pub(crate) csv_style: Option<CsvStyle>,
}

#[derive(Args, Debug)]
pub(crate) struct AccessArguments {
    /// The plan: plan.geojson or plan.gpkg.
    #[arg(value_name = "PLAN")]
    pub(crate) plan: PathBuf,
    #[command(flatten)]
    pub(crate) question: ScenarioFile,
    /// Column of candidates: consultations a year that each gives once it is open.
    #[arg(long, value_name = "COLUMN", help_heading = "Access")]
    pub(crate) consultations_field: String,
    /// How consultations are shared with distance.
    #[arg(long, value_name = "RULE", default_value = "even", help_heading = "Access")]
    pub(crate) sharing: SharingRule,
    /// The end of the catchment of a site, such as 20min [default: the plan's limit]; with --sharing steps, the steps are
    /// those of --decay.
    #[arg(long, value_name = "TIME", help_heading = "Access")]
    pub(crate) catchment: Option<TravelTime>,
    /// Thresholds below which people are counted.
    #[arg(long, value_name = "ACCESS,…", value_delimiter = ',', default_value = "2.5,4", help_heading = "Access")]
    pub(crate) thresholds: Vec<f64>,
}

/// The rules of `--sharing`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SharingRule {
    /// All within the catchment alike (2SFCA).
    Even,
    /// By the shares of --decay (E2SFCA).
    Steps,
    /// By a Gaussian that ends with the catchment (E2SFCA).
    Gaussian,
}

#[derive(Args, Debug)]
pub(crate) struct FollowArguments {
    /// The plan: plan.geojson or plan.gpkg. Its question is asked again, with the flags given here in their place.
    #[arg(value_name = "PLAN")]
    pub(crate) plan: PathBuf,
    /// Observed acts by site and year (.csv).
    #[arg(value_name = "ACTS")]
    pub(crate) acts: PathBuf,
    #[command(flatten)]
    pub(crate) question: ScenarioFile,
    /// Column of the acts' file: the site's identifier.
    #[arg(long, value_name = "COLUMN", default_value = "id", help_heading = "Use")]
    pub(crate) acts_id_field: String,
    /// Column of the acts' file: acts done.
    #[arg(long, value_name = "COLUMN", default_value = "acts", help_heading = "Use")]
    pub(crate) acts_field: String,
    /// Column of the acts' file: acts planned.
    #[arg(long, value_name = "COLUMN", help_heading = "Use")]
    pub(crate) planned_field: Option<String>,
    /// So many acts are regular use.
    #[arg(long, value_name = "ACTS", help_heading = "Use")]
    pub(crate) regular: Option<u64>,
    /// Find the best plan that gives up at most so many new sites of this one.
    #[arg(long, value_name = "K", help_heading = "Use")]
    pub(crate) changes: Option<u32>,
    /// Give up the new sites below regular use in any case.
    #[arg(long, requires_all = ["regular", "changes"], help_heading = "Use")]
    pub(crate) close_unused: bool,
    /// What sites that are given up have cost is spent, and counts under the budget.
    #[arg(long, requires = "changes", help_heading = "Use")]
    pub(crate) spent: bool,
}

#[derive(Args, Debug)]
pub(crate) struct ScoreArguments {
    /// The applicants: points in GeoJSON, in a GeoPackage or in CSV, as candidates are.
    #[arg(value_name = "APPLICANTS")]
    pub(crate) applicants: PathBuf,
    #[command(flatten)]
    pub(crate) question: ScenarioFile,
    /// A plan whose new sites are there already: plan.geojson or plan.gpkg.
    #[arg(long, value_name = "PLAN", help_heading = "Files")]
    pub(crate) plan: Option<PathBuf>,
    /// How applicants are accepted.
    #[arg(long, value_name = "RULE", default_value = "best-set", help_heading = "Stopping")]
    pub(crate) accept: Accept,
}

/// The rules of `--accept`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Accept {
    /// The set that adds most together.
    BestSet,
    /// In turn, the one that adds most to those accepted before it.
    People,
    /// In turn, the one that adds most for each euro.
    PeoplePerEuro,
}

impl Accept {
    /// Returns the word for it.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::BestSet => "best-set",
            Self::People => "people",
            Self::PeoplePerEuro => "people-per-euro",
        }
    }
}

#[derive(Args, Debug)]
pub(crate) struct SweepArguments {
    #[command(flatten)]
    pub(crate) question: ScenarioFile,
    /// A key of the scenario and the values it takes, such as under=2.5,3,4 or within=10min,15min,20min (repeatable);
    /// lists are parted by semicolons, such as forbid=;site-1,site-2.
    #[arg(long, value_name = "KEY=VALUE,…", help_heading = "Sweep")]
    pub(crate) vary: Vec<Axis>,
    /// Take so many scenarios out of all, drawn by the seed.
    #[arg(long, value_name = "N", help_heading = "Sweep")]
    pub(crate) sample: Option<u32>,
    /// The seed of the sample.
    #[arg(long, value_name = "S", default_value_t = 1, requires = "sample", help_heading = "Sweep")]
    pub(crate) seed: u64,
    /// Keep what is done in this folder, and go on from there after an interruption.
    #[arg(long, value_name = "DIR", help_heading = "Sweep")]
    pub(crate) keep: Option<PathBuf>,
    /// Also look for the plans that are best in the worst scenario and on average, each with a bound.
    #[arg(long, help_heading = "Sweep")]
    pub(crate) consensus: bool,
    /// Write the sites of all plans, those in most of them first (.csv).
    #[arg(long, value_name = "FILE", help_heading = "Sweep")]
    pub(crate) core: Option<PathBuf>,
    /// Write what each plan loses under the assumptions of each scenario (.csv).
    #[arg(long, value_name = "FILE", help_heading = "Sweep")]
    pub(crate) regret: Option<PathBuf>,
}

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
