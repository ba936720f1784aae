//! A serial primary key, and a public id beside it: the contract's id is the public one, and the other is the database's business.

use store_core::{SqlSubscriptionStore, Subscription, SubscriptionStatus, SubscriptionStore};
use store_tests::databases::{Database, postgres};
use store_tests::harness::{Outcome, Suite};

use crate::at;

const TABLE: &str = r#"
    CREATE TABLE memberships (
        pk bigserial PRIMARY KEY,
        public_id text COLLATE "C" NOT NULL UNIQUE,
        account text COLLATE "C" NOT NULL,
        plan text NOT NULL,
        state text NOT NULL,
        starts timestamptz NOT NULL,
        ends timestamptz NOT NULL,
        made timestamptz NOT NULL,
        changed timestamptz NOT NULL
    );
    CREATE UNIQUE INDEX ON memberships (account) WHERE state IN ('active', 'trialing');
    INSERT INTO memberships (public_id, account, plan, state, starts, ends, made, changed)
    VALUES ('mem_a', 'ann', 'pro', 'active', '2024-01-01', '2024-02-01', '2024-01-01', '2024-01-01');
"#;

#[derive(SubscriptionStore)]
#[store(
    table = "memberships",
    atomic,
    absent(provider_id, trial_start, trial_end, canceled_at, paused_at, metadata)
)]
#[store(columns(
    id = "public_id",
    subscriber_id = "account",
    plan_id = "plan",
    status = "state",
    current_period_start = "starts",
    current_period_end = "ends",
    created_at = "made",
    updated_at = "changed",
))]
struct Memberships {
    pool: sqlx::PgPool,
}

pub(crate) fn add(suite: &mut Suite) {
    suite.on(Database::Postgres, "an_id_beside_the_primary_key", an_id_beside_the_primary_key);
}

async fn an_id_beside_the_primary_key() -> Outcome {
    let place = postgres::fresh(2).await?;
    sqlx::raw_sql(TABLE).execute(&place.pool).await?;
    let store = Memberships { pool: place.pool.clone() };
    store.verify_subscriptions().await?;
    let ann = store.get_active_subscription("ann").await?;
    assert_eq!(ann.id, "mem_a");
    store.save_subscription(&ann).await?;
    let bob = Subscription {
        created_at: at(0),
        updated_at: at(0),
        ..Subscription::new("mem_b", "bob", "pro", SubscriptionStatus::Trialing, at(0)..at(9))
    };
    store.save_subscription(&bob).await?;
    assert_eq!(store.list_subscriptions(&Default::default()).await?, [ann, bob]);
    let keys: Vec<(i64, String)> = sqlx::query_as("SELECT pk, public_id FROM memberships ORDER BY public_id")
        .fetch_all(&place.pool)
        .await?;
    assert_eq!(keys[0], (1, "mem_a".to_owned()), "it has its key still");
    assert!(keys[1].0 > 1, "the database made one: {keys:?}");
    place.remove().await;
    Ok(())
}
