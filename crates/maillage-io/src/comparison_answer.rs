use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{AnswerDocument, CommuneFields, DensityChange, PlanFile, PlanLayers, Role};

/// Plans side by side, as `compare.json` holds them; the first is the one the others are held against.
///
/// Members stand in the order of the fields; what is unknown is `null`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ComparisonAnswer {
    /// Version of this layout.
    pub version: u32,
    /// The program and its version.
    pub program: String,
    /// The plans, in the order they were given.
    pub plans: Vec<ComparedPlan>,
    /// New sites that stand in every plan, by identifier.
    pub common: Vec<String>,
    /// Whether all plans count the same people: the same under-served people in each commune.
    pub same_people: bool,
    /// Keys of the question, and roles of files, that differ between the plans.
    pub differs: Vec<String>,
    /// Each other plan against the first.
    pub changes: Vec<PlanChange>,
    /// Communes that some of the plans reach and others do not, the most people first.
    pub communes: Vec<ComparedCommune>,
}

/// One of the plans.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ComparedPlan {
    /// Its file.
    pub file: String,
    /// New sites.
    pub sites_new: u64,
    /// Whole euros for them, where all have a cost.
    pub cost: Option<u64>,
    /// Under-served people.
    pub under_served: u64,
    /// Of them, in reach with the plan.
    pub reached_after: u64,
    /// Of them, in reach thanks to its new sites only.
    pub newly_reached: u64,
    /// What the mean of them travels to the nearest site, in minutes to a hundredth, where that is known.
    pub minutes: Option<f64>,
    /// Of them, those whose way to the nearest site is not known.
    pub without_minutes: u64,
    /// New sites that stand in this plan alone, by identifier.
    pub only_here: Vec<String>,
}

/// What changes from the first plan to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlanChange {
    /// The other plan's file.
    pub file: String,
    /// New sites that it opens and the first does not.
    pub opens: Vec<String>,
    /// New sites of the first that it does not open.
    pub closes: Vec<String>,
    /// Under-served people in its reach only.
    pub gained: u64,
    /// Under-served people in reach of the first only.
    pub lost: u64,
    /// The same by territory.
    pub by_territory: Vec<TerritoryChange>,
    /// People in reach by density class, as each plan states them; none where one of the two states none.
    pub by_density: Vec<DensityChange>,
}

/// What changes in a territory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TerritoryChange {
    /// The territory.
    pub territory: String,
    /// Under-served people in reach of the other plan only.
    pub gained: u64,
    /// Under-served people in reach of the first only.
    pub lost: u64,
}

/// A commune that some plans reach and others do not.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ComparedCommune {
    /// Its code.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its territory.
    pub territory: String,
    /// Under-served people, as the first plan counts them.
    pub under_served: u64,
    /// `already`, `newly` or `no`, by plan.
    pub reached: Vec<String>,
    /// Minutes to the nearest site, by plan.
    pub minutes: Vec<Option<f64>>,
}

/// Why plans cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file} speaks of other communes than the first plan: {code} stands in one of them only")]
pub struct ComparisonError {
    /// The file.
    pub file: String,
    /// A commune that one of the two does not have.
    pub code: String,
}

/// A plan that was read: its file's name, the file and its layers.
pub type ReadPlan = (String, PlanFile, PlanLayers);

