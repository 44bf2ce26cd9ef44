use crate::{AnswerGuarantee, Stop, TableCell};

/// A point of a curve, as files hold it.
pub trait AnswerPoint: serde::Serialize {
    /// The columns of its row in a table, after the one that the curve rises over.
    const COLUMNS: &'static [&'static str];

    /// Returns its row; what is unknown is empty.
    fn cells(&self) -> Vec<TableCell>;

    /// Returns what is open between value and bound ÷ the bound, where there are both.
    fn gap(&self) -> Option<f64>;

    /// Returns what is proved.
    fn guarantee(&self) -> AnswerGuarantee;

    /// Returns why the work on it ended.
    fn stopped_by(&self) -> Stop;

    /// Returns whether it is proved that no plan keeps the rules.
    fn is_impossible(&self) -> bool {
        false
    }
}
