use std::path::{Path, PathBuf};

use maillage_io::{CoveringModel, ModelDemand, ModelFloor, ModelRule, Output};
use maillage_solver::{DemandId, Problem, Residual, SiteId, SolveError};

use crate::failure::Failure;
use crate::interrupt;

/// The file of `--write-model`, and the one beside it that says what its variables stand for.
#[derive(Debug)]
pub(crate) struct ModelFile {
    format: Format,
    file: PathBuf,
}

#[derive(Clone, Copy, Debug)]
enum Format {
    Mps,
    Lp,
}

/// What the indices of a problem are called.
pub(crate) struct Names<S, D> {
    pub(crate) site: S,
    pub(crate) demand: D,
    /// The rules, in their order.
    pub(crate) rules: Vec<String>,
    /// The coverage floors, in theirs.
    pub(crate) floors: Vec<String>,
}

impl ModelFile {
    /// Takes the format from the suffix.
    pub(crate) fn of(file: &Path) -> Result<Self, Failure> {
        let suffix = file.extension().map(|suffix| suffix.to_string_lossy().to_lowercase()).unwrap_or_default();
        let format = match suffix.as_str() {
            "mps" => Format::Mps,
            "lp" => Format::Lp,
            _ => return Err(Failure::ModelSuffix { file: file.to_owned() }),
        };
        Ok(Self { format, file: file.to_owned() })
    }

    /// Returns the files to be written.
    pub(crate) fn paths(&self) -> [PathBuf; 2] {
        [self.file.clone(), self.file.with_extension("names.csv")]
    }

    /// Writes the problem as it is once everything settled at sight is taken out.
    pub(crate) fn write<S, D>(&self, output: Output, problem: &Problem, names: &Names<S, D>) -> Result<(), Failure>
    where
        S: Fn(SiteId) -> String,
        D: Fn(DemandId) -> String,
    {
        let model = model(problem, names)?;
        let text = match self.format {
            Format::Mps => model.to_mps(),
            Format::Lp => model.to_lp(),
        };
        let contents = [text.into_bytes(), model.to_names()];
        Ok(interrupt::whole(|| output.write(&contents))?)
    }
}

fn model<S, D>(problem: &Problem, names: &Names<S, D>) -> Result<CoveringModel, SolveError>
where
    S: Fn(SiteId) -> String,
    D: Fn(DemandId) -> String,
{
    let residual = Residual::of(problem)?;
    let smaller = residual.problem();
    let mut demands: Vec<ModelDemand> =
        smaller.weights().iter().map(|&weight| ModelDemand { places: Vec::new(), weight }).collect();
    let mut settled = Vec::new();
    for (demand, became) in (0..).map(DemandId).zip(residual.demands()) {
        match became.and_then(|became| demands.get_mut(became.index())) {
            Some(became) => became.places.push((names.demand)(demand)),
            None => settled.push((names.demand)(demand)),
        }
    }
    let mut kept: Vec<SiteId> = [residual.sites(), residual.open()].concat();
    kept.sort_unstable();
    let all = (0..).map(SiteId).take(problem.coverage().sites());
    let left_out = all.filter(|site| kept.binary_search(site).is_err());
    let called = |sites: &[SiteId]| sites.iter().map(|&site| (names.site)(site)).collect();
    let rows = (0..).map(SiteId).take(residual.sites().len());
    let rules = smaller.rules().iter().enumerate().map(|(number, rule)| ModelRule {
        name: names.rules.get(number).cloned().unwrap_or_default(),
        coefficients: rule.coefficients.iter().map(|&(site, by)| (site.0, by)).collect(),
        least: rule.least,
        most: rule.most,
    });
    let floors = smaller.floors().iter().enumerate().map(|(number, floor)| ModelFloor {
        name: names.floors.get(number).cloned().unwrap_or_default(),
        coefficients: floor.coefficients.iter().map(|&(demand, by)| (demand.0, by)).collect(),
        least: floor.least,
    });
    Ok(CoveringModel {
        sites: called(residual.sites()),
        rows: rows.map(|site| smaller.coverage().demands_of(site).iter().map(|demand| demand.0).collect()).collect(),
        demands,
        rules: rules.collect(),
        floors: floors.collect(),
        base: residual.base(),
        open: called(residual.open()),
        left_out: left_out.map(&names.site).collect(),
        settled,
    })
}
