//! What frames the columns of a Parquet file, looked over before a reader trusts it.
//!
//! The reader reserves what headers claim; here the claims are bounded first.

use std::ops::Range;

/// The most bytes of a footer: about 100,000 groups of rows.
const LARGEST_FOOTER: usize = 8 << 20;
/// The most columns, nested ones included.
const MOST_COLUMNS: u64 = 2000;
/// The most bytes of a page once it is unpacked; writers stay at one, some at a hundred megabytes.
const LARGEST_PAGE: i64 = 256 << 20;
/// How deep values may lie in each other.
const DEEPEST: u8 = 16;

/// What is wrong with a frame, in English and French.
pub(crate) type Flaw = (&'static str, &'static str);

pub(crate) const NOT_ONE: Flaw =
    ("it does not begin and end like a Parquet file", "il ne commence et ne finit pas comme un fichier Parquet");
const ENCRYPTED: Flaw = ("it is encrypted", "il est chiffré");
const FOOTER: Flaw = ("its footer makes no sense", "son pied de fichier n’a pas de sens");
const COLUMNS: Flaw = ("it claims more than 2,000 columns", "il annonce plus de 2 000 colonnes");
const HEADER: Flaw = ("a page makes no sense", "une page n’a pas de sens");
const PAGE: Flaw = ("a page claims more than 256 MB", "une page annonce plus de 256 Mo");

/// Checks the ends of a file and how many columns its footer lists.
pub(crate) fn check_footer(file: &[u8]) -> Result<(), Flaw> {
    let rest = file.strip_prefix(b"PAR1").ok_or_else(|| if file.starts_with(b"PARE") { ENCRYPTED } else { NOT_ONE })?;
    let rest = rest.strip_suffix(b"PAR1").ok_or_else(|| if file.ends_with(b"PARE") { ENCRYPTED } else { NOT_ONE })?;
    let (body, length) = rest.split_last_chunk::<4>().ok_or(NOT_ONE)?;
    let length = u32::from_le_bytes(*length) as usize;
    if length > LARGEST_FOOTER {
        return Err(FOOTER);
    }
    let start = body.len().checked_sub(length).ok_or(FOOTER)?;
    let mut footer = Compact { bytes: body.get(start..).unwrap_or_default() };
    let mut columns = None;
    footer
        .fields(|compact, id, kind| {
            if id == 2 && kind == LIST {
                let mut ahead = Compact { bytes: compact.bytes };
                columns = Some(ahead.list()?.0);
            }
            compact.skip(kind, DEEPEST)
        })
        .ok_or(FOOTER)?;
    if columns.ok_or(FOOTER)? > MOST_COLUMNS { Err(COLUMNS) } else { Ok(()) }
}

/// Checks that the pages of a column lie behind each other in their part of the file, none of them too large.
pub(crate) fn check_pages(file: &[u8], part: Range<u64>) -> Result<(), Flaw> {
    let whole = |number: u64| usize::try_from(number).map_err(|_| HEADER);
    let mut bytes = file.get(whole(part.start)?..whole(part.end)?).ok_or(HEADER)?;
    while !bytes.is_empty() {
        let mut header = Compact { bytes };
        let (mut unpacked, mut packed) = (None, None);
        header
            .fields(|compact, id, kind| {
                match (id, kind) {
                    (2, INT) => unpacked = Some(compact.signed()?),
                    (3, INT) => packed = Some(compact.signed()?),
                    _ => compact.skip(kind, DEEPEST)?,
                }
                Some(())
            })
            .ok_or(HEADER)?;
        if unpacked.ok_or(HEADER)? > LARGEST_PAGE {
            return Err(PAGE);
        }
        let packed = usize::try_from(packed.ok_or(HEADER)?).map_err(|_| HEADER)?;
        bytes = header.bytes.get(packed..).ok_or(HEADER)?;
    }
    Ok(())
}

const INT: u8 = 5;
const LIST: u8 = 9;

/// Values in the compact protocol of Thrift.
struct Compact<'a> {
    bytes: &'a [u8],
}

