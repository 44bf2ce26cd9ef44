use std::path::PathBuf;

use crate::StatedCrs;

/// A column by its name, and whether the planner asked for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in the file.
    pub name: String,
    /// Whether it must be there: asked for by name, or nothing works without it.
    pub required: bool,
}

/// Where a commune's figures stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommuneColumns {
    /// The layer of a GeoPackage; needed where it has several.
    pub layer: Option<String>,
    /// INSEE code; always required.
    pub id: Column,
    /// Name.
    pub name: Column,
    /// Inhabitants; always required.
    pub population: Column,
    /// Access figure, where one is asked for.
    pub access: Option<Column>,
    /// Territory.
    pub territory: Column,
    /// Density class.
    pub density: Column,
    /// Longitude and latitude of the place people leave from, where named.
    pub origin: Option<(Column, Column)>,
    /// The system of these two columns.
    pub origin_crs: StatedCrs,
    /// A column to weigh by, where one is asked for.
    pub weight: Option<Column>,
    /// Acts by commune, where asked for.
    pub acts: Option<Column>,
    /// What rules look at; none of them must be there.
    pub rules: Vec<RuleColumn>,
}

/// Where a site's figures stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteColumns {
    /// The layer of a GeoPackage; needed where it has several.
    pub layer: Option<String>,
    /// Identifier; where it is not required, sites without one are called point-1, point-2 and so on.
    pub id: Column,
    /// Name.
    pub name: Column,
    /// Kind.
    pub kind: Column,
    /// Whole euros; required where there is a budget.
    pub cost: Column,
    /// Code of the commune it stands in.
    pub commune: Column,
    /// Territory.
    pub territory: Column,
    /// Longitude and latitude columns for a CSV file (default `lon`, `lat`).
    pub position: (Column, Column),
    /// The system of these two columns.
    pub crs: StatedCrs,
    /// What rules look at; none of them must be there.
    pub rules: Vec<RuleColumn>,
}

/// A column that a rule looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleColumn {
    /// Its name in the file.
    pub name: String,
    /// Whether it must hold numbers.
    pub numeric: bool,
}

impl RuleColumn {
    /// Asks for a column of texts.
    #[must_use]
    pub fn text(name: &str) -> Self {
        Self { name: name.to_owned(), numeric: false }
    }

    /// Asks for a column of numbers.
    #[must_use]
    pub fn number(name: &str) -> Self {
        Self { name: name.to_owned(), numeric: true }
    }
}

/// Columns that a command reads beside those of its question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnsBeside {
    /// Of the communes.
    pub communes: Vec<RuleColumn>,
    /// Of candidates and existing sites.
    pub sites: Vec<RuleColumn>,
}

/// A table joined to the communes by their code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    /// The CSV file.
    pub file: PathBuf,
    /// The column of the code.
    pub key: String,
}

/// Returns the three names closest to a missing one, in quotes; all that there are where there are few.
pub(crate) fn closest(wanted: &str, names: &[String]) -> String {
    let mut ranked: Vec<(usize, &String)> =
        names.iter().filter(|name| !name.is_empty()).map(|name| (distance(wanted, name), name)).collect();
    ranked.sort();
    let nearest: Vec<&String> = ranked.into_iter().take(3).map(|(_, name)| name).collect();
    if nearest.is_empty() { "(none)".to_owned() } else { crate::encoding::list(&nearest) }
}

/// The number of letters to change, add or remove (Levenshtein), once case, accents and marks are left aside.
fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (plain(a), plain(b));
    if !a.is_empty() && !b.is_empty() && (a.starts_with(&b) || b.starts_with(&a)) {
        return usize::from(a != b);
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (other, above) in b.iter().zip(row.iter_mut().skip(1)) {
            let next = (diagonal + usize::from(letter != other)).min(left + 1).min(*above + 1);
            diagonal = *above;
            *above = next;
            left = next;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

fn plain(name: &str) -> Vec<char> {
    let fold = |letter: char| match letter {
        'à' | 'â' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ô' | 'ö' => 'o',
        'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        other => other,
    };
    name.to_lowercase().chars().take(60).map(fold).filter(|letter| letter.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn the_closest_names_come_first() {
        let names = ["nom", "Population_2021", "dep", "code_insee", "apl"].map(str::to_owned);
        assert!(closest("population", &names).starts_with("\"Population_2021\""));
        assert!(closest("code", &names).starts_with("\"code_insee\""));
        assert!(closest("Départ", &names).starts_with("\"dep\""));
        assert_eq!(closest("x", &[]), "(none)");
    }
}
