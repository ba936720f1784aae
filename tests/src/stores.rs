//! The stores under test: each derive on each database.

use std::sync::Arc;

use store_core::__private::{Atomic, Dialect, Entity, Locked, Options, Statement, Store, Table};
use store_core::SubscriptionStore;
use store_model::adapter::Operation;

use crate::databases::Database;
use crate::made::{Made, adapter, store};

/// The same stores for a type of pool.
macro_rules! stores {
    ($(#[$doc:meta])* $module:ident, $pool:ident, $lock:meta) => {
        $(#[$doc])*
        pub mod $module {
            use sqlx::$pool;
            use store_core::{PlanStore, SubscriptionStore, UsageStore};

            /// Plans.
            #[derive(PlanStore)]
            #[store(table = "plans")]
            pub struct Plans {
                /// The pool.
                pub pool: $pool,
            }

            /// Subscriptions, of which a subscriber has one live one at most.
            #[derive(SubscriptionStore)]
            #[store(table = "subscriptions", atomic)]
            pub struct Subscriptions {
                /// The pool.
                pub pool: $pool,
            }

            /// Subscriptions for which a lock holds that promise.
            #[derive(SubscriptionStore)]
            #[store(table = "subscriptions", atomic($lock))]
            pub struct LockedSubscriptions {
                /// The pool.
                pub pool: $pool,
            }

            /// Subscriptions without that promise.
            #[derive(SubscriptionStore)]
            #[store(table = "subscriptions")]
            pub struct LooseSubscriptions {
                /// The pool.
                pub pool: $pool,
            }

            /// Usage that is reported.
            #[derive(UsageStore)]
            #[store(table = "usage_records", reportable)]
            pub struct Usage {
                /// The pool.
                pub pool: $pool,
            }

            /// Usage that stays at home.
            #[derive(UsageStore)]
            #[store(table = "usage_records")]
            pub struct PlainUsage {
                /// The pool.
                pub pool: $pool,
            }
        }
    };
}

stores! {
    /// On SQLite.
    sqlite, SqlitePool, lock
}
stores! {
    /// On Postgres.
    postgres, PgPool, lock
}
stores! {
    /// On MySQL and MariaDB.
    mysql, MySqlPool, lock(table = "subscribers", column = "id")
}

/// Which store of subscriptions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One that is atomic by a key.
    Atomic,
    /// One that is atomic by a lock.
    Locked,
    /// One that is atomic by a lock of the subscriber's row, where another lock would do as well.
    RowLocked,
    /// The same that leaves out the lock.
    Unlocked,
    /// One that looks and then saves.
    Loose,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Atomic, Self::Locked, Self::RowLocked, Self::Unlocked, Self::Loose];

    /// The word for it, by which a process tells another.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Atomic => "atomic",
            Self::Locked => "locked",
            Self::RowLocked => "row-locked",
            Self::Unlocked => "unlocked",
            Self::Loose => "loose",
        }
    }
}

/// Connects to a place of [`crate::databases`] by its URL, with all of so many connections open.
///
/// # Errors
/// If the place can't be reached.
pub async fn subscriptions(
    database: Database,
    url: &str,
    connections: u32,
    kind: Kind,
) -> Result<Arc<dyn SubscriptionStore>, sqlx::Error> {
    macro_rules! connect {
        ($module:ident, $options:ty, $dialect:expr) => {{
            let options = <$options>::new().min_connections(connections).max_connections(connections);
            let pool = options.connect(url).await?;
            match kind {
                Kind::Atomic => Arc::new($module::Subscriptions { pool }),
                Kind::Locked => Arc::new($module::LockedSubscriptions { pool }),
                Kind::RowLocked => Arc::new(Made::new(pool, locked($dialect, Some(SUBSCRIBERS)), &[])),
                Kind::Unlocked => Arc::new(Made::new(pool, unlocked($dialect), &[])),
                Kind::Loose => Arc::new($module::LooseSubscriptions { pool }),
            }
        }};
    }
    Ok(match database {
        Database::Sqlite => connect!(sqlite, sqlx::sqlite::SqlitePoolOptions, Dialect::Sqlite),
        Database::Postgres => connect!(postgres, sqlx::postgres::PgPoolOptions, Dialect::Postgres),
        Database::Mysql => connect!(mysql, sqlx::mysql::MySqlPoolOptions, Dialect::MySql),
    })
}

/// The row that is locked for a subscriber where a database wants one.
pub const SUBSCRIBERS: Locked<'static> =
    Locked { table: Table { schema: None, name: "subscribers" }, column: "id" };

/// A store that is atomic by a lock.
fn locked(dialect: Dialect, row: Option<Locked<'static>>) -> Store {
    let options = Options { atomic: Atomic::Lock(row), ..*Options::NONE };
    store(adapter(dialect, Entity::Subscription, options))
}

/// The same that does not take it.
fn unlocked(dialect: Dialect) -> Store {
    let store = locked(dialect, (dialect == Dialect::MySql).then_some(SUBSCRIBERS));
    let statements = store.statements.iter().map(|statement| match statement.operation {
        Operation::Lock => Statement::new(Operation::Lock, "SELECT 'read committed'", &[]),
        _ => *statement,
    });
    Store { statements: statements.collect::<Vec<_>>().leak(), ..store }
}
