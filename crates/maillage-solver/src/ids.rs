use std::fmt;

/// A site of a [`Problem`](crate::Problem): its position from 0 in the rows of the coverage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SiteId(pub u32);

/// A demand of a [`Problem`](crate::Problem): its position from 0 among the weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DemandId(pub u32);

impl SiteId {
    /// Returns the site at a position, which is below 2^32 in every problem that was made.
    #[expect(clippy::cast_possible_truncation, reason = "a problem is refused when it has more")]
    pub(crate) const fn at(position: usize) -> Self {
        Self(position as u32)
    }

    /// Returns the position as an index into slices.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl DemandId {
    /// Returns the demand at a position, which is below 2^32 in every problem that was made.
    #[expect(clippy::cast_possible_truncation, reason = "a problem is refused when it has more")]
    pub(crate) const fn at(position: usize) -> Self {
        Self(position as u32)
    }

    /// Returns the position as an index into slices.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Display for SiteId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl fmt::Display for DemandId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}
