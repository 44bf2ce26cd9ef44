use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Amount, Border, Capacity, DecayStep, Enough, Floor, Goal, Hub, Phase, Rule, SiteType, Spacing, Specialty,
    TravelTime,
};

/// The planner's question, free of files and flags.
///
/// Serialised, it says what was asked and nothing else, with its units, and reads back as it was:
///
/// ```
/// use maillage_core::{Scenario, Travel};
///
/// let text = r#"{"under": 4.0, "within": "20min", "travel": {"straight-line": {"speed": "50km/h"}}, "sites": 100}"#;
/// let scenario: Scenario = serde_json::from_str(text)?;
/// assert_eq!(scenario.travel, Travel::StraightLine { speed: 50.0, detour: 1.3 });
/// assert_eq!(serde_json::from_str::<Scenario>(&serde_json::to_string(&scenario)?)?, scenario);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Scenario {
    /// What the plan is to be best at.
    #[serde(default, skip_serializing_if = "Goal::is_reach")]
    pub goal: Goal,
    /// Under-served: access strictly below this; absent, everyone counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<f64>,
    /// What is counted.
    #[serde(default)]
    pub weight: Weight,
    /// What to do with communes that have people and no access figure.
    #[serde(default)]
    pub missing_access: MissingAccess,
    /// In reach: at most this long.
    pub within: TravelTime,
    /// Shares that people count by, by how far away the nearest site is; empty, all within `within` count whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decay: Vec<DecayStep>,
    /// How travel times are made.
    pub travel: Travel,
    /// At most this many new sites.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sites: Option<u64>,
    /// Exactly that many.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub exactly: bool,
    /// At most this many euros for new sites.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<u64>,
    /// Candidates that must open, by identifier.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub require: Vec<String>,
    /// Candidates that must not open, by identifier.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forbid: Vec<String>,
    /// Kinds preferred, in order, between sites that are otherwise equal.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prefer: Vec<String>,
    /// Rules on which sites open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rule: Vec<Rule>,
    /// Floors under the people in reach.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub floor: Vec<Floor>,
    /// How far apart sites must stand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spacing: Vec<Spacing>,
    /// Lists of candidates of which at most one may open, by identifier.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub incompatible: Vec<Vec<String>>,
    /// Phases, the earlier ones first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phase: Vec<Phase>,
    /// What sites can serve and communes need.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<Capacity>,
    /// What counts outside the region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub border: Option<Border>,
    /// Where doctors suffice, and what people there weigh.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enough: Option<Enough>,
    /// What can be opened at a place; empty, each candidate is what it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub r#type: Vec<SiteType>,
    /// The years that yearly costs are counted for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub horizon: Option<u32>,
    /// The column of sites with the number of residents that they serve alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub residents_field: Option<String>,
    /// The column of candidates with the existing site that they upgrade.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upgrades_field: Option<String>,
    /// Specialties that are counted, each by itself, in the place of people in reach of any site.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub specialty: Vec<Specialty>,
    /// The column of sites with the specialties that they offer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offers_field: Option<String>,
    /// The sites that new ones lean on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hub: Option<Hub>,
    /// How much work to do.
    #[serde(default)]
    pub effort: Effort,
    /// Stop when proved this close to the best, as a share from 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gap: Option<f64>,
}

impl Scenario {
    /// Asks for the most people within this time, travelling so; everyone counts, and nothing limits the sites yet.
    ///
    /// ```
    /// use maillage_core::{Scenario, Travel};
    ///
    /// let travel = Travel::StraightLine { speed: 50.0, detour: 1.3 };
    /// let scenario = Scenario { under: Some(4.0), sites: Some(100), ..Scenario::reaching("10min".parse()?, travel) };
    /// assert_eq!(scenario.unit(), "people");
    /// # Ok::<(), maillage_core::TravelTimeError>(())
    /// ```
    #[must_use]
    pub fn reaching(within: TravelTime, travel: Travel) -> Self {
        Self {
            goal: Goal::Reach,
            under: None,
            weight: Weight::People,
            missing_access: MissingAccess::Refuse,
            within,
            decay: Vec::new(),
            travel,
            sites: None,
            exactly: false,
            budget: None,
            require: Vec::new(),
            forbid: Vec::new(),
            prefer: Vec::new(),
            rule: Vec::new(),
            floor: Vec::new(),
            spacing: Vec::new(),
            incompatible: Vec::new(),
            phase: Vec::new(),
            capacity: None,
            border: None,
            enough: None,
            r#type: Vec::new(),
            horizon: None,
            residents_field: None,
            upgrades_field: None,
            specialty: Vec::new(),
            offers_field: None,
            hub: None,
            effort: Effort::Normal,
            gap: None,
        }
    }

