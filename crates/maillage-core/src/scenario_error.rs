use crate::{BorderError, ColumnError, ConsultationError, DecayStep, RuleError, TravelTime, VariantError};

/// Why a scenario cannot be asked of a territory.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ScenarioError {
    /// The threshold must be finite and above 0.
    #[error("a threshold of {0} is not a finite number above 0")]
    Threshold(f64),
    /// The gap must be a share.
    #[error("a gap of {0} is not a share from 0 to 1")]
    Gap(f64),
    /// Exactly how many sites is not said.
    #[error("an exact number of sites is asked for, but no number is given")]
    ExactlyWithoutCount,
    /// Travel times were computed for other communes or sites.
    #[error("the travel times were computed for other communes or sites")]
    OtherTerritory,
    /// Travel times were computed up to less than the limit asked for.
    #[error("travel times were computed up to {limit} only, less than the {within} asked for")]
    ReachTooShort {
        /// The longest time computed.
        limit: TravelTime,
        /// The limit asked for.
        within: TravelTime,
    },
    /// Neither a number of sites nor a budget is given.
    #[error("neither a number of sites nor a budget is given")]
    NoLimit,
    /// A listed site is not among the candidates.
    #[error("\"{id}\", asked to be {list}, is not among the candidates")]
    UnknownSite {
        /// "required", "forbidden", "incompatible" or "opened".
        list: &'static str,
        /// The identifier.
        id: String,
        /// The nearest identifiers there are.
        nearest: Vec<String>,
    },
    /// A site is both required and forbidden.
    #[error("\"{id}\" is both required and forbidden")]
    RequiredAndForbidden {
        /// The identifier.
        id: String,
    },
    /// The required sites are more than may open.
    #[error("{required} sites are required, but only {sites} may open")]
    RequiredAboveCount {
        /// How many are required.
        required: u64,
        /// How many may open.
        sites: u64,
        /// The required ones.
        ids: Vec<String>,
    },
    /// The required sites cost more than the budget.
    #[error("the required sites cost {cost} euros, more than the budget of {budget}")]
    RequiredAboveBudget {
        /// What they cost.
        cost: u64,
        /// The budget.
        budget: u64,
        /// The required ones and what each costs.
        ids: Vec<(String, u64)>,
    },
    /// No candidate is cheap enough.
    #[error("the cheapest candidate costs {cheapest} euros, more than the budget of {budget}")]
    BudgetBelowCheapest {
        /// What the cheapest costs.
        cheapest: u64,
        /// Its identifier.
        id: String,
        /// The budget.
        budget: u64,
    },
    /// More sites are asked for, exactly, than may open.
    #[error("exactly {sites} sites are asked for, but only {candidates} candidates may open")]
    TooFewCandidates {
        /// How many are asked for.
        sites: u64,
        /// How many may open.
        candidates: u64,
    },
    /// The cheapest choice of exactly so many sites costs more than the budget.
    #[error("the cheapest {sites} sites cost {cheapest} euros, more than the budget of {budget}")]
    ExactlyAboveBudget {
        /// How many are asked for.
        sites: u64,
        /// What the cheapest choice costs.
        cheapest: u64,
        /// The budget.
        budget: u64,
    },
    /// Nobody is to be counted: no commune has any weight.
    #[error("there is nothing to cover: no commune with people is under-served")]
    NothingToCover,
    /// A commune with people has no access figure.
    #[error("{communes} communes with {people} people have no access figure")]
    MissingAccess {
        /// How many.
        communes: u64,
        /// Their people.
        people: u64,
        /// Up to ten of their codes.
        examples: Vec<String>,
    },
    /// Weights by access need a threshold.
    #[error("the weight \"shortfall\" needs the threshold below which people are under-served")]
    NoThreshold,
    /// Weights by a column need that column.
    #[error("commune \"{code}\" has no value in the column to weigh by")]
    NoWeight {
        /// The commune.
        code: String,
    },
    /// The phases make no sense.
    #[error(transparent)]
    Variant(#[from] VariantError),
    /// A rule, a floor or a spacing makes no sense.
    #[error(transparent)]
    Rule(#[from] RuleError),
    /// A column that a rule looks at cannot be used.
    #[error(transparent)]
    Column(#[from] ColumnError),
    /// No choice that suffices was found, nor that there is none.
    #[error(
        "no plan with {target} people in reach that keeps every rule was found; more may be tried with the effort \"proof\""
    )]
    TargetNotFound {
        /// So many people are to be in reach.
        target: u64,
    },
    /// Steps of decay must go outwards, and count less and less.
    #[error("the steps of decay go outwards and never count more: {next} cannot follow {step}")]
    DecayOutOfOrder {
        /// A step.
        step: DecayStep,
        /// The one after it.
        next: DecayStep,
    },
    /// Minutes are counted as they are.
    #[error("the goal \"travel-time\" counts minutes, so that shares by time (decay) say nothing: leave one out")]
    DecayOfTravelTime,
    /// No sites at all reach so many people.
    #[error(
        "the goal needs {target} people in reach, but no choice of sites that keeps the rules reaches above {most}"
    )]
    TargetOutOfReach {
        /// So many people are to be in reach.
        target: u64,
        /// So many can be.
        most: u64,
    },
    /// The border cannot be drawn.
    #[error(transparent)]
    Border(#[from] BorderError),
    /// Consultations cannot be counted.
    #[error(transparent)]
    Consultations(#[from] ConsultationError),
    /// The kernel refused the capacities.
    #[error(transparent)]
    Capacity(#[from] maillage_solver::CapacityError),
    /// The kernel refused the problem.
    #[error(transparent)]
    Problem(#[from] maillage_solver::ProblemError),
    /// The kernel refused the coverage.
    #[error(transparent)]
    Coverage(#[from] maillage_solver::CoverageError),
}

impl ScenarioError {
    /// Returns whether it says that no choice of sites keeps what is asked.
    #[must_use]
    pub const fn leaves_no_plan(&self) -> bool {
        matches!(
            self,
            Self::RequiredAndForbidden { .. }
                | Self::RequiredAboveCount { .. }
                | Self::RequiredAboveBudget { .. }
                | Self::TooFewCandidates { .. }
                | Self::ExactlyAboveBudget { .. }
                | Self::Rule(RuleError::RequiredApart { .. } | RuleError::RequiredTooNear { .. })
        )
    }

    /// Returns whether it says that there is nothing to choose: nobody to reach, or no money for any site.
    #[must_use]
    pub const fn leaves_no_choice(&self) -> bool {
        matches!(self, Self::NothingToCover | Self::BudgetBelowCheapest { .. })
    }
}
