//! Fields of a struct as values of columns, as a derive binds them.

use chrono::{DateTime, TimeDelta, Utc};
use store_core::{
    AtomicSubscriptionStore, Plan, PlanFilter, PlanInterval, PlanStore, StoreError, Subscription,
    SubscriptionFilter, SubscriptionStatus, SubscriptionStore, UsageRecord, UsageStore,
};
use store_tests::harness::Outcome;

macro_rules! stores {
    ($module:ident, $pool:ident) => {
        pub(crate) mod $module {
            use sqlx::$pool;
            use store_core::{PlanStore, SubscriptionStore, UsageStore};

            /// One struct is the store of three tables, of which each has columns of its own for its fields.
            #[derive(PlanStore, SubscriptionStore, UsageStore)]
            #[store(plan(table = "plans", scope("kind" = "team"), write("revision" = sql("1 + 1"))))]
            #[store(subscription(
                                                                table = "subscriptions",
                                                                atomic,
                                                                soft_delete(column = "deleted_at"),
                                                                insert("started_on" = created_at(as = date))
                                                            ))]
            #[store(usage(table = "usage_records", key("tenant", "subscription_id", "id")))]
            pub(crate) struct Tenant<'a> {
                #[store(scope = "tenant")]
                pub(crate) tenant: &'a str,
                #[store(scope(plan = "region"))]
                pub(crate) region: i64,
                #[store(insert = "created_by", write = "updated_by")]
                pub(crate) user: Option<String>,
                #[store(pool)]
                pub(crate) connections: $pool,
            }

            #[derive(PlanStore)]
            #[store(table = "plans", read_only, scope("kind" = "team"))]
            pub(crate) struct Catalog(#[store(pool)] $pool, #[store(scope = "tenant")] pub(crate) String);

            impl Catalog {
                pub(crate) fn new(pool: $pool, tenant: &str) -> Self {
                    Self(pool, tenant.into())
                }
            }
        }
    };
}

stores!(on_sqlite, SqlitePool);
stores!(on_postgres, PgPool);
stores!(on_mysql, MySqlPool);

fn at(hour: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::hours(hour)
}

pub(crate) fn plan(name: &str) -> Plan {
    Plan { created_at: at(1), updated_at: at(1), ..Plan::new("one", name, 1, "EUR", PlanInterval::Month) }
}

/// Each keeps a plan of one id.
pub(crate) async fn plans(stores: [&dyn PlanStore; 3]) -> Outcome {
    for (store, name) in stores.iter().zip(["a", "b", "c"]) {
        store.save_plan(&plan(name)).await?;
    }
    for (store, name) in stores.iter().zip(["a", "b", "c"]) {
        assert_eq!(store.list_plans(&PlanFilter::default()).await?, [plan(name)]);
    }
    stores[0].delete_plan("one").await?;
    assert!(stores[0].get_plan("one").await.unwrap_err().is_not_found());
    assert_eq!(stores[1].get_plan("one").await?, plan("b"));
    Ok(())
}

pub(crate) async fn subscriptions(
    one: &impl AtomicSubscriptionStore,
    other: &impl SubscriptionStore,
) -> Outcome {
    let sub = |id: &str| Subscription {
        created_at: at(30),
        updated_at: at(30),
        ..Subscription::new(id, "ann", "pro", SubscriptionStatus::Active, at(0)..at(720))
    };
    one.create_subscription_if_not_active(&sub("s")).await?;
    assert!(one.create_subscription_if_not_active(&sub("t")).await.unwrap_err().conflict().is_some());
    assert_eq!(other.list_subscriptions(&SubscriptionFilter::default()).await?, []);
    other.save_subscription(&sub("s")).await?;
    one.delete_subscription("s").await?;
    assert!(one.get_subscription("s").await.unwrap_err().is_not_found());
    one.create_subscription_if_not_active(&sub("t")).await?;
    assert_eq!(other.get_active_subscription("ann").await?, sub("s"));
    Ok(())
}

