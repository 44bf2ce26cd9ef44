use maillage_io::Language;
use maillage_io::Language::{English, French};
use serde_json::{Value, json};

use super::unit::unit as unit_words;
use crate::words::{grouped, percent_up, plural, shown};

/// How far the verification of a plan went, told to whoever asked.
#[derive(Debug, Default)]
pub(crate) struct Verification {
    plan: String,
    /// What the problem was rebuilt from.
    pub(crate) source: Source,
    /// The inputs that are the plan's, by their names.
    pub(crate) inputs: Option<Vec<String>>,
    /// The hash of the problem rebuilt.
    pub(crate) problem: Option<String>,
    /// New sites, value, bound and the unit of the two: set when all agrees with the plan.
    pub(crate) counted: Option<(u64, u64, u64, String)>,
    /// Whether it is proved that there is no plan.
    pub(crate) infeasible: bool,
    /// The proof that was checked.
    pub(crate) certificate: Option<CertificateProof>,
    /// Whether the plan is within capacity, and so without certificate.
    pub(crate) within_capacity: bool,
    /// A certificate that the plan names and that is not there.
    pub(crate) missing: Option<String>,
}

/// What a problem was rebuilt from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Source {
    /// The inputs of a plan, which are the very files it was made from.
    #[default]
    Plan,
    /// The files and limits given.
    Question,
    /// An index file.
    Index,
}

/// A certificate that was checked.
#[derive(Debug)]
pub(crate) struct CertificateProof {
    pub(crate) file: String,
    /// Lines of the proof.
    pub(crate) steps: u64,
}

impl Verification {
    pub(crate) fn new(plan: String) -> Self {
        Self { plan, ..Self::default() }
    }

    pub(crate) fn to_json(&self, refused: Option<&str>, language: Language) -> Value {
        let objective = self
            .counted
            .as_ref()
            .map(|(_, value, bound, unit)| json!({ "unit": unit, "value": value, "bound": bound }));
        let proof = self.certificate.as_ref().map(|proof| json!({ "file": proof.file, "steps": proof.steps }));
        json!({
            "version": 1,
            "program": concat!("maillage ", env!("CARGO_PKG_VERSION")),
            "plan": self.plan,
            "verified": refused.is_none(),
            "refusal": refused,
            "inputs_unchanged": self.inputs,
            "problem": self.problem,
            "feasible": if self.infeasible { json!(false) } else { json!(self.counted.as_ref().map(|_| true)) },
            "sites_new": self.counted.as_ref().map(|counted| counted.0),
            "objective": objective,
            "certificate": proof,
            "bound_proved": self.certificate.is_some() && !self.infeasible,
            "steps": self.steps(language),
        })
    }

    /// Tells the steps that hold, one a line.
    pub(crate) fn steps_text(&self, language: Language) -> String {
        self.steps(language).into_iter().map(|step| step + "\n").collect()
    }

    pub(crate) fn to_text(&self, language: Language) -> String {
        format!("{}\n{}\n{}\n", self.steps_text(language), self.proved(language), self.trusted(language))
    }

    fn steps(&self, language: Language) -> Vec<String> {
        let mut steps = Vec::new();
        if let Some(files) = &self.inputs {
            let files = shown(&files.join(", "));
            steps.push(match language {
                English => format!("Inputs: {files} – the very files the plan was made from (SHA-256)."),
                French => format!("Données : {files} – les fichiers mêmes dont le plan est issu (SHA-256)."),
            });
        }
        if let Some(hash) = &self.problem {
            steps.push(match language {
                English => {
                    let source = match self.source {
                        Source::Plan => "them",
                        Source::Question => "the files and limits given",
                        Source::Index => "the index file",
                    };
                    format!("Problem: rebuilt from {source}, SHA-256 {hash}.")
                }
                French => {
                    let source = match self.source {
                        Source::Plan => "d’elles",
                        Source::Question => "des fichiers et des limites donnés",
                        Source::Index => "du fichier d’index",
                    };
                    format!("Problème : reconstruit à partir {source}, SHA-256 {hash}.")
                }
            });
        }
        if let Some((sites, value, _, unit)) = &self.counted {
            let number = |number: u64| grouped(number, language);
            let keep = match language {
                English => plural(*sites, "site keeps every rule and adds", "sites keep every rule and add", language),
                French => plural(
                    *sites,
                    "le nouveau site respecte chaque règle et apporte",
                    "les nouveaux sites respectent chaque règle et apportent",
                    language,
                ),
            };
            let (sites, value, unit) = (number(*sites), number(*value), unit_words(unit, language));
            steps.push(match (self.inputs.is_some(), language) {
                (true, English) => format!(
                    "Counts: the {sites} new {keep} {value} {unit}; every figure in {} is as counted again.",
                    shown(&self.plan)
                ),
                (true, French) => {
                    format!("Comptes : {keep} {value} {unit} ; chaque chiffre de {} se retrouve.", shown(&self.plan))
                }
                (false, English) => format!("Counts: the {sites} new {keep} {value} {unit}."),
                (false, French) => format!("Comptes : {keep} {value} {unit}."),
            });
        }
        if let Some(CertificateProof { file, steps: lines }) = &self.certificate {
            let (file, count) = (shown(file), grouped(*lines, language));
            steps.push(match language {
                English => {
                    let lines = plural(*lines, "step of its proof holds", "steps of its proof hold", language);
                    let sites = if self.infeasible { "" } else { " and these sites" };
                    format!("Certificate: {file} is of this problem{sites}; {count} {lines}.")
                }
                French => {
                    let lines = plural(*lines, "étape de sa preuve tient", "étapes de sa preuve tiennent", language);
                    let sites = if self.infeasible { "" } else { " et ces sites" };
                    format!("Certificat : {file} porte sur ce problème{sites} ; {count} {lines}.")
                }
            });
        }
        steps
    }

