use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::source::{base_name, hexadecimal};

/// What a file is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Communes.
    Communes,
    /// Candidate sites.
    Candidates,
    /// Existing sites.
    Existing,
    /// A table joined to the communes.
    Join,
    /// Travel times.
    Times,
    /// The identifiers of the origins of a matrix of travel times.
    TimesOrigins,
    /// The identifiers of its destinations.
    TimesDestinations,
    /// A population grid.
    Grid,
    /// Travel times made before.
    Reach,
    /// Acts observed at sites.
    Acts,
    /// Roads.
    Roads,
    /// How people travel on the roads.
    Profile,
}

/// A file that was read: enough to recognise it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputFile {
    /// What it was read for.
    pub role: Role,
    /// Its base name, never a path.
    pub file: String,
    /// SHA-256 of its bytes, as 64 hexadecimal digits.
    pub sha256: String,
    /// Features or rows read.
    pub features: u64,
}

impl InputFile {
    /// Returns the record of a file that was read elsewhere.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn of(path: &Path, role: Role, features: u64) -> io::Result<Self> {
        Ok(Self { role, file: base_name(path), sha256: Self::sha256_of(path)?, features })
    }

    /// Returns the SHA-256 of some bytes, as 64 hexadecimal digits.
    #[must_use]
    pub fn sha256_of_bytes(bytes: &[u8]) -> String {
        hexadecimal(&Sha256::digest(bytes))
    }

    /// Returns the SHA-256 of a file's bytes, as 64 hexadecimal digits.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn sha256_of(path: &Path) -> io::Result<String> {
        let mut digest = Sha256::new();
        let mut reader = BufReader::with_capacity(1 << 16, File::open(path)?);
        loop {
            let bytes = reader.fill_buf()?;
            if bytes.is_empty() {
                break;
            }
            digest.update(bytes);
            let read = bytes.len();
            reader.consume(read);
        }
        Ok(hexadecimal(&digest.finalize()))
    }
}
