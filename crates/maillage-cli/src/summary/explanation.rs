use std::path::PathBuf;

use maillage_core::{Plan, Scenario, Territory};
use maillage_io::{ExplainedHost, ExplainedOutsider, ExplainedSite, ExplanationAnswer, Language};

use super::Asked;
use super::backbone::backbone;
use super::guarantee::{Claim, guarantee};
use super::written::written;
use crate::table::Table;
use crate::words::{euros, grouped, percent_up, plural, shown};

/// How many rows a table of the terminal has; the files hold all.
const SHOWN: usize = 10;

/// Why these sites, told to the planner.
pub(crate) struct ExplanationSummary<'run> {
    pub(crate) territory: &'run Territory,
    pub(crate) plan: &'run Plan,
    /// What was asked about.
    pub(crate) asked: &'run [Asked],
    pub(crate) answer: &'run ExplanationAnswer,
    pub(crate) scenario: &'run Scenario,
    pub(crate) written: &'run [PathBuf],
}

impl ExplanationSummary<'_> {
    pub(crate) fn to_text(&self, language: Language) -> String {
        [
            self.plan(language),
            backbone(self.answer, language),
            self.asked.iter().map(|asked| self.why_not(asked, language)).collect(),
            self.chosen(language),
            self.outsiders(language),
            self.hosts(language),
            self.alternatives(language),
            written(self.written, language),
        ]
        .concat()
    }

    fn plan(&self, language: Language) -> String {
        let new = self.plan.sites_new() as u64;
        let (sites, people) = (grouped(new, language), grouped(self.plan.newly_reached, language));
        let claim = Claim::from(&self.answer.plan);
        let guarantee = guarantee(&claim, self.scenario, language);
        let first = match language {
            Language::English => format!(
                "The plan: {sites} new {}, {people} people more in reach.",
                plural(new, "site", "sites", language)
            ),
            Language::French => format!(
                "Le plan : {sites} {}, {people} personnes de plus à portée.",
                plural(new, "nouveau site", "nouveaux sites", language)
            ),
        };
        let broken_off = match (self.answer.broken_off, language) {
            (None, _) => "",
            (Some(_), Language::English) => "The work was broken off: figures below are wider than they need be.\n",
            (Some(_), Language::French) => {
                "Le calcul a été interrompu : les chiffres ci-dessous sont moins précis qu’ils ne pourraient l’être.\n"
            }
        };
        format!("{first} {guarantee}\n{broken_off}")
    }

    fn chosen(&self, language: Language) -> String {
        let mut sites: Vec<&ExplainedSite> = self.answer.sites.iter().filter(|site| !site.required).collect();
        if sites.is_empty() {
            return self.required(language);
        }
        sites.sort_by_key(|site| (site.without.loses.is_none(), site.without.loses));
        let (title, header) = match language {
            Language::English => (
                "Easiest to replace (the best plan without each):",
                ["site", "people lost if it just closes", "lost if replaced", "instead"],
            ),
            Language::French => (
                "Les plus faciles à remplacer (le meilleur plan sans chacun) :",
                ["site", "personnes perdues s’il ferme", "perdues s’il est remplacé", "à sa place"],
            ),
        };
        let mut table = Table::new(&header);
        for site in sites.iter().take(SHOWN) {
            table.row(vec![
                named(&site.id, &site.name),
                grouped(site.people_lost_without, language),
                bracket(&site.without, self.answer.plan.objective.value, language),
                self.moves(&site.without.opens, &site.without.closes, language),
            ]);
        }
        format!("\n{title}\n{}{}", table.to_text(), self.required(language))
    }

    /// Says what it costs that the question requires sites: exactly where that is proved, else from–to.
    fn required(&self, language: Language) -> String {
        let best = self.answer.plan.objective.value;
        let line = |site: &ExplainedSite| {
            let name = named(&site.id, &site.name);
            let least = site.without.value.unwrap_or_default().saturating_sub(best);
            let most = site.without.bound.unwrap_or_default().saturating_sub(best);
            let more = if least == most {
                grouped(least, language)
            } else {
                format!("{}–{}", grouped(least, language), grouped(most, language))
            };
            match language {
                Language::English => {
                    format!("{name} is required: without this demand the plan would add {more} more.\n")
                }
                Language::French => {
                    format!("{name} est imposé : sans cette exigence, le plan apporterait {more} de plus.\n")
                }
            }
        };
        let required: Vec<String> = self.answer.sites.iter().filter(|site| site.required).map(line).collect();
        if required.is_empty() { String::new() } else { format!("\n{}", required.concat()) }
    }

    fn outsiders(&self, language: Language) -> String {
        if self.answer.outsiders.is_empty() {
            return String::new();
        }
        let (title, header) = match language {
            Language::English => (
                "Left out, nearest to entering (the best plan with each; it enters if it reaches as many more, whom nothing \
                 else reaches):",
                ["candidate", "cost", "lost with it", "in the place of"],
            ),
            Language::French => (
                "Laissés de côté, les plus près d’entrer (le meilleur plan avec chacun ; il entre s’il atteint autant de \
                 personnes de plus, que rien d’autre n’atteint) :",
                ["candidat", "coût", "perdues avec lui", "à la place de"],
            ),
        };
        let budgeted = self.plan.budget.is_some();
        let less = match language {
            Language::English => "or for less",
            Language::French => "ou pour moins",
        };
        let header: Vec<&str> = header.into_iter().chain(budgeted.then_some(less)).collect();
        let mut table = Table::new(&header);
        let as_good = |outsider: &&ExplainedOutsider| outsider.enters_with_more == Some(0);
        let asked =
            |outsider: &ExplainedOutsider| self.asked.iter().any(|asked| asked.candidates.contains(&outsider.id));
        let others = || self.answer.outsiders.iter().filter(|outsider| !asked(outsider) && !as_good(outsider));
        for outsider in others().take(SHOWN) {
            let mut row = self.outsider(outsider, language);
            let less = outsider.enters_for_less;
            row.extend(budgeted.then(|| less.map_or_else(|| "–".to_owned(), |less| euros(less, language))));
            table.row(row);
        }
        let good = self.answer.outsiders.iter().filter(as_good).count() as u64;
        let (number, looked) = (grouped(good, language), grouped(self.answer.outsiders.len() as u64, language));
        let as_good = match (good, language) {
            (0, _) => String::new(),
            (_, Language::English) => {
                format!(
                    "Of the {looked} {} looked at, {number} would do as well as a site of the plan.\n",
                    plural(self.answer.outsiders.len() as u64, "candidate", "candidates", language)
                )
            }
            (_, Language::French) => {
                format!("Candidats examinés : {looked} ; aussi bons qu’un site du plan : {number}.\n")
            }
        };
        match others().next() {
            Some(_) => format!("\n{title}\n{}{as_good}", table.to_text()),
            None => format!("\n{as_good}"),
        }
    }

    fn outsider(&self, outsider: &ExplainedOutsider, language: Language) -> Vec<String> {
        vec![
            named(&outsider.id, &outsider.name),
            euros(outsider.cost, language),
            bracket(&outsider.with, self.answer.plan.objective.value, language),
            self.moves(&outsider.with.closes, &outsider.with.opens, language),
        ]
    }

    fn hosts(&self, language: Language) -> String {
        let groups = self.answer.interchangeable.len() as u64;
        let number = grouped(groups, language);
        let twins = match (groups, language) {
            (0, _) => String::new(),
            (_, Language::English) => format!(
                "\n{number} of the plan’s sites {} twins: candidates that reach the same people (the table of \
                 interchangeable hosts).\n",
                plural(groups, "has", "have", language)
            ),
            (_, Language::French) => format!(
                "\n{number} des sites du plan {} des jumeaux : des candidats qui atteignent les mêmes personnes (tableau \
                 des hôtes interchangeables).\n",
                plural(groups, "a", "ont", language)
            ),
        };
        twins + &self.safe_places(language)
    }

    /// Counts the places that are safe though no host of them is.
    fn safe_places(&self, language: Language) -> String {
        let is_safe_alone =
            |host: &ExplainedHost| self.answer.sites.iter().any(|site| site.id == host.id && site.backbone == "always");
        let groups = self.answer.interchangeable.iter();
        let safe = groups.filter(|group| group.backbone == "always" && !group.hosts.iter().any(is_safe_alone));
        let count = safe.count() as u64;
        let number = grouped(count, language);
        match (count, language) {
            (0, _) => String::new(),
            (_, Language::English) => format!(
                "For {number} of them the place is safe though the host is not: it or one of its twins stands in every plan \
                 near the best: proved.\n"
            ),
            (_, Language::French) => format!(
                "Pour {number} d’entre eux, le lieu est acquis même si l’hôte ne l’est pas : lui ou l’un de ses jumeaux figure dans \
                 tous les plans proches du meilleur, c’est prouvé.\n"
            ),
        }
    }

    fn alternatives(&self, language: Language) -> String {
        if self.answer.alternatives.is_empty() {
            return String::new();
        }
        let (title, header) = match language {
            Language::English => {
                ("The best plans that open other sites:", ["", "lost", "proved at least", "cost", "other sites"])
            }
            Language::French => (
                "Les meilleurs plans qui ouvrent d’autres sites :",
                ["", "perdues", "prouvé : au moins", "coût", "autres sites"],
            ),
        };
        let best = self.answer.plan.objective.value;
        let mut table = Table::new(&header);
        for (number, other) in (1_u64..).zip(&self.answer.alternatives) {
            table.row(vec![
                number.to_string(),
                grouped(other.loses, language),
                grouped(best.saturating_sub(other.bound), language),
                euros(other.cost, language),
                grouped(other.opens.len() as u64, language),
            ]);
        }
        let all = self.answer.alternatives.len() as u64;
        let near = self.answer.alternatives.iter().filter(|other| other.near).count() as u64;
        let share = percent_up(self.answer.near_best.share, language);
        let [near, all] = [near, all].map(|count| grouped(count, language));
        let near = match language {
            Language::English => format!("Within {share} of the best: {near} of {all}.\n"),
            Language::French => format!("À {share} près du meilleur : {near} sur {all}.\n"),
        };
        format!("\n{title}\n{}{near}", table.to_text())
    }

    /// Names up to two sites, and counts the others.
    pub(super) fn moves(&self, to: &[String], also: &[String], language: Language) -> String {
        let list = |ids: &[String]| {
            let names = ids.iter().take(2).map(|id| self.name(id)).collect::<Vec<_>>().join(", ");
            let more = ids.len().saturating_sub(2);
            if more == 0 { names } else { format!("{names} + {more}") }
        };
        let others = also.len() as u64;
        let moved = grouped(others, language);
        match (also.is_empty(), language) {
            (true, _) => list(to),
            (false, Language::English) => format!("{} (moving {moved} more)", list(to)),
            (false, Language::French) => {
                format!("{} ({moved} {})", list(to), plural(others, "autre déplacé", "autres déplacés", language))
            }
        }
    }

    /// Returns what a site is called; its identifier where it has no name.
    fn name(&self, id: &str) -> String {
        let sites = self.territory.sites();
        let found = self.territory.site_position(id).and_then(|site| sites.get(site as usize));
        shown(found.map(|site| site.name.as_str()).filter(|name| !name.is_empty()).unwrap_or(id))
    }
}

pub(super) fn named(id: &str, name: &str) -> String {
    shown(&if name.is_empty() { id.to_owned() } else { format!("{name} ({id})") })
}

/// Tells what a plan loses: exactly where that is proved, else from–to.
pub(super) fn bracket(plan: &maillage_io::ExplainedPlan, best: u64, language: Language) -> String {
    let least = plan.bound.map(|bound| best.saturating_sub(bound));
    match (plan.feasible, least, plan.loses, language) {
        (Some(false), _, _, Language::English) => "no plan".to_owned(),
        (Some(false), _, _, Language::French) => "aucun plan".to_owned(),
        (_, Some(least), Some(most), _) if least == most => grouped(most, language),
        (_, Some(least), Some(most), _) => format!("{}–{}", grouped(least, language), grouped(most, language)),
        (_, Some(least), None, _) => format!("≥ {}", grouped(least, language)),
        _ => "–".to_owned(),
    }
}
