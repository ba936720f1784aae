//! Tables that are not what the adapter needs, and what is left.

use std::str::FromStr;

use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use store_core::{
    PlanStore as _, SqlPlanStore as _, StoreError, Subscription, SubscriptionFilter, SubscriptionStatus,
};
use store_tests::databases::{Database, sqlite};
use store_tests::harness::{Outcome, Suite};
use store_tests::stores;

use crate::world::{Change, World, assert_told, at, on_each, plan, subscription, usage};

pub(crate) fn add(suite: &mut Suite) {
    on_each!(
        suite,
        a_missing_table_is_told,
        a_missing_column_is_told,
        an_id_of_another_type_is_told,
        a_column_that_nobody_fills_is_told,
        a_generated_column_is_told,
        a_failing_trigger_is_no_matter_of_the_schema,
    );
    for database in [Database::Sqlite, Database::Postgres] {
        suite.on(database, "a_missing_conflict_target_is_told", move || missing_target(database));
    }
    suite.on(Database::Postgres, "a_changed_type_is_seen_by_the_next_call", changed_type);
    suite.on(Database::Sqlite, "a_read_only_file_is_told", read_only_file);
}

/// Each operation of the three stores.
macro_rules! each_operation {
    ($world:ident, $pattern:pat) => {{
        assert_told!($world.plans.save_plan(&plan("new")).await, $pattern);
        assert_told!($world.plans.get_plan("new").await, $pattern);
        assert_told!($world.plans.list_plans(&Default::default()).await, $pattern);
        assert_told!($world.plans.delete_plan("new").await, $pattern);
        let new = subscription("new", "one");
        assert_told!($world.subscriptions.save_subscription(&new).await, $pattern);
        assert_told!($world.subscriptions.create_subscription_if_not_active(&new).await, $pattern);
        let canceled = Subscription { status: SubscriptionStatus::Canceled, ..new };
        assert_told!($world.subscriptions.create_subscription_if_not_active(&canceled).await, $pattern);
        assert_told!($world.subscriptions.get_subscription("new").await, $pattern);
        assert_told!($world.subscriptions.get_subscription_by_provider_id("new").await, $pattern);
        assert_told!($world.subscriptions.get_active_subscription("one").await, $pattern);
        let filter = SubscriptionFilter { plan_id: Some("pro".into()), ..Default::default() };
        assert_told!($world.subscriptions.list_subscriptions(&filter).await, $pattern);
        assert_told!($world.subscriptions.delete_subscription("new").await, $pattern);
        assert_told!($world.usage.save_usage_record(&usage("new")).await, $pattern);
        assert_told!($world.usage.sum_usage("sub_1", "calls", at(0), at(2)).await, $pattern);
        assert_told!($world.usage.list_usage_records("sub_1", at(0), at(2)).await, $pattern);
        assert_told!($world.usage.list_unreported_usage(1).await, $pattern);
        assert_told!($world.usage.mark_usage_reported("new", at(2)).await, $pattern);
    }};
}

async fn a_missing_table_is_told(database: Database) -> Outcome {
    let world = World::new(database).await?;
    for table in ["usage_records", "subscriptions", "plans"] {
        world.run(&format!("DROP TABLE {table}")).await?;
    }
    each_operation!(world, StoreError::Schema { .. });
    world.remove().await;
    Ok(())
}

async fn a_missing_column_is_told(database: Database) -> Outcome {
    let world = World::new(database).await?;
    for table in ["usage_records", "subscriptions", "plans"] {
        world.run(&format!("ALTER TABLE {table} RENAME COLUMN metadata TO notes")).await?;
    }
    assert_told!(world.plans.save_plan(&plan("new")).await, StoreError::Schema { .. });
    assert_told!(world.plans.get_plan("new").await, StoreError::Schema { .. });
    let new = subscription("new", "one");
    assert_told!(world.subscriptions.save_subscription(&new).await, StoreError::Schema { .. });
    assert_told!(
        world.subscriptions.create_subscription_if_not_active(&new).await,
        StoreError::Schema { .. }
    );
    assert_told!(world.subscriptions.get_active_subscription("one").await, StoreError::Schema { .. });
    assert_told!(world.usage.save_usage_record(&usage("new")).await, StoreError::Schema { .. });
    assert_told!(world.usage.list_unreported_usage(1).await, StoreError::Schema { .. });
    // What doesn't need it goes on.
    assert_eq!(world.usage.sum_usage("sub_1", "calls", at(0), at(2)).await?, 0);
    world.remove().await;
    Ok(())
}

async fn missing_target(database: Database) -> Outcome {
    let world = World::new(database).await?;
    world.run("DROP INDEX subscriptions_live_key").await?;
    let new = subscription("new", "one");
    assert_told!(
        world.subscriptions.create_subscription_if_not_active(&new).await,
        StoreError::Schema { .. }
    );
    let change: Change = ("usage_records", "id", "TEXT NOT NULL");
    let world = {
        world.remove().await;
        World::changed(database, &[change]).await?
    };
    assert_told!(world.usage.save_usage_record(&usage("new")).await, StoreError::Schema { .. });
    world.remove().await;
    Ok(())
}

