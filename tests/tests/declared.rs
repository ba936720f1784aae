//! Tables of other shape: the whole contract, as far as each store says that it keeps it, and each exception as a refusal.

use std::process::ExitCode;
use std::sync::Arc;

use store_core::contract::{Capability, Rule, Scale, plan, subscription, usage};
use store_core::{SqlPlanStore, SqlSubscriptionStore, SqlUsageStore};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::Suite;

const SCALE: Scale = Scale { tasks: 8, rounds: 2, operations: 100 };

/// Stores that say the same on each database.
macro_rules! stores {
    ($module:ident, $pool:ident) => {
        mod $module {
            use sqlx::$pool;
            use store_core::{PlanStore, SubscriptionStore, UsageStore};

            /// Fields without a place.
            #[derive(PlanStore)]
            #[store(table = "prices", absent(provider_id, description, features, limits, metadata))]
            #[store(always(
                        currency = "EUR", interval = month, interval_count = 1, trial_days = 0, active = true,
                        created_at = "1970-01-01T00:00:00Z", updated_at = "1970-01-01T00:00:00Z",
                    ))]
            #[store(columns(amount = "cents"))]
            pub(crate) struct Prices {
                pub(crate) pool: $pool,
            }

            /// Narrow numbers, ids of another form, words under labels, times in seconds.
            #[derive(PlanStore)]
            #[store(table = "tariffs", lossy(times))]
            #[store(columns(
                        ids(as = uuid),
                        times(as = timestamp(0)),
                        provider_id(also_none = ""),
                        description(if_null = ""),
                        amount(as = i32),
                        trial_days(as = u16),
                        interval(labels(week = "w", month = "m", year = "y")),
                        active(as = i16, labels(true = 1, false = 0)),
                    ))]
            pub(crate) struct Tariffs {
                pub(crate) pool: $pool,
            }

            /// Ids that are numbers, money as decimals, words that are numbers, whole documents in text.
            #[derive(PlanStore)]
            #[store(table = "offers")]
            #[store(columns(
                        ids(as = i64),
                        times(as = epoch(us)),
                        amount(as = decimal(2)),
                        interval(as = i32, labels(week = 0, month = 1, year = 2, ..)),
                        metadata(as = text(json)),
                        features(as = text(json)),
                        provider_id(repeats),
                    ))]
            pub(crate) struct Offers {
                pub(crate) pool: $pool,
            }

            #[derive(SubscriptionStore)]
            #[store(table = "members", atomic)]
            #[store(absent(provider_id, trial_start, trial_end, canceled_at, paused_at, metadata))]
            #[store(always(plan_id = "membership"), columns(subscriber_id = "user_id"))]
            pub(crate) struct Members {
                pub(crate) pool: $pool,
            }

            /// One column for id and provider id, and one for the times of a record.
            #[derive(SubscriptionStore)]
            #[store(table = "contracts", atomic, absent(paused_at), lossy(updated_at))]
            #[store(columns(
                        provider_id = "id",
                        subscriber_id(column = "user_id", as = uuid),
                        status(labels(trialing, active, past_due, paused, canceled, "incomplete", "unpaid")),
                        metadata(if_null = {}),
                        created_at = "created",
                        updated_at = "created",
                    ))]
            pub(crate) struct Contracts {
                pub(crate) pool: $pool,
            }

            /// Times in seconds, of which some are dropped, and exact days.
            #[derive(SubscriptionStore)]
            #[store(table = "seats", atomic, absent(canceled_at, metadata), lossy(times, canceled_at))]
            #[store(columns(
                        ids(as = i64),
                        times(as = epoch(s)),
                        trial_start(as = date),
                        trial_end(as = epoch(ms, exact)),
                        provider_id(repeats),
                        status(as = i32, labels(active = 1, canceled = 3, "pending" = 0)),
                    ))]
            pub(crate) struct Seats {
                pub(crate) pool: $pool,
            }

            /// Ids that are numbers, by which alone the newest is known.
            #[derive(SubscriptionStore)]
            #[store(table = "tickets")]
            #[store(always(created_at = "2000-01-01T00:00:00Z", updated_at = "2000-01-01T00:00:00Z"))]
            #[store(columns(id(as = i64), provider_id(repeats)))]
            pub(crate) struct Tickets {
                pub(crate) pool: $pool,
            }

            /// One time for the end of the period and the cancellation: who has none goes on.
            #[derive(SubscriptionStore)]
            #[store(table = "endings", atomic, absent(paused_at), lossy(paused_at))]
            #[store(columns(
                        current_period_end(column = "ends_at", if_null = "9999-12-31T23:59:59Z"),
                        canceled_at = "ends_at",
                    ))]
            pub(crate) struct Endings {
                pub(crate) pool: $pool,
            }

            /// Most fields within one document, and metadata that is the rest of it.
            #[derive(PlanStore)]
            #[store(table = "products")]
            #[store(columns(
                        times(as = epoch(us)),
                        provider_id(column = "data", path = "external.ref"),
                        name(column = "data", path = "product name"),
                        description(column = "data", path = "external.text", if_null = ""),
                        amount(column = "data", path = "price", as = decimal(2)),
                        currency(column = "data", path = "currency of price"),
                        interval(column = "data", path = "every.unit"),
                        interval_count(column = "data", path = "every.count", as = i32),
                        trial_days(column = "data", path = "trial", as = text),
                        features(column = "data", path = "list of features"),
                        limits(column = "data", path = "every.limit"),
                        active(column = "data", path = "is.active"),
                        metadata = "data",
                        created_at(column = "data", path = "created.at"),
                        updated_at(column = "data", path = "updated.at"),
                    ))]
            pub(crate) struct Products {
                pub(crate) pool: $pool,
            }

            /// A column for each limit and each feature.
            #[derive(PlanStore)]
            #[store(table = "packages")]
            #[store(columns(
                        limits(keys("seats" = "max_seats", "api" = "api_calls"), as = i32),
                        features(keys("sso" = "has_sso", "audit" = "has_audit"), as = i16),
                    ))]
            pub(crate) struct Packages {
                pub(crate) pool: $pool,
            }

            /// All but the id and the subscriber within one document.
            #[derive(SubscriptionStore)]
            #[store(table = "accounts", atomic)]
            #[store(columns(
                        times(as = epoch(us)),
                        provider_id(column = "data", path = "ref", also_none = ""),
                        plan_id(column = "data", path = "plan.id"),
                        status(column = "data", path = "status", labels(canceled = "off" | "ended", ..)),
                        current_period_start(column = "data", path = "period.start"),
                        current_period_end(column = "data", path = "period.end"),
                        trial_start(column = "data", path = "trial.start"),
                        trial_end(column = "data", path = "trial.end"),
                        canceled_at(column = "data", path = "canceled.at"),
                        paused_at(column = "data", path = "paused.at"),
                        metadata(column = "data", path = "meta", if_null = {}),
                        created_at(column = "data", path = "created.at"),
                        updated_at(column = "data", path = "updated.at"),
                    ))]
            pub(crate) struct Accounts {
                pub(crate) pool: $pool,
            }

            #[derive(UsageStore)]
            #[store(table = "readings", reportable)]
            #[store(columns(
                        times(as = epoch(us)),
                        metric(column = "properties", path = "code of metric"),
                        quantity(column = "properties", path = "value.of"),
                        recorded_at(column = "properties", path = "recorded.at"),
                        provider_reported_at(column = "properties", path = "reported.at"),
                        metadata = "properties",
                    ))]
            pub(crate) struct Readings {
                pub(crate) pool: $pool,
            }

            #[derive(UsageStore)]
            #[store(table = "clicks", absent(metadata, provider_reported_at))]
            pub(crate) struct Clicks {
                pub(crate) pool: $pool,
            }

            #[derive(UsageStore)]
            #[store(table = "events", reportable, lossy(recorded_at))]
            #[store(columns(
                        ids(as = uuid),
                        quantity(as = i32),
                        recorded_at(as = epoch(s)),
                        provider_reported_at(as = timestamp(3, exact)),
                    ))]
            pub(crate) struct Events {
                pub(crate) pool: $pool,
            }

            #[derive(UsageStore)]
            #[store(table = "meters", reportable, lossy(times))]
            #[store(columns(id(as = i64), times(as = date), quantity(as = f64(2))))]
            pub(crate) struct Meters {
                pub(crate) pool: $pool,
            }
        }
    };
}

