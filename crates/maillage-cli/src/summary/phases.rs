use maillage_io::{Answer, AnswerNesting, Language};

use crate::table::Table;
use crate::words::{euros, grouped, percent_of, shown};

/// Tells the phases, and what the last one loses by building on the earlier ones; nothing where there are none.
pub(crate) fn phases(answer: &Answer, unit: &str, language: Language) -> String {
    if answer.phases.is_empty() {
        return String::new();
    }
    let header = match language {
        Language::English => ["phase", "years", "opened", "sites", "cost", "newly", "in reach", "in reach %"],
        Language::French => ["phase", "années", "ouverts", "sites", "coût", "en plus", "à portée", "à portée %"],
    };
    let mut table = Table::new(&header);
    for phase in &answer.phases {
        table.row(vec![
            shown(&phase.phase),
            grouped(phase.years, language),
            grouped(phase.sites_opened, language),
            grouped(phase.sites_new, language),
            euros(phase.cost, language),
            grouped(phase.newly_reached, language),
            grouped(phase.reached_after, language),
            percent_of(phase.reached_after, answer.under_served, language),
        ]);
    }
    let nesting = answer.nesting.as_ref().map(|nesting| words(nesting, unit, language));
    format!("\n{}{}", table.to_text(), nesting.unwrap_or_default())
}

fn words(nesting: &AnswerNesting, unit: &str, language: Language) -> String {
    let number = |number| grouped(number, language);
    let people = unit.starts_with("people");
    let unit = match (people, language) {
        (true, Language::English) => "people".to_owned(),
        (true, Language::French) => "personnes".to_owned(),
        (false, _) => shown(unit.trim_end_matches(" × years")),
    };
    let (alone, least, most) = (number(nesting.alone), number(nesting.loss_least), number(nesting.loss_most));
    match (nesting.loss_least == nesting.loss_most, language) {
        (true, Language::English) => {
            format!("Planned alone, the last phase would newly reach {alone} {unit}: nesting costs {most}.\n")
        }
        (true, Language::French) => format!(
            "Planifiée seule, la dernière phase mettrait à portée {alone} {unit} : l’emboîtement coûte {most}.\n"
        ),
        (false, Language::English) => format!(
            "Planned alone, the last phase would newly reach {alone} {unit} at least: nesting costs from {least} to \
             {most}.\n"
        ),
        (false, Language::French) => format!(
            "Planifiée seule, la dernière phase mettrait à portée au moins {alone} {unit} : l’emboîtement coûte de \
             {least} à {most}.\n"
        ),
    }
}
