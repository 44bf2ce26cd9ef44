use crate::{AnswerGuarantee, Stop};

/// A point of a curve, as files hold it.
pub trait AnswerPoint: serde::Serialize {
    /// The columns of its row in a table, after the one that the curve rises over.
    const COLUMNS: &'static [&'static str];

    /// Returns its row; what is unknown is empty.
    fn cells(&self) -> Vec<String>;

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

/// Writes a figure into a table; nothing where it is unknown.
pub(crate) fn cell(figure: Option<impl ToString>) -> String {
    figure.map_or_else(String::new, |figure| figure.to_string())
}
