//! Tables on which nearly everything is said at once: names, forms, labels, meanings of NULL and of other values.

use store_core::__private::{
    Adapter, Column, Constant, Dialect, Entity, Form, Label, Meaning, Null, Options, Place, Stored, Width,
};
use store_model::contract::{plan, subscription, usage};
use store_tests::made;

/// An adapter of such columns beside what its options say.
pub(crate) fn adapter(dialect: Dialect, entity: Entity, options: Options<'static>) -> Adapter<'static> {
    let plain = made::adapter(dialect, entity, options);
    let mut fields = plain.fields.to_vec();
    let said: &[_] = match entity {
        Entity::Plan => PLAN,
        Entity::Subscription => SUBSCRIPTION,
        Entity::Usage => USAGE,
    };
    said.iter().for_each(|(place, column)| fields[*place] = Place::Column(*column));
    if entity == Entity::Plan {
        fields[plan::INTERVAL_COUNT] = Place::Within(plan::INTERVAL as u8);
    }
    Adapter { fields: fields.leak(), ..plain }
}

const fn column(name: &'static str, form: Form<'static>) -> Column<'static> {
    Column::new(name, form)
}

const fn time(name: &'static str) -> Column<'static> {
    column(name, Form::DateTime(6))
}

const fn word(word: &'static str, stored: &'static [Stored<'static>]) -> Label<'static> {
    Label::new(Meaning::Word(word), stored)
}

/// 1990-01-01.
const LONG_AGO: Null<'static> = Null::Also(Constant::Time(631_152_000_000_000));

use Stored::{Integer, Null as Nothing, Text};

const PLAN: &[(usize, Column<'static>)] = &[
    (plan::ID, column("Plan Id", Form::Integer(Width::I64))),
    (plan::PROVIDER_ID, column("sku", Form::Text).with_null(Null::Also(Constant::Text("")))),
    (plan::NAME, column("Title", Form::Text)),
    (plan::DESCRIPTION, column("about", Form::Text).with_null(Null::Is(Constant::Text("")))),
    (plan::AMOUNT, column("Price", Form::Decimal(2))),
    (plan::CURRENCY, column("Currency", Form::Char(3))),
    (plan::INTERVAL, column("billed", Form::Integer(Width::I32)).labelled(UNITS, false)),
    (plan::TRIAL_DAYS, column("trial", Form::Integer(Width::I32)).with_null(Null::Is(Constant::Integer(0)))),
    (plan::FEATURES, column("has", Form::JsonText).with_null(Null::Is(Constant::Empty))),
    (plan::LIMITS, column("up to", Form::JsonText)),
    (plan::METADATA, column("more", Form::Json).with_null(Null::Is(Constant::Empty))),
    (plan::ACTIVE, column("hidden", Form::Text).labelled(HIDDEN, false)),
    (plan::CREATED_AT, time("Made")),
    (plan::UPDATED_AT, time("Changed").with_null(Null::IsField(plan::CREATED_AT as u8))),
];

const UNITS: &[Label<'static>] = &[
    Label::new(Meaning::Interval("week", 1), &[Integer(0)]),
    Label::new(Meaning::Interval("month", 1), &[Integer(1), Integer(11)]),
    Label::new(Meaning::Interval("month", 3), &[Integer(3), Nothing]),
    Label::new(Meaning::Interval("year", 1), &[Integer(12)]),
];

const HIDDEN: &[Label<'static>] = &[
    Label::new(Meaning::Boolean(true), &[Text("n"), Nothing]),
    Label::new(Meaning::Boolean(false), &[Text("y"), Text("Y")]),
];

const SUBSCRIPTION: &[(usize, Column<'static>)] = &[
    (subscription::ID, column("Subscription Id", Form::Uuid)),
    (
        subscription::PROVIDER_ID,
        column("Reference", Form::Text).with_null(Null::Also(Constant::Text("none"))),
    ),
    (subscription::SUBSCRIBER_ID, column("Customer", Form::Uuid)),
    (subscription::PLAN_ID, column("Price", Form::Text).with_null(Null::Is(Constant::Text("free")))),
    (subscription::STATUS, column("State", Form::Integer(Width::I16)).labelled(STATES, true)),
    (subscription::CURRENT_PERIOD_START, time("From")),
    (subscription::CURRENT_PERIOD_END, time("To")),
    (subscription::TRIAL_START, time("Trial From")),
    (subscription::TRIAL_END, time("Trial To")),
    (subscription::CANCELED_AT, time("Canceled").with_null(LONG_AGO)),
    (subscription::PAUSED_AT, time("Paused")),
    (subscription::METADATA, column("More", Form::JsonText).with_null(Null::Is(Constant::Empty))),
    (subscription::CREATED_AT, time("Made")),
    (subscription::UPDATED_AT, time("Changed").with_null(Null::IsField(subscription::CREATED_AT as u8))),
];

const STATES: &[Label<'static>] = &[
    word("trialing", &[Integer(-1)]),
    word("active", &[Integer(1), Integer(2)]),
    word("past_due", &[Integer(3)]),
    word("paused", &[Integer(4), Nothing]),
    word("canceled", &[Integer(5), Integer(55)]),
    word("expired", &[Integer(6)]),
    word("incomplete", &[Integer(0)]),
];

const USAGE: &[(usize, Column<'static>)] = &[
    (usage::ID, column("Usage Id", Form::Uuid)),
    (usage::SUBSCRIPTION_ID, column("Subscription", Form::Uuid)),
    (usage::METRIC, column("What", Form::Text).with_null(Null::Is(Constant::Text("calls")))),
    (usage::QUANTITY, column("Much", Form::Decimal(0))),
    (usage::RECORDED_AT, time("When")),
    (usage::METADATA, column("More", Form::JsonText).with_null(Null::Is(Constant::Empty))),
    (usage::PROVIDER_REPORTED_AT, time("Told").with_null(LONG_AGO)),
];
