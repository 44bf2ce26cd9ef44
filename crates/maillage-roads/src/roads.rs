use std::fs::File;
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};

use crate::blob::unread;
use crate::extract::read_extract;
use crate::graph::Graph;
use crate::segments::Segments;
use crate::snap::SnapIndex;
use crate::{Profile, RoadError};

/// The roads of an OpenStreetMap extract, as a profile uses them.
pub struct Roads {
    pub(crate) graph: Graph,
    pub(crate) index: SnapIndex,
    /// Roads that do not belong to the core.
    pub(crate) islands: SnapIndex,
    pub(crate) profile: Profile,
    counts: RoadCounts,
}

/// What was made of an extract, and what was left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RoadCounts {
    /// Ways that the profile takes.
    pub ways: u64,
    /// Points of these ways.
    pub points: u64,
    /// Junctions that searches go through.
    pub junctions: u64,
    /// Arcs between junctions, one for each direction.
    pub arcs: u64,
    /// Points left out because one cannot get from them to all others and back.
    pub left_out: u64,
    /// Points where a barrier keeps people from passing.
    pub barriers: u64,
    /// Turn restrictions: they are not honoured.
    pub turn_restrictions: u64,
    /// Ways of which the file lacks points: they are cut there.
    pub cut_ways: u64,
}

impl Roads {
    /// Reads an extract (`.osm.pbf`).
    ///
    /// # Errors
    /// When the file cannot be read, is damaged or no extract, or has no road that the profile can use.
    pub fn read(file: &Path, profile: Profile) -> Result<Self, RoadError> {
        let read = |source: &mut File| Self::from_source(source, profile);
        File::open(file).map_err(unread).and_then(|mut source| read(&mut source)).map_err(|error| error.in_file(file))
    }

    /// Reads an extract from anything that can be read twice.
    ///
    /// # Errors
    /// When the bytes are damaged or no extract, or have no road that the profile can use.
    pub fn from_source(source: &mut (impl Read + Seek + Send), profile: Profile) -> Result<Self, RoadError> {
        let extract = read_extract(source, &profile)?;
        let segments = Segments::of(&extract, &profile);
        let mut counts = RoadCounts {
            ways: extract.roads.len() as u64,
            points: extract.nodes.len() as u64,
            barriers: segments.barriers,
            turn_restrictions: extract.turn_restrictions,
            cut_ways: extract.cut_roads,
            ..RoadCounts::default()
        };
        drop(extract);
        let (graph, islands) = Graph::of(&segments);
        drop(segments);
        if graph.edges.is_empty() {
            return Err(RoadError::NoRoad { file: PathBuf::new(), profile: profile.name });
        }
        counts.junctions = graph.junctions() as u64;
        counts.arcs = graph.arriving.values() as u64;
        counts.left_out = graph.islands;
        let index = SnapIndex::of_graph(&graph);
        Ok(Self { graph, index, islands: SnapIndex::of_pieces(&islands), profile, counts })
    }

    /// Returns what was made of the extract, and what was left out.
    #[must_use]
    pub const fn counts(&self) -> RoadCounts {
        self.counts
    }

    /// Returns the profile whose roads these are.
    #[must_use]
    pub const fn profile(&self) -> &Profile {
        &self.profile
    }
}
