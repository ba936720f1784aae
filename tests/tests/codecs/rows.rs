//! Rows as an application writes and reads them that keeps fields by its own codecs.

use std::fmt::Debug;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::AssertSqlSafe;
use store_core::{
    AtomicSubscriptionStore, Conflict, Plan, PlanFilter, PlanInterval, SqlPlanStore, SqlSubscriptionStore,
    SqlUsageStore, StoreError, Subscription, SubscriptionFilter, SubscriptionStatus, SubscriptionStore as _,
    UsageRecord,
};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};

use crate::stores::{Enumerated, on_mysql, on_postgres, on_sqlite};

/// A database without a store between.
pub(crate) trait Plain: Sync {
    /// Runs a statement.
    fn run(&self, sql: &str) -> impl Future<Output = Result<(), sqlx::Error>> + Send;

    /// The texts in the first column of an answer.
    fn texts(&self, sql: &str) -> impl Future<Output = Result<Vec<Option<String>>, sqlx::Error>> + Send;

    /// A column as text, bytes in hexadecimal digits.
    const TEXT: &'static str;
    const BYTES: &'static str;
}

macro_rules! plain {
    ($Pool:ty, $text:literal, $bytes:literal) => {
        impl Plain for $Pool {
            async fn run(&self, sql: &str) -> Result<(), sqlx::Error> {
                sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(self).await.map(drop)
            }

            async fn texts(&self, sql: &str) -> Result<Vec<Option<String>>, sqlx::Error> {
                sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_all(self).await
            }

            const TEXT: &'static str = $text;
            const BYTES: &'static str = $bytes;
        }
    };
}

plain!(sqlx::SqlitePool, "CAST({} AS TEXT)", "hex({})");
plain!(sqlx::PgPool, "CAST({} AS TEXT)", "upper(encode({}, 'hex'))");
plain!(sqlx::MySqlPool, "CAST({} AS CHAR)", "hex({})");

pub(crate) fn add(suite: &mut Suite) {
    macro_rules! on {
        ($database:expr, $place:ident, $stores:ident: $($rule:ident($store:ident);)*) => {$(
            suite.on($database, concat!("rows::", stringify!($rule)), || async {
                let place = $place::fresh(4).await?;
                let store = $stores::$store { pool: place.pool.clone() };
                $rule(&place.pool, &store).await?;
                place.remove().await;
                Ok(())
            });
        )*};
    }
    macro_rules! all {
        ($database:expr, $place:ident, $stores:ident) => {
            on! { $database, $place, $stores:
                fields_of_plans_are_what_their_codecs_make(Plans);
                what_a_codec_does_not_take_is_refused(Plans);
                what_a_codec_does_not_read_is_corrupt(Plans);
                null_is_a_value_like_others(Subscriptions);
                live_rows_are_those_of_the_predicate(Subscriptions);
                quantities_are_added_by_their_codec(Usage);
                a_codec_fills_several_columns(Offers);
                ids_of_several_columns_are_looked_up_by_all(Memberships);
                what_the_store_says_names_its_codecs(Plans);
            }
        };
    }
    all!(Database::Sqlite, sqlite, on_sqlite);
    all!(Database::Postgres, postgres, on_postgres);
    all!(Database::Mysql, mysql, on_mysql);
    suite.on(Database::Postgres, "rows::a_type_of_its_own_is_sent_and_read_as_text", || async {
        let place = postgres::fresh(4).await?;
        let store = Enumerated { pool: place.pool.clone() };
        a_type_of_its_own_is_sent_and_read_as_text(&place.pool, &store).await?;
        place.remove().await;
        Ok(())
    });
}

fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_700_000_000 + second, 0).expect("a time of the calendar")
}

fn plan(number: u32) -> Plan {
    Plan {
        provider_id: Some("prod".into()),
        interval: PlanInterval::Week,
        interval_count: 3,
        trial_days: 14,
        features: vec!["a".into(), "bc".into()],
        limits: [("seats".to_owned(), 5)].into(),
        metadata: [("k".to_owned(), "v".to_owned())].into(),
        active: false,
        created_at: at(0),
        updated_at: at(1),
        ..Plan::new(format!("plan-{number}"), "Pro", 258, "EUR", PlanInterval::Month)
    }
}

