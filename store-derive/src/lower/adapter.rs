//! The adapter that a store means, in the terms of the model.

use store_model::adapter::{
    self, Adapter, Atomic, Column, Dialect, Duty, Keyed, Label, Locked, Place, SoftDelete, Step, Via, When,
};
use store_model::contract::Entity;

use super::fields::{self, Kept, Mapped};
use super::options::{self, Columns, Copied, Deleted, Extra, Options, Value};
use super::table::TableName;
use crate::mapping::{Labels, Null, Stored};

/// What of a store the model speaks of.
pub(crate) struct Described<'a> {
    pub(crate) entity: Entity,
    pub(crate) dialect: Dialect,
    pub(crate) table: &'a TableName,
    pub(crate) fields: &'a [Mapped],
    pub(crate) options: &'a Options<'a>,
    pub(crate) extended: bool,
}

impl Described<'_> {
    /// Makes the adapter for as long as something is made of it: the model only borrows.
    pub(crate) fn with<T>(&self, make: impl FnOnce(&Adapter<'_>) -> T) -> T {
        let parts: Vec<_> = self.fields.iter().map(Parts::of).collect();
        let labels = self.fields.iter().map(|field| field.kept().and_then(|kept| kept.labels.as_ref()));
        let values: Vec<_> = labels.clone().map(Values::of).collect();
        let tuples: Vec<_> = values.iter().map(Values::tuples).collect();
        let stored: Vec<_> = labels.clone().zip(&tuples).map(|(it, tuples)| stored(it, tuples)).collect();
        let labels: Vec<_> = labels.zip(&stored).map(|(it, stored)| self::labels(it, stored)).collect();
        let fields = self.fields.iter().zip(&parts).zip(&labels);
        let fields: Vec<_> = fields.map(|((field, parts), labels)| place(field, parts, labels)).collect();
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

/// What a field lends to the model beside its labels.
struct Parts<'a> {
    beside: Vec<Column<'a>>,
    path: Vec<Step<'a>>,
    via: Option<Via<'a>>,
    case: Vec<When<'a>>,
    keys: Vec<Keyed<'a>>,
}

impl<'a> Parts<'a> {
    fn of(field: &'a Mapped) -> Self {
        let kept = field.kept();
        let duty = kept.map_or(Duty::Written, |kept| kept.duty);
        let beside = kept.into_iter().flat_map(|kept| &kept.beside).map(|it| Column {
            sql_type: it.sql_type.as_deref(),
            collation: it.collation.as_deref(),
            duty,
            ..Column::new(&it.name, it.form.as_model())
        });
        let (case, keys): (&[_], &[_]) = match field {
            Mapped::Case(case) => (case, &[]),
            Mapped::Keys(keys) => (&[], keys),
            _ => (&[], &[]),
        };
        Self {
            beside: beside.collect(),
            path: kept.into_iter().flat_map(|kept| &kept.path).map(|step| step.as_model()).collect(),
            via: kept.and_then(|kept| kept.via.as_ref()).map(via),
            case: case.iter().map(when).collect(),
            keys: keys.iter().map(keyed).collect(),
        }
    }
}

fn via(via: &fields::Via) -> Via<'_> {
    Via {
        table: via.table.as_table(),
        stores: &via.stores,
        reads: &via.reads,
        scope: via.scope.as_deref(),
        form: via.form.as_model(),
    }
}

fn when(when: &fields::When) -> When<'_> {
    When { meaning: when.meaning.as_model(), predicate: when.predicate.as_deref() }
}

fn keyed(keyed: &fields::Keyed) -> Keyed<'_> {
    let column = Column::new(&keyed.name, keyed.form.as_model());
    Keyed { key: &keyed.key, column: Column { digits: keyed.form.digits, null: keyed.form.null(), ..column } }
}

/// The values of labels: of each label, of each alternative, of each part of a tuple. What is no tuple has none.
struct Values<'a>(Vec<Vec<Vec<Vec<adapter::Stored<'a>>>>>);

impl<'a> Values<'a> {
    fn of(labels: Option<&'a Labels>) -> Self {
        let parts = |stored: &'a Stored| match stored {
            Stored::Tuple(parts) => {
                parts.iter().map(|part| part.iter().map(Stored::as_model).collect()).collect()
            }
            _ => Vec::new(),
        };
        let list = labels.into_iter().flat_map(|labels| &labels.list);
        Self(list.map(|label| label.stored.iter().map(parts).collect()).collect())
    }

    fn tuples(&self) -> Vec<Vec<Vec<&[adapter::Stored<'a>]>>> {
        let labels = self.0.iter();
        labels
            .map(|label| label.iter().map(|parts| parts.iter().map(Vec::as_slice).collect()).collect())
            .collect()
    }
}

/// What is stored: of each label, all alternatives.
fn stored<'a>(
    labels: Option<&'a Labels>,
    tuples: &'a [Vec<Vec<&'a [adapter::Stored<'a>]>>],
) -> Vec<Vec<adapter::Stored<'a>>> {
    let list = labels.into_iter().flat_map(|labels| &labels.list).zip(tuples);
    let one = |(stored, tuple): (&'a Stored, &'a Vec<&'a [adapter::Stored<'a>]>)| match stored {
        Stored::Tuple(_) => adapter::Stored::Tuple(tuple),
        single => single.as_model(),
    };
    list.map(|(label, tuples)| label.stored.iter().zip(tuples).map(one).collect()).collect()
}

