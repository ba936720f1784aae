//! The rules of [`UsageStore`] and [`ReportableUsageStore`].

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use store_model::mapping::{Home, Mapping, Weaker};

use self::model::random_operations_agree_with_a_model;
use self::reportable::*;
use self::sum::*;
use super::every::corrupt::each_field;
use super::every::rules::*;
use super::every::{Keeper, Place};
use super::fit::Fit;
use super::race::together;
use super::rule::{Failure, Outcome};
use super::samples::{ALIKE, INTEGERS, at, hard_keys, held_times};
use super::seen::{Seen, call, expect};
use super::subject::{Corruptible, Scale};
use super::table::rules;
use crate::error::{Conflict, Entity, StoreError};
use crate::usage::{ReportableUsageStore, UsageRecord, UsageStore};

mod model;
mod reportable;
mod sum;

#[doc(hidden)]
#[macro_export]
macro_rules! __usage_rules {
    ($callback:path, $arguments:tt) => {
        $callback! { $arguments
            [always] G1 every_field_is_kept;
            [always] G1 empty_texts_are_kept;
            [always] G1 any_text_is_kept;
            [always] G1 metadata_of_any_shape_is_kept;
            [always] G1 times_are_cut_to_microseconds;
            [always] G1 quantities_are_kept_to_their_ends;
            [with reportable] G1 marking_cuts_times_to_microseconds;
            [with mapping] G1 a_field_without_a_place_refuses_values;
            [with mapping] G1 a_field_of_one_value_refuses_others;
            [with mapping] G1 fields_of_one_column_refuse_a_second_value;
            [with mapping] G1 a_value_that_reads_as_none_is_refused;
            [with mapping] G1 a_value_that_no_other_table_has_is_refused;
            [with mapping] G1 a_key_without_a_place_is_refused;
            [with mapping] G1 a_time_that_is_too_fine_is_refused;
            [with mapping] G1 times_are_cut_to_their_step;
            [with mapping] G1 what_is_dropped_reads_as_declared;
            [with mapping] G1 what_the_database_makes_is_not_written;
            [always] G2 a_nul_is_kept_or_refused;
            [always] G2 a_long_text_is_kept_or_refused;
            [always] G2 a_far_time_is_kept_or_refused;
            [always] G2 a_key_that_cannot_be_held_has_no_usage;
            [always] G2 ends_of_ranges_are_clamped;
            [with reportable] G2 marking_keeps_or_refuses_a_far_time;
            [with reportable] G2 marking_a_key_that_cannot_be_held_is_not_found;
            [with mapping] G2 a_number_out_of_range_is_refused;
            [with mapping] G2 a_text_in_another_form_is_refused;
            [with mapping] G2 a_time_out_of_range_is_refused;
            [with mapping] G2 a_key_that_has_no_place_has_no_usage;
            [with mapping] G2 marking_refuses_what_cannot_be_held;
            [with corruptible] G3 a_value_that_cannot_be_read_is_corrupt;
            [always] G4 a_list_of_nothing_is_empty;
            [always] G5 lists_are_ordered_by_time;
            [always] G5 ties_are_ordered_by_the_bytes_of_the_id;
            [always] G5 lists_have_every_metric_of_one_subscription;
            [always] G6 ids_are_compared_byte_for_byte;
            [always] G6 subscriptions_and_metrics_are_compared_byte_for_byte;
            [with reportable] G6 marking_compares_ids_byte_for_byte;
            [with mapping] G6 an_id_that_folds_into_another_is_refused;
            [always] G7 an_abandoned_save_is_whole_or_absent;
            [with reportable] G7 an_abandoned_mark_is_whole_or_absent;
            [always] U1 a_repeated_id_is_refused_and_counts_once;
            [always] U1 racing_records_of_one_id_count_once;
            [always] U2 ranges_have_their_beginning_and_not_their_end;
            [always] U2 an_empty_range_has_nothing;
            [always] U2 ends_of_ranges_are_cut_to_microseconds;
            [always] U2 negative_quantities_count;
            [always] U2 sums_are_of_one_subscription_and_metric;
            [always] U3 a_total_that_fits_is_exact_in_whatever_order;
            [always] U3 a_total_that_does_not_fit_is_an_overflow;
            [with reportable] U4 the_oldest_unreported_come_first;
            [with reportable] U4 no_more_unreported_come_than_asked_for;
            [with reportable] U4 the_unreported_are_of_every_subscription;
            [with reportable] U4 what_is_saved_as_reported_is_reported;
            [with reportable] U5 a_mark_is_kept_and_changes_nothing_else;
            [with reportable] U5 a_repeated_mark_overwrites;
            [with reportable] U5 marking_the_absent_is_not_found;
            [with reportable] K1 the_reportable_extension_is_found;
            [without reportable] K1 no_reportable_extension_is_found;
            [with mapping] U1 an_id_counts_once_for_each_key;
            [with mapping] RO every_write_is_refused_where_nothing_can_be_written;
            [always] ALL random_operations_agree_with_a_model;
        }
    };
}
__usage_rules! { rules, [UsageSubject] }

