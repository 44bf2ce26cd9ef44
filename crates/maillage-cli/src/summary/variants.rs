use maillage_io::{Answer, Language};

use crate::table::Table;
use crate::words::{euros, grouped, percent_of, shown};

/// Tells types of site, specialties and hubs; nothing where there are none.
pub(crate) fn variants(answer: &Answer, language: Language) -> String {
    [types(answer, language), specialties(answer, language), hubs(answer, language)].concat()
}

fn types(answer: &Answer, language: Language) -> String {
    if answer.types.is_empty() {
        return String::new();
    }
    let header = match language {
        Language::English => ["type", "new sites", "cost", "to run them"],
        Language::French => ["type", "nouveaux sites", "coût", "dont fonctionnement"],
    };
    let mut table = Table::new(&header);
    for count in &answer.types {
        table.row(vec![
            shown(&count.r#type),
            grouped(count.sites_new, language),
            euros(count.cost, language),
            euros(count.yearly, language),
        ]);
    }
    format!("\n{}", table.to_text())
}

fn specialties(answer: &Answer, language: Language) -> String {
    if answer.specialties.is_empty() {
        return String::new();
    }
    let header = match language {
        Language::English => ["specialty", "people", "before", "newly", "in reach", "in reach %", "sites"],
        Language::French => ["spécialité", "habitants", "avant", "en plus", "à portée", "à portée %", "sites"],
    };
    let mut table = Table::new(&header);
    for count in &answer.specialties {
        table.row(vec![
            shown(&count.specialty),
            grouped(count.people, language),
            grouped(count.reached_before, language),
            grouped(count.newly_reached, language),
            grouped(count.reached_after, language),
            percent_of(count.reached_after, count.people, language),
            grouped(count.sites, language),
        ]);
    }
    format!("\n{}", table.to_text())
}

fn hubs(answer: &Answer, language: Language) -> String {
    let Some(hubs) = &answer.hubs else { return String::new() };
    let header = match language {
        Language::English => ["hub", "new sites"],
        Language::French => ["centre", "nouveaux sites"],
    };
    let mut table = Table::new(&header);
    for hub in &hubs.hubs {
        table.row(vec![shown(&hub.id), grouped(hub.spokes, language)]);
    }
    let without = grouped(hubs.candidates_without, language);
    let without = match (hubs.candidates_without, language) {
        (0, _) => String::new(),
        (_, Language::English) => format!("Candidates without a hub near enough, which cannot open: {without}.\n"),
        (_, Language::French) => format!("Candidats sans centre assez proche, qui ne peuvent ouvrir : {without}.\n"),
    };
    format!("\n{}{without}", table.to_text())
}
