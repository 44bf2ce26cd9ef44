/// A maximal covering problem with the names of its parts, to be written for integer-programming solvers.
///
/// Variables are `y…` for sites (1 is open) and `z…` for demands (1 is covered): a number, and what letters and digits
/// of the identifier the formats allow. What each one stands for is said by [`to_names`](Self::to_names).
///
/// ```
/// use maillage_io::{CoveringModel, ModelDemand, ModelRule};
///
/// let demand = |place: &str, weight| ModelDemand { places: vec![place.to_owned()], weight };
/// let model = CoveringModel {
///     sites: vec!["hall".to_owned(), "école".to_owned()],
///     rows: vec![vec![0], vec![0, 1]],
///     demands: vec![demand("57463", 120), demand("54395", 100)],
///     rules: vec![ModelRule::at_most("sites", 1, vec![(0, 1), (1, 1)])],
///     ..CoveringModel::default()
/// };
/// let lp = model.to_lp();
/// assert!(lp.contains("120 z0_57463 + 100 z1_54395"));
/// assert!(lp.contains("z1_54395 - y1_cole <= 0"));
/// assert!(lp.contains("r0_sites_most: y0_hall + y1_cole <= 1"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CoveringModel {
    /// The identifier of each site.
    pub sites: Vec<String>,
    /// For each site the demands it covers, ascending.
    pub rows: Vec<Vec<u32>>,
    /// The demands.
    pub demands: Vec<ModelDemand>,
    /// Linear rules on the sites.
    pub rules: Vec<ModelRule>,
    /// Linear floors under the covered demands.
    pub floors: Vec<ModelFloor>,
    /// Weight to add to the objective: what sites that are open anyway cover.
    pub base: u64,
    /// Identifiers of sites that are open anyway.
    pub open: Vec<String>,
    /// Identifiers of sites that need not be looked at: closed, or another can stand in for them.
    pub left_out: Vec<String>,
    /// Identifiers of places that are no demand: covered anyway, without weight, or out of every site's reach.
    pub settled: Vec<String>,
}

/// A demand of a [`CoveringModel`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModelDemand {
    /// Identifiers of the places it stands for, which the same sites cover.
    pub places: Vec<String>,
    /// Their weight.
    pub weight: u64,
}

/// A rule of a [`CoveringModel`]: `least ≤ Σ coefficient × open ≤ most`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModelRule {
    /// What it is called.
    pub name: String,
    /// Coefficients by site.
    pub coefficients: Vec<(u32, i64)>,
    /// The least the sum may be.
    pub least: Option<i64>,
    /// The most the sum may be.
    pub most: Option<i64>,
}

impl ModelRule {
    /// Returns the rule `Σ coefficient × open ≤ most`.
    #[must_use]
    pub fn at_most(name: &str, most: i64, coefficients: Vec<(u32, i64)>) -> Self {
        Self { name: name.to_owned(), coefficients, least: None, most: Some(most) }
    }
}

/// A floor of a [`CoveringModel`]: `Σ coefficient × covered ≥ least`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModelFloor {
    /// What it is called.
    pub name: String,
    /// Coefficients by demand.
    pub coefficients: Vec<(u32, u64)>,
    /// The least the sum may be.
    pub least: u64,
}

/// One row of the model.
pub(crate) struct Row {
    pub(crate) name: String,
    /// Variables with their coefficients, as text.
    pub(crate) entries: Vec<(String, i128)>,
    /// L, G or E, as MPS has it.
    pub(crate) sense: char,
    pub(crate) end: i128,
}

/// How long names may be beside their number.
const LONGEST: usize = 100;

