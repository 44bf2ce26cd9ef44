use crate::SiteId;

/// A linear rule on the choice of sites: `least ≤ Σ coefficient × open ≤ most`, either end of which may be absent.
///
/// A count, a budget, a quota by territory, a share ("41 % rural", multiplied out) and "at most one of these" are all
/// site rules. Sites that are not named have coefficient 0.
///
/// ```
/// use maillage_solver::{SiteId, SiteRule};
///
/// let at_most_two = SiteRule::at_most(2, (0..5).map(|site| (SiteId(site), 1)));
/// assert_eq!(at_most_two.most, Some(2));
/// assert_eq!(at_most_two.coefficients.len(), 5);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteRule {
    /// Whole-number coefficients, by site; zeros may be left out.
    pub coefficients: Vec<(SiteId, i64)>,
    /// The least the sum may be.
    pub least: Option<i64>,
    /// The most the sum may be.
    pub most: Option<i64>,
}

impl SiteRule {
    /// Returns the rule `Σ coefficient × open ≤ most`.
    #[must_use]
    pub fn at_most(most: i64, coefficients: impl IntoIterator<Item = (SiteId, i64)>) -> Self {
        Self { coefficients: coefficients.into_iter().collect(), least: None, most: Some(most) }
    }

    /// Returns the rule `Σ coefficient × open ≥ least`.
    #[must_use]
    pub fn at_least(least: i64, coefficients: impl IntoIterator<Item = (SiteId, i64)>) -> Self {
        Self { coefficients: coefficients.into_iter().collect(), least: Some(least), most: None }
    }

    /// Returns the rule `Σ coefficient × open = exactly`.
    #[must_use]
    pub fn equal(exactly: i64, coefficients: impl IntoIterator<Item = (SiteId, i64)>) -> Self {
        Self { coefficients: coefficients.into_iter().collect(), least: Some(exactly), most: Some(exactly) }
    }
}

impl SiteRule {
    /// Returns whether a sum lies between the ends.
    #[must_use]
    pub fn allows(&self, activity: i64) -> bool {
        self.excess(activity) == 0
    }

    /// Returns by how much a sum lies outside the ends, 0 when it lies between them.
    #[must_use]
    pub fn excess(&self, activity: i64) -> i64 {
        let above = self.most.map_or(0, |most| activity - most);
        let below = self.least.map_or(0, |least| least - activity);
        above.max(below).max(0)
    }
}
