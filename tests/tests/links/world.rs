//! The other tables, records, and what is expected of them.

use chrono::{DateTime, TimeDelta, Utc};
use store_core::{StoreError, Subscription, SubscriptionStatus, UsageRecord};

/// Two tenants have a customer `ann` each, and one a customer who differs in a blank.
const OTHERS: &str = "
    CREATE TABLE customers (
        number BIGINT PRIMARY KEY, tenant BIGINT NOT NULL, code VARCHAR(64) {bytes} NOT NULL, region VARCHAR(64),
        UNIQUE (tenant, code)
    );
    CREATE TABLE offers (number BIGINT PRIMARY KEY, code VARCHAR(64) {bytes} NOT NULL UNIQUE, currency VARCHAR(3) NOT NULL);
    CREATE TABLE refs (number BIGINT PRIMARY KEY, ref VARCHAR(64) {bytes} UNIQUE);
    CREATE TABLE contracts (number INT PRIMARY KEY, serial BIGINT NOT NULL UNIQUE);
    CREATE TABLE meters (letter VARCHAR(1) {bytes} PRIMARY KEY, name VARCHAR(64) {bytes} NOT NULL UNIQUE);
    CREATE TABLE products (number BIGINT PRIMARY KEY, name VARCHAR(64), about VARCHAR(64));
    INSERT INTO customers VALUES (7, 1, 'ann', 'north'), (8, 1, 'bob', NULL), (9, 2, 'ann', 'south'), (10, 1, 'ann ', 'east');
    INSERT INTO offers VALUES (70, 'pro', 'EUR'), (71, 'team', 'USD'), (72, 'free', 'EUR');
    INSERT INTO refs VALUES (700, 'sub_1'), (701, 'sub_2'), (702, NULL);
    INSERT INTO contracts VALUES (1, 1001), (2, 1002);
    INSERT INTO meters VALUES ('c', 'calls'), ('m', 'minutes');
    INSERT INTO products VALUES (1, 'Pro', 'for all'), (2, NULL, NULL);";

/// The script that makes them, with what makes texts compare by bytes.
pub(crate) fn others(bytes: &str) -> String {
    OTHERS.replace("{bytes}", bytes)
}

pub(crate) fn at(hours: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::hours(hours)
}

pub(crate) fn subscription(id: &str, subscriber: &str, plan: &str) -> Subscription {
    Subscription {
        created_at: at(1),
        updated_at: at(2),
        ..Subscription::new(id, subscriber, plan, SubscriptionStatus::Active, at(0)..at(720))
    }
}

/// The same, ended.
pub(crate) fn ended(subscription: &Subscription) -> Subscription {
    Subscription { status: SubscriptionStatus::Canceled, ..subscription.clone() }
}

/// The same under a provider's id.
pub(crate) fn known(subscription: Subscription, provider: &str) -> Subscription {
    Subscription { provider_id: Some(provider.into()), ..subscription }
}

pub(crate) fn usage(id: &str, subscription: &str, metric: &str) -> UsageRecord {
    UsageRecord::new(id, subscription, metric, 3, at(1))
}

/// A call was refused for want of a row that has the value of a field.
#[track_caller]
pub(crate) fn leads_nowhere<T: std::fmt::Debug>(outcome: store_core::Result<T>, expected: &str, table: &str) {
    match outcome {
        Err(StoreError::InvalidInput { field: Some(field), reason, .. }) => {
            assert_eq!(field, expected, "{reason}");
            assert!(reason.starts_with(&format!("no row of `{table}` has it in `")), "{reason}");
        }
        other => panic!("it is not refused as invalid: {other:?}"),
    }
}

/// A row can't be read, for the sake of a column.
#[track_caller]
pub(crate) fn corrupt<T: std::fmt::Debug>(outcome: store_core::Result<T>, expected: &str) -> String {
    match outcome {
        Err(StoreError::Corrupt { column, source, .. }) => {
            assert_eq!(column, expected);
            source.to_string()
        }
        other => panic!("it is not corrupt: {other:?}"),
    }
}

#[track_caller]
pub(crate) fn is_absent<T: std::fmt::Debug>(outcome: store_core::Result<T>) {
    assert!(matches!(outcome, Err(StoreError::NotFound { .. })), "{outcome:?}");
}

#[track_caller]
pub(crate) fn is_of_schema<T: std::fmt::Debug>(outcome: store_core::Result<T>) {
    assert!(matches!(outcome, Err(StoreError::Schema { .. })), "{outcome:?}");
}

/// A place with the other tables on each database, and a test there.
macro_rules! on_each {
    ($suite:ident, $name:literal, |$pool:ident, $stores:ident| $body:block) => {
        on_each!($suite, Database::Sqlite, sqlite, "", $name, |$pool, $stores| $body);
        on_each!($suite, Database::Postgres, postgres, "COLLATE \"C\"", $name, |$pool, $stores| $body);
        on_each!(
            $suite, Database::Mysql, mysql, "CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin", $name,
            |$pool, $stores| $body
        );
    };
    ($suite:ident, $database:expr, $module:ident, $bytes:expr, $name:literal, |$pool:ident, $stores:ident| $body:block) => {
        $suite.on($database, $name, || async {
            use $crate::links::stores::$module as $stores;
            use $crate::plain::Plain as _;
            let place = $module::fresh(8).await?;
            let $pool = place.pool.clone();
            $pool.run(&$crate::links::world::others($bytes)).await?;
            $body
            place.remove().await;
            Ok(())
        });
    };
}
pub(crate) use on_each;
