use std::path::PathBuf;

use maillage_io::{AccessAnswer, AccessCommune, AccessGroup, AccessThreshold, Language};

use super::assumption::spaced;
use super::written::written;
use crate::table::Table;
use crate::words::{decimal, grouped, percent_of, shown};

/// How many communes are shown.
const SHOWN: usize = 10;

/// Access to care after a plan, told to the planner.
pub(crate) struct AccessSummary<'run> {
    pub(crate) answer: &'run AccessAnswer,
    pub(crate) written: &'run [PathBuf],
}

impl AccessSummary<'_> {
    pub(crate) fn to_text(&self, language: Language) -> String {
        [
            self.raised(language),
            self.headline(language),
            self.thresholds(language),
            groups(&self.answer.by_territory, ["territory", "territoire"], language),
            groups(&self.answer.by_density, ["density", "densité"], language),
            self.most(language),
            written(self.written, language),
        ]
        .concat()
    }

    /// Says first how many people rise above each threshold.
    fn raised(&self, language: Language) -> String {
        let line = |below: &AccessThreshold| {
            let under = decimal(below.under, language);
            let fewer = below.before.saturating_sub(below.after);
            let (people, before) = (grouped(fewer, language), grouped(below.before, language));
            match language {
                Language::English => {
                    format!("{people} of the {before} people below {under} no longer are with this plan.\n")
                }
                Language::French => {
                    format!("{people} des {before} habitants en dessous de {under} ne le sont plus avec ce plan.\n")
                }
            }
        };
        self.answer.all.thresholds.iter().map(line).collect()
    }

    fn headline(&self, language: Language) -> String {
        let answer = self.answer;
        let given = grouped(answer.given, language);
        let end = spaced(&shown(&answer.catchment));
        let how = match (answer.sharing.as_str(), language) {
            ("steps", Language::English) => "shared by steps of time (E2SFCA)",
            ("steps", Language::French) => "partagées par paliers de temps (E2SFCA)",
            ("gaussian", Language::English) => "shared by a Gaussian of time (E2SFCA)",
            ("gaussian", Language::French) => "partagées selon une gaussienne du temps (E2SFCA)",
            (_, Language::English) => "shared alike (2SFCA)",
            (_, Language::French) => "partagées également (2SFCA)",
        };
        let among = match (&answer.standardised_field, language) {
            (None, Language::English) => "the people".to_owned(),
            (None, Language::French) => "les habitants".to_owned(),
            (Some(column), Language::English) => format!("the standardised people ({})", shown(column)),
            (Some(column), Language::French) => format!("les habitants standardisés ({})", shown(column)),
        };
        let first = match language {
            Language::English => format!(
                "{given} consultations a year at the new sites, {how} among {among} within {end} of each.\nThe given \
                 access figure counts all care there is; what the new sites give is added to it, as if all of it were \
                 taken.\n"
            ),
            Language::French => format!(
                "{given} consultations par an sur les nouveaux sites, {how} entre {among} à {end} au plus de \
                 chacun.\nL’accès donné compte tous les soins existants ; ce que donnent les nouveaux sites s’y ajoute, \
                 comme si tout était pris.\n"
            ),
        };
        let lost = grouped(answer.untaken, language);
        let untaken = match (answer.untaken, language) {
            (0, _) => String::new(),
            (_, Language::English) => format!("{lost} of them are at sites with nobody near.\n"),
            (_, Language::French) => format!("{lost} d’entre elles sont sur des sites sans personne à proximité.\n"),
        };
        let gini = match (answer.all.gini_before.zip(answer.all.gini_after), language) {
            (None, _) => String::new(),
            (Some((before, after)), Language::English) => format!(
                "Inequality of access over people (Gini): {} before, {} after.\n",
                decimal(before, language),
                decimal(after, language)
            ),
            (Some((before, after)), Language::French) => format!(
                "Inégalité d’accès entre habitants (Gini) : {} avant, {} après.\n",
                decimal(before, language),
                decimal(after, language)
            ),
        };
        let mean = match (answer.all.before.zip(answer.all.after), language) {
            (None, _) => String::new(),
            (Some((before, after)), Language::English) => {
                format!("Mean access: {} before, {} after.\n", decimal(before, language), decimal(after, language))
            }
            (Some((before, after)), Language::French) => {
                format!("Accès moyen : {} avant, {} après.\n", decimal(before, language), decimal(after, language))
            }
        };
        first + &untaken + &mean + &gini
    }

    fn thresholds(&self, language: Language) -> String {
        let header = match language {
            Language::English => ["people below", "before", "after", "no longer"],
            Language::French => ["habitants en dessous de", "avant", "après", "ne le sont plus"],
        };
        let mut table = Table::new(&header);
        for below in &self.answer.all.thresholds {
            let fewer = below.before.saturating_sub(below.after);
            table.row(vec![
                decimal(below.under, language),
                grouped(below.before, language),
                grouped(below.after, language),
                format!("{} ({})", grouped(fewer, language), percent_of(fewer, below.before, language)),
            ]);
        }
        format!("\n{}", table.to_text())
    }

    fn most(&self, language: Language) -> String {
        let mut communes: Vec<&AccessCommune> = self.answer.communes.iter().filter(|one| one.added > 0.0).collect();
        communes.sort_by(|one, other| other.added.total_cmp(&one.added).then(one.id.cmp(&other.id)));
        let (title, header) = match language {
            Language::English => ("Where most is added:", ["commune", "people", "before", "added", "after"]),
            Language::French => {
                ("Là où l’ajout est le plus grand :", ["commune", "habitants", "avant", "ajout", "après"])
            }
        };
        let mut table = Table::new(&header);
        for commune in communes.into_iter().take(SHOWN) {
            let figure = |figure: Option<f64>| figure.map_or_else(String::new, |figure| decimal(figure, language));
            table.row(vec![
                format!("{} ({})", shown(&commune.name), shown(&commune.id)),
                grouped(commune.population, language),
                figure(commune.before),
                decimal(commune.added, language),
                figure(commune.after),
            ]);
        }
        format!("\n{title}\n{}", table.to_text())
    }
}

fn groups(groups: &[AccessGroup], name: [&str; 2], language: Language) -> String {
    let Some(first) = groups.first() else { return String::new() };
    let fixed = match language {
        Language::English => [name[0], "people", "access before", "after"],
        Language::French => [name[1], "habitants", "accès avant", "après"],
    };
    let thresholds = first.figures.thresholds.iter().flat_map(|below| {
        let under = decimal(below.under, language);
        match language {
            Language::English => [format!("below {under} before"), "after".to_owned()],
            Language::French => [format!("sous {under} avant"), "après".to_owned()],
        }
    });
    let header: Vec<String> = fixed.map(str::to_owned).into_iter().chain(thresholds).collect();
    let mut table = Table::new(&header.iter().map(String::as_str).collect::<Vec<_>>());
    for AccessGroup { group, figures } in groups {
        let mean = |figure: Option<f64>| figure.map_or_else(String::new, |figure| decimal(figure, language));
        let below = figures.thresholds.iter().flat_map(|below| [below.before, below.after]);
        let cells = [shown(group), grouped(figures.people, language), mean(figures.before), mean(figures.after)];
        table.row(cells.into_iter().chain(below.map(|people| grouped(people, language))).collect());
    }
    format!("\n{}", table.to_text())
}
