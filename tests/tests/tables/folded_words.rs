//! Words under a collation that knows no case: what is not the word of a live subscription by the letter is not live.

use store_core::{SqlSubscriptionStore, StoreError, Subscription, SubscriptionStatus, SubscriptionStore};
use store_tests::databases::{Database, mysql, sqlite};
use store_tests::harness::{Outcome, Suite};

use crate::at;

macro_rules! stores {
    ($($module:ident $pool:ident $collation:literal [$($lock:tt)*];)*) => {$(
        mod $module {
            use store_core::SubscriptionStore;

            #[derive(SubscriptionStore)]
            #[store(table = "seats", atomic($($lock)*), collation = $collation)]
            #[store(absent(provider_id, trial_start, trial_end, canceled_at, paused_at, metadata))]
            #[store(columns(times(as = epoch(us))))]
            pub(super) struct Seats {
                pub(super) pool: sqlx::$pool,
            }
        }
    )*};
}

stores! {
    on_mysql MySqlPool "utf8mb4_general_ci" [lock(table = "people", column = "id")];
    on_sqlite SqlitePool "NOCASE" [lock];
}

macro_rules! on {
    ($suite:ident, $database:expr, $places:ident, $stores:ident, $collation:literal) => {
        $suite.on($database, "folded_words::only_the_word_itself_is_live", || async {
            let place = $places::fresh(2).await?;
            const TABLES: &str = concat!(
                "CREATE TABLE people (id varchar(64) COLLATE ", $collation, " PRIMARY KEY); INSERT INTO people VALUES ('ann');
                CREATE TABLE seats (id varchar(64) COLLATE ", $collation, " PRIMARY KEY, subscriber_id varchar(64) COLLATE ", $collation,
                " NOT NULL, plan_id varchar(64) NOT NULL, status varchar(20) COLLATE ", $collation, " NOT NULL,
                current_period_start bigint NOT NULL, current_period_end bigint NOT NULL, created_at bigint NOT NULL, updated_at bigint NOT NULL);
                INSERT INTO seats VALUES ('s1', 'ann', 'gold', 'ACTIVE', 1, 2, 1, 1)"
            );
            sqlx::raw_sql(TABLES).execute(&place.pool).await?;
            only_the_word_itself_is_live(&$stores::Seats { pool: place.pool.clone() }).await?;
            place.remove().await;
            Ok(())
        });
    };
}

pub(crate) fn add(suite: &mut Suite) {
    on!(suite, Database::Sqlite, sqlite, on_sqlite, "NOCASE");
    on!(suite, Database::Mysql, mysql, on_mysql, "utf8mb4_general_ci");
}

async fn only_the_word_itself_is_live<S: SqlSubscriptionStore>(store: &S) -> Outcome {
    assert_eq!(store.get_subscription("s1").await?.status.as_str(), "ACTIVE");
    assert!(matches!(store.get_active_subscription("ann").await, Err(StoreError::NotFound { .. })));
    let new = Subscription::new("s2", "ann", "gold", SubscriptionStatus::Active, at(0)..at(9));
    let atomic = SubscriptionStore::as_atomic(store).expect("it is atomic");
    atomic.create_subscription_if_not_active(&new).await?;
    assert_eq!(store.get_active_subscription("ann").await?.id, "s2");
    Ok(())
}
