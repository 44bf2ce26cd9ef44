//! Tables, joined ones and those of communes.

use maillage_io::{Join, Language, read_communes};

use crate::case::Case;
use crate::columns::{column, commune_columns};
use crate::features::{collection, good};

#[test]
fn joined_tables_fill_what_the_map_lacks() {
    let run = |table: &str| {
        let mut case = Case::new();
        let map =
            collection(&[57001, 57002, 57003].map(|code| good(code).replace(",\"population\":120,\"apl\":3.5", "")));
        let map = case.write("map.geojson", map.as_bytes());
        let file = case.write("figures.csv", table.as_bytes());
        let join = Join { file, key: "CODGEO".to_owned() };
        let read = read_communes(&map, &commune_columns(), &[join], &mut case.findings);
        (read, case.codes(), case.findings.to_text(Language::English))
    };
    let table =
        "Populations légales ; 2021\n\nCODGEO;population;apl\n57001;12\u{a0}430;3,5\n57002;\"1 234\";s\n57003;7;\n";
    let (read, codes, _) = run(table);
    let (communes, files) = read.unwrap();
    assert_eq!(codes, ["W308", "W218"]);
    assert_eq!(communes.iter().map(|commune| commune.population).collect::<Vec<_>>(), [12430, 1234, 7]);
    assert_eq!(communes.iter().map(|commune| commune.access).collect::<Vec<_>>(), [Some(3.5), None, None]);
    assert_eq!((files[0].features, files[1].features), (3, 3));
    assert_eq!(files[1].file, "figures.csv");

    let (read, codes, text) = run("CODGEO,population,apl\n57001,1,3\n57002,2,3\n57009,2,3\n");
    assert_eq!((read.is_none(), codes), (true, vec!["W232", "W233", "E213"]));
    assert!(text.contains("\"57003\"") && text.contains("\"57009\""), "{text}");
    let (_, codes, _) = run("CODGEO,population,apl\n57000,1,3\n57100,2,3\n");
    assert!(codes.contains(&"E231"), "{codes:?}");
    let (_, codes, _) = run("code,population,apl\n57001,1,3\n");
    assert_eq!(codes, ["E201"]);
    let (_, codes, text) = run("CODGEO,population,apl\n57001,1,3\n57002,2,3\n57003,2,3\n57002,2,3\n");
    assert!(codes == ["E204"] && text.contains("figures.csv:5:1"), "{text}");
    let (_, codes, text) = run("CODGEO,population,apl\n57001,1,3\n57002,x2,3\n57003,2,3\n");
    assert!(codes == ["E211"] && text.contains("figures.csv:3:1"), "{text}");
    let (_, codes, text) = run("CODGEO,name,population,apl\n57001,Metz,1,3\n57002,Nancy,2,3\n57003,Metz,2,3\n");
    assert!(codes == ["E234"] && text.contains("\"Metz\" and the joined table says Nancy"), "{text}");
}

#[test]
fn tables_of_communes_need_named_origins() {
    let mut columns = commune_columns();
    columns.origin = Some((column("lon", true), column("lat", true)));
    let read = |content: &str| {
        let mut case = Case::new();
        let file = case.write("communes.csv", content.as_bytes());
        let read = read_communes(&file, &columns, &[], &mut case.findings);
        (read.map(|(communes, _)| communes), case.codes())
    };
    let (communes, codes) = read("code;population;apl;lon;lat\n57463;120 000;3,5;6,1757;49,1193\n57001;5;2;6,2;49,2\n");
    assert_eq!(codes, Vec::<&str>::new());
    let communes = communes.unwrap();
    assert_eq!((communes[0].population, communes[0].name.as_str()), (120_000, "57463"));
    assert!((communes[0].origin.longitude() - 6.1757).abs() < 1e-12);
    assert_eq!(read("code,population,apl,lon,lat\n57463,1,3,49.1193,6.1757\n57001,1,3,49.2,6.2\n").1, ["E163"]);
    assert_eq!(read("code,population,apl,lon,lat\n57463,1,3,,49.1\n").1, ["E213"]);
    assert_eq!(read("code,population,apl,lon,lat\n57463,1.23E+05,3,6.1757,49.1\n").1, ["E307"]);
    assert_eq!(read("code,population,apl,lon,lat\n57463,mars-01,3,6.1757,49.1\n").1, ["E307"]);
    assert_eq!(read("code,population,apl,lon,lat\n57463,\"1,5\",3,6.1757,49.1\n").1, ["E211"]);
}
