use maillage_io::{ExplanationAnswer, ExplanationBackbone, Language};

use crate::words::{grouped, percent_up, plural};

/// Says how many sites of the plan stand in every plan near the best.
pub(super) fn backbone(answer: &ExplanationAnswer, language: Language) -> String {
    let all = answer.sites.len() as u64;
    let ExplanationBackbone { always, undecided, .. } = answer.backbone;
    let share = percent_up(answer.near_best.share, language);
    let [some, sites] = [always, all].map(|number| grouped(number, language));
    match (always, undecided, language) {
        _ if all == 0 => String::new(),
        (_, 1, Language::English) if all == 1 => {
            format!("Whether the site stands in every plan within {share} of the best is not proved either way.\n")
        }
        (_, 1, Language::French) if all == 1 => {
            format!("Que le site figure ou non dans tous les plans à {share} près du meilleur n’est pas prouvé.\n")
        }
        (0, _, Language::English) if all == 1 => {
            format!("The site does not stand in every plan within {share} of the best: proved. It can be replaced.\n")
        }
        (0, _, Language::French) if all == 1 => format!(
            "Le site ne figure pas dans tous les plans à {share} près du meilleur : c’est prouvé. Il peut être remplacé.\n"
        ),
        (_, _, Language::English) if all == 1 => {
            format!("The site stands in every plan within {share} of the best: proved.\n")
        }
        (_, _, Language::French) if all == 1 => {
            format!("Le site figure dans tous les plans à {share} près du meilleur : c’est prouvé.\n")
        }
        (0, 0, Language::English) => format!(
            "None of the {sites} sites stands in every plan within {share} of the best: proved. Each can be replaced.\n"
        ),
        (0, 0, Language::French) => format!(
            "Aucun des {sites} sites ne figure dans tous les plans à {share} près du meilleur : c’est prouvé. Chacun \
             peut être remplacé.\n"
        ),
        (_, _, Language::English) if always == all => {
            format!("All of the {sites} sites stand in every plan within {share} of the best: proved.\n")
        }
        (_, _, Language::French) if always == all => {
            format!("Les {sites} sites figurent tous dans chaque plan à {share} près du meilleur : c’est prouvé.\n")
        }
        (_, 0, Language::English) => format!(
            "{some} of the {sites} sites {} in every plan within {share} of the best: proved. The others can be \
             replaced.\n",
            plural(always, "stands", "stand", language)
        ),
        (_, 0, Language::French) => format!(
            "{some} des {sites} sites {} dans tous les plans à {share} près du meilleur : c’est prouvé. Les autres \
             peuvent être remplacés.\n",
            plural(always, "figure", "figurent", language)
        ),
        _ => partly_proved(answer, &share, language),
    }
}

/// Says of how many sites something is proved, and that of the others nothing is.
fn partly_proved(answer: &ExplanationAnswer, share: &str, language: Language) -> String {
    let ExplanationBackbone { always, not_always, undecided } = answer.backbone;
    let [sites, some, moving, open] =
        [answer.sites.len() as u64, always, not_always, undecided].map(|number| grouped(number, language));
    match (always, not_always, language) {
        (0, 0, Language::English) => format!(
            "Of none of the {sites} sites it is proved whether it stands in every plan within {share} of the best.\n"
        ),
        (0, 0, Language::French) => format!(
            "D’aucun des {sites} sites il n’est prouvé s’il figure ou non dans tous les plans à {share} près du \
             meilleur.\n"
        ),
        (_, 0, Language::English) => format!(
            "{some} of the {sites} sites {} in every plan within {share} of the best: proved. Of the other {open} that \
             is not proved either way.\n",
            plural(always, "stands", "stand", language)
        ),
        (_, 0, Language::French) => format!(
            "{some} des {sites} sites {} dans tous les plans à {share} près du meilleur : c’est prouvé. Autres sites, \
             sans preuve ni dans un sens ni dans l’autre : {open}.\n",
            plural(always, "figure", "figurent", language)
        ),
        (0, _, Language::English) => format!(
            "{moving} of the {sites} sites can be replaced within {share} of the best: proved. Of the other {open} that \
             is not proved either way.\n"
        ),
        (0, _, Language::French) => format!(
            "{moving} des {sites} sites {} à {share} près du meilleur : c’est prouvé. Autres sites, sans preuve ni dans \
             un sens ni dans l’autre : {open}.\n",
            plural(not_always, "peut être remplacé", "peuvent être remplacés", language)
        ),
        (_, _, Language::English) => format!(
            "{some} of the {sites} sites {} in every plan within {share} of the best, {moving} can be replaced: proved. \
             Of the other {open} that is not proved either way.\n",
            plural(always, "stands", "stand", language)
        ),
        (_, _, Language::French) => format!(
            "{some} des {sites} sites {} dans tous les plans à {share} près du meilleur, {moving} {} : c’est prouvé. \
             Autres sites, sans preuve ni dans un sens ni dans l’autre : {open}.\n",
            plural(always, "figure", "figurent", language),
            plural(not_always, "peut être remplacé", "peuvent être remplacés", language)
        ),
    }
}
