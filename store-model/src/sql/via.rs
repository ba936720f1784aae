//! Fields kept in another table: a column of the store's own leads to the row that has the value.
//!
//! Every name of the other table is written behind its alias: what it has no column for would else be read from the
//! store's own row.

use super::quote::{quote, quote_table};
use super::rows::has_value;
use super::writer::Writer;
use super::{Query, compare, form};
use crate::adapter::{Adapter, Bound, Column, Dialect, Extra, Link, Operation, Via};

impl Writer<'_> {
    /// `(SELECT via."key" FROM "plans" AS via WHERE via."code" = $1)`: what leads to the row that has a value, whose
    /// placeholder `value` gives. NULL where there is no such row.
    pub(super) fn link(
        &mut self,
        column: &Column<'_>,
        via: &Via<'_>,
        value: impl FnMut(&mut Self) -> String,
    ) -> String {
        let adapter = self.adapter();
        let stores = format!("{}.{}", alias(adapter), quote(adapter.dialect, via.stores));
        let rows = self.rows_with(column, via, value);
        format!("(SELECT {} {rows})", only(adapter.dialect, &stores))
    }

    /// `(SELECT via."code" FROM "plans" AS via WHERE via."key" = "subscriptions"."plan")`: what a column leads to. NULL where
    /// it leads nowhere.
    fn linked(&mut self, column: &Column<'_>, via: &Via<'_>) -> String {
        let adapter = self.adapter();
        let dialect = adapter.dialect;
        let alias = alias(adapter);
        let value = form::out(dialect, column, format!("{alias}.{}", quote(dialect, via.reads)));
        let table = quote_table(dialect, &via.table);
        let key = format!("{alias}.{}", quote(dialect, via.stores));
        let tenant = self.of_tenant(via);
        format!(
            "(SELECT {} FROM {table} AS {alias} WHERE {key} = {}{tenant})",
            only(dialect, &value),
            of_source(adapter, column),
        )
    }

    /// `FROM "plans" AS via WHERE via."code" = $1`
    fn rows_with(
        &mut self,
        column: &Column<'_>,
        via: &Via<'_>,
        mut value: impl FnMut(&mut Self) -> String,
    ) -> String {
        let adapter = self.adapter();
        let alias = alias(adapter);
        let reads = format!("{alias}.{}", quote(adapter.dialect, via.reads));
        let is_it = compare::is_exactly(adapter.dialect, column, &reads, || value(self));
        let tenant = self.of_tenant(via);
        format!("FROM {} AS {alias} WHERE {is_it}{tenant}", quote_table(adapter.dialect, &via.table))
    }

    /// ` AND via."org" = $1`
    fn of_tenant(&mut self, via: &Via<'_>) -> String {
        let adapter = self.adapter();
        let (Some(name), Some(tenant)) = (via.scope, adapter.options().tenant()) else {
            return String::new();
        };
        let there = Extra { column: Column { name, ..tenant.column }, ..*tenant };
        format!(" AND {}", has_value(self, &there, &format!("{}.", alias(adapter))))
    }

    /// The condition that a link leads to a row, or to none on purpose.
    fn leads(&mut self, link: &Link<'_>) -> String {
        let is_field = matches!(Bound::of(link.bind), Bound::Field(_));
        let leads = if is_field {
            format!("{} IS NOT NULL", self.link(link.column, link.via, |query| query.bind(link.bind)))
        } else {
            // What is copied may be NULL there.
            format!(
                "EXISTS (SELECT 1 {})",
                self.rows_with(link.column, link.via, |query| query.bind(link.bind))
            )
        };
        if !self.adapter().takes_null(link.place) {
            return leads;
        }
        // MySQL takes placeholders in their order, and the others know theirs.
        let none = format!("{} IS NULL", self.bind(link.bind));
        format!("({leads} OR {none})")
    }
}

/// The conditions under which a record is written: each of its links leads to a row.
pub(super) fn guards(query: &mut Writer<'_>) -> Vec<String> {
    let links = query.adapter().links();
    links.map(|link| query.leads(&link)).collect()
}

