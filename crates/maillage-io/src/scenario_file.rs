use std::path::PathBuf;
use std::sync::LazyLock;

use maillage_core::{
    Amount, DecayStep, Effort, Floor, Fraction, Goal, Hub, MissingAccess, Phase, Rule, SiteType, Spacing, Specialty,
    TravelTime, Weight,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    ColumnsBeside, Crs, CsvStyle, Euros, Share, Sources, Speed, StatedCrs, TimeLimit, TimesDirection, TimesMissing,
    TimesUnit,
};

/// A planner's question with its files: the keys of `maillage.toml`, and the flags of the same names.
///
/// Nothing is filled in here: an absent key is an absent flag.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "clap", derive(clap::Args))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
#[schemars(title = "maillage.toml")]
pub struct ScenarioFile {
    /// Demand: GeoJSON or GeoPackage points or polygons, or CSV (with origin).
    #[cfg_attr(feature = "clap", arg(long, value_name = "FILE", help_heading = "Files"))]
    pub communes: Option<PathBuf>,
    /// Layer of the communes, where their GeoPackage has several.
    #[cfg_attr(feature = "clap", arg(long, value_name = "NAME", help_heading = "Files"))]
    pub layer: Option<String>,
    /// Candidate sites: points in GeoJSON, in a GeoPackage or in CSV.
    #[cfg_attr(feature = "clap", arg(long, value_name = "FILE", help_heading = "Files"))]
    pub candidates: Option<PathBuf>,
    /// Layer of the candidates, where their GeoPackage has several.
    #[cfg_attr(feature = "clap", arg(long, value_name = "NAME", help_heading = "Files"))]
    pub candidates_layer: Option<String>,
    /// Sites there already: points in GeoJSON, in a GeoPackage or in CSV.
    #[cfg_attr(feature = "clap", arg(long, value_name = "FILE", help_heading = "Files"))]
    pub existing: Option<PathBuf>,
    /// Layer of the existing sites, where their GeoPackage has several.
    #[cfg_attr(feature = "clap", arg(long, value_name = "NAME", help_heading = "Files"))]
    pub existing_layer: Option<String>,
    /// More columns for the communes, joined on the code (repeatable).
    #[cfg_attr(feature = "clap", arg(long, value_name = "FILE.csv:KEY", help_heading = "Files"))]
    pub join: Option<Vec<String>>,
    /// A population grid, whose cells then hold the people, with the access figures of their communes: CSV (also .gz),
    /// or points in GeoJSON or in a GeoPackage.
    #[cfg_attr(feature = "clap", arg(long, value_name = "FILE", help_heading = "Files"))]
    pub grid: Option<PathBuf>,
    /// A table of travel times in place of straight lines: CSV or Parquet with a line for each pair, or a matrix of OSRM
    /// or Valhalla (JSON); a pair that is absent is not in reach.
    #[cfg_attr(feature = "clap", arg(long, value_name = "FILE", help_heading = "Files"))]
    pub times: Option<PathBuf>,
    /// Travel times kept by `maillage reach`, in place of computing them again.
    #[cfg_attr(feature = "clap", arg(long, value_name = "FILE", help_heading = "Files"))]
    pub reach: Option<PathBuf>,
    /// Roads in place of straight lines: an OpenStreetMap extract (.osm.pbf).
    #[cfg_attr(feature = "clap", arg(long, value_name = "FILE.osm.pbf", help_heading = "Files"))]
    pub roads: Option<PathBuf>,
    /// How people travel on the roads: car, foot, bike, or a file (.toml) [default: car]; with --reach, the name of the
    /// times wanted of several.
    #[cfg_attr(feature = "clap", arg(long, value_name = "NAME|FILE.toml", help_heading = "Files"))]
    pub profile: Option<PathBuf>,
    /// Results to write, by suffix: .geojson, .gpkg, .xlsx, .csv, .svg, .png, or .json for the answer (repeatable).
    #[cfg_attr(feature = "clap", arg(long, value_name = "FILE", help_heading = "Files"))]
    pub out: Option<Vec<PathBuf>>,
    /// Coordinate system of .gpkg results: EPSG:4326 (WGS 84), or EPSG:2154 (Lambert-93) [default: EPSG:4326].
    #[cfg_attr(feature = "clap", arg(long, value_name = "EPSG:CODE", help_heading = "Files"))]
    pub out_crs: Option<Crs>,
    /// How .csv results are written: standard (commas, decimal points) or fr (semicolons, decimal commas) [default:
    /// standard].
    #[cfg_attr(feature = "clap", arg(long, value_name = "STYLE", help_heading = "Files"))]
    pub csv_style: Option<CsvStyle>,
    /// Write sites and communes into two GeoJSON files.
    #[cfg_attr(
        feature = "clap",
        arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL",
            help_heading = "Files")
    )]
    pub split: Option<bool>,
    /// Write a style for QGIS (.qml) beside each GeoJSON file; goes with split.
    #[cfg_attr(
        feature = "clap",
        arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL",
            help_heading = "Files")
    )]
    pub qml: Option<bool>,
    /// The proof of the bound: written by `plan`, read by `verify`.
    #[cfg_attr(feature = "clap", arg(long, value_name = "FILE", help_heading = "Files"))]
    pub certificate: Option<PathBuf>,

    /// Column of the commune's code [default: code].
    #[cfg_attr(feature = "clap", arg(long, value_name = "COLUMN", help_heading = "Columns of the communes"))]
    pub id_field: Option<String>,
    /// Column of the commune's name [default: name].
    #[cfg_attr(feature = "clap", arg(long, value_name = "COLUMN", help_heading = "Columns of the communes"))]
    pub name_field: Option<String>,
    /// Column of inhabitants [default: population].
    #[cfg_attr(feature = "clap", arg(long, value_name = "COLUMN", help_heading = "Columns of the communes"))]
    pub population_field: Option<String>,
    /// Column of the access figure (APL: consultations a year and inhabitant).
    #[cfg_attr(feature = "clap", arg(long, value_name = "COLUMN", help_heading = "Columns of the communes"))]
    pub access_field: Option<String>,
    /// Column of the territory, of communes and of sites [default: dep].
    #[cfg_attr(feature = "clap", arg(long, value_name = "COLUMN", help_heading = "Columns of the communes"))]
    pub territory_field: Option<String>,
    /// Column of the density class from 1 to 7 [default: density7].
    #[cfg_attr(feature = "clap", arg(long, value_name = "COLUMN", help_heading = "Columns of the communes"))]
    pub density_field: Option<String>,
    /// Columns of the place people leave from; else the point, or an inner point of the polygon.
    #[cfg_attr(feature = "clap", arg(long, value_name = "LON,LAT", help_heading = "Columns of the communes"))]
    pub origin: Option<String>,
    /// Coordinate system of these columns: EPSG:4326, EPSG:2154 (Lambert-93) or EPSG:3035 [default: EPSG:4326].
    #[cfg_attr(feature = "clap", arg(long, value_name = "EPSG:CODE", help_heading = "Columns of the communes"))]
    pub origin_crs: Option<StatedCrs>,
    /// Column of the grid's cells: identifier [default: the coordinates as they are written].
    #[cfg_attr(feature = "clap", arg(long, value_name = "NAME", help_heading = "Columns of the communes"))]
    pub grid_id_field: Option<String>,
    /// Column of the grid's cells: inhabitants [default: population].
    #[cfg_attr(feature = "clap", arg(long, value_name = "NAME", help_heading = "Columns of the communes"))]
    pub grid_population_field: Option<String>,
    /// Column of the grid's cells: code of their commune; without it, the commune round the centre of each.
    #[cfg_attr(feature = "clap", arg(long, value_name = "NAME", help_heading = "Columns of the communes"))]
    pub grid_commune_field: Option<String>,
    /// Columns of the grid's cells: coordinates, eastwards first [default: lon,lat].
    #[cfg_attr(feature = "clap", arg(long, value_name = "X,Y", help_heading = "Columns of the communes"))]
    pub grid_origin: Option<String>,
    /// Coordinate system of these columns: EPSG:4326, EPSG:3035 or EPSG:2154 [default: EPSG:4326].
    #[cfg_attr(feature = "clap", arg(long, value_name = "EPSG:CODE", help_heading = "Columns of the communes"))]
    pub grid_crs: Option<StatedCrs>,
    /// Width of the grid's cells in metres, where the coordinates are those of their lower left corners.
    #[cfg_attr(feature = "clap", arg(long, value_name = "METRES", help_heading = "Columns of the communes"))]
    pub grid_cell: Option<u32>,
    /// Column of acts of telemedicine by commune, for `diagnose`.
    #[cfg_attr(feature = "clap", arg(long, value_name = "COLUMN", help_heading = "Columns of the communes"))]
    pub use_field: Option<String>,

    /// Column of the site's identifier [default: id].
    #[cfg_attr(feature = "clap", arg(long, value_name = "COLUMN", help_heading = "Columns of the sites"))]
    pub site_id_field: Option<String>,
    /// Column of the site's name [default: name].
    #[cfg_attr(feature = "clap", arg(long, value_name = "COLUMN", help_heading = "Columns of the sites"))]
    pub site_name_field: Option<String>,
    /// Column of the site's kind [default: kind].
    #[cfg_attr(feature = "clap", arg(long, value_name = "COLUMN", help_heading = "Columns of the sites"))]
    pub kind_field: Option<String>,
    /// Column of the cost in whole euros [default: cost].
    #[cfg_attr(feature = "clap", arg(long, value_name = "COLUMN", help_heading = "Columns of the sites"))]
    pub cost_field: Option<String>,
    /// Column of the code of the commune the site stands in [default: commune].
    #[cfg_attr(feature = "clap", arg(long, value_name = "COLUMN", help_heading = "Columns of the sites"))]
    pub site_commune_field: Option<String>,
    /// Columns of the coordinates of sites in CSV, eastwards first [default: lon,lat].
    #[cfg_attr(feature = "clap", arg(long, value_name = "X,Y", help_heading = "Columns of the sites"))]
    pub site_origin: Option<String>,
    /// Coordinate system of these columns: EPSG:4326, EPSG:2154 (Lambert-93) or EPSG:3035 [default: EPSG:4326].
    #[cfg_attr(feature = "clap", arg(long, value_name = "EPSG:CODE", help_heading = "Columns of the sites"))]
    pub site_crs: Option<StatedCrs>,

    /// Column of sites with the number of residents that each serves alone; blank where a site serves everybody.
    #[cfg_attr(feature = "clap", arg(long, value_name = "COLUMN", help_heading = "Columns of the sites"))]
    pub residents_field: Option<String>,
    /// Column of candidates with the existing site that each upgrades; blank where it upgrades none.
    #[cfg_attr(feature = "clap", arg(long, value_name = "COLUMN", help_heading = "Columns of the sites"))]
    pub upgrades_field: Option<String>,
    /// Column of sites, existing ones too, with the specialties that each offers, between commas.
    #[cfg_attr(feature = "clap", arg(long, value_name = "COLUMN", help_heading = "Columns of the sites"))]
    pub offers_field: Option<String>,

    /// What to be best at: reach, fewest-sites:90%, least-cost:90%, worst-off:COLUMN or travel-time:60min [default:
    /// reach].
    #[cfg_attr(feature = "clap", arg(long, value_name = "GOAL", help_heading = "Who counts"))]
    pub goal: Option<Goal>,
    /// Column of what each site can serve, in consultations a year; existing sites need it too.
    #[cfg_attr(feature = "clap", arg(long, value_name = "COLUMN", help_heading = "Capacity"))]
    pub capacity_field: Option<String>,
    /// Column of what the people of each commune need, in consultations a year.
    #[cfg_attr(feature = "clap", arg(long, value_name = "COLUMN", help_heading = "Capacity"))]
    pub need_field: Option<String>,
    /// Consultations a year that each person needs, such as 2.5, in place of a column.
    #[cfg_attr(feature = "clap", arg(long, value_name = "NUMBER", help_heading = "Capacity"))]
    pub need_rate: Option<Amount>,
    /// Maximise the consultations served within the capacities, in place of people in reach.
    #[cfg_attr(
        feature = "clap",
        arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL",
            help_heading = "Capacity")
    )]
    pub within_capacity: Option<bool>,

    /// Column of communes and sites that says who is outside the region: true or false.
    #[cfg_attr(feature = "clap", arg(long, value_name = "COLUMN", help_heading = "Who counts"))]
    pub outside_field: Option<String>,
    /// What counts outside the region: people, sites (existing ones) or both [default: neither].
    #[cfg_attr(feature = "clap", arg(long, value_name = "WHAT,…", value_delimiter = ',', help_heading = "Who counts"))]
    pub count_outside: Option<Vec<String>>,
    /// Subsidiarity: doctors suffice where access is at least this, and people there weigh less.
    #[cfg_attr(feature = "clap", arg(long, value_name = "ACCESS", help_heading = "Who counts"))]
    pub enough: Option<f64>,
    /// What people weigh where doctors suffice, such as 25% [default: 0%].
    #[cfg_attr(feature = "clap", arg(long, value_name = "PERCENT", help_heading = "Who counts"))]
    pub enough_weight: Option<Fraction>,
    /// Under-served: access strictly below this, such as 4.
    #[cfg_attr(feature = "clap", arg(long, value_name = "ACCESS", help_heading = "Who counts"))]
    pub under: Option<f64>,
    /// What is counted: people, shortfall, field:NAME or blend:people=1,NAME=2.5 [default: people].
    #[cfg_attr(feature = "clap", arg(long, value_name = "WEIGHT", help_heading = "Who counts", value_parser = crate::scenario_words::weight))]
    pub weight: Option<Weight>,
    /// Communes with people and no access figure: refuse, exclude or under-served [default: refuse].
    #[cfg_attr(feature = "clap", arg(long, value_name = "RULE", help_heading = "Who counts", value_parser = crate::scenario_words::missing_access))]
    pub missing_access: Option<MissingAccess>,

    /// In reach: at most this long, with its unit, such as 20min.
    #[cfg_attr(feature = "clap", arg(long, value_name = "TIME", help_heading = "Travel"))]
    #[schemars(with = "Option<String>")]
    pub within: Option<TravelTime>,
    /// Shares that people count by, by how near the nearest site is, such as 10min:100%,20min:60%,30min:30%.
    #[cfg_attr(
        feature = "clap",
        arg(long, value_name = "TIME:SHARE,…", value_delimiter = ',', help_heading = "Travel")
    )]
    pub decay: Option<Vec<DecayStep>>,
    /// Straight line: the speed, such as 50km/h.
    #[cfg_attr(feature = "clap", arg(long, value_name = "SPEED", help_heading = "Travel"))]
    pub speed: Option<Speed>,
    /// Straight line: how much longer the way is, such as 1.3.
    #[cfg_attr(feature = "clap", arg(long, value_name = "FACTOR", help_heading = "Travel"))]
    pub detour: Option<f64>,

    /// Column of the table of times: the place people leave from [default: place, or `from_id`].
    #[cfg_attr(feature = "clap", arg(long, value_name = "COLUMN", help_heading = "Travel"))]
    pub times_place_field: Option<String>,
    /// Column of the table of times: the site [default: site, or `to_id`].
    #[cfg_attr(feature = "clap", arg(long, value_name = "COLUMN", help_heading = "Travel"))]
    pub times_site_field: Option<String>,
    /// Column of the table of times: the time [default: minutes, or `travel_time`].
    #[cfg_attr(feature = "clap", arg(long, value_name = "COLUMN", help_heading = "Travel"))]
    pub times_field: Option<String>,
    /// Unit of that column: minutes, seconds or hh:mm [default: minutes].
    #[cfg_attr(feature = "clap", arg(long, value_name = "UNIT", help_heading = "Travel"))]
    pub times_unit: Option<TimesUnit>,
    /// Which way the times go: to-sites or to-places [default: to-sites].
    #[cfg_attr(feature = "clap", arg(long, value_name = "DIRECTION", help_heading = "Travel"))]
    pub times_direction: Option<TimesDirection>,
    /// What a pair with a blank time is: refuse or out-of-reach [default: refuse].
    #[cfg_attr(feature = "clap", arg(long, value_name = "RULE", help_heading = "Travel"))]
    pub times_missing: Option<TimesMissing>,
    /// Identifiers of the origins of a matrix, in its order: one a line, or a column of a file.
    #[cfg_attr(feature = "clap", arg(long, value_name = "FILE[:COLUMN]", help_heading = "Travel"))]
    pub times_origins: Option<String>,
    /// Identifiers of its destinations, likewise.
    #[cfg_attr(feature = "clap", arg(long, value_name = "FILE[:COLUMN]", help_heading = "Travel"))]
    pub times_destinations: Option<String>,

    /// At most this many new sites; required ones count, existing ones do not.
    #[cfg_attr(feature = "clap", arg(long, value_name = "N", help_heading = "Sites", value_parser = crate::scenario_words::sites))]
    pub sites: Option<u32>,
    /// Exactly that many new sites.
    #[cfg_attr(
        feature = "clap",
        arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL",
            help_heading = "Sites")
    )]
    pub exactly: Option<bool>,
    /// At most this many whole euros for new sites, such as 4280000.
    #[cfg_attr(feature = "clap", arg(long, value_name = "EUROS", help_heading = "Sites"))]
    pub budget: Option<Euros>,
    /// Candidates that must open: identifiers, or @FILE with one a line.
    #[cfg_attr(feature = "clap", arg(long, value_name = "ID,…", value_delimiter = ',', help_heading = "Sites"))]
    pub require: Option<Vec<String>>,
    /// Candidates that must not open: identifiers, or @FILE with one a line.
    #[cfg_attr(feature = "clap", arg(long, value_name = "ID,…", value_delimiter = ',', help_heading = "Sites"))]
    pub forbid: Option<Vec<String>>,
    /// Kinds preferred, in order, between sites that are otherwise equal.
    #[cfg_attr(feature = "clap", arg(long, value_name = "KIND,…", value_delimiter = ',', help_heading = "Sites"))]
    pub prefer: Option<Vec<String>>,

    /// Rules on which sites open, such as each=dep,least=5 or where.density7=5|6|7,least-share=41% (repeatable).
    #[cfg_attr(feature = "clap", arg(long, value_name = "KEY=VALUE,…", help_heading = "Sites", value_parser = crate::scenario_words::entry::<Rule>))]
    pub rule: Option<Vec<Rule>>,
    /// Floors under the people in reach, such as each=dep,least-share=50% (repeatable).
    #[cfg_attr(feature = "clap", arg(long, value_name = "KEY=VALUE,…", help_heading = "Sites", value_parser = crate::scenario_words::entry::<Floor>))]
    pub floor: Option<Vec<Floor>>,
    /// How far apart sites must stand, such as between=10km,from-existing=15min (repeatable).
    #[cfg_attr(feature = "clap", arg(long, value_name = "KEY=VALUE,…", help_heading = "Sites", value_parser = crate::scenario_words::entry::<Spacing>))]
    pub spacing: Option<Vec<Spacing>>,
    /// Phases, the earlier first, with cumulative limits, such as name=2021-2023,sites=60,budget=2000000,years=3
    /// (repeatable).
    #[cfg_attr(feature = "clap", arg(long, value_name = "KEY=VALUE,…", help_heading = "Sites", value_parser = crate::scenario_words::entry::<Phase>))]
    pub phase: Option<Vec<Phase>>,
    /// Types of site, one at a place at most, such as name=van,opening-cost=90000,yearly-cost=30000,within=20min
    /// (repeatable).
    #[cfg_attr(feature = "clap", arg(long = "type", value_name = "KEY=VALUE,…", help_heading = "Sites", value_parser = crate::scenario_words::entry::<SiteType>))]
    pub r#type: Option<Vec<SiteType>>,
    /// Years that the yearly costs of types are counted for, such as 5.
    #[cfg_attr(feature = "clap", arg(long, value_name = "YEARS", help_heading = "Sites"))]
    pub horizon: Option<u32>,
    /// Specialties counted each by itself, such as name=dermatology,access-field=apl_derm,under=0.5 (repeatable).
    #[cfg_attr(feature = "clap", arg(long, value_name = "KEY=VALUE,…", help_heading = "Who counts", value_parser = crate::scenario_words::specialty))]
    pub specialty: Option<Vec<Specialty>>,
    /// Existing sites that new ones lean on, such as kind=hospital,within=45min,most=12.
    #[cfg_attr(feature = "clap", arg(long, value_name = "KEY=VALUE,…", help_heading = "Sites", value_parser = crate::scenario_words::hub))]
    pub hub: Option<Hub>,
    /// Lists of candidates of which at most one may open.
    #[cfg_attr(feature = "clap", arg(skip))]
    pub incompatible: Option<Vec<Vec<String>>>,

    /// How much work to do before stopping: quick, normal or proof [default: normal].
    #[cfg_attr(feature = "clap", arg(long, value_name = "EFFORT", help_heading = "Stopping", value_parser = crate::scenario_words::effort))]
    pub effort: Option<Effort>,
    /// Stop when proved this close to the best, such as 0.1%.
    #[cfg_attr(feature = "clap", arg(long, value_name = "PERCENT", help_heading = "Stopping"))]
    pub gap: Option<Share>,
    /// Stop by the clock, such as 60s; runs are then not byte-for-byte repeatable.
    #[cfg_attr(feature = "clap", arg(long, value_name = "TIME", help_heading = "Stopping"))]
    pub time_limit: Option<TimeLimit>,
    /// Exit with code 5 unless the plan is optimal, or within the gap.
    #[cfg_attr(
        feature = "clap",
        arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL",
            help_heading = "Stopping")
    )]
    pub strict: Option<bool>,

    /// Columns that a command reads beside those of the question.
    #[cfg_attr(feature = "clap", arg(skip))]
    #[serde(skip)]
    #[schemars(skip)]
    pub beside: Option<ColumnsBeside>,

    /// Where the data come from: for communes, access, candidates, existing, join, times and roads, a source and a year.
    #[cfg_attr(feature = "clap", arg(skip))]
    pub sources: Option<Sources>,
}

