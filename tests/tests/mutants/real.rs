//! Stores on the tables of real systems. Unlike those beside the tables, they say what each NULL stands for that a table
//! takes, and have the keys that they rest on.

use chrono::{DateTime, Utc};
use sqlx::types::Uuid;
use store_core::{Plan, Subscription};
use store_core::{PlanStore, SubscriptionStore};

use crate::bases::On;
use crate::records::{Deeds, met, plan, subscription};

macro_rules! on {
    ($store:ident, $pool:ty) => {
        impl On<$pool> for $store {
            fn on(pool: $pool) -> Self {
                Self { pool }
            }
        }
    };
}

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", atomic, absent(paused_at), lossy(updated_at))]
#[store(insert("ended_at" = null, "cancel_at" = null))]
#[store(columns(
    provider_id = "id",
    subscriber_id(column = "user_id", as = uuid),
    plan_id(column = "price_id", if_null = "none"),
    status(type = "subscription_status", if_null = "unpaid", labels(
        trialing, active, past_due, paused, canceled, "incomplete", "incomplete_expired", "unpaid",
    )),
    metadata(if_null = {}),
    created_at = "created",
    updated_at = "created",
))]
pub(crate) struct Vercel {
    pool: sqlx::PgPool,
}
on!(Vercel, sqlx::PgPool);

pub(crate) const VERCEL: &str = concat!(
    include_str!("../schemas/vercel.sql"),
    "CREATE UNIQUE INDEX one_live ON subscriptions (user_id) WHERE status IN ('active', 'trialing');\n",
);

/// Rows that subscriptions refer to.
pub(crate) const VERCEL_ROWS: &str = "INSERT INTO users SELECT ('00000000-0000-0000-0000-' || lpad(to_hex(n), 12, '0'))::uuid FROM generate_series(0, 99) n; \
     INSERT INTO products (id) VALUES ('p'); INSERT INTO prices (id, product_id) VALUES ('p0 ', 'p'), ('p1 ', 'p')";

fn uuid(number: usize) -> String {
    Uuid::from_u128(number as u128).to_string()
}

const VERCEL_STATUSES: [&str; 8] =
    ["trialing", "active", "past_due", "paused", "canceled", "incomplete", "incomplete_expired", "unpaid"];

pub(crate) fn vercel() -> Deeds<Subscription> {
    let fit = |(number, mut record): (usize, Subscription)| {
        record.provider_id = Some(record.id.clone());
        record.subscriber_id = uuid(number);
        record.paused_at = None;
        record.updated_at = record.created_at;
        record
    };
    let saved = VERCEL_STATUSES.iter().enumerate().map(|(number, it)| (number, subscription(number, it)));
    let mut saved: Vec<_> = saved.map(fit).collect();
    saved.extend(["BOB", "bob", "bob "].iter().enumerate().map(|(number, id)| {
        let record = Subscription { id: (*id).into(), ..subscription(20 + number, "active") };
        fit((20 + number, record))
    }));
    let met = met(&saved, &VERCEL_STATUSES, |number| format!("m{number}"));
    let met = met.into_iter().map(|it| Subscription { provider_id: Some(it.id.clone()), ..it }).collect();
    Deeds { saved, met }
}

#[derive(PlanStore)]
#[store(table = "plans", key("id"), scope("parent_id" = null), soft_delete(column = "deleted_at"))]
#[store(absent(features, limits, metadata), insert("pay_in_advance" = false))]
#[store(columns(
    ids(as = uuid),
    times(as = timestamp(6)),
    provider_id(column = "code", not_null),
    description(if_null = ""),
    amount(column = "amount_cents", if_null = -1),
    currency = "amount_currency",
    interval(as = i32, if_null = day, labels(week = 0, month = 1, year = 2, month * 3 = 3, month * 6 = 4)),
    trial_days(column = "trial_period", as = f64(0), if_null = 0),
    active(column = "pending_deletion", labels(true = false, false = true)),
))]
pub(crate) struct LagoPlans {
    pool: sqlx::PgPool,
    #[store(scope = "organization_id")]
    organization: Uuid,
}

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", key("id"), absent(trial_start, paused_at, metadata))]
#[store(columns(
    ids(as = uuid),
    times(as = timestamp(6)),
    provider_id(column = "external_id", repeats, not_null),
    subscriber_id = "customer_id",
    status(as = i32, labels("pending" = 0, active = 1, expired = 2, canceled = 3, "incomplete" = 4)),
    current_period_start(column = "started_at", if_null = created_at),
    current_period_end(column = "ending_at", if_null = "9999-12-31T23:59:59Z"),
    trial_end = "trial_ended_at",
))]
pub(crate) struct LagoSubscriptions {
    pool: sqlx::PgPool,
    #[store(scope = "organization_id")]
    organization: Uuid,
}

