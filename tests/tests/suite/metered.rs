//! A usage store that makes one mistake.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use chrono::{DateTime, Datelike, Utc};
use store_core::contract::Corruptible;
use store_core::{
    Conflict, Entity, ReportableUsageStore, Result, StoreError, UsageRecord, UsageStore, async_trait,
    to_micros,
};

use crate::fault::Fault;
use crate::rows::{Row, Rows, pause};

impl Row for UsageRecord {
    const ENTITY: Entity = Entity::Usage;

    fn id(&self) -> &str {
        &self.id
    }

    fn set_id(&mut self, id: String) {
        self.id = id;
    }

    fn provider_id(&self) -> Option<&str> {
        None
    }

    fn set_provider_id(&mut self, _: Option<String>) {}

    fn metadata(&mut self) -> &mut BTreeMap<String, String> {
        &mut self.metadata
    }

    fn times(&mut self) -> Vec<&mut DateTime<Utc>> {
        [&mut self.recorded_at].into_iter().chain(&mut self.provider_reported_at).collect()
    }

    fn time(&self) -> DateTime<Utc> {
        self.recorded_at
    }

    fn set_time(&mut self, time: DateTime<Utc>) {
        self.recorded_at = time;
    }

    fn word(&self) -> Option<(&str, &'static str)> {
        None
    }

    fn set_word(&mut self, _: &str) {}
}

pub(crate) struct Usage {
    rows: Rows<UsageRecord>,
    /// The ids that a mark was seen of, for a store that keeps these apart from the records.
    marked: Mutex<BTreeSet<String>>,
    claims: bool,
    another: Option<Box<Usage>>,
}

impl Usage {
    pub(crate) fn plain(fault: Option<Fault>) -> Self {
        Self::new(fault, fault == Some(Fault::ExtensionUnclaimed))
    }

    pub(crate) fn reportable(fault: Option<Fault>) -> Self {
        Self::new(fault, fault != Some(Fault::ExtensionAbsent))
    }

    fn new(fault: Option<Fault>, claims: bool) -> Self {
        let another = (fault == Some(Fault::ExtensionOfAnother)).then(|| Box::new(Self::plain(None)));
        Self { rows: Rows::new(fault), marked: Mutex::default(), claims, another }
    }

    fn has(&self, fault: Fault) -> bool {
        self.rows.has(fault)
    }

    fn same(&self, one: &str, other: &str) -> bool {
        one == other || self.has(Fault::MetricsFolded) && one.eq_ignore_ascii_case(other)
    }

    /// Whether a time is in a range.
    fn within(&self, time: DateTime<Utc>, from: DateTime<Utc>, to: DateTime<Utc>) -> bool {
        let (mut from, mut to) = (from, to);
        if !self.has(Fault::EndsKeepNanoseconds) {
            (from, to) = (to_micros(from), to_micros(to));
        }
        if self.has(Fault::EndsSwapped) && to < from {
            (from, to) = (to, from);
        }
        if self.has(Fault::FarEndsEmpty) && (is_far(from) || is_far(to)) {
            return false;
        }
        match self.rows.fault() {
            Some(Fault::EndIncluded) => from <= time && time <= to,
            Some(Fault::BeginningExcluded) => from < time && time < to,
            _ => from <= time && time < to,
        }
    }

