//! Look-ups and filters: S2, and what the general rules say of them.

use store_model::mapping::Weaker;

use crate::contract::every::{Editable, Keeper};
use crate::contract::rule::Outcome;
use crate::contract::samples::{ALIKE, OTHER_WORDS, hard_keys};
use crate::subscription::SubscriptionStatus::{Active, Canceled, Expired, PastDue, Paused, Trialing};
use crate::subscription::{Subscription, SubscriptionFilter, SubscriptionStatus};

use super::SubscriptionSubject;

pub(super) async fn looking_up_what_cannot_be_held_is_not_found(
    subscriptions: SubscriptionSubject,
) -> Outcome {
    for key in hard_keys() {
        subscriptions.by_provider_id(&key).await.not_found(&key)?;
        subscriptions.active(&key).await.not_found(&key)?;
    }
    Ok(())
}

pub(super) async fn filtering_by_what_cannot_be_held_matches_nothing(
    subscriptions: SubscriptionSubject,
) -> Outcome {
    subscriptions.save(&subscriptions.bare("there")).await.ok()?;
    for key in hard_keys() {
        for filter in filters(&key) {
            subscriptions.list(&filter).await.is(&vec![])?;
        }
    }
    Ok(())
}

pub(super) async fn looking_up_what_has_no_place_is_not_found(subscriptions: SubscriptionSubject) -> Outcome {
    let there = subscriptions.of("there", "there", Active);
    let there = subscriptions.changed(there, |there| there.provider_id = Some("there".into()));
    subscriptions.save(&there).await.ok()?;
    for key in subscriptions.fit().foreign("id", &there.id) {
        subscriptions.get(&key).await.not_found(&key)?;
        subscriptions.delete(&key).await.not_found(&key)?;
    }
    for key in subscriptions.fit().foreign("provider_id", there.provider_id.as_deref().unwrap_or_default()) {
        subscriptions.by_provider_id(&key).await.not_found(&key)?;
    }
    for key in subscriptions.fit().foreign("subscriber_id", &there.subscriber_id) {
        subscriptions.active(&key).await.not_found(&key)?;
    }
    subscriptions.holds(&there).await
}

pub(super) async fn filtering_by_what_has_no_place_matches_nothing(
    subscriptions: SubscriptionSubject,
) -> Outcome {
    let there = subscriptions.bare("there");
    subscriptions.save(&there).await.ok()?;
    let foreign = |field, held| subscriptions.fit().foreign(field, held).into_iter().map(Some);
    let none = SubscriptionFilter::default();
    let by_subscriber = foreign("subscriber_id", &there.subscriber_id)
        .map(|subscriber_id| SubscriptionFilter { subscriber_id, ..none.clone() });
    let by_plan =
        foreign("plan_id", &there.plan_id).map(|plan_id| SubscriptionFilter { plan_id, ..none.clone() });
    let by_status = foreign("status", there.status.as_str())
        .map(|status| SubscriptionFilter { status: status.map(SubscriptionStatus::from), ..none.clone() });
    for filter in by_subscriber.chain(by_plan).chain(by_status) {
        subscriptions.list(&filter).await.is(&vec![])?;
        let both = SubscriptionFilter { subscriber_id: Some(there.subscriber_id.clone()), ..filter };
        if both.plan_id.is_some() || both.status.is_some() {
            subscriptions.list(&both).await.is(&vec![])?;
        }
    }
    subscriptions.all().await.is(&vec![there])
}

