use std::fs;
use std::path::Path;

use maillage_solver::{Problem, SiteId};
use maillage_verify::{Instance, Verdict, verify};

use crate::bare::fixed_open;
use crate::disagreement::Disagreement;
use crate::failure::Failure;

/// A certificate as it stands in its file.
#[derive(Debug)]
pub(crate) struct ProofFile {
    /// Its base name.
    pub(crate) file: String,
    text: String,
}

/// What a certificate proves of a plan.
#[derive(Debug)]
pub(crate) struct ProvedPlan {
    /// Every open site, ascending, those fixed open among them.
    pub(crate) open: Vec<SiteId>,
    /// The weight covered, by all of them.
    pub(crate) value: u64,
    /// No choice of sites covers more.
    pub(crate) bound: u64,
}

/// How every certificate starts.
const START: &str = "maillage-certificate ";

impl ProofFile {
    /// Returns whether the file calls itself a certificate.
    pub(crate) fn is_one(path: &Path) -> bool {
        let mut start = [0; START.len()];
        let read = fs::File::open(path).and_then(|mut file| std::io::Read::read_exact(&mut file, &mut start));
        read.is_ok() && start == START.as_bytes()
    }

    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let bytes = fs::read(path).map_err(|source| Failure::Reading { file: path.to_owned(), source })?;
        let text = String::from_utf8(bytes).ok().filter(|text| text.starts_with(START));
        let text = text.ok_or_else(|| Failure::NotCertificate { file: path.to_owned() })?;
        Ok(Self { file: path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(), text })
    }

    /// Returns what it proves of an instance.
    pub(crate) fn check(&self, instance: &Instance) -> Result<Verdict, Disagreement> {
        let file = self.file.clone();
        let stated = self.text.lines().nth(1).and_then(|line| line.strip_prefix("problem ")).unwrap_or_default();
        if stated.len() == instance.hash().len() && stated != instance.hash() {
            let (stated, counted) = (stated.to_owned(), instance.hash().to_owned());
            return Err(Disagreement::OtherProblem { file, stated, counted });
        }
        verify(instance, &self.text).map_err(|refusal| Disagreement::Refused { file, refusal })
    }

    /// Returns the plan that it proves a bound of.
    pub(crate) fn check_plan(&self, problem: &Problem, instance: &Instance) -> Result<ProvedPlan, Disagreement> {
        match self.check(instance)? {
            Verdict::Plan { sites, value, bound } => {
                let mut open: Vec<SiteId> = sites.into_iter().map(SiteId).chain(fixed_open(problem)).collect();
                open.sort_unstable();
                Ok(ProvedPlan { open, value, bound })
            }
            Verdict::Infeasible => Err(Disagreement::NoPlan { file: self.file.clone() }),
        }
    }

    /// Returns how many steps its proof has.
    pub(crate) fn steps(&self) -> u64 {
        let steps = self.text.lines().skip_while(|line| !line.starts_with("bound ") && *line != "infeasible");
        steps.skip(1).count() as u64
    }
}
