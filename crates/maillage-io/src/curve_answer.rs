use maillage_core::Curve;
use serde::Serialize;
use serde_json::Value;

use crate::answer::indented;
use crate::{
    AnswerGuarantee, AnswerInput, AnswerObjective, AnswerPoint, AnswerRoads, AnswerWork, CsvStyle, Provenance, Stop,
    TableCell, gap,
};

/// What a curve rises over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CurveOver {
    /// The number of new sites.
    Sites,
    /// Whole euros for them.
    Euros,
    /// A floor under the share in reach of every place.
    Floor,
}

impl CurveOver {
    /// Returns how many more sites, or euros, the figures of a next one speak of.
    #[must_use]
    pub const fn next(self) -> u64 {
        match self {
            Self::Sites | Self::Floor => 1,
            Self::Euros => 10_000,
        }
    }

    const fn column(self) -> &'static str {
        match self {
            Self::Sites => "sites",
            Self::Euros => "euros",
            Self::Floor => "floor",
        }
    }
}

/// A curve, as `frontier.json` holds it: over sites or euros, or, with points of its own, the price of equity.
///
/// Members stand in the order of the fields; what is unknown is `null`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CurveAnswer<Point = CurveAnswerPoint> {
    /// Version of this layout.
    pub version: u32,
    /// The program and its version.
    pub program: String,
    /// What it rises over.
    pub over: CurveOver,
    /// What is counted.
    pub unit: String,
    /// The largest share of the worst-off place that was found, with its bound; only over floors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub highest: Option<AnswerObjective>,
    /// Under-served people.
    pub under_served: u64,
    /// Of them, in reach of existing sites.
    pub reached_before: u64,
    /// One for each limit or floor, rising.
    pub points: Vec<Point>,
    /// What the roads leave out, where times are made of roads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roads: Option<AnswerRoads>,
    /// The files read.
    pub inputs: Vec<AnswerInput>,
    /// The scenario as understood.
    pub request: Value,
    /// The work done, the same on every run.
    pub work: AnswerWork,
    /// How long it took; only on standard output, never in files.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
}

/// One point of the curve.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CurveAnswerPoint {
    /// At most so many new sites, or whole euros for them.
    pub limit: u64,
    /// Whether a plan that keeps every rule is known.
    pub feasible: bool,
    /// What the new sites add.
    pub value: Option<u64>,
    /// No choice adds more than this; absent where it is proved that there is none.
    pub bound: Option<u64>,
    /// (bound − value) ÷ bound, rounded up to a millionth: 0 only when they are equal.
    pub gap: Option<f64>,
    /// What is proved.
    pub guarantee: AnswerGuarantee,
    /// Why the work on it ended.
    pub stopped_by: Stop,
    /// Under-served people in reach thanks to new sites only.
    pub newly_reached: Option<u64>,
    /// Under-served people in reach with the plan.
    pub reached_after: Option<u64>,
    /// Their share of all under-served people, rounded to a ten-thousandth.
    pub share_after: Option<f64>,
    /// New sites.
    pub sites_new: Option<u64>,
    /// Whole euros for them.
    pub cost: Option<u64>,
    /// What the next site, or the next 10,000 euros, add on the way to the next point, to a thousandth.
    pub next_value: Option<f64>,
    /// What the next site, or the next 10,000 euros, are worth by the bound, to a thousandth.
    pub next_price: f64,
}

impl CurveAnswer {
    /// Tells a curve over sites or euros.
    #[must_use]
    pub fn of(curve: &Curve, over: CurveOver, from: Provenance<'_>) -> Self {
        Self {
            version: 1,
            program: from.program(),
            over,
            unit: curve.unit.clone(),
            highest: None,
            under_served: curve.under_served,
            reached_before: curve.reached_before,
            points: (0..curve.points.len())
                .filter_map(|position| point(curve, position, over, from.stopped_for))
                .collect(),
            inputs: from.inputs(),
            roads: from.roads,
            request: from.request,
            work: AnswerWork::of(curve.work),
            seconds: None,
        }
    }
}

