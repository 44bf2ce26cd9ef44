use std::path::{Path, PathBuf};

use maillage_core::{Effort, Goal, Phase, Scenario, SiteState, Travel, Weight};

use crate::{Column, CommuneColumns, GridColumns, IdList, Join, ScenarioFile, SiteColumns, StatedCrs, TimesTable};

/// What a scenario file, with its flags, does not say or says twice.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum QuestionError {
    /// A flag is missing that nothing works without.
    #[error("--{flag} is missing: {reason}")]
    Missing {
        /// The flag, without dashes.
        flag: &'static str,
        /// What it is for, with an example.
        reason: &'static str,
    },
    /// Two flags exclude each other.
    #[error("--{one} and --{other} exclude each other")]
    Both {
        /// One of them.
        one: &'static str,
        /// The other.
        other: &'static str,
    },
    /// A value is not what its flag takes.
    #[error("--{flag}: \"{value}\" is not {expected}")]
    BadValue {
        /// The flag, without dashes.
        flag: &'static str,
        /// What was found.
        value: String,
        /// What was expected, with an example.
        expected: &'static str,
    },
    /// A list of identifiers cannot be read.
    #[error("--{flag}: {file}: {source}")]
    List {
        /// The flag, without dashes.
        flag: &'static str,
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

impl ScenarioFile {
    /// Returns the planner's question, free of files: everything that is not said filled in with its default.
    ///
    /// # Errors
    /// When something is missing that has no default, contradicts something else, or is out of range.
    pub fn scenario(&self) -> Result<Scenario, QuestionError> {
        self.check_access()?;
        self.check_grid()?;
        let under =
            self.under.map(|under| positive("under", under, 1000.0, "a number above 0, such as 4")).transpose()?;
        let within = self.within.ok_or(QuestionError::Missing {
            flag: "within",
            reason: "the longest way that counts as in reach, with its unit, such as --within 20min",
        })?;
        let weight = self.weight.clone().unwrap_or_default();
        if weight == Weight::Shortfall && under.is_none() {
            return Err(QuestionError::Missing {
                flag: "under",
                reason: "the weight \"shortfall\" needs it: add --under 4",
            });
        }
        Ok(Scenario {
            goal: self.goal.clone().unwrap_or_default(),
            decay: self.decay.clone().unwrap_or_default(),
            under,
            weight,
            missing_access: self.missing_access.unwrap_or_default(),
            within,
            travel: self.travel()?,
            sites: self.sites.map(u64::from),
            exactly: self.exactly.unwrap_or(false),
            budget: self.budget.map(crate::Euros::whole),
            require: identifiers("require", self.require.as_deref())?,
            forbid: identifiers("forbid", self.forbid.as_deref())?,
            prefer: self.prefer.clone().unwrap_or_default(),
            rule: self.rule.clone().unwrap_or_default(),
            floor: self.floor.clone().unwrap_or_default(),
            spacing: self.spacing.clone().unwrap_or_default(),
            incompatible: self.incompatible.clone().unwrap_or_default(),
            phase: self.phase.iter().flatten().map(with_identifiers).collect::<Result<_, _>>()?,
            r#type: self.r#type.clone().unwrap_or_default(),
            horizon: self.horizon,
            residents_field: self.residents_field.clone(),
            upgrades_field: self.upgrades_field.clone(),
            specialty: self.specialty.clone().unwrap_or_default(),
            offers_field: self.offers_field.clone(),
            hub: self.hub.clone(),
            capacity: self.capacity()?,
            border: self.border()?,
            enough: self.subsidiarity()?,
            // Who gives a time limit wants that time used.
            effort: self.effort.unwrap_or(if self.time_limit.is_some() { Effort::Proof } else { Effort::Normal }),
            gap: self.gap.map(crate::Share::of_one),
        })
    }

    /// Checks that the scenario limits new sites by number or by money.
    ///
    /// # Errors
    /// When it does neither, or asks for exactly a number it does not give.
    pub fn check_limits(&self) -> Result<(), QuestionError> {
        if self.exactly == Some(true) && self.sites.is_none() {
            return Err(QuestionError::Missing {
                flag: "sites",
                reason: "--exactly needs the number: add --sites 100",
            });
        }
        let last = self.phase.as_ref().and_then(|phases| phases.last());
        let is_limited = last.is_some_and(|last| last.sites.is_some() || last.budget.is_some());
        let finds_limit = self.goal.as_ref().is_some_and(Goal::moves_limit);
        if self.sites.is_none() && self.budget.is_none() && !is_limited && !finds_limit {
            return Err(QuestionError::Missing {
                flag: "sites",
                reason: "say how many sites may open (--sites 100), what they may cost (--budget 4280000), or both",
            });
        }
        Ok(())
    }

    fn limits_phases_by_budget(&self) -> bool {
        self.phase.iter().flatten().any(|phase| phase.budget.is_some())
    }

    /// Returns whether every type of site has a cost of its own, so that the candidates need none.
    fn types_have_costs(&self) -> bool {
        let types = self.r#type.as_deref().unwrap_or_default();
        !types.is_empty() && types.iter().all(|stated| stated.opening_cost.is_some())
    }

    fn check_access(&self) -> Result<(), QuestionError> {
        match (&self.access_field, self.under, self.missing_access) {
            (Some(_), None, _) => Err(QuestionError::Missing {
                flag: "under",
                reason: "--access-field names the access figure, not who is under-served: add --under 4",
            }),
            (None, Some(_), _) => Err(QuestionError::Missing {
                flag: "access-field",
                reason: "--under needs the column of the access figure, such as --access-field apl_mg2018",
            }),
            _ => Ok(()),
        }
    }

    fn travel(&self) -> Result<Travel, QuestionError> {
        // Each says by itself how long people travel.
        let stated = [
            ("times", self.times.is_some()),
            ("roads", self.roads.is_some()),
            ("reach", self.reach.is_some()),
            ("speed", self.speed.is_some()),
            ("detour", self.detour.is_some() && self.speed.is_none()),
        ];
        let stated: Vec<&'static str> = stated.into_iter().filter(|(_, is)| *is).map(|(flag, _)| flag).collect();
        if let [one, other, ..] = stated[..] {
            return Err(QuestionError::Both { one, other });
        }
        self.check_profile()?;
        self.check_times()?;
        match (stated.first(), self.speed, self.detour) {
            (Some(&"times"), ..) => Ok(Travel::Times),
            (Some(&"roads"), ..) => Ok(Travel::Roads),
            (Some(&"reach"), ..) => Ok(Travel::Kept),
            (_, Some(speed), Some(detour)) => {
                let expected = "a factor from 1 to 100, such as 1.3";
                let detour = positive("detour", detour, 100.0, expected)?;
                if detour < 1.0 {
                    return Err(QuestionError::BadValue { flag: "detour", value: detour.to_string(), expected });
                }
                Ok(Travel::StraightLine { speed: speed.kilometres_an_hour(), detour })
            }
            (_, Some(_), None) => Err(QuestionError::Missing {
                flag: "detour",
                reason: "how much longer the way is than the straight line, such as --detour 1.3",
            }),
            _ => Err(QuestionError::Missing {
                flag: "speed",
                reason: "say how people travel: --speed 50km/h --detour 1.3, --times FILE, or --roads FILE.osm.pbf",
            }),
        }
    }

    fn check_profile(&self) -> Result<(), QuestionError> {
        let Some(profile) = &self.profile else { return Ok(()) };
        if self.reach.is_some() {
            if self.profile_file().is_some() {
                let (value, expected) = (profile.display().to_string(), "the name of a profile, such as car");
                return Err(QuestionError::BadValue { flag: "profile", value, expected });
            }
            return Ok(());
        }
        if self.roads.is_none() {
            let reason = "--profile says how people travel on roads: add --roads FILE.osm.pbf";
            return Err(QuestionError::Missing { flag: "roads", reason });
        }
        let is_built_in = ["car", "foot", "bike"].into_iter().any(|name| profile.as_os_str() == name);
        if !is_built_in && self.profile_file().is_none() {
            let expected = "car, foot, bike, or a file that ends with .toml";
            let value = profile.display().to_string();
            return Err(QuestionError::BadValue { flag: "profile", value, expected });
        }
        Ok(())
    }

    fn check_times(&self) -> Result<(), QuestionError> {
        let layout = Self { times: None, ..self.clone() };
        if self.times.is_none() && layout.times_table() != TimesTable::default() {
            let reason = "the keys times-… say how a table of travel times is laid out: add --times FILE";
            return Err(QuestionError::Missing { flag: "times", reason });
        }
        Ok(())
    }

    /// Returns how the table of travel times is laid out.
    #[must_use]
    pub fn times_table(&self) -> TimesTable {
        TimesTable {
            place: self.times_place_field.clone(),
            site: self.times_site_field.clone(),
            time: self.times_field.clone(),
            unit: self.times_unit,
            direction: self.times_direction.unwrap_or_default(),
            missing: self.times_missing.unwrap_or_default(),
            origins: self.times_origins.as_deref().map(IdList::named),
            destinations: self.times_destinations.as_deref().map(IdList::named),
        }
    }

    /// Returns how people travel on roads, where there are any: the name of a profile, or its file.
    #[must_use]
    pub fn profile(&self) -> Option<&Path> {
        let of_roads = self.roads.as_ref().map(|_| self.profile.as_deref().unwrap_or(Path::new("car")));
        of_roads.or(self.profile.as_deref().filter(|_| self.reach.is_some()))
    }

    /// Returns the file of the profile, where it is not one of the built-in ones.
    #[must_use]
    pub fn profile_file(&self) -> Option<&Path> {
        self.profile
            .as_deref()
            .filter(|path| path.extension().is_some_and(|suffix| suffix.eq_ignore_ascii_case("toml")))
    }

    /// Returns where the figures of communes stand.
    ///
    /// # Errors
    /// When `origin` does not name two columns.
    pub fn commune_columns(&self) -> Result<CommuneColumns, QuestionError> {
        let origin = self.origin.as_deref().map(|pair| two_columns("origin", pair)).transpose()?;
        if origin.is_none() && self.origin_crs.is_some() {
            let reason = "--origin-crs says how the columns of --origin are written";
            return Err(QuestionError::Missing { flag: "origin", reason });
        }
        Ok(CommuneColumns {
            layer: self.layer.clone(),
            id: needed(self.id_field.as_deref().unwrap_or("code")),
            name: asked_or(self.name_field.as_deref(), "name"),
            population: needed(self.population_field.as_deref().unwrap_or("population")),
            access: self.access_field.as_deref().map(needed),
            territory: asked_or(self.territory_field.as_deref(), "dep"),
            density: asked_or(self.density_field.as_deref(), "density7"),
            origin,
            origin_crs: self.origin_crs.unwrap_or_default(),
            weight: match &self.weight {
                Some(Weight::Field(name)) => Some(needed(name)),
                _ => None,
            },
            acts: self.use_field.as_deref().map(needed),
            rules: self.columns_of_communes(),
        })
    }

    /// Returns where the figures of the population grid stand.
    ///
    /// # Errors
    /// When its coordinates are not two columns, or corners are named where there are only degrees.
    pub fn grid_columns(&self) -> Result<GridColumns, QuestionError> {
        let pair = self.grid_origin.clone().unwrap_or_else(|| "lon,lat".to_owned());
        let columns = pair.split_once(',').map(|(x, y)| (x.trim().to_owned(), y.trim().to_owned()));
        let is_two = |(x, y): &(String, String)| !x.is_empty() && !y.is_empty() && !y.contains(',');
        let position = columns.filter(is_two).ok_or(QuestionError::BadValue {
            flag: "grid-origin",
            value: pair,
            expected: "two columns, eastwards first, such as lon,lat or x3035,y3035",
        })?;
        let crs = self.grid_crs.unwrap_or_default();
        if let Some(metres) = self.grid_cell
            && (crs == StatedCrs::Wgs84 || !(1..=100_000).contains(&metres))
        {
            return Err(QuestionError::BadValue {
                flag: "grid-cell",
                value: metres.to_string(),
                expected: "a width from 1 to 100000 metres, beside --grid-crs EPSG:3035 or EPSG:2154",
            });
        }
        Ok(GridColumns {
            id: self.grid_id_field.clone(),
            people: self.grid_population_field.clone().unwrap_or_else(|| "population".to_owned()),
            position,
            crs,
            cell: self.grid_cell.unwrap_or_default(),
            commune: self.grid_commune_field.clone(),
        })
    }

    /// Refuses what is known by commune only where people are counted by cell.
    pub(crate) fn check_grid(&self) -> Result<(), QuestionError> {
        let weighs = !matches!(self.weight, None | Some(Weight::People | Weight::Shortfall));
        let by_commune = [
            ("weight", weighs),
            ("use-field", self.use_field.is_some()),
            ("residents-field", self.residents_field.is_some()),
        ];
        match by_commune.into_iter().find(|(_, is_stated)| *is_stated && self.grid.is_some()) {
            Some((other, _)) => Err(QuestionError::Both { one: "grid", other }),
            None => Ok(()),
        }
    }

    /// Returns where the figures of candidates or of existing sites stand.
    ///
    /// # Errors
    /// When `site-origin` does not name two columns.
    pub fn site_columns(&self, state: SiteState) -> Result<SiteColumns, QuestionError> {
        let candidates = state == SiteState::Candidate;
        let column = |asked: Option<&String>, default: &str| Column {
            name: asked.map_or(default, String::as_str).to_owned(),
            required: candidates && asked.is_some(),
        };
        let cost = column(self.cost_field.as_ref(), "cost");
        Ok(SiteColumns {
            layer: if candidates { self.candidates_layer.clone() } else { self.existing_layer.clone() },
            id: needed(self.site_id_field.as_deref().unwrap_or("id")),
            name: column(self.site_name_field.as_ref(), "name"),
            kind: column(self.kind_field.as_ref(), "kind"),
            cost: Column {
                required: cost.required
                    || (candidates
                        && (self.budget.is_some() || self.limits_phases_by_budget() || self.sums_costs())
                        && !self.types_have_costs()),
                ..cost
            },
            commune: column(self.site_commune_field.as_ref(), "commune"),
            territory: Column {
                name: self.territory_field.clone().unwrap_or_else(|| "dep".to_owned()),
                required: false,
            },
            position: two_columns("site-origin", self.site_origin.as_deref().unwrap_or("lon,lat"))?,
            crs: self.site_crs.unwrap_or_default(),
            rules: self.columns_of_sites(),
        })
    }

    /// Returns the tables to join.
    ///
    /// # Errors
    /// When one is not written `FILE.csv:KEY`.
    pub fn joins(&self) -> Result<Vec<Join>, QuestionError> {
        let joins = self.join.iter().flatten().map(|text| match text.rsplit_once(':') {
            Some((file, key)) if !file.is_empty() && !key.is_empty() && !key.contains(['/', '\\']) => {
                Ok(Join { file: PathBuf::from(file), key: key.to_owned() })
            }
            _ => Err(QuestionError::BadValue {
                flag: "join",
                value: text.clone(),
                expected: "a file and the column of the code, such as access.csv:code",
            }),
        });
        joins.collect()
    }

    /// Returns every file the scenario reads.
    #[must_use]
    pub fn input_paths(&self) -> Vec<PathBuf> {
        let files =
            [&self.communes, &self.candidates, &self.existing, &self.grid, &self.times, &self.reach, &self.roads];
        let profile = self.profile_file().map(Path::to_owned);
        let joins = self.joins().unwrap_or_default().into_iter().map(|join| join.file);
        let opened = self.phase.iter().flatten().filter_map(|phase| phase.opened.as_ref()).flatten();
        let lists = self.require.iter().chain(&self.forbid).flatten().chain(opened);
        let lists = lists.filter_map(|entry| entry.strip_prefix('@')).map(PathBuf::from);
        let table = self.times_table();
        let ids = [table.origins, table.destinations].into_iter().flatten().map(|list| list.file);
        files.into_iter().flatten().cloned().chain(profile).chain(joins).chain(ids).chain(lists).collect()
    }
}

/// Reads the identifiers of what opened in a phase.
fn with_identifiers(phase: &Phase) -> Result<Phase, QuestionError> {
    let opened = phase.opened.as_deref().map(|entries| identifiers("phase", Some(entries))).transpose()?;
    Ok(Phase { opened, ..phase.clone() })
}

/// Reads the names of two columns, that of the coordinate eastwards first.
fn two_columns(flag: &'static str, pair: &str) -> Result<(Column, Column), QuestionError> {
    match pair.split_once(',').map(|(east, north)| (east.trim(), north.trim())) {
        Some((east, north)) if !east.is_empty() && !north.is_empty() && !north.contains(',') => {
            Ok((needed(east), needed(north)))
        }
        _ => Err(QuestionError::BadValue {
            flag,
            value: pair.to_owned(),
            expected: "two columns, longitude first, such as lon_pop,lat_pop",
        }),
    }
}

fn needed(name: &str) -> Column {
    Column { name: name.to_owned(), required: true }
}

fn asked_or(asked: Option<&str>, default: &str) -> Column {
    Column { name: asked.unwrap_or(default).to_owned(), required: asked.is_some() }
}

fn positive(flag: &'static str, number: f64, most: f64, expected: &'static str) -> Result<f64, QuestionError> {
    if number > 0.0 && number <= most {
        Ok(number)
    } else {
        Err(QuestionError::BadValue { flag, value: number.to_string(), expected })
    }
}

/// Reads a list of identifiers: `@FILE` stands for the lines of a file, blank ones and those after `#` left out.
fn identifiers(flag: &'static str, entries: Option<&[String]>) -> Result<Vec<String>, QuestionError> {
    let mut identifiers = Vec::new();
    for entry in entries.unwrap_or_default() {
        match entry.strip_prefix('@') {
            Some(file) => {
                let text = std::fs::read_to_string(file).map_err(|source| QuestionError::List {
                    flag,
                    file: PathBuf::from(file),
                    source,
                })?;
                let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
                identifiers.extend(lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned));
            }
            None => identifiers.push(entry.trim().to_owned()),
        }
    }
    identifiers.retain(|identifier| !identifier.is_empty());
    identifiers.sort();
    identifiers.dedup();
    Ok(identifiers)
}
