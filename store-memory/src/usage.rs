//! The store of usage.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use store_core::{
    Conflict, Entity, ReportableUsageStore, Result, StoreError, UsageRecord, UsageStore, async_trait,
    to_micros,
};

use crate::shared::Shared;
use crate::sums::Sums;

/// Usage in memory; a clone is a handle to the same records.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), store_core::StoreError> {
/// use chrono::{TimeDelta, Utc};
/// use store_core::{UsageRecord, UsageStore};
/// use store_memory::MemoryUsageStore;
///
/// let usage = MemoryUsageStore::new();
/// let now = Utc::now();
/// usage.save_usage_record(&UsageRecord::new("evt_1", "sub_1", "api_calls", 250, now)).await?;
/// usage.save_usage_record(&UsageRecord::new("evt_2", "sub_1", "api_calls", -50, now)).await?;
/// assert_eq!(usage.sum_usage("sub_1", "api_calls", now, now + TimeDelta::hours(1)).await?, 200);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct MemoryUsageStore {
    state: Shared<State>,
}

impl MemoryUsageStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

#[async_trait]
impl UsageStore for MemoryUsageStore {
    async fn save_usage_record(&self, record: &UsageRecord) -> Result<()> {
        let record = as_stored(record);
        self.state.write().save(record)
    }

    async fn sum_usage(
        &self,
        subscription_id: &str,
        metric: &str,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<i64> {
        let range = to_micros(from)..to_micros(to);
        let sum = self.state.read().sum(subscription_id, metric, range);
        i64::try_from(sum).map_err(|_| StoreError::Overflow)
    }

    async fn list_usage_records(
        &self,
        subscription_id: &str,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Vec<UsageRecord>> {
        let range = to_micros(from)..to_micros(to);
        Ok(self.state.read().list(subscription_id, range))
    }

    fn as_reportable(&self) -> Option<&dyn ReportableUsageStore> {
        Some(self)
    }
}

#[async_trait]
impl ReportableUsageStore for MemoryUsageStore {
    async fn list_unreported_usage(&self, limit: u32) -> Result<Vec<UsageRecord>> {
        Ok(self.state.read().list_unreported(limit))
    }

    async fn mark_usage_reported(&self, id: &str, reported_at: DateTime<Utc>) -> Result<()> {
        self.state.write().mark_reported(id, to_micros(reported_at))
    }
}

/// When a record was recorded, and its id: the order of every list.
type Place = (DateTime<Utc>, Arc<str>);

#[derive(Default)]
struct State {
    by_id: HashMap<Arc<str>, UsageRecord>,
    by_subscription: HashMap<String, Timeline>,
    unreported: BTreeSet<Place>,
}

/// The usage of one subscription.
#[derive(Default)]
struct Timeline {
    places: BTreeSet<Place>,
    sums_by_metric: HashMap<String, Sums>,
}

impl State {
    fn save(&mut self, record: UsageRecord) -> Result<()> {
        if self.by_id.contains_key(record.id.as_str()) {
            return Err(StoreError::AlreadyExists { entity: Entity::Usage, conflict: Conflict::Id });
        }
        let id: Arc<str> = record.id.as_str().into();
        let place = (record.recorded_at, Arc::clone(&id));
        let timeline = self.by_subscription.entry(record.subscription_id.clone()).or_default();
        timeline.places.insert(place.clone());
        let sums = timeline.sums_by_metric.entry(record.metric.clone()).or_default();
        sums.add(record.recorded_at, record.quantity);
        if record.provider_reported_at.is_none() {
            self.unreported.insert(place);
        }
        self.by_id.insert(id, record);
        Ok(())
    }

    /// No number of records that fits a memory can overflow it.
    fn sum(&self, subscription_id: &str, metric: &str, range: Range<DateTime<Utc>>) -> i128 {
        self.by_subscription
            .get(subscription_id)
            .and_then(|timeline| timeline.sums_by_metric.get(metric))
            .map_or(0, |sums| sums.between(range))
    }

    fn list(&self, subscription_id: &str, range: Range<DateTime<Utc>>) -> Vec<UsageRecord> {
        match self.by_subscription.get(subscription_id) {
            // The set would panic at a range that ends before it begins.
            Some(timeline) if !range.is_empty() => {
                self.records(timeline.places.range(before_all(range.start)..before_all(range.end)))
            }
            _ => Vec::new(),
        }
    }

    fn list_unreported(&self, limit: u32) -> Vec<UsageRecord> {
        self.records(self.unreported.iter().take(limit as usize))
    }

    fn mark_reported(&mut self, id: &str, reported_at: DateTime<Utc>) -> Result<()> {
        let record = self.by_id.get_mut(id).ok_or_else(|| not_found(id))?;
        if record.provider_reported_at.replace(reported_at).is_none() {
            self.unreported.remove(&(record.recorded_at, id.into()));
        }
        Ok(())
    }

    fn records<'a>(&self, places: impl Iterator<Item = &'a Place>) -> Vec<UsageRecord> {
        places.map(|(_, id)| self.by_id[id].clone()).collect()
    }
}

/// The place before that of every record of this time.
fn before_all(time: DateTime<Utc>) -> Place {
    (time, "".into())
}

fn as_stored(record: &UsageRecord) -> UsageRecord {
    UsageRecord {
        recorded_at: to_micros(record.recorded_at),
        provider_reported_at: record.provider_reported_at.map(to_micros),
        ..record.clone()
    }
}

fn not_found(id: &str) -> StoreError {
    StoreError::NotFound { entity: Entity::Usage, key: id.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_reported_is_nowhere_on_the_way_of_listing_what_is_not() {
        let mut state = State::default();
        for n in 0..10_000 {
            let record =
                UsageRecord::new(format!("evt_{n}"), "sub_1", "calls", 1, DateTime::<Utc>::UNIX_EPOCH);
            state.save(record).unwrap();
        }
        for n in 0..9_999 {
            state.mark_reported(&format!("evt_{n}"), Utc::now()).unwrap();
        }
        let left: Vec<_> = state.unreported.iter().map(|(_, id)| &**id).collect();
        assert_eq!(left, ["evt_9999"]);
    }

    #[test]
    fn what_is_saved_as_reported_is_not_to_be_reported() {
        let mut state = State::default();
        let mut record = UsageRecord::new("evt_1", "sub_1", "calls", 1, Utc::now());
        record.provider_reported_at = Some(Utc::now());
        state.save(record).unwrap();
        assert!(state.unreported.is_empty());
    }
}
