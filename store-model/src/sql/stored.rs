//! What is stored for a value, in literals: of one value there can be several, NULL among them.

use super::compare::{bytes, is_loose, is_text};
use super::quote::literal;
use super::writer::{column, field_in_key, quoted};
use super::{decided, tuple};
use crate::adapter::{Adapter, Atomic, Column, Constant, Dialect, Meaning, Null, Part, Stored};
use crate::contract::status::LIVE;
use crate::contract::subscription::STATUS;
use crate::form::Form;

/// All that is stored for a value of a field, of which the first is written; nothing where it can't be stored.
pub(crate) fn stored<'a>(column: &Column<'a>, meaning: Meaning<'a>) -> Vec<Stored<'a>> {
    let null = stands_for(column.null, meaning).then_some(Stored::Null);
    let labelled = column.labels.and_then(|labels| labels.of(meaning));
    let others: Vec<_> = match labelled {
        Some(stored) => stored.to_vec(),
        None => itself(column, meaning).into_iter().collect(),
    };
    let others = others.into_iter().filter(|other| null.is_none() || *other != Stored::Null);
    null.into_iter().chain(others).collect()
}

fn stands_for(null: Option<Null<'_>>, meaning: Meaning<'_>) -> bool {
    match (null, meaning) {
        (Some(Null::Is(Constant::Text(text))), Meaning::Word(word) | Meaning::Interval(word, 1)) => {
            text == word
        }
        (Some(Null::Is(Constant::Boolean(null))), Meaning::Boolean(boolean)) => null == boolean,
        _ => false,
    }
}

/// A value without label as it is stored, unless that would be read as another.
fn itself<'a>(column: &Column<'a>, meaning: Meaning<'a>) -> Option<Stored<'a>> {
    let stored = match (meaning, column.form) {
        (Meaning::Word(word), Form::Integer(_)) => Stored::Integer(word.parse().ok()?),
        (Meaning::Word(word), _) => Stored::Text(word),
        (Meaning::Boolean(boolean), Form::Integer(_)) => Stored::Integer(boolean.into()),
        (Meaning::Interval(..), _) => return None,
        // Any time.
        (Meaning::Boolean(_), form) if form.is_time() => return None,
        (Meaning::Boolean(boolean), _) => Stored::Boolean(boolean),
    };
    let is_open = column
        .labels
        .is_none_or(|labels| labels.open && !labels.list.iter().any(|label| label.stored.contains(&stored)));
    is_open.then_some(stored)
}

/// The statuses for which more than one value is stored, or NULL: they are looked for in literals.
pub(super) fn told_apart<'a>(adapter: &Adapter<'a>) -> Vec<(&'a str, Vec<Stored<'a>>)> {
    let Some(kept) = adapter.column(STATUS) else {
        return Vec::new();
    };
    let words = meanings(kept).into_iter().filter_map(|meaning| match meaning {
        Meaning::Word(word) => Some((word, stored(kept, meaning))),
        _ => None,
    });
    words.filter(|(_, stored)| stored.len() > 1 || !stored.iter().all(tuple::is_plain)).collect()
}

/// The values of which something is said.
pub(super) fn meanings<'a>(column: &Column<'a>) -> Vec<Meaning<'a>> {
    let labels = column.labels.iter().flat_map(|labels| labels.list);
    let mut meanings: Vec<_> = labels.map(|label| label.meaning).collect();
    let null = match column.null {
        Some(Null::Is(Constant::Text(word))) => Some(Meaning::Word(word)),
        Some(Null::Is(Constant::Boolean(boolean))) => Some(Meaning::Boolean(boolean)),
        _ => None,
    };
    meanings.extend(null.filter(|_| !meanings.iter().any(|meaning| stands_for(column.null, *meaning))));
    meanings
}

/// What is stored for the statuses that are live, of whatever column they are in.
pub(crate) fn live_values<'a>(column: &Column<'a>) -> Vec<Stored<'a>> {
    LIVE.into_iter().flat_map(|word| stored(column, Meaning::Word(word))).collect()
}

/// The rows that read as live. In literals: Postgres proves nothing about a bind.
pub(super) fn live(adapter: &Adapter<'_>) -> String {
    live_in(adapter, |values| reads_as(adapter, STATUS, values))
}

/// The rows of which a subscriber has one at most: a key holds what its column holds equal.
pub(super) fn live_alone(adapter: &Adapter<'_>) -> String {
    let has_key = adapter.extended && !matches!(adapter.options().atomic, Atomic::Lock(_));
    if has_key { live_of(adapter, column) } else { live(adapter) }
}

