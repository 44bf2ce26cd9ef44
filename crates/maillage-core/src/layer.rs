use crate::TravelTime;

/// One way in which the people of all communes are counted: every layer makes a kernel demand of each commune.
///
/// A scenario has one layer, its limit of time; with phases, one for each. What is to count in steps is a layer for each
/// step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Layer {
    /// A site covers the communes within this time.
    pub within: TravelTime,
    /// The position of the phase at whose end people are counted: sites opened until then cover; 0 without phases.
    pub phase: u32,
}

/// A commune on a layer: what a demand of the kernel stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Demand {
    /// The position of the territory's commune.
    pub commune: u32,
    /// The position of the layer.
    pub layer: u32,
}
