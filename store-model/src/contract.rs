//! The one table of contract fields: what each record consists of, in order.
//!
//! Everything that walks over a record reads this table: the derive, the SQL texts, the codecs and the rules that hold
//! a mapping against a table.

use core::fmt;

/// The records that a store keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Entity {
    /// What is sold.
    Plan,
    /// Who has bought which plan, and until when.
    Subscription,
    /// One metered event.
    Usage,
}

impl Entity {
    /// The entity in words, as messages name it: `plan`, `subscription`, `usage record`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Subscription => "subscription",
            Self::Usage => "usage record",
        }
    }

    /// The fields of the record, in the order of the contract.
    #[must_use]
    pub const fn fields(self) -> &'static [Field] {
        match self {
            Self::Plan => plan::FIELDS,
            Self::Subscription => subscription::FIELDS,
            Self::Usage => usage::FIELDS,
        }
    }
}

impl fmt::Display for Entity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One field of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// The contract's word for it, and the default name of its column.
    pub name: &'static str,
    /// What kind of value it holds.
    pub kind: Kind,
}

/// What a field holds, in the contract's terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text that identifies something and is looked up byte for byte.
    Key,
    /// A [`Kind::Key`] that may be none.
    OptionalKey,
    /// Text that is only read.
    Text,
    /// A word of a list that other words may join.
    Word,
    /// A whole number of 64 bits with a sign.
    Integer,
    /// A whole number of 32 bits without a sign.
    Count,
    /// True or false.
    Boolean,
    /// An instant, in whole microseconds.
    Time,
    /// A [`Kind::Time`] that may be none.
    OptionalTime,
    /// A list of texts.
    List,
    /// A map from text to whole numbers.
    Numbers,
    /// A map from text to text.
    Texts,
}

impl Kind {
    /// Whether the field may be none.
    #[must_use]
    pub const fn is_optional(self) -> bool {
        matches!(self, Self::OptionalKey | Self::OptionalTime)
    }

    /// Whether the field is an instant, which may be none.
    #[must_use]
    pub const fn is_time(self) -> bool {
        matches!(self, Self::Time | Self::OptionalTime)
    }

    /// Whether the field is text of some kind: a key, a name, a word.
    #[must_use]
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Key | Self::OptionalKey | Self::Text | Self::Word)
    }
}

const fn field(name: &'static str, kind: Kind) -> Field {
    Field { name, kind }
}

macro_rules! record {
    ($(#[$doc:meta])* $module:ident { $($constant:ident = $name:literal: $kind:ident,)* }) => {
        $(#[$doc])*
        pub mod $module {
            use super::{Field, Kind, field};

            record!(@index 0usize; $($constant)*);

            /// The fields, in the order of the contract.
            pub const FIELDS: &[Field] = &[$(field($name, Kind::$kind)),*];
        }
    };
    (@index $index:expr; $constant:ident $($rest:ident)*) => {
        #[doc = "The place of this field in the record."]
        pub const $constant: usize = $index;
        record!(@index $index + 1; $($rest)*);
    };
    (@index $index:expr;) => {};
}

record! {
    /// Places of the fields of a plan.
    plan {
        ID = "id": Key,
        PROVIDER_ID = "provider_id": OptionalKey,
        NAME = "name": Text,
        DESCRIPTION = "description": Text,
        AMOUNT = "amount": Integer,
        CURRENCY = "currency": Text,
        INTERVAL = "interval": Word,
        INTERVAL_COUNT = "interval_count": Count,
        TRIAL_DAYS = "trial_days": Count,
        FEATURES = "features": List,
        LIMITS = "limits": Numbers,
        METADATA = "metadata": Texts,
        ACTIVE = "active": Boolean,
        CREATED_AT = "created_at": Time,
        UPDATED_AT = "updated_at": Time,
    }
}

record! {
    /// Places of the fields of a subscription.
    subscription {
        ID = "id": Key,
        PROVIDER_ID = "provider_id": OptionalKey,
        SUBSCRIBER_ID = "subscriber_id": Key,
        PLAN_ID = "plan_id": Key,
        STATUS = "status": Word,
        CURRENT_PERIOD_START = "current_period_start": Time,
        CURRENT_PERIOD_END = "current_period_end": Time,
        TRIAL_START = "trial_start": OptionalTime,
        TRIAL_END = "trial_end": OptionalTime,
        CANCELED_AT = "canceled_at": OptionalTime,
        PAUSED_AT = "paused_at": OptionalTime,
        METADATA = "metadata": Texts,
        CREATED_AT = "created_at": Time,
        UPDATED_AT = "updated_at": Time,
    }
}

record! {
    /// Places of the fields of a usage record.
    usage {
        ID = "id": Key,
        SUBSCRIPTION_ID = "subscription_id": Key,
        METRIC = "metric": Key,
        QUANTITY = "quantity": Integer,
        RECORDED_AT = "recorded_at": Time,
        METADATA = "metadata": Texts,
        PROVIDER_REPORTED_AT = "provider_reported_at": OptionalTime,
    }
}

/// The contract's words for a subscription's status.
pub mod status {
    /// In its trial; live.
    pub const TRIALING: &str = "trialing";
    /// Paid for; live.
    pub const ACTIVE: &str = "active";
    /// Suspended on purpose.
    pub const PAUSED: &str = "paused";
    /// Unpaid.
    pub const PAST_DUE: &str = "past_due";
    /// Ended on purpose.
    pub const CANCELED: &str = "canceled";
    /// Ended by time.
    pub const EXPIRED: &str = "expired";

    /// Every word.
    pub const ALL: [&str; 6] = [TRIALING, ACTIVE, PAUSED, PAST_DUE, CANCELED, EXPIRED];

    /// The words of which a subscriber has at most one subscription in an atomic store.
    pub const LIVE: [&str; 2] = [ACTIVE, TRIALING];
}

/// The contract's words for a plan's interval.
pub mod interval {
    /// A day.
    pub const DAY: &str = "day";
    /// A week.
    pub const WEEK: &str = "week";
    /// A month of the calendar.
    pub const MONTH: &str = "month";
    /// A year of the calendar.
    pub const YEAR: &str = "year";

    /// Every word.
    pub const ALL: [&str; 4] = [DAY, WEEK, MONTH, YEAR];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_names_its_field() {
        assert_eq!(plan::FIELDS[plan::UPDATED_AT].name, "updated_at");
        assert_eq!(subscription::FIELDS[subscription::STATUS].name, "status");
        assert_eq!(usage::FIELDS[usage::PROVIDER_REPORTED_AT].name, "provider_reported_at");
    }
}
