use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use crate::key_place::line_of;
use crate::{ScenarioFile, ValueProblem};

/// Why a scenario file cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ScenarioTextError {
    /// The file cannot be opened or is not text.
    #[error("{file}: {source}")]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A key is not one of the scenario's.
    #[error("{file}:{line}: \"{key}\" is not a key of a scenario{}", hint(key, nearest.as_deref()))]
    UnknownKey {
        /// The file.
        file: PathBuf,
        /// Its line, from 1.
        line: usize,
        /// The key.
        key: String,
        /// The nearest right key, where one is near.
        nearest: Option<String>,
    },
    /// The file is not TOML, or a value is not what its key takes.
    #[error("{file}:{line}: {}{}", key.as_ref().map(|key| format!("key \"{key}\": ")).unwrap_or_default(), problem.english)]
    BadValue {
        /// The file.
        file: PathBuf,
        /// Its line, from 1.
        line: usize,
        /// The key, where it is known.
        key: Option<String>,
        /// What is wrong.
        problem: Box<ValueProblem>,
    },
}

/// Proposes the nearest right key, and says where it stands when it is none of the entry's.
fn hint(wrong: &str, nearest: Option<&str>) -> String {
    match nearest {
        Some(right) if wrong.contains('.') && !right.contains('.') => {
            format!("; did you mean \"{right}\", above the first [[…]]?")
        }
        Some(right) => format!("; did you mean \"{right}\"?"),
        None => String::new(),
    }
}

impl ScenarioFile {
    /// Reads a scenario file; its paths are taken from the folder it stands in.
    ///
    /// # Errors
    /// When the file cannot be read, or a key or value is not understood.
    pub fn read(file: &Path) -> Result<Self, ScenarioTextError> {
        let text = std::fs::read_to_string(file)
            .map_err(|source| ScenarioTextError::Unreadable { file: file.to_owned(), source })?;
        let scenario = Self::parse(&text, file)?;
        Ok(scenario.in_folder(file.parent().unwrap_or(Path::new(""))))
    }

    /// Reads the text of a scenario file, its paths as they stand; `file` is named in errors.
    ///
    /// # Errors
    /// When a key or value is not understood.
    pub fn parse(text: &str, file: &Path) -> Result<Self, ScenarioTextError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let bad_value = |key: Option<String>, error: &toml::de::Error| ScenarioTextError::BadValue {
            file: file.to_owned(),
            line: line_of(text, error.span().map_or(0, |span| span.start)),
            problem: Box::new(ValueProblem::of(error.message(), key.as_deref().unwrap_or_default(), nearest)),
            key,
        };
        let table = DeTable::parse(text).map_err(|error| bad_value(None, &error))?;
        let keys = Self::keys();
        for key in table.get_ref().keys() {
            let name = key.get_ref();
            if !keys.iter().any(|known| known == name) {
                return Err(ScenarioTextError::UnknownKey {
                    file: file.to_owned(),
                    line: line_of(text, key.span().start),
                    key: name.to_string(),
                    nearest: nearest(name, keys),
                });
            }
        }
        for (name, known) in Self::entry_keys() {
            check_entries(text, file, table.get_ref(), name, known)?;
        }
        toml::from_str(text).map_err(|error| {
            let place = error.span().map_or(0, |span| span.start);
            let key = key_before(text, table.get_ref(), place);
            match (ValueProblem::unknown_key(error.message()), &key) {
                (Some((wrong, known)), Some(within)) => {
                    let within = within.strip_suffix(&format!(".{wrong}")).unwrap_or(within);
                    ScenarioTextError::UnknownKey {
                        file: file.to_owned(),
                        line: line_of(text, place),
                        nearest: nearest(&wrong, &known).map(|right| format!("{within}.{right}")),
                        key: format!("{within}.{wrong}"),
                    }
                }
                _ => bad_value(key, &error),
            }
        })
    }

    /// Takes every relative path from a folder.
    fn in_folder(mut self, folder: &Path) -> Self {
        let files = [
            &mut self.communes,
            &mut self.candidates,
            &mut self.existing,
            &mut self.grid,
            &mut self.times,
            &mut self.reach,
            &mut self.roads,
            &mut self.certificate,
        ];
        for path in files {
            *path = path.take().map(|path| folder.join(path));
        }
        if self.profile_file().is_some() {
            self.profile = self.profile.take().map(|path| folder.join(path));
        }
        for path in self.out.iter_mut().flatten() {
            *path = folder.join(&*path);
        }
        let lists = [&mut self.times_origins, &mut self.times_destinations];
        for join in self.join.iter_mut().flatten().chain(lists.into_iter().flatten()) {
            *join = folder.join(&*join).display().to_string();
        }
        let opened = self.phase.iter_mut().flatten().filter_map(|phase| phase.opened.as_mut());
        for list in [&mut self.require, &mut self.forbid].into_iter().flatten().chain(opened) {
            for entry in list {
                if let Some(file) = entry.strip_prefix('@') {
                    *entry = format!("@{}", folder.join(file).display());
                }
            }
        }
        self
    }
}

