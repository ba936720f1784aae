//! On Postgres, which prints a predicate in many ways.

use sqlx::Postgres as Db;
use store_core::{AtomicSubscriptionStore as _, StoreError};

super::case::on_a_database!(Database::Postgres, postgres);

macro_rules! live_key {
    ($rest:literal) => {
        concat!("DROP INDEX subscriptions_live_key; CREATE ", $rest)
    };
    (where $predicate:literal) => {
        live_key!(concat "UNIQUE INDEX subscriptions_live_key ON subscriptions (subscriber_id) WHERE ", $predicate)
    };
    (concat $rest:literal, $predicate:literal) => {
        concat!("DROP INDEX subscriptions_live_key; CREATE ", $rest, $predicate)
    };
}

/// A collation that holds `a` and `A` equal.
macro_rules! folded {
    ($then:literal) => {
        concat!(
            "CREATE COLLATION folded (provider = icu, locale = 'und-u-ks-level2', deterministic = false); ",
            $then
        )
    };
}

/// With the type that holds `a` and `A` equal, where every schema finds it.
macro_rules! citext {
    ($then:literal) => {
        concat!("CREATE EXTENSION IF NOT EXISTS citext SCHEMA pg_catalog; ", $then)
    };
}

pub(crate) fn cases() -> Vec<Case> {
    vec![
        changed("table_missing", Usage, "DROP TABLE usage_records", &["TableMissing"]),
        changed("column_dropped", Plans, "ALTER TABLE plans DROP COLUMN metadata", &["ColumnMissing"]),
        changed(
            "column_renamed",
            Plans,
            "ALTER TABLE plans RENAME COLUMN metadata TO notes",
            &["ColumnMissing", "ColumnUnwritten"],
        ),
        changed(
            "several_at_once",
            Plans,
            "ALTER TABLE plans DROP COLUMN metadata, DROP COLUMN provider_id, ALTER amount TYPE text",
            &["ColumnMissing", "ColumnMissing", "ColumnType"],
        )
        .incurable(),
        changed("number_as_text", Plans, "ALTER TABLE plans ALTER amount TYPE text", &["ColumnType"]),
        changed("number_too_narrow", Plans, "ALTER TABLE plans ALTER amount TYPE int", &["ColumnNarrow"]),
        changed("json_as_text", Plans, "ALTER TABLE plans ALTER metadata TYPE text", &["ColumnType"]),
        changed("json_as_json", Plans, "ALTER TABLE plans ALTER metadata TYPE json", &[]),
        changed(
            "time_without_zone",
            Plans,
            "ALTER TABLE plans ALTER created_at TYPE timestamp",
            &["ColumnType"],
        ),
        changed(
            "time_of_seconds",
            Plans,
            "ALTER TABLE plans ALTER created_at TYPE timestamptz(0)",
            &["ColumnCoarse"],
        ),
        changed(
            "status_too_short",
            Subscriptions,
            "ALTER TABLE subscriptions ALTER status TYPE varchar(7)",
            &["ColumnShort"],
        ),
        changed(
            "required_column_takes_null",
            Plans,
            "ALTER TABLE plans ALTER name DROP NOT NULL",
            &["ColumnNullable"],
        ),
        changed(
            "time_must_be_there",
            Subscriptions,
            "ALTER TABLE subscriptions ALTER trial_end SET NOT NULL",
            &["ColumnNeverNull"],
        ),
        changed(
            "status_is_one_of_a_list",
            Subscriptions,
            "ALTER TABLE subscriptions ADD CHECK (status IN ('active', 'trialing', 'canceled') OR status IS NULL)",
            &["LabelMissing"],
        )
        .incurable(),
        changed(
            "status_is_an_enum",
            Subscriptions,
            "DROP INDEX subscriptions_live_key; CREATE TYPE state AS ENUM ('active', 'trialing'); \
             ALTER TABLE subscriptions ALTER status TYPE state USING status::state; \
             CREATE UNIQUE INDEX l ON subscriptions (subscriber_id) WHERE status IN ('active', 'trialing')",
            &["ColumnType"],
        )
        .incurable(),
        changed(
            "domains_are_what_they_are_made_from",
            Plans,
            "CREATE DOMAIN word AS text DEFAULT 'x' CHECK (value <> 'never'); ALTER TABLE plans ALTER name TYPE word; \
             ALTER TABLE plans ADD tenant word NOT NULL",
            &[],
        ),
        changed(
            "column_wants_a_value",
            Plans,
            "ALTER TABLE plans ADD tenant text NOT NULL",
            &["ColumnUnwritten"],
        ),
        changed(
            "columns_that_want_nothing",
            Plans,
            "ALTER TABLE plans ADD a text, ADD b text NOT NULL DEFAULT 'b', ADD c serial, \
             ADD d int GENERATED ALWAYS AS IDENTITY, ADD e text NOT NULL GENERATED ALWAYS AS (name) STORED",
            &[],
        ),
        changed(
            "column_is_generated",
            Plans,
            "ALTER TABLE plans DROP description, ADD description text NOT NULL GENERATED ALWAYS AS (name) STORED",
            &["ColumnGenerated"],
        ),
        changed(
            "column_is_an_identity",
            Plans,
            "ALTER TABLE plans DROP amount, ADD amount bigint NOT NULL GENERATED ALWAYS AS IDENTITY",
            &["ColumnGenerated"],
        ),
        changed(
            "ids_are_numbered_by_a_sequence",
            Plans,
            "CREATE SEQUENCE numbers; ALTER TABLE plans ALTER id SET DEFAULT nextval('numbers')::text",
            &["IdNumbered"],
        ),
        changed(
            "column_folds_case",
            Subscriptions,
            folded!("ALTER TABLE subscriptions ALTER plan_id TYPE text COLLATE folded"),
            &["ColumnCollation"],
        ),
        changed(
            "ids_are_of_a_type_that_folds_case",
            Plans,
            citext!("ALTER TABLE plans ALTER id TYPE citext"),
            &["ColumnCollation"],
        ),
        changed(
            "provider_ids_are_of_a_domain_that_folds_case",
            Plans,
            citext!("CREATE DOMAIN email AS citext; CREATE DOMAIN address AS email; ALTER TABLE plans ALTER provider_id TYPE address"),
            &["ColumnCollation"],
        ),
        changed(
            "words_that_no_key_holds_are_of_a_type_that_folds_case",
            Subscriptions,
            citext!("ALTER TABLE subscriptions ALTER plan_id TYPE citext"),
            &[],
        ),
        changed(
            "status_is_one_of_the_list_of_a_domain",
            Subscriptions,
            "DROP INDEX subscriptions_live_key; \
             CREATE DOMAIN word AS text CHECK (value <> ''); CREATE DOMAIN state AS word CHECK (value IN ('active', 'trialing')); \
             ALTER TABLE subscriptions ALTER status TYPE state; \
             CREATE UNIQUE INDEX l ON subscriptions (subscriber_id) WHERE status IN ('active', 'trialing')",
            &["LabelMissing"],
        )
        .incurable(),
        changed(
            "key_folds_case",
            Plans,
            folded!(
                "DROP INDEX plans_provider_key; CREATE UNIQUE INDEX p ON plans (provider_id COLLATE folded)"
            ),
            &["KeyCollation"],
        ),
        changed(
            "locales_that_only_sort",
            Subscriptions,
            "ALTER TABLE subscriptions ALTER id TYPE text COLLATE \"en-x-icu\"; \
             ALTER TABLE subscriptions ALTER subscriber_id TYPE text COLLATE \"default\"",
            &[],
        ),
        edited("id_without_a_key", Usage, &[(" PRIMARY KEY", "")], &["IdKeyMissing"]),
        edited("id_with_a_unique_key", Plans, &[(" PRIMARY KEY", " UNIQUE")], &[]),
        edited("id_of_some", Plans, &[(" PRIMARY KEY", "")], &["IdKeyMissing"])
            .and_then("CREATE UNIQUE INDEX i ON plans (id) WHERE active"),
        edited(
            "id_with_a_deferrable_key",
            Plans,
            &[(" PRIMARY KEY", " UNIQUE DEFERRABLE")],
            &["KeyUnusable"],
        )
        .incurable(),
        edited(
            "partitions",
            Usage,
            &[(
                "\n);",
                "\n) PARTITION BY HASH (id); CREATE TABLE p PARTITION OF usage_records FOR VALUES WITH (MODULUS 1, REMAINDER 0);",
            )],
            &[],
        ),
        changed("provider_key_dropped", Plans, "DROP INDEX plans_provider_key", &["ProviderKeyMissing"]),
        changed(
            "provider_key_of_those_that_have_one",
            Plans,
            "DROP INDEX plans_provider_key; CREATE UNIQUE INDEX p ON plans (provider_id) WHERE provider_id IS NOT NULL",
            &[],
        ),
        changed(
            "provider_key_of_some",
            Plans,
            "DROP INDEX plans_provider_key; CREATE UNIQUE INDEX p ON plans (provider_id) WHERE active",
            &["ProviderKeyMissing"],
        ),
        changed(
            "provider_key_with_nulls",
            Plans,
            "DROP INDEX plans_provider_key; CREATE UNIQUE INDEX p ON plans (provider_id) NULLS NOT DISTINCT",
            &["ProviderKeyTooWide"],
        ),
        changed("live_key_dropped", Subscriptions, "DROP INDEX subscriptions_live_key", &["LiveKeyMissing"]),
        changed(
            "live_key_of_active_only",
            Subscriptions,
            live_key!(where "status = 'active'"),
            &["LiveKeyTooNarrow"],
        ),
        changed(
            "live_key_of_all",
            Subscriptions,
            live_key!("UNIQUE INDEX l ON subscriptions (subscriber_id)"),
            &["LiveKeyTooWide"],
        ),
        changed(
            "live_key_of_more",
            Subscriptions,
            live_key!(where "status IN ('active', 'trialing', 'paused')"),
            &["LiveKeyTooWide"],
        ),
        changed(
            "live_key_beside_one_of_all",
            Subscriptions,
            "ALTER TABLE subscriptions ADD UNIQUE (subscriber_id)",
            &["LiveKeyTooWide"],
        )
        .incurable(),
        changed(
            "live_key_beside_a_narrow_one",
            Subscriptions,
            "CREATE UNIQUE INDEX l ON subscriptions (subscriber_id) WHERE status = 'active'",
            &[],
        ),
        changed(
            "live_key_in_other_terms",
            Subscriptions,
            live_key!(where "status <> 'canceled'"),
            &["LiveKeyUnproven"],
        ),
        changed(
            "live_key_of_a_pattern",
            Subscriptions,
            live_key!(where "status ~ '^(active|trialing)$'"),
            &["LiveKeyUnproven"],
        ),
        changed(
            "live_key_of_an_expression",
            Subscriptions,
            live_key!(
                "UNIQUE INDEX subscriptions_live_key ON subscriptions (lower(subscriber_id)) \
                 WHERE status IN ('active', 'trialing')"
            ),
            &["LiveKeyMissing"],
        ),
        changed(
            "live_key_not_unique",
            Subscriptions,
            live_key!(
                "INDEX subscriptions_live_key ON subscriptions (subscriber_id) WHERE status IN ('active', 'trialing')"
            ),
            &["LiveKeyMissing"],
        ),
        changed(
            "live_key_reordered",
            Subscriptions,
            live_key!(where "status IN ('trialing', 'active')"),
            &[],
        ),
        changed(
            "live_key_with_or",
            Subscriptions,
            live_key!(where "status = 'trialing' OR 'active' = status"),
            &[],
        ),
        changed(
            "live_key_of_an_array",
            Subscriptions,
            live_key!(where "status = ANY ('{active,trialing}')"),
            &[],
        ),
        // The same rows, but no target of the store's ON CONFLICT: the planner doesn't look at NOT NULL.
        changed(
            "live_key_of_subscribers",
            Subscriptions,
            live_key!(where "status IN ('active', 'trialing') AND subscriber_id IS NOT NULL"),
            &["KeyWords"],
        ),
        changed(
            "status_is_varchar",
            Subscriptions,
            "ALTER TABLE subscriptions ALTER status TYPE varchar(20)",
            &[],
        ),
        changed(
            "live_key_of_varchar",
            Subscriptions,
            "DROP INDEX subscriptions_live_key; ALTER TABLE subscriptions ALTER status TYPE varchar(20); \
             CREATE UNIQUE INDEX l ON subscriptions (subscriber_id) WHERE status IN ('active', 'trialing')",
            &[],
        ),
        changed(
            "view",
            Subscriptions,
            "ALTER TABLE subscriptions RENAME TO base; CREATE VIEW subscriptions AS SELECT * FROM base",
            &["LiveKeyOfView"],
        )
        .incurable(),
        changed(
            "view_of_plans",
            Plans,
            "ALTER TABLE plans RENAME TO base; CREATE VIEW plans AS SELECT * FROM base",
            &[],
        ),
    ]
}

