use maillage_io::{Column, CommuneColumns, SiteColumns, StatedCrs};

pub(crate) fn column(name: &str, required: bool) -> Column {
    Column { name: name.to_owned(), required }
}

pub(crate) fn commune_columns() -> CommuneColumns {
    CommuneColumns {
        layer: None,
        id: column("code", true),
        name: column("name", false),
        population: column("population", true),
        access: Some(column("apl", true)),
        territory: column("dep", false),
        density: column("density7", false),
        origin: None,
        origin_crs: StatedCrs::Wgs84,
        weight: None,
        acts: None,
        rules: Vec::new(),
    }
}

pub(crate) fn site_columns() -> SiteColumns {
    SiteColumns {
        layer: None,
        id: column("id", true),
        name: column("name", false),
        kind: column("kind", false),
        cost: column("cost", false),
        commune: column("commune", false),
        territory: column("dep", false),
        position: (column("lon", false), column("lat", false)),
        crs: StatedCrs::Wgs84,
        rules: Vec::new(),
    }
}
