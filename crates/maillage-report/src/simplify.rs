use geo::Coord;

/// Keeps the corners of a line that a line between kept ones misses by more than `tolerance` (Douglas and Peucker,
/// 1973); the ends stay, and of a closed line the corner farthest from its ends and the one farthest from both.
///
/// Returns the positions kept, rising.
pub(crate) fn simplify(line: &[Coord<f64>], tolerance: f64) -> Vec<usize> {
    let Some(last) = line.len().checked_sub(1) else { return Vec::new() };
    let mut keep = vec![false; line.len()];
    let mut mark = |position: usize| {
        if let Some(kept) = keep.get_mut(position) {
            *kept = true;
        }
    };
    mark(0);
    mark(last);
    let mut open = vec![(0, last)];
    if line.first() == line.last() && last >= 3 {
        let middle = farthest(line, 0, last).0;
        mark(middle);
        let (before, after) = (farthest(line, 0, middle), farthest(line, middle, last));
        let third = if before.1 >= after.1 { before.0 } else { after.0 };
        mark(third);
        let mut stops = [0, middle, third, last];
        stops.sort_unstable();
        open = stops.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect();
    }
    while let Some((from, to)) = open.pop() {
        if to <= from + 1 {
            continue;
        }
        let (position, distance) = farthest(line, from, to);
        if distance > tolerance {
            if let Some(kept) = keep.get_mut(position) {
                *kept = true;
            }
            open.extend([(from, position), (position, to)]);
        }
    }
    (0..line.len()).filter(|&position| keep.get(position) == Some(&true)).collect()
}

/// Returns the corner between two positions that lies farthest from the line between them, and how far.
fn farthest(line: &[Coord<f64>], from: usize, to: usize) -> (usize, f64) {
    let (Some(&start), Some(&end)) = (line.get(from), line.get(to)) else { return (from, 0.0) };
    let corners = line.iter().enumerate().take(to).skip(from + 1);
    let far = corners.map(|(position, &corner)| (position, distance(corner, start, end)));
    far.fold((from + 1, 0.0), |best, next| if next.1 > best.1 { next } else { best })
}

fn distance(place: Coord<f64>, start: Coord<f64>, end: Coord<f64>) -> f64 {
    let (along, from) = (end - start, place - start);
    let squared = along.x * along.x + along.y * along.y;
    let part = if squared > 0.0 { ((from.x * along.x + from.y * along.y) / squared).clamp(0.0, 1.0) } else { 0.0 };
    (from.x - part * along.x).hypot(from.y - part * along.y)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(corners: &[(f64, f64)]) -> Vec<Coord<f64>> {
        corners.iter().map(|&(x, y)| Coord { x, y }).collect()
    }

    #[test]
    fn corners_within_the_tolerance_go_and_others_stay() {
        let wave = line(&[(0.0, 0.0), (1.0, 0.4), (2.0, 0.0), (3.0, 5.0), (4.0, 0.0)]);
        assert_eq!(simplify(&wave, 0.5), [0, 2, 3, 4]);
        assert_eq!(simplify(&wave, 0.1), [0, 1, 2, 3, 4]);
        assert_eq!(simplify(&wave, 9.0), [0, 4]);
    }

    #[test]
    fn a_closed_line_keeps_an_area() {
        let square = line(&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]);
        assert!(simplify(&square, 100.0).len() >= 4);
    }
}
