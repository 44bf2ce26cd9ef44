use crate::TravelTime;

/// One way in which the people of all communes are counted: every layer makes a kernel demand of each commune.
///
/// A scenario has one layer, its limit of time; with phases, one for each. What is to count in steps is a layer for each
/// step, and what is counted by specialty one for each specialty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Layer {
    /// A site covers the communes within this time.
    pub within: TravelTime,
    /// The position of the phase at whose end people are counted: sites opened until then cover; 0 without phases.
    pub phase: u32,
    /// The position of the `[[specialty]]` that is counted: sites that offer it cover; absent where none is.
    pub specialty: Option<u32>,
}

/// People of a commune on a layer: what a demand of the kernel stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Demand {
    /// The position of the territory's commune.
    pub commune: u32,
    /// The position of the layer.
    pub layer: u32,
    /// The site that these people live in, by its position, where it serves only its residents; absent for all others
    /// of the commune.
    pub residents_of: Option<u32>,
}
