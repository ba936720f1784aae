//! A plan store that makes one mistake.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use store_core::contract::Corruptible;
use store_core::{Conflict, Entity, Plan, PlanFilter, PlanInterval, PlanStore, Result, async_trait};

use crate::fault::Fault;
use crate::rows::{Row, Rows};

impl Row for Plan {
    const ENTITY: Entity = Entity::Plan;

    fn id(&self) -> &str {
        &self.id
    }

    fn set_id(&mut self, id: String) {
        self.id = id;
    }

    fn provider_id(&self) -> Option<&str> {
        self.provider_id.as_deref()
    }

    fn set_provider_id(&mut self, provider_id: Option<String>) {
        self.provider_id = provider_id;
    }

    fn metadata(&mut self) -> &mut BTreeMap<String, String> {
        &mut self.metadata
    }

    fn times(&mut self) -> Vec<&mut DateTime<Utc>> {
        vec![&mut self.created_at, &mut self.updated_at]
    }

    fn time(&self) -> DateTime<Utc> {
        self.created_at
    }

    fn set_time(&mut self, time: DateTime<Utc>) {
        self.created_at = time;
    }

    fn word(&self) -> Option<(&str, &'static str)> {
        Some((self.interval.as_str(), "month"))
    }

    fn set_word(&mut self, word: &str) {
        self.interval = PlanInterval::new(word);
    }
}

pub(crate) struct Plans(Rows<Plan>);

impl Plans {
    pub(crate) fn new(fault: Option<Fault>) -> Self {
        Self(Rows::new(fault))
    }
}

#[async_trait]
impl PlanStore for Plans {
    async fn save_plan(&self, plan: &Plan) -> Result<()> {
        let mut plan = self.0.taken_in(plan)?;
        if self.0.has(Fault::AmountOf32Bits) {
            plan.amount = i64::from(plan.amount as i32);
        }
        if self.0.has(Fault::CountOf31Bits) {
            plan.trial_days = plan.trial_days.min(i32::MAX as u32);
        }
        if self.0.has(Fault::FeaturesSorted) {
            plan.features.sort();
        }
        let check = |rows: &[Plan], plan: &Plan| {
            if self.0.has(Fault::ReplacingRefused) && rows.iter().any(|row| row.id == plan.id) {
                return self.0.refused(Conflict::Id);
            }
            self.0.check_provider_id(rows, plan)
        };
        self.0.write(plan, check).await
    }

    async fn get_plan(&self, id: &str) -> Result<Plan> {
        self.0.get(id)
    }

    async fn list_plans(&self, filter: &PlanFilter) -> Result<Vec<Plan>> {
        self.0.list(|plan| {
            if self.0.has(Fault::ActiveOnlyInverted) {
                return plan.active || filter.active_only;
            }
            plan.active || !filter.active_only || self.0.has(Fault::ActiveOnlyIgnored)
        })
    }

    async fn delete_plan(&self, id: &str) -> Result<()> {
        self.0.remove(id)
    }
}

#[async_trait]
impl Corruptible for Plans {
    async fn corrupt(&self, _: Entity, id: &str, field: &str) -> Option<String> {
        self.0.corrupt(id, field)
    }
}
