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
    update(output, chunk, |position, slot| *slot = value(position));
}

/// Updates each slot, told its position, in chunks of fixed length, side by side where there are threads.
pub(crate) fn update<T: Send>(slots: &mut [T], chunk: usize, action: impl Fn(usize, &mut T) + Sync + Send) {
    for_each_chunk(slots, chunk, |start, part| {
        for (offset, slot) in part.iter_mut().enumerate() {
            action(start + offset, slot);
        }
    });
}

/// Runs the action on chunks of fixed length, each told its first position, side by side where there are threads.
pub(crate) fn for_each_chunk<T: Send>(slots: &mut [T], chunk: usize, action: impl Fn(usize, &mut [T]) + Sync + Send) {
    if slots.len() <= chunk {
        // Small problems take many short steps: handing them over would cost more than they do.
        return action(0, slots);
    }
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        slots.par_chunks_mut(chunk).enumerate().for_each(|(number, part)| action(number * chunk, part));
    }
    #[cfg(not(feature = "parallel"))]
    {
        slots.chunks_mut(chunk).enumerate().for_each(|(number, part)| action(number * chunk, part));
    }
}
