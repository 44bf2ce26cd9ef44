use std::collections::BTreeMap;

use geo::{Contains, Geometry, Intersects, Point};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::{Commune, Plan, Position, Reached, Site, Territory};

/// A cell of a population grid.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Its identifier, unique among the cells.
    pub id: String,
    /// Inhabitants.
    pub people: u64,
    /// Its centre.
    pub position: Position,
    /// The code of the commune that holds it, where a column says so; else its centre decides.
    pub commune: Option<String>,
}

/// Cells and the people in them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CellCount {
    /// Cells.
    pub cells: u64,
    /// Inhabitants.
    pub people: u64,
}

impl CellCount {
    fn add(&mut self, people: u64) {
        self.cells += 1;
        self.people += people;
    }
}

/// Where the cells of a grid lie, by the communes that hold them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GridCount {
    /// In a commune, by its column or by its centre.
    pub inside: CellCount,
    /// With their centre on a border: in the commune of the smaller code.
    pub on_border: CellCount,
    /// With their centre in no commune: left out.
    pub outside: CellCount,
    /// Of a commune that is not among the communes: left out.
    pub unmatched: CellCount,
}

/// The people of one commune as its cells hold them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GridCommune {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its inhabitants by the communes' own figure.
    pub population: u64,
    /// Its cells and their people.
    pub cells: CellCount,
    /// Under-served people of these.
    pub under_served: u64,
    /// Of them, in reach before.
    pub reached_before: u64,
    /// Of them, newly in reach.
    pub newly_reached: u64,
}

/// A population grid laid over communes: people live in its cells, and have the access figure of their commune.
#[derive(Clone, Debug, PartialEq)]
pub struct PopulationGrid {
    /// The communes, by code.
    communes: Vec<Commune>,
    /// For each cell that is kept, by identifier, the position of its commune.
    hosts: BTreeMap<String, usize>,
    /// Where the cells lie.
    pub count: GridCount,
}

impl PopulationGrid {
    /// Lays cells over communes; returns the places that people then leave from, one for each cell that a commune
    /// holds, with the commune's name, département, density, access figure and columns.
    #[must_use]
    pub fn over(communes: Vec<Commune>, cells: Vec<Cell>) -> (Self, Vec<Commune>) {
        let mut communes = communes;
        communes.sort_by(|one, other| one.code.cmp(&other.code));
        let shapes = Shapes::of(&communes);
        let mut grid = Self { communes, hosts: BTreeMap::new(), count: GridCount::default() };
        let mut places = Vec::with_capacity(cells.len());
        for cell in cells {
            let (found, count) = match &cell.commune {
                Some(code) => match grid.communes.binary_search_by(|commune| commune.code.as_str().cmp(code)) {
                    Ok(position) => (Some(position), &mut grid.count.inside),
                    Err(_) => (None, &mut grid.count.unmatched),
                },
                None => match shapes.holding(&grid.communes, cell.position) {
                    Held::Inside(position) => (Some(position), &mut grid.count.inside),
                    Held::OnBorder(position) => (Some(position), &mut grid.count.on_border),
                    Held::Nowhere => (None, &mut grid.count.outside),
                },
            };
            count.add(cell.people);
            let Some((position, host)) = found.and_then(|at| Some((at, grid.communes.get(at)?))) else { continue };
            places.push(Commune {
                code: cell.id.clone(),
                population: cell.people,
                // What a commune weighs, or does, is not known by cell.
                weight: None,
                acts: None,
                origin: cell.position,
                geometry: Geometry::Point(Point::new(cell.position.longitude(), cell.position.latitude())),
                ..host.clone_without_shape()
            });
            grid.hosts.insert(cell.id, position);
        }
        (grid, places)
    }

    /// Puts each site that names its commune into the cell of that commune nearest to it; where it has no cell, the
    /// site names none any more.
    pub fn rehost(&self, places: &[Commune], sites: &mut [Site]) {
        let mut cells: BTreeMap<usize, Vec<&Commune>> = BTreeMap::new();
        for place in places {
            if let Some(&host) = self.hosts.get(&place.code) {
                cells.entry(host).or_default().push(place);
            }
        }
        for site in sites {
            let Some(code) = &site.commune else { continue };
            let host = self.communes.binary_search_by(|commune| commune.code.as_str().cmp(code));
            let Ok(host) = host else { continue };
            let from = site.position.unit_vector();
            let away = |cell: &Commune| {
                let to = cell.origin.unit_vector();
                from.iter().zip(&to).map(|(one, other)| (one - other).powi(2)).sum::<f64>()
            };
            let nearest = cells
                .get(&host)
                .into_iter()
                .flatten()
                .min_by(|one, other| away(one).total_cmp(&away(other)).then_with(|| one.code.cmp(&other.code)));
            if site.territory.is_none() {
                site.territory = self.communes.get(host).map(|commune| commune.territory.clone());
            }
            site.commune = nearest.map(|cell| cell.code.clone());
        }
    }

