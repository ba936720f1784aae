//! Records as values in the order of the contract, and back.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use store_model::adapter::{Adapter, Bind, Column, Null, Part, Place, When};
use store_model::contract::{plan, subscription, usage};
use store_model::form::{Carrier, Form};

use super::call::Store;
use super::dialect::{Dialect, Fault};
use super::write::name;
use crate::codec::annotation::FromAnnotation;
use crate::codec::{self, Atom, Decoded, Value, decided, keys, tuple, within};
use crate::error::{BoxError, Entity, Result, StoreError};
use crate::plan::{Plan, PlanInterval};
use crate::subscription::{Subscription, SubscriptionStatus};
use crate::usage::UsageRecord;

/// What a statement takes its values from.
pub(crate) trait Inputs: Sync {
    /// The value that a placeholder stands for.
    fn value(&self, bind: Bind) -> Value<'_>;
}

/// A few values by what binds them: keys, ends of ranges, limits.
pub(crate) struct Keys<'a, const N: usize>(pub(crate) [(Bind, Value<'a>); N]);

impl<const N: usize> Inputs for Keys<'_, N> {
    fn value(&self, bind: Bind) -> Value<'_> {
        let found = self.0.iter().find(|(known, _)| *known == bind);
        found
            .map(|(_, value)| *value)
            .unwrap_or_else(|| panic!("the operation has no value for placeholder {bind}"))
    }
}

/// A place of the contract as what binds it.
pub(crate) const fn bind(place: usize) -> Bind {
    // A record has far fewer fields than 256.
    place as Bind
}

/// A record of the contract.
pub(crate) trait Record: Inputs + Send + Unpin + Sized {
    const ENTITY: Entity;

    fn read<DB: Dialect>(row: &Row<'_, DB>) -> Result<Self>;

    fn id(&self) -> &str;

    /// Whether another live row of its subscriber stands in its way.
    fn is_live(&self) -> bool {
        false
    }
}

/// Where the value of each field begins in a row.
pub(crate) struct Layout {
    values: [u16; plan::FIELDS.len()],
    /// Whether its column is NULL, where that is told apart from leading to nothing.
    nulls: [u16; plan::FIELDS.len()],
    /// What the driver reads of it, where nothing but its form has a say: most fields of most stores.
    plain: [Option<Carrier>; plan::FIELDS.len()],
    /// Whether some of them are in one document.
    has_documents: bool,
}

impl Layout {
    /// Columns are read in the order of the contract, those of one field side by side and a document once; fields
    /// without column are passed over.
    pub(crate) fn of(adapter: &Adapter<'_>) -> Self {
        let has_documents = adapter.has_documents();
        let (values, nulls) = ([0; plan::FIELDS.len()], [0; plan::FIELDS.len()]);
        let mut layout = Self { values, nulls, plain: [None; plan::FIELDS.len()], has_documents };
        let mut next = 0;
        for place in 0..adapter.entity.fields().len() {
            if let Place::Column(column) = &adapter.fields[place] {
                let is_plain = column.is_plain() && !has_documents;
                layout.plain[place] = is_plain.then(|| column.read(adapter.dialect));
            }
            if let Some(first) = has_documents.then(|| adapter.read_with(place)).flatten() {
                layout.values[place] = layout.values[first];
                continue;
            }
            layout.values[place] = next;
            // No database has rows of so many columns.
            next += adapter.fields[place].read_width() as u16;
        }
        for (place, _) in adapter.columns().filter(|(place, _)| adapter.tells_null(*place)) {
            layout.nulls[place] = next;
            next += 1;
        }
        layout
    }

    fn index(&self, part: Part<'_>) -> usize {
        usize::from(self.values[part.place]) + part.number
    }
}

/// Reads the form of a column.
type Decode<'r, T> = fn(&Column<'static>, Atom<'r>) -> Decoded<T>;

/// One row of a store.
pub(crate) struct Row<'r, DB: Dialect> {
    pub(crate) row: &'r DB::Row,
    pub(crate) store: &'static Store,
    pub(crate) layout: &'r Layout,
}

