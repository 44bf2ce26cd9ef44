use super::{Cursor, Step};
use crate::json_error::{JsonError, Reason};

/// Numbers.
impl<'a> Cursor<'a> {
    /// Passes a number, which must come next, and returns its text as written.
    pub(crate) fn number(&mut self) -> Step<&'a str> {
        let start = self.offset;
        let digits = |cursor: &mut Self| {
            let first = cursor.offset;
            while matches!(cursor.byte(), Some(b'0'..=b'9')) {
                cursor.offset += 1;
            }
            if cursor.offset > first {
                Ok(())
            } else {
                Err(cursor.unexpected("expected a digit", "un chiffre est attendu"))
            }
        };
        if self.byte() == Some(b'-') {
            self.offset += 1;
        }
        if self.byte() == Some(b'0') {
            self.offset += 1;
            if matches!(self.byte(), Some(b'0'..=b'9')) {
                return Err(self.unexpected("a number must not start with 0", "un nombre ne commence pas par 0"));
            }
        } else {
            digits(self)?;
        }
        if self.byte() == Some(b'.') {
            self.offset += 1;
            digits(self)?;
        }
        let mut wide = self.offset - start > 300;
        if matches!(self.byte(), Some(b'e' | b'E')) {
            wide = true;
            self.offset += 1;
            if matches!(self.byte(), Some(b'+' | b'-')) {
                self.offset += 1;
            }
            digits(self)?;
        }
        let text = self.text.get(start..self.offset).unwrap_or_default();
        if wide && !text.parse::<f64>().is_ok_and(f64::is_finite) {
            return Err(JsonError { offset: start, reason: Reason::OutOfRange });
        }
        Ok(text)
    }

    /// Passes a number and returns its value, and whether it has two decimals at most.
    ///
    /// A number of up to 15 digits is a whole number below 2^53 over a power of ten below 10^22: both are exact, so the
    /// one division rounds right. Longer ones go the general way.
    #[expect(clippy::cast_precision_loss, reason = "under 10^15, hence exact")]
    pub(crate) fn decimal(&mut self) -> Step<(f64, bool)> {
        const POWERS: [f64; 16] =
            [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
        let rest = self.bytes.get(self.offset..).unwrap_or_default();
        let negative = rest.first() == Some(&b'-');
        let body = rest.get(usize::from(negative)..).unwrap_or_default();
        let (mut mantissa, mut digits, mut point) = (0_u64, 0_usize, None);
        for byte in body.iter().take(17) {
            match byte {
                b'0'..=b'9' => {
                    mantissa = mantissa * 10 + u64::from(byte - b'0');
                    digits += 1;
                }
                b'.' if point.is_none() => point = Some(digits),
                _ => break,
            }
        }
        let length = digits + usize::from(point.is_some());
        let ends = matches!(body.get(length), Some(b',' | b']' | b' ' | b'\n' | b'\r' | b'\t'));
        let integer = point.unwrap_or(digits);
        let zero_first = integer > 1 && body.first() == Some(&b'0');
        let decimals = digits - integer;
        match POWERS.get(decimals) {
            Some(power) if ends && digits <= 15 && integer > 0 && !zero_first && (point.is_none() || decimals > 0) => {
                self.offset += usize::from(negative) + length;
                let value = mantissa as f64 / power;
                Ok((if negative { -value } else { value }, decimals <= 2))
            }
            _ => {
                let text = self.number()?;
                let coarse = text.split_once('.').is_none_or(|(_, decimals)| decimals.len() <= 2);
                // The grammar was checked, and numbers beyond the range of f64 were refused.
                Ok((text.parse().unwrap_or(f64::INFINITY), coarse))
            }
        }
    }
}
