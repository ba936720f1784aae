//! The memory stores hold every rule of the contract.

use store_memory::{MemoryPlanStore, MemorySubscriptionStore, MemoryUsageStore};

store_core::contract_tests!(plan(), async { MemoryPlanStore::new() });
store_core::contract_tests!(subscription(atomic), async { MemorySubscriptionStore::new() });
store_core::contract_tests!(usage(reportable), async { MemoryUsageStore::new() });
