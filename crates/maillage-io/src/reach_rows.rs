use maillage_core::{Reach, TravelTime};

/// Sites whose rows are packed together.
pub(crate) const SITES_OF_BLOCK: usize = 256;

/// A row of numbers for each site of a block: how many communes it reaches, then for each how far its position is from
/// the one before it and the deciseconds; small numbers take one byte (LEB128).
pub(crate) fn pack(reach: &Reach, sites: &[u32]) -> (Vec<u8>, u64) {
    let (mut bytes, mut pairs) = (Vec::new(), 0);
    for &site in sites {
        let row = reach.communes_of(site);
        put(&mut bytes, u32::try_from(row.len()).unwrap_or(u32::MAX));
        let mut next = 0;
        for &(commune, time) in row {
            put(&mut bytes, commune - next);
            put(&mut bytes, time.deciseconds());
            next = commune + 1;
        }
        pairs += row.len() as u64;
    }
    (bytes, pairs)
}

/// The rows of a block: the pairs of each site, one site after the other.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Rows {
    pub(crate) lengths: Vec<usize>,
    pub(crate) pairs: Vec<(u32, TravelTime)>,
}

/// Reads a block back; nothing where it does not hold what it should.
pub(crate) fn unpack(mut bytes: &[u8], sites: usize, pairs: u64) -> Option<Rows> {
    // Each pair takes two bytes at least, so a damaged count takes no memory.
    let expected = usize::try_from(pairs).ok().filter(|pairs| *pairs <= bytes.len() / 2)?;
    let mut rows = Rows { lengths: Vec::with_capacity(sites.min(bytes.len())), pairs: Vec::with_capacity(expected) };
    for _ in 0..sites {
        let length = take(&mut bytes)? as usize;
        if rows.pairs.len() + length > expected {
            return None;
        }
        let mut next = 0_u32;
        for _ in 0..length {
            let commune = next.checked_add(take(&mut bytes)?)?;
            rows.pairs.push((commune, TravelTime::from_deciseconds(take(&mut bytes)?)));
            next = commune.checked_add(1)?;
        }
        rows.lengths.push(length);
    }
    (bytes.is_empty() && rows.pairs.len() == expected).then_some(rows)
}

fn put(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        // Seven bits at a time, the last byte without the mark.
        bytes.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    bytes.push(number.to_le_bytes()[0]);
}

#[inline]
fn take(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0_u64;
    for count in 0..5 {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << (7 * count);
        if byte < 0x80 {
            return u32::try_from(number).ok();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_come_back(numbers in prop::collection::vec(any::<u32>(), 0..50)) {
            let mut bytes = Vec::new();
            for &number in &numbers {
                put(&mut bytes, number);
            }
            let mut rest = bytes.as_slice();
            let back: Vec<u32> = std::iter::from_fn(|| take(&mut rest)).collect();
            prop_assert_eq!(back, numbers);
        }

        #[test]
        fn any_bytes_are_rows_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), sites in 0..20_usize) {
            for pairs in 0..40 {
                if let Some(rows) = unpack(&bytes, sites, pairs) {
                    prop_assert_eq!(rows.lengths.len(), sites);
                    prop_assert_eq!(rows.pairs.len() as u64, pairs);
                }
            }
        }
    }
}