    fn check_ends(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<()> {
        if self.has(Fault::FarEndsRefused) && (is_far(from) || is_far(to)) {
            return self.rows.invalid("recorded_at", "the range ends where no time can be held");
        }
        Ok(())
    }

    fn sum(&self, quantities: &[i64]) -> Result<i64> {
        let exact: i128 = quantities.iter().map(|quantity| i128::from(*quantity)).sum();
        match self.rows.fault() {
            Some(Fault::SumWraps) => Ok(exact as i64),
            Some(Fault::SumSaturates) => Ok(exact.clamp(i64::MIN.into(), i64::MAX.into()) as i64),
            Some(Fault::SumOverflowsHalfway) => {
                let add = |sum: i64, quantity: &i64| sum.checked_add(*quantity);
                quantities.iter().try_fold(0, add).ok_or(StoreError::Overflow)
            }
            Some(Fault::SumIsADouble) if i64::try_from(exact).is_ok() => {
                Ok(quantities.iter().map(|quantity| *quantity as f64).sum::<f64>() as i64)
            }
            Some(Fault::NegativeIgnored) => self.exact(quantities.iter().filter(|quantity| **quantity > 0)),
            Some(Fault::SumOfNothingIsNotFound) if quantities.is_empty() => self.rows.not_found("sum"),
            _ => self.exact(quantities.iter()),
        }
    }

    fn exact<'a>(&self, quantities: impl Iterator<Item = &'a i64>) -> Result<i64> {
        let sum: i128 = quantities.map(|quantity| i128::from(*quantity)).sum();
        sum.try_into().map_err(|_| StoreError::Overflow)
    }

    fn is_same_record(&self, row: &UsageRecord, new: &UsageRecord) -> bool {
        let apart = self.has(Fault::IdsPerSubscription) && row.subscription_id != new.subscription_id;
        self.rows.same_id(&row.id, &new.id) && !apart
    }
}

fn is_far(time: DateTime<Utc>) -> bool {
    !(0..=9999).contains(&time.year())
}

#[async_trait]
impl UsageStore for Usage {
    async fn save_usage_record(&self, record: &UsageRecord) -> Result<()> {
        let mut new = self.rows.taken_in(record)?;
        if self.has(Fault::QuantityOf32Bits) {
            new.quantity = i64::from(new.quantity as i32);
        }
        let repeated = self.rows.lock().iter().find(|row| self.is_same_record(row, &new)).cloned();
        if let Some(row) = repeated {
            match self.rows.fault() {
                Some(Fault::RepeatSwallowed) => return Ok(()),
                Some(Fault::IdenticalRepeatIsOk) if row == new => return Ok(()),
                _ => {}
            }
        }
        if self.has(Fault::RepeatCounts) || self.has(Fault::IdsPerSubscription) {
            let mut rows = self.rows.lock();
            if self.has(Fault::IdsPerSubscription) && rows.iter().any(|row| self.is_same_record(row, &new)) {
                return self.rows.refused(Conflict::Id);
            }
            rows.push(new);
            return Ok(());
        }
        let check = |rows: &[UsageRecord], new: &UsageRecord| {
            let repeated = rows.iter().any(|row| self.is_same_record(row, new));
            if repeated && !self.has(Fault::RepeatReplaces) {
                self.rows.refused(Conflict::Id)
            } else {
                Ok(())
            }
        };
        self.rows.write(new, check).await
    }

