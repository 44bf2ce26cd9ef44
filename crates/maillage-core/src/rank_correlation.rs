/// Kendall's tau-b over populated communes, each counted once whatever its people.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankCorrelation {
    /// From -1 to 1.
    pub tau_b: f64,
    /// Communes compared.
    pub communes: u64,
    /// Pairs tied in the access figure, tied in the other one or not.
    pub ties_access: u64,
    /// Pairs tied in the other figure, tied in the access figure or not.
    pub ties_other: u64,
}

impl RankCorrelation {
    /// Computes tau-b of (access figure, other figure) pairs; pairs with a figure that is not finite are left out.
    ///
    /// Absent when fewer than two are left, or all are tied in one figure: then there is no order to compare.
    ///
    /// Sorting counts the discordant pairs in O(n log n): W. R. Knight, "A computer method for calculating Kendall's
    /// tau with ungrouped data", Journal of the American Statistical Association 61 (1966), 436–439. Ties are as in
    /// M. G. Kendall, "The treatment of ties in ranking problems", Biometrika 33 (1945), 239–251.
    ///
    /// ```
    /// use maillage_core::RankCorrelation;
    ///
    /// let correlation = RankCorrelation::of(vec![(1.0, 10.0), (2.0, 20.0), (3.0, 15.0)]);
    /// assert!(correlation.is_some_and(|correlation| (correlation.tau_b - 1.0 / 3.0).abs() < 1e-12));
    /// ```
    #[must_use]
    pub fn of(figures: Vec<(f64, f64)>) -> Option<Self> {
        let mut figures = figures;
        figures.retain(|(access, other)| access.is_finite() && other.is_finite());
        // Adding 0 makes -0 and 0 the same number.
        for (access, other) in &mut figures {
            *access += 0.0;
            *other += 0.0;
        }
        figures.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let same = |a: f64, b: f64| a.total_cmp(&b).is_eq();
        let ties_access = tied_pairs(&figures, |a, b| same(a.0, b.0));
        let ties_both = tied_pairs(&figures, |a, b| same(a.0, b.0) && same(a.1, b.1));
        let mut others: Vec<f64> = figures.iter().map(|&(_, other)| other).collect();
        let discordant = sort_counting_swaps(&mut others);
        let ties_other = tied_pairs(&others, |&a, &b| same(a, b));
        let communes = figures.len() as u64;
        let pairs = pairs_of(communes);
        if pairs == ties_access || pairs == ties_other {
            return None;
        }
        let tied = i128::from(ties_access) + i128::from(ties_other) - i128::from(ties_both);
        let surplus = i128::from(pairs) - tied - 2 * i128::from(discordant);
        let tau_b =
            float(surplus) / float((pairs - ties_access).into()).sqrt() / float((pairs - ties_other).into()).sqrt();
        Some(Self { tau_b: tau_b.clamp(-1.0, 1.0), communes, ties_access, ties_other })
    }
}

#[expect(clippy::cast_precision_loss, reason = "tau needs no more than 15 digits")]
fn float(count: i128) -> f64 {
    count as f64
}

fn pairs_of(count: u64) -> u64 {
    count.saturating_mul(count.saturating_sub(1)) / 2
}

/// Counts the pairs of equal items in a slice where equal items stand together.
fn tied_pairs<T>(sorted: &[T], same: impl Fn(&T, &T) -> bool) -> u64 {
    sorted.chunk_by(same).map(|run| pairs_of(run.len() as u64)).sum()
}

