// #[derive(SubscriptionStore)]
// #[store(table = "subscriptions", atomic)]
// struct Subscriptions {
//     pool: sqlx::MySqlPool,
// }

#[doc(hidden)]
#[allow(deprecated)]
const _: () = {
    use ::store_core::__private as _store;
    static __STORE: _store::Store = _store::Store {
        adapter: _store::Adapter {
            entity: _store::Entity::Subscription,
            dialect: _store::Dialect::MySql,
            table: _store::Table {
                schema: ::core::option::Option::None,
                name: "subscriptions",
            },
            fields: &[
                _store::text("id"),
                _store::text("provider_id"),
                _store::text("subscriber_id"),
                _store::text("plan_id"),
                _store::text("status"),
                _store::time("current_period_start"),
                _store::time("current_period_end"),
                _store::time("trial_start"),
                _store::time("trial_end"),
                _store::time("canceled_at"),
                _store::time("paused_at"),
                _store::json("metadata"),
                _store::time("created_at"),
                _store::time("updated_at"),
            ],
            extended: true,
        },
        statements: &[
            _store::Statement::new(
                _store::Operation::Update,
                "UPDATE `subscriptions` SET `provider_id` = ?, `subscriber_id` = ?, `plan_id` = ?, `status` = ?, `current_period_start` = ?, `current_period_end` = ?, `trial_start` = ?, `trial_end` = ?, `canceled_at` = ?, `paused_at` = ?, `metadata` = ?, `created_at` = ?, `updated_at` = ? WHERE `id` = ?",
                &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 0],
            ),
            _store::Statement::new(
                _store::Operation::Insert,
                "INSERT INTO `subscriptions` (`id`, `provider_id`, `subscriber_id`, `plan_id`, `status`, `current_period_start`, `current_period_end`, `trial_start`, `trial_end`, `canceled_at`, `paused_at`, `metadata`, `created_at`, `updated_at`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
            ),
            _store::Statement::new(
                _store::Operation::Create,
                "INSERT INTO `subscriptions` (`id`, `provider_id`, `subscriber_id`, `plan_id`, `status`, `current_period_start`, `current_period_end`, `trial_start`, `trial_end`, `canceled_at`, `paused_at`, `metadata`, `created_at`, `updated_at`) SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM `subscriptions` WHERE `subscriber_id` = ? AND `status` IN ('active', 'trialing'))",
                &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 2],
            ),
            _store::Statement::new(
                _store::Operation::Conflicts,
                "SELECT EXISTS (SELECT 1 FROM `subscriptions` WHERE `id` = ?), EXISTS (SELECT 1 FROM `subscriptions` WHERE `provider_id` = ? AND `id` <> ?), EXISTS (SELECT 1 FROM `subscriptions` WHERE `subscriber_id` = ? AND `status` IN ('active', 'trialing') AND `id` <> ?)",
                &[0, 1, 0, 2, 0],
            ),
            _store::Statement::new(
                _store::Operation::ConflictsNow,
                "SELECT EXISTS (SELECT 1 FROM `subscriptions` WHERE `id` = ? LOCK IN SHARE MODE), EXISTS (SELECT 1 FROM `subscriptions` WHERE `provider_id` = ? AND `id` <> ? LOCK IN SHARE MODE), EXISTS (SELECT 1 FROM `subscriptions` WHERE `subscriber_id` = ? AND `status` IN ('active', 'trialing') AND `id` <> ? LOCK IN SHARE MODE)",
                &[0, 1, 0, 2, 0],
            ),
            _store::Statement::new(
                _store::Operation::Get,
                "SELECT `id`, `provider_id`, `subscriber_id`, `plan_id`, `status`, `current_period_start`, `current_period_end`, `trial_start`, `trial_end`, `canceled_at`, `paused_at`, `metadata`, `created_at`, `updated_at` FROM `subscriptions` WHERE `id` = ?",
                &[0],
            ),
            _store::Statement::new(
                _store::Operation::GetByProviderId,
                "SELECT `id`, `provider_id`, `subscriber_id`, `plan_id`, `status`, `current_period_start`, `current_period_end`, `trial_start`, `trial_end`, `canceled_at`, `paused_at`, `metadata`, `created_at`, `updated_at` FROM `subscriptions` WHERE `provider_id` = ?",
                &[1],
            ),
            _store::Statement::new(
                _store::Operation::GetActive,
                "SELECT `id`, `provider_id`, `subscriber_id`, `plan_id`, `status`, `current_period_start`, `current_period_end`, `trial_start`, `trial_end`, `canceled_at`, `paused_at`, `metadata`, `created_at`, `updated_at` FROM `subscriptions` WHERE `subscriber_id` = ? AND `status` IN ('active', 'trialing') ORDER BY `created_at` DESC, `id` DESC LIMIT 1",
                &[2],
            ),
            _store::Statement::new(
                _store::Operation::List,
                "SELECT `id`, `provider_id`, `subscriber_id`, `plan_id`, `status`, `current_period_start`, `current_period_end`, `trial_start`, `trial_end`, `canceled_at`, `paused_at`, `metadata`, `created_at`, `updated_at` FROM `subscriptions` ORDER BY `created_at`, `id`",
                &[],
            ),
            _store::Statement::new(
                _store::Operation::ListBySubscriber,
                "SELECT `id`, `provider_id`, `subscriber_id`, `plan_id`, `status`, `current_period_start`, `current_period_end`, `trial_start`, `trial_end`, `canceled_at`, `paused_at`, `metadata`, `created_at`, `updated_at` FROM `subscriptions` WHERE `subscriber_id` = ? ORDER BY `created_at`, `id`",
                &[2],
            ),
            _store::Statement::new(
                _store::Operation::ListByPlan,
                "SELECT `id`, `provider_id`, `subscriber_id`, `plan_id`, `status`, `current_period_start`, `current_period_end`, `trial_start`, `trial_end`, `canceled_at`, `paused_at`, `metadata`, `created_at`, `updated_at` FROM `subscriptions` WHERE `plan_id` = ? ORDER BY `created_at`, `id`",
                &[3],
            ),
            _store::Statement::new(
                _store::Operation::ListBySubscriberPlan,
                "SELECT `id`, `provider_id`, `subscriber_id`, `plan_id`, `status`, `current_period_start`, `current_period_end`, `trial_start`, `trial_end`, `canceled_at`, `paused_at`, `metadata`, `created_at`, `updated_at` FROM `subscriptions` WHERE `subscriber_id` = ? AND `plan_id` = ? ORDER BY `created_at`, `id`",
                &[2, 3],
            ),
            _store::Statement::new(
                _store::Operation::ListByStatus,
                "SELECT `id`, `provider_id`, `subscriber_id`, `plan_id`, `status`, `current_period_start`, `current_period_end`, `trial_start`, `trial_end`, `canceled_at`, `paused_at`, `metadata`, `created_at`, `updated_at` FROM `subscriptions` WHERE `status` = ? ORDER BY `created_at`, `id`",
                &[4],
            ),
            _store::Statement::new(
                _store::Operation::ListBySubscriberStatus,
                "SELECT `id`, `provider_id`, `subscriber_id`, `plan_id`, `status`, `current_period_start`, `current_period_end`, `trial_start`, `trial_end`, `canceled_at`, `paused_at`, `metadata`, `created_at`, `updated_at` FROM `subscriptions` WHERE `subscriber_id` = ? AND `status` = ? ORDER BY `created_at`, `id`",
                &[2, 4],
            ),
            _store::Statement::new(
                _store::Operation::ListByPlanStatus,
                "SELECT `id`, `provider_id`, `subscriber_id`, `plan_id`, `status`, `current_period_start`, `current_period_end`, `trial_start`, `trial_end`, `canceled_at`, `paused_at`, `metadata`, `created_at`, `updated_at` FROM `subscriptions` WHERE `plan_id` = ? AND `status` = ? ORDER BY `created_at`, `id`",
                &[3, 4],
            ),
            _store::Statement::new(
                _store::Operation::ListBySubscriberPlanStatus,
                "SELECT `id`, `provider_id`, `subscriber_id`, `plan_id`, `status`, `current_period_start`, `current_period_end`, `trial_start`, `trial_end`, `canceled_at`, `paused_at`, `metadata`, `created_at`, `updated_at` FROM `subscriptions` WHERE `subscriber_id` = ? AND `plan_id` = ? AND `status` = ? ORDER BY `created_at`, `id`",
                &[2, 3, 4],
            ),
            _store::Statement::new(
                _store::Operation::Delete,
                "DELETE FROM `subscriptions` WHERE `id` = ?",
                &[0],
            ),
        ],
        ddl: "CREATE TABLE IF NOT EXISTS `subscriptions` (\n    `id` VARCHAR(255) NOT NULL PRIMARY KEY,\n    `provider_id` VARCHAR(255),\n    `subscriber_id` VARCHAR(255) NOT NULL,\n    `plan_id` VARCHAR(255) NOT NULL,\n    `status` VARCHAR(255) NOT NULL,\n    `current_period_start` DATETIME(6) NOT NULL,\n    `current_period_end` DATETIME(6) NOT NULL,\n    `trial_start` DATETIME(6),\n    `trial_end` DATETIME(6),\n    `canceled_at` DATETIME(6),\n    `paused_at` DATETIME(6),\n    `metadata` JSON NOT NULL,\n    `created_at` DATETIME(6) NOT NULL,\n    `updated_at` DATETIME(6) NOT NULL,\n    `live_key` VARCHAR(255) GENERATED ALWAYS AS (CASE WHEN `status` IN ('active', 'trialing') THEN `subscriber_id` END) STORED,\n    UNIQUE KEY `subscriptions_provider_key` (`provider_id`),\n    UNIQUE KEY `subscriptions_live_key` (`live_key`),\n    KEY `subscriptions_created_idx` (`created_at`, `id`),\n    KEY `subscriptions_subscriber_idx` (`subscriber_id`, `created_at`, `id`),\n    KEY `subscriptions_plan_idx` (`plan_id`, `created_at`, `id`),\n    KEY `subscriptions_status_idx` (`status`, `created_at`, `id`)\n) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;\n",
    };
    static __PREPARED: _store::Prepared = _store::Prepared::new(&__STORE);
    #[automatically_derived]
    impl _store::SqlSubscriptionStore for Subscriptions {
        type Database = _store::MySql;
        const SUBSCRIPTION_STORE: &'static _store::Store = &__STORE;
        fn subscription_call(&self) -> _store::Call<'_, _store::MySql> {
            _store::Call::new(
                <sqlx::MySqlPool as _store::PoolOf<_store::MySql>>::pool(&self.pool),
                &__PREPARED,
            )
        }
    }
    #[automatically_derived]
    impl _store::SubscriptionStore for Subscriptions {
        fn save_subscription<'__store, '__store_0, '__store_future>(
            &'__store self,
            __store_subscription: &'__store_0 _store::Subscription,
        ) -> _store::BoxFuture<'__store_future, ()>
        where
            '__store: '__store_future,
            '__store_0: '__store_future,
        {
            <_store::MySql as _store::Backend>::save_subscription(
                _store::SqlSubscriptionStore::subscription_call(self),
                __store_subscription,
            )
        }
        fn get_subscription<'__store, '__store_0, '__store_future>(
            &'__store self,
            __store_id: &'__store_0 str,
        ) -> _store::BoxFuture<'__store_future, _store::Subscription>
        where
            '__store: '__store_future,
            '__store_0: '__store_future,
        {
            <_store::MySql as _store::Backend>::get_subscription(
                _store::SqlSubscriptionStore::subscription_call(self),
                __store_id,
            )
        }
        fn get_subscription_by_provider_id<'__store, '__store_0, '__store_future>(
            &'__store self,
            __store_provider_id: &'__store_0 str,
        ) -> _store::BoxFuture<'__store_future, _store::Subscription>
        where
            '__store: '__store_future,
            '__store_0: '__store_future,
        {
            <_store::MySql as _store::Backend>::get_subscription_by_provider_id(
                _store::SqlSubscriptionStore::subscription_call(self),
                __store_provider_id,
            )
        }
        fn get_active_subscription<'__store, '__store_0, '__store_future>(
            &'__store self,
            __store_subscriber_id: &'__store_0 str,
        ) -> _store::BoxFuture<'__store_future, _store::Subscription>
        where
            '__store: '__store_future,
            '__store_0: '__store_future,
        {
            <_store::MySql as _store::Backend>::get_active_subscription(
                _store::SqlSubscriptionStore::subscription_call(self),
                __store_subscriber_id,
            )
        }
        fn list_subscriptions<'__store, '__store_0, '__store_future>(
            &'__store self,
            __store_filter: &'__store_0 _store::SubscriptionFilter,
        ) -> _store::BoxFuture<'__store_future, ::std::vec::Vec<_store::Subscription>>
        where
            '__store: '__store_future,
            '__store_0: '__store_future,
        {
            <_store::MySql as _store::Backend>::list_subscriptions(
                _store::SqlSubscriptionStore::subscription_call(self),
                __store_filter,
            )
        }
        fn delete_subscription<'__store, '__store_0, '__store_future>(
            &'__store self,
            __store_id: &'__store_0 str,
        ) -> _store::BoxFuture<'__store_future, ()>
        where
            '__store: '__store_future,
            '__store_0: '__store_future,
        {
            <_store::MySql as _store::Backend>::delete_subscription(
                _store::SqlSubscriptionStore::subscription_call(self),
                __store_id,
            )
        }
        fn as_atomic(
            &self,
        ) -> ::core::option::Option<&dyn _store::AtomicSubscriptionStore> {
            ::core::option::Option::Some(self)
        }
    }
    #[automatically_derived]
    impl _store::AtomicSubscriptionStore for Subscriptions {
        fn create_subscription_if_not_active<'__store, '__store_0, '__store_future>(
            &'__store self,
            __store_subscription: &'__store_0 _store::Subscription,
        ) -> _store::BoxFuture<'__store_future, ()>
        where
            '__store: '__store_future,
            '__store_0: '__store_future,
        {
            <_store::MySql as _store::Backend>::create_subscription_if_not_active(
                _store::SqlSubscriptionStore::subscription_call(self),
                __store_subscription,
            )
        }
    }
    #[automatically_derived]
    impl _store::SqlAtomicSubscriptionStore for Subscriptions {}
    #[automatically_derived]
    impl _store::SeveralDerivesNeedSections for Subscriptions {}
};
