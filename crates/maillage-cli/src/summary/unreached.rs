use maillage_core::{Plan, Territory};
use maillage_io::Language;

use crate::words::{grouped, plural, shown};

/// How many communes are named.
const NAMED: usize = 5;

/// Says who stays out of reach, and where most of them live.
pub(crate) fn unreached(territory: &Territory, plan: &Plan, language: Language) -> String {
    let left = plan.under_served.saturating_sub(plan.reached_before).saturating_sub(plan.newly_reached);
    let number = |number: u64| grouped(number, language);
    if left == 0 {
        return match language {
            Language::English => "Nobody stays out of reach.\n".to_owned(),
            Language::French => "Personne ne reste hors de portée.\n".to_owned(),
        };
    }
    let mut communes: Vec<(u64, &str, &str)> = territory
        .communes()
        .iter()
        .zip(&plan.communes)
        .filter(|(_, count)| count.unreached > 0)
        .map(|(commune, count)| (count.unreached, commune.name.as_str(), commune.code.as_str()))
        .collect();
    communes.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.2.cmp(other.2)));
    let largest: Vec<String> = communes
        .iter()
        .take(NAMED)
        .map(|&(people, name, code)| {
            let name = if name.is_empty() { code.to_owned() } else { format!("{name} ({code})") };
            format!("{} {}", shown(&name), number(people))
        })
        .collect();
    let never = match (plan.out_of_reach, language) {
        (0, Language::English) => "each of them could be reached by some candidate".to_owned(),
        (0, Language::French) => "chacune est à portée d’au moins un candidat".to_owned(),
        (people, Language::English) => format!("{} of those no candidate can reach", number(people)),
        (people, Language::French) => format!("dont {} qu’aucun candidat ne peut atteindre", number(people)),
    };
    let count = communes.len() as u64;
    let communes = format!("{} {}", number(count), plural(count, "commune", "communes", language));
    let pick = |one, several| plural(left, one, several, language);
    let (who_stays, named) = match language {
        Language::English => (pick("person stays", "people stay"), plural(count, "It is", "The largest:", language)),
        Language::French => {
            (pick("personne reste", "personnes restent"), plural(count, "C’est", "Les plus grandes :", language))
        }
    };
    let (left, largest) = (number(left), largest.join(", "));
    match language {
        Language::English => {
            format!("{left} {who_stays} out of reach, in {communes}; {never}.\n  {named} {largest}.\n")
        }
        Language::French => {
            format!("{left} {who_stays} hors de portée, dans {communes} ; {never}.\n  {named} {largest}.\n")
        }
    }
}
