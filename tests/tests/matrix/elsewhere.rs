//! Other tables, whose rows have the values that columns lead to.

use chrono::DateTime;
use store_core::__private::{Adapter, Column, Constant, Entity, Extra, Options, Place, Source, Via};
use store_core::contract::fields::Value;
use store_core::{Subscription, SubscriptionStatus};
use store_model::contract::subscription;
use store_model::form::Form;
use store_model::sql::quote;

use crate::walk::{Checked, done};
use crate::world::{Own, World};

/// The columns of each other table: what rows are told apart by, what they have, and whose they are.
pub(crate) const KEY: &str = "the key";
pub(crate) const VALUE: &str = "its value";
pub(crate) const TENANT: &str = "its tenant";

/// Whose rows a tenant of the store sees nothing of.
const STRANGER: Own = ["stranger", "", ""];

/// What is elsewhere of a field.
#[derive(Clone, Debug)]
pub(crate) struct Led {
    /// The field.
    pub(crate) place: usize,
    /// What each tenant has there.
    pub(crate) values: Vec<Value>,
    /// What another has there, where tenants have rows of their own.
    pub(crate) of_stranger: Value,
}

/// A table that has the values of a field.
#[derive(Clone, Debug)]
pub(crate) struct Elsewhere {
    pub(crate) led: Led,
    /// The table as that of subscriptions, whose provider ids are the values.
    adapter: Adapter<'static>,
}

impl Elsewhere {
    /// The table that the column of a field leads to, if it does.
    pub(crate) fn of(store: &Adapter<'static>, led: Led) -> Option<Self> {
        let column = *store.column(led.place)?;
        let via = column.via?;
        let fields = fields(column, via).leak();
        let adapter =
            Adapter { entity: Entity::Subscription, table: via.table, fields, extended: false, ..*store };
        Some(Self { led, adapter })
    }

    /// Makes the table and its rows. Each tenant tells its own rows apart by other keys.
    pub(crate) async fn create(&self, world: &World, tenants: &[Own]) -> Checked {
        done("create another table", world.store(self.adapter, &STRANGER).create().await)?;
        let is_scoped = !self.adapter.options().scope.is_empty();
        for (own, first) in tenants.iter().zip([1, 3]).take(if is_scoped { tenants.len() } else { 1 }) {
            for (value, number) in self.led.values.iter().zip(first..) {
                self.add(world, own, number, value).await?;
            }
        }
        if is_scoped { self.add(world, &STRANGER, 9, &self.led.of_stranger).await } else { Ok(()) }
    }

    async fn add(&self, world: &World, own: &Own, number: usize, value: &Value) -> Checked {
        let Place::Column(key) = self.adapter.fields[subscription::ID] else { panic!("a key has a column") };
        let key = match key.form {
            Form::Integer(_) => number.to_string(),
            Form::Uuid | Form::UuidBytes => format!("00000000-0000-0000-0000-00000000000{number}"),
            _ => format!("it's {number}"),
        };
        let time = DateTime::UNIX_EPOCH;
        let mut row = Subscription::new(key, "", "", SubscriptionStatus::Paused, time..time);
        (row.created_at, row.updated_at) = (time, time);
        row.provider_id = value.text().map(Into::into);
        done(&format!("add {row:?} elsewhere"), world.store(self.adapter, own).save_subscription(&row).await)
    }

    pub(crate) async fn drop(&self, world: &World) -> Checked {
        let table = quote(world.dialect(), self.adapter.table.name);
        let dropped = world.run(&format!("DROP TABLE IF EXISTS {table}")).await;
        dropped.map_err(|error| error.to_string())
    }
}

/// A subscription with nothing but a key and a value, and what it can't be without.
fn fields(column: Column<'static>, via: &Via<'static>) -> Vec<Place<'static>> {
    use subscription::{
        CREATED_AT, CURRENT_PERIOD_END, CURRENT_PERIOD_START, ID, PLAN_ID, PROVIDER_ID, STATUS,
        SUBSCRIBER_ID, UPDATED_AT,
    };
    let value = Column { name: VALUE, null: None, via: None, repeats: false, ..column };
    let place = |place: usize| match place {
        ID => Place::Column(Column::new(KEY, via.form)),
        PROVIDER_ID => Place::Column(value),
        SUBSCRIBER_ID => Place::Column(Column::new("subscriber", Form::Text)),
        STATUS => Place::Column(Column::new("status", Form::Text)),
        PLAN_ID => Place::Always(Constant::Text("")),
        CURRENT_PERIOD_START | CURRENT_PERIOD_END | CREATED_AT | UPDATED_AT => {
            Place::Always(Constant::Time(0))
        }
        _ => Place::Absent,
    };
    let mut fields: Vec<_> = (0..subscription::FIELDS.len()).map(place).collect();
    if let Some(name) = via.scope {
        let scope = vec![Extra { column: Column::new(name, Form::Text), value: Source::Own(0) }];
        let options = Options { scope: scope.leak(), ..*Options::NONE };
        fields.push(Place::Table(Box::leak(Box::new(options))));
    }
    fields
}
