use maillage_core::{Score, Scores, Territory};
use serde::Serialize;

use crate::{Answer, AnswerDocument, ExplainedOutsider, ExplainedPlan};

/// The applicants of a call for projects, as `score.json` holds them.
///
/// Members stand in the order of the fields; what is unknown is `null`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScoreAnswer {
    /// How they are accepted: "best-set", "people" or "people-per-euro".
    pub accept: String,
    /// What the accepted ones add together, in units of the objective.
    pub value: u64,
    /// Whether they keep every rule: in turn, those that ask for a least number are not looked at.
    pub keeps_rules: bool,
    /// What the best set found adds; that is the accepted one where the best set is accepted.
    pub best_value: Option<u64>,
    /// No set that keeps the rules adds more.
    pub bound: u64,
    /// Accepted applicants.
    pub accepted: u64,
    /// Whole euros for them.
    pub cost: u64,
    /// The accepted by turn, then the others by what they would add.
    pub applicants: Vec<ScoredApplicant>,
    /// The best set as a plan.
    pub plan: Answer,
}

/// An applicant, and what it adds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScoredApplicant {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// The code of the commune it stands in, where known.
    pub commune: Option<String>,
    /// Whole euros for it.
    pub cost: u64,
    /// Whether it is accepted.
    pub accepted: bool,
    /// Its turn among the accepted, from 1.
    pub turn: Option<u32>,
    /// What it adds alone to the sites there are.
    pub adds_alone: u64,
    /// What it adds in its turn; of one that is not accepted, beside all that are.
    pub adds: u64,
    /// Whether it would still fit under every limit beside the accepted ones; never of one that is forbidden.
    pub fits: bool,
    /// Whether it is forbidden.
    pub forbidden: bool,
    /// The best set that holds it, where it is not in the best one; only where the best set is asked for.
    pub with: Option<ExplainedPlan>,
}

impl ScoreAnswer {
    /// Tells scores; `outsiders` explains some of those that the best set leaves out.
    #[must_use]
    pub fn of(
        territory: &Territory,
        scores: &Scores,
        (accept, best_value, bound): (&str, Option<u64>, u64),
        outsiders: &[ExplainedOutsider],
        plan: Answer,
    ) -> Self {
        let told = |score: &Score| {
            let site = territory.sites().get(score.site as usize)?;
            let with = outsiders.iter().find(|outsider| outsider.id == site.id).map(|outsider| outsider.with.clone());
            let host = territory.host_of(score.site).and_then(|host| territory.communes().get(host as usize));
            Some(ScoredApplicant {
                id: site.id.clone(),
                name: site.name.clone(),
                kind: site.kind.clone(),
                commune: host.map(|host| host.code.clone()),
                cost: site.cost,
                accepted: score.turn.is_some(),
                turn: score.turn,
                adds_alone: score.alone,
                adds: score.added,
                fits: score.fits,
                forbidden: score.is_forbidden,
                with,
            })
        };
        Self {
            accept: accept.to_owned(),
            value: scores.value,
            keeps_rules: scores.keeps_rules,
            best_value,
            bound,
            accepted: scores.applicants.iter().filter(|score| score.turn.is_some()).count() as u64,
            cost: scores.cost,
            applicants: scores.applicants.iter().filter_map(told).collect(),
            plan,
        }
    }
}

impl AnswerDocument for ScoreAnswer {
    fn set_seconds(&mut self, seconds: f64) {
        self.plan.seconds = Some(seconds);
    }
}