fn add_more(suite: &mut Suite) {
    suite.on(Database::Postgres, "a_lost_live_key_is_noticed_by_the_insert", lost_live_key);
    suite.on(Database::Postgres, "an_index_that_failed_is_no_key", failed_index);
    suite.on(Database::Postgres, "a_schema_is_the_one_that_is_named", named_schema);
    suite.on(Database::Postgres, "a_missing_privilege_is_found", missing_privilege);
    suite.on(Database::Postgres, "a_lost_connection_is_no_finding", lost_connection);
    suite.on(Database::Postgres, "later_calls_bind_as_before", later_calls);
}

async fn lost_live_key() -> Outcome {
    let place = postgres::fresh(1).await?;
    run(&place.pool, SubscriptionStore::SUBSCRIPTION_DDL).await?;
    run(&place.pool, "DROP INDEX subscriptions_live_key").await?;
    let store = SubscriptionStore { pool: place.pool.clone() };
    let created = store.create_subscription_if_not_active(&live()).await;
    assert!(matches!(&created, Err(StoreError::Schema { .. })), "{created:?}");
    place.remove().await;
    Ok(())
}

async fn failed_index() -> Outcome {
    let place = postgres::fresh(1).await?;
    run(&place.pool, SubscriptionStore::SUBSCRIPTION_DDL).await?;
    run(&place.pool, "DROP INDEX subscriptions_live_key").await?;
    let store = SubscriptionStore { pool: place.pool.clone() };
    let (one, mut other) = (live(), live());
    other.id = "other".into();
    store_core::SubscriptionStore::save_subscription(&store, &one).await?;
    store_core::SubscriptionStore::save_subscription(&store, &other).await?;
    let concurrently = SubscriptionStore::SUBSCRIPTION_DDL
        .lines()
        .find(|line| line.contains("live_key"))
        .map(|line| line.replace("INDEX IF NOT EXISTS", "INDEX CONCURRENTLY"));
    let concurrently = concurrently.expect("the DDL makes the key");
    run(&place.pool, &concurrently).await.expect_err("one subscriber has two live subscriptions");
    let found = findings(store.verify_subscriptions().await);
    let [found] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(found.kind(), "KeyUnusable");
    assert!(found.to_string().contains("is invalid"), "{found}");
    run(&place.pool, "DELETE FROM subscriptions").await?;
    run(&place.pool, found.remedy().trim_start_matches("run: ")).await?;
    store.verify_subscriptions().await?;
    place.remove().await;
    Ok(())
}