/// Checks the keys of the entries of a list, such as `[[rule]]`, or of one table, such as `[hub]`.
fn check_entries(
    text: &str,
    file: &Path,
    table: &DeTable<'_>,
    name: &str,
    known: &[String],
) -> Result<(), ScenarioTextError> {
    let Some((key, value)) = table.iter().find(|(key, _)| key.get_ref() == name) else { return Ok(()) };
    let is_one = name == "hub";
    let refuse = |english: String, french: String| ScenarioTextError::BadValue {
        file: file.to_owned(),
        line: line_of(text, key.span().start),
        key: Some(name.to_owned()),
        problem: Box::new(ValueProblem { english, french, nearest: None }),
    };
    let tables: Vec<&DeTable<'_>> = match value.get_ref() {
        DeValue::Table(table) if is_one => vec![table],
        DeValue::Table(_) => {
            return Err(refuse(
                format!("there may be several: write [[{name}]], with two brackets"),
                format!("il peut y en avoir plusieurs : écrire [[{name}]], entre crochets doubles"),
            ));
        }
        DeValue::Array(_) if is_one => {
            return Err(refuse(
                format!("there is one only: write [{name}], with one bracket"),
                format!("il n’y en a qu’un : écrire [{name}], entre crochets simples"),
            ));
        }
        DeValue::Array(entries) => entries.iter().filter_map(|entry| entry.get_ref().as_table()).collect(),
        _ => return Ok(()),
    };
    let mut keys = tables.into_iter().flat_map(DeTable::keys);
    let wrong = keys.find(|key| !known.iter().any(|known| known == key.get_ref()));
    match wrong {
        Some(key) => Err(ScenarioTextError::UnknownKey {
            file: file.to_owned(),
            line: line_of(text, key.span().start),
            key: format!("{name}.{}", key.get_ref()),
            nearest: nearest_of_all(name, key.get_ref(), known),
        }),
        None => Ok(()),
    }
}

/// Returns the right key nearest to a wrong one of an entry: one of its own, else one that stands above the entries.
fn nearest_of_all(name: &str, wrong: &str, known: &[String]) -> Option<String> {
    let at_top = ScenarioFile::keys().iter().find(|key| *key == wrong).cloned();
    at_top.or_else(|| nearest(wrong, known).map(|key| format!("{name}.{key}")))
}

/// Returns the key that a place of the text belongs to, with its list where it stands in an entry of one.
fn key_before(text: &str, table: &DeTable<'_>, place: usize) -> Option<String> {
    // An entry begins at its brackets, before its key.
    let place = place + text.get(place..).map_or(0, |rest| rest.len() - rest.trim_start_matches('[').len());
    let mut last: Option<(usize, String)> = None;
    let mut see = |start: usize, name: String| {
        if start <= place && last.as_ref().is_none_or(|known| known.0 <= start) {
            last = Some((start, name));
        }
    };
    for (key, value) in table {
        see(key.span().start, key.get_ref().to_string());
        let entries = value.get_ref().as_array().into_iter().flatten();
        let tables = entries.filter_map(|entry| entry.get_ref().as_table()).chain(value.get_ref().as_table());
        for (inner, value) in tables.flat_map(DeTable::iter) {
            see(inner.span().start, format!("{}.{}", key.get_ref(), inner.get_ref()));
            // Two levels are enough: [sources.communes] has the deepest keys.
            for deepest in value.get_ref().as_table().into_iter().flat_map(DeTable::keys) {
                let name = format!("{}.{}.{}", key.get_ref(), inner.get_ref(), deepest.get_ref());
                see(deepest.span().start, name);
            }
        }
    }
    last.map(|known| known.1)
}

