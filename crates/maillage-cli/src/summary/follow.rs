use std::path::PathBuf;

use maillage_io::{AnswerGuarantee, FollowAnswer, FollowChanges, FollowedRow, Language};

use super::unit::unit;
use super::written::written;
use crate::table::Table;
use crate::words::{decimal, euros, grouped, percent_up, plural, shown};

/// How many sites are shown.
const SHOWN: usize = 20;

/// Use against plan, told to the planner.
pub(crate) struct FollowSummary<'run> {
    pub(crate) answer: &'run FollowAnswer,
    pub(crate) written: &'run [PathBuf],
}

impl FollowSummary<'_> {
    pub(crate) fn to_text(&self, language: Language) -> String {
        let changes = self.answer.changes.as_ref().map(|changes| changed(changes, language)).unwrap_or_default();
        [self.headline(language), self.least_used(language), changes, written(self.written, language)].concat()
    }

    fn headline(&self, language: Language) -> String {
        let answer = self.answer;
        let known = answer.sites.iter().filter(|site| site.acts.is_some()).count() as u64;
        let (all, seen) = (grouped(answer.sites.len() as u64, language), grouped(known, language));
        let acts = grouped(answer.acts, language);
        let done = match language {
            Language::English => plural(answer.acts, "act", "acts", language),
            Language::French => plural(answer.acts, "acte", "actes", language),
        };
        let planned = answer.planned.map(|planned| {
            let shown = grouped(planned, language);
            match language {
                Language::English => format!("; {shown} {} planned", plural(planned, "was", "were", language)),
                Language::French => {
                    format!(" ; {shown} {}", plural(planned, "était prévu", "étaient prévus", language))
                }
            }
        });
        let planned = planned.unwrap_or_default();
        let first = match (known, language) {
            (0, Language::English) => format!("Nothing is known of the use of the {all} open sites.\n"),
            (0, Language::French) => format!("On ne sait rien de l’usage des {all} sites ouverts.\n"),
            (_, Language::English) => format!("{acts} {done} at {seen} of {all} open sites{planned}.\n"),
            (_, Language::French) => format!("{acts} {done} sur {seen} des {all} sites ouverts{planned}.\n"),
        };
        if known == 0 {
            return first;
        }
        let below = answer.regular.map_or_else(String::new, |regular| {
            let (below, regular) = (grouped(answer.below, language), grouped(regular, language));
            match language {
                Language::English => format!(
                    "{below} of them {} below regular use, {regular} acts a year.\n",
                    plural(answer.below, "is", "are", language)
                ),
                Language::French => format!(
                    "{below} d’entre eux {} en dessous d’un usage régulier, {regular} actes par an.\n",
                    plural(answer.below, "est", "sont", language)
                ),
            }
        });
        let tau = answer.correlation.map(|tau| decimal((tau * 100.0).round() / 100.0 + 0.0, language));
        let correlation = match (tau, language) {
            (None, Language::English) => "There are too few figures to compare use with need.\n".to_owned(),
            (None, Language::French) => "Trop peu de chiffres pour comparer l’usage au besoin.\n".to_owned(),
            (Some(tau), Language::English) => format!(
                "Does use follow need (under-served people nearest to each site)? {tau}: 1 would be in the same order, 0 \
                 without any link, −1 in the reverse order (Kendall's tau-b).\n"
            ),
            (Some(tau), Language::French) => format!(
                "L’usage suit-il le besoin (habitants sous-dotés les plus proches de chaque site) ? {tau} : 1 serait le même \
                 ordre, 0 aucun lien, −1 l’ordre inverse (tau-b de Kendall).\n"
            ),
        };
        first + &below + &correlation
    }

    fn least_used(&self, language: Language) -> String {
        let mut sites: Vec<&FollowedRow> = self.answer.sites.iter().filter(|site| site.acts.is_some()).collect();
        if sites.is_empty() {
            return String::new();
        }
        sites.sort_by_key(|site| site.acts);
        let (title, header) = match language {
            Language::English => {
                ("Least used:", ["site", "state", "acts", "planned", "under-served people nearest to it"])
            }
            Language::French => {
                ("Les moins utilisés :", ["site", "état", "actes", "prévus", "habitants sous-dotés les plus proches"])
            }
        };
        let state = |site: &FollowedRow| match (site.state, language) {
            ("new", Language::French) => "nouveau",
            ("existing", Language::French) => "existant",
            (state, _) => state,
        };
        let mut table = Table::new(&header);
        for site in sites.into_iter().take(SHOWN) {
            let number = |figure: Option<u64>| figure.map_or_else(String::new, |figure| grouped(figure, language));
            let mark = if site.below { " *" } else { "" };
            table.row(vec![
                format!("{} ({}){mark}", shown(&site.name), shown(&site.id)),
                state(site).to_owned(),
                number(site.acts),
                number(site.planned),
                grouped(site.people, language),
            ]);
        }
        let note = match (self.answer.regular, language) {
            (None, _) => "",
            (Some(_), Language::English) => "* below regular use\n",
            (Some(_), Language::French) => "* en dessous d’un usage régulier\n",
        };
        format!("\n{title}\n{}{note}", table.to_text())
    }
}

fn changed(changes: &FollowChanges, language: Language) -> String {
    let list = |ids: &[String]| match ids {
        [] => "–".to_owned(),
        ids => ids.iter().map(|id| shown(id)).collect::<Vec<_>>().join(", "),
    };
    let most = grouped(u64::from(changes.most), language);
    let (closes, opens, cost) = (list(&changes.closes), list(&changes.opens), euros(changes.cost, language));
    let before = grouped(changes.value_before, language);
    let after = format!("{} ({})", grouped(changes.value, language), unit(&changes.unit, language));
    let gap = changes.gap.map(|gap| percent_up(gap, language)).unwrap_or_default();
    let proved = match (changes.guarantee, language) {
        (AnswerGuarantee::Optimal, Language::English) => "no plan with so few changes adds more: proved".to_owned(),
        (AnswerGuarantee::Optimal, Language::French) => {
            "aucun plan avec si peu de changements n’ajoute plus : c’est prouvé".to_owned()
        }
        (_, Language::English) => format!("at most {gap} below the best with so few changes"),
        (_, Language::French) => format!("à {gap} au plus du meilleur avec si peu de changements"),
    };
    let sites = plural(u64::from(changes.most), "site", "sites", language);
    if changes.closes.is_empty() && changes.opens.is_empty() {
        return match language {
            Language::English => format!(
                "\nWith at most {most} {sites} given up: nothing better than the plan as it is was found, which adds {after} \
                 ({proved}).\n"
            ),
            Language::French => format!(
                "\nEn renonçant à {most} {sites} au plus : rien de mieux que le plan tel quel, qui ajoute {after} \
                 ({proved}).\n"
            ),
        };
    }
    match language {
        Language::English => format!(
            "\nWith at most {most} {sites} given up: the plan adds {after} instead of {before} ({proved}).\n  closes: \
             {closes}\n  opens: {opens} ({cost})\n"
        ),
        Language::French => format!(
            "\nEn renonçant à {most} {sites} au plus : le plan ajoute {after} au lieu de {before} ({proved}).\n  ferment : \
             {closes}\n  ouvrent : {opens} ({cost})\n"
        ),
    }
}
