use crate::segments::{CLOSED, Segment};

/// Marks the points of the largest part of the roads in which each point can be reached from each other one.
///
/// Of parts equally large the one with the smallest point is taken.
pub(crate) fn strongly_connected_core(points: usize, segments: &[Segment]) -> Vec<bool> {
    let forward = arcs(points, segments);
    let part_of = parts(points, &forward);
    let mut sizes = vec![0_u32; points];
    for &part in &part_of {
        if let Some(size) = sizes.get_mut(part as usize) {
            *size += 1;
        }
    }
    // A part is named by its smallest point.
    let mut largest = 0_usize;
    for (part, size) in sizes.iter().enumerate() {
        if sizes.get(largest).is_some_and(|most| size > most) {
            largest = part;
        }
    }
    part_of.iter().map(|&part| part as usize == largest).collect()
}

/// Heads of arcs by tail.
struct Arcs {
    offsets: Vec<usize>,
    heads: Vec<u32>,
}

impl Arcs {
    fn of(&self, point: u32) -> &[u32] {
        let point = point as usize;
        match (self.offsets.get(point), self.offsets.get(point + 1)) {
            (Some(&start), Some(&end)) => self.heads.get(start..end).unwrap_or_default(),
            _ => &[],
        }
    }
}

fn arcs(points: usize, segments: &[Segment]) -> Arcs {
    let ends = || {
        segments.iter().flat_map(|segment| {
            let [from, to] = segment.ends;
            let [forward, backward] = segment.times.map(|time| time != CLOSED);
            [forward.then_some((from, to)), backward.then_some((to, from))].into_iter().flatten()
        })
    };
    let mut offsets = vec![0; points + 1];
    for (tail, _) in ends() {
        if let Some(count) = offsets.get_mut(tail as usize + 1) {
            *count += 1;
        }
    }
    let mut sum = 0;
    for offset in &mut offsets {
        sum += *offset;
        *offset = sum;
    }
    let mut next = offsets.clone();
    let mut heads = vec![0; sum];
    for (tail, head) in ends() {
        if let Some(next) = next.get_mut(tail as usize) {
            if let Some(place) = heads.get_mut(*next) {
                *place = head;
            }
            *next += 1;
        }
    }
    Arcs { offsets, heads }
}

const UNSEEN: u32 = u32::MAX;

/// Finds strongly connected parts by one search in depth (Tarjan 1972), without recursion.
fn parts(points: usize, arcs: &Arcs) -> Vec<u32> {
    let mut order = vec![UNSEEN; points];
    let mut low = vec![0_u32; points];
    let mut part = vec![UNSEEN; points];
    let (mut stack, mut path, mut seen): (Vec<u32>, Vec<(u32, usize)>, u32) = (Vec::new(), Vec::new(), 0);
    let at = |list: &[u32], point: u32| list.get(point as usize).copied().unwrap_or(UNSEEN);
    let put = |list: &mut [u32], point: u32, value: u32| {
        if let Some(place) = list.get_mut(point as usize) {
            *place = value;
        }
    };
    for root in 0..u32::try_from(points).unwrap_or(u32::MAX) {
        if at(&order, root) != UNSEEN {
            continue;
        }
        path.push((root, 0));
        while let Some(&mut (point, ref mut next)) = path.last_mut() {
            if *next == 0 {
                put(&mut order, point, seen);
                put(&mut low, point, seen);
                seen += 1;
                stack.push(point);
            }
            if let Some(&head) = arcs.of(point).get(*next) {
                *next += 1;
                if at(&order, head) == UNSEEN {
                    path.push((head, 0));
                } else if at(&part, head) == UNSEEN {
                    let lower = at(&low, point).min(at(&order, head));
                    put(&mut low, point, lower);
                }
                continue;
            }
            // A point without arcs would be counted anew for ever: it leaves the path at once.
            path.pop();
            if let Some(&(parent, _)) = path.last() {
                let lower = at(&low, parent).min(at(&low, point));
                put(&mut low, parent, lower);
            }
            if at(&low, point) == at(&order, point) {
                let start = stack.iter().rposition(|&member| member == point).unwrap_or_default();
                let members = stack.split_off(start);
                let name = members.iter().copied().min().unwrap_or(point);
                for member in members {
                    put(&mut part, member, name);
                }
            }
        }
    }
    part
}
