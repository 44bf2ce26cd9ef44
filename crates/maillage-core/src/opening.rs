/// One way of opening a site: what a site of the kernel stands for.
///
/// A plain scenario makes one opening of each site. Several for one site (by phase, by type, by hub) are kernel sites
/// of their own, of which one is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Opening {
    /// The position of the territory's site.
    pub site: u32,
    /// The position of the phase it opens in; 0 where there are no phases, and for existing sites.
    pub phase: u32,
    /// The position of the `[[type]]` it is of; absent where there are no types, and for existing sites.
    pub kind: Option<u32>,
    /// The position of the territory's site that is its hub; absent where there is no `[hub]`, and for existing sites.
    pub hub: Option<u32>,
}

impl Opening {
    /// Returns the opening of a site that is there already.
    pub(crate) const fn of_existing(site: u32) -> Self {
        Self { site, phase: 0, kind: None, hub: None }
    }
}
