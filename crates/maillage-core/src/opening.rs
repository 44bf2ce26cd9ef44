/// One way of opening a site: what a site of the kernel stands for.
///
/// Without phases a scenario makes one opening of each site. Several for one site are kernel sites of their own, of
/// which a rule allows one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Opening {
    /// The position of the territory's site.
    pub site: u32,
    /// The position of the phase it opens in; 0 where there are no phases, and for existing sites.
    pub phase: u32,
}
