//! Times.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::mysql::{MySqlConnectOptions, MySqlPoolOptions};
use store_core::{
    Finding, Findings, Plan, PlanInterval, ReportableUsageStore, SqlPlanStore, SqlUsageStore, StoreError,
    UsageRecord, UsageStore as _,
};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};

use crate::plain::Plain;

/// A form on a database.
struct Case {
    /// The type of a column that another application has made.
    column: &'static str,
    /// Literals that it writes, as which they are found again, and their times.
    samples: &'static [(&'static str, &'static str)],
    /// The first and the last time that the column holds, and times that it does not.
    ends: [&'static str; 2],
    refused: &'static [&'static str],
    /// Further literals, which no store writes.
    spellings: &'static [(&'static str, &'static str)],
    /// Literals that are no times of the form.
    corrupt: &'static [&'static str],
}

const NONE: Case = Case {
    column: "",
    samples: &[],
    spellings: &[],
    ends: ["0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"],
    refused: &["-0001-12-31T23:59:59Z", "+10000-01-01T00:00:00Z"],
    corrupt: &[],
};

macro_rules! forms {
    ($suite:ident, $database:expr, $place:ident, $Pool:ident: $($name:ident = [$($form:tt)*] $case:expr;)*) => {$({
        mod $name {
            use store_core::{PlanStore, UsageStore};

            #[derive(UsageStore)]
            #[store(table = "usage_records", reportable, lossy(times), columns(times($($form)*)))]
            pub(super) struct Usage {
                pub(super) pool: sqlx::$Pool,
            }

            #[derive(PlanStore)]
            #[store(table = "plans", lossy(times), columns(times($($form)*)))]
            pub(super) struct Plans {
                pub(super) pool: sqlx::$Pool,
            }
        }
        $suite.on($database, concat!("times::", stringify!($name)), || async {
            let place = $place::fresh(2).await?;
            let usage = $name::Usage { pool: place.pool.clone() };
            let plans = $name::Plans { pool: place.pool.clone() };
            check(&place.pool, &usage, &plans, &$case).await?;
            place.remove().await;
            Ok(())
        });
    })*};
}

