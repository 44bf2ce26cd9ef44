use std::collections::BTreeSet;

use maillage_core::Territory;
use maillage_io::{ColumnsBeside, QuestionError, RuleColumn};
use serde_json::{Value, json};

use super::Axis;
use crate::failure::Failure;

/// The key of the axis whose values are sites that are lost.
pub(crate) const LOSE: &str = "lose";
/// What stands before a column each of whose values is lost in turn.
const EACH: &str = "each:";

/// Sites that are lost in a scenario and serve nobody: identifiers, or `COLUMN:VALUE` for all sites that have this value.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Loss(pub(crate) Vec<String>);

impl Loss {
    /// Reads a value of the axis.
    pub(crate) fn of(value: &Value) -> Self {
        Self(value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect())
    }

    /// Returns the columns that losses look at: of a site, or of the commune it stands in.
    pub(crate) fn columns(axes: &[Axis]) -> ColumnsBeside {
        let column =
            |word: &str| word.strip_prefix(EACH).or_else(|| Some(word.split_once(':')?.0)).map(RuleColumn::text);
        let columns: Vec<RuleColumn> = words(axes).filter_map(|word| column(&word)).collect();
        ColumnsBeside { communes: columns.clone(), sites: columns }
    }

    /// Returns whether the loss of any site is asked for.
    pub(crate) fn is_asked_for(axes: &[Axis]) -> bool {
        words(axes).next().is_some()
    }

    /// Returns whether the loss of each value of a column is asked for.
    pub(crate) fn asks_for_each(axes: &[Axis]) -> bool {
        words(axes).any(|word| word.starts_with(EACH))
    }

    /// Puts the values of a column, rising, in the place of `each:COLUMN`.
    pub(crate) fn each(axes: &[Axis], territory: &Territory) -> Result<Vec<Axis>, Failure> {
        let mut axes = axes.to_vec();
        for axis in axes.iter_mut().filter(|axis| axis.key == LOSE) {
            let mut values: Vec<Value> = Vec::new();
            for value in &axis.values {
                let words = Self::of(value).0;
                let Some(column) = words.first().and_then(|word| word.strip_prefix(EACH)) else {
                    values.push(value.clone());
                    continue;
                };
                let found: BTreeSet<&str> =
                    sites_of(territory).filter_map(|site| territory.value_of_site(site, column)).collect();
                if found.is_empty() || words.len() > 1 {
                    return Err(unknown(&words.join(",")));
                }
                values.extend(found.into_iter().map(|value| json!([format!("{column}:{value}")])));
            }
            let mut seen = BTreeSet::new();
            values.retain(|value| seen.insert(value.to_string()));
            axis.values = values;
        }
        Ok(axes)
    }

    /// Returns the sites that are lost, by their positions in the territory.
    pub(crate) fn sites(&self, territory: &Territory) -> Result<BTreeSet<u32>, Failure> {
        let mut lost = BTreeSet::new();
        for word in &self.0 {
            if let Some(site) = territory.site_position(word) {
                lost.insert(site);
                continue;
            }
            let (column, value) = word.split_once(':').ok_or_else(|| unknown(word))?;
            let before = lost.len();
            let has_it = |site: &u32| territory.value_of_site(*site, column) == Some(value.trim());
            lost.extend(sites_of(territory).filter(has_it));
            if lost.len() == before {
                return Err(unknown(word));
            }
        }
        Ok(lost)
    }
}

fn words(axes: &[Axis]) -> impl Iterator<Item = String> {
    axes.iter().filter(|axis| axis.key == LOSE).flat_map(|axis| &axis.values).flat_map(|value| Loss::of(value).0)
}

/// Returns the sites that can be lost.
fn sites_of(territory: &Territory) -> impl Iterator<Item = u32> {
    territory.candidates().chain(territory.existing())
}

fn unknown(word: &str) -> Failure {
    let expected = "an identifier of a site, COLUMN:VALUE of some site, such as kind:pharmacy, or each:COLUMN";
    QuestionError::BadValue { flag: "vary", value: format!("{LOSE}={word}"), expected }.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn losses_name_their_columns() {
        let axes: Vec<Axis> =
            ["lose=;th_1;kind:pharmacy,th_2;each:operator", "under=3,4"].map(|text| text.parse().unwrap()).into();
        let columns: Vec<String> = Loss::columns(&axes).sites.into_iter().map(|column| column.name).collect();
        assert_eq!(columns, ["kind", "operator"]);
        assert!(Loss::asks_for_each(&axes) && !Loss::asks_for_each(&axes[1..]));
        assert_eq!(Loss::of(&axes[0].values[2]), Loss(vec!["kind:pharmacy".to_owned(), "th_2".to_owned()]));
    }
}
