//! The keys of the scenario that a failure speaks of, the likeliest first.

use maillage_core::{BorderError, ColumnError, ConsultationError, RuleError, RulePlace, ScenarioError, VariantError};
use maillage_io::{QuestionError, StatedKey, rule_key};

use crate::failure::Failure;

/// Returns the keys that a failure speaks of; none where it is not about what a scenario states.
pub(crate) fn of(failure: &Failure) -> Vec<StatedKey> {
    match failure {
        Failure::In { failure, .. } => of(failure),
        Failure::Question(error) => of_question(error),
        Failure::Scenario(error) => of_scenario(error),
        Failure::Column { error, .. } => of_scenario(error),
        Failure::NotWithGoal { flag, .. } => keys(&["goal", flag]),
        Failure::RangeOfEquity => keys(&["goal"]),
        Failure::NotHere { flag, .. } => keys(&[flag]),
        Failure::NoPhases { .. } => keys(&["phase"]),
        Failure::NotWithinCapacity { .. } => keys(&["within-capacity"]),
        Failure::OutsideCrs { .. } => keys(&["out-crs"]),
        Failure::StyleWithoutSplit => keys(&["qml"]),
        Failure::UnknownSuffix { .. } | Failure::NotTable { .. } | Failure::NotWritten { flag: "out", .. } => {
            keys(&["out"])
        }
        _ => Vec::new(),
    }
}

/// Returns the key that states a rule of a conflict.
pub(crate) fn of_rule(name: &maillage_core::RuleName) -> StatedKey {
    let (word, number, _) = rule_key(name);
    let number = number.map(|number| number + 1);
    let entry = |list: &str, inner: &str| {
        let key = StatedKey::of(list).inner(inner);
        number.map_or(key.clone(), |number| key.number(number))
    };
    match word {
        "phase-sites" => entry("phase", "sites"),
        "phase-budget" => entry("phase", "budget"),
        "sum" => number.map_or_else(|| StatedKey::of("rule"), |number| StatedKey::of("rule").number(number)),
        "least-share" | "most-share" | "spread" => entry("rule", word),
        "spacing" => entry("spacing", "between"),
        "from-existing" => entry("spacing", "from-existing"),
        "spokes" => StatedKey::of("hub").inner("most"),
        "upgrade" => StatedKey::of("upgrades-field"),
        "type" | "floor" => number.map_or_else(|| StatedKey::of(word), |number| StatedKey::of(word).number(number)),
        other => StatedKey::of(other),
    }
}

fn keys(names: &[&str]) -> Vec<StatedKey> {
    names.iter().map(|name| key(name)).collect()
}

/// Reads a key as errors write it: `hub.within`, `type van: yearly-cost`, `rule.sum = "cost"`.
fn key(name: &str) -> StatedKey {
    let name = name.split(" = ").next().unwrap_or(name);
    if let Some((entry, inner)) = name.split_once(": ") {
        let (list, entry) = entry.split_once(' ').unwrap_or((entry, ""));
        return StatedKey::of(list).named(entry).inner(inner);
    }
    match name.split_once('.') {
        Some((list, inner)) => StatedKey::of(list).inner(inner),
        None => StatedKey::of(name),
    }
}

fn of_question(error: &QuestionError) -> Vec<StatedKey> {
    match error {
        QuestionError::Missing { flag, .. } => keys(match *flag {
            // What is missing is nowhere: the key that needs it is told.
            "under" => &["access-field", "weight"],
            "access-field" => &["under", "enough"],
            "sites" => &["exactly"],
            "detour" => &["speed"],
            "speed" => &["detour"],
            "need-rate" => &["capacity-field", "within-capacity"],
            "capacity-field" => &["within-capacity", "need-rate", "need-field"],
            "outside-field" => &["count-outside"],
            "enough" => &["enough-weight"],
            _ => &[],
        }),
        QuestionError::Both { one, other } => keys(&[other, one]),
        QuestionError::BadValue { flag, value, .. } => vec![StatedKey::of(flag).about(value)],
        QuestionError::List { flag, .. } => keys(&[flag]),
        _ => Vec::new(),
    }
}

fn of_scenario(error: &ScenarioError) -> Vec<StatedKey> {
    match error {
        ScenarioError::Threshold(_) | ScenarioError::NothingToCover => keys(&["under"]),
        ScenarioError::Gap(_) => keys(&["gap"]),
        ScenarioError::ExactlyWithoutCount => keys(&["exactly"]),
        ScenarioError::UnknownSite { list, id, .. } => vec![match *list {
            "required" => StatedKey::of("require").about(id),
            "forbidden" => StatedKey::of("forbid").about(id),
            "opened" => StatedKey::of("phase").inner("opened").about(id),
            _ => StatedKey::of("incompatible").about(id),
        }],
        ScenarioError::RequiredAndForbidden { id } => {
            vec![StatedKey::of("forbid").about(id), StatedKey::of("require").about(id)]
        }
        ScenarioError::RequiredAboveCount { .. } => keys(&["sites", "require"]),
        ScenarioError::RequiredAboveBudget { .. } => keys(&["budget", "require"]),
        ScenarioError::BudgetBelowCheapest { .. } => keys(&["budget"]),
        ScenarioError::TooFewCandidates { .. } => keys(&["sites"]),
        ScenarioError::ExactlyAboveBudget { .. } => keys(&["budget", "exactly"]),
        ScenarioError::MissingAccess { .. } => keys(&["access-field"]),
        ScenarioError::NoThreshold | ScenarioError::NoWeight { .. } => keys(&["weight"]),
        ScenarioError::TargetNotFound { .. } | ScenarioError::TargetOutOfReach { .. } => keys(&["goal"]),
        ScenarioError::DecayOutOfOrder { next, .. } => vec![StatedKey::of("decay").about(&next.to_string())],
        ScenarioError::DecayOfTravelTime => keys(&["decay", "goal"]),
        ScenarioError::Border(BorderError::Unclear { .. } | BorderError::NoColumn { .. }) => keys(&["outside-field"]),
        ScenarioError::Consultations(error) => of_consultations(error),
        ScenarioError::Rule(error) => of_rule_error(error),
        ScenarioError::Column(error) => of_column(error),
        ScenarioError::Variant(error) => of_variant(error),
        _ => Vec::new(),
    }
}

