use crate::Damage;

/// A message of protocol buffers, read field by field.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Message<'a> {
    rest: &'a [u8],
}

/// The value of a field.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
    /// Fixed-width numbers, which no field read here has.
    Other,
}

impl<'a> Message<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Returns the next field and its number, or none at the end.
    pub(crate) fn next_field(&mut self) -> Result<Option<(u64, Value<'a>)>, Damage> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let key = varint(&mut self.rest)?;
        let value = match key & 7 {
            0 => Value::Number(varint(&mut self.rest)?),
            1 => self.skip(8)?,
            2 => {
                let length = usize::try_from(varint(&mut self.rest)?).map_err(|_| Damage::Fields)?;
                let (bytes, rest) = self.rest.split_at_checked(length).ok_or(Damage::Fields)?;
                self.rest = rest;
                Value::Bytes(bytes)
            }
            5 => self.skip(4)?,
            _ => return Err(Damage::Fields),
        };
        Ok(Some((key >> 3, value)))
    }

    fn skip(&mut self, width: usize) -> Result<Value<'a>, Damage> {
        self.rest = self.rest.get(width..).ok_or(Damage::Fields)?;
        Ok(Value::Other)
    }
}

/// Whole numbers one after the other.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Packed<'a> {
    rest: &'a [u8],
}

impl<'a> Packed<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(crate) fn unsigned(&mut self) -> Result<Option<u64>, Damage> {
        if self.rest.is_empty() { Ok(None) } else { varint(&mut self.rest).map(Some) }
    }

    pub(crate) fn signed(&mut self) -> Result<Option<i64>, Damage> {
        Ok(self.unsigned()?.map(zigzag))
    }
}

/// Undoes the coding that gives small numbers of either sign few bytes.
pub(crate) const fn zigzag(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -((number & 1).cast_signed())
}

#[inline]
fn varint(bytes: &mut &[u8]) -> Result<u64, Damage> {
    let mut number = 0;
    for (count, &byte) in bytes.iter().enumerate().take(10) {
        number |= u64::from(byte & 0x7f) << (7 * count);
        if byte < 0x80 {
            *bytes = bytes.get(count + 1..).unwrap_or_default();
            return Ok(number);
        }
    }
    Err(Damage::Fields)
}
