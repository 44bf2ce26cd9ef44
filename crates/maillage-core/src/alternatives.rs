use std::collections::BTreeSet;

use maillage_solver::{Guarantee, Observer, Outcome, Sensitivity, SensitivityError, SiteId, SiteRule, Variation};

use crate::{Explaining, Plan, Reach};

/// A plan that opens other sites.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// The plan; no plan that differs as much is worth more than its bound.
    pub plan: Plan,
    /// New sites it opens and the best plan does not, positions in the territory, ascending.
    pub opened: Vec<u32>,
    /// New sites of the best plan that it does without, likewise.
    pub closed: Vec<u32>,
}

impl Explaining<'_> {
    /// Finds the best plan that does without at least `differing` sites of the plan explained, then the best that does
    /// so without as many of both, and so on: at most `count` of them, fewer where the rules leave no other.
    ///
    /// # Errors
    /// When an answer fails its recount.
    pub fn alternatives(
        &self,
        sensitivity: &Sensitivity<'_>,
        reach: &Reach,
        (count, differing): (usize, u32),
        observer: &dyn Observer,
    ) -> Result<Vec<Alternative>, SensitivityError> {
        let (_, dictionary) = self.compiled;
        let first = self.new_sites(self.outcome);
        let mut rules = vec![self.apart(&first, differing)];
        let mut found: Vec<Outcome> = Vec::new();
        while found.len() < count && !observer.should_stop() {
            let asked = Variation { rules: rules.clone(), ..Variation::default() };
            let Some(mut outcome) = sensitivity.solve(&[asked], observer)?.into_iter().flatten().next() else { break };
            if outcome.guarantee == Guarantee::None {
                break;
            }
            // It keeps the rules of all before it: one of those that is worth less was not the best, and those after it
            // are sought anew.
            if let Some(place) = found.iter().position(|one| one.solution.value() < outcome.solution.value())
                && let Some(earlier) = found.get(place)
            {
                outcome.bound = earlier.bound;
                outcome.guarantee = earlier.guarantee;
                found.truncate(place);
                rules.truncate(place + 1);
            }
            rules.push(self.apart(&self.new_sites(&outcome), differing));
            found.push(outcome);
        }
        let told = |outcome: Outcome| {
            let sites = self.new_sites(&outcome);
            Alternative {
                plan: Plan::read_back(self.territory, reach, self.scenario, dictionary, &outcome),
                opened: sites.difference(&first).copied().collect(),
                closed: first.difference(&sites).copied().collect(),
            }
        };
        Ok(found.into_iter().map(told).collect())
    }

    /// Asks for at least so many of some sites to stay closed.
    fn apart(&self, sites: &BTreeSet<u32>, differing: u32) -> SiteRule {
        let openings = (0..).map(SiteId).zip(&self.compiled.1.openings);
        let ways = openings.filter(|(_, opening)| sites.contains(&opening.site)).map(|(id, _)| (id, 1));
        SiteRule::at_most(i64::try_from(sites.len()).unwrap_or(i64::MAX) - i64::from(differing), ways)
    }

    /// Returns the candidates that an answer opens, by their position in the territory.
    pub(crate) fn new_sites(&self, answer: &Outcome) -> BTreeSet<u32> {
        self.compiled.1.new_sites(self.territory, &answer.solution).into_iter().collect()
    }
}
