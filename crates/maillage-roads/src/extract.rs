use std::io::{Read, Seek, SeekFrom};
use std::path::PathBuf;

use crate::blob::{Blob, Blobs, Kind, unread};
use crate::block::{MOST_PARTS, Reader, Tags, check_header, read_block};
use crate::in_order::{both, map_in_order, sort};
use crate::passage::Passage;
use crate::wire::Packed;
use crate::{Damage, Profile, RoadError};

/// Blocks read side by side: each takes at most some 100 MB whatever it says, and 100 kB as files are.
const BATCH: usize = 16;

/// The most road points of a block: references take a byte each, and packed almost none, but eight bytes here.
const MOST_POINTS: usize = 4_000_000;

/// Roads as they stand in an extract, with the points they use.
#[derive(Debug, Default)]
pub(crate) struct Extract {
    pub(crate) roads: Vec<Road>,
    /// Points of all roads, one road after the other: positions in `nodes`.
    pub(crate) points: Vec<u32>,
    /// By ascending identifier.
    pub(crate) nodes: Vec<Node>,
    /// Turn restrictions for motor traffic, none of which is honoured.
    pub(crate) turn_restrictions: u64,
    /// Roads that name a point which is not in the file; they end there.
    pub(crate) cut_roads: u64,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Road {
    /// One past its last point.
    pub(crate) end: usize,
    pub(crate) passage: Passage,
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Node {
    /// Longitude and latitude in ten-millionths of a degree; absent where the file does not have the point.
    pub(crate) place: Option<[i32; 2]>,
    pub(crate) is_blocked: bool,
    pub(crate) has_signals: bool,
}

/// What the first pass finds in a block.
struct Roads<'a> {
    profile: &'a Profile,
    ends: Vec<(usize, Passage)>,
    ids: Vec<i64>,
    turn_restrictions: u64,
}

impl Reader for Roads<'_> {
    const WANTED: [bool; 3] = [false, true, true];

    fn way(&mut self, _: i64, points: Packed<'_>, tags: Tags<'_>) -> Result<(), Damage> {
        let Some(passage) = self.profile.passage_of(tags) else { return Ok(()) };
        let (mut points, mut id) = (points, 0_i64);
        while let Some(step) = points.signed()? {
            id = id.wrapping_add(step);
            self.ids.push(id);
            if self.ids.len() > MOST_POINTS {
                return Err(Damage::TooMany);
            }
        }
        if self.ends.len() >= MOST_PARTS {
            return Err(Damage::TooMany);
        }
        self.ends.push((self.ids.len(), passage));
        Ok(())
    }

    fn relation(&mut self, tags: Tags<'_>) -> Result<(), Damage> {
        let is_turn = ["restriction", "restriction:motorcar"].into_iter().any(|key| tags.find(key).is_some());
        self.turn_restrictions += u64::from(is_turn && tags.find("type") == Some("restriction"));
        Ok(())
    }
}

/// What the second pass finds in a block: the points that roads use.
struct Nodes<'a> {
    profile: &'a Profile,
    used: &'a [i64],
    next: usize,
    found: Vec<(usize, Node)>,
}

impl Reader for Nodes<'_> {
    const WANTED: [bool; 3] = [true, false, false];

    fn node(&mut self, id: i64, place: [i32; 2], tags: Tags<'_>) -> Result<(), Damage> {
        // Points come by identifier as a rule, so the next one wanted is next to the last.
        if self.used.get(self.next).is_none_or(|&next| next < id)
            || self.next.checked_sub(1).and_then(|last| self.used.get(last)).is_some_and(|&last| last >= id)
        {
            self.next = self.used.partition_point(|&used| used < id);
        }
        if self.used.get(self.next) == Some(&id) {
            let has_signals = tags.find("highway") == Some("traffic_signals");
            let is_blocked = self.profile.is_blocked(tags);
            self.found.push((self.next, Node { place: Some(place), is_blocked, has_signals }));
            self.next += 1;
        }
        Ok(())
    }
}