pub(super) async fn of_several_with_a_provider_id_the_live_one_is_found(s: SubscriptionSubject) -> Outcome {
    if !s.fit().is(&Weaker::ProviderIdRepeats) {
        return Ok(());
    }
    let record = |name: &str, second: i64, status| {
        let record = s.timed(s.of(name, name, status), s.at(second));
        s.changed(record, |record| record.provider_id = Some("one of all".into()))
    };
    let [old, new, live] = [record("z", 1, Canceled), record("a", 2, Canceled), record("live", 0, Active)];
    let newest = newest(&s, &[old.clone(), new.clone()]);
    let provider_id = s.provider("one of all");
    for (saved, found) in [(&new, &new), (&old, &newest), (&live, &live)] {
        s.save(saved).await.ok()?;
        s.by_provider_id(&provider_id).await.is(found)?;
    }
    s.delete(&live.id).await.ok()?;
    s.by_provider_id(&provider_id).await.is(&newest)
}

/// The last of them, as the store orders them: by an id of numbers as well, and by the id alone where it keeps no time.
fn newest<const N: usize>(subscriptions: &SubscriptionSubject, several: &[Subscription; N]) -> Subscription {
    let mut sorted = several.clone();
    subscriptions.fit().sort(&mut sorted);
    sorted[N - 1].clone()
}

pub(super) async fn looking_up_the_absent_is_not_found(subscriptions: SubscriptionSubject) -> Outcome {
    for _ in ["in an empty store", "in one that has another"] {
        let (provider_id, subscriber_id) =
            (subscriptions.provider("absent"), subscriptions.subscriber("absent"));
        subscriptions.by_provider_id(&provider_id).await.not_found(&provider_id)?;
        subscriptions.active(&subscriber_id).await.not_found(&subscriber_id)?;
        let other = subscriptions.of("other", "other", Active);
        let other = subscriptions.changed(other, |other| other.provider_id = Some("other".into()));
        subscriptions.save(&other).await.ok()?;
    }
    // An id is not a provider id, and no provider id is not an empty one.
    subscriptions.save(&subscriptions.bare("bare")).await.ok()?;
    for name in ["bare", ""] {
        let provider_id = subscriptions.provider(name);
        subscriptions.by_provider_id(&provider_id).await.not_found(&provider_id)?;
    }
    Ok(())
}

pub(super) async fn looking_up_provider_ids_compares_byte_for_byte(
    subscriptions: SubscriptionSubject,
) -> Outcome {
    for (number, provider_id) in ALIKE.iter().enumerate() {
        let subscription = subscriptions.provided("one", provider_id);
        subscriptions.save(&subscription).await.ok()?;
        for (other, provider_id) in ALIKE.iter().enumerate() {
            let provider_id = subscriptions.provider(provider_id);
            let seen = subscriptions.by_provider_id(&provider_id).await;
            if other == number { seen.is(&subscription) } else { seen.not_found(&provider_id) }?;
        }
    }
    Ok(())
}

pub(super) async fn looking_up_subscribers_compares_byte_for_byte(
    subscriptions: SubscriptionSubject,
) -> Outcome {
    for (number, subscriber_id) in ALIKE.iter().enumerate() {
        let subscription = subscriptions.of("one", subscriber_id, Active);
        subscriptions.save(&subscription).await.ok()?;
        for (other, subscriber_id) in ALIKE.iter().enumerate() {
            let subscriber_id = subscriptions.subscriber(subscriber_id);
            let seen = subscriptions.active(&subscriber_id).await;
            if other == number { seen.is(&subscription) } else { seen.not_found(&subscriber_id) }?;
        }
    }
    Ok(())
}

pub(super) async fn filters_compare_byte_for_byte(subscriptions: SubscriptionSubject) -> Outcome {
    let alike = |(number, text): (usize, &&str)| {
        let subscription = subscriptions.of(&format!("id {number}"), text, SubscriptionStatus::new(*text));
        subscriptions.changed(subscription, |subscription| subscription.plan_id = (*text).into())
    };
    let all: Vec<_> = ALIKE.iter().enumerate().map(alike).collect();
    for subscription in &all {
        subscriptions.save(subscription).await.ok()?;
    }
    for text in ALIKE {
        for filter in filters(text).map(|filter| subscriptions.filter(filter)) {
            subscriptions.list(&filter).await.is(&subscriptions.selected(&all, &filter))?;
        }
    }
    Ok(())
}

