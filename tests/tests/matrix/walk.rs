//! Each value of each field of a table: what is held comes back, at the ends of its range too, and what is not is refused
//! and changes nothing; a record that is read and saved changes no byte of its row, whoever wrote it.

use std::sync::Arc;

use store_core::__private::{Entity, Null};
use store_core::contract::fields::Value;
use store_core::mapping::{Home, Values};
use store_model::contract::plan;
use store_model::sql::quote;
use store_tests::harness::full;

use crate::adapters::{Subject, has_place};
use crate::kept::Kept;
use crate::model::{Told, constant_of};
use crate::values::{self, Bits};
use crate::world::{Own, Stored, World};

pub(crate) const OWN: Own = ["acme", "ann", "bob"];

/// How many rounds of values beside those that are stated, where tests are to be quick.
const SAMPLE: usize = 1;

/// The outcome of a check: what is wrong, in words.
pub(crate) type Checked<T = ()> = Result<T, String>;

/// A table under test.
struct Walk<'w, R> {
    world: &'w World,
    subject: &'w Subject,
    store: Arc<dyn Stored>,
    held: Vec<Vec<Value>>,
    refused: Vec<Vec<Value>>,
    base: R,
}

/// Values of each field that a store holds, and others that it refuses.
#[derive(Clone, Debug)]
pub(crate) struct Sorted {
    pub(crate) held: Vec<Vec<Value>>,
    pub(crate) refused: Vec<Vec<Value>>,
}

impl Sorted {
    /// All values of a field.
    pub(crate) fn all(&self, place: usize) -> impl Iterator<Item = &Value> {
        self.held[place].iter().chain(&self.refused[place])
    }
}

/// Walks over a table, with so many values of each field at random.
pub(crate) async fn walk<R: Kept>(world: &World, subject: &Subject, more: usize) -> Checked {
    let store = world.store(subject.adapter, &OWN);
    done("create", store.create().await)?;
    done("verify", store.verify().await)?;
    let Sorted { mut held, mut refused } = sorted::<R>(subject, more)?;
    if !full() {
        for (place, shape) in subject.shapes.iter().enumerate() {
            // Those that are stated come first.
            let stated = shape.as_ref().map_or(0, |shape| shape.refuses.len());
            refused[place].truncate(stated + SAMPLE);
        }
        for &place in &subject.repeated {
            held[place].truncate(1);
            refused[place].clear();
        }
    }
    let mut base = R::blank();
    held.iter().enumerate().for_each(|(place, held)| base.set(place, held[0].clone()));
    subject.follow(&mut base);
    let walk = Walk { world, subject, store, held, refused, base };
    walk.round_trips().await?;
    walk.refusals().await?;
    walk.others().await?;
    world.run(&format!("DROP TABLE {}", walk.table())).await.map_err(|error| error.to_string())
}

pub(crate) fn done<T>(what: &str, outcome: store_core::Result<T>) -> Checked<T> {
    outcome.map_err(|error| {
        let source = std::error::Error::source(&error).map(ToString::to_string);
        format!("{what}: {error}: {}", source.unwrap_or_default())
    })
}

/// The values of each field that are held, and those that are not. What the shapes say of theirs must be so.
pub(crate) fn sorted<R: Kept>(subject: &Subject, more: usize) -> Checked<Sorted> {
    let fields = subject.adapter.entity.fields();
    let stated: Vec<Vec<Value>> = subject
        .shapes
        .iter()
        .map(|shape| shape.as_ref().map(|shape| shape.holds.clone()).unwrap_or_default())
        .collect();
    let mut held: Vec<Vec<Value>> = Vec::new();
    let mut refused: Vec<Vec<Value>> = Vec::new();
    let mut bits = Bits(7);
    for (place, field) in fields.iter().enumerate() {
        let mut all = stated[place].clone();
        all.extend(subject.shapes[place].iter().flat_map(|shape| shape.refuses.clone()));
        if let Home::Constant(constant) = subject.holder.mapping.fields[place].home {
            all.push(constant_of(constant, &R::blank().value(place)));
        }
        let column = subject.adapter.column(place);
        for value in values::of(field, column, more, &mut bits) {
            if !all.contains(&value) {
                all.push(value);
            }
        }
        let is_held = |value: &Value| is_held::<R>(subject, place, value);
        let (good, bad): (Vec<_>, Vec<_>) = all.into_iter().partition(is_held);
        held.push(good);
        refused.push(bad);
    }
    // What shares a column has the values of its owner.
    for (place, field) in subject.holder.mapping.fields.iter().enumerate().filter(|(_, it)| !it.dropped) {
        let owner = field.shared.and_then(|owner| fields.iter().position(|it| it.name == owner));
        let Some(owner) = owner else { continue };
        let like = R::blank().value(place);
        held[place] = held[owner].iter().map(|value| value.clone().in_place_of(&like)).collect();
        refused[place].clear();
    }
    for (place, shape) in subject.shapes.iter().enumerate() {
        let Some(shape) = shape.as_ref().filter(|_| has_place(subject, place)) else { continue };
        let name = fields[place].name;
        if let Some(value) = shape.holds.iter().find(|value| !held[place].contains(value)) {
            return Err(format!("`{name}` should hold {value:?}, and its mapping says that it doesn't"));
        }
        if let Some(value) = shape.refuses.iter().find(|value| held[place].contains(value)) {
            return Err(format!("`{name}` should refuse {value:?}, and its mapping says that it holds it"));
        }
    }
    Ok(Sorted { held, refused })
}