async fn an_id_of_another_type_is_told(database: Database) -> Outcome {
    let world = World::changed(database, &[("plans", "id", "INTEGER NOT NULL PRIMARY KEY")]).await?;
    match database {
        // The number that a text is there is none.
        Database::Sqlite | Database::Mysql => {
            assert_told!(world.plans.save_plan(&plan("new")).await, StoreError::InvalidInput { .. });
        }
        Database::Postgres => {
            assert_told!(world.plans.save_plan(&plan("new")).await, StoreError::Schema { .. });
            assert_told!(world.plans.get_plan("7").await, StoreError::Schema { .. });
            assert_told!(world.plans.delete_plan("7").await, StoreError::Schema { .. });
        }
    }
    if database == Database::Mysql {
        world.plans.save_plan(&plan("7")).await?;
        assert_told!(world.plans.get_plan("7").await, StoreError::Schema { .. });
    }
    if database == Database::Sqlite {
        // There it is each value that has a type.
        world.plans.save_plan(&plan("7")).await?;
        assert_told!(world.plans.get_plan("7").await, StoreError::Corrupt { column, .. } if column == "id");
    }
    world.remove().await;
    Ok(())
}

/// A further column without a default.
async fn a_column_that_nobody_fills_is_told(database: Database) -> Outcome {
    let changes: &[Change] = &[
        ("plans", "created_at", "{}, tenant VARCHAR(9) NOT NULL"),
        ("subscriptions", "created_at", "{}, tenant VARCHAR(9) NOT NULL"),
        ("usage_records", "metadata", "{}, tenant VARCHAR(9) NOT NULL"),
    ];
    let world = World::changed(database, changes).await?;
    assert_told!(world.plans.save_plan(&plan("new")).await, StoreError::Schema { .. });
    let new = subscription("new", "one");
    assert_told!(world.subscriptions.save_subscription(&new).await, StoreError::Schema { .. });
    assert_told!(
        world.subscriptions.create_subscription_if_not_active(&new).await,
        StoreError::Schema { .. }
    );
    assert_told!(world.usage.save_usage_record(&usage("new")).await, StoreError::Schema { .. });
    world.remove().await;
    Ok(())
}

async fn a_generated_column_is_told(database: Database) -> Outcome {
    let changes: &[Change] = &[
        ("plans", "trial_days", "BIGINT GENERATED ALWAYS AS (amount + 1) STORED"),
        ("usage_records", "quantity", "BIGINT GENERATED ALWAYS AS (7) STORED"),
    ];
    let world = World::changed(database, changes).await?;
    assert_told!(world.plans.save_plan(&plan("new")).await, StoreError::Schema { .. });
    assert_told!(world.usage.save_usage_record(&usage("new")).await, StoreError::Schema { .. });
    world.remove().await;
    Ok(())
}

async fn a_failing_trigger_is_no_matter_of_the_schema(database: Database) -> Outcome {
    let world = World::new(database).await?;
    let trigger = match database {
        Database::Sqlite => {
            "CREATE TRIGGER refuse BEFORE INSERT ON plans BEGIN SELECT RAISE(ABORT, 'refused'); END"
        }
        Database::Postgres => {
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM 1 / 0; RETURN NEW; END $$;
             CREATE TRIGGER refuse BEFORE INSERT ON plans FOR EACH ROW EXECUTE FUNCTION refuse()"
        }
        Database::Mysql => {
            "CREATE TRIGGER refuse BEFORE INSERT ON plans FOR EACH ROW SET NEW.amount = 1 / 0"
        }
    };
    world.run(trigger).await?;
    assert_told!(world.plans.save_plan(&plan("new")).await, StoreError::Backend { .. });
    assert_told!(world.plans.get_plan("new").await, StoreError::NotFound { .. });
    world.remove().await;
    Ok(())
}

/// A connection that has planned its statements before a migration is not lost to them.
async fn changed_type() -> Outcome {
    let world = World::new(Database::Postgres).await?;
    world.plans.save_plan(&plan("kept")).await?;
    world.plans.get_plan("kept").await?;
    world.run("ALTER TABLE plans ALTER COLUMN name TYPE VARCHAR(99)").await?;
    for _ in 0..8 {
        assert_eq!(world.plans.get_plan("kept").await?, plan("kept"));
    }
    world.remove().await;
    Ok(())
}

async fn read_only_file() -> Outcome {
    let place = sqlite::fresh(1).await?;
    let store = stores::sqlite::Plans { pool: place.pool.clone() };
    store.create_plan_schema().await?;
    store.save_plan(&plan("kept")).await?;
    let options = SqliteConnectOptions::from_str(place.url())?.read_only(true);
    let store = stores::sqlite::Plans { pool: SqlitePoolOptions::new().connect_with(options).await? };
    assert_told!(store.save_plan(&plan("new")).await, StoreError::Backend { .. });
    assert_told!(store.delete_plan("kept").await, StoreError::Backend { .. });
    store.get_plan("kept").await?;
    store.pool.close().await;
    place.remove().await;
    Ok(())
}