/// Returns the right key nearest to a wrong one, when no more than a third of it is wrong.
pub(crate) fn nearest(wrong: &str, keys: &[String]) -> Option<String> {
    let wrong = wrong.replace('_', "-").to_lowercase();
    let (distance, key) = keys.iter().map(|key| (edits(&wrong, key), key)).min()?;
    let is_begun =
        |key: &&String| wrong.len() > 3 && key.strip_prefix(&wrong).is_some_and(|rest| rest.starts_with('-'));
    let begun = keys.iter().find(is_begun).filter(|_| distance > 1);
    begun.or_else(|| (distance <= 1 + key.chars().count() / 3).then_some(key)).cloned()
}

/// Counts the letters to insert, drop or replace to make one word of another (Levenshtein).
fn edits(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.chars().enumerate() {
        let mut left = row + 1;
        let mut diagonal = std::mem::replace(above.first_mut().unwrap_or(&mut 0), left);
        for (cell, &there) in above.iter_mut().skip(1).zip(&other) {
            let best = (diagonal + usize::from(letter != there)).min(left + 1).min(*cell + 1);
            diagonal = std::mem::replace(cell, best);
            left = best;
        }
    }
    above.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::edits;
    use crate::ScenarioFile;

    fn error_of(text: &str) -> String {
        ScenarioFile::parse(text, Path::new("maillage.toml")).unwrap_err().to_string()
    }

    #[test]
    fn an_unknown_key_is_named_with_its_line_and_the_right_one() {
        assert_eq!(
            error_of("sites = 3\npopluation-field = \"pop\"\n"),
            "maillage.toml:2: \"popluation-field\" is not a key of a scenario; did you mean \"population-field\"?"
        );
        assert_eq!(
            error_of("id_field = \"x\""),
            "maillage.toml:1: \"id_field\" is not a key of a scenario; did you mean \"id-field\"?"
        );
        assert_eq!(error_of("xyz = 1"), "maillage.toml:1: \"xyz\" is not a key of a scenario");
    }

    #[test]
    fn a_wrong_value_is_named_with_its_key_and_line() {
        let error = error_of("sites = 3\n\nspeed = \"50\"\n");
        assert_eq!(error, "maillage.toml:3: key \"speed\": \"50\" has no unit: write 50km/h");
        assert!(error_of("sites = -1").starts_with("maillage.toml:1: key \"sites\": "));
        assert!(error_of("sites = 1.5").starts_with("maillage.toml:1: key \"sites\": "));
        assert!(error_of("sites = 1\nsites = 2").starts_with("maillage.toml:2: "));
        assert!(error_of("sites = ").starts_with("maillage.toml:1: "));
        assert_eq!(
            error_of("[sources.communes]\nyaer = 2018"),
            "maillage.toml:2: \"sources.communes.yaer\" is not a key of a scenario; did you mean \"sources.communes.year\"?"
        );
    }

    #[test]
    fn rules_are_checked_key_by_key() {
        assert_eq!(
            error_of("sites = 3\n[[rule]]\nleast = 1\n\n[[rule]]\nleest = 2\n"),
            "maillage.toml:6: \"rule.leest\" is not a key of a scenario; did you mean \"rule.least\"?"
        );
        assert_eq!(
            error_of("[[floor]]\nleast_share = \"50%\"\n"),
            "maillage.toml:2: \"floor.least_share\" is not a key of a scenario; did you mean \"floor.least-share\"?"
        );
        assert!(error_of("[rule]\nleast = 1").starts_with("maillage.toml:1: key \"rule\": there may be several: "));
        for (text, start) in [
            (
                "sites = 3\n[[rule]]\nleast = 1\nleast-share = \"41\"",
                "4: key \"rule.least-share\": \"41\" has no unit: write 41%",
            ),
            ("[[spacing]]\nbetween = \"10\"", "2: key \"spacing.between\": \"10\" has no unit: write 10km or 10min"),
            ("[[rule]]\neach = 3", "2: key \"rule.each\": expected a column, or a list of columns"),
            ("[[rule]]\nleast = -3", "2: key \"rule.least\": "),
            (
                "[[rule]]\nsum = \"hours\"",
                "2: key \"rule.sum\": \"hours\" is not a sum: write sites, cost or field:NAME",
            ),
            (
                "[[rule]]\nwhere.kind = { leest = 3 }",
                "2: key \"rule.where.kind\": expected a value, a list of values, or {",
            ),
        ] {
            let error = error_of(text);
            assert!(error.starts_with(&format!("maillage.toml:{start}")), "{error}");
        }
    }

    #[test]
    fn letters_to_change_are_counted() {
        assert_eq!(edits("kitten", "sitting"), 3);
        assert_eq!(edits("", "abc"), 3);
        assert_eq!(edits("abc", "abc"), 0);
    }
}
