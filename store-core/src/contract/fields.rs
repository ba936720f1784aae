//! The fields of a record by their places in the contract.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use store_model::contract::{plan, subscription, usage};

use crate::error::Entity;
use crate::plan::{Plan, PlanInterval};
use crate::subscription::{Subscription, SubscriptionStatus};
use crate::usage::UsageRecord;

/// The value of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Text(String),
    MaybeText(Option<String>),
    Integer(i64),
    Count(u32),
    Boolean(bool),
    Time(DateTime<Utc>),
    MaybeTime(Option<DateTime<Utc>>),
    List(Vec<String>),
    Numbers(BTreeMap<String, i64>),
    Texts(BTreeMap<String, String>),
}

impl Value {
    /// The text that it is, if it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::MaybeText(Some(text)) => Some(text),
            _ => None,
        }
    }

    /// The time that it is, if it is one.
    pub const fn time(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Time(time) | Self::MaybeTime(Some(time)) => Some(*time),
            _ => None,
        }
    }

    /// A text in the place of this one: of a field that may be none or of one that may not.
    pub fn with_text(&self, text: String) -> Self {
        match self {
            Self::MaybeText(_) => Self::MaybeText(Some(text)),
            _ => Self::Text(text),
        }
    }

    /// A time in the place of this one.
    pub const fn with_time(&self, time: DateTime<Utc>) -> Self {
        match self {
            Self::MaybeTime(_) => Self::MaybeTime(Some(time)),
            _ => Self::Time(time),
        }
    }

    /// The same value in the place of another kind: of two fields in one column.
    pub fn in_place_of(self, other: &Self) -> Self {
        match (&self, other) {
            (Self::MaybeText(None), Self::Text(_)) => Self::Text(String::new()),
            (Self::MaybeTime(None), Self::Time(_)) => Self::Time(DateTime::UNIX_EPOCH),
            _ if self.text().is_some() => other.with_text(self.text().unwrap_or_default().to_owned()),
            _ => self.time().map_or(self, |time| other.with_time(time)),
        }
    }

    /// None or empty, of the same kind.
    pub fn empty(&self) -> Self {
        match self {
            Self::Text(_) => Self::Text(String::new()),
            Self::MaybeText(_) => Self::MaybeText(None),
            Self::Integer(_) => Self::Integer(0),
            Self::Count(_) => Self::Count(0),
            Self::Boolean(_) => Self::Boolean(false),
            Self::Time(_) => Self::Time(DateTime::UNIX_EPOCH),
            Self::MaybeTime(_) => Self::MaybeTime(None),
            Self::List(_) => Self::List(Vec::new()),
            Self::Numbers(_) => Self::Numbers(BTreeMap::new()),
            Self::Texts(_) => Self::Texts(BTreeMap::new()),
        }
    }
}

/// A type of a field.
trait Held: Sized {
    fn value(&self) -> Value;

    /// Takes a value of its own kind.
    fn hold(&mut self, value: Value);
}

macro_rules! held {
    ($($type:ty = $variant:ident;)*) => {
        $(impl Held for $type {
            fn value(&self) -> Value {
                Value::$variant(self.clone())
            }

            fn hold(&mut self, value: Value) {
                let Value::$variant(value) = value else { panic!("{value:?} is no {}", stringify!($variant)) };
                *self = value;
            }
        })*
    };
}

held! {
    String = Text;
    Option<String> = MaybeText;
    i64 = Integer;
    u32 = Count;
    bool = Boolean;
    DateTime<Utc> = Time;
    Option<DateTime<Utc>> = MaybeTime;
    Vec<String> = List;
    BTreeMap<String, i64> = Numbers;
    BTreeMap<String, String> = Texts;
}

macro_rules! words {
    ($($type:ty,)*) => {
        $(impl Held for $type {
            fn value(&self) -> Value {
                Value::Text(self.as_str().to_owned())
            }

            fn hold(&mut self, value: Value) {
                let Value::Text(word) = value else { panic!("{value:?} is no word") };
                *self = word.into();
            }
        })*
    };
}

words!(PlanInterval, SubscriptionStatus,);

/// A record of the contract.
pub trait Fields: Sized {
    const ENTITY: Entity;

    /// The time by which lists are ordered, by place.
    const ORDER: usize;

    fn value(&self, place: usize) -> Value;

    /// Takes a value of the kind that the field has.
    fn set(&mut self, place: usize, value: Value);

    fn id(&self) -> &str;
}

macro_rules! fields {
    ($record:ident in $module:ident, by $order:ident: $($place:ident = $field:ident,)*) => {
        impl Fields for $record {
            const ENTITY: Entity = Entity::$record;
            const ORDER: usize = $module::$order;

            fn value(&self, place: usize) -> Value {
                match place {
                    $($module::$place => Held::value(&self.$field),)*
                    _ => panic!("no field has the place {place}"),
                }
            }

            fn set(&mut self, place: usize, value: Value) {
                match place {
                    $($module::$place => Held::hold(&mut self.$field, value),)*
                    _ => panic!("no field has the place {place}"),
                }
            }

            fn id(&self) -> &str {
                &self.id
            }
        }
    };
}

fields! {
    Plan in plan, by CREATED_AT:
    ID = id, PROVIDER_ID = provider_id, NAME = name, DESCRIPTION = description, AMOUNT = amount, CURRENCY = currency,
    INTERVAL = interval, INTERVAL_COUNT = interval_count, TRIAL_DAYS = trial_days, FEATURES = features,
    LIMITS = limits, METADATA = metadata, ACTIVE = active, CREATED_AT = created_at, UPDATED_AT = updated_at,
}

fields! {
    Subscription in subscription, by CREATED_AT:
    ID = id, PROVIDER_ID = provider_id, SUBSCRIBER_ID = subscriber_id, PLAN_ID = plan_id, STATUS = status,
    CURRENT_PERIOD_START = current_period_start, CURRENT_PERIOD_END = current_period_end, TRIAL_START = trial_start,
    TRIAL_END = trial_end, CANCELED_AT = canceled_at, PAUSED_AT = paused_at, METADATA = metadata,
    CREATED_AT = created_at, UPDATED_AT = updated_at,
}

type Usage = UsageRecord;

fields! {
    Usage in usage, by RECORDED_AT:
    ID = id, SUBSCRIPTION_ID = subscription_id, METRIC = metric, QUANTITY = quantity, RECORDED_AT = recorded_at,
    METADATA = metadata, PROVIDER_REPORTED_AT = provider_reported_at,
}
