//! One column for the end of the period and for the time of the cancellation: who has none goes on.

use chrono::{DateTime, Utc};
use store_core::{SqlSubscriptionStore, Subscription, SubscriptionStatus};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};

use crate::{at, refused};

const TABLE: &str = "
    CREATE TABLE memberships (id varchar(64) PRIMARY KEY, member varchar(64) NOT NULL, plan varchar(64) NOT NULL,
        status varchar(20) NOT NULL, since bigint NOT NULL, ends bigint);
    INSERT INTO memberships VALUES ('m1', 'ann', 'gold', 'active', 1704067200, NULL), ('m2', 'bob', 'gold', 'active', 1704067200, 253402300799);
";

macro_rules! stores {
    ($($module:ident $pool:ident $(collation = $collation:literal)?;)*) => {$(
        mod $module {
            use store_core::SubscriptionStore;

            #[derive(SubscriptionStore)]
            #[store(table = "memberships", absent(provider_id, trial_start, trial_end, paused_at, metadata))]
            #[store(lossy(times, current_period_start, updated_at) $(, collation = $collation)?)]
            #[store(columns(
                times(as = epoch(s)),
                subscriber_id = "member",
                plan_id = "plan",
                created_at = "since",
                updated_at = "since",
                current_period_start = "since",
                current_period_end(column = "ends", if_null = "9999-12-31T23:59:59Z"),
                canceled_at = "ends",
            ))]
            pub(super) struct Memberships {
                pub(super) pool: sqlx::$pool,
            }
        }
    )*};
}

stores! {
    on_postgres PgPool;
    on_mysql MySqlPool collation = "utf8mb4_general_ci";
    on_sqlite SqlitePool;
}

macro_rules! on {
    ($suite:ident, $database:expr, $places:ident, $stores:ident) => {
        $suite.on($database, "one_end::none_is_a_period_without_end", || async {
            let place = $places::fresh(2).await?;
            sqlx::raw_sql(TABLE).execute(&place.pool).await?;
            let end = "SELECT ends FROM memberships WHERE id = 'm1'";
            let end = async || sqlx::query_scalar::<_, Option<i64>>(end).fetch_one(&place.pool).await;
            none_is_a_period_without_end(&$stores::Memberships { pool: place.pool.clone() }, end).await?;
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

async fn none_is_a_period_without_end(
    store: &impl SqlSubscriptionStore,
    end: impl AsyncFn() -> Result<Option<i64>, sqlx::Error>,
) -> Outcome {
    let far: DateTime<Utc> = "9999-12-31T23:59:59Z".parse()?;
    let one = store.get_subscription("m1").await?;
    assert_eq!((one.current_period_end, one.canceled_at), (far, None));
    store.save_subscription(&one).await?;
    assert_eq!(end().await?, None, "it is saved back as it was");

    // NULL would be read as no cancellation.
    let both = Subscription { canceled_at: Some(far), ..one.clone() };
    assert_eq!(refused(store.save_subscription(&both).await), Some("canceled_at"));
    let neither = Subscription { current_period_end: at(5), ..one.clone() };
    assert_eq!(refused(store.save_subscription(&neither).await), Some("canceled_at"));

    let canceled = Subscription {
        status: SubscriptionStatus::Canceled,
        current_period_end: at(5),
        canceled_at: Some(at(5)),
        ..one.clone()
    };
    store.save_subscription(&canceled).await?;
    assert_eq!(store.get_subscription("m1").await?, canceled);
    store.save_subscription(&one).await?;
    assert_eq!(store.get_subscription("m1").await?, one);

    // Where the time is written out, it is that of a cancellation, until there is none.
    let two = store.get_subscription("m2").await?;
    assert_eq!((two.current_period_end, two.canceled_at), (far, Some(far)));
    let goes_on = Subscription { canceled_at: None, ..two };
    store.save_subscription(&goes_on).await?;
    assert_eq!(store.get_subscription("m2").await?, goes_on);
    Ok(())
}