/// Of two tables with one name, a store that names the schema means that of the schema, others the first in the search path.
async fn named_schema() -> Outcome {
    #[derive(store_core::SubscriptionStore)]
    #[store(table = "Other `Place`.My 'Subs'", atomic)]
    struct Elsewhere {
        pool: sqlx::PgPool,
    }
    let place = postgres::fresh(1).await?;
    let store = Elsewhere { pool: place.pool.clone() };
    run(&place.pool, "DROP SCHEMA IF EXISTS \"Other `Place`\" CASCADE").await?;
    let missing = findings(store.verify_subscriptions().await);
    assert_eq!(missing.iter().map(store_core::Finding::kind).collect::<Vec<_>>(), ["TableMissing"]);
    run(&place.pool, "CREATE SCHEMA \"Other `Place`\"; CREATE TABLE \"My 'Subs'\" (id text)").await?;
    store.create_subscription_schema().await?;
    store.verify_subscriptions().await?;
    run(&place.pool, "DROP INDEX \"Other `Place`\".\"My 'Subs'_live_key\"").await?;
    let lost = findings(store.verify_subscriptions().await);
    let [lost] = lost.as_slice() else { panic!("{lost:?}") };
    run(&place.pool, lost.remedy().trim_start_matches("run: ")).await?;
    store.verify_subscriptions().await?;
    run(&place.pool, "DROP SCHEMA \"Other `Place`\" CASCADE").await?;
    place.remove().await;
    Ok(())
}

