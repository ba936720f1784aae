//! Plans.

use std::collections::BTreeMap;

use chrono::DateTime;
use store_core::{Conflict, Plan, PlanFilter, PlanInterval, PlanStore, SqlPlanStore as _, StoreError};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};

use super::stores::{of_json, on_mysql, on_postgres, on_sqlite};
use crate::plain::Plain;

pub(crate) fn add(suite: &mut Suite) {
    macro_rules! on {
        ($database:expr, $place:ident, $stores:ident, $json:literal) => {
            suite.on($database, "paths::plans", || async {
                let place = $place::fresh(2).await?;
                let store = $stores::Plans { pool: place.pool.clone() };
                store.create_plan_schema().await?;
                store.verify_plans().await?;
                others_stay(&place.pool, &store).await?;
                spellings(&place.pool, &store).await?;
                keys_and_filters(&store).await?;
                what_is_no_place(&place.pool, &store, $json).await?;
                place.remove().await;
                Ok(())
            });
            suite.on($database, "paths::the_rest_of_a_document", || async {
                let place = $place::fresh(2).await?;
                let store = $stores::Rest { pool: place.pool.clone() };
                store.create_plan_schema().await?;
                store.verify_plans().await?;
                rest(&place.pool, &store).await?;
                place.remove().await;
                Ok(())
            });
            suite.on($database, "paths::of_lists_that_are_only_read", || async {
                let place = $place::fresh(2).await?;
                let store = $stores::Events { pool: place.pool.clone() };
                store.create_plan_schema().await?;
                store.verify_plans().await?;
                lists(&place.pool, &store).await?;
                place.remove().await;
                Ok(())
            });
        };
    }
    on!(Database::Sqlite, sqlite, on_sqlite, false);
    on!(Database::Postgres, postgres, on_postgres, true);
    on!(Database::Mysql, mysql, on_mysql, true);
    suite.on(Database::Postgres, "paths::in_json", || async {
        let place = postgres::fresh(2).await?;
        let store = of_json::Plans { pool: place.pool.clone() };
        store.create_plan_schema().await?;
        store.verify_plans().await?;
        rest(&place.pool, &store).await?;
        let types = place.pool.texts("SELECT pg_typeof(data)::text FROM plans").await?;
        assert_eq!(types, [Some("json".to_owned())]);
        place.remove().await;
        Ok(())
    });
}

fn map<V: Clone>(entries: &[(&str, V)]) -> BTreeMap<String, V> {
    entries.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect()
}

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|text| (*text).to_owned()).collect()
}

fn base(id: &str) -> Plan {
    let time = DateTime::from_timestamp(1_700_000_000, 0).unwrap();
    Plan {
        created_at: time,
        updated_at: time,
        ..Plan::new(id, "Pro \"plus\" é", 1_900, "EUR", PlanInterval::Month)
    }
}

fn full(id: &str) -> Plan {
    Plan {
        provider_id: Some(format!("ref of {id}")),
        description: "all of it".into(),
        interval: PlanInterval::Year,
        interval_count: 2,
        trial_days: 14,
        features: texts(&["b", "a", "b"]),
        limits: map(&[("api", i64::MAX), ("seats", 9_007_199_254_740_993)]),
        metadata: map(&[("a.b", "{\"x\":1}".to_owned()), ("true", "true".to_owned())]),
        active: false,
        ..base(id)
    }
}

async fn dump(plain: &impl Plain) -> Result<Vec<Option<String>>, sqlx::Error> {
    Ok(plain.dump("plans", &["data"]).await?.remove(0).1)
}

#[track_caller]
fn column_of(outcome: store_core::Result<impl std::fmt::Debug>) -> String {
    match outcome {
        Err(StoreError::Corrupt { column, .. }) => column,
        other => panic!("expected a fault of the row, got {other:?}"),
    }
}

