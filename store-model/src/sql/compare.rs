//! How a value is looked for: texts byte for byte and numbers by value, whatever the column itself holds equal.

use super::quote::{parts, quote};
use super::writer::{Writer, quoted};
use super::{blank, form};
use crate::adapter::{Adapter, Column, Dialect, Part};
use crate::form::{Carrier, Form};

/// What a column does to the comparison of its values.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Comparison {
    /// It compares as the contract does.
    Exact,
    /// It holds texts equal that are not the same bytes.
    Collated,
    /// The same, by its type: citext.
    Folding,
    /// A text of a type of its own, to which a cast of other texts may fail.
    TypedText,
    /// A UUID of a type of its own.
    TypedUuid,
    /// A whole number of a type of its own, which compares with every number.
    TypedNumber,
}

fn comparison(dialect: Dialect, column: &Column<'_>) -> Comparison {
    if column.is_within() {
        return Comparison::Exact;
    }
    let is_text = is_text(dialect, column);
    if let (Dialect::Postgres, Some(name)) = (dialect, column.sql_type) {
        return match column.form {
            Form::Uuid => Comparison::TypedUuid,
            _ if !is_text => Comparison::TypedNumber,
            _ if folds_case(name) => Comparison::Folding,
            _ => Comparison::TypedText,
        };
    }
    if is_text && column.collation.is_some() { Comparison::Collated } else { Comparison::Exact }
}

/// Whether a column's values are texts for the database.
pub(crate) fn is_text(dialect: Dialect, column: &Column<'_>) -> bool {
    let is_uuid = dialect == Dialect::Postgres && column.form == Form::Uuid && !column.is_within();
    column.form.carrier(dialect) == Carrier::Text && !is_uuid && !form::is_decimal(column.form)
}

/// Whether a type of Postgres holds texts equal that differ in case, wherever its extension is.
#[must_use]
pub fn folds_case(type_name: &str) -> bool {
    parts(type_name).last().is_some_and(|own| own == "citext")
}

/// Whether a unique key on a column refuses values that are not the same.
pub(super) fn is_loose(dialect: Dialect, column: &Column<'_>) -> bool {
    // What is said of a field in another table is said of its column there.
    column.via.is_none() && matches!(comparison(dialect, column), Comparison::Collated | Comparison::Folding)
}

impl Writer<'_> {
    /// `"column" = ?`: the field has exactly the value.
    pub(super) fn is(&mut self, place: usize) -> String {
        if let Some(list) = self.adapter().decided(place) {
            return self.is_decided(place, list);
        }
        let parts: Vec<_> = self.adapter().parts_of(place).map(|part| self.is_part(part)).collect();
        parts.join(" AND ")
    }

    fn is_part(&mut self, part: Part<'_>) -> String {
        let has = self.has(part);
        self.with_null(part, has)
    }

    /// The column holds exactly the value.
    fn has(&mut self, part: Part<'_>) -> String {
        let sign = equals(self.adapter().dialect, part.column);
        self.compared(part, &sign)
    }

    fn compared(&mut self, part: Part<'_>, sign: &str) -> String {
        let adapter = self.adapter();
        let name = quoted(adapter, part);
        match part.column.via {
            Some(_) => format!("{name} = {}", self.key(part)),
            None => compared(adapter.dialect, part.column, &name, sign, || self.raw_key(part)),
        }
    }

    /// The same of a column that holds others equal, by bytes alone; after the name of the table and a dot, where there is one.
    pub(super) fn is_same_text(&mut self, part: Part<'_>, of: &str) -> String {
        let adapter = self.adapter();
        let name = format!("{of}{}", quoted(adapter, part));
        format!("{} = {}", bytes(adapter.dialect, part.column, &name), self.raw_key(part))
    }

    /// The field has a value that a unique key on its columns holds equal.
    pub(super) fn equal(&mut self, place: usize) -> String {
        let parts: Vec<_> = self.adapter().parts_of(place).map(|part| self.equal_part(part)).collect();
        parts.join(" AND ")
    }

    /// The same of one of its columns.
    pub(super) fn equal_part(&mut self, part: Part<'_>) -> String {
        let has = self.has_equal(part);
        self.with_null(part, has)
    }

    fn has_equal(&mut self, part: Part<'_>) -> String {
        let adapter = self.adapter();
        if is_loose(adapter.dialect, part.column) {
            return format!("{} = {}", quoted(adapter, part), self.key(part));
        }
        self.compared(part, "=")
    }

    /// `"column" <> ?`: the field has another value.
    pub(super) fn differs(&mut self, place: usize) -> String {
        let parts: Vec<_> = self.adapter().parts_of(place).map(|part| self.part_differs(part)).collect();
        if let [one] = parts.as_slice() { one.clone() } else { format!("({})", parts.join(" OR ")) }
    }

    fn part_differs(&mut self, part: Part<'_>) -> String {
        let adapter = self.adapter();
        let name = quoted(adapter, part);
        match comparison(adapter.dialect, part.column) {
            Comparison::Exact => format!("{name} <> {}", self.key(part)),
            Comparison::Collated | Comparison::Folding => {
                format!("{} <> {}", bytes(adapter.dialect, part.column, &name), self.raw_key(part))
            }
            Comparison::TypedText => format!("{name}::text <> {}", self.raw_key(part)),
            Comparison::TypedUuid => format!("{name}::uuid <> {}::uuid", self.raw_key(part)),
            Comparison::TypedNumber => format!("{name} <> {}", self.raw_key(part)),
        }
    }
}

