use std::cell::LazyCell;
use std::path::{Path, PathBuf};
use std::time::Instant;

use maillage_core::Territory;
use maillage_io::{AnswerDocument, AnswerSheets, Crs, CsvStyle, Language, Output, ScenarioFile};
use maillage_report::AnswerPage;

use crate::arguments::Global;
use crate::console::{Console, seconds_since};
use crate::failure::Failure;
use crate::interrupt;
use crate::targets::check_crs;

const FORMS: [&str; 2] = [
    "this is written as .csv, .xlsx, .geojson, .gpkg, .html or .json",
    "ceci s’écrit en .csv, .xlsx, .geojson, .gpkg, .html ou .json",
];
const TABLES: [&str; 2] = ["it is written as .csv", "ceci s’écrit en .csv"];

/// The files that are to hold an answer around a plan: tables, a map, a page, or the answer whole.
pub(crate) struct AnswerFiles {
    output: Output,
    forms: Vec<Form>,
    style: CsvStyle,
    crs: Crs,
}

/// What a file holds, by its suffix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Csv,
    /// One table by its name, as CSV.
    Table(&'static str),
    Workbook,
    GeoJson,
    GeoPackage,
    Page,
    Json,
}

/// An answer, what its files are made of, and what is said of it.
pub(crate) struct Told<'run, Document> {
    pub(crate) answer: Document,
    pub(crate) sheets: &'run dyn Fn(&Document) -> AnswerSheets,
    /// The summary in a language; files that were written are named in it.
    pub(crate) text: &'run dyn Fn(&Document, &[PathBuf], Language) -> String,
}

impl Form {
    fn of(file: &Path) -> Result<Self, Failure> {
        let suffix = file.extension().map(|suffix| suffix.to_string_lossy().to_lowercase()).unwrap_or_default();
        Ok(match suffix.as_str() {
            "csv" => Self::Csv,
            "xlsx" => Self::Workbook,
            "geojson" => Self::GeoJson,
            "gpkg" => Self::GeoPackage,
            "html" => Self::Page,
            "json" => Self::Json,
            _ => return Err(Failure::NotWritten { flag: "out", file: file.to_owned(), forms: FORMS }),
        })
    }
}

impl AnswerFiles {
    /// Checks, before any work, that the files of a question can be written over none of its inputs.
    pub(crate) fn of_question(file: &ScenarioFile, protected: &[PathBuf], global: &Global) -> Result<Self, Failure> {
        Self::with_tables(file, &[], protected, global)
    }

    /// Checks the files of a question, and those that hold one table each: by the flag that names the file, and the table.
    pub(crate) fn with_tables(
        file: &ScenarioFile,
        tables: &[(&'static str, &'static str, Option<&PathBuf>)],
        protected: &[PathBuf],
        global: &Global,
    ) -> Result<Self, Failure> {
        let mut paths = file.out.clone().unwrap_or_default();
        let mut forms = paths.iter().map(|path| Form::of(path)).collect::<Result<Vec<_>, _>>()?;
        for (flag, name, path) in tables.iter().filter_map(|&(flag, name, path)| Some((flag, name, path?))) {
            if Form::of(path).ok() != Some(Form::Csv) {
                return Err(Failure::NotWritten { flag, file: (*path).clone(), forms: TABLES });
            }
            forms.push(Form::Table(name));
            paths.push((*path).clone());
        }
        let output = Output::check(paths, protected, global.force)?;
        let (style, crs) = (file.csv_style.unwrap_or_default(), file.out_crs.unwrap_or_default());
        Ok(Self { output, forms, style, crs })
    }

    /// Checks that all communes and sites lie where the coordinate system of a `GeoPackage` may be used.
    pub(crate) fn check_crs(&self, territory: &Territory) -> Result<(), Failure> {
        if self.forms.contains(&Form::GeoPackage) { check_crs(self.crs, territory) } else { Ok(()) }
    }

    /// Writes an answer, and tells it.
    pub(crate) fn tell<Document: AnswerDocument>(
        self,
        told: Told<'_, Document>,
        started: Instant,
        console: &Console,
    ) -> Result<(), Failure> {
        let Told { mut answer, sheets, text } = told;
        let written = self.output.targets().to_vec();
        let made = LazyCell::new(|| sheets(&answer));
        let language = console.language;
        let content = |form: &Form| -> Result<Vec<u8>, Failure> {
            Ok(match form {
                Form::Csv => made.to_csv(self.style),
                Form::Table(name) => made.table_to_csv(name, self.style),
                Form::Workbook => made.to_workbook(language)?,
                Form::GeoJson => made.to_geojson()?,
                Form::GeoPackage => made.to_geopackage(self.crs, language)?,
                Form::Page => {
                    let told = [Language::English, Language::French].map(|one| text(&answer, &[], one));
                    AnswerPage { sheets: &made, told: &told, language }.to_html()
                }
                Form::Json => answer.to_json()?,
            })
        };
        let contents = self.forms.iter().map(content).collect::<Result<Vec<Vec<u8>>, Failure>>()?;
        interrupt::whole(|| self.output.write(&contents))?;
        if console.json {
            answer.set_seconds(seconds_since(started));
            Console::output(&answer.to_json()?)?;
        }
        console.closing(&text(&answer, &written, console.language))
    }
}
