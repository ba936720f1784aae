//! A store written by hand, over a plain structure, and held against the contract:
//! `cargo test -p store-examples --example hand_written_store`.

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::{Mutex, MutexGuard, PoisonError};

use store_core::{
    Conflict, Entity, Plan, PlanFilter, PlanInterval, PlanStore, Result, StoreError, async_trait, to_micros,
};

/// Plans by id, behind one lock: a call happens whole or not at all.
#[derive(Default)]
struct Plans(Mutex<BTreeMap<String, Plan>>);

impl Plans {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Plan>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn not_found(id: &str) -> StoreError {
    StoreError::NotFound { entity: Entity::Plan, key: id.into() }
}

#[async_trait]
impl PlanStore for Plans {
    async fn save_plan(&self, plan: &Plan) -> Result<()> {
        let mut plans = self.lock();
        let mut others = plans.values().filter(|other| other.id != plan.id);
        if plan.provider_id.is_some() && others.any(|other| other.provider_id == plan.provider_id) {
            return Err(StoreError::AlreadyExists { entity: Entity::Plan, conflict: Conflict::ProviderId });
        }
        let (created_at, updated_at) = (to_micros(plan.created_at), to_micros(plan.updated_at));
        plans.insert(plan.id.clone(), Plan { created_at, updated_at, ..plan.clone() });
        Ok(())
    }

    async fn get_plan(&self, id: &str) -> Result<Plan> {
        self.lock().get(id).cloned().ok_or_else(|| not_found(id))
    }

    async fn list_plans(&self, filter: &PlanFilter) -> Result<Vec<Plan>> {
        let plans = self.lock();
        let mut plans: Vec<_> =
            plans.values().filter(|plan| plan.active || !filter.active_only).cloned().collect();
        // By id they are in order already, and a stable sort keeps it among those made at one time.
        plans.sort_by_key(|plan| plan.created_at);
        Ok(plans)
    }

    async fn delete_plan(&self, id: &str) -> Result<()> {
        self.lock().remove(id).map(drop).ok_or_else(|| not_found(id))
    }
}

// One `#[test]` for each rule.
store_core::contract_tests!(plan(), async { Plans::default() });

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let plans = Plans::default();
    plans.save_plan(&Plan::new("pro", "Pro", 1_900, "EUR", PlanInterval::Month)).await?;
    println!(
        "{} costs {} cents a month",
        plans.get_plan("pro").await?.name,
        plans.get_plan("pro").await?.amount
    );
    println!("{}", plans.get_plan("basic").await.expect_err("it was never saved"));
    Ok(())
}
