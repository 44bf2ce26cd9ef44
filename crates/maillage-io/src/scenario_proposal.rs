use std::fmt::Write;

use crate::{Language, ScenarioExample, ScenarioFile, scenario_examples};

/// The columns of the files a scenario is proposed for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileColumns {
    /// Of the communes.
    pub communes: Vec<String>,
    /// Of the candidates.
    pub candidates: Vec<String>,
}

/// Names that each column goes by in French public data, most usual first, without accents or capitals.
const CODE: &[&str] = &["code", "insee", "code_insee", "codgeo", "insee_com", "depcom", "code_commune"];
const NAME: &[&str] = &["name", "nom", "libelle", "libgeo", "nom_com", "nom_commune", "libelle_commune"];
const POPULATION: &[&str] = &["population", "pop", "pmun", "ptot", "population_municipale"];
const TERRITORY: &[&str] = &["dep", "departement", "code_departement", "insee_dep", "dept"];
const DENSITY: &[&str] = &["density7", "dens7", "densite7", "densite", "density", "grille_densite"];
const ORIGIN: &[(&str, &str)] = &[("lon_pop", "lat_pop"), ("longitude", "latitude"), ("lon", "lat"), ("lng", "lat")];
const SITE: &[&str] = &["id", "identifiant", "finess", "siret", "code"];
const KIND: &[&str] = &["kind", "type", "categorie", "nature"];
const COST: &[&str] = &["cost", "cout", "montant", "cout_euros"];
const HOST: &[&str] = &["commune", "code_commune", "insee", "code_insee", "insee_com", "depcom"];

/// Writes a commented `maillage.toml`: what the flags say, columns proposed by their names, and plain proposals for
/// what only a planner can decide.
#[must_use]
pub fn propose_scenario(flags: &ScenarioFile, columns: &FileColumns, language: Language) -> String {
    let mut text = Text { text: String::new(), language };
    text.comment(
        "A scenario of maillage. Run it with: maillage plan --scenario maillage.toml --out plan.geojson",
        "Un scénario de maillage. Le lancer par : maillage plan --scenario maillage.toml --out plan.geojson",
    );
    text.comment(
        "Every key is the name of a flag; a flag given on the command line wins.",
        "Chaque clé est le nom d’une option ; l’option donnée en ligne de commande l’emporte.",
    );
    text.files(flags);
    text.communes(flags, &columns.communes);
    text.sites(flags, &columns.candidates);
    text.question(flags);
    text.examples(flags);
    text.sources(flags);
    text.text
}

/// The text being written.
struct Text {
    text: String,
    language: Language,
}

impl Text {
    fn comment(&mut self, english: &str, french: &str) {
        let words = match self.language {
            Language::English => english,
            Language::French => french,
        };
        let _ = writeln!(self.text, "# {words}");
    }

    fn heading(&mut self, english: &str, french: &str) {
        self.text.push('\n');
        self.comment(english, french);
    }

    fn key(&mut self, key: &str, value: impl Into<toml::Value>) {
        let _ = writeln!(self.text, "{key} = {}", value.into());
    }

    /// Writes the column asked for, or one that is there under a usual name; else says that none was found.
    fn column(&mut self, key: &str, asked: Option<&String>, there: &[String], usual: &[&str]) {
        let found = asked.or_else(|| usual.iter().find_map(|usual| there.iter().find(|name| plain(name) == *usual)));
        if let Some(name) = found {
            self.key(key, name.clone());
        } else {
            let there = there.join(", ").replace(['\n', '\r'], " ");
            self.comment(
                &format!("{key} = \"\"   (columns: {there})"),
                &format!("{key} = \"\"   (colonnes : {there})"),
            );
        }
    }

    fn files(&mut self, flags: &ScenarioFile) {
        self.heading("The files, from this file's folder.", "Les fichiers, depuis le dossier de celui-ci.");
        let files = [
            ("communes", &flags.communes),
            ("candidates", &flags.candidates),
            ("existing", &flags.existing),
            ("times", &flags.times),
            ("reach", &flags.reach),
            ("roads", &flags.roads),
            ("profile", &flags.profile),
        ];
        for (key, file) in files {
            if let Some(file) = file {
                self.key(key, file.display().to_string());
            }
        }
        let layers = [
            ("layer", &flags.layer),
            ("candidates-layer", &flags.candidates_layer),
            ("existing-layer", &flags.existing_layer),
        ];
        for (key, layer) in layers {
            if let Some(layer) = layer {
                self.key(key, layer.clone());
            }
        }
        if let Some(joins) = &flags.join {
            self.key("join", joins.clone());
        }
    }