/// Takes each named field of the first, or of the second where the first has none.
macro_rules! first_of {
    ($first:ident, $second:ident, $($field:ident),* $(,)?) => {
        Self { $($field: $first.$field.or($second.$field)),* }
    };
}

impl ScenarioFile {
    /// Lays these values over others: where both have one, this one wins; a speed, a table of times, roads and kept
    /// times each win over the other three.
    #[must_use]
    pub fn over(self, under: Self) -> Self {
        let under = self.without_other_travel(under);
        first_of!(
            self,
            under,
            communes,
            layer,
            candidates,
            candidates_layer,
            existing,
            existing_layer,
            join,
            grid,
            times,
            reach,
            roads,
            profile,
            out,
            out_crs,
            csv_style,
            split,
            qml,
            certificate,
            id_field,
            name_field,
            population_field,
            access_field,
            territory_field,
            density_field,
            origin,
            origin_crs,
            grid_id_field,
            grid_population_field,
            grid_commune_field,
            grid_origin,
            grid_crs,
            grid_cell,
            use_field,
            site_id_field,
            site_name_field,
            kind_field,
            cost_field,
            site_commune_field,
            site_origin,
            site_crs,
            residents_field,
            upgrades_field,
            offers_field,
            goal,
            capacity_field,
            need_field,
            need_rate,
            within_capacity,
            outside_field,
            count_outside,
            enough,
            enough_weight,
            under,
            weight,
            missing_access,
            within,
            decay,
            speed,
            detour,
            times_place_field,
            times_site_field,
            times_field,
            times_unit,
            times_direction,
            times_missing,
            times_origins,
            times_destinations,
            sites,
            exactly,
            budget,
            require,
            forbid,
            prefer,
            rule,
            floor,
            spacing,
            phase,
            r#type,
            horizon,
            specialty,
            hub,
            incompatible,
            effort,
            gap,
            time_limit,
            strict,
            beside,
            sources,
        )
    }

