use chrono::{DateTime, Utc};
use store_core::mapping::Constant;
use store_core::{ReportableUsageStore, Result, StoreError, UsageRecord, UsageStore, async_trait};

use super::{Broken, Narrow, Narrowed, Said, YEARS};
use crate::metered::Usage;
use crate::rows::Row;

const NONE: i64 = YEARS[0];

/// In no id of the suite.
const SEPARATOR: char = '\u{e000}';

impl Narrowed for UsageRecord {
    const ALWAYS: (&'static str, &'static str) = ("metric", "events");
    const WORDS: Option<(&'static str, &'static [&'static str])> = None;
    const NUMBER: Option<&'static str> = Some("quantity");
    const TIMES: [&'static str; 2] = ["recorded_at", "provider_reported_at"];
    const NONE: (&'static str, Constant<'static>) = ("provider_reported_at", Constant::Time(NONE));
    const SHARED: (&'static str, &'static str) = ("provider_reported_at", "recorded_at");
    const DROPPED: (&'static str, Option<&'static str>) = ("provider_reported_at", None);

    fn always(&mut self) -> &mut String {
        &mut self.metric
    }

    fn number(&mut self) -> Option<&mut i64> {
        Some(&mut self.quantity)
    }

    fn cut(&mut self) -> &mut DateTime<Utc> {
        &mut self.recorded_at
    }

    fn exact(&mut self) -> Option<&mut DateTime<Utc>> {
        self.provider_reported_at.as_mut()
    }

    fn is_none_value(&self) -> bool {
        self.provider_reported_at.is_some_and(|time| time.timestamp_micros() == NONE)
    }

    fn set_none(&mut self) {
        self.provider_reported_at = None;
    }

    fn is_missing(&self) -> bool {
        false
    }

    fn is_shared(&self) -> bool {
        self.provider_reported_at == Some(self.recorded_at)
    }

    fn share(&mut self) {
        self.provider_reported_at = Some(self.recorded_at);
    }

    fn drop_time(&mut self) -> bool {
        self.provider_reported_at.take().is_some()
    }

    fn made(&mut self) -> &mut DateTime<Utc> {
        self.provider_reported_at.get_or_insert_default()
    }
}

impl Narrow<Usage> {
    /// Where an id counts once for each subscription, the sound store has both in its id.
    fn inner(&self, mut record: UsageRecord) -> UsageRecord {
        if self.said == Said::Keyed && !self.is(Broken::KeyIsTheId) {
            record.set_id(format!("{}{SEPARATOR}{}", record.subscription_id, record.id));
        }
        record
    }

    fn outer(&self, mut list: Vec<UsageRecord>) -> Vec<UsageRecord> {
        for record in &mut list {
            if let Some((_, id)) = record.id.split_once(SEPARATOR).filter(|_| self.said == Said::Keyed) {
                record.id = id.to_owned();
            }
        }
        self.sorted(list)
    }
}

#[async_trait]
impl UsageStore for Narrow<Usage> {
    async fn save_usage_record(&self, record: &UsageRecord) -> Result<()> {
        let record = match self.taken_in(record) {
            Err(StoreError::AlreadyExists { .. }) if self.is(Broken::FoldedIsSwallowed) => return Ok(()),
            taken => taken?,
        };
        self.store.save_usage_record(&self.inner(record)).await
    }

    async fn sum_usage(
        &self,
        subscription_id: &str,
        metric: &str,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<i64> {
        let metric = if self.is(Broken::ConstantIsOverwritten) { "events" } else { metric };
        if self.is(Broken::ForeignKeyIsAnError) && self.said == Said::Narrow && metric != "events" {
            return super::invalid::<UsageRecord>("metric").map(|_| 0);
        }
        self.store.sum_usage(subscription_id, metric, from, to).await
    }

    async fn list_usage_records(
        &self,
        subscription_id: &str,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Vec<UsageRecord>> {
        Ok(self.outer(self.store.list_usage_records(subscription_id, from, to).await?))
    }

    fn as_reportable(&self) -> Option<&dyn ReportableUsageStore> {
        match self.said {
            Said::Narrow => Some(self),
            _ => None,
        }
    }
}

#[async_trait]
impl ReportableUsageStore for Narrow<Usage> {
    async fn list_unreported_usage(&self, limit: u32) -> Result<Vec<UsageRecord>> {
        let all = self.outer(self.store.list_unreported_usage(u32::MAX).await?);
        Ok(all.into_iter().take(limit as usize).collect())
    }

    async fn mark_usage_reported(&self, id: &str, reported_at: DateTime<Utc>) -> Result<()> {
        let mut marked =
            UsageRecord::new("1", "subscription", "events", 0, "2024-01-01T00:00:00Z".parse().unwrap());
        marked.provider_reported_at = Some(reported_at);
        let marked = match self.taken_in(&marked) {
            Err(_) if self.is(Broken::MarkIsCut) => super::whole_second(reported_at),
            marked => marked?.provider_reported_at.unwrap_or(reported_at),
        };
        self.store.mark_usage_reported(id, marked).await
    }
}
