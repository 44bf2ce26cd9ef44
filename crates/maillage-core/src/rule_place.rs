use std::fmt;

use crate::Scenario;

/// Where a scenario states a rule: in which list, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulePlace {
    /// The list.
    pub list: RuleList,
    /// The position in it, from 1.
    pub number: usize,
    /// What the planner calls it.
    pub name: Option<String>,
}

/// A list of a scenario, by its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleList {
    /// `[[rule]]`.
    Rule,
    /// `[[floor]]`.
    Floor,
    /// `[[spacing]]`.
    Spacing,
    /// `incompatible`.
    Incompatible,
    /// `[[type]]`.
    Type,
}

impl RuleList {
    /// Returns the key of the scenario.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Floor => "floor",
            Self::Spacing => "spacing",
            Self::Incompatible => "incompatible",
            Self::Type => "type",
        }
    }
}

impl RulePlace {
    /// Returns the place of an entry of a scenario's list, by its position from 0.
    #[must_use]
    pub fn of(scenario: &Scenario, list: RuleList, position: usize) -> Self {
        let name = match list {
            RuleList::Rule => scenario.rule.get(position).and_then(|rule| rule.name.clone()),
            RuleList::Floor => scenario.floor.get(position).and_then(|floor| floor.name.clone()),
            RuleList::Spacing => scenario.spacing.get(position).and_then(|spacing| spacing.name.clone()),
            RuleList::Incompatible => None,
            RuleList::Type => scenario.r#type.get(position).map(|stated| stated.name.clone()),
        };
        Self { list, number: position + 1, name }
    }
}

impl fmt::Display for RulePlace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.list.key(), self.number)?;
        match &self.name {
            Some(name) => write!(formatter, " ({name})"),
            None => Ok(()),
        }
    }
}
