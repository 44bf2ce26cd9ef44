//! The closing texts, in English and in French, as a planner would read them aloud.

mod check;
mod diagnosis;
mod guarantee;
mod notes;
mod place;
mod plan;
mod unreached;
mod verification;

pub(crate) use check::check_text;
pub(crate) use diagnosis::DiagnosisSummary;
pub(crate) use plan::PlanSummary;
pub(crate) use verification::{CertificateProof, Verification};
