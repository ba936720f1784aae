//! On SQLite, where most changes need a new table: the DDL is edited instead.

use sqlx::Sqlite as Db;
use store_core::{AtomicSubscriptionStore as _, StoreError};

super::case::on_a_database!(Database::Sqlite, sqlite);

macro_rules! live_key {
    ($rest:literal) => {
        concat!("DROP INDEX subscriptions_live_key; CREATE ", $rest)
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
        )
        .incurable(),
        edited(
            "required_column_takes_null",
            Plans,
            &[("`name` TEXT NOT NULL", "`name` TEXT")],
            &["ColumnNullable"],
        )
        .incurable(),
        edited(
            "time_must_be_there",
            Subscriptions,
            &[("`trial_end` TEXT", "`trial_end` TEXT NOT NULL")],
            &["ColumnNeverNull"],
        )
        .incurable(),
        edited(
            "status_is_one_of_a_list",
            Subscriptions,
            &[(
                "`status` TEXT NOT NULL",
                "`status` TEXT NOT NULL CHECK (`status` IN ('active', 'trialing'))",
            )],
            &["LabelMissing"],
        )
        .incurable(),
        edited("number_as_text", Plans, &[("`amount` INTEGER", "`amount` TEXT")], &["ColumnType"])
            .incurable(),
        edited("id_as_number", Plans, &[("`id` TEXT", "`id` INTEGER")], &["ColumnType"]).incurable(),
        edited("time_as_number", Plans, &[("`created_at` TEXT", "`created_at` INTEGER")], &["ColumnType"])
            .incurable(),
        edited(
            "types_that_sound_right",
            Plans,
            &[
                ("`created_at` TEXT", "`created_at` DATETIME"),
                ("`active` INTEGER", "`active` BOOLEAN"),
                ("`name` TEXT", "`name` VARCHAR(9)"),
                ("`limits` TEXT", "`limits` JSON"),
            ],
            &[],
        ),
        edited(
            "words_as_bytes_of_a_strict_table",
            Plans,
            &[("`name` TEXT", "`name` BLOB"), ("\n);", "\n) STRICT;")],
            &["ColumnType"],
        )
        .incurable(),
        edited("strict_tables", Plans, &[("`name` TEXT", "`name` ANY"), ("\n);", "\n) STRICT;")], &[]),
        edited(
            "more_columns",
            Plans,
            &[(
                "`plans` (\n",
                "`plans` (a INTEGER, b TEXT NOT NULL DEFAULT 'b', c TEXT AS (`name`) NOT NULL,\n",
            )],
            &[],
        )
        .and_then(
            " DROP INDEX plans_created_idx; DROP INDEX plans_provider_key; \
            CREATE UNIQUE INDEX provider ON plans (provider_id) WHERE provider_id IS NOT NULL",
        ),
        edited(
            "column_wants_a_value",
            Plans,
            &[("`name` TEXT", "`tenant` TEXT NOT NULL, `name` TEXT")],
            &["ColumnUnwritten"],
        )
        .incurable(),
        edited(
            "column_is_generated",
            Plans,
            &[("`description` TEXT NOT NULL", "`description` TEXT AS ('-') STORED")],
            &["ColumnGenerated"],
        )
        .incurable(),
        edited(
            "column_folds_case",
            Subscriptions,
            &[("`subscriber_id` TEXT", "`subscriber_id` TEXT COLLATE NOCASE")],
            &["ColumnCollation"],
        )
        .incurable(),
        edited(
            "column_overlooks_spaces",
            Usage,
            &[("`metric` TEXT", "`metric` TEXT COLLATE rtrim")],
            &["ColumnCollation"],
        )
        .incurable(),
        changed(
            "key_folds_case",
            Plans,
            "DROP INDEX plans_provider_key; CREATE UNIQUE INDEX p ON plans (provider_id COLLATE NOCASE)",
            &["KeyCollation"],
        ),
        edited("id_without_a_key", Plans, &[(" PRIMARY KEY", "")], &["IdKeyMissing"]),
        edited("id_with_a_unique_key", Plans, &[(" PRIMARY KEY", " UNIQUE")], &[]),
        edited("table_of_its_key", Plans, &[("\n);", "\n) WITHOUT ROWID;")], &[]),
        edited(
            "key_of_two_columns",
            Usage,
            &[(" PRIMARY KEY", ""), ("\n);", ",\n PRIMARY KEY (id, metric)\n);")],
            &["IdKeyMissing"],
        ),
        changed("provider_key_dropped", Plans, "DROP INDEX plans_provider_key", &["ProviderKeyMissing"]),
        changed(
            "provider_key_of_some",
            Subscriptions,
            "DROP INDEX subscriptions_provider_key; \
             CREATE UNIQUE INDEX p ON subscriptions (provider_id) WHERE status = 'active'",
            &["ProviderKeyMissing"],
        ),
        changed("live_key_dropped", Subscriptions, "DROP INDEX subscriptions_live_key", &["LiveKeyMissing"]),
        changed(
            "live_key_of_active_only",
            Subscriptions,
            live_key!("UNIQUE INDEX l ON subscriptions (subscriber_id) WHERE status = 'active'"),
            &["LiveKeyTooNarrow"],
        ),
        changed(
            "live_key_of_all",
            Subscriptions,
            live_key!("UNIQUE INDEX subscriptions_live_key ON subscriptions (subscriber_id)"),
            &["LiveKeyTooWide"],
        ),
        changed(
            "live_key_of_more",
            Subscriptions,
            live_key!(
                "UNIQUE INDEX l ON subscriptions (subscriber_id) WHERE status IN ('active', 'trialing', 'paused')"
            ),
            &["LiveKeyTooWide"],
        ),
        edited(
            "subscriber_is_unique",
            Subscriptions,
            &[("`subscriber_id` TEXT NOT NULL", "`subscriber_id` TEXT NOT NULL UNIQUE")],
            &["LiveKeyTooWide"],
        )
        .incurable(),
        changed(
            "live_key_in_other_terms",
            Subscriptions,
            live_key!("UNIQUE INDEX l ON subscriptions (subscriber_id) WHERE status NOT IN ('canceled')"),
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
        // The same rows, but no target of the store's ON CONFLICT: SQLite compares the text.
        changed(
            "live_key_reordered",
            Subscriptions,
            live_key!(
                "UNIQUE INDEX l ON subscriptions (subscriber_id) WHERE status IN ('trialing', 'active')"
            ),
            &["KeyWords"],
        ),
        changed(
            "live_key_in_other_quotes",
            Subscriptions,
            live_key!(
                "UNIQUE INDEX [a where b] ON subscriptions(`subscriber_id`)where([status] in ('active','trialing'))"
            ),
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
            &["Refused"],
        )
        .incurable(),
    ]
}

