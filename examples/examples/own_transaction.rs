//! A sign-up and a row of one's own, in one transaction: both are there, or neither.

use std::error::Error;

use chrono::{TimeDelta, Utc};
use sqlx::SqlitePool;
use sqlx::sqlite::SqliteConnectOptions;
use store_core::{
    Conflict, SqlAtomicSubscriptionStore, SqlSubscriptionStore, Subscription, SubscriptionFilter,
    SubscriptionStatus, SubscriptionStore,
};

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", atomic)]
struct Subscriptions {
    pool: SqlitePool,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let directory = tempfile::tempdir()?;
    let file = directory.path().join("billing.db");
    let options = SqliteConnectOptions::new().filename(file).create_if_missing(true);
    let store = Subscriptions { pool: SqlitePool::connect_with(options).await? };
    store.create_subscription_schema().await?;
    let table = "CREATE TABLE accounts (user TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE)";
    sqlx::query(table).execute(&store.pool).await?;

    for (user, email) in [("ann", "ann@example.org"), ("bob", "ann@example.org"), ("bob", "bob@example.org")]
    {
        match open_account(&store, user, email).await {
            Ok(()) => println!("{user} has an account and a trial"),
            Err(error) => println!("{user} has neither: {error}"),
        }
    }
    let accounts: i64 = sqlx::query_scalar("SELECT count(*) FROM accounts").fetch_one(&store.pool).await?;
    let subscriptions = store.list_subscriptions(&SubscriptionFilter::default()).await?.len();
    println!("{accounts} accounts, {subscriptions} subscriptions");
    store.pool.close().await;
    Ok(())
}

async fn open_account(store: &Subscriptions, user: &str, email: &str) -> Result<(), Box<dyn Error>> {
    // A transaction that begins with a read could find at its first write that another one was faster.
    let mut transaction = store.pool.begin_with("BEGIN IMMEDIATE").await?;

    let now = Utc::now();
    let id = format!("sub_{user}");
    let trial =
        Subscription::new(id, user, "pro", SubscriptionStatus::Trialing, now..now + TimeDelta::days(14));
    match store.create_subscription_if_not_active_in(&mut transaction, &trial).await {
        Ok(()) => {}
        // A refusal leaves the transaction usable: who has a subscription keeps it, and still gets the account.
        Err(error) if error.conflict() == Some(&Conflict::Live) => {}
        Err(error) => return Err(error.into()),
    }
    // Where this fails, the transaction is dropped, and with it the subscription.
    sqlx::query("INSERT INTO accounts (user, email) VALUES (?1, ?2)")
        .bind(user)
        .bind(email)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(())
}
