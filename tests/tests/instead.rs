//! Stores on views whose triggers write: the whole contract, and what is told where a trigger does something else.

use std::process::ExitCode;
use std::sync::Arc;

use sqlx::{AssertSqlSafe, Executor, Pool};
use store_core::__private::{Adapter, Atomic, Backend, Dialect, Entity, Options, Scope, Table};
use store_core::contract::{Capability, Needs, Rule, Scale, plan, subscription, usage};
use store_core::{PlanStore, SqlPlanStore, StoreError};
use store_tests::databases::{Database, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};
use store_tests::made::{Made, adapter, store};

const SCALE: Scale = Scale { tasks: 16, rounds: 2, operations: 100 };

const VIEW: Options<'static> = Options { instead_of: true, atomic: Atomic::Lock(None), ..*Options::NONE };

fn is_for<S>(rule: &Rule<S>) -> bool {
    !matches!(rule.needs, Needs::Without(_) | Needs::With(Capability::Corruptible))
}

/// A view of a table under its own name, and triggers that write what is written to the view. On Postgres they tell no row.
fn view(dialect: Dialect, name: &str, columns: &[&str]) -> Vec<String> {
    let base = format!("{name}_kept");
    let new = |separator: &str, part: fn(&str) -> String| {
        columns.iter().map(|column| part(column)).collect::<Vec<_>>().join(separator)
    };
    let all = columns.join(", ");
    let values = new(", ", |column| format!("NEW.{column}"));
    let sets = new(", ", |column| format!("{column} = NEW.{column}"));
    let insert = format!("INSERT INTO {base} ({all}) VALUES ({values});");
    let update = format!("UPDATE {base} SET {sets} WHERE id = OLD.id;");
    let delete = format!("DELETE FROM {base} WHERE id = OLD.id;");
    let mut made = vec![format!("CREATE VIEW {name} AS SELECT {all} FROM {base}")];
    if dialect == Dialect::Postgres {
        made.push(format!(
            "CREATE FUNCTION {name}_write() RETURNS trigger LANGUAGE plpgsql AS $$
             BEGIN
                 IF TG_OP = 'INSERT' THEN {insert} ELSIF TG_OP = 'UPDATE' THEN {update} ELSE {delete} END IF;
                 RETURN NULL;
             END $$"
        ));
        made.push(format!(
            "CREATE TRIGGER {name}_write INSTEAD OF INSERT OR UPDATE OR DELETE ON {name}
             FOR EACH ROW EXECUTE FUNCTION {name}_write()"
        ));
    } else {
        let trigger = |event: &str, does: &str| {
            format!("CREATE TRIGGER {name}_{event} INSTEAD OF {event} ON {name} BEGIN {does} END")
        };
        let triggers = [("INSERT", &insert), ("UPDATE", &update), ("DELETE", &delete)];
        made.extend(triggers.map(|(event, does)| trigger(event, does)));
    }
    made
}

/// A store on a view of the table that it would have by default.
async fn made<DB: Backend>(
    pool: Pool<DB>,
    dialect: Dialect,
    entity: Entity,
) -> Result<Arc<Made<DB>>, Box<dyn std::error::Error + Send + Sync>>
where
    String: Scope<DB>,
    for<'c> &'c Pool<DB>: Executor<'c, Database = DB>,
{
    let of_view = adapter(dialect, entity, VIEW);
    let kept: &'static str = format!("{}_kept", of_view.table.name).leak();
    let base = Adapter {
        table: Table { schema: None, name: kept },
        extended: entity == Entity::Usage,
        ..adapter(dialect, entity, *Options::NONE)
    };
    Made::new(pool.clone(), store(base), &[]).create_schema().await?;
    let columns: Vec<_> = entity.fields().iter().map(|field| field.name).collect();
    for statement in view(dialect, of_view.table.name, &columns) {
        pool.execute(AssertSqlSafe(statement)).await?;
    }
    let made = Arc::new(Made::new(pool, store(of_view), &[]));
    // There is nothing that it could make.
    made.create_schema().await?;
    made.verify().await?;
    Ok(made)
}

