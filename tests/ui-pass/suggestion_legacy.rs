//! What is advised for a table that stays as it is.

use store_core::{PlanStore, SubscriptionStore, UsageStore, sqlx};

macro_rules! stores {
    ($($derive:ident $name:ident $pool:ident: #[$store:meta];)*) => {$(
        #[derive($derive)]
        #[$store]
        struct $name {
            pool: sqlx::$pool,
        }
    )*};
}

stores! {
    SubscriptionStore Id PgPool: #[store(table = "accounts", columns(id(as = i64)))];
    SubscriptionStore Subscriber PgPool: #[store(table = "accounts", columns(subscriber_id(as = i32)))];
    SubscriptionStore Status PgPool: #[store(table = "accounts", columns(status(as = i16, labels(active = 1))))];
    SubscriptionStore Start PgPool: #[store(table = "accounts", columns(current_period_start(as = timestamp(6))))];
    SubscriptionStore End PgPool: #[store(table = "accounts", columns(current_period_end(as = timestamp(6))))];
    SubscriptionStore Updated PgPool: #[store(table = "accounts", lossy(times), columns(updated_at(as = date)))];
    SubscriptionStore Nobody PgPool: #[store(table = "accounts", columns(subscriber_id(if_null = "nobody")))];
    SubscriptionStore Endless PgPool: #[store(table = "accounts", columns(current_period_end(if_null = "9999-12-31T23:59:59Z")))];
    SubscriptionStore Repeats PgPool: #[store(table = "accounts", columns(provider_id(repeats)))];
    SubscriptionStore Locked PgPool: #[store(table = "accounts", atomic(lock))];
    UsageStore Decimals PgPool: #[store(table = "calls", columns(quantity(as = decimal(9, 0))))];
    UsageStore Numbered PgPool: #[store(table = "calls", insert("number" = sql("nextval('numbers')")))];
    PlanStore Narrow PgPool: #[store(table = "plans", columns(amount(as = i32)))];
    PlanStore Undescribed PgPool: #[store(table = "plans", absent(description))];
    PlanStore Described PgPool: #[store(table = "plans", columns(description = "about"))];
    PlanStore Currency PgPool: #[store(table = "plans", columns(currency = "code"))];
    PlanStore OneCurrency PgPool: #[store(table = "plans", always(currency = "EUR"))];
    SubscriptionStore Created MySqlPool: #[store(table = "members", lossy(times), columns(created_at(as = timestamp(0))))];
    SubscriptionStore Changed MySqlPool: #[store(table = "members", lossy(times), columns(updated_at(as = datetime(0))))];
    SubscriptionStore Folding MySqlPool: #[store(table = "members", collation = "utf8mb4_unicode_ci")];
    SubscriptionStore Padded MySqlPool: #[store(table = "members", collation = "utf8mb4_bin")];
    SubscriptionStore LockedRow MySqlPool: #[store(table = "members", atomic(lock(table = "people", column = "id")))];
}

pub(crate) fn main() {}
