use std::fs::File;
use std::io::{BufReader, ErrorKind, Read};
use std::path::Path;

use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::catalogue::{
    COMPRESSED_DAMAGED, FILE_CHANGED, FILE_IS_FOLDER, FILE_NOT_FOUND, FILE_PERMISSION, FILE_TOO_LARGE, LAYER_ELSEWHERE,
    PACKAGE_IN_USE, READING_FAILED,
};
use crate::database::{DatabaseError, is_database, is_database_file, open_database, pending_changes};
use crate::feature_table::{FeatureTable, damaged};
use crate::{Finding, Findings, InputFile, Role};

/// The largest file that is read, in bytes.
const LARGEST_FILE: u64 = 4 << 30;
/// The most that is read of what is not a regular file (a device, a pipe), in bytes.
const LARGEST_STREAM: u64 = 256 << 20;

/// The bytes of an input, and what is needed to speak of it.
#[derive(Debug)]
pub(crate) struct Source {
    /// Base name.
    pub(crate) name: String,
    /// The bytes, unpacked when the file is compressed.
    pub(crate) bytes: Vec<u8>,
    /// The layer that is read of a GeoPackage, which has no bytes here: they are held once, by its database.
    pub(crate) table: Option<FeatureTable>,
    sha256: String,
}

impl Source {
    /// Reads a whole file and its SHA-256; a file named `….gz` is unpacked.
    pub(crate) fn read(file: &Path, findings: &mut Findings) -> Option<Self> {
        Self::read_up_to(file, LARGEST_FILE, LARGEST_STREAM, findings)
    }

    /// Reads a file of communes or sites: of a GeoPackage the layer of that name, or the only one.
    ///
    /// `flag` is the one that names the layer.
    pub(crate) fn read_map(
        file: &Path,
        layer: Option<&str>,
        flag: &'static str,
        findings: &mut Findings,
    ) -> Option<Self> {
        let read = if is_database_file(file) {
            read_database(file, LARGEST_FILE)
        } else {
            let source = Self::read(file, findings)?;
            if is_database(&source.bytes) {
                let length = source.bytes.len();
                let opened = open_database(source.bytes.as_slice(), length).map_err(|error| unopened(&error));
                opened.map(|(database, _)| (database, source.sha256))
            } else if let Some(layer) = layer {
                source.report(Finding::new(&LAYER_ELSEWHERE).with_value(layer).with("flag", flag), findings);
                return None;
            } else {
                return Some(source);
            }
        };
        let name = base_name(file);
        let chosen = read.and_then(|(database, sha256)| Ok((FeatureTable::choose(database, layer, flag)?, sha256)));
        match chosen {
            Ok((table, sha256)) => Some(Self { name, bytes: Vec::new(), table: Some(table), sha256 }),
            Err(finding) => {
                findings.push(finding.in_file(&name));
                None
            }
        }
    }

    fn read_up_to(file: &Path, largest_file: u64, largest_stream: u64, findings: &mut Findings) -> Option<Self> {
        let name = base_name(file);
        let failure = match read_bytes(file, largest_file, largest_stream) {
            Ok((bytes, sha256)) => {
                let packed = name.to_ascii_lowercase().ends_with(".gz") && bytes.starts_with(&[0x1f, 0x8b]);
                if !packed {
                    return Some(Self { name, bytes, table: None, sha256 });
                }
                match unpack(&bytes, largest_file) {
                    Ok(bytes) => return Some(Self { name, bytes, table: None, sha256 }),
                    Err(failure) => failure,
                }
            }
            Err(failure) => failure,
        };
        findings.push(failure.in_file(&name));
        None
    }

    /// Takes bytes as if they had been read from a file of that name.
    #[cfg(test)]
    pub(crate) fn from_bytes(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        Self { name: name.to_owned(), sha256: hexadecimal(&Sha256::digest(&bytes)), table: None, bytes }
    }

    /// Returns the record of what was read.
    pub(crate) fn input_file(&self, role: Role, features: u64) -> InputFile {
        InputFile { role, file: self.name.clone(), sha256: self.sha256.clone(), features }
    }

