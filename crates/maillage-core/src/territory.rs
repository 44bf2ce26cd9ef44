use crate::{Commune, Site};

/// Communes and sites, checked, in one canonical order: communes by code, sites by identifier (as bytes).
///
/// The order of rows in the files never matters after this.
#[derive(Clone, Debug, PartialEq)]
pub struct Territory {
    communes: Vec<Commune>,
    sites: Vec<Site>,
    /// For each site the position of the commune it stands in.
    hosts: Vec<Option<u32>>,
}

/// Why communes and sites do not make a [`Territory`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TerritoryError {
    /// There is no commune.
    #[error("there is no commune")]
    NoCommune,
    /// Two communes have one code.
    #[error("two communes have the code \"{code}\"")]
    RepeatedCommune {
        /// The code.
        code: String,
    },
    /// Two sites have one identifier.
    #[error("two sites have the identifier \"{id}\"")]
    RepeatedSite {
        /// The identifier.
        id: String,
    },
    /// A candidate stands in a commune that is not there.
    #[error("candidate \"{id}\" stands in commune \"{commune}\", which is not among the communes")]
    UnknownHost {
        /// The candidate.
        id: String,
        /// The commune it names.
        commune: String,
    },
    /// There are more than a `u32` counts.
    #[error("{0} communes or sites are more than 4,294,967,295")]
    TooMany(usize),
}

impl Territory {
    /// Makes a territory of communes and sites given in any order.
    ///
    /// # Errors
    /// When there is no commune, or a code or an identifier comes twice, or a candidate names an unknown commune.
    pub fn new(communes: Vec<Commune>, sites: Vec<Site>) -> Result<Self, TerritoryError> {
        let _ = (communes, sites);
        todo!()
    }

    /// Returns the communes, by code.
    #[must_use]
    pub fn communes(&self) -> &[Commune] {
        &self.communes
    }

    /// Returns the sites, candidates and existing ones together, by identifier.
    #[must_use]
    pub fn sites(&self) -> &[Site] {
        &self.sites
    }

    /// Returns the position of the commune that a site (by its position) stands in, where known.
    #[must_use]
    pub fn host_of(&self, site: u32) -> Option<u32> {
        self.hosts.get(site as usize).copied().flatten()
    }
}
