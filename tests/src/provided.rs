//! A store whose subscribers have a row elsewhere, which a write finds there.

use std::sync::Arc;

use async_trait::async_trait;
use sqlx::{MySql, Pool, Postgres, Sqlite};
use store_core::{AtomicSubscriptionStore, Result, Subscription, SubscriptionFilter, SubscriptionStore};

/// A database in which a subscriber can be given a row.
#[async_trait]
pub trait Provide: sqlx::Database {
    /// Makes the table `subscribers`.
    async fn make(pool: &Pool<Self>) -> sqlx::Result<()>;

    /// Gives a subscriber a row, unless the database can't hold it.
    async fn provide(pool: &Pool<Self>, subscriber: &str);
}

macro_rules! provide {
    ($DB:ty, $id:literal, $insert:literal) => {
        #[async_trait]
        impl Provide for $DB {
            async fn make(pool: &Pool<Self>) -> sqlx::Result<()> {
                sqlx::query(concat!("CREATE TABLE subscribers (id ", $id, " NOT NULL PRIMARY KEY)"))
                    .execute(pool)
                    .await
                    .map(drop)
            }

            async fn provide(pool: &Pool<Self>, subscriber: &str) {
                let (pool, subscriber) = (pool.clone(), subscriber.to_owned());
                // To its end, even if the call around it is given up; what can't be held is for the store to refuse.
                let provided = tokio::spawn(async move {
                    let _ = sqlx::query($insert).bind(subscriber).execute(&pool).await;
                });
                let _ = provided.await;
            }
        }
    };
}

provide!(Sqlite, "TEXT", "INSERT OR IGNORE INTO subscribers VALUES (?)");
provide!(Postgres, "text COLLATE \"C\"", "INSERT INTO subscribers VALUES ($1) ON CONFLICT DO NOTHING");
provide!(
    MySql,
    "VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin",
    "INSERT IGNORE INTO subscribers VALUES (?)"
);

/// A store of which every subscriber that is written has a row in `subscribers`.
pub struct Provided<S, DB: Provide> {
    /// The store.
    pub store: Arc<S>,
    /// A pool of its own, so that a call does not wait for itself.
    pub pool: Pool<DB>,
}

#[async_trait]
impl<S: AtomicSubscriptionStore, DB: Provide> SubscriptionStore for Provided<S, DB> {
    async fn save_subscription(&self, subscription: &Subscription) -> Result<()> {
        DB::provide(&self.pool, &subscription.subscriber_id).await;
        self.store.save_subscription(subscription).await
    }

    async fn get_subscription(&self, id: &str) -> Result<Subscription> {
        self.store.get_subscription(id).await
    }

    async fn get_subscription_by_provider_id(&self, provider_id: &str) -> Result<Subscription> {
        self.store.get_subscription_by_provider_id(provider_id).await
    }

    async fn get_active_subscription(&self, subscriber_id: &str) -> Result<Subscription> {
        self.store.get_active_subscription(subscriber_id).await
    }

    async fn list_subscriptions(&self, filter: &SubscriptionFilter) -> Result<Vec<Subscription>> {
        self.store.list_subscriptions(filter).await
    }

    async fn delete_subscription(&self, id: &str) -> Result<()> {
        self.store.delete_subscription(id).await
    }

    fn as_atomic(&self) -> Option<&dyn AtomicSubscriptionStore> {
        self.store.as_atomic().map(|_| self as &dyn AtomicSubscriptionStore)
    }
}

#[async_trait]
impl<S: AtomicSubscriptionStore, DB: Provide> AtomicSubscriptionStore for Provided<S, DB> {
    async fn create_subscription_if_not_active(&self, subscription: &Subscription) -> Result<()> {
        DB::provide(&self.pool, &subscription.subscriber_id).await;
        self.store.create_subscription_if_not_active(subscription).await
    }
}
