//! Which rule of uniqueness refused a record.
//!
//! No driver but that of Postgres says it, and of several keys each names the one that it looked at first. So the rows are
//! asked, in the order in which the contract tells conflicts.

use store_model::adapter::{Adapter, Atomic, Operation};
use store_model::contract::{Entity, plan, subscription};
use store_model::schema::Part;
use store_model::sql::{asks_for_taken, live_key, provider_key, provider_place};

use super::dialect::{Dialect, Key};
use super::failure::{Failure, Outcome};
use super::record::Record;
use super::session::Session;
use super::write::Under;
use crate::error::{Conflict, Extent, StoreError};

/// How often a refusal is asked for its reason before it is called unexplained.
pub(crate) const LOOKS: usize = 3;

/// The rules that can refuse an operation.
#[derive(Clone, Copy)]
pub(crate) struct Rules {
    /// A row has the id.
    pub(crate) id: bool,
    /// A row that is not the store's has the id.
    pub(crate) taken: bool,
    pub(crate) live: bool,
}

impl<DB: Dialect> Session<'_, DB> {
    /// The rule that a row of the table breaks, as the database sees it now; none if that row is gone again.
    pub(crate) async fn conflict<R: Record>(
        &mut self,
        record: &R,
        rules: Rules,
    ) -> Outcome<Option<Conflict>> {
        let operation = if self.sees_the_past() { Operation::ConflictsNow } else { Operation::Conflicts };
        // A new record has no id yet where the database makes it.
        let id = Some(record.id()).filter(|id| !(id.is_empty() && self.store.adapter.makes_ids()));
        let Some(row) = self.row(operation, &Under { id, record }).await? else {
            return Ok(None);
        };
        let flags = flags(R::ENTITY);
        let told = [
            (rules.taken && asks_for_taken(self.store.adapter), flags, Conflict::Id),
            (rules.id, 0, Conflict::Id),
            (flags > 1, 1, Conflict::ProviderId),
            (flags > 2 && rules.live, 2, Conflict::Live),
        ];
        for (_, index, conflict) in told.into_iter().filter(|(rule, ..)| *rule) {
            let broken = DB::boolean(&row, index).map_err(|fault| Failure::Final(fault.into_backend()))?;
            if broken == Some(true) {
                return Ok(Some(conflict));
            }
        }
        Ok(None)
    }

    /// The rule behind a refusal by a unique key; none if the row that refused is gone again.
    pub(crate) async fn refused<R: Record>(
        &mut self,
        record: &R,
        rules: Rules,
        key: &Key,
    ) -> Outcome<Option<Conflict>> {
        if self.is_callers && !DB::SURVIVES_REFUSAL {
            // The transaction takes no statement any more, so the refusal itself is all there is.
            return Ok(Some(self.named(key)));
        }
        self.conflict(record, rules).await
    }

    /// The rule that a key stands for, by its columns or its name.
    pub(crate) fn named(&self, key: &Key) -> Conflict {
        named(self.store.adapter, key)
    }

    /// The same key with its columns: where the refusal does not tell them, the catalog does, unless that can't be asked.
    pub(crate) async fn with_columns(&mut self, key: Key) -> Key {
        if !key.columns.is_empty() {
            return key;
        }
        let table = DB::table(&mut *self.connection, &self.store.adapter.table).await;
        let indexes = table.ok().flatten().map(|table| table.indexes).unwrap_or_default();
        let index = indexes.into_iter().find(|index| index.name == key.name);
        let columns = index.into_iter().flat_map(|index| index.parts).map(|part| match part {
            Part::Column { name, .. } => name,
            Part::Expression(expression) => expression,
        });
        Key { columns: columns.collect(), ..key }
    }

    pub(crate) fn already_exists(&self, conflict: Conflict) -> Failure {
        Failure::Final(StoreError::AlreadyExists { entity: self.entity(), conflict })
    }

    /// A plain read in a transaction of MySQL shows the rows of its beginning.
    fn sees_the_past(&self) -> bool {
        self.is_callers && self.has(Operation::ConflictsNow)
    }
}

/// How many flags the statement gives of every adapter: the id, the provider id, the live row.
const fn flags(entity: Entity) -> usize {
    match entity {
        Entity::Usage => 1,
        Entity::Plan => 2,
        Entity::Subscription => 3,
    }
}

/// The rule that a key stands for.
fn named(adapter: &Adapter<'_>, key: &Key) -> Conflict {
    let options = adapter.options();
    let is_scope = |name: &String| options.scope.iter().any(|extra| extra.column.name == name);
    let columns: Vec<_> = key.columns.iter().filter(|name| !is_scope(name)).collect();
    let is_of = |place: usize| {
        !columns.is_empty()
            && adapter.parts_of(place).map(|part| part.column.name).eq(columns.iter().copied())
    };
    let is_declared = |declared: Option<&[&str]>| declared.is_some_and(|names| names == key.columns);
    let live = match options.atomic {
        Atomic::Key(declared) if adapter.extended => Some(declared.columns),
        _ => None,
    };
    let subscriber = (adapter.entity == Entity::Subscription).then_some(subscription::SUBSCRIBER_ID);
    if is_of(plan::ID) || is_declared(options.key.map(|key| key.columns)) {
        Conflict::Id
    } else if provider_place(adapter.entity).is_some_and(is_of) || key.name == provider_key(adapter) {
        Conflict::ProviderId
    } else if subscriber.is_some_and(is_of) || is_declared(live) || key.name == live_key(adapter) {
        Conflict::Live
    } else {
        Conflict::Other(key.name.clone())
    }
}

/// What is left to say where a refusal can't be explained: its reason went away each time before it could be seen.
pub(crate) fn unexplained() -> Failure {
    let source = "another row refused it, and was gone again when it was looked for".into();
    Failure::Repeat(StoreError::Transient { lost: Extent::Statement, source })
}