    /// Takes away the table of travel times, with all that describes it.
    /// Takes from values that lie under these the other ways of travel, where these name one.
    fn without_other_travel(&self, under: Self) -> Self {
        let is_said = [self.times.is_some(), self.roads.is_some(), self.speed.is_some(), self.reach.is_some()];
        if is_said.iter().filter(|is| **is).count() != 1 {
            return under;
        }
        let under = if self.times.is_some() { under } else { under.without_times() };
        let keeps_profile = self.roads.is_some() || self.reach.is_some();
        let line = self.speed.is_some();
        Self {
            roads: None,
            reach: None,
            profile: under.profile.clone().filter(|_| keeps_profile),
            speed: under.speed.filter(|_| line),
            detour: under.detour.filter(|_| line),
            ..under
        }
    }

    fn without_times(self) -> Self {
        Self {
            times: None,
            times_place_field: None,
            times_site_field: None,
            times_field: None,
            times_unit: None,
            times_direction: None,
            times_missing: None,
            times_origins: None,
            times_destinations: None,
            ..self
        }
    }

    /// Returns the JSON schema of `maillage.toml`.
    #[must_use]
    pub fn schema() -> schemars::Schema {
        let mut schema = schemars::schema_for!(Self);
        schemars::transform::transform_subschemas(&mut without_null, &mut schema);
        schema
    }

