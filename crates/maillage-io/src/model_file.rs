use std::fmt::Write;

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
struct Row {
    name: String,
    /// Variables with their coefficients, as text.
    entries: Vec<(String, i128)>,
    /// L, G or E, as MPS has it.
    sense: char,
    end: i128,
}

/// How long names may be beside their number.
const LONGEST: usize = 100;

impl CoveringModel {
    /// Writes the model as free MPS.
    #[must_use]
    pub fn to_mps(&self) -> String {
        let rows = self.rules_and_floors();
        let mut text = self.heading('*');
        text += "NAME maillage\nOBJSENSE\n    MAX\nROWS\n N weight\n";
        for demand in 0..self.demands.len() {
            let _ = writeln!(text, " L c{demand}");
        }
        for row in &rows {
            let _ = writeln!(text, " {} {}", row.sense, row.name);
        }
        let mut entries_of: std::collections::HashMap<&str, Vec<(&str, i128)>> = std::collections::HashMap::new();
        for row in &rows {
            for (variable, by) in &row.entries {
                entries_of.entry(variable).or_default().push((&row.name, *by));
            }
        }
        let mut others = |text: &mut String, variable: &str| {
            for (row, by) in entries_of.remove(variable).unwrap_or_default() {
                let _ = writeln!(text, " {variable} {row} {by}");
            }
        };
        text += "COLUMNS\n MARKER 'MARKER' 'INTORG'\n";
        for (site, row) in (0..).zip(&self.rows) {
            let variable = self.site(site);
            let _ = writeln!(text, " {variable} weight 0");
            for demand in row {
                let _ = writeln!(text, " {variable} c{demand} -1");
            }
            others(&mut text, &variable);
        }
        text += " MARKER 'MARKER' 'INTEND'\n";
        for (number, demand) in (0..).zip(&self.demands) {
            let variable = self.demand(number);
            let _ = writeln!(text, " {variable} weight {}", demand.weight);
            let _ = writeln!(text, " {variable} c{number} 1");
            others(&mut text, &variable);
        }
        text += "RHS\n";
        for row in &rows {
            let _ = writeln!(text, " RHS {} {}", row.name, row.end);
        }
        text += "BOUNDS\n";
        for site in (0..).take(self.sites.len()) {
            let _ = writeln!(text, " BV BOUND {}", self.site(site));
        }
        for demand in (0..).take(self.demands.len()) {
            let _ = writeln!(text, " UP BOUND {} 1", self.demand(demand));
        }
        text += "ENDATA\n";
        text
    }

