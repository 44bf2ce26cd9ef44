use crate::Damage;
use crate::wire::{Message, Packed, Value, zigzag};

/// The most texts, groups or roads of a block: an empty one takes two bytes of a block and many more in memory.
pub(crate) const MOST_PARTS: usize = 1_000_000;

/// What reads the elements of a block.
pub(crate) trait Reader {
    /// Whether nodes, ways and relations are wanted.
    const WANTED: [bool; 3];

    fn node(&mut self, _id: i64, _place: [i32; 2], _tags: Tags<'_>) -> Result<(), Damage> {
        Ok(())
    }
    fn way(&mut self, _id: i64, _points: Packed<'_>, _tags: Tags<'_>) -> Result<(), Damage> {
        Ok(())
    }
    fn relation(&mut self, _tags: Tags<'_>) -> Result<(), Damage> {
        Ok(())
    }
}

/// Keys and values of an element.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tags<'a> {
    strings: &'a [&'a str],
    keys: Packed<'a>,
    values: Option<Packed<'a>>,
}

impl<'a> Tags<'a> {
    fn next_tag(&mut self) -> Option<(&'a str, &'a str)> {
        let string = |number: Option<u64>| self.strings.get(usize::try_from(number?).ok()?).copied();
        let key = self.keys.unsigned().ok().flatten();
        if key == Some(0) && self.values.is_none() {
            return None;
        }
        let value = match &mut self.values {
            Some(values) => values.unsigned(),
            None => self.keys.unsigned(),
        };
        Some((string(key)?, string(value.ok().flatten())?))
    }

    /// Returns the value of a key.
    pub(crate) fn find(mut self, key: &str) -> Option<&'a str> {
        std::iter::from_fn(|| self.next_tag()).find(|&(name, _)| name == key).map(|(_, value)| value)
    }
}

/// Hands the elements of a block to a reader, and returns whether it holds nodes.
pub(crate) fn read_block(bytes: &[u8], reader: &mut impl Reader) -> Result<bool, Damage> {
    let mut strings: Vec<&str> = Vec::new();
    let mut groups = Vec::new();
    let (mut granularity, mut latitude, mut longitude) = (100_i64, 0_i64, 0_i64);
    let mut message = Message::new(bytes);
    while let Some((field, value)) = message.next_field()? {
        match (field, value) {
            (1, Value::Bytes(table)) => {
                let mut table = Message::new(table);
                while let Some((field, value)) = table.next_field()? {
                    if strings.len() >= MOST_PARTS {
                        return Err(Damage::TooMany);
                    }
                    if let (1, Value::Bytes(text)) = (field, value) {
                        strings.push(std::str::from_utf8(text).unwrap_or_default());
                    }
                }
            }
            (2, Value::Bytes(_)) if groups.len() >= MOST_PARTS => return Err(Damage::TooMany),
            (2, Value::Bytes(group)) => groups.push(group),
            (17, Value::Number(number)) => granularity = number.cast_signed(),
            (19, Value::Number(number)) => latitude = number.cast_signed(),
            (20, Value::Number(number)) => longitude = number.cast_signed(),
            _ => {}
        }
    }
    let frame = Frame { strings: &strings, granularity, offsets: [longitude, latitude] };
    let mut has_nodes = false;
    for group in groups {
        has_nodes |= frame.group(group, reader)?;
    }
    Ok(has_nodes)
}

struct Frame<'a> {
    strings: &'a [&'a str],
    granularity: i64,
    offsets: [i64; 2],
}

/// The fields that nodes, ways and relations have alike.
#[derive(Default)]
struct Element<'a> {
    id: u64,
    keys: Packed<'a>,
    values: Packed<'a>,
    eighth: Packed<'a>,
    place: [i64; 2],
}