/// The condition that an expression of a column is exactly a value, whose placeholder is asked for each time that it stands
/// in the text.
pub(super) fn is_exactly(
    dialect: Dialect,
    column: &Column<'_>,
    name: &str,
    value: impl FnMut() -> String,
) -> String {
    compared(dialect, column, name, "=", value)
}

fn compared(
    dialect: Dialect,
    column: &Column<'_>,
    name: &str,
    sign: &str,
    mut value: impl FnMut() -> String,
) -> String {
    match comparison(dialect, column) {
        Comparison::Exact => format!("{name} {sign} {}", form::sent(dialect, column, value())),
        Comparison::Collated | Comparison::Folding => {
            // The first of the two is the one that an index serves.
            let equal = format!("{name} {sign} {}", form::sent(dialect, column, value()));
            format!("{equal} AND {} {sign} {}", bytes(dialect, column, name), value())
        }
        Comparison::TypedText => format!("{name}::text {sign} {}", value()),
        Comparison::TypedUuid => format!("{name}::uuid = {}::uuid", value()),
        Comparison::TypedNumber => format!("{name} = {}", value()),
    }
}

/// The sign between a column and what it is looked for with. A codec may have NULL for a value, which then is one like others.
fn equals(dialect: Dialect, column: &Column<'_>) -> String {
    let Form::Coded(coded) = column.form else { return "=".into() };
    let with_null = match dialect {
        Dialect::Postgres => "IS NOT DISTINCT FROM",
        Dialect::MySql => "<=>",
        Dialect::Sqlite => "IS",
    };
    blank::unless_null(coded, "=") + &blank::if_null(coded, with_null)
}

/// A text that compares byte for byte. MySQL compares bytes in the character set of the column, and is sent UTF-8.
pub(super) fn bytes(dialect: Dialect, column: &Column<'_>, name: &str) -> String {
    if let (Form::Coded(coded), None) = (column.form, column.sql_type) {
        let if_text = |text| blank::if_text(coded, text);
        return match dialect {
            Dialect::MySql => if_text("BINARY CONVERT(") + name + &if_text(" USING utf8mb4)"),
            Dialect::Sqlite => name.to_owned() + &if_text(" COLLATE BINARY"),
            Dialect::Postgres => name.to_owned() + &if_text(" COLLATE \"C\""),
        };
    }
    match dialect {
        Dialect::MySql if column.is_within() => name.to_owned(),
        Dialect::MySql => format!("BINARY CONVERT({name} USING utf8mb4)"),
        Dialect::Sqlite => format!("{name} COLLATE BINARY"),
        Dialect::Postgres if column.is_within() && matches!(column.form, Form::TimeText(_)) => {
            name.to_owned()
        }
        Dialect::Postgres if column.sql_type.is_some() => format!("{name}::text COLLATE \"C\""),
        Dialect::Postgres => format!("{name} COLLATE \"C\""),
    }
}

/// What orders by the values of a column: texts by bytes, of which only Postgres must be told, and others by value.
pub(super) fn sorted(adapter: &Adapter<'_>, part: Part<'_>) -> String {
    let is_told = adapter.dialect == Dialect::Postgres || part.column.collation.is_some();
    if is_told && is_text(adapter.dialect, part.column) {
        bytes(adapter.dialect, part.column, &quoted(adapter, part))
    } else {
        sorted_itself(adapter, part)
    }
}

