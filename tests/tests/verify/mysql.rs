//! On MariaDB, where the key behind `atomic` is one on a generated column.

use sqlx::MySql as Db;
use sqlx::mysql::MySqlPoolOptions;
use store_core::AtomicSubscriptionStore as _;

super::case::on_a_database!(Database::Mysql, mysql);

/// Puts another column in the place of the generated one.
macro_rules! live_key {
    ($type_and_key:literal) => {
        concat!(
            "ALTER TABLE subscriptions DROP KEY subscriptions_live_key; ALTER TABLE subscriptions DROP COLUMN live_key; \
             ALTER TABLE subscriptions ADD COLUMN l ",
            $type_and_key
        )
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
        changed("number_as_text", Plans, "ALTER TABLE plans MODIFY amount TEXT NOT NULL", &["ColumnType"]),
        changed(
            "number_too_narrow",
            Plans,
            "ALTER TABLE plans MODIFY amount INT NOT NULL",
            &["ColumnNarrow"],
        ),
        changed(
            "number_without_sign",
            Plans,
            "ALTER TABLE plans MODIFY amount BIGINT UNSIGNED NOT NULL",
            &["ColumnType"],
        ),
        changed(
            "time_of_seconds",
            Plans,
            "ALTER TABLE plans MODIFY created_at DATETIME NOT NULL",
            &["ColumnCoarse"],
        ),
        changed(
            "required_column_takes_null",
            Plans,
            "ALTER TABLE plans MODIFY currency LONGTEXT",
            &["ColumnNullable"],
        ),
        changed(
            "time_must_be_there",
            Subscriptions,
            "ALTER TABLE subscriptions MODIFY trial_end DATETIME(6) NOT NULL",
            &["ColumnNeverNull"],
        ),
        changed(
            "interval_is_an_enum",
            Plans,
            "ALTER TABLE plans MODIFY `interval` ENUM('day', 'week', 'month') NOT NULL",
            &["LabelMissing"],
        ),
        changed(
            "text_is_a_document",
            Plans,
            "ALTER TABLE plans MODIFY description JSON NOT NULL",
            &["ColumnType"],
        ),
        changed(
            "time_until_2038",
            Plans,
            "ALTER TABLE plans MODIFY created_at TIMESTAMP(6) NOT NULL",
            &["ColumnType"],
        ),
        changed(
            "bytes_for_text",
            Plans,
            "ALTER TABLE plans MODIFY id VARBINARY(255) NOT NULL",
            &["ColumnType"],
        ),
        changed(
            "interval_too_short",
            Plans,
            "ALTER TABLE plans MODIFY `interval` VARCHAR(4) NOT NULL",
            &["ColumnShort"],
        ),
        changed(
            "column_wants_a_value",
            Plans,
            "ALTER TABLE plans ADD tenant TEXT NOT NULL",
            &["ColumnUnwritten"],
        ),
        changed(
            "columns_that_want_nothing",
            Plans,
            "ALTER TABLE plans ADD a TEXT, ADD b VARCHAR(9) NOT NULL DEFAULT 'b', ADD c INT NOT NULL AUTO_INCREMENT UNIQUE, \
             ADD d CHAR(36) NOT NULL DEFAULT (UUID()), ADD e DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP",
            &[],
        ),
        changed(
            "column_is_generated",
            Plans,
            "ALTER TABLE plans DROP description, ADD description LONGTEXT GENERATED ALWAYS AS (name) STORED",
            &["ColumnGenerated"],
        ),
        changed(
            "column_overlooks_spaces",
            Usage,
            "ALTER TABLE usage_records MODIFY metric VARCHAR(255) COLLATE utf8mb4_bin NOT NULL",
            &["ColumnCollation"],
        ),
        changed(
            "column_folds_case",
            Plans,
            "ALTER TABLE plans MODIFY id VARCHAR(255) COLLATE utf8mb4_unicode_ci NOT NULL",
            &["ColumnCollation"],
        ),
        edited(
            "table_folds_case",
            Usage,
            &[("/*M! COLLATE utf8mb4_nopad_bin */", "/*M! COLLATE utf8mb4_general_ci */")],
            &["ColumnCollation", "ColumnCollation", "ColumnCollation"],
        ),
        edited("id_without_a_key", Plans, &[(" PRIMARY KEY", "")], &["IdKeyMissing"]),
        edited("id_with_a_unique_key", Plans, &[(" PRIMARY KEY", " UNIQUE")], &[]),
        edited("id_by_its_beginning", Plans, &[(" PRIMARY KEY", "")], &["IdKeyMissing"])
            .and_then("ALTER TABLE plans ADD UNIQUE KEY k (id(10))"),
        changed(
            "provider_key_dropped",
            Plans,
            "ALTER TABLE plans DROP KEY plans_provider_key",
            &["ProviderKeyMissing"],
        ),
        changed(
            "live_key_dropped",
            Subscriptions,
            "ALTER TABLE subscriptions DROP KEY subscriptions_live_key",
            &["LiveKeyMissing"],
        ),
        changed(
            "live_key_not_unique",
            Subscriptions,
            "ALTER TABLE subscriptions DROP KEY subscriptions_live_key, ADD KEY subscriptions_live_key (live_key)",
            &["LiveKeyMissing"],
        ),
        changed(
            "live_key_of_active_only",
            Subscriptions,
            live_key!("VARCHAR(255) AS (CASE WHEN status = 'active' THEN subscriber_id END) STORED UNIQUE"),
            &["LiveKeyTooNarrow"],
        ),
        changed(
            "live_key_of_more",
            Subscriptions,
            live_key!(
                "VARCHAR(255) AS (CASE WHEN status IN ('active', 'trialing', 'paused') THEN subscriber_id END) STORED UNIQUE"
            ),
            &["LiveKeyTooWide"],
        ),
        changed(
            "live_key_of_all",
            Subscriptions,
            "ALTER TABLE subscriptions ADD UNIQUE KEY s (subscriber_id)",
            &["LiveKeyTooWide"],
        )
        .incurable(),
        changed(
            "live_key_in_other_terms",
            Subscriptions,
            live_key!(
                "VARCHAR(255) AS (IF(status IN ('active', 'trialing'), subscriber_id, NULL)) STORED UNIQUE"
            ),
            &[],
        ),
        changed(
            "live_key_in_terms_that_are_not_understood",
            Subscriptions,
            live_key!(
                "VARCHAR(255) AS (IF(locate(status, 'active trialing') > 0, subscriber_id, NULL)) STORED UNIQUE"
            ),
            &["LiveKeyUnproven"],
        ),
        changed(
            "live_key_of_another_column",
            Subscriptions,
            live_key!(
                "VARCHAR(255) AS (CASE WHEN status IN ('active', 'trialing') THEN plan_id END) STORED UNIQUE"
            ),
            &["LiveKeyMissing"],
        ),
        changed(
            "live_key_that_folds_case",
            Subscriptions,
            live_key!(
                "VARCHAR(255) COLLATE utf8mb4_general_ci \
                 AS (CASE WHEN status IN ('active', 'trialing') THEN subscriber_id END) STORED UNIQUE"
            ),
            &["KeyCollation"],
        ),
        changed(
            "live_key_with_or",
            Subscriptions,
            live_key!(
                "VARCHAR(255) AS (CASE WHEN status = 'trialing' OR status = 'active' THEN subscriber_id ELSE NULL END) \
                 VIRTUAL UNIQUE"
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
    ]
}

fn add_more(suite: &mut Suite) {
    suite.on(Database::Mysql, "a_session_that_cuts_values_is_found", lenient_session);
    suite.on(Database::Mysql, "a_lost_live_key_is_noticed_by_verify_alone", lost_live_key);
    suite.on(
        Database::Mysql,
        "a_table_without_transactions_is_found_where_it_is_locked",
        without_transactions,
    );
    suite.on(Database::Mysql, "a_database_is_the_one_that_is_named", named_database);
    suite.on(Database::Mysql, "a_view_of_several_tables_is_read", view_of_several);
}

#[derive(store_core::PlanStore)]
#[store(table = "offers", read_only, absent(features, limits, metadata))]
struct Offers {
    pool: sqlx::MySqlPool,
}

async fn view_of_several() -> Outcome {
    const COLUMNS: &str = "id, provider_id, name, description, amount, currency, `interval`, interval_count, trial_days, active, \
                           created_at, updated_at";
    let place = mysql::fresh(1).await?;
    run(&place.pool, PlanStore::PLAN_DDL).await?;
    let view =
        format!("CREATE VIEW offers AS SELECT {COLUMNS} FROM plans UNION ALL SELECT {COLUMNS} FROM plans");
    sqlx::raw_sql(sqlx::AssertSqlSafe(view)).execute(&place.pool).await?;
    Offers { pool: place.pool.clone() }.verify_plans().await?;
    place.remove().await;
    Ok(())
}

async fn lenient_session() -> Outcome {
    let place = mysql::fresh(1).await?;
    run(&place.pool, PlanStore::PLAN_DDL).await?;
    let lenient = MySqlPoolOptions::new()
        .after_connect(|connection, _| {
            Box::pin(async move { sqlx::Executor::execute(connection, "SET sql_mode = ''").await.map(drop) })
        })
        .connect(place.url())
        .await?;
    let found = findings(verify(&lenient, Plans).await);
    assert_eq!(found.iter().map(store_core::Finding::kind).collect::<Vec<_>>(), ["NotStrict"]);
    lenient.close().await;
    place.remove().await;
    Ok(())
}

/// The insert can't know: it rests on the key alone.
async fn lost_live_key() -> Outcome {
    let place = mysql::fresh(1).await?;
    run(&place.pool, SubscriptionStore::SUBSCRIPTION_DDL).await?;
    run(&place.pool, "ALTER TABLE subscriptions DROP KEY subscriptions_live_key").await?;
    let store = SubscriptionStore { pool: place.pool.clone() };
    store.create_subscription_if_not_active(&live()).await?;
    let found = findings(store.verify_subscriptions().await);
    assert_eq!(found.iter().map(store_core::Finding::kind).collect::<Vec<_>>(), ["LiveKeyMissing"]);
    place.remove().await;
    Ok(())
}

/// An engine that locks no row for a transaction lets each of two win.
async fn without_transactions() -> Outcome {
    #[derive(store_core::SubscriptionStore)]
    #[store(table = "subscriptions", atomic(lock(table = "customers", column = "id")))]
    struct Locked {
        pool: sqlx::MySqlPool,
    }
    let place = mysql::fresh(1).await?;
    let store = Locked { pool: place.pool.clone() };
    // Keys of other engines are shorter.
    run(&place.pool, &Locked::SUBSCRIPTION_DDL.replace("VARCHAR(255)", "VARCHAR(64)")).await?;
    run(&place.pool, "CREATE TABLE customers (id VARCHAR(64) COLLATE utf8mb4_nopad_bin PRIMARY KEY)").await?;
    store.verify_subscriptions().await?;
    run(&place.pool, "ALTER TABLE customers ENGINE = MyISAM; ALTER TABLE subscriptions ENGINE = Aria")
        .await?;
    let found = findings(store.verify_subscriptions().await);
    let expected = [("subscriptions", "Aria"), ("customers", "MyISAM")].map(|(table, engine)| {
        format!(
            "table `{table}` is kept by {engine}, which has no transactions and locks no rows, on which `atomic(lock)` rests: \
             run: ALTER TABLE `{table}` ENGINE = InnoDB"
        )
    });
    assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), expected);
    for finding in &found {
        run(&place.pool, finding.remedy().trim_start_matches("run: ")).await?;
    }
    store.verify_subscriptions().await?;
    place.remove().await;
    Ok(())
}

