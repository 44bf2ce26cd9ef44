use std::io::{self, Read};
use std::path::PathBuf;

use flate2::read::ZlibDecoder;

use crate::wire::{Message, Value};
use crate::{Damage, RoadError};

/// The most bytes of the header of a block.
const MOST_HEADER: u32 = 64 * 1024;
/// The most bytes of a block, compressed or not.
const MOST_CONTENTS: usize = 32 * 1024 * 1024;

/// A block of an extract, as it stands in the file.
#[derive(Debug)]
pub(crate) struct Blob {
    /// Where it begins in the file.
    pub(crate) at: u64,
    pub(crate) kind: Kind,
    bytes: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Header,
    Data,
    /// Kinds that later versions of the format may bring: passed over, as it asks.
    Other,
}

/// Blocks of an extract, one after the other.
pub(crate) struct Blobs<R> {
    source: R,
    at: u64,
}

impl<R: Read> Blobs<R> {
    pub(crate) const fn new(source: R) -> Self {
        Self { source, at: 0 }
    }

    /// Reads the next block, or none at the end of the file.
    pub(crate) fn next_blob(&mut self) -> Result<Option<Blob>, RoadError> {
        let at = self.at;
        let damaged = |reason| RoadError::Damaged { file: PathBuf::new(), at, reason };
        let mut length = [0; 4];
        match self.fill(&mut length)? {
            0 => return if at == 0 { Err(damaged(Damage::NotAnExtract)) } else { Ok(None) },
            4 => {}
            _ => return Err(damaged(if at == 0 { Damage::NotAnExtract } else { Damage::Truncated })),
        }
        let length = u32::from_be_bytes(length);
        if length > MOST_HEADER || length == 0 {
            return Err(damaged(if at == 0 { Damage::NotAnExtract } else { Damage::TooLarge }));
        }
        let header = self.take(length as usize)?.ok_or_else(|| damaged(Damage::Truncated))?;
        let (kind, size) =
            header_of(&header).map_err(|reason| damaged(if at == 0 { Damage::NotAnExtract } else { reason }))?;
        if at == 0 && kind != Kind::Header {
            return Err(damaged(Damage::NotAnExtract));
        }
        let bytes = self.take(size)?.ok_or_else(|| damaged(Damage::Truncated))?;
        Ok(Some(Blob { at, kind, bytes }))
    }

    /// Reads up to some blocks.
    pub(crate) fn batch(&mut self, most: usize) -> Result<Vec<Blob>, RoadError> {
        let mut batch = Vec::with_capacity(most);
        while batch.len() < most
            && let Some(blob) = self.next_blob()?
        {
            batch.push(blob);
        }
        Ok(batch)
    }

    /// Reads some bytes; nothing where there are fewer.
    fn take(&mut self, length: usize) -> Result<Option<Vec<u8>>, RoadError> {
        let mut bytes = Vec::new();
        // No memory is taken on the word of a damaged file: it grows with what is there.
        let read = self.source.by_ref().take(length as u64).read_to_end(&mut bytes).map_err(unread)?;
        self.at += read as u64;
        Ok((read == length).then_some(bytes))
    }

    fn fill(&mut self, buffer: &mut [u8; 4]) -> Result<usize, RoadError> {
        let mut bytes = Vec::with_capacity(4);
        let read = self.source.by_ref().take(4).read_to_end(&mut bytes).map_err(unread)?;
        for (to, from) in buffer.iter_mut().zip(bytes) {
            *to = from;
        }
        self.at += read as u64;
        Ok(read)
    }
}

pub(crate) const fn unread(source: io::Error) -> RoadError {
    RoadError::Read { file: PathBuf::new(), source }
}

fn header_of(bytes: &[u8]) -> Result<(Kind, usize), Damage> {
    let (mut kind, mut size) = (None, None);
    let mut message = Message::new(bytes);
    while let Some((field, value)) = message.next_field()? {
        match (field, value) {
            (1, Value::Bytes(b"OSMHeader")) => kind = Some(Kind::Header),
            (1, Value::Bytes(b"OSMData")) => kind = Some(Kind::Data),
            (1, Value::Bytes(_)) => kind = Some(Kind::Other),
            (3, Value::Number(number)) => size = usize::try_from(number).ok(),
            _ => {}
        }
    }
    let (kind, size) = (kind.ok_or(Damage::Fields)?, size.ok_or(Damage::Fields)?);
    if size > MOST_CONTENTS { Err(Damage::TooLarge) } else { Ok((kind, size)) }
}

impl Blob {
    /// Returns the contents, decompressed: never more than 32 MiB, whatever the block says of itself.
    pub(crate) fn contents(&self) -> Result<Vec<u8>, RoadError> {
        self.inflate().map_err(|reason| RoadError::Damaged { file: PathBuf::new(), at: self.at, reason })
    }

    fn inflate(&self) -> Result<Vec<u8>, Damage> {
        let (mut raw, mut compressed, mut size) = (None, None, None);
        let mut message = Message::new(&self.bytes);
        while let Some((field, value)) = message.next_field()? {
            match (field, value) {
                (1, Value::Bytes(bytes)) => raw = Some(bytes),
                (2, Value::Number(number)) => size = usize::try_from(number).ok(),
                (3, Value::Bytes(bytes)) => compressed = Some(bytes),
                (4..=7, Value::Bytes(_)) => return Err(Damage::Compression),
                _ => {}
            }
        }
        if let Some(raw) = raw {
            return Ok(raw.to_vec());
        }
        let (compressed, size) = (compressed.ok_or(Damage::Fields)?, size.ok_or(Damage::Fields)?);
        if size > MOST_CONTENTS {
            return Err(Damage::TooLarge);
        }
        let mut contents = Vec::with_capacity(size + 1);
        // One byte more than stated is asked for, so that a block that hides more is found out.
        let read = ZlibDecoder::new(compressed).take(size as u64 + 1).read_to_end(&mut contents);
        if read.is_ok_and(|read| read == size) { Ok(contents) } else { Err(Damage::Inflate) }
    }
}
