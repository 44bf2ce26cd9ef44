use crate::{Fixing, Problem, ProblemError, SiteId, SiteRule};

/// A question next to another: the same coverage, with some sites decided otherwise or rules added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variation {
    /// Sites whose state is decided, in the place of what was decided about them.
    pub fixings: Vec<(SiteId, Fixing)>,
    /// Rules to keep beside those there are.
    pub rules: Vec<SiteRule>,
}

impl Variation {
    /// Asks for the best choice in which these sites are open.
    #[must_use]
    pub fn open(sites: impl IntoIterator<Item = SiteId>) -> Self {
        Self { fixings: sites.into_iter().map(|site| (site, Fixing::Open)).collect(), rules: Vec::new() }
    }

    /// Asks for the best choice in which these sites are closed.
    #[must_use]
    pub fn closed(sites: impl IntoIterator<Item = SiteId>) -> Self {
        Self { fixings: sites.into_iter().map(|site| (site, Fixing::Closed)).collect(), rules: Vec::new() }
    }

    /// Asks for the best choice that keeps one more rule.
    #[must_use]
    pub fn under(rule: SiteRule) -> Self {
        Self { fixings: Vec::new(), rules: vec![rule] }
    }

    /// Makes the problem that is asked.
    ///
    /// # Errors
    /// When a rule does not fit the problem.
    pub fn of(&self, problem: &Problem) -> Result<Problem, ProblemError> {
        let varied = problem.clone().with_fixings(&self.fixings);
        if self.rules.is_empty() { Ok(varied) } else { varied.with_more_rules(self.rules.clone()) }
    }
}
