// An expression stays in its place (7 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", insert(
    "a" = sql(" "),
    "b" = sql("concat('a, b)"),
    "c" = sql("coalesce(a, (b)"),
    "d" = sql("now() -- today"),
    "e" = sql("now(); DELETE FROM subs"),
    "f" = sql("$1"),
))]
#[store(key("id", where = "a) OR (b"))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
