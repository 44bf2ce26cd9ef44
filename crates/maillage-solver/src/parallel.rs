//! The one place that knows whether there are threads.

/// Runs both, side by side where there are threads.
pub(crate) fn join<A: Send, B: Send>(first: impl FnOnce() -> A + Send, second: impl FnOnce() -> B + Send) -> (A, B) {
    #[cfg(feature = "parallel")]
    {
        rayon::join(first, second)
    }
    #[cfg(not(feature = "parallel"))]
    {
        (first(), second())
    }
}

/// Runs the action on every item, side by side where there are threads.
pub(crate) fn for_each<T: Send>(items: &mut [T], action: impl Fn(&mut T) + Sync + Send) {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        items.par_iter_mut().for_each(action);
    }
    #[cfg(not(feature = "parallel"))]
    {
        items.iter_mut().for_each(action);
    }
}

/// Fills `output` from its positions in chunks of fixed length, side by side where there are threads.
pub(crate) fn fill<T: Send>(output: &mut [T], chunk: usize, value: impl Fn(usize) -> T + Sync + Send) {
    let fill_chunk = |number: usize, part: &mut [T]| {
        for (offset, slot) in part.iter_mut().enumerate() {
            *slot = value(number * chunk + offset);
        }
    };
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        output.par_chunks_mut(chunk).enumerate().for_each(|(number, part)| fill_chunk(number, part));
    }
    #[cfg(not(feature = "parallel"))]
    {
        output.chunks_mut(chunk).enumerate().for_each(|(number, part)| fill_chunk(number, part));
    }
}
