//! S3 and S4: a subscriber has at most one live subscription, whoever races for it.

use std::collections::BTreeMap;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use store_model::mapping::Weaker;

use crate::contract::every::{Editable, Keeper, Place, rules};
use crate::contract::fit::Fit;
use crate::contract::race::{POLLS, give_up_after, together};
use crate::contract::rule::{Failure, Outcome};
use crate::contract::samples::ALIKE;
use crate::contract::seen::{Seen, call, expect};
use crate::contract::subject::Scale;
use crate::error::{Conflict, Entity};
use crate::subscription::SubscriptionStatus::{Active, Canceled, PastDue, Paused, Trialing};
use crate::subscription::{Subscription, SubscriptionStatus};

use super::SubscriptionSubject;

/// The subject as a keeper whose saves are creates.
#[derive(Clone)]
struct Creating(SubscriptionSubject);

#[async_trait]
impl Keeper for Creating {
    type Record = Subscription;
    const TEXTS: &'static [Place<Subscription, String>] = SubscriptionSubject::TEXTS;
    const TIMES: &'static [Place<Subscription, DateTime<Utc>>] = SubscriptionSubject::TIMES;

    fn scale(&self) -> Scale {
        self.0.scale
    }

    fn fit(&self) -> &Fit<Subscription> {
        self.0.fit()
    }

    fn plain(id: &str) -> Subscription {
        SubscriptionSubject::plain(id)
    }

    fn filled(id: &str) -> Subscription {
        SubscriptionSubject::filled(id)
    }

    fn bare(&self, name: &str) -> Subscription {
        self.0.bare(name)
    }

    fn full(&self, name: &str) -> Subscription {
        self.0.full(name)
    }

    fn metadata(subscription: &mut Subscription) -> &mut BTreeMap<String, String> {
        &mut subscription.metadata
    }

    fn set_time(subscription: &mut Subscription, time: DateTime<Utc>) {
        SubscriptionSubject::set_time(subscription, time);
    }

    async fn save(&self, subscription: &Subscription) -> Seen<()> {
        self.0.create(subscription).await
    }

    async fn read(&self, subscription: &Subscription) -> Seen<Subscription> {
        self.0.read(subscription).await
    }

    async fn all(&self) -> Seen<Vec<Subscription>> {
        self.0.all().await
    }
}

pub(super) async fn creating_keeps_every_field(subscriptions: SubscriptionSubject) -> Outcome {
    // A live record may take another way than one that is not live.
    let live = subscriptions.changed(subscriptions.full("live"), |live| {
        (live.subscriber_id, live.status) = ("live".into(), Active);
    });
    Creating(subscriptions.clone()).keeps(&live).await?;
    rules::every_field_is_kept(Creating(subscriptions)).await
}

pub(super) async fn creating_keeps_any_text(subscriptions: SubscriptionSubject) -> Outcome {
    rules::any_text_is_kept(Creating(subscriptions)).await
}

pub(super) async fn creating_cuts_times_to_microseconds(subscriptions: SubscriptionSubject) -> Outcome {
    rules::times_are_cut_to_microseconds(Creating(subscriptions)).await
}

pub(super) async fn creating_keeps_or_refuses_a_nul(subscriptions: SubscriptionSubject) -> Outcome {
    rules::a_nul_is_kept_or_refused(Creating(subscriptions)).await
}

pub(super) async fn creating_keeps_or_refuses_a_long_text(subscriptions: SubscriptionSubject) -> Outcome {
    rules::a_long_text_is_kept_or_refused(Creating(subscriptions)).await
}

pub(super) async fn creating_keeps_or_refuses_a_far_time(subscriptions: SubscriptionSubject) -> Outcome {
    rules::a_far_time_is_kept_or_refused(Creating(subscriptions)).await
}

