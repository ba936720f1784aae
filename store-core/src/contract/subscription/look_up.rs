//! Look-ups and filters: S2, and what the general rules say of them.

use crate::contract::every::{Editable, Keeper};
use crate::contract::rule::Outcome;
use crate::contract::samples::{ALIKE, OTHER_WORDS, at, hard_keys};
use crate::subscription::SubscriptionStatus::{Active, Canceled, Expired, PastDue, Paused, Trialing};
use crate::subscription::{Subscription, SubscriptionFilter, SubscriptionStatus};

use super::{SubscriptionSubject, of};

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
    subscriptions.save(&SubscriptionSubject::bare("there")).await.ok()?;
    for key in hard_keys() {
        for filter in filters(&key) {
            subscriptions.list(&filter).await.is(&vec![])?;
        }
    }
    Ok(())
}

pub(super) async fn looking_up_the_absent_is_not_found(subscriptions: SubscriptionSubject) -> Outcome {
    for _ in ["in an empty store", "in one that has another"] {
        subscriptions.by_provider_id("absent").await.not_found("absent")?;
        subscriptions.active("absent").await.not_found("absent")?;
        let mut other = of("other", "other", Active);
        other.provider_id = Some("other".into());
        subscriptions.save(&other).await.ok()?;
    }
    // An id is not a provider id, and no provider id is not an empty one.
    subscriptions.save(&SubscriptionSubject::bare("bare")).await.ok()?;
    subscriptions.by_provider_id("bare").await.not_found("bare")?;
    subscriptions.by_provider_id("").await.not_found("")
}

pub(super) async fn looking_up_provider_ids_compares_byte_for_byte(
    subscriptions: SubscriptionSubject,
) -> Outcome {
    for (number, provider_id) in ALIKE.iter().enumerate() {
        let subscription = SubscriptionSubject::provided("one", provider_id);
        subscriptions.save(&subscription).await.ok()?;
        for (other, provider_id) in ALIKE.iter().enumerate() {
            let seen = subscriptions.by_provider_id(provider_id).await;
            if other == number { seen.is(&subscription) } else { seen.not_found(provider_id) }?;
        }
    }
    Ok(())
}

pub(super) async fn looking_up_subscribers_compares_byte_for_byte(
    subscriptions: SubscriptionSubject,
) -> Outcome {
    for (number, subscriber_id) in ALIKE.iter().enumerate() {
        let subscription = of("one", subscriber_id, Active);
        subscriptions.save(&subscription).await.ok()?;
        for (other, subscriber_id) in ALIKE.iter().enumerate() {
            let seen = subscriptions.active(subscriber_id).await;
            if other == number { seen.is(&subscription) } else { seen.not_found(subscriber_id) }?;
        }
    }
    Ok(())
}

pub(super) async fn filters_compare_byte_for_byte(subscriptions: SubscriptionSubject) -> Outcome {
    let alike = |(number, text): (usize, &&str)| {
        let mut subscription = of(&format!("id {number}"), text, SubscriptionStatus::new(*text));
        subscription.plan_id = (*text).into();
        subscription
    };
    let all: Vec<_> = ALIKE.iter().enumerate().map(alike).collect();
    for subscription in &all {
        subscriptions.save(subscription).await.ok()?;
    }
    for text in ALIKE {
        for filter in filters(text) {
            subscriptions.list(&filter).await.is(&selected(&all, &filter))?;
        }
    }
    Ok(())
}

