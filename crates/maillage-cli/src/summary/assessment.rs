use std::path::PathBuf;

use maillage_core::{Assessment, Guarantee, HubChoice, Scenario, Swap, Territory};
use maillage_io::{AssessmentAnswer, Language, ScenarioFile};

use super::notes::notes;
use super::place::{counted, duration};
use super::rules::rules;
use super::unit::unit;
use super::unreached::unreached;
use super::variants::variants;
use super::written::written;
use crate::table::Table;
use crate::words::{euros, grouped, of_hundred, percent_up, plural, shown};

/// The judgement of a list, told to the planner.
pub(crate) struct AssessmentSummary<'run> {
    pub(crate) territory: &'run Territory,
    pub(crate) assessment: &'run Assessment,
    pub(crate) answer: &'run AssessmentAnswer,
    pub(crate) scenario: &'run Scenario,
    pub(crate) file: &'run ScenarioFile,
    pub(crate) written: &'run [PathBuf],
}

impl AssessmentSummary<'_> {
    pub(crate) fn to_text(&self, language: Language) -> String {
        [
            self.headline(language),
            self.list(language),
            self.sites(language),
            self.ways(language),
            rules(&self.assessment.plan, self.scenario, language),
            self.best(language),
            self.swaps(language),
            self.adding_least(language),
            format!("\n{}\n", unreached(self.territory, &self.assessment.plan, language)),
            notes(self.scenario, language),
            written(self.written, language),
        ]
        .concat()
    }

    fn headline(&self, language: Language) -> String {
        let plan = &self.assessment.plan;
        let who = counted(self.scenario, self.file, language);
        let within = duration(self.scenario.within, language);
        let new = grouped(plan.newly_reached, language);
        let of = |part| of_hundred(part, plan.under_served).unwrap_or(0);
        let (before, after) = (of(plan.reached_before), of(plan.reached_after()));
        match language {
            Language::English => format!(
                "Of 100 {who}, {before} {} today within {within} of a site; with this list, {after}: {new} people \
                 more.\n",
                plural(before, "is", "are", language)
            ),
            Language::French => format!(
                "Sur 100 {who}, {before} {} aujourd’hui à {within} au plus d’un site ; avec cette liste, {after} : \
                 {new} personnes de plus.\n",
                plural(before, "est", "sont", language)
            ),
        }
    }

    /// Says what of the list is not an ordinary candidate.
    fn list(&self, language: Language) -> String {
        let list = &self.answer.list;
        let mut parts = Vec::new();
        let open = list.already_open.len() as u64;
        if open > 0 {
            let (number, ids) = (grouped(open, language), names(&list.already_open));
            parts.push(match language {
                Language::English => format!("{number} of the list already open, so adding nothing: {ids}.\n"),
                Language::French => format!("Dans la liste, {number} déjà en place, qui n’apportent rien : {ids}.\n"),
            });
        }
        if list.repeated > 0 {
            let number = grouped(list.repeated, language);
            parts.push(match language {
                Language::English => format!("Named twice in the list and counted once: {number}.\n"),
                Language::French => format!("Cités deux fois dans la liste et comptés une fois : {number}.\n"),
            });
        }
        let own = list.own_points.len() as u64;
        if own > 0 {
            let (number, ids) = (grouped(own, language), names(&list.own_points));
            parts.push(match language {
                Language::English => {
                    format!("Not among the candidates, taken as sites of their own: {number} ({ids}).\n")
                }
                Language::French => {
                    format!("Hors des candidats, pris comme sites à part entière : {number} ({ids}).\n")
                }
            });
        }
        parts.concat()
    }

    fn sites(&self, language: Language) -> String {
        let plan = &self.answer.plan;
        let (new, cost) = (grouped(plan.sites_new, language), euros(plan.cost, language));
        let broken = match (plan.feasible, language) {
            (true, _) => "",
            (false, Language::English) => " This list does not keep every rule that was asked for.",
            (false, Language::French) => " Cette liste ne respecte pas toutes les règles demandées.",
        };
        match language {
            Language::English => {
                format!("{new} new {}, for {cost}.{broken}\n", plural(plan.sites_new, "site", "sites", language))
            }
            Language::French => format!(
                "{new} {}, pour {cost}.{broken}\n",
                plural(plan.sites_new, "nouveau site", "nouveaux sites", language)
            ),
        }
    }

    /// Says how far below the best possible the list is, claiming no more than is proved.
    fn best(&self, language: Language) -> String {
        let rules = self.rules(language);
        let (at_least, at_most) = self.assessment.below_best();
        let unit = self.unit(language);
        let best = grouped(self.assessment.best_value, language);
        let (least, most) = (grouped(at_least, language), grouped(at_most, language));
        let share = self.answer.plan.gap.map_or_else(|| "–".to_owned(), |gap| percent_up(gap, language));
        let over = !self.answer.plan.feasible && self.answer.plan.objective.value > self.answer.best.bound;
        match (over, self.assessment.best_guarantee, at_most, language) {
            (true, _, _, Language::English) => {
                format!(
                    "The best possible under the rules ({rules}) adds at most {best} {unit}, less than this list.\n"
                )
            }
            (true, _, _, Language::French) => {
                format!(
                    "Le meilleur possible selon les règles ({rules}) apporte au plus {best} {unit}, moins que cette liste.\n"
                )
            }
            (_, _, 0, Language::English) => format!("Nothing better exists under the same rules ({rules}): proved.\n"),
            (_, _, 0, Language::French) => {
                format!("Rien de mieux n’existe selon les mêmes règles ({rules}) : c’est prouvé.\n")
            }
            (_, Guarantee::Optimal, _, Language::English) => format!(
                "The best possible under the same rules ({rules}) adds {best} {unit}: this list is {least}, or \
                 {share}, below it.\n"
            ),
            (_, Guarantee::Optimal, _, Language::French) => format!(
                "Le meilleur possible selon les mêmes règles ({rules}) apporte {best} {unit} : cette liste est {least} \
                 en dessous, soit {share}.\n"
            ),
            (_, _, _, Language::English) => format!(
                "Under the same rules ({rules}) at least {least} and at most {most} {unit} more are possible: this \
                 list is at most {share} below the best.\n"
            ),
            (_, _, _, Language::French) => format!(
                "Selon les mêmes règles ({rules}), de {least} à {most} {unit} de plus sont possibles : cette liste \
                 est au plus {share} sous le meilleur.\n"
            ),
        }
    }

    fn unit(&self, language: Language) -> String {
        match (self.scenario.counts_people(), language) {
            (true, Language::English) => "people".to_owned(),
            (true, Language::French) => "personnes".to_owned(),
            _ => format!("({})", unit(&self.assessment.plan.objective.unit, language)),
        }
    }

    fn rules(&self, language: Language) -> String {
        let sites = self.scenario.sites.map(|sites| {
            let number = grouped(sites, language);
            match language {
                Language::English => format!("at most {number} {}", plural(sites, "site", "sites", language)),
                Language::French => format!("{number} {} au plus", plural(sites, "site", "sites", language)),
            }
        });
        let budget = self.scenario.budget.map(|budget| {
            let sum = euros(budget, language);
            match language {
                Language::English => format!("at most {sum}"),
                Language::French => format!("{sum} au plus"),
            }
        });
        sites.into_iter().chain(budget).collect::<Vec<_>>().join(", ")
    }

    /// Tells types, specialties and hubs, and that a list leaves some of that open.
    fn ways(&self, language: Language) -> String {
        let has_ways = self.scenario.r#type.len() > 1
            || self.scenario.hub.as_ref().is_some_and(|hub| hub.choose == HubChoice::Any);
        let chosen = match language {
            _ if !has_ways => "",
            Language::English => "A list does not say how its sites open: it is taken in the best way found.\n",
            Language::French => {
                "Une liste ne dit pas comment ouvrent ses sites : elle est prise de la meilleure façon trouvée.\n"
            }
        };
        chosen.to_owned() + &variants(&self.answer.plan, language)
    }

    fn swaps(&self, language: Language) -> String {
        if self.assessment.swaps.is_empty() {
            return match language {
                Language::English => "No single swap gains anything.\n".to_owned(),
                Language::French => "Aucun échange d’un site contre un autre n’apporte quoi que ce soit.\n".to_owned(),
            };
        }
        let (title, header) = match language {
            Language::English => ("Swaps that gain most, each by itself:", ["instead of", "open", "gain"]),
            Language::French => {
                ("Échanges qui apportent le plus, chacun pris seul :", ["au lieu de", "ouvrir", "gain"])
            }
        };
        let mut table = Table::new(&header);
        for swap in &self.assessment.swaps {
            table.row(vec![self.site(swap.closed), self.way(swap), grouped(swap.gain, language)]);
        }
        format!("\n{title}\n{}", table.to_text())
    }

    fn adding_least(&self, language: Language) -> String {
        if self.assessment.adding_least.is_empty() {
            return String::new();
        }
        let (title, header) = match language {
            Language::English => {
                ("Sites that add least (people who would be lost without them):", ["site", "lost", "cost"])
            }
            Language::French => {
                ("Sites qui apportent le moins (personnes perdues sans eux) :", ["site", "perdues", "coût"])
            }
        };
        let mut table = Table::new(&header);
        for &(site, people) in &self.assessment.adding_least {
            let cost = self.assessment.cost_of(site);
            table.row(vec![self.site(site), grouped(people, language), euros(cost, language)]);
        }
        format!("\n{title}\n{}", table.to_text())
    }

    /// Names what a swap opens, with its type and its hub.
    fn way(&self, swap: &Swap) -> String {
        let kind = swap.kind.and_then(|kind| self.scenario.r#type.get(kind as usize));
        let hub = swap.hub.and_then(|hub| self.territory.sites().get(hub as usize));
        let names = kind.map(|kind| &kind.name).into_iter().chain(hub.map(|hub| &hub.id));
        std::iter::once(self.site(swap.opened)).chain(names.map(|name| shown(name))).collect::<Vec<_>>().join(", ")
    }

    fn site(&self, position: u32) -> String {
        self.territory.sites().get(position as usize).map_or_else(String::new, |site| {
            let name = if site.name.is_empty() { site.id.clone() } else { format!("{} ({})", site.name, site.id) };
            shown(&name)
        })
    }
}

/// Names the first few.
fn names(ids: &[String]) -> String {
    let first: Vec<String> = ids.iter().take(5).map(|id| shown(id)).collect();
    first.join(", ") + if ids.len() > first.len() { ", …" } else { "" }
}
