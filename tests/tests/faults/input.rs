//! Values that the table refuses: told as `InvalidInput`, and nothing is stored or changed.

use chrono::{DateTime, TimeDelta, Utc};
use store_core::{Entity, Plan, StoreError, Subscription, UsageRecord};
use store_tests::databases::Database;
use store_tests::harness::{Outcome, Suite};

use crate::world::{Change, World, assert_told, at, on_each, plan, subscription, usage};

pub(crate) fn add(suite: &mut Suite) {
    on_each!(
        suite,
        a_missing_parent_is_invalid,
        a_parent_with_children_stays,
        a_check_refuses,
        null_is_refused,
        a_time_out_of_range_is_invalid,
    );
    suite.on(Database::Sqlite, "a_restricting_key_refuses", restricting_key);
    for database in [Database::Postgres, Database::Mysql] {
        suite.on(database, "a_key_of_two_columns_names_no_field", move || key_of_two_columns(database));
        suite.on(database, "too_long_a_text_is_refused", move || too_long(database));
        suite.on(database, "too_large_a_number_is_refused", move || too_large(database));
    }
    suite.on(Database::Postgres, "a_text_too_long_for_an_index_is_refused", too_long_for_an_index);
    suite.on(Database::Postgres, "the_letter_nul_is_refused", nul);
}

