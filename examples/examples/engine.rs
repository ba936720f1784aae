//! An engine that knows no database: it holds stores as `dyn`, and looks for what they can do beyond their traits.

use std::error::Error;
use std::sync::Arc;

use chrono::{TimeDelta, Utc};
use sqlx::sqlite::{SqlitePool, SqlitePoolOptions};
use store_core::{
    Result, SignUp, SqlSubscriptionStore, SqlUsageStore, Subscription, SubscriptionStatus, SubscriptionStore,
    UsageRecord, UsageStore, sign_up,
};
use store_memory::{MemorySubscriptionStore, MemoryUsageStore};

struct Engine {
    subscriptions: Arc<dyn SubscriptionStore>,
    usage: Arc<dyn UsageStore>,
}

impl Engine {
    /// What the stores lack is known from the start, and not when the first call fails.
    fn new(subscriptions: Arc<dyn SubscriptionStore>, usage: Arc<dyn UsageStore>) -> Self {
        if subscriptions.as_atomic().is_none() {
            println!("  warning: with several instances, two sign-ups of one user can both win");
        }
        if usage.as_reportable().is_none() {
            println!("  warning: usage is recorded, but never reported");
        }
        Self { subscriptions, usage }
    }

    async fn subscribe(&self, id: &str, user: &str) -> Result<SignUp> {
        let now = Utc::now();
        let month = now..now + TimeDelta::days(30);
        sign_up(&*self.subscriptions, &Subscription::new(id, user, "pro", SubscriptionStatus::Active, month))
            .await
    }

    /// How many records were reported; none where the store doesn't remember it.
    async fn report(&self) -> Result<usize> {
        let Some(reportable) = self.usage.as_reportable() else { return Ok(0) };
        let records = reportable.list_unreported_usage(100).await?;
        for record in &records {
            reportable.mark_usage_reported(&record.id, Utc::now()).await?;
        }
        Ok(records.len())
    }
}

/// Neither `atomic` nor `reportable`.
#[derive(SubscriptionStore, UsageStore)]
#[store(subscription(table = "subscriptions"), usage(table = "usage_records"))]
struct Plain {
    pool: SqlitePool,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    println!("in memory:");
    let (subscriptions, usage) = (MemorySubscriptionStore::new(), MemoryUsageStore::new());
    run(&Engine::new(Arc::new(subscriptions), Arc::new(usage))).await?;

    println!("on SQLite, without the extensions:");
    let options = SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
    let pool = options.test_before_acquire(false).connect("sqlite::memory:").await?;
    let plain = Arc::new(Plain { pool });
    plain.create_subscription_schema().await?;
    plain.create_usage_schema().await?;
    run(&Engine::new(plain.clone(), plain)).await?;
    Ok(())
}

async fn run(engine: &Engine) -> Result<()> {
    println!("  signed up: {:?}", engine.subscribe("sub_1", "user_1").await?);
    if let Err(refused) = engine.subscribe("sub_2", "user_1").await {
        println!("  refused: {refused}");
    }
    engine.usage.save_usage_record(&UsageRecord::new("evt_1", "sub_1", "api_calls", 3, Utc::now())).await?;
    println!("  reported: {}", engine.report().await?);
    Ok(())
}
