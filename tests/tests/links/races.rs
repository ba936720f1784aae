//! Many who create at once for one subscriber, whom the store knows by a link.

use std::collections::BTreeMap;

use store_core::{
    AtomicSubscriptionStore, Conflict, SqlSubscriptionStore as _, StoreError, SubscriptionFilter,
    SubscriptionStore,
};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::Suite;

use super::world::{leads_nowhere, on_each, subscription};

const ROUNDS: usize = 20;

/// The tenants of those who created a subscription of `ann`, of many who tried for both tenants.
async fn winners<S: AtomicSubscriptionStore + 'static>(made: [S; 2]) -> Vec<usize> {
    let made = made.map(std::sync::Arc::new);
    let calls: Vec<_> = (0..32)
        .map(|call| {
            let (tenant, store) = (call % 2, made[call % 2].clone());
            tokio::spawn(async move {
                let record = subscription(&format!("{tenant}_{call}"), "ann", "pro");
                (tenant, store.create_subscription_if_not_active(&record).await)
            })
        })
        .collect();
    let mut won = Vec::new();
    for call in calls {
        match call.await.expect("a call does not panic") {
            (tenant, Ok(())) => won.push(tenant),
            (_, Err(StoreError::AlreadyExists { conflict: Conflict::Live, .. })) => {}
            (_, Err(other)) => panic!("{other:?}"),
        }
    }
    won.sort_unstable();
    won
}

/// How many live rows each subscriber has.
async fn live(store: &impl SubscriptionStore) -> BTreeMap<String, usize> {
    let mut live = BTreeMap::new();
    let all = store.list_subscriptions(&SubscriptionFilter::default()).await.expect("it lists");
    all.into_iter()
        .filter(|it| it.status.is_live())
        .for_each(|it| *live.entry(it.subscriber_id).or_default() += 1);
    live
}

pub(crate) fn add(suite: &mut Suite) {
    on_each!(suite, "of_each_tenant_one_wins", |pool, stores| {
        let of = |tenant| stores::Subscriptions { pool: pool.clone(), tenant };
        of(1).create_subscription_schema().await?;
        for _ in 0..ROUNDS {
            assert_eq!(winners([of(1), of(2)]).await, [0, 1]);
            for tenant in [1, 2] {
                assert_eq!(live(&of(tenant)).await, [("ann".to_owned(), 1)].into());
            }
            pool.run("DELETE FROM subscriptions").await?;
        }
    });
    macro_rules! locked {
        ($database:expr, $module:ident, $stores:ident, $bytes:literal) => {
            suite.on($database, "of_each_tenant_one_wins_by_a_lock", || async {
                use super::stores::$stores::Locked;
                use crate::plain::Plain as _;
                let place = $module::fresh(8).await?;
                let pool = place.pool.clone();
                pool.run(&super::world::others($bytes)).await?;
                let of = |tenant| Locked { pool: pool.clone(), tenant };
                of(1).create_subscription_schema().await?;
                for _ in 0..ROUNDS {
                    assert_eq!(winners([of(1), of(2)]).await, [0, 1]);
                    pool.run("DELETE FROM locked").await?;
                }
                let nobody =
                    of(2).create_subscription_if_not_active(&subscription("one", "bob", "pro")).await;
                assert!(
                    matches!(nobody, Err(StoreError::InvalidInput { field: Some("subscriber_id"), .. })),
                    "{nobody:?}"
                );
                place.remove().await;
                Ok(())
            });
        };
    }
    locked!(Database::Postgres, postgres, postgres_locked, "COLLATE \"C\"");
    locked!(Database::Mysql, mysql, mysql_locked, "CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin");
    on_each!(suite, "each_call_asks_anew_where_it_leads", |pool, stores| {
        let store = std::sync::Arc::new(stores::Subscriptions { pool: pool.clone(), tenant: 1 });
        store.create_subscription_schema().await?;
        pool.run("DELETE FROM customers WHERE number = 7").await?;
        leads_nowhere(
            store.save_subscription(&subscription("one", "ann", "pro")).await,
            "subscriber_id",
            "customers",
        );
        pool.run("INSERT INTO customers VALUES (11, 1, 'ann', 'west')").await?;
        store.save_subscription(&subscription("one", "ann", "pro")).await?;
        assert_eq!(store.get_active_subscription("ann").await?.id, "one");
    });
}