/// Sorts by merging, and counts the pairs that stood in the wrong order.
fn sort_counting_swaps(items: &mut [f64]) -> u64 {
    let mut merged = Vec::with_capacity(items.len());
    let mut swaps = 0;
    let mut width = 1;
    while width < items.len() {
        merged.clear();
        for run in items.chunks(2 * width) {
            let (mut left, mut right) = run.split_at(width.min(run.len()));
            while let (Some((&first, left_rest)), Some((&second, right_rest))) =
                (left.split_first(), right.split_first())
            {
                if first.total_cmp(&second).is_le() {
                    merged.push(first);
                    left = left_rest;
                } else {
                    merged.push(second);
                    right = right_rest;
                    swaps += left.len() as u64;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        items.copy_from_slice(&merged);
        width *= 2;
    }
    swaps
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The definition: every pair looked at.
    fn naive(figures: &[(f64, f64)]) -> Option<RankCorrelation> {
        let (mut surplus, mut ties_access, mut ties_other) = (0_i32, 0_u32, 0_u32);
        let mut pairs = 0_u32;
        for (position, first) in figures.iter().enumerate() {
            for second in &figures[..position] {
                pairs += 1;
                let (access, other) = (first.0.partial_cmp(&second.0)?, first.1.partial_cmp(&second.1)?);
                ties_access += u32::from(access.is_eq());
                ties_other += u32::from(other.is_eq());
                if access.is_ne() && other.is_ne() {
                    surplus += if access == other { 1 } else { -1 };
                }
            }
        }
        let scale = f64::from(pairs - ties_access).sqrt() * f64::from(pairs - ties_other).sqrt();
        (scale > 0.0).then(|| RankCorrelation {
            tau_b: f64::from(surplus) / scale,
            communes: figures.len() as u64,
            ties_access: ties_access.into(),
            ties_other: ties_other.into(),
        })
    }

    /// Kendall, "Rank correlation methods" (4th edition, 1970), section 3.4: two rankings of ten with ties.
    #[test]
    fn a_published_example_with_ties() {
        let first = [1.0, 2.5, 2.5, 4.5, 4.5, 6.5, 6.5, 8.0, 9.5, 9.5];
        let second = [1.0, 2.0, 4.5, 4.5, 4.5, 4.5, 8.0, 8.0, 8.0, 10.0];
        let correlation = RankCorrelation::of(first.into_iter().zip(second).collect()).unwrap();
        assert_eq!((correlation.ties_access, correlation.ties_other), (4, 9));
        assert!((correlation.tau_b - 0.859).abs() < 0.000_5, "{}", correlation.tau_b);
    }

    #[test]
    fn agreement_and_disagreement_are_one() {
        let tau = |sign: f64| {
            RankCorrelation::of((0..9).map(|n| (f64::from(n), sign * f64::from(n))).collect()).unwrap().tau_b
        };
        assert!((tau(1.0) - 1.0).abs() < 1e-12);
        assert!((tau(-1.0) + 1.0).abs() < 1e-12);
    }

    #[test]
    fn without_an_order_there_is_no_figure() {
        assert_eq!(RankCorrelation::of(vec![]), None);
        assert_eq!(RankCorrelation::of(vec![(1.0, 2.0)]), None);
        assert_eq!(RankCorrelation::of(vec![(1.0, 2.0), (1.0, 3.0)]), None);
        assert_eq!(RankCorrelation::of(vec![(0.0, 2.0), (-0.0, 3.0)]), None);
        assert_eq!(RankCorrelation::of(vec![(1.0, 2.0), (f64::NAN, 3.0)]), None);
    }

    proptest! {
        #[test]
        fn agrees_with_looking_at_every_pair(figures in proptest::collection::vec((-4..4_i8, -6..6_i8), 0..60)) {
            let in_halves = |(access, other): (i8, i8)| (f64::from(access) / 2.0, f64::from(other));
            let figures: Vec<(f64, f64)> = figures.into_iter().map(in_halves).collect();
            match (RankCorrelation::of(figures.clone()), naive(&figures)) {
                (Some(fast), Some(slow)) => {
                    prop_assert!((fast.tau_b - slow.tau_b).abs() < 1e-12);
                    prop_assert_eq!(RankCorrelation { tau_b: slow.tau_b, ..fast }, slow);
                }
                (fast, slow) => prop_assert_eq!(fast, slow),
            }
        }
    }
}
