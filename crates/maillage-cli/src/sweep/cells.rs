use std::collections::BTreeMap;

use maillage_io::{CurveOver, QuestionError, ScenarioFile};
use serde_json::{Map, Value};

use super::Axis;
use super::loss::{LOSE, Loss};
use crate::failure::Failure;

/// Keys that say how people travel or how far: scenarios that differ in others need files read anew.
const NOT_READ: [&str; 11] =
    ["under", "within", "speed", "detour", "budget", "sites", "enough", "profile", "forbid", "require", LOSE];
/// Keys that change the times themselves.
const TRAVEL: [&str; 3] = ["speed", "detour", "profile"];

/// The scenarios of a sweep, put together by what they share.
pub(crate) struct Cells {
    pub(crate) cells: Vec<Cell>,
    pub(crate) curves: Vec<SweptCurve>,
}

/// One scenario.
pub(crate) struct Cell {
    pub(crate) assumes: Map<String, Value>,
    /// Its curve, and its point there.
    pub(crate) curve: usize,
    pub(crate) point: usize,
    /// The values that were varied of the limit: of money or sites.
    pub(crate) limit: Map<String, Value>,
}

/// Scenarios that differ by one limit only, of which each starts from the one before.
pub(crate) struct SweptCurve {
    /// The scenario under the largest limit.
    pub(crate) file: ScenarioFile,
    pub(crate) over: CurveOver,
    /// The limits, rising, each once.
    pub(crate) ends: Vec<u64>,
    /// What has to be read for it, and which times are made of that.
    pub(crate) read: String,
    pub(crate) travel: String,
    /// Sites that serve nobody.
    pub(crate) lost: Loss,
}

/// Returns the different limits of scenarios, in the order in which they come first.
pub(crate) fn limits_of(cells: &[Cell]) -> Vec<&Map<String, Value>> {
    let mut limits = Vec::new();
    for cell in cells {
        if !limits.contains(&&cell.limit) {
            limits.push(&cell.limit);
        }
    }
    limits
}

impl Cells {
    /// Puts the scenarios of a grid together; `taken` are positions in the grid, the last axis turning fastest.
    pub(crate) fn of(base: &ScenarioFile, axes: &[Axis], taken: &[usize]) -> Result<Self, Failure> {
        let mut made = Self { cells: Vec::new(), curves: Vec::new() };
        let mut curve_of: BTreeMap<String, usize> = BTreeMap::new();
        let varies = |key: &str| axes.iter().any(|axis| axis.key == key);
        for &position in taken {
            let mut file = base.clone();
            let mut assumes = Map::new();
            let mut rest = position;
            for axis in axes.iter().rev() {
                let value = axis.values.get(rest % axis.values.len()).cloned().unwrap_or_default();
                rest /= axis.values.len();
                axis.put(&value, &mut file).map_err(|_| QuestionError::BadValue {
                    flag: "vary",
                    value: format!("{}={}", axis.key, plain(&value)),
                    expected: axis.expected(),
                })?;
                assumes.insert(axis.key.clone(), value);
            }
            let assumes: Map<String, Value> =
                axes.iter().filter_map(|axis| Some((axis.key.clone(), assumes.get(&axis.key)?.clone()))).collect();
            file.check_limits()?;
            file.scenario()?;
            let over = match (file.budget, file.sites) {
                (Some(_), None) => CurveOver::Euros,
                (Some(_), Some(_)) if varies("budget") => CurveOver::Euros,
                _ => CurveOver::Sites,
            };
            let end = match over {
                CurveOver::Euros => file.budget.map(maillage_io::Euros::whole),
                _ => file.sites.map(u64::from),
            };
            let limit_key = if over == CurveOver::Euros { "budget" } else { "sites" };
            let only = |is: &dyn Fn(&str) -> bool| {
                let kept: Map<String, Value> = assumes
                    .iter()
                    .filter(|(key, _)| is(key))
                    .map(|(key, value)| (key.clone(), value.clone()))
                    .collect();
                Value::Object(kept).to_string()
            };
            let key = only(&|key| key != limit_key);
            let curve = *curve_of.entry(key).or_insert_with(|| {
                made.curves.push(SweptCurve {
                    file: file.clone(),
                    over,
                    ends: Vec::new(),
                    read: only(&|key| !NOT_READ.contains(&key)),
                    travel: only(&|key| TRAVEL.contains(&key)),
                    lost: assumes.get(LOSE).map(Loss::of).unwrap_or_default(),
                });
                made.curves.len() - 1
            });
            let end = end.unwrap_or_default();
            if let Some(curve) = made.curves.get_mut(curve) {
                if curve.ends.iter().all(|known| *known < end) {
                    curve.file = file;
                }
                curve.ends.push(end);
            }
            let is_limit = |key: &str| matches!(key, "budget" | "sites");
            let limit =
                assumes.iter().filter(|(key, _)| is_limit(key)).map(|(key, value)| (key.clone(), value.clone()));
            made.cells.push(Cell { limit: limit.collect(), assumes, curve, point: usize::try_from(end).unwrap_or(0) });
        }
        for curve in &mut made.curves {
            curve.ends.sort_unstable();
            curve.ends.dedup();
        }
        for cell in &mut made.cells {
            let end = cell.point as u64;
            let ends = made.curves.get(cell.curve).map(|curve| curve.ends.as_slice()).unwrap_or_default();
            cell.point = ends.binary_search(&end).unwrap_or_default();
        }
        Ok(made)
    }
}

/// Shows a value as it is written on the command line.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> ScenarioFile {
        let mut file = ScenarioFile::default();
        for text in ["under=4", "within=10min", "detour=1.3", "speed=50km/h", "access-field=apl"] {
            let axis: Axis = text.parse().unwrap();
            axis.put(&axis.values[0], &mut file).unwrap();
        }
        file
    }

    #[test]
    fn scenarios_that_differ_by_a_limit_share_a_curve() {
        let axes: Vec<Axis> =
            ["under=2.5,4", "budget=300,100,200", "detour=1.2,1.3"].map(|text| text.parse().unwrap()).into();
        let made = Cells::of(&file(), &axes, &(0..12).collect::<Vec<_>>()).unwrap();
        assert_eq!((made.cells.len(), made.curves.len()), (12, 4));
        assert!(made.curves.iter().all(|curve| curve.ends == [100, 200, 300] && curve.over == CurveOver::Euros));
        let cell = &made.cells[2];
        assert_eq!(
            Value::Object(cell.assumes.clone()),
            serde_json::json!({"under": 2.5, "budget": 100, "detour": 1.2})
        );
        assert_eq!((cell.point, Value::Object(cell.limit.clone())), (0, serde_json::json!({"budget": 100})));
        let times: std::collections::BTreeSet<&str> = made.curves.iter().map(|curve| curve.travel.as_str()).collect();
        assert_eq!(times.len(), 2);
    }

    #[test]
    fn a_sweep_without_a_limit_or_with_a_wrong_value_is_refused() {
        let axes: Vec<Axis> = vec!["under=2.5,4".parse().unwrap()];
        assert!(Cells::of(&file(), &axes, &[0]).is_err());
        let axes: Vec<Axis> = vec!["sites=3".parse().unwrap(), "within=soon".parse().unwrap()];
        assert!(Cells::of(&file(), &axes, &[0]).is_err());
    }
}