impl On<sqlx::PgPool> for LagoPlans {
    fn on(pool: sqlx::PgPool) -> Self {
        Self { pool, organization: Uuid::from_u128(1) }
    }
}

impl On<sqlx::PgPool> for LagoSubscriptions {
    fn on(pool: sqlx::PgPool) -> Self {
        Self { pool, organization: Uuid::from_u128(1) }
    }
}

pub(crate) const LAGO: &str = include_str!("../schemas/lago.sql");

pub(crate) const LAGO_ROWS: &str = "INSERT INTO organizations VALUES ('00000000-0000-0000-0000-000000000001'); \
    INSERT INTO customers SELECT ('00000000-0000-0000-0000-' || lpad(to_hex(n), 12, '0'))::uuid FROM generate_series(0, 99) n";

/// Rows that subscriptions refer to.
pub(crate) const LAGO_PLAN: &str = "INSERT INTO organizations VALUES ('00000000-0000-0000-0000-000000000001'); \
    INSERT INTO customers SELECT ('00000000-0000-0000-0000-' || lpad(to_hex(n), 12, '0'))::uuid FROM generate_series(0, 99) n; \
    INSERT INTO plans (id, organization_id, name, created_at, updated_at, code, \"interval\", amount_cents, amount_currency) \
    VALUES ('00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000001', 'p', now(), now(), 'p', 1, 1, 'EUR')";

pub(crate) fn lago_plans() -> Deeds<Plan> {
    let intervals = [("week", 1), ("month", 1), ("year", 1), ("month", 3), ("month", 6)];
    let saved = intervals.iter().enumerate().map(|(number, (interval, count))| {
        let mut plan = plan(number, interval);
        plan.id = uuid(number + 1);
        plan.provider_id = Some(format!("code{number} "));
        plan.interval_count = *count;
        plan.description = if number == 1 { String::new() } else { "text ".into() };
        plan.trial_days = [0, 1, 30, 40_000, u32::MAX][number];
        plan.amount = [0, 1, 5_000_000_000, i64::MAX, 7][number];
        (plan.features, plan.limits, plan.metadata) = Default::default();
        plan
    });
    let mut saved: Vec<_> = saved.collect();
    let one = saved[1].clone();
    saved.extend(["GOLD", "gold", "gold "].iter().enumerate().map(|(number, code)| Plan {
        id: uuid(20 + number),
        provider_id: Some((*code).into()),
        ..one.clone()
    }));
    let met = vec![Plan { id: uuid(70), name: "other".into(), currency: "usd".into(), ..saved[0].clone() }];
    Deeds { saved, met }
}

const LAGO_STATUSES: [&str; 5] = ["pending", "active", "expired", "canceled", "incomplete"];

pub(crate) fn lago_subscriptions() -> Deeds<Subscription> {
    let fit = |(number, mut record): (usize, Subscription)| {
        record.id = uuid(number + 1);
        record.provider_id = Some(["ext0 ", "ext1", "EXT0 ", "ext0", "ext1"][number].into());
        record.subscriber_id = uuid(number);
        record.plan_id = uuid(0);
        (record.trial_start, record.paused_at, record.metadata) = Default::default();
        if number == 2 {
            record.current_period_start = record.created_at;
        }
        record
    };
    let saved = LAGO_STATUSES.iter().enumerate().map(|(number, it)| (number, subscription(number, it)));
    let saved: Vec<_> = saved.map(fit).collect();
    let met = met(&saved, &LAGO_STATUSES, |number| uuid(number + 100));
    let met = met.into_iter().map(|it| Subscription { provider_id: Some("ext0 ".into()), ..it }).collect();
    Deeds { saved, met }
}

#[derive(SubscriptionStore)]
#[store(table = "customer_subscriptions", atomic(key("customer_id", where = "status = 'active'")))]
#[store(absent(provider_id, trial_start, trial_end, canceled_at, paused_at, metadata))]
#[store(lossy(times, canceled_at))]
#[store(columns(
    ids(as = i64),
    times(as = text("%Y-%m-%d %H:%M:%S")),
    subscriber_id = "customer_id",
    plan_id = "subscription_id",
    status(labels(active, canceled = "cancelled", expired)),
    current_period_start = "subscription_starts_at",
    current_period_end = "subscription_ends_at",
    updated_at(generated),
))]
pub(crate) struct Cloudflare {
    pool: sqlx::SqlitePool,
}
on!(Cloudflare, sqlx::SqlitePool);

pub(crate) const CLOUDFLARE: &str = include_str!("../schemas/cloudflare.sql");

/// Rows that subscriptions refer to.
pub(crate) const CLOUDFLARE_ROWS: &str = "
    WITH RECURSIVE n (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < 60) INSERT INTO customers (id) SELECT n FROM n;
    INSERT INTO subscriptions (id, name, description, price) VALUES (0, 'p', 'p', 1), (1, 'q', 'q', 1);";

