//! Annotations as schemas of real systems need them: each is understood without a mistake.

use store_model::contract::Entity;

use crate::derive::derive;

fn mistakes(entity: Entity, input: &str) -> Vec<String> {
    let parsed = syn::parse_str(input).unwrap();
    let written = derive(entity, &parsed, |_| true).to_string();
    let told = written.split("compile_error ! {").skip(1);
    told.map(|text| text.split('}').next().unwrap_or_default().trim().to_owned()).collect()
}

#[test]
fn annotations_are_understood() {
    for (entity, input) in [
        (
            Entity::Subscription,
            r#"#[store(table = "subscriptions", atomic)]
            #[store(absent(paused_at), lossy(updated_at), insert("ended_at" = null, "cancel_at" = null))]
            #[store(columns(
                provider_id = "id", plan_id = "price_id", subscriber_id(column = "user_id", as = uuid),
                status(type = "subscription_status", labels(
                    trialing, active, past_due, paused, canceled, "incomplete", "incomplete_expired", "unpaid")),
                metadata(if_null = {}), created_at = "created", updated_at = "created",
            ))]
            struct Subscriptions { pool: sqlx::PgPool }"#,
        ),
        (
            Entity::Plan,
            r#"#[store(table = "plan_view", read_only, absent(features, limits))]
            #[store(always(created_at = "1970-01-01T00:00:00Z", updated_at = "1970-01-01T00:00:00Z"))]
            #[store(columns(
                provider_id = "id", amount = "unit_amount",
                trial_days(column = "trial_period_days", as = i32, if_null = 0),
                interval(type = "pricing_plan_interval", labels(day, week, month, year)),
                interval_count(as = i32, if_null = 1), description(if_null = ""), metadata(if_null = {}),
            ))]
            struct Plans { pool: sqlx::PgPool }"#,
        ),
        (
            Entity::Plan,
            r#"#[store(table = "plans", key("id"), scope("parent_id" = null), soft_delete(column = "deleted_at"))]
            #[store(absent(features, limits, metadata), insert("pay_in_advance" = false))]
            #[store(columns(
                ids(as = uuid), times(as = timestamp(6)),
                provider_id = "code", description(if_null = ""), amount = "amount_cents",
                currency = "amount_currency",
                interval(as = i32, labels(week = 0, month = 1, year = 2, month * 3 = 3, month * 6 = 4)),
                trial_days(column = "trial_period", as = f64(0), if_null = 0),
                active(column = "pending_deletion", labels(true = false, false = true)),
            ))]
            struct Plans { pool: sqlx::PgPool, #[store(scope = "organization_id")] organization: uuid::Uuid }"#,
        ),
        (
            Entity::Subscription,
            r#"#[store(table = "subscriptions", key("id"), absent(trial_start, paused_at, metadata))]
            #[store(columns(
                ids(as = uuid), times(as = timestamp(6)),
                provider_id(column = "external_id", repeats), subscriber_id = "customer_id",
                status(as = i32, labels("pending" = 0, active = 1, expired = 2, canceled = 3, "incomplete" = 4)),
                current_period_start(column = "started_at", if_null = created_at),
                current_period_end(column = "ending_at", if_null = "9999-12-31T23:59:59Z"),
                trial_end = "trial_ended_at",
            ))]
            struct Subscriptions { pool: sqlx::PgPool, #[store(scope = "organization_id")] organization: uuid::Uuid }"#,
        ),
        (
            Entity::Usage,
            r#"#[store(table = "events", key("organization_id", "external_subscription_id", "transaction_id"))]
            #[store(soft_delete(column = "deleted_at"), absent(provider_reported_at))]
            #[store(insert("created_at" = recorded_at, "updated_at" = recorded_at))]
            #[store(columns(
                times(as = timestamp(6)), id = "transaction_id", subscription_id = "external_subscription_id",
                metric = "code", recorded_at = "timestamp", metadata = "properties",
            ))]
            struct Usage { pool: sqlx::PgPool, #[store(scope = "organization_id")] organization: uuid::Uuid }"#,
        ),
        (
            Entity::Subscription,
            r#"#[store(table = "plan_subscriptions", collation = "utf8mb4_unicode_ci")]
            #[store(scope("subscriber_type" = "App\\Models\\User"))]
            #[store(soft_delete(column = "deleted_at", as = timestamp(0)))]
            #[store(absent(trial_start, paused_at, metadata), lossy(times), insert("name" = "{\"en\": \"main\"}"))]
            #[store(columns(
                ids(as = u32), times(as = datetime(0)), subscriber_id(as = u64), provider_id = "slug",
                trial_end = "trial_ends_at", current_period_start(column = "starts_at", if_null = created_at),
                created_at(as = timestamp(0), if_null = "1970-01-01T00:00:01Z"),
                updated_at(as = timestamp(0), if_null = created_at),
            ))]
            struct Subscriptions { pool: sqlx::MySqlPool }"#,
        ),
        (
            Entity::Subscription,
            r#"#[store(table = "customer_subscriptions", atomic(key("customer_id", where = "status IN ('active', 'trialing')")))]
            #[store(absent(provider_id, trial_start, trial_end, canceled_at, paused_at, metadata))]
            #[store(lossy(times, canceled_at))]
            #[store(columns(
                ids(as = i64), times(as = text("%Y-%m-%d %H:%M:%S")), subscriber_id = "customer_id",
                plan_id = "subscription_id", status(labels(active, canceled = "cancelled" | "canceled" | null, ..)),
                updated_at(generated), current_period_start = "subscription_starts_at",
                current_period_end = "subscription_ends_at",
            ))]
            struct Subscriptions { pool: sqlx::SqlitePool }"#,
        ),
    ] {
        assert_eq!(mistakes(entity, input), [""; 0], "{input}");
    }
}