#[track_caller]
fn field_of(outcome: store_core::Result<impl std::fmt::Debug>) -> Option<&'static str> {
    match outcome {
        Err(StoreError::InvalidInput { field, .. }) => field,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

/// What is not the store's stays, and what is saved back unchanged leaves every byte.
async fn others_stay(plain: &impl Plain, store: &impl PlanStore) -> Outcome {
    for plan in [base("p"), full("p"), base("p")] {
        store.save_plan(&plan).await?;
        assert_eq!(store.get_plan("p").await?, plan);
    }
    plain
        .run(
            "UPDATE plans SET data = '{\"zzz\" : [1,  {\"deep\": null}], \"name\": {\"de\":\"Profi\", \"en\" : \"Pro\"},
             \"price\":\"19.00\",\"currency\": \"EUR\", \"every\": {\"unit\":\"A\", \"count\": \"2\", \"x\":true},
             \"features\" : [\"a\",  \"b\"], \"limits\": {\"b\": 1, \"a\":2}, \"active\" : true,
             \"meta\": {\"k\" : \"v\", \"a\":\"b\"}, \"created\": \"1700000000000000\", \"trial\": null,
             \"updated\": \"2024-02-29T00:00:00.000001Z\", \"1\":1}'",
        )
        .await?;
    let before = dump(plain).await?;
    let read = store.get_plan("p").await?;
    assert_eq!(read.interval, PlanInterval::Year);
    assert_eq!((read.interval_count, read.trial_days, read.provider_id.clone()), (2, 0, None));
    assert_eq!(read.limits, map(&[("a", 2), ("b", 1)]));
    store.save_plan(&read).await?;
    assert_eq!(dump(plain).await?, before, "nothing is changed by what is the same");

    // One value is changed, and nothing else: not the way in which other values are written.
    let changed = Plan { name: "Professional".into(), ..read.clone() };
    store.save_plan(&changed).await?;
    assert_eq!(store.get_plan("p").await?, changed);
    let after = dump(plain).await?.remove(0).unwrap().replace(' ', "");
    for kept in [
        "\"zzz\":[1,{\"deep\":null}]",
        "\"de\":\"Profi\"",
        "\"price\":\"19.00\"",
        "\"unit\":\"A\"",
        "\"count\":\"2\"",
        "\"x\":true",
        "\"created\":\"1700000000000000\"",
        "\"1\":1",
    ] {
        assert!(after.contains(kept), "{kept} in {after}");
    }
    // Keys of the store's own maps go, and those beside them stay.
    let emptied = Plan { metadata: map(&[("k", "w".to_owned())]), limits: BTreeMap::new(), ..changed };
    store.save_plan(&emptied).await?;
    assert_eq!(store.get_plan("p").await?, emptied);
    store.save_plan(&full("p")).await?;
    assert_eq!(store.get_plan("p").await?, full("p"));
    let text = dump(plain).await?.remove(0).unwrap();
    assert!(text.contains("\"deep\"") && text.contains("Profi"), "{text}");
    // What is missing on the way is made.
    for data in ["'{}'", "'{\"name\": null, \"texts\": {\"x\": 1}}'", "'null'"] {
        plain.run(&format!("UPDATE plans SET data = {data}")).await?;
        assert_eq!(column_of(store.get_plan("p").await), "data", "{data}");
        store.save_plan(&full("p")).await?;
        assert_eq!(store.get_plan("p").await?, full("p"), "{data}");
    }
    // Values that are none go, in whichever order they are.
    plain.run("UPDATE plans SET data = '{\"texts\":{\"long.text\":{\"en\":\"x\"}},\"trial\":3,\"ref\":\"r\",\"x\":1}'").await?;
    store.save_plan(&base("p")).await?;
    assert_eq!(store.get_plan("p").await?, base("p"));
    // What is none goes, however the statement was bound before.
    for text in ["a\0b".to_owned(), "x".repeat(300), "x".repeat(70_000)] {
        for other in [
            Plan { name: text.clone(), ..base("p") },
            Plan { description: text.clone(), ..base("p") },
            Plan { currency: text.clone(), ..base("p") },
        ] {
            store.save_plan(&full("p")).await?;
            if store.save_plan(&other).await.is_ok() {
                assert!(store.get_plan("p").await? == other, "{} letters", text.len());
            }
        }
    }
    store.delete_plan("p").await?;
    Ok(())
}

/// Numbers and texts of numbers are one, and everything else is a fault of its row.
async fn spellings(plain: &impl Plain, store: &impl PlanStore) -> Outcome {
    store.save_plan(&base("p")).await?;
    let set = |key: &str, value: &str| {
        let keys = [
            ("name", "{\"en\":\"Pro\"}"),
            ("price", "\"19.00\""),
            ("currency", "\"EUR\""),
            ("every", "{\"unit\":\"M\",\"count\":1}"),
            ("trial", "0"),
            ("features", "[]"),
            ("active", "true"),
            ("meta", "{}"),
            ("created", "0"),
            ("updated", "\"2024-02-29T00:00:00.000000Z\""),
        ];
        let entries = keys.map(|(known, usual)| {
            let value = if known == key { value } else { usual };
            if value.is_empty() { String::new() } else { format!("\"{known}\":{value},") }
        });
        format!("UPDATE plans SET data = '{{{}\"z\":0}}'", entries.concat())
    };
    for (key, value) in [
        ("price", "19"),
        ("price", "19.5"),
        ("price", "\"19.500\""),
        ("price", "-0.5"),
        ("every", "{\"unit\":\"M\",\"count\":\"1\"}"),
        ("every", "{\"unit\":\"fortnight\",\"count\":1}"),
        ("trial", "\"7\""),
        ("trial", "null"),
        ("trial", ""),
        ("name", "{\"en\":5}"),
        ("active", "false"),
        ("created", "\"-1\""),
        ("limits", "null"),
        ("meta", "{\"b\":\"\",\"a\":\"b\"}"),
    ] {
        plain.run(&set(key, value)).await?;
        let before = dump(plain).await?;
        let read = store.get_plan("p").await?;
        store.save_plan(&read).await?;
        assert_eq!(dump(plain).await?, before, "{key} {value}");
        let other = Plan { currency: "CHF".into(), ..read };
        store.save_plan(&other).await?;
        assert_eq!(store.get_plan("p").await?, other, "{key} {value}");
    }
    for (key, value) in [
        ("price", "19.999"),
        ("price", "true"),
        ("price", ""),
        ("price", "null"),
        ("price", "\"x\""),
        ("every", "{\"unit\":\"M\",\"count\":1.5}"),
        ("every", "{\"unit\":\"M\",\"count\":\"01\"}"),
        ("every", "{\"unit\":\"M\",\"count\":2147483648}"),
        ("trial", "{}"),
        ("name", "{\"en\":true}"),
        ("name", "{\"en\":{\"en\":\"x\"}}"),
        ("active", "1"),
        ("active", "\"true\""),
        ("features", "[1]"),
        ("features", "{}"),
        ("meta", "{\"a\":1}"),
        ("meta", "[]"),
        ("created", "\"x\""),
        ("created", "0.5"),
        ("updated", "\"2024-02-29\""),
    ] {
        plain.run(&set(key, value)).await?;
        assert_eq!(column_of(store.get_plan("p").await), "data", "{key} {value}");
        assert_eq!(column_of(store.list_plans(&PlanFilter::default()).await), "data", "{key} {value}");
        // What can't be read is replaced.
        store.save_plan(&base("p")).await?;
        assert_eq!(store.get_plan("p").await?, base("p"), "{key} {value}");
    }
    store.delete_plan("p").await?;
    Ok(())
}

async fn keys_and_filters(store: &impl PlanStore) -> Outcome {
    store.save_plan(&base("first")).await?;
    store.save_plan(&full("second")).await?;
    store
        .save_plan(&Plan {
            created_at: base("").created_at - chrono::TimeDelta::microseconds(1),
            ..base("third")
        })
        .await?;
    let ids = |plans: Vec<Plan>| plans.into_iter().map(|plan| plan.id).collect::<Vec<_>>();
    assert_eq!(ids(store.list_plans(&PlanFilter::default()).await?), ["third", "first", "second"]);
    assert_eq!(ids(store.list_plans(&PlanFilter { active_only: true }).await?), ["third", "first"]);
    let twin = Plan { provider_id: full("second").provider_id, ..base("fourth") };
    let outcome = store.save_plan(&twin).await;
    assert_eq!(outcome.unwrap_err().conflict(), Some(&Conflict::ProviderId));
    let twin = Plan { id: "first".into(), ..twin };
    let outcome = store.save_plan(&twin).await;
    assert_eq!(outcome.unwrap_err().conflict(), Some(&Conflict::ProviderId));
    assert_eq!(store.get_plan("first").await?, base("first"));
    // Texts are compared byte for byte.
    for id in ["REF OF SECOND", "ref of second ", "ref of s\u{e9}cond"] {
        store.save_plan(&Plan { provider_id: Some(id.into()), ..base("first") }).await?;
    }
    for id in ["first", "second", "third"] {
        store.delete_plan(id).await?;
    }
    Ok(())
}

/// What is in the place of an object is neither read as none nor overwritten.
async fn what_is_no_place(plain: &impl Plain, store: &impl PlanStore, is_json: bool) -> Outcome {
    store.save_plan(&base("p")).await?;
    let mut wrong = vec![
        "[]",
        "5",
        "\"x\"",
        "{\"name\": \"Pro\"}",
        "{\"name\": [{\"en\":\"x\"}]}",
        "{\"texts\":{\"long.text\":5}}",
    ];
    if !is_json {
        wrong.extend(["no JSON", "{", ""]);
    }
    for data in wrong {
        plain.run(&format!("UPDATE plans SET data = '{data}'")).await?;
        let before = dump(plain).await?;
        assert_eq!(column_of(store.get_plan("p").await), "data", "{data}");
        assert_eq!(column_of(store.list_plans(&PlanFilter::default()).await), "data", "{data}");
        assert_eq!(column_of(store.save_plan(&full("p")).await), "data", "{data}");
        assert_eq!(dump(plain).await?, before, "{data}");
    }
    // Such a row is in the way of no other.
    store.save_plan(&full("q")).await?;
    assert_eq!(store.get_plan("q").await?, full("q"));
    assert_eq!(store.list_plans(&PlanFilter { active_only: true }).await?, []);
    store.delete_plan("p").await?;
    store.delete_plan("q").await?;
    Ok(())
}

async fn rest(plain: &impl Plain, store: &impl PlanStore) -> Outcome {
    let note = |plan: Plan| Plan { metadata: map(&[("note", "x".to_owned()), ("b", String::new())]), ..plan };
    for plan in [base("p"), note(base("p")), Plan { description: "long".into(), ..base("p") }] {
        store.save_plan(&plan).await?;
        assert_eq!(store.get_plan("p").await?, plan);
    }
    for key in ["title", "about"] {
        let plan = Plan { metadata: map(&[(key, "x".to_owned())]), ..base("p") };
        assert_eq!(field_of(store.save_plan(&plan).await), Some("metadata"));
    }
    plain
        .run("UPDATE plans SET data = '{\"z\" :\"1\", \"title\": \"Pro\",\"about\":{\"en\":\"\", \"de\" : [1]}, \"a\": \"2\"}'")
        .await?;
    let before = dump(plain).await?;
    let read = store.get_plan("p").await?;
    assert_eq!(read.metadata, map(&[("a", "2".to_owned()), ("z", "1".to_owned())]));
    store.save_plan(&read).await?;
    assert_eq!(dump(plain).await?, before, "nothing is changed by what is the same");
    // Keys that are no more of the metadata go; what lies beside a field within its object stays.
    let changed = Plan { metadata: map(&[("z", "1".to_owned())]), name: "Plus".into(), ..read };
    store.save_plan(&changed).await?;
    assert_eq!(store.get_plan("p").await?, changed);
    let text = dump(plain).await?.remove(0).unwrap().replace(' ', "");
    assert!(text.contains("\"de\":[1]") && !text.contains("\"a\""), "{text}");
    plain.run("UPDATE plans SET data = '{\"title\":\"Pro\",\"about\":{\"en\":\"x\"},\"a\":1}'").await?;
    assert_eq!(column_of(store.get_plan("p").await), "data");
    for data in ["[]", "{\"about\": 5}"] {
        plain.run(&format!("UPDATE plans SET data = '{data}'")).await?;
        assert_eq!(column_of(store.save_plan(&base("p")).await), "data");
    }
    Ok(())
}

async fn lists(plain: &impl Plain, store: &impl PlanStore) -> Outcome {
    plain
        .run(
            "INSERT INTO plans (id, event) VALUES ('p', '{\"items\": {\"data\": [{\"name\": \"Pro\", \"price\": \"5\"}, \"EUR\"]},
             \"meta\": {\"a\": \"b\", \"n\": 1}}')",
        )
        .await?;
    let read = store.get_plan("p").await?;
    assert_eq!((read.name.as_str(), read.amount, read.currency.as_str()), ("Pro", 5, "EUR"));
    assert_eq!(read.metadata, map(&[("a", "b".to_owned()), ("n", "1".to_owned())]));
    assert!(matches!(store.save_plan(&read).await, Err(StoreError::ReadOnly { .. })));
    for event in ["{\"items\": {\"data\": {\"0\": {\"name\": \"x\"}}}}", "{\"items\": {\"data\": [[]]}}"] {
        plain.run(&format!("UPDATE plans SET event = '{event}'")).await?;
        assert_eq!(column_of(store.get_plan("p").await), "event", "{event}");
    }
    Ok(())
}