    fn communes(&mut self, flags: &ScenarioFile, there: &[String]) {
        self.heading("The columns of the communes.", "Les colonnes des communes.");
        self.column("id-field", flags.id_field.as_ref(), there, CODE);
        self.column("name-field", flags.name_field.as_ref(), there, NAME);
        self.column("population-field", flags.population_field.as_ref(), there, POPULATION);
        let access: Vec<&str> =
            there.iter().map(String::as_str).filter(|name| plain(name).starts_with("apl")).collect();
        let access_names: Vec<String> = access.iter().map(|name| plain(name)).collect();
        let usual: Vec<&str> = access_names.iter().map(String::as_str).collect();
        self.comment(
            "Access to care (APL: consultations a year and inhabitant).",
            "Accès aux soins (APL : consultations par an et par habitant).",
        );
        self.column("access-field", flags.access_field.as_ref(), there, &usual);
        self.column("territory-field", flags.territory_field.as_ref(), there, TERRITORY);
        self.column("density-field", flags.density_field.as_ref(), there, DENSITY);
        self.comment(
            "The place people leave from; without it, an inner point of the polygon.",
            "D’où l’on part ; à défaut, un point intérieur du polygone.",
        );
        let has = |usual: &str| there.iter().find(|name| plain(name) == usual);
        let found = ORIGIN.iter().find_map(|(longitude, latitude)| Some((has(longitude)?, has(latitude)?)));
        let found = found.map(|(longitude, latitude)| format!("{longitude},{latitude}"));
        match flags.origin.clone().or(found) {
            Some(origin) => self.key("origin", origin),
            None => self.comment("origin = \"lon,lat\"", "origin = \"lon,lat\""),
        }
    }

    fn sites(&mut self, flags: &ScenarioFile, there: &[String]) {
        if flags.candidates.is_none() {
            return;
        }
        self.heading("The columns of the sites.", "Les colonnes des sites.");
        self.column("site-id-field", flags.site_id_field.as_ref(), there, SITE);
        self.column("site-name-field", flags.site_name_field.as_ref(), there, NAME);
        self.column("kind-field", flags.kind_field.as_ref(), there, KIND);
        self.column("cost-field", flags.cost_field.as_ref(), there, COST);
        self.column("site-commune-field", flags.site_commune_field.as_ref(), there, HOST);
    }

    fn question(&mut self, flags: &ScenarioFile) {
        self.heading(
            "To be decided: these are proposals, not recommendations.",
            "À décider : ce sont des propositions, non des recommandations.",
        );
        if self.text.contains("\naccess-field = ") {
            self.comment("Under-served: access strictly below this.", "Sous-doté : accès strictement inférieur.");
            self.key("under", flags.under.unwrap_or(4.0));
        }
        self.comment("In reach: at most this long.", "À portée : ce temps au plus.");
        self.key("within", flags.within.map_or_else(|| "20min".to_owned(), |within| within.to_string()));
        if flags.times.is_none() && flags.roads.is_none() && flags.reach.is_none() {
            self.comment(
                "Straight lines, made longer and driven at one speed; or a table: times = \"times.csv\"; or roads: \
                 roads = \"region.osm.pbf\", profile = \"car\"; or times kept by \"maillage reach\": reach = \
                 \"times.reach\".",
                "À vol d’oiseau, allongé et parcouru à une vitesse ; ou une table : times = \"times.csv\" ; ou des \
                 routes : roads = \"region.osm.pbf\", profile = \"car\" ; ou des temps gardés par « maillage \
                 reach » : reach = \"times.reach\".",
            );
            self.key("speed", flags.speed.map_or_else(|| "50km/h".to_owned(), |speed| speed.to_string()));
            self.key("detour", flags.detour.unwrap_or(1.3));
        }
        self.comment(
            "At most this many new sites; a budget may stand beside it.",
            "Nombre maximal de nouveaux sites ; un budget peut s’y ajouter.",
        );
        if let Some(sites) = flags.sites {
            self.key("sites", i64::from(sites));
        } else if flags.budget.is_none() {
            self.key("sites", 10);
        }
        match flags.budget {
            Some(budget) => self.key("budget", i64::try_from(budget.whole()).unwrap_or(i64::MAX)),
            None => self.comment("budget = 300000", "budget = 300000"),
        }
    }

    /// Writes what else flags state, and shows what a planner may want, none of which is in force.
    fn examples(&mut self, flags: &ScenarioFile) {
        let (keys, tables) = scenario_examples();
        let (stated_keys, stated_tables) = self.stated(flags);
        self.heading(
            "What may be said beside: take away the # of what is wanted. Columns are those of your files.",
            "Ce qui peut s’ajouter : retirer le # de ce que l’on veut. Les colonnes sont celles de vos fichiers.",
        );
        self.text.push_str(&stated_keys);
        self.shown(keys);
        self.heading(
            "Rules and other tables, as many as wanted, below all single keys; columns are those of the sites, else of \
             their communes.",
            "Règles et autres tables, autant que voulu, sous toutes les clés seules ; les colonnes sont celles des sites, \
             sinon de leur commune.",
        );
        self.text.push_str(&stated_tables);
        self.shown(tables);
    }

