use chrono::{DateTime, Utc};
use store_core::mapping::Constant;
use store_core::{Plan, PlanFilter, PlanStore, Result, async_trait};

use super::{Broken, Narrow, Narrowed};
use crate::plans::Plans;

impl Narrowed for Plan {
    const ALWAYS: (&'static str, &'static str) = ("currency", "EUR");
    const WORDS: Option<(&'static str, &'static [&'static str])> = Some(("interval", &["month", "year"]));
    const NUMBER: Option<&'static str> = Some("amount");
    const TIMES: [&'static str; 2] = ["created_at", "updated_at"];
    const NONE: (&'static str, Constant<'static>) = ("provider_id", Constant::Text(""));
    const SHARED: (&'static str, &'static str) = ("provider_id", "id");
    const DROPPED: (&'static str, Option<&'static str>) = ("updated_at", Some("created_at"));
    const DECIDED: Option<&'static str> = Some("active");

    fn always(&mut self) -> &mut String {
        &mut self.currency
    }

    fn number(&mut self) -> Option<&mut i64> {
        Some(&mut self.amount)
    }

    fn cut(&mut self) -> &mut DateTime<Utc> {
        &mut self.created_at
    }

    fn exact(&mut self) -> Option<&mut DateTime<Utc>> {
        Some(&mut self.updated_at)
    }

    fn is_none_value(&self) -> bool {
        self.provider_id.as_deref() == Some("")
    }

    fn set_none(&mut self) {
        self.provider_id = None;
    }

    fn is_missing(&self) -> bool {
        self.provider_id.is_none()
    }

    fn is_shared(&self) -> bool {
        self.provider_id.as_deref() == Some(&self.id)
    }

    fn share(&mut self) {
        self.provider_id = Some(self.id.clone());
    }

    fn drop_time(&mut self) -> bool {
        std::mem::replace(&mut self.updated_at, self.created_at) != self.created_at
    }

    fn made(&mut self) -> &mut DateTime<Utc> {
        &mut self.updated_at
    }

    fn agree(&mut self) -> bool {
        let amount = if self.active { self.amount.max(1) } else { self.amount.min(0) };
        std::mem::replace(&mut self.amount, amount) != amount
    }
}

#[async_trait]
impl PlanStore for Narrow<Plans> {
    async fn save_plan(&self, plan: &Plan) -> Result<()> {
        match self.taken_in(plan) {
            Ok(plan) => {
                if self.is(Broken::RepeatIsRefused) && plan.provider_id.is_some() {
                    let listed = self.store.list_plans(&PlanFilter::default()).await?;
                    let taken = |one: &Plan| one.provider_id == plan.provider_id && one.id != plan.id;
                    if listed.iter().any(taken) {
                        return Err(super::provider_id_is_taken::<Plan>());
                    }
                }
                self.store.save_plan(&plan).await
            }
            Err(error) => {
                if let (true, Ok(old)) =
                    (self.is(Broken::RefusedReplacementIsHalfDone), self.store.get_plan(&plan.id).await)
                {
                    self.store.save_plan(&Plan { name: plan.name.clone() + " half", ..old }).await?;
                }
                Err(error)
            }
        }
    }

    async fn get_plan(&self, id: &str) -> Result<Plan> {
        self.key::<Plan>(id)?;
        self.store.get_plan(id).await
    }

    async fn list_plans(&self, filter: &PlanFilter) -> Result<Vec<Plan>> {
        Ok(self.sorted(self.store.list_plans(filter).await?))
    }

    async fn delete_plan(&self, id: &str) -> Result<()> {
        self.store.delete_plan(id).await?;
        self.delete(id);
        Ok(())
    }
}
