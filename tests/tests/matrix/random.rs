//! Adapters of options at random.

use store_core::__private::{
    Adapter, Atomic, Column, Constant, Dialect, Duty, Entity, Extra, Form, Key, Null, Options, Place,
    SoftDelete, Source, Stored, Table, Unit,
};
use store_model::contract::{Field, plan, subscription, usage};

use crate::adapters::{Subject, within};
use crate::shapes::{self, Shape};

/// What is chosen, of which nothing is the simplest.
struct Choices<'c>(std::slice::Iter<'c, u8>);

impl Choices<'_> {
    fn below(&mut self, count: usize) -> usize {
        usize::from(*self.0.next().unwrap_or(&0)) % count
    }

    /// Whether the last of so many is chosen.
    fn one_of(&mut self, count: usize) -> bool {
        self.below(count) == count - 1
    }
}

/// The adapter that bytes choose, on a table of this name.
pub(crate) fn subject(dialect: Dialect, entity: Entity, bytes: &[u8], table: &'static str) -> Subject {
    let mut maker = Maker { dialect, entity, choices: Choices(bytes.iter()), extended: false };
    maker.extended = maker.choices.one_of(2);
    let fields = entity.fields().iter().enumerate();
    let (mut places, mut shapes): (Vec<_>, Vec<_>) =
        fields.map(|(place, field)| maker.home(place, *field)).unzip();
    maker.depend(&mut places, &mut shapes);
    let dropped = maker.share(&mut places, &mut shapes);
    within(entity, &mut places);
    let options = maker.options(&places, dropped);
    places.push(Place::Table(Box::leak(Box::new(options))));
    let table = Table { schema: None, name: table };
    let extended = maker.extended;
    Subject::new(Adapter { entity, dialect, table, fields: places.leak(), extended }, shapes)
}

struct Maker<'c> {
    dialect: Dialect,
    entity: Entity,
    choices: Choices<'c>,
    extended: bool,
}

/// 2000-01-01, which every form holds.
const Y2K: Constant<'static> = Constant::Time(946_684_800_000_000);