    /// Returns whether the plan maximises what is served within the capacities.
    #[must_use]
    pub fn is_within_capacity(&self) -> bool {
        self.capacity.as_ref().is_some_and(|capacity| capacity.within)
    }

    /// Returns whether people where doctors suffice count less, or not at all, in the objective.
    pub(crate) fn weighs_down(&self) -> bool {
        self.enough.is_some()
    }
}

/// What a plan counts in a commune that is under-served.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub enum Weight {
    /// Its people.
    #[default]
    People,
    /// Its people × (threshold − access) ÷ threshold, in whole thousandths.
    Shortfall,
    /// A column of the communes, in whole thousandths.
    Field(String),
    /// Several columns, each times a number, in whole thousandths; `people` stands for its people.
    Blend(Vec<(String, Amount)>),
}

/// What to do with communes that have people and no access figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MissingAccess {
    /// Refuse the data.
    #[default]
    Refuse,
    /// Count their people as served well enough.
    Exclude,
    /// Count their people as under-served.
    UnderServed,
}

/// How travel times are made.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Travel {
    /// Straight line.
    #[serde(rename_all = "kebab-case")]
    StraightLine {
        /// Kilometres an hour, written `50km/h`.
        #[serde(with = "crate::speed")]
        speed: f64,
        /// How much longer than the straight line the way is; 1.3 where nothing is said.
        #[serde(default = "usual_detour")]
        detour: f64,
    },
    /// A table of times.
    Times,
    /// Roads: whoever asks makes the times of them.
    Roads,
    /// Times that were computed before and kept: whoever asks reads them.
    Kept,
}

/// How much work to do before stopping.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Effort {
    /// A tenth of the work.
    Quick,
    /// The default.
    #[default]
    Normal,
    /// Until proved.
    Proof,
}

/// Roads are about 1.3 times as long as the straight line.
const fn usual_detour() -> f64 {
    1.3
}

impl TryFrom<String> for Weight {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.as_str() {
            "people" => Ok(Self::People),
            "shortfall" => Ok(Self::Shortfall),
            other => match (other.strip_prefix("field:"), other.strip_prefix("blend:")) {
                (Some(name), _) if !name.is_empty() => Ok(Self::Field(name.to_owned())),
                (_, Some(parts)) => blend(parts).ok_or_else(|| {
                    format!(
                        "\"{other}\" is not a blend: write each column once, with a number of at most three \
                         decimals, such as blend:people=1,pop_75p=2.5"
                    )
                }),
                _ => Err(format!(
                    "\"{other}\" is not a weight: write people, shortfall, field:NAME or blend:NAME=NUMBER,…"
                )),
            },
        }
    }
}

impl From<Weight> for String {
    fn from(weight: Weight) -> Self {
        match weight {
            Weight::People => "people".to_owned(),
            Weight::Shortfall => "shortfall".to_owned(),
            Weight::Field(name) => format!("field:{name}"),
            Weight::Blend(parts) => format!("blend:{}", Weight::blend_text(&parts)),
        }
    }
}

impl Weight {
    /// The word that stands for the people of a commune among the columns of a blend.
    pub const PEOPLE: &str = "people";

    /// Writes the columns of a blend: `people=1,pop_75p=2.5`.
    #[must_use]
    pub fn blend_text(parts: &[(String, Amount)]) -> String {
        let parts: Vec<String> = parts.iter().map(|(name, amount)| format!("{name}={amount}")).collect();
        parts.join(",")
    }

    /// Returns the columns of the communes that a blend adds up.
    pub fn blended(&self) -> impl Iterator<Item = &str> {
        let parts = if let Self::Blend(parts) = self { parts.as_slice() } else { &[] };
        parts.iter().map(|part| part.0.as_str()).filter(|name| *name != Self::PEOPLE)
    }
}