/// A usage store under test; a clone is a handle to the same store.
///
/// ```
/// use std::sync::Arc;
///
/// use store_core::contract::Scale;
/// use store_core::contract::usage::UsageSubject;
///
/// let store = Arc::new(store_memory::MemoryUsageStore::new());
/// let subject = UsageSubject::new(store.clone()).reportable(store).scale(Scale { rounds: 200, ..Scale::default() });
/// ```
#[derive(Clone)]
pub struct UsageSubject {
    store: Arc<dyn UsageStore>,
    reportable: Option<Arc<dyn ReportableUsageStore>>,
    corruptible: Option<Arc<dyn Corruptible>>,
    scale: Scale,
    fit: Fit<UsageRecord>,
}

impl UsageSubject {
    /// A subject of a fresh, empty store.
    #[must_use]
    pub fn new(store: Arc<dyn UsageStore>) -> Self {
        Self { store, reportable: None, corruptible: None, scale: Scale::default(), fit: Fit::whole() }
    }

    /// Adds the reportable extension of the same store.
    #[must_use]
    pub fn reportable(self, store: Arc<dyn ReportableUsageStore>) -> Self {
        Self { reportable: Some(store), ..self }
    }

    /// Adds the hook that breaks rows.
    #[must_use]
    pub fn corruptible(self, hook: Arc<dyn Corruptible>) -> Self {
        Self { corruptible: Some(hook), ..self }
    }

    /// Sets what the store says of itself, as `SqlUsageStore::usage_mapping` gives it.
    ///
    /// The rules then keep to what the store can hold, and each exception is tested as a refusal.
    ///
    /// # Panics
    /// If the mapping is of another record.
    ///
    /// ```
    /// use std::sync::Arc;
    ///
    /// use store_core::Entity;
    /// use store_core::contract::usage::UsageSubject;
    /// use store_core::mapping::Mapping;
    ///
    /// let store = Arc::new(store_memory::MemoryUsageStore::new());
    /// let subject = UsageSubject::new(store).mapping(Mapping::whole(Entity::Usage));
    /// ```
    #[must_use]
    pub fn mapping(self, mapping: Mapping) -> Self {
        Self { fit: self.fit.saying(mapping), ..self }
    }

    /// Sets how much the rules do.
    #[must_use]
    pub fn scale(self, scale: Scale) -> Self {
        Self { scale, ..self }
    }

