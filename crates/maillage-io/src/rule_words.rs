//! Rules in the planner's words, in English and French.

mod places;
mod quantities;

use maillage_core::{Conditions, Floor, Rule, RuleName, Scenario, Sum};

use crate::Language::{self, English, French};

/// Says a rule of a scenario in words; the name that the planner gave it comes first.
///
/// ```
/// use maillage_core::{RuleName, Scenario};
/// use maillage_io::{Language, rule_words};
///
/// let text = r#"{"within": "10min", "travel": "times", "sites": 40, "rule": [{"each": "dep", "least": 5}]}"#;
/// let scenario: Scenario = serde_json::from_str(text)?;
/// let name = RuleName::Sum { rule: 0, group: vec!["08".to_owned()] };
/// assert_eq!(rule_words(&name, &scenario, Language::English), "at least 5 new sites where dep = 08");
/// assert_eq!(rule_words(&RuleName::Sites, &scenario, Language::French), "au plus 40 nouveaux sites");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[must_use]
pub fn rule_words(name: &RuleName, scenario: &Scenario, language: Language) -> String {
    let words = Words { scenario, language };
    words.of(name).unwrap_or_default()
}

struct Words<'a> {
    scenario: &'a Scenario,
    language: Language,
}

impl Words<'_> {
    /// Chooses the text of the language.
    fn say(&self, english: String, french: String) -> String {
        match self.language {
            English => english,
            French => french,
        }
    }

    fn of(&self, name: &RuleName) -> Option<String> {
        let scenario = self.scenario;
        let (called, words) = match name {
            RuleName::Sites => {
                let (sites, what) =
                    (self.number(&scenario.sites?.to_string()), self.new_sites(scenario.sites == Some(1)));
                let words = if scenario.exactly {
                    self.say(format!("exactly {sites} {what}"), format!("exactement {sites} {what}"))
                } else {
                    self.say(format!("at most {sites} {what}"), format!("au plus {sites} {what}"))
                };
                (None, words)
            }
            RuleName::Budget => {
                let euros = self.euros(&scenario.budget?.to_string());
                let words = self
                    .say(format!("at most {euros} for new sites"), format!("au plus {euros} pour les nouveaux sites"));
                (None, words)
            }
            RuleName::PhaseSites { phase } => {
                let sites = u64::from(scenario.phase.get(*phase)?.sites?);
                let (sites, what) = (self.number(&sites.to_string()), self.new_sites(sites == 1));
                let end = scenario.phase_name(*phase);
                let words = self.say(
                    format!("at most {sites} {what} until the end of phase {end}"),
                    format!("au plus {sites} {what} à la fin de la phase {end}"),
                );
                (None, words)
            }
            RuleName::PhaseBudget { phase } => {
                let euros = self.euros(&scenario.phase.get(*phase)?.budget?.to_string());
                let end = scenario.phase_name(*phase);
                let words = self.say(
                    format!("at most {euros} for new sites until the end of phase {end}"),
                    format!("au plus {euros} pour les nouveaux sites à la fin de la phase {end}"),
                );
                (None, words)
            }
            RuleName::OneWay | RuleName::Type { .. } | RuleName::Spokes { .. } | RuleName::Upgrade { .. } => {
                (None, self.way(name)?)
            }
            RuleName::Sum { rule, group } => {
                let rule = scenario.rule.get(*rule)?;
                (rule.name.as_ref(), self.sum(rule, group))
            }
            RuleName::LeastShare { rule, group } => {
                let rule = scenario.rule.get(*rule)?;
                let share = self.percent(&rule.least_share?.to_string());
                let end = self.say(format!("at least {share}"), format!("au moins {share}"));
                (rule.name.as_ref(), self.share(rule, group, &end))
            }
            RuleName::MostShare { rule, group } => {
                let rule = scenario.rule.get(*rule)?;
                let share = self.percent(&rule.most_share?.to_string());
                let end = self.say(format!("at most {share}"), format!("au plus {share}"));
                (rule.name.as_ref(), self.share(rule, group, &end))
            }
            RuleName::Spread { rule } => {
                let rule = scenario.rule.get(*rule)?;
                (rule.name.as_ref(), self.spread(rule)?)
            }
            RuleName::Spacing { spacing } => {
                let spacing = scenario.spacing.get(*spacing)?;
                let (distance, place) = (self.distance(spacing.between?), self.place(&spacing.r#where, &[], &[]));
                let words = self.say(
                    format!("new sites{place} at least {distance} apart"),
                    format!("nouveaux sites{place} distants d’au moins {distance}"),
                );
                (spacing.name.as_ref(), words)
            }
            RuleName::FromExisting { spacing } => {
                let spacing = scenario.spacing.get(*spacing)?;
                let (distance, place) = (self.distance(spacing.from_existing?), self.place(&spacing.r#where, &[], &[]));
                let words = self.say(
                    format!("new sites{place} at least {distance} from existing ones"),
                    format!("nouveaux sites{place} à au moins {distance} des sites existants"),
                );
                (spacing.name.as_ref(), words)
            }
            RuleName::Incompatible { list } => {
                let ids = scenario.incompatible.get(*list)?.join(", ");
                (None, self.say(format!("at most one of {ids}"), format!("au plus un site parmi {ids}")))
            }
            RuleName::Floor { floor, group } => {
                let floor = scenario.floor.get(*floor)?;
                (floor.name.as_ref(), self.floor(floor, group))
            }
            _ => return None,
        };
        Some(match called {
            Some(name) => self.say(format!("{name}: {words}"), format!("{name} : {words}")),
            None => words,
        })
    }

    /// Says a rule on the ways in which sites open.
    fn way(&self, name: &RuleName) -> Option<String> {
        Some(match name {
            RuleName::Type { kind } => {
                let stated = self.scenario.r#type.get(*kind)?;
                let end = |number: Option<u32>| number.map(|number| self.number(&number.to_string()));
                let (english, french) = match (end(stated.least), end(stated.most)) {
                    (Some(least), Some(most)) => (format!("from {least} to {most}"), format!("de {least} à {most}")),
                    (Some(least), None) => (format!("at least {least}"), format!("au moins {least}")),
                    (None, most) => {
                        let most = most?;
                        (format!("at most {most}"), format!("au plus {most}"))
                    }
                };
                let largest = stated.most.or(stated.least).unwrap_or(0);
                let (what, name) = (self.new_sites(largest == 1), &stated.name);
                self.say(format!("{english} {what} of type {name}"), format!("{french} {what} de type {name}"))
            }
            RuleName::Spokes { hub } => {
                let most = self.scenario.hub.as_ref()?.most?;
                let (number, what) = (self.number(&most.to_string()), self.new_sites(most == 1));
                self.say(
                    format!("at most {number} {what} leaning on hub {hub}"),
                    format!("au plus {number} {what} en appui sur le centre {hub}"),
                )
            }
            RuleName::Upgrade { site } => {
                self.say(format!("at most one upgrade of {site}"), format!("au plus un renforcement de {site}"))
            }
            RuleName::OneWay => self.say(
                "each site opens in one way at most".to_owned(),
                "chaque site s’ouvre d’une seule façon au plus".to_owned(),
            ),
            _ => return None,
        })
    }

    fn new_sites(&self, is_one: bool) -> String {
        if is_one {
            self.say("new site".to_owned(), "nouveau site".to_owned())
        } else {
            self.say("new sites".to_owned(), "nouveaux sites".to_owned())
        }
    }

    fn sum(&self, rule: &Rule, group: &[String]) -> String {
        let amount = |amount: maillage_core::Amount| match rule.sum {
            Sum::Cost => self.euros(&amount.to_string()),
            _ => self.number(&amount.to_string()),
        };
        let what = match (&rule.sum, rule.existing) {
            (Sum::Sites, false) => {
                let end = rule.least.xor(rule.most).or(rule.least.filter(|_| rule.least == rule.most));
                self.new_sites(end == Some(maillage_core::Amount::whole(1)))
            }
            (Sum::Sites, true) => {
                self.say("sites, existing ones included,".to_owned(), "sites, existants compris,".to_owned())
            }
            (Sum::Cost, _) => self.say("for new sites".to_owned(), "pour les nouveaux sites".to_owned()),
            (Sum::Field(column), existing) => self.sum_of(column, existing),
        };
        let ends = match (rule.least.map(amount), rule.most.map(amount)) {
            (Some(least), Some(most)) if least == most => {
                self.say(format!("exactly {least}"), format!("exactement {least}"))
            }
            (Some(least), Some(most)) => self.say(format!("from {least} to {most}"), format!("de {least} à {most}")),
            (Some(least), None) => self.say(format!("at least {least}"), format!("au moins {least}")),
            (None, most) => {
                let most = most.unwrap_or_default();
                self.say(format!("at most {most}"), format!("au plus {most}"))
            }
        };
        format!("{ends} {what}{}", self.place(&rule.r#where, &rule.each, group)).trim_end_matches(',').to_owned()
    }

    fn sum_of(&self, column: &str, existing: bool) -> String {
        if existing {
            self.say(format!("of {column} over all sites"), format!("de {column} sur tous les sites"))
        } else {
            self.say(format!("of {column} over the new sites"), format!("de {column} sur les nouveaux sites"))
        }
    }

    fn share(&self, rule: &Rule, group: &[String], end: &str) -> String {
        let whole = match (&rule.sum, rule.existing) {
            (Sum::Sites, false) => self.say("of the new sites".to_owned(), "des nouveaux sites".to_owned()),
            (Sum::Sites, true) => self.say("of all sites".to_owned(), "de tous les sites".to_owned()),
            (Sum::Cost, _) => self.say("of the cost of new sites".to_owned(), "du coût des nouveaux sites".to_owned()),
            (Sum::Field(column), existing) => self.sum_of(column, existing),
        };
        if rule.r#where.is_empty() {
            return format!("{end} {whole}{}", self.place(&rule.r#where, &rule.each, group));
        }
        let within = self.listed(&Conditions::new(), &rule.each, group);
        let within = if within.is_empty() {
            String::new()
        } else {
            self.say(format!(", among those with {within},"), format!(", parmi ceux où {within},"))
        };
        let part = self.listed(&rule.r#where, &[], &[]);
        format!("{end} {whole}{within}{}", self.say(format!(" where {part}"), format!(" là où {part}")))
    }

    fn spread(&self, rule: &Rule) -> Option<String> {
        let most = rule.spread?.to_string();
        let each = rule.each.join(", ");
        let place = self.place(&rule.r#where, &[], &[]);
        let (what, most) = match &rule.sum {
            Sum::Sites if rule.existing => (
                self.say(
                    "numbers of sites, existing ones included,".to_owned(),
                    "nombres de sites, existants compris,".to_owned(),
                ),
                self.number(&most),
            ),
            Sum::Sites => (
                self.say("numbers of new sites".to_owned(), "nombres de nouveaux sites".to_owned()),
                self.number(&most),
            ),
            Sum::Cost => {
                (self.say("costs of new sites".to_owned(), "coûts des nouveaux sites".to_owned()), self.euros(&most))
            }
            Sum::Field(column) => {
                (self.say(format!("sums of {column}"), format!("sommes de {column}")), self.number(&most))
            }
        };
        Some(self.say(
            format!("{what}{place} that differ by at most {most} between values of {each}"),
            format!("{what}{place} qui diffèrent d’au plus {most} selon {each}"),
        ))
    }

    fn floor(&self, floor: &Floor, group: &[String]) -> String {
        let who = if floor.newly {
            self.say("more under-served people".to_owned(), "nouvelles personnes sous-dotées".to_owned())
        } else {
            self.say("under-served people".to_owned(), "personnes sous-dotées".to_owned())
        };
        let place = self.place(&floor.r#where, &floor.each, group);
        let share = floor.least_share.map(|share| {
            let share = self.percent(&share.to_string());
            if floor.newly {
                self.say(
                    format!("at least {share} of the under-served people out of reach today"),
                    format!("au moins {share} des personnes sous-dotées hors de portée aujourd’hui"),
                )
            } else {
                self.say(format!("at least {share} of the {who}"), format!("au moins {share} des {who}"))
            }
        });
        let people = floor.least.map(|people| {
            let people = self.number(&people.to_string());
            self.say(format!("at least {people} {who}"), format!("au moins {people} {who}"))
        });
        let ends: Vec<String> = share.into_iter().chain(people).collect();
        let ends = ends.join(&self.say(" and ".to_owned(), " et ".to_owned()));
        self.say(format!("{ends} in reach{place}"), format!("{ends} à portée{place}"))
    }
}

#[cfg(test)]
mod tests;