/// Reads the parts of a blend; each column may stand there once.
fn blend(text: &str) -> Option<Weight> {
    let mut parts: Vec<(String, Amount)> = Vec::new();
    for part in text.split(',') {
        let (name, amount) = part.rsplit_once('=')?;
        let (name, amount) = (name.trim().to_owned(), amount.parse().ok()?);
        if name.is_empty() || parts.iter().any(|part| part.0 == name) {
            return None;
        }
        parts.push((name, amount));
    }
    Some(Weight::Blend(parts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ConsultationNeed;

    fn whole_question() -> Scenario {
        Scenario {
            goal: "worst-off:dep".parse().unwrap(),
            decay: vec!["10min:100%".parse().unwrap(), "30min:25.5%".parse().unwrap()],
            under: Some(2.5),
            weight: "blend:people=1,pop_75p=2.5".to_owned().try_into().unwrap(),
            missing_access: MissingAccess::UnderServed,
            within: TravelTime::from_deciseconds(4_500),
            travel: Travel::StraightLine { speed: 47.5, detour: 1.25 },
            sites: Some(100),
            exactly: true,
            budget: Some(4_280_000),
            require: vec!["th_08001".to_owned()],
            forbid: vec!["ph_7".to_owned()],
            prefer: vec!["pharmacy".to_owned()],
            rule: vec![Rule { each: vec!["dep".to_owned()], least: "2.5".parse().ok(), ..Rule::default() }],
            floor: vec![Floor { least_share: "50%".parse().ok(), ..Floor::default() }],
            spacing: vec![Spacing { between: "10km".parse().ok(), ..Spacing::default() }],
            incompatible: vec![vec!["th_1".to_owned(), "ph_1".to_owned()]],
            phase: vec![Phase { sites: Some(60), years: Some(3), ..Phase::default() }],
            capacity: Some(Capacity {
                field: "slots".to_owned(),
                need: ConsultationNeed::Rate("2.5".parse().unwrap()),
                within: false,
            }),
            border: Some(Border { field: "outside".to_owned(), people: true, sites: false }),
            enough: "25%".parse().ok().map(|weight| Enough { access: 3.5, weight }),
            r#type: vec![SiteType { name: "van".to_owned(), yearly_cost: Some(9), ..SiteType::default() }],
            horizon: Some(5),
            residents_field: Some("beds".to_owned()),
            upgrades_field: Some("upgrades".to_owned()),
            specialty: vec![Specialty { name: "dermatology".to_owned(), weight: Some(2), ..Specialty::default() }],
            offers_field: Some("offers".to_owned()),
            hub: Some(Hub { kind: vec!["hospital".to_owned()], most: Some(4), ..Hub::default() }),
            effort: Effort::Proof,
            gap: Some(0.001),
        }
    }

    #[test]
    fn a_question_reads_back_with_its_units() {
        let scenario = whole_question();
        let text = serde_json::to_string(&scenario).unwrap();
        for part in [
            r#""within":"7min30s""#,
            r#""speed":"47.5km/h""#,
            r#""weight":"blend:people=1,pop_75p=2.5""#,
            r#""gap":0.001"#,
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert_eq!(serde_json::from_str::<Scenario>(&text).unwrap(), scenario);
    }

    #[test]
    fn only_what_was_asked_is_written() {
        let scenario: Scenario = serde_json::from_str(r#"{"within":"10min","travel":"times","sites":3}"#).unwrap();
        let understood = [
            r#"{"weight":"people","missing-access":"refuse","within":"10min","travel":"times","#,
            r#""sites":3,"effort":"normal"}"#,
        ];
        assert_eq!(serde_json::to_string(&scenario).unwrap(), understood.concat());
    }

    #[test]
    fn unknown_words_and_bare_numbers_are_refused() {
        for text in [
            r#"{"within":"10min","travel":"times","site":3}"#,
            r#"{"within":"10","travel":"times"}"#,
            r#"{"within":10,"travel":"times"}"#,
            r#"{"within":"10min","travel":{"straight-line":{"speed":"50"}}}"#,
            r#"{"within":"10min","travel":{"straight-line":{"speed":50}}}"#,
            r#"{"within":"10min","travel":"times","weight":"field:"}"#,
        ] {
            assert!(serde_json::from_str::<Scenario>(text).is_err(), "{text}");
        }
    }
}