    async fn sum(
        &self,
        subscription_id: &str,
        metric: &str,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Seen<i64> {
        call!(Entity::Usage, self.store, sum_usage(subscription_id, metric, from, to))
    }

    async fn list(
        &self,
        subscription_id: &str,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Seen<Vec<UsageRecord>> {
        let seen = call!(Entity::Usage, self.store, list_usage_records(subscription_id, from, to));
        seen.map(|list| Ok(self.fit.blank_list(list)))
    }

    async fn unreported(&self, limit: u32) -> Outcome<Seen<Vec<UsageRecord>>> {
        let store = self.extension()?;
        let seen = call!(Entity::Usage, store, list_unreported_usage(limit));
        Ok(seen.map(|list| Ok(self.fit.blank_list(list))))
    }

    async fn mark(&self, id: &str, reported_at: DateTime<Utc>) -> Outcome<Seen<()>> {
        let store = self.extension()?;
        Ok(call!(Entity::Usage, store, mark_usage_reported(id, reported_at)))
    }

    fn extension(&self) -> Outcome<&Arc<dyn ReportableUsageStore>> {
        self.reportable.as_ref().ok_or_else(|| Failure::new("the subject was given no reportable extension"))
    }

    /// A record of what can be held.
    fn record(
        &self,
        name: &str,
        subscription: &str,
        metric: &str,
        quantity: i64,
        time: DateTime<Utc>,
    ) -> UsageRecord {
        self.fit.fit(UsageRecord::new(name, subscription, metric, quantity, time))
    }

    /// A bare record of a quantity.
    fn of(&self, name: &str, quantity: i64) -> UsageRecord {
        self.changed(self.bare(name), |record| record.quantity = quantity)
    }

    /// A bare record of one, recorded then.
    fn recorded(&self, name: &str, time: DateTime<Utc>) -> UsageRecord {
        self.timed(self.bare(name), time)
    }

    /// The id of a subscription of this name.
    fn subscription(&self, name: &str) -> String {
        self.fit.key("subscription_id", name)
    }

    /// The metric of this name.
    fn metric(&self, name: &str) -> String {
        self.fit.key("metric", name)
    }

    /// The sum of everything recorded with the metric of this record.
    async fn total(&self, record: &UsageRecord) -> Seen<i64> {
        let (from, to) = around(record.recorded_at);
        self.sum(&record.subscription_id, &record.metric, from, to).await
    }
}

/// The ends of a range that has this time: those that every store can hold, unless the time is beyond them.
fn around(time: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
    let (from, to) = held_times();
    if from <= time && time < to { (from, to) } else { (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC) }
}

#[async_trait]
impl Keeper for UsageSubject {
    type Record = UsageRecord;

    const TEXTS: &'static [Place<UsageRecord, String>] = &[
        ("id", |record, text| record.id = text),
        ("subscription_id", |record, text| record.subscription_id = text),
        ("metric", |record, text| record.metric = text),
        ("metadata", |record, text| drop(record.metadata.insert(text, "value".into()))),
        ("metadata", |record, text| drop(record.metadata.insert("key".into(), text))),
    ];

    const TIMES: &'static [Place<UsageRecord, DateTime<Utc>>] = &[
        // A range ends before its end, so what is recorded at the last instant of all is in none.
        ("recorded_at", |record, time| {
            record.recorded_at = time.min(DateTime::<Utc>::MAX_UTC - TimeDelta::seconds(1));
        }),
        ("provider_reported_at", |record, time| record.provider_reported_at = Some(time)),
    ];

    fn scale(&self) -> Scale {
        self.scale
    }

    fn fit(&self) -> &Fit<UsageRecord> {
        &self.fit
    }

    fn plain(id: &str) -> UsageRecord {
        UsageRecord::new(id, "subscription", "metric", 1, at(0))
    }

    fn filled(id: &str) -> UsageRecord {
        UsageRecord {
            id: id.into(),
            subscription_id: "full subscription".into(),
            metric: "full metric".into(),
            quantity: -250,
            recorded_at: at(101),
            metadata: [("color".into(), "blue".into()), ("rank".into(), "3".into())].into(),
            provider_reported_at: Some(at(102)),
        }
    }

    fn metadata(record: &mut UsageRecord) -> &mut BTreeMap<String, String> {
        &mut record.metadata
    }

    fn set_time(record: &mut UsageRecord, time: DateTime<Utc>) {
        record.recorded_at = time;
    }

    async fn save(&self, record: &UsageRecord) -> Seen<()> {
        call!(Entity::Usage, self.store, save_usage_record(record))
    }