/// What the database tells of the column.
fn if_told(database: Database, field: &'static str) -> Option<&'static str> {
    (database != Database::Sqlite).then_some(field)
}

const FOREIGN_KEYS: &[Change] = &[
    ("subscriptions", "plan_id", "{} REFERENCES plans (id)"),
    ("usage_records", "subscription_id", "{} REFERENCES subscriptions (id)"),
];

async fn a_missing_parent_is_invalid(database: Database) -> Outcome {
    let world = World::changed(database, FOREIGN_KEYS).await?;
    world.plans.save_plan(&plan("pro")).await?;
    world.subscriptions.save_subscription(&subscription("kept", "one")).await?;
    let before = world.rows().await?;

    let plan_id = if_told(database, "plan_id");
    let lost = |id, subscriber| Subscription { plan_id: "lost".into(), ..subscription(id, subscriber) };
    for outcome in [
        world.subscriptions.save_subscription(&lost("new", "two")).await,
        world.subscriptions.save_subscription(&lost("kept", "one")).await,
        world.subscriptions.create_subscription_if_not_active(&lost("new", "two")).await,
    ] {
        assert_told!(outcome, StoreError::InvalidInput { entity: Entity::Subscription, field, .. } if field == plan_id);
    }
    let subscription_id = if_told(database, "subscription_id");
    let outcome = world.usage.save_usage_record(&usage("new")).await;
    assert_told!(outcome, StoreError::InvalidInput { entity: Entity::Usage, field, .. } if field == subscription_id);

    assert_eq!(world.rows().await?, before);
    world.remove().await;
    Ok(())
}

async fn a_parent_with_children_stays(database: Database) -> Outcome {
    let world = World::changed(database, FOREIGN_KEYS).await?;
    refuses_to_delete_a_parent(world).await
}

/// SQLite refuses it by a trigger of its own, with the code of one.
async fn restricting_key() -> Outcome {
    let change: Change = ("subscriptions", "plan_id", "{} REFERENCES plans (id) ON DELETE RESTRICT");
    refuses_to_delete_a_parent(World::changed(Database::Sqlite, &[change]).await?).await
}

async fn refuses_to_delete_a_parent(world: World) -> Outcome {
    world.plans.save_plan(&plan("pro")).await?;
    world.subscriptions.save_subscription(&subscription("child", "one")).await?;
    let before = world.rows().await?;
    let outcome = world.plans.delete_plan("pro").await;
    assert_told!(outcome, StoreError::InvalidInput { entity: Entity::Plan, field: Some("id"), .. });
    assert_eq!(world.rows().await?, before);
    world.subscriptions.delete_subscription("child").await?;
    world.plans.delete_plan("pro").await?;
    world.remove().await;
    Ok(())
}

/// Either of them can be the one to change.
async fn key_of_two_columns(database: Database) -> Outcome {
    let world = World::new(database).await?;
    let id = match database {
        Database::Mysql => "VARCHAR(255) COLLATE utf8mb4_nopad_bin",
        _ => "TEXT COLLATE \"C\"",
    };
    let pair = "(plan_id, subscriber_id)";
    world.run(&format!("CREATE TABLE pairs (plan_id {id}, subscriber_id {id}, PRIMARY KEY {pair})")).await?;
    world.run(&format!("ALTER TABLE subscriptions ADD FOREIGN KEY {pair} REFERENCES pairs {pair}")).await?;
    let outcome = world.subscriptions.save_subscription(&subscription("new", "one")).await;
    assert_told!(outcome, StoreError::InvalidInput { entity: Entity::Subscription, field: None, .. });
    world.remove().await;
    Ok(())
}

async fn a_check_refuses(database: Database) -> Outcome {
    let changes: &[Change] = &[
        ("plans", "amount", "{} CHECK (amount >= 0)"),
        ("usage_records", "quantity", "{} CHECK (quantity >= 0)"),
        ("subscriptions", "status", "{} CHECK (status <> 'odd')"),
    ];
    let world = World::changed(database, changes).await?;
    world.plans.save_plan(&plan("kept")).await?;
    world.subscriptions.save_subscription(&subscription("kept", "one")).await?;
    let before = world.rows().await?;

    for id in ["kept", "new"] {
        let outcome = world.plans.save_plan(&Plan { amount: -1, ..plan(id) }).await;
        assert_told!(outcome, StoreError::InvalidInput { entity: Entity::Plan, .. });
        let odd = Subscription { status: "odd".into(), ..subscription(id, "one") };
        let outcome = world.subscriptions.save_subscription(&odd).await;
        assert_told!(outcome, StoreError::InvalidInput { entity: Entity::Subscription, .. });
    }
    let odd = Subscription { status: "odd".into(), ..subscription("new", "two") };
    let outcome = world.subscriptions.create_subscription_if_not_active(&odd).await;
    assert_told!(outcome, StoreError::InvalidInput { entity: Entity::Subscription, .. });
    let outcome = world.usage.save_usage_record(&UsageRecord { quantity: -1, ..usage("new") }).await;
    assert_told!(outcome, StoreError::InvalidInput { entity: Entity::Usage, .. });

    assert_eq!(world.rows().await?, before);
    world.remove().await;
    Ok(())
}

async fn null_is_refused(database: Database) -> Outcome {
    let changes: &[Change] = &[
        ("plans", "provider_id", "{} NOT NULL"),
        ("subscriptions", "trial_end", "{} NOT NULL"),
        ("usage_records", "provider_reported_at", "{} NOT NULL"),
    ];
    let world = World::changed(database, changes).await?;
    let kept = Plan { provider_id: Some("provider".into()), ..plan("kept") };
    world.plans.save_plan(&kept).await?;
    let before = world.rows().await?;

    for id in ["kept", "new"] {
        let outcome = world.plans.save_plan(&plan(id)).await;
        assert_told!(
            outcome,
            StoreError::InvalidInput { entity: Entity::Plan, field: Some("provider_id"), .. }
        );
    }
    let outcome = world.subscriptions.create_subscription_if_not_active(&subscription("new", "one")).await;
    assert_told!(
        outcome,
        StoreError::InvalidInput { entity: Entity::Subscription, field: Some("trial_end"), .. }
    );
    let outcome = world.usage.save_usage_record(&usage("new")).await;
    assert_told!(
        outcome,
        StoreError::InvalidInput { entity: Entity::Usage, field: Some("provider_reported_at"), .. }
    );

    assert_eq!(world.rows().await?, before);
    world.remove().await;
    Ok(())
}

async fn too_long(database: Database) -> Outcome {
    let world = World::changed(database, &[("plans", "name", "VARCHAR(5) NOT NULL")]).await?;
    world.plans.save_plan(&plan("kept")).await?;
    let before = world.rows().await?;
    // Postgres doesn't tell the column.
    let name = (database == Database::Mysql).then_some("name");
    for id in ["kept", "new"] {
        let outcome = world.plans.save_plan(&Plan { name: "Professional".into(), ..plan(id) }).await;
        assert_told!(outcome, StoreError::InvalidInput { entity: Entity::Plan, field, .. } if field == name);
    }
    if database == Database::Mysql {
        let outcome = world.plans.save_plan(&plan(&"i".repeat(256))).await;
        assert_told!(outcome, StoreError::InvalidInput { entity: Entity::Plan, field: Some("id"), .. });
        assert_told!(world.plans.get_plan(&"i".repeat(256)).await, StoreError::NotFound { .. });
        assert_told!(world.plans.delete_plan(&"i".repeat(256)).await, StoreError::NotFound { .. });
    }
    assert_eq!(world.rows().await?, before);
    world.remove().await;
    Ok(())
}

/// The adapter binds eight bytes, whatever the column has.
async fn too_large(database: Database) -> Outcome {
    let changes: &[Change] =
        &[("plans", "trial_days", "INTEGER NOT NULL"), ("usage_records", "quantity", "SMALLINT NOT NULL")];
    let world = World::changed(database, changes).await?;
    world.plans.save_plan(&plan("kept")).await?;
    let before = world.rows().await?;
    let told = |field| (database == Database::Mysql).then_some(field);
    for id in ["kept", "new"] {
        let outcome = world.plans.save_plan(&Plan { trial_days: u32::MAX, ..plan(id) }).await;
        assert_told!(outcome, StoreError::InvalidInput { entity: Entity::Plan, field, .. } if field == told("trial_days"));
    }
    for quantity in [i64::MIN, 40_000] {
        let outcome = world.usage.save_usage_record(&UsageRecord { quantity, ..usage("new") }).await;
        assert_told!(outcome, StoreError::InvalidInput { entity: Entity::Usage, field, .. } if field == told("quantity"));
    }
    assert_eq!(world.rows().await?, before);
    world.remove().await;
    Ok(())
}

async fn too_long_for_an_index() -> Outcome {
    let world = World::new(Database::Postgres).await?;
    world.plans.save_plan(&plan("kept")).await?;
    let before = world.rows().await?;
    // A text that doesn't shrink when it is compressed.
    let mut state = 7u64;
    let mut letter = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(b' ' + u8::try_from(state >> 33 & 63).unwrap_or_default())
    };
    let long: String = (0..9_000).map(|_| letter()).collect();
    let outcome = world.plans.save_plan(&plan(&long)).await;
    assert_told!(outcome, StoreError::InvalidInput { entity: Entity::Plan, .. });
    let outcome = world.plans.save_plan(&Plan { provider_id: Some(long.clone()), ..plan("kept") }).await;
    assert_told!(outcome, StoreError::InvalidInput { entity: Entity::Plan, .. });
    assert_told!(world.plans.get_plan(&long).await, StoreError::NotFound { .. });
    assert_eq!(world.rows().await?, before);
    world.remove().await;
    Ok(())
}

