//! The rules, in the order in which they are told.

mod beside;
mod collations;
mod columns;
mod keys;
mod labels;
mod links;
mod live;
mod lock;
mod nulls;
mod read;
mod rows;
mod words;

pub use links::{Elsewhere, elsewhere};
pub use live::leaves_out_live;
pub use lock::{check_locked, locked};
pub(super) use nulls::reads_null;
pub use read::check_read;

use super::finding::Finding;
use super::remedy;
use super::table::{Column, Index, Part, Relation, Table, same_name};
use super::within;
use crate::adapter::{self, Adapter, Dialect, Duty, Operation};
use crate::form::Form;
use crate::sql::{names, scope_columns};

/// An adapter and the table that is held against it.
pub(super) struct Subject<'a> {
    /// The adapter; for the rules of keys what lies within its documents has columns of its own.
    pub(super) adapter: &'a Adapter<'a>,
    pub(super) table: &'a Table,
    /// The adapter as it is, of which tables are made.
    pub(super) whole: &'a Adapter<'a>,
}

type Rule = fn(&Subject<'_>) -> Vec<Finding>;

const OF_COLUMNS: &[Rule] = &[
    lock::engine,
    columns::missing,
    beside::missing,
    columns::unfit,
    beside::unfit,
    nulls::unread,
    nulls::unwritable,
    beside::unwritable,
    labels::missing,
    labels::missing_beside,
    labels::unread,
    columns::generated,
    beside::generated,
    columns::numbered,
    nulls::unmade,
    columns::unwritten,
    collations::of_columns,
    beside::collations,
];

const OF_KEYS: &[Rule] = &[collations::of_keys, keys::id, keys::provider, live::key, live::view];

/// Everything that is wrong with a table, or with there being none.
#[must_use]
pub fn check(adapter: &Adapter<'_>, table: Option<&Table>) -> Vec<Finding> {
    let Some(table) = table else {
        return vec![Finding::TableMissing { table: name(&adapter.table), remedy: remedy::create(adapter) }];
    };
    let subject = Subject { adapter, table, whole: adapter };
    let of_columns = OF_COLUMNS.iter().flat_map(|rule| rule(&subject));
    let of_keys = within::with_columns(adapter, table, |own, table| {
        let subject = Subject { adapter: own, table, whole: adapter };
        OF_KEYS.iter().flat_map(|rule| rule(&subject)).collect::<Vec<_>>()
    });
    let mut findings: Vec<Finding> = Vec::new();
    for finding in of_columns.chain(of_keys) {
        // Two fields may be in one column, and two marks.
        let about = |it: &Finding| ["column", "key"].map(|name| it.told(name).map(str::to_owned));
        let is_told = findings.iter().any(|it| it.kind() == finding.kind() && about(it) == about(&finding));
        if !is_told || about(&finding) == [None, None] {
            findings.push(finding);
        }
    }
    findings
}

/// What is wrong with the `sql_mode` of a session of MySQL: without a strict one, values are changed to fit.
#[must_use]
pub fn sql_mode(mode: &str) -> Option<Finding> {
    let is_strict = mode.split(',').any(|mode| matches!(mode, "STRICT_TRANS_TABLES" | "STRICT_ALL_TABLES"));
    (!is_strict).then(|| Finding::NotStrict {
        mode: mode.to_owned(),
        remedy: "run: SET GLOBAL sql_mode = CONCAT(@@GLOBAL.sql_mode, ',STRICT_TRANS_TABLES'), \
                 and let no connection of the pool undo it"
            .into(),
    })
}

/// What is wrong with the `time_zone` of a session of MySQL, if a column is a `TIMESTAMP`: it is an instant, which comes and
/// goes as the time of day in that zone.
#[must_use]
pub fn time_zone(adapter: &Adapter<'_>, zone: &str) -> Option<Finding> {
    let is_utc = matches!(zone, "+00:00" | "-00:00" | "UTC" | "Etc/UTC");
    let mut columns = adapter.parts().filter(|part| matches!(part.column.form, Form::Timestamp(_)));
    let part = columns.next().filter(|_| !is_utc)?;
    Some(Finding::NotUtc {
        table: name(&adapter.table),
        column: part.column.name.to_owned(),
        zone: zone.to_owned(),
        remedy: "leave the time zone of the pool's connections as the driver sets it, which is `+00:00`"
            .into(),
    })
}

/// What the database says when it refuses to do something for a store, a statement by its name among others.
#[must_use]
pub fn refused(adapter: &Adapter<'_>, table: Option<&Table>, task: &str, message: &str) -> Finding {
    // SQLite takes for a target only the key's own text, in other words or not.
    let of_live_key = table.filter(|_| task == Operation::Create.name());
    let anew = |table: &Table| {
        within::with_columns(adapter, table, |own, table| {
            live::anew(&Subject { adapter: own, table, whole: adapter })
        })
    };
    Finding::Refused {
        table: name(&adapter.table),
        task: task.to_owned(),
        message: message.to_owned(),
        remedy: of_live_key.and_then(anew).unwrap_or_else(|| {
            "compare the table, and what the user of the pool may do, with the DDL of the store".into()
        }),
    }
}

/// The name of a table, as texts have it.
pub(super) fn name(table: &adapter::Table<'_>) -> String {
    match table.schema {
        Some(schema) => format!("{schema}.{}", table.name),
        None => table.name.to_owned(),
    }
}

impl Subject<'_> {
    fn dialect(&self) -> Dialect {
        self.adapter.dialect
    }

    fn name(&self) -> String {
        name(&self.adapter.table)
    }

    /// The column of a field, if the table has it; of several the first.
    fn column(&self, place: usize) -> Option<&Column> {
        self.table.column(self.dialect(), self.adapter.column(place)?.name)
    }

    /// One of the columns of a field, if the table has it.
    fn part(&self, part: adapter::Part<'_>) -> Option<&Column> {
        self.table.column(self.dialect(), part.column.name)
    }

    /// The columns of the fields that the table has.
    fn columns(&self) -> impl Iterator<Item = (adapter::Part<'_>, &Column)> {
        let stored = self.adapter.parts().filter(|part| part.column.duty != Duty::ViewOnly);
        stored.filter_map(|part| Some((part, self.part(part)?)))
    }

    fn is_view(&self) -> bool {
        self.table.relation == Relation::View
    }

    /// Whether a column is part of the primary key.
    fn is_primary(&self, column: &str) -> bool {
        let is_it = |part: &Part| matches!(part, Part::Column { name, .. } if same_name(self.dialect(), name, column));
        self.table.indexes.iter().any(|index| index.primary && index.parts.iter().any(is_it))
    }

    /// The unique indexes on exactly the columns of the scope and those of a field.
    fn keys_on(&self, place: usize) -> impl Iterator<Item = &Index> {
        let is_kept = self.adapter.fields[place].width() > 0;
        let columns: Vec<_> = scope_columns(self.adapter).chain(names(self.adapter, place)).collect();
        self.keys_over(columns).filter(move |_| is_kept)
    }

    /// The unique indexes on exactly these columns.
    fn keys_over<'s>(&'s self, columns: Vec<&'s str>) -> impl Iterator<Item = &'s Index> {
        let is_on = move |index: &&Index| index.unique && index.is_on_all(self.dialect(), &columns);
        self.table.indexes.iter().filter(is_on)
    }

    /// What an index compares beside the scope, and beside the columns of a field but for its last, if that is one thing.
    fn in_stead_of<'i>(&self, place: usize, index: &'i Index) -> Option<&'i Part> {
        let others = names(self.adapter, place).take(self.adapter.fields[place].width().saturating_sub(1));
        self.other_than(&scope_columns(self.adapter).chain(others).collect::<Vec<_>>(), index)
    }

    /// What an index compares beside these columns, if that is one thing.
    fn other_than<'i>(&self, known: &[&str], index: &'i Index) -> Option<&'i Part> {
        let is_known = |part: &Part| match part {
            Part::Column { name, .. } => known.iter().any(|column| same_name(self.dialect(), name, column)),
            Part::Expression(_) => false,
        };
        let mut others = index.parts.iter().filter(|part| !is_known(part));
        let other = others.next().filter(|_| others.next().is_none())?;
        (index.parts.len() == known.len() + 1).then_some(other)
    }

    /// The last of the columns of a field that has one.
    fn last(&self, place: usize) -> &str {
        names(self.adapter, place).last().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{self, Entity, subscription};
    use crate::form::Width;
    use crate::schema::table::Collation;
    use crate::sql::column_type;

    /// The columns as the DDL makes them, and no index.
    fn made(adapter: &Adapter<'_>) -> Table {
        let column = |part: adapter::Part<'_>| Column {
            name: part.column.name.into(),
            type_name: column_type(adapter, part).replace(" COLLATE \"C\"", ""),
            nullable: reads_null(adapter, part),
            has_default: false,
            generated: None,
            collation: Some(Collation::named("utf8mb4_0900_bin")),
            ..Column::default()
        };
        let columns = adapter.parts().map(column).collect();
        Table { relation: Relation::Table, columns, indexes: Vec::new(), checks: Vec::new(), engine: None }
    }

    fn unique(part: Part) -> Index {
        Index { name: "k".into(), unique: true, parts: vec![part], ..Index::default() }
    }

    /// The fields of a subscription in columns of their own names, but for one.
    fn but(place: usize, other: adapter::Column<'_>) -> Vec<adapter::Place<'_>> {
        let default = |field: &contract::Field| adapter::Column::new(field.name, Form::of(field.kind));
        let mut fields: Vec<_> =
            subscription::FIELDS.iter().map(|field| adapter::Place::Column(default(field))).collect();
        fields[place] = adapter::Place::Column(other);
        fields
    }

    fn of_fields<'a>(dialect: Dialect, fields: &'a [adapter::Place<'a>]) -> Adapter<'a> {
        let table = adapter::Table { schema: None, name: "subscriptions" };
        Adapter { entity: Entity::Subscription, dialect, table, fields, extended: true }
    }

    /// A table with the keys of ids and subscribers, and one more.
    fn keyed(adapter: &Adapter<'_>, others: &[&str], key: Index) -> Table {
        let mut table = made(adapter);
        let on = |column: &str| unique(Part::Column { name: column.into(), collation: None });
        table.indexes.extend(others.iter().map(|column| on(column)));
        table.indexes.push(key);
        table
    }

    fn partial(column: &str, predicate: Option<&str>) -> Index {
        let part = Part::Column { name: column.into(), collation: None };
        Index { predicate: predicate.map(str::to_owned), ..unique(part) }
    }

    /// As Postgres, SQLite and MariaDB print them.
    #[test]
    fn a_live_key_is_known_by_its_labels() {
        use adapter::{Label, Meaning, Stored};
        let labels = [
            Label::new(Meaning::Word("active"), &[Stored::Integer(1), Stored::Integer(-2)]),
            Label::new(Meaning::Word("trialing"), &[Stored::Null]),
            Label::new(Meaning::Word("canceled"), &[Stored::Integer(3)]),
        ];
        let column = adapter::Column::new("status", Form::Integer(Width::I32)).labelled(&labels, false);
        let fields = but(subscription::STATUS, column);
        let (narrow, wide) = (&["LiveKeyTooNarrow"][..], &["LiveKeyTooWide"][..]);
        for (dialect, predicate, found) in [
            (Dialect::Postgres, "((status = ANY (ARRAY[1, '-2'::integer])) OR (status IS NULL))", &[][..]),
            (Dialect::Postgres, "((status IS NULL) OR (status = 1) OR (status = '-2'::integer))", &[]),
            (Dialect::Postgres, "((status = ANY ('{1,-2}'::integer[])) OR (status IS NULL))", &[]),
            (Dialect::Postgres, "(status = ANY (ARRAY[1, '-2'::integer]))", narrow),
            (Dialect::Postgres, "((status = 1) OR (status IS NULL))", narrow),
            (Dialect::Postgres, "((status = ANY (ARRAY[1, '-2'::integer, 3])) OR (status IS NULL))", wide),
            (Dialect::Sqlite, "(`status` IN (1, -2) OR `status` IS NULL)", &[]),
            (Dialect::Sqlite, "status in (-2,1) or status is null", &["KeyWords"]),
            (Dialect::Sqlite, "status IN ('active', 'trialing')", narrow),
        ] {
            let adapter = of_fields(dialect, &fields);
            let key = partial("subscriber_id", Some(predicate));
            assert_eq!(kinds(&adapter, &keyed(&adapter, &["id", "provider_id"], key)), found, "{predicate}");
        }
        let adapter = of_fields(Dialect::MySql, &fields);
        for (predicate, found) in [
            ("`status` in (1,-2) or `status` is null", &[][..]),
            ("`status` in (1,-2)", narrow),
            ("`status` in (1,-2,3) or `status` is null", wide),
        ] {
            let expression = format!("case when {predicate} then `subscriber_id` end");
            let key = unique(Part::Expression(expression));
            assert_eq!(kinds(&adapter, &keyed(&adapter, &["id", "provider_id"], key)), found, "{predicate}");
        }
    }

    /// A closed set of labels is compared with nothing else; where others are, an enum stays one.
    #[test]
    fn an_enum_that_folds_is_told_where_words_are_open() {
        use adapter::{Label, Meaning, Stored};
        let labels = [
            Label::new(Meaning::Word("active"), &[Stored::Text("on")]),
            Label::new(Meaning::Word("canceled"), &[Stored::Text("off")]),
        ];
        for (open, remedy) in
            [(false, None), (true, Some("MODIFY `status` enum('on','off') CHARACTER SET utf8mb4"))]
        {
            let column = adapter::Column::new("status", Form::Text).labelled(&labels, open);
            let fields = but(subscription::STATUS, column);
            let adapter = of_fields(Dialect::MySql, &fields);
            let mut table = made(&adapter);
            let status = table.columns.iter_mut().find(|it| it.name == "status").expect("a status");
            status.type_name = "enum('on','off')".into();
            status.collation = Some(Collation::named("utf8mb4_unicode_ci"));
            let findings = check(&adapter, Some(&table));
            let told = findings.iter().find(|it| it.kind() == "ColumnCollation").map(Finding::remedy);
            assert_eq!(told.is_some(), remedy.is_some());
            assert!(told.is_none_or(|told| remedy.is_some_and(|part| told.contains(part))), "{told:?}");
        }
    }

    #[test]
    fn what_is_spelt_one_way_is_told_apart_under_any_collation() {
        for (form, collation, is_told) in [
            (Form::Uuid, "utf8mb4_unicode_ci", false),
            (Form::Char(9), "utf8mb4_bin", false),
            (Form::Char(9), "utf8mb4_unicode_ci", true),
            (Form::Text, "utf8mb4_bin", true),
        ] {
            let fields = but(subscription::SUBSCRIBER_ID, adapter::Column::new("subscriber_id", form));
            let adapter = of_fields(Dialect::MySql, &fields);
            let mut table = made(&adapter);
            let column = table.columns.iter_mut().find(|it| it.name == "subscriber_id").expect("it is there");
            column.collation = Some(Collation::named(collation));
            let findings = check(&adapter, Some(&table));
            let told = findings.iter().any(|it| it.kind() == "ColumnCollation");
            assert_eq!(told, is_told, "{form:?} {collation}");
        }
    }

    #[test]
    fn truths_are_labels_of_live_rows_too() {
        use adapter::{Label, Meaning, Stored};
        let labels = [
            Label::new(Meaning::Word("active"), &[Stored::Boolean(true)]),
            Label::new(Meaning::Word("canceled"), &[Stored::Boolean(false)]),
        ];
        let column = adapter::Column::new("status", Form::Boolean).labelled(&labels, false);
        let fields = but(subscription::STATUS, column);
        for (dialect, predicate, found) in [
            (Dialect::Postgres, "(status = true)", &[][..]),
            (Dialect::Sqlite, "status = 1", &[]),
            (Dialect::Sqlite, "status = TRUE", &["KeyWords"]),
            (Dialect::Postgres, "(status = false)", &["LiveKeyTooNarrow"]),
            (Dialect::Postgres, "(status IS NOT NULL)", &["LiveKeyTooWide"]),
            (Dialect::Sqlite, "status", &["LiveKeyUnproven"]),
        ] {
            let adapter = of_fields(dialect, &fields);
            let table = keyed(&adapter, &["id", "provider_id"], partial("subscriber_id", Some(predicate)));
            assert_eq!(kinds(&adapter, &table), found, "{predicate}");
        }
    }

    #[test]
    fn what_stands_for_none_may_be_a_number_or_bytes() {
        let nil = "00000000-0000-0000-0000-000000000000";
        let bytes = "'\\x00000000000000000000000000000000'::bytea";
        for (form, none, predicate) in [
            (Form::INTEGER, "0", "(provider_id <> 0)".to_owned()),
            (Form::Uuid, nil, format!("(provider_id <> '{nil}'::uuid)")),
            (Form::UuidBytes, nil, format!("(provider_id <> {bytes})")),
        ] {
            let none = adapter::Null::Also(adapter::Constant::Text(none));
            let column = adapter::Column::new("provider_id", form).with_null(none);
            let fields = but(subscription::PROVIDER_ID, column);
            let adapter = Adapter { extended: false, ..of_fields(Dialect::Postgres, &fields) };
            for (predicate, found) in [(Some(&*predicate), &[][..]), (None, &["ProviderKeyTooWide"])] {
                let table = keyed(&adapter, &["id"], partial("provider_id", predicate));
                assert_eq!(kinds(&adapter, &table), found, "{form:?} {predicate:?}");
            }
        }
    }

    #[test]
    fn a_key_of_provider_ids_leaves_out_what_stands_for_none() {
        let none = adapter::Null::Also(adapter::Constant::Text(""));
        let column = adapter::Column::new("provider_id", Form::Text).with_null(none);
        let fields = but(subscription::PROVIDER_ID, column);
        for (predicate, found) in [
            (Some("(provider_id <> ''::text)"), &[][..]),
            (Some("((provider_id IS NOT NULL) AND (provider_id <> ''::text))"), &[]),
            (Some("(provider_id IS NOT NULL)"), &["ProviderKeyTooWide"]),
            (None, &["ProviderKeyTooWide"]),
            (Some("(provider_id <> 'none'::text)"), &["ProviderKeyMissing"]),
        ] {
            let adapter = Adapter { extended: false, ..of_fields(Dialect::Postgres, &fields) };
            let table = keyed(&adapter, &["id"], partial("provider_id", predicate));
            assert_eq!(kinds(&adapter, &table), found, "{predicate:?}");
        }
        for (condition, found) in
            [("`provider_id` <> ''", &[][..]), ("`provider_id` is not null", &["ProviderKeyTooWide"])]
        {
            let adapter = Adapter { extended: false, ..of_fields(Dialect::MySql, &fields) };
            let mut table = keyed(&adapter, &["id"], partial("made", None));
            let expression = format!("case when {condition} then `provider_id` end");
            let made = Column {
                name: "made".into(),
                nullable: true,
                generated: Some(expression),
                ..Column::default()
            };
            table.columns.push(made);
            assert_eq!(kinds(&adapter, &table), found, "{condition}");
        }
    }

    fn kinds(adapter: &Adapter<'_>, table: &Table) -> Vec<&'static str> {
        check(adapter, Some(table)).iter().map(Finding::kind).collect()
    }

    /// MySQL 8 can do without the generated column, and prints the quotes of texts escaped.
    #[test]
    fn an_index_of_an_expression_is_a_live_key_on_mysql() {
        let fields: Vec<_> = subscription::FIELDS
            .iter()
            .map(|field| adapter::Place::Column(adapter::Column::new(field.name, Form::of(field.kind))))
            .collect();
        let adapter = Adapter {
            entity: Entity::Subscription,
            dialect: Dialect::MySql,
            table: adapter::Table { schema: None, name: "subscriptions" },
            fields: &fields,
            extended: true,
        };
        let mut table = made(&adapter);
        for column in ["id", "provider_id"] {
            table.indexes.push(unique(Part::Column { name: column.into(), collation: None }));
        }
        assert_eq!(kinds(&adapter, &table), ["LiveKeyMissing"]);
        let expression =
            r"(case when (`status` in (_utf8mb4\'active\',_utf8mb4\'trialing\')) then `subscriber_id` end)";
        table.indexes.push(unique(Part::Expression(expression.into())));
        assert_eq!(kinds(&adapter, &table), [""; 0]);
        let loose = Adapter { extended: false, ..adapter };
        table.indexes.pop();
        assert_eq!(kinds(&loose, &table), [""; 0], "only an atomic store needs it");
    }
}
