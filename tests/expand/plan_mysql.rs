// #[derive(PlanStore)]
// #[store(table = "plans")]
// struct Plans {
//     pool: sqlx::MySqlPool,
// }

#[doc(hidden)]
#[allow(deprecated)]
const _: () = {
    use ::store_core::__private as _store;
    static __STORE: _store::Store = _store::Store {
        adapter: _store::Adapter {
            entity: _store::Entity::Plan,
            dialect: _store::Dialect::MySql,
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
                _store::Operation::Update,
                "UPDATE `plans` SET `provider_id` = ?, `name` = ?, `description` = ?, `amount` = ?, `currency` = ?, `interval` = ?, `interval_count` = ?, `trial_days` = ?, `features` = ?, `limits` = ?, `metadata` = ?, `active` = ?, `created_at` = ?, `updated_at` = ? WHERE `id` = ?",
                &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0],
            ),
            _store::Statement::new(
                _store::Operation::Insert,
                "INSERT INTO `plans` (`id`, `provider_id`, `name`, `description`, `amount`, `currency`, `interval`, `interval_count`, `trial_days`, `features`, `limits`, `metadata`, `active`, `created_at`, `updated_at`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14],
            ),
            _store::Statement::new(
                _store::Operation::Conflicts,
                "SELECT EXISTS (SELECT 1 FROM `plans` WHERE `id` = ?), EXISTS (SELECT 1 FROM `plans` WHERE `provider_id` = ? AND `id` <> ?)",
                &[0, 1, 0],
            ),
            _store::Statement::new(
                _store::Operation::ConflictsNow,
                "SELECT EXISTS (SELECT 1 FROM `plans` WHERE `id` = ? LOCK IN SHARE MODE), EXISTS (SELECT 1 FROM `plans` WHERE `provider_id` = ? AND `id` <> ? LOCK IN SHARE MODE)",
                &[0, 1, 0],
            ),
            _store::Statement::new(
                _store::Operation::Get,
                "SELECT `id`, `provider_id`, `name`, `description`, `amount`, `currency`, `interval`, `interval_count`, `trial_days`, `features`, `limits`, `metadata`, `active`, `created_at`, `updated_at` FROM `plans` WHERE `id` = ?",
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
                "DELETE FROM `plans` WHERE `id` = ?",
                &[0],
            ),
        ],
        ddl: "CREATE TABLE IF NOT EXISTS `plans` (\n    `id` VARCHAR(255) NOT NULL PRIMARY KEY,\n    `provider_id` VARCHAR(255),\n    `name` LONGTEXT NOT NULL,\n    `description` LONGTEXT NOT NULL,\n    `amount` BIGINT NOT NULL,\n    `currency` LONGTEXT NOT NULL,\n    `interval` VARCHAR(255) NOT NULL,\n    `interval_count` BIGINT NOT NULL,\n    `trial_days` BIGINT NOT NULL,\n    `features` JSON NOT NULL,\n    `limits` JSON NOT NULL,\n    `metadata` JSON NOT NULL,\n    `active` BOOLEAN NOT NULL,\n    `created_at` DATETIME(6) NOT NULL,\n    `updated_at` DATETIME(6) NOT NULL,\n    UNIQUE KEY `plans_provider_key` (`provider_id`),\n    KEY `plans_created_idx` (`created_at`, `id`)\n) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;\n",
    };
    static __PREPARED: _store::Prepared = _store::Prepared::new(&__STORE);
    #[automatically_derived]
    impl _store::SqlPlanStore for Plans {
        type Database = _store::MySql;
        const PLAN_STORE: &'static _store::Store = &__STORE;
        fn plan_call(&self) -> _store::Call<'_, _store::MySql> {
            _store::Call::new(
                <sqlx::MySqlPool as _store::PoolOf<_store::MySql>>::pool(&self.pool),
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
            <_store::MySql as _store::Backend>::save_plan(
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
            <_store::MySql as _store::Backend>::get_plan(
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
            <_store::MySql as _store::Backend>::list_plans(
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
            <_store::MySql as _store::Backend>::delete_plan(
                _store::SqlPlanStore::plan_call(self),
                __store_id,
            )
        }
    }
    #[automatically_derived]
    impl _store::SeveralDerivesNeedSections for Plans {}
};
