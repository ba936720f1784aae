//! What verification finds of a table that lacks what options rest on, and that its remedies cure it.

use sqlx::Pool;
use store_core::__private::{Backend, Dialect, Entity, Scope};
use store_core::{Findings, StoreError};
use store_tests::harness::Outcome;
use store_tests::made::{Made, adapter, store};

use super::adapters;
use super::contract::OWN;

/// A change of the tables as they are made, and what it is told as.
struct Case {
    entity: Entity,
    change: &'static str,
    finds: &'static [&'static str],
}

const fn case(entity: Entity, change: &'static str, finds: &'static [&'static str]) -> Case {
    Case { entity, change, finds }
}

/// Of the table with every option; in backquotes, which each database gets as its own quotes.
const CASES: &[Case] = &[
    case(Entity::Plan, "ALTER TABLE plans RENAME COLUMN since TO other", &["OptionColumnMissing"]),
    case(Entity::Usage, "ALTER TABLE usage_records RENAME COLUMN kind TO other", &["OptionColumnMissing"]),
    case(
        Entity::Plan,
        "DROP INDEX plans_provider_key; \
         CREATE UNIQUE INDEX plans_provider_key ON plans (provider_id, `shard`, tenant)",
        &["ProviderKeyMissing"],
    ),
    case(
        Entity::Subscription,
        "DROP INDEX subscriptions_live_key; \
         CREATE UNIQUE INDEX subscriptions_live_key ON subscriptions (tenant, subscriber_id)",
        &["LiveKeyMissing"],
    ),
    case(
        Entity::Subscription,
        "DROP INDEX subscriptions_live_key; \
         CREATE UNIQUE INDEX subscriptions_live_key \
         ON subscriptions (subscriber_id, tenant, `owner type`, shard) \
         WHERE status IN ('active', 'trialing') AND parent IS NULL",
        &["LiveKeyTooWide"],
    ),
    case(
        Entity::Subscription,
        "DROP INDEX subscriptions_live_key; \
         CREATE UNIQUE INDEX subscriptions_live_key \
         ON subscriptions (subscriber_id, tenant, `owner type`, shard) \
         WHERE status = 'active' AND parent IS NULL AND NOT_DELETED",
        &["LiveKeyTooNarrow"],
    ),
    case(
        Entity::Subscription,
        "DROP INDEX subscriptions_live_key; \
         CREATE UNIQUE INDEX other_key \
         ON subscriptions (subscriber_id, tenant, shard, `owner type`) \
         WHERE status IN ('active', 'trialing') AND parent IS NULL AND NOT_DELETED",
        &[],
    ),
];

pub(crate) async fn each_is_found<DB: Backend>(
    pool: &Pool<DB>,
    dialect: Dialect,
    run: impl AsyncFn(String) -> Result<(), sqlx::Error>,
) -> Outcome
where
    String: Scope<DB>,
{
    let quote = if dialect == Dialect::Postgres { "\"" } else { "`" };
    let not_deleted = if dialect == Dialect::Postgres { "deleted = FALSE" } else { "deleted = 0" };
    for case in CASES {
        let options = adapters::everything(dialect, case.entity);
        let made = Made::new(pool.clone(), store(adapter(dialect, case.entity, options)), OWN);
        let is_partial = case.change.contains(" WHERE ");
        if dialect == Dialect::MySql && is_partial {
            continue;
        }
        made.create_schema().await?;
        for change in case.change.replace('`', quote).replace("NOT_DELETED", not_deleted).split("; ") {
            let table = if case.entity == Entity::Plan { "plans" } else { "subscriptions" };
            let is_drop = dialect == Dialect::MySql && change.starts_with("DROP INDEX");
            let sql = if is_drop { format!("{change} ON {table}") } else { change.to_owned() };
            run(sql).await.map_err(|error| format!("{change}: {error}"))?;
        }
        let findings = match made.verify().await {
            Ok(()) => Vec::new(),
            Err(StoreError::Schema { source }) => match source.downcast_ref::<Findings>() {
                Some(findings) => findings.iter().cloned().collect(),
                None => return Err(source),
            },
            Err(other) => return Err(other.into()),
        };
        let kinds: Vec<_> = findings.iter().map(store_core::Finding::kind).collect();
        assert_eq!(kinds, case.finds, "{}: {findings:?}", case.change);
        for finding in &findings {
            for statement in finding.remedy().strip_prefix("run: ").into_iter().flat_map(|it| it.split("; "))
            {
                let done = run(statement.to_owned()).await;
                done.map_err(|error| format!("{}: {error}: {}", case.change, finding.remedy()))?;
            }
        }
        made.verify().await.map_err(|error| format!("{} after its remedy: {error}", case.change))?;
        for table in ["plans", "subscriptions", "usage_records"] {
            run(format!("DROP TABLE IF EXISTS {table}")).await?;
        }
    }
    Ok(())
}

macro_rules! tests {
    ($suite:ident, $database:expr, $places:ident, $DB:ident) => {{
        use store_core::__private::Dialect;
        use $crate::options::verify;
        let dialect = match $database {
            Database::Sqlite => Dialect::Sqlite,
            Database::Postgres => Dialect::Postgres,
            Database::Mysql => Dialect::MySql,
        };
        $suite.on($database, "verify::what_options_rest_on", move || async move {
            // One connection: another of SQLite would not know of an index that is gone.
            let place = $places::fresh(1).await?;
            let run = async |sql: String| {
                let done = sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&place.pool).await;
                done.map(drop)
            };
            verify::each_is_found::<$DB>(&place.pool, dialect, run).await?;
            place.remove().await;
            Ok(())
        });
    }};
}
pub(crate) use tests;
