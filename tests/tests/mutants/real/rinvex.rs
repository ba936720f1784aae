//! rinvex, on MariaDB.

use chrono::{DateTime, TimeDelta};
use store_core::{BoxError, Codec, Plan, PlanStore};

use crate::records::{Deeds, Records, plan};
use crate::verdict::Base;

/// A trial in days: its length, and the word for its unit.
struct TrialDays;

impl Codec<u32> for TrialDays {
    type Columns = (u16, String);

    fn encode(days: &u32) -> Result<(u16, String), BoxError> {
        Ok((u16::try_from(*days)?, "day".to_owned()))
    }

    fn decode((period, unit): (u16, String)) -> Result<u32, BoxError> {
        if unit == "day" { Ok(period.into()) } else { Err(unit.into()) }
    }
}

#[derive(PlanStore)]
#[store(table = "plans", key("id"), soft_delete(column = "deleted_at"), collation = "utf8mb4_unicode_ci")]
#[store(absent(features, limits, metadata), lossy(times))]
#[store(columns(
    ids(as = u32),
    times(as = timestamp(0)),
    provider_id(column = "slug", not_null),
    name(path = "en"),
    description(path = "en", if_null = ""),
    amount(column = "price", as = decimal(8, 2)),
    currency(as = char(3)),
    interval = "invoice_interval",
    interval_count(column = "invoice_period", as = u16),
    trial_days(over("trial_period", "trial_interval"), with = TrialDays),
    active = "is_active",
    created_at(if_null = "1970-01-01T00:00:01Z"),
    updated_at(if_null = created_at),
))]
struct Plans {
    pool: sqlx::MySqlPool,
}
on!(Plans, sqlx::MySqlPool);

pub(crate) fn bases() -> Vec<Base<sqlx::MySqlPool>> {
    vec![base!(plans, Plans, sqlx::MySqlPool,
        name: "rinvex plans",
        script: include_str!("../../schemas/rinvex.sql").to_owned(),
        rows: "",
        records: Records::Plans(records()),
    )]
}

fn records() -> Deeds<Plan> {
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