pub(super) async fn creating_refuses_what_cannot_be_held(subscriptions: SubscriptionSubject) -> Outcome {
    rules::what_cannot_be_held_is_refused(Creating(subscriptions)).await
}

pub(super) async fn a_subscriber_may_have_one_subscription(s: SubscriptionSubject) -> Outcome {
    if !s.fit().is(&Weaker::OnePerSubscriber) || s.atomic.is_none() {
        return Ok(());
    }
    let ended = s.of("ended", "s", Canceled);
    s.create(&ended).await.ok()?;
    for status in [Canceled, Active] {
        let second = s.of("second", "s", status);
        s.create(&second).await.conflict(Conflict::Live)?;
        s.save(&second).await.conflict(Conflict::Live)?;
        s.lacks(&second).await?;
    }
    s.holds(&ended).await?;
    s.keeps(&s.of("ended", "s", Active)).await?;
    s.delete(&ended.id).await.ok()?;
    s.create(&s.of("second", "s", Active)).await.ok()
}

pub(super) async fn creating_compares_subscribers_byte_for_byte(
    subscriptions: SubscriptionSubject,
) -> Outcome {
    for (number, subscriber_id) in ALIKE.iter().enumerate() {
        subscriptions.create(&subscriptions.of(&format!("id {number}"), subscriber_id, Active)).await.ok()?;
    }
    for subscriber_id in ALIKE {
        subscriptions
            .create(&subscriptions.of("another", subscriber_id, Active))
            .await
            .conflict(Conflict::Live)?;
    }
    Ok(())
}

pub(super) async fn an_abandoned_create_is_whole_or_absent(subscriptions: SubscriptionSubject) -> Outcome {
    for polls in POLLS {
        let full = subscriptions.full(&format!("abandoned {polls}"));
        let abandoned = subscriptions.changed(full, |abandoned| {
            (abandoned.subscriber_id, abandoned.status) = (format!("subscriber {polls}"), Active);
        });
        give_up_after(polls, subscriptions.create(&abandoned)).await;
        // The next in line either wins, or meets the abandoned one whole.
        let next = subscriptions.of(&format!("next {polls}"), &abandoned.subscriber_id, Active);
        let seen = subscriptions.create(&next).await;
        if seen.result.is_ok() {
            subscriptions.alone_live(&next).await?;
        } else {
            seen.conflict(Conflict::Live)?;
            subscriptions.alone_live(&abandoned).await?;
        }
    }
    Ok(())
}

pub(super) async fn a_second_live_create_is_refused(subscriptions: SubscriptionSubject) -> Outcome {
    for (number, (one, other)) in
        [(Active, Active), (Active, Trialing), (Trialing, Active), (Trialing, Trialing)]
            .into_iter()
            .enumerate()
    {
        let subscriber_id = format!("subscriber {number}");
        let first = subscriptions.of(&format!("first {number}"), &subscriber_id, one);
        let second = subscriptions.of(&format!("second {number}"), &subscriber_id, other);
        subscriptions.create(&first).await.ok()?;
        refuses_create(&subscriptions, &first, &second).await?;
    }
    Ok(())
}

pub(super) async fn a_create_that_is_not_live_is_refused_beside_a_live_one(
    s: SubscriptionSubject,
) -> Outcome {
    let first = s.of("first", "s", Active);
    s.create(&first).await.ok()?;
    for status in [Paused, Canceled, SubscriptionStatus::new("incomplete")] {
        refuses_create(&s, &first, &s.of("second", "s", status)).await?;
    }
    Ok(())
}

/// Fails unless the second is refused beside the live first, and nothing of it is stored.
async fn refuses_create(
    subscriptions: &SubscriptionSubject,
    first: &Subscription,
    second: &Subscription,
) -> Outcome {
    subscriptions.create(second).await.conflict(Conflict::Live)?;
    subscriptions.lacks(second).await?;
    subscriptions.alone_live(first).await
}

