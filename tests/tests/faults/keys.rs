//! Refusals by unique keys: which rule it was, of several the first in the order of the contract.

use std::str::FromStr;

use sqlx::Executor as _;
use sqlx::mysql::{MySqlConnectOptions, MySqlPoolOptions};
use store_core::{
    AtomicSubscriptionStore as _, Conflict, Entity, Plan, PlanStore as _, SqlAtomicSubscriptionStore as _,
    SqlPlanStore as _, SqlSubscriptionStore as _, SqlUsageStore as _, StoreError, Subscription,
    SubscriptionStatus, SubscriptionStore as _, UsageRecord,
};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};
use store_tests::stores;

use crate::world::{Change, World, assert_told, on_each, plan, subscription, usage};

pub(crate) fn add(suite: &mut Suite) {
    on_each!(
        suite,
        a_plan_is_refused_by_its_provider_id,
        a_save_is_refused_in_order,
        a_create_is_refused_in_order,
        usage_is_refused_by_its_id,
        a_further_key_is_told_by_name,
        a_known_key_is_told_before_a_further_one,
    );
    suite.on(Database::Postgres, "an_exclusion_is_a_unique_key", exclusion);
    suite.on(Database::Mysql, "the_language_of_the_server_changes_nothing", languages);
    suite.on(Database::Sqlite, "a_further_key_is_told_in_a_transaction", || async {
        let place = sqlite::fresh(2).await?;
        further_key_in_a_transaction!(
            place,
            sqlite,
            "plans.name",
            "subscriptions.plan_id",
            "usage_records.metric"
        );
        place.remove().await;
        Ok(())
    });
    suite.on(Database::Postgres, "a_further_key_is_told_in_a_transaction", || async {
        let place = postgres::fresh(2).await?;
        further_key_in_a_transaction!(
            place,
            postgres,
            "plans_further",
            "subscriptions_further",
            "usage_further"
        );
        place.remove().await;
        Ok(())
    });
    suite.on(Database::Mysql, "a_further_key_is_told_in_a_transaction", || async {
        let place = mysql::fresh(2).await?;
        further_key_in_a_transaction!(
            place,
            mysql,
            "plans_further",
            "subscriptions_further",
            "usage_further"
        );
        place.remove().await;
        Ok(())
    });
}

/// Unique keys that the contract does not know.
const FURTHER: &str = "CREATE UNIQUE INDEX plans_further ON plans (name);
    CREATE UNIQUE INDEX subscriptions_further ON subscriptions (plan_id);
    CREATE UNIQUE INDEX usage_further ON usage_records (metric);";

/// Names that MySQL can have keys of.
const SHORT_NAMES: &[Change] = &[("plans", "name", "VARCHAR(99) NOT NULL")];

/// As the database names its key.
fn further(database: Database, table: &str, column: &str) -> Conflict {
    Conflict::Other(match database {
        Database::Sqlite => format!("{table}.{column}"),
        _ => format!("{}_further", table.trim_end_matches("_records")),
    })
}

fn with_provider(subscription: Subscription, provider: &str) -> Subscription {
    Subscription { provider_id: Some(provider.into()), ..subscription }
}

fn canceled(subscription: Subscription) -> Subscription {
    Subscription { status: SubscriptionStatus::Canceled, ..subscription }
}

async fn a_plan_is_refused_by_its_provider_id(database: Database) -> Outcome {
    let world = World::new(database).await?;
    world.plans.save_plan(&Plan { provider_id: Some("provider".into()), ..plan("taken") }).await?;
    world.plans.save_plan(&plan("other")).await?;
    let before = world.rows().await?;
    for id in ["new", "other"] {
        let outcome = world.plans.save_plan(&Plan { provider_id: Some("provider".into()), ..plan(id) }).await;
        assert_told!(
            outcome,
            StoreError::AlreadyExists { entity: Entity::Plan, conflict: Conflict::ProviderId }
        );
    }
    assert_eq!(world.rows().await?, before);
    world.remove().await;
    Ok(())
}

