//! What leads to other tables together with a status that other columns decide, ids that the database makes, views and
//! triggers: each is held as it is alone.

use chrono::{DateTime, Utc};
use store_core::SubscriptionStatus::{Active, Canceled, Paused, Trialing};
use store_core::{
    AtomicSubscriptionStore as _, Conflict, SqlSubscriptionStore as _, StoreError, Subscription,
    SubscriptionFilter, SubscriptionStatus, SubscriptionStore,
};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};

use super::world::{at, is_absent, leads_nowhere, on_each, others, subscription};
use crate::plain::Plain;

/// The same in another status, with the times that say so.
fn in_status(record: &Subscription, status: SubscriptionStatus) -> Subscription {
    let when = |is: bool| is.then(|| at(5));
    Subscription {
        canceled_at: when(status == Canceled),
        trial_end: when(status == Trialing),
        status,
        ..record.clone()
    }
}

#[track_caller]
fn contradicts<T: std::fmt::Debug>(outcome: store_core::Result<T>) {
    assert!(matches!(outcome, Err(StoreError::InvalidInput { field: Some("status"), .. })), "{outcome:?}");
}

fn of_status(status: SubscriptionStatus) -> SubscriptionFilter {
    SubscriptionFilter { status: Some(status), ..Default::default() }
}

/// A record whose status is not what its times say, of which the times are those of another.
fn contradictions(record: &Subscription) -> Vec<Subscription> {
    let canceled_at: Option<DateTime<Utc>> = Some(at(5));
    let of = |status| Subscription { status, ..record.clone() };
    vec![of(Canceled), of(Trialing), of(Paused), Subscription { canceled_at, ..record.clone() }]
}

pub(crate) fn add(suite: &mut Suite) {
    on_each!(suite, "combined::a_case_beside_links_and_made_ids", |pool, stores| {
        let store = stores::Combined { pool: pool.clone(), tenant: 1 };
        store.create_subscription_schema().await?;
        store.verify_subscriptions().await?;
        let new = subscription("", "ann", "pro");
        for unfit in contradictions(&new) {
            contradicts(store.insert_subscription(&unfit).await);
            if unfit.status.is_live() {
                contradicts(store.create_subscription_if_not_active(&unfit).await);
            }
        }
        let nowhere = Subscription { plan_id: "gold".into(), ..new.clone() };
        leads_nowhere(store.insert_subscription(&nowhere).await, "plan_id", "offers");
        let both = Subscription { status: Canceled, ..nowhere };
        leads_nowhere(store.insert_subscription(&both).await, "plan_id", "offers");
        assert_eq!(store.list_subscriptions(&SubscriptionFilter::default()).await?, []);

        let id = store.insert_subscription(&new).await?;
        let one = Subscription { id, ..new.clone() };
        assert_eq!(store.get_active_subscription("ann").await?, one);
        let second = store.create_subscription_if_not_active(&in_status(&new, Trialing)).await;
        assert_eq!(second.unwrap_err().conflict(), Some(&Conflict::Live));
        for unfit in contradictions(&one) {
            contradicts(store.save_subscription(&unfit).await);
        }
        let elsewhere = Subscription { plan_id: "gold".into(), ..in_status(&one, Canceled) };
        leads_nowhere(store.save_subscription(&elsewhere).await, "plan_id", "offers");
        assert_eq!(store.get_subscription(&one.id).await?, one, "what is refused changes nothing");
        for status in [Trialing, Canceled, Active] {
            let one = Subscription { plan_id: "team".into(), ..in_status(&one, status.clone()) };
            store.save_subscription(&one).await?;
            assert_eq!(store.list_subscriptions(&of_status(status)).await?, std::slice::from_ref(&one));
            assert_eq!(store.get_active_subscription("ann").await.is_ok(), one.status.is_live());
        }
        // The customer of that code at another tenant, and rows there.
        let theirs = stores::Combined { pool: pool.clone(), tenant: 2 };
        is_absent(theirs.get_subscription(&one.id).await);
        is_absent(theirs.get_active_subscription("ann").await);
        theirs.create_subscription_if_not_active(&new).await?;
        is_absent(theirs.save_subscription(&in_status(&one, Canceled)).await);
        leads_nowhere(
            theirs.insert_subscription(&Subscription { subscriber_id: "bob".into(), ..new }).await,
            "subscriber_id",
            "customers",
        );
    });
    on_each!(suite, "combined::a_link_beside_what_only_a_view_has", |pool, stores| {
        let store = stores::Noted { pool: pool.clone(), tenant: 1 };
        store.create_subscription_schema().await?;
        let noted = "CREATE VIEW noted AS SELECT base.*, CASE WHEN id = 'told' THEN '{\"note\":\"x\"}' ELSE '{}' END AS metadata FROM base";
        pool.run(noted).await?;
        let one = subscription("one", "ann", "pro");
        store.save_subscription(&one).await?;
        assert_eq!(store.get_subscription("one").await?, one);
        assert_eq!(store.get_active_subscription("ann").await?, one);
        assert_eq!(
            store.list_subscriptions(&SubscriptionFilter::default()).await?,
            std::slice::from_ref(&one)
        );
        // What is read back is another value; what leads nowhere is told before it.
        let told = store.save_subscription(&subscription("told", "ann", "pro")).await;
        assert!(matches!(told, Err(StoreError::InvalidInput { field: Some("metadata"), .. })), "{told:?}");
        is_absent(store.get_subscription("told").await);
        for id in ["one", "told", "two"] {
            leads_nowhere(
                store.save_subscription(&subscription(id, "ann", "gold")).await,
                "plan_id",
                "offers",
            );
        }
        assert_eq!(store.list_subscriptions(&SubscriptionFilter::default()).await?, [one]);
        is_absent(stores::Noted { pool: pool.clone(), tenant: 2 }.get_active_subscription("ann").await);
    });
    suite.on(Database::Sqlite, "combined::a_case_behind_triggers", || async {
        let place = sqlite::fresh(4).await?;
        place.pool.run(&others("")).await?;
        place.pool.run(TABLE).await?;
        place
            .pool
            .run(
                "CREATE TRIGGER adds INSTEAD OF INSERT ON decided BEGIN \
                     INSERT INTO base VALUES (NEW.id, NEW.offer, NEW.since, NEW.trial_end, NEW.canceled_at); END; \
                 CREATE TRIGGER changes INSTEAD OF UPDATE ON decided BEGIN \
                     UPDATE base SET (offer, since, trial_end, canceled_at) \
                         = (NEW.offer, NEW.since, NEW.trial_end, NEW.canceled_at) WHERE id = OLD.id; END; \
                 CREATE TRIGGER goes INSTEAD OF DELETE ON decided BEGIN DELETE FROM base WHERE id = OLD.id; END;",
            )
            .await?;
        let store = super::stores::sqlite_triggers::Decided { pool: place.pool.clone() };
        behind_triggers(&place.pool, &store).await?;
        place.remove().await;
        Ok(())
    });
    suite.on(Database::Postgres, "combined::a_case_behind_triggers", || async {
        let place = postgres::fresh(4).await?;
        place.pool.run(&others("COLLATE \"C\"")).await?;
        place.pool.run(TABLE).await?;
        place
            .pool
            .run(
                "CREATE FUNCTION writes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
                     IF TG_OP <> 'INSERT' THEN DELETE FROM base WHERE id = OLD.id; END IF; \
                     IF TG_OP <> 'DELETE' THEN \
                         INSERT INTO base VALUES (NEW.id, NEW.offer, NEW.since, NEW.trial_end, NEW.canceled_at); \
                     END IF; \
                     RETURN NULL; END $$; \
                 CREATE TRIGGER writes INSTEAD OF INSERT OR UPDATE OR DELETE ON decided \
                     FOR EACH ROW EXECUTE FUNCTION writes();",
            )
            .await?;
        let store = super::stores::postgres_triggers::Decided { pool: place.pool.clone() };
        behind_triggers(&place.pool, &store).await?;
        place.remove().await;
        Ok(())
    });
}

