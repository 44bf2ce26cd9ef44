use std::fmt::{Display, Write};

use crate::{Fixing, Problem, SiteId};

impl Problem {
    /// Returns the lines, without their line feeds, of the text that a checker of certificates reads and hashes;
    /// `docs/certificate.md` says what they hold.
    ///
    /// ```
    /// use maillage_solver::{Coverage, Fixing, Problem, SiteId, SiteRule};
    ///
    /// let coverage = Coverage::from_rows(2, &[vec![0], vec![0, 1]])?;
    /// let one = SiteRule::at_most(1, (0..2).map(|site| (SiteId(site), 1)));
    /// let problem = Problem::new(coverage, vec![5, 7], vec![one], vec![Fixing::Free, Fixing::Closed])?;
    /// let lines: Vec<String> = problem.instance_lines().collect();
    /// assert_eq!(lines[1..], ["counts 2 2 1 0", "weights 5 7", "free 0", "closed 0 1", "rule - 1 0:1 1:1"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn instance_lines(&self) -> impl Iterator<Item = String> {
        let (demands, sites) = (self.weights().len(), self.fixings().len());
        let head = [
            "maillage-instance 1".to_owned(),
            format!("counts {demands} {sites} {} {}", self.rules().len(), self.floors().len()),
            line("weights", self.weights()),
        ];
        let sites = (0..).map(SiteId).zip(self.fixings()).map(|(site, fixing)| {
            let state = match fixing {
                Fixing::Free => "free",
                Fixing::Open => "open",
                Fixing::Closed => "closed",
            };
            line(state, self.coverage().demands_of(site))
        });
        let rules = self.rules().iter().map(|rule| {
            let [least, most] = [rule.least, rule.most].map(|end| end.map_or("-".to_owned(), |end| end.to_string()));
            pairs(&format!("rule {least} {most}"), &rule.coefficients)
        });
        let floors = self.floors().iter().map(|floor| pairs(&format!("floor {}", floor.least), &floor.coefficients));
        head.into_iter().chain(sites).chain(rules).chain(floors)
    }
}

/// Writes a list after its name, as one line of words.
pub(crate) fn line(name: &str, list: impl IntoIterator<Item: Display>) -> String {
    let mut line = name.to_owned();
    for item in list {
        // Writing to a string cannot fail.
        let _ = write!(line, " {item}");
    }
    line
}

/// Writes positions and numbers after their name, as one line of words.
pub(crate) fn pairs<P: Display, N: Display>(name: &str, list: &[(P, N)]) -> String {
    line(name, list.iter().map(|(position, number)| format!("{position}:{number}")))
}
