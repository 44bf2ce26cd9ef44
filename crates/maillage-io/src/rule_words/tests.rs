use maillage_core::{RuleName, Scenario};

use super::rule_words;
use crate::Language::{English, French};

#[test]
fn every_kind_of_rule_has_its_words() {
    let text = r#"{"within": "10min", "travel": "times", "sites": 1000, "exactly": true, "budget": 4280000,
        "rule": [
            {"name": "parts", "each": "dep", "least": 5, "most": 9},
            {"where": {"density7": [5, 6, 7]}, "least-share": "41%"},
            {"where": {"kind": "pharmacy"}, "each": "dep", "most-share": "12.5%", "sum": "cost"},
            {"each": "dep", "spread": 3, "existing": true},
            {"sum": "field:hours", "most": 37.5, "where": {"population": {"least": 500, "below": 2000}}},
            {"sum": "cost", "each": "dep", "most": 600000}
        ],
        "floor": [{"each": "dep", "least-share": "50%"}, {"where": {"dep": "08"}, "least": 20000, "newly": true}],
        "spacing": [{"between": "10km", "from-existing": "7min30s", "where": {"kind": "pharmacy"}}],
        "incompatible": [["a", "b"]]}"#;
    let scenario: Scenario = serde_json::from_str(text).unwrap();
    let group = || vec!["08".to_owned()];
    for (name, english, french) in [
        (RuleName::Sites, "exactly 1,000 new sites", "exactement 1\u{202f}000 nouveaux sites"),
        (
            RuleName::Budget,
            "at most €4,280,000 for new sites",
            "au plus 4\u{202f}280\u{202f}000\u{a0}€ pour les nouveaux sites",
        ),
        (
            RuleName::Sum { rule: 0, group: group() },
            "parts: from 5 to 9 new sites where dep = 08",
            "parts : de 5 à 9 nouveaux sites où dep = 08",
        ),
        (
            RuleName::LeastShare { rule: 1, group: Vec::new() },
            "at least 41% of the new sites where density7 = 5, 6 or 7",
            "au moins 41\u{202f}% des nouveaux sites là où density7 = 5, 6 ou 7",
        ),
        (
            RuleName::MostShare { rule: 2, group: group() },
            "at most 12.5% of the cost of new sites, among those with dep = 08, where kind = pharmacy",
            "au plus 12,5\u{202f}% du coût des nouveaux sites, parmi ceux où dep = 08, là où kind = pharmacy",
        ),
        (
            RuleName::Spread { rule: 3 },
            "numbers of sites, existing ones included, that differ by at most 3 between values of dep",
            "nombres de sites, existants compris, qui diffèrent d’au plus 3 selon dep",
        ),
        (
            RuleName::Sum { rule: 4, group: Vec::new() },
            "at most 37.5 of hours over the new sites where 500 ≤ population < 2,000",
            "au plus 37,5 de hours sur les nouveaux sites où 500 ≤ population < 2\u{202f}000",
        ),
        (
            RuleName::Sum { rule: 5, group: group() },
            "at most €600,000 for new sites where dep = 08",
            "au plus 600\u{202f}000\u{a0}€ pour les nouveaux sites où dep = 08",
        ),
        (
            RuleName::Floor { floor: 0, group: group() },
            "at least 50% of the under-served people in reach where dep = 08",
            "au moins 50\u{202f}% des personnes sous-dotées à portée où dep = 08",
        ),
        (
            RuleName::Floor { floor: 1, group: Vec::new() },
            "at least 20,000 more under-served people in reach where dep = 08",
            "au moins 20\u{202f}000 nouvelles personnes sous-dotées à portée où dep = 08",
        ),
        (
            RuleName::Spacing { spacing: 0 },
            "new sites where kind = pharmacy at least 10 km apart",
            "nouveaux sites où kind = pharmacy distants d’au moins 10 km",
        ),
        (
            RuleName::FromExisting { spacing: 0 },
            "new sites where kind = pharmacy at least 7.5 min from existing ones",
            "nouveaux sites où kind = pharmacy à au moins 7,5 min des sites existants",
        ),
        (RuleName::Incompatible { list: 0 }, "at most one of a, b", "au plus un site parmi a, b"),
    ] {
        assert_eq!(rule_words(&name, &scenario, English), english);
        assert_eq!(rule_words(&name, &scenario, French), french);
    }
}