/// Whether a field holds a value, whatever the others have.
fn is_held<R: Kept>(subject: &Subject, place: usize, value: &Value) -> bool {
    if let Some(decision) = subject.holder.decision.as_ref().filter(|it| it.place == place) {
        return decision.has(value);
    }
    let mut record = R::blank();
    record.set(place, value.clone());
    if R::ENTITY == Entity::Plan && place != plan::CURRENCY && subject.holder.by_currency {
        record.set(plan::CURRENCY, Value::Text("EUR".into()));
    }
    let alone = place != plan::INTERVAL_COUNT || R::ENTITY != Entity::Plan;
    if alone {
        subject.follow(&mut record);
        // What another owns was changed again.
        record.set(place, value.clone());
    }
    let unfit = subject.holder.hold(&record).err().unwrap_or_default();
    let name = subject.adapter.field(place);
    let is_currency = name == "currency" && subject.holder.by_currency && unfit.contains(&"amount");
    !unfit.contains(&name) && !is_currency
}

impl<R: Kept> Walk<'_, R> {
    fn table(&self) -> String {
        quote(self.subject.adapter.dialect, self.subject.table())
    }

    async fn empty(&self) -> Checked {
        self.run(&format!("DELETE FROM {}", self.table())).await
    }

    async fn run(&self, sql: &str) -> Checked {
        self.world.run(sql).await.map_err(|error| format!("{sql}: {error}"))
    }

    async fn rows(&self, without: &[usize]) -> Checked<Vec<String>> {
        let rows = self.world.rows(self.subject.table(), &self.subject.columns(without)).await;
        rows.map_err(|error| error.to_string())
    }

    const fn is_rewritten(&self) -> bool {
        !matches!(R::ENTITY, Entity::Usage)
    }

    /// All fields at once, each with the next value that it holds.
    async fn round_trips(&self) -> Checked {
        let is_new = |place: &usize| !self.subject.repeated.contains(place);
        let stated = self.subject.shapes.iter().enumerate().filter(|(place, _)| is_new(place));
        let stated = stated.filter_map(|(_, shape)| Some(shape.as_ref()?.holds.len())).max();
        let all = self.held.iter().map(Vec::len).max().unwrap_or_default();
        // Those that are stated come first.
        let rounds = if full() { all } else { stated.unwrap_or_default() + SAMPLE };
        for round in 0..rounds {
            let mut record = R::blank();
            for (place, held) in self.held.iter().enumerate() {
                record.set(place, held[round % held.len()].clone());
            }
            self.subject.follow(&mut record);
            let read = self
                .subject
                .holder
                .hold(&record)
                .map_err(|unfit| format!("{unfit:?} can't be held of {record:?}"))?;
            done(&format!("save {record:?}"), record.save(&*self.store).await)?;
            Told::Done(vec![read.clone()]).agrees(&record.beside(&*self.store).await)?;
            if self.is_rewritten() {
                let before = self.rows(&[]).await?;
                done("save as read", read.save(&*self.store).await)?;
                same("a record that was read and saved", &before, &self.rows(&[]).await?)?;
            }
            self.empty().await?;
        }
        Ok(())
    }

    /// Each value that a field refuses, in a record that would replace another.
    async fn refusals(&self) -> Checked {
        done("save the base", self.base.save(&*self.store).await)?;
        let before = self.rows(&[]).await?;
        for (place, refused) in self.refused.iter().enumerate() {
            let name = self.subject.adapter.field(place);
            for value in refused {
                let mut record = self.base.clone();
                record.set(place, value.clone());
                let named =
                    if name == "currency" && self.subject.holder.by_currency { "amount" } else { name };
                let found = record.save(&*self.store).await;
                Told::<()>::Unfit(vec![named])
                    .agrees(&found)
                    .map_err(|it| format!("{name} {value:?}: {it}"))?;
            }
        }
        same("refused values", &before, &self.rows(&[]).await?)?;
        self.empty().await
    }

    /// What others write in a column reads as it is said to, and stays as it is when the record is saved.
    async fn others(&self) -> Checked {
        for (place, shape) in self.subject.shapes.iter().enumerate() {
            let Some(column) = self.subject.adapter.column(place) else { continue };
            if !full() && self.subject.repeated.contains(&place) {
                continue;
            }
            for (literal, meaning) in shape.iter().flat_map(|shape| &shape.others) {
                let what = format!("{} = {literal}", column.name);
                let mut record = self.with_meaning(place, meaning.as_ref());
                self.subject.follow(&mut record);
                let expected =
                    self.subject.holder.hold(&record).map_err(|unfit| format!("{what}: {unfit:?}"))?;
                done(&what, self.base_like(&record, place).save(&*self.store).await)?;
                let name = quote(self.subject.adapter.dialect, column.name);
                self.run(&format!("UPDATE {} SET {name} = {literal}", self.table())).await?;
                let found = record.beside(&*self.store).await;
                Told::Done(vec![expected.clone()]).agrees(&found).map_err(|it| format!("{what}: {it}"))?;
                if self.is_rewritten() {
                    self.stays(place, &expected, &what).await?;
                }
                self.empty().await?;
            }
        }
        Ok(())
    }

    /// The base with what a literal means.
    fn with_meaning(&self, place: usize, meaning: Option<&Value>) -> R {
        let mut record = self.base.clone();
        let of_field = match self.subject.adapter.column(place).and_then(|column| column.null) {
            Some(Null::IsField(other)) => record.value(other.into()).in_place_of(&record.value(place)),
            _ => record.value(place),
        };
        record.set(place, meaning.cloned().unwrap_or(of_field));
        record
    }

    /// The record with another value in one field, where there is one.
    fn base_like(&self, record: &R, place: usize) -> R {
        let other = self.held[place].iter().find(|value| **value != record.value(place));
        let mut base = record.clone();
        if let Some(other) = other.filter(|_| place != 0) {
            base.set(place, other.clone());
            self.subject.follow(&mut base);
        }
        base
    }

    async fn stays(&self, place: usize, read: &R, what: &str) -> Checked {
        let before = self.rows(&[]).await?;
        done(what, read.save(&*self.store).await)?;
        same(what, &before, &self.rows(&[]).await?)?;
        // Another field is changed, which touches this one's column as little.
        let fields = &self.subject.holder.mapping.fields;
        let is_free = |other: &usize| {
            *other != 0
                && *other != place
                && self.held[*other].len() > 1
                && read.value(*other).time().is_none()
                && has_place(self.subject, *other)
                && !matches!(fields[*other].values, Values::Intervals(..))
        };
        let Some(other) = (0..fields.len()).find(is_free) else { return Ok(()) };
        let mut changed = read.clone();
        let new = self.held[other].iter().find(|value| **value != read.value(other));
        changed.set(other, new.cloned().unwrap_or_else(|| read.value(other)));
        let before = self.rows(&[other]).await?;
        done(what, changed.save(&*self.store).await)?;
        same(what, &before, &self.rows(&[other]).await?)?;
        Told::Done(vec![changed.clone()]).agrees(&changed.beside(&*self.store).await)?;
        // And a save of another value replaces it.
        let changed = self.base_like(read, place);
        let expected = self.subject.holder.hold(&changed).map_err(|unfit| format!("{what}: {unfit:?}"))?;
        done(what, changed.save(&*self.store).await)?;
        Told::Done(vec![expected]).agrees(&changed.beside(&*self.store).await)
    }
}

fn same(what: &str, before: &[String], after: &[String]) -> Checked {
    if before == after { Ok(()) } else { Err(format!("{what} changed\n  {before:?}\nto\n  {after:?}")) }
}
