// #[derive(PlanStore)]
// #[store(table = "plans")]
// struct Plans {
//     pool: sqlx::SqlitePool,
// }

#[doc(hidden)]
#[allow(deprecated)]
const _: () = {
    use ::store_core::__private as _store;
    static __STORE: _store::Store = _store::Store {
        adapter: _store::Adapter {
            entity: _store::Entity::Plan,
            dialect: _store::Dialect::Sqlite,
            table: _store::Table {
                schema: ::core::option::Option::None,
                name: "plans",
            },
            fields: &[
                _store::text("id"),
                _store::text("provider_id"),
                _store::text("name"),
                _store::text("description"),
                _store::integer("amount"),
                _store::text("currency"),
                _store::text("interval"),
                _store::integer("interval_count"),
                _store::integer("trial_days"),
                _store::json("features"),
                _store::json("limits"),
                _store::json("metadata"),
                _store::boolean("active"),
                _store::time("created_at"),
                _store::time("updated_at"),
            ],
            extended: false,
        },
        statements: &[
            _store::Statement::new(
                _store::Operation::Save,
                "INSERT INTO `plans` (`id`, `provider_id`, `name`, `description`, `amount`, `currency`, `interval`, `interval_count`, `trial_days`, `features`, `limits`, `metadata`, `active`, `created_at`, `updated_at`) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) ON CONFLICT (`id`) DO UPDATE SET `provider_id` = excluded.`provider_id`, `name` = excluded.`name`, `description` = excluded.`description`, `amount` = excluded.`amount`, `currency` = excluded.`currency`, `interval` = excluded.`interval`, `interval_count` = excluded.`interval_count`, `trial_days` = excluded.`trial_days`, `features` = excluded.`features`, `limits` = excluded.`limits`, `metadata` = excluded.`metadata`, `active` = excluded.`active`, `created_at` = excluded.`created_at`, `updated_at` = excluded.`updated_at`",
                &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14],
            ),
            _store::Statement::new(
                _store::Operation::Conflicts,
                "SELECT EXISTS (SELECT 1 FROM `plans` WHERE `id` = ?1), EXISTS (SELECT 1 FROM `plans` WHERE `provider_id` = ?2 AND `id` <> ?1)",
                &[0, 1],
            ),
            _store::Statement::new(
                _store::Operation::Get,
                "SELECT `id`, `provider_id`, `name`, `description`, `amount`, `currency`, `interval`, `interval_count`, `trial_days`, `features`, `limits`, `metadata`, `active`, `created_at`, `updated_at` FROM `plans` WHERE `id` = ?1",
                &[0],
            ),
            _store::Statement::new(
                _store::Operation::List,
                "SELECT `id`, `provider_id`, `name`, `description`, `amount`, `currency`, `interval`, `interval_count`, `trial_days`, `features`, `limits`, `metadata`, `active`, `created_at`, `updated_at` FROM `plans` ORDER BY `created_at`, `id`",
                &[],
            ),
            _store::Statement::new(
                _store::Operation::ListActive,
                "SELECT `id`, `provider_id`, `name`, `description`, `amount`, `currency`, `interval`, `interval_count`, `trial_days`, `features`, `limits`, `metadata`, `active`, `created_at`, `updated_at` FROM `plans` WHERE `active` = 1 ORDER BY `created_at`, `id`",
                &[],
            ),
            _store::Statement::new(
                _store::Operation::Delete,
                "DELETE FROM `plans` WHERE `id` = ?1",
                &[0],
            ),
        ],
        ddl: "CREATE TABLE IF NOT EXISTS `plans` (\n    `id` TEXT NOT NULL PRIMARY KEY,\n    `provider_id` TEXT,\n    `name` TEXT NOT NULL,\n    `description` TEXT NOT NULL,\n    `amount` INTEGER NOT NULL,\n    `currency` TEXT NOT NULL,\n    `interval` TEXT NOT NULL,\n    `interval_count` INTEGER NOT NULL,\n    `trial_days` INTEGER NOT NULL,\n    `features` TEXT NOT NULL,\n    `limits` TEXT NOT NULL,\n    `metadata` TEXT NOT NULL,\n    `active` INTEGER NOT NULL,\n    `created_at` TEXT NOT NULL,\n    `updated_at` TEXT NOT NULL\n);\nCREATE UNIQUE INDEX IF NOT EXISTS `plans_provider_key` ON `plans` (`provider_id`);\nCREATE INDEX IF NOT EXISTS `plans_created_idx` ON `plans` (`created_at`, `id`);\n",
    };
    static __PREPARED: _store::Prepared = _store::Prepared::new(&__STORE);
    #[automatically_derived]
    impl _store::SqlPlanStore for Plans {
        type Database = _store::Sqlite;
        const PLAN_STORE: &'static _store::Store = &__STORE;
        fn plan_call(&self) -> _store::Call<'_, _store::Sqlite> {
            _store::Call::new(
                <sqlx::SqlitePool as _store::PoolOf<_store::Sqlite>>::pool(&self.pool),
                &__PREPARED,
            )
        }
    }
    #[automatically_derived]
    impl _store::PlanStore for Plans {
        fn save_plan<'__store, '__store_0, '__store_future>(
            &'__store self,
            __store_plan: &'__store_0 _store::Plan,
        ) -> _store::BoxFuture<'__store_future, ()>
        where
            '__store: '__store_future,
            '__store_0: '__store_future,
        {
            <_store::Sqlite as _store::Backend>::save_plan(
                _store::SqlPlanStore::plan_call(self),
                __store_plan,
            )
        }
        fn get_plan<'__store, '__store_0, '__store_future>(
            &'__store self,
            __store_id: &'__store_0 str,
        ) -> _store::BoxFuture<'__store_future, _store::Plan>
        where
            '__store: '__store_future,
            '__store_0: '__store_future,
        {
            <_store::Sqlite as _store::Backend>::get_plan(
                _store::SqlPlanStore::plan_call(self),
                __store_id,
            )
        }
        fn list_plans<'__store, '__store_0, '__store_future>(
            &'__store self,
            __store_filter: &'__store_0 _store::PlanFilter,
        ) -> _store::BoxFuture<'__store_future, ::std::vec::Vec<_store::Plan>>
        where
            '__store: '__store_future,
            '__store_0: '__store_future,
        {
            <_store::Sqlite as _store::Backend>::list_plans(
                _store::SqlPlanStore::plan_call(self),
                __store_filter,
            )
        }
        fn delete_plan<'__store, '__store_0, '__store_future>(
            &'__store self,
            __store_id: &'__store_0 str,
        ) -> _store::BoxFuture<'__store_future, ()>
        where
            '__store: '__store_future,
            '__store_0: '__store_future,
        {
            <_store::Sqlite as _store::Backend>::delete_plan(
                _store::SqlPlanStore::plan_call(self),
                __store_id,
            )
        }
    }
    #[automatically_derived]
    impl _store::SeveralDerivesNeedSections for Plans {}
};
