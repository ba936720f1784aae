//! The types of arguments, where they are not those that a field is sent in by default.
//!
//! A driver keeps prepared statements by their text alone, and on Postgres the first to prepare one decides what its
//! arguments are: of two stores on one pool the second would have its numbers read as texts, or refused. So a text says the
//! types by which it could differ from another. Which type a field of the store's own struct is of, only its compiler knows.

use super::blank;
use super::form::is_decimal;
use crate::adapter::{Adapter, Bind, Bound, Column, Dialect, Source, part_of};
use crate::contract::{Kind, usage};
use crate::form::{Carrier, Form};

/// `::int4` after the placeholder of a bind, or nothing.
pub(super) fn cast(adapter: &Adapter<'_>, bind: Bind) -> String {
    match argument(adapter, bind).filter(|_| adapter.dialect == Dialect::Postgres) {
        Some((column, carrier, kind)) => cast_of(&column, carrier, kind),
        None => String::new(),
    }
}

fn cast_of(column: &Column<'_>, carrier: Carrier, kind: Kind) -> String {
    if let (Form::Coded(coded), false) = (column.form, column.is_within()) {
        return blank::cast(coded);
    }
    // What a decimal is sent as is said by the cast that it gets anyway.
    let is_said = is_decimal(column.form) && column.sql_type.is_none() && !column.is_within();
    if is_said || carrier == Form::of(kind).carrier(Dialect::Postgres) {
        return String::new();
    }
    cast_to(carrier).to_owned()
}

/// The column that an argument is for, what is sent for it, and the kind of the field that it is the value of.
fn argument<'a>(adapter: &Adapter<'a>, bind: Bind) -> Option<(Column<'a>, Carrier, Kind)> {
    let (dialect, kind) = (adapter.dialect, |place: usize| adapter.entity.fields()[place].kind);
    let sent = |column: &Column<'a>, kind| Some((*column, column.sent(dialect), kind));
    match Bound::of(bind) {
        Bound::Field(place) if adapter.decided(place).is_some() => None,
        Bound::Field(place) => {
            let column = adapter.part(place, part_of(bind)).column;
            Some((*column, column.stored(dialect), kind(place)))
        }
        Bound::Plain(place) | Bound::Null(place) => {
            sent(adapter.part(place, part_of(bind)).column, kind(place))
        }
        Bound::From | Bound::To => sent(adapter.kept(usage::RECORDED_AT), Kind::Time),
        Bound::Now => sent(&adapter.options().soft_delete?.column, Kind::Time),
        Bound::Extra(number) => {
            let further = adapter.options().further().nth(number)?;
            let Source::Field(place) = further.value else { return None };
            sent(&further.column, kind(place.into()))
        }
        Bound::Own(_) | Bound::Limit => None,
    }
}

