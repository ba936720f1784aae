//! Metadata as rows of names and values in a table beside: a view has them as a document.

use store_core::{Plan, PlanInterval, PlanStore, SqlPlanStore};
use store_tests::databases::{Database, sqlite};
use store_tests::harness::{Outcome, Suite};

use crate::{at, refused};

const TABLES: &str = "
    CREATE TABLE packages (id TEXT PRIMARY KEY, name TEXT NOT NULL, price INTEGER NOT NULL, made TEXT NOT NULL);
    CREATE TABLE package_settings (package TEXT NOT NULL REFERENCES packages (id), name TEXT NOT NULL, value TEXT NOT NULL,
        PRIMARY KEY (package, name));
    CREATE VIEW packages_with_settings AS
    SELECT packages.*, (
        SELECT json_group_object(name, value) FROM (SELECT name, value FROM package_settings WHERE package = packages.id ORDER BY name)
    ) AS settings
    FROM packages;
    INSERT INTO packages VALUES ('p', 'Pro', 900, '2024-01-01T00:00:00+00:00');
    INSERT INTO package_settings VALUES ('p', 'color', 'blue'), ('p', 'rank', '3');
";

#[derive(PlanStore)]
#[store(
    table = "packages",
    read_from = "packages_with_settings",
    absent(provider_id, description, features, limits)
)]
#[store(always(currency = "EUR", interval = month, interval_count = 1, trial_days = 0, active = true), lossy(updated_at))]
#[store(columns(
    amount = "price",
    metadata(column = "settings", view_only),
    created_at = "made",
    updated_at = "made"
))]
struct Packages {
    pool: sqlx::SqlitePool,
}

pub(crate) fn add(suite: &mut Suite) {
    suite.on(Database::Sqlite, "metadata_in_rows_of_a_table_beside", metadata_in_rows_of_a_table_beside);
}

async fn metadata_in_rows_of_a_table_beside() -> Outcome {
    let place = sqlite::fresh(2).await?;
    sqlx::raw_sql(TABLES).execute(&place.pool).await?;
    let store = Packages { pool: place.pool.clone() };
    store.verify_plans().await?;
    let mut pro = store.get_plan("p").await?;
    assert_eq!(pro.metadata, [("color".into(), "blue".into()), ("rank".into(), "3".into())].into());
    pro.amount = 950;
    store.save_plan(&pro).await?;
    assert_eq!(store.get_plan("p").await?, pro);
    pro.metadata.clear();
    assert_eq!(refused(store.save_plan(&pro).await), Some("metadata"), "they are written by the application");
    let new = Plan {
        created_at: at(0),
        updated_at: at(0),
        ..Plan::new("q", "Plain", 5, "EUR", PlanInterval::Month)
    };
    store.save_plan(&new).await?;
    assert_eq!(store.get_plan("q").await?, new);
    place.remove().await;
    Ok(())
}
