use serde::Serialize;

use crate::answer_sheets::AnswerSheet;
use crate::sweep_answer::share;
use crate::table_description::{columns, texts};
use crate::{SweepAnswer, SweepScenario, SweptPoint, TableCell};

/// A plan that was given, and what it is worth in every scenario.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SweepGiven {
    /// Its file.
    pub file: String,
    /// Its number.
    pub plan: usize,
    /// In the order of the scenarios.
    pub scenarios: Vec<GivenInScenario>,
}

/// What a given plan is worth in a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct GivenInScenario {
    /// Under-served people in reach thanks to its new sites only.
    pub newly_reached: u64,
    /// Of all under-served people, the share in reach with it, to a ten-thousandth.
    pub share_after: Option<f64>,
    /// What its sites add; absent where it breaks a rule of the scenario.
    pub value: Option<u64>,
    /// How much less than the best plan found.
    pub loses: Option<u64>,
    /// The share of what no plan exceeds, rounded down to a ten-thousandth.
    pub share: Option<f64>,
}

impl GivenInScenario {
    /// Tells a plan of this value beside the best found.
    #[must_use]
    pub fn of(best: &SweptPoint, value: Option<u64>, newly_reached: u64) -> Self {
        let after = best.reached_before.saturating_add(newly_reached);
        let of_possible = |(value, bound): (u64, u64)| if bound == 0 { 1.0 } else { share(value, bound) };
        Self {
            newly_reached,
            share_after: (best.under_served > 0).then(|| share(after, best.under_served)),
            value,
            loses: value.zip(best.value).map(|(value, best)| best.saturating_sub(value)),
            share: value.zip(best.bound).map(of_possible),
        }
    }
}

impl SweepAnswer {
    /// Returns what given plans are worth in every scenario.
    pub(crate) fn given_sheet(&self) -> AnswerSheet {
        let mut columns = columns! {
            "file" "TEXT" "Given plan" "Plan donné" "file of the plan that was given" "fichier du plan donné";
        };
        columns.extend(self.keys());
        columns.extend(columns! {
            "newly_reached" "INTEGER" "Newly in reach" "Nouvellement à portée" "under-served people in reach thanks to its new sites only" "habitants sous-dotés à portée grâce à ses seuls nouveaux sites";
            "share_after" "REAL" "Share after" "Part après" "of all under-served people, the share in reach with it" "parmi tous les habitants sous-dotés, la part à portée avec lui";
            "value" "INTEGER" "Value" "Valeur" "what its sites add; blank where it breaks a rule" "ce qu’apportent ses sites ; vide là où il enfreint une règle";
            "loses" "INTEGER" "Loses" "Perd" "how much less than the best plan found" "ce qu’il apporte de moins que le meilleur plan trouvé";
            "share" "REAL" "Of the possible" "Part du possible" "share of what no plan exceeds" "part de ce qu’aucun plan ne dépasse";
        });
        let rows = |given: &SweepGiven| {
            let row = |(scenario, there): (&SweepScenario, &GivenInScenario)| {
                let figures = [
                    TableCell::Whole(there.newly_reached),
                    TableCell::share(there.share_after),
                    TableCell::whole(there.value),
                    TableCell::whole(there.loses),
                    TableCell::share(there.share),
                ];
                let file = [TableCell::text(&given.file)].into_iter();
                file.chain(self.assumed(&scenario.assumes)).chain(figures).collect::<Vec<_>>()
            };
            self.scenarios.iter().zip(&given.scenarios).map(row).collect::<Vec<_>>()
        };
        let rows = self.given.iter().flat_map(rows).collect();
        AnswerSheet::plain("given", texts("Given plans", "Plans donnés"), columns, rows)
    }
}
