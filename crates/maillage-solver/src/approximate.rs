/// Returns a whole number as the nearest real one: exact for weights and coefficients, which are below 2^53.
#[expect(clippy::cast_precision_loss, reason = "weights and coefficients are below 2^53")]
pub(crate) fn real(whole: i64) -> f64 {
    whole as f64
}

/// Returns a whole number without a sign as the nearest real one: exact below 2^53.
#[expect(clippy::cast_precision_loss, reason = "weights and coefficients are below 2^53")]
pub(crate) fn unsigned(whole: u64) -> f64 {
    whole as f64
}
