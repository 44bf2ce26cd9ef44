//! The examples of `docs/certificate.md` are what the page says they are.

use maillage_verify::{Instance, Verdict, verify};

#[test]
fn the_examples_of_the_documentation_stand() {
    let page = include_str!("../../../docs/certificate.md");
    let (_, example) = page.split_once("## An example").unwrap();
    let indented = example.lines().filter_map(|line| line.strip_prefix("    "));
    let lines: Vec<String> = indented.map(|line| line.to_owned() + "\n").collect();
    let start = lines.iter().position(|line| line.starts_with("maillage-certificate")).unwrap();
    let instance = Instance::read(lines[..start].concat().lines()).unwrap();
    assert!(page.contains(instance.hash()));
    let second = start + 1 + lines[start + 1..].iter().position(|line| line.starts_with("maillage-cert")).unwrap();
    let verdict = verify(&instance, &lines[start..second].concat()).unwrap();
    assert_eq!(verdict, Verdict::Plan { sites: vec![1], value: 21, bound: 21 });
    // The second example: one rule more.
    let more = lines[..start].concat().replace("counts 3 3 1 0", "counts 3 3 2 0") + "rule 3 - 0:1 1:1 2:1\n";
    let verdict = verify(&Instance::read(more.lines()).unwrap(), &lines[second..].concat()).unwrap();
    assert_eq!(verdict, Verdict::Infeasible);
}