impl<DB: Dialect> Row<'_, DB> {
    fn word(&self, place: usize) -> Result<Cow<'_, str>> {
        self.field(place, codec::text)
    }

    fn text(&self, place: usize) -> Result<String> {
        self.word(place).map(Cow::into_owned)
    }

    fn optional_text(&self, place: usize) -> Result<Option<String>> {
        Ok(self.optional_field(place, codec::text)?.map(Cow::into_owned))
    }

    fn integer(&self, place: usize) -> Result<i64> {
        self.field(place, codec::integer)
    }

    fn count(&self, place: usize) -> Result<u32> {
        let number = match self.store.adapter.fields[place] {
            // What NULL means there says nothing of a count.
            Place::Within(other) => self.optional(other.into(), codec::count)?.unwrap_or(1),
            _ => self.integer(place)?,
        };
        u32::try_from(number)
            .map_err(|_| self.corrupt(place, format!("{number} is no count of 32 bits").into()))
    }

    fn boolean(&self, place: usize) -> Result<bool> {
        self.field(place, codec::boolean)
    }

    fn time(&self, place: usize) -> Result<DateTime<Utc>> {
        self.field(place, codec::time)
    }

    fn optional_time(&self, place: usize) -> Result<Option<DateTime<Utc>>> {
        self.optional_field(place, codec::time)
    }

    fn list(&self, place: usize) -> Result<Vec<String>> {
        match self.store.adapter.fields[place] {
            Place::Keys(list) => keys::list(
                list,
                |number| self.key_of(place, number),
                |column, source| self.corrupt_column(column, source),
            ),
            _ => self.field(place, codec::list),
        }
    }

    fn numbers(&self, place: usize) -> Result<BTreeMap<String, i64>> {
        match self.store.adapter.fields[place] {
            Place::Keys(list) => keys::numbers(
                list,
                |number| self.key_of(place, number),
                |column, source| self.corrupt_column(column, source),
            ),
            _ => self.field(place, codec::numbers),
        }
    }

    /// What the column of a key holds.
    fn key_of(&self, place: usize, number: usize) -> Result<Option<Atom<'_>>> {
        self.atom(self.store.adapter.part(place, number))
    }

    fn texts(&self, place: usize) -> Result<BTreeMap<String, String>> {
        self.field(place, codec::texts)
    }

    /// A field that always has a value.
    fn field<'s, T: FromAnnotation + Default>(&'s self, place: usize, decode: Decode<'s, T>) -> Result<T> {
        match self.store.adapter.fields[place] {
            Place::Column(column) => match self.optional(place, decode)? {
                Some(value) => Ok(value),
                None => self.meaning_of_null(place, column.null, decode),
            },
            Place::Always(constant) => Ok(T::constant(constant).unwrap_or_default()),
            Place::Case(list) => self.decided(place, list),
            _ => Ok(T::default()),
        }
    }

    /// A field that other columns decide.
    fn decided<T: FromAnnotation>(&self, place: usize, list: &[When<'static>]) -> Result<T> {
        let index = usize::from(self.layout.values[place]);
        let atom = DB::read(self.row, index, decided::carrier(list));
        let atom = atom.map_err(|fault| {
            let (Fault::Value(source) | Fault::Type(source)) = fault;
            StoreError::Schema { source }
        })?;
        let meaning = atom.and_then(|atom| decided::meaning(list, &atom)).and_then(T::meaning);
        meaning.ok_or_else(|| {
            let source = format!("the `case` of `{}` has no such value", self.store.adapter.field(place));
            StoreError::Schema { source: source.into() }
        })
    }

    /// A field that may be none.
    fn optional_field<'s, T: FromAnnotation>(
        &'s self,
        place: usize,
        decode: Decode<'s, T>,
    ) -> Result<Option<T>> {
        match self.store.adapter.fields[place] {
            Place::Column(Column { null: Some(Null::Never), .. }) => match self.optional(place, decode)? {
                None => Err(self.corrupt(place, "it is NULL".into())),
                some => Ok(some),
            },
            Place::Column(_) => self.optional(place, decode),
            Place::Always(constant) => Ok(T::constant(constant)),
            _ => Ok(None),
        }
    }

    fn meaning_of_null<'s, T: FromAnnotation + Default>(
        &'s self,
        place: usize,
        null: Option<Null<'static>>,
        decode: Decode<'s, T>,
    ) -> Result<T> {
        let constant = match null {
            Some(Null::IsField(other)) => return self.field(other.into(), decode),
            Some(Null::Is(constant)) => T::constant(constant),
            _ => None,
        };
        constant.ok_or_else(|| self.corrupt(place, "it is NULL".into()))
    }

    /// What the column of a field holds.
    fn optional<'s, T: FromAnnotation>(&'s self, place: usize, decode: Decode<'s, T>) -> Result<Option<T>> {
        let column = self.store.adapter.kept(place);
        if let Some(carrier) = self.layout.plain[place] {
            let atom = DB::read(self.row, self.layout.values[place].into(), carrier);
            let atom = atom.map_err(|fault| unread(column, fault, |source| self.corrupt(place, source)))?;
            return atom
                .map(|atom| decode(column, atom).map_err(|source| self.corrupt(place, source)))
                .transpose();
        }
        if column.code.is_some() {
            let first = self.layout.index(self.store.adapter.part(place, 0));
            return coded::<DB, T>(self.store, self.row, first, place, |column, source| {
                self.corrupt_column(column, source)
            });
        }
        if !column.beside.is_empty() {
            let read = |number| self.atom(self.store.adapter.part(place, number));
            let meaning = tuple::meaning(column, read, |source| self.corrupt(place, source))?;
            return Ok(T::meaning(meaning));
        }
        let of_currency = self.currency(place, column)?;
        let column = of_currency.as_ref().unwrap_or(column);
        let atom = self.atom(Part { place, number: 0, column })?;
        let atom = if self.layout.has_documents { self.within(place, column, atom) } else { Ok(atom) };
        let value = atom
            .and_then(|atom| codec::decode(column, atom, decode))
            .map_err(|source| self.corrupt(place, source))?;
        match column.via {
            Some(via) if value.is_none() && !self.is_null(place)? => {
                let source = format!("it leads to no `{}` in {}", via.reads, name(&via.table));
                Err(self.corrupt(place, source.into()))
            }
            _ => Ok(value),
        }
    }

    /// Whether a column that leads to another table is NULL, where that has a meaning.
    fn is_null(&self, place: usize) -> Result<bool> {
        if !self.store.adapter.tells_null(place) {
            return Ok(false);
        }
        let null = DB::boolean(self.row, self.layout.nulls[place].into()).map_err(Fault::into_backend)?;
        Ok(null == Some(true))
    }

    /// What a field has of a document, where it is in one.
    fn within<'s>(
        &self,
        place: usize,
        column: &Column<'_>,
        document: Option<Atom<'s>>,
    ) -> Decoded<Option<Atom<'s>>> {
        let Some(document) = document else { return Ok(None) };
        if column.is_within() {
            return within::read(column, document);
        }
        let keys: Vec<_> = self.store.adapter.keys_beside(place).collect();
        if keys.is_empty() { Ok(Some(document)) } else { within::rest(document, &keys).map(Some) }
    }

    /// What one of the columns of a field holds.
    fn atom(&self, part: Part<'_>) -> Result<Option<Atom<'_>>> {
        let index = self.layout.index(part);
        atom::<DB>(self.store, self.row, index, part.column, |source| {
            self.corrupt_column(part.column, source)
        })
    }

    /// The column that a field is in, its own or that of another.
    fn column(&self, place: usize) -> &'static Column<'static> {
        match self.store.adapter.fields[place] {
            Place::Within(other) => self.store.adapter.kept(other.into()),
            _ => self.store.adapter.kept(place),
        }
    }

    /// A column whose form depends on the currency of the plan, in the form that it has for this one.
    fn currency(&self, place: usize, column: &Column<'static>) -> Result<Option<Column<'static>>> {
        if column.form != Form::DecimalOfCurrency {
            return Ok(None);
        }
        let code = self.word(plan::CURRENCY)?;
        codec::for_currency(column, &code).map(Some).map_err(|unfit| self.corrupt(place, unfit.into()))
    }

    /// The id, as well as it can be read.
    fn key(&self) -> String {
        let adapter = &self.store.adapter;
        let atom = |part: Part<'_>| {
            let carrier = part.column.read(adapter.dialect);
            DB::read(self.row, self.layout.index(part), carrier).ok().flatten()
        };
        let id = adapter.part(plan::ID, 0);
        let id: Option<Cow<'_, str>> = if id.column.code.is_some() {
            let mut atoms: Vec<_> = adapter.parts_of(plan::ID).map(atom).collect();
            codec::decode_parts(id.column, &mut atoms).ok().flatten()
        } else {
            atom(id).and_then(|atom| codec::text(id.column, atom).ok())
        };
        id.map_or_else(|| "?".to_owned(), Cow::into_owned)
    }

    #[cold]
    fn corrupt(&self, place: usize, source: BoxError) -> StoreError {
        self.corrupt_column(self.column(place), source)
    }

    fn corrupt_column(&self, column: &Column<'_>, source: BoxError) -> StoreError {
        StoreError::Corrupt {
            entity: self.store.adapter.entity,
            key: self.key(),
            column: column.name.to_owned(),
            source,
        }
    }
}

