// #[derive(UsageStore)]
// #[store(table = "usage_records", reportable)]
// struct Usage {
//     pool: sqlx::SqlitePool,
// }

#[doc(hidden)]
#[allow(deprecated)]
const _: () = {
    use ::store_core::__private as _store;
    static __STORE: _store::Store = _store::Store {
        adapter: _store::Adapter {
            entity: _store::Entity::Usage,
            dialect: _store::Dialect::Sqlite,
            table: _store::Table {
                schema: ::core::option::Option::None,
                name: "usage_records",
            },
            fields: &[
                _store::text("id"),
                _store::text("subscription_id"),
                _store::text("metric"),
                _store::integer("quantity"),
                _store::time("recorded_at"),
                _store::json("metadata"),
                _store::time("provider_reported_at"),
            ],
            extended: true,
        },
        statements: &[
            _store::Statement::new(
                _store::Operation::Insert,
                "INSERT INTO `usage_records` (`id`, `subscription_id`, `metric`, `quantity`, `recorded_at`, `metadata`, `provider_reported_at`) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (`id`) DO NOTHING",
                &[0, 1, 2, 3, 4, 5, 6],
            ),
            _store::Statement::new(
                _store::Operation::Sum,
                "SELECT COALESCE(SUM(`quantity` >> 32), 0), COALESCE(SUM(`quantity` & 4294967295), 0) FROM `usage_records` WHERE `subscription_id` = ?1 AND `metric` = ?2 AND `recorded_at` >= ?3 AND `recorded_at` < ?4",
                &[1, 2, _store::FROM, _store::TO],
            ),
            _store::Statement::new(
                _store::Operation::ListRange,
                "SELECT `id`, `subscription_id`, `metric`, `quantity`, `recorded_at`, `metadata`, `provider_reported_at` FROM `usage_records` WHERE `subscription_id` = ?1 AND `recorded_at` >= ?2 AND `recorded_at` < ?3 ORDER BY `recorded_at`, `id`",
                &[1, _store::FROM, _store::TO],
            ),
            _store::Statement::new(
                _store::Operation::ListUnreported,
                "SELECT `id`, `subscription_id`, `metric`, `quantity`, `recorded_at`, `metadata`, `provider_reported_at` FROM `usage_records` WHERE `provider_reported_at` IS NULL ORDER BY `recorded_at`, `id` LIMIT ?1",
                &[_store::LIMIT],
            ),
            _store::Statement::new(
                _store::Operation::Mark,
                "UPDATE `usage_records` SET `provider_reported_at` = ?1 WHERE `id` = ?2",
                &[6, 0],
            ),
        ],
        ddl: "CREATE TABLE IF NOT EXISTS `usage_records` (\n    `id` TEXT NOT NULL PRIMARY KEY,\n    `subscription_id` TEXT NOT NULL,\n    `metric` TEXT NOT NULL,\n    `quantity` INTEGER NOT NULL,\n    `recorded_at` TEXT NOT NULL,\n    `metadata` TEXT NOT NULL,\n    `provider_reported_at` TEXT\n);\nCREATE INDEX IF NOT EXISTS `usage_records_sum_idx` ON `usage_records` (`subscription_id`, `metric`, `recorded_at`, `quantity`);\nCREATE INDEX IF NOT EXISTS `usage_records_recorded_idx` ON `usage_records` (`subscription_id`, `recorded_at`, `id`);\nCREATE INDEX IF NOT EXISTS `usage_records_unreported_idx` ON `usage_records` (`recorded_at`, `id`) WHERE `provider_reported_at` IS NULL;\n",
    };
    static __PREPARED: _store::Prepared = _store::Prepared::new(&__STORE);
    #[automatically_derived]
    impl _store::SqlUsageStore for Usage {
        type Database = _store::Sqlite;
        const USAGE_STORE: &'static _store::Store = &__STORE;
        fn usage_call(&self) -> _store::Call<'_, _store::Sqlite> {
            _store::Call::new(
                <sqlx::SqlitePool as _store::PoolOf<_store::Sqlite>>::pool(&self.pool),
                &__PREPARED,
            )
        }
    }
    #[automatically_derived]
    impl _store::UsageStore for Usage {
        fn save_usage_record<'__store, '__store_0, '__store_future>(
            &'__store self,
            __store_record: &'__store_0 _store::UsageRecord,
        ) -> _store::BoxFuture<'__store_future, ()>
        where
            '__store: '__store_future,
            '__store_0: '__store_future,
        {
            <_store::Sqlite as _store::Backend>::save_usage_record(
                _store::SqlUsageStore::usage_call(self),
                __store_record,
            )
        }
        fn sum_usage<'__store, '__store_0, '__store_1, '__store_future>(
            &'__store self,
            __store_subscription_id: &'__store_0 str,
            __store_metric: &'__store_1 str,
            __store_from: _store::DateTime<_store::Utc>,
            __store_to: _store::DateTime<_store::Utc>,
        ) -> _store::BoxFuture<'__store_future, i64>
        where
            '__store: '__store_future,
            '__store_0: '__store_future,
            '__store_1: '__store_future,
        {
            <_store::Sqlite as _store::Backend>::sum_usage(
                _store::SqlUsageStore::usage_call(self),
                __store_subscription_id,
                __store_metric,
                __store_from,
                __store_to,
            )
        }
        fn list_usage_records<'__store, '__store_0, '__store_future>(
            &'__store self,
            __store_subscription_id: &'__store_0 str,
            __store_from: _store::DateTime<_store::Utc>,
            __store_to: _store::DateTime<_store::Utc>,
        ) -> _store::BoxFuture<'__store_future, ::std::vec::Vec<_store::UsageRecord>>
        where
            '__store: '__store_future,
            '__store_0: '__store_future,
        {
            <_store::Sqlite as _store::Backend>::list_usage_records(
                _store::SqlUsageStore::usage_call(self),
                __store_subscription_id,
                __store_from,
                __store_to,
            )
        }
        fn as_reportable(
            &self,
        ) -> ::core::option::Option<&dyn _store::ReportableUsageStore> {
            ::core::option::Option::Some(self)
        }
    }
    #[automatically_derived]
    impl _store::ReportableUsageStore for Usage {
        fn list_unreported_usage<'__store, '__store_future>(
            &'__store self,
            __store_limit: u32,
        ) -> _store::BoxFuture<'__store_future, ::std::vec::Vec<_store::UsageRecord>>
        where
            '__store: '__store_future,
        {
            <_store::Sqlite as _store::Backend>::list_unreported_usage(
                _store::SqlUsageStore::usage_call(self),
                __store_limit,
            )
        }
        fn mark_usage_reported<'__store, '__store_0, '__store_future>(
            &'__store self,
            __store_id: &'__store_0 str,
            __store_reported_at: _store::DateTime<_store::Utc>,
        ) -> _store::BoxFuture<'__store_future, ()>
        where
            '__store: '__store_future,
            '__store_0: '__store_future,
        {
            <_store::Sqlite as _store::Backend>::mark_usage_reported(
                _store::SqlUsageStore::usage_call(self),
                __store_id,
                __store_reported_at,
            )
        }
    }
    #[automatically_derived]
    impl _store::SqlReportableUsageStore for Usage {}
    #[automatically_derived]
    impl _store::SeveralDerivesNeedSections for Usage {}
};