/// A cast of Postgres to the type that its driver sends.
#[must_use]
pub const fn cast_to(carrier: Carrier) -> &'static str {
    match carrier {
        Carrier::Text => "::text",
        Carrier::Small => "::int2",
        Carrier::Int => "::int4",
        Carrier::Big | Carrier::Unsigned => "::int8",
        Carrier::Double | Carrier::Number => "::float8",
        Carrier::Boolean => "::boolean",
        Carrier::Time => "::timestamptz",
        Carrier::Naive => "::timestamp",
        Carrier::Date => "::date",
        Carrier::Bytes => "::bytea",
        Carrier::Json => "::jsonb",
        Carrier::Array => "::text[]",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::adapter::{Extra, Options, Place, SoftDelete, Stored, Table};
    use crate::contract::{Entity, plan, subscription};
    use crate::form::{Unit, Width};
    use crate::sql::statements;

    const NUMBERS: &[Form<'static>] = &[
        Form::INTEGER,
        Form::Integer(Width::I16),
        Form::Integer(Width::I32),
        Form::Integer(Width::U8),
        Form::Decimal(2),
        Form::Double(2),
        Form::Digits,
        Form::DecimalText(2),
    ];
    const KEYS: &[Form<'static>] =
        &[Form::Text, Form::INTEGER, Form::Integer(Width::I32), Form::Uuid, Form::UuidBytes, Form::Char(9)];
    const TIMES: &[Form<'static>] = &[
        Form::Time,
        Form::Timestamp(6),
        Form::Date,
        Form::Epoch(Unit::Seconds),
        Form::TimeText("%Y-%m-%d %H:%M:%S"),
    ];
    const DOCUMENTS: &[Form<'static>] = &[Form::Json, Form::JsonText, Form::Array, Form::Delimited(",")];
    const TRUTHS: &[Form<'static>] = &[Form::Boolean, Form::Text, Form::Integer(Width::I16)];

    const fn forms(kind: Kind) -> &'static [Form<'static>] {
        match kind {
            Kind::Key | Kind::OptionalKey | Kind::Text | Kind::Word => KEYS,
            Kind::Integer | Kind::Count => NUMBERS,
            Kind::Time | Kind::OptionalTime => TIMES,
            Kind::List | Kind::Numbers | Kind::Texts => DOCUMENTS,
            Kind::Boolean => TRUTHS,
        }
    }

    /// What the driver sends for a bind.
    fn sent(adapter: &Adapter<'_>, bind: Bind) -> Carrier {
        let column = match Bound::of(bind) {
            Bound::Field(place) | Bound::Plain(place) | Bound::Null(place) => *adapter.kept(place),
            Bound::From | Bound::To => *adapter.kept(usage::RECORDED_AT),
            Bound::Now => adapter.options().soft_delete.expect("a mark").column,
            Bound::Extra(number) => adapter.options().further().nth(number).expect("a column").column,
            Bound::Own(_) => Column::new("", Form::Text),
            Bound::Limit => Column::new("", Form::INTEGER),
        };
        column.sent(Dialect::Postgres)
    }

    /// Adapters of one table: one after the other each of its fields in each form, and what is beside the fields.
    fn adapters(entity: Entity) -> Vec<Adapter<'static>> {
        let mut adapters = Vec::new();
        let mut adapter = |changed: usize, form: Form<'static>| {
            let column = |(place, field): (usize, &crate::contract::Field)| {
                let form = if place == changed { form } else { Form::of(field.kind) };
                Place::Column(Column::new(field.name, form))
            };
            let mut fields: Vec<_> = entity.fields().iter().enumerate().map(column).collect();
            let time = if changed == usize::MAX { form } else { Form::Time };
            let copied = match entity {
                Entity::Plan => plan::CREATED_AT,
                Entity::Subscription => subscription::CREATED_AT,
                Entity::Usage => usage::RECORDED_AT,
            };
            // A record has few fields.
            let copy = Extra { column: Column::new("copy", time), value: Source::Field(copied as u8) };
            let options = Options {
                soft_delete: Some(SoftDelete {
                    column: Column::new("deleted", time),
                    live: Some(Stored::Null),
                    deleted: None,
                }),
                insert: Vec::leak(vec![copy]),
                ..*Options::NONE
            };
            fields.push(Place::Table(Box::leak(Box::new(options))));
            let table = Table { schema: None, name: "records" };
            let dialect = Dialect::Postgres;
            adapters.push(Adapter { entity, dialect, table, fields: fields.leak(), extended: true });
        };
        for (place, field) in entity.fields().iter().enumerate() {
            forms(field.kind).iter().for_each(|form| adapter(place, *form));
        }
        TIMES.iter().for_each(|form| adapter(usize::MAX, *form));
        adapters
    }

    #[test]
    fn one_text_has_arguments_of_one_type_each() {
        for entity in [Entity::Plan, Entity::Subscription, Entity::Usage] {
            let mut known: BTreeMap<String, Vec<Carrier>> = BTreeMap::new();
            for adapter in adapters(entity) {
                for query in statements(&adapter) {
                    let sent: Vec<_> = query.binds.iter().map(|bind| sent(&adapter, *bind)).collect();
                    let first = known.entry(query.sql.clone()).or_insert_with(|| sent.clone());
                    assert_eq!(*first, sent, "{}", query.sql);
                }
            }
        }
    }

    #[test]
    fn only_what_is_not_the_default_is_said() {
        let status =
            |form| cast_of(&Column::new("status", form), form.carrier(Dialect::Postgres), Kind::Word);
        assert_eq!(status(Form::Text), "");
        assert_eq!(status(Form::Integer(Width::I32)), "::int4");
        let amount = |column: Column<'_>| cast_of(&column, column.sent(Dialect::Postgres), Kind::Integer);
        assert_eq!(amount(Column::new("amount", Form::INTEGER)), "");
        assert_eq!(amount(Column::new("amount", Form::Decimal(2))), "");
        assert_eq!(amount(Column::new("amount", Form::Decimal(2)).of_type("money_type")), "::text");
    }
}