pub(crate) fn add(suite: &mut Suite) {
    const SECONDS: Case = Case {
        column: "DATETIME",
        samples: &[
            ("'2024-02-29 23:59:59'", "2024-02-29T23:59:59Z"),
            ("'0000-01-01 00:00:00'", "0000-01-01T00:00:00Z"),
        ],
        corrupt: &["'2024-02-29'", "'2024-02-29 23:59:59.5'", "'2024-02-29T23:59:59'", "'now'", "''", "7"],
        ..NONE
    };
    const EPOCH: Case = Case {
        column: "INTEGER",
        samples: &[("1709251199", "2024-02-29T23:59:59Z"), ("-1", "1969-12-31T23:59:59Z")],
        ends: ["-262143-01-01T00:00:00Z", "+262142-12-31T23:59:59.999999Z"],
        refused: &[],
        corrupt: &["9223372036854775807"],
        ..NONE
    };
    forms! { suite, Database::Sqlite, sqlite, SqlitePool:
        sqlite_timestamp = [as = timestamp] SECONDS;
        sqlite_datetime_3 = [as = datetime(3)] Case {
            samples: &[("'2024-02-29 23:59:59.120'", "2024-02-29T23:59:59.120Z")],
            corrupt: &["'2024-02-29 23:59:59'", "'2024-02-29 23:59:59.12'", "'2024-02-29 23:59:59.1200'"],
            ..SECONDS
        };
        sqlite_date = [as = date] Case {
            column: "DATE",
            samples: &[("'2024-02-29'", "2024-02-29T00:00:00Z")],
            corrupt: &["'2024-02-29 00:00:00'", "'2024-2-29'", "'2023-02-29'", "20240229"],
            ..NONE
        };
        sqlite_epoch_seconds = [as = epoch(s)] Case { corrupt: &["1.5", "'a'", "9223372036854775807"], ..EPOCH };
        sqlite_epoch_millis = [as = epoch(ms)] Case {
            samples: &[("1709251199120", "2024-02-29T23:59:59.120Z")],
            ..EPOCH
        };
        sqlite_epoch_micros = [as = epoch(us)] Case {
            samples: &[("-1", "1969-12-31T23:59:59.999999Z")],
            corrupt: &["9223372036854775807"],
            ..EPOCH
        };
        sqlite_text = [as = text("%Y-%m-%d %H:%M:%S")] Case { column: "TEXT", ..SECONDS };
        sqlite_digits = [as = text("%Y%m%d%H%M%S%3f")] Case {
            column: "TEXT",
            samples: &[("'20240229235959120'", "2024-02-29T23:59:59.120Z")],
            corrupt: &["'20240229235959'"],
            ..NONE
        };
    }

    const OF_POSTGRES: Case = Case {
        column: "TIMESTAMP(0)",
        samples: &[
            ("'2024-02-29 23:59:59'", "2024-02-29T23:59:59Z"),
            ("'4714-11-24 00:00:00 BC'", "-4713-11-24T00:00:00Z"),
        ],
        ends: ["-4713-11-24T00:00:00Z", "+262142-12-31T23:59:59.999999Z"],
        refused: &["-4713-11-23T23:59:59Z"],
        corrupt: &["'infinity'", "'-infinity'", "'290000-01-01 00:00:00'"],
        ..NONE
    };
    forms! { suite, Database::Postgres, postgres, PgPool:
        postgres_timestamp_0 = [as = timestamp(0)] OF_POSTGRES;
        postgres_timestamp_3 = [as = datetime(3)] Case {
            column: "TIMESTAMP(3)",
            samples: &[("'2024-02-29 23:59:59.12'", "2024-02-29T23:59:59.120Z")],
            ..OF_POSTGRES
        };
        postgres_timestamp = [as = timestamp] Case {
            column: "TIMESTAMP",
            samples: &[("'2024-02-29 23:59:59.999999'", "2024-02-29T23:59:59.999999Z")],
            ..OF_POSTGRES
        };
        postgres_date = [as = date] Case {
            column: "DATE",
            samples: &[("'2024-02-29'", "2024-02-29T00:00:00Z"), ("'4714-11-24 BC'", "-4713-11-24T00:00:00Z")],
            corrupt: &["'infinity'", "'-infinity'", "'5874897-12-31'"],
            ..OF_POSTGRES
        };
        postgres_epoch_seconds = [as = epoch(s)] Case {
            column: "INTEGER",
            ends: ["1901-12-13T20:45:52Z", "2038-01-19T03:14:07Z"],
            refused: &["2038-01-19T03:14:08Z", "1901-12-13T20:45:51Z"],
            corrupt: &[],
            ..EPOCH
        };
        postgres_epoch_millis = [as = epoch(ms)] Case {
            column: "BIGINT",
            samples: &[("1709251199120", "2024-02-29T23:59:59.120Z")],
            ..EPOCH
        };
        postgres_epoch_in_numeric = [as = epoch(ms), type = "numeric"] Case {
            column: "NUMERIC",
            samples: &[("1709251199120", "2024-02-29T23:59:59.120Z")],
            spellings: &[("1709251199120.000", "2024-02-29T23:59:59.120Z")],
            corrupt: &["1.5", "'NaN'", "1e30"],
            ..EPOCH
        };
        postgres_text = [as = text("%Y-%m-%d %H:%M:%S")] Case { column: "TEXT", ..SECONDS };
    }

    const OF_MYSQL: Case = Case {
        column: "DATETIME",
        samples: &[
            ("'2024-02-29 23:59:59'", "2024-02-29T23:59:59Z"),
            ("'0001-01-01 00:00:00'", "0001-01-01T00:00:00Z"),
        ],
        corrupt: &["'0000-00-00 00:00:00'", "'2024-00-01 00:00:00'"],
        ..NONE
    };
    const TIMESTAMP_OF_MYSQL: Case = Case {
        column: "TIMESTAMP NULL",
        // The second is in the hour that Europe leaves out.
        samples: &[
            ("'2024-02-29 23:59:59'", "2024-02-29T23:59:59Z"),
            ("'2024-03-31 02:30:00'", "2024-03-31T02:30:00Z"),
        ],
        ends: ["1970-01-01T00:00:01Z", "2038-01-19T03:14:07.999999Z"],
        refused: &["1970-01-01T00:00:00Z", "2038-01-19T03:14:08Z"],
        corrupt: &["'0000-00-00 00:00:00'"],
        ..NONE
    };
    forms! { suite, Database::Mysql, mysql, MySqlPool:
        mysql_datetime = [as = datetime] OF_MYSQL;
        mysql_datetime_3 = [as = datetime(3)] Case {
            column: "DATETIME(3)",
            samples: &[("'2024-02-29 23:59:59.120'", "2024-02-29T23:59:59.120Z")],
            ..OF_MYSQL
        };
        mysql_timestamp = [as = timestamp] TIMESTAMP_OF_MYSQL;
        mysql_timestamp_6 = [as = timestamp(6)] Case {
            column: "TIMESTAMP(6) NULL",
            samples: &[("'2024-02-29 23:59:59.999999'", "2024-02-29T23:59:59.999999Z")],
            ..TIMESTAMP_OF_MYSQL
        };
        mysql_date = [as = date] Case {
            column: "DATE",
            samples: &[("'2024-02-29'", "2024-02-29T00:00:00Z")],
            corrupt: &["'0000-00-00'", "'2024-02-00'"],
            ..NONE
        };
        mysql_epoch_seconds = [as = epoch(s)] Case {
            column: "INT UNSIGNED",
            samples: &[("1709251199", "2024-02-29T23:59:59Z")],
            ends: ["1970-01-01T00:00:00Z", "2106-02-07T06:28:15Z"],
            refused: &["1969-12-31T23:59:59Z", "2106-02-07T06:28:16Z"],
            corrupt: &[],
            ..NONE
        };
        mysql_epoch_micros = [as = epoch(us)] Case {
            column: "BIGINT",
            samples: &[("-1", "1969-12-31T23:59:59.999999Z")],
            ..EPOCH
        };
        mysql_text = [as = text("%Y-%m-%dT%H:%M:%S%.3fZ")] Case {
            column: "VARCHAR(24)",
            samples: &[("'2024-02-29T23:59:59.120Z'", "2024-02-29T23:59:59.120Z")],
            corrupt: &["'2024-02-29T23:59:59Z'", "''"],
            ..NONE
        };
    }
    suite.on(Database::Mysql, "times::mysql_timestamp_of_another_zone", mysql_timestamp_of_another_zone);
}

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

