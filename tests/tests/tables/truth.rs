//! What is true or false, as numbers and as letters.

use store_core::{Plan, PlanFilter, SqlPlanStore, StoreError};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};

macro_rules! stores {
    ($($module:ident $pool:ident;)*) => {$(
        mod $module {
            use store_core::PlanStore;

            #[derive(PlanStore)]
            #[store(table = "offers", absent(provider_id, description, features, limits, metadata), key("id"))]
            #[store(always(
                currency = "EUR", interval = month, interval_count = 1, trial_days = 0, created_at = "2024-01-01T00:00:00Z",
                updated_at = "2024-01-01T00:00:00Z",
            ))]
            #[store(columns(ids(as = i64), active(column = "on_sale", as = i16)))]
            pub(super) struct Numbers {
                pub(super) pool: sqlx::$pool,
            }

            #[derive(PlanStore)]
            #[store(table = "offers", absent(provider_id, description, features, limits, metadata), key("id"))]
            #[store(always(
                currency = "EUR", interval = month, interval_count = 1, trial_days = 0, created_at = "2024-01-01T00:00:00Z",
                updated_at = "2024-01-01T00:00:00Z",
            ))]
            #[store(insert("on_sale" = 0), columns(ids(as = i64), active(column = "letter", labels(true = "Y", false = "N"))))]
            pub(super) struct Letters {
                pub(super) pool: sqlx::$pool,
            }
        }
    )*};
}

stores! {
    on_sqlite SqlitePool;
    on_postgres PgPool;
    on_mysql MySqlPool;
}

const TABLE: &str = "
    CREATE TABLE offers (id bigint PRIMARY KEY, name text NOT NULL, amount bigint NOT NULL, on_sale smallint NOT NULL,
        letter varchar(1) NOT NULL DEFAULT 'N');
    INSERT INTO offers VALUES (1, 'old', 5, 0, 'N'), (2, 'new', 7, 1, 'Y'), (3, 'odd', 9, 7, 'X');
";

pub(crate) fn add(suite: &mut Suite) {
    macro_rules! on {
        ($database:expr, $places:ident, $stores:ident) => {
            suite.on($database, "truth_in_numbers_and_letters", || async {
                let place = $places::fresh(2).await?;
                sqlx::raw_sql(TABLE).execute(&place.pool).await?;
                let numbers = $stores::Numbers { pool: place.pool.clone() };
                let letters = $stores::Letters { pool: place.pool.clone() };
                truth(&numbers, "on_sale").await?;
                truth(&letters, "letter").await?;
                let row: (i16, String) = sqlx::query_as("SELECT on_sale, letter FROM offers WHERE id = 1")
                    .fetch_one(&place.pool)
                    .await?;
                assert_eq!(row, (1, "Y".to_owned()));
                place.remove().await;
                Ok(())
            });
        };
    }
    on!(Database::Sqlite, sqlite, on_sqlite);
    on!(Database::Postgres, postgres, on_postgres);
    on!(Database::Mysql, mysql, on_mysql);
}

async fn truth(store: &impl SqlPlanStore, column: &str) -> Outcome {
    assert_eq!((store.get_plan("1").await?.active, store.get_plan("2").await?.active), (false, true));
    let active = store.list_plans(&PlanFilter { active_only: true }).await?;
    assert_eq!(active.iter().map(|plan| plan.id.as_str()).collect::<Vec<_>>(), ["2"]);
    let neither = store.get_plan("3").await;
    assert!(
        matches!(neither, Err(StoreError::Corrupt { column: told, .. }) if told == column),
        "neither is what it says"
    );
    let old = store.get_plan("1").await?;
    store.save_plan(&Plan { active: true, ..old }).await?;
    assert!(store.get_plan("1").await?.active);
    Ok(())
}
