use crate::{Fixing, Problem, ProblemError, SiteId, SiteRule};

/// A question next to another: the same coverage, with some sites decided otherwise or rules added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variation {
    /// Sites whose state is decided, in the place of what was decided about them.
    pub fixings: Vec<(SiteId, Fixing)>,
    /// Rules to keep beside those there are.
    pub rules: Vec<SiteRule>,
    /// Upper ends of rules, by position, in the place of those there are.
    pub most: Vec<(usize, i64)>,
}

impl Variation {
    /// Asks for the best choice in which these sites are open.
    #[must_use]
    pub fn open(sites: impl IntoIterator<Item = SiteId>) -> Self {
        Self { fixings: sites.into_iter().map(|site| (site, Fixing::Open)).collect(), ..Self::default() }
    }

    /// Asks for the best choice in which these sites are closed.
    #[must_use]
    pub fn closed(sites: impl IntoIterator<Item = SiteId>) -> Self {
        Self { fixings: sites.into_iter().map(|site| (site, Fixing::Closed)).collect(), ..Self::default() }
    }

    /// Asks for the best choice that keeps one more rule.
    #[must_use]
    pub fn under(rule: SiteRule) -> Self {
        Self { rules: vec![rule], ..Self::default() }
    }

    /// Makes the problem that is asked.
    ///
    /// # Errors
    /// When a rule does not fit the problem, or there is none at a position.
    pub fn of(&self, problem: &Problem) -> Result<Problem, ProblemError> {
        let mut varied = problem.clone().with_fixings(&self.fixings);
        for &(rule, most) in &self.most {
            let rules = varied.rules().len();
            if rule >= rules {
                return Err(ProblemError::UnknownRule { rule, rules });
            }
            varied = varied.with_most(rule, most);
        }
        if self.rules.is_empty() { Ok(varied) } else { varied.with_more_rules(self.rules.clone()) }
    }
}
