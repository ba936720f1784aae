//! Quantities and amounts.

use chrono::{DateTime, Utc};
use store_core::{Plan, PlanInterval, SqlPlanStore, SqlUsageStore, StoreError, UsageRecord};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};

use crate::plain::{Plain, retyped};

/// A form on a database.
struct Case {
    /// What is there before the tables.
    setup: &'static str,
    /// The type of a column that another application has made.
    column: &'static str,
    /// Literals that it writes, as which they are found again, and their numbers.
    samples: &'static [(&'static str, i64)],
    /// Other literals for numbers, which stay as they are.
    others: &'static [(&'static str, i64)],
    /// The smallest and the greatest number that is held.
    ends: [i64; 2],
    /// Literals that are no numbers of the form.
    corrupt: &'static [&'static str],
}

const NONE: Case =
    Case { setup: "", column: "BIGINT", samples: &[], others: &[], ends: [i64::MIN, i64::MAX], corrupt: &[] };

const DIGITS: i64 = 999_999_999_999_999;

macro_rules! forms {
    ($suite:ident, $database:expr, $place:ident, $Pool:ident: $($name:ident = [$($form:tt)*] $case:expr;)*) => {$({
        mod $name {
            use store_core::{PlanStore, UsageStore};

            #[derive(UsageStore)]
            #[store(table = "usage_records", columns(quantity($($form)*)))]
            pub(super) struct Usage {
                pub(super) pool: sqlx::$Pool,
            }

            #[derive(PlanStore)]
            #[store(table = "plans", columns(amount($($form)*)))]
            pub(super) struct Plans {
                pub(super) pool: sqlx::$Pool,
            }
        }
        $suite.on($database, concat!("numbers::", stringify!($name)), || async {
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
    const CENTS: &[(&str, i64)] =
        &[("19.99", 1_999), ("20", 2_000), ("-0.05", -5), ("0", 0), ("1e12", 100_000_000_000_000)];
    const TEXTS: &[(&str, i64)] = &[("'7'", 7), ("'-9223372036854775808'", i64::MIN), ("'0'", 0)];
    const NO_TEXTS: &[&str] =
        &["'007'", "'+7'", "' 7'", "'7 '", "'-0'", "''", "'7.0'", "'1e3'", "'9223372036854775808'"];
    const DECIMAL_TEXTS: &[(&str, i64)] =
        &[("'19.99'", 1_999), ("'-0.05'", -5), ("'20.00'", 2_000), ("'0.00'", 0)];
    const OTHER_TEXTS: &[(&str, i64)] =
        &[("'20'", 2_000), ("'20.5'", 2_050), ("'0'", 0), ("'19.990000'", 1_999)];
    const NO_DECIMAL_TEXTS: &[&str] = &[
        "'007'", "'+7'", "' 7'", "'7 '", "'-0.00'", "''", "'5.'", "'.5'", "'1e3'", "'1.2.3'", "'--1'",
        "'19.999'", "'00.5'",
    ];
    const DOUBLES: Case = Case {
        samples: &[("19.99", 1_999), ("20.0", 2_000), ("-0.05", -5), ("9999999999999.99", DIGITS)],
        ends: [-DIGITS, DIGITS],
        corrupt: &["19.999", "0.30000000000000004", "19.990000000000002", "1e300", "1e15"],
        ..NONE
    };

    forms! { suite, Database::Sqlite, sqlite, SqlitePool:
        sqlite_i16 = [as = i16] Case {
            column: "SMALLINT",
            samples: &[("-32768", -32_768), ("32767", 32_767)],
            ends: [-32_768, 32_767],
            corrupt: &["32768"],
            ..NONE
        };
        sqlite_u32 = [as = u32] Case {
            samples: &[("4294967295", 4_294_967_295)], ends: [0, 4_294_967_295], corrupt: &["-1"], ..NONE
        };
        sqlite_u64 = [as = u64] Case { ends: [0, i64::MAX], corrupt: &["-1"], ..NONE };
        sqlite_decimal = [as = decimal(2)] Case {
            column: "DECIMAL(10, 2)",
            samples: CENTS,
            ends: [-DIGITS, DIGITS],
            corrupt: &["19.999", "'much'", "0.30000000000000004", "10000000000000", "1e300", "9223372036854775807"],
            ..NONE
        };
        sqlite_decimal_in_real = [as = decimal(2)] Case {
            column: "REAL", samples: CENTS, ends: [-DIGITS, DIGITS], corrupt: &["19.999", "'much'"], ..NONE
        };
        sqlite_double = [as = f64(2)] Case { column: "REAL", ..DOUBLES };
        sqlite_double_in_numeric = [as = f64(2)] Case { column: "NUMERIC", ..DOUBLES };
        sqlite_whole_double = [as = f64(0)] Case {
            column: "DOUBLE",
            samples: &[("14", 14), ("-3", -3)],
            ends: [-DIGITS, DIGITS],
            corrupt: &["0.5", "1e15", "9007199254740992", "'a'"],
            ..NONE
        };
        sqlite_text = [as = text] Case { column: "TEXT", samples: TEXTS, corrupt: NO_TEXTS, ..NONE };
        sqlite_decimal_text = [as = text(decimal(2))] Case {
            column: "TEXT", samples: DECIMAL_TEXTS, others: OTHER_TEXTS, corrupt: NO_DECIMAL_TEXTS, ..NONE
        };
    }
    forms! { suite, Database::Postgres, postgres, PgPool:
        postgres_i16 = [as = i16] Case {
            column: "SMALLINT", samples: &[("-32768", -32_768), ("32767", 32_767)], ends: [-32_768, 32_767], ..NONE
        };
        postgres_u8 = [as = u8] Case {
            column: "SMALLINT", samples: &[("255", 255)], ends: [0, 255], corrupt: &["256", "-1"], ..NONE
        };
        postgres_i32 = [as = i32] Case {
            column: "INTEGER", samples: &[("2147483647", 2_147_483_647)], ends: [-2_147_483_648, 2_147_483_647], ..NONE
        };
        postgres_u32 = [as = u32] Case {
            samples: &[("4294967295", 4_294_967_295)], ends: [0, 4_294_967_295], corrupt: &["-1"], ..NONE
        };
        postgres_decimal = [as = decimal(2)] Case {
            column: "NUMERIC(38, 4)",
            samples: &[("19.99", 1_999), ("20", 2_000), ("-0.05", -5), ("92233720368547758.07", i64::MAX)],
            corrupt: &["19.999", "'NaN'", "92233720368547758.08"],
            ..NONE
        };
        postgres_decimal_of_any_scale = [as = decimal(2)] Case {
            column: "NUMERIC",
            samples: &[("19.99", 1_999), ("20.00", 2_000)],
            others: &[("20", 2_000), ("20.0", 2_000), ("19.9900000", 1_999)],
            corrupt: &["19.999", "'NaN'", "1e30"],
            ..NONE
        };
        postgres_domain = [as = i64, type = "whole"] Case {
            setup: "CREATE DOMAIN whole AS NUMERIC(30, 2)",
            column: "whole",
            samples: &[("7", 7), ("-9223372036854775808", i64::MIN)],
            corrupt: &["7.5", "'NaN'", "9223372036854775808"],
            ..NONE
        };
        postgres_double = [as = f64(2)] Case {
            column: "DOUBLE PRECISION",
            corrupt: &["19.999", "0.30000000000000004", "1e300", "1e15", "'NaN'", "'Infinity'", "'-Infinity'"],
            ..DOUBLES
        };
        postgres_text = [as = text] Case { column: "TEXT", samples: TEXTS, corrupt: NO_TEXTS, ..NONE };
        postgres_decimal_text = [as = text(decimal(2))] Case {
            column: "VARCHAR(30)", samples: DECIMAL_TEXTS, others: OTHER_TEXTS, corrupt: NO_DECIMAL_TEXTS, ..NONE
        };
    }
    forms! { suite, Database::Mysql, mysql, MySqlPool:
        mysql_i16 = [as = i16] Case {
            column: "SMALLINT", samples: &[("-32768", -32_768), ("32767", 32_767)], ends: [-32_768, 32_767], ..NONE
        };
        mysql_u8 = [as = u8] Case { column: "TINYINT UNSIGNED", samples: &[("255", 255)], ends: [0, 255], ..NONE };
        mysql_u16 = [as = u16] Case { column: "SMALLINT UNSIGNED", samples: &[("65535", 65_535)], ends: [0, 65_535], ..NONE };
        mysql_u32 = [as = u32] Case {
            column: "INT UNSIGNED", samples: &[("4294967295", 4_294_967_295)], ends: [0, 4_294_967_295], ..NONE
        };
        mysql_u64 = [as = u64] Case {
            column: "BIGINT UNSIGNED",
            samples: &[("9223372036854775807", i64::MAX)],
            ends: [0, i64::MAX],
            corrupt: &["9223372036854775808"],
            ..NONE
        };
        mysql_decimal = [as = decimal(2)] Case {
            column: "DECIMAL(38, 4)",
            samples: &[("19.99", 1_999), ("20", 2_000), ("-0.05", -5), ("92233720368547758.07", i64::MAX)],
            corrupt: &["19.999", "92233720368547758.08"],
            ..NONE
        };
        mysql_decimal_8_2 = [as = decimal(2)] Case {
            column: "DECIMAL(8, 2)", samples: &[("19.99", 1_999)], ends: [-99_999_999, 99_999_999], ..NONE
        };
        mysql_double = [as = f64(2)] Case { column: "DOUBLE", ..DOUBLES };
        mysql_text = [as = text] Case {
            column: "VARCHAR(30) CHARACTER SET latin1", samples: TEXTS, corrupt: NO_TEXTS, ..NONE
        };
        mysql_decimal_text = [as = text(decimal(2))] Case {
            column: "VARCHAR(30)", samples: DECIMAL_TEXTS, others: OTHER_TEXTS, corrupt: NO_DECIMAL_TEXTS, ..NONE
        };
    }
}

fn all() -> [DateTime<Utc>; 2] {
    [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC]
}

fn record(id: impl Into<String>, quantity: i64) -> UsageRecord {
    UsageRecord::new(id, "s", "m", quantity, DateTime::UNIX_EPOCH)
}

fn plan(amount: i64) -> Plan {
    let mut plan = Plan::new("p", "Pro", amount, "EUR", PlanInterval::Month);
    (plan.created_at, plan.updated_at) = (DateTime::UNIX_EPOCH, DateTime::UNIX_EPOCH);
    plan
}

async fn check<U: SqlUsageStore, P: SqlPlanStore>(
    pool: &impl Plain,
    usage: &U,
    plans: &P,
    case: &Case,
) -> Outcome {
    if !case.setup.is_empty() {
        pool.run(case.setup).await?;
    }
    // The tables of the store, but for the column in question.
    for (ddl, column) in [(U::USAGE_DDL, "quantity"), (P::PLAN_DDL, "amount")] {
        pool.run(&retyped(ddl, column, case.column)).await?;
    }
    usage.verify_usage().await?;
    plans.verify_plans().await?;
    written_by_others(pool, usage, case).await?;
    saved_back(pool, plans, case).await?;
    totals(usage, case).await?;
    refused(usage, case).await?;
    corrupt(pool, usage, case).await?;
    pool.run("DROP TABLE usage_records").await?;
    pool.run("DROP TABLE plans").await?;
    usage.create_usage_schema().await?;
    plans.create_plan_schema().await?;
    usage.verify_usage().await?;
    plans.verify_plans().await?;
    totals(usage, case).await?;
    saved_back(pool, plans, case).await
}

fn insert(id: &str, quantity: &str, template: &str) -> String {
    format!(
        "INSERT INTO usage_records SELECT '{id}', 's', 'm', {quantity}, recorded_at, metadata, NULL FROM {template}"
    )
}

async fn written_by_others(pool: &impl Plain, usage: &impl SqlUsageStore, case: &Case) -> Outcome {
    let [from, to] = all();
    for (literal, number) in case.samples.iter().chain(case.others) {
        usage.save_usage_record(&record("ours", *number)).await?;
        pool.run(&insert("theirs", literal, "usage_records")).await?;
        let read = usage.list_usage_records("s", from, to).await?;
        assert_eq!(read, [record("ours", *number), record("theirs", *number)], "{literal}");
        assert_eq!(usage.sum_usage("s", "m", from, to).await.ok(), number.checked_mul(2), "{literal}");
        let dump = pool.dump("usage_records", &["quantity"]).await?;
        if case.samples.contains(&(literal, *number)) {
            assert_eq!(dump[0].1[0], dump[0].1[1], "what is saved is what others write");
        }
        pool.run("DELETE FROM usage_records").await?;
    }
    Ok(())
}

/// A record that is read and saved changes nothing.
async fn saved_back(pool: &impl Plain, plans: &impl SqlPlanStore, case: &Case) -> Outcome {
    for (literal, number) in case.samples.iter().chain(case.others) {
        plans.save_plan(&plan(0)).await?;
        pool.run(&format!("UPDATE plans SET amount = {literal}")).await?;
        let columns = ["name", "amount", "trial_days", "metadata", "created_at"];
        let before = pool.dump("plans", &columns).await?;
        let read = plans.get_plan("p").await?;
        assert_eq!(read, plan(*number), "{literal}");
        plans.save_plan(&read).await?;
        assert_eq!(pool.dump("plans", &columns).await?, before);
        let other = plan(number / 2 + 1);
        plans.save_plan(&other).await?;
        assert_eq!(plans.get_plan("p").await?, other);
        plans.delete_plan("p").await?;
    }
    Ok(())
}

/// Numbers of all lengths, the same ones each time.
fn numbers(ends: [i64; 2]) -> Vec<i64> {
    let mut state: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let random = (0..200).map(|_| {
        let bits = next() % 64;
        let number = (next() >> bits) as i64;
        if next() % 2 == 0 { number } else { number.wrapping_neg() }
    });
    ends.into_iter().chain(random).filter(|number| (ends[0]..=ends[1]).contains(number)).collect()
}

/// A total is exact, or it is an overflow.
async fn totals(usage: &impl SqlUsageStore, case: &Case) -> Outcome {
    let [from, to] = all();
    let mut total = 0;
    for (index, number) in numbers(case.ends).into_iter().enumerate() {
        usage.save_usage_record(&record(format!("{index:03}"), number)).await?;
        total += i128::from(number);
        match usage.sum_usage("s", "m", from, to).await {
            Ok(sum) => assert_eq!(i128::from(sum), total),
            Err(StoreError::Overflow) => assert!(i64::try_from(total).is_err(), "{total}"),
            Err(other) => return Err(other.into()),
        }
    }
    let read = usage.list_usage_records("s", from, to).await?;
    let read: Vec<_> = read.into_iter().map(|record| record.quantity).collect();
    assert_eq!(read, numbers(case.ends));
    assert_eq!(usage.sum_usage("s", "another", from, to).await?, 0);
    Ok(())
}

async fn refused(usage: &impl SqlUsageStore, case: &Case) -> Outcome {
    let beyond = [case.ends[0].checked_sub(1), case.ends[1].checked_add(1)];
    for number in beyond.into_iter().flatten() {
        let outcome = usage.save_usage_record(&record("refused", number)).await;
        let is_refused = matches!(outcome, Err(StoreError::InvalidInput { .. }));
        assert!(is_refused, "{number}: {outcome:?}");
    }
    Ok(())
}

async fn corrupt(pool: &impl Plain, usage: &impl SqlUsageStore, case: &Case) -> Outcome {
    let [from, to] = all();
    fn is_corrupt<T>(outcome: &store_core::Result<T>) -> bool {
        matches!(outcome, Err(StoreError::Corrupt { column, .. }) if column == "quantity")
    }
    for literal in case.corrupt {
        pool.run("DELETE FROM usage_records").await?;
        usage.save_usage_record(&record("ours", 0)).await?;
        pool.run(&insert("theirs", literal, "usage_records")).await?;
        let list = usage.list_usage_records("s", from, to).await;
        assert!(is_corrupt(&list), "{literal}: {list:?}");
        // What is merely out of range may be in a total, of which it is a part.
        let sum = usage.sum_usage("s", "m", from, to).await;
        let is_told = is_corrupt(&sum) || matches!(sum, Err(StoreError::Overflow));
        assert!(is_told || is_number(literal), "{literal}: {sum:?}");
    }
    Ok(())
}

fn is_number(literal: &str) -> bool {
    literal.parse::<i128>().is_ok()
}
