//! Ids and times that the database makes.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{TimeDelta, Utc};
use store_core::{
    AtomicSubscriptionStore as _, Conflict, Plan, PlanFilter, PlanStore as _,
    SqlAtomicSubscriptionStore as _, SqlPlanStore as _, SqlSubscriptionStore as _, Subscription,
    SubscriptionFilter, SubscriptionStatus, SubscriptionStore as _,
};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::Suite;

use super::read_back::{LISTS, plans_view};
use super::stores;
use super::world::{is_absent, plan, refused, subscription, with_features};

pub(crate) fn add(suite: &mut Suite) {
    macro_rules! on {
        ($database:expr, $module:ident, $list:expr, $feature:literal) => {{
            suite.on($database, "ids_of_plans_come_from_the_insert", || async {
                let place = $module::fresh(8).await?;
                let store = Arc::new(stores::$module::Numbered { pool: place.pool.clone() });
                store.create_plan_schema().await?;
                run!(place.pool, plans_view($list));
                store.verify_plans().await?;
                plans!(store, $feature);
                place.remove().await;
                Ok(())
            });
            macro_rules! subscriptions {
                        ($name:literal, |$store:ident| $body:block) => {
                            suite.on($database, $name, || async {
                                let place = $module::fresh(8).await?;
                                let pool = place.pool.clone();
                                let $store = Arc::new(stores::$module::NumberedSubscriptions { pool });
                                $store.create_subscription_schema().await?;
                                $store.verify_subscriptions().await?;
                                $body
                                place.remove().await;
                                Ok(())
                            });
                        };
                    }
            subscriptions!("ids_of_subscriptions_come_from_the_insert", |store| { inserted!(store) });
            subscriptions!("a_live_subscription_is_created_without_id", |store| { created!(store) });
            subscriptions!("inserts_at_once_have_ids_of_their_own", |store| { at_once!(store) });
            subscriptions!("inserts_are_part_of_a_callers_transaction", |store| { transactions!(store) });
        }};
    }
    on!(Database::Sqlite, sqlite, LISTS[0], "INSERT INTO plan_features VALUES (2, 'search')");
    on!(Database::Postgres, postgres, LISTS[1], "INSERT INTO plan_features VALUES ('2', 'search')");
    on!(Database::Mysql, mysql, LISTS[2], "INSERT INTO plan_features VALUES ('2', 'search')");
    macro_rules! identified {
        ($database:expr, $module:ident, $stores:ident) => {
            suite.on($database, "ids_may_be_uuids_or_texts", || async {
                let place = $module::fresh(4).await?;
                let store = stores::$stores::Identified { pool: place.pool.clone() };
                identified_plans!(store, 36);
                run!(place.pool, "DROP TABLE plans");
                let store = stores::$stores::Texts { pool: place.pool.clone() };
                identified_plans!(store, 32);
                place.remove().await;
                Ok(())
            });
        };
    }
    identified!(Database::Sqlite, sqlite, sqlite_identified);
    identified!(Database::Postgres, postgres, postgres_identified);
}

macro_rules! plans {
    ($store:ident, $feature:literal) => {{
        let first = $store.insert_plan(&plan("")).await?;
        let read = $store.get_plan(&first).await?;
        // The time of a change is the database's, whatever was saved.
        assert!((Utc::now() - read.updated_at).abs() < TimeDelta::minutes(10), "{read:?}");
        assert_eq!(read, Plan { updated_at: read.updated_at, ..plan(&first) });

        // It is read back, too, under the id that it has got.
        run!($store.pool, $feature);
        assert_eq!(refused($store.insert_plan(&plan("")).await).0, Some("features"));
        assert_eq!($store.list_plans(&PlanFilter::default()).await?, [read]);
        run!($store.pool, $feature);
        let shown = with_features("", &["search", "search"]);
        match $store.insert_plan(&shown).await {
            // SQLite gives the number once more that was not kept.
            Ok(id) => assert_eq!($store.get_plan(&id).await?.features, shown.features),
            other => assert_eq!(refused(other).0, Some("features")),
        }

        let dearer = Plan { amount: 2_900, ..plan(&first) };
        $store.save_plan(&dearer).await?;
        assert_eq!($store.get_plan(&first).await?.amount, 2_900);
        is_absent($store.save_plan(&plan("4711")).await);
        is_absent($store.get_plan("4711").await);
        let (field, reason) = refused($store.save_plan(&plan("")).await);
        assert_eq!(field, Some("id"));
        assert!(reason.contains("insert_plan"), "{reason}");
        assert_eq!(refused($store.insert_plan(&plan("4711")).await).0, Some("id"));
        is_absent($store.get_plan("").await);
        is_absent($store.delete_plan("").await);
        $store.delete_plan(&first).await?;
        is_absent($store.get_plan(&first).await);
    }};
}

