/// One way of opening a site: what a site of the kernel stands for.
///
/// A scenario makes one opening of each site. Several for one site (kinds of equipment, hubs, phases) are kernel sites
/// of their own, of which a rule allows one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Opening {
    /// The position of the territory's site.
    pub site: u32,
}