impl<Point: AnswerPoint> CurveAnswer<Point> {
    /// Writes the answer as an indented JSON document.
    ///
    /// # Errors
    /// When a member cannot be put into JSON, which none of ours does.
    pub fn to_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        indented(self)
    }

    /// Writes the points as CSV, one line for each; what is unknown is empty.
    #[must_use]
    pub fn to_csv(&self, style: CsvStyle) -> Vec<u8> {
        let columns = [&[self.over.column()], Point::COLUMNS].concat();
        let rows: Vec<Vec<TableCell>> = self.points.iter().map(AnswerPoint::cells).collect();
        style.write(&columns, &rows)
    }

    /// Returns whether every point is proved: the best, impossible, or as near the best as is asked for.
    #[must_use]
    pub fn is_proved(&self, gap: Option<f64>) -> bool {
        let near_enough = |point: &Point| point.gap().is_some_and(|open| gap.is_some_and(|asked| open <= asked));
        let optimal = |point: &Point| point.guarantee() == AnswerGuarantee::Optimal;
        self.points.iter().all(|point| point.is_impossible() || optimal(point) || near_enough(point))
    }

    /// Returns whether somebody stopped the work on a point.
    #[must_use]
    pub fn is_interrupted(&self) -> bool {
        self.points.iter().any(|point| point.stopped_by() == Stop::Signal)
    }
}

impl AnswerPoint for CurveAnswerPoint {
    const COLUMNS: &'static [&'static str] = &[
        "value",
        "bound",
        "gap",
        "guarantee",
        "newly_reached",
        "reached_after",
        "share_after",
        "sites_new",
        "cost",
        "next_value",
        "next_price",
    ];

    fn cells(&self) -> Vec<TableCell> {
        vec![
            TableCell::Whole(self.limit),
            TableCell::whole(self.value),
            TableCell::whole(self.bound),
            TableCell::share(self.gap),
            TableCell::text(self.guarantee.word()),
            TableCell::whole(self.newly_reached),
            TableCell::whole(self.reached_after),
            TableCell::share(self.share_after),
            TableCell::whole(self.sites_new),
            TableCell::euros(self.cost),
            TableCell::decimal(self.next_value),
            TableCell::Decimal(self.next_price),
        ]
    }

    fn gap(&self) -> Option<f64> {
        self.gap
    }

    fn guarantee(&self) -> AnswerGuarantee {
        self.guarantee
    }

    fn stopped_by(&self) -> Stop {
        self.stopped_by
    }

    fn is_impossible(&self) -> bool {
        self.bound.is_none()
    }
}

fn point(curve: &Curve, position: usize, over: CurveOver, asked: Stop) -> Option<CurveAnswerPoint> {
    let point = curve.points.get(position)?;
    let known = |figure: u64| point.value.map(|_| figure);
    let after = curve.reached_before.saturating_add(point.newly_reached);
    let next = over.next();
    Some(CurveAnswerPoint {
        limit: point.limit,
        feasible: point.value.is_some(),
        value: point.value,
        bound: (!point.impossible).then_some(point.bound),
        gap: point.value.and_then(|value| gap(value, point.bound, point.bound)),
        guarantee: point.guarantee.into(),
        stopped_by: Stop::of(point.stopped_by, asked),
        newly_reached: known(point.newly_reached),
        reached_after: known(after),
        share_after: point.value.and_then(|_| share(after, curve.under_served)),
        sites_new: known(point.sites.len() as u64),
        cost: known(point.cost),
        next_value: curve.next_value(position, next).map(thousandths),
        next_price: thousandths(curve.next_price(position, next)),
    })
}

fn thousandths(figure: f64) -> f64 {
    (figure * 1_000.0).round() / 1_000.0
}

#[expect(clippy::cast_precision_loss, reason = "a share needs no more than 15 digits")]
fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| (part as f64 / whole as f64 * 10_000.0).round() / 10_000.0)
}
