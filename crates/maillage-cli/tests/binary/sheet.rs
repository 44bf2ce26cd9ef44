//! Printable sheets.

use std::fs;

use serde_json::{Value, json};

use crate::run::{answer, answered, exit, maillage, said, tiny, tiny_with};

#[test]
fn each_commune_has_a_sheet_that_says_what_the_plan_says() {
    let folder = tiny();
    let folder = folder.path();
    answered(&maillage(folder, "plan --scenario maillage.toml --quiet --sites 1 --out plan.geojson"));
    answered(&maillage(folder, "sheet --all --out all.html --lang en"));
    let page = fs::read_to_string(folder.join("all.html")).unwrap();
    let plan: Value = serde_json::from_slice(&fs::read(folder.join("plan.geojson")).unwrap()).unwrap();
    let communes = plan["features"].as_array().unwrap().iter().map(|feature| &feature["properties"]);
    let communes: Vec<&Value> = communes.filter(|one| one["role"] == "commune").collect();
    let sheets: Vec<&str> = page.split("<section>").skip(1).collect();
    assert_eq!(sheets.len(), communes.len());
    for commune in communes {
        let code = format!("<p class=\"code\">{}", commune["id"].as_str().unwrap());
        let sheet = sheets.iter().find(|sheet| sheet.contains(&code)).unwrap();
        let words = match commune["reached"].as_str().unwrap() {
            "newly" => "With this plan the commune is within reach",
            "already" => "within reach of a site that is open already",
            _ => "stays out of reach",
        };
        assert!(sheet.contains(words), "{commune}\n{sheet}");
        if let Some(site) = commune["site"].as_str() {
            assert!(sheet.contains(&format!("({site})")), "{commune}\n{sheet}");
        }
    }
    assert!(!page.contains("<script") && page.contains("@page{size:A4"));
    let again = fs::read(folder.join("all.html")).unwrap();
    answered(&maillage(folder, "sheet --all --out all.html --lang en --force --threads 1"));
    assert_eq!(fs::read(folder.join("all.html")).unwrap(), again);
}

#[test]
fn what_a_left_out_place_would_add_is_what_the_plan_with_it_gains() {
    let folder = tiny();
    let folder = folder.path();
    answered(&maillage(folder, "plan --scenario maillage.toml --quiet --sites 1 --out plan.geojson"));
    let plan: Value = serde_json::from_slice(&fs::read(folder.join("plan.geojson")).unwrap()).unwrap();
    let sites = plan["features"].as_array().unwrap().iter().map(|feature| &feature["properties"]);
    let new = sites.clone().find(|site| site["state"] == "new").unwrap()["id"].as_str().unwrap();
    let left = sites.filter(|one| one["role"] == "commune" && one["reached"] == "no");
    let codes: Vec<&str> = left.map(|one| one["id"].as_str().unwrap()).collect();
    answered(&maillage(folder, &format!("sheet {} --out left.html --lang fr", codes.join(" "))));
    let page = fs::read_to_string(folder.join("left.html")).unwrap();
    assert_eq!(page.matches("reste hors de portée").count(), codes.len());
    // The rows name the place, and the people it would add in the last cell.
    let mut rows = 0;
    for row in page.split("<tr><td><b>").skip(1) {
        let id = row.split_once("</b> (").unwrap().1.split_once(')').unwrap().0;
        let cell = row.split_once("</tr>").unwrap().0.rsplit_once("class=\"n\">").unwrap().1;
        let adds: u64 = cell.trim_end_matches("</td>").replace('\u{202f}', "").parse().unwrap();
        let asked = format!("assess {new},{id} --scenario maillage.toml --quiet --json --sites 2");
        let both = answer(&maillage(folder, &asked))["plan"]["newly_reached"].as_u64().unwrap();
        assert_eq!(both - plan["maillage"]["newly_reached"].as_u64().unwrap(), adds, "{id}");
        rows += 1;
    }
    assert!(rows > 0, "{page}");
}

