use crate::TravelTime;

/// One way in which the people of all communes are counted: every layer makes a kernel demand of each commune.
///
/// A scenario has one layer, its limit of time. What is to count in steps (nearer is better, specialties, phases) is a
/// layer for each step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Layer {
    /// A site covers the communes within this time.
    pub within: TravelTime,
}

/// A commune on a layer: what a demand of the kernel stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Demand {
    /// The position of the territory's commune.
    pub commune: u32,
    /// The position of the layer.
    pub layer: u32,
}