fn main() -> ExitCode {
    let mut suite = Suite::new();
    macro_rules! on {
        ($database:expr, $module:ident, $dialect:expr) => {{
            macro_rules! rules {
                ($entity:expr, $name:literal, $rules:path, |$store:ident| $subject:expr) => {
                    for rule in $rules.iter().filter(|rule| is_for(rule)) {
                        suite.on($database, &format!("{}::{}", $name, rule.name), move || async move {
                            let place = $module::fresh(8).await?;
                            let $store = made(place.pool.clone(), $dialect, $entity).await?;
                            rule.check($subject.scale(SCALE)).await?;
                            place.remove().await;
                            Ok(())
                        });
                    }
                };
            }
            rules!(Entity::Plan, "plan", plan::RULES, |store| plan::PlanSubject::new(store));
            rules!(Entity::Subscription, "subscription", subscription::RULES, |store| {
                subscription::SubscriptionSubject::new(store.clone()).atomic(store)
            });
            rules!(Entity::Usage, "usage", usage::RULES, |store| {
                usage::UsageSubject::new(store.clone()).reportable(store)
            });
        }};
    }
    on!(Database::Sqlite, sqlite, Dialect::Sqlite);
    on!(Database::Postgres, postgres, Dialect::Postgres);
    suite.on(Database::Sqlite, "what_a_trigger_does_otherwise_is_told", otherwise);
    suite.run()
}

#[derive(PlanStore)]
#[store(table = "plan_view", instead_of)]
struct Plans {
    pool: sqlx::SqlitePool,
}

#[derive(PlanStore)]
#[store(table = "plans")]
struct Kept {
    pool: sqlx::SqlitePool,
}

/// A trigger that changes a value, one that adds nothing, and one that deletes nothing.
async fn otherwise() -> Outcome {
    let place = sqlite::fresh(4).await?;
    let (plans, kept) = (Plans { pool: place.pool.clone() }, Kept { pool: place.pool.clone() });
    kept.create_plan_schema().await?;
    let columns: Vec<_> = Entity::Plan.fields().iter().map(|field| field.name).collect();
    let values: Vec<_> = columns.iter().map(|column| format!("NEW.{column}")).collect();
    let values = values.join(", ").replace("NEW.name", "upper(NEW.name)");
    for statement in [
        "CREATE VIEW plan_view AS SELECT * FROM plans".to_owned(),
        format!(
            "CREATE TRIGGER one INSTEAD OF INSERT ON plan_view WHEN NEW.id <> 'lost'
             BEGIN INSERT INTO plans ({}) VALUES ({values}); END",
            columns.join(", ")
        ),
        "CREATE TRIGGER two INSTEAD OF DELETE ON plan_view BEGIN SELECT 1; END".into(),
        "CREATE TRIGGER three INSTEAD OF UPDATE ON plan_view BEGIN SELECT 1; END".into(),
    ] {
        place.pool.execute(AssertSqlSafe(statement)).await?;
    }
    plans.verify_plans().await?;
    let plan =
        |id: &str, name: &str| store_core::Plan::new(id, name, 5, "EUR", store_core::PlanInterval::Month);
    let changed = plans.save_plan(&plan("one", "Pro")).await;
    assert!(matches!(changed, Err(StoreError::InvalidInput { field: Some("name"), .. })), "{changed:?}");
    assert!(kept.get_plan("one").await.unwrap_err().is_not_found(), "it is undone");
    let lost = plans.save_plan(&plan("lost", "PRO")).await;
    assert!(matches!(lost, Err(StoreError::InvalidInput { field: None, .. })), "{lost:?}");
    let mut whole = plan("one", "PRO");
    (whole.created_at, whole.updated_at) = Default::default();
    plans.save_plan(&whole).await?;
    assert_eq!(kept.get_plan("one").await?, whole);
    let unchanged = plans.save_plan(&store_core::Plan { amount: 6, ..whole.clone() }).await;
    assert!(
        matches!(unchanged, Err(StoreError::InvalidInput { field: Some("amount"), .. })),
        "{unchanged:?}"
    );
    let undeleted = plans.delete_plan("one").await.unwrap_err();
    assert!(matches!(undeleted, StoreError::Schema { .. }), "{undeleted:?}");
    assert!(plans.delete_plan("two").await.unwrap_err().is_not_found());
    let mut connection = place.pool.acquire().await?;
    let outside = plans.delete_plan_in(&mut connection, "one").await;
    assert!(matches!(outside, Err(StoreError::Backend { .. })), "{outside:?}");
    drop(connection);
    place.remove().await;
    Ok(())
}