pub(super) async fn filters_select_what_satisfies_every_part(subscriptions: SubscriptionSubject) -> Outcome {
    let mut all = Vec::new();
    for subscriber_id in ["s1", "s2"] {
        for plan_id in ["p1", "p2"] {
            for status in [Paused, Canceled, SubscriptionStatus::new("incomplete")] {
                let mut subscription = of(&format!("id {}", all.len()), subscriber_id, status);
                subscription.plan_id = plan_id.into();
                // Times fall as ids rise, and some are equal.
                subscription.created_at = at(9 - all.len() as i64 / 2);
                all.push(subscription);
            }
        }
    }
    all.push(of("live", "s1", Active));
    for subscription in &all {
        subscriptions.save(subscription).await.ok()?;
    }
    let statuses =
        [Paused, Active, Trialing, SubscriptionStatus::new("incomplete"), SubscriptionStatus::new("")];
    for subscriber_id in [None, Some("s1"), Some("none"), Some("")] {
        for plan_id in [None, Some("p1"), Some("none"), Some("")] {
            for status in [None].into_iter().chain(statuses.iter().cloned().map(Some)) {
                let filter = SubscriptionFilter {
                    subscriber_id: subscriber_id.map(String::from),
                    plan_id: plan_id.map(String::from),
                    status,
                };
                subscriptions.list(&filter).await.is(&selected(&all, &filter))?;
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

/// What a filter lets through, in order.
pub(super) fn selected<'a>(
    all: impl IntoIterator<Item = &'a Subscription>,
    filter: &SubscriptionFilter,
) -> Vec<Subscription> {
    let wanted = |subscription: &&Subscription| {
        filter.subscriber_id.as_ref().is_none_or(|id| *id == subscription.subscriber_id)
            && filter.plan_id.as_ref().is_none_or(|id| *id == subscription.plan_id)
            && filter.status.as_ref().is_none_or(|status| *status == subscription.status)
    };
    let mut selected: Vec<_> = all.into_iter().filter(wanted).cloned().collect();
    selected.sort_by(|a, b| (a.created_at, &a.id).cmp(&(b.created_at, &b.id)));
    selected
}

pub(super) async fn only_a_live_one_is_the_active_one(subscriptions: SubscriptionSubject) -> Outcome {
    let others = OTHER_WORDS.iter().map(|word| SubscriptionStatus::new(*word));
    let statuses = [Active, Trialing, Paused, PastDue, Canceled, Expired].into_iter().chain(others);
    for (number, status) in statuses.enumerate() {
        let (id, subscriber_id) = (format!("id {number}"), format!("subscriber {number}"));
        let subscription = of(&id, &subscriber_id, status);
        subscriptions.save(&subscription).await.ok()?;
        let seen = subscriptions.active(&subscriber_id).await;
        if number < 2 { seen.is(&subscription) } else { seen.not_found(&subscriber_id) }?;
    }
    // One that is not live does not hide the live one, newer or older.
    let mut ended = of("ended", "subscriber 0", Canceled);
    for time in [at(-5), at(5)] {
        ended.created_at = time;
        subscriptions.save(&ended).await.ok()?;
        subscriptions.active("subscriber 0").await.is(&of("id 0", "subscriber 0", Active))?;
    }
    Ok(())
}

pub(super) async fn the_active_one_follows_every_change(subscriptions: SubscriptionSubject) -> Outcome {
    let mut subscription = of("one", "old", Paused);
    for (subscriber_id, status) in [
        ("old", Paused),
        ("old", Active),
        ("old", Trialing),
        ("new", Trialing),
        ("new", Expired),
        ("old", Active),
    ] {
        (subscription.subscriber_id, subscription.status) = (subscriber_id.into(), status);
        subscriptions.save(&subscription).await.ok()?;
        for asked in ["old", "new"] {
            let seen = subscriptions.active(asked).await;
            if subscription.status.is_live() && asked == subscriber_id {
                seen.is(&subscription)?;
            } else {
                seen.not_found(asked)?;
            }
        }
    }
    subscriptions.delete("one").await.ok()?;
    subscriptions.active("old").await.not_found("old")
}

pub(super) async fn a_provider_id_finds_its_record(subscriptions: SubscriptionSubject) -> Outcome {
    let (mut first, mut second) = (of("first", "s", Active), of("second", "s", Canceled));
    (first.provider_id, second.provider_id) = (Some("p1".into()), Some(String::new()));
    subscriptions.save(&first).await.ok()?;
    subscriptions.save(&second).await.ok()?;
    subscriptions.by_provider_id("p1").await.is(&first)?;
    subscriptions.by_provider_id("").await.is(&second)
}

pub(super) async fn a_look_up_by_provider_id_follows_every_change(
    subscriptions: SubscriptionSubject,
) -> Outcome {
    subscriptions.save(&SubscriptionSubject::provided("one", "old")).await.ok()?;
    let changed = SubscriptionSubject::provided("one", "new");
    subscriptions.save(&changed).await.ok()?;
    subscriptions.by_provider_id("old").await.not_found("old")?;
    subscriptions.by_provider_id("new").await.is(&changed)?;
    subscriptions.save(&SubscriptionSubject::bare("one")).await.ok()?;
    subscriptions.by_provider_id("new").await.not_found("new")?;
    subscriptions.save(&changed).await.ok()?;
    subscriptions.delete("one").await.ok()?;
    subscriptions.by_provider_id("new").await.not_found("new")
}

pub(super) async fn of_several_live_ones_the_newest_is_active(subscriptions: SubscriptionSubject) -> Outcome {
    let live = |id: &str, second: i64, status| {
        let mut subscription = of(id, "s", status);
        subscription.created_at = at(second);
        subscription
    };
    // Saved out of order; the newest of all is not live, and two that are share a time.
    let newest = live("b", 2, Trialing);
    for subscription in [&live("z", 1, Active), &newest, &live("a", 2, Active), &live("zz", 3, Canceled)] {
        subscriptions.save(subscription).await.ok()?;
    }
    subscriptions.active("s").await.is(&newest)
}
