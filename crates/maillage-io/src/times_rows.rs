//! Travel times as tables that others read: a row for each pair in reach.

use std::sync::Arc;

use maillage_core::{Reach, Territory, TravelTime};
use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

/// Rows of a group of rows.
const GROUP: usize = 1 << 20;
const SCHEMA: &str =
    "message times { required binary place (STRING); required binary site (STRING); required double seconds; }";

/// What goes wrong when travel times are put into a table.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TimesRowsError {
    /// The writer of Parquet refuses the rows.
    #[error("travel times cannot be written as Parquet: {0}")]
    Parquet(#[from] ParquetError),
    /// The writer of CSV refuses the rows.
    #[error("travel times cannot be written as CSV: {0}")]
    Csv(#[from] csv::Error),
}

/// A pair in reach: position of the place and of the site in their territory, and the time.
type Row = (u32, u32, TravelTime);

fn rows<'a>(territory: &'a Territory, reach: &'a Reach) -> impl Iterator<Item = Row> + 'a {
    let sites = (0..).zip(territory.sites()).map(|(site, _)| site);
    sites.flat_map(|site| reach.communes_of(site).iter().map(move |&(place, time)| (place, site, time)))
}

fn place(territory: &Territory, row: &Row) -> String {
    territory.communes().get(row.0 as usize).map(|commune| commune.code.clone()).unwrap_or_default()
}

fn site(territory: &Territory, row: &Row) -> String {
    territory.sites().get(row.1 as usize).map(|site| site.id.clone()).unwrap_or_default()
}

/// Writes seconds, with a tenth where there is one.
fn seconds(time: TravelTime) -> String {
    let (whole, tenth) = (time.deciseconds() / 10, time.deciseconds() % 10);
    if tenth == 0 { whole.to_string() } else { format!("{whole}.{tenth}") }
}

/// Writes a line for each pair in reach, by site: `place,site,seconds`, from where people leave to the site.
///
/// `--times` reads it back to the tenth of a second.
///
/// # Errors
/// When a row cannot be written.
pub fn write_times_csv(territory: &Territory, reach: &Reach) -> Result<Vec<u8>, TimesRowsError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["place", "site", "seconds"])?;
    for row in rows(territory, reach) {
        writer.write_record([place(territory, &row), site(territory, &row), seconds(row.2)])?;
    }
    writer.into_inner().map_err(|error| TimesRowsError::Csv(error.into_error().into()))
}

/// Writes the same rows in Parquet: two columns of texts, one of doubles, compressed with zstd.
///
/// # Errors
/// When the writer refuses them.
pub fn write_times_parquet(territory: &Territory, reach: &Reach, version: &str) -> Result<Vec<u8>, TimesRowsError> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_created_by(format!("maillage {version}"))
        .build();
    let schema = Arc::new(parse_message_type(SCHEMA)?);
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties))?;
    let mut rows = rows(territory, reach);
    // Texts of a column are shared by all rows that name them.
    let texts = |names: Vec<String>| -> Vec<ByteArray> { names.iter().map(|name| name.as_str().into()).collect() };
    let places = texts(territory.communes().iter().map(|commune| commune.code.clone()).collect());
    let sites = texts(territory.sites().iter().map(|site| site.id.clone()).collect());
    loop {
        let group: Vec<Row> = rows.by_ref().take(GROUP).collect();
        if group.is_empty() {
            break;
        }
        let named = |names: &[ByteArray], number: u32| names.get(number as usize).cloned().unwrap_or_default();
        let columns = [
            group.iter().map(|row| named(&places, row.0)).collect::<Vec<_>>(),
            group.iter().map(|row| named(&sites, row.1)).collect(),
        ];
        let mut open = writer.next_row_group()?;
        for values in columns {
            if let Some(mut column) = open.next_column()? {
                column.typed::<ByteArrayType>().write_batch(&values, None, None)?;
                column.close()?;
            }
        }
        let times: Vec<f64> = group.iter().map(|row| f64::from(row.2.deciseconds()) / 10.0).collect();
        if let Some(mut column) = open.next_column()? {
            column.typed::<DoubleType>().write_batch(&times, None, None)?;
            column.close()?;
        }
        open.close()?;
    }
    Ok(writer.into_inner()?)
}
