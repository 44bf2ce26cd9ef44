use maillage_core::{Plan, PlanLoads, Scenario};
use maillage_io::Language;

use crate::words::{grouped, percent_of, plural, shown};

/// Sites named in a line.
const NAMED: usize = 5;

/// Says what open sites are asked for and can serve, and which are asked for more.
pub(crate) fn loads(plan: &Plan, scenario: &Scenario, language: Language) -> String {
    let Some(loads) = &plan.loads else { return String::new() };
    let number = |number| grouped(number, language);
    let (need, reach, capacity) = (number(loads.need), number(loads.need_in_reach), number(loads.capacity));
    let needed = match language {
        Language::English => {
            format!("Consultations a year: {need} needed, {reach} of them in reach; open sites can serve {capacity}.\n")
        }
        Language::French => format!(
            "Consultations par an : {need} nécessaires, dont {reach} à portée ; les sites ouverts peuvent en assurer \
             {capacity}.\n"
        ),
    };
    let served = loads.served.filter(|_| scenario.is_within_capacity()).map(|(before, after)| {
        let share = percent_of(after, loads.need, language);
        let (before, after) = (number(before), number(after));
        match language {
            Language::English => format!("Within capacity, {after} of them are served ({share}), {before} today.\n"),
            Language::French => {
                format!("Dans la limite des capacités, {after} sont assurées ({share}), {before} aujourd’hui.\n")
            }
        }
    });
    needed + &served.unwrap_or_default() + &nearest(loads, language) + &proportional(loads, language)
}

fn nearest(loads: &PlanLoads, language: Language) -> String {
    let count = loads.nearest;
    let mut over: Vec<(u64, &str)> = loads
        .sites
        .iter()
        .filter(|load| load.nearest > load.capacity)
        .map(|load| (load.nearest - load.capacity, load.id.as_str()))
        .collect();
    over.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(other.1)));
    let mut names: Vec<String> = over.iter().take(NAMED).map(|entry| shown(entry.1)).collect();
    if over.len() > NAMED {
        names.push("…".to_owned());
    }
    let names = if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) };
    let (sites, beyond) = (grouped(count.sites_over, language), grouped(count.beyond, language));
    let all = grouped(loads.sites.len() as u64, language);
    match language {
        Language::English => format!(
            "If all go to the nearest site, {sites} of {all} {} asked for more than they can serve{names}: {beyond} \
             consultations too many.\n",
            plural(count.sites_over, "is", "are", language)
        ),
        Language::French => format!(
            "Si chacun va au site le plus proche, {sites} sur {all} {} au-delà de leur capacité{names} : {beyond} \
             consultations de trop.\n",
            plural(count.sites_over, "est sollicité", "sont sollicités", language)
        ),
    }
}

fn proportional(loads: &PlanLoads, language: Language) -> String {
    let count = loads.proportional;
    let (sites, beyond) = (grouped(count.sites_over, language), grouped(count.beyond, language));
    match language {
        Language::English => format!(
            "If need is shared in proportion to capacity: {sites} {}, {beyond} consultations too many.\n",
            plural(count.sites_over, "site", "sites", language)
        ),
        Language::French => format!(
            "Si le besoin se répartit en proportion des capacités : {sites} {}, {beyond} consultations de trop.\n",
            plural(count.sites_over, "site", "sites", language)
        ),
    }
}

/// Says what lies outside the region and whether it counts.
pub(crate) fn outside(plan: &Plan, language: Language) -> String {
    let Some(outside) = plan.outside else { return String::new() };
    let number = |number| grouped(number, language);
    let (communes, people) = (number(outside.communes), number(outside.people));
    let (counted, left_out) = (number(outside.sites_counted), number(outside.sites_left_out));
    match (language, outside.people_count) {
        (Language::English, counts) => format!(
            "Outside the region: {communes} {} with {people} people, who {}; {counted} existing {} counted and \
             {left_out} {} left out.\n",
            plural(outside.communes, "commune", "communes", language),
            if counts { "count" } else { "do not count" },
            plural(outside.sites_counted, "site", "sites", language),
            plural(outside.sites_left_out, "site", "sites", language),
        ),
        (Language::French, counts) => format!(
            "Hors de la région : {communes} {} de {people} habitants, {} ; {counted} {} et {left_out} {}.\n",
            plural(outside.communes, "commune", "communes", language),
            if counts { "qui comptent" } else { "qui ne comptent pas" },
            plural(outside.sites_counted, "site existant compté", "sites existants comptés", language),
            plural(outside.sites_left_out, "site laissé de côté", "sites laissés de côté", language),
        ),
    }
}