fn provided(provider_id: &str) -> Subscription {
    Subscription { provider_id: Some(provider_id.into()), ..subscription("", provider_id) }
}

macro_rules! inserted {
    ($store:ident) => {{
        let id = $store.insert_subscription(&provided("one")).await?;
        let read = $store.get_subscription_by_provider_id("one").await?;
        assert_eq!(read.id, id);
        let conflicts = [
            (provided("one"), Conflict::ProviderId),
            (Subscription { provider_id: None, ..provided("one") }, Conflict::Live),
            (Subscription { provider_id: Some("new".into()), ..provided("one") }, Conflict::Live),
        ];
        for (refused, conflict) in conflicts {
            let outcome = $store.insert_subscription(&refused).await;
            assert_eq!(outcome.unwrap_err().conflict(), Some(&conflict), "{refused:?}");
        }
        // One that is not live stands in nobody's way.
        let ended = Subscription { status: SubscriptionStatus::Canceled, ..subscription("", "one") };
        let other = $store.insert_subscription(&ended).await?;
        assert_ne!(other, id);
        let taken = Subscription { id: other.clone(), provider_id: Some("one".into()), ..ended.clone() };
        let outcome = $store.save_subscription(&taken).await;
        assert_eq!(outcome.unwrap_err().conflict(), Some(&Conflict::ProviderId));
        let second = subscription(&other, "one");
        let outcome = $store.save_subscription(&second).await;
        assert_eq!(outcome.unwrap_err().conflict(), Some(&Conflict::Live));
        // An id in other words is another id.
        is_absent($store.get_subscription(&format!("0{id}")).await);
        $store.save_subscription(&Subscription { plan_id: "free".into(), ..read }).await?;
        assert_eq!($store.get_subscription(&id).await?.plan_id, "free");
    }};
}

macro_rules! created {
    ($store:ident) => {{
        $store.create_subscription_if_not_active(&provided("one")).await?;
        let live = $store.get_active_subscription("one").await?;
        assert!(!live.id.is_empty());
        assert_eq!($store.get_subscription(&live.id).await?, live);
        let outcome = $store.create_subscription_if_not_active(&subscription("", "one")).await;
        assert_eq!(outcome.unwrap_err().conflict(), Some(&Conflict::Live));
        let twin = Subscription { subscriber_id: "two".into(), ..provided("one") };
        let outcome = $store.create_subscription_if_not_active(&twin).await;
        assert_eq!(outcome.unwrap_err().conflict(), Some(&Conflict::ProviderId));
        let numbered = subscription("4711", "two");
        assert_eq!(refused($store.create_subscription_if_not_active(&numbered).await).0, Some("id"));
        let ended = Subscription { status: SubscriptionStatus::Canceled, ..subscription("", "two") };
        let (field, reason) = refused($store.create_subscription_if_not_active(&ended).await);
        assert_eq!(field, Some("id"));
        assert!(reason.contains("insert_subscription"), "{reason}");
        assert_eq!($store.list_subscriptions(&SubscriptionFilter::default()).await?, [live]);
    }};
}

const TASKS: usize = 8;
const ROUNDS: usize = 4;