/// Of two tables with one name, a store that names the database means that of the database, others the connection's own.
async fn named_database() -> Outcome {
    #[derive(store_core::SubscriptionStore)]
    #[store(table = "Other Place.My 'Subs'", atomic)]
    struct Elsewhere {
        pool: sqlx::MySqlPool,
    }
    let place = mysql::fresh(1).await?;
    let store = Elsewhere { pool: place.pool.clone() };
    run(&place.pool, "DROP DATABASE IF EXISTS `Other Place`").await?;
    let missing = findings(store.verify_subscriptions().await);
    assert_eq!(missing.iter().map(store_core::Finding::kind).collect::<Vec<_>>(), ["TableMissing"]);
    run(&place.pool, "CREATE DATABASE `Other Place`; CREATE TABLE `My 'Subs'` (id TEXT)").await?;
    store.create_subscription_schema().await?;
    store.verify_subscriptions().await?;
    run(&place.pool, "ALTER TABLE `Other Place`.`My 'Subs'` DROP KEY `My 'Subs'_live_key`").await?;
    let lost = findings(store.verify_subscriptions().await);
    let [lost] = lost.as_slice() else { panic!("{lost:?}") };
    run(&place.pool, lost.remedy().trim_start_matches("run: ")).await?;
    store.verify_subscriptions().await?;
    run(&place.pool, "DROP DATABASE `Other Place`").await?;
    place.remove().await;
    Ok(())
}