/// How a field is read that has its column in the table that is read, as the answer calls it.
pub(super) fn selected(query: &mut Writer<'_>, column: &Column<'_>) -> String {
    match column.via {
        // Under a name of its own: Postgres would call it by that of the other table, of which a list could be in the order.
        Some(via) => {
            let name = quote(query.adapter().dialect, column.name);
            format!("{} AS {name}", query.linked(column, via))
        }
        None => form::read(query.adapter(), column),
    }
}

/// Whether each column leads to nothing on purpose, where NULL means something in it.
pub(super) fn nulls(adapter: &Adapter<'_>) -> impl Iterator<Item = String> {
    let columns = adapter.columns().filter(|(place, _)| adapter.tells_null(*place));
    columns.map(|(_, column)| format!("{} IS NULL", of_source(adapter, column)))
}

/// How many rows each link of a record could lead to; one where it is none. On MySQL as they are now, not as they were when
/// the transaction began.
pub(super) fn links(adapter: &Adapter<'_>) -> Option<Query> {
    let lock = if adapter.dialect == Dialect::MySql { " LOCK IN SHARE MODE" } else { "" };
    let mut query = Writer::new(adapter);
    let count = |link: Link<'_>| {
        let value = |query: &mut Writer<'_>| query.bind(link.bind);
        if adapter.takes_null(link.place) {
            let none = value(&mut query);
            let rows = query.rows_with(link.column, link.via, value);
            return format!("CASE WHEN {none} IS NULL THEN 1 ELSE (SELECT COUNT(*) {rows}{lock}) END");
        }
        format!("(SELECT COUNT(*) {}{lock})", query.rows_with(link.column, link.via, value))
    };
    let counts: Vec<_> = adapter.links().map(count).collect();
    (!counts.is_empty()).then(|| query.finish(Operation::Links, format!("SELECT {}", counts.join(", "))))
}

/// A value of the one row that is meant. Of several SQLite would take the first in silence, where the others refuse; it can
/// be made to fail only by a function that is given nonsense, which its message repeats.
fn only(dialect: Dialect, value: &str) -> String {
    match dialect {
        Dialect::Sqlite => {
            format!(
                "CASE WHEN COUNT(*) > 1 THEN json_extract('{{}}', COUNT(*) || '{SEVERAL}') ELSE MAX({value}) END"
            )
        }
        Dialect::Postgres | Dialect::MySql => value.to_owned(),
    }
}

/// What SQLite says where several rows have what one may have.
pub const SEVERAL: &str = " rows where there is to be one";

/// The other table within a statement, which must not be called as the store's own.
fn alias(adapter: &Adapter<'_>) -> String {
    let is_taken = [adapter.table, adapter.source()].iter().any(|it| it.name.eq_ignore_ascii_case("via"));
    quote(adapter.dialect, if is_taken { "via_other" } else { "via" })
}