    /// Returns for each list of rules its key, and the keys of its entries.
    #[must_use]
    pub fn entry_keys() -> &'static [(&'static str, Vec<String>)] {
        static KEYS: LazyLock<[(&str, Vec<String>); 7]> = LazyLock::new(ScenarioFile::entry_keys_of_schema);
        KEYS.as_slice()
    }

    fn entry_keys_of_schema() -> [(&'static str, Vec<String>); 7] {
        let keys_of = |schema: schemars::Schema| {
            let properties = schema.get("properties").and_then(serde_json::Value::as_object);
            properties.map(|keys| keys.keys().cloned().collect()).unwrap_or_default()
        };
        [
            ("rule", keys_of(schemars::schema_for!(Rule))),
            ("floor", keys_of(schemars::schema_for!(Floor))),
            ("spacing", keys_of(schemars::schema_for!(Spacing))),
            ("phase", keys_of(schemars::schema_for!(Phase))),
            ("type", keys_of(schemars::schema_for!(SiteType))),
            ("specialty", keys_of(schemars::schema_for!(Specialty))),
            ("hub", keys_of(schemars::schema_for!(Hub))),
        ]
    }

    /// Returns the keys of `maillage.toml`, which are also the names of the flags.
    #[must_use]
    pub fn keys() -> &'static [String] {
        static KEYS: LazyLock<Vec<String>> = LazyLock::new(|| {
            let schema = ScenarioFile::schema();
            let properties = schema.get("properties").and_then(serde_json::Value::as_object);
            properties.map(|keys| keys.keys().cloned().collect()).unwrap_or_default()
        });
        &KEYS
    }
}

/// Takes "or null" out of a schema: TOML has no null, a key is left out instead.
fn without_null(schema: &mut schemars::Schema) {
    let null = serde_json::json!({ "type": "null" });
    let Some(members) = schema.as_object_mut() else { return };
    if members.get("default").is_some_and(serde_json::Value::is_null) {
        members.remove("default");
    }
    let types = members.get("type").and_then(serde_json::Value::as_array).cloned().unwrap_or_default();
    if let [kind, other] = types.as_slice()
        && other == "null"
    {
        members.insert("type".to_owned(), kind.clone());
    }
    if let Some(choices) = members.get("anyOf").and_then(serde_json::Value::as_array).cloned()
        && let [choice, other] = choices.as_slice()
        && *other == null
        && let Some(choice) = choice.as_object()
    {
        members.remove("anyOf");
        members.extend(choice.clone());
    }
    schemars::transform::transform_subschemas(&mut without_null, schema);
}