    /// Usage can't be asked for by its id, so this looks for it in the list of its subscription.
    async fn read(&self, record: &UsageRecord) -> Seen<UsageRecord> {
        let (from, to) = around(record.recorded_at);
        let seen = self.list(&record.subscription_id, from, to).await;
        let absent = || StoreError::NotFound { entity: Entity::Usage, key: record.id.clone() };
        let with_id = |listed: Vec<UsageRecord>| listed.into_iter().find(|one| one.id == record.id);
        seen.map(|listed| with_id(listed).ok_or_else(absent))
    }

    async fn all(&self) -> Seen<Vec<UsageRecord>> {
        let (from, to) = around(at(0));
        self.list(&self.subscription("subscription"), from, to).await
    }
}

async fn quantities_are_kept_to_their_ends(usage: UsageSubject) -> Outcome {
    for quantity in INTEGERS {
        usage.keeps(&usage.of(&format!("{quantity}"), *quantity)).await?;
    }
    Ok(())
}

async fn a_key_that_cannot_be_held_has_no_usage(usage: UsageSubject) -> Outcome {
    usage.save(&usage.of("there", 1)).await.ok()?;
    for key in hard_keys() {
        usage.list(&key, usage.at(-10), usage.at(10)).await.is(&vec![])?;
        usage.sum(&key, &usage.metric("metric"), usage.at(-10), usage.at(10)).await.is(&0)?;
        usage.sum(&usage.subscription("subscription"), &key, usage.at(-10), usage.at(10)).await.is(&0)?;
    }
    Ok(())
}

async fn a_key_that_has_no_place_has_no_usage(usage: UsageSubject) -> Outcome {
    let there = usage.of("there", 1);
    usage.save(&there).await.ok()?;
    let (from, to) = (usage.at(-10), usage.at(10));
    for key in usage.fit.foreign("subscription_id", &there.subscription_id) {
        usage.list(&key, from, to).await.is(&vec![])?;
        usage.sum(&key, &there.metric, from, to).await.is(&0)?;
    }
    for key in usage.fit.foreign("metric", &there.metric) {
        usage.sum(&there.subscription_id, &key, from, to).await.is(&0)?;
    }
    Ok(())
}

async fn an_id_counts_once_for_each_key(usage: UsageSubject) -> Outcome {
    let Some(columns) = usage.fit.mapping().weaker.iter().find_map(|rule| match rule {
        Weaker::Key(columns) => Some(columns),
        _ => None,
    }) else {
        return Ok(());
    };
    let is_key = |field: &str| {
        matches!(usage.fit.mapping().field(field).home, Home::Column(column) if columns.contains(&column))
            || columns.contains(&field)
    };
    let first = usage.record("one", "first", "metric", 5, usage.at(0));
    usage.save(&first).await.ok()?;
    usage.save(&first).await.conflict(Conflict::Id)?;
    for (field, second) in [
        ("subscription_id", usage.record("one", "second", "metric", 7, usage.at(0))),
        ("metric", usage.record("one", "first", "second", 7, usage.at(0))),
        ("recorded_at", usage.record("one", "first", "metric", 7, usage.at(9))),
    ] {
        let seen = usage.save(&second).await;
        if is_key(field) { seen.ok()? } else { seen.conflict(Conflict::Id)? }
    }
    usage.save(&first).await.conflict(Conflict::Id)
}

async fn a_value_that_cannot_be_read_is_corrupt(usage: UsageSubject) -> Outcome {
    let Some(hook) = usage.corruptible.clone() else {
        return Ok(());
    };
    // Usage can't be deleted, so each broken row has a subscription of its own.
    let apart = |id: &str| usage.changed(usage.full(id), |record| record.subscription_id = id.into());
    each_field(&usage, &*hook, apart, Entity::Usage, |broken, field, column| {
        let usage = usage.clone();
        async move {
            // Where the time itself is broken, only a range without ends is sure to have the row.
            if field == "recorded_at" {
                return Ok(());
            }
            let listed = usage.list(&broken.subscription_id, usage.at(0), usage.at(1_000)).await;
            listed.corrupt(&broken.id, &column)
        }
    })
    .await
}