macro_rules! at_once {
    ($store:ident) => {{
        let tasks: Vec<_> = (0..TASKS)
            .map(|task| {
                let store = $store.clone();
                tokio::spawn(async move {
                    let mut ids = Vec::new();
                    let (mut inserted, mut created) = (0, 0);
                    for round in 0..ROUNDS {
                        let own = subscription("", &format!("{task} {round}"));
                        ids.push(store.insert_subscription(&own).await?);
                        let wanted = provided(&format!("inserted {round}"));
                        match store.insert_subscription(&wanted).await {
                            Ok(id) => {
                                ids.push(id);
                                inserted += 1;
                            }
                            Err(error) => {
                                assert_eq!(error.conflict(), Some(&Conflict::ProviderId), "{error:?}");
                            }
                        }
                        let wanted = subscription("", &format!("created {round}"));
                        match store.create_subscription_if_not_active(&wanted).await {
                            Ok(()) => created += 1,
                            Err(error) => assert_eq!(error.conflict(), Some(&Conflict::Live), "{error:?}"),
                        }
                    }
                    Ok::<_, store_core::StoreError>((ids, inserted, created))
                })
            })
            .collect();
        let (mut ids, mut inserted, mut created) = (Vec::new(), 0, 0);
        for task in tasks {
            let (own, inserts, creates) = task.await??;
            ids.extend(own);
            inserted += inserts;
            created += creates;
        }
        assert_eq!((inserted, created), (ROUNDS, ROUNDS));
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), TASKS * ROUNDS + ROUNDS);
        for id in &ids {
            assert_eq!($store.get_subscription(id).await?.id, *id);
        }
        let all = $store.list_subscriptions(&SubscriptionFilter::default()).await?;
        assert_eq!(all.len(), ids.len() + ROUNDS);
    }};
}

macro_rules! transactions {
    ($store:ident) => {{
        let mut transaction = $store.pool.begin().await?;
        let id = $store.insert_subscription_in(&mut transaction, &provided("one")).await?;
        assert_eq!($store.get_subscription_in(&mut transaction, &id).await?.id, id);
        transaction.rollback().await?;
        is_absent($store.get_subscription(&id).await);

        let mut transaction = $store.pool.begin().await?;
        let id = $store.insert_subscription_in(&mut transaction, &provided("one")).await?;
        // A refused create leaves the transaction as it was.
        for (refused, conflict) in [
            (subscription("", "one"), Conflict::Live),
            (Subscription { subscriber_id: "two".into(), ..provided("one") }, Conflict::ProviderId),
        ] {
            let outcome = $store.create_subscription_if_not_active_in(&mut transaction, &refused).await;
            assert_eq!(outcome.unwrap_err().conflict(), Some(&conflict));
        }
        $store.create_subscription_if_not_active_in(&mut transaction, &subscription("", "two")).await?;
        transaction.commit().await?;
        assert_eq!($store.get_active_subscription("one").await?.id, id);
        assert_eq!($store.get_active_subscription("two").await?.subscriber_id, "two");
    }};
}

macro_rules! identified_plans {
    ($store:ident, $length:literal) => {{
        $store.create_plan_schema().await?;
        $store.verify_plans().await?;
        let ids = [$store.insert_plan(&plan("")).await?, $store.insert_plan(&plan("")).await?];
        assert_ne!(ids[0], ids[1]);
        for id in &ids {
            assert!(id.len() >= $length, "{id}");
            assert_eq!($store.get_plan(id).await?, plan(id));
            $store.save_plan(&Plan { amount: 7, ..plan(id) }).await?;
            assert_eq!($store.get_plan(id).await?.amount, 7);
        }
        is_absent($store.save_plan(&plan("11111111-1111-4111-a111-111111111111")).await);
        let mine = Plan { provider_id: Some("mine".into()), ..plan("") };
        $store.insert_plan(&mine).await?;
        assert_eq!($store.insert_plan(&mine).await.unwrap_err().conflict(), Some(&Conflict::ProviderId));
        assert_eq!($store.list_plans(&PlanFilter::default()).await?.len(), 3);
    }};
}
use {at_once, created, identified_plans, inserted, plans, transactions};
