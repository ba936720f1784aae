//! A table that fits, written briefly.

/// A store of a kind on a pool, and its table.
macro_rules! base {
    (plans, $($of:tt)*) => { base!(Plans, PLAN_STORE, SqlPlanStore, verify_plans, $($of)*) };
    (subscriptions, $($of:tt)*) => {
        base!(Subscriptions, SUBSCRIPTION_STORE, SqlSubscriptionStore, verify_subscriptions, $($of)*)
    };
    (usage, $($of:tt)*) => { base!(Usage, USAGE_STORE, SqlUsageStore, verify_usage, $($of)*) };
    (
        $kind:ident, $STORE:ident, $Sql:ident, $verify:ident, $store:ty, $pool:ty,
        name: $name:expr, script: $script:expr, rows: $rows:expr, records: $records:expr $(,)?
    ) => {{
        use store_core::$Sql as _;
        $crate::verdict::Base::<$pool> {
            name: $name,
            adapter: &<$store>::$STORE.adapter,
            script: $script,
            rows: $rows,
            records: $records,
            blank: |_| (),
            asked: "",
            texts: &[],
            store: |pool| $crate::deeds::Live::$kind(Box::new(<$store as $crate::bases::On<$pool>>::on(pool))),
            verify: |pool| Box::pin(async move { <$store as $crate::bases::On<$pool>>::on(pool).$verify().await }),
        }
    }};
}

/// A store that is nothing but its pool.
macro_rules! on {
    ($store:ident, $pool:ty) => {
        impl $crate::bases::On<$pool> for $store {
            fn on(pool: $pool) -> Self {
                Self { pool }
            }
        }
    };
}