impl CoveringModel {
    /// Writes what every variable stands for, and what is not in the model and why, as CSV.
    ///
    /// Columns are `role` (site or place), `id`, `variable` (empty where there is none) and `state`: `free` or
    /// `demand` in the model; else `open`, `left_out` or `settled`.
    #[must_use]
    pub fn to_names(&self) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let mut line = |fields: [&str; 4]| {
            // Writing to memory does not fail.
            let _ = writer.write_record(fields);
        };
        line(["role", "id", "variable", "state"]);
        for (site, id) in (0..).zip(&self.sites) {
            line(["site", id, &self.site(site), "free"]);
        }
        for (ids, state) in [(&self.open, "open"), (&self.left_out, "left_out")] {
            for id in ids {
                line(["site", id, "", state]);
            }
        }
        for (number, demand) in (0..).zip(&self.demands) {
            let variable = self.demand(number);
            for id in &demand.places {
                line(["place", id, &variable, "demand"]);
            }
        }
        for id in &self.settled {
            line(["place", id, "", "settled"]);
        }
        writer.into_inner().unwrap_or_default()
    }

    pub(crate) fn heading(&self, mark: char) -> String {
        format!(
            "{mark} Maximal covering: open sites y, cover demands z.\n{mark} Sites: {}, demands: {}, pairs: {}.\n\
             {mark} Sites that are open anyway ({}) cover a weight of {}, not counted in the objective.\n",
            self.sites.len(),
            self.demands.len(),
            self.rows.iter().map(Vec::len).sum::<usize>(),
            self.open.len(),
            self.base
        )
    }

    pub(crate) fn site(&self, site: u32) -> String {
        named('y', site, self.sites.get(site as usize))
    }

    pub(crate) fn demand(&self, demand: u32) -> String {
        named('z', demand, self.demands.get(demand as usize).and_then(|demand| demand.places.first()))
    }

    /// Returns the rows beside those of coverage. A rule that names no free site holds already.
    pub(crate) fn rules_and_floors(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for (number, rule) in (0..).zip(&self.rules).filter(|(_, rule)| !rule.coefficients.is_empty()) {
            let base = named('r', number, Some(&rule.name));
            let entries = || rule.coefficients.iter().map(|&(site, by)| (self.site(site), i128::from(by))).collect();
            let mut row = |suffix: &str, sense, end: i64| {
                rows.push(Row { name: format!("{base}{suffix}"), entries: entries(), sense, end: i128::from(end) });
            };
            match (rule.least, rule.most) {
                (Some(least), Some(most)) if least == most => row("", 'E', most),
                (least, most) => {
                    if let Some(most) = most {
                        row("_most", 'L', most);
                    }
                    if let Some(least) = least {
                        row("_least", 'G', least);
                    }
                }
            }
        }
        for (number, floor) in (0..).zip(&self.floors).filter(|(_, floor)| !floor.coefficients.is_empty()) {
            let entries =
                floor.coefficients.iter().map(|&(demand, by)| (self.demand(demand), i128::from(by))).collect();
            let name = named('f', number, Some(&floor.name));
            rows.push(Row { name, entries, sense: 'G', end: i128::from(floor.least) });
        }
        rows
    }
}

/// Makes a name that both formats take and no other part has: a letter, a number, and what can be kept of an
/// identifier.
fn named(letter: char, number: u32, identifier: Option<&String>) -> String {
    let allowed = |character: &char| character.is_ascii_alphanumeric() || *character == '_';
    let kept: String = identifier.into_iter().flat_map(|text| text.chars()).filter(allowed).take(LONGEST).collect();
    if kept.is_empty() { format!("{letter}{number}") } else { format!("{letter}{number}_{kept}") }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::{CoveringModel, ModelDemand, ModelFloor, ModelRule};

    /// Every part a model can have, with names that the formats do not take.
    pub(crate) fn model() -> CoveringModel {
        let demand = |places: &[&str], weight| ModelDemand {
            places: places.iter().map(|&place| place.to_owned()).collect(),
            weight,
        };
        let all = |by: [i64; 3]| (0..).zip(by).collect::<Vec<_>>();
        CoveringModel {
            sites: ["a b", "e5", "2A\"é"].map(str::to_owned).to_vec(),
            rows: vec![vec![0], vec![0, 1], vec![]],
            demands: vec![demand(&["01", "02"], 7), demand(&["03"], 0)],
            rules: vec![
                ModelRule { least: Some(1), ..ModelRule::at_most("sites", 2, all([1, 1, 1])) },
                ModelRule { least: Some(4), ..ModelRule::at_most("share", 4, all([-41, 59, 4])) },
                ModelRule::at_most("nothing", 3, vec![]),
            ],
            floors: vec![ModelFloor { name: "57".to_owned(), coefficients: vec![(1, 3)], least: 2 }],
            base: 12,
            open: vec!["x,y".to_owned()],
            left_out: vec!["z".to_owned()],
            settled: vec!["04".to_owned()],
        }
    }

    #[test]
    fn every_site_and_place_is_named() {
        let names = String::from_utf8(model().to_names()).unwrap();
        assert_eq!(
            names,
            "role,id,variable,state\nsite,a b,y0_ab,free\nsite,e5,y1_e5,free\nsite,\"2A\"\"é\",y2_2A,free\n\
             site,\"x,y\",,open\nsite,z,,left_out\nplace,01,z0_01,demand\nplace,02,z0_01,demand\n\
             place,03,z1_03,demand\nplace,04,,settled\n"
        );
    }
}
