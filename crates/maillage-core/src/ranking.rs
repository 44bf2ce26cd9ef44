use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::{Reach, TravelTime};

/// Orders sites by the people each adds when taken in order, the largest first, with the people each adds.
///
/// `left` holds the people of each commune who are not in reach yet. Between equals the site given first comes first.
/// What a site adds never grows as others open, so only the site at the head is counted anew (M. Minoux, "Accelerated
/// greedy algorithms for maximizing submodular set functions", 1978).
pub(crate) fn rank_by_people(reach: &Reach, within: TravelTime, left: Vec<u64>, sites: &[u32]) -> Vec<(u32, u64)> {
    let mut left = left;
    let added = |left: &[u64], site: u32| -> u64 {
        reach.communes_within(site, within).filter_map(|commune| left.get(commune as usize)).sum()
    };
    let mut heads: BinaryHeap<(u64, Reverse<usize>, u32)> =
        sites.iter().enumerate().map(|(order, &site)| (added(&left, site), Reverse(order), site)).collect();
    let mut ranked = Vec::with_capacity(sites.len());
    while let Some((people, order, site)) = heads.pop() {
        let people_now = added(&left, site);
        if people_now < people {
            heads.push((people_now, order, site));
            continue;
        }
        for commune in reach.communes_within(site, within) {
            if let Some(left) = left.get_mut(commune as usize) {
                *left = 0;
            }
        }
        ranked.push((site, people));
    }
    ranked
}
