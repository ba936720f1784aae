//! The statements that are alike on every database, and the parts that the others are built from.

use super::assign::set;
use super::quote::{quote, quote_table};
use super::rows::{among_ours, has_identity, is_another, other_rivals, ours};
use super::stored::{live, reads_as, stored, told_apart};
use super::{
    Query, argument, column_type, compare, decided, document, extra, form, rows, total, via, within,
};
use crate::adapter::{Adapter, Bind, Dialect, FROM, LIMIT, Meaning, Null, Operation, Part, Stored, TO};
use crate::contract::{Entity, plan, subscription, usage};

/// A statement in the making: hands out placeholders and remembers what is bound to them.
///
/// Placeholders are asked for in the order in which they stand in the text: MySQL has no others.
pub(super) struct Writer<'a> {
    adapter: &'a Adapter<'a>,
    binds: Vec<Bind>,
    /// The columns that it leaves as they are.
    without: &'a [Bind],
}

impl<'a> Writer<'a> {
    pub(super) fn new(adapter: &'a Adapter<'a>) -> Self {
        Self::leaving(adapter, &[])
    }

    /// One that leaves some columns as they are.
    pub(super) const fn leaving(adapter: &'a Adapter<'a>, without: &'a [Bind]) -> Self {
        Self { adapter, binds: Vec::new(), without }
    }

    pub(super) const fn adapter(&self) -> &'a Adapter<'a> {
        self.adapter
    }

    pub(super) const fn without(&self) -> &'a [Bind] {
        self.without
    }

    /// The columns that the statement writes, each once.
    pub(super) fn written(&self) -> impl Iterator<Item = Part<'a>> + use<'a> {
        let without = self.without;
        self.adapter.targets().filter(move |part| !without.contains(&part.bind()))
    }

    /// The same where a row is replaced: all but those of the id.
    pub(super) fn replaced(&self) -> impl Iterator<Item = Part<'a>> + use<'a> {
        self.written().filter(|part| part.place != ID)
    }

    /// All columns that are written, in the order in which their values are bound.
    pub(super) fn columns(&self) -> String {
        extra::columns(self.adapter, self.written().map(|part| name(self.adapter, part))).join(", ")
    }

    /// The placeholder of a value.
    pub(super) fn bind(&mut self, bind: Bind) -> String {
        if self.adapter.dialect == Dialect::MySql {
            self.binds.push(bind);
            return "?".into();
        }
        let known = self.binds.iter().position(|&it| it == bind);
        let place = known.unwrap_or_else(|| {
            self.binds.push(bind);
            self.binds.len() - 1
        });
        let mark = if self.adapter.dialect == Dialect::Postgres { '$' } else { '?' };
        format!("{mark}{}{}", place + 1, argument::cast(self.adapter, bind))
    }

    /// The placeholders of all columns that are written, in their order.
    pub(super) fn values(&mut self) -> String {
        let written = self.written();
        extra::values(self, |query| written.map(|part| query.value(part)).collect()).join(", ")
    }

    /// What a column of a new row gets.
    fn value(&mut self, part: Part<'_>) -> String {
        match self.adapter.document(part) {
            Some(document) => document::made(self, &document),
            None => self.part(part),
        }
    }

    /// The placeholder of what a column of a field gets, in its type.
    pub(super) fn part(&mut self, part: Part<'_>) -> String {
        if let Some(via) = part.column.via {
            return self.link(part.column, via, |query| query.raw(part));
        }
        let placeholder = self.raw(part);
        form::sent(self.adapter.dialect, part.column, placeholder)
    }

    /// The placeholder of an end of a range, in the type of the column.
    fn end(&mut self, end: Bind) -> String {
        let placeholder = self.bind(end);
        form::sent(self.adapter.dialect, self.adapter.kept(usage::RECORDED_AT), placeholder)
    }

    /// The same in the type in which it is sent.
    pub(super) fn raw(&mut self, part: Part<'_>) -> String {
        self.bind(part.bind())
    }

    pub(super) fn finish(self, operation: Operation, sql: String) -> Query {
        let left: Vec<_> = self.adapter.parts().filter(|part| self.without.contains(&part.bind())).collect();
        let left: Vec<_> = left.iter().map(|part| format!("`{}`", part.column.name)).collect();
        let name = match left.as_slice() {
            [] => operation.name().into(),
            left => format!("{} without {}", operation.name(), left.join(", ")),
        };
        Query { operation, sql, binds: self.binds, status: None, without: self.without.to_vec(), name }
    }
}

