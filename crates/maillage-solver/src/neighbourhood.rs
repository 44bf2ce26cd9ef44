use crate::dive::CLEARLY_OPEN;
use crate::incumbent::Incumbent;
use crate::random::Random;
use crate::reduction::Reduction;
use crate::remainder::Remainder;
use crate::{Fixing, SiteId, parallel};

/// How many neighbourhoods are solved side by side: always as many, so that the answer never depends on threads.
pub(crate) const SIDE_BY_SIDE: u64 = 4;

/// Solves small parts of the problem around random open sites, everything else staying as the incumbent has it, each
/// for so much work, and takes up what is better (POPMUSIC: Taillard and Voss 2002).
pub(crate) fn improve<'a>(remainder: Remainder<'a, '_>, incumbent: &mut Incumbent<'a>, (seed, work): (u64, u64)) {
    let open = incumbent.within(remainder.reduction);
    let mut tasks: Vec<(u64, Incumbent)> =
        (0..SIDE_BY_SIDE).map(|task| (seed * SIDE_BY_SIDE + task, incumbent.clone())).collect();
    parallel::for_each(&mut tasks, |(seed, incumbent)| {
        if let Some(fixings) = around_random_site(remainder.reduction, &open, &mut Random::new(*seed)) {
            remainder.branch(&fixings, incumbent, work);
        }
    });
    for (_, found) in tasks {
        incumbent.take(found);
    }
}

/// How many sites of the support are left free at first.
pub(crate) const FIRST_SUPPORT: usize = 150;

/// Solves what is left when sites that the relaxation clearly opens are open, as far as the incumbent has them too,
/// and all but its most open ones are closed, unless the incumbent has them open (Danna, Rothberg and Le Pape 2005).
///
/// Two sizes are tried side by side, about `size` sites and twice as many, each for so much work. Returns the size to
/// try next: larger where there was work to spare.
pub(crate) fn improve_support<'a>(
    remainder: Remainder<'a, '_>,
    incumbent: &mut Incumbent<'a>,
    (size, work): (usize, u64),
) -> usize {
    let open = incumbent.within(remainder.reduction);
    let mut tasks: Vec<(usize, Incumbent, bool)> =
        [size, 2 * size].into_iter().map(|size| (size, incumbent.clone(), false)).collect();
    parallel::for_each(&mut tasks, |(size, incumbent, finished)| {
        *finished = remainder.branch(&support(&remainder.saddle.openness, &open, *size), incumbent, work);
    });
    let mut next = size;
    for (_, found, finished) in tasks {
        incumbent.take(found);
        next = if finished { next * 5 / 4 } else { next * 8 / 9 };
    }
    next.max(FIRST_SUPPORT / 2)
}

/// Opens what is clearly open and closes all but so many of the most open other sites.
fn support(openness: &[f64], open: &[SiteId], size: usize) -> Vec<Fixing> {
    let mut fixings = vec![Fixing::Closed; openness.len()];
    let mut order: Vec<(f64, usize)> = openness.iter().copied().zip(0..).collect();
    order.sort_unstable_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    for &(_, site) in order.iter().take(size) {
        fixings[site] = Fixing::Free;
    }
    for site in open {
        fixings[site.index()] = if openness[site.index()] > CLEARLY_OPEN { Fixing::Open } else { Fixing::Free };
    }
    fixings
}

/// Leaves the sites around a random open site free, and fixes all others as they are.
fn around_random_site(reduction: &Reduction, open: &[SiteId], random: &mut Random) -> Option<Vec<Fixing>> {
    let coverage = reduction.problem.coverage();
    let mut is_open = vec![false; coverage.sites()];
    for site in open {
        is_open[site.index()] = true;
    }
    let wanted = 2 + random.below(7);
    let mut seen = vec![false; coverage.sites()];
    let mut reached = vec![false; coverage.demands()];
    let centre = random.pick(open)?;
    seen[centre.index()] = true;
    let mut ring = vec![centre];
    let mut inside = 0;
    // Sites ring by ring, each ring sharing demands with the one before, until enough open ones are among them.
    while inside < wanted && !ring.is_empty() {
        inside += ring.iter().filter(|site| is_open[site.index()]).count();
        let mut next = Vec::new();
        for demand in ring.iter().flat_map(|&site| coverage.demands_of(site)) {
            if std::mem::replace(&mut reached[demand.index()], true) {
                continue;
            }
            for &site in coverage.sites_of(*demand) {
                if !std::mem::replace(&mut seen[site.index()], true) {
                    next.push(site);
                }
            }
        }
        ring = next;
    }
    let fixing = |(free, open): (&bool, &bool)| match (free, open) {
        (true, _) => Fixing::Free,
        (false, true) => Fixing::Open,
        (false, false) => Fixing::Closed,
    };
    // The last ring was only seen: it stays as it is.
    for site in ring {
        seen[site.index()] = false;
    }
    Some(seen.iter().zip(&is_open).map(fixing).collect())
}
