//! Every column takes NULL, and no row has it: so do the tables of those who never wrote NOT NULL.

use store_core::{Plan, PlanFilter, PlanInterval, SqlPlanStore, StoreError};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};

use crate::at;

const TABLE: &str = "
    CREATE TABLE offers (id varchar(64) COLLATE {bytes} UNIQUE, name varchar(64), price bigint, made bigint);
    INSERT INTO offers VALUES ('basic', 'Basic', 900, 1704067200);
";

macro_rules! stores {
    ($($module:ident $pool:ident $bytes:literal;)*) => {$(
        mod $module {
            use store_core::PlanStore;

            pub(super) const BYTES: &str = $bytes;

            #[derive(PlanStore)]
            #[store(table = "offers", lossy(times, updated_at))]
            #[store(absent(provider_id, description, features, limits, metadata))]
            #[store(always(currency = "EUR", interval = month, interval_count = 1, trial_days = 0, active = true))]
            #[store(columns(
                times(as = epoch(s)),
                id(not_null),
                name(not_null),
                amount(column = "price", not_null),
                created_at(column = "made", not_null),
                updated_at = "made",
            ))]
            pub(super) struct Offers {
                pub(super) pool: sqlx::$pool,
            }
        }
    )*};
}

stores! {
    on_postgres PgPool "\"C\"";
    on_mysql MySqlPool "utf8mb4_nopad_bin";
    on_sqlite SqlitePool "BINARY";
}

macro_rules! on {
    ($suite:ident, $database:expr, $places:ident, $stores:ident) => {
        $suite.on($database, "unsaid_nulls::what_never_is_null_may_be", || async {
            let place = $places::fresh(2).await?;
            let run = async |sql: &str| {
                sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(&place.pool).await
            };
            run(&TABLE.replace("{bytes}", $stores::BYTES)).await?;
            let store = $stores::Offers { pool: place.pool.clone() };
            store.verify_plans().await?;
            sound(&store).await?;
            run("INSERT INTO offers VALUES ('odd', NULL, 1, 1704067200)").await?;
            odd(&store).await?;
            place.remove().await;
            Ok(())
        });
    };
}

pub(crate) fn add(suite: &mut Suite) {
    on!(suite, Database::Sqlite, sqlite, on_sqlite);
    on!(suite, Database::Postgres, postgres, on_postgres);
    on!(suite, Database::Mysql, mysql, on_mysql);
}

async fn sound(store: &impl SqlPlanStore) -> Outcome {
    let mut basic = store.get_plan("basic").await?;
    assert_eq!((basic.name.as_str(), basic.amount, basic.created_at), ("Basic", 900, at(0)));
    basic.name = String::new();
    store.save_plan(&basic).await?;
    assert_eq!(store.get_plan("basic").await?.name, "");
    let mut pro = Plan::new("pro", "Pro", 1_900, "EUR", PlanInterval::Month);
    (pro.created_at, pro.updated_at) = (at(1), at(1));
    store.save_plan(&pro).await?;
    assert_eq!(store.list_plans(&PlanFilter::default()).await?.len(), 2);
    Ok(())
}

/// A row that has it all the same.
async fn odd(store: &impl SqlPlanStore) -> Outcome {
    match store.get_plan("odd").await {
        Err(StoreError::Corrupt { column, .. }) => assert_eq!(column, "name"),
        other => panic!("expected what can't be read, got {other:?}"),
    }
    assert_eq!(store.get_plan("pro").await?.amount, 1_900);
    Ok(())
}
