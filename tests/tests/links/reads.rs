//! What is read of rows that another application has written, and what is found by values of other tables.

use store_core::{
    PlanFilter, PlanStore as _, SqlPlanStore as _, SqlSubscriptionStore as _, SqlUsageStore as _,
    SubscriptionFilter, SubscriptionStatus, SubscriptionStore as _, UsageStore as _,
};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::Suite;

use super::world::{corrupt, ended, is_absent, known, on_each, subscription, usage};

pub(crate) fn add(suite: &mut Suite) {
    on_each!(suite, "look_ups_follow_the_links", |pool, stores| {
        let store = stores::Subscriptions { pool: pool.clone(), tenant: 1 };
        store.create_subscription_schema().await?;
        let ann = known(subscription("one", "ann", "pro"), "sub_1");
        let past = ended(&subscription("past", "ann", "team"));
        let bob = subscription("two", "bob", "pro");
        let blank = subscription("three", "ann ", "pro");
        for record in [&ann, &past, &bob, &blank] {
            store.save_subscription(record).await?;
        }
        let theirs = stores::Subscriptions { pool: pool.clone(), tenant: 2 };
        theirs.save_subscription(&subscription("four", "ann", "pro")).await?;
        assert_eq!(store.get_active_subscription("ann").await?, ann);
        assert_eq!(store.get_active_subscription("ann ").await?, blank);
        assert_eq!(store.get_subscription_by_provider_id("sub_1").await?, ann);
        for nobody in ["cid", "ANN", ""] {
            is_absent(store.get_active_subscription(nobody).await);
            is_absent(store.get_subscription_by_provider_id(nobody).await);
        }
        let of = |subscriber: Option<&str>, plan: Option<&str>, status: Option<SubscriptionStatus>| {
            SubscriptionFilter {
                subscriber_id: subscriber.map(str::to_owned),
                plan_id: plan.map(str::to_owned),
                status,
            }
        };
        for (filter, ids) in [
            (of(None, None, None), &["one", "past", "three", "two"][..]),
            (of(Some("ann"), None, None), &["one", "past"]),
            (of(None, Some("pro"), None), &["one", "three", "two"]),
            (of(Some("ann"), Some("team"), None), &["past"]),
            (of(Some("ann"), Some("team"), Some(SubscriptionStatus::Active)), &[]),
            (of(Some("ann"), None, Some(SubscriptionStatus::Active)), &["one"]),
            (of(None, Some("pro"), Some(SubscriptionStatus::Active)), &["one", "three", "two"]),
            (of(Some("cid"), None, None), &[]),
            (of(None, Some("gold"), None), &[]),
        ] {
            let found = store.list_subscriptions(&filter).await?;
            assert_eq!(found.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ids, "{filter:?}");
        }
    });
    on_each!(suite, "a_link_that_leads_nowhere_is_corrupt", |pool, stores| {
        let store = stores::Subscriptions { pool: pool.clone(), tenant: 1 };
        store.create_subscription_schema().await?;
        store.save_subscription(&known(subscription("one", "ann", "pro"), "sub_1")).await?;
        let all = SubscriptionFilter::default();
        for (change, column, table) in [
            ("customer = 99", "customer", "`customers`"),
            // The customer is another tenant's.
            ("customer = 9", "customer", "`customers`"),
            ("customer = 7, offer = 99", "offer", "`offers`"),
            ("offer = 70, reference = 99", "reference", "`refs`"),
            // There is a row, and no value in it.
            ("reference = 702", "reference", "`refs`"),
        ] {
            pool.run(&format!("UPDATE subscriptions SET {change}")).await?;
            let why = corrupt(store.get_subscription("one").await, column);
            assert!(why.ends_with(table), "{why}");
            corrupt(store.list_subscriptions(&all).await, column);
        }
        pool.run("UPDATE subscriptions SET reference = NULL").await?;
        assert_eq!(store.get_subscription("one").await?, subscription("one", "ann", "pro"));
        // It is written over as any other.
        pool.run("UPDATE subscriptions SET offer = 99").await?;
        store.save_subscription(&subscription("one", "ann", "team")).await?;
        assert_eq!(store.get_subscription("one").await?, subscription("one", "ann", "team"));
    });
    on_each!(suite, "null_is_corrupt_where_it_has_no_meaning", |pool, stores| {
        let store = stores::Calls { pool: pool.clone() };
        let ddl = stores::Calls::USAGE_DDL.replacen("INT NOT NULL", "INT", 1).replacen(
            "INTEGER NOT NULL",
            "INTEGER",
            1,
        );
        pool.run(&ddl).await?;
        store.save_usage_record(&usage("a", "1001", "calls")).await?;
        pool.run("UPDATE calls SET contract = NULL").await?;
        corrupt(store_core::ReportableUsageStore::list_unreported_usage(&store, 10).await, "contract");
    });
    on_each!(suite, "null_reads_as_is_said", |pool, stores| {
        let store = stores::Members { pool: pool.clone() };
        store.create_subscription_schema().await?;
        let (free, pro) = (subscription("a", "ann", "free"), subscription("b", "ann", "pro"));
        store.save_subscription(&free).await?;
        store.save_subscription(&pro).await?;
        assert_eq!(store.get_subscription("a").await?, free);
        let of =
            |plan: &str| SubscriptionFilter { plan_id: Some(plan.into()), ..SubscriptionFilter::default() };
        assert_eq!(store.list_subscriptions(&of("free")).await?, std::slice::from_ref(&free));
        assert_eq!(store.list_subscriptions(&of("pro")).await?, [pro]);
        pool.run("UPDATE members SET offer = 72 WHERE id = 'a'").await?;
        assert_eq!(store.list_subscriptions(&of("free")).await?, [free]);
        pool.run("UPDATE members SET offer = 99 WHERE id = 'a'").await?;
        corrupt(store.get_subscription("a").await, "offer");
        assert_eq!(store.list_subscriptions(&of("free")).await?, []);
    });
    on_each!(suite, "a_reader_knows_two_values_of_one_row", |pool, stores| {
        let store = stores::Prices { pool: pool.clone() };
        store.create_plan_schema().await?;
        pool.run("INSERT INTO prices (id, product, amount, currency) VALUES ('a', 1, 1, 'EUR')").await?;
        let plan = store.get_plan("a").await?;
        assert_eq!((plan.name.as_str(), plan.description.as_str()), ("Pro", "for all"));
        assert_eq!(store.list_plans(&PlanFilter::default()).await?.len(), 1);
        pool.run("UPDATE prices SET product = 2").await?;
        corrupt(store.get_plan("a").await, "product");
    });
}
