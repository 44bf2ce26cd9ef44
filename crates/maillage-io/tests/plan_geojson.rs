//! What a map program relies on in `plan.geojson`.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test says where")]

use std::collections::BTreeMap;

use geo::{Geometry, LineString, MultiPolygon, Polygon};
use maillage_core::{
    Commune, Guarantee, Objective, Plan, PlanCommune, PlanSite, Position, Reached, Scenario, Sense, Site, SiteState,
    StoppedBy, Territory, TravelTime, VariantCounts, Work,
};
use maillage_io::{Answer, PlanFeatures, Provenance, Sources, Stop, write_plan_geojson};
use serde_json::{Value, json};

fn commune(code: &str, name: &str, access: Option<f64>, geometry: Geometry<f64>) -> Commune {
    Commune {
        code: code.to_owned(),
        name: name.to_owned(),
        territory: "01".to_owned(),
        density: Some(6),
        population: 1_200,
        access,
        weight: None,
        acts: None,
        origin: Position::new(4.5, 47.5).unwrap(),
        geometry,
        columns: BTreeMap::new(),
    }
}

fn site(id: &str, state: SiteState) -> Site {
    Site {
        id: id.to_owned(),
        name: "Mairie d’\"Épône\"".to_owned(),
        kind: String::new(),
        state,
        cost: 35_000,
        commune: Some("01001".to_owned()),
        territory: None,
        position: Position::new(4.123_456_789, 47.0).unwrap(),
        columns: BTreeMap::new(),
    }
}

fn territory() -> Territory {
    let clockwise = |west: f64| {
        let corners = vec![(west, 47.0), (west, 48.0), (west + 1.0, 48.0), (west + 1.0, 47.0), (west, 47.0)];
        Polygon::new(LineString::from(corners), Vec::new())
    };
    let communes = vec![
        commune("01002", "", None, Geometry::MultiPolygon(MultiPolygon(vec![clockwise(6.0), clockwise(8.0)]))),
        commune("01001", "L’Abergement", Some(4.0), Geometry::Polygon(clockwise(4.0))),
    ];
    Territory::new(communes, vec![site("th_1", SiteState::Candidate), site("ms_1", SiteState::Existing)]).unwrap()
}

fn plan() -> Plan {
    let site = |site, is_new| PlanSite {
        site,
        is_new,
        required: false,
        rank: is_new.then_some(1),
        people_added: is_new.then_some(1_200),
        people_lost_without: 0,
        phase: None,
        cost: is_new.then_some(35_000),
        kind: None,
        hub: None,
        upgrades: None,
        residents: None,
        territory: "01".to_owned(),
    };
    Plan {
        guarantee: Guarantee::Bounded,
        stopped_by: StoppedBy::Effort,
        objective: Objective { unit: "people".to_owned(), sense: Sense::Most, value: 1_200, bound: 1_201 },
        then: None,
        travel: None,
        under_served: 2_400,
        reached_before: 0,
        newly_reached: 1_200,
        out_of_reach: 0,
        cost: 35_000,
        budget: None,
        rural: None,
        by_territory: Vec::new(),
        by_density: Vec::new(),
        by_threshold: Vec::new(),
        phases: Vec::new(),
        rules: Vec::new(),
        variants: VariantCounts::default(),
        loads: None,
        outside: None,
        sites: vec![site(1, true), site(0, false)],
        communes: vec![
            PlanCommune {
                under_served: 1_200,
                unreached: 0,
                reached: Reached::Newly,
                nearest: Some((1, TravelTime::from_deciseconds(4_451))),
            },
            PlanCommune { under_served: 1_200, unreached: 1_200, reached: Reached::No, nearest: None },
        ],
        work: Work { pairs: 2, iterations: 3, nodes: 0 },
    }
}

fn written(features: PlanFeatures) -> String {
    let asked = json!({ "within": "10min", "travel": "times", "sites": 1 });
    let scenario: Scenario = serde_json::from_value(asked).unwrap();
    let from = Provenance {
        version: "0.1.0",
        stopped_for: Stop::Time,
        candidates: 1,
        inputs: &[],
        sources: Sources::default(),
        request: json!({ "sites": 1 }),
        roads: None,
        grid: None,
    };
    let answer = Answer::of(&plan(), &scenario, from);
    String::from_utf8(write_plan_geojson(&territory(), &plan(), &answer, features).unwrap()).unwrap()
}

