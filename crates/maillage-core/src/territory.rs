use crate::nearest_texts::nearest_texts;
use crate::point_index::PointIndex;
use crate::{Commune, Site, SiteState};

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
    #[error(
        "two sites have the identifier \"{id}\": a site that exists, or stands in a given plan, is no candidate or applicant \
         as well; take it out of one of the files"
    )]
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
    /// A figure of a commune is not finite.
    #[error("commune \"{code}\" has {what} that are not a finite number")]
    NotFinite {
        /// The commune.
        code: String,
        /// "consultations" (its access figure) or "acts".
        what: &'static str,
    },
    /// People or costs add up past 2⁵³, where exact arithmetic with floating-point solvers ends.
    #[error("{what} add up to more than 2^53 (9,007,199,254,740,992)")]
    TooLarge {
        /// "people" or "costs of candidates".
        what: &'static str,
    },
}

/// 2⁵³: sums up to here are exact everywhere.
const LARGEST: u128 = 1 << 53;

impl Territory {
    /// Makes a territory of communes and sites given in any order.
    ///
    /// A site stands in the commune whose code it names; an existing site may name one that is not there, since it
    /// may stand outside the region. When no site at all names a commune, each stands in the commune whose origin is
    /// nearest to it, the smaller code where two are equally near.
    ///
    /// # Errors
    /// When there is no commune, a code or an identifier comes twice, a candidate names an unknown commune, a figure
    /// is not finite, or people or costs add up past 2⁵³.
    pub fn new(communes: Vec<Commune>, sites: Vec<Site>) -> Result<Self, TerritoryError> {
        let (mut communes, mut sites) = (communes, sites);
        if communes.is_empty() {
            return Err(TerritoryError::NoCommune);
        }
        for count in [communes.len(), sites.len()] {
            u32::try_from(count).map_err(|_| TerritoryError::TooMany(count))?;
        }
        communes.sort_by(|a, b| a.code.cmp(&b.code));
        sites.sort_by(|a, b| a.id.cmp(&b.id));
        if let Some((commune, _)) = communes.iter().zip(communes.iter().skip(1)).find(|(a, b)| a.code == b.code) {
            return Err(TerritoryError::RepeatedCommune { code: commune.code.clone() });
        }
        if let Some((site, _)) = sites.iter().zip(sites.iter().skip(1)).find(|(a, b)| a.id == b.id) {
            return Err(TerritoryError::RepeatedSite { id: site.id.clone() });
        }
        for commune in &communes {
            for (what, figure) in [("consultations", commune.access), ("acts", commune.acts)] {
                if figure.is_some_and(|figure| !figure.is_finite()) {
                    return Err(TerritoryError::NotFinite { code: commune.code.clone(), what });
                }
            }
        }
        if communes.iter().map(|commune| u128::from(commune.population)).sum::<u128>() > LARGEST {
            return Err(TerritoryError::TooLarge { what: "people" });
        }
        let candidates = sites.iter().filter(|site| site.state == SiteState::Candidate);
        if candidates.map(|site| u128::from(site.cost)).sum::<u128>() > LARGEST {
            return Err(TerritoryError::TooLarge { what: "costs of candidates" });
        }
        let hosts = if sites.iter().any(|site| site.commune.is_some()) {
            hosts_by_code(&communes, &sites)?
        } else {
            hosts_by_place(&communes, &sites)
        };
        Ok(Self { communes, sites, hosts })
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

    /// Returns the name of the territory a site (by its position) belongs to: the one given with the site, else that
    /// of the commune it stands in; empty when neither is known.
    #[must_use]
    pub fn territory_of(&self, site: u32) -> &str {
        let own = self.sites.get(site as usize).and_then(|site| site.territory.as_deref());
        let host = || self.host_of(site).and_then(|host| self.communes.get(host as usize));
        own.or_else(|| host().map(|commune| commune.territory.as_str())).unwrap_or_default()
    }

    /// Returns what stands in a column for a site (by its position): its own value, else that of the commune it
    /// stands in.
    #[must_use]
    pub fn value_of_site(&self, site: u32, column: &str) -> Option<&str> {
        let own = self.sites.get(site as usize)?.columns.get(column);
        let host = || self.communes.get(self.host_of(site)? as usize)?.columns.get(column);
        own.or_else(host).map(String::as_str)
    }

    /// Returns the position of the commune with a code.
    #[must_use]
    pub fn commune_position(&self, code: &str) -> Option<u32> {
        position_of(&self.communes, code)
    }

    /// Returns the position of the site with an identifier.
    #[must_use]
    pub fn site_position(&self, id: &str) -> Option<u32> {
        let found = self.sites.binary_search_by(|site| site.id.as_str().cmp(id)).ok()?;
        u32::try_from(found).ok()
    }

    /// Returns up to three identifiers of sites that are written almost like one.
    #[must_use]
    pub fn nearest_ids(&self, id: &str) -> Vec<String> {
        nearest_texts(id, self.sites.iter().map(|site| site.id.as_str()))
    }

    /// Returns the positions of the sites that are there already.
    pub fn existing(&self) -> impl Iterator<Item = u32> + '_ {
        self.sites_that_are(SiteState::Existing)
    }

    /// Returns the positions of the sites that could be opened.
    pub fn candidates(&self) -> impl Iterator<Item = u32> + '_ {
        self.sites_that_are(SiteState::Candidate)
    }

    fn sites_that_are(&self, state: SiteState) -> impl Iterator<Item = u32> + '_ {
        (0..).zip(&self.sites).filter(move |(_, site)| site.state == state).map(|(position, _)| position)
    }

    #[expect(clippy::cast_possible_truncation, reason = "`new` checked that the communes fit a u32")]
    pub(crate) fn commune_count(&self) -> u32 {
        self.communes.len() as u32
    }

    #[expect(clippy::cast_possible_truncation, reason = "`new` checked that the sites fit a u32")]
    pub(crate) fn site_count(&self) -> u32 {
        self.sites.len() as u32
    }
}

fn position_of(communes: &[Commune], code: &str) -> Option<u32> {
    let found = communes.binary_search_by(|commune| commune.code.as_str().cmp(code)).ok()?;
    u32::try_from(found).ok()
}

fn hosts_by_code(communes: &[Commune], sites: &[Site]) -> Result<Vec<Option<u32>>, TerritoryError> {
    let host_of = |site: &Site| match &site.commune {
        None => Ok(None),
        Some(code) => match (position_of(communes, code), site.state) {
            (None, SiteState::Candidate) => {
                Err(TerritoryError::UnknownHost { id: site.id.clone(), commune: code.clone() })
            }
            (host, _) => Ok(host),
        },
    };
    sites.iter().map(host_of).collect()
}

fn hosts_by_place(communes: &[Commune], sites: &[Site]) -> Vec<Option<u32>> {
    let index = PointIndex::new((0..).zip(communes.iter().map(|commune| commune.origin)));
    let host_of = |site: &Site| {
        let from = site.position.unit_vector();
        let squared_chord = index.nearest(from)?;
        index.within(from, squared_chord).map(|(commune, _)| commune).min()
    };
    sites.iter().map(host_of).collect()
}
