use std::collections::HashMap;
use std::fmt::Write;

use crate::CoveringModel;

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
        let mut entries_of: HashMap<&str, Vec<(&str, i128)>> = HashMap::new();
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
}

#[cfg(test)]
mod tests {
    use crate::covering_model::tests::model;

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
}
