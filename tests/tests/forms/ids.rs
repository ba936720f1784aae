//! Ids.

use chrono::DateTime;
use store_core::{
    Conflict, SqlAtomicSubscriptionStore, SqlSubscriptionStore as _, StoreError, Subscription,
    SubscriptionFilter, SubscriptionStatus,
};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};

use crate::plain::{Plain, retyped};

/// A form on a database.
struct Case {
    /// What is there before the table.
    setup: &'static str,
    /// The type of a column that another application has made.
    column: &'static str,
    /// Literals that it writes, as which they are found again, and their ids in order.
    samples: &'static [(&'static str, &'static str)],
    /// Ids that the column does not hold.
    refused: &'static [&'static str],
    /// Literals that are no ids of the form.
    corrupt: &'static [&'static str],
}

const NONE: Case = Case { setup: "", column: "TEXT", samples: &[], refused: &[], corrupt: &[] };

const NO_NUMBERS: &[&str] = &["+7", "007", " 7", "7 ", "-0", "", "7.0", "1e3", "seven", "٣"];

const UUIDS: Case = Case {
    samples: &[
        ("'00112233-4455-6677-8899-aabbccddeeff'", "00112233-4455-6677-8899-aabbccddeeff"),
        ("'0a112233-4455-6677-8899-aabbccddeeff'", "0a112233-4455-6677-8899-aabbccddeeff"),
        ("'ffffffff-ffff-ffff-ffff-ffffffffffff'", "ffffffff-ffff-ffff-ffff-ffffffffffff"),
    ],
    refused: &[
        "",
        "one",
        "0A112233-4455-6677-8899-AABBCCDDEEFF",
        "0a112233445566778899aabbccddeeff",
        "{0a112233-4455-6677-8899-aabbccddeeff}",
        "0a112233-4455-6677-8899-aabbccddeeff ",
    ],
    ..NONE
};

const NUMBERS: Case = Case {
    column: "BIGINT",
    samples: &[
        ("-9223372036854775808", "-9223372036854775808"),
        ("7", "7"),
        ("10", "10"),
        ("9223372036854775807", "9223372036854775807"),
    ],
    refused: &[
        "9223372036854775808",
        "-9223372036854775809",
        "+7",
        "007",
        " 7",
        "-0",
        "",
        "7.0",
        "1e3",
        "seven",
    ],
    ..NONE
};

/// In the order of their bytes, which no language has.
const TEXTS: Case = Case { samples: &[("'B'", "B"), ("'a'", "a"), ("'b'", "b"), ("'é'", "é")], ..NONE };

const FIXED: Case = Case { column: "CHAR(4)", refused: &["a ", " ", "abcde", "ééééé"], ..TEXTS };

macro_rules! forms {
    ($suite:ident, $database:expr, $place:ident, $Pool:ident: $($name:ident = [$($form:tt)*] $case:expr;)*) => {$({
        mod $name {
            use store_core::SubscriptionStore;

            #[derive(SubscriptionStore)]
            #[store(table = "subscriptions", atomic, columns(ids($($form)*)))]
            pub(super) struct Store {
                pub(super) pool: sqlx::$Pool,
            }
        }
        $suite.on($database, concat!("ids::", stringify!($name)), || async {
            let place = $place::fresh(2).await?;
            let store = $name::Store { pool: place.pool.clone() };
            check(&place.pool, &store, &$case).await?;
            place.remove().await;
            Ok(())
        });
    })*};
}

