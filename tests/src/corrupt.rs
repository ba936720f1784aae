//! Breaking rows behind a store's back.

use async_trait::async_trait;
use sqlx::{AssertSqlSafe, Executor, MySqlPool, PgPool, SqlitePool};
use store_core::Entity;
use store_core::contract::Corruptible;

/// Breaks the rows of the default tables.
pub struct Breaker<P>(pub P);

const TIMES: &[&str] = &[
    "current_period_start",
    "current_period_end",
    "trial_start",
    "trial_end",
    "canceled_at",
    "paused_at",
    "created_at",
    "updated_at",
    "recorded_at",
    "provider_reported_at",
];
const DOCUMENTS: &[&str] = &["features", "limits", "metadata"];
const COUNTS: &[&str] = &["interval_count", "trial_days"];
const NUMBERS: &[&str] = &["amount", "quantity"];

fn table(entity: Entity) -> &'static str {
    match entity {
        Entity::Plan => "plans",
        Entity::Subscription => "subscriptions",
        Entity::Usage => "usage_records",
    }
}

#[async_trait]
impl Corruptible for Breaker<SqlitePool> {
    async fn corrupt(&self, entity: Entity, id: &str, field: &str) -> Option<String> {
        let value = match field {
            // By which the suite finds the row.
            "id" | "subscription_id" => return None,
            "active" => "7",
            _ if TIMES.contains(&field) => "'yesterday'",
            _ if DOCUMENTS.contains(&field) => "'{\"a\":'",
            _ if COUNTS.contains(&field) => "4294967296",
            _ if NUMBERS.contains(&field) => "'much'",
            _ => "x'ff'",
        };
        let sql = format!("UPDATE {} SET \"{field}\" = {value} WHERE id = ?", table(entity));
        sqlx::query(AssertSqlSafe(sql)).bind(id).execute(&self.0).await.expect("SQLite holds anything");
        Some(field.to_owned())
    }
}

#[async_trait]
impl Corruptible for Breaker<PgPool> {
    async fn corrupt(&self, entity: Entity, id: &str, field: &str) -> Option<String> {
        let value = match field {
            _ if TIMES.contains(&field) => "'infinity'",
            _ if DOCUMENTS.contains(&field) => "'[7]'",
            _ if COUNTS.contains(&field) => "-1",
            _ => return None,
        };
        let sql = format!("UPDATE {} SET \"{field}\" = {value} WHERE id = $1", table(entity));
        sqlx::query(AssertSqlSafe(sql)).bind(id).execute(&self.0).await.expect("the column holds it");
        Some(field.to_owned())
    }
}

#[async_trait]
impl Corruptible for Breaker<MySqlPool> {
    async fn corrupt(&self, entity: Entity, id: &str, field: &str) -> Option<String> {
        let value = match field {
            "active" => "7",
            _ if TIMES.contains(&field) => "'0000-00-00 00:00:00'",
            _ if DOCUMENTS.contains(&field) => "'[7]'",
            _ if COUNTS.contains(&field) => "-1",
            _ => return None,
        };
        let sql = format!("UPDATE {} SET `{field}` = {value} WHERE id = ?", table(entity));
        let mut connection = self.0.acquire().await.expect("the server is there");
        // A zero date is refused in strict mode, in which other applications may not be.
        connection.execute("SET SESSION sql_mode = ''").await.expect("every user may");
        sqlx::query(AssertSqlSafe(sql))
            .bind(id)
            .execute(&mut *connection)
            .await
            .expect("the column holds it");
        connection.close().await.expect("it ends with its mode");
        Some(field.to_owned())
    }
}
