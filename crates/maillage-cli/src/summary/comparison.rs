use std::cmp::Ordering;
use std::path::PathBuf;

use maillage_io::{ComparedPlan, ComparisonAnswer, Language, PlanChange};

use super::written::written;
use crate::table::Table;
use crate::words::{decimal, euros, grouped, percent_of, plural, shown};

/// How many communes are shown.
const SHOWN: usize = 15;

/// Plans side by side, told to the planner.
pub(crate) struct ComparisonSummary<'run> {
    pub(crate) answer: &'run ComparisonAnswer,
    pub(crate) written: &'run [PathBuf],
}

impl ComparisonSummary<'_> {
    pub(crate) fn to_text(&self, language: Language) -> String {
        let changes = || self.answer.changes.iter();
        [
            changes().map(|change| self.changed(change, language)).collect(),
            self.caution(language),
            self.plans(language),
            changes().map(|change| self.territories(change, language)).collect(),
            self.communes(language),
            written(self.written, language),
        ]
        .concat()
    }

    /// Names the plan that the others are held against.
    fn first(&self) -> String {
        self.answer.plans.first().map(|plan| shown(&plan.file)).unwrap_or_default()
    }

    /// Says what is gained and lost when another plan takes the place of the first.
    fn changed(&self, change: &PlanChange, language: Language) -> String {
        let (file, first) = (shown(&change.file), self.first());
        let (gained, lost) = (grouped(change.gained, language), grouped(change.lost, language));
        let [opens, closes] = [&change.opens, &change.closes].map(|ids| grouped(ids.len() as u64, language));
        let net = grouped(change.gained.abs_diff(change.lost), language);
        let people = match (change.gained.cmp(&change.lost), language) {
            (Ordering::Equal, Language::English) => "as many people in reach".to_owned(),
            (Ordering::Equal, Language::French) => "autant de personnes à portée".to_owned(),
            (Ordering::Greater, Language::English) => format!("{net} people more in reach"),
            (Ordering::Greater, Language::French) => format!("{net} personnes de plus à portée"),
            (Ordering::Less, Language::English) => format!("{net} people fewer in reach"),
            (Ordering::Less, Language::French) => format!("{net} personnes de moins à portée"),
        };
        match language {
            Language::English => format!(
                "{file} instead of {first}: {people} ({gained} gained, {lost} lost); {opens} other new sites, {closes} of \
                 the first are left out.\n"
            ),
            Language::French => format!(
                "{file} au lieu de {first} : {people} ({gained} gagnées, {lost} perdues) ; nouveaux sites : {opens} autres, \
                 {closes} du premier en moins.\n"
            ),
        }
    }

    fn territories(&self, change: &PlanChange, language: Language) -> String {
        if change.by_territory.is_empty() {
            return String::new();
        }
        let (file, first) = (shown(&change.file), self.first());
        let (title, header) = match language {
            Language::English => {
                (format!("{file} instead of {first}, people by territory:"), ["territory", "gained", "lost"])
            }
            Language::French => {
                (format!("{file} au lieu de {first}, personnes par territoire :"), ["territoire", "gagnées", "perdues"])
            }
        };
        let mut table = Table::new(&header);
        for territory in &change.by_territory {
            table.row(vec![
                shown(&territory.territory),
                grouped(territory.gained, language),
                grouped(territory.lost, language),
            ]);
        }
        format!("\n{title}\n{}", table.to_text())
    }

    fn plans(&self, language: Language) -> String {
        let header = match language {
            Language::English => [
                "",
                "plan",
                "new sites",
                "in this plan only",
                "cost",
                "people in reach",
                "share",
                "newly",
                "mean minutes",
            ],
            Language::French => [
                "",
                "plan",
                "nouveaux sites",
                "dans ce seul plan",
                "coût",
                "personnes à portée",
                "part",
                "nouvellement",
                "minutes en moyenne",
            ],
        };
        let mut table = Table::new(&header);
        for (number, plan) in (1..).zip(&self.answer.plans) {
            let ComparedPlan { sites_new, cost, under_served, reached_after, newly_reached, minutes, .. } = plan;
            table.row(vec![
                format!("{number}"),
                shown(&plan.file),
                grouped(*sites_new, language),
                grouped(plan.only_here.len() as u64, language),
                cost.map_or_else(String::new, |cost| euros(cost, language)),
                grouped(*reached_after, language),
                percent_of(*reached_after, *under_served, language),
                grouped(*newly_reached, language),
                minutes.map_or_else(String::new, |minutes| decimal(minutes, language)),
            ]);
        }
        let count = self.answer.common.len() as u64;
        let common = grouped(count, language);
        let all = match (count, language) {
            (0, Language::English) => "No new site stands in all of them.\n".to_owned(),
            (0, Language::French) => "Aucun nouveau site ne figure dans tous les plans.\n".to_owned(),
            (_, Language::English) => {
                format!("{common} new {} in all of them.\n", plural(count, "site stands", "sites stand", language))
            }
            (_, Language::French) => format!(
                "{common} {} dans tous les plans.\n",
                plural(count, "nouveau site figure", "nouveaux sites figurent", language)
            ),
        };
        format!("\n{}{all}", table.to_text())
    }

    fn communes(&self, language: Language) -> String {
        if self.answer.communes.is_empty() {
            return match language {
                Language::English => "\nAll of them reach the same communes.\n".to_owned(),
                Language::French => "\nTous atteignent les mêmes communes.\n".to_owned(),
            };
        }
        let number = self.answer.communes.len() as u64;
        let count = grouped(number, language);
        let (title, first) = match language {
            Language::English => (
                format!(
                    "\n{count} {} in reach of some plans only; the largest:\n",
                    plural(number, "commune is", "communes are", language)
                ),
                ["commune", "under-served people"],
            ),
            Language::French => (
                format!(
                    "\n{count} {} à portée que selon certains plans ; les plus peuplées :\n",
                    plural(number, "commune n’est", "communes ne sont", language)
                ),
                ["commune", "habitants sous-dotés"],
            ),
        };
        let numbers: Vec<String> = (1..=self.answer.plans.len()).map(|plan| format!("plan {plan}")).collect();
        let header: Vec<&str> = first.into_iter().chain(numbers.iter().map(String::as_str)).collect();
        let mut table = Table::new(&header);
        for commune in self.answer.communes.iter().take(SHOWN) {
            let mut cells = vec![
                format!("{} ({})", shown(&commune.name), shown(&commune.id)),
                grouped(commune.under_served, language),
            ];
            let reached = commune.reached.iter().zip(&commune.minutes);
            cells.extend(reached.map(|(reached, minutes)| in_reach(reached != "no", *minutes, language)));
            table.row(cells);
        }
        title + &table.to_text()
    }

    fn caution(&self, language: Language) -> String {
        let mut named: Vec<&str> = Vec::new();
        for key in &self.answer.differs {
            let name = name_of(key, language);
            if !named.contains(&name) {
                named.push(name);
            }
        }
        match (named.join(", ").as_str(), language) {
            ("", _) => String::new(),
            (named, Language::English) => {
                format!("The plans also differ in {named}: gains and losses mix that with what the sites do.\n")
            }
            (named, Language::French) => {
                format!("Les plans diffèrent aussi par {named} : gains et pertes mêlent cela à l’effet des sites.\n")
            }
        }
    }
}