/// The values of a column, as text.
async fn column<P: Plain>(pool: &P, table: &str, name: &str, key: &str) -> Result<String, sqlx::Error> {
    let shown = if name == "price" { P::BYTES } else { P::TEXT }.replace("{}", name);
    let texts = pool.texts(&format!("SELECT {shown} FROM {table} WHERE {key}")).await?;
    Ok(texts.into_iter().map(|text| text.unwrap_or_else(|| "NULL".into())).collect::<Vec<_>>().join(", "))
}

async fn fields_of_plans_are_what_their_codecs_make<P: Plain>(
    pool: &P,
    store: &impl SqlPlanStore,
) -> Outcome {
    store.create_plan_schema().await?;
    store.verify_plans().await?;
    let saved = plan(7);
    store.save_plan(&saved).await?;
    for (name, expected) in [
        ("no", "7"),
        ("provider_id", "dorp"),
        ("name", "orP"),
        ("price", "0000000000000102"),
        ("trial_weeks", "2"),
        ("interval_count", "-2147483645"),
        ("features", "1:a2:bc"),
        ("limits", "5:seats1:5"),
        ("metadata", "1:k1:v"),
        ("on_sale", "N"),
    ] {
        assert_eq!(column(pool, "plans", name, "no = 7").await?, expected, "{name}");
    }
    assert_eq!(store.get_plan("plan-7").await?, saved);
    // As another application writes a row, which keeps what is NULL there.
    let theirs =
        "UPDATE plans SET provider_id = NULL, trial_weeks = 3, features = NULL, on_sale = 'Y' WHERE no = 7";
    pool.run(theirs).await?;
    let read = store.get_plan("plan-7").await?;
    assert_eq!((read.provider_id.as_deref(), read.trial_days, read.active), (None, 21, true));
    assert!(read.features.is_empty());
    // Lists are in the order of the numbers, not of the texts.
    for number in [10, 9, 100] {
        store.save_plan(&Plan { provider_id: None, active: true, ..plan(number) }).await?;
    }
    let ids = |plans: Vec<Plan>| plans.into_iter().map(|plan| plan.id).collect::<Vec<_>>();
    let all = store.list_plans(&PlanFilter::default()).await?;
    assert_eq!(ids(all), ["plan-7", "plan-9", "plan-10", "plan-100"]);
    pool.run("UPDATE plans SET on_sale = 'N' WHERE no = 9").await?;
    let active = store.list_plans(&PlanFilter { active_only: true }).await?;
    assert_eq!(ids(active), ["plan-7", "plan-10", "plan-100"]);
    store.delete_plan("plan-9").await?;
    assert!(matches!(store.get_plan("plan-9").await, Err(StoreError::NotFound { .. })));
    Ok(())
}

fn refused<T: Debug>(outcome: store_core::Result<T>, name: &str, why: &str) {
    match outcome {
        Err(StoreError::InvalidInput { field: Some(field), reason, .. })
            if field == name && reason == why => {}
        other => panic!("`{name}`: {why}: {other:?}"),
    }
}

async fn what_a_codec_does_not_take_is_refused(pool: &impl Plain, store: &impl SqlPlanStore) -> Outcome {
    store.create_plan_schema().await?;
    let saved = plan(7);
    store.save_plan(&saved).await?;
    let unfit = |change: fn(&mut Plan)| {
        let mut plan = plan(7);
        change(&mut plan);
        plan
    };
    for (changed, field, why) in [
        (unfit(|plan| plan.id = "7".into()), "id", "an id of a plan begins with `plan-`"),
        (unfit(|plan| plan.id = "plan-07".into()), "id", "it has another spelling"),
        (unfit(|plan| plan.interval = PlanInterval::new("quarter")), "interval", "it has no letter"),
        (unfit(|plan| plan.trial_days = 10), "trial_days", "these are no whole weeks"),
    ] {
        refused(store.save_plan(&changed).await, field, why);
        assert_eq!(store.get_plan("plan-7").await?, saved);
    }
    assert_eq!(column(pool, "plans", "no", "1 = 1").await?, "7");
    // A key that can't be stored is nowhere.
    for id in ["7", "plan-07", "", "plan-99999999999999999999"] {
        assert!(matches!(store.get_plan(id).await, Err(StoreError::NotFound { .. })), "{id}");
        assert!(matches!(store.delete_plan(id).await, Err(StoreError::NotFound { .. })), "{id}");
    }
    Ok(())
}

