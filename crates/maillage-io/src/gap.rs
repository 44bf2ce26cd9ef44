/// Returns (bound − value) ÷ whole, rounded up to a millionth so that it never claims too much; 0 only when value and
/// bound are equal, nothing when there is nothing to divide by.
#[must_use]
pub fn gap(value: u64, bound: u64, whole: u64) -> Option<f64> {
    let open = u128::from(bound.saturating_sub(value));
    if open == 0 {
        return Some(0.0);
    }
    if whole == 0 {
        return None;
    }
    let millionths = (open * 1_000_000).div_ceil(u128::from(whole));
    #[expect(clippy::cast_precision_loss, reason = "a share: far below 2^53 millionths where it means anything")]
    let share = millionths as f64 / 1_000_000.0;
    Some(share)
}

#[cfg(test)]
mod tests {
    use super::gap;

    #[test]
    fn a_gap_is_never_rounded_down() {
        assert_eq!(gap(10, 10, 10), Some(0.0));
        assert_eq!(gap(0, 0, 0), Some(0.0));
        assert_eq!(gap(999_999_999, 1_000_000_000, 1_000_000_000), Some(0.000_001));
        assert_eq!(gap(1_022_500, 1_022_700, 1_022_700), Some(0.000_196));
        assert_eq!(gap(0, 5, 0), None);
        assert_eq!(gap(0, 5, 5), Some(1.0));
    }
}