/// The same in a key, where a column is not read as it is.
pub(super) fn live_in_key(adapter: &Adapter<'_>) -> String {
    live_of(adapter, field_in_key)
}

fn live_of(adapter: &Adapter<'_>, name: fn(&Adapter<'_>, usize) -> String) -> String {
    live_in(adapter, |values| {
        if adapter.kept(STATUS).beside.is_empty() {
            is_one_of(adapter.dialect, &name(adapter, STATUS), values)
        } else {
            tuple::is_any_of(adapter, STATUS, values)
        }
    })
}

fn live_in(adapter: &Adapter<'_>, has_one_of: impl Fn(&[Stored<'_>]) -> String) -> String {
    if let Some(list) = adapter.decided(STATUS) {
        return decided::reads_as(adapter, list, &LIVE.map(Meaning::Word));
    }
    if let Some(predicate) = adapter.kept(STATUS).live_sql {
        return format!("({predicate})");
    }
    has_one_of(&live_values(adapter.kept(STATUS)))
}

/// The condition on rows in which a field has one of the values that are stored for what it reads as, by the letter.
pub(super) fn reads_as(adapter: &Adapter<'_>, place: usize, values: &[Stored<'_>]) -> String {
    if adapter.kept(place).beside.is_empty() {
        is_exactly_one_of(adapter, adapter.part(place, 0), values)
    } else {
        tuple::is_exactly_any_of(adapter, place, values)
    }
}