async fn what_a_codec_does_not_read_is_corrupt(pool: &impl Plain, store: &impl SqlPlanStore) -> Outcome {
    store.create_plan_schema().await?;
    for (column, value, why) in [
        ("trial_weeks", "-1", "out of range"),
        ("on_sale", "'y'", "`y` is neither `Y` nor `N`"),
        ("interval", "'Q'", "`Q` is the letter of no interval"),
        ("features", "'2:a'", "it ends too early"),
        ("limits", "'1:a'", "a key has no value"),
    ] {
        store.save_plan(&plan(7)).await?;
        let quoted =
            if column == "interval" || column == "limits" { quote::<_>(pool, column) } else { column.into() };
        pool.run(&format!("UPDATE plans SET {quoted} = {value}")).await?;
        match store.get_plan("plan-7").await {
            Err(StoreError::Corrupt { key, column: told, source, .. }) => {
                assert_eq!((key.as_str(), told.as_str()), ("plan-7", column));
                assert!(source.to_string().contains(why), "{column}: {source}");
            }
            other => panic!("{column}: {other:?}"),
        }
        assert!(matches!(store.list_plans(&PlanFilter::default()).await, Err(StoreError::Corrupt { .. })));
    }
    Ok(())
}

/// Words of SQL that are names of columns here.
fn quote<P: Plain>(_: &P, name: &str) -> String {
    if P::BYTES.starts_with("upper") { format!("\"{name}\"") } else { format!("`{name}`") }
}

fn subscription(number: i64, subscriber: &str, status: SubscriptionStatus) -> Subscription {
    let period = at(0)..at(1_000);
    let mut new = Subscription::new(format!("s{number}"), subscriber, "plan-1", status, period);
    (new.created_at, new.updated_at) = (at(number), at(number));
    new
}

async fn null_is_a_value_like_others(pool: &impl Plain, store: &impl SqlSubscriptionStore) -> Outcome {
    store.create_subscription_schema().await?;
    store.verify_subscriptions().await?;
    let midnight = DateTime::from_timestamp(1_699_920_000, 0).expect("a day");
    let mut saved = subscription(1, "lin", SubscriptionStatus::Canceled);
    (saved.trial_end, saved.paused_at) = (Some(midnight), Some(at(5)));
    store.save_subscription(&saved).await?;
    assert_eq!(store.get_subscription("s1").await?, saved);
    assert_eq!(column(pool, "subscriptions", "trial_last_day", "1 = 1").await?, "2023-11-13");
    assert_eq!(column(pool, "subscriptions", "state", "1 = 1").await?, "-1");
    assert_eq!(column(pool, "subscriptions", "subscriber_id", "1 = 1").await?, "nil");
    pool.run("UPDATE subscriptions SET trial_last_day = NULL, paused_at = NULL").await?;
    let read = store.get_subscription("s1").await?;
    assert_eq!((read.trial_end, read.paused_at), (None, None));
    let noon = midnight + TimeDelta::hours(12);
    let outcome = store.save_subscription(&Subscription { trial_end: Some(noon), ..read }).await;
    refused(outcome, "trial_end", "a trial ends at midnight");
    Ok(())
}

