use std::fmt::Write;

use crate::CoveringModel;

impl CoveringModel {
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
    use crate::covering_model::tests::model;

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
}