impl Compact<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(byte)
    }

    fn pass(&mut self, count: u64) -> Option<()> {
        self.bytes = self.bytes.get(usize::try_from(count).ok()?..)?;
        Some(())
    }

    fn unsigned(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for place in 0..10 {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f).checked_shl(7 * place)?;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn signed(&mut self) -> Option<i64> {
        let number = self.unsigned()?;
        Some((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
    }

    /// Returns how many elements a list has, and their kind.
    fn list(&mut self) -> Option<(u64, u8)> {
        let header = self.byte()?;
        let count = if header >> 4 == 15 { self.unsigned()? } else { u64::from(header >> 4) };
        Some((count, header & 15))
    }

    /// Calls a function with the number and the kind of each field of a structure, which must pass its value.
    fn fields(&mut self, mut field: impl FnMut(&mut Self, i64, u8) -> Option<()>) -> Option<()> {
        let mut id = 0_i64;
        loop {
            let header = self.byte()?;
            if header == 0 {
                return Some(());
            }
            id = if header >> 4 == 0 { self.signed()? } else { id.checked_add(i64::from(header >> 4))? };
            field(self, id, header & 15)?;
        }
    }

    fn skip(&mut self, kind: u8, depth: u8) -> Option<()> {
        let deeper = depth.checked_sub(1)?;
        match kind {
            1 | 2 => Some(()),
            3 => self.pass(1),
            4..=6 => self.unsigned().map(|_| ()),
            7 => self.pass(8),
            8 => {
                let length = self.unsigned()?;
                self.pass(length)
            }
            9 | 10 => {
                let (count, kind) = self.list()?;
                (0..count).try_for_each(|_| self.skip_element(kind, deeper))
            }
            11 => {
                let count = self.unsigned()?;
                let kinds = if count > 0 { self.byte()? } else { 0 };
                (0..count).try_for_each(|_| {
                    self.skip_element(kinds >> 4, deeper)?;
                    self.skip_element(kinds & 15, deeper)
                })
            }
            12 => self.fields(|compact, _, kind| compact.skip(kind, deeper)),
            _ => None,
        }
    }

    /// Passes an element of a list, where a truth value takes a byte.
    fn skip_element(&mut self, kind: u8, depth: u8) -> Option<()> {
        if matches!(kind, 1 | 2) { self.pass(1) } else { self.skip(kind, depth) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A page header: kind 0, so many bytes unpacked and packed, then the body.
    fn page(unpacked: i64, packed: i64, body: usize) -> Vec<u8> {
        let mut bytes = vec![0x15, 0];
        for number in [unpacked, packed] {
            bytes.push(0x15);
            let mut rest = ((number << 1) ^ (number >> 63)).cast_unsigned();
            while rest >= 0x80 {
                bytes.push(rest.to_le_bytes()[0] | 0x80);
                rest >>= 7;
            }
            bytes.push(rest.to_le_bytes()[0]);
        }
        bytes.push(0);
        bytes.resize(bytes.len() + body, 0xff);
        bytes
    }

    #[test]
    fn pages_follow_each_other_and_are_not_too_large() {
        let check = |bytes: &[u8]| check_pages(bytes, 0..bytes.len() as u64);
        assert_eq!(check(&[page(9, 5, 5), page(7, 3, 3)].concat()), Ok(()));
        assert_eq!(check(&[page(9, 5, 5), page(7, 4, 3)].concat()), Err(HEADER));
        assert_eq!(check(&page(LARGEST_PAGE, 5, 5)), Ok(()));
        assert_eq!(check(&page(LARGEST_PAGE + 1, 5, 5)), Err(PAGE));
        assert_eq!(check(&page(5, -1, 5)), Err(HEADER));
        assert_eq!(check_pages(&page(9, 5, 5), 0..1000), Err(HEADER));
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_frame_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let file = [b"PAR1", bytes.as_slice(), &u32::try_from(bytes.len()).unwrap().to_le_bytes(), b"PAR1"].concat();
            let _ = check_footer(&file);
            let _ = check_pages(&bytes, 0..bytes.len() as u64);
        }
    }
}
