use maillage_core::{ConsultationError, ReachError, RuleError, ScenarioError, VariantError};
use maillage_io::{OutputError, PlanFileError, QuestionError, ScenarioTextError};
use maillage_solver::{FrontierError, SolveError};

use super::Failure;
use crate::exit::Exit;

impl Failure {
    /// Returns what the exit code tells scripts.
    #[expect(clippy::too_many_lines, reason = "one line for each way to fail")]
    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::Findings { exit } => *exit,
            Self::Scenario(ScenarioError::Variant(
                VariantError::NotANumber { .. }
                | VariantError::NoColumn { .. }
                | VariantError::UnknownUpgrade { .. }
                | VariantError::FarFromUpgraded { .. },
            )) => Exit::BadData,
            Self::In { failure, .. } | Self::Stated { failure, .. } => failure.exit(),
            Self::ScenarioText(ScenarioTextError::Unreadable { .. })
            | Self::Question(QuestionError::List { .. })
            | Self::StandardOutput(_)
            | Self::PlanFile(PlanFileError::Unreadable { .. })
            | Self::Reading { .. } => Exit::Files,
            Self::Output(OutputError::Exists(_) | OutputError::IsInput(_) | OutputError::Twice(_))
            | Self::ScenarioText(_)
            | Self::Question(_)
            | Self::StyleWithoutSplit
            | Self::UnknownSuffix { .. }
            | Self::OutsideCrs { .. }
            | Self::ModelSuffix { .. }
            | Self::NotTable { .. }
            | Self::NotWritten { .. }
            | Self::Isochrones { .. }
            | Self::TooFewChanges { .. }
            | Self::NotPage { .. }
            | Self::TwoRanges
            | Self::PointsWithoutTimes
            | Self::NoRange
            | Self::RangeOfEquity
            | Self::NotHere { .. }
            | Self::NotWithGoal { .. }
            | Self::NoPhases { .. }
            | Self::NotWithinCapacity { .. }
            | Self::NoSites { .. }
            | Self::StraightLine(_)
            | Self::Scenario(
                ScenarioError::Rule(
                    RuleError::Nothing { .. }
                    | RuleError::Contradiction { .. }
                    | RuleError::ShareOfAll { .. }
                    | RuleError::SpreadOfOne { .. }
                    | RuleError::EmptyCondition { .. }
                    | RuleError::NoTimes { .. },
                )
                | ScenarioError::NoLimit
                | ScenarioError::NoThreshold
                | ScenarioError::Consultations(
                    ConsultationError::Floors | ConsultationError::Weight | ConsultationError::Goal,
                )
                | ScenarioError::Threshold(_)
                | ScenarioError::Gap(_)
                | ScenarioError::DecayOutOfOrder { .. }
                | ScenarioError::DecayOfTravelTime
                | ScenarioError::ExactlyWithoutCount
                | ScenarioError::Variant(_),
            ) => Exit::Usage,
            Self::Scenario(ScenarioError::Rule(RuleError::TooManyPairs { .. } | RuleError::SpreadOfMany { .. })) => {
                Exit::TooLarge
            }
            // The command line computes reach for the very territory and limit it compiles.
            Self::Scenario(ScenarioError::OtherTerritory | ScenarioError::ReachTooShort { .. }) | Self::Answer(_) => {
                Exit::Bug
            }
            Self::Output(_) => Exit::Files,
            Self::Reach(ReachError::TooManyPairs { .. }) => Exit::TooLarge,
            Self::Territory(_)
            | Self::Reach(_)
            | Self::Coverage(_)
            | Self::Problem(_)
            | Self::UnknownOpenSite { .. }
            | Self::PlanFile(_)
            | Self::GeoPackage(_)
            | Self::NotCurve { .. }
            | Self::NoCommunes { .. }
            | Self::PlanLayers { .. }
            | Self::Workbook(_)
            | Self::TimesRows(_)
            | Self::Picture(_)
            | Self::NotCertificate { .. }
            | Self::UnknownListed { .. }
            | Self::UnknownAsked { .. }
            | Self::EmptyList
            | Self::Comparison(_)
            | Self::Column { .. }
            | Self::Scenario(
                ScenarioError::UnknownSite { .. }
                | ScenarioError::MissingAccess { .. }
                | ScenarioError::NoWeight { .. }
                | ScenarioError::Column(_)
                | ScenarioError::Consultations(_)
                | ScenarioError::Border(_)
                | ScenarioError::Capacity(_)
                | ScenarioError::Problem(_)
                | ScenarioError::Coverage(_),
            ) => Exit::BadData,
            Self::Interrupted | Self::NoPlan | Self::Scenario(ScenarioError::TargetNotFound { .. }) => {
                Exit::NothingWritten
            }
            Self::Scenario(_)
            | Self::Impossible(_)
            | Self::SpentAboveBudget { .. }
            | Self::Solve(SolveError::Infeasible { .. })
            | Self::Frontier(FrontierError::Solve(SolveError::Infeasible { .. })) => Exit::Impossible,
            Self::Solve(_)
            | Self::Sensitivity(_)
            | Self::SelfCheck { .. }
            | Self::Certificate(_)
            | Self::Refused(_)
            | Self::Frontier(FrontierError::Solve(_)) => Exit::SelfCheck,
            // The command line names a rule there is, and ends that rise.
            Self::Frontier(_) => Exit::Bug,
        }
    }
}