    /// Adds a finding about this file; its byte becomes line and column when it is kept.
    pub(crate) fn report(&self, finding: Finding, findings: &mut Findings) {
        findings.push_located(finding, |finding| {
            let finding = finding.in_file(&self.name);
            if let Some(table) = &self.table {
                return finding.in_layer(&table.name);
            }
            match finding.offset {
                Some(offset) => {
                    let (line, column) = self.line_and_column(offset);
                    finding.at(line, column)
                }
                None => finding,
            }
        });
    }

    /// Returns line and column (in characters) of a byte, both from 1; lines end with LF, CR LF or CR.
    pub(crate) fn line_and_column(&self, offset: usize) -> (u64, u64) {
        let before = self.bytes.get(..offset.min(self.bytes.len())).unwrap_or_default();
        let feeds = count_of(before, b'\n');
        let seen = self.bytes.get(..(before.len() + 1).min(self.bytes.len())).unwrap_or_default();
        let returns = seen.windows(2).filter(|pair| matches!(pair, [b'\r', after] if *after != b'\n')).count();
        let start = before.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map_or(0, |end| end + 1);
        let characters = before.get(start..).unwrap_or_default().iter().filter(|byte| (**byte & 0xc0) != 0x80).count();
        ((feeds + returns + 1) as u64, (characters + 1) as u64)
    }
}

/// Counts a byte.
#[expect(clippy::naive_bytecount, reason = "the compiler makes vectors of it; not worth a dependency")]
pub(crate) fn count_of(bytes: &[u8], wanted: u8) -> usize {
    bytes.iter().filter(|byte| **byte == wanted).count()
}

/// Reads a database into memory, with the SHA-256 of the file.
fn read_database(file: &Path, largest: u64) -> Result<(Connection, String), Box<Finding>> {
    if let Some(beside) = pending_changes(file) {
        return Err(Box::new(Finding::new(&PACKAGE_IN_USE).with_value(&base_name(&beside))));
    }
    let opened = File::open(file).map_err(|error| failure(&error))?;
    let before = opened.metadata().map_err(|error| failure(&error))?;
    let too_large = || Box::new(Finding::new(&FILE_TOO_LARGE).with("limit", largest));
    if before.len() > largest {
        return Err(too_large());
    }
    let length = usize::try_from(before.len()).map_err(|_| too_large())?;
    let mut opened = BufReader::with_capacity(1 << 18, opened);
    let (database, hash) = open_database(&mut opened, length).map_err(|error| unopened(&error))?;
    let after = opened.get_ref().metadata().map_err(|error| failure(&error))?;
    if after.len() != before.len() || after.modified().ok() != before.modified().ok() {
        return Err(Box::new(Finding::new(&FILE_CHANGED)));
    }
    Ok((database, hexadecimal(&hash)))
}

fn unopened(error: &DatabaseError) -> Box<Finding> {
    match error {
        DatabaseError::Reading(error) => failure(error),
        DatabaseError::Database(error) => damaged(error),
    }
}

fn read_bytes(file: &Path, largest_file: u64, largest_stream: u64) -> Result<(Vec<u8>, String), Box<Finding>> {
    let mut opened = File::open(file).map_err(|error| failure(&error))?;
    let before = opened.metadata().map_err(|error| failure(&error))?;
    if before.is_dir() {
        return Err(Box::new(Finding::new(&FILE_IS_FOLDER)));
    }
    let limit = if before.is_file() { largest_file } else { largest_stream };
    let too_large = || Box::new(Finding::new(&FILE_TOO_LARGE).with("limit", limit));
    if before.len() > limit {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    let expected = usize::try_from(before.len()).map_err(|_| too_large())?;
    bytes.try_reserve_exact(expected).map_err(|_| too_large())?;
    let mut hash = Sha256::new();
    let mut part = vec![0; 1 << 18];
    loop {
        let count = match opened.read(&mut part) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(failure(&error)),
        };
        if (bytes.len() + count) as u64 > limit {
            return Err(too_large());
        }
        let read = part.get(..count).unwrap_or_default();
        hash.update(read);
        bytes.extend_from_slice(read);
    }
    if before.is_file() {
        let after = opened.metadata().map_err(|error| failure(&error))?;
        if after.len() != bytes.len() as u64 || after.modified().ok() != before.modified().ok() {
            return Err(Box::new(Finding::new(&FILE_CHANGED)));
        }
    }
    Ok((bytes, hexadecimal(&hash.finalize())))
}