/// What orders by a column as the database does. Postgres calls `"at"::text` in an answer `at` too, and would order by that.
pub(super) fn sorted_itself(adapter: &Adapter<'_>, part: Part<'_>) -> String {
    let (read, name) = (form::read(adapter, part.column), quoted(adapter, part));
    if adapter.dialect == Dialect::Postgres && read != name && !part.column.is_within() {
        return format!("{}.{name}", quote(adapter.dialect, adapter.source().name));
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapter::{Operation, Place, Table};
    use crate::contract::{Entity, plan};

    /// The statement of an operation on plans whose ids are in a column.
    fn text(dialect: Dialect, id: Column<'_>, operation: Operation) -> String {
        let field = |place: usize| match place {
            plan::ID => Place::Column(id),
            plan::NAME => Place::Column(Column::new("name", Form::Text)),
            _ => Place::Absent,
        };
        let fields: Vec<_> = (0..plan::FIELDS.len()).map(field).collect();
        let table = Table { schema: None, name: "plans" };
        let adapter = Adapter { entity: Entity::Plan, dialect, table, fields: &fields, extended: false };
        let statements = crate::sql::statements(&adapter);
        statements.into_iter().find(|query| query.operation == operation).expect("it is made").sql
    }

    const ID: Column<'_> = Column::new("id", Form::Text);
    const INTEGER: Column<'_> = Column::new("id", Form::INTEGER);
    const UUID: Column<'_> = Column::new("id", Form::Uuid);

    #[test]
    fn texts_under_a_collation_compare_by_bytes_too() {
        for (dialect, collation, condition, order) in [
            (
                Dialect::MySql,
                "utf8mb4_unicode_ci",
                "`id` = ? AND BINARY CONVERT(`id` USING utf8mb4) = ?",
                "BINARY CONVERT(`id` USING utf8mb4)",
            ),
            (Dialect::Sqlite, "NOCASE", "`id` = ?1 AND `id` COLLATE BINARY = ?1", "`id` COLLATE BINARY"),
            (
                Dialect::Postgres,
                "folding",
                "\"id\" = $1 AND \"id\" COLLATE \"C\" = $1",
                "\"id\" COLLATE \"C\"",
            ),
        ] {
            let get = text(dialect, ID.under(collation), Operation::Get);
            assert!(get.ends_with(&format!(" WHERE {condition}")), "{get}");
            let list = text(dialect, ID.under(collation), Operation::List);
            assert!(list.ends_with(&format!(" ORDER BY {order}")), "{list}");
        }
    }

    #[test]
    fn a_row_whose_id_is_merely_equal_is_left_alone() {
        let save = |dialect, id| text(dialect, id, Operation::Save);
        assert_eq!(
            save(Dialect::Sqlite, ID.under("NOCASE")),
            "INSERT INTO `plans` (`id`, `name`) VALUES (?1, ?2) ON CONFLICT (`id`) DO UPDATE SET `name` = excluded.`name` \
             WHERE `plans`.`id` COLLATE BINARY = ?1"
        );
        assert_eq!(
            save(Dialect::Postgres, ID.of_type("citext")),
            "INSERT INTO \"plans\" (\"id\", \"name\") VALUES ($1::\"citext\", $2) ON CONFLICT (\"id\") \
             DO UPDATE SET \"name\" = excluded.\"name\" \
             WHERE \"plans\".\"id\"::text COLLATE \"C\" = $1"
        );
        assert_eq!(
            text(Dialect::MySql, ID.under("utf8mb4_unicode_ci"), Operation::Update),
            "UPDATE `plans` SET `name` = ? WHERE `id` = ? AND BINARY CONVERT(`id` USING utf8mb4) = ?"
        );
        assert_eq!(
            text(Dialect::MySql, ID.under("utf8mb4_unicode_ci"), Operation::Conflicts),
            "SELECT EXISTS (SELECT 1 FROM `plans` WHERE `id` = ?), \
             EXISTS (SELECT 1 FROM `plans` WHERE 0 AND BINARY CONVERT(`id` USING utf8mb4) <> ?), \
             EXISTS (SELECT 1 FROM `plans` WHERE `id` = ? AND (BINARY CONVERT(`id` USING utf8mb4) = ?) IS NOT TRUE)"
        );
    }

    /// A cast to a type of the schema may fail, and a look-up never does.
    #[test]
    fn no_look_up_casts_to_a_type_that_may_refuse() {
        for (id, condition) in [
            (ID.of_type("plan_id"), "\"id\"::text = $1"),
            (INTEGER.of_type("numeric"), "\"id\" = $1::int8"),
            (UUID.of_type("plan_id"), "\"id\"::uuid = $1::uuid"),
            (UUID, "\"id\" = $1::uuid"),
            (INTEGER, "\"id\" = $1::int8"),
        ] {
            let get = text(Dialect::Postgres, id, Operation::Get);
            assert!(get.ends_with(&format!(" WHERE {condition}")), "{get}");
        }
    }

    #[test]
    fn numbers_and_uuids_are_in_the_order_of_their_values() {
        for (dialect, id) in [
            (Dialect::Postgres, UUID),
            (Dialect::Postgres, INTEGER),
            (Dialect::MySql, INTEGER.under("utf8mb4_bin")),
            (Dialect::Sqlite, Column::new("id", Form::UuidBytes).under("NOCASE")),
        ] {
            let list = text(dialect, id, Operation::List);
            assert!(list.ends_with("id\"") || list.ends_with("ORDER BY `id`"), "{list}");
        }
    }
}
