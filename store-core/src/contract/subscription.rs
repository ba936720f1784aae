//! The rules of [`SubscriptionStore`] and [`AtomicSubscriptionStore`].

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use store_model::mapping::{Mapping, Weaker};

use self::atomic::*;
use self::look_up::*;
use self::model::random_operations_agree_with_a_model;
use super::every::corrupt::each_field;
use super::every::rules::*;
use super::every::{Editable, Keeper, Place};
use super::fit::Fit;
use super::rule::{Failure, Outcome};
use super::samples::{OTHER_WORDS, at};
use super::seen::{Seen, call};
use super::subject::{Corruptible, Scale};
use super::table::rules;
use crate::error::Entity;
use crate::subscription::{
    AtomicSubscriptionStore, Subscription, SubscriptionFilter, SubscriptionStatus, SubscriptionStore,
};

mod atomic;
mod look_up;
mod model;

#[doc(hidden)]
#[macro_export]
macro_rules! __subscription_rules {
    ($callback:path, $arguments:tt) => {
        $callback! { $arguments
            [always] G1 every_field_is_kept;
            [always] G1 empty_texts_are_kept;
            [always] G1 any_text_is_kept;
            [always] G1 metadata_of_any_shape_is_kept;
            [always] G1 times_are_cut_to_microseconds;
            [always] G1 statuses_are_kept_whatever_the_word;
            [with atomic] G1 creating_keeps_every_field;
            [with atomic] G1 creating_keeps_any_text;
            [with atomic] G1 creating_cuts_times_to_microseconds;
            [with mapping] G1 a_field_without_a_place_refuses_values;
            [with mapping] G1 a_field_of_one_value_refuses_others;
            [with mapping] G1 fields_of_one_column_refuse_a_second_value;
            [with mapping] G1 a_word_without_a_label_is_refused;
            [with mapping] G1 a_value_that_reads_as_none_is_refused;
            [with mapping] G1 none_is_refused_where_there_must_be_something;
            [with mapping] G1 a_value_that_no_other_table_has_is_refused;
            [with mapping] G1 a_key_without_a_place_is_refused;
            [with mapping] G1 a_value_that_other_fields_contradict_is_refused;
            [with mapping] G1 a_time_that_is_too_fine_is_refused;
            [with mapping] G1 times_are_cut_to_their_step;
            [with mapping] G1 what_is_dropped_reads_as_declared;
            [with mapping] G1 what_the_database_makes_is_not_written;
            [always] G2 a_nul_is_kept_or_refused;
            [always] G2 a_long_text_is_kept_or_refused;
            [always] G2 a_far_time_is_kept_or_refused;
            [always] G2 a_refused_replacement_changes_nothing;
            [always] G2 a_key_that_cannot_be_held_is_not_found;
            [always] G2 deleting_a_key_that_cannot_be_held_is_not_found;
            [always] G2 looking_up_what_cannot_be_held_is_not_found;
            [always] G2 filtering_by_what_cannot_be_held_matches_nothing;
            [with atomic] G2 creating_keeps_or_refuses_a_nul;
            [with atomic] G2 creating_keeps_or_refuses_a_long_text;
            [with atomic] G2 creating_keeps_or_refuses_a_far_time;
            [with mapping] G2 a_text_in_another_form_is_refused;
            [with mapping] G2 a_time_out_of_range_is_refused;
            [with mapping] G2 replacing_refuses_what_cannot_be_held;
            [with mapping] G2 creating_refuses_what_cannot_be_held;
            [with mapping] G2 looking_up_what_has_no_place_is_not_found;
            [with mapping] G2 filtering_by_what_has_no_place_matches_nothing;
            [with corruptible] G3 a_value_that_cannot_be_read_is_corrupt;
            [always] G4 getting_the_absent_is_not_found;
            [always] G4 deleting_the_absent_is_not_found;
            [always] G4 looking_up_the_absent_is_not_found;
            [always] G4 the_deleted_is_gone;
            [always] G4 a_list_of_nothing_is_empty;
            [always] G5 lists_are_ordered_by_time;
            [always] G5 ties_are_ordered_by_the_bytes_of_the_id;
            [always] G5 filters_select_what_satisfies_every_part;
            [always] G6 ids_are_compared_byte_for_byte;
            [always] G6 deleting_compares_ids_byte_for_byte;
            [always] G6 provider_ids_are_compared_byte_for_byte;
            [always] G6 looking_up_provider_ids_compares_byte_for_byte;
            [always] G6 looking_up_subscribers_compares_byte_for_byte;
            [always] G6 filters_compare_byte_for_byte;
            [with atomic] G6 creating_compares_subscribers_byte_for_byte;
            [with mapping] G6 an_id_that_folds_into_another_is_refused;
            [always] G7 an_abandoned_save_is_whole_or_absent;
            [always] G7 an_abandoned_replacement_leaves_old_or_new;
            [always] G7 an_abandoned_delete_leaves_the_record_or_nothing;
            [with atomic] G7 an_abandoned_create_is_whole_or_absent;
            [always] S1 replacing_keeps_every_field;
            [always] S1 replacing_keeps_any_value;
            [always] S1 saving_again_makes_no_second_record;
            [always] S1 saving_touches_no_other_record;
            [always] S1 racing_saves_of_one_id_leave_one_of_them_whole;
            [always] S2 only_a_live_one_is_the_active_one;
            [always] S2 the_active_one_follows_every_change;
            [always] S2 a_provider_id_finds_its_record;
            [always] S2 a_look_up_by_provider_id_follows_every_change;
            [without atomic] S2 of_several_live_ones_the_newest_is_active;
            [with atomic] S3 a_second_live_create_is_refused;
            [with atomic] S3 a_create_that_is_not_live_is_refused_beside_a_live_one;
            [with atomic] S3 a_create_is_accepted_beside_what_is_not_live;
            [with atomic] S3 a_create_is_accepted_once_the_live_one_has_ended;
            [with atomic] S3 a_create_is_accepted_beside_other_subscribers;
            [with atomic] S3 a_create_never_replaces;
            [with atomic] S3 a_create_tells_the_first_reason_of_its_refusal;
            [with atomic] S3 racing_creates_have_one_winner;
            [with atomic] S3 racing_creates_of_one_id_have_one_winner;
            [with atomic] S3 racing_creates_of_one_provider_id_have_one_winner;
            [with atomic] S3 racing_creates_of_different_subscribers_all_win;
            [with atomic] S4 saving_a_second_live_one_is_refused;
            [with atomic] S4 making_a_second_one_live_is_refused;
            [with atomic] S4 moving_a_live_one_to_a_taken_subscriber_is_refused;
            [with atomic] S4 saving_the_live_one_again_is_accepted;
            [with atomic] S4 a_save_tells_the_first_reason_of_its_refusal;
            [with atomic] S4 racing_saves_and_creates_leave_one_live_one;
            [with atomic] S4 racing_promotions_leave_one_live_one;
            [always] S5 a_taken_provider_id_is_refused;
            [always] S5 replacing_can_not_take_a_provider_id;
            [always] S5 a_record_keeps_its_own_provider_id;
            [always] S5 records_without_provider_id_do_not_collide;
            [always] S5 a_given_up_provider_id_can_be_taken;
            [always] S5 racing_saves_of_one_provider_id_have_one_winner;
            [with atomic] K1 the_atomic_extension_is_found;
            [without atomic] K1 no_atomic_extension_is_found;
            [with mapping] S1 a_deleted_id_is_not_used_again;
            [with mapping] S3 a_subscriber_may_have_one_subscription;
            [with mapping] S5 a_provider_id_may_repeat;
            [with mapping] S5 of_several_with_a_provider_id_the_live_one_is_found;
            [with mapping] RO every_write_is_refused_where_nothing_can_be_written;
            [always] ALL random_operations_agree_with_a_model;
        }
    };
}
__subscription_rules! { rules, [SubscriptionSubject] }