/// A store in which `live` belongs to `one` and `old`, which ended, to `provider`.
async fn with_two(database: Database) -> Result<World, crate::world::Error> {
    let world = World::new(database).await?;
    world.subscriptions.save_subscription(&subscription("live", "one")).await?;
    let old = canceled(with_provider(subscription("old", "two"), "provider"));
    world.subscriptions.save_subscription(&old).await?;
    Ok(world)
}

async fn a_save_is_refused_in_order(database: Database) -> Outcome {
    let world = with_two(database).await?;
    world.subscriptions.save_subscription(&canceled(subscription("mine", "three"))).await?;
    let before = world.rows().await?;
    for id in ["new", "mine"] {
        for (record, due) in [
            (with_provider(subscription(id, "three"), "provider"), Conflict::ProviderId),
            (canceled(with_provider(subscription(id, "one"), "provider")), Conflict::ProviderId),
            (with_provider(subscription(id, "one"), "provider"), Conflict::ProviderId),
            (with_provider(subscription(id, "one"), "free"), Conflict::Live),
            (subscription(id, "one"), Conflict::Live),
        ] {
            let outcome = world.subscriptions.save_subscription(&record).await;
            assert_told!(outcome, StoreError::AlreadyExists { entity: Entity::Subscription, conflict } if conflict == due);
        }
    }
    assert_eq!(world.rows().await?, before);
    world.remove().await;
    Ok(())
}

async fn a_create_is_refused_in_order(database: Database) -> Outcome {
    let world = with_two(database).await?;
    let before = world.rows().await?;
    for (record, due) in [
        (subscription("old", "three"), Conflict::Id),
        (with_provider(subscription("live", "three"), "provider"), Conflict::Id),
        (subscription("old", "one"), Conflict::Id),
        (with_provider(subscription("live", "one"), "provider"), Conflict::Id),
        (with_provider(subscription("old", "two"), "provider"), Conflict::Id),
        (with_provider(subscription("new", "three"), "provider"), Conflict::ProviderId),
        (with_provider(subscription("new", "one"), "provider"), Conflict::ProviderId),
        (with_provider(subscription("new", "one"), "free"), Conflict::Live),
        (subscription("new", "one"), Conflict::Live),
    ] {
        for record in [record.clone(), canceled(record)] {
            let outcome = world.subscriptions.create_subscription_if_not_active(&record).await;
            assert_told!(
                outcome,
                StoreError::AlreadyExists { entity: Entity::Subscription, conflict } if conflict == due
            );
        }
    }
    assert_eq!(world.rows().await?, before);
    world.remove().await;
    Ok(())
}

async fn usage_is_refused_by_its_id(database: Database) -> Outcome {
    let world = World::new(database).await?;
    world.usage.save_usage_record(&usage("taken")).await?;
    let before = world.rows().await?;
    let outcome = world.usage.save_usage_record(&UsageRecord { quantity: 7, ..usage("taken") }).await;
    assert_told!(outcome, StoreError::AlreadyExists { entity: Entity::Usage, conflict: Conflict::Id });
    assert_eq!(world.rows().await?, before);
    world.remove().await;
    Ok(())
}

async fn a_further_key_is_told_by_name(database: Database) -> Outcome {
    let world = World::changed(database, SHORT_NAMES).await?;
    world.run(FURTHER).await?;
    world.plans.save_plan(&plan("taken")).await?;
    world.plans.save_plan(&Plan { name: "Other".into(), ..plan("other") }).await?;
    world.subscriptions.save_subscription(&canceled(subscription("taken", "one"))).await?;
    world.usage.save_usage_record(&usage("taken")).await?;
    let before = world.rows().await?;

    for id in ["new", "other"] {
        let outcome = world.plans.save_plan(&plan(id)).await;
        assert_told!(outcome, StoreError::AlreadyExists { entity: Entity::Plan, conflict }
            if conflict == further(database, "plans", "name"));
    }
    for record in [subscription("new", "two"), canceled(subscription("new", "two"))] {
        for outcome in [
            world.subscriptions.save_subscription(&record).await,
            world.subscriptions.create_subscription_if_not_active(&record).await,
        ] {
            assert_told!(outcome, StoreError::AlreadyExists { entity: Entity::Subscription, conflict }
                if conflict == further(database, "subscriptions", "plan_id"));
        }
    }
    let outcome = world.usage.save_usage_record(&usage("new")).await;
    assert_told!(outcome, StoreError::AlreadyExists { entity: Entity::Usage, conflict }
        if conflict == further(database, "usage_records", "metric"));

    assert_eq!(world.rows().await?, before);
    world.remove().await;
    Ok(())
}