/// A column of the row that is read.
fn of_source(adapter: &Adapter<'_>, column: &Column<'_>) -> String {
    let dialect = adapter.dialect;
    format!("{}.{}", quote(dialect, adapter.source().name), quote(dialect, column.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapter::{Constant, Null, Options, Place, Source, Table};
    use crate::contract::{Entity, subscription};
    use crate::form::Form;

    const CUSTOMERS: &Via<'_> = &Via {
        table: Table { schema: Some("crm"), name: "customers" },
        stores: "key",
        reads: "code",
        scope: Some("org"),
        form: Form::INTEGER,
    };

    const SCOPE: &[Extra<'_>] =
        &[Extra { column: Column::new("tenant", Form::INTEGER), value: Source::Own(0) }];

    const SCOPED: &Options<'_> = &Options { scope: SCOPE, ..*Options::NONE };

    /// The statements of an atomic store of subscriptions whose subscribers are in a table of customers.
    fn with<T>(
        dialect: Dialect,
        options: &Options<'_>,
        customer: Column<'_>,
        make: impl FnOnce(&Adapter<'_>) -> T,
    ) -> T {
        let field = |place: usize| match place {
            subscription::SUBSCRIBER_ID => Place::Column(customer),
            subscription::ID | subscription::STATUS => {
                Place::Column(Column::new(subscription::FIELDS[place].name, Form::Text))
            }
            subscription::CREATED_AT => Place::Column(Column::new("created_at", Form::Time)),
            _ => Place::Absent,
        };
        let mut fields: Vec<_> = (0..subscription::FIELDS.len()).map(field).collect();
        fields.push(Place::Table(options));
        let table = Table { schema: None, name: "subs" };
        make(&Adapter { entity: Entity::Subscription, dialect, table, fields: &fields, extended: true })
    }

    fn text(dialect: Dialect, customer: Column<'_>, operation: Operation) -> String {
        with(dialect, SCOPED, customer, |adapter| {
            let statements = crate::sql::statements(adapter);
            statements.into_iter().find(|it| it.operation == operation).expect("it is made").sql
        })
    }

    fn column() -> Column<'static> {
        Column::new("customer_id", Form::Text).via(CUSTOMERS)
    }

    #[test]
    fn a_row_is_read_with_what_it_leads_to() {
        assert_eq!(
            text(Dialect::Postgres, column(), Operation::ListBySubscriber),
            "SELECT \"id\", (SELECT \"via\".\"code\" FROM \"crm\".\"customers\" AS \"via\" \
             WHERE \"via\".\"key\" = \"subs\".\"customer_id\" AND \"via\".\"org\" = $1) AS \"customer_id\", \
             \"status\", \"created_at\" FROM \"subs\" WHERE \"tenant\" = $1 AND \"customer_id\" = \
             (SELECT \"via\".\"key\" FROM \"crm\".\"customers\" AS \"via\" \
             WHERE \"via\".\"code\" = $2 AND \"via\".\"org\" = $1) ORDER BY \"created_at\", \"id\" COLLATE \"C\""
        );
    }

    #[test]
    fn a_row_is_written_where_it_leads_somewhere() {
        let link =
            "(SELECT `via`.`key` FROM `crm`.`customers` AS `via` WHERE `via`.`code` = ? AND `via`.`org` = ?)";
        assert_eq!(
            text(Dialect::MySql, column(), Operation::Insert),
            format!(
                "INSERT INTO `subs` (`tenant`, `id`, `customer_id`, `status`, `created_at`) \
                 SELECT ?, ?, {link}, ?, ? FROM DUAL WHERE {link} IS NOT NULL"
            )
        );
        assert_eq!(
            text(Dialect::MySql, column(), Operation::Update),
            format!(
                "UPDATE `subs` SET `customer_id` = CASE WHEN `customer_id` = {link} THEN `customer_id` ELSE {link} END, \
                 `status` = ?, `created_at` = ? WHERE `tenant` = ? AND `id` = ? AND {link} IS NOT NULL"
            )
        );
        let link = "(SELECT \"via\".\"key\" FROM \"crm\".\"customers\" AS \"via\" \
                    WHERE \"via\".\"code\" = $3 AND \"via\".\"org\" = $1)";
        let save = text(Dialect::Postgres, column(), Operation::Save);
        let start = format!(
            "SELECT $1, $2, {link}, $4, $5 WHERE {link} IS NOT NULL ON CONFLICT (\"tenant\", \"id\") "
        );
        assert!(save.contains(&start), "{save}");
        let kept = "\"customer_id\" = CASE WHEN \"subs\".\"customer_id\" = excluded.\"customer_id\" \
                    THEN \"subs\".\"customer_id\" ELSE excluded.\"customer_id\" END";
        assert!(save.contains(kept), "{save}");
        let create = text(Dialect::Postgres, column(), Operation::Create);
        let rival = format!(
            "NOT EXISTS (SELECT 1 FROM \"subs\" WHERE \"tenant\" = $1 AND \"customer_id\" = {link} AND "
        );
        assert!(
            create.contains(&format!(" WHERE {link} IS NOT NULL AND ")) && create.contains(&rival),
            "{create}"
        );
    }

    #[test]
    fn what_null_stands_for_leads_nowhere_on_purpose() {
        let customer = column().with_null(Null::Is(Constant::Text("nobody")));
        let save = text(Dialect::Postgres, customer, Operation::Save);
        assert!(save.contains(" IS NOT NULL OR $3 IS NULL) ON CONFLICT "), "{save}");
        assert!(save.contains("CASE WHEN \"subs\".\"customer_id\" = (SELECT "), "{save}");
        let get = text(Dialect::Postgres, customer, Operation::Get);
        assert!(get.contains(", \"created_at\", \"subs\".\"customer_id\" IS NULL FROM "), "{get}");
        let links = text(Dialect::Postgres, customer, Operation::Links);
        assert!(
            links.starts_with("SELECT CASE WHEN $1 IS NULL THEN 1 ELSE (SELECT COUNT(*) FROM "),
            "{links}"
        );
    }

    #[test]
    fn of_several_rows_none_is_taken() {
        let one = |value| {
            format!(
                "(SELECT CASE WHEN COUNT(*) > 1 THEN json_extract('{{}}', COUNT(*) || '{SEVERAL}') ELSE MAX(`via`.`{value}`) END FROM "
            )
        };
        let get = text(Dialect::Sqlite, column(), Operation::Get);
        assert!(get.contains(&one("code")), "{get}");
        let get = text(Dialect::Sqlite, column(), Operation::GetActive);
        assert!(get.contains(&format!("`customer_id` = {}", one("key"))), "{get}");
    }

    #[test]
    fn values_of_another_table_are_as_it_has_them() {
        let loose = column().under("utf8mb4_unicode_ci");
        let get = text(Dialect::MySql, loose, Operation::GetActive);
        assert!(
            get.contains(
                "`via`.`code` = ? AND BINARY CONVERT(`via`.`code` USING utf8mb4) = ? AND `via`.`org` = ?)"
            ),
            "{get}"
        );
        let uuid = Column::new("customer_id", Form::Uuid).via(CUSTOMERS);
        let get = text(Dialect::Postgres, uuid, Operation::GetActive);
        assert!(
            get.contains("SELECT \"via\".\"code\"::text FROM ") && get.contains("= $2::uuid AND"),
            "{get}"
        );
        let ddl = with(Dialect::MySql, SCOPED, loose, crate::sql::ddl);
        assert!(ddl.contains("`customer_id` BIGINT NOT NULL"), "{ddl}");
        assert!(ddl.contains("`live_key` BIGINT GENERATED ALWAYS AS (CASE WHEN "), "{ddl}");
    }

    #[test]
    fn a_table_called_as_the_alias_is_no_other() {
        let adapter = |name| {
            let table = Table { schema: None, name };
            alias(&Adapter {
                entity: Entity::Plan,
                dialect: Dialect::Sqlite,
                table,
                fields: &[],
                extended: false,
            })
        };
        assert_eq!((adapter("subs").as_str(), adapter("VIA").as_str()), ("`via`", "`via_other`"));
    }

    #[test]
    fn a_column_is_copied_from_the_row_of_a_field() {
        const COPY: &[Extra<'_>] = &[Extra {
            column: Column::new("region", Form::Text).via(CUSTOMERS),
            value: Source::Field(subscription::SUBSCRIBER_ID as u8),
        }];
        const OPTIONS: &Options<'_> = &Options { scope: SCOPE, insert: COPY, ..*Options::NONE };
        let insert = with(Dialect::MySql, OPTIONS, Column::new("customer", Form::Text), |adapter| {
            let statements = crate::sql::statements(adapter);
            statements.into_iter().find(|it| it.operation == Operation::Insert).expect("it is made").sql
        });
        let rows = "FROM `crm`.`customers` AS `via` WHERE `via`.`code` = ? AND `via`.`org` = ?)";
        assert!(
            insert.contains(&format!("(SELECT `via`.`key` {rows} FROM DUAL WHERE EXISTS (SELECT 1 {rows}")),
            "{insert}"
        );
    }
}
