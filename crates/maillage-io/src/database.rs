use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, MAIN_DB};
use sha2::{Digest, Sha256};

/// How a file of `SQLite` starts, a `GeoPackage` among them.
const MARK: &[u8] = b"SQLite format 3\0";
/// The length of the header of such a file, in bytes.
const HEADER: usize = 100;
/// Where the header says which versions of the format may write and read it: 2 where changes go to a log beside it.
const VERSIONS: std::ops::Range<usize> = 18..20;

/// Returns whether bytes are those of a `SQLite` file.
pub(crate) fn is_database(bytes: &[u8]) -> bool {
    bytes.starts_with(MARK)
}

/// Returns whether a regular file is one of `SQLite`; what cannot be read is left to those who read it.
pub(crate) fn is_database_file(file: &Path) -> bool {
    let mut start = [0; MARK.len()];
    let is_file = std::fs::metadata(file).is_ok_and(|found| found.is_file());
    is_file && File::open(file).and_then(|mut opened| opened.read_exact(&mut start)).is_ok() && is_database(&start)
}

/// Returns the file beside a database that holds changes which are not in it yet, where there is one.
pub(crate) fn pending_changes(file: &Path) -> Option<PathBuf> {
    ["-wal", "-journal"].into_iter().find_map(|ending| {
        let mut name = file.file_name()?.to_owned();
        name.push(ending);
        let beside = file.with_file_name(name);
        std::fs::metadata(&beside).is_ok_and(|found| found.len() > 0).then_some(beside)
    })
}

/// Why a database cannot be opened.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DatabaseError {
    #[error(transparent)]
    Reading(#[from] io::Error),
    #[error(transparent)]
    Database(#[from] rusqlite::Error),
}

impl DatabaseError {
    /// Returns the error of bytes in memory, which are always read.
    pub(crate) fn of_bytes(self) -> rusqlite::Error {
        match self {
            Self::Reading(error) => rusqlite::Error::ToSqlConversionFailure(Box::new(error)),
            Self::Database(error) => error,
        }
    }
}

/// Reads a database of so many bytes into memory, where nothing can change it, and returns it with its SHA-256.
///
/// The bytes go straight into the database, so that they are held once.
pub(crate) fn open_database(mut bytes: impl Read, length: usize) -> Result<(Connection, [u8; 32]), DatabaseError> {
    let mut header = vec![0; HEADER.min(length)];
    bytes.read_exact(&mut header)?;
    check_length(&header, length)?;
    let mut hash = Sha256::new();
    hash.update(&header);
    // Map programs leave the mark of write-ahead logging behind; without a log beside it the file is whole.
    if let Some(versions) = header.get_mut(VERSIONS)
        && versions == [2, 2]
    {
        versions.fill(1);
    }
    let mut rest = Hashing { bytes, hash, failed: None };
    let mut database = Connection::open_in_memory()?;
    let read = database.deserialize_read_exact(MAIN_DB, header.as_slice().chain(&mut rest), length, true);
    if let Some(error) = rest.failed.take() {
        return Err(error.into());
    }
    read?;
    // Nothing that the file itself brings may run with more rights than reading; damaged pages are not believed.
    database.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")?;
    Ok((database, rest.hash.finalize().into()))
}

/// Checks that a database has whole pages: of one that lost its end, `SQLite` reads what is missing as zeros.
fn check_length(header: &[u8], length: usize) -> rusqlite::Result<()> {
    // Two bytes for the size of a page, most first; 65,536 does not fit and is written as 1.
    let page = match header.get(16..18) {
        Some(&[0, 1]) => 65_536,
        Some(&[most, least]) => usize::from(u16::from_be_bytes([most, least])),
        _ => 0,
    };
    if page >= 512 && length.is_multiple_of(page) {
        return Ok(());
    }
    let kind = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT);
    Err(rusqlite::Error::SqliteFailure(kind, Some("the file is cut short".to_owned())))
}

/// Bytes that are hashed on their way.
struct Hashing<R> {
    bytes: R,
    hash: Sha256,
    failed: Option<io::Error>,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, part: &mut [u8]) -> io::Result<usize> {
        match self.bytes.read(part) {
            Ok(count) => {
                self.hash.update(part.get(..count).unwrap_or_default());
                Ok(count)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error) => {
                let kind = error.kind();
                self.failed = Some(error);
                Err(kind.into())
            }
        }
    }
}