pub(crate) fn add(suite: &mut Suite) {
    const BYTES_OF_SQLITE: Case = Case {
        column: "BLOB",
        samples: &[
            ("x'00112233445566778899aabbccddeeff'", "00112233-4455-6677-8899-aabbccddeeff"),
            ("x'ffffffffffffffffffffffffffffffff'", "ffffffff-ffff-ffff-ffff-ffffffffffff"),
        ],
        corrupt: &["x'00'", "'sixteen letters.'"],
        ..UUIDS
    };
    forms! { suite, Database::Sqlite, sqlite, SqlitePool:
        sqlite_uuid = [as = uuid] Case {
            corrupt: &["'0A112233-4455-6677-8899-AABBCCDDEEFF'", "'one'"], ..UUIDS
        };
        sqlite_uuid_in_numeric = [as = uuid] Case { column: "UUID", ..UUIDS };
        sqlite_uuid_bytes = [as = uuid(bytes)] BYTES_OF_SQLITE;
        sqlite_i64 = [as = i64] Case { column: "INTEGER", ..NUMBERS };
        sqlite_u32 = [as = u32] Case {
            column: "INT",
            samples: &[("7", "7"), ("10", "10"), ("4294967295", "4294967295")],
            refused: &["-1", "4294967296", "007"],
            corrupt: &["-1", "4294967296", "'seven'", "1.5"],
            ..NONE
        };
        sqlite_char = [as = char(4)] Case { corrupt: &["'a '"], ..FIXED };
    }
    forms! { suite, Database::Postgres, postgres, PgPool:
        postgres_uuid = [as = uuid] Case { column: "UUID", ..UUIDS };
        postgres_uuid_bytes = [as = uuid(bytes)] Case {
            column: "BYTEA",
            samples: &[
                ("'\\x00112233445566778899aabbccddeeff'", "00112233-4455-6677-8899-aabbccddeeff"),
                ("'\\xffffffffffffffffffffffffffffffff'", "ffffffff-ffff-ffff-ffff-ffffffffffff"),
            ],
            corrupt: &["'\\x00'"],
            ..UUIDS
        };
        postgres_i16 = [as = i16] Case {
            column: "SMALLINT",
            samples: &[("-32768", "-32768"), ("7", "7"), ("10", "10")],
            refused: &["32768", "007"],
            ..NONE
        };
        postgres_i32 = [as = i32] Case {
            column: "INTEGER",
            samples: &[("7", "7"), ("10", "10"), ("2147483647", "2147483647")],
            refused: &["2147483648", "+7"],
            ..NONE
        };
        postgres_i64 = [as = i64] NUMBERS;
        postgres_u64 = [as = u64] Case {
            samples: &[("7", "7"), ("10", "10"), ("9223372036854775807", "9223372036854775807")],
            refused: &["-1", "9223372036854775808", "18446744073709551615"],
            corrupt: &["-1"],
            ..NUMBERS
        };
        postgres_i64_in_domain = [as = i64, type = "whole"] Case {
            setup: "CREATE DOMAIN whole AS NUMERIC(30, 2)",
            column: "whole",
            corrupt: &["7.5", "'NaN'", "1e20"],
            ..NUMBERS
        };
        postgres_uuid_in_domain = [as = uuid, type = "key"] Case {
            setup: "CREATE DOMAIN key AS UUID CHECK (VALUE <> '00000000-0000-0000-0000-000000000000')",
            column: "key",
            ..UUIDS
        };
        postgres_domain = [type = "code"] Case {
            setup: "CREATE DOMAIN code AS VARCHAR(9) CHECK (VALUE ~ '^.$')",
            column: "code",
            refused: &["", "too long", "far too long for it"],
            ..TEXTS
        };
        postgres_enum = [type = "letter"] Case {
            setup: "CREATE TYPE letter AS ENUM ('é', 'a', 'b', 'B')",
            column: "letter",
            refused: &["", "c", "A"],
            ..TEXTS
        };
        postgres_char = [as = char(4)] FIXED;
    }
    forms! { suite, Database::Mysql, mysql, MySqlPool:
        mysql_uuid = [as = uuid] Case {
            column: "CHAR(36)",
            corrupt: &["'0A112233-4455-6677-8899-AABBCCDDEEFF'", "'one'"],
            ..UUIDS
        };
        mysql_uuid_of_mariadb = [as = uuid] Case { column: "UUID", ..UUIDS };
        mysql_uuid_bytes = [as = uuid(bytes)] Case { column: "BINARY(16)", corrupt: &[], ..BYTES_OF_SQLITE };
        mysql_i64 = [as = i64] NUMBERS;
        mysql_u32 = [as = u32] Case {
            column: "INT UNSIGNED",
            samples: &[("7", "7"), ("10", "10"), ("4294967295", "4294967295")],
            refused: &["-1", "4294967296"],
            ..NONE
        };
        mysql_u64 = [as = u64] Case {
            column: "BIGINT UNSIGNED",
            samples: &[("7", "7"), ("10", "10"), ("18446744073709551615", "18446744073709551615")],
            refused: &["-1", "18446744073709551616"],
            ..NONE
        };
        mysql_char = [as = char(4)] FIXED;
    }
    suite.on(Database::Postgres, "ids::postgres_numbered", postgres_numbered);
}

