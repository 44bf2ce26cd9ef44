//! Rules, floors and spacings with the binary people run, on the tiny region, whose plans can be checked by hand.

use std::fs;

use serde_json::{Value, json};

use crate::run::{answer, exit, maillage, said, tiny, tiny_with};

/// Plans the tiny region with more in its scenario, and more flags.
fn plan(more: &str, arguments: &str) -> Value {
    let folder = tiny_with(more);
    let output = maillage(folder.path(), &format!("plan --scenario maillage.toml --json --quiet {arguments}"));
    answer(&output)
}

/// Returns the error of a plan that is refused with an exit code.
fn refusal(more: &str, arguments: &str, code: i32) -> String {
    let folder = tiny_with(more);
    let output = maillage(folder.path(), &format!("plan --scenario maillage.toml --quiet {arguments}"));
    assert_eq!(exit(&output), code, "{more} {arguments}: {}", said(&output));
    said(&output)
}

fn newly(answer: &Value) -> (u64, u64) {
    assert_eq!(answer["guarantee"], "optimal");
    (answer["newly_reached"].as_u64().unwrap(), answer["cost"].as_u64().unwrap())
}

#[test]
fn rules_move_the_plan_as_the_table_of_the_region_says() {
    // Without rules: ph_01902 and eh_2A901.
    assert_eq!(newly(&plan("", "")), (2_150, 50_000));
    // No pharmacy: the town hall in its place.
    assert_eq!(newly(&plan("[[rule]]\nwhere.kind = \"pharmacy\"\nmost = 0\n", "")), (2_150, 65_000));
    // Half of the sites at least in the west, of one site: the pharmacy.
    assert_eq!(newly(&plan("", "--sites 1 --rule where.dep=01,least-share=50%")), (1_400, 20_000));
    // One site that brings everyone of the east into reach: the nursing home.
    assert_eq!(newly(&plan("[[floor]]\nwhere.dep = \"2A\"\nleast-share = \"100%\"\n", "--sites 1")), (1_050, 30_000));
    // The nursing home is 6 km from the pharmacy, the town hall of 2A904 is 13 km away.
    assert_eq!(newly(&plan("[[spacing]]\nbetween = \"10km\"\n", "")), (2_150, 55_000));
    assert_eq!(newly(&plan("", "--spacing between=15min")), (2_150, 55_000));
    let apart = plan("incompatible = [[\"ph_01902\", \"eh_2A901\"]]\n", "--budget 60000");
    assert_eq!(newly(&apart), (2_150, 55_000));
    // At most 30,000 euros in each département.
    assert_eq!(newly(&plan("[[rule]]\neach = \"dep\"\nsum = \"cost\"\nmost = 30000\n", "")), (2_150, 50_000));
    assert_eq!(newly(&plan("[[rule]]\neach = \"dep\"\nsum = \"cost\"\nmost = 20000\n", "")), (1_400, 20_000));
    // Density stands with the communes: both sites in communes of class 6 or 7.
    let rural = plan("[[rule]]\nwhere.density7 = [6, 7]\nleast-share = \"100%\"\n", "--sites 1");
    assert_eq!(newly(&rural), (1_250, 35_000));
    // Sums over existing sites too: one stands in each département already, and two in all are too many for a second.
    let all = plan("[[rule]]\neach = \"dep\"\nexisting = true\nmost = 1\n", "");
    assert_eq!((newly(&all), &all["sites_new"]), ((0, 0), &json!(0)));
}

#[test]
fn the_answer_lists_every_rule_with_its_words_and_what_is_left() {
    let more = "[[rule]]\nname = \"shares\"\neach = \"dep\"\nleast = 1\nmost = 2\n\
                [[floor]]\nwhere.dep = \"01\"\nleast = 1000\n[[spacing]]\nbetween = \"6km\"\nfrom-existing = \"1km\"\n";
    let answer = plan(more, "--budget 60000");
    let told: Vec<Value> = answer["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rule| json!([rule["rule"], rule["number"], rule["group"], rule["value"], rule["slack"]]))
        .collect();
    assert_eq!(
        told[..5],
        [
            json!(["sites", null, {}, 2, 0]),
            json!(["budget", null, {}, 50_000, 10_000]),
            json!(["sum", 1, { "dep": "01" }, 1, 0]),
            json!(["sum", 1, { "dep": "2A" }, 1, 0]),
            json!(["spacing", 1, {}, 6.05216, 0.05216]),
        ]
    );
    assert_eq!(told[5][0], "from-existing");
    assert_eq!(told[6], json!(["floor", 1, {}, 1_250, 250]));
    let rules = &answer["rules"];
    assert_eq!(rules[1]["binds"], false);
    assert_eq!(rules[2]["words"]["en"], "shares: from 1 to 2 new sites where dep = 01");
    assert_eq!(rules[6]["words"]["fr"], "au moins 1\u{202f}000 personnes sous-dotées à portée où dep = 01");
    assert_eq!(answer["request"]["rule"][0], json!({ "name": "shares", "each": ["dep"], "least": 1, "most": 2 }));

    let folder = tiny_with(more);
    let output = maillage(folder.path(), "plan --scenario maillage.toml --lang fr");
    let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("shares : de 1 à 2 nouveaux sites où dep = 01 : 1 site, contraignante"), "{text}");
}

