//! Adapters of options at random.

mod cases;
mod documents;
mod keyed;
mod links;
mod options;
mod tuples;

use store_core::__private::{
    Adapter, Column, Constant, Dialect, Duty, Entity, Extra, Form, Null, Place, Table,
};
use store_model::contract::{Field, plan, subscription, usage};

use crate::adapters::{Subject, within};
use crate::elsewhere::Led;
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
    let choices = Choices(bytes.iter());
    let mut maker =
        Maker { dialect, entity, table, choices, extended: false, scope: Vec::new(), led: Vec::new() };
    maker.extended = maker.choices.one_of(2);
    maker.scope = maker.scope();
    let fields = entity.fields().iter().enumerate();
    let (mut places, mut shapes): (Vec<_>, Vec<_>) =
        fields.map(|(place, field)| maker.home(place, *field)).unzip();
    maker.depend(&mut places, &mut shapes);
    let dropped = maker.share(&mut places, &mut shapes);
    maker.rest(&mut places, &mut shapes);
    let decision = maker.maybe_decided(&mut places, &mut shapes);
    within(entity, &mut places);
    let options = maker.options(&places, dropped);
    places.push(Place::Table(Box::leak(Box::new(options))));
    let table = Table { schema: None, name: table };
    let extended = maker.extended;
    let adapter = Adapter { entity, dialect, table, fields: places.leak(), extended };
    Subject::new(adapter, shapes, maker.led).decided_by(decision)
}

struct Maker<'c> {
    dialect: Dialect,
    entity: Entity,
    table: &'static str,
    choices: Choices<'c>,
    extended: bool,
    scope: Vec<Extra<'static>>,
    /// What fields have in other tables.
    led: Vec<Led>,
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
        if let Some((home, shape)) = self.maybe_keyed(place) {
            return (home, Some(shape));
        }
        let mut shapes = shapes::of(self.dialect, self.entity, place);
        if self.is_in_live_key(place) {
            // What is NULL is in no key.
            shapes.retain(|shape| !matches!(shape.column.null, Some(Null::Is(_))));
        }
        let is_default = self.choices.below(4) < 2;
        let number = self.choices.below(shapes.len());
        let shape = shapes.swap_remove(if is_default { 0 } else { number });
        let (shape, document) = match self.maybe_over(place, field) {
            Some(shape) => (shape, None),
            None => {
                let shape = self.maybe_led(place, field, shape);
                self.maybe_within(place, shape)
            }
        };
        let name = document.unwrap_or_else(|| self.name(place, field));
        let column = Column { name, ..shape.column };
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
