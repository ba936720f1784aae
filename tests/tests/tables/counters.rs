//! A counter for each customer and feature is no record of usage. The way out: records in a table of one's own, which a trigger
//! adds to the counter.

use store_core::{Conflict, SqlUsageStore, UsageRecord, UsageStore};
use store_tests::databases::{Database, sqlite};
use store_tests::harness::{Outcome, Suite};

use crate::at;

/// The counter is the application's, with what it has counted already.
const TABLES: &str = "
    CREATE TABLE counters (customer TEXT NOT NULL, feature TEXT NOT NULL, used INTEGER NOT NULL, PRIMARY KEY (customer, feature));
    INSERT INTO counters VALUES ('ann', 'calls', 100);
    CREATE TRIGGER records_count AFTER INSERT ON usage_records BEGIN
        INSERT INTO counters VALUES (NEW.subscription_id, NEW.metric, NEW.quantity)
        ON CONFLICT (customer, feature) DO UPDATE SET used = used + excluded.used;
    END;
";

#[derive(UsageStore)]
#[store(table = "usage_records", reportable)]
struct Usage {
    pool: sqlx::SqlitePool,
}

pub(crate) fn add(suite: &mut Suite) {
    suite.on(Database::Sqlite, "a_trigger_adds_records_to_a_counter", a_trigger_adds_records_to_a_counter);
}

async fn a_trigger_adds_records_to_a_counter() -> Outcome {
    let place = sqlite::fresh(2).await?;
    let store = Usage { pool: place.pool.clone() };
    store.create_usage_schema().await?;
    sqlx::raw_sql(TABLES).execute(&place.pool).await?;
    let record = UsageRecord::new("u1", "ann", "calls", 5, at(0));
    store.save_usage_record(&record).await?;
    let again = store.save_usage_record(&record).await;
    assert_eq!(again.expect_err("it counts once").conflict(), Some(&Conflict::Id));
    store.save_usage_record(&UsageRecord::new("u2", "ann", "calls", -2, at(1))).await?;
    store.save_usage_record(&UsageRecord::new("u3", "bob", "calls", 1, at(1))).await?;
    let counted: Vec<(String, i64)> = sqlx::query_as("SELECT customer, used FROM counters ORDER BY customer")
        .fetch_all(&place.pool)
        .await?;
    assert_eq!(counted, [("ann".to_owned(), 103), ("bob".to_owned(), 1)]);
    place.remove().await;
    Ok(())
}