/// What a column holds that stands at an index of a row.
fn atom<'r, DB: Dialect>(
    store: &Store,
    row: &'r DB::Row,
    index: usize,
    column: &Column<'_>,
    corrupt: impl FnOnce(BoxError) -> StoreError,
) -> Result<Option<Atom<'r>>> {
    let read = DB::read(row, index, column.read(store.adapter.dialect));
    read.map_err(|fault| unread(column, fault, corrupt))
}

/// Why a column can't be read.
#[cold]
fn unread(column: &Column<'_>, fault: Fault, corrupt: impl FnOnce(BoxError) -> StoreError) -> StoreError {
    match fault {
        Fault::Value(source) => corrupt(source),
        Fault::Type(source) => {
            StoreError::Schema { source: format!("column `{}`: {source}", column.name).into() }
        }
    }
}

/// What a codec reads in the columns of a field, which stand side by side in a row.
pub(crate) fn coded<DB: Dialect, T: FromAnnotation>(
    store: &'static Store,
    row: &DB::Row,
    first: usize,
    place: usize,
    corrupt: impl Fn(&Column<'_>, BoxError) -> StoreError,
) -> Result<Option<T>> {
    let adapter = &store.adapter;
    let read = |part: Part<'_>| {
        atom::<DB>(store, row, first + part.number, part.column, |source| corrupt(part.column, source))
    };
    let mut atoms = adapter.parts_of(place).map(read).collect::<Result<Vec<_>>>()?;
    codec::decode_parts(adapter.kept(place), &mut atoms).map_err(|source| {
        let number = codec::part_at_fault(&source).unwrap_or_default();
        corrupt(adapter.part(place, number).column, source)
    })
}

