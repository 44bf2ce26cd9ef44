use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Orders sites by the people each adds when taken in order, the largest first, with the people each adds.
///
/// `left` holds the people of each crowd who are not in reach yet. Between equals the site given first comes first.
/// What a site adds never grows as others open, so only the site at the head is counted anew (M. Minoux, "Accelerated
/// greedy algorithms for maximizing submodular set functions", 1978).
pub(crate) fn rank_by_people(left: Vec<u64>, sites: &[(u32, Vec<u32>)]) -> Vec<(u32, u64)> {
    let mut left = left;
    let added =
        |left: &[u64], crowds: &[u32]| -> u64 { crowds.iter().filter_map(|&crowd| left.get(crowd as usize)).sum() };
    let mut heads: BinaryHeap<(u64, Reverse<usize>)> =
        sites.iter().enumerate().map(|(order, (_, crowds))| (added(&left, crowds), Reverse(order))).collect();
    let mut ranked = Vec::with_capacity(sites.len());
    while let Some((people, order)) = heads.pop() {
        let Some((site, crowds)) = sites.get(order.0) else { continue };
        let people_now = added(&left, crowds);
        if people_now < people {
            heads.push((people_now, order));
            continue;
        }
        for &crowd in crowds {
            if let Some(left) = left.get_mut(crowd as usize) {
                *left = 0;
            }
        }
        ranked.push((*site, people));
    }
    ranked
}
