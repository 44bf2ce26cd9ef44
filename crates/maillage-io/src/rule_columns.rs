//! The columns that rules look at, read as texts: numbers in one way of writing, so that they can be compared.

use std::collections::BTreeMap;

use maillage_core::{Condition, Conditions, Goal, Sum, Weight};

use crate::ScenarioFile;
use crate::columns::RuleColumn;
use crate::json_error::Kind;
use crate::layer::{NumberStyle, Record, Value};
use crate::reading::Reading;
use crate::value::{DECIMAL, ValueError, decimal, text};

impl ScenarioFile {
    /// Returns the columns that rules, floors, spacings, capacities and the border look at, by name; those that must hold
    /// numbers say so.
    #[must_use]
    pub fn rule_columns(&self) -> Vec<RuleColumn> {
        let mut columns: BTreeMap<&str, bool> = BTreeMap::new();
        let rules = self.rule.iter().flatten();
        let floors = self.floor.iter().flatten();
        let spacings = self.spacing.iter().flatten();
        let each = rules.clone().flat_map(|rule| &rule.each).chain(floors.clone().flat_map(|floor| &floor.each));
        for column in each {
            columns.entry(column).or_default();
        }
        let conditions = rules.clone().map(|rule| &rule.r#where).chain(floors.map(|floor| &floor.r#where));
        for (column, condition) in conditions.chain(spacings.map(|spacing| &spacing.r#where)).flat_map(Conditions::iter)
        {
            *columns.entry(column).or_default() |= Condition::is_numeric(condition);
        }
        for rule in rules {
            if let Sum::Field(column) = &rule.sum {
                columns.insert(column, true);
            }
        }
        for column in [&self.capacity_field, &self.need_field].into_iter().flatten() {
            columns.insert(column, true);
        }
        for column in self.weight.iter().flat_map(Weight::blended) {
            columns.insert(column, true);
        }
        for column in [&self.outside_field, &self.upgrades_field, &self.offers_field].into_iter().flatten() {
            columns.entry(column).or_default();
        }
        if let Some(column) = &self.residents_field {
            columns.insert(column, true);
        }
        for (column, condition) in self.r#type.iter().flatten().flat_map(|stated| stated.r#where.iter()) {
            *columns.entry(column).or_default() |= Condition::is_numeric(condition);
        }
        for specialty in self.specialty.iter().flatten() {
            for column in [&specialty.field, &specialty.access_field].into_iter().flatten() {
                columns.insert(column, true);
            }
        }
        if let Some(Goal::WorstOff(column)) = &self.goal {
            columns.entry(column).or_default();
        }
        let column = |(name, numeric): (&str, bool)| RuleColumn { name: name.to_owned(), numeric };
        columns.into_iter().map(column).collect()
    }

    /// Returns the columns of communes to read beside those of the question's own flags.
    pub(crate) fn columns_of_communes(&self) -> Vec<RuleColumn> {
        self.with_beside(self.beside.as_ref().map(|beside| beside.communes.as_slice()))
    }

    /// Returns the columns of sites to read beside those of the question's own flags.
    pub(crate) fn columns_of_sites(&self) -> Vec<RuleColumn> {
        self.with_beside(self.beside.as_ref().map(|beside| beside.sites.as_slice()))
    }

    fn with_beside(&self, beside: Option<&[RuleColumn]>) -> Vec<RuleColumn> {
        let mut columns = self.rule_columns();
        for column in beside.into_iter().flatten() {
            match columns.iter_mut().find(|known| known.name == column.name) {
                Some(known) => known.numeric |= column.numeric,
                None => columns.push(column.clone()),
            }
        }
        columns
    }

    /// Returns whether a rule adds up costs.
    #[must_use]
    pub(crate) fn sums_costs(&self) -> bool {
        let is_goal = matches!(self.goal, Some(Goal::LeastCost(_)));
        is_goal || self.rule.iter().flatten().any(|rule| rule.sum == Sum::Cost)
    }
}

/// Rule columns and where their cells stand among the wanted ones.
#[derive(Clone, Debug)]
pub(crate) struct RuleCells<'a> {
    columns: Vec<(&'a RuleColumn, usize)>,
}

impl<'a> RuleCells<'a> {
    /// Finds the columns among the wanted names, and adds those that are not there yet.
    pub(crate) fn among(columns: &'a [RuleColumn], wanted: &mut Vec<&'a str>) -> Self {
        let place = |column: &'a RuleColumn| {
            let known = wanted.iter().position(|name| *name == column.name);
            let place = known.unwrap_or(wanted.len());
            if known.is_none() {
                wanted.push(&column.name);
            }
            (column, place)
        };
        Self { columns: columns.iter().map(place).collect() }
    }

    /// Reads what stands in the columns of a record; blanks are left out, what is no number where one is needed is
    /// refused.
    pub(crate) fn read(
        &self,
        reading: &mut Reading<'_>,
        record: &Record<'_>,
        style: impl Fn(usize) -> NumberStyle,
    ) -> BTreeMap<String, String> {
        let mut values = BTreeMap::new();
        for &(column, place) in &self.columns {
            let value = record.value(place);
            let found = if column.numeric {
                match decimal(value, style(place)) {
                    Ok(number) => number.map(|number| (number + 0.0).to_string()),
                    Err(error) => {
                        reading.refuse(record, place, &column.name, ValueError::to_finding(error, value, DECIMAL));
                        None
                    }
                }
            } else if let Value::Number(written) = value {
                Some(number_text(written))
            } else if let Value::Other(Kind::Boolean(is_true)) = value {
                Some(is_true.to_string())
            } else {
                text(value).unwrap_or_else(|finding| {
                    reading.refuse(record, place, &column.name, *finding);
                    None
                })
            };
            let found = found.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
            values.extend(found.map(|text| (column.name.clone(), text)));
        }
        values
    }
}

/// Writes a number of JSON in one way: `5.0` and `5e0` are `5`.
fn number_text(written: &str) -> String {
    if written.bytes().all(|byte| byte.is_ascii_digit()) {
        return written.to_owned();
    }
    match written.parse::<f64>() {
        Ok(number) if number.is_finite() => (number + 0.0).to_string(),
        _ => written.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::number_text;

    #[test]
    fn a_number_is_written_in_one_way() {
        for (written, text) in [
            ("5", "5"),
            ("5.0", "5"),
            ("5e0", "5"),
            ("-0.0", "0"),
            ("2.50", "2.5"),
            ("12345678901234567890", "12345678901234567890"),
        ] {
            assert_eq!(number_text(written), text);
        }
    }
}