/// A subscription store under test; a clone is a handle to the same store.
///
/// ```
/// use std::sync::Arc;
///
/// use store_core::contract::Scale;
/// use store_core::contract::subscription::SubscriptionSubject;
///
/// let store = Arc::new(store_memory::MemorySubscriptionStore::new());
/// let subject = SubscriptionSubject::new(store.clone()).atomic(store).scale(Scale { rounds: 200, ..Scale::default() });
/// ```
#[derive(Clone)]
pub struct SubscriptionSubject {
    store: Arc<dyn SubscriptionStore>,
    atomic: Option<Arc<dyn AtomicSubscriptionStore>>,
    corruptible: Option<Arc<dyn Corruptible>>,
    scale: Scale,
    fit: Fit<Subscription>,
}

impl SubscriptionSubject {
    /// A subject of a fresh, empty store.
    #[must_use]
    pub fn new(store: Arc<dyn SubscriptionStore>) -> Self {
        Self { store, atomic: None, corruptible: None, scale: Scale::default(), fit: Fit::whole() }
    }

    /// Adds the atomic extension of the same store.
    #[must_use]
    pub fn atomic(self, store: Arc<dyn AtomicSubscriptionStore>) -> Self {
        Self { atomic: Some(store), ..self }
    }

    /// Adds the hook that breaks rows.
    #[must_use]
    pub fn corruptible(self, hook: Arc<dyn Corruptible>) -> Self {
        Self { corruptible: Some(hook), ..self }
    }

