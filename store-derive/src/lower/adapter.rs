//! The adapter that a store means, in the terms of the model.

use store_model::adapter::{self, Adapter, Atomic, Column, Dialect, Label, Place, SoftDelete};
use store_model::contract::Entity;

use super::fields::{Kept, Mapped};
use super::options::{Columns, Copied, Deleted, Extra, Options, Value};
use super::table::TableName;
use crate::mapping::{Labels, Null};

/// The parts of a store that the model speaks of.
pub(crate) struct Parts<'a> {
    pub(crate) entity: Entity,
    pub(crate) dialect: Dialect,
    pub(crate) table: &'a TableName,
    pub(crate) fields: &'a [Mapped],
    pub(crate) options: &'a Options<'a>,
    pub(crate) extended: bool,
}

impl Parts<'_> {
    /// Makes the adapter for as long as something is made of it: the model only borrows.
    pub(crate) fn with<T>(&self, make: impl FnOnce(&Adapter<'_>) -> T) -> T {
        let labels = self.fields.iter().map(|field| field.kept().and_then(|kept| kept.labels.as_ref()));
        let lent: Vec<_> = labels.map(Lent::new).collect();
        let labels: Vec<_> = lent.iter().map(Lent::labels).collect();
        let fields = self.fields.iter().zip(&labels).map(|(field, labels)| place(field, labels));
        let fields: Vec<_> = fields.collect();
        with_options(self.options, |options| {
            let mut fields: Vec<Place<'_>> = fields.clone();
            if !self.options.are_none() {
                fields.push(Place::Table(options));
            }
            make(&Adapter {
                entity: self.entity,
                dialect: self.dialect,
                table: self.table.as_table(),
                fields: &fields,
                extended: self.extended,
            })
        })
    }
}

/// What a list of labels lends to the model: of each label, what is stored.
struct Lent<'a> {
    labels: Option<&'a Labels>,
    stored: Vec<Vec<adapter::Stored<'a>>>,
}

impl<'a> Lent<'a> {
    fn new(labels: Option<&'a Labels>) -> Self {
        let list = labels.map(|labels| labels.list.as_slice()).unwrap_or_default();
        let stored = list.iter().map(|label| label.stored.iter().map(|stored| stored.as_model()).collect());
        Self { labels, stored: stored.collect() }
    }

    fn labels(&self) -> Vec<Label<'_>> {
        let list = self.labels.map(|labels| labels.list.as_slice()).unwrap_or_default();
        list.iter()
            .zip(&self.stored)
            .map(|(label, stored)| Label::new(label.meaning.as_model(), stored))
            .collect()
    }
}

fn place<'a>(field: &'a Mapped, labels: &'a [Label<'a>]) -> Place<'a> {
    match field {
        Mapped::Column(kept) => Place::Column(column(kept, labels)),
        Mapped::Within(other) => Place::Within(*other),
        Mapped::Always(constant) => Place::Always(constant.as_model()),
        Mapped::Absent => Place::Absent,
    }
}

fn column<'a>(kept: &'a Kept, labels: &'a [Label<'a>]) -> Column<'a> {
    Column {
        sql_type: kept.sql_type.as_deref(),
        collation: kept.collation.as_deref(),
        labels: kept.labels.as_ref().map(|it| adapter::Labels { list: labels, open: it.open }),
        null: kept.null.as_ref().map(|null| match null {
            Null::Is(constant) => adapter::Null::Is(constant.as_model()),
            // A record has far fewer fields than 256.
            Null::IsField(place) => adapter::Null::IsField(*place as u8),
            Null::Also(constant) => adapter::Null::Also(constant.as_model()),
        }),
        duty: kept.duty,
        repeats: kept.repeats,
        exact: kept.form.exact,
        ..Column::new(&kept.name, kept.form.as_model())
    }
}

fn with_options<T>(options: &Options<'_>, make: impl FnOnce(&adapter::Options<'_>) -> T) -> T {
    with_extras(&options.scope, |scope| {
        with_extras(&options.insert, |insert| {
            with_extras(&options.write, |write| {
                let names = |key: &'_ Option<Columns<'_>>| -> Vec<String> {
                    key.as_ref().map(|key| key.names.clone()).unwrap_or_default()
                };
                let (key, atomic) = (names(&options.key), names(&options.atomic));
                let (key, atomic) = (borrowed(&key), borrowed(&atomic));
                make(&adapter::Options {
                    read_from: options.read_from.as_ref().map(TableName::as_table),
                    read_only: options.read_only.is_some(),
                    scope,
                    key: options.key.as_ref().map(|it| self::key(it, &key)),
                    insert,
                    write,
                    soft_delete: options.mark.as_ref().map(soft_delete),
                    atomic: match &options.atomic {
                        Some(it) => Atomic::Key(self::key(it, &atomic)),
                        None => Atomic::LiveKey,
                    },
                    dropped: &options.dropped,
                })
            })
        })
    })
}

fn borrowed(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}

fn key<'a>(key: &'a Columns<'_>, columns: &'a [&'a str]) -> adapter::Key<'a> {
    adapter::Key { columns, predicate: key.predicate.as_deref() }
}

/// A row is live that has NULL, or what is said; where only the mark itself is said, anything else.
fn soft_delete<'a>(deleted: &'a Deleted<'_>) -> SoftDelete<'a> {
    let live = match (&deleted.mark.marked_live, &deleted.mark.deleted) {
        (Some(live), _) => Some(live.as_model()),
        (None, Some(_)) => None,
        (None, None) => Some(adapter::Stored::Null),
    };
    SoftDelete {
        column: Column::new(&deleted.name, deleted.form.as_model()),
        live,
        deleted: deleted.mark.deleted.as_ref().map(|deleted| deleted.as_model()),
    }
}

fn with_extras<T>(extras: &[Extra<'_>], make: impl FnOnce(&[adapter::Extra<'_>]) -> T) -> T {
    let labels_of = |extra: &Extra<'_>| match &extra.value {
        Value::Field(_, copied) => copied.labels.clone(),
        _ => None,
    };
    let labels: Vec<_> = extras.iter().map(labels_of).collect();
    let lent: Vec<_> = labels.iter().map(|labels| Lent::new(labels.as_ref())).collect();
    let labels: Vec<_> = lent.iter().map(Lent::labels).collect();
    let extras: Vec<_> = extras.iter().zip(&labels).map(|(it, labels)| extra(it, labels)).collect();
    make(&extras)
}

fn extra<'a>(extra: &'a Extra<'_>, labels: &'a [Label<'a>]) -> adapter::Extra<'a> {
    let plain = Column::new(&extra.name, store_model::form::Form::Text);
    let (column, value) = match &extra.value {
        Value::Literal(literal) => (plain, adapter::Source::Literal(literal.as_model())),
        Value::Sql(sql) => (plain, adapter::Source::Sql(sql)),
        Value::Own(number, sql_type) => {
            (Column { sql_type: sql_type.as_deref(), ..plain }, adapter::Source::Own(*number))
        }
        Value::Field(place, copied) => (copy(&extra.name, copied, labels), adapter::Source::Field(*place)),
    };
    adapter::Extra { column, value }
}

fn copy<'a>(name: &'a str, copied: &'a Copied, labels: &'a [Label<'a>]) -> Column<'a> {
    Column {
        sql_type: copied.sql_type.as_deref(),
        labels: copied.labels.as_ref().map(|it| adapter::Labels { list: labels, open: it.open }),
        exact: copied.form.exact,
        ..Column::new(name, copied.form.as_model())
    }
}