pub(super) async fn a_create_is_accepted_beside_what_is_not_live(
    subscriptions: SubscriptionSubject,
) -> Outcome {
    for (number, status) in
        [Paused, PastDue, Canceled, SubscriptionStatus::new("ACTIVE"), Active].into_iter().enumerate()
    {
        subscriptions.create(&subscriptions.of(&format!("id {number}"), "s", status)).await.ok()?;
    }
    subscriptions.alone_live(&subscriptions.of("id 4", "s", Active)).await
}

pub(super) async fn a_create_is_accepted_once_the_live_one_has_ended(s: SubscriptionSubject) -> Outcome {
    s.create(&s.of("canceled", "s", Active)).await.ok()?;
    s.save(&s.of("canceled", "s", Canceled)).await.ok()?;
    s.create(&s.of("deleted", "s", Trialing)).await.ok()?;
    s.delete(&s.key("deleted")).await.ok()?;
    s.create(&s.of("moved", "s", Active)).await.ok()?;
    s.save(&s.of("moved", "another", Active)).await.ok()?;
    s.create(&s.of("last", "s", Active)).await.ok()?;
    s.alone_live(&s.of("last", "s", Active)).await?;
    s.alone_live(&s.of("moved", "another", Active)).await
}

pub(super) async fn a_create_is_accepted_beside_other_subscribers(
    subscriptions: SubscriptionSubject,
) -> Outcome {
    for id in ["a", "b", "c"] {
        subscriptions.create(&subscriptions.of(id, id, Active)).await.ok()?;
    }
    for id in ["a", "b", "c"] {
        subscriptions.alone_live(&subscriptions.of(id, id, Active)).await?;
    }
    Ok(())
}

pub(super) async fn a_create_never_replaces(subscriptions: SubscriptionSubject) -> Outcome {
    let first = subscriptions.provided("one", "provider");
    subscriptions.create(&first).await.ok()?;
    for status in [Canceled, Active] {
        subscriptions.create(&subscriptions.of("one", "another", status)).await.conflict(Conflict::Id)?;
        subscriptions.holds(&first).await?;
    }
    subscriptions.create(&first).await.conflict(Conflict::Id)
}

pub(super) async fn a_create_tells_the_first_reason_of_its_refusal(
    subscriptions: SubscriptionSubject,
) -> Outcome {
    // Three rows, each in the way of one key.
    subscriptions.create(&subscriptions.of("id", "by id", Paused)).await.ok()?;
    subscriptions.create(&subscriptions.provided("by provider id", "provider")).await.ok()?;
    subscriptions.create(&subscriptions.of("by subscriber", "live", Active)).await.ok()?;
    for status in [Active, Paused] {
        for (id, provider_id, subscriber_id, conflict) in [
            ("id", "provider", "live", Conflict::Id),
            ("id", "provider", "free", Conflict::Id),
            ("id", "free", "live", Conflict::Id),
            ("free", "provider", "live", Conflict::ProviderId),
            ("free", "provider", "free", Conflict::ProviderId),
            ("free", "free", "live", Conflict::Live),
        ] {
            let refused = subscriptions.of(id, subscriber_id, status.clone());
            let refused = subscriptions.changed(refused, |one| one.provider_id = Some(provider_id.into()));
            subscriptions.create(&refused).await.conflict(conflict)?;
        }
    }
    Ok(())
}

/// How the racers of one round differ, and why all but one of them are refused.
struct Race {
    racer: fn(&SubscriptionSubject, round: usize, task: usize) -> Subscription,
    refusal: Conflict,
    /// Whether every second racer saves instead of creating; the first one does in every second round.
    saves: bool,
}