/// Times are numbers, which both databases know.
const TABLE: &str = "
    CREATE TABLE base (id VARCHAR(64) PRIMARY KEY, offer BIGINT, since BIGINT, trial_end BIGINT, canceled_at BIGINT);
    CREATE VIEW decided AS SELECT * FROM base;";

async fn behind_triggers(pool: &impl Plain, store: &impl SubscriptionStore) -> Outcome {
    let one = Subscription {
        subscriber_id: "one".into(),
        created_at: at(0),
        updated_at: at(0),
        ..subscription("one", "one", "pro")
    };
    let rows = || pool.dump("base", &["id", "offer", "since", "trial_end", "canceled_at"]);
    let none = rows().await?;
    for unfit in contradictions(&one) {
        contradicts(store.save_subscription(&unfit).await);
    }
    let nowhere = Subscription { plan_id: "gold".into(), ..one.clone() };
    leads_nowhere(store.save_subscription(&nowhere).await, "plan_id", "offers");
    assert_eq!(rows().await?, none);
    for status in [Active, Trialing, Canceled] {
        let one = in_status(&one, status.clone());
        store.save_subscription(&one).await?;
        assert_eq!(store.get_subscription("one").await?, one);
        assert_eq!(store.list_subscriptions(&of_status(status)).await?, std::slice::from_ref(&one));
        assert_eq!(store.get_active_subscription("one").await.is_ok(), one.status.is_live());
        let before = rows().await?;
        for other in [Active, Trialing, Canceled].into_iter().filter(|other| *other != one.status) {
            contradicts(store.save_subscription(&Subscription { status: other, ..one.clone() }).await);
        }
        leads_nowhere(
            store.save_subscription(&Subscription { plan_id: "gold".into(), ..one }).await,
            "plan_id",
            "offers",
        );
        assert_eq!(rows().await?, before, "what is refused changes nothing");
    }
    store.delete_subscription("one").await?;
    assert_eq!(rows().await?, none);
    Ok(())
}
