//! A store on a SQLite file: a plan, a race of sign-ups with one winner, and usage on its way to the payment provider.

use std::error::Error;
use std::sync::Arc;

use chrono::{TimeDelta, Utc};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool};
use store_core::{
    AtomicSubscriptionStore, Conflict, Plan, PlanInterval, PlanStore, ReportableUsageStore, SqlPlanStore,
    SqlSubscriptionStore, SqlUsageStore, Subscription, SubscriptionStatus, SubscriptionStore, UsageRecord,
    UsageStore,
};
use store_examples::ran;

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
    ran::listen()?;
    let directory = tempfile::tempdir()?;
    let file = directory.path().join("billing.db");
    let options = SqliteConnectOptions::new()
        .filename(&file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal);
    let billing = Arc::new(Billing { pool: SqlitePool::connect_with(options).await? });

    println!("1. A database with the tables of three stores");
    billing.create_plan_schema().await?;
    billing.create_subscription_schema().await?;
    billing.create_usage_schema().await?;
    billing.verify_plans().await?;
    billing.verify_subscriptions().await?;
    billing.verify_usage().await?;
    println!("   made and verified in {}", file.display());

    println!("2. A plan");
    let mut plan = Plan::new("pro", "Pro", 1_900, "EUR", PlanInterval::Month);
    plan.trial_days = 14;
    billing.save_plan(&plan).await?;
    let plan = billing.get_plan("pro").await?;
    println!("   {}: {} cents a month, {} days of trial", plan.name, plan.amount, plan.trial_days);

    println!("3. 64 tasks sign up user_1 at once");
    let (winners, refused) = sign_up_at_once(&billing, 64).await?;
    let subscription = billing.get_active_subscription("user_1").await?;
    println!("   {winners} winner ({}), {refused} times AlreadyExists", subscription.id);

    println!("4. Usage");
    report_usage(&billing, &subscription.id).await?;

    billing.pool.close().await;
    println!("5. The statements that ran");
    print_statements();
    Ok(())
}

/// How many won, and how many came too late.
async fn sign_up_at_once(billing: &Arc<Billing>, tasks: usize) -> Result<(usize, usize), Box<dyn Error>> {
    let now = Utc::now();
    let sign_up = |task| {
        let billing = Arc::clone(billing);
        let trial = now..now + TimeDelta::days(14);
        let new =
            Subscription::new(format!("sub_{task}"), "user_1", "pro", SubscriptionStatus::Trialing, trial);
        tokio::spawn(async move { billing.create_subscription_if_not_active(&new).await })
    };
    let (mut winners, mut refused) = (0, 0);
    for call in (0..tasks).map(sign_up).collect::<Vec<_>>() {
        match call.await? {
            Ok(()) => winners += 1,
            Err(error) if error.conflict() == Some(&Conflict::Live) => refused += 1,
            Err(error) => return Err(error.into()),
        }
    }
    Ok((winners, refused))
}

async fn report_usage(billing: &Billing, subscription: &str) -> store_core::Result<()> {
    let (now, hour) = (Utc::now(), TimeDelta::hours(1));
    for (event, calls) in [250, 100, -50].into_iter().enumerate() {
        let record = UsageRecord::new(format!("evt_{event}"), subscription, "api_calls", calls, now);
        billing.save_usage_record(&record).await?;
    }
    let sum = billing.sum_usage(subscription, "api_calls", now - hour, now + hour).await?;
    println!("   three records, {sum} calls in total");

    for record in billing.list_unreported_usage(100).await? {
        // Here the payment provider would get it, under this id.
        billing.mark_usage_reported(&record.id, Utc::now()).await?;
        println!("   reported {}: {:+} {}", record.id, record.quantity, record.metric);
    }
    println!("   left to report: {}", billing.list_unreported_usage(100).await?.len());
    Ok(())
}

/// By name, with the beginning of their texts; whole they are in the same constants.
fn print_statements() {
    let known =
        [Billing::PLAN_STATEMENTS, Billing::SUBSCRIPTION_STATEMENTS, Billing::USAGE_STATEMENTS].concat();
    for (sql, times) in ran::statements() {
        if let Some(statement) = known.iter().find(|statement| statement.sql == sql) {
            println!("   {times:>2} x {:<32} {:.60} ..", statement.name(), sql.replace('"', ""));
        }
    }
}
