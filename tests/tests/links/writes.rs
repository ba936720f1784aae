//! What is written: rows that lead to the rows of other tables, and none that would lead nowhere.

use store_core::{
    AtomicSubscriptionStore as _, Conflict, SqlAtomicSubscriptionStore as _, SqlSubscriptionStore as _,
    SqlUsageStore as _, Subscription, SubscriptionStore as _, UsageStore as _,
};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::Suite;

use super::world::{at, ended, is_absent, is_of_schema, known, leads_nowhere, on_each, subscription, usage};

/// The columns of a row that are not those of the contract.
const LINKS: &[&str] = &["customer", "offer", "reference", "currency", "region"];

/// The links of each row as texts, without the types that SQLite tells with them.
macro_rules! links {
    ($pool:ident, $table:expr, $columns:expr) => {{
        let dump = $pool.dump($table, $columns).await?;
        let text =
            |text: Option<String>| text.map(|it| it.rsplit(' ').next().unwrap_or_default().replace('\'', ""));
        let texts = |values: Vec<_>| {
            values.into_iter().map(text).map(|it| it.unwrap_or("NULL".into())).collect::<Vec<_>>()
        };
        dump.into_iter().map(|(_, values)| texts(values).join(",")).collect::<Vec<_>>()
    }};
}