/// A sequence would give an id again that the caller has chosen.
async fn postgres_numbered() -> Outcome {
    let place = postgres::fresh(2).await?;
    let store = numbered::Store { pool: place.pool.clone() };
    for ty in ["BIGINT GENERATED BY DEFAULT AS IDENTITY", "BIGSERIAL"] {
        place.pool.run(&retyped(numbered::Store::SUBSCRIPTION_DDL, "id", ty)).await?;
        let StoreError::Schema { source } = store.verify_subscriptions().await.unwrap_err() else {
            panic!("it is a fault of the schema");
        };
        let findings = source.to_string();
        let (_, remedy) = findings.split_once("run: ").expect("one finding");
        assert!(findings.contains("numbered by a sequence") && !remedy.contains('\n'), "{findings}");
        place.pool.run(remedy).await?;
        store.verify_subscriptions().await?;
        place.pool.run("DROP TABLE subscriptions").await?;
    }
    place.remove().await;
    Ok(())
}

fn subscription(id: &str) -> Subscription {
    let time = DateTime::UNIX_EPOCH;
    Subscription {
        created_at: time,
        updated_at: time,
        ..Subscription::new(id, id, id, SubscriptionStatus::Active, time..time)
    }
}

async fn check<S: SqlAtomicSubscriptionStore>(pool: &impl Plain, store: &S, case: &Case) -> Outcome {
    if !case.setup.is_empty() {
        pool.run(case.setup).await?;
    }
    // The table of the store, but for the types of ids.
    let columns = ["id", "subscriber_id", "plan_id", "live_key"];
    let ddl =
        columns.iter().fold(S::SUBSCRIPTION_DDL.to_owned(), |ddl, column| retyped(&ddl, column, case.column));
    pool.run(&ddl).await?;
    store.verify_subscriptions().await?;
    written_by_others(pool, store, case).await?;
    refused(store, case).await?;
    corrupt(pool, store, case).await?;
    in_order(store, case).await?;
    pool.run("DROP TABLE subscriptions").await?;
    store.create_subscription_schema().await?;
    store.verify_subscriptions().await?;
    in_order(store, case).await
}

