// A tuple has values in its parts, and tells one value from the others (3 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", columns(status(
    over("status", "trial"),
    labels(
        active = ("active", false | null),
        trialing = ("active" | "trial", null),
        past_due = ("late", _),
        "unpaid" = ("unpaid" | "late", false),
        "gone" = ("gone", (true, false)),
    ),
)))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
