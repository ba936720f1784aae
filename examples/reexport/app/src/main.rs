//! A user of a library that re-exports `store_core`: the derive is told where it is.

use std::error::Error;
use std::sync::Arc;

use reexport_kit::Engine;
use reexport_kit::store_core::sqlx::{SqlitePool, sqlite::SqlitePoolOptions};
use reexport_kit::store_core::{SqlSubscriptionStore, SubscriptionStore};

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", atomic, crate = reexport_kit::store_core)]
struct Subscriptions {
    pool: SqlitePool,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    // In memory: the one connection is the database, so it is never replaced.
    let options = SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false);
    let store = Arc::new(Subscriptions { pool: options.connect("sqlite::memory:").await? });
    store.create_subscription_schema().await?;

    let engine = Engine::new(store);
    println!("first: {:?}", engine.subscribe("user_1", "pro").await?);
    match engine.subscribe("user_1", "pro").await {
        Ok(_) => Err("a second live subscription".into()),
        Err(refused) => {
            println!("second: {refused}");
            Ok(())
        }
    }
}
