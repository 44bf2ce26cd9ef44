//! Files of sites.

use maillage_core::SiteState;
use maillage_io::Language;

use crate::case::sites_of;
use crate::features::{collection, feature, point, polygon};

#[test]
fn sites_are_points_with_whole_costs() {
    let site = |id: &str, more: &str, x: f64| {
        format!("{{\"type\":\"Feature\",\"properties\":{{\"id\":\"{id}\"{more}}},\"geometry\":{}}}", point(x, 49.1234))
    };
    let run = |features: &[String], state| {
        let (read, findings) = sites_of("sites.geojson", &collection(features), state);
        (read.map(|(sites, _)| sites), findings.iter().map(|finding| finding.code).collect::<Vec<_>>())
    };
    let two = [site("a", ",\"cost\":20000,\"commune\":\"2a004\"", 6.1), site("b", ",\"cost\":30000", 6.2)];
    let (sites, codes) = run(&two, SiteState::Candidate);
    let sites = sites.unwrap();
    assert_eq!((codes, sites[0].cost, sites[0].commune.as_deref()), (vec![], 20000, Some("2A004")));
    for (cost, code) in [("-1", "E212"), ("null", "E213"), ("1.5", "E214"), ("\"12 000\"", "E211"), ("1e15", "E215")] {
        let features = [site("a", ",\"cost\":20000", 6.1), site("b", &format!(",\"cost\":{cost}"), 6.2)];
        assert_eq!(run(&features, SiteState::Candidate), (None, vec![code]));
        assert!(run(&features, SiteState::Existing).0.is_some());
    }
    assert_eq!(run(&[two[0].clone(), site("b", "", 6.2)], SiteState::Candidate), (None, vec!["E213"]));
    assert_eq!(run(&[two[0].clone(), site("b", ",\"cost\":0", 6.2)], SiteState::Candidate).1, ["W220"]);
    assert_eq!(run(&[site("a", "", 6.1), site("b", "", 6.2)], SiteState::Candidate).1, ["W221"]);
    assert_eq!(run(&[two[0].clone(), site("b", ",\"cost\":1", 6.1)], SiteState::Candidate).1, ["W152"]);
    assert_eq!(run(&[two[0].clone(), two[0].clone()], SiteState::Candidate).1[0], "E204");
    assert_eq!(run(&[], SiteState::Candidate), (None, vec!["E128"]));
    assert_eq!(run(&[], SiteState::Existing), (Some(vec![]), vec![]));
    let area = feature("\"id\":\"a\"", &polygon("[[[6,49],[7,49],[7,50],[6,49]]]"));
    assert_eq!(run(&[area], SiteState::Existing), (None, vec!["E147"]));
    let (read, findings) =
        sites_of("sites.csv", "id;kind;cost;lon;lat\na;booth;20 000;6,1;49,12345\n", SiteState::Candidate);
    assert_eq!(read.unwrap().0[0].cost, 20000, "{}", findings.to_text(Language::English));
}
