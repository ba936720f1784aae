//! Two stores on one pool of Postgres that differ in the forms of their columns alone. Its driver keeps prepared statements by
//! their text: the numbers of the second were read as those of the first, or refused.

use sqlx::PgPool;
use store_core::{Plan, PlanFilter, PlanInterval, PlanStore, Result, SqlPlanStore as _};
use store_tests::databases::{Database, postgres};
use store_tests::harness::{Outcome, Suite};

use crate::plain::Plain as _;

#[derive(PlanStore)]
#[store(table = "plans")]
struct Wide {
    pool: PgPool,
}

#[derive(PlanStore)]
#[store(table = "plans")]
#[store(columns(amount(as = i32), interval_count(as = i16), trial_days(as = i32)))]
struct Narrow {
    pool: PgPool,
}

#[derive(PlanStore)]
#[store(table = "plans", columns(ids(as = i64)))]
struct Numbered {
    pool: PgPool,
}

pub(crate) fn add(suite: &mut Suite) {
    suite.on(Database::Postgres, "one_pool::two_stores_of_one_table", two_stores_of_one_table);
    suite.on(Database::Postgres, "one_pool::two_tables_of_one_name", two_tables_of_one_name);
}

fn plan(id: &str) -> Plan {
    Plan { trial_days: 14, ..Plan::new(id, "Pro", 1999, "EUR", PlanInterval::Month) }
}

/// Everything that a store does, with a plan of its own and one that is there.
async fn holds(store: &impl PlanStore, own: &Plan, others: &[&Plan]) -> Result<()> {
    store.save_plan(own).await?;
    store.save_plan(own).await?;
    for plan in others.iter().chain([&own]) {
        assert_eq!(store.get_plan(&plan.id).await?, **plan);
    }
    for active_only in [true, false] {
        assert_eq!(store.list_plans(&PlanFilter { active_only }).await?.len(), 1 + others.len());
    }
    assert!(store.delete_plan("0").await.is_err_and(|error| error.is_not_found()));
    Ok(())
}

async fn two_stores_of_one_table() -> Outcome {
    let place = postgres::fresh(1).await?;
    let (wide, narrow) = (Wide { pool: place.pool.clone() }, Narrow { pool: place.pool.clone() });
    wide.create_plan_schema().await?;
    wide.verify_plans().await?;
    narrow.verify_plans().await?;
    let (one, two) = (plan("1"), plan("2"));
    holds(&wide, &one, &[]).await?;
    holds(&narrow, &two, &[&one]).await?;
    holds(&wide, &one, &[&two]).await?;
    place.remove().await;
    Ok(())
}

/// Each in a schema of its own, between which the connection is led by its search path.
async fn two_tables_of_one_name() -> Outcome {
    let place = postgres::fresh(1).await?;
    let pool = &place.pool;
    let Some(schema) = pool.texts("SELECT current_schema()::text").await?.swap_remove(0) else {
        return Err("there is no schema".into());
    };
    let other = format!("{schema}_of_numbers");
    let (named, numbered) = (Wide { pool: pool.clone() }, Numbered { pool: pool.clone() });
    let go = async |schema: &str| pool.run(&format!("SET search_path = {schema}")).await;
    named.create_plan_schema().await?;
    named.verify_plans().await?;
    let word = plan("four");
    holds(&named, &word, &[]).await?;

    pool.run(&format!("CREATE SCHEMA {other}")).await?;
    go(&other).await?;
    numbered.create_plan_schema().await?;
    numbered.verify_plans().await?;
    holds(&numbered, &plan("7"), &[]).await?;

    go(&schema).await?;
    holds(&named, &word, &[]).await?;
    pool.run(&format!("DROP SCHEMA {other} CASCADE")).await?;
    place.remove().await;
    Ok(())
}
