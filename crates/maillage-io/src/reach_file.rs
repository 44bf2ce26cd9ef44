use std::path::Path;

use maillage_core::{Reach, SiteState, Territory};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::catalogue::{REACH_DAMAGED, REACH_OTHER, REACH_OTHER_PLACES, REACH_WHICH};
use crate::kept_reach::KeptHead;
use crate::reach_rows::{Rows, SITES_OF_BLOCK, pack, unpack};
use crate::source::{Source, hexadecimal};
use crate::{Finding, Findings, InputFile, KeptReach, Role};

const MAGIC: &[u8] = b"maillage-reach 1\n";
const HASH: usize = 32;

/// What stands before the times: where they come from, and how long each block is.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    program: String,
    inputs: Vec<InputFile>,
    /// SHA-256 of the identifiers and positions of communes and sites.
    places: String,
    communes: u64,
    sites: u64,
    kept: Vec<KeptHead>,
}

/// Puts travel times into one file with the fingerprints of the files they were made of.
///
/// The file is the line `maillage-reach 1`, the length of the head in eight bytes (the smallest first), the head in
/// JSON, the blocks it lists, and the SHA-256 of all that.
///
/// # Errors
/// When the head cannot be written as JSON.
pub fn write_reach(
    territory: &Territory,
    inputs: &[InputFile],
    kept: &[KeptReach],
    version: &str,
) -> Result<Vec<u8>, serde_json::Error> {
    let mut bodies = Vec::new();
    let mut heads = Vec::new();
    for kept in kept {
        let sites: Vec<u32> = (0..).zip(territory.sites()).map(|(number, _)| number).collect();
        let blocks: Vec<&[u32]> = sites.chunks(SITES_OF_BLOCK).collect();
        let blocks = map_in_order(&blocks, |sites| pack(&kept.reach, sites));
        heads.push(KeptHead {
            travel: kept.travel.clone(),
            limit: kept.reach.limit().map(maillage_core::TravelTime::deciseconds),
            pairs: kept.reach.pairs() as u64,
            roads: kept.roads.clone(),
            blocks: blocks.iter().map(|(bytes, pairs)| (bytes.len() as u64, *pairs)).collect(),
        });
        bodies.extend(blocks.into_iter().map(|(bytes, _)| bytes));
    }
    let head = serde_json::to_vec(&Head {
        program: format!("maillage {version}"),
        inputs: inputs.to_vec(),
        places: places(territory),
        communes: territory.communes().len() as u64,
        sites: territory.sites().len() as u64,
        kept: heads,
    })?;
    let length = (head.len() as u64).to_le_bytes();
    let mut bytes = [MAGIC, &length, &head].concat();
    bytes.reserve(bodies.iter().map(Vec::len).sum::<usize>() + HASH);
    for body in bodies {
        bytes.extend(body);
    }
    let hash = Sha256::digest(&bytes);
    bytes.extend(hash);
    Ok(bytes)
}

/// Reads kept travel times back for the territory and the files they were made of: those of a profile, or the only
/// ones there are.
///
/// Returns nothing when `findings` has new errors: the file is damaged, was made of other files or places, or holds
/// several and none is named.
#[must_use]
pub fn read_reach(
    file: &Path,
    profile: Option<&str>,
    territory: &Territory,
    inputs: &[InputFile],
    findings: &mut Findings,
) -> Option<(KeptReach, InputFile)> {
    let source = Source::read(file, findings)?;
    match of_source(&source, profile, territory, inputs) {
        Ok(kept) => {
            let input = source.input_file(Role::Reach, kept.reach.pairs() as u64);
            Some((kept, input))
        }
        Err(finding) => {
            source.report(*finding, findings);
            None
        }
    }
}

fn of_source(
    source: &Source,
    profile: Option<&str>,
    territory: &Territory,
    inputs: &[InputFile],
) -> Result<KeptReach, Box<Finding>> {
    let bytes = source.bytes.as_slice();
    let rest = bytes.strip_prefix(MAGIC).ok_or_else(|| damaged(NOT_ONE))?;
    let (length, rest) = rest.split_first_chunk::<8>().ok_or_else(|| damaged(TRUNCATED))?;
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| damaged(CHANGED))?;
    let (head, rest) = rest.split_at_checked(length).ok_or_else(|| damaged(TRUNCATED))?;
    let head: Head = serde_json::from_slice(head).map_err(|_| damaged(CHANGED))?;
    let sizes =
        head.kept.iter().flat_map(|kept| &kept.blocks).try_fold(HASH as u64, |sum, (size, _)| sum.checked_add(*size));
    if sizes != Some(rest.len() as u64) {
        return Err(damaged(TRUNCATED));
    }
    same_inputs(&head, inputs)?;
    if head.places != places(territory) {
        return Err(Box::new(Finding::new(&REACH_OTHER_PLACES)));
    }
    let (kept, before) = choose(&head.kept, profile)?;
    let blocks = rest.get(usize::try_from(before).unwrap_or(usize::MAX)..).ok_or_else(|| damaged(TRUNCATED))?;
    let (rows, whole) = both(|| rows(kept, blocks, territory.sites().len()), || is_whole(bytes));
    let (offsets, entries) = rows.filter(|_| whole).ok_or_else(|| damaged(CHANGED))?;
    let again = Reach::again(territory, kept.limit(), (offsets, entries), kept.travel.straight_line());
    let reach = again.map_err(|_| damaged(CHANGED))?;
    Ok(KeptReach { travel: kept.travel.clone(), roads: kept.roads.clone(), reach })
}

