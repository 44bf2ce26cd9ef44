//! The closing texts, in English and in French, as a planner would read them aloud.

mod assessment;
mod check;
mod curve;
mod diagnosis;
mod equity;
mod explanation;
mod goal;
mod guarantee;
mod headline;
mod loads;
mod notes;
mod phases;
mod place;
mod plan;
mod reach;
mod rules;
mod unit;
mod unreached;
mod variants;
mod verification;
mod written;

pub(crate) use assessment::AssessmentSummary;
pub(crate) use check::check_text;
pub(crate) use curve::CurveSummary;
pub(crate) use diagnosis::DiagnosisSummary;
pub(crate) use explanation::ExplanationSummary;
pub(crate) use goal::{goal, maximised};
pub(crate) use guarantee::{Claim, guarantee};
pub(crate) use headline::{Counts, headline, people};
pub(crate) use plan::PlanSummary;
pub(crate) use reach::ReachSummary;
pub(crate) use unit::unit;
pub(crate) use verification::{CertificateProof, Source, Verification};