/// Names what plans may differ in, beside their sites.
fn name_of(key: &str, language: Language) -> &str {
    match (key, language) {
        ("under", Language::English) => "the threshold",
        ("under", Language::French) => "le seuil",
        ("access-field", Language::English) => "the access figure",
        ("access-field", Language::French) => "l’indicateur d’accès",
        ("population-field", Language::English) => "the figure of people",
        ("population-field", Language::French) => "le nombre d’habitants",
        ("missing-access", Language::English) => "what is done where no access figure is known",
        ("missing-access", Language::French) => "le traitement des communes sans indicateur d’accès",
        ("weight", Language::English) => "what people weigh",
        ("weight", Language::French) => "la pondération",
        ("enough", Language::English) => "the access that is enough",
        ("enough", Language::French) => "l’accès jugé suffisant",
        ("within", Language::English) => "the limit of the way",
        ("within", Language::French) => "la durée maximale du trajet",
        ("decay", Language::English) => "the decay with time",
        ("decay", Language::French) => "la décroissance avec le temps",
        ("speed", Language::English) => "the speed",
        ("speed", Language::French) => "la vitesse",
        ("detour", Language::English) => "the detour",
        ("detour", Language::French) => "l’allongement du trajet",
        ("times" | "reach" | "roads" | "profile", Language::English) => "the travel times",
        ("times" | "reach" | "roads" | "profile", Language::French) => "les temps de trajet",
        ("grid", Language::English) => "the population grid",
        ("grid", Language::French) => "le carroyage de population",
        ("communes", Language::English) => "the file of communes",
        ("communes", Language::French) => "le fichier des communes",
        ("existing", Language::English) => "the existing sites",
        ("existing", Language::French) => "les sites existants",
        _ => key,
    }
}

/// Says whether a commune is in reach, and how far away the nearest site is.
fn in_reach(is_reached: bool, minutes: Option<f64>, language: Language) -> String {
    let way = match (minutes.map(tenths_up), language) {
        (None, _) => "?".to_owned(),
        (Some(minutes), Language::English) if minutes <= 0.0 => "on the spot".to_owned(),
        (Some(minutes), Language::French) if minutes <= 0.0 => "sur place".to_owned(),
        (Some(minutes), _) => format!("{}\u{a0}min", decimal(minutes, language)),
    };
    let word = match (is_reached, language) {
        (true, Language::English) => "yes",
        (false, Language::English) => "no",
        (true, Language::French) => "oui",
        (false, Language::French) => "non",
    };
    format!("{word} ({way})")
}

/// Rounds minutes up to a tenth: nothing is said to be nearer than it is.
fn tenths_up(minutes: f64) -> f64 {
    (minutes * 10.0 - 1e-6).ceil().max(0.0) / 10.0
}