fn add_more(suite: &mut Suite) {
    suite.on(Database::Sqlite, "a_lost_live_key_is_noticed_by_the_insert", lost_live_key);
    suite.on(Database::Sqlite, "an_attached_schema_is_the_one_that_is_named", attached);
    suite.on(Database::Sqlite, "a_closed_pool_is_no_finding", closed_pool);
    suite.on(Database::Sqlite, "a_table_that_is_made_anew_as_told_has_no_fault", made_anew);
}

/// Where each remedy is a column to make the table with.
async fn made_anew() -> Outcome {
    let mut made = Vec::new();
    for case in cases().iter().filter(|case| case.then.is_empty()) {
        let script = case.script(ddl(case.store));
        let found = findings(verified(&script, case.store).await?);
        let columns = found.iter().map(|finding| finding.remedy().split_once(", with `"));
        let Some(columns) = columns.collect::<Option<Vec<_>>>().filter(|columns| !columns.is_empty()) else {
            continue;
        };
        let script = columns.iter().fold(script, |script, (_, column)| with(&script, column));
        verified(&script, case.store).await?.map_err(|error| format!("{}: {error}\n{script}", case.name))?;
        made.push(case.name);
    }
    assert!(made.len() > 4, "{made:?}");
    Ok(())
}

async fn verified(script: &str, store: Store) -> std::result::Result<Result<()>, sqlx::Error> {
    let place = sqlite::fresh(1).await?;
    run(&place.pool, script).await?;
    let verified = verify(&place.pool, store).await;
    place.remove().await;
    Ok(verified)
}

/// A script with a column as it is told, whose name is the first of it; the primary key stays.
fn with(script: &str, column: &str) -> String {
    let (name, _) = column.split_once('`').expect("a name in backticks");
    let is_old = |line: &str| line.trim_start().starts_with(&format!("`{name}` "));
    let line = script.lines().find(|line| is_old(line)).expect("the table has it");
    let key = if line.contains(" PRIMARY KEY") { " PRIMARY KEY" } else { "" };
    let comma = if line.ends_with(',') { "," } else { "" };
    script.replace(line, &format!("`{column}{key}{comma}"))
}

async fn lost_live_key() -> Outcome {
    let place = sqlite::fresh(1).await?;
    run(&place.pool, SubscriptionStore::SUBSCRIPTION_DDL).await?;
    run(&place.pool, "DROP INDEX subscriptions_live_key").await?;
    let store = SubscriptionStore { pool: place.pool.clone() };
    let created = store.create_subscription_if_not_active(&live()).await;
    assert!(matches!(&created, Err(StoreError::Schema { .. })), "{created:?}");
    place.remove().await;
    Ok(())
}

/// Of two tables with one name, a store that names the schema means that of the schema, others the main one.
async fn attached() -> Outcome {
    #[derive(store_core::SubscriptionStore)]
    #[store(table = "Other Place.my 'subs'", atomic)]
    struct Elsewhere {
        pool: sqlx::SqlitePool,
    }
    let pool = sqlite::in_memory().await?;
    let store = Elsewhere { pool: pool.clone() };
    let missing = findings(store.verify_subscriptions().await);
    assert_eq!(missing.iter().map(store_core::Finding::kind).collect::<Vec<_>>(), ["TableMissing"]);
    run(&pool, "ATTACH ':memory:' AS `Other Place`").await?;
    run(&pool, "CREATE TABLE `my 'subs'` (id TEXT PRIMARY KEY)").await?;
    store.create_subscription_schema().await?;
    store.verify_subscriptions().await?;
    run(&pool, "DROP INDEX `Other Place`.`my 'subs'_live_key`").await?;
    let lost = findings(store.verify_subscriptions().await);
    let [lost] = lost.as_slice() else { panic!("{lost:?}") };
    run(&pool, lost.remedy().trim_start_matches("run: ")).await?;
    store.verify_subscriptions().await?;
    Ok(())
}

async fn closed_pool() -> Outcome {
    let place = sqlite::fresh(1).await?;
    place.pool.close().await;
    let verified = verify(&place.pool, Plans).await;
    assert!(matches!(&verified, Err(StoreError::Backend { .. })), "{verified:?}");
    place.remove().await;
    Ok(())
}
