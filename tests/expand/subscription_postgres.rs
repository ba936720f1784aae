// #[derive(SubscriptionStore)]
// #[store(table = "subscriptions", atomic)]
// struct Subscriptions {
//     pool: sqlx::PgPool,
// }

#[doc(hidden)]
#[allow(deprecated)]
const _: () = {
    use ::store_core::__private as _store;
    static __STORE: _store::Store = _store::Store {
        adapter: _store::Adapter {
            entity: _store::Entity::Subscription,
            dialect: _store::Dialect::Postgres,
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
                _store::Operation::Save,
                "INSERT INTO \"subscriptions\" (\"id\", \"provider_id\", \"subscriber_id\", \"plan_id\", \"status\", \"current_period_start\", \"current_period_end\", \"trial_start\", \"trial_end\", \"canceled_at\", \"paused_at\", \"metadata\", \"created_at\", \"updated_at\") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT (\"id\") DO UPDATE SET \"provider_id\" = excluded.\"provider_id\", \"subscriber_id\" = excluded.\"subscriber_id\", \"plan_id\" = excluded.\"plan_id\", \"status\" = excluded.\"status\", \"current_period_start\" = excluded.\"current_period_start\", \"current_period_end\" = excluded.\"current_period_end\", \"trial_start\" = excluded.\"trial_start\", \"trial_end\" = excluded.\"trial_end\", \"canceled_at\" = excluded.\"canceled_at\", \"paused_at\" = excluded.\"paused_at\", \"metadata\" = excluded.\"metadata\", \"created_at\" = excluded.\"created_at\", \"updated_at\" = excluded.\"updated_at\"",
                &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
            ),
            _store::Statement::new(
                _store::Operation::Create,
                "INSERT INTO \"subscriptions\" (\"id\", \"provider_id\", \"subscriber_id\", \"plan_id\", \"status\", \"current_period_start\", \"current_period_end\", \"trial_start\", \"trial_end\", \"canceled_at\", \"paused_at\", \"metadata\", \"created_at\", \"updated_at\") SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14 WHERE NOT EXISTS (SELECT 1 FROM \"subscriptions\" WHERE \"id\" = $1) AND NOT EXISTS (SELECT 1 FROM \"subscriptions\" WHERE \"provider_id\" = $2) AND NOT EXISTS (SELECT 1 FROM \"subscriptions\" WHERE \"subscriber_id\" = $3 AND \"status\" IN ('active', 'trialing')) ON CONFLICT (\"subscriber_id\") WHERE \"status\" IN ('active', 'trialing') DO NOTHING",
                &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
            ),
            _store::Statement::new(
                _store::Operation::Conflicts,
                "SELECT EXISTS (SELECT 1 FROM \"subscriptions\" WHERE \"id\" = $1), EXISTS (SELECT 1 FROM \"subscriptions\" WHERE \"provider_id\" = $2 AND \"id\" <> $1), EXISTS (SELECT 1 FROM \"subscriptions\" WHERE \"subscriber_id\" = $3 AND \"status\" IN ('active', 'trialing') AND \"id\" <> $1)",
                &[0, 1, 2],
            ),
            _store::Statement::new(
                _store::Operation::Get,
                "SELECT \"id\", \"provider_id\", \"subscriber_id\", \"plan_id\", \"status\", \"current_period_start\", \"current_period_end\", \"trial_start\", \"trial_end\", \"canceled_at\", \"paused_at\", \"metadata\", \"created_at\", \"updated_at\" FROM \"subscriptions\" WHERE \"id\" = $1",
                &[0],
            ),
            _store::Statement::new(
                _store::Operation::GetByProviderId,
                "SELECT \"id\", \"provider_id\", \"subscriber_id\", \"plan_id\", \"status\", \"current_period_start\", \"current_period_end\", \"trial_start\", \"trial_end\", \"canceled_at\", \"paused_at\", \"metadata\", \"created_at\", \"updated_at\" FROM \"subscriptions\" WHERE \"provider_id\" = $1",
                &[1],
            ),
            _store::Statement::new(
                _store::Operation::GetActive,
                "SELECT \"id\", \"provider_id\", \"subscriber_id\", \"plan_id\", \"status\", \"current_period_start\", \"current_period_end\", \"trial_start\", \"trial_end\", \"canceled_at\", \"paused_at\", \"metadata\", \"created_at\", \"updated_at\" FROM \"subscriptions\" WHERE \"subscriber_id\" = $1 AND \"status\" IN ('active', 'trialing') ORDER BY \"created_at\" DESC, \"id\" COLLATE \"C\" DESC LIMIT 1",
                &[2],
            ),
            _store::Statement::new(
                _store::Operation::List,
                "SELECT \"id\", \"provider_id\", \"subscriber_id\", \"plan_id\", \"status\", \"current_period_start\", \"current_period_end\", \"trial_start\", \"trial_end\", \"canceled_at\", \"paused_at\", \"metadata\", \"created_at\", \"updated_at\" FROM \"subscriptions\" ORDER BY \"created_at\", \"id\" COLLATE \"C\"",
                &[],
            ),
            _store::Statement::new(
                _store::Operation::ListBySubscriber,
                "SELECT \"id\", \"provider_id\", \"subscriber_id\", \"plan_id\", \"status\", \"current_period_start\", \"current_period_end\", \"trial_start\", \"trial_end\", \"canceled_at\", \"paused_at\", \"metadata\", \"created_at\", \"updated_at\" FROM \"subscriptions\" WHERE \"subscriber_id\" = $1 ORDER BY \"created_at\", \"id\" COLLATE \"C\"",
                &[2],
            ),
            _store::Statement::new(
                _store::Operation::ListByPlan,
                "SELECT \"id\", \"provider_id\", \"subscriber_id\", \"plan_id\", \"status\", \"current_period_start\", \"current_period_end\", \"trial_start\", \"trial_end\", \"canceled_at\", \"paused_at\", \"metadata\", \"created_at\", \"updated_at\" FROM \"subscriptions\" WHERE \"plan_id\" = $1 ORDER BY \"created_at\", \"id\" COLLATE \"C\"",
                &[3],
            ),
            _store::Statement::new(
                _store::Operation::ListBySubscriberPlan,
                "SELECT \"id\", \"provider_id\", \"subscriber_id\", \"plan_id\", \"status\", \"current_period_start\", \"current_period_end\", \"trial_start\", \"trial_end\", \"canceled_at\", \"paused_at\", \"metadata\", \"created_at\", \"updated_at\" FROM \"subscriptions\" WHERE \"subscriber_id\" = $1 AND \"plan_id\" = $2 ORDER BY \"created_at\", \"id\" COLLATE \"C\"",
                &[2, 3],
            ),
            _store::Statement::new(
                _store::Operation::ListByStatus,
                "SELECT \"id\", \"provider_id\", \"subscriber_id\", \"plan_id\", \"status\", \"current_period_start\", \"current_period_end\", \"trial_start\", \"trial_end\", \"canceled_at\", \"paused_at\", \"metadata\", \"created_at\", \"updated_at\" FROM \"subscriptions\" WHERE \"status\" = $1 ORDER BY \"created_at\", \"id\" COLLATE \"C\"",
                &[4],
            ),
            _store::Statement::new(
                _store::Operation::ListBySubscriberStatus,
                "SELECT \"id\", \"provider_id\", \"subscriber_id\", \"plan_id\", \"status\", \"current_period_start\", \"current_period_end\", \"trial_start\", \"trial_end\", \"canceled_at\", \"paused_at\", \"metadata\", \"created_at\", \"updated_at\" FROM \"subscriptions\" WHERE \"subscriber_id\" = $1 AND \"status\" = $2 ORDER BY \"created_at\", \"id\" COLLATE \"C\"",
                &[2, 4],
            ),
            _store::Statement::new(
                _store::Operation::ListByPlanStatus,
                "SELECT \"id\", \"provider_id\", \"subscriber_id\", \"plan_id\", \"status\", \"current_period_start\", \"current_period_end\", \"trial_start\", \"trial_end\", \"canceled_at\", \"paused_at\", \"metadata\", \"created_at\", \"updated_at\" FROM \"subscriptions\" WHERE \"plan_id\" = $1 AND \"status\" = $2 ORDER BY \"created_at\", \"id\" COLLATE \"C\"",
                &[3, 4],
            ),
            _store::Statement::new(
                _store::Operation::ListBySubscriberPlanStatus,
                "SELECT \"id\", \"provider_id\", \"subscriber_id\", \"plan_id\", \"status\", \"current_period_start\", \"current_period_end\", \"trial_start\", \"trial_end\", \"canceled_at\", \"paused_at\", \"metadata\", \"created_at\", \"updated_at\" FROM \"subscriptions\" WHERE \"subscriber_id\" = $1 AND \"plan_id\" = $2 AND \"status\" = $3 ORDER BY \"created_at\", \"id\" COLLATE \"C\"",
                &[2, 3, 4],
            ),
            _store::Statement::new(
                _store::Operation::Delete,
                "DELETE FROM \"subscriptions\" WHERE \"id\" = $1",
                &[0],
            ),
        ],
        ddl: "CREATE TABLE IF NOT EXISTS \"subscriptions\" (\n    \"id\" TEXT COLLATE \"C\" NOT NULL PRIMARY KEY,\n    \"provider_id\" TEXT COLLATE \"C\",\n    \"subscriber_id\" TEXT COLLATE \"C\" NOT NULL,\n    \"plan_id\" TEXT COLLATE \"C\" NOT NULL,\n    \"status\" TEXT COLLATE \"C\" NOT NULL,\n    \"current_period_start\" TIMESTAMPTZ NOT NULL,\n    \"current_period_end\" TIMESTAMPTZ NOT NULL,\n    \"trial_start\" TIMESTAMPTZ,\n    \"trial_end\" TIMESTAMPTZ,\n    \"canceled_at\" TIMESTAMPTZ,\n    \"paused_at\" TIMESTAMPTZ,\n    \"metadata\" JSONB NOT NULL,\n    \"created_at\" TIMESTAMPTZ NOT NULL,\n    \"updated_at\" TIMESTAMPTZ NOT NULL\n);\nCREATE UNIQUE INDEX IF NOT EXISTS \"subscriptions_provider_key\" ON \"subscriptions\" (\"provider_id\");\nCREATE UNIQUE INDEX IF NOT EXISTS \"subscriptions_live_key\" ON \"subscriptions\" (\"subscriber_id\") WHERE \"status\" IN ('active', 'trialing');\nCREATE INDEX IF NOT EXISTS \"subscriptions_created_idx\" ON \"subscriptions\" (\"created_at\", \"id\");\nCREATE INDEX IF NOT EXISTS \"subscriptions_subscriber_idx\" ON \"subscriptions\" (\"subscriber_id\", \"created_at\", \"id\");\nCREATE INDEX IF NOT EXISTS \"subscriptions_plan_idx\" ON \"subscriptions\" (\"plan_id\", \"created_at\", \"id\");\nCREATE INDEX IF NOT EXISTS \"subscriptions_status_idx\" ON \"subscriptions\" (\"status\", \"created_at\", \"id\");\n",
    };
    static __PREPARED: _store::Prepared = _store::Prepared::new(&__STORE);
    #[automatically_derived]
    impl _store::SqlSubscriptionStore for Subscriptions {
        type Database = _store::Postgres;
        const SUBSCRIPTION_STORE: &'static _store::Store = &__STORE;
        fn subscription_call(&self) -> _store::Call<'_, _store::Postgres> {
            _store::Call::new(
                <sqlx::PgPool as _store::PoolOf<_store::Postgres>>::pool(&self.pool),
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
            <_store::Postgres as _store::Backend>::save_subscription(
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
            <_store::Postgres as _store::Backend>::get_subscription(
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
            <_store::Postgres as _store::Backend>::get_subscription_by_provider_id(
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
            <_store::Postgres as _store::Backend>::get_active_subscription(
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
            <_store::Postgres as _store::Backend>::list_subscriptions(
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
            <_store::Postgres as _store::Backend>::delete_subscription(
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
            <_store::Postgres as _store::Backend>::create_subscription_if_not_active(
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
