use maillage_core::{Dictionary, Impasse, Relief, RuleName, RuleUnit, Scenario};
use maillage_io::{AnswerWords, KeyPlace, Language, rule_key, rule_words};
use maillage_solver::{End, Problem, SolveError, Unseen};
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::scenario_lines::ScenarioLines;
use crate::stated_keys;
use crate::watch::Watch;
use crate::words::{decimal_grouped, shown};

/// Rules that cannot be kept together, and who stated them.
#[derive(Debug)]
pub(crate) struct Impossible {
    scenario: Scenario,
    impasse: Impasse,
    /// Where each member of the conflict is stated, in the order of the impasse, and in which file.
    places: Vec<Option<KeyPlace>>,
    file: String,
}

/// Says of an impossible question which rules make it so.
pub(crate) fn explain(
    error: SolveError,
    scenario: &Scenario,
    compiled: (&Problem, &Dictionary),
    watch: &Watch,
) -> Failure {
    if !matches!(error, SolveError::Infeasible { .. }) {
        return error.into();
    }
    match Impasse::of(scenario, compiled, &Unseen(watch)) {
        Ok(Some(impasse)) => Failure::Impossible(Box::new(Impossible {
            scenario: scenario.clone(),
            impasse,
            places: Vec::new(),
            file: String::new(),
        })),
        Ok(None) => error.into(),
        Err(other) => other.into(),
    }
}

impl Impossible {
    /// Notes at which lines of the scenario the rules stand.
    pub(crate) fn state_in(&mut self, scenario: &ScenarioLines) {
        let place = |name: &RuleName| scenario.place(&[stated_keys::of_rule(name)]);
        self.places = self.impasse.members.iter().map(place).collect();
        self.file.clone_from(&scenario.file);
    }

    fn place(&self, name: &RuleName) -> Option<&KeyPlace> {
        let position = self.impasse.members.iter().position(|member| member == name)?;
        self.places.get(position)?.as_ref()
    }

    pub(crate) fn words(&self, language: Language) -> String {
        let mut lines = vec![match (self.impasse.members.as_slice(), language) {
            ([_], Language::English) => "this rule cannot be kept, whatever opens:".to_owned(),
            ([_], Language::French) => "cette règle ne peut pas être respectée, quoi qu’on ouvre :".to_owned(),
            (_, Language::English) => "these rules cannot be kept together, whatever opens:".to_owned(),
            (_, Language::French) => {
                "ces règles ne peuvent pas être respectées ensemble, quoi qu’on ouvre :".to_owned()
            }
        }];
        let rule = |name: &RuleName| shown(&rule_words(name, &self.scenario, language));
        let stated = |name: &RuleName| match self.place(name) {
            Some(place) => format!("  - {} ({}:{})", rule(name), shown(&self.file), place.line),
            None => format!("  - {}", rule(name)),
        };
        lines.extend(self.impasse.members.iter().map(stated));
        if self.impasse.ways_out.is_empty() {
            lines.push(match language {
                Language::English => "  no change of a single one was found that leaves a plan: change several, or drop one".to_owned(),
                Language::French => "  aucun changement d’une seule n’a été trouvé qui laisse un plan : en changer plusieurs, ou en retirer une".to_owned(),
            });
        } else {
            lines.push(match language {
                Language::English => "  any one of these is enough:".to_owned(),
                Language::French => "  une seule de ces concessions suffit :".to_owned(),
            });
            let colon = if language == Language::French { " :" } else { ":" };
            let way =
                |relief: &&Relief| format!("  - {}{colon} {}", rule(&relief.name), Self::relief(relief, language));
            let (drops, changes): (Vec<&Relief>, Vec<&Relief>) =
                self.impasse.ways_out.iter().partition(|relief| relief.drops_end);
            lines.extend(changes.iter().map(way));
            let names: Vec<String> = drops.iter().map(|relief| rule(&relief.name)).collect();
            let names = names.join(" ; ");
            match (drops.len(), language) {
                (0, _) => {}
                (1, Language::English) => lines.push(format!("  - drop this one: {names}")),
                (1, Language::French) => lines.push(format!("  - retirer celle-ci : {names}")),
                (_, Language::English) => lines.push(format!("  - drop one of these: {}", names.replace(" ; ", "; "))),
                (_, Language::French) => lines.push(format!("  - retirer l’une de celles-ci : {names}")),
            }
        }
        lines.join("\n")
    }

