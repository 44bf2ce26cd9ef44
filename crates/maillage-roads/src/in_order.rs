/// Applies a function to each item and returns the results in the order of the items, whatever the number of threads.
#[cfg(feature = "parallel")]
pub(crate) fn map_in_order<I: Sync, T: Send>(items: &[I], function: impl Fn(&I) -> T + Sync + Send) -> Vec<T> {
    use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

    items.par_iter().map(function).collect()
}

/// As above, with a scratch that each thread makes once.
#[cfg(feature = "parallel")]
pub(crate) fn map_with_scratch<I: Sync, S: Send, T: Send>(
    items: &[I],
    scratch: impl Fn() -> S + Sync + Send,
    function: impl Fn(&mut S, &I) -> T + Sync + Send,
) -> Vec<T> {
    use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

    items.par_iter().with_min_len(16).map_init(scratch, function).collect()
}

/// Does two things side by side.
#[cfg(feature = "parallel")]
pub(crate) fn both<A: Send, B: Send>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
    rayon::join(one, other)
}

/// Sorts values, of which equal ones cannot be told apart.
#[cfg(feature = "parallel")]
pub(crate) fn sort<T: Ord + Send>(values: &mut [T]) {
    use rayon::slice::ParallelSliceMut;

    values.par_sort_unstable();
}

/// Does two things, one after the other.
#[cfg(not(feature = "parallel"))]
pub(crate) fn both<A, B>(one: impl FnOnce() -> A, other: impl FnOnce() -> B) -> (A, B) {
    (one(), other())
}

/// Sorts values, of which equal ones cannot be told apart.
#[cfg(not(feature = "parallel"))]
pub(crate) fn sort<T: Ord>(values: &mut [T]) {
    values.sort_unstable();
}

/// Applies a function to each item, in order.
#[cfg(not(feature = "parallel"))]
pub(crate) fn map_in_order<I, T>(items: &[I], function: impl Fn(&I) -> T) -> Vec<T> {
    items.iter().map(function).collect()
}

/// As above, with one scratch.
#[cfg(not(feature = "parallel"))]
pub(crate) fn map_with_scratch<I, S, T>(
    items: &[I],
    scratch: impl Fn() -> S,
    function: impl Fn(&mut S, &I) -> T,
) -> Vec<T> {
    let mut scratch = scratch();
    items.iter().map(|item| function(&mut scratch, item)).collect()
}