    fn proved(&self, language: Language) -> String {
        let Some((_, value, bound, unit)) = &self.counted else {
            return match (self.infeasible, language) {
                (false, _) => String::new(),
                (true, English) => "Proved: no choice of sites keeps every rule.".to_owned(),
                (true, French) => "Prouvé : aucun choix de sites ne respecte toutes les règles.".to_owned(),
            };
        };
        let gap = maillage_io::gap(*value, *bound, *bound).map_or_else(String::new, |gap| percent_up(gap, language));
        let (number, unit) = (grouped(*bound, language), unit_words(unit, language));
        match (&self.certificate, value == bound, language) {
            (Some(_), true, English) => {
                format!("Proved: no choice of sites within these rules adds more than {number} {unit}.")
            }
            (Some(_), true, French) => {
                format!("Prouvé : dans ces règles, aucun choix de sites n’apporte plus de {number} {unit}.")
            }
            (Some(_), false, English) => format!(
                "Proved: no choice of sites within these rules adds more than {number} {unit}; the plan is at most \
                 {gap} below the best possible."
            ),
            (Some(_), false, French) => format!(
                "Prouvé : dans ces règles, aucun choix de sites n’apporte plus de {number} {unit} ; le plan est au \
                 plus {gap} sous le meilleur possible."
            ),
            (None, _, English) if self.within_capacity => format!(
                "Only the counts were checked, not the bound of {number} {unit}: plans within capacity have no certificate."
            ),
            (None, _, French) if self.within_capacity => format!(
                "Seuls les comptes ont été vérifiés, non la borne de {number} {unit} : un plan dans la limite des \
                 capacités n’a pas de certificat."
            ),
            (None, _, English) => format!(
                "Only the counts were checked, not the bound of {number} {unit}: {}.",
                self.missing.as_ref().map_or_else(
                    || "there is no certificate (maillage plan --certificate plan.cert writes one)".to_owned(),
                    |file| format!("{} is not there", shown(file)),
                )
            ),
            (None, _, French) => format!(
                "Seuls les comptes ont été vérifiés, non la borne de {number} {unit} : {}.",
                self.missing.as_ref().map_or_else(
                    || "il n’y a pas de certificat (maillage plan --certificate plan.cert en écrit un)".to_owned(),
                    |file| format!("{} manque", shown(file)),
                )
            ),
        }
    }

    fn trusted(&self, language: Language) -> &'static str {
        match (self.source, self.certificate.is_some(), language) {
            (Source::Plan | Source::Question, true, English) => {
                "Trusted: that the data are true, and how they are read, travel times are made and people counted. The \
                 solver is not."
            }
            (Source::Plan | Source::Question, true, French) => {
                "Admis : que les données sont justes, la lecture des fichiers, le calcul des temps de trajet et le \
                 compte des personnes ; non le solveur."
            }
            (Source::Plan | Source::Question, false, English) => {
                "Trusted: that the data are true, how they are read, travel times are made and people counted, and the \
                 solver for its bound."
            }
            (Source::Plan | Source::Question, false, French) => {
                "Admis : que les données sont justes, la lecture des fichiers, le calcul des temps de trajet, le \
                 compte des personnes et, pour la borne, le solveur."
            }
            (Source::Index, _, English) => "Trusted: how the index file is read. The solver is not.",
            (Source::Index, _, French) => "Admis : la lecture du fichier d’index ; non le solveur.",
        }
    }
}