    fn relief(relief: &Relief, language: Language) -> String {
        let amount = amount(relief.change, &relief.unit, language);
        let is_share = matches!(relief.name, RuleName::LeastShare { .. } | RuleName::MostShare { .. });
        match (is_share, relief.end, language) {
            (true, End::Least, Language::English) => format!("let {amount} be missing from the share"),
            (true, End::Least, Language::French) => format!("admettre qu’il manque {amount} à cette part"),
            (true, End::Most, Language::English) => format!("let the share be passed by {amount}"),
            (true, End::Most, Language::French) => format!("admettre que cette part soit dépassée de {amount}"),
            (false, End::Least, Language::English) => format!("ask for {amount} less"),
            (false, End::Least, Language::French) => format!("en demander {amount} de moins"),
            (false, End::Most, Language::English) => format!("allow {amount} more"),
            (false, End::Most, Language::French) => format!("en permettre {amount} de plus"),
        }
    }

    /// Returns the conflict and its ways out as members of the error.
    pub(crate) fn members(&self) -> Value {
        let rule = |name: &RuleName| {
            let (key, number, group) = rule_key(name);
            json!({
                "rule": key, "number": number.map(|number| number + 1), "group": group,
                "words": AnswerWords::of(name, &self.scenario),
                "key": self.place(name).map(|place| &place.key), "line": self.place(name).map(|place| place.line),
            })
        };
        let way = |relief: &Relief| {
            let mut members = rule(&relief.name);
            if let Some(members) = members.as_object_mut() {
                let end = if relief.end == End::Least { "least" } else { "most" };
                members.insert("end".to_owned(), end.into());
                members.insert("change".to_owned(), whole_or_decimal(relief.change));
                members.insert("unit".to_owned(), relief.unit.word().into());
                members.insert("drops".to_owned(), relief.drops_end.into());
            }
            members
        };
        json!({
            "conflict": self.impasse.members.iter().map(rule).collect::<Vec<_>>(),
            "ways_out": self.impasse.ways_out.iter().map(way).collect::<Vec<_>>(),
        })
    }
}

fn whole_or_decimal(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 9e15 {
        #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and below 2^53")]
        let whole = number as i64;
        whole.into()
    } else {
        number.into()
    }
}

/// Writes an amount with its unit.
pub(crate) fn amount(number: f64, unit: &RuleUnit, language: Language) -> String {
    let is_one = if language == Language::French { number < 2.0 } else { (number - 1.0).abs() < f64::EPSILON };
    let digits = decimal_grouped(number, language);
    match (unit, language) {
        (RuleUnit::Sites, _) => format!("{digits} {}", if is_one { "site" } else { "sites" }),
        (RuleUnit::Euros, Language::English) => format!("€{digits}"),
        (RuleUnit::Euros, Language::French) => format!("{digits}\u{a0}€"),
        (RuleUnit::People, Language::English) => format!("{digits} {}", if is_one { "person" } else { "people" }),
        (RuleUnit::People, Language::French) => format!("{digits} {}", if is_one { "personne" } else { "personnes" }),
        (RuleUnit::Kilometres, _) => format!("{digits} km"),
        (RuleUnit::Minutes, _) => format!("{digits} min"),
        (RuleUnit::Share, _) => {
            decimal_grouped((number * 1_000.0).round() / 10.0, language)
                + match language {
                    Language::English => "%",
                    Language::French => "\u{202f}%",
                }
        }
        (RuleUnit::Field(column), Language::English) => format!("{digits} of {}", shown(column)),
        (RuleUnit::Field(column), Language::French) => format!("{digits} de {}", shown(column)),
    }
}