#[test]
fn sheets_that_cannot_be_made_are_refused() {
    let folder = tiny();
    let folder = folder.path();
    answered(&maillage(folder, "plan --scenario maillage.toml --quiet --sites 1 --out plan.geojson"));
    for (arguments, code, words) in [
        ("sheet", 2, "CODE"),
        ("sheet 99999", 2, "99999"),
        ("sheet 01901 --out sheet.pdf", 2, "written as .html"),
        ("sheet 01901 --plan nothing.geojson", 7, "nothing.geojson"),
        ("sheet 01901 --all", 2, "--all"),
        ("sheet 01901 --grid cells.csv", 2, "--grid"),
        ("sheet 01901 --within-capacity", 2, "--within-capacity"),
        ("sheet 01901 --residents-field residents", 2, "--residents-field"),
        ("sheet --group 57", 2, "57 (01, 2A, …)"),
        ("sheet --together 01901,01904", 2, "--title"),
        ("sheet --together 01901,99999 --title Both", 2, "99999"),
        ("sheet --all-groups --group 01", 2, "--group"),
        ("sheet 01901 --title Alone", 2, "--together"),
    ] {
        let run = maillage(folder, arguments);
        assert!(exit(&run) == code && said(&run).contains(words), "{arguments}: {} {}", exit(&run), said(&run));
    }
}

/// Returns the cells of the rows of a page's table that stands under a heading, tags taken out.
fn rows(page: &str, heading: &str) -> Vec<Vec<String>> {
    let Some((_, after)) = page.split_once(heading) else { return Vec::new() };
    let table = after.split_once("</table>").unwrap().0;
    let text = |cell: &str| {
        let cell = cell.split_once('>').unwrap().1.split_once("</td>").unwrap().0;
        cell.replace("<b>", "").replace("</b>", "")
    };
    table.split("<tr>").skip(2).map(|row| row.split("<td").skip(1).map(text).collect()).collect()
}

fn number(cell: &str) -> u64 {
    cell.replace(',', "").parse().unwrap()
}

