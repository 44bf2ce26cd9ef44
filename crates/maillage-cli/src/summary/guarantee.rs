use maillage_core::{Goal, Scenario};
use maillage_io::{Answer, AnswerGuarantee, AnswerObjective, AnswerTravel, Language, Role, StatedAnswer, Stop, gap};

use super::unit::unit;
use crate::words::{grouped, percent_up, plural};

/// What a plan claims of itself, whether it was just made or is read from its file.
pub(crate) struct Claim<'a> {
    pub(super) guarantee: AnswerGuarantee,
    stopped_by: Stop,
    gap: Option<f64>,
    pub(super) objective: &'a AnswerObjective,
    pub(super) then: Option<&'a AnswerObjective>,
    pub(super) travel: Option<&'a AnswerTravel>,
    sites_new: u64,
    /// Places a new site could open at.
    candidates: u64,
}

impl<'a> From<&'a Answer> for Claim<'a> {
    fn from(answer: &'a Answer) -> Self {
        let Answer { guarantee, stopped_by, gap, ref objective, sites_new, candidates, .. } = *answer;
        let (then, travel) = (answer.then.as_ref(), answer.travel.as_ref());
        Self { guarantee, stopped_by, gap, objective, then, travel, sites_new, candidates }
    }
}

impl<'a> Claim<'a> {
    /// Returns the claim of a plan that was read, with so many new sites.
    pub(crate) fn stated(answer: &'a StatedAnswer, sites_new: u64) -> Self {
        let StatedAnswer { guarantee, stopped_by, ref objective, .. } = *answer;
        let (low, high) = (objective.value.min(objective.bound), objective.value.max(objective.bound));
        // Answers of earlier versions name the file of the candidates only.
        let read = answer.inputs.iter().find(|input| input.role == Role::Candidates).map(|input| input.features);
        Self {
            guarantee,
            stopped_by,
            gap: gap(low, high, high),
            objective,
            then: answer.then.as_ref(),
            travel: answer.travel.as_ref(),
            sites_new,
            candidates: answer.candidates.or(read).unwrap_or_default(),
        }
    }
}

/// Says in one sentence how good the plan is, claiming no more than is proved.
pub(crate) fn guarantee(answer: &Claim<'_>, scenario: &Scenario, language: Language) -> String {
    let choice = choice(scenario, answer, language);
    let places = grouped(answer.candidates, language);
    let bound = bound(answer, scenario, language);
    let gap = answer.gap.map(|gap| percent_up(gap, language));
    if scenario.goal != Goal::Reach {
        return told_by_goal(answer, language);
    }
    let people = scenario.counts_people();
    let sentence = match (answer.guarantee, gap, language) {
        (AnswerGuarantee::Optimal, _, Language::English) => {
            let does = match (people, scenario.is_within_capacity()) {
                (true, _) => "reaches more",
                (false, true) => "serves more",
                (false, false) => "scores more",
            };
            format!("No other choice {choice} among these {places} places, with these data and this rule, {does}.")
        }
        (AnswerGuarantee::Optimal, _, Language::French) => {
            let does = match (people, scenario.is_within_capacity()) {
                (true, _) => "n’atteint davantage de monde",
                (false, true) => "ne sert davantage de consultations",
                (false, false) => "n’obtient davantage",
            };
            format!("Aucun autre choix {choice} parmi ces {places} lieux, avec ces données et cette règle, {does}.")
        }
        (AnswerGuarantee::Bounded, Some(gap), Language::English) => format!(
            "At most {gap} below the best possible: no choice {choice} among these {places} places, with these data \
             and this rule, can add more than {bound}."
        ),
        (AnswerGuarantee::Bounded, Some(gap), Language::French) => format!(
            "Au plus {gap} sous le meilleur possible : aucun choix {choice} parmi ces {places} lieux, avec ces \
             données et cette règle, ne peut apporter plus de {bound}."
        ),
        (_, _, Language::English) => "Nothing is proved about how good this plan is.".to_owned(),
        (_, _, Language::French) => "Rien n’est prouvé sur la qualité de ce plan.".to_owned(),
    };
    match stopped(answer.stopped_by, language) {
        Some(stopped) => format!("{sentence} {stopped}"),
        None => sentence,
    }
}

/// Says of what choices the goal's own sentence speaks.
fn told_by_goal(answer: &Claim<'_>, language: Language) -> String {
    let places = grouped(answer.candidates, language);
    let sentence = match language {
        Language::English => format!("This is said of all choices among these {places} places, with these data."),
        Language::French => {
            format!("Cela vaut pour tous les choix parmi ces {places} lieux, avec ces données.")
        }
    };
    match stopped(answer.stopped_by, language) {
        Some(stopped) => format!("{sentence} {stopped}"),
        None => sentence,
    }
}

fn choice(scenario: &Scenario, answer: &Claim<'_>, language: Language) -> String {
    match (scenario.sites, scenario.budget, language) {
        (Some(sites), budget, Language::English) => {
            let number = grouped(sites, language);
            let number = if sites == answer.sites_new { number } else { format!("at most {number}") };
            format!("of {number}{}", if budget.is_some() { " within this budget" } else { "" })
        }
        (Some(sites), budget, Language::French) => {
            let number = format!("{} {}", grouped(sites, language), plural(sites, "site", "sites", language));
            let number =
                if sites == answer.sites_new { format!("de {number}") } else { format!("d’au plus {number}") };
            format!("{number}{}", if budget.is_some() { " dans ce budget" } else { "" })
        }
        (None, _, Language::English) => "within this budget".to_owned(),
        (None, _, Language::French) => "dans ce budget".to_owned(),
    }
}

fn bound(answer: &Claim<'_>, scenario: &Scenario, language: Language) -> String {
    let bound = grouped(answer.objective.bound, language);
    match (scenario.counts_people(), language) {
        (true, Language::English) => format!("{bound} people"),
        (true, Language::French) => format!("{bound} personnes"),
        _ => format!("{bound} ({})", unit(&answer.objective.unit, language)),
    }
}

fn stopped(stop: Stop, language: Language) -> Option<&'static str> {
    match (stop, language) {
        (Stop::Time, Language::English) => Some("The clock ended the work: another run may give another plan."),
        (Stop::Time, Language::French) => Some("L’horloge a arrêté le calcul : un autre essai peut différer."),
        (Stop::Signal, Language::English) => Some("The work was stopped by hand: this is the best plan so far."),
        (Stop::Signal, Language::French) => Some("Le calcul a été interrompu : voici le meilleur plan à ce moment."),
        _ => None,
    }
}