pub(crate) fn failure(error: &std::io::Error) -> Box<Finding> {
    Box::new(match error.kind() {
        ErrorKind::NotFound => Finding::new(&FILE_NOT_FOUND),
        ErrorKind::IsADirectory => Finding::new(&FILE_IS_FOLDER),
        ErrorKind::PermissionDenied => Finding::new(&FILE_PERMISSION),
        _ => Finding::new(&READING_FAILED).with("reason", error.to_string()),
    })
}

/// Unpacks gzip data, all members of them.
fn unpack(bytes: &[u8], limit: u64) -> Result<Vec<u8>, Box<Finding>> {
    let mut unpacked = Vec::with_capacity(bytes.len().saturating_mul(3));
    match flate2::read::MultiGzDecoder::new(bytes).take(limit + 1).read_to_end(&mut unpacked) {
        Ok(_) if unpacked.len() as u64 > limit => Err(Box::new(Finding::new(&FILE_TOO_LARGE).with("limit", limit))),
        Ok(_) => Ok(unpacked),
        Err(error) => Err(Box::new(Finding::new(&COMPRESSED_DAMAGED).with("reason", error.to_string()))),
    }
}

pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Returns the last part of a path, or the path itself where it has none.
pub(crate) fn base_name(file: &Path) -> String {
    file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn the_hash_is_that_of_the_bytes_on_disk() {
        let mut file = tempfile::Builder::new().suffix(".csv.gz").tempfile().unwrap();
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packed.write_all(b"code,population\n").unwrap();
        let packed = packed.finish().unwrap();
        file.write_all(&packed).unwrap();
        let mut findings = Findings::default();
        let source = Source::read(file.path(), &mut findings).unwrap();
        assert_eq!(source.bytes, b"code,population\n");
        assert_eq!(source.sha256, hexadecimal(&Sha256::digest(&packed)));
        // NIST's published value for "abc".
        assert_eq!(
            hexadecimal(&Sha256::digest(b"abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn missing_files_and_folders_fail_to_read() {
        let folder = tempfile::tempdir().unwrap();
        for (path, code) in [(folder.path().join("none.geojson"), "E101"), (folder.path().to_owned(), "E102")] {
            let mut findings = Findings::default();
            assert!(Source::read(&path, &mut findings).is_none());
            assert_eq!((findings.iter().next().unwrap().code, findings.exit_code()), (code, 7));
        }
    }

    #[test]
    fn a_file_over_the_limit_is_refused_with_the_limit() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(&[b'x'; 100]).unwrap();
        let mut findings = Findings::default();
        assert!(Source::read_up_to(file.path(), 99, 99, &mut findings).is_none());
        assert_eq!(findings.exit_code(), 8);
        assert!(findings.to_text(crate::Language::English).contains("limit of 99 bytes"));
        assert!(Source::read_up_to(file.path(), 100, 99, &mut Findings::default()).is_some());
    }

    #[cfg(unix)]
    #[test]
    fn an_endless_device_stops_at_the_limit() {
        let mut findings = Findings::default();
        assert!(Source::read_up_to(Path::new("/dev/zero"), 1 << 30, 1 << 20, &mut findings).is_none());
        assert_eq!(findings.exit_code(), 8);
    }

    #[test]
    fn lines_end_in_three_ways_and_columns_count_characters() {
        let source = Source::from_bytes("a", "é1\r\nb\rcd\nxyz");
        assert_eq!(source.line_and_column(3), (1, 3));
        assert_eq!(source.line_and_column(5), (2, 1));
        assert_eq!(source.line_and_column(7), (3, 1));
        assert_eq!(source.line_and_column(12), (4, 3));
    }
}
