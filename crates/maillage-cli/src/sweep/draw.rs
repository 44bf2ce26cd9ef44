/// Returns which scenarios of a grid are taken: all of them, or so many drawn by a seed, each at most once, in the order
/// of the grid.
///
/// Drawn by shuffling from the front (Durstenfeld 1964) with the generator splitmix64 (Steele, Lea and Flood 2014), so
/// that the same seed draws the same scenarios on every machine.
pub(crate) fn drawn(grid: usize, sample: Option<(usize, u64)>) -> Vec<usize> {
    let mut all: Vec<usize> = (0..grid).collect();
    let Some((count, seed)) = sample else { return all };
    let count = count.min(grid);
    let mut state = seed;
    for position in 0..count {
        let left = (grid - position) as u64;
        let ahead = usize::try_from(next(&mut state) % left).unwrap_or_default();
        all.swap(position, position + ahead);
    }
    all.truncate(count);
    all.sort_unstable();
    all
}

fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_draws_the_same_scenarios_each_at_most_once() {
        // The first number of splitmix64 from 1234567, as its authors publish it.
        assert_eq!(next(&mut 1_234_567), 6_457_827_717_110_365_317);
        let some = drawn(500, Some((40, 7)));
        assert_eq!(some, drawn(500, Some((40, 7))));
        assert_ne!(some, drawn(500, Some((40, 8))));
        assert!(some.len() == 40 && some.is_sorted_by(|one, other| one < other) && some.iter().all(|one| *one < 500));
        assert_eq!(drawn(5, Some((9, 1))), drawn(5, None));
    }
}