#[test]
fn plans_with_rules_are_verified_and_other_rules_are_not_believed() {
    let more = "[[rule]]\neach = \"dep\"\nleast = 1\n[[rule]]\nwhere.density7 = [6, 7]\nleast-share = \"50%\"\n\
                [[floor]]\neach = \"dep\"\nleast-share = \"90%\"\n[[spacing]]\nbetween = \"5min\"\n";
    let folder = tiny_with(more);
    let made = maillage(folder.path(), "plan --scenario maillage.toml --out p.geojson --certificate p.cert --quiet");
    assert_eq!(exit(&made), 0, "{}", said(&made));
    assert_eq!(exit(&maillage(folder.path(), "verify p.geojson")), 0);
    let path = folder.path().join("p.geojson");
    let text = fs::read_to_string(&path).unwrap();
    for (from, to) in [
        (r#""each":["dep"],"least":1"#, r#""each":["dep"],"least":2"#),
        (r#""least-share":"90%""#, r#""least-share":"89%""#),
        (r#""between":"5min""#, r#""between":"1min""#),
        (r#""slack":0,"#, r#""slack":1,"#),
    ] {
        assert!(text.contains(from), "{from} in {text}");
        fs::write(&path, text.replacen(from, to, 1)).unwrap();
        let output = maillage(folder.path(), "verify p.geojson");
        assert_eq!(exit(&output), 9, "{from}: {}", said(&output));
    }
}

#[test]
fn rules_that_cannot_be_kept_together_are_named_with_the_cheapest_ways_out() {
    let more = "[[rule]]\neach = \"dep\"\nleast = 1\n[[rule]]\nwhere.kind = \"hospital\"\nmost = 0\n";
    let text = refusal(more, "--sites 1", 4);
    for words in [
        "these rules cannot be kept together",
        "- at most 1 new site\n",
        "- at least 1 new site where dep = 01 (maillage.toml:12)\n",
        "- at least 1 new site where dep = 2A (maillage.toml:12)\n",
        "- at most 1 new site: allow 1 site more",
        "- drop one of these: at least 1 new site where dep = 01; at least 1 new site where dep = 2A",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("hospital"), "{text}");
    let french = refusal(more, "--sites 1 --lang fr", 4);
    assert!(french.contains("en permettre 1 site de plus"), "{french}");
    let errors: Value = serde_json::from_str(&refusal(more, "--sites 1 --errors json", 4)).unwrap();
    assert_eq!(errors["conflict"].as_array().unwrap().len(), 3);
    assert_eq!(errors["conflict"][1]["words"]["en"], "at least 1 new site where dep = 01");
    assert_eq!(errors["ways_out"][0]["change"], 1);

    // Everyone of the west costs at least the pharmacy.
    let floor = "[[floor]]\nwhere.dep = \"01\"\nleast-share = \"100%\"\n";
    let text = refusal(floor, "--budget 15000 --sites 3 --forbid ph_01902 --errors json", 4);
    assert!(text.contains("the cheapest candidate costs"), "{text}");
    let errors: Value =
        serde_json::from_str(&refusal(floor, "--budget 34000 --sites 3 --forbid ph_01902 --errors json", 4)).unwrap();
    let euros = errors["ways_out"].as_array().unwrap().iter().find(|way| way["unit"] == "euros").unwrap();
    assert_eq!(euros["change"], 1_000);

    let folder = tiny_with(more);
    for command in ["frontier --sites 0..1", "assess ph_01902 --sites 1"] {
        let output = maillage(folder.path(), &format!("{command} --scenario maillage.toml --quiet"));
        assert_eq!(exit(&output), 4, "{command}: {}", said(&output));
        assert!(said(&output).contains("at least 1 new site where dep = 2A"), "{command}: {}", said(&output));
    }
}

#[test]
fn what_a_rule_gets_wrong_is_named_with_the_nearest_right_one() {
    for (more, code, words) in [
        (
            "[[rule]]\nleest = 1\n",
            2,
            "maillage.toml:13: \"rule.leest\" is not a key of a scenario; did you mean \"rule.least\"",
        ),
        (
            "[[rule]]\neach = \"dep\"\nleast-share = \"41\"\n",
            2,
            "maillage.toml:14: key \"rule.least-share\": \"41\" has no unit",
        ),
        (
            "[[rule]]\neach = \"dep\"\n",
            2,
            "rule 1 asks for nothing: say least, most, least-share, most-share or spread",
        ),
        ("[[rule]]\nname = \"few\"\nleast = 3\nmost = 2\n", 2, "rule 1 (few) asks for at least 3 and at most 2"),
        ("[[rule]]\nleast-share = \"10%\"\n", 2, "say which with \"where\" or \"each\""),
        ("[[rule]]\nspread = 1\n", 2, "say between which values with \"each\""),
        (
            "[[rule]]\neach = \"dept\"\nleast = 1\n",
            3,
            "\"dept\", which neither the candidates nor the communes have; the closest columns are: \"dep\"",
        ),
        (
            "[[floor]]\neach = \"kind\"\nleast = 1\n",
            3,
            "communes.geojson: floor 1 looks at the column \"kind\", which the communes do not have",
        ),
        (
            "[[rule]]\nwhere.kind = \"pharmacie\"\nmost = 1\n",
            3,
            "kind = \"pharmacie\", which stands nowhere in that column: there are pharmacy",
        ),
        (
            "[[rule]]\nsum = \"field:kind\"\nmost = 1\n",
            3,
            "candidates.geojson:2:92: feature #0 (id \"eh_2A901\", name \"EHPAD de L'Étang-sur-Brême\"), field \"kind\": \"ehpad\" is not a number",
        ),
        ("[[rule]]\nsum = \"field:apl\"\nmost = 1\n", 3, "candidate \"th_none\" has no value in the column \"apl\""),
        ("[[spacing]]\nbetween = \"10\"\n", 2, "\"10\" has no unit: write 10km or 10min"),
        ("[[spacing]]\nname = \"x\"\n", 2, "spacing 1 (x) asks for nothing: say between or from-existing"),
        (
            "require = [\"ph_01902\", \"th_01902\"]\n[[spacing]]\nbetween = \"1km\"\n",
            4,
            "are both required, which spacing 1 rules out",
        ),
        (
            "require = [\"ph_01902\", \"th_01902\"]\nincompatible = [[\"ph_01902\", \"th_01902\"]]\n",
            4,
            "incompatible 1",
        ),
        (
            "incompatible = [[\"ph_01902\", \"th_01903\"]]\n",
            3,
            "\"th_01903\", asked to be incompatible, is not among the candidates",
        ),
        (
            "require = [\"th_2A904\"]\n[[spacing]]\nfrom-existing = \"6km\"\n",
            4,
            "\"th_2A904\" is required but too near \"msp_2A906\"",
        ),
    ] {
        if more.contains("field:apl") {
            // Only a candidate in the empty commune has no access figure.
            let folder = tiny_with(more);
            let path = folder.path().join("candidates.geojson");
            let text = fs::read_to_string(&path).unwrap();
            let text = text.replacen("\"id\":\"th_01904\"", "\"id\":\"th_none\"", 1).replacen(
                "\"commune\":\"01904\"",
                "\"commune\":\"01906\"",
                1,
            );
            fs::write(&path, text).unwrap();
            let output = maillage(folder.path(), "plan --scenario maillage.toml --quiet");
            assert!(exit(&output) == code && said(&output).contains(words), "{}", said(&output));
            continue;
        }
        let text = refusal(more, "", code);
        assert!(text.contains(words), "{words}: {text}");
        // French says it too, without a word of English.
        let french = refusal(more, "--lang fr", code);
        assert!(!french.contains(" asks for ") && !french.contains(" looks at "), "{french}");
    }
    let times = refusal("", "--times times.csv --spacing between=15min", 2);
    assert!(times.contains("give a distance"), "{times}");
}

#[test]
fn travel_on_the_command_line_wins_over_that_of_the_file() {
    assert_eq!(plan("", "--times times.csv")["request"]["times"], "times.csv");
    let folder = tiny();
    let path = folder.path().join("maillage.toml");
    let text =
        fs::read_to_string(&path).unwrap().replace("speed = \"50km/h\"\ndetour = 1.3\n", "times = \"times.csv\"\n");
    fs::write(&path, text).unwrap();
    let output = maillage(folder.path(), "plan --scenario maillage.toml --json --quiet --speed 50km/h --detour 1.3");
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["request"]["speed"], "50km/h");
    assert_eq!(answer["request"]["times"], Value::Null);
}
