//! One row of a store, field by field.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use store_model::adapter::{Column, Null, Part, Place, When};
use store_model::contract::plan;
use store_model::form::Form;

use super::dialect::{Dialect, Fault};
use super::layout::Way;
use super::store::Known;
use super::write::name;
use crate::codec::annotation::FromAnnotation;
use crate::codec::{self, Atom, Decoded, decided, keys, tuple, within};
use crate::error::{BoxError, Result, StoreError};
use crate::time::to_micros;

/// Reads the form of a column.
type Decode<'r, T> = fn(&Column<'static>, Atom<'r>) -> Decoded<T>;

/// One row of a store.
pub(crate) struct Row<'r, DB: Dialect> {
    pub(crate) row: &'r DB::Row,
    pub(crate) store: &'static Known,
}

impl<DB: Dialect> Row<'_, DB> {
    pub(super) fn word(&self, place: usize) -> Result<Cow<'_, str>> {
        self.field(place, codec::text)
    }

    // Most of what is read is texts and times as they are, so these take the shortest way.

    pub(super) fn text(&self, place: usize) -> Result<String> {
        match self.store.layout.ways[place] {
            Way::Text => self.itself(place, DB::text)?.map(str::to_owned).ok_or_else(|| self.null(place)),
            _ => self.word(place).map(Cow::into_owned),
        }
    }

    pub(super) fn optional_text(&self, place: usize) -> Result<Option<String>> {
        match self.store.layout.ways[place] {
            Way::Text => Ok(self.itself(place, DB::text)?.map(str::to_owned)),
            _ => Ok(self.optional_field(place, codec::text)?.map(Cow::into_owned)),
        }
    }

    pub(super) fn time(&self, place: usize) -> Result<DateTime<Utc>> {
        match self.store.layout.ways[place] {
            Way::Time => self.itself(place, DB::time)?.map(to_micros).ok_or_else(|| self.null(place)),
            _ => self.field(place, codec::time),
        }
    }

    pub(super) fn optional_time(&self, place: usize) -> Result<Option<DateTime<Utc>>> {
        match self.store.layout.ways[place] {
            Way::Time => Ok(self.itself(place, DB::time)?.map(to_micros)),
            _ => self.optional_field(place, codec::time),
        }
    }

    /// What a column holds that has the value itself.
    fn itself<'s, T>(
        &'s self,
        place: usize,
        read: fn(&'s DB::Row, usize) -> Result<Option<T>, Fault>,
    ) -> Result<Option<T>> {
        let read = read(self.row, self.store.layout.values[place].into());
        read.map_err(|fault| self.unread(place, fault))
    }

    pub(super) fn integer(&self, place: usize) -> Result<i64> {
        self.field(place, codec::integer)
    }

    pub(super) fn count(&self, place: usize) -> Result<u32> {
        let number = match self.store.adapter.fields[place] {
            // What NULL means there says nothing of a count.
            Place::Within(other) => self.optional(other.into(), codec::count)?.unwrap_or(1),
            _ => self.integer(place)?,
        };
        u32::try_from(number)
            .map_err(|_| self.corrupt(place, format!("{number} is no count of 32 bits").into()))
    }

    pub(super) fn boolean(&self, place: usize) -> Result<bool> {
        self.field(place, codec::boolean)
    }

    pub(super) fn list(&self, place: usize) -> Result<Vec<String>> {
        match self.store.adapter.fields[place] {
            Place::Keys(list) => keys::list(
                list,
                |number| self.key_of(place, number),
                |column, source| self.corrupt_column(column, source),
            ),
            _ => self.field(place, codec::list),
        }
    }

    pub(super) fn numbers(&self, place: usize) -> Result<BTreeMap<String, i64>> {
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

    pub(super) fn texts(&self, place: usize) -> Result<BTreeMap<String, String>> {
        self.field(place, codec::texts)
    }

    /// A field that always has a value.
    pub(super) fn field<'s, T: FromAnnotation + Default>(
        &'s self,
        place: usize,
        decode: Decode<'s, T>,
    ) -> Result<T> {
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
        let index = usize::from(self.store.layout.values[place]);
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
                None => Err(self.null(place)),
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
        constant.ok_or_else(|| self.null(place))
    }

    /// What the column of a field holds.
    fn optional<'s, T: FromAnnotation>(&'s self, place: usize, decode: Decode<'s, T>) -> Result<Option<T>> {
        let column = self.store.adapter.kept(place);
        if let Some(carrier) = self.store.layout.ways[place].read() {
            let atom = DB::read(self.row, self.store.layout.values[place].into(), carrier);
            return atom
                .map_err(|fault| self.unread(place, fault))?
                .map(|atom| decode(column, atom).map_err(|source| self.corrupt(place, source)))
                .transpose();
        }
        if column.code.is_some() {
            let first = self.store.layout.index(self.store.adapter.part(place, 0));
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
        let atom = if self.store.layout.has_documents { self.within(place, column, atom) } else { Ok(atom) };
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
        let null =
            DB::boolean(self.row, self.store.layout.nulls[place].into()).map_err(Fault::into_backend)?;
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
        let index = self.store.layout.index(part);
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
        let adapter = self.store.adapter;
        let atom = |part: Part<'_>| {
            let carrier = part.column.read(adapter.dialect);
            DB::read(self.row, self.store.layout.index(part), carrier).ok().flatten()
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
    fn null(&self, place: usize) -> StoreError {
        self.corrupt(place, "it is NULL".into())
    }

    #[cold]
    fn unread(&self, place: usize, fault: Fault) -> StoreError {
        unread(self.column(place), fault, |source| self.corrupt(place, source))
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
    store: &Known,
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
    store: &'static Known,
    row: &DB::Row,
    first: usize,
    place: usize,
    corrupt: impl Fn(&Column<'_>, BoxError) -> StoreError,
) -> Result<Option<T>> {
    let adapter = store.adapter;
    let read = |part: Part<'_>| {
        atom::<DB>(store, row, first + part.number, part.column, |source| corrupt(part.column, source))
    };
    let mut atoms = adapter.parts_of(place).map(read).collect::<Result<Vec<_>>>()?;
    codec::decode_parts(adapter.kept(place), &mut atoms).map_err(|source| {
        let number = codec::part_at_fault(&source).unwrap_or_default();
        corrupt(adapter.part(place, number).column, source)
    })
}
