use maillage_core::{Condition, Conditions};

use super::Words;

/// Where a rule applies.
impl Words<'_> {
    /// Says where a rule applies, with a blank before; nothing where it applies everywhere.
    pub(super) fn place(&self, conditions: &Conditions, each: &[String], group: &[String]) -> String {
        let listed = self.listed(conditions, each, group);
        if listed.is_empty() { listed } else { self.say(format!(" where {listed}"), format!(" où {listed}")) }
    }

    /// Lists the groups and conditions of a rule; nothing where there are none.
    pub(super) fn listed(&self, conditions: &Conditions, each: &[String], group: &[String]) -> String {
        let groups = each.iter().zip(group).map(|(column, value)| format!("{column} = {value}"));
        let conditions = conditions.iter().map(|(column, condition)| self.condition(column, condition));
        let all: Vec<String> = groups.chain(conditions).collect();
        all.join(&self.say(" and ".to_owned(), " et ".to_owned()))
    }

    fn condition(&self, column: &str, condition: &Condition) -> String {
        let number = |number: &f64| self.number(&number.to_string());
        match condition {
            Condition::OneOf(values) => {
                let values = match values.split_last() {
                    Some((last, [])) => last.clone(),
                    Some((last, others)) => {
                        format!("{} {} {last}", others.join(", "), self.say("or".to_owned(), "ou".to_owned()))
                    }
                    None => String::new(),
                };
                format!("{column} = {values}")
            }
            Condition::Range { least: Some(least), below: Some(below) } => {
                format!("{} ≤ {column} < {}", number(least), number(below))
            }
            Condition::Range { least: Some(least), .. } => format!("{column} ≥ {}", number(least)),
            Condition::Range { below: Some(below), .. } => format!("{column} < {}", number(below)),
            Condition::Range { .. } => column.to_owned(),
        }
    }
}