async fn check(
    pool: &impl Plain,
    usage: &(impl SqlUsageStore + ReportableUsageStore),
    plans: &impl SqlPlanStore,
    case: &Case,
) -> Outcome {
    written_by_others(pool, usage, case).await?;
    saved_back(pool, plans, case).await?;
    ranges(usage, case).await?;
    refused(usage, case).await?;
    corrupt(pool, usage, case).await?;
    pool.run("DROP TABLE usage_records").await?;
    pool.run("DROP TABLE plans").await?;
    usage.create_usage_schema().await?;
    plans.create_plan_schema().await?;
    usage.verify_usage().await?;
    plans.verify_plans().await?;
    ranges(usage, case).await
}

fn insert(id: &str, at: &str) -> String {
    format!("INSERT INTO usage_records VALUES ('{id}', 's', 'm', 1, {at}, '{{}}', NULL)")
}

fn record(id: impl Into<String>, at: DateTime<Utc>) -> UsageRecord {
    UsageRecord::new(id, "s", "m", 1, at)
}

async fn written_by_others<S>(pool: &impl Plain, usage: &S, case: &Case) -> Outcome
where
    S: SqlUsageStore + ReportableUsageStore,
{
    pool.run(&format!(
        "CREATE TABLE usage_records (id VARCHAR(99) PRIMARY KEY, subscription_id VARCHAR(99) NOT NULL,
         metric VARCHAR(99) NOT NULL, quantity BIGINT NOT NULL, recorded_at {type}, metadata {json} NOT NULL,
         provider_reported_at {type})",
        type = case.column,
        json = if S::USAGE_DDL.contains("JSONB") { "JSONB" } else { "LONGTEXT" },
    ))
    .await?;
    for (index, (literal, time)) in case.samples.iter().enumerate() {
        pool.run(&insert("theirs", literal)).await?;
        usage.save_usage_record(&record("ours", utc(time))).await?;
        usage.mark_usage_reported("ours", utc(time) + TimeDelta::nanoseconds(1)).await?;
        let all = usage.list_usage_records("s", DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC).await?;
        let reported = UsageRecord { provider_reported_at: Some(utc(time)), ..record("ours", utc(time)) };
        assert_eq!(all, [reported, record("theirs", utc(time))], "{index}");
        let dump = pool.dump("usage_records", &["recorded_at", "provider_reported_at"]).await?;
        assert_eq!(dump[0].1[0], dump[0].1[1], "what is saved is what others write");
        assert_eq!(dump[1].1[0], dump[0].1[0]);
        pool.run("DELETE FROM usage_records").await?;
    }
    Ok(())
}