async fn live_rows_are_those_of_the_predicate<S: SqlSubscriptionStore + AtomicSubscriptionStore>(
    pool: &impl Plain,
    store: &S,
) -> Outcome {
    store.create_subscription_schema().await?;
    for sql in S::SUBSCRIPTION_STATEMENTS.iter().map(|statement| statement.sql) {
        assert_eq!(sql.contains("state IN (1, 2)"), sql.contains("(state IN (1, 2))"), "{sql}");
    }
    assert!(S::SUBSCRIPTION_DDL.contains("(state IN (1, 2))"), "{}", S::SUBSCRIPTION_DDL);
    store.create_subscription_if_not_active(&subscription(1, "lin", SubscriptionStatus::Canceled)).await?;
    store.create_subscription_if_not_active(&subscription(2, "lin", SubscriptionStatus::Trialing)).await?;
    let second =
        store.create_subscription_if_not_active(&subscription(3, "lin", SubscriptionStatus::Active)).await;
    assert_eq!(second.as_ref().err().and_then(StoreError::conflict), Some(&Conflict::Live), "{second:?}");
    assert_eq!(store.get_active_subscription("lin").await?.id, "s2");
    // The subscriber's column has the letters in the other order.
    pool.run("UPDATE subscriptions SET subscriber_id = 'yma' WHERE state = -1").await?;
    let of_amy = SubscriptionFilter { subscriber_id: Some("amy".into()), ..SubscriptionFilter::default() };
    assert_eq!(store.list_subscriptions(&of_amy).await?.len(), 1);
    for (status, found) in [("trialing", 1), ("canceled", 1), ("active", 0), ("paused", 0)] {
        let filter = SubscriptionFilter { status: Some(status.into()), ..SubscriptionFilter::default() };
        assert_eq!(store.list_subscriptions(&filter).await?.len(), found, "{status}");
    }
    pool.run("UPDATE subscriptions SET state = 3 WHERE state = 1").await?;
    assert!(matches!(store.get_active_subscription("lin").await, Err(StoreError::NotFound { .. })));
    store.create_subscription_if_not_active(&subscription(3, "lin", SubscriptionStatus::Active)).await?;
    store.verify_subscriptions().await?;
    Ok(())
}

async fn quantities_are_added_by_their_codec(pool: &impl Plain, store: &impl SqlUsageStore) -> Outcome {
    store.create_usage_schema().await?;
    store.verify_usage().await?;
    let record = |id: &str, quantity| UsageRecord::new(id, "sub", "calls", quantity, at(0));
    for (id, quantity) in [("a", i64::MAX), ("b", -5), ("c", 5)] {
        store.save_usage_record(&record(id, quantity)).await?;
    }
    store.save_usage_record(&UsageRecord::new("d", "sub", "other", 9, at(0))).await?;
    let sum = || store.sum_usage("sub", "calls", at(0), at(1));
    assert_eq!(sum().await?, i64::MAX);
    assert_eq!(store.sum_usage("sub", "calls", at(1), at(2)).await?, 0);
    store.save_usage_record(&record("e", 1)).await?;
    assert!(matches!(sum().await, Err(StoreError::Overflow)));
    pool.run("UPDATE usage_records SET quantity = 'many' WHERE id = 'e'").await?;
    let outcome = sum().await;
    assert!(
        matches!(&outcome, Err(StoreError::Corrupt { column, .. }) if column == "quantity"),
        "{outcome:?}"
    );
    Ok(())
}

async fn what_the_store_says_names_its_codecs(_: &impl Plain, store: &impl SqlPlanStore) -> Outcome {
    let said = store.plan_mapping().to_string();
    let line = said.lines().find(|line| line.trim_start().starts_with("trial_days")).unwrap_or_default();
    assert_eq!(
        line.trim_start().trim_start_matches("trial_days").trim_start(),
        "column `trial_weeks`; by the codec `codecs::codecs::Weeks`; what it doesn't take is refused"
    );
    Ok(())
}

async fn a_type_of_its_own_is_sent_and_read_as_text(pool: &sqlx::PgPool, store: &Enumerated) -> Outcome {
    pool.run("CREATE TYPE state AS ENUM ('TRIALING', 'ACTIVE', 'CANCELED')").await?;
    store.create_subscription_schema().await?;
    store.verify_subscriptions().await?;
    store.create_subscription_if_not_active(&subscription(1, "ada", SubscriptionStatus::Active)).await?;
    let second =
        store.create_subscription_if_not_active(&subscription(2, "ada", SubscriptionStatus::Trialing)).await;
    assert_eq!(second.as_ref().err().and_then(StoreError::conflict), Some(&Conflict::Live), "{second:?}");
    assert_eq!(store.get_active_subscription("ada").await?.status, SubscriptionStatus::Active);
    // A word that the enum lacks is no mistake in a filter, and none that can be saved.
    for (status, found) in [("active", 1), ("canceled", 0), ("paused", 0)] {
        let filter = SubscriptionFilter { status: Some(status.into()), ..SubscriptionFilter::default() };
        assert_eq!(store.list_subscriptions(&filter).await?.len(), found, "{status}");
    }
    let outcome = store.save_subscription(&subscription(1, "ada", SubscriptionStatus::Paused)).await;
    assert!(matches!(outcome, Err(StoreError::InvalidInput { .. })), "{outcome:?}");
    Ok(())
}