/// Reads the roads that a profile can use, in two passes: ways first, then the points they name.
pub(crate) fn read_extract(source: &mut (impl Read + Seek + Send), profile: &Profile) -> Result<Extract, RoadError> {
    let mut extract = Extract::default();
    let (mut ids, mut with_nodes, mut ends) = (Vec::new(), Vec::new(), Vec::new());
    each_block(
        source,
        |_| true,
        |bytes| {
            let mut roads = Roads { profile, ends: Vec::new(), ids: Vec::new(), turn_restrictions: 0 };
            let has_nodes = read_block(bytes, &mut roads)?;
            Ok((has_nodes, roads.ends, roads.ids, roads.turn_restrictions))
        },
        |at, (has_nodes, roads, points, turn_restrictions)| {
            if has_nodes {
                with_nodes.push(at);
            }
            ends.extend(roads.into_iter().map(|(end, passage)| Road { end: ids.len() + end, passage }));
            ids.extend(points);
            extract.turn_restrictions += turn_restrictions;
        },
    )?;
    // Points at barriers are doubled later, hence half of what positions can count.
    let most = u32::MAX / 2;
    if ids.len() > most as usize {
        return Err(RoadError::TooLarge { file: PathBuf::new(), most });
    }
    let mut used = ids.clone();
    sort(&mut used);
    used.dedup();
    let mut nodes = vec![Node::default(); used.len()];
    each_block(
        source,
        |at| with_nodes.binary_search(&at).is_ok(),
        |bytes| {
            let mut nodes = Nodes { profile, used: &used, next: 0, found: Vec::new() };
            read_block(bytes, &mut nodes)?;
            Ok(nodes.found)
        },
        |_, found| {
            for (position, node) in found {
                if let Some(to) = nodes.get_mut(position) {
                    *to = node;
                }
            }
        },
    )?;
    let position_of = |id: &i64| used.binary_search(id).ok().and_then(|position| u32::try_from(position).ok());
    extract.points = map_in_order(&ids, |id| position_of(id).unwrap_or_default());
    extract.nodes = nodes;
    extract.roads = ends;
    let mut start = 0;
    for road in &extract.roads {
        let points = extract.points.get(start..road.end).unwrap_or_default();
        let is_absent = |&point: &u32| extract.nodes.get(point as usize).is_none_or(|node| node.place.is_none());
        extract.cut_roads += u64::from(points.iter().any(is_absent));
        start = road.end;
    }
    Ok(extract)
}

/// Reads the file from its start, and hands over what is made of each wanted block of data, in the order of the file.
fn each_block<T: Send>(
    source: &mut (impl Read + Seek + Send),
    is_wanted: impl Fn(u64) -> bool + Sync + Send,
    read: impl Fn(&[u8]) -> Result<T, Damage> + Sync + Send,
    mut take: impl FnMut(u64, T),
) -> Result<(), RoadError> {
    let damaged = |at| move |reason| RoadError::Damaged { file: PathBuf::new(), at, reason };
    source.seek(SeekFrom::Start(0)).map_err(unread)?;
    let mut blobs = Blobs::new(std::io::BufReader::with_capacity(1 << 20, source));
    let mut batch = blobs.batch(BATCH)?;
    while !batch.is_empty() {
        let decode = |blob: &Blob| match blob.kind {
            Kind::Header => check_header(&blob.contents()?).map_err(damaged(blob.at)).map(|()| None),
            Kind::Data if is_wanted(blob.at) => read(&blob.contents()?).map_err(damaged(blob.at)).map(Some),
            _ => Ok(None),
        };
        // The next blocks are fetched while these are read.
        let (made, next) = both(|| map_in_order(&batch, decode), || blobs.batch(BATCH));
        for (blob, made) in batch.iter().zip(made) {
            if let Some(made) = made? {
                take(blob.at, made);
            }
        }
        batch = next?;
    }
    Ok(())
}
