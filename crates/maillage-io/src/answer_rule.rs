use std::collections::BTreeMap;

use maillage_core::{KeptRule, RuleName, Scenario};
use serde::Serialize;
use serde_json::Value;

use crate::{Language, rule_words};

/// A rule of the scenario and how the plan keeps it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AnswerRule {
    /// `sites`, `budget`, `phase-sites`, `phase-budget`, `sum`, `least-share`, `most-share`, `spread`, `spacing`, `from-existing`, `incompatible` or
    /// `floor`.
    pub rule: &'static str,
    /// The position in its list of the scenario, from 1; absent for the number of sites and the budget.
    pub number: Option<u64>,
    /// The values of the columns of `each`.
    pub group: BTreeMap<String, String>,
    /// What its numbers count: `sites`, `euros`, `people`, `share`, `kilometres`, `minutes`, or a column.
    pub unit: String,
    /// What the plan makes of it.
    pub value: Value,
    /// The least it may be.
    pub least: Value,
    /// The most it may be.
    pub most: Value,
    /// By how much the value may still move; of a share, in the units that are added up.
    pub slack: Value,
    /// Whether it binds: nothing is left of it, or the relaxation pays for it. Unknown where existing sites rule
    /// candidates out beforehand.
    pub binds: Option<bool>,
    /// What one more unit is worth in the relaxation, in units of the objective.
    pub price: Value,
    /// The rule in words.
    pub words: AnswerWords,
}

/// Words in two languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerWords {
    /// English.
    pub en: String,
    /// French.
    pub fr: String,
}

impl AnswerWords {
    /// Says a rule in both languages.
    #[must_use]
    pub fn of(name: &RuleName, scenario: &Scenario) -> Self {
        let words = |language| rule_words(name, scenario, language);
        Self { en: words(Language::English), fr: words(Language::French) }
    }

    /// Returns the words in one language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            Language::French => &self.fr,
        }
    }
}

impl AnswerRule {
    /// Tells how a plan keeps a rule.
    #[must_use]
    pub fn of(kept: &KeptRule, scenario: &Scenario) -> Self {
        let (rule, number, group) = key(&kept.name);
        let each = number.and_then(|number| match kept.name {
            RuleName::Floor { .. } => scenario.floor.get(number).map(|floor| floor.each.clone()),
            RuleName::PhaseSites { .. } | RuleName::PhaseBudget { .. } | RuleName::Type { .. } => None,
            _ => scenario.rule.get(number).map(|rule| rule.each.clone()),
        });
        let is_known = !matches!(kept.name, RuleName::FromExisting { .. });
        Self {
            rule,
            number: number.map(|number| number as u64 + 1),
            group: each.unwrap_or_default().into_iter().zip(group.iter().cloned()).collect(),
            unit: kept.unit.word().to_owned(),
            value: plain(kept.value),
            least: plain(kept.least),
            most: plain(kept.most),
            slack: plain(kept.slack),
            binds: is_known.then(|| kept.binds()),
            price: plain(Some(kept.price)),
            words: AnswerWords::of(&kept.name, scenario),
        }
    }

    /// Takes the price from elsewhere: it is of the relaxation, which a recount does not solve.
    pub fn set_price(&mut self, price: &Value) {
        self.price.clone_from(price);
        if self.binds.is_some() {
            let left = self.slack.as_f64().is_none_or(|slack| slack > 0.0);
            self.binds = Some(!left || price.as_f64().is_some_and(|price| price > 0.0));
        }
    }
}

/// Returns the stable word for a kind of rule, its position in its list from 0, and its group.
#[must_use]
pub fn key(name: &RuleName) -> (&'static str, Option<usize>, &[String]) {
    match name {
        RuleName::Sites => ("sites", None, &[]),
        RuleName::Budget => ("budget", None, &[]),
        RuleName::PhaseSites { phase } => ("phase-sites", Some(*phase), &[]),
        RuleName::PhaseBudget { phase } => ("phase-budget", Some(*phase), &[]),
        RuleName::OneWay => ("one-way", None, &[]),
        RuleName::Type { kind } => ("type", Some(*kind), &[]),
        RuleName::Spokes { hub } => ("spokes", None, std::slice::from_ref(hub)),
        RuleName::Upgrade { site } => ("upgrade", None, std::slice::from_ref(site)),
        RuleName::Sum { rule, group } => ("sum", Some(*rule), group),
        RuleName::LeastShare { rule, group } => ("least-share", Some(*rule), group),
        RuleName::MostShare { rule, group } => ("most-share", Some(*rule), group),
        RuleName::Spread { rule } => ("spread", Some(*rule), &[]),
        RuleName::Spacing { spacing } => ("spacing", Some(*spacing), &[]),
        RuleName::FromExisting { spacing } => ("from-existing", Some(*spacing), &[]),
        RuleName::Incompatible { list } => ("incompatible", Some(*list), &[]),
        RuleName::Floor { floor, group } => ("floor", Some(*floor), group),
        _ => ("rule", None, &[]),
    }
}

/// Writes a number to a millionth, whole ones without a point.
pub(crate) fn plain(number: Option<f64>) -> Value {
    let Some(number) = number.filter(|number| number.is_finite()) else { return Value::Null };
    let rounded = (number * 1e6).round() / 1e6;
    // Past 2⁵³ ÷ 10⁶ nothing is rounded.
    let number = if number.abs() < 9e9 { rounded } else { number } + 0.0;
    if number.fract() == 0.0 && number.abs() < 9e15 {
        #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and below 2^53")]
        let whole = number as i64;
        whole.into()
    } else {
        number.into()
    }
}
