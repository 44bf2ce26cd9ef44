//! Problems in parts, and their documented text.

use std::fmt;

use maillage_verify::Instance;

#[derive(Clone)]
pub struct Site {
    pub demands: Vec<u32>,
    pub open: Option<bool>,
}

#[derive(Clone)]
pub struct Rule {
    pub least: Option<i64>,
    pub most: Option<i64>,
    pub coefficients: Vec<(u32, i64)>,
}

#[derive(Clone)]
pub struct Floor {
    pub least: u64,
    pub coefficients: Vec<(u32, u64)>,
}

/// The parts of an instance, which it keeps to itself; its text is the documented one.
#[derive(Clone, Default)]
pub struct Problem {
    pub weights: Vec<u64>,
    pub sites: Vec<Site>,
    pub rules: Vec<Rule>,
    pub floors: Vec<Floor>,
}

impl Problem {
    pub fn instance(&self) -> Instance {
        Instance::read(self.to_string().lines()).unwrap()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { weights, sites, rules, floors } = self;
        writeln!(out, "maillage-instance 1")?;
        write!(out, "counts {} {} {} {}\nweights", weights.len(), sites.len(), rules.len(), floors.len())?;
        weights.iter().try_for_each(|weight| write!(out, " {weight}"))?;
        for Site { demands, open } in sites {
            write!(out, "\n{}", open.map_or("free", |open| if open { "open" } else { "closed" }))?;
            demands.iter().try_for_each(|demand| write!(out, " {demand}"))?;
        }
        for Rule { least, most, coefficients } in rules {
            let [least, most] = [least, most].map(|end| end.map_or("-".to_owned(), |end| end.to_string()));
            write!(out, "\nrule {least} {most}")?;
            coefficients.iter().try_for_each(|(site, by)| write!(out, " {site}:{by}"))?;
        }
        for Floor { least, coefficients } in floors {
            write!(out, "\nfloor {least}")?;
            coefficients.iter().try_for_each(|(demand, by)| write!(out, " {demand}:{by}"))?;
        }
        writeln!(out)
    }
}