#[test]
fn groups_are_counted_as_the_plan_counts_them() {
    let folder = tiny();
    let folder = folder.path();
    answered(&maillage(folder, "plan --scenario maillage.toml --quiet --sites 1 --out plan.geojson"));
    let plan: Value = serde_json::from_slice(&fs::read(folder.join("plan.geojson")).unwrap()).unwrap();
    let asked =
        "sheet --all-groups --together 2A901,01905,2A904 --title Valleys --out all.html --lang en --json --quiet";
    let told = answer(&maillage(folder, asked));
    let page = fs::read_to_string(folder.join("all.html")).unwrap();
    let sheets: Vec<&str> = page.split("<section").skip(1).collect();
    let communes: Vec<&Value> = plan["features"].as_array().unwrap().iter().map(|one| &one["properties"]).collect();
    let communes: Vec<&Value> = communes.into_iter().filter(|one| one["role"] == "commune").collect();
    let is_in = |one: &Value, group: &str| match group {
        "Valleys" => ["2A901", "01905", "2A904"].contains(&one["id"].as_str().unwrap()),
        _ => one["territory"] == group,
    };
    let groups = [("01", "Territory 01"), ("2A", "Territory 2A"), ("Valleys", "Valleys")];
    assert_eq!((sheets.len(), told["groups"].as_array().unwrap().len()), (3, 3));
    for (number_of, (name, title)) in groups.iter().enumerate() {
        let inside: Vec<&&Value> = communes.iter().filter(|one| is_in(one, name)).collect();
        let sum = |field: &str, reached: Option<&str>| -> u64 {
            let counted = inside.iter().filter(|one| reached.is_none_or(|reached| one["reached"] == reached));
            counted.map(|one| one[field].as_u64().unwrap()).sum()
        };
        let group = &told["groups"][number_of];
        let (before, newly) = (sum("under_served", Some("already")), sum("under_served", Some("newly")));
        assert_eq!(
            *group,
            json!({
                "title": title, "communes": inside.len(), "population": sum("population", None),
                "under_served": sum("under_served", None), "reached_before": before, "newly_reached": newly,
            })
        );
        let sheet = sheets[number_of];
        // Who is in reach is told by site, who is not by commune.
        let served = rows(sheet, "The sites nearest to those in reach");
        assert_eq!(served.iter().map(|row| number(&row[1])).sum::<u64>(), before + newly, "{sheet}");
        let left = rows(sheet, "Communes that stay out of reach");
        let mut expected: Vec<(u64, &str)> = inside
            .iter()
            .filter(|one| one["reached"] == "no" && one["under_served"].as_u64() > Some(0))
            .map(|one| (one["under_served"].as_u64().unwrap(), one["id"].as_str().unwrap()))
            .collect();
        expected.sort_by_key(|(people, _)| std::cmp::Reverse(*people));
        assert_eq!(left.len(), expected.len(), "{sheet}");
        for (row, (people, id)) in left.iter().zip(expected) {
            assert!(row[0].ends_with(&format!("({id})")) && number(&row[2]) == people, "{row:?}");
        }
        // What each candidate would add here, and in all, is what the group and the plan gain with it.
        let new = plan["features"].as_array().unwrap().iter().find(|one| one["properties"]["state"] == "new").unwrap();
        for row in rows(sheet, "What would change that most") {
            let id = row[0].rsplit_once('(').unwrap().1.trim_end_matches(')');
            let asked = format!(
                "assess {},{id} --scenario maillage.toml --sites 2 --out both.geojson --force",
                new["properties"]["id"].as_str().unwrap()
            );
            let both = answer(&maillage(folder, &format!("{asked} --quiet --json")));
            let newly_before = plan["maillage"]["newly_reached"].as_u64().unwrap();
            assert_eq!(both["plan"]["newly_reached"].as_u64().unwrap() - newly_before, number(&row[3]), "{row:?}");
            assert!(number(&row[2]) <= number(&row[3]) && number(&row[2]) > 0, "{row:?}");
            if let Some(of) =
                both["plan"]["by_territory"].as_array().unwrap().iter().find(|of| of["territory"] == *name)
            {
                assert_eq!(of["newly_reached"].as_u64().unwrap() - newly, number(&row[2]), "{row:?}");
            }
        }
    }
    let french = maillage(folder, "sheet --group 2A --out fr.html --lang fr");
    assert!(answered(&french).contains("Pages A4 : 1"));
    let page = fs::read_to_string(folder.join("fr.html")).unwrap();
    assert!(page.contains("Territoire 2A") && page.contains("restent hors de portée"), "{page}");
}

#[test]
fn what_the_rules_forbid_is_no_remedy() {
    // Beside the existing site at 01903, and by name.
    for (more, id, why) in [
        ("forbid = [\"th_2A903\"]\n", "th_2A903", "the plan was asked not to open it"),
        ("[[spacing]]\nfrom-existing = \"1000km\"\nwhere.kind = [\"ehpad\"]\n", "eh_2A901", "it stands too near"),
        ("[[rule]]\nmost = 0\nwhere.kind = [\"ehpad\"]\n", "eh_2A901", "a rule leaves no room for it"),
    ] {
        let folder = tiny_with(more);
        let folder = folder.path();
        answered(&maillage(folder, "plan --scenario maillage.toml --quiet --sites 1 --out plan.geojson"));
        answered(&maillage(folder, "sheet --all --all-groups --out all.html --lang en"));
        let page = fs::read_to_string(folder.join("all.html")).unwrap();
        let (mut said_why, name) = (0, format!("({id})"));
        for sheet in page.split("<section").skip(1) {
            let listed = sheet.split("<li>").skip(1).filter(|line| line.split_once("</li>").unwrap().0.contains(&name));
            said_why += listed.filter(|line| line.contains(why)).count();
            let (remedies, group) = (rows(sheet, "What would change that"), rows(sheet, "stay out of reach</h2>"));
            assert!(remedies.iter().all(|row| !row[0].contains(&name)), "{more}\n{sheet}");
            assert!(group.iter().all(|row| !row[1].contains(id)), "{more}\n{sheet}");
        }
        assert!(said_why > 0, "{more}\n{page}");
    }
}