pub(crate) fn cloudflare() -> Deeds<Subscription> {
    const STATUSES: [&str; 3] = ["active", "canceled", "expired"];
    let fit = |(number, mut record): (usize, Subscription)| {
        record.id = [1, 2, 3, i64::MAX, 5, 6][number].to_string();
        record.subscriber_id = number.to_string();
        record.plan_id = (number % 2).to_string();
        (record.provider_id, record.trial_start, record.trial_end) = Default::default();
        (record.paused_at, record.canceled_at, record.metadata) = Default::default();
        record
    };
    let saved = STATUSES.iter().cycle().take(6).enumerate();
    let saved: Vec<_> = saved.map(|(number, it)| fit((number, subscription(number, it)))).collect();
    let met = met(&saved, &STATUSES, |number| (number + 100).to_string());
    Deeds { saved, met }
}

/// The time of the last change is the database's.
pub(crate) fn without_changes(line: &mut String) {
    while let Some(start) = line.find("updated_at: ") {
        let end = line[start..].find('Z').map_or(line.len(), |end| start + end + 1);
        line.replace_range(start..end, "");
    }
}

macro_rules! pangolin {
    ($name:ident, $pool:ty) => {
        #[derive(SubscriptionStore)]
        #[store(table = "subscriptions", atomic, absent(trial_start, trial_end, paused_at, metadata))]
        #[store(lossy(times, current_period_start))]
        #[store(columns(
                            times(as = epoch(s)),
                            id = "subscriptionId",
                            provider_id = "subscriptionId",
                            subscriber_id = "customerId",
                            plan_id(column = "type", if_null = ""),
                            status(labels(active, past_due, canceled, "unpaid")),
                            current_period_start = "createdAt",
                            current_period_end(column = "expiresAt", if_null = "9999-12-31T23:59:59Z"),
                            canceled_at = "canceledAt",
                            created_at = "createdAt",
                            updated_at(column = "updatedAt", if_null = created_at),
                        ))]
        pub(crate) struct $name {
            pool: $pool,
        }
        on!($name, $pool);
    };
}
pangolin!(PangolinOnSqlite, sqlx::SqlitePool);
pangolin!(PangolinOnPostgres, sqlx::PgPool);

pub(crate) const PANGOLIN_ON_SQLITE: &str = concat!(
    include_str!("../schemas/pangolin_sqlite.sql"),
    "CREATE UNIQUE INDEX one_live ON subscriptions (\"customerId\") WHERE status = 'active';\n",
);
pub(crate) const PANGOLIN_ON_POSTGRES: &str = concat!(
    include_str!("../schemas/pangolin_postgres.sql"),
    "CREATE UNIQUE INDEX one_live ON subscriptions (\"customerId\") WHERE status = 'active';\n",
);

/// Customers that subscriptions refer to.
pub(crate) const PANGOLIN_ROWS: &str = "
    INSERT INTO orgs VALUES ('o');
    INSERT INTO customers (\"customerId\", \"orgId\", \"createdAt\", \"updatedAt\") VALUES
        ('u0 ', 'o', 1, 1), ('u1 ', 'o', 1, 1), ('u2 ', 'o', 1, 1), ('u3 ', 'o', 1, 1), ('u4 ', 'o', 1, 1),
        ('BOB', 'o', 1, 1), ('bob', 'o', 1, 1), ('bob ', 'o', 1, 1), ('007', 'o', 1, 1), ('7', 'o', 1, 1);";

pub(crate) fn pangolin() -> Deeds<Subscription> {
    const STATUSES: [&str; 4] = ["active", "past_due", "canceled", "unpaid"];
    let fit = |mut record: Subscription| {
        record.provider_id = Some(record.id.clone());
        (record.trial_start, record.trial_end) = Default::default();
        (record.paused_at, record.metadata) = Default::default();
        record.current_period_start = record.created_at;
        record
    };
    let mut saved: Vec<_> =
        STATUSES.iter().enumerate().map(|(number, status)| fit(subscription(number, status))).collect();
    saved.extend(["BOB", "bob", "bob ", "007", "7"].iter().enumerate().map(|(number, id)| {
        let mut record = subscription(20 + 2 * number, "active");
        (record.id, record.subscriber_id, record.plan_id) = ((*id).into(), (*id).into(), (*id).into());
        fit(record)
    }));
    let mut late = subscription(4, "canceled");
    late.current_period_end = DateTime::<Utc>::from_timestamp(5_000_000_000, 0).unwrap_or_default();
    late.plan_id = String::new();
    saved.push(fit(late));
    let met = met(&saved, &STATUSES, |number| format!("m{number}"));
    let met = met.into_iter().map(|it| Subscription { provider_id: Some(it.id.clone()), ..it }).collect();
    Deeds { saved, met }
}
