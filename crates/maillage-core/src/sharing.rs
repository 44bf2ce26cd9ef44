use crate::{DecayStep, TravelTime};

/// How consultations are shared with distance: the two-step floating catchment area method and its enhancements.
#[derive(Clone, Debug, PartialEq)]
pub enum Sharing {
    /// All within the catchment alike: 2SFCA (W. Luo and F. Wang, "Measures of spatial accessibility to health care in a
    /// GIS environment", Environment and Planning B 30 (2003), 865–884).
    Even(TravelTime),
    /// By shares that fall with each step of time: E2SFCA (W. Luo and Y. Qi, "An enhanced two-step floating catchment area
    /// method", Health & Place 15 (2009), 1100–1107).
    Steps(Vec<DecayStep>),
    /// By a Gaussian that is 1 at the site and 0 at the end of the catchment: E2SFCA (D. Dai, "Black residential
    /// segregation, disparities in spatial access to health care facilities, and late-stage breast cancer diagnosis in
    /// metropolitan Detroit", Health & Place 16 (2010), 1038–1052).
    Gaussian(TravelTime),
}

impl Sharing {
    /// Returns the end of the catchment.
    #[must_use]
    pub fn end(&self) -> TravelTime {
        match self {
            Self::Even(end) | Self::Gaussian(end) => *end,
            Self::Steps(steps) => steps.iter().map(|step| step.within).max().unwrap_or(TravelTime::from_deciseconds(0)),
        }
    }

    /// Returns what a place at this time from a site weighs there, from 0 to 1.
    ///
    /// ```
    /// use maillage_core::{Sharing, TravelTime};
    ///
    /// let minutes = TravelTime::from_minutes;
    /// let gaussian = Sharing::Gaussian(minutes(20));
    /// assert_eq!((gaussian.weight(minutes(0)), gaussian.weight(minutes(20))), (1.0, 0.0));
    /// assert!((gaussian.weight(minutes(10)) - 0.701).abs() < 0.001);
    /// assert_eq!(Sharing::Even(minutes(20)).weight(minutes(21)), 0.0);
    /// ```
    #[must_use]
    pub fn weight(&self, time: TravelTime) -> f64 {
        match self {
            Self::Even(end) => f64::from(u8::from(time <= *end)),
            Self::Steps(steps) => {
                let step = steps.iter().filter(|step| time <= step.within).min_by_key(|step| step.within);
                step.map_or(0.0, |step| f64::from(step.thousandths()) / 1_000.0)
            }
            Self::Gaussian(end) => {
                let part = f64::from(time.deciseconds()) / f64::from(end.deciseconds().max(1));
                let least = (-0.5_f64).exp();
                if part > 1.0 { 0.0 } else { ((-0.5 * part * part).exp() - least) / (1.0 - least) }
            }
        }
    }
}
