//! Judgements of somebody's own list.

use maillage::Assessment;
use maillage::core::ListedSites;
use maillage::solver::{Effort, Guarantee, Search, Silent, SolveError, Solver};

use crate::asked::Drawn;
use crate::judge::{Judge, Way};

/// Returns the largest gain of closing one site of a choice and opening another in some way.
fn best_swap(judge: &Judge<'_>, choice: &[Option<Way>]) -> u64 {
    let now = judge.worth(choice).unwrap();
    let mut gain = 0;
    for closed in (0..choice.len()).filter(|&place| choice[place].is_some()) {
        for opened in (0..choice.len()).filter(|&place| choice[place].is_none()) {
            for way in judge.ways(judge.candidates[opened]) {
                let mut swapped = choice.to_vec();
                (swapped[closed], swapped[opened]) = (None, Some(way));
                gain = gain.max(judge.worth(&swapped).unwrap_or(0).saturating_sub(now));
            }
        }
    }
    gain
}

#[test]
fn a_list_opens_in_its_best_way_and_swaps_gain_what_they_say() {
    let search = Search { effort: Effort::Proof, ..Search::default() };
    let (mut kept, mut broken, mut gaining) = (0, 0, 0);
    for seed in 0..600 {
        let mut bits = 0;
        let Drawn { asked, text, scenario, territory, reach } = Drawn::of(seed, |random, asked| {
            asked.first = None;
            if random.one_in(3) {
                asked.decays();
            }
            bits = 1 + random.below(15);
        });
        let Ok((problem, dictionary)) = scenario.compile(&territory, &reach) else { continue };
        let best = match search.solve(&problem, &Silent) {
            Ok(best) => best,
            Err(SolveError::Infeasible { .. }) => continue,
            Err(error) => panic!("seed {seed}: {error}\n{text}"),
        };
        let judge = Judge::of(&territory, &asked);
        let is_listed = |place: usize| bits >> place & 1 == 1;
        let places = 0..judge.candidates.len();
        let listed: Vec<usize> = places.clone().filter(|&place| is_listed(place)).collect();
        let positions: Vec<u32> = listed.iter().map(|&place| u32::try_from(judge.candidates[place]).unwrap()).collect();
        let compiled = (&problem, &dictionary);
        let found = ListedSites::of(&territory, compiled, &positions, &search, &Silent).unwrap();
        let lost = listed.iter().filter(|&&place| judge.ways(judge.candidates[place]).is_empty()).count();
        assert_eq!(found.without_way.len(), lost, "seed {seed}\n{text}");
        if lost > 0 || listed.is_empty() {
            continue;
        }
        let told = Assessment::of(&territory, &reach, &scenario, compiled, &found.sites, &best);
        // Over all ways of opening just these sites: what keeps the rules, and what is worth most without them.
        let before = judge.value(&judge.existing());
        let (mut keeps, mut most) = (None, 0);
        judge.each(|choice| {
            if places.clone().all(|place| choice[place].is_some() == is_listed(place)) {
                keeps = keeps.max(judge.worth(choice));
                most = most.max(judge.value(&judge.open(choice)) - before);
            }
        });
        let plan = &told.plan;
        assert_eq!(
            (told.keeps_rules, plan.objective.value),
            (keeps.is_some(), keeps.unwrap_or(most)),
            "{seed}\n{text}"
        );
        assert_eq!((Some(told.best_value), told.best_guarantee), (judge.best(), Guarantee::Optimal), "{seed}\n{text}");
        let choice = judge.choice_of(plan);
        assert_eq!(plan.cost, judge.cost_of(&choice), "seed {seed}\n{text}");
        if keeps.is_none() {
            broken += 1;
            continue;
        }
        kept += 1;
        assert_eq!(judge.worth(&choice), keeps, "seed {seed}\n{text}");
        let gain = told.swaps.first().map_or(0, |swap| swap.gain);
        assert_eq!(gain, best_swap(&judge, &choice), "seed {seed}\n{text}");
        for swap in &told.swaps {
            let place = |site: u32| judge.candidates.iter().position(|&one| one == site as usize).unwrap();
            let (kind, hub) = (swap.kind.map(|kind| kind as usize), swap.hub.map(|hub| hub as usize));
            let mut swapped = choice.clone();
            swapped[place(swap.closed)] = None;
            swapped[place(swap.opened)] = Some(Way { kind, hub, phase: 0 });
            assert_eq!(judge.worth(&swapped), Some(plan.objective.value + swap.gain), "seed {seed}\n{text}");
            gaining += 1;
        }
    }
    assert!(kept > 100 && broken > 50 && gaining > 50, "{kept} {broken} {gaining}");
}
