use maillage_core::{Plan, Territory};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use crate::plan_sheets::plan_sheets;
use crate::sheet::Sheet;
use crate::vocabulary::in_words;
use crate::{Answer, Language, TableCell};

/// Columns are no narrower and no wider than this, in characters.
const WIDTHS: std::ops::RangeInclusive<usize> = 9..=60;

/// Why a plan cannot be written as a workbook.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WorkbookError {
    /// The library that makes the file refuses something, such as a text of more than 32,767 characters.
    #[error("the workbook cannot be made: {0}")]
    Making(#[from] XlsxError),
}

/// Writes a plan as a workbook (XLSX): one sheet by subject, headings and words in a language, numbers as numbers, texts
/// as texts and never as formulas.
///
/// Headings stay in sight and have filters. The same plan gives the same bytes.
///
/// # Errors
/// When a text or a table is longer than a workbook may hold.
pub fn write_plan_workbook(
    territory: &Territory,
    plan: &Plan,
    answer: &Answer,
    language: Language,
) -> Result<Vec<u8>, WorkbookError> {
    workbook(&plan_sheets(territory, plan, answer, language), &answer.program, language)
}

/// Writes tables as a workbook, each on a page of its own.
pub(crate) fn workbook(sheets: &[Sheet], program: &str, language: Language) -> Result<Vec<u8>, WorkbookError> {
    let mut workbook = Workbook::new();
    // The day is part of the file: always the same one, so that the same plan gives the same bytes.
    let properties = DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    workbook.set_properties(&properties.set_author(program));
    let forms = Forms::of(language);
    for sheet in sheets {
        let page = workbook.add_worksheet();
        page.set_name(sheet_name(sheet, language))?;
        write_sheet(sheet, page, &forms, language)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn sheet_name(sheet: &Sheet, language: Language) -> &'static str {
    match (sheet.table.name, language) {
        ("sites", _) => "Sites",
        ("communes", _) => "Communes",
        ("territories", Language::English) => "Territories",
        ("territories", Language::French) => "Territoires",
        _ => sheet.table.title.in_language(language),
    }
}

/// How each kind of cell is shown.
struct Forms {
    heading: Format,
    whole: Format,
    euros: Format,
    decimal: Format,
    share: Format,
}

impl Forms {
    /// A spreadsheet shows the comma of these codes as the mark of its reader's language: a narrow blank in French.
    fn of(language: Language) -> Self {
        let (euros, share) = match language {
            Language::English => ("[$€]#,##0", "0.0%"),
            Language::French => ("#,##0\u{a0}[$€]", "0.0\u{a0}%"),
        };
        Self {
            heading: Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top),
            whole: Format::new().set_num_format("#,##0"),
            euros: Format::new().set_num_format(euros),
            decimal: Format::new().set_num_format("#,##0.0###"),
            share: Format::new().set_num_format(share),
        }
    }
}

fn write_sheet(sheet: &Sheet, page: &mut Worksheet, forms: &Forms, language: Language) -> Result<(), XlsxError> {
    let columns = &sheet.table.columns;
    for (position, column) in (0_u16..).zip(columns) {
        let heading = column.alias.in_language(language);
        page.write_string_with_format(0, position, heading, &forms.heading)?;
        let cells = sheet.rows.iter().filter_map(|row| row.get(usize::from(position)));
        // Headings are wrapped between their words.
        let longest_word = heading.split(' ').map(|word| word.chars().count()).max().unwrap_or_default();
        let width = cells.map(length).max().unwrap_or_default().max(longest_word) + 2;
        let width = width.clamp(*WIDTHS.start(), *WIDTHS.end());
        page.set_column_width(position, f64::from(u32::try_from(width).unwrap_or_default()))?;
        if sheet.rows.iter().all(|row| matches!(row.get(usize::from(position)), Some(TableCell::Nothing))) {
            page.set_column_hidden(position)?;
        }
    }
    for (line, row) in (1_u32..).zip(&sheet.rows) {
        for (position, (cell, column)) in (0_u16..).zip(row.iter().zip(columns)) {
            match cell {
                TableCell::Nothing => {}
                TableCell::Text(text) => {
                    let word = in_words(&column.name, text).map(|word| word.in_language(language));
                    page.write_string(line, position, word.unwrap_or(text))?;
                }
                TableCell::Whole(number) => {
                    page.write_number_with_format(line, position, as_number(*number), &forms.whole)?;
                }
                TableCell::Euros(sum) => {
                    page.write_number_with_format(line, position, as_number(*sum), &forms.euros)?;
                }
                TableCell::Decimal(number) => {
                    page.write_number_with_format(line, position, *number, &forms.decimal)?;
                }
                TableCell::Share(share) => {
                    page.write_number_with_format(line, position, *share, &forms.share)?;
                }
                TableCell::Truth(holds) => {
                    page.write_boolean(line, position, *holds)?;
                }
            }
        }
    }
    page.set_freeze_panes(1, 0)?;
    let last_row = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
    let last_column = u16::try_from(columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    page.autofilter(0, 0, last_row, last_column)?;
    page.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    Ok(())
}

/// Returns a whole number as workbooks hold numbers; people and euros are far below 2^53, where they are exact.
#[expect(clippy::cast_precision_loss, reason = "people and euros are below 2^53")]
const fn as_number(number: u64) -> f64 {
    number as f64
}

/// Returns about how many characters a cell takes.
fn length(cell: &TableCell) -> usize {
    let digits = |number: u64| {
        let digits = number.to_string().len();
        digits + digits / 3
    };
    match cell {
        TableCell::Nothing => 0,
        TableCell::Text(text) => text.chars().count(),
        TableCell::Whole(number) => digits(*number),
        TableCell::Euros(sum) => digits(*sum) + 2,
        TableCell::Decimal(number) => number.to_string().len().min(10),
        TableCell::Share(_) => 6,
        TableCell::Truth(_) => 5,
    }
}
