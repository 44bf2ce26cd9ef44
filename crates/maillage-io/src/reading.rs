use crate::layer::Record;
use crate::source::Source;
use crate::{Finding, Findings};

/// One reading job: its files (the main one first) and where its problems go.
pub(crate) struct Reading<'a> {
    pub(crate) sources: Vec<&'a Source>,
    pub(crate) findings: &'a mut Findings,
}

impl Reading<'_> {
    /// Reports a problem of one cell of a record.
    pub(crate) fn refuse(&mut self, record: &Record<'_>, column: usize, field: &str, finding: Finding) {
        let (offset, source) = record.cells.get(column).map_or((record.offset, 0), |cell| (cell.offset, cell.source));
        self.report(record, source, finding.at_byte(offset).in_field(field));
    }

    /// Reports a problem of a record as a whole.
    pub(crate) fn refuse_record(&mut self, record: &Record<'_>, finding: Finding) {
        self.report(record, 0, finding.at_byte(record.offset));
    }

    fn report(&mut self, record: &Record<'_>, source: usize, finding: Finding) {
        let finding = finding.named(record.label(0), record.label(1));
        // The position counts features of the main file; in a joined table the line says where.
        let finding = match (source, record.row) {
            (0, Some(row)) => finding.in_row(row),
            (0, None) => finding.in_feature(record.index),
            _ => finding,
        };
        if let Some(source) = self.sources.get(source) {
            source.report(finding, self.findings);
        }
    }

    /// Reports something about the main file as a whole.
    pub(crate) fn remark(&mut self, finding: Finding) {
        self.remark_in(0, finding);
    }

    /// Reports something about one of the files as a whole.
    pub(crate) fn remark_in(&mut self, source: usize, finding: Finding) {
        if let Some(source) = self.sources.get(source) {
            source.report(finding, self.findings);
        }
    }

    /// Returns where a record starts.
    pub(crate) fn line_and_column(&self, record: &Record<'_>) -> (u64, u64) {
        self.sources.first().map_or((1, 1), |source| source.line_and_column(record.offset))
    }
}