async fn nul() -> Outcome {
    let world = World::new(Database::Postgres).await?;
    world.plans.save_plan(&plan("kept")).await?;
    let before = world.rows().await?;
    let nul = || "a\0b".to_owned();
    for (field, refused) in [
        ("id", plan(&nul())),
        ("provider_id", Plan { provider_id: Some(nul()), ..plan("kept") }),
        ("name", Plan { name: nul(), ..plan("kept") }),
        ("features", Plan { features: vec![nul()], ..plan("kept") }),
        ("limits", Plan { limits: [(nul(), 1)].into(), ..plan("kept") }),
        ("metadata", Plan { metadata: [("a".into(), nul())].into(), ..plan("kept") }),
        ("metadata", Plan { metadata: [(nul(), "a".into())].into(), ..plan("kept") }),
    ] {
        let outcome = world.plans.save_plan(&refused).await;
        assert_told!(outcome, StoreError::InvalidInput { entity: Entity::Plan, field: Some(told), .. } if told == field);
    }
    assert_eq!(world.rows().await?, before);
    world.remove().await;
    Ok(())
}

async fn a_time_out_of_range_is_invalid(database: Database) -> Outcome {
    let world = World::new(database).await?;
    world.plans.save_plan(&plan("kept")).await?;
    world.subscriptions.save_subscription(&subscription("kept", "one")).await?;
    world.usage.save_usage_record(&usage("kept")).await?;
    let before = world.rows().await?;
    for time in out_of_range(database) {
        let outcome = world.plans.save_plan(&Plan { created_at: time, ..plan("kept") }).await;
        assert_told!(
            outcome,
            StoreError::InvalidInput { entity: Entity::Plan, field: Some("created_at"), .. }
        );
        let trial = Subscription { trial_start: Some(time), ..subscription("kept", "one") };
        for outcome in [
            world.subscriptions.save_subscription(&trial).await,
            world.subscriptions.create_subscription_if_not_active(&trial).await,
        ] {
            assert_told!(
                outcome,
                StoreError::InvalidInput { entity: Entity::Subscription, field: Some("trial_start"), .. }
            );
        }
        let outcome = world.usage.save_usage_record(&UsageRecord { recorded_at: time, ..usage("new") }).await;
        assert_told!(
            outcome,
            StoreError::InvalidInput { entity: Entity::Usage, field: Some("recorded_at"), .. }
        );
        let outcome = world.usage.mark_usage_reported("kept", time).await;
        assert_told!(
            outcome,
            StoreError::InvalidInput { entity: Entity::Usage, field: Some("provider_reported_at"), .. }
        );
    }
    assert_eq!(world.rows().await?, before);
    world.remove().await;
    Ok(())
}

/// The nearest times on either side of what the database holds, and the ends of chrono's own range.
fn out_of_range(database: Database) -> Vec<DateTime<Utc>> {
    let micro = TimeDelta::microseconds(1);
    let first = match database {
        Database::Postgres => "-4713-11-24T00:00:00Z",
        _ => "0000-01-01T00:00:00Z",
    };
    let first: DateTime<Utc> = first.parse().expect("a time");
    let mut times = vec![DateTime::<Utc>::MIN_UTC, first - micro];
    if database != Database::Postgres {
        let end: DateTime<Utc> = "+10000-01-01T00:00:00Z".parse().expect("a time");
        times.extend([end, DateTime::<Utc>::MAX_UTC]);
    }
    assert!(times.iter().all(|time| *time < at(0) - micro || *time > at(0)));
    times
}