/// The value of a field that has a column, as [`quoted`]; of several the first.
pub(super) fn column(adapter: &Adapter<'_>, place: usize) -> String {
    quoted(adapter, adapter.part(place, 0))
}

/// What a part has in a row: the quoted column, or what it has within that.
pub(super) fn quoted(adapter: &Adapter<'_>, part: Part<'_>) -> String {
    let name = name(adapter, part);
    if part.column.is_within() { within::value(adapter.dialect, part.column, &name) } else { name }
}

/// The quoted column.
pub(super) fn name(adapter: &Adapter<'_>, part: Part<'_>) -> String {
    quote(adapter.dialect, part.column.name)
}

/// The same as it stands in the rows of an index. How a CHAR reads depends on the mode of the session, so MariaDB takes
/// none in a generated column as it is.
pub(super) fn in_key(adapter: &Adapter<'_>, part: Part<'_>) -> String {
    let name = quoted(adapter, part);
    let is_char = adapter.dialect == Dialect::MySql && column_type(adapter, part).starts_with("CHAR(");
    if is_char { format!("RTRIM({name})") } else { name }
}

/// The same of the first column of a field.
pub(super) fn field_in_key(adapter: &Adapter<'_>, place: usize) -> String {
    let first = adapter.parts_of(place).next().expect("a field of a key has a column");
    in_key(adapter, first)
}

/// Whether a field is in the rows that are read.
pub(super) fn has(adapter: &Adapter<'_>, place: usize) -> bool {
    adapter.column(place).is_some() || adapter.decided(place).is_some()
}

/// All columns as they are read, in the order of the contract, of a document the first; after them, of those that lead to
/// other tables, which are NULL.
fn selected(query: &mut Writer<'_>) -> String {
    let adapter = query.adapter();
    let mut selected = Vec::new();
    for place in 0..adapter.entity.fields().len() {
        selected.extend(adapter.decided(place).map(|list| decided::case(adapter.dialect, list)));
        if adapter.read_with(place).is_none() {
            selected.extend(adapter.parts_of(place).map(|part| via::selected(query, part.column)));
        }
    }
    selected.extend(via::nulls(adapter));
    selected.join(", ")
}

/// `SELECT .. FROM ..`, which comes first in a statement.
fn select(query: &mut Writer<'_>) -> String {
    format!("SELECT {} FROM {}", selected(query), source(query.adapter()))
}

pub(super) fn table(adapter: &Adapter<'_>) -> String {
    quote_table(adapter.dialect, &adapter.table)
}

/// What is read.
pub(super) fn source(adapter: &Adapter<'_>) -> String {
    quote_table(adapter.dialect, &adapter.source())
}

/// The place of the id: the first, for every record.
pub(super) const ID: usize = 0;

/// The place of the field by which a provider knows a record.
#[must_use]
pub const fn provider_place(entity: Entity) -> Option<usize> {
    match entity {
        Entity::Plan => Some(plan::PROVIDER_ID),
        Entity::Subscription => Some(subscription::PROVIDER_ID),
        Entity::Usage => None,
    }
}