    /// Sets what the store says of itself, as `SqlSubscriptionStore::subscription_mapping` gives it.
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
    /// use store_core::contract::subscription::SubscriptionSubject;
    /// use store_core::mapping::Mapping;
    ///
    /// let store = Arc::new(store_memory::MemorySubscriptionStore::new());
    /// let subject = SubscriptionSubject::new(store).mapping(Mapping::whole(Entity::Subscription));
    /// ```
    #[must_use]
    pub fn mapping(self, mapping: Mapping) -> Self {
        Self { fit: self.fit.saying(mapping), ..self }
    }

    /// Sets what makes a record agree with its status, where the status has no column and other fields decide it.
    ///
    /// The rules call it with every record that they make, and save what it leaves; what it takes from them, they can't test.
    ///
    /// ```
    /// use std::sync::Arc;
    ///
    /// use store_core::SubscriptionStatus::Canceled;
    /// use store_core::contract::subscription::SubscriptionSubject;
    ///
    /// let store = Arc::new(store_memory::MemorySubscriptionStore::new());
    /// let subject = SubscriptionSubject::new(store).agreeing(|subscription| {
    ///     let time = subscription.canceled_at.unwrap_or(subscription.updated_at);
    ///     subscription.canceled_at = (subscription.status == Canceled).then_some(time);
    /// });
    /// ```
    #[must_use]
    pub fn agreeing(self, agree: fn(&mut Subscription)) -> Self {
        Self { fit: self.fit.agreeing(agree), ..self }
    }

    /// Sets how much the rules do.
    #[must_use]
    pub fn scale(self, scale: Scale) -> Self {
        Self { scale, ..self }
    }

    async fn get(&self, id: &str) -> Seen<Subscription> {
        call!(Entity::Subscription, self.store, get_subscription(id)).map(|one| Ok(self.fit.blank(one)))
    }

    async fn by_provider_id(&self, provider_id: &str) -> Seen<Subscription> {
        let seen = call!(Entity::Subscription, self.store, get_subscription_by_provider_id(provider_id));
        seen.map(|one| Ok(self.fit.blank(one)))
    }

    async fn active(&self, subscriber_id: &str) -> Seen<Subscription> {
        let seen = call!(Entity::Subscription, self.store, get_active_subscription(subscriber_id));
        seen.map(|one| Ok(self.fit.blank(one)))
    }

