//! Rows that can't be read: told with the column and the row's id, never as a default, and a list fails by one of them.

use store_core::{Entity, PlanFilter, StoreError, SubscriptionFilter};
use store_tests::databases::Database;
use store_tests::harness::{Outcome, Suite};

use crate::world::{World, assert_told, at, on_each, plan, subscription, usage};

pub(crate) fn add(suite: &mut Suite) {
    on_each!(suite, null_is_no_default, a_document_of_another_shape_is_corrupt);
    suite.on(Database::Postgres, "a_time_that_is_none_is_corrupt", || {
        no_time(Database::Postgres, &["'infinity'", "'-infinity'", "'294276-12-31 23:59:59.999999Z'"])
    });
    suite.on(Database::Mysql, "a_time_that_is_none_is_corrupt", || {
        no_time(Database::Mysql, &["'0000-00-00 00:00:00'", "'2024-00-01 00:00:00'", "'2024-02-00 00:00:00'"])
    });
    suite.on(Database::Sqlite, "a_time_that_is_none_is_corrupt", || {
        no_time(Database::Sqlite, &["''", "'2024-02-30T00:00:00Z'", "'2024-02-03'", "7", "1.5", "x'00'"])
    });
}

/// The fields that a record always has, without the id, by which the row is found.
const REQUIRED: &[(&str, &[&str])] = &[
    (
        "plans",
        &[
            "name",
            "description",
            "amount",
            "currency",
            "interval",
            "interval_count",
            "trial_days",
            "features",
            "limits",
            "metadata",
            "active",
            "created_at",
            "updated_at",
        ],
    ),
    (
        "subscriptions",
        &[
            "subscriber_id",
            "plan_id",
            "status",
            "current_period_start",
            "current_period_end",
            "metadata",
            "created_at",
            "updated_at",
        ],
    ),
    ("usage_records", &["metric", "quantity", "recorded_at", "metadata"]),
];

/// A row of each table that is broken, beside one that is whole.
async fn fill(world: &World) -> Outcome {
    for id in ["broken", "whole"] {
        world.plans.save_plan(&plan(id)).await?;
        world.subscriptions.save_subscription(&subscription(id, id)).await?;
        world.usage.save_usage_record(&usage(id)).await?;
    }
    Ok(())
}

/// Sets a column of the broken row.
async fn set(world: &World, database: Database, table: &str, column: &str, value: &str) -> Outcome {
    let quoted = if database == Database::Mysql { format!("`{column}`") } else { format!("\"{column}\"") };
    // A zero date is refused in strict mode, in which other applications may not be.
    let mode = if database == Database::Mysql { "SET STATEMENT sql_mode = '' FOR " } else { "" };
    world.run(&format!("{mode}UPDATE {table} SET {quoted} = {value} WHERE id = 'broken'")).await?;
    Ok(())
}

/// Each way to the broken row says what is wrong with it.
async fn is_corrupt(world: &World, table: &str, due: &str) {
    let is_due = |entity, error: StoreError| {
        assert_told!(Err::<(), _>(error), StoreError::Corrupt { entity: told, key, column, .. }
            if told == entity && key == "broken" && column == due);
    };
    match table {
        "plans" => {
            is_due(Entity::Plan, world.plans.get_plan("broken").await.unwrap_err());
            is_due(Entity::Plan, world.plans.list_plans(&PlanFilter::default()).await.unwrap_err());
        }
        "subscriptions" => {
            let (store, all) = (&world.subscriptions, SubscriptionFilter::default());
            is_due(Entity::Subscription, store.get_subscription("broken").await.unwrap_err());
            is_due(Entity::Subscription, store.list_subscriptions(&all).await.unwrap_err());
        }
        _ => is_due(Entity::Usage, world.usage.list_unreported_usage(9).await.unwrap_err()),
    }
}

/// The whole row is no worse for the broken one.
async fn the_other_is_whole(world: &World) -> Outcome {
    world.plans.get_plan("whole").await?;
    world.subscriptions.get_active_subscription("whole").await?;
    assert!(world.usage.sum_usage("sub_1", "calls", at(0), at(2)).await? >= 1);
    Ok(())
}

async fn null_is_no_default(database: Database) -> Outcome {
    for (table, columns) in REQUIRED {
        let world = World::nullable(database).await?;
        fill(&world).await?;
        // Backwards, since of several broken columns the first is told.
        for column in columns.iter().rev() {
            set(&world, database, table, column, "NULL").await?;
            is_corrupt(&world, table, column).await;
        }
        the_other_is_whole(&world).await?;
        world.remove().await;
    }
    Ok(())
}

async fn a_document_of_another_shape_is_corrupt(database: Database) -> Outcome {
    let world = World::new(database).await?;
    fill(&world).await?;
    for (table, column, documents) in [
        ("plans", "metadata", &[r#"{"a": 1}"#, r#"{"a": null}"#, r#"[]"#, "null", "7"][..]),
        ("plans", "limits", &[r#"{"a": 1.5}"#, r#"{"a": "1"}"#, r#"{"a": 9223372036854775808}"#, "[1]"]),
        ("plans", "features", &[r#"["a", 1]"#, r#"[null]"#, "{}", r#""a""#]),
        ("subscriptions", "metadata", &[r#"{"a": true}"#, r#"{"a": {"b": "c"}}"#]),
        ("usage_records", "metadata", &[r#"{"a": ["b"]}"#]),
    ] {
        for document in documents {
            set(&world, database, table, column, &format!("'{document}'")).await?;
            is_corrupt(&world, table, column).await;
        }
    }
    the_other_is_whole(&world).await?;
    world.remove().await;
    Ok(())
}

async fn no_time(database: Database, values: &[&str]) -> Outcome {
    let world = World::new(database).await?;
    fill(&world).await?;
    for (table, column) in [
        ("plans", "created_at"),
        ("subscriptions", "updated_at"),
        // A time that is not there is NULL, and this is not.
        ("subscriptions", "trial_end"),
        ("usage_records", "recorded_at"),
    ] {
        for value in values {
            set(&world, database, table, column, value).await?;
            is_corrupt(&world, table, column).await;
        }
    }
    the_other_is_whole(&world).await?;
    world.remove().await;
    Ok(())
}
