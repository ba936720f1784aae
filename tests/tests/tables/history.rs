//! Each change leaves a row of history. The way out: a trigger, or a row of one's own in the same transaction.

use store_core::{SqlSubscriptionStore, Subscription, SubscriptionStatus, SubscriptionStore};
use store_tests::databases::{Database, postgres};
use store_tests::harness::{Outcome, Suite};

use crate::at;

const HISTORY: &str = r#"
    CREATE TABLE history (number serial PRIMARY KEY, subscription text NOT NULL, status text NOT NULL, noted_by text NOT NULL);
    CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO history (subscription, status, noted_by) VALUES (NEW.id, NEW.status, 'trigger');
        RETURN NULL;
    END $$;
    CREATE TRIGGER note AFTER INSERT OR UPDATE ON subscriptions FOR EACH ROW EXECUTE FUNCTION note();
"#;

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", atomic)]
struct Subscriptions {
    pool: sqlx::PgPool,
}

pub(crate) fn add(suite: &mut Suite) {
    suite.on(Database::Postgres, "each_write_leaves_a_row_of_history", each_write_leaves_a_row_of_history);
}

async fn each_write_leaves_a_row_of_history() -> Outcome {
    let place = postgres::fresh(2).await?;
    let store = Subscriptions { pool: place.pool.clone() };
    store.create_subscription_schema().await?;
    sqlx::raw_sql(HISTORY).execute(&place.pool).await?;
    let mut one = Subscription::new("s1", "ann", "pro", SubscriptionStatus::Active, at(0)..at(9));
    store.save_subscription(&one).await?;
    one.status = SubscriptionStatus::Canceled;
    let mut transaction = place.pool.begin().await?;
    store.save_subscription_in(&mut transaction, &one).await?;
    sqlx::query("INSERT INTO history (subscription, status, noted_by) VALUES ('s1', 'canceled', 'program')")
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    one.status = SubscriptionStatus::PastDue;
    let mut transaction = place.pool.begin().await?;
    store.save_subscription_in(&mut transaction, &one).await?;
    transaction.rollback().await?;
    let noted: Vec<(String, String)> =
        sqlx::query_as("SELECT status, noted_by FROM history ORDER BY number").fetch_all(&place.pool).await?;
    let expected = [("active", "trigger"), ("canceled", "trigger"), ("canceled", "program")];
    assert_eq!(
        noted,
        expected.map(|(status, by)| (status.to_owned(), by.to_owned())),
        "once for each, and none undone"
    );
    place.remove().await;
    Ok(())
}
