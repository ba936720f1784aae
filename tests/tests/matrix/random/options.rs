//! What is said of a table at random, beside its fields.

use store_core::__private::{
    Atomic, Column, Dialect, Entity, Extra, Form, Key, Options, Place, SoftDelete, Source, Stored, Unit,
};
use store_model::contract::{plan, subscription, usage};

use super::Maker;

impl Maker<'_> {
    pub(super) fn options(&mut self, places: &[Place<'static>], dropped: Vec<u8>) -> Options<'static> {
        let names = |place: usize| match places[place] {
            Place::Column(column) => column.name,
            _ => "",
        };
        let scope = std::mem::take(&mut self.scope);
        let own_ids = scope.is_empty() || !self.choices.one_of(3);
        let key = (!own_ids).then(|| Key { columns: vec![names(0)].leak(), predicate: None });
        // What is NULL is in no key, nor what is no column of its own.
        let is_in_none = |place: usize| match places[place] {
            Place::Column(column) => column.null.is_some() || column.is_within(),
            _ => true,
        };
        let wider = self.wider_key(&scope, &names).filter(|_| !is_in_none(usage::SUBSCRIPTION_ID));
        let key = key.or(wider);
        let soft_delete = self.mark();
        let is_atomic = self.entity == Entity::Subscription && self.extended;
        let atomic = if is_atomic && self.choices.one_of(4) {
            let scope = scope.iter().filter(|extra| extra.value != Source::Literal(Stored::Null));
            let mut columns: Vec<_> = scope.map(|extra| extra.column.name).collect();
            columns.push(names(subscription::SUBSCRIBER_ID));
            Atomic::Key(Key { columns: columns.leak(), predicate: None })
        } else if is_atomic && self.dialect != Dialect::MySql && self.choices.one_of(4) {
            // MySQL has no lock by name that ends with the transaction.
            Atomic::Lock(None)
        } else {
            Atomic::LiveKey
        };
        // A key without a predicate holds what is deleted, too.
        let soft_delete = soft_delete.filter(|_| !matches!(atomic, Atomic::Key(_)));
        let [insert, write] = self.further(places);
        Options {
            scope: scope.leak(),
            key,
            insert,
            write,
            soft_delete,
            atomic,
            dropped: dropped.leak(),
            ..*Options::NONE
        }
    }

    /// Of usage that nobody looks for by its id.
    fn wider_key<'n>(
        &mut self,
        scope: &[Extra<'static>],
        names: &impl Fn(usize) -> &'n str,
    ) -> Option<Key<'static>>
    where
        'static: 'n,
    {
        let is_wider = self.choices.one_of(4) && self.entity == Entity::Usage && !self.extended;
        let is_free = scope.iter().all(|extra| extra.value != Source::Literal(Stored::Null));
        if !is_wider || !is_free || names(usage::SUBSCRIPTION_ID).is_empty() {
            return None;
        }
        let mut columns: Vec<&'static str> = scope.iter().map(|extra| extra.column.name).collect();
        for place in [usage::SUBSCRIPTION_ID, usage::ID] {
            columns.push(names(place).to_owned().leak());
        }
        Some(Key { columns: columns.leak(), predicate: None })
    }

    /// The tenant, and what all rows of both have.
    pub(super) fn scope(&mut self) -> Vec<Extra<'static>> {
        if !self.choices.one_of(2) {
            return Vec::new();
        }
        let mut scope = vec![own("the tenant", 0)];
        let literals = [
            literal("owner type", Stored::Text("App\\Models\\User's")),
            literal("parent", Stored::Null),
            literal("shard", Stored::Integer(-7)),
            literal("is paid", Stored::Boolean(true)),
        ];
        scope.extend(literals.into_iter().filter(|_| self.choices.one_of(3)));
        scope
    }

    fn mark(&mut self) -> Option<SoftDelete<'static>> {
        let column = |form| Column::new("the mark", form);
        let (form, live, deleted) = match self.choices.below(10) {
            0..5 => return None,
            5 => (Form::Time, Some(Stored::Null), None),
            6 => (Form::Epoch(Unit::Seconds), Some(Stored::Null), None),
            7 => (Form::Boolean, Some(Stored::Boolean(false)), Some(Stored::Boolean(true))),
            8 => (Form::Text, None, Some(Stored::Text("gone"))),
            _ => (Form::Text, Some(Stored::Text("here")), Some(Stored::Text("it's gone"))),
        };
        Some(SoftDelete { column: column(form), live, deleted })
    }

    /// Further columns, of a new row and of each.
    fn further(&mut self, places: &[Place<'static>]) -> [&'static [Extra<'static>]; 2] {
        let time = match self.entity {
            Entity::Plan => plan::CREATED_AT,
            Entity::Subscription => subscription::CREATED_AT,
            Entity::Usage => usage::RECORDED_AT,
        };
        let now = match self.dialect {
            Dialect::Postgres => "now()::text",
            Dialect::MySql => "CAST(UTC_TIMESTAMP() AS CHAR)",
            Dialect::Sqlite => "datetime('now')",
        };
        // In the form of the field's own column, or one more form would have to hold its value.
        let Place::Column(first) = places[0] else { panic!("an id has a column") };
        let copy = |name, place: usize| {
            let (column, place) = match places[place] {
                Place::Column(column) => (column, place),
                _ => (first, 0),
            };
            let column = Column { exact: column.exact, ..Column::new(name, column.form) };
            Extra { column, value: Source::Field(u8::try_from(place).expect("a record has few fields")) }
        };
        let insert = [
            literal("kind", Stored::Text("default")),
            literal("ended", Stored::Null),
            own("made by", 1),
            copy("the first id", 0),
        ];
        let write = [
            own("changed by", 2),
            literal("paid", Stored::Boolean(true)),
            Extra { column: Column::new("touched", Form::Text), value: Source::Sql(now) },
            copy("since", time),
        ];
        let elsewhere = self.entity.fields().iter().zip(places).enumerate();
        let elsewhere = elsewhere.filter_map(|(place, (field, home))| match home {
            Place::Column(column) => copied_key(place, field.name, column),
            _ => None,
        });
        let insert: Vec<_> = insert.into_iter().chain(elsewhere).collect();
        [insert, write.into()].map(|all| {
            let chosen: Vec<_> = all.into_iter().filter(|_| self.choices.one_of(4)).collect();
            &*chosen.leak()
        })
    }
}

/// What the row is told apart by that a column leads to, beside that column.
fn copied_key(place: usize, field: &str, column: &Column<'static>) -> Option<Extra<'static>> {
    column.via?;
    let name = format!("key of {field}").leak();
    let column = Column { name, null: None, repeats: false, ..*column };
    Some(Extra { column, value: Source::Field(u8::try_from(place).expect("a record has few fields")) })
}

const fn literal(name: &'static str, value: Stored<'static>) -> Extra<'static> {
    Extra { column: Column::new(name, Form::Text), value: Source::Literal(value) }
}

const fn own(name: &'static str, number: u8) -> Extra<'static> {
    Extra { column: Column::new(name, Form::Text), value: Source::Own(number) }
}
