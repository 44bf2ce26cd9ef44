/// What the kernel's indices stand for: its sites in order of preference, its demands by commune.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dictionary {
    /// For each kernel site, the position of the territory's site.
    pub sites: Vec<u32>,
    /// For each kernel demand, the position of the territory's commune.
    pub demands: Vec<u32>,
    /// Weight that existing sites cover, in the units of the problem's weights.
    pub covered_before: u64,
}