fn of_consultations(error: &ConsultationError) -> Vec<StatedKey> {
    match error {
        ConsultationError::NoCapacity { .. } => keys(&["capacity-field"]),
        ConsultationError::NoNeed { .. } => keys(&["need-field"]),
        ConsultationError::NotWhole { column, .. } => {
            // The one of the two that names this column.
            let named = |key: &str| StatedKey::of(key).about(column);
            vec![named("capacity-field"), named("need-field")]
        }
        ConsultationError::Floors => keys(&["floor", "within-capacity"]),
        ConsultationError::Goal => keys(&["goal", "decay", "within-capacity"]),
        ConsultationError::Weight => keys(&["weight", "enough", "within-capacity"]),
        _ => Vec::new(),
    }
}

fn entry(place: &RulePlace) -> StatedKey {
    match place.list.key() {
        "incompatible" => StatedKey::of("incompatible"),
        list => StatedKey::of(list).number(place.number),
    }
}

fn of_rule_error(error: &RuleError) -> Vec<StatedKey> {
    vec![match error {
        RuleError::Nothing { place, .. } | RuleError::ShareOfAll { place } | RuleError::RequiredApart { place, .. } => {
            entry(place)
        }
        RuleError::Contradiction { place, .. } => entry(place).inner("most"),
        RuleError::SpreadOfOne { place } | RuleError::SpreadOfMany { place, .. } => entry(place).inner("spread"),
        RuleError::EmptyCondition { place, column } => entry(place).inner("where").about(column),
        RuleError::NoTimes { place } | RuleError::TooManyPairs { place, .. } => entry(place).inner("between"),
        RuleError::RequiredTooNear { place, .. } => entry(place).inner("from-existing"),
        _ => return Vec::new(),
    }]
}

fn of_column(error: &ColumnError) -> Vec<StatedKey> {
    match error {
        ColumnError::MissingOfSites { place, column }
        | ColumnError::MissingOfCommunes { place, column }
        | ColumnError::NoValueOfSite { place, column, .. }
        | ColumnError::NoValueOfCommune { place, column, .. }
        // The goal that looks at places states floors of its own.
        | ColumnError::NotANumber { place, column, .. } => {
            vec![entry(place).about(column), StatedKey::of("goal").about(column)]
        }
        ColumnError::UnknownValue { place, value, .. } => vec![entry(place).inner("where").about(value)],
        _ => Vec::new(),
    }
}

fn of_variant(error: &VariantError) -> Vec<StatedKey> {
    let phase = |name: &String, inner: &str| vec![StatedKey::of("phase").named(name).inner(inner)];
    match error {
        VariantError::NotCumulative { later, what, .. } => {
            phase(later, if *what == "sites" { "sites" } else { "budget" })
        }
        VariantError::SameName { phase: name } => vec![StatedKey::of("phase").last_named(name).inner("name")],
        VariantError::WithinCapacity => keys(&["within-capacity", "phase"]),
        VariantError::Goal => keys(&["goal", "phase"]),
        VariantError::Years { phase: name, .. } => phase(name, "years"),
        VariantError::OverBeforeItsTime { phase: name, .. } => phase(name, "opened"),
        VariantError::OpenedTwice { id, other, .. } => {
            vec![StatedKey::of("phase").named(other).inner("opened").about(id)]
        }
        VariantError::AllOver => keys(&["phase.opened"]),
        VariantError::Together { one, other } => keys(&[other, one]),
        VariantError::Name { list, number, .. } => vec![StatedKey::of(list).number(*number).inner("name")],
        VariantError::Range { key: name, .. } if name == "the number of specialties" => keys(&["specialty"]),
        VariantError::Range { key: name, .. } | VariantError::Needs { key: name, .. } => vec![key(name)],
        VariantError::LeastAboveMost { name, .. } => vec![StatedKey::of("type").named(name).inner("most")],
        VariantError::NoType { .. } => keys(&["type.where", "type"]),
        VariantError::UnknownSpecialty { place, name, .. } => match place.strip_prefix("type ") {
            Some(kind) => vec![StatedKey::of("type").named(kind).inner("offers").about(name)],
            None => keys(&["offers-field"]),
        },
        VariantError::NoColumn { key: name, column, .. } => vec![key(name).about(column)],
        VariantError::NotANumber { column, .. } => {
            vec![StatedKey::of("residents-field").about(column), StatedKey::of("specialty").about(column)]
        }
        VariantError::UnknownUpgrade { .. } | VariantError::FarFromUpgraded { .. } => keys(&["upgrades-field"]),
        VariantError::UnknownHub { name, is_kind, .. } => {
            vec![StatedKey::of("hub").inner(if *is_kind { "kind" } else { "sites" }).about(name)]
        }
        VariantError::RequiredWithoutHub { .. } | VariantError::NoneHasHub => keys(&["hub.within"]),
        _ => Vec::new(),
    }
}
