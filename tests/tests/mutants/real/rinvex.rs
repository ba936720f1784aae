//! rinvex, on MariaDB.

use chrono::{DateTime, TimeDelta, Utc};
use store_core::{Plan, Subscription};

use super::never_ending;
use crate::records::{Deeds, Records, met, plan, subscription};
use crate::schemas::rinvex::{Plans, Subscriptions};
use crate::verdict::Base;

on!(Plans, sqlx::MySqlPool);
on!(Subscriptions, sqlx::MySqlPool);

pub(crate) fn bases() -> Vec<Base<sqlx::MySqlPool>> {
    vec![
        base!(plans, Plans, sqlx::MySqlPool,
            name: "rinvex plans",
            script: SCRIPT.to_owned(),
            rows: "",
            records: Records::Plans(plans()),
        ),
        base!(subscriptions, Subscriptions, sqlx::MySqlPool,
            name: "rinvex subscriptions",
            script: SCRIPT.to_owned(),
            rows: ROWS,
            records: Records::Subscriptions(subscriptions()),
        ),
    ]
}

const SCRIPT: &str = include_str!("../../schemas/rinvex.sql");

/// Rows that subscriptions refer to.
const ROWS: &str = "
    INSERT INTO users (id) VALUES (1), (2), (3), (4), (40000), (70000), (18446744073709551615), (8);
    INSERT INTO plans (id, slug, name, currency) VALUES (1, 'p', '{\"en\": \"p\"}', 'EUR'), (2, 'q', '{\"en\": \"q\"}', 'EUR');";

fn plans() -> Deeds<Plan> {
    let words = ["day", "week", "month", "year", "Month", "month "].iter().enumerate();
    let saved = words.map(|(number, word)| {
        let mut plan = plan(number, word);
        plan.id = [1, 2, 3, 40_000, 70_000, u32::MAX][number].to_string();
        plan.provider_id = Some(["slug0", "slug1 ", "slug2", "slug3", "slug4", "slug5"][number].into());
        plan.amount = [0, 1, 1999, 99_999_999, 7, 8][number];
        plan.currency = "EUR".into();
        plan.description = if number == 1 { String::new() } else { plan.description };
        plan.interval_count = [1, 2, 300, u32::from(u16::MAX), 5, 6][number];
        plan.trial_days = [1, 2, 300, u32::from(u16::MAX), 5, 6][number];
        (plan.features, plan.limits, plan.metadata) = Default::default();
        plan
    });
    let mut saved: Vec<_> = saved.collect();
    // What NULL stands for.
    saved[4].created_at = DateTime::UNIX_EPOCH + TimeDelta::seconds(1);
    saved[5].updated_at = saved[5].created_at;
    let met = |id: &str, active| Plan { id: id.into(), active, ..saved[0].clone() };
    let met = vec![met("77", true), met("78", false)];
    Deeds { saved, met }
}

const STATUSES: [&str; 4] = ["active", "trialing", "expired", "canceled"];

fn subscriptions() -> Deeds<Subscription> {
    let fit = |(number, mut record): (usize, Subscription)| {
        record.id = [1, 2, 3, 40_000, 70_000, u32::MAX, 7, 8][number].to_string();
        record.provider_id = Some(format!("slug{number}{}", [" ", ""][number % 2]));
        record.subscriber_id = [1, 2, 3, 4, 40_000, 70_000, u64::MAX, 8][number].to_string();
        record.plan_id = (1 + number % 2).to_string();
        (record.trial_start, record.paused_at, record.metadata) = Default::default();
        record.current_period_start += TimeDelta::seconds(7);
        agreed(record)
    };
    let saved = STATUSES.iter().cycle().take(8).enumerate();
    let mut saved: Vec<_> = saved.map(|(number, it)| fit((number, subscription(number, it)))).collect();
    // What NULL stands for.
    saved[4].current_period_end = never_ending();
    saved[5].current_period_start = saved[5].created_at;
    saved[6].created_at = DateTime::UNIX_EPOCH + TimeDelta::seconds(1);
    saved[7].updated_at = saved[7].created_at;
    let met = met(&saved, &STATUSES, |number| (number + 100).to_string());
    let with_slug = |it: Subscription| Subscription {
        provider_id: it.provider_id.clone().or_else(|| Some(format!("of {}", it.id))),
        ..agreed(it)
    };
    Deeds { met: met.into_iter().map(with_slug).collect(), saved }
}

/// A subscription with the times that say its status, long ago and far from now.
fn agreed(mut record: Subscription) -> Subscription {
    let [past, future] =
        [1_000_000_000, 4_900_000_000].map(|second| DateTime::<Utc>::UNIX_EPOCH + TimeDelta::seconds(second));
    let (end, trial_end, canceled_at) = match record.status.as_str() {
        "canceled" => (past, None, Some(past)),
        "expired" => (past, Some(past), None),
        "trialing" => (future, Some(future), None),
        _ => (future, Some(past).filter(|_| record.trial_end.is_some()), None),
    };
    (record.current_period_end, record.trial_end, record.canceled_at) = (end, trial_end, canceled_at);
    record
}
