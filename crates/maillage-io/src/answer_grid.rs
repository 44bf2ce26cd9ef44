use maillage_core::{CellCount, Plan, PopulationGrid, Territory};
use serde::Serialize;

/// The population grid that people were counted by, as `plan.json` holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerGrid {
    /// Cells in a commune.
    pub inside: AnswerCells,
    /// Cells whose centre lies on a border: counted in the commune of the smaller code.
    pub on_border: AnswerCells,
    /// Cells whose centre lies in no commune: left out.
    pub outside: AnswerCells,
    /// Cells of a commune that is not among the communes: left out.
    pub unmatched: AnswerCells,
    /// The sums over the cells of each commune, by code.
    pub by_commune: Vec<AnswerGridCommune>,
}

/// Cells and the people in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerCells {
    /// Cells.
    pub cells: u64,
    /// Inhabitants.
    pub people: u64,
}

/// The sums over the cells of a commune.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerGridCommune {
    /// Its code.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its inhabitants by the communes' own figure.
    pub population: u64,
    /// Its cells.
    pub cells: u64,
    /// Their inhabitants.
    pub people: u64,
    /// Under-served people of these.
    pub under_served: u64,
    /// Of them, in reach of existing sites.
    pub reached_before: u64,
    /// Of them, in reach thanks to new sites only.
    pub newly_reached: u64,
}

impl AnswerGrid {
    /// Tells a plan over the cells of a grid.
    #[must_use]
    pub fn of(grid: &PopulationGrid, territory: &Territory, plan: &Plan) -> Self {
        let told = |count: CellCount| AnswerCells { cells: count.cells, people: count.people };
        let communes = grid.communes_of(territory, plan).into_iter().map(|sum| AnswerGridCommune {
            id: sum.code,
            name: sum.name,
            population: sum.population,
            cells: sum.cells.cells,
            people: sum.cells.people,
            under_served: sum.under_served,
            reached_before: sum.reached_before,
            newly_reached: sum.newly_reached,
        });
        Self {
            inside: told(grid.count.inside),
            on_border: told(grid.count.on_border),
            outside: told(grid.count.outside),
            unmatched: told(grid.count.unmatched),
            by_commune: communes.collect(),
        }
    }
}