impl Maker<'_> {
    /// Where a field is.
    fn home(&mut self, place: usize, field: Field) -> (Place<'static>, Option<Shape>) {
        if self.choices.one_of(6)
            && let Some(home) = without_column(self.entity, place, self.extended)
        {
            return (home, None);
        }
        let mut shapes = shapes::of(self.dialect, self.entity, place);
        if self.is_in_live_key(place) {
            // What is NULL is in no key.
            shapes.retain(|shape| !matches!(shape.column.null, Some(Null::Is(_))));
        }
        let is_default = self.choices.below(4) < 2;
        let number = self.choices.below(shapes.len());
        let shape = shapes.swap_remove(if is_default { 0 } else { number });
        let column = Column { name: self.name(place, field), ..shape.column };
        (Place::Column(column), Some(shape))
    }

    fn is_in_live_key(&self, place: usize) -> bool {
        self.entity == Entity::Subscription && self.extended && place == subscription::SUBSCRIBER_ID
    }

    /// A column's name: the field's, or one that needs its quotes.
    fn name(&mut self, place: usize, field: Field) -> &'static str {
        match self.choices.below(5) {
            0..3 => field.name,
            3 => format!("Order {place}").leak(),
            _ => format!("é'\"`;-- {place}").leak(),
        }
    }

    /// What the places of others forbid or need.
    fn depend(&mut self, places: &mut [Place<'static>], shapes: &mut [Option<Shape>]) {
        for place in 0..places.len() {
            let Place::Column(column) = &mut places[place] else { continue };
            // What another has no column for is no value of this one.
            if let Some(Null::IsField(other)) = column.null
                && shapes[usize::from(other)].is_none()
            {
                column.null = None;
                shapes[place].iter_mut().for_each(|shape| {
                    shape.column.null = None;
                    shape.others.clear();
                });
            }
        }
        if self.entity != Entity::Plan {
            return;
        }
        let is_of_currency = |place: &Place<'_>| matches!(place, Place::Column(column) if column.form == Form::DecimalOfCurrency);
        if is_of_currency(&places[plan::AMOUNT]) {
            let shape = shapes::of(self.dialect, self.entity, plan::CURRENCY).swap_remove(0);
            places[plan::CURRENCY] = Place::Column(Column { name: "currency", ..shape.column });
            shapes[plan::CURRENCY] = Some(Shape { holds: Vec::new(), ..shape });
        }
    }

    /// Two fields in one column, of which the second may be dropped.
    fn share(&mut self, places: &mut [Place<'static>], shapes: &mut [Option<Shape>]) -> Vec<u8> {
        let mut dropped = Vec::new();
        let made = match self.entity {
            Entity::Plan => [plan::CREATED_AT, plan::UPDATED_AT],
            _ => [subscription::CREATED_AT, subscription::UPDATED_AT],
        };
        if self.entity != Entity::Usage {
            // The provider id is the second field of both.
            for ([owner, place], is_time) in [([0, 1], false), (made, true)] {
                let is_chosen = self.choices.one_of(6);
                let (Place::Column(column), true) = (places[owner], is_chosen) else { continue };
                if matches!(column.null, Some(Null::IsField(_))) {
                    continue;
                }
                let is_dropped = is_time && self.choices.one_of(2);
                let duty = if is_dropped { Duty::Shared } else { Duty::Agreeing };
                places[place] = Place::Column(Column { null: column.null, duty, ..column });
                shapes[place] = None;
            }
        }
        for (place, home) in places.iter().enumerate() {
            let is_time = self.entity.fields()[place].kind.is_time();
            let has_no_column = matches!(home, Place::Absent | Place::Always(_));
            if is_time && has_no_column && self.choices.one_of(2) {
                dropped.push(u8::try_from(place).expect("a record has few fields"));
            }
        }
        dropped
    }

    fn options(&mut self, places: &[Place<'static>], dropped: Vec<u8>) -> Options<'static> {
        let names = |place: usize| match places[place] {
            Place::Column(column) => column.name,
            _ => "",
        };
        let scope = self.scope();
        let own_ids = scope.is_empty() || !self.choices.one_of(3);
        let key = (!own_ids).then(|| Key { columns: vec![names(0)].leak(), predicate: None });
        // What is NULL is in no key.
        let is_null = |place: usize| matches!(places[place], Place::Column(Column { null: Some(_), .. }));
        let key = key.or_else(|| self.wider_key(&scope, &names).filter(|_| !is_null(usage::SUBSCRIPTION_ID)));
        let soft_delete = self.mark();
        let atomic = if self.entity == Entity::Subscription && self.extended && self.choices.one_of(4) {
            let scope = scope.iter().filter(|extra| extra.value != Source::Literal(Stored::Null));
            let mut columns: Vec<_> = scope.map(|extra| extra.column.name).collect();
            columns.push(names(subscription::SUBSCRIBER_ID));
            Atomic::Key(Key { columns: columns.leak(), predicate: None })
        } else {
            Atomic::LiveKey
        };
        // A key without a predicate holds what is deleted, too.
        let soft_delete = soft_delete.filter(|_| atomic == Atomic::LiveKey);
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
    fn scope(&mut self) -> Vec<Extra<'static>> {
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
        [insert, write].map(|all| {
            let chosen: Vec<_> = all.into_iter().filter(|_| self.choices.one_of(4)).collect();
            &*chosen.leak()
        })
    }
}

const fn literal(name: &'static str, value: Stored<'static>) -> Extra<'static> {
    Extra { column: Column::new(name, Form::Text), value: Source::Literal(value) }
}

const fn own(name: &'static str, number: u8) -> Extra<'static> {
    Extra { column: Column::new(name, Form::Text), value: Source::Own(number) }
}

/// A place without column, of fields that can be without.
fn without_column(entity: Entity, place: usize, extended: bool) -> Option<Place<'static>> {
    use Constant::{Boolean, Integer, Text};
    Some(match (entity, place) {
        (
            Entity::Plan,
            plan::PROVIDER_ID | plan::DESCRIPTION | plan::FEATURES | plan::LIMITS | plan::METADATA,
        ) => Place::Absent,
        (Entity::Plan, plan::CURRENCY) => Place::Always(Text("EUR")),
        (Entity::Plan, plan::NAME) => Place::Always(Text("it's one")),
        (Entity::Plan, plan::AMOUNT | plan::TRIAL_DAYS) => Place::Always(Integer(7)),
        (Entity::Plan, plan::INTERVAL_COUNT) => Place::Always(Integer(1)),
        (Entity::Plan, plan::INTERVAL) => Place::Always(Text("month")),
        (Entity::Plan, plan::ACTIVE) => Place::Always(Boolean(true)),
        (Entity::Plan, plan::CREATED_AT | plan::UPDATED_AT) => Place::Always(Y2K),
        (
            Entity::Subscription,
            subscription::PROVIDER_ID
            | subscription::TRIAL_START
            | subscription::TRIAL_END
            | subscription::CANCELED_AT
            | subscription::PAUSED_AT
            | subscription::METADATA,
        ) => Place::Absent,
        (Entity::Subscription, subscription::PLAN_ID) => Place::Always(Text("membership")),
        (
            Entity::Subscription,
            subscription::CURRENT_PERIOD_START
            | subscription::CURRENT_PERIOD_END
            | subscription::CREATED_AT
            | subscription::UPDATED_AT,
        ) => Place::Always(Y2K),
        (Entity::Usage, usage::METADATA) => Place::Absent,
        (Entity::Usage, usage::PROVIDER_REPORTED_AT) if !extended => Place::Absent,
        _ => return None,
    })
}
