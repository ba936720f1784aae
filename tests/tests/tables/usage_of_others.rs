//! Usage of a customer, not of a subscription, with a key against repeats that the contract doesn't have.

use store_core::{Conflict, SqlUsageStore, UsageRecord, UsageStore};
use store_tests::databases::{Database, postgres};
use store_tests::harness::{Outcome, Suite};

use crate::at;

const TABLE: &str = r#"
    CREATE TABLE customers (id bigint PRIMARY KEY);
    CREATE TABLE usage_events (
        id text COLLATE "C" PRIMARY KEY,
        customer_id bigint NOT NULL REFERENCES customers,
        event_name text COLLATE "C" NOT NULL,
        amount integer NOT NULL,
        occurred timestamptz NOT NULL,
        request_key text NOT NULL UNIQUE
    );
    INSERT INTO customers VALUES (7);
    INSERT INTO usage_events VALUES ('e1', 7, 'calls', 3, '2024-01-01', 'r1');
"#;

/// What the contract calls a subscription is whatever the column holds: here the customer.
#[derive(UsageStore)]
#[store(table = "usage_events", absent(metadata, provider_reported_at), insert("request_key" = id))]
#[store(columns(
    subscription_id(column = "customer_id", as = i64),
    metric = "event_name",
    quantity(column = "amount", as = i32),
    recorded_at = "occurred",
))]
struct Events {
    pool: sqlx::PgPool,
}

pub(crate) fn add(suite: &mut Suite) {
    suite.on(
        Database::Postgres,
        "usage_of_a_customer_with_a_key_of_its_own",
        usage_of_a_customer_with_a_key_of_its_own,
    );
}

async fn usage_of_a_customer_with_a_key_of_its_own() -> Outcome {
    let place = postgres::fresh(2).await?;
    sqlx::raw_sql(TABLE).execute(&place.pool).await?;
    let store = Events { pool: place.pool.clone() };
    store.verify_usage().await?;
    let second = UsageRecord::new("e2", "7", "calls", 4, at(1));
    store.save_usage_record(&second).await?;
    let again = store.save_usage_record(&second).await;
    assert_eq!(again.expect_err("it counts once").conflict(), Some(&Conflict::Id));
    assert_eq!(store.sum_usage("7", "calls", at(0), at(9)).await?, 7);
    assert_eq!(store.sum_usage("somebody", "calls", at(0), at(9)).await?, 0);
    assert_eq!(
        crate::refused(store.save_usage_record(&UsageRecord::new("e3", "8", "calls", 1, at(1))).await),
        Some("subscription_id")
    );
    let keys: Vec<String> =
        sqlx::query_scalar("SELECT request_key FROM usage_events ORDER BY id").fetch_all(&place.pool).await?;
    assert_eq!(keys, ["r1", "e2"]);
    place.remove().await;
    Ok(())
}