#[test]
fn sheets_count_people_whatever_the_plan_maximises() {
    let rows_of = |more: &str| {
        let folder = tiny_with(more);
        let folder = folder.path();
        answered(&maillage(
            folder,
            "plan --scenario maillage.toml --quiet --sites 1 --require th_01904 --out plan.geojson",
        ));
        answered(&maillage(folder, "sheet 2A901 2A903 --group 2A --out all.html --lang en"));
        let page = fs::read_to_string(folder.join("all.html")).unwrap();
        let told: Vec<_> = page.split("<section").skip(1).map(|sheet| rows(sheet, "What would change that")).collect();
        (page, told)
    };
    let (page, people) = rows_of("");
    assert!(page.contains("no other choice under the same rules reaches more people") && !page.contains("maximises"));
    assert!(people.iter().any(|rows| !rows.is_empty()), "{page}");
    for (more, words) in [
        ("weight = \"shortfall\"\n", "weighted by how far their access falls short"),
        ("decay = [\"5min:100%\", \"10min:50%\"]\n", "more where a site is nearer"),
        ("enough = 3.5\nenough-weight = \"50%\"\n", "less where doctors suffice"),
    ] {
        let (page, told) = rows_of(more);
        assert_eq!(told, people, "{more}");
        assert!(page.contains(words) && page.contains("whole people"), "{more}\n{page}");
        assert!(page.contains("no other choice is better by what it maximises"), "{more}\n{page}");
        assert!(!page.contains("reaches more people"), "{more}");
    }
}

#[test]
fn the_proof_of_a_plan_speaks_of_its_own_question_only() {
    let folder = tiny();
    let folder = folder.path();
    answered(&maillage(folder, "plan --scenario maillage.toml --quiet --sites 1 --out plan.geojson"));
    for (flags, is_proved) in [("", true), ("--effort quick", true), ("--under 3.6", false), ("--within 9min", false)] {
        answered(&maillage(folder, &format!("sheet --all --all-groups --out all.html --lang en --force {flags}")));
        let page = fs::read_to_string(folder.join("all.html")).unwrap();
        assert_eq!(page.contains("no other choice under the same rules"), is_proved, "{flags}");
        assert_eq!(page.contains("no better choice was found"), !is_proved, "{flags}");
    }
}

#[test]
fn a_sheet_says_in_which_phase_a_site_opens() {
    let phases = "[[phase]]\nname = \"first\"\nsites = 1\n[[phase]]\nname = \"then\"\nsites = 2\n";
    let folder = tiny_with("");
    let folder = folder.path();
    let text = fs::read_to_string(folder.join("maillage.toml")).unwrap().replace("sites = 2\n", "");
    fs::write(folder.join("maillage.toml"), text + phases).unwrap();
    answered(&maillage(folder, "plan --scenario maillage.toml --quiet --out plan.geojson"));
    answered(&maillage(folder, "sheet --all --all-groups --out all.html --lang en"));
    let page = fs::read_to_string(folder.join("all.html")).unwrap();
    let plan: Value = serde_json::from_slice(&fs::read(folder.join("plan.geojson")).unwrap()).unwrap();
    let sites = plan["features"].as_array().unwrap().iter().map(|feature| &feature["properties"]);
    for site in sites.filter(|site| site["state"] == "new") {
        let (id, phase) = (site["id"].as_str().unwrap(), site["phase"].as_str().unwrap());
        assert!(page.contains(&format!("({id}) opens (phase {phase}), ")), "{id} {phase}\n{page}");
        assert!(page.contains(&format!("({id}), new, phase {phase}<")), "{id} {phase}\n{page}");
    }
    assert!(page.contains("over the years of all phases"), "{page}");
}
