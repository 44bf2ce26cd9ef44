use maillage_solver::{Coverage, Problem};

use crate::catchment::Catchment;
use crate::coverage_floors::coverage_floors;
use crate::demands::Demands;
use crate::hub::Hubs;
use crate::openings::Openings;
use crate::request::Request;
use crate::site_rules::SiteRules;
use crate::{
    ConsultationError, Dictionary, Goal, MissingAccess, Reach, Scenario, ScenarioError, Territory, VariantError,
    Weight, WithoutAccess,
};

impl Scenario {
    /// Compiles the question to a kernel problem: the only place where geography becomes indices.
    ///
    /// Kernel sites are openings of sites, in order of cost, then of their kind in `prefer`, then of identifier, so
    /// that the kernel's rule for ties, the smaller index, is the planner's. Existing sites are open and cost nothing;
    /// required ones are open and count. Rules are the number of sites, where given, then the budget, where given,
    /// then those of the scenario in its order; the dictionary says what each is called. Demands are communes on
    /// layers, residents of some sites apart; communes that weigh nothing, and that no floor counts, make none.
    ///
    /// # Errors
    /// When the question makes no sense, cannot be asked of the territory, or is impossible at sight: checked in that
    /// order. A question without rules and floors that passes can always be answered.
    pub fn compile(&self, territory: &Territory, reach: &Reach) -> Result<(Problem, Dictionary), ScenarioError> {
        self.check_words()?;
        self.check_data(territory, reach)?;
        let request = Request::of(self, territory)?;
        self.check_variants_of(territory, reach, &request)?;
        request.check_limits(self, territory)?;

        let catchment = Catchment::of(self, territory, reach);
        let demands = Demands::of(self, territory, &catchment)?;
        let openings = Openings::of(self, territory, &Hubs::of(self, territory, reach));
        let rules = SiteRules::of(self, territory, &openings, &request)?;
        let (floors, floor_names) = coverage_floors(self, territory, &catchment, &demands)?;
        // A `Territory` never holds more communes than a `u32` counts.
        let demand_count = u32::try_from(demands.all.len()).unwrap_or(u32::MAX);
        let coverage = Coverage::from_rows(demand_count, &demands.rows(&catchment, &openings))?;
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
        let last_is_limited = self.phase.last().is_some_and(|last| last.sites.is_some() || last.budget.is_some());
        if self.sites.is_none() && self.budget.is_none() && !last_is_limited && !self.goal.moves_limit() {
            return Err(ScenarioError::NoLimit);
        }
        self.check_phases()?;
        if let Some(enough) = self.enough
            && !(enough.access.is_finite() && enough.access > 0.0)
        {
            return Err(ScenarioError::Threshold(enough.access));
        }
        self.check_goal()?;
        if self.is_within_capacity() {
            if self.goal != Goal::Reach || !self.decay.is_empty() {
                return Err(ConsultationError::Goal.into());
            }
            if !self.floor.is_empty() {
                return Err(ConsultationError::Floors.into());
            }
            if !self.phase.is_empty() {
                return Err(VariantError::WithinCapacity.into());
            }
            if self.weight != Weight::People || self.enough.is_some() {
                return Err(ConsultationError::Weight.into());
            }
        }
        if self.weight == Weight::Shortfall && self.under.is_none() {
            return Err(ScenarioError::NoThreshold);
        }
        self.check_variants()?;
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

    fn check_phases(&self) -> Result<(), VariantError> {
        if !self.phase.is_empty() && self.phase.iter().all(|phase| phase.opened.is_some()) {
            return Err(VariantError::AllOver);
        }
        let [mut sites, mut euros] = [None::<(u64, usize)>; 2];
        for (position, phase) in self.phase.iter().enumerate() {
            let name = |position| self.phase_name(position);
            if (0..position).any(|earlier| name(earlier) == name(position)) {
                return Err(VariantError::SameName { phase: name(position) });
            }
            if let Some(years) = phase.years.filter(|years| !(1..=100).contains(years)) {
                return Err(VariantError::Years { phase: name(position), years });
            }
            let before = position.checked_sub(1);
            if let Some(before) =
                before.filter(|&before| self.phase.get(before).is_some_and(|one| one.opened.is_none()))
                && phase.opened.is_some()
            {
                return Err(VariantError::OverBeforeItsTime { phase: name(position), before: name(before) });
            }
            for (most, found, what) in
                [(&mut sites, phase.sites.map(u64::from), "sites"), (&mut euros, phase.budget, "euros")]
            {
                let Some(found) = found else { continue };
                if let Some((before, earlier)) = most.filter(|(before, _)| found < *before) {
                    let (later, earlier) = (name(position), name(earlier));
                    return Err(VariantError::NotCumulative { later, found, what, before, earlier });
                }
                *most = Some((found, position));
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