impl Race {
    async fn run(self, subscriptions: SubscriptionSubject) -> Outcome {
        for round in 0..subscriptions.scale.rounds {
            let racers: Vec<_> = (0..subscriptions.scale.tasks)
                .map(|task| (self.racer)(&subscriptions, round, task))
                .collect();
            let race = |(number, racer): (usize, Subscription)| {
                let (subscriptions, save) = (subscriptions.clone(), self.saves && number % 2 == round % 2);
                async move {
                    if save { subscriptions.save(&racer).await } else { subscriptions.create(&racer).await }
                }
            };
            let results = together(racers.iter().cloned().enumerate().map(race).collect()).await?;
            let winner = one_winner(&racers, results, &self.refusal)?;
            subscriptions.holds(winner).await?;
            subscriptions.alone_live(winner).await?;
        }
        Ok(())
    }
}

/// The one racer that won; the others were refused for this reason.
fn one_winner<'r>(
    racers: &'r [Subscription],
    results: Vec<Seen<()>>,
    refusal: &Conflict,
) -> Outcome<&'r Subscription> {
    let mut winners = Vec::new();
    for (racer, seen) in racers.iter().zip(results) {
        if seen.result.is_ok() { winners.push(racer) } else { seen.conflict(refusal.clone())? }
    }
    let [winner] = winners[..] else {
        let ids: Vec<_> = winners.iter().map(|winner| &winner.id).collect();
        return Err(Failure::new(format!("expected one winner of {} racers, got {ids:?}", racers.len())));
    };
    Ok(winner)
}

/// A live subscription of the subscriber of this round.
fn racer(subscriptions: &SubscriptionSubject, round: usize, task: usize) -> Subscription {
    let status = if task.is_multiple_of(3) { Trialing } else { Active };
    subscriptions.of(&format!("racer {round} {task}"), &format!("subscriber {round}"), status)
}

pub(super) async fn racing_creates_have_one_winner(subscriptions: SubscriptionSubject) -> Outcome {
    Race { racer, refusal: Conflict::Live, saves: false }.run(subscriptions).await
}

pub(super) async fn racing_creates_of_one_id_have_one_winner(subscriptions: SubscriptionSubject) -> Outcome {
    let racer = |s: &SubscriptionSubject, round, task| {
        s.of(&format!("raced {round}"), &format!("subscriber {round} {task}"), Active)
    };
    Race { racer, refusal: Conflict::Id, saves: false }.run(subscriptions).await
}

pub(super) async fn racing_creates_of_one_provider_id_have_one_winner(s: SubscriptionSubject) -> Outcome {
    let racer = |s: &SubscriptionSubject, round, task| {
        let id = format!("racer {round} {task}");
        s.changed(s.of(&id, &id, Active), |racer| racer.provider_id = Some(format!("raced {round}")))
    };
    Race { racer, refusal: Conflict::ProviderId, saves: false }.run(s).await
}

pub(super) async fn racing_creates_of_different_subscribers_all_win(s: SubscriptionSubject) -> Outcome {
    for round in 0..s.scale.rounds {
        let create = |task: usize| {
            let (s, id) = (s.clone(), format!("racer {round} {task}"));
            async move { s.create(&s.of(&id, &id, Active)).await }
        };
        for seen in together((0..s.scale.tasks).map(create).collect()).await? {
            seen.ok()?;
        }
    }
    let stored = s.all().await.ok()?.len();
    let expected = s.scale.rounds * s.scale.tasks;
    expect(stored == expected, || {
        format!("expected {expected} subscriptions that were created, got {stored}")
    })
}

pub(super) async fn racing_saves_and_creates_leave_one_live_one(
    subscriptions: SubscriptionSubject,
) -> Outcome {
    Race { racer, refusal: Conflict::Live, saves: true }.run(subscriptions).await
}