    /// Sums a plan over the cells of each commune that has any, by code.
    #[must_use]
    pub fn communes_of(&self, territory: &Territory, plan: &Plan) -> Vec<GridCommune> {
        let mut sums: Vec<GridCommune> = self
            .communes
            .iter()
            .map(|commune| GridCommune {
                code: commune.code.clone(),
                name: commune.name.clone(),
                population: commune.population,
                ..GridCommune::default()
            })
            .collect();
        for (cell, told) in territory.communes().iter().zip(&plan.communes) {
            let Some(sum) = self.hosts.get(&cell.code).and_then(|&host| sums.get_mut(host)) else { continue };
            sum.cells.add(cell.population);
            sum.under_served += told.under_served;
            match told.reached {
                Reached::Already => sum.reached_before += told.under_served - told.unreached,
                Reached::Newly => sum.newly_reached += told.under_served - told.unreached,
                Reached::No => {}
            }
        }
        sums
    }
}

/// In which commune a place lies.
enum Held {
    Inside(usize),
    OnBorder(usize),
    Nowhere,
}

/// The communes' polygons, by the boxes round them.
struct Shapes(RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>);

impl Shapes {
    fn of(communes: &[Commune]) -> Self {
        use geo::BoundingRect;
        let boxed = |(position, commune): (usize, &Commune)| {
            let bounds = commune.geometry.bounding_rect()?;
            let corners = ([bounds.min().x, bounds.min().y], [bounds.max().x, bounds.max().y]);
            let is_finite = corners.0.iter().chain(&corners.1).all(|number| number.is_finite());
            is_finite.then(|| GeomWithData::new(Rectangle::from_corners(corners.0, corners.1), position))
        };
        Self(RTree::bulk_load(communes.iter().enumerate().filter_map(boxed).collect()))
    }

    fn holding(&self, communes: &[Commune], place: Position) -> Held {
        let point = Point::new(place.longitude(), place.latitude());
        let here = AABB::from_point([place.longitude(), place.latitude()]);
        let mut near: Vec<usize> = self.0.locate_in_envelope_intersecting(&here).map(|entry| entry.data).collect();
        near.sort_unstable();
        let shape = |position: &usize| communes.get(*position).map(|commune| &commune.geometry);
        if let Some(&inside) = near.iter().find(|at| shape(at).is_some_and(|shape| shape.contains(&point))) {
            return Held::Inside(inside);
        }
        let on_border = near.iter().find(|at| shape(at).is_some_and(|shape| shape.intersects(&point)));
        on_border.map_or(Held::Nowhere, |&position| Held::OnBorder(position))
    }
}

#[cfg(test)]
mod tests {
    use geo::polygon;

    use super::*;

    fn commune(code: &str, west: f64, population: u64) -> Commune {
        let square =
            polygon![(x: west, y: 48.0), (x: west + 1.0, y: 48.0), (x: west + 1.0, y: 49.0), (x: west, y: 49.0)];
        Commune {
            code: code.to_owned(),
            name: format!("Commune {code}"),
            territory: "55".to_owned(),
            density: Some(6),
            population,
            access: Some(2.0),
            weight: None,
            acts: None,
            origin: Position::new(west + 0.5, 48.5).unwrap(),
            geometry: square.into(),
            columns: BTreeMap::new(),
        }
    }

    fn cell(id: &str, people: u64, place: (f64, f64), commune: Option<&str>) -> Cell {
        let position = Position::new(place.0, place.1).unwrap();
        Cell { id: id.to_owned(), people, position, commune: commune.map(str::to_owned) }
    }

    #[test]
    fn cells_take_the_figures_of_the_commune_that_holds_them() {
        let communes = vec![commune("2", 6.0, 40), commune("1", 5.0, 30)];
        let cells = vec![
            cell("a", 10, (5.5, 48.5), None),
            cell("b", 7, (6.0, 48.5), None),
            cell("c", 5, (9.0, 48.5), None),
            cell("d", 3, (9.0, 48.5), Some("2")),
            cell("e", 2, (5.5, 48.5), Some("7")),
        ];
        let (grid, places) = PopulationGrid::over(communes, cells);
        let count = |cells, people| CellCount { cells, people };
        assert_eq!(
            grid.count,
            GridCount { inside: count(2, 13), on_border: count(1, 7), outside: count(1, 5), unmatched: count(1, 2) }
        );
        let told: Vec<(&str, &str, u64, Option<f64>)> = places
            .iter()
            .map(|place| (place.code.as_str(), place.name.as_str(), place.population, place.access))
            .collect();
        assert_eq!(
            told,
            [("a", "Commune 1", 10, Some(2.0)), ("b", "Commune 1", 7, Some(2.0)), ("d", "Commune 2", 3, Some(2.0)),]
        );
    }
}