    async fn list(&self, filter: &SubscriptionFilter) -> Seen<Vec<Subscription>> {
        let seen = call!(Entity::Subscription, self.store, list_subscriptions(filter));
        seen.map(|list| Ok(self.fit.blank_list(list)))
    }

    async fn create(&self, subscription: &Subscription) -> Seen<()> {
        let Some(atomic) = &self.atomic else {
            return self.save(subscription).await;
        };
        call!(Entity::Subscription, atomic, create_subscription_if_not_active(subscription))
    }

    /// A bare subscription of a subscriber.
    fn of(&self, name: &str, subscriber: &str, status: SubscriptionStatus) -> Subscription {
        self.changed(self.bare(name), |subscription| {
            subscription.subscriber_id = subscriber.into();
            subscription.status = status;
        })
    }

    /// The id of a subscriber of this name.
    fn subscriber(&self, name: &str) -> String {
        self.fit.key("subscriber_id", name)
    }

    /// The provider id of this name.
    fn provider(&self, name: &str) -> String {
        self.fit.key("provider_id", name)
    }

    /// The live subscriptions of a subscriber.
    async fn live(&self, subscriber_id: &str) -> Outcome<Vec<Subscription>> {
        let filter = SubscriptionFilter { subscriber_id: Some(subscriber_id.into()), ..Default::default() };
        let mut listed = self.list(&filter).await.ok()?;
        listed.retain(|subscription| subscription.status.is_live());
        Ok(listed)
    }

    /// Fails unless this is the one live subscription of its subscriber, by every way that leads to it.
    async fn alone_live(&self, subscription: &Subscription) -> Outcome {
        let live = self.live(&subscription.subscriber_id).await?;
        if live != [subscription.clone()] {
            let expected = &subscription.id;
            return Err(Failure::new(format!(
                "expected {expected:?} to be the one live subscription, got {live:?}"
            )));
        }
        self.active(&subscription.subscriber_id).await.is(subscription)
    }
}

#[async_trait]
impl Keeper for SubscriptionSubject {
    type Record = Subscription;

