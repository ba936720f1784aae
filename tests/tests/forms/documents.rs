//! Lists, limits and metadata.

use std::collections::BTreeMap;

use store_core::{Plan, PlanInterval, PlanStore as _, SqlPlanStore, SqlUsageStore, StoreError, UsageRecord};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};

use crate::plain::Plain;

macro_rules! stores {
    ($module:ident, $Pool:ident) => {
        mod $module {
            use store_core::{PlanStore, UsageStore};

            #[derive(PlanStore)]
            #[store(table = "plans")]
            #[store(columns(features(as = text(json)), limits(as = text(json)), metadata(as = text(json))))]
            pub(super) struct Texts {
                pub(super) pool: sqlx::$Pool,
            }

            #[derive(PlanStore)]
            #[store(table = "plans", columns(features(as = list(","))))]
            pub(super) struct Delimited {
                pub(super) pool: sqlx::$Pool,
            }

            #[derive(UsageStore)]
            #[store(table = "usage_records", columns(metadata(as = json(any))))]
            pub(super) struct Any {
                pub(super) pool: sqlx::$Pool,
            }

            #[derive(UsageStore)]
            #[store(table = "usage_records", columns(metadata(as = text(json(any)))))]
            pub(super) struct AnyText {
                pub(super) pool: sqlx::$Pool,
            }
        }
    };
}

stores!(on_sqlite, SqlitePool);
stores!(on_postgres, PgPool);
stores!(on_mysql, MySqlPool);

mod arrays {
    use store_core::PlanStore;

    #[derive(PlanStore)]
    #[store(table = "plans", columns(features(as = array)))]
    pub(super) struct Arrays {
        pub(super) pool: sqlx::PgPool,
    }
}

pub(crate) fn add(suite: &mut Suite) {
    macro_rules! on {
        ($database:expr, $place:ident, $stores:ident) => {
            suite.on($database, "documents::text_of_others_stays", || async {
                let place = $place::fresh(2).await?;
                let store = $stores::Texts { pool: place.pool.clone() };
                store.create_plan_schema().await?;
                store.verify_plans().await?;
                text_of_others_stays(&place.pool, &store).await?;
                let mut transaction = place.pool.begin().await?;
                let read = store.get_plan_in(&mut transaction, "p").await?;
                store.save_plan_in(&mut transaction, &read).await?;
                transaction.commit().await?;
                assert_eq!(store.get_plan("p").await?, read);
                place.remove().await;
                Ok(())
            });
            suite.on($database, "documents::lists_with_delimiters", || async {
                let place = $place::fresh(2).await?;
                let store = $stores::Delimited { pool: place.pool.clone() };
                store.create_plan_schema().await?;
                store.verify_plans().await?;
                lists_with_delimiters(&place.pool, &store).await?;
                place.remove().await;
                Ok(())
            });
            suite.on($database, "documents::any_value", || async {
                let place = $place::fresh(2).await?;
                let store = $stores::Any { pool: place.pool.clone() };
                any_value(&place.pool, &store).await?;
                place.remove().await;
                let place = $place::fresh(2).await?;
                let store = $stores::AnyText { pool: place.pool.clone() };
                any_value(&place.pool, &store).await?;
                place.remove().await;
                Ok(())
            });
        };
    }
    on!(Database::Sqlite, sqlite, on_sqlite);
    on!(Database::Postgres, postgres, on_postgres);
    on!(Database::Mysql, mysql, on_mysql);
    suite.on(Database::Postgres, "documents::arrays", || async {
        let place = postgres::fresh(2).await?;
        let store = arrays::Arrays { pool: place.pool.clone() };
        store.create_plan_schema().await?;
        store.verify_plans().await?;
        arrays(&place.pool, &store).await?;
        place.remove().await;
        Ok(())
    });
}

fn plan() -> Plan {
    Plan::new("p", "Pro", 1_900, "EUR", PlanInterval::Month)
}

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|text| (*text).to_owned()).collect()
}

fn map<V: Clone>(entries: &[(&str, V)]) -> BTreeMap<String, V> {
    entries.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect()
}

fn is_corrupt<T>(outcome: &store_core::Result<T>, name: &str) -> bool {
    matches!(outcome, Err(StoreError::Corrupt { column, .. }) if column == name)
}

fn is_refused(outcome: &store_core::Result<()>, name: &str) -> bool {
    matches!(outcome, Err(StoreError::InvalidInput { field, .. }) if *field == Some(name))
}

const COLUMNS: [&str; 8] =
    ["id", "name", "amount", "features", "limits", "metadata", "created_at", "updated_at"];

