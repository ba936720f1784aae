//! A store on a SQLite file: a plan, a race of sign-ups with one winner, and usage on its way to the payment provider.

use std::error::Error;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};
use store_core::{
    AtomicSubscriptionStore, Conflict, Plan, PlanInterval, PlanStore, ReportableUsageStore, SqlPlanStore,
    SqlSubscriptionStore, SqlUsageStore, Subscription, SubscriptionStatus, SubscriptionStore, UsageRecord,
    UsageStore,
};

#[derive(PlanStore, SubscriptionStore, UsageStore)]
#[store(
    plan(table = "plans"),
    subscription(table = "subscriptions", atomic),
    usage(table = "usage_records", reportable)
)]
struct Billing {
    pool: SqlitePool,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let directory = tempfile::tempdir()?;
    let file = directory.path().join("billing.db");
    let options = SqliteConnectOptions::new()
        .filename(&file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal);
    let billing = Arc::new(Billing { pool: SqlitePool::connect_with(options).await? });

    billing.create_plan_schema().await?;
    billing.create_subscription_schema().await?;
    billing.create_usage_schema().await?;
    billing.verify_subscriptions().await?;
    println!("made the tables in {}", file.display());

    let mut plan = Plan::new("pro", "Pro", 1_900, "EUR", PlanInterval::Month);
    plan.trial_days = 14;
    billing.save_plan(&plan).await?;
    println!("saved the plan {} at {} cents a month", plan.name, plan.amount);

    let now = Utc::now();
    let (winners, refused) = sign_up_at_once(&billing, 64, now).await?;
    println!("64 tasks signed up user_1 at once: {winners} won, {refused} found a live subscription");

    let subscription = billing.get_active_subscription("user_1").await?;
    println!("user_1 has {} on plan {}", subscription.id, subscription.plan_id);

    report_usage(&billing, &subscription, now).await?;

    println!("\nthe statements of these stores:");
    let statements = [Billing::PLAN_STATEMENTS, Billing::SUBSCRIPTION_STATEMENTS, Billing::USAGE_STATEMENTS];
    for (entity, statements) in ["plans", "subscriptions", "usage"].iter().zip(statements) {
        for statement in statements {
            println!("  {entity}, {}:\n    {}", statement.name(), statement.sql);
        }
    }
    billing.pool.close().await;
    Ok(())
}

/// Lets many tasks create a live subscription of one user at the same moment; how many won, and how many came too late.
async fn sign_up_at_once(
    billing: &Arc<Billing>,
    tasks: usize,
    now: DateTime<Utc>,
) -> Result<(usize, usize), Box<dyn Error>> {
    let calls = (0..tasks).map(|task| {
        let billing = Arc::clone(billing);
        tokio::spawn(async move {
            let period = now..now + TimeDelta::days(30);
            let id = format!("sub_{task}");
            let subscription = Subscription::new(id, "user_1", "pro", SubscriptionStatus::Trialing, period);
            billing.create_subscription_if_not_active(&subscription).await
        })
    });
    let (mut winners, mut refused) = (0, 0);
    for call in calls.collect::<Vec<_>>() {
        match call.await? {
            Ok(()) => winners += 1,
            Err(error) if error.conflict() == Some(&Conflict::Live) => refused += 1,
            Err(error) => return Err(error.into()),
        }
    }
    Ok((winners, refused))
}

async fn report_usage(
    billing: &Billing,
    subscription: &Subscription,
    now: DateTime<Utc>,
) -> Result<(), Box<dyn Error>> {
    for (event, calls) in [250, 100, -50].into_iter().enumerate() {
        let record = UsageRecord::new(format!("evt_{event}"), &subscription.id, "api_calls", calls, now);
        billing.save_usage_record(&record).await?;
    }
    let hour = TimeDelta::hours(1);
    let sum = billing.sum_usage(&subscription.id, "api_calls", now - hour, now + hour).await?;
    println!("recorded three events of usage: {sum} calls in total");

    for record in billing.list_unreported_usage(100).await? {
        // Here the payment provider would get it, under this id.
        billing.mark_usage_reported(&record.id, Utc::now()).await?;
        println!("reported {}: {:+} {}", record.id, record.quantity, record.metric);
    }
    println!("{} events are left to report", billing.list_unreported_usage(100).await?.len());
    Ok(())
}
