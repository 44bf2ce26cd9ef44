use maillage_io::{Language, PlanLayers};
use serde_json::{Value, json};

use crate::html::{Scripts, html};
use crate::map_data::{MapData, territories};

/// What a plan says of itself in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageWords {
    /// How many of 100 people are in reach, before and after.
    pub headline: String,
    /// The same in people.
    pub people: String,
    /// How near the plan comes to its goal, where that is another than people in reach.
    pub goal: Vec<String>,
    /// How good the plan is, claiming no more than is proved.
    pub guarantee: String,
}

/// A plan as a page: one HTML file that asks no network for anything.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// The answer, as the plan's file holds it.
    pub answer: &'a Value,
    /// Its sites and communes.
    pub layers: &'a PlanLayers,
    /// The words in English and in French.
    pub words: [&'a PageWords; 2],
    /// The answers of `maillage frontier` that are to be drawn.
    pub curves: &'a [Value],
    /// The language the page opens in.
    pub language: Language,
}

impl Page<'_> {
    /// Writes the page.
    #[must_use]
    pub fn to_html(&self) -> Vec<u8> {
        let (language, [english, french]) = (word(self.language), self.words);
        let geometries = || self.layers.communes.iter().map(|commune| &commune.geometry);
        let map = MapData::over(geometries, self.layers.sites.iter().map(|site| site.place));
        let title = if self.language == Language::French { &french.headline } else { &english.headline };
        let data = json!({
            "language": language,
            "words": { "en": told(english), "fr": told(french) },
            "answer": self.answer,
            "map": map.to_json(geometries(), &territories(self.layers)),
            "communes": self.communes(&map),
            "sites": self.sites(&map),
            "curves": self.curves,
        });
        html(Scripts::Plan, language, title, &data.to_string()).into_bytes()
    }

    fn communes(&self, map: &MapData) -> Value {
        let rows: Vec<Value> = self
            .layers
            .communes
            .iter()
            .map(|commune| {
                let (x, y) = map.middle(&commune.geometry);
                let stated = &commune.stated;
                json!([
                    stated.id,
                    stated.name,
                    stated.territory,
                    stated.population,
                    stated.access,
                    stated.under_served,
                    stated.reached,
                    stated.site,
                    stated.minutes,
                    x,
                    y
                ])
            })
            .collect();
        rows.into()
    }

    fn sites(&self, map: &MapData) -> Value {
        let rows: Vec<Value> = self
            .layers
            .sites
            .iter()
            .map(|site| {
                let (x, y) = map.place(site.place);
                let stated = &site.stated;
                json!({
                    "id": stated.id,
                    "name": stated.name,
                    "kind": stated.kind,
                    "new": stated.state == "new",
                    "rank": stated.rank,
                    "added": stated.people_added,
                    "lost": stated.people_lost_without,
                    "cost": stated.cost,
                    "phase": stated.phase,
                    "territory": stated.territory,
                    "x": x,
                    "y": y,
                })
            })
            .collect();
        rows.into()
    }
}

fn told(words: &PageWords) -> Value {
    json!({ "headline": words.headline, "people": words.people, "goal": words.goal, "guarantee": words.guarantee })
}

pub(crate) const fn word(language: Language) -> &'static str {
    match language {
        Language::English => "en",
        Language::French => "fr",
    }
}