/// A record that is read and saved changes nothing.
async fn saved_back<P: SqlPlanStore>(pool: &impl Plain, plans: &P, case: &Case) -> Outcome {
    plans.create_plan_schema().await?;
    for (literal, time) in case.samples.iter().chain(case.spellings) {
        let mut plan = Plan::new("p", "Pro", 1_900, "EUR", PlanInterval::Month);
        (plan.created_at, plan.updated_at) = (utc(time), utc(time));
        plans.save_plan(&plan).await?;
        pool.run(&format!("UPDATE plans SET created_at = {literal}, updated_at = {literal}")).await?;
        let columns = ["name", "amount", "metadata", "created_at", "updated_at"];
        let before = pool.dump("plans", &columns).await?;
        let read = plans.get_plan("p").await?;
        assert_eq!(read, plan);
        plans.save_plan(&read).await?;
        assert_eq!(pool.dump("plans", &columns).await?, before);
        plans.delete_plan("p").await?;
    }
    Ok(())
}

/// A range selects what the records that are read say, whatever its ends.
async fn ranges(usage: &impl SqlUsageStore, case: &Case) -> Outcome {
    let anchors: Vec<_> =
        case.ends.iter().copied().chain(case.samples.iter().map(|(_, time)| *time)).map(utc).collect();
    let steps = [0, 1, 999, 1_000, 999_999, 1_000_000, 59_999_999, 86_399_999_999, 86_400_000_000];
    let near: Vec<_> = anchors
        .iter()
        .flat_map(|anchor| steps.iter().flat_map(move |step| [(anchor, *step), (anchor, -*step)]))
        .filter_map(|(anchor, step)| anchor.checked_add_signed(TimeDelta::microseconds(step)))
        .collect();
    for (index, time) in near.iter().enumerate() {
        match usage.save_usage_record(&record(format!("{index:03}"), *time)).await {
            Ok(()) => {}
            // Beyond an end.
            Err(StoreError::InvalidInput { .. }) => {}
            Err(other) => return Err(other.into()),
        }
    }
    let (first, last) = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
    let all = usage.list_usage_records("s", first, last).await?;
    assert!(all.len() > near.len() / 3, "{} of {}", all.len(), near.len());
    assert!(all.is_sorted_by_key(|record| (record.recorded_at, record.id.clone())));
    for (from, to) in near.iter().zip(near.iter().skip(1).cycle().skip(4)).chain([(&first, &last)]) {
        for (from, to) in [(*from, *to), (*from, last), (first, *to)] {
            let within = |record: &&UsageRecord| record.recorded_at >= from && record.recorded_at < to;
            let expected: Vec<_> = all.iter().filter(within).cloned().collect();
            assert_eq!(usage.list_usage_records("s", from, to).await?, expected, "{from}..{to}");
            assert_eq!(usage.sum_usage("s", "m", from, to).await?, expected.len() as i64, "{from}..{to}");
        }
    }
    Ok(())
}

