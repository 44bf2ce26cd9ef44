use maillage_core::{Dictionary, RuleName, Territory};
use maillage_io::{Output, rule_key};
use maillage_solver::{DemandId, Problem, SiteId};

use crate::failure::Failure;
use crate::model::{ModelFile, Names};

/// Writes the problem for other solvers, sites and communes by their identifiers.
pub(crate) fn write_model(
    model: &ModelFile,
    output: Output,
    problem: &Problem,
    territory: &Territory,
    dictionary: &Dictionary,
) -> Result<(), Failure> {
    let site = |site: SiteId| {
        let position = dictionary.site_of(site.index());
        let found = position.and_then(|position| territory.sites().get(position as usize));
        found.map(|site| site.id.clone()).unwrap_or_default()
    };
    let demand = |demand: DemandId| {
        let position = dictionary.demands.get(demand.index()).map(|demand| demand.commune);
        let commune = position.and_then(|position| territory.communes().get(position as usize));
        commune.map(|commune| commune.code.clone()).unwrap_or_default()
    };
    let rules = dictionary.rules.iter().enumerate().map(model_name).collect();
    let floors = dictionary.floors.iter().enumerate().map(model_name).collect();
    model.write(output, problem, &Names { site, demand, rules, floors })
}

/// Returns what a rule is called in a model: its kind, its position in its list, and its group or, where the kernel
/// holds it in parts, the part.
fn model_name((position, name): (usize, &RuleName)) -> String {
    let (key, number, group) = rule_key(name);
    let is_part = matches!(name, RuleName::Spread { .. } | RuleName::Spacing { .. });
    let part = is_part.then(|| format!("part{position}"));
    let number = number.map(|number| (number + 1).to_string());
    let parts = std::iter::once(key.to_owned()).chain(number).chain(group.iter().cloned()).chain(part);
    let letter = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '_' };
    parts.collect::<Vec<_>>().join("_").chars().map(letter).collect()
}
