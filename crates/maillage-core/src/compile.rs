use maillage_solver::{Coverage, Problem};

use crate::coverage_floors::coverage_floors;
use crate::demands::Demands;
use crate::openings::Openings;
use crate::request::Request;
use crate::site_rules::SiteRules;
use crate::{Dictionary, Goal, MissingAccess, Reach, Scenario, ScenarioError, Territory, Weight, WithoutAccess};

impl Scenario {
    /// Compiles the question to a kernel problem: the only place where geography becomes indices.
    ///
    /// Kernel sites are openings of sites, in order of cost, then of their kind in `prefer`, then of identifier, so
    /// that the kernel's rule for ties, the smaller index, is the planner's. Existing sites are open and cost nothing;
    /// required ones are open and count. Rules are the number of sites, where given, then the budget, where given,
    /// then those of the scenario in its order; the dictionary says what each is called. Demands are communes on
    /// layers; communes that weigh nothing, and that no floor counts, make none.
    ///
    /// # Errors
    /// When the question makes no sense, cannot be asked of the territory, or is impossible at sight: checked in that
    /// order. A question without rules and floors that passes can always be answered.
    pub fn compile(&self, territory: &Territory, reach: &Reach) -> Result<(Problem, Dictionary), ScenarioError> {
        self.check_words()?;
        self.check_data(territory, reach)?;
        let request = Request::of(self, territory)?;
        request.check_limits(self, territory)?;

        let demands = Demands::of(self, territory)?;
        let openings = Openings::of(self, territory);
        let rules = SiteRules::of(self, territory, &openings, &request)?;
        let (floors, floor_names) = coverage_floors(self, territory, reach, &demands)?;
        // A `Territory` never holds more communes than a `u32` counts.
        let demand_count = u32::try_from(demands.all.len()).unwrap_or(u32::MAX);
        let coverage = Coverage::from_rows(demand_count, &demands.rows(reach, &openings))?;
        let fixings = openings.fixings(territory, &request);
        let problem = Problem::new(coverage, demands.weights, rules.rules, fixings)?.with_floors(floors)?;
        let covered_before = problem.value_of(&openings.existing(territory));
        let dictionary = Dictionary {
            openings: openings.all,
            layers: demands.layers,
            demands: demands.all,
            rules: rules.names,
            scales: rules.scales,
            floors: floor_names,
            covered_before,
        };
        Ok((problem, dictionary))
    }

    /// Checks what can be checked without data.
    fn check_words(&self) -> Result<(), ScenarioError> {
        if let Some(under) = self.under
            && !(under.is_finite() && under > 0.0)
        {
            return Err(ScenarioError::Threshold(under));
        }
        if let Some(gap) = self.gap
            && !(0.0..=1.0).contains(&gap)
        {
            return Err(ScenarioError::Gap(gap));
        }
        if self.exactly && self.sites.is_none() {
            return Err(ScenarioError::ExactlyWithoutCount);
        }
        if self.sites.is_none() && self.budget.is_none() && !self.goal.moves_limit() {
            return Err(ScenarioError::NoLimit);
        }
        if self.weight == Weight::Shortfall && self.under.is_none() {
            return Err(ScenarioError::NoThreshold);
        }
        self.check_decay()
    }

    fn check_decay(&self) -> Result<(), ScenarioError> {
        if !self.decay.is_empty() && matches!(self.goal, Goal::TravelTime(_)) {
            return Err(ScenarioError::DecayOfTravelTime);
        }
        let pairs = self.decay.iter().zip(self.decay.iter().skip(1));
        for (step, next) in pairs {
            if step.within >= next.within || step.share < next.share {
                return Err(ScenarioError::DecayOutOfOrder { step: *step, next: *next });
            }
        }
        Ok(())
    }

    fn check_data(&self, territory: &Territory, reach: &Reach) -> Result<(), ScenarioError> {
        if !reach.fits(territory) {
            return Err(ScenarioError::OtherTerritory);
        }
        if let Some(limit) = reach.limit()
            && limit < self.longest()
        {
            return Err(ScenarioError::ReachTooShort { limit, within: self.longest() });
        }
        if self.missing_access == MissingAccess::Refuse {
            let WithoutAccess { communes, people, examples } = WithoutAccess::of(territory, self);
            if communes > 0 {
                return Err(ScenarioError::MissingAccess { communes, people, examples });
            }
        }
        Ok(())
    }
}
