use std::sync::Arc;

use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, FloatType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;

/// The values of a column.
pub(super) enum Values {
    Texts(Vec<&'static str>),
    Wholes(Vec<i32>),
    Longs(Vec<i64>),
    Singles(Vec<f32>),
    Doubles(Vec<f64>),
}

fn put(column: &mut SerializedColumnWriter<'_>, values: &Values, levels: Option<&[i16]>) {
    let written = match values {
        Values::Texts(texts) => {
            let texts: Vec<ByteArray> = texts.iter().map(|text| ByteArray::from(*text)).collect();
            column.typed::<ByteArrayType>().write_batch(&texts, levels, None)
        }
        Values::Wholes(numbers) => column.typed::<Int32Type>().write_batch(numbers, levels, None),
        Values::Longs(numbers) => column.typed::<Int64Type>().write_batch(numbers, levels, None),
        Values::Singles(numbers) => column.typed::<FloatType>().write_batch(numbers, levels, None),
        Values::Doubles(numbers) => column.typed::<DoubleType>().write_batch(numbers, levels, None),
    };
    written.unwrap();
}

/// Writes groups of the same columns; the last column is the one that may have levels.
pub(super) fn file(
    schema: &str,
    groups: &[[Values; 3]],
    levels: Option<&[i16]>,
    properties: WriterProperties,
) -> Vec<u8> {
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).unwrap();
    for columns in groups {
        let mut group = writer.next_row_group().unwrap();
        for (number, values) in columns.iter().enumerate() {
            let mut column = group.next_column().unwrap().unwrap();
            put(&mut column, values, levels.filter(|_| number == 2));
            column.close().unwrap();
        }
        group.close().unwrap();
    }
    writer.into_inner().unwrap()
}