pub(super) async fn filters_select_what_satisfies_every_part(subscriptions: SubscriptionSubject) -> Outcome {
    let mut all = Vec::new();
    for subscriber_id in ["s1", "s2"] {
        for plan_id in ["p1", "p2"] {
            for status in [Paused, Canceled, SubscriptionStatus::new("incomplete")] {
                let subscription = subscriptions.of(&format!("id {}", all.len()), subscriber_id, status);
                all.push(subscriptions.changed(subscription, |subscription| {
                    subscription.plan_id = plan_id.into();
                    // Times fall as ids rise, and some are equal.
                    subscription.created_at = subscriptions.at(9 - all.len() as i64 / 2);
                }));
            }
        }
    }
    all.push(subscriptions.of("live", "s1", Active));
    for subscription in &all {
        subscriptions.save(subscription).await.ok()?;
    }
    let statuses =
        [Paused, Active, Trialing, SubscriptionStatus::new("incomplete"), SubscriptionStatus::new("")];
    for subscriber_id in [None, Some("s1"), Some("none"), Some("")] {
        for plan_id in [None, Some("p1"), Some("none"), Some("")] {
            for status in [None].into_iter().chain(statuses.iter().cloned().map(Some)) {
                let filter = subscriptions.filter(SubscriptionFilter {
                    subscriber_id: subscriber_id.map(String::from),
                    plan_id: plan_id.map(String::from),
                    status,
                });
                subscriptions.list(&filter).await.is(&subscriptions.selected(&all, &filter))?;
            }
        }
    }
    Ok(())
}

/// The filters that have the text in some of their parts.
fn filters(text: &str) -> impl Iterator<Item = SubscriptionFilter> {
    (1..8).map(move |parts| SubscriptionFilter {
        subscriber_id: (parts & 1 != 0).then(|| text.into()),
        plan_id: (parts & 2 != 0).then(|| text.into()),
        status: (parts & 4 != 0).then(|| text.into()),
    })
}

impl SubscriptionSubject {
    /// A filter of what can be held.
    pub(super) fn filter(&self, filter: SubscriptionFilter) -> SubscriptionFilter {
        SubscriptionFilter {
            subscriber_id: filter.subscriber_id.map(|name| self.subscriber(&name)),
            plan_id: filter.plan_id.map(|name| self.fit.key("plan_id", &name)),
            status: filter.status.map(|status| self.fit.key("status", status.as_str()).into()),
        }
    }

    /// What a filter lets through, in order.
    pub(super) fn selected<'a>(
        &self,
        all: impl IntoIterator<Item = &'a Subscription>,
        filter: &SubscriptionFilter,
    ) -> Vec<Subscription> {
        let wanted = |subscription: &&Subscription| {
            filter.subscriber_id.as_ref().is_none_or(|id| *id == subscription.subscriber_id)
                && filter.plan_id.as_ref().is_none_or(|id| *id == subscription.plan_id)
                && filter.status.as_ref().is_none_or(|status| *status == subscription.status)
        };
        let mut selected: Vec<_> = all.into_iter().filter(wanted).cloned().collect();
        self.fit.sort(&mut selected);
        selected
    }
}

pub(super) async fn only_a_live_one_is_the_active_one(subscriptions: SubscriptionSubject) -> Outcome {
    let others = OTHER_WORDS.iter().map(|word| SubscriptionStatus::new(*word));
    let statuses = [Active, Trialing, Paused, PastDue, Canceled, Expired].into_iter().chain(others);
    for (number, status) in statuses.enumerate() {
        let (id, subscriber) = (format!("id {number}"), format!("subscriber {number}"));
        let subscription = subscriptions.of(&id, &subscriber, status);
        subscriptions.save(&subscription).await.ok()?;
        let seen = subscriptions.active(&subscription.subscriber_id).await;
        if subscription.status.is_live() {
            seen.is(&subscription)?;
        } else {
            seen.not_found(&subscription.subscriber_id)?;
        }
    }
    // One that is not live does not hide the live one, newer or older.
    let ended = subscriptions.of("ended", "subscriber 0", Canceled);
    for time in [subscriptions.at(-5), subscriptions.at(5)] {
        subscriptions.save(&subscriptions.timed(ended.clone(), time)).await.ok()?;
        subscriptions.active(&ended.subscriber_id).await.is(&subscriptions.of(
            "id 0",
            "subscriber 0",
            Active,
        ))?;
    }
    Ok(())
}

