//! Adapters as data.

use chrono::TimeDelta;
use store_core::__private::{Adapter, Column, Dialect, Entity, Form, Null, Options, Place, Table};
use store_core::contract::fields::{Fields, Value};
use store_core::mapping::{Home, Mapping, Values};
use store_core::to_micros;
use store_model::contract::plan;

use crate::decision::Decision;
use crate::elsewhere::{Elsewhere, Led};
use crate::model::{CURRENCIES, Holder};
use crate::shapes::{self, Shape};

/// An adapter, and the shapes of its columns by place.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    pub(crate) adapter: Adapter<'static>,
    pub(crate) shapes: Vec<Option<Shape>>,
    /// The fields whose shapes are those of a table before, by place.
    pub(crate) repeated: Vec<usize>,
    /// The tables that columns lead to.
    pub(crate) elsewhere: Vec<Elsewhere>,
    pub(crate) holder: Holder,
}

impl Subject {
    pub(crate) fn new(adapter: Adapter<'static>, shapes: Vec<Option<Shape>>, led: Vec<Led>) -> Self {
        let by_currency = adapter.entity == Entity::Plan
            && adapter.column(plan::AMOUNT).is_some_and(|column| column.form == Form::DecimalOfCurrency);
        let elsewhere: Vec<_> = led.into_iter().filter_map(|led| Elsewhere::of(&adapter, led)).collect();
        let led = elsewhere.iter().map(|it| (adapter.field(it.led.place), it.led.values.clone()));
        let holder =
            Holder { mapping: Mapping::of(&adapter), by_currency, elsewhere: led.collect(), decision: None };
        Self { adapter, shapes, repeated: Vec::new(), elsewhere, holder }
    }

    /// The same, of which other fields decide one.
    pub(crate) fn decided_by(mut self, decision: Option<Decision>) -> Self {
        self.holder.decision = decision;
        self
    }

    /// The same of which nothing is ever written.
    pub(crate) fn read_only(&self) -> Adapter<'static> {
        let options = Options { read_only: true, ..*self.adapter.options() };
        let is_field = |place: &&Place<'_>| !matches!(place, Place::Table(_));
        let mut fields: Vec<_> = self.adapter.fields.iter().filter(is_field).copied().collect();
        fields.push(Place::Table(Box::leak(Box::new(options))));
        Adapter { fields: fields.leak(), extended: false, ..self.adapter }
    }

    pub(crate) const fn table(&self) -> &'static str {
        self.adapter.table.name
    }

    /// The columns of the table but those that are written anew each time, and those of some fields.
    pub(crate) fn columns(&self, without: &[usize]) -> Vec<(&'static str, Form<'static>)> {
        let options = self.adapter.options();
        let left_out = |column: &Column<'_>| {
            without.iter().any(|place| self.adapter.column(*place).is_some_and(|it| it.name == column.name))
        };
        let fields = self.adapter.stored().map(|part| part.column).filter(|column| !left_out(column));
        let extras = options.scope.iter().chain(options.insert).map(|extra| &extra.column);
        let mark = options.soft_delete.iter().map(|mark| &mark.column);
        fields.chain(extras).chain(mark).map(|column| (column.name, column.own_form())).collect()
    }

    /// Brings fields that depend on others to what can be held beside those.
    pub(crate) fn follow<R: Fields>(&self, record: &mut R) {
        let fields = &self.holder.mapping.fields;
        for (place, field) in fields.iter().enumerate() {
            let owner = field.shared.and_then(|owner| fields.iter().position(|it| it.name == owner));
            if let Some(owner) = owner {
                let value = record.value(owner).in_place_of(&record.value(place));
                record.set(place, value);
            }
        }
        self.part_from_null(record);
        if let Some(decision) = &self.holder.decision {
            record.set(decision.place, decision.of(record));
        }
        if R::ENTITY != Entity::Plan {
            return;
        }
        let Values::Intervals(held, others) = &fields[plan::INTERVAL].values else { return };
        let word = record.value(plan::INTERVAL);
        let count = record.value(plan::INTERVAL_COUNT);
        let of_word = held.iter().filter(|(known, _)| word.text() == Some(known));
        let counts: Vec<_> = of_word.filter_map(|(_, count)| *count).map(Value::Count).collect();
        let is_other = count == Value::Count(1) && word.text().is_some_and(|word| others.hold(word));
        if counts.is_empty() && word.text().is_some_and(|word| others.hold(word)) {
            record.set(plan::INTERVAL_COUNT, Value::Count(1));
        }
        if !counts.is_empty() && !counts.contains(&count) && !is_other {
            record.set(plan::INTERVAL_COUNT, counts[0].clone());
        }
    }

    /// Cuts times that NULL would stand for to what their own columns keep: a new row has NULL for one, and a row that has
    /// the cut time already keeps that.
    fn part_from_null<R: Fields>(&self, record: &mut R) {
        for (place, column) in self.adapter.columns() {
            let (Some(Null::IsField(other)), Some(step)) = (column.null, column.step()) else { continue };
            let value = record.value(place);
            let [time, meant] = [&value, &record.value(other.into())].map(|it| it.time().map(to_micros));
            if let Some(time) = time.filter(|_| time == meant) {
                let over = TimeDelta::microseconds(time.timestamp_micros().rem_euclid(step));
                record.set(place, value.with_time(time.checked_sub_signed(over).unwrap_or(time)));
            }
        }
    }

    /// What is said of the store, for who reads a failure.
    pub(crate) fn describe(&self) -> String {
        format!("{}\n{}", self.holder.mapping, store_model::sql::ddl(&self.adapter))
    }
}

