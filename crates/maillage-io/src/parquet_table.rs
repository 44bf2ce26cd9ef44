//! Columns of a Parquet file, read a batch of rows at a time.

use std::cell::Cell;
use std::thread;

use bytes::Bytes;
use parquet::basic::{ConvertedType, LogicalType, Type};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{AsBytes, ByteArray, ByteArrayType, DataType, DoubleType, FloatType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, RowGroupReader};
use parquet::file::serialized_reader::SerializedFileReader;
use parquet::schema::types::ColumnDescriptor;

use crate::Finding;
use crate::catalogue::{PARQUET_COLUMN, PARQUET_DAMAGED};
use crate::parquet_frame::{Flaw, check_footer, check_pages};

/// Rows that are decoded together.
const BATCH: usize = 8192;
/// The most rows of a table: more than 65,000 places times 65,000 sites.
const MOST_ROWS: u64 = u32::MAX as u64;
/// Room for the reader, which follows nested columns by calling itself.
const STACK: usize = 64 << 20;

/// A value of a table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ParquetValue {
    Text(String),
    Whole(i128),
    Number(f64),
}

/// What goes wrong with a file: something to tell.
pub(crate) type Refusal = Box<Finding>;

thread_local! {
    static READS: Cell<bool> = const { Cell::new(false) };
}

/// Returns whether this thread reads a Parquet file, whose reader may panic where the file is damaged: that is then told
/// as what it is, so a panic hook should keep silent.
#[must_use]
pub fn reads_parquet() -> bool {
    READS.get()
}

/// Opens a file and calls a function with it; where the reader panics, the file is damaged.
pub(crate) fn with_table<T: Send>(
    bytes: Bytes,
    read: impl FnOnce(&ParquetTable) -> Result<T, Refusal> + Send,
) -> Result<T, Refusal> {
    const PANIC: Flaw = ("its pages make no sense", "ses pages n’ont pas de sens");
    let opened = move || {
        READS.set(true);
        read(&ParquetTable::open(bytes)?)
    };
    thread::scope(|scope| {
        let reader = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, opened);
        let reader = reader.map_err(|error| damaged(&error.to_string()))?;
        reader.join().unwrap_or_else(|_| Err(flawed(PANIC)))
    })
}

fn damaged(reason: &str) -> Refusal {
    Box::new(Finding::new(&PARQUET_DAMAGED).with("reason", reason.to_owned()))
}

fn flawed(reason: Flaw) -> Refusal {
    Box::new(Finding::new(&PARQUET_DAMAGED).with("reason", reason))
}

fn unread(error: ParquetError) -> Refusal {
    match error {
        ParquetError::General(text) | ParquetError::NYI(text) | ParquetError::EOF(text) => damaged(&text),
        other => damaged(&other.to_string()),
    }
}

/// An open Parquet file.
pub(crate) struct ParquetTable {
    bytes: Bytes,
    reader: SerializedFileReader<Bytes>,
    /// The names of its columns; nested ones have a dot.
    pub(crate) columns: Vec<String>,
}

impl ParquetTable {
    fn open(bytes: Bytes) -> Result<Self, Refusal> {
        check_footer(&bytes).map_err(flawed)?;
        let reader = SerializedFileReader::new(bytes.clone()).map_err(unread)?;
        let columns = reader.metadata().file_metadata().schema_descr().columns();
        let columns = columns.iter().map(|column| column.path().string()).collect();
        Ok(Self { bytes, reader, columns })
    }

    /// Returns how many rows it claims.
    pub(crate) fn rows(&self) -> u64 {
        let groups = self.reader.metadata().row_groups().iter();
        groups.map(|group| u64::try_from(group.num_rows()).unwrap_or(u64::MAX)).fold(0, u64::saturating_add)
    }

    /// Calls a function with the number of each row, from 1, and its values of three columns, until it says to stop.
    pub(crate) fn each_row(
        &self,
        columns: [usize; 3],
        mut at_row: impl FnMut(usize, [Option<ParquetValue>; 3]) -> bool,
    ) -> Result<(), Refusal> {
        const TOO_MANY: Flaw = ("it claims more than 4 billion rows", "il annonce plus de 4 milliards de lignes");
        if self.rows() > MOST_ROWS {
            return Err(flawed(TOO_MANY));
        }
        let mut row = 0;
        for number in 0..self.reader.num_row_groups() {
            let group = self.reader.get_row_group(number).map_err(unread)?;
            let mut open = Vec::new();
            for column in columns {
                let chunk = group.metadata().column(column);
                let (start, length) = chunk.byte_range();
                check_pages(&self.bytes, start..start.saturating_add(length)).map_err(flawed)?;
                open.push(Column::open(group.as_ref(), column)?);
            }
            let [first, second, third] = open.as_mut_slice() else { continue };
            let mut left = usize::try_from(group.metadata().num_rows()).unwrap_or_default();
            while left > 0 {
                let count = left.min(BATCH);
                let batch = (first.read(count)?, second.read(count)?, third.read(count)?);
                for ((one, two), three) in batch.0.into_iter().zip(batch.1).zip(batch.2) {
                    row += 1;
                    if !at_row(row, [one, two, three]) {
                        return Ok(());
                    }
                }
                left -= count;
            }
        }
        Ok(())
    }
}

/// A column of a group of rows.
struct Column {
    values: Values,
    is_unsigned: bool,
}

