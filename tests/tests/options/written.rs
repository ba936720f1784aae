//! Further columns: what they get when a row is made and at each write, also where there is no record to take it from.

use chrono::{DateTime, TimeDelta, Utc};
use store_core::{Subscription, SubscriptionStatus, UsageRecord};

/// One expression, with all that could end it in its text.
pub(crate) const EXPRESSION: &str = "CASE WHEN 1 = 1 THEN 'a;(''b' END";

macro_rules! stores {
    ($module:ident, $pool:ident) => {
        pub(crate) mod $module {
            use store_core::{SubscriptionStore, UsageStore};

            #[derive(SubscriptionStore)]
            #[store(table = "subscriptions", soft_delete(column = "deleted_at"), lossy(times))]
            #[store(insert(
                                                "kind" = "it's",
                                                "number" = 7,
                                                "nobody" = null,
                                                "state" = status(as = i32, labels(active = 1, canceled = 2)),
                                                "opened" = created_at(as = date),
                                                "made" = sql("CASE WHEN 1 = 1 THEN 'a;(''b' END"),
                                            ))]
            #[store(write(
                                                "changed" = sql("CASE WHEN 1 = 1 THEN 'a;(''b' END"),
                                                "ends" = current_period_end(as = epoch(s)),
                                                "customer" = subscriber_id,
                                            ))]
            pub(crate) struct Subscriptions {
                pub(crate) pool: sqlx::$pool,
            }

            #[derive(UsageStore)]
            #[store(table = "usage_records", reportable)]
            #[store(insert("reference" = id), write("changed" = sql("CASE WHEN 1 = 1 THEN 'a;(''b' END")))]
            pub(crate) struct Usage {
                pub(crate) pool: sqlx::$pool,
            }
        }
    };
}

stores!(on_sqlite, SqlitePool);
stores!(on_postgres, PgPool);
stores!(on_mysql, MySqlPool);

fn at(hour: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::hours(hour)
}

pub(crate) fn subscription() -> Subscription {
    let status = SubscriptionStatus::Active;
    Subscription {
        created_at: at(30),
        updated_at: at(30),
        ..Subscription::new("s", "ann", "pro", status, at(0)..at(1))
    }
}

/// The same after a change of all that is copied.
pub(crate) fn changed() -> Subscription {
    let status = SubscriptionStatus::Canceled;
    Subscription { created_at: at(60), ..Subscription::new("s", "bob", "pro", status, at(0)..at(2)) }
}

pub(crate) fn usage() -> UsageRecord {
    UsageRecord::new("u", "s", "calls", 1, at(1))
}

macro_rules! tests {
    ($suite:ident, $database:expr, $places:ident, $DB:ident) => {{
        use $crate::options::written;
        macro_rules! module {
            (Sqlite) => {
                use written::on_sqlite as stores;
            };
            (Postgres) => {
                use written::on_postgres as stores;
            };
            (MySql) => {
                use written::on_mysql as stores;
            };
        }
        module!($DB);
        $suite.on($database, "written::further_columns_have_their_values", || async {
            use store_core::{
                ReportableUsageStore, SqlSubscriptionStore, SqlUsageStore, SubscriptionStore, UsageStore,
            };
            let place = $places::fresh(2).await?;
            let pool = place.pool.clone();
            // Each column of the one row as text, with what is not there as such.
            let row = |table: &'static str, columns: &'static [&'static str]| {
                let pool = pool.clone();
                async move {
                    let mut texts = Vec::new();
                    for column in columns {
                        let sql = format!("SELECT CAST({column} AS CHAR(40)) FROM {table}");
                        let query = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).persistent(false);
                        let text: Option<String> = query.fetch_one(&pool).await?;
                        texts.push(text.map_or("NULL".to_owned(), |text| text.trim_end().to_owned()));
                    }
                    Ok::<_, sqlx::Error>(texts)
                }
            };
            let run = |sql: &'static str| {
                let pool = pool.clone();
                async move { sqlx::raw_sql(sql).execute(&pool).await.map(drop) }
            };
            const INSERTED: &[&str] = &["kind", "number", "nobody", "state", "opened", "made"];
            const WRITTEN: &[&str] = &["changed", "ends", "customer"];
            let store = stores::Subscriptions { pool: pool.clone() };
            store.create_subscription_schema().await?;
            store.verify_subscriptions().await?;
            store.save_subscription(&written::subscription()).await?;
            let inserted = ["it's", "7", "NULL", "1", "1970-01-02", "a;('b"];
            assert_eq!(row("subscriptions", INSERTED).await?, inserted);
            assert_eq!(row("subscriptions", WRITTEN).await?, ["a;('b", "3600", "ann"]);
            // What is written when a row is made is then the other application's.
            run("UPDATE subscriptions SET number = 8, changed = NULL").await?;
            store.save_subscription(&written::changed()).await?;
            let inserted = ["it's", "8", "NULL", "1", "1970-01-02", "a;('b"];
            assert_eq!(row("subscriptions", INSERTED).await?, inserted);
            assert_eq!(row("subscriptions", WRITTEN).await?, ["a;('b", "7200", "bob"]);
            // A mark is a write too, which has no record.
            run("UPDATE subscriptions SET changed = NULL").await?;
            store.delete_subscription("s").await?;
            assert_eq!(row("subscriptions", INSERTED).await?, inserted);
            assert_eq!(row("subscriptions", WRITTEN).await?, ["a;('b", "7200", "bob"]);

            let usage = stores::Usage { pool: pool.clone() };
            usage.create_usage_schema().await?;
            usage.save_usage_record(&written::usage()).await?;
            assert_eq!(row("usage_records", &["reference", "changed"]).await?, ["u", "a;('b"]);
            run("UPDATE usage_records SET reference = 'r', changed = NULL").await?;
            usage.mark_usage_reported("u", chrono::DateTime::UNIX_EPOCH).await?;
            assert_eq!(row("usage_records", &["reference", "changed"]).await?, ["r", "a;('b"]);

            // An expression stands as it was written, in the statements that write it and nowhere else.
            for statement in stores::Subscriptions::SUBSCRIPTION_STATEMENTS {
                let writes = ["INSERT", "UPDATE"].iter().any(|word| statement.sql.starts_with(word));
                let expression = format!("({})", written::EXPRESSION);
                assert_eq!(statement.sql.contains(&expression), writes, "{}", statement.sql);
            }
            place.remove().await;
            Ok(())
        });
    }};
}
pub(crate) use tests;
