//! Records as values in the order of the contract, and back.

use store_model::adapter::Bind;
use store_model::contract::{plan, subscription, usage};

use super::dialect::Dialect;
use super::row::Row;
use crate::codec::{self, Value};
use crate::error::{Entity, Result};
use crate::plan::{Plan, PlanInterval};
use crate::subscription::{Subscription, SubscriptionStatus};
use crate::usage::UsageRecord;

/// What a statement takes its values from.
pub(crate) trait Inputs: Sync {
    /// The value that a placeholder stands for.
    fn value(&self, bind: Bind) -> Value<'_>;
}

/// A few values by what binds them: keys, ends of ranges, limits.
pub(crate) struct Keys<'a, const N: usize>(pub(crate) [(Bind, Value<'a>); N]);

impl<const N: usize> Inputs for Keys<'_, N> {
    fn value(&self, bind: Bind) -> Value<'_> {
        let found = self.0.iter().find(|(known, _)| *known == bind);
        found
            .map(|(_, value)| *value)
            .unwrap_or_else(|| panic!("the operation has no value for placeholder {bind}"))
    }
}

/// A place of the contract as what binds it.
pub(crate) const fn bind(place: usize) -> Bind {
    // A record has far fewer fields than 256.
    place as Bind
}

/// A record of the contract.
pub(crate) trait Record: Inputs + Send + Unpin + Sized {
    const ENTITY: Entity;

    fn read<DB: Dialect>(row: &Row<'_, DB>) -> Result<Self>;

    fn id(&self) -> &str;

    /// Whether another live row of its subscriber stands in its way.
    fn is_live(&self) -> bool {
        false
    }
}

impl Inputs for Plan {
    fn value(&self, bind: Bind) -> Value<'_> {
        match usize::from(bind) {
            plan::ID => Value::Text(&self.id),
            plan::PROVIDER_ID => Value::OptionalText(self.provider_id.as_deref()),
            plan::NAME => Value::Text(&self.name),
            plan::DESCRIPTION => Value::Text(&self.description),
            plan::AMOUNT => Value::Integer(self.amount),
            plan::CURRENCY => Value::Text(&self.currency),
            plan::INTERVAL => Value::Interval(self.interval.as_str(), self.interval_count),
            plan::INTERVAL_COUNT => Value::Integer(self.interval_count.into()),
            plan::TRIAL_DAYS => Value::Integer(self.trial_days.into()),
            plan::FEATURES => Value::List(&self.features),
            plan::LIMITS => Value::Numbers(&self.limits),
            plan::METADATA => Value::Texts(&self.metadata),
            plan::ACTIVE => Value::Boolean(self.active),
            plan::CREATED_AT => Value::Time(self.created_at),
            plan::UPDATED_AT => Value::Time(self.updated_at),
            place => panic!("a plan has no field {place}"),
        }
    }
}

impl Record for Plan {
    const ENTITY: Entity = Entity::Plan;

    fn read<DB: Dialect>(row: &Row<'_, DB>) -> Result<Self> {
        Ok(Self {
            id: row.text(plan::ID)?,
            provider_id: row.optional_text(plan::PROVIDER_ID)?,
            name: row.text(plan::NAME)?,
            description: row.text(plan::DESCRIPTION)?,
            amount: row.integer(plan::AMOUNT)?,
            currency: row.text(plan::CURRENCY)?,
            interval: PlanInterval::new(&*row.field(plan::INTERVAL, codec::unit)?),
            interval_count: row.count(plan::INTERVAL_COUNT)?,
            trial_days: row.count(plan::TRIAL_DAYS)?,
            features: row.list(plan::FEATURES)?,
            limits: row.numbers(plan::LIMITS)?,
            metadata: row.texts(plan::METADATA)?,
            active: row.boolean(plan::ACTIVE)?,
            created_at: row.time(plan::CREATED_AT)?,
            updated_at: row.time(plan::UPDATED_AT)?,
        })
    }