enum Values {
    Text(ColumnReaderImpl<ByteArrayType>),
    Small(ColumnReaderImpl<Int32Type>),
    Large(ColumnReaderImpl<Int64Type>),
    Single(ColumnReaderImpl<FloatType>),
    Double(ColumnReaderImpl<DoubleType>),
}

impl Column {
    fn open(group: &dyn RowGroupReader, number: usize) -> Result<Self, Refusal> {
        let descriptor = group.metadata().column(number).column_descr();
        check_kind(descriptor)?;
        let values = match group.get_column_reader(number).map_err(unread)? {
            ColumnReader::ByteArrayColumnReader(reader) => Values::Text(reader),
            ColumnReader::Int32ColumnReader(reader) => Values::Small(reader),
            ColumnReader::Int64ColumnReader(reader) => Values::Large(reader),
            ColumnReader::FloatColumnReader(reader) => Values::Single(reader),
            ColumnReader::DoubleColumnReader(reader) => Values::Double(reader),
            _ => return Err(other_kind(descriptor)),
        };
        let is_unsigned = matches!(descriptor.logical_type_ref(), Some(LogicalType::Integer(kind)) if !kind.is_signed)
            || matches!(descriptor.converted_type(), ConvertedType::UINT_32 | ConvertedType::UINT_64);
        Ok(Self { values, is_unsigned })
    }

    fn read(&mut self, count: usize) -> Result<Vec<Option<ParquetValue>>, Refusal> {
        const NOT_UTF_8: Flaw = ("a text in it is no UTF-8", "un texte n’y est pas en UTF-8");
        let is_unsigned = self.is_unsigned;
        match &mut self.values {
            Values::Text(reader) => batch(reader, count, |text: ByteArray| {
                let text = std::str::from_utf8(text.as_bytes()).map_err(|_| flawed(NOT_UTF_8))?;
                Ok(ParquetValue::Text(text.to_owned()))
            }),
            Values::Small(reader) => batch(reader, count, |number: i32| {
                let whole = if is_unsigned { i128::from(number.cast_unsigned()) } else { i128::from(number) };
                Ok(ParquetValue::Whole(whole))
            }),
            Values::Large(reader) => batch(reader, count, |number: i64| {
                let whole = if is_unsigned { i128::from(number.cast_unsigned()) } else { i128::from(number) };
                Ok(ParquetValue::Whole(whole))
            }),
            Values::Single(reader) => {
                // The decimal that a single stands for, not the binary digits behind it.
                batch(reader, count, |number: f32| {
                    Ok(ParquetValue::Number(number.to_string().parse().unwrap_or(f64::NAN)))
                })
            }
            Values::Double(reader) => batch(reader, count, |number: f64| Ok(ParquetValue::Number(number))),
        }
    }
}

fn batch<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    count: usize,
    value: impl Fn(T::T) -> Result<ParquetValue, Refusal>,
) -> Result<Vec<Option<ParquetValue>>, Refusal> {
    const SHORT: Flaw = ("a column ends before the others", "une colonne finit avant les autres");
    let (mut values, mut levels) = (Vec::new(), Vec::new());
    let (rows, _, _) = reader.read_records(count, Some(&mut levels), None, &mut values).map_err(unread)?;
    if rows != count {
        return Err(flawed(SHORT));
    }
    let mut values = values.into_iter();
    let mut next = || values.next().map(&value).transpose();
    if levels.is_empty() {
        return (0..count).map(|_| next()).collect();
    }
    levels.into_iter().map(|level| if level > 0 { next() } else { Ok(None) }).collect()
}

/// Refuses what is no plain column of texts or numbers: lists, decimals, dates.
fn check_kind(column: &ColumnDescriptor) -> Result<(), Refusal> {
    let is_flat = column.max_rep_level() == 0 && column.max_def_level() <= 1;
    let is_plain = match column.logical_type_ref() {
        Some(LogicalType::Integer(_) | LogicalType::String | LogicalType::Enum | LogicalType::Json) => true,
        Some(_) => false,
        None => matches!(
            column.converted_type(),
            ConvertedType::NONE
                | ConvertedType::UTF8
                | ConvertedType::ENUM
                | ConvertedType::JSON
                | ConvertedType::UINT_8
                | ConvertedType::UINT_16
                | ConvertedType::UINT_32
                | ConvertedType::UINT_64
                | ConvertedType::INT_8
                | ConvertedType::INT_16
                | ConvertedType::INT_32
                | ConvertedType::INT_64
        ),
    };
    let is_read =
        matches!(column.physical_type(), Type::BYTE_ARRAY | Type::INT32 | Type::INT64 | Type::FLOAT | Type::DOUBLE);
    if is_flat && is_plain && is_read { Ok(()) } else { Err(other_kind(column)) }
}

fn other_kind(column: &ColumnDescriptor) -> Refusal {
    let kind = match (column.logical_type_ref(), column.converted_type()) {
        _ if column.max_rep_level() > 0 || column.max_def_level() > 1 => "LIST".to_owned(),
        (Some(LogicalType::Decimal(_)), _) => "DECIMAL".to_owned(),
        (None, ConvertedType::NONE) => column.physical_type().to_string(),
        (None, converted) => converted.to_string(),
        (Some(logical), _) => {
            let words = format!("{logical:?}");
            words.split(['(', ' ']).next().unwrap_or_default().to_uppercase()
        }
    };
    Box::new(Finding::new(&PARQUET_COLUMN).in_field(&column.path().string()).with_value(&kind))
}
