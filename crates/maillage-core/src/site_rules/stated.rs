use maillage_solver::SiteRule;

use super::{Parts, SiteRules};
use crate::rule_groups::{Member, check_values};
use crate::{Amount, Fraction, Rule, RuleError, RuleList, RuleName, RulePlace, ScenarioError};

/// A spread sets every two of its values against each other, so that there cannot be many.
const MOST_SPREAD: usize = 60;

/// A rule of more groups than this leaves those out that no choice of sites can break.
const MANY_GROUPS: usize = 100;

impl SiteRules {
    /// Adds what a rule of the scenario asks of each of its groups.
    pub(super) fn stated(&mut self, parts: &Parts<'_>, rule: usize, stated: &Rule) -> Result<(), ScenarioError> {
        let place = RulePlace::of(parts.scenario, RuleList::Rule, rule);
        stated.check(&place)?;
        stated.check_columns(parts.territory, &place)?;
        // A forbidden candidate counts in no rule, and needs no values.
        let sites = (0..parts.territory.site_count()).filter(|site| !parts.request.forbidden.contains(site));
        let groups = stated.groups(parts.territory, &place, sites)?;
        let many = groups.len() > MANY_GROUPS;
        if stated.least.is_some() || stated.most.is_some() {
            for (group, members) in &groups {
                let sum = Row::of(members, |member| if member.inside { member.amount } else { 0 });
                let ends = [stated.least, stated.most].map(|end| end.map(Amount::thousandths));
                if many && sum.always_between(ends) {
                    continue;
                }
                self.row(parts, &sum, ends, RuleName::Sum { rule, group: group.clone() }, 1);
            }
        }
        let everyone: Vec<Member> = groups.values().flatten().copied().collect();
        for (group, members) in &groups {
            // Without conditions the part is the group, and the whole is everyone.
            let part_is_group = stated.r#where.is_empty();
            let of = if part_is_group { &everyone } else { members };
            let is_part = |member: &Member| {
                // Members are in the order of their sites.
                if part_is_group {
                    members.binary_search_by_key(&member.site, |other| other.site).is_ok()
                } else {
                    member.inside
                }
            };
            for (share, name, ends) in [
                (stated.least_share, RuleName::LeastShare { rule, group: group.clone() }, [Some(0), None]),
                (stated.most_share, RuleName::MostShare { rule, group: group.clone() }, [None, Some(0)]),
            ] {
                let Some((numerator, denominator)) = share.map(Fraction::ratio) else { continue };
                let (numerator, denominator) = (i64::from(numerator), i64::from(denominator));
                let row = Row::of(of, |member| {
                    let part = if is_part(member) { denominator } else { 0 };
                    member.amount.saturating_mul(part - numerator)
                });
                self.row(parts, &row, ends, name, u32::try_from(denominator).unwrap_or(1));
            }
        }
        if let Some(spread) = stated.spread {
            if groups.len() > MOST_SPREAD {
                let (groups, most) = (groups.len(), MOST_SPREAD);
                return Err(RuleError::SpreadOfMany { place, groups, most }.into());
            }
            let ends = [Some(-spread.thousandths()), Some(spread.thousandths())];
            let inside = |member: &&Member| member.inside;
            for (number, one) in groups.values().enumerate() {
                for other in groups.values().skip(number + 1) {
                    let plus = one.iter().filter(inside).map(|member| (member.site, member.amount));
                    let minus = other.iter().filter(inside).map(|member| (member.site, -member.amount));
                    self.row(parts, &Row { entries: plus.chain(minus).collect() }, ends, RuleName::Spread { rule }, 1);
                }
            }
        }
        Ok(())
    }

    /// Adds a rule of thousandths, in whole units where all its numbers are whole.
    fn row(&mut self, parts: &Parts<'_>, row: &Row, ends: [Option<i64>; 2], name: RuleName, scale: u32) {
        let is_whole = |number: i64| number % 1_000 == 0;
        let whole =
            row.entries.iter().all(|entry| is_whole(entry.1)) && ends.iter().flatten().all(|&end| is_whole(end));
        let unit = if whole { 1_000 } else { 1 };
        let openings = |&(site, amount): &(u32, i64)| parts.openings.of_site(site).map(move |id| (id, amount / unit));
        let coefficients = row.entries.iter().flat_map(openings).collect();
        let [least, most] = ends.map(|end| end.map(|end| end / unit));
        self.push(
            SiteRule { coefficients, least, most },
            name,
            if whole { scale } else { scale.saturating_mul(1_000) },
        );
    }
}

/// A rule over sites of the territory, in thousandths.
struct Row {
    entries: Vec<(u32, i64)>,
}

impl Row {
    fn of(members: &[Member], amount: impl Fn(&Member) -> i64) -> Self {
        let entry = |member: &Member| Some((member.site, amount(member))).filter(|entry| entry.1 != 0);
        Self { entries: members.iter().filter_map(entry).collect() }
    }

    /// Returns whether the sum lies between the ends whatever opens.
    fn always_between(&self, [least, most]: [Option<i64>; 2]) -> bool {
        let highest: i64 = self.entries.iter().map(|entry| entry.1.max(0)).sum();
        let lowest: i64 = self.entries.iter().map(|entry| entry.1.min(0)).sum();
        least.is_none_or(|least| lowest >= least) && most.is_none_or(|most| highest <= most)
    }
}

impl Rule {
    /// Checks what can be checked without data.
    fn check(&self, place: &RulePlace) -> Result<(), RuleError> {
        let place = || place.clone();
        check_values(&self.r#where, &place())?;
        let share = self.least_share.or(self.most_share);
        if self.least.is_none() && self.most.is_none() && share.is_none() && self.spread.is_none() {
            let expected = "least, most, least-share, most-share or spread";
            return Err(RuleError::Nothing { place: place(), expected });
        }
        if let (Some(least), Some(most)) = (self.least, self.most)
            && least > most
        {
            let (least, most) = (least.to_string(), most.to_string());
            return Err(RuleError::Contradiction { place: place(), least, most });
        }
        if let (Some(least), Some(most)) = (self.least_share, self.most_share)
            && least > most
        {
            let (least, most) = (least.to_string(), most.to_string());
            return Err(RuleError::Contradiction { place: place(), least, most });
        }
        if share.is_some() && self.r#where.is_empty() && self.each.is_empty() {
            return Err(RuleError::ShareOfAll { place: place() });
        }
        if self.spread.is_some() && self.each.is_empty() {
            return Err(RuleError::SpreadOfOne { place: place() });
        }
        Ok(())
    }
}
