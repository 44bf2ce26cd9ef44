#![allow(
    clippy::all,
    clippy::pedantic,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::allow_attributes_without_reason,
    missing_docs
)]
use maillage_io::*;
fn main() {
    let d = std::path::PathBuf::from("/work/shared/data/");
    let c = |n: &str| Column { name: n.into(), required: true };
    let columns = CommuneColumns {
        id: c("code"),
        name: c("name"),
        population: c("population"),
        access: Some(c("apl_mg2018")),
        territory: c("dep"),
        density: c("density7"),
        origin: std::env::args().nth(1).is_none().then(|| (c("lon_pop"), c("lat_pop"))),
        weight: None,
        acts: None,
    };
    let sites = SiteColumns {
        id: c("id"),
        name: c("name"),
        kind: c("kind"),
        cost: c("cost"),
        commune: c("commune"),
        territory: c("dep"),
        position: (c("lon"), c("lat")),
    };
    for _ in 0..5 {
        let mut f = Findings::default();
        let t = std::time::Instant::now();
        let r = read_communes(&d.join("grand-est/communes.geojson"), &columns, &[], &mut f);
        let a = t.elapsed();
        let s =
            read_sites(&d.join("grand-est/candidates.geojson"), &sites, maillage_core::SiteState::Candidate, &mut f);
        let b = t.elapsed();
        let i = read_index(&d.join("bench/generated/fr_m20_under.index.gz"), &mut f);
        let e = t.elapsed();
        println!("{:?} {:?} {:?} {} {} {}", a, b - a, e - b, r.is_some(), s.is_some(), i.is_some());
        println!("{}", f.to_text(Language::English));
    }
}
