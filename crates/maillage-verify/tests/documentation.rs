//! The example of `docs/certificate.md` is what the page says it is.

use maillage_verify::{Certificate, Instance, Rule, Site, verify};

#[test]
fn the_example_of_the_documentation_stands() {
    let page = include_str!("../../../docs/certificate.md");
    let (_, example) = page.split_once("## An example").unwrap();
    let indented = example.lines().filter_map(|line| line.strip_prefix("    "));
    let lines: Vec<String> = indented.map(|line| line.to_owned() + "\n").collect();
    let start = lines.iter().position(|line| line.starts_with("maillage-certificate")).unwrap();
    let site = |demands: &[u32]| Site { demands: demands.to_vec(), open: None };
    let one = Rule { least: None, most: Some(1), coefficients: vec![(0, 1), (1, 1), (2, 1)] };
    let sites = vec![site(&[0, 1]), site(&[1, 2]), site(&[2])];
    let instance = Instance::new(vec![10, 1, 20], sites, vec![one], vec![]).unwrap();
    assert_eq!(instance.to_string(), lines[..start].concat());
    let certificate = Certificate::parse(lines[start..].concat().as_bytes()).unwrap();
    let verdict = verify(&instance, &certificate).unwrap();
    assert_eq!((verdict.value, verdict.is_optimal()), (21, true));
}