impl<'a> Element<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, Damage> {
        let mut element = Self::default();
        let mut message = Message::new(bytes);
        while let Some((field, value)) = message.next_field()? {
            match (field, value) {
                (1, Value::Number(id)) => element.id = id,
                (2, Value::Bytes(bytes)) => element.keys = Packed::new(bytes),
                (3, Value::Bytes(bytes)) => element.values = Packed::new(bytes),
                (8, Value::Bytes(bytes)) => element.eighth = Packed::new(bytes),
                (8, Value::Number(number)) => element.place[1] = zigzag(number),
                (9, Value::Number(number)) => element.place[0] = zigzag(number),
                _ => {}
            }
        }
        Ok(element)
    }
}

impl Frame<'_> {
    fn group<R: Reader>(&self, bytes: &[u8], reader: &mut R) -> Result<bool, Damage> {
        let mut has_nodes = false;
        let mut message = Message::new(bytes);
        while let Some((field, value)) = message.next_field()? {
            let Value::Bytes(bytes) = value else { continue };
            has_nodes |= field <= 2;
            let wanted = match field {
                1 | 2 => R::WANTED[0],
                3 => R::WANTED[1],
                4 => R::WANTED[2],
                _ => false,
            };
            if !wanted {
                continue;
            }
            if field == 2 {
                self.dense(bytes, reader)?;
                continue;
            }
            let element = Element::read(bytes)?;
            let tags = Tags { strings: self.strings, keys: element.keys, values: Some(element.values) };
            match field {
                1 => reader.node(zigzag(element.id), self.place(element.place)?, tags)?,
                3 => reader.way(element.id.cast_signed(), element.eighth, tags)?,
                _ => reader.relation(tags)?,
            }
        }
        Ok(has_nodes)
    }

    fn dense(&self, bytes: &[u8], reader: &mut impl Reader) -> Result<(), Damage> {
        let [mut ids, mut latitudes, mut longitudes, mut tags] = [Packed::default(); 4];
        let mut message = Message::new(bytes);
        while let Some((field, value)) = message.next_field()? {
            match (field, value) {
                (1, Value::Bytes(bytes)) => ids = Packed::new(bytes),
                (8, Value::Bytes(bytes)) => latitudes = Packed::new(bytes),
                (9, Value::Bytes(bytes)) => longitudes = Packed::new(bytes),
                (10, Value::Bytes(bytes)) => tags = Packed::new(bytes),
                _ => {}
            }
        }
        let (mut id, mut latitude, mut longitude) = (0_i64, 0_i64, 0_i64);
        while let Some(step) = ids.signed()? {
            let (Some(north), Some(east)) = (latitudes.signed()?, longitudes.signed()?) else {
                return Err(Damage::Fields);
            };
            id = id.wrapping_add(step);
            latitude = latitude.wrapping_add(north);
            longitude = longitude.wrapping_add(east);
            let own = Tags { strings: self.strings, keys: tags, values: None };
            reader.node(id, self.place([longitude, latitude])?, own)?;
            while tags.unsigned()?.is_some_and(|key| key != 0) {
                tags.unsigned()?;
            }
        }
        Ok(())
    }

    /// Returns longitude and latitude in ten-millionths of a degree.
    fn place(&self, [longitude, latitude]: [i64; 2]) -> Result<[i32; 2], Damage> {
        let of = |number: i64, offset: i64, most: i64| {
            let nanodegrees = number.checked_mul(self.granularity)?.checked_add(offset)?;
            let rounded = nanodegrees.checked_add(50)?.div_euclid(100);
            i32::try_from(rounded).ok().filter(|_| rounded.abs() <= most)
        };
        let east = of(longitude, self.offsets[0], 1_800_000_000).ok_or(Damage::Fields)?;
        let north = of(latitude, self.offsets[1], 900_000_000).ok_or(Damage::Fields)?;
        Ok([east, north])
    }
}

/// Refuses a header that asks for a feature that is not read here.
pub(crate) fn check_header(bytes: &[u8]) -> Result<(), Damage> {
    let mut message = Message::new(bytes);
    while let Some((field, value)) = message.next_field()? {
        if let (4, Value::Bytes(feature)) = (field, value)
            && !matches!(feature, b"OsmSchema-V0.6" | b"DenseNodes")
        {
            return Err(Damage::Feature);
        }
    }
    Ok(())
}
