use crate::rule_columns::RuleCells;
use crate::{Column, CommuneColumns, StatedCrs};

/// The columns wanted, in the order of the cells.
pub(super) struct WantedColumns<'a> {
    pub(super) columns: Vec<&'a Column>,
    pub(super) access: Option<usize>,
    pub(super) origin: Option<(usize, usize)>,
    pub(super) origin_crs: StatedCrs,
    pub(super) weight: Option<usize>,
    pub(super) acts: Option<usize>,
    pub(super) names: Vec<&'a str>,
    pub(super) rules: RuleCells<'a>,
}

pub(super) const POPULATION: usize = 2;
pub(super) const TERRITORY: usize = 3;
pub(super) const DENSITY: usize = 4;

impl<'a> WantedColumns<'a> {
    pub(super) fn new(columns: &'a CommuneColumns) -> Self {
        let mut wanted = vec![&columns.id, &columns.name, &columns.population, &columns.territory, &columns.density];
        let mut add = |column: &'a Column| {
            wanted.push(column);
            wanted.len() - 1
        };
        let access = columns.access.as_ref().map(&mut add);
        let origin = columns.origin.as_ref().map(|(longitude, latitude)| (add(longitude), add(latitude)));
        let weight = columns.weight.as_ref().map(&mut add);
        let acts = columns.acts.as_ref().map(&mut add);
        let mut names = wanted.iter().map(|column| column.name.as_str()).collect();
        let rules = RuleCells::among(&columns.rules, &mut names);
        let origin_crs = columns.origin_crs;
        Self { columns: wanted, access, origin, origin_crs, weight, acts, names, rules }
    }

    /// The flag that names a column.
    pub(super) fn flag(&self, column: usize) -> &'static str {
        match column {
            0 => "--id-field",
            1 => "--name-field",
            POPULATION => "--population-field",
            TERRITORY => "--territory-field",
            DENSITY => "--density-field",
            _ if Some(column) == self.access => "--access-field",
            _ if Some(column) == self.weight => "--weight field:NAME",
            _ if Some(column) == self.acts => "--use-field",
            _ => "--origin lon,lat",
        }
    }
}