impl Inputs for Plan {
    fn value(&self, bind: Bind) -> Value<'_> {
        match usize::from(bind) {
            plan::ID => Value::Text(&self.id),
            plan::PROVIDER_ID => Value::OptionalText(self.provider_id.as_deref()),
            plan::NAME => Value::Text(&self.name),
            plan::DESCRIPTION => Value::Text(&self.description),
            plan::AMOUNT => Value::Integer(self.amount),
            plan::CURRENCY => Value::Text(&self.currency),
            plan::INTERVAL => Value::Interval(self.interval.as_str(), self.interval_count),
            plan::INTERVAL_COUNT => Value::Integer(self.interval_count.into()),
            plan::TRIAL_DAYS => Value::Integer(self.trial_days.into()),
            plan::FEATURES => Value::List(&self.features),
            plan::LIMITS => Value::Numbers(&self.limits),
            plan::METADATA => Value::Texts(&self.metadata),
            plan::ACTIVE => Value::Boolean(self.active),
            plan::CREATED_AT => Value::Time(self.created_at),
            plan::UPDATED_AT => Value::Time(self.updated_at),
            place => panic!("a plan has no field {place}"),
        }
    }
}

impl Record for Plan {
    const ENTITY: Entity = Entity::Plan;

    fn read<DB: Dialect>(row: &Row<'_, DB>) -> Result<Self> {
        Ok(Self {
            id: row.text(plan::ID)?,
            provider_id: row.optional_text(plan::PROVIDER_ID)?,
            name: row.text(plan::NAME)?,
            description: row.text(plan::DESCRIPTION)?,
            amount: row.integer(plan::AMOUNT)?,
            currency: row.text(plan::CURRENCY)?,
            interval: PlanInterval::new(&*row.field(plan::INTERVAL, codec::unit)?),
            interval_count: row.count(plan::INTERVAL_COUNT)?,
            trial_days: row.count(plan::TRIAL_DAYS)?,
            features: row.list(plan::FEATURES)?,
            limits: row.numbers(plan::LIMITS)?,
            metadata: row.texts(plan::METADATA)?,
            active: row.boolean(plan::ACTIVE)?,
            created_at: row.time(plan::CREATED_AT)?,
            updated_at: row.time(plan::UPDATED_AT)?,
        })
    }

