/// Applies a function to 0, 1, … and returns the results in that order, whatever the number of threads.
#[cfg(feature = "parallel")]
pub(crate) fn map_in_order<T: Send>(
    positions: std::ops::Range<u32>,
    function: impl Fn(u32) -> T + Sync + Send,
) -> Vec<T> {
    use rayon::iter::{IntoParallelIterator, ParallelIterator};

    positions.into_par_iter().map(function).collect()
}

/// Applies a function to 0, 1, … and returns the results in that order.
#[cfg(not(feature = "parallel"))]
pub(crate) fn map_in_order<T>(positions: std::ops::Range<u32>, function: impl Fn(u32) -> T) -> Vec<T> {
    positions.map(function).collect()
}
