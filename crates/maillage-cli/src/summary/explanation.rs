use std::path::PathBuf;

use maillage_core::{Plan, Scenario};
use maillage_io::{ExplainedOutsider, ExplainedSite, ExplanationAnswer, Language};

use super::guarantee::{Claim, guarantee};
use crate::table::Table;
use crate::words::{euros, grouped, percent_up, plural, shown};

/// How many rows a table of the terminal has; the files hold all.
const SHOWN: usize = 10;

/// Why these sites, told to the planner.
pub(crate) struct ExplanationSummary<'run> {
    pub(crate) plan: &'run Plan,
    pub(crate) explanation: &'run maillage_core::Explanation,
    pub(crate) answer: &'run ExplanationAnswer,
    pub(crate) scenario: &'run Scenario,
    pub(crate) written: &'run [PathBuf],
}

impl ExplanationSummary<'_> {
    pub(crate) fn to_text(&self, language: Language) -> String {
        [
            self.plan(language),
            self.backbone(language),
            self.chosen(language),
            self.outsiders(language),
            self.hosts(language),
            self.files(language),
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
        format!("{first} {guarantee}\n")
    }

    fn backbone(&self, language: Language) -> String {
        let backbone = self.answer.backbone;
        let share = percent_up(self.answer.near_best.share, language);
        let always = grouped(backbone.always, language);
        let all = grouped(self.explanation.chosen.len() as u64, language);
        let open = grouped(backbone.undecided, language);
        let proved = match language {
            Language::English => format!(
                "{always} of the {all} sites stand in every plan within {share} of the best: proved. The others can \
                 be replaced.\n"
            ),
            Language::French => format!(
                "{always} des {all} sites figurent dans tous les plans à {share} près du meilleur : c’est prouvé. Les \
                 autres peuvent être remplacés.\n"
            ),
        };
        let undecided = match (backbone.undecided, language) {
            (0, _) => String::new(),
            (_, Language::English) => format!("Of {open} of these that is not proved either way.\n"),
            (_, Language::French) => {
                format!("Pour {open} d’entre eux, rien n’est prouvé ni dans un sens ni dans l’autre.\n")
            }
        };
        proved + &undecided
    }

    fn chosen(&self, language: Language) -> String {
        let mut sites: Vec<&ExplainedSite> = self.answer.sites.iter().collect();
        sites.sort_by_key(|site| (site.without.loses.is_none(), site.without.loses));
        let (title, header) = match language {
            Language::English => (
                "Easiest to replace (the best plan without each):",
                ["site", "lost if it just closes", "lost if replaced", "instead"],
            ),
            Language::French => (
                "Les plus faciles à remplacer (le meilleur plan sans chacun) :",
                ["site", "perdues s’il ferme", "perdues si remplacé", "à sa place"],
            ),
        };
        let mut table = Table::new(&header);
        for site in sites.iter().take(SHOWN) {
            table.row(vec![
                named(&site.id, &site.name),
                grouped(site.people_lost_without, language),
                bracket(&site.without, self.answer.plan.objective.value, language),
                moves(&site.without.opens, &site.without.closes, language),
            ]);
        }
        format!("\n{title}\n{}", table.to_text())
    }

    fn outsiders(&self, language: Language) -> String {
        if self.answer.outsiders.is_empty() {
            return String::new();
        }
        let (title, header) = match language {
            Language::English => (
                "Left out, nearest first (a site enters if it reaches as many more whom nothing else reaches):",
                ["candidate", "cost", "enters with", "in the place of"],
            ),
            Language::French => (
                "Laissés de côté, les plus proches d’abord (un site entre s’il atteint autant de personnes de plus que \
                 rien d’autre n’atteint) :",
                ["candidat", "coût", "entre avec", "à la place de"],
            ),
        };
        let mut table = Table::new(&header);
        for outsider in self.answer.outsiders.iter().take(SHOWN) {
            table.row(self.outsider(outsider, language));
        }
        format!("\n{title}\n{}", table.to_text())
    }

    fn outsider(&self, outsider: &ExplainedOutsider, language: Language) -> Vec<String> {
        vec![
            named(&outsider.id, &outsider.name),
            euros(outsider.cost, language),
            bracket(&outsider.with, self.answer.plan.objective.value, language),
            moves(&outsider.with.closes, &outsider.with.opens, language),
        ]
    }

    fn hosts(&self, language: Language) -> String {
        let groups = self.answer.interchangeable.len() as u64;
        let number = grouped(groups, language);
        match (groups, language) {
            (0, _) => String::new(),
            (_, Language::English) => format!(
                "\n{number} of the plan’s sites have twins: candidates that reach the same people (in the file: \
                 \"interchangeable\").\n"
            ),
            (_, Language::French) => format!(
                "\n{number} des sites du plan ont des jumeaux : des candidats qui atteignent les mêmes personnes (dans \
                 le fichier : « interchangeable »).\n"
            ),
        }
    }

    fn files(&self, language: Language) -> String {
        let files: Vec<String> = self.written.iter().map(|file| shown(&file.display().to_string())).collect();
        match (files.is_empty(), language) {
            (true, _) => String::new(),
            (false, Language::English) => format!("Written: {}.\n", files.join(", ")),
            (false, Language::French) => format!("Écrit : {}.\n", files.join(", ")),
        }
    }
}

fn named(id: &str, name: &str) -> String {
    shown(&if name.is_empty() { id.to_owned() } else { format!("{name} ({id})") })
}

/// Tells what a plan loses: exactly where that is proved, else from–to.
fn bracket(plan: &maillage_io::ExplainedPlan, best: u64, language: Language) -> String {
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

fn moves(to: &[String], also: &[String], language: Language) -> String {
    let list = |ids: &[String]| ids.iter().map(|id| shown(id)).collect::<Vec<_>>().join(", ");
    match (also.is_empty(), language) {
        (true, _) => list(to),
        (false, Language::English) => format!("{} (moving {})", list(to), list(also)),
        (false, Language::French) => format!("{} (en déplaçant {})", list(to), list(also)),
    }
}
