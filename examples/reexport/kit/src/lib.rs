//! A billing engine as a library. Its users name one crate, this one: `store_core` comes with it.

use std::sync::Arc;

use chrono::{TimeDelta, Utc};

/// For derives, `#[store(.., crate = reexport_kit::store_core)]`, and for the sqlx in it.
pub use store_core;

use store_core::{Result, SignUp, Subscription, SubscriptionStatus, SubscriptionStore, sign_up};

/// Signs people up, in whatever store it is given.
pub struct Engine {
    store: Arc<dyn SubscriptionStore>,
}

impl Engine {
    /// An engine on a store.
    pub fn new(store: Arc<dyn SubscriptionStore>) -> Self {
        Self { store }
    }

    /// Starts a month on a plan; how safely it was done.
    pub async fn subscribe(&self, user: &str, plan: &str) -> Result<SignUp> {
        let now = Utc::now();
        let month = now..now + TimeDelta::days(30);
        let id = format!("sub_{user}_{}", now.timestamp_micros());
        sign_up(&*self.store, &Subscription::new(id, user, plan, SubscriptionStatus::Active, month)).await
    }
}
