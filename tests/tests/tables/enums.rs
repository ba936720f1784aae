//! Words as an ENUM of MySQL, whose driver knows it as text.

use store_core::{
    Plan, PlanInterval, PlanStore, SqlPlanStore, SqlSubscriptionStore, Subscription, SubscriptionStatus,
    SubscriptionStore,
};
use store_tests::databases::{Database, mysql};
use store_tests::harness::{Outcome, Suite};

use crate::{at, refused};

const TABLES: &str = "
    CREATE TABLE tariffs (
        id varchar(64) COLLATE utf8mb4_nopad_bin PRIMARY KEY,
        name text NOT NULL,
        cents int NOT NULL,
        cycle enum('weekly', 'monthly', 'yearly') NOT NULL,
        made datetime(6) NOT NULL
    );
    CREATE TABLE contracts (
        id varchar(64) COLLATE utf8mb4_nopad_bin PRIMARY KEY,
        customer varchar(64) COLLATE utf8mb4_nopad_bin NOT NULL,
        tariff varchar(64) COLLATE utf8mb4_nopad_bin NOT NULL,
        state enum('trial', 'running', 'stopped') NOT NULL DEFAULT 'running',
        starts datetime(6) NOT NULL,
        ends datetime(6) NOT NULL,
        made datetime(6) NOT NULL
    );
    INSERT INTO tariffs VALUES ('m', 'Monthly', 900, 'monthly', '2024-01-01');
    INSERT INTO contracts VALUES ('c1', 'ann', 'm', 'running', '2024-01-01', '2024-02-01', '2024-01-01');
";

#[derive(PlanStore)]
#[store(table = "tariffs", absent(provider_id, description, features, limits, metadata), lossy(updated_at))]
#[store(always(currency = "EUR", interval_count = 1, trial_days = 0, active = true))]
#[store(columns(
    amount(column = "cents", as = i32),
    interval(column = "cycle", collation = "utf8mb4_general_ci", labels(week = "weekly", month = "monthly", year = "yearly")),
    created_at = "made",
    updated_at = "made",
))]
struct Tariffs {
    pool: sqlx::MySqlPool,
}

#[derive(SubscriptionStore)]
#[store(
    table = "contracts",
    absent(provider_id, trial_start, trial_end, canceled_at, paused_at, metadata),
    lossy(updated_at)
)]
#[store(columns(
    subscriber_id = "customer",
    plan_id = "tariff",
    status(
        column = "state",
        collation = "utf8mb4_general_ci",
        labels(trialing = "trial", active = "running", canceled = "stopped")
    ),
    current_period_start = "starts",
    current_period_end = "ends",
    created_at = "made",
    updated_at = "made",
))]
struct Contracts {
    pool: sqlx::MySqlPool,
}

pub(crate) fn add(suite: &mut Suite) {
    suite.on(Database::Mysql, "words_of_an_enum", words_of_an_enum);
}

async fn words_of_an_enum() -> Outcome {
    let place = mysql::fresh(2).await?;
    sqlx::raw_sql(TABLES).execute(&place.pool).await?;
    let tariffs = Tariffs { pool: place.pool.clone() };
    tariffs.verify_plans().await?;
    let monthly = tariffs.get_plan("m").await?;
    assert_eq!((&monthly.interval, monthly.amount), (&PlanInterval::Month, 900));
    tariffs.save_plan(&Plan { interval: PlanInterval::Year, ..monthly.clone() }).await?;
    let cycle: String = sqlx::query_scalar("SELECT cycle FROM tariffs").fetch_one(&place.pool).await?;
    assert_eq!(cycle, "yearly");
    let daily = Plan { interval: PlanInterval::Day, ..monthly };
    assert_eq!(refused(tariffs.save_plan(&daily).await), Some("interval"));

    let contracts = Contracts { pool: place.pool.clone() };
    contracts.verify_subscriptions().await?;
    let one = contracts.get_active_subscription("ann").await?;
    contracts
        .save_subscription(&Subscription { status: SubscriptionStatus::Canceled, ..one.clone() })
        .await?;
    let state: String = sqlx::query_scalar("SELECT state FROM contracts").fetch_one(&place.pool).await?;
    assert_eq!(state, "stopped");
    assert!(contracts.get_active_subscription("ann").await.is_err_and(|error| error.is_not_found()));
    let paused = Subscription { status: SubscriptionStatus::Paused, updated_at: at(0), ..one };
    assert_eq!(refused(contracts.save_subscription(&paused).await), Some("status"));
    place.remove().await;
    Ok(())
}
