use maillage_core::{Scenario, SiteState, Territory};
use maillage_io::Language;

use crate::console::Console;
use crate::words::{euros, grouped, plural};

/// Costs below this look like thousands of euros when the budget is a thousand times larger.
const SMALL_COST: u64 = 1_000;

/// Warns of requests that can be answered but may not be what is meant.
pub(crate) fn of_request(scenario: &Scenario, territory: &Territory, console: &Console) {
    let costs = territory.sites().iter().filter(|site| site.state == SiteState::Candidate).map(|site| site.cost);
    let candidates = costs.clone().count() as u64;
    let language = console.language;
    if let Some(sites) = scenario.sites
        && sites > candidates
    {
        let (more, only) = (grouped(sites, language), grouped(candidates, language));
        let or = |number, one, several| plural(number, one, several, language);
        console.warning(
            "W901",
            &match language {
                Language::English => format!(
                    "{more} {} may open, but there {} only {only} {}",
                    or(sites, "site", "sites"),
                    or(candidates, "is", "are"),
                    or(candidates, "candidate", "candidates")
                ),
                Language::French => format!(
                    "{more} {}, mais il n’y a que {only} {}",
                    or(sites, "site peut ouvrir", "sites peuvent ouvrir"),
                    or(candidates, "candidat", "candidats")
                ),
            },
        );
    }
    let (dearest, cheapest) = (costs.clone().max().unwrap_or(0), costs.filter(|&cost| cost > 0).min().unwrap_or(0));
    if let Some(budget) = scenario.budget
        && (1..SMALL_COST).contains(&dearest)
        && budget / SMALL_COST >= cheapest
    {
        let (dearest, budget) = (euros(dearest, language), euros(budget, language));
        console.warning("W902", &match language {
            Language::English => format!(
                "no candidate costs more than {dearest} while the budget is {budget}: are the costs in thousands of \
                 euros (k€)? Write them in whole euros"
            ),
            Language::French => format!(
                "aucun candidat ne coûte plus de {dearest} alors que le budget est de {budget} : les coûts sont-ils \
                 en milliers d’euros (k€) ? Les écrire en euros entiers"
            ),
        });
    }
}
