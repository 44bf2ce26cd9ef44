use std::path::PathBuf;

use maillage_io::{AccessAnswer, AccessCommune, AccessGroup, Language};

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
            self.headline(language),
            self.thresholds(language),
            groups(&self.answer.by_territory, ["territory", "territoire"], language),
            groups(&self.answer.by_density, ["density", "densité"], language),
            self.most(language),
            written(self.written, language),
        ]
        .concat()
    }

    fn headline(&self, language: Language) -> String {
        let answer = self.answer;
        let given = grouped(answer.given, language);
        let end = shown(&answer.catchment);
        let how = match (answer.sharing.as_str(), language) {
            ("steps", Language::English) => "shared by steps of time (E2SFCA)",
            ("steps", Language::French) => "partagées par paliers de temps (E2SFCA)",
            ("gaussian", Language::English) => "shared by a Gaussian of time (E2SFCA)",
            ("gaussian", Language::French) => "partagées selon une gaussienne du temps (E2SFCA)",
            (_, Language::English) => "shared alike (2SFCA)",
            (_, Language::French) => "partagées également (2SFCA)",
        };
        let first = match language {
            Language::English => format!(
                "{given} consultations a year at the new sites, {how} among the people within {end} of each.\nThe given \
                 access figure counts all care there is; what the new sites give is added to it, as if all of it were \
                 taken.\n"
            ),
            Language::French => format!(
                "{given} consultations par an sur les nouveaux sites, {how} entre les habitants à {end} au plus de \
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
        let gini = match (answer.gini_before.zip(answer.gini_after), language) {
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
        first + &untaken + &gini
    }

    fn thresholds(&self, language: Language) -> String {
        let header = match language {
            Language::English => ["people below", "before", "after", "no longer"],
            Language::French => ["habitants en dessous de", "avant", "après", "ne le sont plus"],
        };
        let mut table = Table::new(&header);
        for below in &self.answer.thresholds {
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
    if groups.is_empty() {
        return String::new();
    }
    let header = match language {
        Language::English => [name[0], "people", "access before", "after"],
        Language::French => [name[1], "habitants", "accès avant", "après"],
    };
    let mut table = Table::new(&header);
    for group in groups {
        table.row(vec![
            shown(&group.group),
            grouped(group.people, language),
            decimal(group.before, language),
            decimal(group.after, language),
        ]);
    }
    format!("\n{}", table.to_text())
}