/// The key of usage has the subscription, too.
pub(crate) async fn usage(one: &impl UsageStore, other: &impl UsageStore) -> Outcome {
    for subscription in ["x", "y"] {
        one.save_usage_record(&UsageRecord::new("u", subscription, "calls", 1, at(1))).await?;
    }
    let again = one.save_usage_record(&UsageRecord::new("u", "x", "calls", 9, at(1))).await;
    assert!(again.unwrap_err().conflict().is_some());
    other.save_usage_record(&UsageRecord::new("u", "x", "calls", 4, at(1))).await?;
    assert_eq!(one.sum_usage("x", "calls", at(0), at(9)).await?, 1);
    assert_eq!(other.sum_usage("x", "calls", at(0), at(9)).await?, 4);
    Ok(())
}

pub(crate) async fn read_only(store: &impl PlanStore, expected: &Plan) -> Outcome {
    assert_eq!(&store.get_plan("one").await?, expected);
    for refused in [store.save_plan(expected).await, store.delete_plan("one").await] {
        assert!(matches!(refused, Err(StoreError::ReadOnly { .. })), "{refused:?}");
    }
    Ok(())
}

macro_rules! tests {
    ($suite:ident, $database:expr, $places:ident, $DB:ident) => {{
        use $crate::options::derived;
        macro_rules! module {
            (Sqlite) => {
                use derived::on_sqlite as stores;
            };
            (Postgres) => {
                use derived::on_postgres as stores;
            };
            (MySql) => {
                use derived::on_mysql as stores;
            };
        }
        module!($DB);
        $suite.on($database, "derived::fields_of_the_struct_are_bound", || async {
            use store_core::{SqlPlanStore, SqlSubscriptionStore, SqlUsageStore};
            let place = $places::fresh(4).await?;
            let tenant = |tenant, region, user: Option<&str>| stores::Tenant {
                tenant,
                region,
                user: user.map(str::to_owned),
                connections: place.pool.clone(),
            };
            let (acme, far) = (tenant("acme", 1, Some("ann")), tenant("acme", 2, None));
            let bolt = tenant("bolt", 1, None);
            acme.create_plan_schema().await?;
            acme.create_subscription_schema().await?;
            acme.create_usage_schema().await?;
            acme.verify_plans().await?;
            acme.verify_subscriptions().await?;
            acme.verify_usage().await?;
            derived::plans([&acme, &bolt, &far]).await?;
            derived::subscriptions(&acme, &bolt).await?;
            derived::usage(&acme, &bolt).await?;
            derived::read_only(&stores::Catalog::new(place.pool.clone(), "bolt"), &derived::plan("b"))
                .await?;

            let written = "SELECT created_by, updated_by FROM plans WHERE tenant = 'acme' AND region = 2";
            let nobody: (Option<String>, Option<String>) =
                sqlx::query_as(written).fetch_one(&place.pool).await?;
            assert_eq!(nobody, (None, None));
            let changed = tenant("acme", 2, Some("zoe"));
            store_core::PlanStore::save_plan(&changed, &derived::plan("d")).await?;
            let zoe: (Option<String>, Option<String>) =
                sqlx::query_as(written).fetch_one(&place.pool).await?;
            assert_eq!(zoe, (None, Some("zoe".to_owned())), "who made it stays");
            let row = "SELECT created_by FROM subscriptions WHERE id = 't'";
            let ann: (Option<String>,) = sqlx::query_as(row).fetch_one(&place.pool).await?;
            assert_eq!(ann.0.as_deref(), Some("ann"));
            let rows = "SELECT COUNT(*) FROM subscriptions WHERE id = 's' AND deleted_at IS NOT NULL \
                        AND CAST(started_on AS CHAR(10)) = '1970-01-02'";
            let (marked,): (i64,) = sqlx::query_as(rows).fetch_one(&place.pool).await?;
            assert_eq!(marked, 1);
            drop((acme, far, bolt, changed));
            place.remove().await;
            Ok(())
        });
    }};
}
pub(crate) use tests;
