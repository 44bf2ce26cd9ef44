use std::path::PathBuf;

use maillage_core::{Plan, Scenario, Territory, ThresholdCount};
use maillage_io::{Answer, Language, ScenarioFile};

use super::goal::{goal, maximised};
use super::guarantee::{Claim, guarantee};
use super::headline::{Counts, headline, people};
use super::loads::{loads, outside};
use super::notes::notes;
use super::phases::phases;
use super::place::below;
use super::rules::rules;
use super::unreached::unreached;
use super::variants::variants;
use crate::table::Table;
use crate::words::{euros, grouped, percent, percent_of, plural, shown};

/// A plan, told to the planner.
pub(crate) struct PlanSummary<'run> {
    pub(crate) territory: &'run Territory,
    pub(crate) plan: &'run Plan,
    pub(crate) answer: &'run Answer,
    pub(crate) scenario: &'run Scenario,
    /// The plain question at the level of the goal.
    pub(crate) asked: &'run Scenario,
    pub(crate) file: &'run ScenarioFile,
    pub(crate) written: &'run [PathBuf],
    pub(crate) language: Language,
}

impl PlanSummary<'_> {
    pub(crate) fn to_text(&self) -> String {
        let claim = Claim::from(self.answer);
        [
            self.headline(),
            self.people(),
            maximised(&claim, self.scenario, self.language),
            loads(self.plan, self.scenario, self.language),
            self.sites(),
            unreached(self.territory, self.plan, self.language),
            phases(self.answer, &self.plan.objective.unit, self.language),
            variants(self.answer, self.language),
            self.territories(),
            self.thresholds(),
            self.rural(),
            outside(self.plan, self.language),
            rules(self.plan, self.asked, self.language),
            goal(&claim, self.scenario, self.language),
            format!("\n{}\n\n", guarantee(&claim, self.scenario, self.language)),
            notes(self.scenario, self.language),
            self.files(),
        ]
        .concat()
    }

    fn number(&self, number: u64) -> String {
        grouped(number, self.language)
    }

    fn headline(&self) -> String {
        headline(self.scenario, self.file, &self.counts(), self.language)
    }

    fn people(&self) -> String {
        people(&self.counts(), self.language)
    }

    fn counts(&self) -> Counts {
        let Plan { under_served, reached_before, newly_reached, .. } = *self.plan;
        Counts { under_served, reached_before, newly_reached }
    }

    fn sites(&self) -> String {
        let (new, existing) = (self.answer.sites_new, self.answer.sites_existing);
        let cost = euros(self.plan.cost, self.language);
        let budget = self.plan.budget.map(|budget| {
            let left = euros(budget.saturating_sub(self.plan.cost), self.language);
            (euros(budget, self.language), left)
        });
        match self.language {
            Language::English => {
                let sites = plural(new, "site", "sites", self.language);
                let money = budget
                    .map_or_else(String::new, |(budget, left)| format!(", out of a budget of {budget}: {left} left"));
                format!(
                    "{} new {sites} beside the {} existing, for {cost}{money}.\n",
                    self.number(new),
                    self.number(existing)
                )
            }
            Language::French => {
                let sites = plural(new, "nouveau site", "nouveaux sites", self.language);
                let beside = plural(existing, "existant", "existants", self.language);
                let money = budget
                    .map_or_else(String::new, |(budget, left)| format!(", sur un budget de {budget} : reste {left}"));
                format!("{} {sites}, avec {} {beside}, pour {cost}{money}.\n", self.number(new), self.number(existing))
            }
        }
    }

    fn territories(&self) -> String {
        if self.plan.by_territory.is_empty() {
            return String::new();
        }
        let header = match self.language {
            Language::English => ["territory", "counted", "before", "newly", "before %", "after %", "new sites"],
            Language::French => ["territoire", "comptés", "avant", "en plus", "avant %", "après %", "nouveaux sites"],
        };
        let mut table = Table::new(&header);
        for count in &self.plan.by_territory {
            let after = count.reached_before.saturating_add(count.newly_reached);
            table.row(vec![
                if count.territory.is_empty() { "–".to_owned() } else { shown(&count.territory) },
                self.number(count.under_served),
                self.number(count.reached_before),
                self.number(count.newly_reached),
                percent_of(count.reached_before, count.under_served, self.language),
                percent_of(after, count.under_served, self.language),
                self.number(count.sites_new),
            ]);
        }
        format!("\n{}", table.to_text())
    }

    fn thresholds(&self) -> String {
        if self.scenario.under.is_none() || self.plan.by_threshold.is_empty() {
            return String::new();
        }
        let lines = self.plan.by_threshold.iter().map(|count| self.threshold(count));
        std::iter::once("\n".to_owned()).chain(lines).collect()
    }

    fn threshold(&self, count: &ThresholdCount) -> String {
        let name = below(self.file, count.under, self.language);
        let people = self.number(count.under_served);
        let before = percent_of(count.reached_before, count.under_served, self.language);
        let after = count.reached_before.saturating_add(count.newly_reached);
        let after = percent_of(after, count.under_served, self.language);
        match self.language {
            Language::English => format!("{name}: {people} people, {before} in reach today, {after} with this plan.\n"),
            Language::French => {
                format!("{name} : {people} habitants, {before} à portée aujourd’hui, {after} avec ce plan.\n")
            }
        }
    }

    fn rural(&self) -> String {
        let Some(rural) = self.plan.rural else { return String::new() };
        let share = |share: Option<f64>| share.map_or_else(|| "–".to_owned(), |share| percent(share, self.language));
        let (new, all, people) = (share(rural.sites_new), share(rural.sites_all), share(rural.people_newly_reached));
        match self.language {
            Language::English => format!(
                "Rural communes (density 5 to 7) host {new} of the new sites and {all} of all sites; {people} of the \
                 people newly reached live in them.\n"
            ),
            Language::French => format!(
                "Les communes rurales (densité 5 à 7) accueillent {new} des nouveaux sites et {all} de tous les \
                 sites ; {people} des personnes nouvellement à portée y habitent.\n"
            ),
        }
    }

    fn files(&self) -> String {
        if self.written.is_empty() {
            return match self.language {
                Language::English => "Nothing was written: add --out plan.geojson to keep this plan.\n".to_owned(),
                Language::French => "Rien n’a été écrit : ajouter --out plan.geojson pour garder ce plan.\n".to_owned(),
            };
        }
        let files: Vec<String> = self.written.iter().map(|file| shown(&file.display().to_string())).collect();
        let has = |suffix: &'static str| move |file: &&String| file.ends_with(suffix);
        let map = files.iter().find(has(".gpkg")).or_else(|| files.iter().find(has(".geojson")));
        let written = match self.language {
            Language::English => format!("Written: {}.\n", files.join(", ")),
            Language::French => format!("Écrit : {}.\n", files.join(", ")),
        };
        let next = match (map, self.language) {
            (Some(map), Language::English) => format!("To see it, open QGIS and drag {map} onto the map.\n"),
            (Some(map), Language::French) => format!("Pour le voir, ouvrir QGIS et glisser {map} sur la carte.\n"),
            (None, _) => String::new(),
        };
        written + &next
    }
}
