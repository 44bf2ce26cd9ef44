use maillage_core::{Reach, Scenario, SiteState, Territory, TravelTime};
use maillage_io::{Language, Role, ScenarioFile, Source};

use crate::console::Console;
use crate::words::{euros, grouped, plural, shown};

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

/// How many sites are named in a warning.
const NAMED: usize = 5;

/// Warns of candidates whose catchment is empty.
pub(crate) fn of_reach(territory: &Territory, reach: &Reach, limit: TravelTime, console: &Console) {
    let reaches_nobody = |site: &u32| reach.communes_of(*site).iter().all(|(_, time)| *time > limit);
    let empty: Vec<u32> = territory.candidates().filter(reaches_nobody).collect();
    if empty.is_empty() {
        return;
    }
    let names = empty.iter().take(NAMED).filter_map(|site| territory.sites().get(*site as usize));
    let names: Vec<String> = names.map(|site| shown(&site.id)).collect();
    let (count, names, language) = (grouped(empty.len() as u64, console.language), names.join(", "), console.language);
    let number = empty.len() as u64;
    console.warning(
        "W906",
        &match language {
            Language::English => format!(
                "{count} {} no commune within {limit}, such as {names}: kept, but opening one reaches nobody",
                plural(number, "candidate reaches", "candidates reach", language)
            ),
            Language::French => format!(
                "{count} {} aucune commune en {limit}, par exemple {names} : gardés, mais en ouvrir un n’atteint personne",
                plural(number, "candidat n’atteint", "candidats n’atteignent", language)
            ),
        },
    );
}

/// Warns of data that may not belong together, or are no basis for a decision.
pub(crate) fn of_sources(file: &ScenarioFile, console: &Console) {
    let Some(sources) = &file.sources else { return };
    let read = [
        (Role::Communes, file.communes.is_some()),
        (Role::Candidates, file.candidates.is_some()),
        (Role::Existing, file.existing.is_some()),
        (Role::Join, file.join.is_some()),
        (Role::Times, file.times.is_some()),
        (Role::Reach, file.reach.is_some()),
        (Role::Grid, file.grid.is_some()),
        (Role::Roads, file.roads.is_some()),
    ];
    let roles = || read.into_iter().filter_map(|(role, is_read)| is_read.then_some(role));
    let years = sources.years(roles());
    if years.len() > 1 {
        let years = years.iter().map(i32::to_string).collect::<Vec<_>>().join(", ");
        console.warning(
            "W904",
            &match console.language {
                Language::English => {
                    format!("the data speak of different years ({years}): some figures may not belong together")
                }
                Language::French => {
                    format!("les données parlent d’années différentes ({years}) : des chiffres peuvent ne pas aller ensemble")
                }
            },
        );
    }
    if roles().filter_map(|role| sources.of(role)).chain(&sources.access).any(Source::is_illustrative) {
        console.warning(
            "W905",
            match console.language {
                Language::English => "an input is marked as illustrative: the results are no basis for a decision",
                Language::French => "une entrée est dite illustrative : les résultats ne peuvent fonder une décision",
            },
        );
    }
}
