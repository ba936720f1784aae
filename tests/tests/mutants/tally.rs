//! The table of results.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::mutations::Mutant;
use crate::verdict::Answer;

/// What was counted of one group of changes.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    killed: usize,
    accepted: usize,
    missed: usize,
    alarms: usize,
    misnamed: usize,
    excluded: usize,
    unverified: usize,
}

/// What was counted, by group.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    counts: BTreeMap<&'static str, Count>,
    /// What must not be.
    faults: Vec<String>,
    excluded: BTreeMap<&'static str, usize>,
}

impl Tally {
    pub(crate) fn add(
        &mut self,
        base: &str,
        mutant: &Mutant,
        answer: &Answer,
        found: &[&'static str],
        verified: &[&'static str],
    ) {
        let count = self.counts.entry(mutant.group).or_default();
        let title = format!("{base}: {} {}", mutant.group, mutant.name);
        if let Some(reason) = mutant.excluded {
            count.excluded += 1;
            *self.excluded.entry(reason).or_default() += 1;
            return;
        }
        match (answer, found) {
            (Answer::Impossible, _) => {
                count.excluded += 1;
                *self.excluded.entry("the database refuses to make such a table").or_default() += 1;
                return;
            }
            (Answer::Works, []) => count.accepted += 1,
            (Answer::Works, found) => {
                count.alarms += 1;
                self.faults.push(format!("false alarm: {title}: {found:?}"));
            }
            (Answer::Fails(why), []) => {
                count.missed += 1;
                self.faults.push(format!("missed: {title}: {why}"));
            }
            (Answer::Fails(why), found) => {
                count.killed += 1;
                if !found.iter().any(|kind| mutant.rules.contains(kind)) {
                    count.misnamed += 1;
                    self.faults.push(format!("by another rule: {title}: {found:?}: {why}"));
                }
            }
        }
        let fails = matches!(answer, Answer::Fails(_));
        if fails == verified.is_empty() {
            count.unverified += 1;
            self.faults.push(format!("verification differs: {title}: {verified:?} ({answer:?})"));
        }
    }

    pub(crate) fn merge(&mut self, other: Self) {
        for (group, count) in other.counts {
            let sum = self.counts.entry(group).or_default();
            sum.killed += count.killed;
            sum.accepted += count.accepted;
            sum.missed += count.missed;
            sum.alarms += count.alarms;
            sum.misnamed += count.misnamed;
            sum.excluded += count.excluded;
            sum.unverified += count.unverified;
        }
        for (reason, count) in other.excluded {
            *self.excluded.entry(reason).or_default() += count;
        }
        self.faults.extend(other.faults);
    }

    pub(crate) fn faults(&self) -> &[String] {
        &self.faults
    }

    /// How many mutants a database has judged.
    pub(crate) fn judged(&self) -> usize {
        self.counts.values().map(|it| it.killed + it.accepted + it.missed + it.alarms).sum()
    }

    pub(crate) fn table(&self) -> String {
        let mut table = String::from(
            "| change | killed | accepted | missed | false alarms | by another rule | verified otherwise | excluded |\n\
             |---|---|---|---|---|---|---|---|\n",
        );
        for (group, it) in &self.counts {
            let _ = writeln!(
                table,
                "| {group} | {} | {} | {} | {} | {} | {} | {} |",
                it.killed, it.accepted, it.missed, it.alarms, it.misnamed, it.unverified, it.excluded
            );
        }
        let _ = writeln!(table, "{} mutants were judged by a database.", self.judged());
        for (reason, count) in &self.excluded {
            let _ = writeln!(table, "excluded, {count}: {reason}");
        }
        table
    }
}