pub(super) async fn racing_promotions_leave_one_live_one(subscriptions: SubscriptionSubject) -> Outcome {
    for round in 0..subscriptions.scale.rounds {
        let racers: Vec<_> =
            (0..subscriptions.scale.tasks).map(|task| racer(&subscriptions, round, task)).collect();
        for racer in &racers {
            let paused = subscriptions.changed(racer.clone(), |racer| racer.status = Paused);
            subscriptions.save(&paused).await.ok()?;
        }
        let promote = |racer: Subscription| {
            let subscriptions = subscriptions.clone();
            async move { subscriptions.save(&racer).await }
        };
        let results = together(racers.iter().cloned().map(promote).collect()).await?;
        subscriptions.alone_live(one_winner(&racers, results, &Conflict::Live)?).await?;
    }
    Ok(())
}

pub(super) async fn saving_a_second_live_one_is_refused(subscriptions: SubscriptionSubject) -> Outcome {
    let first = subscriptions.of("first", "s", Active);
    subscriptions.save(&first).await.ok()?;
    for status in [Active, Trialing] {
        let second = subscriptions.of("second", "s", status);
        subscriptions.save(&second).await.conflict(Conflict::Live)?;
        subscriptions.lacks(&second).await?;
        subscriptions.alone_live(&first).await?;
    }
    subscriptions.save(&subscriptions.of("second", "s", Paused)).await.ok()
}

pub(super) async fn making_a_second_one_live_is_refused(subscriptions: SubscriptionSubject) -> Outcome {
    let (first, second) = (subscriptions.of("first", "s", Trialing), subscriptions.of("second", "s", Paused));
    subscriptions.save(&first).await.ok()?;
    subscriptions.save(&second).await.ok()?;
    subscriptions.save(&subscriptions.of("second", "s", Active)).await.conflict(Conflict::Live)?;
    subscriptions.holds(&second).await?;
    subscriptions.alone_live(&first).await
}

pub(super) async fn moving_a_live_one_to_a_taken_subscriber_is_refused(s: SubscriptionSubject) -> Outcome {
    let (first, second) = (s.of("first", "taken", Active), s.of("second", "own", Active));
    s.save(&first).await.ok()?;
    s.save(&second).await.ok()?;
    s.save(&s.of("second", "taken", Active)).await.conflict(Conflict::Live)?;
    s.alone_live(&first).await?;
    s.alone_live(&second).await
}

pub(super) async fn saving_the_live_one_again_is_accepted(subscriptions: SubscriptionSubject) -> Outcome {
    for (second, status) in [Active, Active, Trialing, Active].into_iter().enumerate() {
        let subscription = subscriptions.of("one", "s", status);
        let subscription = subscriptions
            .changed(subscription, |subscription| subscription.updated_at = subscriptions.at(second as i64));
        subscriptions.save(&subscription).await.ok()?;
        subscriptions.alone_live(&subscription).await?;
    }
    Ok(())
}

pub(super) async fn a_save_tells_the_first_reason_of_its_refusal(
    subscriptions: SubscriptionSubject,
) -> Outcome {
    subscriptions.save(&subscriptions.provided("by provider id", "provider")).await.ok()?;
    subscriptions.save(&subscriptions.of("by subscriber", "live", Active)).await.ok()?;
    subscriptions.save(&subscriptions.of("there", "own", Active)).await.ok()?;
    for id in ["new", "there"] {
        let refused = subscriptions.of(id, "live", Active);
        let refused = subscriptions.changed(refused, |one| one.provider_id = Some("provider".into()));
        subscriptions.save(&refused).await.conflict(Conflict::ProviderId)?;
    }
    Ok(())
}

pub(super) async fn the_atomic_extension_is_found(subscriptions: SubscriptionSubject) -> Outcome {
    let Some(found) = subscriptions.store.as_atomic() else {
        return Err(Failure::new(
            "`as_atomic()`: expected Some of a store that is declared atomic, got None",
        ));
    };
    // It is the extension of this store, not of another one.
    let subscription = subscriptions.of("one", "s", Active);
    call!(Entity::Subscription, found, create_subscription_if_not_active(&subscription)).ok()?;
    subscriptions.alone_live(&subscription).await
}
