//! Usage, of which quantities are added up within documents.

use chrono::{DateTime, TimeDelta, Utc};
use store_core::{ReportableUsageStore, SqlUsageStore as _, StoreError, UsageRecord, UsageStore};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};

use super::stores::{on_mysql, on_postgres, on_sqlite};
use crate::plain::Plain;

pub(crate) fn add(suite: &mut Suite) {
    macro_rules! on {
        ($database:expr, $place:ident, $stores:ident) => {
            suite.on($database, "paths::usage", || async {
                let place = $place::fresh(2).await?;
                let store = $stores::Usage { pool: place.pool.clone() };
                store.create_usage_schema().await?;
                store.verify_usage().await?;
                usage(&place.pool, &store).await?;
                place.remove().await;
                Ok(())
            });
            suite.on($database, "paths::usage_in_decimals", || async {
                let place = $place::fresh(2).await?;
                let store = $stores::Decimals { pool: place.pool.clone() };
                store.create_usage_schema().await?;
                store.verify_usage().await?;
                decimals(&place.pool, &store).await?;
                place.remove().await;
                Ok(())
            });
        };
    }
    on!(Database::Sqlite, sqlite, on_sqlite);
    on!(Database::Postgres, postgres, on_postgres);
    on!(Database::Mysql, mysql, on_mysql);
}

fn at(hour: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::hours(hour)
}

fn record(id: &str, quantity: i64) -> UsageRecord {
    UsageRecord {
        metadata: [("note".to_owned(), id.to_owned())].into(),
        ..UsageRecord::new(id, "s", "calls", quantity, at(0))
    }
}

async fn usage(plain: &impl Plain, store: &impl ReportableUsageStore) -> Outcome {
    let records = [record("a", i64::MAX), record("b", -5), record("c", 7)];
    for record in &records {
        store.save_usage_record(record).await?;
    }
    assert_eq!(store.list_usage_records("s", at(0), at(1)).await?, records);
    assert_eq!(store.list_usage_records("s", at(1), at(2)).await?, []);
    assert!(matches!(store.sum_usage("s", "calls", at(0), at(1)).await, Err(StoreError::Overflow)));
    plain.run("UPDATE events SET properties = '{\"code\":\"calls\",\"value\":\"12\",\"at\":1728000000000000}' WHERE id = 'a'").await?;
    assert_eq!(store.sum_usage("s", "calls", at(0), at(1)).await?, 14);
    assert_eq!(store.sum_usage("s", "other", at(0), at(1)).await?, 0);
    assert_eq!(store.sum_usage("s", "calls", at(1), at(9)).await?, 0);
    for key in ["code", "value", "at", "reported"] {
        let new = UsageRecord { metadata: [(key.to_owned(), String::new())].into(), ..record("d", 1) };
        let outcome = store.save_usage_record(&new).await;
        assert!(
            matches!(outcome, Err(StoreError::InvalidInput { field: Some("metadata"), .. })),
            "{outcome:?}"
        );
    }

    assert_eq!(store.list_unreported_usage(9).await?.len(), 3);
    store.mark_usage_reported("b", at(5)).await?;
    store.mark_usage_reported("a", at(6)).await?;
    store.mark_usage_reported("a", at(7)).await?;
    let read = store.list_usage_records("s", at(0), at(1)).await?;
    let expected = [
        UsageRecord {
            quantity: 12,
            metadata: [].into(),
            provider_reported_at: Some(at(7)),
            ..records[0].clone()
        },
        UsageRecord { provider_reported_at: Some(at(5)), ..records[1].clone() },
        records[2].clone(),
    ];
    assert_eq!(read, expected, "all else in the document stays");
    assert_eq!(store.list_unreported_usage(9).await?, [records[2].clone()]);
    assert!(matches!(store.mark_usage_reported("none", at(5)).await, Err(StoreError::NotFound { .. })));
    plain
        .run("UPDATE events SET properties = '{\"code\":\"calls\",\"value\":1,\"at\":1728000000000000,\"reported\":5}' WHERE id = 'c'")
        .await?;
    let marked = store.mark_usage_reported("c", at(5)).await;
    assert!(
        matches!(&marked, Err(StoreError::Corrupt { column, .. }) if column == "properties"),
        "{marked:?}"
    );

    for value in ["5.5", "\"x\"", "true", "null", "{}", "[1]", "\"05\"", "\"\"", "\" 5\"", "\"+5\""] {
        let properties = format!("{{\"code\":\"calls\",\"value\":{value},\"at\":1728000000000000}}");
        plain.run(&format!("UPDATE events SET properties = '{properties}' WHERE id = 'c'")).await?;
        let total = store.sum_usage("s", "calls", at(0), at(1)).await;
        assert!(
            matches!(&total, Err(StoreError::Corrupt { column, .. }) if column == "properties"),
            "{value}: {total:?}"
        );
        let list = store.list_usage_records("s", at(0), at(1)).await;
        assert!(
            matches!(&list, Err(StoreError::Corrupt { column, .. }) if column == "properties"),
            "{value}: {list:?}"
        );
    }
    for (value, total) in
        [("-12", -5), ("\"-12\"", -5), ("0", 7), ("9007199254740993", 9_007_199_254_741_000)]
    {
        let properties = format!("{{\"code\":\"calls\",\"value\":{value},\"at\":1728000000000000}}");
        plain.run(&format!("UPDATE events SET properties = '{properties}' WHERE id = 'c'")).await?;
        assert_eq!(store.sum_usage("s", "calls", at(0), at(1)).await?, total, "{value}");
    }
    Ok(())
}

async fn decimals(plain: &impl Plain, store: &impl UsageStore) -> Outcome {
    let record = |id: &str, quantity| UsageRecord::new(id, "s", "calls", quantity, at(0));
    for (id, quantity) in [("a", 1_050), ("b", -1), ("c", 0)] {
        store.save_usage_record(&record(id, quantity)).await?;
    }
    assert_eq!(store.sum_usage("s", "calls", at(0), at(1)).await?, 1_049);
    for (value, total) in [
        ("19.99", 3_048),
        ("\"19.990\"", 3_048),
        ("20", 3_049),
        ("-0.5", 999),
        ("1234567890123.45", 123_456_789_013_394),
    ] {
        plain.run(&format!("UPDATE events SET properties = '{{\"value\": {value}}}' WHERE id = 'c'")).await?;
        assert_eq!(store.sum_usage("s", "calls", at(0), at(1)).await?, total, "{value}");
        let listed = store.list_usage_records("s", at(0), at(1)).await?;
        assert_eq!(listed.iter().map(|record| record.quantity).sum::<i64>(), total, "{value}");
    }
    for value in ["19.999", "\"x\"", "null", "true"] {
        plain.run(&format!("UPDATE events SET properties = '{{\"value\": {value}}}' WHERE id = 'c'")).await?;
        assert!(
            matches!(store.sum_usage("s", "calls", at(0), at(1)).await, Err(StoreError::Corrupt { .. })),
            "{value}"
        );
        assert!(
            matches!(store.list_usage_records("s", at(0), at(1)).await, Err(StoreError::Corrupt { .. })),
            "{value}"
        );
    }
    Ok(())
}
