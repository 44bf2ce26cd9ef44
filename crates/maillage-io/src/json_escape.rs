/// Resolves the escapes of a text that was checked.
pub(crate) fn unescape(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        let unit =
            |from: &str| from.get(1..5).and_then(|digits| u32::from_str_radix(digits, 16).ok()).unwrap_or_default();
        let (character, length) = match after.as_bytes().first() {
            Some(b'b') => ('\u{8}', 1),
            Some(b'f') => ('\u{c}', 1),
            Some(b'n') => ('\n', 1),
            Some(b'r') => ('\r', 1),
            Some(b't') => ('\t', 1),
            Some(b'u') => {
                let high = unit(after);
                if (0xd800..0xdc00).contains(&high) {
                    let low = unit(after.get(6..).unwrap_or_default());
                    let code = 0x10000 + ((high - 0xd800) << 10) + (low.wrapping_sub(0xdc00) & 0x3ff);
                    (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 11)
                } else {
                    (char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER), 5)
                }
            }
            Some(other) => (char::from(*other), 1),
            None => break,
        };
        text.push(character);
        rest = after.get(length..).unwrap_or_default();
    }
    text.push_str(rest);
    text
}
