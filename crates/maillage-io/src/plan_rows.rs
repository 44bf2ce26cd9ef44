use maillage_core::{PlanCommune, PlanSite, Reached, Site, Territory, TerritoryCount};

use crate::{Answer, TableCell};

/// The rows of a plan's tables: what every format that holds them agrees on.
pub(crate) struct PlanRows<'a> {
    pub(crate) territory: &'a Territory,
    pub(crate) answer: &'a Answer,
}

impl<'a> PlanRows<'a> {
    /// Returns a site by its position.
    pub(crate) fn site(&self, position: u32) -> Option<&'a Site> {
        self.territory.sites().get(position as usize)
    }

    /// Returns the identifier of a site, nothing where there is none.
    pub(crate) fn id_of(&self, position: Option<u32>) -> TableCell {
        TableCell::text(position.and_then(|position| self.site(position)).map_or("", |site| &site.id))
    }

    /// Returns the name of the phase a site opens in, nothing where there are none.
    pub(crate) fn phase_of(&self, plan: &PlanSite) -> &'a str {
        let phase = plan.phase.and_then(|phase| self.answer.phases.get(phase as usize));
        phase.map_or("", |phase| &phase.phase)
    }

    /// Returns the type of a site, nothing where there are none.
    pub(crate) fn type_of(&self, plan: &PlanSite) -> &'a str {
        let kind = plan.kind.and_then(|kind| self.answer.types.get(kind as usize));
        kind.map_or("", |kind| &kind.r#type)
    }

    /// Returns the row of a site, in the order of the columns of the table of sites.
    pub(crate) fn of_site(&self, site: &Site, plan: &PlanSite) -> Vec<TableCell> {
        vec![
            TableCell::text(&site.id),
            TableCell::text(&site.name),
            TableCell::text(&site.kind),
            TableCell::text(state_word(plan)),
            TableCell::Truth(plan.required),
            TableCell::whole(plan.rank.map(u64::from)),
            TableCell::whole(plan.people_added),
            TableCell::Whole(plan.people_lost_without),
            TableCell::euros(plan.cost),
            TableCell::text(self.phase_of(plan)),
            TableCell::text(self.type_of(plan)),
            self.id_of(plan.hub),
            self.id_of(plan.upgrades),
            TableCell::whole(plan.residents),
            TableCell::text(&plan.territory),
        ]
    }

    /// Returns the row of a commune, in the order of the columns of the table of communes.
    pub(crate) fn of_commune(&self, commune: &maillage_core::Commune, plan: &PlanCommune) -> Vec<TableCell> {
        commune_row(self.territory, commune, plan)
    }

    /// Returns the row of a territory, in the order of the columns of the table of territories.
    pub(crate) fn of_territory(count: &TerritoryCount) -> Vec<TableCell> {
        vec![
            TableCell::text(&count.territory),
            TableCell::Whole(count.under_served),
            TableCell::Whole(count.reached_before),
            TableCell::Whole(count.newly_reached),
            TableCell::Whole(count.reached_before.saturating_add(count.newly_reached)),
            TableCell::Whole(count.sites_new),
        ]
    }
}

/// Returns the row of a commune, in the order of the columns of the table of communes.
pub(crate) fn commune_row(
    territory: &Territory,
    commune: &maillage_core::Commune,
    plan: &PlanCommune,
) -> Vec<TableCell> {
    let nearest = plan.nearest.and_then(|(site, _)| territory.sites().get(site as usize));
    vec![
        TableCell::text(&commune.code),
        TableCell::text(&commune.name),
        TableCell::text(&commune.territory),
        TableCell::Whole(commune.population),
        TableCell::decimal(commune.access),
        TableCell::Whole(plan.under_served),
        TableCell::text(reached_word(plan.reached)),
        TableCell::text(nearest.map_or("", |site| &site.id)),
        TableCell::decimal(minutes(plan)),
    ]
}

/// Returns the word for whether a site is new.
pub(crate) const fn state_word(plan: &PlanSite) -> &'static str {
    if plan.is_new { "new" } else { "existing" }
}

/// Returns the word for whether a commune is in reach.
pub(crate) const fn reached_word(reached: Reached) -> &'static str {
    match reached {
        Reached::Already => "already",
        Reached::Newly => "newly",
        Reached::No => "no",
    }
}

/// Returns the minutes to the nearest site with four decimals at most, which tell every decisecond from the next.
pub(crate) fn minutes(plan: &PlanCommune) -> Option<f64> {
    plan.nearest.map(|(_, time)| (time.minutes() * 10_000.0).round() / 10_000.0)
}
