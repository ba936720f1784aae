//! What only looks, alike on every database.

use super::rows::{among_ours, has_identity};
use super::stored::{live, reads_as, stored, told_apart};
use super::writer::{ID, Writer, column, has, is_unique, source, table};
use super::{Query, changes, compare, decided, form, total, via};
use crate::adapter::{Adapter, FROM, LIMIT, Meaning, Null, Operation, Stored, TO};
use crate::contract::{Entity, plan, subscription, usage};

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
    queries.extend(changes::delete(adapter));
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
    queries.extend(changes::delete(adapter));
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
        queries.extend(changes::mark(adapter));
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

#[cfg(test)]
mod tests {
    use super::super::quote;
    use super::*;
    use crate::adapter::{Column, Constant, Dialect, Place, Table};
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