    fn id(&self) -> &str {
        &self.id
    }
}

impl Inputs for Subscription {
    fn value(&self, bind: Bind) -> Value<'_> {
        match usize::from(bind) {
            subscription::ID => Value::Text(&self.id),
            subscription::PROVIDER_ID => Value::OptionalText(self.provider_id.as_deref()),
            subscription::SUBSCRIBER_ID => Value::Text(&self.subscriber_id),
            subscription::PLAN_ID => Value::Text(&self.plan_id),
            subscription::STATUS => Value::Text(self.status.as_str()),
            subscription::CURRENT_PERIOD_START => Value::Time(self.current_period_start),
            subscription::CURRENT_PERIOD_END => Value::Time(self.current_period_end),
            subscription::TRIAL_START => Value::OptionalTime(self.trial_start),
            subscription::TRIAL_END => Value::OptionalTime(self.trial_end),
            subscription::CANCELED_AT => Value::OptionalTime(self.canceled_at),
            subscription::PAUSED_AT => Value::OptionalTime(self.paused_at),
            subscription::METADATA => Value::Texts(&self.metadata),
            subscription::CREATED_AT => Value::Time(self.created_at),
            subscription::UPDATED_AT => Value::Time(self.updated_at),
            place => panic!("a subscription has no field {place}"),
        }
    }
}

impl Record for Subscription {
    const ENTITY: Entity = Entity::Subscription;

    fn read<DB: Dialect>(row: &Row<'_, DB>) -> Result<Self> {
        Ok(Self {
            id: row.text(subscription::ID)?,
            provider_id: row.optional_text(subscription::PROVIDER_ID)?,
            subscriber_id: row.text(subscription::SUBSCRIBER_ID)?,
            plan_id: row.text(subscription::PLAN_ID)?,
            status: SubscriptionStatus::new(&*row.word(subscription::STATUS)?),
            current_period_start: row.time(subscription::CURRENT_PERIOD_START)?,
            current_period_end: row.time(subscription::CURRENT_PERIOD_END)?,
            trial_start: row.optional_time(subscription::TRIAL_START)?,
            trial_end: row.optional_time(subscription::TRIAL_END)?,
            canceled_at: row.optional_time(subscription::CANCELED_AT)?,
            paused_at: row.optional_time(subscription::PAUSED_AT)?,
            metadata: row.texts(subscription::METADATA)?,
            created_at: row.time(subscription::CREATED_AT)?,
            updated_at: row.time(subscription::UPDATED_AT)?,
        })
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn is_live(&self) -> bool {
        self.status.is_live()
    }
}

impl Inputs for UsageRecord {
    fn value(&self, bind: Bind) -> Value<'_> {
        match usize::from(bind) {
            usage::ID => Value::Text(&self.id),
            usage::SUBSCRIPTION_ID => Value::Text(&self.subscription_id),
            usage::METRIC => Value::Text(&self.metric),
            usage::QUANTITY => Value::Integer(self.quantity),
            usage::RECORDED_AT => Value::Time(self.recorded_at),
            usage::METADATA => Value::Texts(&self.metadata),
            usage::PROVIDER_REPORTED_AT => Value::OptionalTime(self.provider_reported_at),
            place => panic!("a usage record has no field {place}"),
        }
    }
}

impl Record for UsageRecord {
    const ENTITY: Entity = Entity::Usage;

    fn read<DB: Dialect>(row: &Row<'_, DB>) -> Result<Self> {
        Ok(Self {
            id: row.text(usage::ID)?,
            subscription_id: row.text(usage::SUBSCRIPTION_ID)?,
            metric: row.text(usage::METRIC)?,
            quantity: row.integer(usage::QUANTITY)?,
            recorded_at: row.time(usage::RECORDED_AT)?,
            metadata: row.texts(usage::METADATA)?,
            provider_reported_at: row.optional_time(usage::PROVIDER_REPORTED_AT)?,
        })
    }

    fn id(&self) -> &str {
        &self.id
    }
}
