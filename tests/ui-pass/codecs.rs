// Codecs without the prelude, beside generics, in a macro, and as the messages say to write them.
#![deny(warnings)]
#![no_implicit_prelude]

use ::std::convert::{From as _, TryFrom as _};
use ::std::result::Result::{self, Ok};
use ::std::string::String;

use ::store_core::{BoxError, Codec, PlanStore, SubscriptionStatus, SubscriptionStore};

pub(crate) struct TrialDays;

impl Codec<u32> for TrialDays {
    type Columns = i32;

    fn encode(days: &u32) -> Result<i32, BoxError> {
        Ok(i32::try_from(*days)?)
    }

    fn decode(days: i32) -> Result<u32, BoxError> {
        Ok(u32::try_from(days)?)
    }
}

pub(crate) struct State;

impl Codec<SubscriptionStatus> for State {
    type Columns = String;

    fn encode(status: &SubscriptionStatus) -> Result<String, BoxError> {
        Ok(String::from(status.as_str()))
    }

    fn decode(word: String) -> Result<SubscriptionStatus, BoxError> {
        Ok(SubscriptionStatus::new(word))
    }
}

mod written {
    pub(crate) use super::TrialDays;

    #[derive(::store_core::PlanStore)]
    #[store(table = "plans", columns(trial_days(with = TrialDays)))]
    struct Plans<T> {
        pool: ::sqlx::SqlitePool,
        clock: T,
    }
}

#[derive(PlanStore)]
#[store(table = "plans", columns(trial_days(with = crate::cases::codecs::TrialDays)))]
struct ByPath {
    pool: ::sqlx::MySqlPool,
}

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", atomic)]
#[store(columns(status(with = State, live_sql = "state IN (1, 2)"), created_at(if_null = "2000-01-01T00:00:00Z")))]
struct Typed {
    pool: ::sqlx::PgPool,
}

// A type that the driver doesn't know.
#[derive(SubscriptionStore)]
#[store(table = "subscriptions", columns(status(with = State, type = "state", live_sql = "status < 'canceled'")))]
struct Enumerated {
    pool: ::sqlx::PgPool,
}

macro_rules! plans {
    ($name:ident, $codec:path, $pool:ty) => {
        #[derive(PlanStore)]
        #[store(table = "plans", columns(trial_days(with = $codec)))]
        struct $name {
            pool: $pool,
        }
    };
}

plans!(InMacro, self::TrialDays, ::sqlx::SqlitePool);

pub(crate) fn main() {}
