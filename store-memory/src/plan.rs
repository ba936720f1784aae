//! The store of plans.

use std::collections::HashMap;

use store_core::{Conflict, Entity, Plan, PlanFilter, PlanStore, Result, StoreError, async_trait, to_micros};

use crate::shared::Shared;

/// Plans in memory; a clone is a handle to the same plans.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), store_core::StoreError> {
/// use store_core::{Plan, PlanInterval, PlanStore};
/// use store_memory::MemoryPlanStore;
///
/// let plans = MemoryPlanStore::new();
/// plans.save_plan(&Plan::new("pro", "Pro", 1_900, "EUR", PlanInterval::Month)).await?;
/// assert_eq!(plans.get_plan("pro").await?.amount, 1_900);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct MemoryPlanStore {
    state: Shared<State>,
}

impl MemoryPlanStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

#[async_trait]
impl PlanStore for MemoryPlanStore {
    async fn save_plan(&self, plan: &Plan) -> Result<()> {
        let plan = as_stored(plan);
        self.state.write().save(plan)
    }

    async fn get_plan(&self, id: &str) -> Result<Plan> {
        self.state.read().by_id.get(id).cloned().ok_or_else(|| not_found(id))
    }

    async fn list_plans(&self, filter: &PlanFilter) -> Result<Vec<Plan>> {
        Ok(self.state.read().list(filter))
    }

    async fn delete_plan(&self, id: &str) -> Result<()> {
        self.state.write().remove(id).map(drop).ok_or_else(|| not_found(id))
    }
}

#[derive(Default)]
struct State {
    by_id: HashMap<String, Plan>,
    /// Which plan has a provider id.
    id_by_provider_id: HashMap<String, String>,
}

impl State {
    fn save(&mut self, plan: Plan) -> Result<()> {
        let owner = plan.provider_id.as_ref().and_then(|provider_id| self.id_by_provider_id.get(provider_id));
        if owner.is_some_and(|owner| *owner != plan.id) {
            return Err(StoreError::AlreadyExists { entity: Entity::Plan, conflict: Conflict::ProviderId });
        }
        self.remove(&plan.id);
        self.insert(plan);
        Ok(())
    }

    fn list(&self, filter: &PlanFilter) -> Vec<Plan> {
        let mut plans: Vec<_> =
            self.by_id.values().filter(|plan| plan.active || !filter.active_only).collect();
        plans.sort_unstable_by_key(|plan| (plan.created_at, &plan.id));
        plans.into_iter().cloned().collect()
    }

    // Only these two change the indexes.

    fn insert(&mut self, plan: Plan) {
        if let Some(provider_id) = &plan.provider_id {
            self.id_by_provider_id.insert(provider_id.clone(), plan.id.clone());
        }
        self.by_id.insert(plan.id.clone(), plan);
    }

    fn remove(&mut self, id: &str) -> Option<Plan> {
        let plan = self.by_id.remove(id)?;
        if let Some(provider_id) = &plan.provider_id {
            self.id_by_provider_id.remove(provider_id);
        }
        Some(plan)
    }
}

fn as_stored(plan: &Plan) -> Plan {
    Plan { created_at: to_micros(plan.created_at), updated_at: to_micros(plan.updated_at), ..plan.clone() }
}

fn not_found(id: &str) -> StoreError {
    StoreError::NotFound { entity: Entity::Plan, key: id.to_owned() }
}
