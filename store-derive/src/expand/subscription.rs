//! `SubscriptionStore`, and with `atomic` its extension.

use super::method::{Contract, Extension, Sql, Traits, Value, method, record, text};

pub(super) const TRAITS: &Traits = &Traits {
    contract: Contract {
        name: "SubscriptionStore",
        methods: &[
            method("save_subscription", &[record("subscription", "Subscription")], Value::Unit),
            method("get_subscription", &[text("id")], Value::Of("Subscription")),
            method("get_subscription_by_provider_id", &[text("provider_id")], Value::Of("Subscription")),
            method("get_active_subscription", &[text("subscriber_id")], Value::Of("Subscription")),
            method(
                "list_subscriptions",
                &[record("filter", "SubscriptionFilter")],
                Value::VecOf("Subscription"),
            ),
            method("delete_subscription", &[text("id")], Value::Unit),
        ],
    },
    sql: Sql { name: "SqlSubscriptionStore", constant: "SUBSCRIPTION_STORE", call: "subscription_call" },
    extension: Some(Extension {
        contract: Contract {
            name: "AtomicSubscriptionStore",
            methods: &[method(
                "create_subscription_if_not_active",
                &[record("subscription", "Subscription")],
                Value::Unit,
            )],
        },
        sql: "SqlAtomicSubscriptionStore",
        finder: "as_atomic",
    }),
};
