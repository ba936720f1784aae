//! Days where the contract has instants: a day begins at midnight in UTC.

use chrono::TimeDelta;
use store_core::{SqlSubscriptionStore, Subscription, SubscriptionStatus};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};

use crate::at;

const TABLE: &str = "
    CREATE TABLE leases (id varchar(64) PRIMARY KEY, tenant varchar(64) NOT NULL, flat varchar(64) NOT NULL, status varchar(20) NOT NULL,
        starts_on date NOT NULL, ends_on date, signed_on date NOT NULL);
    INSERT INTO leases VALUES ('l1', 'ann', 'attic', 'active', '2024-01-01', NULL, '2023-12-24');
";

macro_rules! stores {
    ($($module:ident $pool:ident $(collation = $collation:literal)?;)*) => {$(
        mod $module {
            use store_core::SubscriptionStore;

            #[derive(SubscriptionStore)]
            #[store(table = "leases", absent(provider_id, trial_start, trial_end, canceled_at, paused_at, metadata))]
            #[store(lossy(times, updated_at) $(, collation = $collation)?)]
            #[store(columns(
                times(as = date),
                subscriber_id = "tenant",
                plan_id = "flat",
                current_period_start = "starts_on",
                current_period_end(column = "ends_on", if_null = "9999-12-31T00:00:00Z"),
                created_at = "signed_on",
                updated_at = "signed_on",
            ))]
            pub(super) struct Leases {
                pub(super) pool: sqlx::$pool,
            }
        }
    )*};
}

stores! {
    on_postgres PgPool;
    on_mysql MySqlPool collation = "utf8mb4_general_ci";
}

mod on_sqlite {
    use store_core::SubscriptionStore;

    /// SQLite has no days: they are texts.
    #[derive(SubscriptionStore)]
    #[store(table = "leases", absent(provider_id, trial_start, trial_end, canceled_at, paused_at, metadata))]
    #[store(lossy(times, updated_at))]
    #[store(columns(
        times(as = text("%Y-%m-%d")),
        subscriber_id = "tenant",
        plan_id = "flat",
        current_period_start = "starts_on",
        current_period_end(column = "ends_on", if_null = "9999-12-31T00:00:00Z"),
        created_at = "signed_on",
        updated_at = "signed_on",
    ))]
    pub(super) struct Leases {
        pub(super) pool: sqlx::SqlitePool,
    }
}

pub(crate) fn add(suite: &mut Suite) {
    macro_rules! on {
        ($database:expr, $places:ident, $stores:ident, $day:literal) => {
            suite.on($database, "days_instead_of_instants", || async {
                let place = $places::fresh(2).await?;
                sqlx::raw_sql(TABLE).execute(&place.pool).await?;
                let store = $stores::Leases { pool: place.pool.clone() };
                days(&store).await?;
                let days: (String, String) = sqlx::query_as(concat!(
                    "SELECT ",
                    $day,
                    "(starts_on AS CHAR(10)), ",
                    $day,
                    "(ends_on AS CHAR(10)) FROM leases WHERE id = 'l2'"
                ))
                .fetch_one(&place.pool)
                .await?;
                assert_eq!(days, ("2024-01-01".to_owned(), "2024-01-31".to_owned()));
                place.remove().await;
                Ok(())
            });
        };
    }
    on!(Database::Sqlite, sqlite, on_sqlite, "CAST");
    on!(Database::Postgres, postgres, on_postgres, "CAST");
    on!(Database::Mysql, mysql, on_mysql, "CAST");
}

async fn days(store: &impl SqlSubscriptionStore) -> Outcome {
    let attic = store.get_active_subscription("ann").await?;
    assert_eq!(attic.current_period_start, at(0));
    assert_eq!(attic.current_period_end.to_string(), "9999-12-31 00:00:00 UTC");
    store.save_subscription(&attic).await?;
    let late = at(0) + TimeDelta::hours(23);
    let cellar = Subscription {
        created_at: late,
        ..Subscription::new(
            "l2",
            "bob",
            "cellar",
            SubscriptionStatus::Active,
            late..late + TimeDelta::days(30),
        )
    };
    store.save_subscription(&cellar).await?;
    let read = store.get_subscription("l2").await?;
    assert_eq!(
        (read.current_period_start, read.created_at, read.updated_at),
        (at(0), at(0), at(0)),
        "the day remains"
    );
    Ok(())
}
