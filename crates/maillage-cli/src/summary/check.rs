use maillage_core::{SiteState, Territory};
use maillage_io::{InputFile, Language};

use crate::table::Table;
use crate::words::{grouped, shown};

/// Says what was read and that it holds together.
pub(crate) fn check_text(territory: &Territory, files: &[InputFile], asked: bool, language: Language) -> String {
    let header = match language {
        Language::English => ["file", "read"],
        Language::French => ["fichier", "lus"],
    };
    let mut table = Table::new(&header);
    for file in files {
        table.row(vec![shown(&file.file), grouped(file.features, language)]);
    }
    let people: u64 = territory.communes().iter().map(|commune| commune.population).sum();
    let of_state = |state| territory.sites().iter().filter(|site| site.state == state).count() as u64;
    let (communes, people) = (grouped(territory.communes().len() as u64, language), grouped(people, language));
    let candidates = grouped(of_state(SiteState::Candidate), language);
    let existing = grouped(of_state(SiteState::Existing), language);
    let balance = match language {
        Language::English => format!(
            "{communes} communes with {people} people, {candidates} candidates and {existing} existing sites: all \
             used, none set aside.\n"
        ),
        Language::French => format!(
            "{communes} communes et {people} habitants, {candidates} candidats et {existing} sites existants : tous \
             pris en compte, aucun écarté.\n"
        ),
    };
    let question = match (asked, language) {
        (true, Language::English) => "The question can be asked of these data. Nothing was written.\n",
        (true, Language::French) => "La question peut être posée à ces données. Rien n’a été écrit.\n",
        (false, Language::English) => {
            "The files are in order; the question itself is not complete and was not checked. Nothing was written.\n"
        }
        (false, Language::French) => {
            "Les fichiers sont en ordre ; la question, incomplète, n’a pas été vérifiée. Rien n’a été écrit.\n"
        }
    };
    table.to_text() + &balance + question
}