impl ComparisonAnswer {
    /// Holds plans against the first of them.
    ///
    /// # Errors
    /// When they do not speak of the same communes.
    pub fn of(plans: &[ReadPlan], version: &str) -> Result<Self, ComparisonError> {
        let rows: Vec<BTreeMap<&str, &CommuneFields>> = plans.iter().map(|(.., layers)| by_code(layers)).collect();
        let codes = |row: &BTreeMap<&str, &CommuneFields>| row.keys().map(|code| (*code).to_owned()).collect();
        let sets: Vec<BTreeSet<String>> = rows.iter().map(codes).collect();
        let (Some(first), Some(first_rows)) = (sets.first(), rows.first()) else { return Ok(Self::empty(version)) };
        for ((file, ..), set) in plans.iter().zip(&sets) {
            if let Some(code) = first.symmetric_difference(set).next() {
                return Err(ComparisonError { file: file.clone(), code: code.clone() });
            }
        }
        let sites: Vec<BTreeSet<String>> = plans.iter().map(|(.., layers)| new_sites(layers)).collect();
        let common = sites.iter().skip(1).fold(sites.first().cloned().unwrap_or_default(), |common, others| {
            common.intersection(others).cloned().collect()
        });
        let compared = plans.iter().zip(&rows).enumerate().map(|(number, ((file, _, layers), row))| {
            let others: BTreeSet<&String> =
                sites.iter().enumerate().filter(|(other, _)| *other != number).flat_map(|(_, sites)| sites).collect();
            let own = sites.get(number).into_iter().flatten();
            let only_here = own.filter(|site| !others.contains(site)).cloned().collect();
            plan(file, layers, row, only_here)
        });
        let differs = |code: &String| {
            let reached = rows.iter().filter_map(|row| row.get(code.as_str())).map(|one| one.reached != "no");
            let mut reached = reached.collect::<Vec<bool>>();
            reached.dedup();
            reached.len() > 1
        };
        let mut communes: Vec<ComparedCommune> =
            first.iter().filter(|code| differs(code)).filter_map(|code| commune(code, &rows)).collect();
        communes.sort_by(|one, other| other.under_served.cmp(&one.under_served).then(one.id.cmp(&other.id)));
        let same = |row: &BTreeMap<&str, &CommuneFields>| {
            row.iter().all(|(code, one)| first_rows.get(code).is_some_and(|first| people(first) == people(one)))
        };
        let first_plan = plans.first().map(|(_, plan, _)| plan);
        let changes = plans.iter().zip(&rows).zip(&sites).skip(1).map(|(((file, other, _), row), others)| {
            let own = sites.first().cloned().unwrap_or_default();
            let by_density = first_plan.map(|first| DensityChange::between(first, other)).unwrap_or_default();
            PlanChange { by_density, ..change(file, (first_rows, &own), (row, others)) }
        });
        Ok(Self {
            plans: compared.collect(),
            common: common.into_iter().collect(),
            same_people: rows.iter().all(same),
            differs: differences(plans),
            changes: changes.collect(),
            communes,
            ..Self::empty(version)
        })
    }

    /// Tells all communes of the first plan under each plan.
    pub(crate) fn every_commune(plans: &[ReadPlan]) -> Vec<ComparedCommune> {
        let rows: Vec<BTreeMap<&str, &CommuneFields>> = plans.iter().map(|(.., layers)| by_code(layers)).collect();
        let codes = rows.first().into_iter().flat_map(BTreeMap::keys);
        codes.filter_map(|code| commune(code, &rows)).collect()
    }

    fn empty(version: &str) -> Self {
        Self {
            version: 1,
            program: format!("maillage {version}"),
            plans: Vec::new(),
            common: Vec::new(),
            same_people: true,
            differs: Vec::new(),
            changes: Vec::new(),
            communes: Vec::new(),
        }
    }
}

/// What figures depend on beside the sites.
const ASKED: [&str; 15] = [
    "under",
    "access-field",
    "population-field",
    "missing-access",
    "weight",
    "enough",
    "within",
    "decay",
    "speed",
    "detour",
    "times",
    "reach",
    "roads",
    "profile",
    "grid",
];

/// Returns the keys of the question in which plans differ, then the roles of files whose bytes do.
fn differences(plans: &[ReadPlan]) -> Vec<String> {
    let asked = |plan: &PlanFile, key: &str| plan.stated.request.get(key).cloned().unwrap_or_default();
    let Some((_, first, _)) = plans.first() else { return Vec::new() };
    let differs = |key: &&str| plans.iter().any(|(_, plan, _)| asked(plan, key) != asked(first, key));
    let mut found: Vec<String> = ASKED.into_iter().filter(differs).map(str::to_owned).collect();
    for (role, name) in [(Role::Communes, "communes"), (Role::Existing, "existing")] {
        let hash = |plan: &PlanFile| {
            let inputs = plan.stated.inputs.iter();
            inputs.filter(|input| input.role == role).map(|input| input.sha256.clone()).collect::<Vec<_>>()
        };
        if plans.iter().any(|(_, plan, _)| hash(plan) != hash(first)) {
            found.push(name.to_owned());
        }
    }
    found
}