const NOT_ONE: (&str, &str) = ("this is no file of maillage reach", "ce n’est pas un fichier de maillage reach");
const TRUNCATED: (&str, &str) = ("it is not as long as it says", "il n’a pas la longueur qu’il annonce");
const CHANGED: (&str, &str) =
    ("its bytes are not those that were written", "ses octets ne sont pas ceux qui ont été écrits");

fn damaged(reason: (&str, &str)) -> Box<Finding> {
    Box::new(Finding::new(&REACH_DAMAGED).with("reason", reason))
}

fn is_whole(bytes: &[u8]) -> bool {
    let (body, hash) = bytes.split_at(bytes.len().saturating_sub(HASH));
    Sha256::digest(body).as_slice() == hash
}

/// Refuses other communes, candidates, existing sites or cells than those the times were made of; roads and tables need
/// not be there any more, but where they are they must be the same.
fn same_inputs(head: &Head, inputs: &[InputFile]) -> Result<(), Box<Finding>> {
    let of = |role: Role, files: &[InputFile]| files.iter().find(|file| file.role == role).cloned();
    let refuse =
        |file: &str, reason: (&str, &str)| Box::new(Finding::new(&REACH_OTHER).with_value(file).with("reason", reason));
    for role in [Role::Communes, Role::Candidates, Role::Existing, Role::Grid] {
        match (of(role, &head.inputs), of(role, inputs)) {
            (Some(then), Some(now)) if then.sha256 != now.sha256 => {
                return Err(refuse(&now.file, ("has changed since", "a changé depuis")));
            }
            (Some(then), None) => return Err(refuse(&then.file, ("is not given", "n’est pas donné"))),
            (None, Some(now)) => {
                return Err(refuse(&now.file, ("was not there", "n’y était pas")));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Returns the reach that is asked for, and how many bytes of blocks stand before its own.
fn choose<'a>(all: &'a [KeptHead], profile: Option<&str>) -> Result<(&'a KeptHead, u64), Box<Finding>> {
    let mut before = 0;
    let mut found = Vec::new();
    for kept in all {
        if profile.is_none_or(|profile| profile == kept.travel.name()) {
            found.push((kept, before));
        }
        before += kept.blocks.iter().map(|(size, _)| size).sum::<u64>();
    }
    if let [one] = found[..] {
        return Ok(one);
    }
    let names: Vec<&str> = all.iter().map(|kept| kept.travel.name()).collect();
    Err(Box::new(Finding::new(&REACH_WHICH).with("names", names.join(", "))))
}

type Parts = (Vec<usize>, Vec<(u32, maillage_core::TravelTime)>);

fn rows(kept: &KeptHead, mut bytes: &[u8], sites: usize) -> Option<Parts> {
    if kept.blocks.len() != sites.div_ceil(SITES_OF_BLOCK) {
        return None;
    }
    let mut blocks = Vec::new();
    for (number, (size, pairs)) in kept.blocks.iter().enumerate() {
        let (block, rest) = bytes.split_at_checked(usize::try_from(*size).ok()?)?;
        bytes = rest;
        blocks.push((block, (sites - number * SITES_OF_BLOCK).min(SITES_OF_BLOCK), *pairs));
    }
    // Blocks hold their pairs as they stand in memory only while their batch is read.
    let mut offsets = vec![0];
    let mut entries = Vec::new();
    for batch in blocks.chunks(16) {
        let read = map_in_order(batch, |&(block, sites, pairs)| unpack(block, sites, pairs));
        for rows in read {
            let Rows { lengths, pairs } = rows?;
            let mut end = entries.len();
            for length in lengths {
                end += length;
                offsets.push(end);
            }
            entries.extend(pairs);
        }
    }
    (entries.len() as u64 == kept.pairs).then_some((offsets, entries))
}

/// The fingerprint of all that times depend on beside roads: who stands where, in the order of the territory.
fn places(territory: &Territory) -> String {
    let mut digest = Sha256::new();
    let mut place = |kind: u8, id: &str, at: maillage_core::Position| {
        digest.update([kind]);
        digest.update((id.len() as u64).to_le_bytes());
        digest.update(id.as_bytes());
        digest.update(at.longitude().to_bits().to_le_bytes());
        digest.update(at.latitude().to_bits().to_le_bytes());
    };
    for commune in territory.communes() {
        place(0, &commune.code, commune.origin);
    }
    for site in territory.sites() {
        let kind = match site.state {
            SiteState::Candidate => 1,
            SiteState::Existing => 2,
            SiteState::Outside => 3,
        };
        place(kind, &site.id, site.position);
    }
    hexadecimal(&digest.finalize())
}

#[cfg(feature = "parallel")]
fn map_in_order<I: Sync, T: Send>(items: &[I], function: impl Fn(&I) -> T + Sync + Send) -> Vec<T> {
    use rayon::prelude::*;
    items.par_iter().map(function).collect()
}

#[cfg(not(feature = "parallel"))]
fn map_in_order<I, T>(items: &[I], function: impl Fn(&I) -> T) -> Vec<T> {
    items.iter().map(function).collect()
}

#[cfg(feature = "parallel")]
fn both<A: Send, B: Send>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
    rayon::join(one, other)
}

#[cfg(not(feature = "parallel"))]
fn both<A, B>(one: impl FnOnce() -> A, other: impl FnOnce() -> B) -> (A, B) {
    (one(), other())
}