    async fn sum_usage(
        &self,
        subscription_id: &str,
        metric: &str,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<i64> {
        self.rows.check_key(subscription_id)?;
        self.check_ends(from, to)?;
        let rows = self.rows.lock();
        let wanted = |row: &&UsageRecord| {
            (self.same(&row.subscription_id, subscription_id) || self.has(Fault::SumOfEverySubscription))
                && (self.same(&row.metric, metric) || self.has(Fault::SumOfEveryMetric))
                && self.within(row.recorded_at, from, to)
        };
        let quantities: Vec<_> = rows.iter().filter(wanted).map(|row| row.quantity).collect();
        self.sum(&quantities)
    }

    async fn list_usage_records(
        &self,
        subscription_id: &str,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Vec<UsageRecord>> {
        self.rows.check_key(subscription_id)?;
        self.check_ends(from, to)?;
        let mut listed = self.rows.list(|row| {
            self.same(&row.subscription_id, subscription_id) && self.within(row.recorded_at, from, to)
        })?;
        if self.has(Fault::ListOfOneMetric)
            && let Some(metric) = listed.first().map(|row| row.metric.clone())
        {
            listed.retain(|row| row.metric == metric);
        }
        Ok(listed)
    }

    fn as_reportable(&self) -> Option<&dyn ReportableUsageStore> {
        if let Some(another) = &self.another {
            return Some(&**another);
        }
        self.claims.then_some(self)
    }
}

#[async_trait]
impl ReportableUsageStore for Usage {
    async fn list_unreported_usage(&self, limit: u32) -> Result<Vec<UsageRecord>> {
        let mut limit = limit as usize;
        match self.rows.fault() {
            Some(Fault::LimitZeroIsAll) if limit == 0 => limit = usize::MAX,
            Some(Fault::LimitIgnored) => limit = usize::MAX,
            Some(Fault::LimitOf31Bits) if limit > i32::MAX as usize => limit = 0,
            _ => {}
        }
        let mut listed = self.rows.list(|row| row.provider_reported_at.is_none())?;
        match self.rows.fault() {
            Some(Fault::UnreportedNewestFirst) => listed.reverse(),
            Some(Fault::UnreportedTiesAsSaved) => {
                listed = self
                    .rows
                    .lock()
                    .iter()
                    .filter(|row| row.provider_reported_at.is_none())
                    .cloned()
                    .collect();
                listed.sort_by_key(|row| row.recorded_at);
            }
            Some(Fault::UnreportedOfOneSubscription) => {
                if let Some(id) = listed.first().map(|row| row.subscription_id.clone()) {
                    listed.retain(|row| row.subscription_id == id);
                }
            }
            Some(Fault::UnreportedWasNeverMarked) => {
                let marked = self.marked.lock().unwrap();
                listed = self.rows.list(|row| !marked.contains(&row.id))?;
            }
            _ => {}
        }
        listed.truncate(limit);
        Ok(listed)
    }

    async fn mark_usage_reported(&self, id: &str, reported_at: DateTime<Utc>) -> Result<()> {
        self.rows.check_key(id)?;
        let mut time = to_micros(reported_at);
        match self.rows.fault() {
            Some(Fault::MarkKeepsNanoseconds) => time = reported_at,
            Some(Fault::MarkClampsFarTime) if is_far(time) => time = "9999-12-31T23:59:59Z".parse().unwrap(),
            _ => {}
        }
        if self.has(Fault::MarkHalfWritten) {
            let old = self.rows.get(id)?.metadata;
            self.mark(id, |row| row.metadata = [("half".into(), "written".into())].into())?;
            pause().await;
            self.mark(id, |row| row.metadata = old.clone())?;
        }
        self.mark(id, |row| {
            match self.rows.fault() {
                Some(Fault::RepeatedMarkIgnored) if row.provider_reported_at.is_some() => return,
                Some(Fault::MarkLosesMetadata) => row.metadata.clear(),
                _ => {}
            }
            row.provider_reported_at = Some(time);
        })
    }
}

impl Usage {
    fn mark(&self, id: &str, change: impl Fn(&mut UsageRecord)) -> Result<()> {
        let mut rows = self.rows.lock();
        let folded = self.has(Fault::MarkFolds);
        let is_it = |row: &&mut UsageRecord| {
            self.rows.same_id(&row.id, id) || folded && row.id.eq_ignore_ascii_case(id)
        };
        let Some(row) = rows.iter_mut().find(is_it) else {
            match self.rows.fault() {
                Some(Fault::AbsentMarkIsOk) => return Ok(()),
                Some(Fault::AbsentMarkMakesARecord) => {
                    rows.push(UsageRecord::new(id, "subscription", "metric", 0, Utc::now()));
                }
                _ => {}
            }
            return self.rows.not_found(id);
        };
        if self.has(Fault::RepeatedMarkRefused) && row.provider_reported_at.is_some() {
            return self.rows.refused(Conflict::Id);
        }
        change(row);
        self.marked.lock().unwrap().insert(id.into());
        if self.has(Fault::MarkTouchesItsNeighbour)
            && let Some(neighbour) = rows.iter_mut().find(|row| row.id != id)
        {
            change(neighbour);
        }
        Ok(())
    }
}

#[async_trait]
impl Corruptible for Usage {
    async fn corrupt(&self, _: Entity, id: &str, field: &str) -> Option<String> {
        self.rows.corrupt(id, field)
    }
}