fn labels<'a>(labels: Option<&'a Labels>, stored: &'a [Vec<adapter::Stored<'a>>]) -> Vec<Label<'a>> {
    let list = labels.into_iter().flat_map(|labels| &labels.list).zip(stored);
    list.map(|(label, stored)| Label::new(label.meaning.as_model(), stored)).collect()
}

fn place<'a>(field: &'a Mapped, parts: &'a Parts<'a>, labels: &'a [Label<'a>]) -> Place<'a> {
    match field {
        Mapped::Column(kept) => Place::Column(Column {
            beside: &parts.beside,
            path: &parts.path,
            via: parts.via.as_ref(),
            ..column(kept, labels)
        }),
        Mapped::Within(other) => Place::Within(*other),
        Mapped::Case(_) => Place::Case(&parts.case),
        Mapped::Keys(_) => Place::Keys(&parts.keys),
        Mapped::Always(constant) => Place::Always(constant.as_model()),
        Mapped::Absent => Place::Absent,
    }
}

fn column<'a>(kept: &'a Kept, labels: &'a [Label<'a>]) -> Column<'a> {
    Column {
        sql_type: kept.sql_type.as_deref(),
        collation: kept.collation.as_deref(),
        labels: kept.labels.as_ref().map(|it| adapter::Labels { list: labels, open: it.open }),
        null: kept.form.null().or(kept.null.as_ref().map(|null| match null {
            Null::Is(constant) => adapter::Null::Is(constant.as_model()),
            // A record has far fewer fields than 256.
            Null::IsField(place) => adapter::Null::IsField(*place as u8),
            Null::Also(constant, _) => adapter::Null::Also(constant.as_model()),
            Null::Never => adapter::Null::Never,
        })),
        duty: kept.duty,
        repeats: kept.repeats,
        exact: kept.form.exact,
        digits: kept.form.digits,
        live_sql: kept.live_sql.as_deref(),
        ..Column::new(&kept.name, kept.form.as_model())
    }
}

fn with_options<T>(options: &Options<'_>, make: impl FnOnce(&adapter::Options<'_>) -> T) -> T {
    with_extras(&options.scope, |scope| {
        with_extras(&options.insert, |insert| {
            with_extras(&options.write, |write| {
                let live = options.atomic.as_ref().and_then(options::Atomic::key);
                let (key, live) = (names(options.key.as_ref()), names(live));
                make(&adapter::Options {
                    read_from: options.read_from.as_ref().map(TableName::as_table),
                    read_only: options.read_only.is_some(),
                    instead_of: options.instead_of.is_some(),
                    scope,
                    key: options.key.as_ref().map(|it| self::key(it, &key)),
                    insert,
                    write,
                    soft_delete: options.mark.as_ref().map(soft_delete),
                    atomic: options.atomic.as_ref().map_or(Atomic::LiveKey, |it| atomic(it, &live)),
                    dropped: &options.dropped,
                })
            })
        })
    })
}

fn names<'a>(key: Option<&'a Columns<'_>>) -> Vec<&'a str> {
    key.into_iter().flat_map(|key| &key.names).map(String::as_str).collect()
}

fn atomic<'a>(atomic: &'a options::Atomic<'_>, live: &'a [&'a str]) -> Atomic<'a> {
    match atomic {
        options::Atomic::Key(it) => Atomic::Key(key(it, live)),
        options::Atomic::Lock(row, _) => {
            Atomic::Lock(row.as_ref().map(|row| Locked { table: row.table.as_table(), column: &row.column }))
        }
    }
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
    let values: Vec<_> = labels.iter().map(|labels| Values::of(labels.as_ref())).collect();
    let tuples: Vec<_> = values.iter().map(Values::tuples).collect();
    let stored: Vec<_> = labels.iter().zip(&tuples).map(|(it, tuples)| stored(it.as_ref(), tuples)).collect();
    let labels: Vec<_> =
        labels.iter().zip(&stored).map(|(it, stored)| self::labels(it.as_ref(), stored)).collect();
    let vias: Vec<_> = extras.iter().map(|extra| extra.via().map(via)).collect();
    let extras = extras.iter().zip(&labels).zip(&vias);
    let extras: Vec<_> = extras.map(|((it, labels), via)| extra(it, labels, via.as_ref())).collect();
    make(&extras)
}

fn extra<'a>(extra: &'a Extra<'_>, labels: &'a [Label<'a>], via: Option<&'a Via<'a>>) -> adapter::Extra<'a> {
    let collation = extra.collation.as_deref();
    let plain = Column { collation, ..Column::new(&extra.name, store_model::form::Form::Text) };
    let (column, value) = match &extra.value {
        Value::Literal(literal) => (plain, adapter::Source::Literal(literal.as_model())),
        Value::Sql(sql) => (plain, adapter::Source::Sql(sql)),
        Value::Own(number, form, sql_type) => {
            let column = Column { form: form.unwrap_or(plain.form), sql_type: sql_type.as_deref(), ..plain };
            let of = if form.is_some() { adapter::Source::Own } else { adapter::Source::Opaque };
            (column, of(*number))
        }
        Value::Field(place, copied) => {
            (Column { via, ..copy(&extra.name, copied, labels) }, adapter::Source::Field(*place))
        }
    };
    adapter::Extra { column, value }
}

fn copy<'a>(name: &'a str, copied: &'a Copied, labels: &'a [Label<'a>]) -> Column<'a> {
    Column {
        sql_type: copied.sql_type.as_deref(),
        labels: copied.labels.as_ref().map(|it| adapter::Labels { list: labels, open: it.open }),
        exact: copied.form.exact,
        digits: copied.form.digits,
        ..Column::new(name, copied.form.as_model())
    }
}