/// The places of fields, with columns of their own names for those that have a shape.
pub(crate) fn places(entity: Entity, shapes: &[Option<Shape>]) -> Vec<Place<'static>> {
    let fields = entity.fields().iter().zip(shapes);
    let place = |(field, shape): (&store_model::contract::Field, &Option<Shape>)| match shape {
        Some(shape) => Place::Column(Column { name: field.name, ..shape.column }),
        None => Place::Absent,
    };
    let mut places: Vec<_> = fields.map(place).collect();
    within(entity, &mut places);
    places
}

/// A column that keeps the count with the interval is the place of both.
pub(crate) fn within(entity: Entity, places: &mut [Place<'static>]) {
    let has_count = |place: &Place<'_>| matches!(place, Place::Column(column) if column.has_count());
    if entity == Entity::Plan && has_count(&places[plan::INTERVAL]) {
        places[plan::INTERVAL_COUNT] = Place::Within(plan::INTERVAL as u8);
    }
}

/// Tables in which each field has each of its shapes.
pub(crate) fn matrix(dialect: Dialect, entity: Entity) -> Vec<Subject> {
    let of_fields: Vec<_> =
        (0..entity.fields().len()).map(|place| shapes::of(dialect, entity, place)).collect();
    let most = of_fields.iter().map(Vec::len).max().unwrap_or_default();
    let mut unseen: Vec<Vec<usize>> = of_fields.iter().map(|shapes| (0..shapes.len()).collect()).collect();
    let mut tables = Vec::new();
    while unseen.iter().any(|numbers| !numbers.is_empty()) {
        let number = tables.len();
        assert!(number < 2 * most, "no table has these shapes of each field: {unseen:?}");
        let mut table = table(dialect, entity, &of_fields, number);
        for (place, unseen) in unseen.iter_mut().enumerate() {
            let shape = number % of_fields[place].len();
            let is_walked =
                has_place(&table, place) && table.shapes[place].as_ref().is_some_and(|it| it.is_own);
            match unseen.iter().position(|it| *it == shape).filter(|_| is_walked) {
                Some(index) => drop(unseen.swap_remove(index)),
                None => table.repeated.push(place),
            }
        }
        tables.push(table);
    }
    tables
}

/// The table of a number: of each field the shape of that number, beginning anew after the last.
fn table(dialect: Dialect, entity: Entity, of_fields: &[Vec<Shape>], number: usize) -> Subject {
    let shape = |shapes: &Vec<Shape>| Some(shapes[number % shapes.len()].clone());
    let mut shapes: Vec<_> = of_fields.iter().map(shape).collect();
    let is_of_currency =
        |shape: &Option<Shape>| shape.as_ref().is_some_and(|it| it.column.form == Form::DecimalOfCurrency);
    if entity == Entity::Plan && is_of_currency(&shapes[plan::AMOUNT]) {
        let codes = CURRENCIES.map(|code| Value::Text(code.into())).to_vec();
        let currency = of_fields[plan::CURRENCY][0].clone();
        shapes[plan::CURRENCY] = Some(Shape { holds: codes, is_own: false, ..currency });
    }
    let fields = places(entity, &shapes);
    let name: &'static str = format!("matrix {number}").leak();
    let table = Table { schema: None, name };
    let extended = entity == Entity::Usage;
    Subject::new(Adapter { entity, dialect, table, fields: fields.leak(), extended }, shapes, Vec::new())
}

/// Whether a field is kept in a column of its own.
pub(crate) fn has_place(subject: &Subject, place: usize) -> bool {
    !matches!(subject.holder.mapping.fields[place].home, Home::Absent | Home::Constant(_) | Home::Within(_))
}
