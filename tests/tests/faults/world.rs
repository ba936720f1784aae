//! The stores of one database, over tables that can differ from their DDL.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::AssertSqlSafe;
use store_core::{
    AtomicSubscriptionStore, Plan, PlanFilter, PlanInterval, PlanStore, ReportableUsageStore, SqlPlanStore,
    SqlSubscriptionStore, SqlUsageStore, Subscription, SubscriptionFilter, SubscriptionStatus, UsageRecord,
};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::stores;

pub(crate) type Error = Box<dyn std::error::Error + Send + Sync>;

/// Another definition of a column: table, column, definition, in which `{}` stands for that of the DDL.
pub(crate) type Change = (&'static str, &'static str, &'static str);

/// Holds the outcome of a call against a pattern of an error.
macro_rules! assert_told {
    ($outcome:expr, $pattern:pat $(if $guard:expr)?) => {
        match $outcome {
            Err($pattern) $(if $guard)? => {}
            other => panic!("{other:?} where {} is due", stringify!($pattern $(if $guard)?)),
        }
    };
}
pub(crate) use assert_told;

/// Adds a test on every database; it gets the database.
macro_rules! on_each {
    ($suite:ident, $($test:ident),+ $(,)?) => {
        $(for database in Database::ALL {
            $suite.on(database, stringify!($test), move || $test(database));
        })+
    };
}
pub(crate) use on_each;

enum Place {
    Sqlite(sqlite::Place),
    Postgres(postgres::Place),
    Mysql(mysql::Place),
}

/// Where the tables are, and a store of each kind.
pub(crate) struct World {
    place: Place,
    pub(crate) plans: Arc<dyn PlanStore>,
    pub(crate) subscriptions: Arc<dyn AtomicSubscriptionStore>,
    pub(crate) usage: Arc<dyn ReportableUsageStore>,
}

impl World {
    /// With the tables of the DDL.
    pub(crate) async fn new(database: Database) -> Result<World, Error> {
        World::changed(database, &[]).await
    }

    /// With some columns of another definition.
    pub(crate) async fn changed(database: Database, changes: &[Change]) -> Result<World, Error> {
        World::edited(database, |table, ddl| {
            let changes = changes.iter().filter(|(of, ..)| *of == table);
            changes.fold(ddl.to_owned(), |ddl, (_, column, to)| redefined(&ddl, column, to))
        })
        .await
    }

    /// With columns that all take NULL.
    pub(crate) async fn nullable(database: Database) -> Result<World, Error> {
        World::edited(database, |_, ddl| ddl.replace(" NOT NULL", "")).await
    }

    async fn edited(database: Database, edit: impl Fn(&str, &str) -> String) -> Result<World, Error> {
        macro_rules! world {
            ($module:ident, $kind:ident) => {{
                let place = $module::fresh(4).await?;
                let pool = place.pool.clone();
                let plans = Arc::new(stores::$module::Plans { pool: pool.clone() });
                let subscriptions = Arc::new(stores::$module::Subscriptions { pool: pool.clone() });
                let usage = Arc::new(stores::$module::Usage { pool });
                World { place: Place::$kind(place), plans, subscriptions, usage }
            }};
        }
        let world = match database {
            Database::Sqlite => world!(sqlite, Sqlite),
            Database::Postgres => world!(postgres, Postgres),
            Database::Mysql => world!(mysql, Mysql),
        };
        for (table, ddl) in ddl(database) {
            world.run(&edit(table, ddl)).await?;
        }
        Ok(world)
    }

    /// Runs statements behind the stores' back.
    pub(crate) async fn run(&self, sql: &str) -> Result<(), sqlx::Error> {
        let script = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        match &self.place {
            Place::Sqlite(place) => script.execute(&place.pool).await.map(drop),
            Place::Postgres(place) => script.execute(&place.pool).await.map(drop),
            Place::Mysql(place) => script.execute(&place.pool).await.map(drop),
        }
    }

    /// Everything that the stores hold, as text.
    pub(crate) async fn rows(&self) -> Result<String, Error> {
        let plans = self.plans.list_plans(&PlanFilter::default()).await?;
        let subscriptions = self.subscriptions.list_subscriptions(&SubscriptionFilter::default()).await?;
        let usage = self.usage.list_unreported_usage(1_000).await?;
        Ok(format!("{plans:#?} {subscriptions:#?} {usage:#?}"))
    }

    pub(crate) async fn remove(self) {
        match self.place {
            Place::Sqlite(place) => place.remove().await,
            Place::Postgres(place) => place.remove().await,
            Place::Mysql(place) => place.remove().await,
        }
    }
}

/// The tables in an order in which one can refer to those before it.
fn ddl(database: Database) -> [(&'static str, &'static str); 3] {
    macro_rules! ddl {
        ($module:ident) => {
            [
                ("plans", stores::$module::Plans::PLAN_DDL),
                ("subscriptions", stores::$module::Subscriptions::SUBSCRIPTION_DDL),
                ("usage_records", stores::$module::Usage::USAGE_DDL),
            ]
        };
    }
    match database {
        Database::Sqlite => ddl!(sqlite),
        Database::Postgres => ddl!(postgres),
        Database::Mysql => ddl!(mysql),
    }
}

/// A table with another definition of a column, which the DDL has on a line of its own.
fn redefined(ddl: &str, column: &str, to: &str) -> String {
    let mut lines: Vec<String> = ddl.lines().map(str::to_owned).collect();
    let heads = [format!("    \"{column}\" "), format!("    `{column}` ")];
    let line = lines.iter_mut().find(|line| heads.iter().any(|head| line.starts_with(head)));
    let line = line.unwrap_or_else(|| panic!("the DDL has no column {column}"));
    let (head, definition) = line.split_at(heads[0].len());
    let (definition, comma) = definition.strip_suffix(',').map_or((definition, ""), |text| (text, ","));
    *line = format!("{head}{}{comma}", to.replace("{}", definition));
    lines.join("\n")
}

pub(crate) fn at(hour: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::hours(hour)
}

pub(crate) fn plan(id: &str) -> Plan {
    let plan = Plan::new(id, "Pro", 1_900, "EUR", PlanInterval::Month);
    Plan { created_at: at(1), updated_at: at(1), ..plan }
}

pub(crate) fn subscription(id: &str, subscriber: &str) -> Subscription {
    let period = at(0)..at(720);
    let subscription = Subscription::new(id, subscriber, "pro", SubscriptionStatus::Active, period);
    Subscription { created_at: at(1), updated_at: at(1), ..subscription }
}

pub(crate) fn usage(id: &str) -> UsageRecord {
    UsageRecord::new(id, "sub_1", "calls", 1, at(1))
}
