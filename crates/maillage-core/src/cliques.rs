/// Covers every edge of a graph by cliques, groups of which each two are joined.
///
/// `neighbours` holds for each vertex the others it is joined to, ascending. Cliques are grown one after the other from
/// an edge that none holds yet, first by vertices joined to it by such edges: few and large ones make a stronger
/// relaxation than the edges one by one. They come in the order of their first vertex.
pub(crate) fn clique_cover(neighbours: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let mut covered: Vec<Vec<bool>> = neighbours.iter().map(|row| vec![false; row.len()]).collect();
    let row = |vertex: u32| neighbours.get(vertex as usize).map(Vec::as_slice).unwrap_or_default();
    let mut cliques = Vec::new();
    for (vertex, joined) in (0_u32..).zip(neighbours) {
        let start = joined.partition_point(|&other| other < vertex);
        for place in start..joined.len() {
            if covered.get(vertex as usize).and_then(|row| row.get(place)) != Some(&false) {
                continue;
            }
            let Some(&first) = joined.get(place) else { continue };
            let mut clique = vec![vertex, first];
            let is_new = |other: usize| covered.get(vertex as usize).and_then(|row| row.get(other)) == Some(&false);
            for wants_new in [true, false] {
                for (other, &third) in joined.iter().enumerate().filter(|&(other, _)| is_new(other) == wants_new) {
                    let fits = other != place && !clique.contains(&third);
                    if fits && clique.iter().skip(1).all(|&member| row(member).binary_search(&third).is_ok()) {
                        clique.push(third);
                    }
                }
            }
            clique.sort_unstable();
            for &one in &clique {
                for &other in clique.iter().filter(|&&other| other != one) {
                    if let Ok(at) = row(one).binary_search(&other)
                        && let Some(edge) = covered.get_mut(one as usize).and_then(|row| row.get_mut(at))
                    {
                        *edge = true;
                    }
                }
            }
            cliques.push(clique);
        }
    }
    cliques
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn graph(vertices: u32, edges: &[(u32, u32)]) -> Vec<Vec<u32>> {
        let mut neighbours = vec![Vec::new(); vertices as usize];
        for &(one, other) in edges.iter().filter(|(one, other)| one != other) {
            neighbours[one as usize].push(other);
            neighbours[other as usize].push(one);
        }
        for row in &mut neighbours {
            row.sort_unstable();
            row.dedup();
        }
        neighbours
    }

    #[test]
    fn a_group_of_which_all_are_joined_is_one_clique() {
        let edges: Vec<(u32, u32)> = (0..6).flat_map(|one| (0..one).map(move |other| (one, other))).collect();
        assert_eq!(clique_cover(&graph(7, &edges)), [vec![0, 1, 2, 3, 4, 5]]);
        assert!(clique_cover(&graph(3, &[])).is_empty());
    }

    proptest! {
        #[test]
        fn each_edge_lies_in_a_clique_and_each_two_of_a_clique_are_joined(
            edges in proptest::collection::vec((0..12_u32, 0..12_u32), 0..60),
        ) {
            let neighbours = graph(12, &edges);
            let cliques = clique_cover(&neighbours);
            for clique in &cliques {
                for &one in clique {
                    for &other in clique.iter().filter(|&&other| other != one) {
                        prop_assert!(neighbours[one as usize].contains(&other));
                    }
                }
            }
            for (one, row) in (0..).zip(&neighbours) {
                for other in row {
                    prop_assert!(cliques.iter().any(|clique| clique.contains(&one) && clique.contains(other)));
                }
            }
        }
    }
}