    const TEXTS: &'static [Place<Subscription, String>] = &[
        ("id", |subscription, text| subscription.id = text),
        ("provider_id", |subscription, text| subscription.provider_id = Some(text)),
        ("subscriber_id", |subscription, text| subscription.subscriber_id = text),
        ("plan_id", |subscription, text| subscription.plan_id = text),
        ("status", |subscription, text| subscription.status = text.into()),
        ("metadata", |subscription, text| drop(subscription.metadata.insert(text, "value".into()))),
        ("metadata", |subscription, text| drop(subscription.metadata.insert("key".into(), text))),
    ];

    const TIMES: &'static [Place<Subscription, DateTime<Utc>>] = &[
        ("current_period_start", |subscription, time| subscription.current_period_start = time),
        ("current_period_end", |subscription, time| subscription.current_period_end = time),
        ("trial_start", |subscription, time| subscription.trial_start = Some(time)),
        ("trial_end", |subscription, time| subscription.trial_end = Some(time)),
        ("canceled_at", |subscription, time| subscription.canceled_at = Some(time)),
        ("paused_at", |subscription, time| subscription.paused_at = Some(time)),
        ("created_at", |subscription, time| subscription.created_at = time),
        ("updated_at", |subscription, time| subscription.updated_at = time),
    ];

    fn scale(&self) -> Scale {
        self.scale
    }

    fn fit(&self) -> &Fit<Subscription> {
        &self.fit
    }

    fn bare(&self, name: &str) -> Subscription {
        let mut subscription = Self::plain(name);
        if self.fit.is(&Weaker::OnePerSubscriber) {
            subscription.subscriber_id = format!("subscriber of {name}");
        }
        self.fit.fit(subscription)
    }

    fn full(&self, name: &str) -> Subscription {
        let mut subscription = Self::filled(name);
        if self.fit.is(&Weaker::OnePerSubscriber) {
            subscription.subscriber_id = format!("subscriber of {name}");
        }
        self.fit.fit(subscription)
    }

    fn plain(id: &str) -> Subscription {
        let mut subscription =
            Subscription::new(id, "subscriber", "plan", SubscriptionStatus::Paused, at(0)..at(100));
        (subscription.created_at, subscription.updated_at) = (at(0), at(0));
        subscription
    }

    fn filled(id: &str) -> Subscription {
        Subscription {
            id: id.into(),
            provider_id: Some(format!("provider of {id}")),
            subscriber_id: "full subscriber".into(),
            plan_id: "full plan".into(),
            status: SubscriptionStatus::PastDue,
            current_period_start: at(101),
            current_period_end: at(102),
            trial_start: Some(at(103)),
            trial_end: Some(at(104)),
            canceled_at: Some(at(105)),
            paused_at: Some(at(106)),
            metadata: [("color".into(), "blue".into()), ("rank".into(), "3".into())].into(),
            created_at: at(107),
            updated_at: at(108),
        }
    }

    fn metadata(subscription: &mut Subscription) -> &mut BTreeMap<String, String> {
        &mut subscription.metadata
    }

    fn set_time(subscription: &mut Subscription, time: DateTime<Utc>) {
        subscription.created_at = time;
    }

    async fn save(&self, subscription: &Subscription) -> Seen<()> {
        call!(Entity::Subscription, self.store, save_subscription(subscription))
    }

    async fn read(&self, subscription: &Subscription) -> Seen<Subscription> {
        self.get(&subscription.id).await
    }

    async fn all(&self) -> Seen<Vec<Subscription>> {
        self.list(&SubscriptionFilter::default()).await
    }
}

#[async_trait]
impl Editable for SubscriptionSubject {
    fn provider_id(subscription: &mut Subscription) -> &mut Option<String> {
        &mut subscription.provider_id
    }

    async fn delete(&self, id: &str) -> Seen<()> {
        call!(Entity::Subscription, self.store, delete_subscription(id))
    }
}

async fn statuses_are_kept_whatever_the_word(subscriptions: SubscriptionSubject) -> Outcome {
    use SubscriptionStatus::{Active, Canceled, Expired, PastDue, Paused, Trialing};
    let others = OTHER_WORDS.iter().map(|word| SubscriptionStatus::new(*word));
    let known = [Trialing, Active, Paused, PastDue, Canceled, Expired];
    for (number, status) in known.into_iter().chain(others).enumerate() {
        let id = format!("in {number}");
        subscriptions.keeps(&subscriptions.of(&id, &id, status)).await?;
    }
    Ok(())
}

async fn a_value_that_cannot_be_read_is_corrupt(subscriptions: SubscriptionSubject) -> Outcome {
    let Some(hook) = subscriptions.corruptible.clone() else {
        return Ok(());
    };
    each_field(
        &subscriptions,
        &*hook,
        |name| subscriptions.full(name),
        Entity::Subscription,
        |broken, field, column| {
            let subscriptions = subscriptions.clone();
            async move {
                subscriptions.get(&broken.id).await.corrupt(&broken.id, &column)?;
                subscriptions.all().await.corrupt(&broken.id, &column)?;
                if let Some(provider_id) = broken.provider_id.filter(|_| field != "provider_id") {
                    subscriptions.by_provider_id(&provider_id).await.corrupt(&broken.id, &column)?;
                }
                subscriptions.delete(&broken.id).await.ok()
            }
        },
    )
    .await
}

async fn no_atomic_extension_is_found(subscriptions: SubscriptionSubject) -> Outcome {
    match subscriptions.store.as_atomic() {
        None => Ok(()),
        Some(_) => {
            Err(Failure::new("`as_atomic()`: expected None of a store that is not declared atomic, got Some"))
        }
    }
}