    /// Writes the model in CPLEX's LP format.
    #[must_use]
    pub fn to_lp(&self) -> String {
        let mut text = self.heading('\\');
        text += "Maximize\n weight:";
        let weights = (0..).zip(&self.demands).map(|(number, demand)| (self.demand(number), i128::from(demand.weight)));
        // Some readers want a variable in every objective.
        let nothing = self.sites.first().filter(|_| self.demands.is_empty()).map(|_| (self.site(0), 0));
        sum(&mut text, weights.chain(nothing));
        text += "\nSubject To\n";
        let mut coverers: Vec<Vec<u32>> = vec![Vec::new(); self.demands.len()];
        for (site, row) in (0..).zip(&self.rows) {
            for &demand in row {
                if let Some(coverers) = coverers.get_mut(demand as usize) {
                    coverers.push(site);
                }
            }
        }
        for (number, coverers) in (0..).zip(&coverers) {
            let _ = write!(text, " c{number}:");
            let sites = coverers.iter().map(|&site| (self.site(site), -1));
            sum(&mut text, std::iter::once((self.demand(number), 1)).chain(sites));
            text += " <= 0\n";
        }
        for row in self.rules_and_floors() {
            let _ = write!(text, " {}:", row.name);
            sum(&mut text, row.entries.into_iter());
            let sign = match row.sense {
                'L' => "<=",
                'G' => ">=",
                _ => "=",
            };
            let _ = writeln!(text, " {sign} {}", row.end);
        }
        text += "Bounds\n";
        for demand in (0..).take(self.demands.len()) {
            let _ = writeln!(text, " 0 <= {} <= 1", self.demand(demand));
        }
        text += "Binary\n";
        for site in (0..).take(self.sites.len()) {
            let _ = writeln!(text, " {}", self.site(site));
        }
        text += "End\n";
        text
    }

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
            ids.iter().for_each(|id| line(["site", id, "", state]));
        }
        for (number, demand) in (0..).zip(&self.demands) {
            let variable = self.demand(number);
            demand.places.iter().for_each(|id| line(["place", id, &variable, "demand"]));
        }
        self.settled.iter().for_each(|id| line(["place", id, "", "settled"]));
        writer.into_inner().unwrap_or_default()
    }

    fn heading(&self, mark: char) -> String {
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

    fn site(&self, site: u32) -> String {
        named('y', site, self.sites.get(site as usize))
    }

    fn demand(&self, demand: u32) -> String {
        named('z', demand, self.demands.get(demand as usize).and_then(|demand| demand.places.first()))
    }

    /// Returns the rows beside those of coverage. A rule that names no free site holds already.
    fn rules_and_floors(&self) -> Vec<Row> {
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
                    most.into_iter().for_each(|most| row("_most", 'L', most));
                    least.into_iter().for_each(|least| row("_least", 'G', least));
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

/// Writes a sum in CPLEX's LP format, lines kept short.
fn sum(text: &mut String, terms: impl Iterator<Item = (String, i128)>) {
    for (position, (variable, by)) in terms.enumerate() {
        if position > 0 && position % 8 == 0 {
            text.push_str("\n ");
        }
        let sign = if by < 0 {
            " -"
        } else if position > 0 {
            " +"
        } else {
            ""
        };
        text.push_str(sign);
        if by.unsigned_abs() != 1 {
            let _ = write!(text, " {}", by.unsigned_abs());
        }
        let _ = write!(text, " {variable}");
    }
}

#[cfg(test)]
mod tests {
    use super::{CoveringModel, ModelDemand, ModelFloor, ModelRule};

    fn model() -> CoveringModel {
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
    fn mps_has_every_part_once() {
        let mps = model().to_mps();
        let body: Vec<&str> = mps.lines().filter(|line| !line.starts_with('*')).collect();
        assert_eq!(
            body,
            [
                "NAME maillage",
                "OBJSENSE",
                "    MAX",
                "ROWS",
                " N weight",
                " L c0",
                " L c1",
                " L r0_sites_most",
                " G r0_sites_least",
                " E r1_share",
                " G f0_57",
                "COLUMNS",
                " MARKER 'MARKER' 'INTORG'",
                " y0_ab weight 0",
                " y0_ab c0 -1",
                " y0_ab r0_sites_most 1",
                " y0_ab r0_sites_least 1",
                " y0_ab r1_share -41",
                " y1_e5 weight 0",
                " y1_e5 c0 -1",
                " y1_e5 c1 -1",
                " y1_e5 r0_sites_most 1",
                " y1_e5 r0_sites_least 1",
                " y1_e5 r1_share 59",
                " y2_2A weight 0",
                " y2_2A r0_sites_most 1",
                " y2_2A r0_sites_least 1",
                " y2_2A r1_share 4",
                " MARKER 'MARKER' 'INTEND'",
                " z0_01 weight 7",
                " z0_01 c0 1",
                " z1_03 weight 0",
                " z1_03 c1 1",
                " z1_03 f0_57 3",
                "RHS",
                " RHS r0_sites_most 2",
                " RHS r0_sites_least 1",
                " RHS r1_share 4",
                " RHS f0_57 2",
                "BOUNDS",
                " BV BOUND y0_ab",
                " BV BOUND y1_e5",
                " BV BOUND y2_2A",
                " UP BOUND z0_01 1",
                " UP BOUND z1_03 1",
                "ENDATA",
            ]
        );
    }

    #[test]
    fn lp_has_every_part_once() {
        let lp = model().to_lp();
        let body: Vec<&str> = lp.lines().filter(|line| !line.starts_with('\\')).collect();
        assert_eq!(
            body,
            [
                "Maximize",
                " weight: 7 z0_01 + 0 z1_03",
                "Subject To",
                " c0: z0_01 - y0_ab - y1_e5 <= 0",
                " c1: z1_03 - y1_e5 <= 0",
                " r0_sites_most: y0_ab + y1_e5 + y2_2A <= 2",
                " r0_sites_least: y0_ab + y1_e5 + y2_2A >= 1",
                " r1_share: - 41 y0_ab + 59 y1_e5 + 4 y2_2A = 4",
                " f0_57: 3 z1_03 >= 2",
                "Bounds",
                " 0 <= z0_01 <= 1",
                " 0 <= z1_03 <= 1",
                "Binary",
                " y0_ab",
                " y1_e5",
                " y2_2A",
                "End",
            ]
        );
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
