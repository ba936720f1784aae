//! What a store does beside its table's rows by id: it looks at documents, of which a save leaves the text, and a mark the
//! value.

use store_core::__private::{Backend, Entity, Scope};
use store_core::{
    Plan, PlanInterval, PlanStore as _, ReportableUsageStore as _, Subscription, SubscriptionStatus,
    SubscriptionStore as _, UsageRecord, UsageStore as _,
};

use super::{Checked, Leak, Stores, absent, at, done};

impl<DB: Backend> Stores<DB>
where
    String: Scope<DB>,
    for<'c> &'c mut DB::Connection: sqlx::Executor<'c, Database = DB>,
{
    /// Only a document of the subject's own stays as it is where it reads as what is saved.
    pub(crate) async fn documents(&self, entity: Entity) -> Checked {
        if entity == Entity::Usage {
            return self.documents_of_usage().await;
        }
        if self.ids_are_shared {
            // No row of theirs has an id of the subject's, and one that it can't have is refused.
            return Ok(());
        }
        let table = if entity == Entity::Plan { "plans" } else { "subscriptions" };
        self.save_document(entity, &self.theirs, 21).await?;
        self.run(&format!("UPDATE {table} SET metadata = '{{ }}' WHERE id = 'doc'")).await?;
        // A new row has no document yet that could stay.
        self.save_document(entity, &self.subject, 20).await?;
        for document in ["{ }", "{}"] {
            let sql = format!("SELECT id FROM {table} WHERE id = 'doc' AND metadata = '{document}'");
            if !self.run(&sql).await? {
                return Err(Leak(format!("save: no document is `{document}`")));
            }
        }
        Ok(())
    }

    async fn save_document(
        &self,
        entity: Entity,
        store: &store_tests::made::Made<DB>,
        number: i64,
    ) -> Checked {
        let saved = if entity == Entity::Plan {
            store.save_plan(&Plan::new("doc", "Pro", number, "EUR", PlanInterval::Month)).await
        } else {
            let period = at(0)..at(720);
            let canceled = SubscriptionStatus::Canceled;
            store.save_subscription(&Subscription::new("doc", "doc", "pro", canceled, period)).await
        };
        done("save a document", saved)
    }

    /// Whether a document of theirs is sound is none of the subject's business.
    async fn documents_of_usage(&self) -> Checked {
        let used = UsageRecord::new("doc", "sub", "calls", 128, at(20));
        done("setup", self.theirs.save_usage_record(&used).await)?;
        self.run("UPDATE usage_records SET details = '[]' WHERE quantity = 128").await?;
        absent("mark an unsound one of theirs", self.subject.mark_usage_reported("doc", at(60)).await)
    }

    /// Runs plain SQL; whether it gave a row.
    async fn run(&self, sql: &str) -> Result<bool, Leak> {
        use sqlx::Executor as _;
        let mut connection = self.pool.acquire().await.map_err(|error| Leak(error.to_string()))?;
        let row = connection.fetch_optional(sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned()))).await;
        row.map(|row| row.is_some()).map_err(|error| Leak(format!("{sql}: {error}")))
    }
}