async fn refused(usage: &impl SqlUsageStore, case: &Case) -> Outcome {
    for time in case.refused {
        let outcome = usage.save_usage_record(&record("refused", utc(time))).await;
        let is_refused = matches!(outcome, Err(StoreError::InvalidInput { .. }));
        assert!(is_refused, "{time}: {outcome:?}");
    }
    for end in case.ends {
        // An end may be finer than the column, which cuts it.
        usage.save_usage_record(&record(format!("end {end}"), utc(end))).await?;
    }
    Ok(())
}

async fn corrupt(
    pool: &impl Plain,
    usage: &(impl SqlUsageStore + ReportableUsageStore),
    case: &Case,
) -> Outcome {
    for literal in case.corrupt {
        pool.run("DELETE FROM usage_records").await?;
        // A zero date is what servers take that are not strict.
        let lax = if literal.contains("-00") { "SET SESSION sql_mode = ''; " } else { "" };
        let strict = if lax.is_empty() { "" } else { "; SET SESSION sql_mode = DEFAULT" };
        pool.run(&format!("{lax}{}{strict}", insert("theirs", literal))).await?;
        let outcome = usage.list_unreported_usage(9).await;
        let is_corrupt =
            matches!(&outcome, Err(StoreError::Corrupt { column, .. }) if column == "recorded_at");
        assert!(is_corrupt, "{literal}: {outcome:?}");
    }
    Ok(())
}

/// A TIMESTAMP is an instant, which each session sees in its own zone.
async fn mysql_timestamp_of_another_zone() -> Outcome {
    let place = mysql::fresh(1).await?;
    let usage = mysql_zones::Usage { pool: place.pool.clone() };
    usage.create_usage_schema().await?;
    let theirs = insert("theirs", "'2024-03-31 03:30:00'");
    place.pool.run(&format!("SET time_zone = '+02:00'; {theirs}; SET time_zone = '+00:00'")).await?;
    let (from, to) = (utc("2024-03-31T01:30:00Z"), utc("2024-03-31T01:30:01Z"));
    let read = usage.list_usage_records("s", from, to).await?;
    assert_eq!(read, [record("theirs", from)]);

    let options: MySqlConnectOptions = place.url().parse()?;
    let elsewhere = MySqlPoolOptions::new().connect_with(options.timezone(Some("+02:00".into()))).await?;
    let outcome = mysql_zones::Usage { pool: elsewhere.clone() }.verify_usage().await;
    let Err(StoreError::Schema { source }) = outcome else { panic!("{outcome:?}") };
    let findings = source.downcast::<Findings>()?;
    assert_eq!(findings.iter().map(Finding::kind).collect::<Vec<_>>(), ["NotUtc"]);
    elsewhere.close().await;
    place.remove().await;
    Ok(())
}

mod mysql_zones {
    use store_core::UsageStore;

    #[derive(UsageStore)]
    #[store(table = "usage_records", lossy(times), columns(times(as = timestamp(0))))]
    pub(super) struct Usage {
        pub(super) pool: sqlx::MySqlPool,
    }
}
