use maillage_core::{Scenario, Weight};
use maillage_io::Language;

/// Says what a plan maximises, where that is not the number of people in reach.
pub(crate) fn maximised_words(scenario: &Scenario, language: Language) -> Option<String> {
    if scenario.counts_people() && scenario.phase.is_empty() {
        return None;
    }
    let pick = |english: &str, french: &str| match language {
        Language::English => english.to_owned(),
        Language::French => french.to_owned(),
    };
    let mut words = match &scenario.weight {
        Weight::People => pick("the people in reach", "le nombre d’habitants à portée"),
        Weight::Shortfall => pick(
            "the people in reach, weighted by how far their access falls short of the threshold",
            "le nombre d’habitants à portée, pondéré par ce qui manque à leur accès pour atteindre le seuil",
        ),
        Weight::Field(name) => pick(
            &format!("the column “{name}” of the communes in reach"),
            &format!("la colonne « {name} » des communes à portée"),
        ),
        Weight::Blend(parts) => {
            let blend = Weight::blend_text(parts);
            pick(
                &format!("the blend {blend} of the communes in reach"),
                &format!("le mélange {blend} des communes à portée"),
            )
        }
    };
    if !scenario.decay.is_empty() {
        words += &pick(", more where a site is nearer", ", davantage si un site est plus proche");
    }
    if scenario.enough.is_some() {
        words += &pick(", less where doctors suffice", ", moins là où les médecins suffisent");
    }
    if !scenario.phase.is_empty() {
        words += &pick(", over the years of all phases", ", sur les années de toutes les phases");
    }
    Some(words)
}
