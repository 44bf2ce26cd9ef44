use std::path::{Path, PathBuf};

/// Why a road file or a profile cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RoadError {
    /// The file cannot be read.
    #[error("{}: {source}", file.display())]
    Read {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The bytes are no OpenStreetMap extract, or a damaged one.
    #[error("{}byte {at}: {reason}", named(file))]
    Damaged {
        /// The file; empty where the bytes came from elsewhere.
        file: PathBuf,
        /// Where the part begins that cannot be read, in bytes from the start of the file.
        at: u64,
        /// What is wrong with it.
        reason: Damage,
    },
    /// The extract has no road that the profile can use.
    #[error("{}there is no road in it that the profile \"{profile}\" can use", named(file))]
    NoRoad {
        /// The file; empty where the bytes came from elsewhere.
        file: PathBuf,
        /// The profile's name.
        profile: String,
    },
    /// The extract has more road points than are counted.
    #[error("{}there are more than {most} road points in it", named(file))]
    TooLarge {
        /// The file; empty where the bytes came from elsewhere.
        file: PathBuf,
        /// The most there may be.
        most: u32,
    },
    /// The profile is not TOML of the form expected.
    #[error("{}{reason}", at_line(*line))]
    Profile {
        /// The line, from 1, where one is known.
        line: Option<u64>,
        /// What is wrong.
        reason: String,
    },
    /// The times do not make a reach.
    #[error(transparent)]
    Reach(#[from] maillage_core::ReachError),
}

impl RoadError {
    /// Says in which file the fault lies.
    pub(crate) fn in_file(mut self, name: &Path) -> Self {
        if let Self::Read { file, .. }
        | Self::Damaged { file, .. }
        | Self::NoRoad { file, .. }
        | Self::TooLarge { file, .. } = &mut self
        {
            name.clone_into(file);
        }
        self
    }
}

fn named(file: &Path) -> String {
    if file.as_os_str().is_empty() { String::new() } else { format!("{}: ", file.display()) }
}

fn at_line(line: Option<u64>) -> String {
    line.map(|line| format!("line {line}: ")).unwrap_or_default()
}

/// What is wrong with a part of an OpenStreetMap extract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Damage {
    /// The file ends inside a block.
    #[error("the file ends inside a block: it was cut off; download it again")]
    Truncated,
    /// The file does not begin like an extract.
    #[error("this is no OpenStreetMap extract (.osm.pbf)")]
    NotAnExtract,
    /// A block says that it is larger than the format allows.
    #[error("a block is larger than the 64 KiB of headers or the 32 MiB of contents that the format allows")]
    TooLarge,
    /// A block is compressed in a way that is not read.
    #[error("a block is compressed otherwise than with zlib: convert the file with \"osmium cat\"")]
    Compression,
    /// A block does not decompress to the size it states.
    #[error("a block does not decompress to the size it states: the file is damaged; download it again")]
    Inflate,
    /// The fields inside a block make no sense.
    #[error("a block holds what is no OpenStreetMap data: the file is damaged; download it again")]
    Fields,
    /// A block holds more elements, texts or road points than fit into the memory allowed.
    #[error("a block holds more than a million texts, groups or roads, or four million road points: no real one does")]
    TooMany,
    /// The file asks for a feature that is not known.
    #[error("it needs a feature of the format that is not known here, such as full history")]
    Feature,
}
