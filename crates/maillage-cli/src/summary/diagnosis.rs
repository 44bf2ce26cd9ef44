use maillage_core::{Diagnosis, DiagnosisGroup, RankCorrelation, Scenario, Territory};
use maillage_io::{AnswerRoads, InputFile, Language, ScenarioFile};
use serde_json::{Value, json};

use super::notes::notes;
use super::place::{counted, duration};
use crate::table::Table;
use crate::words::{decimal, grouped, of_hundred, percent_of, plural, shown};

/// The state of things, told to the planner.
pub(crate) struct DiagnosisSummary<'run> {
    pub(crate) territory: &'run Territory,
    pub(crate) diagnosis: &'run Diagnosis,
    pub(crate) scenario: &'run Scenario,
    pub(crate) file: &'run ScenarioFile,
    pub(crate) language: Language,
}

impl DiagnosisSummary<'_> {
    pub(crate) fn to_text(&self) -> String {
        [
            self.headline(),
            self.limits(),
            self.groups(&self.diagnosis.by_territory, ["territory", "territoire"]),
            self.groups(&self.diagnosis.by_density, ["density", "densité"]),
            self.correlations(),
            "\n".to_owned(),
            notes(self.scenario, self.language),
        ]
        .concat()
    }

    fn number(&self, number: u64) -> String {
        grouped(number, self.language)
    }

    fn headline(&self) -> String {
        let diagnosis = self.diagnosis;
        let who = counted(self.scenario, self.file, self.language);
        let within = duration(self.scenario.within, self.language);
        let (people, under_served) = (self.number(diagnosis.population), self.number(diagnosis.under_served));
        let communes = self.number(self.territory.communes().len() as u64);
        let Some(reached) = of_hundred(diagnosis.reached_before, diagnosis.under_served) else {
            return match self.language {
                Language::English => format!("{communes} communes, {people} people; none of them {who}.\n"),
                Language::French => format!("{communes} communes, {people} habitants ; aucun parmi les {who}.\n"),
            };
        };
        let before = self.number(diagnosis.reached_before);
        match self.language {
            Language::English => format!(
                "Of 100 {who}, {reached} {} today within {within} of a site.\nIn people: {before} of {under_served}; \
                 {people} live in the {communes} communes in all.\n",
                plural(reached, "is", "are", self.language)
            ),
            Language::French => format!(
                "Sur 100 {who}, {reached} {} aujourd’hui à {within} au plus d’un site.\nEn personnes : {before} sur \
                 {under_served} ; les {communes} communes comptent {people} habitants en tout.\n",
                plural(reached, "est", "sont", self.language)
            ),
        }
    }

    fn limits(&self) -> String {
        let header = match self.language {
            Language::English => ["within", "counted people", "%", "all people", "%"],
            Language::French => ["à moins de", "personnes comptées", "%", "tous habitants", "%"],
        };
        let mut table = Table::new(&header);
        for limit in &self.diagnosis.by_limit {
            table.row(vec![
                duration(limit.within, self.language),
                self.number(limit.under_served),
                percent_of(limit.under_served, self.diagnosis.under_served, self.language),
                self.number(limit.people),
                percent_of(limit.people, self.diagnosis.population, self.language),
            ]);
        }
        format!("\n{}", table.to_text())
    }

    fn groups(&self, groups: &[DiagnosisGroup], [english, french]: [&str; 2]) -> String {
        if groups.is_empty() {
            return String::new();
        }
        let mut table = Table::new(&match self.language {
            Language::English => [english, "communes", "people", "counted", "in reach", "%", "sites"],
            Language::French => [french, "communes", "habitants", "comptés", "à portée", "%", "sites"],
        });
        for group in groups {
            table.row(vec![
                if group.group.is_empty() { "–".to_owned() } else { shown(&group.group) },
                self.number(group.communes),
                self.number(group.population),
                self.number(group.under_served),
                self.number(group.reached_before),
                percent_of(group.reached_before, group.under_served, self.language),
                self.number(group.sites_existing),
            ]);
        }
        format!("\n{}", table.to_text())
    }

    fn correlations(&self) -> String {
        let presence = self.diagnosis.need_and_presence.as_ref().map(|tau| match self.language {
            Language::English => {
                format!("Access against minutes to the nearest existing site: {}\n", self.correlation(tau))
            }
            Language::French => {
                format!(
                    "Accès aux soins et minutes jusqu’au site existant le plus proche : {}\n",
                    self.correlation(tau)
                )
            }
        });
        let used = self.diagnosis.need_and_use.as_ref().map(|tau| match self.language {
            Language::English => format!("Access against acts for each inhabitant: {}\n", self.correlation(tau)),
            Language::French => format!("Accès aux soins et actes par habitant : {}\n", self.correlation(tau)),
        });
        if presence.is_none() && used.is_none() {
            return String::new();
        }
        let meaning = match self.language {
            Language::English => {
                "  Every populated commune counts once, whatever its people; a correlation is no cause. With minutes, \
                 below 0 means that sites stand nearer where access is better, above 0 where it is worse.\n"
            }
            Language::French => {
                "  Chaque commune peuplée compte une fois, quel que soit son nombre d’habitants ; une corrélation \
                 n’est pas une cause. Avec les minutes, en dessous de 0 les sites sont plus près là où l’accès est \
                 meilleur, au-dessus de 0 là où il est moins bon.\n"
            }
        };
        format!("\n{}{}{meaning}", presence.unwrap_or_default(), used.unwrap_or_default())
    }

    fn correlation(&self, tau: &RankCorrelation) -> String {
        let value = decimal((tau.tau_b * 1000.0).round() / 1000.0, self.language);
        let (communes, access, other) =
            (self.number(tau.communes), self.number(tau.ties_access), self.number(tau.ties_other));
        match self.language {
            Language::English => format!(
                "Kendall's tau-b {value} over {communes} communes ({access} pairs tied in access, {other} in the other)."
            ),
            Language::French => format!(
                "tau-b de Kendall {value} sur {communes} communes ({access} paires ex æquo en accès, {other} pour \
                 l’autre)."
            ),
        }
    }

    pub(crate) fn to_json(&self, inputs: &[InputFile], roads: Option<&AnswerRoads>) -> Value {
        let diagnosis = self.diagnosis;
        let groups = |groups: &[DiagnosisGroup], name: &str| -> Vec<Value> {
            let group = |group: &DiagnosisGroup| {
                json!({
                    name: group.group,
                    "communes": group.communes,
                    "population": group.population,
                    "under_served": group.under_served,
                    "reached_before": group.reached_before,
                    "sites_existing": group.sites_existing,
                })
            };
            groups.iter().map(group).collect()
        };
        let correlation = |tau: &Option<RankCorrelation>| {
            tau.map(|tau| {
                json!({
                    "tau_b": tau.tau_b,
                    "communes": tau.communes,
                    "ties_access": tau.ties_access,
                    "ties_other": tau.ties_other,
                })
            })
        };
        let limits = diagnosis.by_limit.iter().map(|limit| {
            json!({
                "within": limit.within.to_string(),
                "under_served": limit.under_served,
                "people": limit.people,
            })
        });
        let communes = self.territory.communes().iter().zip(&diagnosis.nearest).map(|(commune, nearest)| {
            let site = nearest.and_then(|(site, _)| self.territory.sites().get(site as usize));
            json!({
                "id": commune.code,
                "name": commune.name,
                "population": commune.population,
                "access": commune.access,
                "site": site.map(|site| site.id.as_str()),
                "minutes": nearest.map(|(_, time)| (time.minutes() * 10_000.0).round() / 10_000.0),
                "reached": nearest.is_some_and(|(_, time)| time <= self.scenario.within),
            })
        });
        json!({
            "version": 1,
            "program": concat!("maillage ", env!("CARGO_PKG_VERSION")),
            "population": diagnosis.population,
            "under_served": diagnosis.under_served,
            "reached_before": diagnosis.reached_before,
            "by_limit": limits.collect::<Vec<_>>(),
            "by_territory": groups(&diagnosis.by_territory, "territory"),
            "by_density": groups(&diagnosis.by_density, "density"),
            "need_and_presence": correlation(&diagnosis.need_and_presence),
            "need_and_use": correlation(&diagnosis.need_and_use),
            "communes": communes.collect::<Vec<_>>(),
            "roads": roads,
            "inputs": inputs,
            "request": self.file.request(self.scenario),
        })
    }
}