/// True or false as a literal.
pub(super) const fn truth(adapter: &Adapter<'_>, truth: bool) -> &'static str {
    match (adapter.dialect, truth) {
        (Dialect::Postgres, true) => "TRUE",
        (Dialect::Postgres, false) => "FALSE",
        (_, true) => "1",
        (_, false) => "0",
    }
}

/// `ORDER BY` a time and then the id.
fn order(query: &mut Writer<'_>, time: usize, direction: &str) -> String {
    let adapter = query.adapter();
    let id: Vec<_> = adapter.parts_of(ID).map(|part| compare::sorted(adapter, part) + direction).collect();
    let id = id.join(", ");
    // Where all rows have one time, the id alone decides.
    if !has(adapter, time) {
        return format!("ORDER BY {id}");
    }
    format!("ORDER BY {}{direction}, {id}", query.sorted(time))
}

/// A plain `INSERT` of all columns.
pub(super) fn insert(adapter: &Adapter<'_>, without: &[Bind]) -> Query {
    let mut query = Writer::leaving(adapter, without);
    let sql = format!("INSERT INTO {} ({}) {}", table(adapter), query.columns(), new_row(&mut query));
    query.finish(Operation::Insert, sql)
}

/// The conditions on what a record says, under which alone it is written: that rows which it refers to in other tables are
/// there, and that it fits what other columns decide.
pub(super) fn guards(query: &mut Writer<'_>) -> Vec<String> {
    let mut guards = via::guards(query);
    guards.extend(query.fits());
    guards
}

/// `VALUES (..)`; where there are conditions `SELECT .. WHERE ..`, so that there is no row unless they hold.
pub(super) fn new_row(query: &mut Writer<'_>) -> String {
    let values = query.values();
    let guards = guards(query);
    if guards.is_empty() {
        return format!("VALUES ({values})");
    }
    let from = if query.adapter().dialect == Dialect::MySql { " FROM DUAL" } else { "" };
    format!("SELECT {values}{from} WHERE {}", guards.join(" AND "))
}

/// The same where the database makes the id, which the statement gives; the driver of MySQL gives it without being asked.
pub(super) fn insert_made(adapter: &Adapter<'_>, without: &[Bind]) -> Query {
    let mut query = insert(adapter, without);
    query.sql.push_str(&returned_id(adapter));
    query
}

/// ` RETURNING "id"`, where the database makes the id and can give it.
pub(super) fn returned_id(adapter: &Adapter<'_>) -> String {
    if !adapter.makes_ids() || adapter.dialect == Dialect::MySql {
        return String::new();
    }
    format!(" RETURNING {}", form::read(adapter, adapter.kept(ID)))
}

/// Replaces the row of an id.
pub(super) fn update(adapter: &Adapter<'_>, without: &[Bind]) -> Query {
    let mut query = Writer::leaving(adapter, without);
    let mut sets: Vec<_> = query.replaced().map(|part| set(&mut query, part)).collect();
    sets.extend(extra::assignments(&mut query));
    let this = among_ours(&mut query, |query| {
        let mut conditions = vec![query.is(ID)];
        conditions.extend(guards(query));
        conditions
    });
    let this = this + &document::soundness(adapter, "").map(|it| format!(" AND {it}")).collect::<String>();
    query.finish(Operation::Update, format!("UPDATE {} SET {}{this}", table(adapter), sets.join(", ")))
}

/// Whether a row other than this record has its id, its provider id, or is live for its subscriber; one flag for each,
/// as unique keys compare. Where a row can have the record's id and not be one of the store's, a last flag tells of such
/// a row on MySQL: an upsert tells it by itself.
pub(super) fn conflicts(adapter: &Adapter<'_>, operation: Operation, lock: &str) -> Query {
    let mut query = Writer::new(adapter);
    let table = table(adapter);
    let exists = |conditions: &[String]| {
        format!("EXISTS (SELECT 1 FROM {table} WHERE {}{lock})", conditions.join(" AND "))
    };
    let none = |query: &mut Writer<'_>| exists(&[truth(adapter, false).into(), is_another(query)]);
    let mut flags = vec![exists(&has_identity(&mut query))];
    if let Some(place) = provider_place(adapter.entity) {
        flags.push(if is_unique(adapter, place) {
            exists(&ours(&mut query, |query| vec![query.equal(place), is_another(query)]))
        } else {
            none(&mut query)
        });
    }
    if adapter.entity == Entity::Subscription {
        let [subscriber, status] = [subscription::SUBSCRIBER_ID, subscription::STATUS];
        flags.push(if adapter.is_stored(subscriber) && adapter.is_told(status) {
            exists(&other_rivals(&mut query))
        } else {
            none(&mut query)
        });
    }
    if rows::asks_for_taken(adapter) {
        let mut conditions = has_identity(&mut query);
        let beyond = rows::beyond_identity(&mut query, "").join(" AND ");
        conditions.push(format!("({beyond}) IS NOT TRUE"));
        flags.push(exists(&conditions));
    }
    query.finish(operation, format!("SELECT {}", flags.join(", ")))
}

/// Whether a field has a column of which no two rows have one value: only the table itself can see to that.
pub(super) fn is_unique(adapter: &Adapter<'_>, place: usize) -> bool {
    adapter.is_stored(place) && !adapter.kept(place).repeats
}

/// What only looks, and the changes by id that every database does alike.
pub(super) fn reads(adapter: &Adapter<'_>) -> Vec<Query> {
    match adapter.entity {
        Entity::Plan => plan_reads(adapter),
        Entity::Subscription => subscription_reads(adapter),
        Entity::Usage => usage_reads(adapter),
    }
}

fn plan_reads(adapter: &Adapter<'_>) -> Vec<Query> {
    let mut queries = vec![
        get(adapter, Operation::Get, ID),
        list(adapter, Operation::List, plan::CREATED_AT, |_| Vec::new()),
    ];
    if has(adapter, plan::ACTIVE) {
        queries.push(list(adapter, Operation::ListActive, plan::CREATED_AT, |query| vec![is_active(query)]));
    }
    queries.extend(delete(adapter));
    queries
}

/// What is stored for true; of a codec only what it gives.
fn is_active(query: &mut Writer<'_>) -> String {
    let (adapter, truth) = (query.adapter(), Meaning::Boolean(true));
    if let Some(list) = adapter.decided(plan::ACTIVE) {
        return decided::reads_as(adapter, list, &[truth]);
    }
    let column = adapter.kept(plan::ACTIVE);
    if column.is_coded() {
        return query.is(plan::ACTIVE);
    }
    if let Some(null) = column.without_time() {
        let not = if null { "" } else { "NOT " };
        return format!("{} IS {not}NULL", self::column(adapter, plan::ACTIVE));
    }
    reads_as(adapter, plan::ACTIVE, &stored(column, truth))
}

fn subscription_reads(adapter: &Adapter<'_>) -> Vec<Query> {
    use subscription::{PLAN_ID, STATUS, SUBSCRIBER_ID};
    let mut queries = vec![get(adapter, Operation::Get, ID)];
    if has(adapter, subscription::PROVIDER_ID) {
        queries.push(get_by_provider_id(adapter));
    }
    queries.push(get_active(adapter));
    let filters: [(Operation, &[usize]); 8] = [
        (Operation::List, &[]),
        (Operation::ListBySubscriber, &[SUBSCRIBER_ID]),
        (Operation::ListByPlan, &[PLAN_ID]),
        (Operation::ListBySubscriberPlan, &[SUBSCRIBER_ID, PLAN_ID]),
        (Operation::ListByStatus, &[STATUS]),
        (Operation::ListBySubscriberStatus, &[SUBSCRIBER_ID, STATUS]),
        (Operation::ListByPlanStatus, &[PLAN_ID, STATUS]),
        (Operation::ListBySubscriberPlanStatus, &[SUBSCRIBER_ID, PLAN_ID, STATUS]),
    ];
    for (operation, filter) in
        filters.into_iter().filter(|(_, filter)| filter.iter().all(|&place| has(adapter, place)))
    {
        queries.push(list(adapter, operation, subscription::CREATED_AT, |query| {
            filter.iter().map(|&place| query.is(place)).collect()
        }));
        if filter.contains(&STATUS) {
            queries.extend(of_statuses(adapter, operation, filter));
        }
    }
    queries.extend(delete(adapter));
    queries
}

/// The same for each status of which no single value is stored, and so none can be bound.
fn of_statuses(adapter: &Adapter<'_>, operation: Operation, filter: &[usize]) -> Vec<Query> {
    let of_status = |(status, stored): (&str, Vec<Stored<'_>>)| {
        let query = list(adapter, operation, subscription::CREATED_AT, |query| {
            let condition = |&place: &usize| match place {
                subscription::STATUS => reads_as(adapter, place, &stored),
                _ => query.is(place),
            };
            filter.iter().map(condition).collect()
        });
        let name = format!("{} `{status}`", operation.name());
        Query { status: Some(status.to_owned()), name, ..query }
    };
    told_apart(adapter).into_iter().map(of_status).collect()
}

fn usage_reads(adapter: &Adapter<'_>) -> Vec<Query> {
    let mut queries = vec![total::sum(adapter), list_range(adapter)];
    if adapter.reads_back() || adapter.marks_within() {
        queries.push(read_back(adapter));
    }
    if adapter.extended {
        queries.push(list_unreported(adapter));
        queries.extend(mark(adapter));
    }
    queries
}

fn get(adapter: &Adapter<'_>, operation: Operation, key: usize) -> Query {
    let mut query = Writer::new(adapter);
    let select = select(&mut query);
    let these = among_ours(&mut query, |query| vec![query.is(key)]);
    query.finish(operation, select + &these)
}

/// By all that counts once, where that is more than the id.
fn read_back(adapter: &Adapter<'_>) -> Query {
    let mut query = Writer::new(adapter);
    let select = select(&mut query);
    let this = among_ours(&mut query, |query| {
        let mut conditions = vec![query.is(ID)];
        if adapter.options().key.is_some() {
            conditions.extend(has_identity(query));
        }
        conditions
    });
    query.finish(Operation::Get, select + &this)
}

/// The documents in text that a save replaces, if there are any.
pub(super) fn documents(adapter: &Adapter<'_>) -> Option<Query> {
    let columns: Vec<_> =
        adapter.rewritten_texts().map(|place| form::read(adapter, adapter.kept(place))).collect();
    if columns.is_empty() {
        return None;
    }
    let mut query = Writer::new(adapter);
    let these = among_ours(&mut query, |query| vec![query.is(ID)]);
    let sql = format!("SELECT {} FROM {}{these}", columns.join(", "), table(adapter));
    Some(query.finish(Operation::Documents, sql))
}

/// Of several rows with one provider id the live one, or else the newest.
fn get_by_provider_id(adapter: &Adapter<'_>) -> Query {
    if is_unique(adapter, subscription::PROVIDER_ID) {
        return get(adapter, Operation::GetByProviderId, subscription::PROVIDER_ID);
    }
    let mut query = Writer::new(adapter);
    let select = select(&mut query);
    let these = among_ours(&mut query, |query| vec![query.is(subscription::PROVIDER_ID)]);
    let live_first = format!("ORDER BY CASE WHEN {} THEN 0 ELSE 1 END, ", live(adapter));
    let newest = order(&mut query, subscription::CREATED_AT, " DESC").replacen("ORDER BY ", &live_first, 1);
    query.finish(Operation::GetByProviderId, format!("{select}{these} {newest} LIMIT 1"))
}

fn get_active(adapter: &Adapter<'_>) -> Query {
    let mut query = Writer::new(adapter);
    let select = select(&mut query);
    let these = among_ours(&mut query, |query| vec![query.is(subscription::SUBSCRIBER_ID), live(adapter)]);
    let newest = order(&mut query, subscription::CREATED_AT, " DESC");
    query.finish(Operation::GetActive, format!("{select}{these} {newest} LIMIT 1"))
}

fn list(
    adapter: &Adapter<'_>,
    operation: Operation,
    time: usize,
    filter: impl FnOnce(&mut Writer<'_>) -> Vec<String>,
) -> Query {
    let mut query = Writer::new(adapter);
    let select = select(&mut query);
    let these = among_ours(&mut query, filter);
    let order = order(&mut query, time, "");
    query.finish(operation, format!("{select}{these} {order}"))
}

/// Removes a row, or marks it. A marked one is no longer the store's, so it stays as it is.
fn delete(adapter: &Adapter<'_>) -> Option<Query> {
    if adapter.options().read_only {
        return None;
    }
    let mut query = Writer::new(adapter);
    let table = table(adapter);
    let change = match extra::deletion(&mut query) {
        Some(mark) => {
            let mut sets = vec![mark];
            sets.extend(extra::assignments_without_record(&mut query));
            format!("UPDATE {table} SET {}", sets.join(", "))
        }
        None => format!("DELETE FROM {table}"),
    };
    let this = among_ours(&mut query, |query| vec![query.is(ID)]);
    Some(query.finish(Operation::Delete, change + &this))
}

/// `recorded_at` in `[from, to)`.
///
/// Where the last time of a column has none after it, the upper end is bound as the last time within: MySQL, for one,
/// keeps nothing finer than a microsecond and nothing after the year 9999.
pub(super) fn in_range(adapter: &Adapter<'_>, query: &mut Writer<'_>) -> String {
    let recorded_at = adapter.kept(usage::RECORDED_AT);
    let below = if recorded_at.form.ends_within(adapter.dialect) { "<=" } else { "<" };
    let mut within = |time: &dyn Fn(&mut Writer<'_>) -> String| {
        let lower = format!("{} >= {}", time(query), query.end(FROM));
        format!("{lower} AND {} {below} {}", time(query), query.end(TO))
    };
    match recorded_at.null {
        // An index serves what stands in the rows, and those of NULL are all in or all out.
        Some(Null::Is(_)) => {
            let time = column(adapter, usage::RECORDED_AT);
            let stored = within(&|_| time.clone());
            let null = within(&|query| query.null(usage::RECORDED_AT));
            format!("({stored} OR ({time} IS NULL AND {null}))")
        }
        _ => within(&|query| query.reads(usage::RECORDED_AT)),
    }
}

fn list_range(adapter: &Adapter<'_>) -> Query {
    list(adapter, Operation::ListRange, usage::RECORDED_AT, |query| {
        vec![query.is(usage::SUBSCRIPTION_ID), in_range(adapter, query)]
    })
}

fn list_unreported(adapter: &Adapter<'_>) -> Query {
    let mut query = Writer::new(adapter);
    let select = select(&mut query);
    let these = among_ours(&mut query, |query| vec![query.is_none(usage::PROVIDER_REPORTED_AT)]);
    let order = order(&mut query, usage::RECORDED_AT, "");
    let limit = query.bind(LIMIT);
    query.finish(Operation::ListUnreported, format!("{select}{these} {order} LIMIT {limit}"))
}

fn mark(adapter: &Adapter<'_>) -> Option<Query> {
    if adapter.options().read_only {
        return None;
    }
    let mut query = Writer::new(adapter);
    let mut sets = vec![match document::of_mark(adapter) {
        Some(document) => document::set(&mut query, &document, ""),
        None => set(&mut query, adapter.part(usage::PROVIDER_REPORTED_AT, 0)),
    }];
    sets.extend(extra::assignments_without_record(&mut query));
    let this = among_ours(&mut query, |query| vec![query.is(ID)]);
    let is_sound =
        document::of_mark(adapter).map(|it| format!(" AND {}", document::is_sound(adapter, &it, "")));
    let this = this + &is_sound.unwrap_or_default();
    Some(query.finish(Operation::Mark, format!("UPDATE {} SET {}{this}", table(adapter), sets.join(", "))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapter::{Column, Constant, Place, Table};
    use crate::form::{Form, Unit};

    /// Statements on times of a form.
    fn with<T>(dialect: Dialect, column: Column<'_>, statement: impl FnOnce(&Adapter<'_>) -> T) -> T {
        let mut fields: Vec<_> = (usage::FIELDS.iter())
            .map(|field| Place::Column(Column::new(field.name, Form::of(field.kind))))
            .collect();
        fields[usage::RECORDED_AT] = Place::Column(column);
        let table = Table { schema: None, name: "usage" };
        statement(&Adapter { entity: Entity::Usage, dialect, table, fields: &fields, extended: false })
    }

    /// The statements of plans of which a column tells by its times which are active.
    fn by_time(dialect: Dialect, active_without: bool) -> [String; 3] {
        let null = Null::Is(Constant::Boolean(active_without));
        let mut fields: Vec<_> = (plan::FIELDS.iter())
            .map(|field| Place::Column(Column::new(field.name, Form::of(field.kind))))
            .collect();
        fields[plan::ACTIVE] = Place::Column(Column::new("at", Form::Timestamp(6)).with_null(null));
        let table = Table { schema: None, name: "plans" };
        let adapter = Adapter { entity: Entity::Plan, dialect, table, fields: &fields, extended: false };
        let statements = crate::sql::statements(&adapter);
        let text = |operation| {
            statements.iter().find(|it| it.operation == operation).expect("it is made").sql.clone()
        };
        let save = if dialect == Dialect::MySql { Operation::Update } else { Operation::Save };
        let between = |text: &str, start: &str, end: &str| {
            text.split_once(start).unwrap().1.split_once(end).unwrap().0.to_owned()
        };
        let [save, list] = [text(save), text(Operation::ListActive)];
        let at = quote(dialect, "at");
        [
            between(&save, &format!("{at} = "), " END"),
            between(&list, "SELECT ", " FROM").split(", ").nth(plan::ACTIVE).unwrap().to_owned(),
            between(&list, " WHERE ", " ORDER"),
        ]
    }

    #[test]
    fn of_a_time_only_is_told_whether_it_is_there() {
        for (dialect, save, at) in [
            (
                Dialect::Postgres,
                "CASE WHEN excluded.\"at\" IS NULL THEN NULL ELSE COALESCE(\"plans\".\"at\", excluded.\"at\")",
                "\"at\"",
            ),
            (
                Dialect::Sqlite,
                "CASE WHEN excluded.`at` IS NULL THEN NULL ELSE COALESCE(`plans`.`at`, excluded.`at`)",
                "`at`",
            ),
            (Dialect::MySql, "CASE WHEN ? IS NULL THEN NULL ELSE COALESCE(`at`, ?)", "`at`"),
        ] {
            let [is_null, is_set] = [format!("{at} IS NULL"), format!("{at} IS NOT NULL")];
            assert_eq!(by_time(dialect, true), [save, &is_null, &is_null]);
            assert_eq!(by_time(dialect, false), [save, &is_null, &is_set]);
        }
    }

    #[test]
    fn a_list_is_ordered_by_the_column_not_by_its_text() {
        let epoch = Column::new("at", Form::Epoch(Unit::Millis));
        let order = |dialect, column| {
            let sql = with(dialect, column, |adapter| list_range(adapter).sql);
            sql.split_once("ORDER BY ").unwrap().1.split_once(',').unwrap().0.to_owned()
        };
        assert_eq!(order(Dialect::Postgres, epoch), "\"at\"");
        assert_eq!(order(Dialect::Postgres, epoch.of_type("numeric")), "\"usage\".\"at\"");
        assert_eq!(order(Dialect::Sqlite, epoch), "`at`");
    }

    /// The end of the statement of a sum over times of a form.
    fn range(dialect: Dialect, column: Column<'_>) -> String {
        let sql = with(dialect, column, |adapter| total::sum(adapter).sql);
        sql.split_once(" AND ").unwrap().1.split_once(" AND ").unwrap().1.to_owned()
    }

    #[test]
    fn an_end_is_compared_as_what_is_bound_to_it() {
        let (time, seconds) = (Column::new("at", Form::Time), Column::new("at", Form::Epoch(Unit::Seconds)));
        for (dialect, column, sql) in [
            (Dialect::Postgres, time, "\"at\" >= $3 AND \"at\" < $4"),
            (Dialect::Sqlite, time, "`at` >= ?3 AND `at` < ?4"),
            (Dialect::MySql, time, "`at` >= ? AND `at` <= ?"),
            (Dialect::Sqlite, Column::new("at", Form::TimeText("%F")), "`at` >= ?3 AND `at` <= ?4"),
            (Dialect::Postgres, Column::new("at", Form::Date), "\"at\" >= $3::date AND \"at\" <= $4::date"),
            (
                Dialect::Postgres,
                seconds.of_type("numeric"),
                "\"at\" >= $3::int8::\"numeric\" AND \"at\" <= $4::int8::\"numeric\"",
            ),
        ] {
            assert_eq!(range(dialect, column), sql);
        }
    }
}