pub(crate) fn add(suite: &mut Suite) {
    on_each!(suite, "a_row_leads_to_the_rows_of_its_values", |pool, stores| {
        let store = stores::Subscriptions { pool: pool.clone(), tenant: 1 };
        store.create_subscription_schema().await?;
        let mut record = known(subscription("one", "ann", "pro"), "sub_1");
        store.save_subscription(&record).await?;
        assert_eq!(links!(pool, "subscriptions", LINKS), ["7", "70", "700", "EUR", "north"]);
        assert_eq!(store.get_subscription("one").await?, record);
        record.subscriber_id = "bob".into();
        record.plan_id = "team".into();
        record.provider_id = None;
        store.save_subscription(&record).await?;
        // What is copied when a row is made stays, and what is copied each time follows.
        assert_eq!(links!(pool, "subscriptions", LINKS), ["8", "71", "NULL", "EUR", "NULL"]);
        assert_eq!(store.get_subscription("one").await?, record);
        // The same customer's code at another tenant is another customer.
        let theirs = stores::Subscriptions { pool: pool.clone(), tenant: 2 };
        theirs.create_subscription_if_not_active(&known(subscription("two", "ann", "pro"), "sub_2")).await?;
        assert_eq!(links!(pool, "subscriptions", LINKS)[..2], ["8,9", "71,70"]);
        is_absent(theirs.get_active_subscription("bob").await);
    });
    on_each!(suite, "nothing_is_stored_that_would_lead_nowhere", |pool, stores| {
        let store = stores::Subscriptions { pool: pool.clone(), tenant: 1 };
        store.create_subscription_schema().await?;
        let good = known(subscription("one", "ann", "pro"), "sub_1");
        store.save_subscription(&good).await?;
        let cases = [
            ("subscriber_id", "customers", Subscription { subscriber_id: "cid".into(), ..good.clone() }),
            ("subscriber_id", "customers", Subscription { subscriber_id: "ANN".into(), ..good.clone() }),
            ("plan_id", "offers", Subscription { plan_id: "gold".into(), ..good.clone() }),
            ("provider_id", "refs", known(good.clone(), "sub_9")),
        ];
        let before = links!(pool, "subscriptions", LINKS);
        for (field, table, bad) in cases {
            let new = Subscription { id: "two".into(), ..bad.clone() };
            leads_nowhere(store.save_subscription(&bad).await, field, table);
            leads_nowhere(store.save_subscription(&new).await, field, table);
            leads_nowhere(store.create_subscription_if_not_active(&new).await, field, table);
            leads_nowhere(store.create_subscription_if_not_active(&ended(&new)).await, field, table);
            // A caller's transaction goes on.
            let mut transaction = pool.begin().await?;
            leads_nowhere(store.save_subscription_in(&mut transaction, &new).await, field, table);
            let created = store.create_subscription_if_not_active_in(&mut transaction, &ended(&new)).await;
            leads_nowhere(created, field, table);
            store.save_subscription_in(&mut transaction, &good).await?;
            transaction.commit().await?;
            is_absent(store.get_subscription("two").await);
            assert_eq!(links!(pool, "subscriptions", LINKS), before);
        }
        assert_eq!(store.get_subscription("one").await?, good);
    });
    on_each!(suite, "null_that_has_a_meaning_leads_nowhere_on_purpose", |pool, stores| {
        let store = stores::Members { pool: pool.clone() };
        store.create_subscription_schema().await?;
        let (free, pro) = (subscription("a", "ann", "free"), subscription("b", "ann", "pro"));
        store.save_subscription(&free).await?;
        store.save_subscription(&pro).await?;
        assert_eq!(links!(pool, "members", &["offer"]), ["NULL,70"]);
        let gold = Subscription { plan_id: "gold".into(), ..free.clone() };
        leads_nowhere(store.save_subscription(&gold).await, "plan_id", "offers");
        // A row of another application leads to the same value, and stays as it is.
        pool.run("UPDATE members SET offer = 72 WHERE id = 'a'").await?;
        assert_eq!(store.get_subscription("a").await?, free);
        store.save_subscription(&free).await?;
        assert_eq!(links!(pool, "members", &["offer"]), ["72,70"]);
        store.save_subscription(&Subscription { plan_id: "free".into(), ..pro.clone() }).await?;
        assert_eq!(links!(pool, "members", &["offer"]), ["72,NULL"]);
    });
    on_each!(suite, "a_row_with_a_made_id_leads_somewhere_too", |pool, stores| {
        let store = stores::Seats { pool: pool.clone() };
        store.create_subscription_schema().await?;
        let gold = subscription("", "ann", "gold");
        leads_nowhere(store.insert_subscription(&gold).await, "plan_id", "offers");
        leads_nowhere(store.create_subscription_if_not_active(&gold).await, "plan_id", "offers");
        let id = store.insert_subscription(&subscription("", "ann", "pro")).await?;
        let found = store.get_subscription(&id).await?;
        assert_eq!(found.plan_id, "pro");
        leads_nowhere(
            store.save_subscription(&Subscription { plan_id: "gold".into(), ..found.clone() }).await,
            "plan_id",
            "offers",
        );
        store.save_subscription(&Subscription { plan_id: "team".into(), ..found.clone() }).await?;
        assert_eq!(links!(pool, "seats", &["offer"]), ["71"]);
        is_absent(store.save_subscription(&Subscription { id: "99".into(), ..found }).await);
    });
    on_each!(suite, "usage_leads_to_its_subscription", |pool, stores| {
        let store = stores::Calls { pool: pool.clone() };
        store.create_usage_schema().await?;
        store.save_usage_record(&usage("a", "1001", "calls")).await?;
        store.save_usage_record(&usage("b", "1001", "minutes")).await?;
        store.save_usage_record(&usage("c", "1002", "calls")).await?;
        assert_eq!(links!(pool, "calls", &["contract", "meter"]), ["1,1,2", "c,m,c"]);
        leads_nowhere(
            store.save_usage_record(&usage("d", "1003", "calls")).await,
            "subscription_id",
            "contracts",
        );
        leads_nowhere(store.save_usage_record(&usage("d", "1001", "clicks")).await, "metric", "meters");
        let again = store.save_usage_record(&usage("a", "1001", "calls")).await.expect_err("its id is taken");
        assert_eq!(again.conflict(), Some(&Conflict::Id));
        assert_eq!(store.sum_usage("1001", "calls", at(0), at(2)).await?, 3);
        assert_eq!(store.sum_usage("1003", "calls", at(0), at(2)).await?, 0);
        assert_eq!(store.list_usage_records("1001", at(0), at(2)).await?.len(), 2);
        assert_eq!(store.list_usage_records("1001", at(0), at(2)).await?[1], usage("b", "1001", "minutes"));
    });
    on_each!(suite, "keys_are_those_of_the_links", |pool, stores| {
        let store = stores::Subscriptions { pool: pool.clone(), tenant: 1 };
        store.create_subscription_schema().await?;
        store.save_subscription(&known(subscription("one", "ann", "pro"), "sub_1")).await?;
        let conflict =
            |outcome: store_core::Result<()>| outcome.expect_err("it is refused").conflict().cloned();
        let other = |id, subscriber| subscription(id, subscriber, "pro");
        let live = store.create_subscription_if_not_active(&other("two", "ann")).await;
        assert_eq!(conflict(live), Some(Conflict::Live));
        let ended = store.create_subscription_if_not_active(&ended(&other("two", "ann"))).await;
        assert_eq!(conflict(ended), Some(Conflict::Live));
        let taken = store.save_subscription(&known(other("two", "bob"), "sub_1")).await;
        assert_eq!(conflict(taken), Some(Conflict::ProviderId));
        let taken = store.create_subscription_if_not_active(&known(other("two", "bob"), "sub_1")).await;
        assert_eq!(conflict(taken), Some(Conflict::ProviderId));
        store.create_subscription_if_not_active(&other("two", "ann ")).await?;
    });
    suite.on(Database::Sqlite, "triggers_write_what_leads_somewhere", || async {
        use crate::plain::Plain as _;
        let place = sqlite::fresh(2).await?;
        let pool = place.pool.clone();
        pool.run(&super::world::others("")).await?;
        pool.run(
            "CREATE TABLE base (id TEXT PRIMARY KEY, offer INTEGER, status TEXT); \
             CREATE VIEW holders AS SELECT * FROM base; \
             CREATE TRIGGER adds INSTEAD OF INSERT ON holders BEGIN \
                INSERT INTO base VALUES (NEW.id, NEW.offer, NEW.status); END; \
             CREATE TRIGGER changes INSTEAD OF UPDATE ON holders BEGIN \
                UPDATE base SET offer = NEW.offer, status = NEW.status WHERE id = OLD.id; END",
        )
        .await?;
        let store = super::stores::sqlite_triggers::Holders { pool: pool.clone() };
        let record = subscription("one", "pro", "pro");
        store.save_subscription(&record).await?;
        let (nobody, new) = (subscription("one", "gold", "pro"), subscription("two", "gold", "pro"));
        leads_nowhere(store.save_subscription(&nobody).await, "subscriber_id", "offers");
        leads_nowhere(store.save_subscription(&new).await, "subscriber_id", "offers");
        assert_eq!(links!(pool, "base", &["id", "offer"]), ["one", "70"]);
        let other = subscription("one", "team", "pro");
        store.save_subscription(&other).await?;
        assert_eq!(store.get_active_subscription("team").await?, other);
        place.remove().await;
        Ok(())
    });
    macro_rules! folding {
        ($database:expr, $module:ident, $folding:ident, $text:literal, $collation:literal) => {
            suite.on($database, "a_link_stays_that_leads_to_the_value_already", || async {
                use super::stores::$folding::Folding;
                use crate::plain::Plain as _;
                let place = $module::fresh(2).await?;
                let pool = place.pool.clone();
                let text = concat!($text, " COLLATE ", $collation);
                pool.run(&format!(
                    "CREATE TABLE offers (number {text} PRIMARY KEY, code {text} NOT NULL UNIQUE)"
                ))
                .await?;
                pool.run("INSERT INTO offers VALUES ('a', 'pro'), ('b', 'team')").await?;
                let ddl = Folding::SUBSCRIPTION_DDL;
                pool.run(&ddl.replace(concat!("`offer` ", $text), &format!("`offer` {text}"))).await?;
                let store = Folding { pool: pool.clone() };
                let record = subscription("one", "ann", "pro");
                store.save_subscription(&record).await?;
                assert_eq!(links!(pool, "folding", &["offer"]), ["a"]);
                pool.run("UPDATE folding SET offer = 'A'").await?;
                assert_eq!(store.get_subscription("one").await?, record);
                store.save_subscription(&record).await?;
                assert_eq!(links!(pool, "folding", &["offer"]), ["A"], "it leads to the same row");
                // The letters of a value are those of the other table.
                let other = Subscription { plan_id: "PRO".into(), ..record.clone() };
                leads_nowhere(store.save_subscription(&other).await, "plan_id", "offers");
                store.save_subscription(&Subscription { plan_id: "team".into(), ..record }).await?;
                assert_eq!(links!(pool, "folding", &["offer"]), ["b"]);
                place.remove().await;
                Ok(())
            });
        };
    }
    folding!(Database::Sqlite, sqlite, sqlite_folding, "TEXT", "NOCASE");
    folding!(Database::Mysql, mysql, mysql_folding, "VARCHAR(255)", "utf8mb4_general_ci");
    on_each!(suite, "of_several_rows_with_one_value_none_is_taken", |pool, stores| {
        let store = stores::Members { pool: pool.clone() };
        store.create_subscription_schema().await?;
        store.save_subscription(&subscription("a", "ann", "pro")).await?;
        // As if nobody kept offers apart.
        pool.run("CREATE TABLE loose AS SELECT * FROM offers; DROP TABLE offers; ALTER TABLE loose RENAME TO offers;").await?;
        pool.run("INSERT INTO offers VALUES (80, 'pro', 'EUR'), (81, 'team', 'EUR'), (71, 'other', 'EUR')")
            .await?;
        is_of_schema(store.save_subscription(&subscription("b", "bob", "pro")).await);
        is_of_schema(store.save_subscription(&subscription("a", "ann", "team")).await);
        is_of_schema(
            store
                .list_subscriptions(&store_core::SubscriptionFilter {
                    plan_id: Some("pro".into()),
                    ..Default::default()
                })
                .await,
        );
        assert_eq!(links!(pool, "members", &["offer"]), ["70"]);
        // Nor of several with one key.
        pool.run("UPDATE members SET offer = 71").await?;
        is_of_schema(store.get_subscription("a").await);
    });
}