async fn a_codec_fills_several_columns(pool: &impl Plain, store: &impl SqlPlanStore) -> Outcome {
    store.create_plan_schema().await?;
    store.verify_plans().await?;
    let saved = Plan { features: Vec::new(), limits: [].into(), metadata: [].into(), ..plan(7) };
    store.save_plan(&saved).await?;
    assert_eq!(column(pool, "offers", "trial_period", "1 = 1").await?, "14");
    assert_eq!(column(pool, "offers", "trial_interval", "1 = 1").await?, "day");
    assert_eq!(store.get_plan("plan-7").await?, saved);
    pool.run("UPDATE offers SET trial_period = 3, trial_interval = 'week'").await?;
    assert_eq!(store.get_plan("plan-7").await?.trial_days, 21);
    // Of what the codec makes of both, the first is told; of what is wrong with one, that one.
    for (column, value, told) in
        [("trial_interval", "'month'", "trial_period"), ("trial_period", "-1", "trial_period")]
    {
        store.save_plan(&saved).await?;
        pool.run(&format!("UPDATE offers SET {column} = {value}")).await?;
        match store.get_plan("plan-7").await {
            Err(StoreError::Corrupt { column, .. }) => assert_eq!(column, told),
            other => panic!("{column}: {other:?}"),
        }
    }
    Ok(())
}

async fn ids_of_several_columns_are_looked_up_by_all<S: SqlSubscriptionStore + AtomicSubscriptionStore>(
    pool: &impl Plain,
    store: &S,
) -> Outcome {
    store.create_subscription_schema().await?;
    store.verify_subscriptions().await?;
    let of = |id: &str, subscriber: &str, status| {
        let mut new = subscription(0, subscriber, status);
        new.id = id.into();
        new
    };
    let live = SubscriptionStatus::Active;
    // Ties are in the order of the columns: a number, then bytes.
    let all = [("9/a", "1/x"), ("10/B", "1/y"), ("10/a", "2/x"), ("9/A", "2/y")];
    for (id, subscriber) in all {
        store.create_subscription_if_not_active(&of(id, subscriber, live.clone())).await?;
    }
    let listed = store.list_subscriptions(&SubscriptionFilter::default()).await?;
    let ids: Vec<_> = listed.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["9/A", "9/a", "10/B", "10/a"]);
    assert_eq!(column(pool, "memberships", "tenant_no", "no = 'B'").await?, "10");
    for (id, subscriber) in all {
        assert_eq!(store.get_subscription(id).await?.subscriber_id, subscriber);
        assert_eq!(store.get_active_subscription(subscriber).await?.id, id);
        let again =
            store.create_subscription_if_not_active(&of(&format!("{id}!"), subscriber, live.clone())).await;
        assert_eq!(again.as_ref().err().and_then(StoreError::conflict), Some(&Conflict::Live), "{again:?}");
        let taken = store.create_subscription_if_not_active(&of(id, "3/z", live.clone())).await;
        assert_eq!(taken.as_ref().err().and_then(StoreError::conflict), Some(&Conflict::Id), "{taken:?}");
    }
    // Two that share one column are two; and each provider id is one of both of its columns.
    let mut first = store.get_subscription("9/a").await?;
    let mut second = store.get_subscription("9/A").await?;
    (first.provider_id, second.provider_id) = (Some("1/p".into()), Some("2/p".into()));
    store.save_subscription(&first).await?;
    store.save_subscription(&second).await?;
    assert_eq!(store.get_subscription_by_provider_id("2/p").await?.id, "9/A");
    second.provider_id = Some("1/p".into());
    let outcome = store.save_subscription(&second).await;
    assert_eq!(
        outcome.as_ref().err().and_then(StoreError::conflict),
        Some(&Conflict::ProviderId),
        "{outcome:?}"
    );
    for id in ["9", "9/", "09/a", "/a", ""] {
        assert!(matches!(store.get_subscription(id).await, Err(StoreError::NotFound { .. })), "{id}");
    }
    store.delete_subscription("9/a").await?;
    assert_eq!(store.list_subscriptions(&SubscriptionFilter::default()).await?.len(), 3);
    Ok(())
}