async fn a_known_key_is_told_before_a_further_one(database: Database) -> Outcome {
    let world = World::changed(database, SHORT_NAMES).await?;
    world.run(FURTHER).await?;
    world.plans.save_plan(&Plan { provider_id: Some("provider".into()), ..plan("taken") }).await?;
    world.subscriptions.save_subscription(&with_provider(subscription("taken", "one"), "provider")).await?;
    world.usage.save_usage_record(&usage("taken")).await?;
    let before = world.rows().await?;

    let outcome = world.plans.save_plan(&Plan { provider_id: Some("provider".into()), ..plan("new") }).await;
    assert_told!(outcome, StoreError::AlreadyExists { conflict: Conflict::ProviderId, .. });
    let provider = with_provider(subscription("new", "two"), "provider");
    for (record, due) in [(provider, Conflict::ProviderId), (subscription("new", "one"), Conflict::Live)] {
        for outcome in [
            world.subscriptions.save_subscription(&record).await,
            world.subscriptions.create_subscription_if_not_active(&record).await,
        ] {
            assert_told!(outcome, StoreError::AlreadyExists { conflict, .. } if conflict == due);
        }
    }
    let outcome = world.subscriptions.create_subscription_if_not_active(&subscription("taken", "two")).await;
    assert_told!(outcome, StoreError::AlreadyExists { conflict: Conflict::Id, .. });
    let outcome = world.usage.save_usage_record(&usage("taken")).await;
    assert_told!(outcome, StoreError::AlreadyExists { conflict: Conflict::Id, .. });

    assert_eq!(world.rows().await?, before);
    world.remove().await;
    Ok(())
}

/// In a transaction of the caller: on Postgres nothing can be asked after the refusal.
macro_rules! further_key_in_a_transaction {
    ($place:ident, $module:ident, $plans:literal, $subscriptions:literal, $usage:literal) => {{
        let pool = $place.pool.clone();
        let plans = stores::$module::Plans { pool: pool.clone() };
        let subscriptions = stores::$module::Subscriptions { pool: pool.clone() };
        let records = stores::$module::Usage { pool: pool.clone() };
        let ddl = redefine_name(stores::$module::Plans::PLAN_DDL);
        sqlx::raw_sql(sqlx::AssertSqlSafe(ddl)).execute(&pool).await?;
        subscriptions.create_subscription_schema().await?;
        records.create_usage_schema().await?;
        sqlx::raw_sql(FURTHER).execute(&pool).await?;
        plans.save_plan(&plan("taken")).await?;
        subscriptions.create_subscription_if_not_active(&subscription("taken", "one")).await?;

        let mut transaction = pool.begin().await?;
        let outcome = plans.save_plan_in(&mut transaction, &plan("new")).await;
        assert_told!(outcome, StoreError::AlreadyExists { conflict: Conflict::Other(key), .. } if key == $plans);
        transaction.rollback().await?;
        let mut transaction = pool.begin().await?;
        let outcome = subscriptions.save_subscription_in(&mut transaction, &subscription("new", "two")).await;
        assert_told!(outcome, StoreError::AlreadyExists { conflict: Conflict::Other(key), .. } if key == $subscriptions);
        transaction.rollback().await?;
        let mut transaction = pool.begin().await?;
        let new = subscription("new", "two");
        let outcome = subscriptions.create_subscription_if_not_active_in(&mut transaction, &new).await;
        assert_told!(outcome, StoreError::AlreadyExists { conflict: Conflict::Other(key), .. } if key == $subscriptions);
        transaction.rollback().await?;
        let mut transaction = pool.begin().await?;
        records.save_usage_record_in(&mut transaction, &usage("taken")).await?;
        let outcome = records.save_usage_record_in(&mut transaction, &usage("new")).await;
        assert_told!(outcome, StoreError::AlreadyExists { conflict: Conflict::Other(key), .. } if key == $usage);
        transaction.rollback().await?;
    }};
}
use further_key_in_a_transaction;