    fn shown(&mut self, examples: &[ScenarioExample]) {
        for example in examples {
            self.comment(example.english, example.french);
            for line in example.lines.lines() {
                let _ = writeln!(self.text, "# {line}");
            }
        }
    }

    /// Returns what flags state that is not written yet: single keys, and tables.
    fn stated(&self, flags: &ScenarioFile) -> (String, String) {
        let is_written = |key: &String| self.text.lines().any(|line| line.starts_with(&format!("{key} = ")));
        let stated = toml::Table::try_from(flags).unwrap_or_default();
        let is_table = |value: &toml::Value| match value {
            toml::Value::Table(_) => true,
            toml::Value::Array(entries) => entries.first().is_some_and(toml::Value::is_table),
            _ => false,
        };
        let stated = stated.into_iter().filter(|(key, _)| !is_written(key));
        let (tables, keys): (toml::Table, toml::Table) = stated.partition(|(_, value)| is_table(value));
        (toml::to_string(&keys).unwrap_or_default(), toml::to_string(&tables).unwrap_or_default())
    }

    fn sources(&mut self, flags: &ScenarioFile) {
        self.heading(
            "Where the data come from: it follows into every result.",
            "D’où viennent les données : repris dans tous les résultats.",
        );
        self.comment(
            "A file that only shows how things would look, and is no basis for a decision, has illustrative = true.",
            "Un fichier qui ne fait que montrer, et ne peut fonder une décision, porte illustrative = true.",
        );
        for (role, there) in [
            ("communes", flags.communes.is_some()),
            ("access", self.text.contains("\naccess-field = ")),
            ("candidates", flags.candidates.is_some()),
            ("existing", flags.existing.is_some()),
        ] {
            if there {
                let _ =
                    write!(self.text, "# [sources.{role}]\n# source = \"\"\n# year = 2024\n# illustrative = false\n");
            }
        }
    }
}

/// Returns a column's name without capitals and accents, words joined by underscores.
fn plain(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .map(|letter| match letter {
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'à' | 'â' => 'a',
            'î' | 'ï' => 'i',
            'ô' => 'o',
            'ù' | 'û' => 'u',
            'ç' => 'c',
            ' ' | '-' => '_',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{FileColumns, propose_scenario};
    use crate::{Language, ScenarioFile};

    #[test]
    fn the_proposal_is_a_scenario_that_can_be_asked() {
        let flags = ScenarioFile {
            communes: Some(PathBuf::from("données/communes \"2024\".geojson")),
            candidates: Some(PathBuf::from("candidates.csv")),
            rule: serde_json::from_str(r#"[{"where": {"kind": "pharmacy"}, "each": "dep", "most": 2.5}]"#).unwrap(),
            floor: serde_json::from_str(r#"[{"least-share": "50%", "each": "dep"}]"#).unwrap(),
            capacity_field: Some("slots".to_owned()),
            need_rate: "2.5".parse().ok(),
            enough: Some(3.0),
            horizon: Some(5),
            goal: "fewest-sites:80%".parse().ok(),
            r#type: serde_json::from_str(r#"[{"name": "van", "yearly-cost": 3, "within": "15min"}]"#).unwrap(),
            require: Some(vec!["th_1".to_owned()]),
            enough_weight: "25%".parse().ok(),
            ..ScenarioFile::default()
        };
        let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        let columns = FileColumns {
            communes: names(&["INSEE_COM", "Libellé", "PMUN", "APL 2023", "lon", "lat"]),
            candidates: names(&["id", "nom", "coût", "x\ny"]),
        };
        for language in [Language::English, Language::French] {
            let text = propose_scenario(&flags, &columns, language);
            let read = ScenarioFile::parse(&text, Path::new("maillage.toml")).unwrap();
            assert_eq!(read.communes, flags.communes);
            assert_eq!((&read.rule, &read.floor), (&flags.rule, &flags.floor));
            assert_eq!((&read.capacity_field, read.need_rate), (&flags.capacity_field, flags.need_rate));
            assert_eq!((read.enough, read.enough_weight), (flags.enough, flags.enough_weight));
            assert_eq!((read.horizon, &read.r#type, &read.goal), (flags.horizon, &flags.r#type, &flags.goal));
            assert_eq!(read.require, flags.require);
            assert_eq!(read.id_field.as_deref(), Some("INSEE_COM"));
            assert_eq!(read.name_field.as_deref(), Some("Libellé"));
            assert_eq!(read.access_field.as_deref(), Some("APL 2023"));
            assert_eq!(read.cost_field.as_deref(), Some("coût"));
            assert_eq!(read.origin.as_deref(), Some("lon,lat"));
            assert_eq!(read.kind_field, None);
            read.scenario().unwrap();
            read.check_limits().unwrap();
        }
    }
}