async fn lists_have_every_metric_of_one_subscription(usage: UsageSubject) -> Outcome {
    let record =
        |id: &str, subscription: &str, metric: &str| usage.record(id, subscription, metric, 1, usage.at(0));
    let all = [record("1", "a", "x"), record("2", "a", "y"), record("3", "b", "x")];
    for record in &all {
        usage.save(record).await.ok()?;
    }
    let (mut a, mut b) = (all[..2].to_vec(), all[2..].to_vec());
    usage.fit.sort(&mut a);
    usage.fit.sort(&mut b);
    usage.list(&usage.subscription("a"), usage.at(0), usage.at(1)).await.is(&a)?;
    usage.list(&usage.subscription("b"), usage.at(0), usage.at(1)).await.is(&b)
}

async fn subscriptions_and_metrics_are_compared_byte_for_byte(usage: UsageSubject) -> Outcome {
    for (number, text) in ALIKE.iter().enumerate() {
        let quantity = 1 << number;
        let records = [
            usage.record(&format!("subscription {number}"), text, "metric", quantity, usage.at(0)),
            usage.record(&format!("metric {number}"), "subscription", text, quantity, usage.at(0)),
        ];
        for record in &records {
            usage.save(record).await.ok()?;
        }
    }
    for (number, text) in ALIKE.iter().enumerate() {
        let quantity = usage.of("any", 1 << number).quantity;
        let (subscription, metric) = (usage.subscription("subscription"), usage.metric("metric"));
        let (of_text, in_text) = (usage.subscription(text), usage.metric(text));
        usage.sum(&of_text, &metric, usage.at(0), usage.at(1)).await.is(&quantity)?;
        usage.sum(&subscription, &in_text, usage.at(0), usage.at(1)).await.is(&quantity)?;
        let listed = usage.list(&of_text, usage.at(0), usage.at(1)).await.ok()?;
        let ids: Vec<_> = listed.iter().map(|record| &record.id).collect();
        expect(ids == [&usage.key(&format!("subscription {number}"))], || {
            format!("the usage of {text:?} has the ids {ids:?}")
        })?;
    }
    Ok(())
}

async fn a_repeated_id_is_refused_and_counts_once(usage: UsageSubject) -> Outcome {
    let record = usage.of("one", 5);
    usage.save(&record).await.ok()?;
    let another = usage.record("one", "another", "another", 7, usage.at(1));
    for repeat in [&record, &usage.of("one", 6), &usage.recorded("one", usage.at(1)), &another] {
        usage.save(repeat).await.conflict(Conflict::Id)?;
    }
    usage.total(&record).await.is(&record.quantity)?;
    usage.total(&another).await.is(&0)?;
    usage.all().await.is(&vec![record])
}

async fn racing_records_of_one_id_count_once(usage: UsageSubject) -> Outcome {
    for round in 0..usage.scale.rounds {
        let record =
            usage.record(&format!("raced {round}"), &format!("round {round}"), "metric", 5, usage.at(0));
        let save = |_| {
            let (usage, record) = (usage.clone(), record.clone());
            async move { usage.save(&record).await }
        };
        let results = together((0..usage.scale.tasks).map(save).collect()).await?;
        let winners = results.iter().filter(|seen| seen.result.is_ok()).count();
        expect(winners == 1, || {
            format!("expected one of the racing records of one id to be saved, got {winners}")
        })?;
        for seen in results.iter().filter(|seen| seen.result.is_err()) {
            seen.conflict(Conflict::Id)?;
        }
        usage.total(&record).await.is(&record.quantity)?;
    }
    Ok(())
}

async fn no_reportable_extension_is_found(usage: UsageSubject) -> Outcome {
    match usage.store.as_reportable() {
        None => Ok(()),
        Some(_) => Err(Failure::new(
            "`as_reportable()`: expected None of a store that is not declared reportable, got Some",
        )),
    }
}