/// What others have written is found, and a record that is read and saved changes nothing.
async fn written_by_others(
    pool: &impl Plain,
    store: &impl SqlAtomicSubscriptionStore,
    case: &Case,
) -> Outcome {
    let (_, first) = case.samples[0];
    for (literal, id) in case.samples {
        let ours = subscription(id);
        store.create_subscription_if_not_active(&ours).await?;
        let columns = ["id", "subscriber_id", "plan_id", "status", "metadata", "created_at"];
        let saved = pool.dump("subscriptions", &columns).await?;
        store.delete_subscription(id).await?;

        store.save_subscription(&subscription(first)).await?;
        pool.run(&format!(
            "UPDATE subscriptions SET id = {literal}, subscriber_id = {literal}, plan_id = {literal}"
        ))
        .await?;
        assert_eq!(pool.dump("subscriptions", &columns).await?, saved, "what is saved is what others write");
        assert_eq!(store.get_subscription(id).await?, ours);
        assert_eq!(store.get_active_subscription(id).await?, ours);
        let filter = SubscriptionFilter {
            subscriber_id: Some((*id).into()),
            plan_id: Some((*id).into()),
            status: None,
        };
        assert_eq!(store.list_subscriptions(&filter).await?, std::slice::from_ref(&ours));
        store.save_subscription(&ours).await?;
        assert_eq!(pool.dump("subscriptions", &columns).await?, saved);
        let again = store.create_subscription_if_not_active(&ours).await.unwrap_err();
        assert_eq!(again.conflict(), Some(&Conflict::Id));
        store.delete_subscription(id).await?;
        assert!(store.get_subscription(id).await.unwrap_err().is_not_found());
    }
    Ok(())
}

async fn refused(store: &impl SqlAtomicSubscriptionStore, case: &Case) -> Outcome {
    let (_, good) = case.samples[0];
    let no_numbers = if case.samples.iter().any(|(_, id)| *id == "7") { NO_NUMBERS } else { &[] };
    for id in case.refused.iter().chain(no_numbers) {
        for record in [subscription(id), Subscription { plan_id: (*id).into(), ..subscription(good) }] {
            for outcome in [
                store.save_subscription(&record).await,
                store.create_subscription_if_not_active(&record).await,
            ] {
                assert!(matches!(outcome, Err(StoreError::InvalidInput { .. })), "{id:?}: {outcome:?}");
            }
        }
        for outcome in [
            store.get_subscription(id).await.map(drop),
            store.get_active_subscription(id).await.map(drop),
            store.delete_subscription(id).await,
        ] {
            assert!(matches!(&outcome, Err(error) if error.is_not_found()), "{id:?}: {outcome:?}");
        }
        let filter = SubscriptionFilter { plan_id: Some((*id).into()), ..Default::default() };
        assert_eq!(store.list_subscriptions(&filter).await?, [], "{id:?}");
    }
    assert_eq!(store.list_subscriptions(&SubscriptionFilter::default()).await?, []);
    Ok(())
}

async fn corrupt(pool: &impl Plain, store: &impl SqlAtomicSubscriptionStore, case: &Case) -> Outcome {
    let (_, id) = case.samples[0];
    for literal in case.corrupt {
        store.save_subscription(&subscription(id)).await?;
        pool.run(&format!("UPDATE subscriptions SET plan_id = {literal}")).await?;
        let outcome = store.get_subscription(id).await;
        let is_corrupt = matches!(
            &outcome, Err(StoreError::Corrupt { column, key, .. }) if column == "plan_id" && key == id
        );
        assert!(is_corrupt, "{literal}: {outcome:?}");
        store.delete_subscription(id).await?;
    }
    Ok(())
}

/// Of one time, they are in the order of the column: bytes for text, value for numbers.
async fn in_order(store: &impl SqlAtomicSubscriptionStore, case: &Case) -> Outcome {
    for (_, id) in case.samples.iter().rev() {
        store.save_subscription(&subscription(id)).await?;
    }
    let listed = store.list_subscriptions(&SubscriptionFilter::default()).await?;
    let listed: Vec<_> = listed.into_iter().map(|subscription| subscription.id).collect();
    let expected: Vec<_> = case.samples.iter().map(|(_, id)| *id).collect();
    assert_eq!(listed, expected);
    for (_, id) in case.samples {
        store.delete_subscription(id).await?;
    }
    Ok(())
}

mod numbered {
    use store_core::SubscriptionStore;

    #[derive(SubscriptionStore)]
    #[store(table = "subscriptions", columns(id(as = i64)))]
    pub(super) struct Store {
        pub(super) pool: sqlx::PgPool,
    }
}