async fn missing_privilege() -> Outcome {
    let place = postgres::fresh(1).await?;
    let role = format!("reader_{}", std::process::id());
    run(&place.pool, PlanStore::PLAN_DDL).await?;
    let grants = format!(
        "CREATE ROLE {role}; GRANT SELECT ON plans TO {role}; \
         DO $$ BEGIN EXECUTE format('GRANT USAGE ON SCHEMA %I TO {role}', current_schema()); END $$; SET ROLE {role}"
    );
    run(&place.pool, &grants).await?;
    let found = findings(verify(&place.pool, Plans).await);
    run(&place.pool, &format!("RESET ROLE; DROP OWNED BY {role}; DROP ROLE {role}")).await?;
    let [found] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(found.kind(), "Refused");
    let text = found.to_string();
    assert!(text.contains("to save, delete by id: permission denied"), "{text}");
    place.remove().await;
    Ok(())
}

/// Looking at a statement must not leave it on the connection under other types.
async fn later_calls() -> Outcome {
    let place = postgres::fresh(1).await?;
    run(&place.pool, SubscriptionStore::SUBSCRIPTION_DDL).await?;
    let store = SubscriptionStore { pool: place.pool.clone() };
    store.verify_subscriptions().await?;
    let kept: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%subscription%'",
    )
    .persistent(false)
    .fetch_one(&place.pool)
    .await?;
    assert_eq!(kept, 0);
    store.create_subscription_if_not_active(&live()).await?;
    place.remove().await;
    Ok(())
}

/// A verification that waits for a lock, until its connection is ended.
async fn lost_connection() -> Outcome {
    let place = postgres::fresh(3).await?;
    run(&place.pool, PlanStore::PLAN_DDL).await?;
    let mut lock = place.pool.begin().await?;
    sqlx::query("LOCK TABLE plans").execute(&mut *lock).await?;
    let end = async {
        let waiting = "SELECT count(pg_terminate_backend(pid)) FROM pg_locks \
            WHERE NOT granted AND relation = 'plans'::regclass";
        while sqlx::query_scalar::<_, i64>(waiting).fetch_one(&place.pool).await? == 0 {}
        Ok::<_, sqlx::Error>(())
    };
    let (verified, ended) = tokio::join!(verify(&place.pool, Plans), end);
    ended?;
    assert!(matches!(&verified, Err(StoreError::Transient { .. })), "{verified:?}");
    drop(lock);
    place.remove().await;
    Ok(())
}
