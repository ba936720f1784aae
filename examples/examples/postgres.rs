//! A store on Postgres, found by `DATABASE_URL`. It makes a table of its own, and removes it at the end.

use std::error::Error;

use chrono::{TimeDelta, Utc};
use sqlx::postgres::{PgPool, PgPoolOptions};
use store_core::{
    AtomicSubscriptionStore, Findings, SqlSubscriptionStore, StoreError, Subscription, SubscriptionFilter,
    SubscriptionStatus, SubscriptionStore,
};

#[derive(SubscriptionStore)]
#[store(table = "example_subscriptions", atomic)]
struct Subscriptions {
    pool: PgPool,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = std::env::var("DATABASE_URL")
        .map_err(|_| "set DATABASE_URL, as in postgres://user@localhost/billing")?;
    let store = Subscriptions { pool: PgPoolOptions::new().max_connections(8).connect(&url).await? };

    // Before there is a table, verification says so, and what to run.
    if let Err(StoreError::Schema { source }) = store.verify_subscriptions().await {
        let findings = source.downcast_ref::<Findings>().ok_or("a schema error without findings")?;
        findings.iter().for_each(|finding| println!("found: {}", first_line(&finding.to_string())));
        store.create_subscription_schema().await?;
    }
    store.verify_subscriptions().await?;
    println!("the table is what the store needs");

    let used = use_it(&store).await;
    sqlx::query("DROP TABLE example_subscriptions").execute(&store.pool).await?;
    used.map_err(Into::into)
}

async fn use_it(store: &Subscriptions) -> store_core::Result<()> {
    let now = Utc::now();
    let month = now..now + TimeDelta::days(30);
    for id in ["sub_1", "sub_2"] {
        let new = Subscription::new(id, "user_1", "pro", SubscriptionStatus::Active, month.clone());
        match store.create_subscription_if_not_active(&new).await {
            Ok(()) => println!("{id}: signed up"),
            Err(refused) if refused.conflict().is_some() => println!("{id}: {refused}"),
            Err(error) => return Err(error),
        }
    }
    let mut subscription = store.get_active_subscription("user_1").await?;
    subscription.status = SubscriptionStatus::Canceled;
    subscription.canceled_at = Some(Utc::now());
    store.save_subscription(&subscription).await?;

    let filter = SubscriptionFilter { subscriber_id: Some("user_1".into()), ..Default::default() };
    for subscription in store.list_subscriptions(&filter).await? {
        println!("listed {}: {}", subscription.id, subscription.status.as_str());
    }
    Ok(())
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}
