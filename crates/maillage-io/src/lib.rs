//! Reading that believes nothing, and writing that never leaves half a file.
//!
//! Readers collect every problem of a file as [`Finding`]s (code, file, line, feature, field, value, what was expected,
//! how to mend it) rather than stopping at the first. Writers return bytes; one place alone puts them on the disk.

mod answer;
mod answer_loads;
mod answer_phase;
mod answer_point;
mod answer_rule;
mod answer_variants;
mod assessment_answer;
mod catalogue;
mod column_names;
mod columns;
mod communes;
mod coordinates;
mod covering_model;
mod crs;
mod curve_answer;
mod database;
mod encoding;
mod equity_answer;
mod escape;
mod feature_table;
mod finding;
mod findings;
mod gap;
mod geojson;
mod geometry;
mod geometry_text;
mod geopackage;
mod geopackage_geometry;
mod geopackage_reader;
mod geopackage_style;
mod identity;
mod index_file;
mod input_file;
mod join;
mod json;
mod key_place;
mod language;
mod layer;
mod model_lp;
mod model_mps;
mod output;
mod plan_file;
mod plan_geojson;
mod plan_geopackage;
mod plan_layers;
mod plan_package;
mod plan_tables;
mod provenance;
mod quantity;
mod question;
mod reading;
mod request;
mod ring;
mod rule_columns;
mod rule_words;
mod scenario_examples;
mod scenario_file;
mod scenario_proposal;
mod scenario_text;
#[cfg(feature = "clap")]
mod scenario_words;
mod shapes;
mod site_list;
mod sites;
mod source;
mod sources;
mod table;
mod times;
mod value;
mod value_problem;
mod well_known_binary;
mod who_counts;

pub use answer::{
    Answer, AnswerCertificate, AnswerGuarantee, AnswerInput, AnswerObjective, AnswerRural, AnswerSense,
    AnswerTerritory, AnswerThreshold, AnswerTravel, AnswerWork, Stop,
};
pub use answer_loads::{AnswerLoadCount, AnswerLoads, AnswerOutside, AnswerSiteLoad};
pub use answer_phase::{AnswerNesting, AnswerPhase};
pub use answer_point::AnswerPoint;
pub use answer_rule::{AnswerRule, AnswerWords, key as rule_key};
pub use answer_variants::{AnswerHub, AnswerHubs, AnswerSpecialty, AnswerType};
pub use assessment_answer::{
    AssessmentAnswer, AssessmentBest, AssessmentList, AssessmentPlace, AssessmentSite, AssessmentSwap,
};
pub use catalogue::{CatalogueEntry, Severity, Texts, catalogue};
pub use column_names::{closest_columns, column_names};
pub use columns::{Column, CommuneColumns, Join, RuleColumn, SiteColumns};
pub use communes::read_communes;
pub use covering_model::{CoveringModel, ModelDemand, ModelFloor, ModelRule};
pub use crs::{Crs, CrsError};
pub use curve_answer::{CurveAnswer, CurveAnswerPoint, CurveOver};
pub use equity_answer::{EquityAnswer, EquityAnswerPoint};
pub use finding::{Detail, Finding};
pub use findings::Findings;
pub use gap::gap;
pub use index_file::{IndexFile, read_index};
pub use input_file::{InputFile, Role};
pub use key_place::{EntryName, KeyPlace, StatedKey};
pub use language::Language;
pub use output::{Output, OutputError};
pub use plan_file::{PlanFile, PlanFileError, StatedAnswer, StatedSite};
pub use plan_geojson::{PlanFeatures, write_plan_geojson};
pub use plan_geopackage::{GeoPackageError, write_plan_geopackage};
pub use plan_layers::{CommuneFields, PlanLayerCommune, PlanLayerSite, PlanLayers, PlanLayersError, SiteFields};
pub use plan_package::{Difference, PlanPackage};
pub use provenance::Provenance;
pub use quantity::{Euros, QuantityError, Share, Speed, TimeLimit};
pub use question::QuestionError;
pub use rule_words::rule_words;
pub use scenario_examples::{ScenarioExample, scenario_examples};
pub use scenario_file::ScenarioFile;
pub use scenario_proposal::{FileColumns, propose_scenario};
pub use scenario_text::ScenarioTextError;
pub use site_list::{SiteList, read_site_list};
pub use sites::read_sites;
pub use sources::{Source, Sources};
pub use times::{TimeEntry, read_times};
pub use value_problem::ValueProblem;
