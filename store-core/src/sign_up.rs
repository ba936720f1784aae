//! The sign-up guard.

use crate::error::{Conflict, Entity, Result, StoreError};
use crate::subscription::{Subscription, SubscriptionStore};

/// How [`sign_up`] kept a subscriber from having two live subscriptions.
///
/// ```
/// use store_core::SignUp;
///
/// assert_ne!(SignUp::Atomic, SignUp::Checked);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignUp {
    /// By the store's atomic extension: safe against every other caller.
    Atomic,
    /// By looking first and saving then: safe where one instance signs up one subscriber at a time, racy for several.
    Checked,
}

/// Creates a subscription unless its subscriber has a live one, in the safest way that the store has.
///
/// Where the store is atomic ([`as_atomic`](SubscriptionStore::as_atomic)), this is
/// [`create_subscription_if_not_active`](crate::AtomicSubscriptionStore::create_subscription_if_not_active). Where it is
/// not, it looks for a live subscription and for one with this id, and saves if there is neither: between the look and
/// the save another caller can do the same, so both may win. One instance that signs up one subscriber at a time is
/// safe; several are not.
///
/// # Errors
/// `AlreadyExists` as told by
/// [`create_subscription_if_not_active`](crate::AtomicSubscriptionStore::create_subscription_if_not_active), and every
/// error of the store.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), store_core::StoreError> {
/// use chrono::{TimeDelta, Utc};
/// use store_core::{SignUp, Subscription, SubscriptionStatus, sign_up};
///
/// let subscriptions = store_memory::MemorySubscriptionStore::new();
/// let now = Utc::now();
/// let subscription =
///     Subscription::new("sub_1", "user_1", "pro", SubscriptionStatus::Trialing, now..now + TimeDelta::days(30));
/// assert_eq!(sign_up(&subscriptions, &subscription).await?, SignUp::Atomic);
/// # Ok(())
/// # }
/// ```
pub async fn sign_up(store: &dyn SubscriptionStore, subscription: &Subscription) -> Result<SignUp> {
    if let Some(atomic) = store.as_atomic() {
        atomic.create_subscription_if_not_active(subscription).await?;
        return Ok(SignUp::Atomic);
    }
    refuse_if_found(store.get_subscription(&subscription.id).await, Conflict::Id)?;
    if let Some(provider_id) = &subscription.provider_id {
        refuse_if_found(store.get_subscription_by_provider_id(provider_id).await, Conflict::ProviderId)?;
    }
    refuse_if_found(store.get_active_subscription(&subscription.subscriber_id).await, Conflict::Live)?;
    store.save_subscription(subscription).await?;
    Ok(SignUp::Checked)
}

fn refuse_if_found(found: Result<Subscription>, conflict: Conflict) -> Result<()> {
    match found {
        Ok(_) => Err(StoreError::AlreadyExists { entity: Entity::Subscription, conflict }),
        Err(StoreError::NotFound { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}