#[test]
fn the_file_is_written_to_the_letter() {
    let text = written(PlanFeatures::All);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], r#"{"type":"FeatureCollection","bbox":[4,47,9,48],"#);
    assert!(lines[1].starts_with(r#""maillage":{"version":1,"program":"maillage 0.1.0","guarantee":"bounded","feasible":true,"stopped_by":"effort","objective":{"unit":"people","value":1200,"bound":1201},"gap":0.000833,"mip_gap":0.000834,"under_served":2400,"#), "{}", lines[1]);
    assert!(lines[1].ends_with(r#""work":{"pairs":2,"iterations":3,"nodes":0}},"#), "no seconds: {}", lines[1]);
    assert_eq!(lines[2], r#""features":["#);
    assert_eq!(
        lines[3],
        r#"{"type":"Feature","id":"site/th_1","properties":{"role":"site","id":"th_1","name":"Mairie d’\"Épône\"","kind":null,"state":"new","required":false,"rank":1,"people_added":1200,"people_lost_without":0,"cost":35000,"phase":null,"type":null,"hub":null,"upgrades":null,"residents":null,"territory":"01"},"geometry":{"type":"Point","coordinates":[4.1234568,47]}},"#
    );
    assert_eq!(
        lines[4],
        r#"{"type":"Feature","id":"site/ms_1","properties":{"role":"site","id":"ms_1","name":"Mairie d’\"Épône\"","kind":null,"state":"existing","required":false,"rank":null,"people_added":null,"people_lost_without":0,"cost":null,"phase":null,"type":null,"hub":null,"upgrades":null,"residents":null,"territory":"01"},"geometry":{"type":"Point","coordinates":[4.1234568,47]}},"#
    );
    assert_eq!(
        lines[5],
        r#"{"type":"Feature","id":"commune/01001","properties":{"role":"commune","id":"01001","name":"L’Abergement","territory":"01","population":1200,"access":4.0,"under_served":1200,"reached":"newly","site":"th_1","minutes":7.4183},"geometry":{"type":"Polygon","coordinates":[[[4,47],[5,47],[5,48],[4,48],[4,47]]]}},"#
    );
    assert!(lines[6].contains(r#""name":null,"territory":"01","population":1200,"access":null,"under_served":1200,"reached":"no","site":null,"minutes":null}"#), "{}", lines[6]);
    assert_eq!(&lines[7..], ["]}"]);
}

#[test]
fn other_programs_read_it_as_geojson() {
    for features in [PlanFeatures::All, PlanFeatures::Sites, PlanFeatures::Communes] {
        let collection: geojson::FeatureCollection = written(features).parse().unwrap();
        assert!(collection.foreign_members.as_ref().unwrap().contains_key("maillage"));
        assert!(collection.bbox.is_some());
        let roles: Vec<&str> =
            collection.features.iter().map(|feature| feature.property("role").unwrap().as_str().unwrap()).collect();
        assert_eq!(
            roles,
            match features {
                PlanFeatures::All => vec!["site", "site", "commune", "commune"],
                PlanFeatures::Sites => vec!["site"; 2],
                PlanFeatures::Communes => vec!["commune"; 2],
            }
        );
    }
}

#[test]
fn a_field_has_one_type_and_a_role_has_one_list_of_fields() {
    let collection: Value = serde_json::from_str(&written(PlanFeatures::All)).unwrap();
    let mut types: BTreeMap<String, &str> = BTreeMap::new();
    let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for feature in collection["features"].as_array().unwrap() {
        let properties = feature["properties"].as_object().unwrap();
        let names: Vec<String> = properties.keys().cloned().collect();
        let role = properties["role"].as_str().unwrap().to_owned();
        assert_eq!(fields.entry(role).or_insert_with(|| names.clone()), &names);
        for (field, value) in properties {
            let kind = match value {
                Value::Null => continue,
                Value::Bool(_) => "truth",
                Value::Number(number) if number.is_u64() => "whole number",
                Value::Number(_) => "number",
                Value::String(_) => "text",
                Value::Array(_) | Value::Object(_) => panic!("{field} is nested"),
            };
            assert_eq!(*types.entry(field.clone()).or_insert(kind), kind, "{field}");
        }
    }
}

#[test]
fn each_feature_read_and_written_again_is_the_same_text() {
    for line in written(PlanFeatures::All).lines().filter(|line| line.starts_with(r#"{"type":"Feature","#)) {
        let line = line.trim_end_matches(',');
        let value: Value = serde_json::from_str(line).unwrap();
        assert_eq!(serde_json::to_string(&value).unwrap(), line);
    }
}