fn by_code(layers: &PlanLayers) -> BTreeMap<&str, &CommuneFields> {
    layers.communes.iter().map(|commune| (commune.stated.id.as_str(), &commune.stated)).collect()
}

fn new_sites(layers: &PlanLayers) -> BTreeSet<String> {
    let new = layers.sites.iter().filter(|site| site.stated.state == "new");
    new.map(|site| site.stated.id.clone()).collect()
}

fn people(commune: &CommuneFields) -> u64 {
    commune.under_served.unwrap_or_default()
}

#[expect(clippy::cast_precision_loss, reason = "a mean needs no more than 15 digits")]
fn plan(
    file: &str,
    layers: &PlanLayers,
    rows: &BTreeMap<&str, &CommuneFields>,
    only_here: Vec<String>,
) -> ComparedPlan {
    let sum =
        |is: &dyn Fn(&CommuneFields) -> bool| rows.values().filter(|one| is(one)).map(|one| people(one)).sum::<u64>();
    let known = sum(&|one| one.minutes.is_some());
    let minutes: f64 = rows.values().filter_map(|one| Some(one.minutes? * people(one) as f64)).sum();
    let new: Vec<_> = layers.sites.iter().filter(|site| site.stated.state == "new").collect();
    ComparedPlan {
        file: file.to_owned(),
        sites_new: new.len() as u64,
        cost: new.iter().map(|site| site.stated.cost).sum(),
        under_served: sum(&|_| true),
        reached_after: sum(&|one| one.reached != "no"),
        newly_reached: sum(&|one| one.reached == "newly"),
        minutes: (known > 0).then(|| (minutes / known as f64 * 100.0).round() / 100.0),
        without_minutes: sum(&|one| one.minutes.is_none()),
        only_here,
    }
}

fn commune(code: &str, rows: &[BTreeMap<&str, &CommuneFields>]) -> Option<ComparedCommune> {
    let stated: Vec<&CommuneFields> = rows.iter().filter_map(|row| row.get(code).copied()).collect();
    let first = stated.first()?;
    Some(ComparedCommune {
        id: first.id.clone(),
        name: first.name.clone().unwrap_or_default(),
        territory: first.territory.clone().unwrap_or_default(),
        under_served: people(first),
        reached: stated.iter().map(|one| one.reached.clone()).collect(),
        minutes: stated.iter().map(|one| one.minutes).collect(),
    })
}

/// The communes of a plan by code, and its new sites.
type Side<'a> = (&'a BTreeMap<&'a str, &'a CommuneFields>, &'a BTreeSet<String>);

fn change(file: &str, (first, own): Side<'_>, (other, others): Side<'_>) -> PlanChange {
    let mut by_territory: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let (mut gained, mut lost) = (0, 0);
    for (code, before) in first {
        let Some(after) = other.get(code) else { continue };
        let sums = match (before.reached != "no", after.reached != "no") {
            (false, true) => (people(after), 0),
            (true, false) => (0, people(before)),
            _ => continue,
        };
        gained += sums.0;
        lost += sums.1;
        let territory = by_territory.entry(before.territory.clone().unwrap_or_default()).or_default();
        *territory = (territory.0 + sums.0, territory.1 + sums.1);
    }
    let told = by_territory.into_iter().map(|(territory, (gained, lost))| TerritoryChange { territory, gained, lost });
    PlanChange {
        file: file.to_owned(),
        opens: others.difference(own).cloned().collect(),
        closes: own.difference(others).cloned().collect(),
        gained,
        lost,
        by_territory: told.collect(),
        by_density: Vec::new(),
    }
}

impl AnswerDocument for ComparisonAnswer {
    /// Nothing is computed that takes time.
    fn set_seconds(&mut self, _: f64) {}
}
