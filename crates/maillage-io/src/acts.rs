use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use maillage_core::{SiteUse, Territory};

use crate::catalogue::{ACTS_ABSENT, ACTS_UNKNOWN, COLUMN_MISSING, ID_MISSING, ID_TWICE, NO_FEATURES, NOT_A_NUMBER};
use crate::columns::closest;
use crate::encoding::{decode, list};
use crate::escape::escape;
use crate::layer::Value;
use crate::source::Source;
use crate::table::each_row;
use crate::value::whole;
use crate::{Detail, Finding, Findings, InputFile, Role};

/// Where observed acts stand in their table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActsColumns {
    /// Column of the site's identifier.
    pub id: String,
    /// Column of the acts done.
    pub acts: String,
    /// Column of the acts that were planned, where there is one.
    pub planned: Option<String>,
}

/// The most acts of a site in a year: more is a mistake.
const MOST: u64 = 1_000_000_000;

/// Reads observed acts by site (CSV) for the open sites of a plan.
///
/// Returns nothing when `findings` has new errors: a site that is not open, one that comes twice, what is no whole
/// number. Open sites that do not come are remarked.
#[must_use]
pub fn read_acts(
    file: &Path,
    columns: &ActsColumns,
    (territory, open): (&Territory, &[u32]),
    findings: &mut Findings,
) -> Option<(Vec<SiteUse>, InputFile)> {
    let errors = findings.error_count();
    let source = Source::read(file, findings)?;
    let text = decode(&source, findings)?;
    let is_open: BTreeSet<u32> = open.iter().copied().collect();
    let wanted: Vec<&str> = [Some(&columns.id), Some(&columns.acts), columns.planned.as_ref()]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let mut problems = Findings::default();
    let mut unknown: Vec<(String, usize)> = Vec::new();
    let mut seen: BTreeMap<u32, usize> = BTreeMap::new();
    let mut uses = Vec::new();
    let mut rows = 0;
    let header = each_row(&source, text, &wanted, findings, |header, index, offset, row| {
        rows += 1;
        let cell = |name: &str| {
            let position = header.columns.iter().position(|column| column == name)?;
            row.get(position).map(str::trim)
        };
        let mut refuse = |finding: Finding| source.report(finding.at_byte(offset).in_feature(index), &mut problems);
        let (Some(id), Some(acts)) = (cell(&columns.id), cell(&columns.acts)) else { return };
        if id.is_empty() {
            return refuse(Finding::new(&ID_MISSING).in_field(&columns.id));
        }
        let number = |name: &str, text: &str| match whole(&Value::Field(text.into()), header.style(), MOST) {
            Ok(number) => Ok(number),
            Err(_) => Err(Box::new(
                Finding::new(&NOT_A_NUMBER)
                    .named(id, "")
                    .in_field(name)
                    .with_value(text)
                    .with("expected", ("a whole number of acts", "un nombre entier d’actes"))
                    .with("example", "120"),
            )),
        };
        let planned = columns.planned.as_deref().and_then(|name| Some((name, cell(name)?)));
        let (acts, planned) = match (number(&columns.acts, acts), planned.map(|(name, text)| number(name, text))) {
            (Err(finding), _) | (_, Some(Err(finding))) => return refuse(*finding),
            (Ok(acts), None) => (acts, None),
            (Ok(acts), Some(Ok(planned))) => (acts, planned),
        };
        let Some(site) = territory.site_position(id).filter(|site| is_open.contains(site)) else {
            unknown.push((id.to_owned(), offset));
            return;
        };
        if let Some(first) = seen.insert(site, offset) {
            let (line, _) = source.line_and_column(first);
            let other = Detail::Texts(format!("line {line}"), format!("la ligne {line}"));
            return refuse(Finding::new(&ID_TWICE).with_value(id).with("other", other));
        }
        // Nothing written is nothing observed, but of a site that is open, and once.
        uses.extend(acts.map(|acts| SiteUse { site, acts, planned }));
    })?;
    findings.append(problems);
    for name in wanted.iter().filter(|name| !header.columns.iter().any(|column| column == *name)) {
        let finding = Finding::new(&COLUMN_MISSING).with("column", escape(name));
        let flag = if *name == columns.id {
            "--acts-id-field"
        } else if *name == columns.acts {
            "--acts-field"
        } else {
            "--planned-field"
        };
        source.report(finding.with("closest", closest(name, &header.columns)).with("flag", flag), findings);
    }
    if rows == 0 {
        source.report(Finding::new(&NO_FEATURES), findings);
    }
    if let Some((_, offset)) = unknown.first() {
        let examples: Vec<&String> = unknown.iter().map(|(id, _)| id).take(10).collect();
        let finding = Finding::new(&ACTS_UNKNOWN).at_byte(*offset).with("count", unknown.len());
        source.report(finding.with("examples", list(&examples)), findings);
    }
    let absent: Vec<&str> = open
        .iter()
        .filter(|site| !uses.iter().any(|one| one.site == **site))
        .filter_map(|site| territory.sites().get(*site as usize))
        .map(|site| site.id.as_str())
        .collect();
    if !absent.is_empty() && findings.error_count() == errors {
        let shown: Vec<&&str> = absent.iter().take(10).collect();
        let finding = Finding::new(&ACTS_ABSENT).with("count", absent.len()).with("examples", list(&shown));
        source.report(finding, findings);
    }
    uses.sort_unstable_by_key(|one| one.site);
    let file = source.input_file(Role::Acts, rows);
    (findings.error_count() == errors).then_some((uses, file))
}
