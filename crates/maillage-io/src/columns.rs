use std::path::PathBuf;

/// A column by its name, and whether the planner asked for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in the file.
    pub name: String,
    /// Whether it must be there: asked for by name, or nothing works without it.
    pub required: bool,
}

/// Where a commune's figures stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommuneColumns {
    /// INSEE code; always required.
    pub id: Column,
    /// Name.
    pub name: Column,
    /// Inhabitants; always required.
    pub population: Column,
    /// Access figure, where one is asked for.
    pub access: Option<Column>,
    /// Territory.
    pub territory: Column,
    /// Density class.
    pub density: Column,
    /// Longitude and latitude of the place people leave from, where named.
    pub origin: Option<(Column, Column)>,
    /// A column to weigh by, where one is asked for.
    pub weight: Option<Column>,
    /// Acts by commune, where asked for.
    pub acts: Option<Column>,
}

/// Where a site's figures stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteColumns {
    /// Identifier; always required.
    pub id: Column,
    /// Name.
    pub name: Column,
    /// Kind.
    pub kind: Column,
    /// Whole euros; required where there is a budget.
    pub cost: Column,
    /// Code of the commune it stands in.
    pub commune: Column,
    /// Territory.
    pub territory: Column,
    /// Longitude and latitude columns for a CSV file (default `lon`, `lat`).
    pub position: (Column, Column),
}

/// A table joined to the communes by their code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    /// The CSV file.
    pub file: PathBuf,
    /// The column of the code.
    pub key: String,
}
