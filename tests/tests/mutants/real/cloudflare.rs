//! cloudflare, on SQLite.

use store_core::{Plan, Subscription};

use crate::mutations::Text;
use crate::records::{Deeds, Records, met, plan, subscription};
use crate::schemas::cloudflare::{Plans, Subscriptions};
use crate::verdict::Base;

on!(Subscriptions, sqlx::SqlitePool);
on!(Plans, sqlx::SqlitePool);

pub(crate) fn bases() -> Vec<Base<sqlx::SqlitePool>> {
    vec![
        Base {
            blank: without_changes,
            ..base!(subscriptions, Subscriptions, sqlx::SqlitePool,
                name: "cloudflare subscriptions",
                script: SCRIPT.to_owned(),
                rows: ROWS,
                records: Records::Subscriptions(subscriptions()),
            )
        },
        Base {
            blank: without_changes,
            texts: OF_VIEW,
            ..base!(plans, Plans, sqlx::SqlitePool,
                name: "cloudflare plans",
                script: SCRIPT.to_owned(),
                rows: "",
                records: Records::Plans(plans()),
            )
        },
    ]
}

/// Changes of the view.
const OF_VIEW: &[Text] = &[
    Text { name: "without features", from: ") AS features", to: ") AS functions" },
    Text {
        name: "without price",
        from: "SELECT subscriptions.*, (",
        to: "SELECT id, name, description, created_at, updated_at, (",
    },
    Text {
        name: "column by column",
        from: "SELECT subscriptions.*, (",
        to: "SELECT id, name, description, price, created_at, updated_at, (",
    },
    Text { name: "other view", from: "VIEW plans_with_features", to: "VIEW plans_and_features" },
];

const SCRIPT: &str = include_str!("../../schemas/cloudflare.sql");

/// Rows that subscriptions refer to.
const ROWS: &str = "
    WITH RECURSIVE n (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < 60) INSERT INTO customers (id) SELECT n FROM n;
    INSERT INTO subscriptions (id, name, description, price) VALUES (0, 'p', 'p', 1), (1, 'q', 'q', 1);";

fn subscriptions() -> Deeds<Subscription> {
    const STATUSES: [&str; 3] = ["active", "canceled", "expired"];
    let fit = |(number, mut record): (usize, Subscription)| {
        record.id = [1_i64, 2, 3, 1 << 40, 5, 6][number].to_string();
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
fn without_changes(line: &mut String) {
    while let Some(start) = line.find("updated_at: ") {
        let end = line[start..].find('Z').map_or(line.len(), |end| start + end + 1);
        line.replace_range(start..end, "");
    }
}

fn plans() -> Deeds<Plan> {
    let saved = (0..5).map(|number| {
        let mut plan = plan(number, "month");
        plan.id = [1_i64, 2, 3, 1 << 40, 5][number].to_string();
        plan.amount = [0, 1, i64::MAX, -7, 5][number];
        (plan.currency, plan.interval_count, plan.trial_days, plan.active) = ("USD".into(), 1, 0, true);
        (plan.provider_id, plan.features) = Default::default();
        (plan.limits, plan.metadata) = Default::default();
        plan
    });
    let mut saved: Vec<_> = saved.collect();
    // Texts that look like numbers.
    (saved[4].name, saved[4].description) = ("007".into(), "1e3".into());
    Deeds { saved, met: Vec::new() }
}