/// The same of one column.
pub(super) fn is_exactly_one_of(adapter: &Adapter<'_>, part: Part<'_>, values: &[Stored<'_>]) -> String {
    let (dialect, column, name) = (adapter.dialect, part.column, quoted(adapter, part));
    let found = is_one_of(dialect, &name, values);
    if !is_loose(dialect, column) {
        return found;
    }
    // The first of the two is the one that an index serves.
    format!("{found} AND {}", is_one_of(dialect, &bytes(dialect, column, &name), values))
}

/// The condition that an expression has one of the values.
pub(super) fn is_one_of(dialect: Dialect, expression: &str, values: &[Stored<'_>]) -> String {
    let mut literals: Vec<String> = Vec::new();
    for value in values.iter().filter(|value| **value != Stored::Null) {
        let literal = literal(dialect, *value);
        if !literals.contains(&literal) {
            literals.push(literal);
        }
    }
    let equal = match literals.as_slice() {
        [] => None,
        [one] => Some(format!("{expression} = {one}")),
        several => Some(format!("{expression} IN ({})", several.join(", "))),
    };
    let is_null = values.contains(&Stored::Null).then(|| format!("{expression} IS NULL"));
    match (equal, is_null) {
        (Some(equal), Some(is_null)) => format!("({equal} OR {is_null})"),
        (Some(one), None) | (None, Some(one)) => one,
        // A value that can't be stored is nowhere.
        (None, None) => if dialect == Dialect::Postgres { "FALSE" } else { "0" }.into(),
    }
}

/// An expression of a column that compares by the letter.
pub(super) fn exact(dialect: Dialect, column: &Column<'_>, expression: &str) -> String {
    if is_text(dialect, column) { bytes(dialect, column, expression) } else { expression.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapter::{Label, Operation, Place, Table};
    use crate::contract::{Entity, subscription};
    use crate::form::Width;
    use crate::sql::Query;

    /// The statements of an atomic store of subscriptions, of which some columns are others.
    fn statements(dialect: Dialect, others: &[(usize, Column<'_>)]) -> Vec<Query> {
        let fields: Vec<_> = subscription::FIELDS
            .iter()
            .enumerate()
            .map(|(place, field)| {
                let other = others.iter().find(|(known, _)| *known == place);
                Place::Column(
                    other.map_or(Column::new(field.name, Form::of(field.kind)), |(_, other)| *other),
                )
            })
            .collect();
        let table = Table { schema: Some("billing"), name: "subs" };
        let adapter =
            Adapter { entity: Entity::Subscription, dialect, table, fields: &fields, extended: true };
        crate::sql::statements(&adapter)
    }

    fn text(statements: &[Query], operation: Operation, status: Option<&str>) -> String {
        let mut all = statements.iter().filter(|it| it.operation == operation);
        all.find(|it| it.status.as_deref() == status).expect("it is made").sql.clone()
    }

    fn live_of(dialect: Dialect, column: Column<'_>) -> String {
        let sql = text(&statements(dialect, &[(STATUS, column)]), Operation::GetActive, None);
        let (_, rest) = sql.split_once(" AND ").expect("a subscriber and a status");
        rest.split_once(" ORDER BY").expect("an order").0.to_owned()
    }

    const NUMBERS: &[Label<'static>] = &[
        Label::new(Meaning::Word("active"), &[Stored::Integer(1), Stored::Integer(2)]),
        Label::new(Meaning::Word("trialing"), &[Stored::Null, Stored::Integer(-1)]),
        Label::new(Meaning::Word("canceled"), &[Stored::Integer(3)]),
    ];
    const NUMBER: Column<'static> = Column::new("status", Form::Integer(Width::I32)).labelled(NUMBERS, false);

    #[test]
    fn live_rows_are_told_by_what_is_stored() {
        const ONE: &[Label<'static>] = &[Label::new(Meaning::Word("active"), &[Stored::Text("it's on")])];
        const TRUTHS: &[Label<'static>] = &[
            Label::new(Meaning::Word("active"), &[Stored::Boolean(true)]),
            Label::new(Meaning::Word("canceled"), &[Stored::Boolean(false)]),
        ];
        const DEAD: &[Label<'static>] = &[Label::new(Meaning::Word("canceled"), &[Stored::Integer(0)])];
        let plain = Column::new("status", Form::Text);
        for (column, on_postgres, elsewhere) in [
            (plain, "\"status\" IN ('active', 'trialing')", "`status` IN ('active', 'trialing')"),
            (
                NUMBER,
                "(\"status\" IN (1, 2, -1) OR \"status\" IS NULL)",
                "(`status` IN (1, 2, -1) OR `status` IS NULL)",
            ),
            (plain.labelled(ONE, false), "\"status\" = 'it''s on'", "`status` = 'it''s on'"),
            (
                plain.labelled(ONE, true),
                "\"status\" IN ('it''s on', 'trialing')",
                "`status` IN ('it''s on', 'trialing')",
            ),
            (
                Column::new("status", Form::Boolean).labelled(TRUTHS, false),
                "\"status\" = TRUE",
                "`status` = 1",
            ),
            (Column::new("status", Form::INTEGER).labelled(DEAD, true), "FALSE", "0"),
            (
                plain.with_null(Null::Is(Constant::Text("active"))),
                "(\"status\" IN ('active', 'trialing') OR \"status\" IS NULL)",
                "(`status` IN ('active', 'trialing') OR `status` IS NULL)",
            ),
        ] {
            assert_eq!(live_of(Dialect::Postgres, column), on_postgres);
            assert_eq!(live_of(Dialect::MySql, column), elsewhere);
            assert_eq!(live_of(Dialect::Sqlite, column), elsewhere);
            let create = text(&statements(Dialect::Postgres, &[(STATUS, column)]), Operation::Create, None);
            let target = format!("ON CONFLICT (\"subscriber_id\") WHERE {on_postgres} DO NOTHING");
            assert!(create.ends_with(&target), "{create}");
        }
    }

    #[test]
    fn a_status_of_several_values_has_statements_of_its_own() {
        let statements = statements(Dialect::Sqlite, &[(STATUS, NUMBER)]);
        let of = |status| text(&statements, Operation::ListBySubscriberStatus, status);
        let condition = |sql: String| {
            let (_, rest) = sql.split_once(" WHERE ").expect("a condition");
            rest.split_once(" ORDER BY").expect("an order").0.to_owned()
        };
        assert_eq!(condition(of(None)), "`subscriber_id` = ?1 AND `status` = ?2");
        assert_eq!(condition(of(Some("active"))), "`subscriber_id` = ?1 AND `status` IN (1, 2)");
        assert_eq!(
            condition(of(Some("trialing"))),
            "`subscriber_id` = ?1 AND (`status` = -1 OR `status` IS NULL)"
        );
        let mut names: Vec<_> = statements.iter().map(Query::name).collect();
        assert!(names.contains(&"list by subscriber and status `active`"), "{names:?}");
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), statements.len(), "each has a name of its own");
    }

    fn assigned(dialect: Dialect, column: Column<'_>, place: usize) -> String {
        let operation = if dialect == Dialect::MySql { Operation::Update } else { Operation::Save };
        let statements = statements(dialect, &[(place, column)]);
        let sql = text(&statements, operation, None);
        let name = crate::sql::quote(dialect, column.name);
        let (_, rest) = sql.split_once(" SET ").expect("assignments");
        let (_, rest) = rest.split_once(&format!("{name} = ")).expect("it is assigned");
        rest.split_once(" END").map_or(rest, |(value, _)| value).to_owned()
    }

    #[test]
    fn an_update_leaves_what_reads_as_it_is_saved() {
        use Dialect::{MySql, Postgres, Sqlite};
        const WORDS: &[Label<'static>] = &[
            Label::new(Meaning::Word("active"), &[Stored::Text("on"), Stored::Text("run"), Stored::Null]),
            Label::new(Meaning::Word("canceled"), &[Stored::Text("off")]),
        ];
        let word = Column::new("status", Form::Text).labelled(WORDS, true);
        let now = "\"subs\".\"status\"";
        for (dialect, column, place, value) in [
            (
                Sqlite,
                NUMBER,
                STATUS,
                "CASE WHEN excluded.`status` = 1 AND `subs`.`status` = 2 THEN `subs`.`status` \
                 WHEN excluded.`status` IS NULL AND `subs`.`status` = -1 THEN `subs`.`status` ELSE excluded.`status`",
            ),
            (
                Postgres,
                word,
                STATUS,
                &format!(
                    "CASE WHEN excluded.\"status\" COLLATE \"C\" = 'on' AND ({now} COLLATE \"C\" = 'run' \
                     OR {now} COLLATE \"C\" IS NULL) THEN {now} ELSE excluded.\"status\""
                ),
            ),
            (
                MySql,
                word,
                STATUS,
                "CASE WHEN BINARY CONVERT(? USING utf8mb4) = 'on' AND (BINARY CONVERT(`status` USING utf8mb4) = 'run' \
                 OR BINARY CONVERT(`status` USING utf8mb4) IS NULL) THEN `status` ELSE ?",
            ),
            (
                MySql,
                Column::new("plan", Form::Text).with_null(Null::Is(Constant::Text("free"))),
                subscription::PLAN_ID,
                "CASE WHEN BINARY CONVERT(`plan` USING utf8mb4) = ? THEN `plan` ELSE ?",
            ),
            (
                Postgres,
                Column::new("data", Form::Json).with_null(Null::Is(Constant::Empty)),
                subscription::METADATA,
                "CASE WHEN \"subs\".\"data\"::text = $15::text THEN \"subs\".\"data\" ELSE excluded.\"data\"",
            ),
            (
                Sqlite,
                Column::new("at", Form::Time).with_null(Null::IsField(subscription::CREATED_AT as u8)),
                subscription::UPDATED_AT,
                "CASE WHEN `subs`.`at` = ?15 THEN `subs`.`at` ELSE excluded.`at`",
            ),
            (
                Sqlite,
                Column::new("pid", Form::Text).with_null(Null::Also(Constant::Text(""))),
                subscription::PROVIDER_ID,
                "CASE WHEN `subs`.`pid` IS NULL THEN ?15 ELSE excluded.`pid`",
            ),
            (
                // A word of no label for which NULL stands.
                Sqlite,
                Column::new("status", Form::Text)
                    .labelled(&WORDS[1..], true)
                    .with_null(Null::Is(Constant::Text("active"))),
                STATUS,
                "CASE WHEN excluded.`status` COLLATE BINARY IS NULL AND `subs`.`status` COLLATE BINARY = 'active' \
                 THEN `subs`.`status` ELSE excluded.`status`",
            ),
        ] {
            assert_eq!(assigned(dialect, column, place), value);
        }
    }

    #[test]
    fn null_is_found_for_what_it_stands_for() {
        let plan = Column::new("plan", Form::Text).with_null(Null::Is(Constant::Text("free")));
        let pid = Column::new("pid", Form::Text).with_null(Null::Also(Constant::Text("none")));
        let at = Column::new("at", Form::Time).with_null(Null::Is(Constant::Time(0)));
        let others =
            [(subscription::PLAN_ID, plan), (subscription::PROVIDER_ID, pid), (subscription::CREATED_AT, at)];
        let statements = statements(Dialect::Postgres, &others);
        let by_plan = text(&statements, Operation::ListByPlan, None);
        let end = " WHERE (\"plan\" = $1 OR ($2 IS NULL AND \"plan\" IS NULL)) ORDER BY COALESCE(\"at\", $3), \"id\" COLLATE \"C\"";
        assert!(by_plan.ends_with(end), "{by_plan}");
        let by_provider = text(&statements, Operation::GetByProviderId, None);
        assert!(by_provider.ends_with(" WHERE \"pid\" = $1 AND \"pid\" <> 'none'"), "{by_provider}");
        let conflicts = text(&statements, Operation::Conflicts, None);
        assert!(conflicts.contains("WHERE \"pid\" = $2 AND \"pid\" <> 'none' AND"), "{conflicts}");
    }
}