pub(super) async fn the_active_one_follows_every_change(subscriptions: SubscriptionSubject) -> Outcome {
    for (subscriber, status) in [
        ("old", Paused),
        ("old", Active),
        ("old", Trialing),
        ("new", Trialing),
        ("new", Expired),
        ("old", Active),
    ] {
        let subscription = subscriptions.of("one", subscriber, status);
        subscriptions.save(&subscription).await.ok()?;
        for asked in ["old", "new"].map(|name| subscriptions.subscriber(name)) {
            let seen = subscriptions.active(&asked).await;
            if subscription.status.is_live() && asked == subscription.subscriber_id {
                seen.is(&subscription)?;
            } else {
                seen.not_found(&asked)?;
            }
        }
    }
    subscriptions.delete(&subscriptions.key("one")).await.ok()?;
    let old = subscriptions.subscriber("old");
    subscriptions.active(&old).await.not_found(&old)
}

pub(super) async fn a_provider_id_finds_its_record(subscriptions: SubscriptionSubject) -> Outcome {
    let (first, second) = (subscriptions.of("first", "s", Active), subscriptions.of("second", "t", Canceled));
    let first = subscriptions.changed(first, |first| first.provider_id = Some("p1".into()));
    let second = subscriptions.changed(second, |second| second.provider_id = Some(String::new()));
    subscriptions.save(&first).await.ok()?;
    subscriptions.save(&second).await.ok()?;
    for subscription in [&first, &second] {
        // An empty one may be none.
        if let Some(provider_id) = &subscription.provider_id {
            subscriptions.by_provider_id(provider_id).await.is(subscription)?;
        }
    }
    Ok(())
}

pub(super) async fn a_look_up_by_provider_id_follows_every_change(
    subscriptions: SubscriptionSubject,
) -> Outcome {
    subscriptions.save(&subscriptions.provided("one", "old")).await.ok()?;
    let changed = subscriptions.provided("one", "new");
    subscriptions.save(&changed).await.ok()?;
    let (old, new) = (subscriptions.provider("old"), subscriptions.provider("new"));
    subscriptions.by_provider_id(&old).await.not_found(&old)?;
    subscriptions.by_provider_id(&new).await.is(&changed)?;
    subscriptions.save(&subscriptions.bare("one")).await.ok()?;
    subscriptions.by_provider_id(&new).await.not_found(&new)?;
    subscriptions.save(&changed).await.ok()?;
    subscriptions.delete(&subscriptions.key("one")).await.ok()?;
    subscriptions.by_provider_id(&new).await.not_found(&new)
}

pub(super) async fn of_several_live_ones_the_newest_is_active(subscriptions: SubscriptionSubject) -> Outcome {
    let live = |id: &str, second: i64, status| {
        subscriptions.timed(subscriptions.of(id, "s", status), subscriptions.at(second))
    };
    // Saved out of order; the newest of all is not live, and two that are share a time.
    let all_live = [live("z", 1, Active), live("b", 2, Trialing), live("a", 2, Active)];
    for subscription in all_live.iter().chain([&live("zz", 3, Canceled)]) {
        subscriptions.save(subscription).await.ok()?;
    }
    let newest = newest(&subscriptions, &all_live);
    subscriptions.active(&newest.subscriber_id).await.is(&newest)
}