stores!(on_sqlite, SqlitePool);
stores!(on_postgres, PgPool);
stores!(on_mysql, MySqlPool);

/// Every rule of a trait on a store that says what it keeps.
macro_rules! run {
    ($suite:ident, $database:expr, $places:ident, $stores:ident::$store:ident, $name:literal, $rules:path, $capabilities:expr, $create:ident, $verify:ident, |$made:ident| $subject:expr) => {
        $suite.on($database, concat!($name, "::what_is_made_verifies"), || async {
            let place = $places::fresh(2).await?;
            let store = $stores::$store { pool: place.pool.clone() };
            store.$create().await?;
            store.$verify().await?;
            place.remove().await;
            Ok(())
        });
        for rule in $rules.iter().filter(|rule: &&Rule<_>| rule.needs.met_by($capabilities)) {
            $suite.on($database, &format!("{}::{}", $name, rule.name), move || async move {
                let place = $places::fresh(8).await?;
                let $made = Arc::new($stores::$store { pool: place.pool.clone() });
                $made.$create().await?;
                rule.check($subject.scale(SCALE)).await?;
                place.remove().await;
                Ok(())
            });
        }
    };
}

macro_rules! on {
    ($suite:ident, $database:expr, $places:ident, $stores:ident) => {{
        use Capability::{Atomic, Mapping, Reportable};
        macro_rules! plans {
            ($store:ident, $name:literal) => {
                run!(
                    $suite,
                    $database,
                    $places,
                    $stores::$store,
                    $name,
                    plan::RULES,
                    &[Mapping],
                    create_plan_schema,
                    verify_plans,
                    |store| { plan::PlanSubject::new(store.clone()).mapping(store.plan_mapping()) }
                );
            };
        }
        macro_rules! subscriptions {
            ($store:ident, $name:literal) => {
                run!(
                    $suite,
                    $database,
                    $places,
                    $stores::$store,
                    $name,
                    subscription::RULES,
                    &[Mapping, Atomic],
                    create_subscription_schema,
                    verify_subscriptions,
                    |store| {
                        let mapping = store.subscription_mapping();
                        subscription::SubscriptionSubject::new(store.clone()).atomic(store).mapping(mapping)
                    }
                );
            };
        }
        macro_rules! reported {
            ($store:ident, $name:literal) => {
                run!(
                    $suite,
                    $database,
                    $places,
                    $stores::$store,
                    $name,
                    usage::RULES,
                    &[Mapping, Reportable],
                    create_usage_schema,
                    verify_usage,
                    |store| {
                        let mapping = store.usage_mapping();
                        usage::UsageSubject::new(store.clone()).reportable(store).mapping(mapping)
                    }
                );
            };
        }
        plans!(Prices, "prices");
        plans!(Tariffs, "tariffs");
        plans!(Offers, "offers");
        plans!(Products, "products");
        plans!(Packages, "packages");
        subscriptions!(Members, "members");
        subscriptions!(Contracts, "contracts");
        subscriptions!(Seats, "seats");
        subscriptions!(Endings, "endings");
        subscriptions!(Accounts, "accounts");
        run!(
            $suite,
            $database,
            $places,
            $stores::Tickets,
            "tickets",
            subscription::RULES,
            &[Mapping],
            create_subscription_schema,
            verify_subscriptions,
            |store| {
                let mapping = store.subscription_mapping();
                subscription::SubscriptionSubject::new(store.clone()).mapping(mapping)
            }
        );
        reported!(Readings, "readings");
        reported!(Events, "events");
        reported!(Meters, "meters");
        run!(
            $suite,
            $database,
            $places,
            $stores::Clicks,
            "clicks",
            usage::RULES,
            &[Mapping],
            create_usage_schema,
            verify_usage,
            |store| { usage::UsageSubject::new(store.clone()).mapping(store.usage_mapping()) }
        );
    }};
}

fn main() -> ExitCode {
    let mut suite = Suite::new();
    on!(suite, Database::Sqlite, sqlite, on_sqlite);
    on!(suite, Database::Postgres, postgres, on_postgres);
    on!(suite, Database::Mysql, mysql, on_mysql);
    suite.run()
}
