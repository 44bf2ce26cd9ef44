use maillage_io::{ExplainedOutsider, Language};

use super::ExplanationSummary;
use super::explanation::{bracket, named};
use super::unit::unit;
use crate::words::{euros, shown};

/// A candidate or a commune that was asked about.
pub(crate) struct Asked {
    /// What it is called.
    pub(crate) name: String,
    /// The candidates there, by identifier.
    pub(crate) candidates: Vec<String>,
    /// Whether it is a site that is there already.
    pub(crate) is_existing: bool,
}

impl ExplanationSummary<'_> {
    /// Answers whoever asked for a site: what the best plan with it does less.
    pub(super) fn why_not(&self, asked: &Asked, language: Language) -> String {
        let name = shown(&asked.name);
        let question = match language {
            Language::English => format!("Why not {name}?"),
            Language::French => format!("Pourquoi pas {name} ?"),
        };
        if let Some(site) = self.answer.sites.iter().find(|site| asked.candidates.contains(&site.id)) {
            let site = named(&site.id, &site.name);
            return match language {
                Language::English => format!("{question} The plan opens a site there: {site}.\n"),
                Language::French => format!("{question} Le plan y ouvre un site : {site}.\n"),
            };
        }
        let Some(nearest) = self.nearest(&asked.candidates) else {
            return match (asked.candidates.is_empty(), language) {
                _ if asked.is_existing => match language {
                    Language::English => format!("{question} It is there already.\n"),
                    Language::French => format!("{question} Il est déjà là.\n"),
                },
                (true, Language::English) => format!("{question} No candidate stands there.\n"),
                (true, Language::French) => format!("{question} Aucun candidat ne s’y trouve.\n"),
                (false, Language::English) => format!("{question} Nothing was found out about its candidates.\n"),
                (false, Language::French) => format!("{question} On ne sait rien de plus de ses candidats.\n"),
            };
        };
        let (site, plan) = (named(&nearest.id, &nearest.name), &nearest.with);
        let best = &self.answer.plan.objective;
        let less = bracket(plan, best.value, language);
        let less = match (best.unit.as_str(), language) {
            ("people", Language::English) => format!("reaches {less} people fewer"),
            ("people", Language::French) => format!("atteint {less} personnes de moins"),
            (counted, Language::English) => format!("adds {less} less ({})", unit(counted, language)),
            (counted, Language::French) => format!("apporte {less} de moins ({})", unit(counted, language)),
        };
        let instead = match (plan.closes.is_empty(), language) {
            (true, _) => String::new(),
            (false, Language::English) => {
                format!(", in the place of {},", self.moves(&plan.closes, &plan.opens, language))
            }
            (false, Language::French) => {
                format!(", à la place de {},", self.moves(&plan.closes, &plan.opens, language))
            }
        };
        let answer = match (plan.feasible, nearest.enters_with_more, language) {
            _ if nearest.forbidden => match language {
                Language::English => format!("The question forbids {site}, by name or too near an existing site."),
                Language::French => format!("La question interdit {site}, nommément ou trop près d’un site existant."),
            },
            (Some(false), _, Language::English) => format!("No plan that keeps the rules opens {site}."),
            (Some(false), _, Language::French) => format!("Aucun plan qui respecte les règles n’ouvre {site}."),
            (_, Some(0), Language::English) => format!("A plan with {site}{instead} is just as good."),
            (_, Some(0), Language::French) => format!("Un plan avec {site}{instead} est tout aussi bon."),
            (_, _, Language::English) => format!("The best plan with {site}{instead} {less}."),
            (_, _, Language::French) => {
                format!("Le meilleur plan avec {site}{instead} {less}.")
            }
        };
        let cheaper = nearest.enters_for_less.filter(|_| nearest.enters_with_more != Some(0)).map(|sum| {
            let sum = euros(sum, language);
            match language {
                Language::English => format!(" It would enter if it cost {sum} less."),
                Language::French => format!(" Il entrerait s’il coûtait {sum} de moins."),
            }
        });
        format!("{question} {answer}{}\n", cheaper.unwrap_or_default())
    }

    /// Finds the candidate of a group that enters with least.
    fn nearest(&self, group: &[String]) -> Option<&ExplainedOutsider> {
        let of_group = self.answer.outsiders.iter().filter(|outsider| group.contains(&outsider.id));
        of_group.min_by_key(|outsider| (outsider.enters_with_more.is_none(), outsider.enters_with_more))
    }
}