    fn id(&self) -> &str {
        &self.id
    }
}

impl Inputs for Subscription {
    fn value(&self, bind: Bind) -> Value<'_> {
        match usize::from(bind) {
            subscription::ID => Value::Text(&self.id),
            subscription::PROVIDER_ID => Value::OptionalText(self.provider_id.as_deref()),
            subscription::SUBSCRIBER_ID => Value::Text(&self.subscriber_id),
            subscription::PLAN_ID => Value::Text(&self.plan_id),
            subscription::STATUS => Value::Text(self.status.as_str()),
            subscription::CURRENT_PERIOD_START => Value::Time(self.current_period_start),
            subscription::CURRENT_PERIOD_END => Value::Time(self.current_period_end),
            subscription::TRIAL_START => Value::OptionalTime(self.trial_start),
            subscription::TRIAL_END => Value::OptionalTime(self.trial_end),
            subscription::CANCELED_AT => Value::OptionalTime(self.canceled_at),
            subscription::PAUSED_AT => Value::OptionalTime(self.paused_at),
            subscription::METADATA => Value::Texts(&self.metadata),
            subscription::CREATED_AT => Value::Time(self.created_at),
            subscription::UPDATED_AT => Value::Time(self.updated_at),
            place => panic!("a subscription has no field {place}"),
        }
    }
}

impl Record for Subscription {
    const ENTITY: Entity = Entity::Subscription;

    fn read<DB: Dialect>(row: &Row<'_, DB>) -> Result<Self> {
        Ok(Self {
            id: row.text(subscription::ID)?,
            provider_id: row.optional_text(subscription::PROVIDER_ID)?,
            subscriber_id: row.text(subscription::SUBSCRIBER_ID)?,
            plan_id: row.text(subscription::PLAN_ID)?,
            status: SubscriptionStatus::new(&*row.word(subscription::STATUS)?),
            current_period_start: row.time(subscription::CURRENT_PERIOD_START)?,
            current_period_end: row.time(subscription::CURRENT_PERIOD_END)?,
            trial_start: row.optional_time(subscription::TRIAL_START)?,
            trial_end: row.optional_time(subscription::TRIAL_END)?,
            canceled_at: row.optional_time(subscription::CANCELED_AT)?,
            paused_at: row.optional_time(subscription::PAUSED_AT)?,
            metadata: row.texts(subscription::METADATA)?,
            created_at: row.time(subscription::CREATED_AT)?,
            updated_at: row.time(subscription::UPDATED_AT)?,
        })
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn is_live(&self) -> bool {
        self.status.is_live()
    }
}

impl Inputs for UsageRecord {
    fn value(&self, bind: Bind) -> Value<'_> {
        match usize::from(bind) {
            usage::ID => Value::Text(&self.id),
            usage::SUBSCRIPTION_ID => Value::Text(&self.subscription_id),
            usage::METRIC => Value::Text(&self.metric),
            usage::QUANTITY => Value::Integer(self.quantity),
            usage::RECORDED_AT => Value::Time(self.recorded_at),
            usage::METADATA => Value::Texts(&self.metadata),
            usage::PROVIDER_REPORTED_AT => Value::OptionalTime(self.provider_reported_at),
            place => panic!("a usage record has no field {place}"),
        }
    }
}

impl Record for UsageRecord {
    const ENTITY: Entity = Entity::Usage;

    fn read<DB: Dialect>(row: &Row<'_, DB>) -> Result<Self> {
        Ok(Self {
            id: row.text(usage::ID)?,
            subscription_id: row.text(usage::SUBSCRIPTION_ID)?,
            metric: row.text(usage::METRIC)?,
            quantity: row.integer(usage::QUANTITY)?,
            recorded_at: row.time(usage::RECORDED_AT)?,
            metadata: row.texts(usage::METADATA)?,
            provider_reported_at: row.optional_time(usage::PROVIDER_REPORTED_AT)?,
        })
    }

    fn id(&self) -> &str {
        &self.id
    }
}
