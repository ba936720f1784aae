//! lago, on Postgres.

use chrono::TimeDelta;
use sqlx::types::Uuid;
use store_core::{Plan, Subscription, UsageRecord};

use super::{never_ending, uuid};
use crate::bases::On;
use crate::records::{self, ALIKE, Deeds, Records, met, plan, subscription};
use crate::schemas::lago::{Plans, Subscriptions, Usage};
use crate::verdict::Base;

macro_rules! of_organization {
    ($($store:ident)*) => {$(
        impl On<sqlx::PgPool> for $store {
            fn on(pool: sqlx::PgPool) -> Self {
                Self { pool, organization: Uuid::from_u128(1) }
            }
        }
    )*};
}
of_organization!(Plans Subscriptions Usage);

pub(crate) fn bases() -> Vec<Base<sqlx::PgPool>> {
    vec![
        Base {
            asked: DELETED,
            ..base!(plans, Plans, sqlx::PgPool,
                name: "lago plans",
                script: SCRIPT.to_owned(),
                rows: ROWS,
                records: Records::Plans(plans()),
            )
        },
        base!(subscriptions, Subscriptions, sqlx::PgPool,
            name: "lago subscriptions",
            script: SCRIPT.to_owned(),
            rows: ROWS_AND_PLAN,
            records: Records::Subscriptions(subscriptions()),
        ),
        base!(usage, Usage, sqlx::PgPool,
            name: "lago usage",
            script: events(),
            rows: "",
            records: Records::Usage(usage()),
        ),
    ]
}

const SCRIPT: &str = include_str!("../../schemas/lago.sql");

const ROWS: &str = "INSERT INTO organizations VALUES ('00000000-0000-0000-0000-000000000001'); \
    INSERT INTO customers SELECT ('00000000-0000-0000-0000-' || lpad(to_hex(n), 12, '0'))::uuid FROM generate_series(0, 99) n";

/// Of those that were deleted since yesterday there is one at least, or this is a division by zero.
const DELETED: &str = "SELECT 1 / count(*) FROM plans WHERE deleted_at > now() - interval '1 day'";

/// Rows that subscriptions refer to.
const ROWS_AND_PLAN: &str = "INSERT INTO organizations VALUES ('00000000-0000-0000-0000-000000000001'); \
    INSERT INTO customers SELECT ('00000000-0000-0000-0000-' || lpad(to_hex(n), 12, '0'))::uuid FROM generate_series(0, 99) n; \
    INSERT INTO plans (id, organization_id, name, created_at, updated_at, code, \"interval\", amount_cents, amount_currency) \
    VALUES ('00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000001', 'p', now(), now(), 'p', 1, 1, 'EUR')";

fn plans() -> Deeds<Plan> {
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

const STATUSES: [&str; 5] = ["pending", "active", "expired", "canceled", "incomplete"];

fn subscriptions() -> Deeds<Subscription> {
    let fit = |(number, mut record): (usize, Subscription)| {
        record.id = uuid(number + 1);
        record.provider_id = Some(["ext0 ", "ext1", "EXT0 ", "ext0", "ext1"][number].into());
        record.subscriber_id = uuid(number);
        record.plan_id = uuid(0);
        (record.trial_start, record.paused_at, record.metadata) = Default::default();
        if number != 2 {
            record.current_period_start += TimeDelta::seconds(7);
        }
        if number == 3 {
            record.current_period_end = never_ending();
        }
        record
    };
    let saved = STATUSES.iter().enumerate().map(|(number, it)| (number, subscription(number, it)));
    let saved: Vec<_> = saved.map(fit).collect();
    let met = met(&saved, &STATUSES, |number| uuid(number + 100));
    let met = met.into_iter().map(|it| Subscription { provider_id: Some("ext0 ".into()), ..it }).collect();
    Deeds { saved, met }
}

/// The events, in which nothing is missing that a record has.
fn events() -> String {
    let table = SCRIPT.find("CREATE TABLE events").expect("there are events");
    let (before, events) = SCRIPT.split_at(table);
    let wanted = |name: &str, events: String| {
        events.replacen(&format!("    {name},"), &format!("    {name} NOT NULL,"), 1)
    };
    let events = wanted("\"timestamp\" timestamp", events.to_owned());
    before.to_owned() + &wanted("external_subscription_id varchar", events)
}

fn usage() -> Deeds<UsageRecord> {
    let mut deeds = records::usage();
    deeds.saved.extend(ALIKE.iter().map(|id| UsageRecord { id: (*id).into(), ..records::record(60) }));
    let of_another = |it: &&str| UsageRecord { subscription_id: (*it).into(), ..records::record(61) };
    deeds.saved.extend(ALIKE.iter().map(of_another));
    for record in deeds.saved.iter_mut().chain(&mut deeds.met) {
        record.provider_reported_at = None;
    }
    deeds
}