/// A length, without which MySQL can have no key.
fn redefine_name(ddl: &str) -> String {
    ddl.replace("`name` LONGTEXT", "`name` VARCHAR(99)")
}

/// It refuses as a unique key does, with a code of its own.
async fn exclusion() -> Outcome {
    let world = World::new(Database::Postgres).await?;
    world
        .run(
            "DROP INDEX subscriptions_provider_key; \
             ALTER TABLE subscriptions ADD CONSTRAINT one_provider EXCLUDE (provider_id WITH =); \
             ALTER TABLE usage_records ADD CONSTRAINT one_metric EXCLUDE (metric WITH =)",
        )
        .await?;
    world.subscriptions.save_subscription(&with_provider(subscription("taken", "one"), "provider")).await?;
    world.usage.save_usage_record(&usage("taken")).await?;
    let outcome =
        world.subscriptions.save_subscription(&with_provider(subscription("new", "two"), "provider")).await;
    assert_told!(outcome, StoreError::AlreadyExists { conflict: Conflict::ProviderId, .. });
    let outcome = world.usage.save_usage_record(&usage("new")).await;
    assert_told!(outcome, StoreError::AlreadyExists { conflict: Conflict::Other(key), .. } if key == "one_metric");
    world.remove().await;
    Ok(())
}

/// Czech and Hungarian don't end with the key, Japanese begins with the value.
async fn languages() -> Outcome {
    let place = mysql::fresh(1).await?;
    let store = stores::mysql::Subscriptions { pool: place.pool.clone() };
    store.create_subscription_schema().await?;
    sqlx::raw_sql("CREATE UNIQUE INDEX further ON subscriptions (plan_id)").execute(&place.pool).await?;
    store.save_subscription(&with_provider(subscription("taken", "one"), "provider")).await?;

    for language in ["en_US", "de_DE", "cs_CZ", "hu_HU", "ja_JP", "fr_FR", "ru_RU"] {
        let speak = format!("SET lc_messages = '{language}'");
        let pool = MySqlPoolOptions::new()
            .after_connect(move |connection, _| {
                let speak = sqlx::AssertSqlSafe(speak.clone());
                Box::pin(async move { connection.execute(speak).await.map(drop) })
            })
            .connect_with(MySqlConnectOptions::from_str(place.url())?)
            .await?;
        let store = stores::mysql::Subscriptions { pool };
        for (record, due) in [
            (subscription("new", "two"), Conflict::Other("further".into())),
            (with_provider(subscription("new", "two"), "provider"), Conflict::ProviderId),
            (subscription("new", "one"), Conflict::Live),
        ] {
            let outcome = store.save_subscription(&record).await;
            assert_told!(outcome, StoreError::AlreadyExists { conflict, .. } if conflict == due);
        }
        let outcome = store.create_subscription_if_not_active(&subscription("taken", "two")).await;
        assert_told!(outcome, StoreError::AlreadyExists { conflict: Conflict::Id, .. });
        let long = Subscription { plan_id: "p".repeat(256), ..subscription("new", "two") };
        let outcome = store.save_subscription(&long).await;
        assert_told!(outcome, StoreError::InvalidInput { field: Some("plan_id"), .. });
        store.pool.close().await;
    }
    place.remove().await;
    Ok(())
}