async fn text_of_others_stays(pool: &impl Plain, store: &impl SqlPlanStore) -> Outcome {
    store.save_plan(&plan()).await?;
    let backslash = if pool.texts("SELECT '\\\\'").await? == [Some("\\".into())] { "\\\\" } else { "\\" };
    let escaped = format!(
        "UPDATE plans SET features = '[ \"b\",\"a\", \"caf{backslash}u00e9\",\"b\" ]',
         limits = '{{\"seats\" : 5,\n \"api\":-1}}', metadata = '{{\"z\":\"a{backslash}/b\", \"a\" : \"{backslash}u00fc\"}}'"
    );
    pool.run(&escaped).await?;
    let read = store.get_plan("p").await?;
    assert_eq!(read.features, texts(&["b", "a", "café", "b"]));
    assert_eq!(read.limits, map(&[("seats", 5), ("api", -1)]));
    assert_eq!(read.metadata, map(&[("z", "a/b".to_owned()), ("a", "ü".to_owned())]));

    let before = pool.dump("plans", &COLUMNS).await?;
    store.save_plan(&read).await?;
    assert_eq!(pool.dump("plans", &COLUMNS).await?, before, "nothing is changed by what is the same");

    // Only what is changed is written anew, and order matters in a list.
    let mut changed = Plan { features: texts(&["a", "b", "café", "b"]), ..read.clone() };
    changed.limits.insert("api".into(), 0);
    store.save_plan(&changed).await?;
    assert_eq!(store.get_plan("p").await?, changed);
    let after = pool.dump("plans", &COLUMNS).await?;
    let differ: Vec<_> = before
        .iter()
        .zip(&after)
        .filter(|(before, after)| before != after)
        .map(|(it, _)| it.0.as_str())
        .collect();
    assert_eq!(differ, ["features", "limits"]);

    // What can't be read is replaced.
    for nothing in ["no JSON", "", "[1]", "{\"a\": 1.0}", "null"] {
        pool.run(&format!("UPDATE plans SET metadata = '{nothing}', limits = '{nothing}'")).await?;
        let outcome = store.get_plan("p").await;
        assert!(is_corrupt(&outcome, "limits"), "{nothing}: {outcome:?}");
        store.save_plan(&changed).await?;
        assert_eq!(store.get_plan("p").await?, changed);
    }
    Ok(())
}

async fn lists_with_delimiters(pool: &impl Plain, store: &impl SqlPlanStore) -> Outcome {
    store.save_plan(&plan()).await?;
    for (text, list) in [("", texts(&[])), ("a", texts(&["a"])), ("b,a,,b ", texts(&["b", "a", "", "b "]))] {
        pool.run(&format!("UPDATE plans SET features = '{text}'")).await?;
        let before = pool.dump("plans", &COLUMNS).await?;
        let read = store.get_plan("p").await?;
        assert_eq!(read.features, list);
        store.save_plan(&read).await?;
        assert_eq!(pool.dump("plans", &COLUMNS).await?, before);
    }
    for list in [texts(&["a,b"]), texts(&[""]), texts(&["a", ","])] {
        let outcome = store.save_plan(&Plan { features: list.clone(), ..plan() }).await;
        assert!(is_refused(&outcome, "features"), "{list:?}: {outcome:?}");
    }
    Ok(())
}

async fn any_value(pool: &impl Plain, store: &impl SqlUsageStore) -> Outcome {
    store.create_usage_schema().await?;
    store.verify_usage().await?;
    let (from, to) = (chrono::DateTime::UNIX_EPOCH, chrono::DateTime::<chrono::Utc>::MAX_UTC);
    let ours = UsageRecord {
        metadata: map(&[("a", "1".to_owned()), ("b", "x\"y".to_owned())]),
        ..UsageRecord::new("r", "s", "m", 1, from)
    };
    store.save_usage_record(&ours).await?;
    assert_eq!(store.list_usage_records("s", from, to).await?, [ours]);

    pool.run("UPDATE usage_records SET metadata = '{\"n\":1,\"t\":\"1\",\"l\":[true,null],\"o\":{}}'")
        .await?;
    let read = store.list_usage_records("s", from, to).await?;
    let list = read[0].metadata["l"].replace(' ', "");
    assert_eq!(list, "[true,null]");
    let mut others = read[0].metadata.clone();
    others.remove("l");
    assert_eq!(others, map(&[("n", "1".to_owned()), ("t", "1".to_owned()), ("o", "{}".to_owned())]));

    pool.run("UPDATE usage_records SET metadata = '[1]'").await?;
    let outcome = store.list_usage_records("s", from, to).await;
    assert!(is_corrupt(&outcome, "metadata"), "{outcome:?}");
    Ok(())
}

async fn arrays(pool: &impl Plain, store: &impl SqlPlanStore) -> Outcome {
    let odd = Plan { features: texts(&["b", "a", "b", "", "NULL", "a,b", "{\"}\\"]), ..plan() };
    for stored in [&odd, &plan()] {
        store.save_plan(stored).await?;
        assert_eq!(store.get_plan("p").await?.features, stored.features);
    }
    for (literal, list) in
        [("'{b,a,\"a,b\"}'", texts(&["b", "a", "a,b"])), ("'{}'", texts(&[])), ("ARRAY['x']", texts(&["x"]))]
    {
        pool.run(&format!("UPDATE plans SET features = {literal}")).await?;
        let before = pool.dump("plans", &COLUMNS).await?;
        let read = store.get_plan("p").await?;
        assert_eq!(read.features, list);
        store.save_plan(&read).await?;
        assert_eq!(pool.dump("plans", &COLUMNS).await?, before);
    }
    for literal in ["'{a,NULL}'", "'{{a,b},{c,d}}'", "'[0:1]={a,b}'"] {
        pool.run(&format!("UPDATE plans SET features = {literal}")).await?;
        let outcome = store.get_plan("p").await;
        assert!(is_corrupt(&outcome, "features"), "{literal}: {outcome:?}");
    }
    let nul = Plan { features: texts(&["a\0"]), ..plan() };
    assert!(is_refused(&store.save_plan(&nul).await, "features"));
    Ok(())
}
