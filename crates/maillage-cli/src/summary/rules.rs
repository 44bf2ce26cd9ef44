use maillage_core::{KeptRule, Plan, RuleName, RuleUnit, Scenario};
use maillage_io::{Language, rule_words};

use crate::impossible::amount;
use crate::words::{decimal_grouped, shown};

/// The most rules told one by one.
const TOLD: usize = 40;

/// Says how the plan keeps each rule, where the scenario has any beside its number of sites and its budget.
///
/// Of many rules only those that bind are told.
pub(crate) fn rules(plan: &Plan, scenario: &Scenario, language: Language) -> String {
    if plan.rules.iter().all(|kept| matches!(kept.name, RuleName::Sites | RuleName::Budget)) {
        return String::new();
    }
    let heading = match language {
        Language::English => "\nThe rules, and what is left of each:\n",
        Language::French => "\nLes règles, et ce qu’il reste de chacune :\n",
    };
    let many = plan.rules.len() > TOLD;
    let told: Vec<&KeptRule> = plan.rules.iter().filter(|kept| !many || kept.binds()).take(TOLD).collect();
    let lines = told.iter().map(|kept| line(kept, scenario, language));
    let rest = plan.rules.len() - told.len();
    let rest = match (rest, language) {
        (0, _) => String::new(),
        (_, Language::English) => format!("  … and {rest} more; all of them stand in the answer.\n"),
        (_, Language::French) => format!("  … et {rest} autres ; toutes figurent dans la réponse.\n"),
    };
    std::iter::once(heading.to_owned()).chain(lines).chain([rest]).collect()
}

fn line(kept: &KeptRule, scenario: &Scenario, language: Language) -> String {
    let words = shown(&rule_words(&kept.name, scenario, language));
    let value = match (kept.value, language) {
        (Some(value), _) => amount(value, &kept.unit, language),
        (None, Language::English) => "nothing to measure".to_owned(),
        (None, Language::French) => "rien à mesurer".to_owned(),
    };
    let left = left(kept, scenario, language);
    match language {
        Language::English => format!("  - {words}: {value}{left}\n"),
        Language::French => format!("  - {words} : {value}{left}\n"),
    }
}

fn left(kept: &KeptRule, scenario: &Scenario, language: Language) -> String {
    let unit = slack_unit(kept, scenario);
    if matches!(kept.name, RuleName::FromExisting { .. }) {
        return String::new();
    }
    if let Some(slack) = kept.slack.filter(|slack| *slack < 0.0) {
        let missing = amount(-slack, &unit, language);
        return match language {
            Language::English => format!(", broken by {missing}"),
            Language::French => format!(", enfreinte de {missing}"),
        };
    }
    if kept.price > 0.0 && !matches!(kept.name, RuleName::Spacing { .. } | RuleName::Incompatible { .. }) {
        let worth = decimal_grouped(worth(kept.price), language);
        let one = amount(1.0, &unit, language);
        return match (scenario.counts_people(), language) {
            (true, Language::English) => format!(", binds (loosened by {one}: up to {worth} people more)"),
            (true, Language::French) => {
                format!(", contraignante (relâchée de {one} : jusqu’à {worth} personnes de plus)")
            }
            (_, Language::English) => format!(", binds (loosened by {one}: up to {worth} more)"),
            (_, Language::French) => format!(", contraignante (relâchée de {one} : jusqu’à {worth} de plus)"),
        };
    }
    match (kept.binds(), kept.slack, language) {
        (true, _, Language::English) => ", binds".to_owned(),
        (true, _, Language::French) => ", contraignante".to_owned(),
        (false, None, Language::English) => ", does not bind".to_owned(),
        (false, None, Language::French) => ", non contraignante".to_owned(),
        (false, Some(slack), Language::English) => {
            format!(", does not bind ({} to spare)", amount(slack, &unit, language))
        }
        (false, Some(slack), Language::French) => {
            format!(", non contraignante ({} de marge)", amount(slack, &unit, language))
        }
    }
}

/// A price worth a whole number is told as one.
fn worth(price: f64) -> f64 {
    if price >= 10.0 { price.ceil() } else { price }
}

/// Returns what is left is counted in: of a share, what is added up.
fn slack_unit(kept: &KeptRule, scenario: &Scenario) -> RuleUnit {
    let (RuleName::LeastShare { rule, .. } | RuleName::MostShare { rule, .. }) = &kept.name else {
        return kept.unit.clone();
    };
    scenario.rule.get(*rule).map_or(RuleUnit::Sites, |rule| RuleUnit::of(&rule.sum))
}
