//! The total of quantities, exact in every form.
//!
//! Each quantity is made a whole number first, of the smallest step that its form has. One that can't be read as the form
//! says is made NULL and counted, so that no total leaves it out in silence.

use super::reads::in_range;
use super::rows::among_ours;
use super::within::Within;
use super::writer::{Writer, column, name, source};
use super::{Query, compare, form};
use crate::adapter::{Adapter, Column, Constant, Dialect, Null, Operation};
use crate::contract::usage;
use crate::form::Form;

/// Whether the statement counts the quantities that can't be read. A column of whole numbers has none, but for SQLite,
/// which takes anything for one.
#[must_use]
pub fn counts_unread(adapter: &Adapter<'_>) -> bool {
    let column = adapter.kept(usage::QUANTITY);
    if column.is_coded() {
        return false;
    }
    !matches!(column.form, Form::Integer(_))
        || column.sql_type.is_some()
        || column.null.is_some()
        || column.is_within()
}

/// Each quantity in the columns of its codec, which the database can't ask: they are added where the codec is.
fn quantities(adapter: &Adapter<'_>) -> Query {
    let mut query = Writer::new(adapter);
    let columns: Vec<_> =
        adapter.parts_of(usage::QUANTITY).map(|part| form::read(adapter, part.column)).collect();
    let these = among_these(&mut query);
    query.finish(Operation::Sum, format!("SELECT {} FROM {}{these}", columns.join(", "), source(adapter)))
}

/// The rows of one metric in a range.
fn among_these(query: &mut Writer<'_>) -> String {
    let adapter = query.adapter();
    among_ours(query, |query| {
        vec![query.is(usage::SUBSCRIPTION_ID), query.is(usage::METRIC), in_range(adapter, query)]
    })
}

/// The total as text, where a database has a number wide enough for every total; SQLite has none, and gives the totals
/// of the upper and the lower half of each quantity. After it the number of those that can't be read, where they are
/// counted.
pub(super) fn sum(adapter: &Adapter<'_>) -> Query {
    if adapter.kept(usage::QUANTITY).is_coded() {
        return quantities(adapter);
    }
    let mut query = Writer::new(adapter);
    let is_counted = counts_unread(adapter);
    let quantity = if is_counted { "quantity".to_owned() } else { column(adapter, usage::QUANTITY) };
    let total = total(adapter.dialect, &quantity);
    let from = source(adapter);
    let these = among_these(&mut query);
    let kept = adapter.kept(usage::QUANTITY);
    let sql = if kept.is_within() {
        let document = name(adapter, adapter.part(usage::QUANTITY, 0));
        let text = Within::new(adapter.dialect, &document, kept.path).text();
        let whole = whole(adapter.dialect, &in_text(kept), "quantity");
        format!(
            "SELECT {total}, COUNT(*) - COUNT(quantity) FROM (SELECT {whole} AS quantity FROM \
             (SELECT {text} AS quantity FROM {from}{these}) AS texts) AS quantities"
        )
    } else if is_counted {
        let whole = whole(adapter.dialect, kept, &column(adapter, usage::QUANTITY));
        format!(
            "SELECT {total}, COUNT(*) - COUNT(quantity) FROM (SELECT {whole} AS quantity FROM {from}{these}) AS quantities"
        )
    } else {
        format!("SELECT {total} FROM {from}{these}")
    };
    query.finish(Operation::Sum, sql)
}

fn total(dialect: Dialect, quantity: &str) -> String {
    match dialect {
        Dialect::Postgres => format!("COALESCE(SUM({quantity}), 0)::text"),
        Dialect::MySql => format!("CAST(COALESCE(SUM({quantity}), 0) AS CHAR)"),
        Dialect::Sqlite => {
            format!("COALESCE(SUM({quantity} >> 32), 0), COALESCE(SUM({quantity} & 4294967295), 0)")
        }
    }
}

/// A stored quantity as a whole number; NULL where it can't be read.
fn whole(dialect: Dialect, column: &Column<'_>, stored: &str) -> String {
    let whole = match dialect {
        Dialect::Postgres => postgres(column.form, stored),
        Dialect::MySql => mysql(column, stored),
        Dialect::Sqlite => sqlite(column.form, stored),
    };
    match column.null {
        Some(Null::Is(Constant::Integer(number))) => {
            format!("CASE WHEN {stored} IS NULL THEN {number} ELSE {whole} END")
        }
        _ => whole,
    }
}

/// A quantity within a document as its text is read: a whole number is its digits.
fn in_text<'a>(column: &Column<'a>) -> Column<'a> {
    let form = if matches!(column.form, Form::Integer(_)) { Form::Digits } else { column.form };
    Column { form, path: &[], sql_type: None, ..*column }
}

/// One and so many zeros.
fn power(digits: u8) -> String {
    format!("1{}", "0".repeat(digits.into()))
}

/// Below this a double tells all numbers of so many digits after the point apart.
fn limit(digits: u8) -> String {
    format!("1e{}", 15 - i16::from(digits))
}

/// A whole number in plain digits, as a regular expression.
const PLAIN: &str = "(0|[1-9][0-9]*)";

/// Numbers that are none, and infinite ones, lie above all others.
fn postgres(form: Form<'_>, stored: &str) -> String {
    let steps = |number: &str, digits: u8| {
        format!(
            "CASE WHEN ABS({number}) < 1e38 AND {number} = ROUND({number}, {digits}) THEN TRUNC({number} * {}) END",
            power(digits)
        )
    };
    match form {
        Form::Double(digits) => format!(
            "CASE WHEN ABS({stored}) < {} THEN {} END",
            limit(digits),
            steps(&format!("{stored}::text::numeric"), digits),
        ),
        Form::Digits => {
            format!("CASE WHEN {stored} ~ '^-?{PLAIN}$' AND {stored} <> '-0' THEN {stored}::numeric END")
        }
        Form::DecimalText(digits) => format!(
            "CASE WHEN {stored} ~ '^-?{PLAIN}(\\.[0-9]+)?$' AND {stored} !~ '^-[0.]*$' THEN {} END",
            steps(&format!("{stored}::numeric"), digits),
        ),
        Form::Decimal(digits) => steps(&format!("{stored}::numeric"), digits),
        _ => steps(&format!("{stored}::numeric"), 0),
    }
}

/// A cast of text that is no number is no error in a query, and gives another text.
fn mysql(column: &Column<'_>, stored: &str) -> String {
    let number = |digits: u8| format!("CAST({stored} AS DECIMAL(65, {digits}))");
    let steps = |number: &str, digits: u8| {
        format!(
            "CASE WHEN {number} = ROUND({number}, {digits}) THEN CAST({number} * {} AS DECIMAL(38, 0)) END",
            power(digits)
        )
    };
    let text = compare::bytes(Dialect::MySql, column, stored);
    match column.form {
        Form::Double(digits) => {
            format!("CASE WHEN ABS({stored}) < {} THEN {} END", limit(digits), steps(&number(30), digits))
        }
        Form::Digits => {
            let number = number(0);
            format!("CASE WHEN {text} = CAST({number} AS CHAR) THEN {number} END")
        }
        Form::DecimalText(digits) => {
            let zeros = |text: &str| format!("TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM {text}))");
            let pointed =
                format!("CASE WHEN {stored} LIKE '%.%' THEN {stored} ELSE CONCAT({stored}, '.') END");
            format!(
                "CASE WHEN {stored} NOT LIKE '%.' AND BINARY {} = {} THEN {} END",
                zeros(&format!("({pointed})")),
                zeros(&format!("CAST({} AS CHAR)", number(30))),
                steps(&number(30), digits),
            )
        }
        Form::Decimal(digits) => steps(stored, digits),
        _ => stored.to_owned(),
    }
}

/// SQLite calculates with doubles: of a number with fewer than 16 digits they give the nearest whole one, of which the
/// quotient is the nearest double again.
fn sqlite(form: Form<'_>, stored: &str) -> String {
    match form {
        Form::Double(digits) | Form::Decimal(digits) => {
            let (power, limit) = (power(digits), limit(digits));
            let steps = format!("CAST(ROUND({stored} * {power}.0) AS INTEGER)");
            format!(
                "CASE WHEN ABS({stored}) >= {limit} THEN NULL WHEN TYPEOF({stored}) = 'integer' THEN {stored} * {power} \
                 WHEN TYPEOF({stored}) = 'real' AND {steps} / {power}.0 = {stored} THEN {steps} END"
            )
        }
        Form::Digits => {
            let number = format!("CAST({stored} AS INTEGER)");
            format!("CASE WHEN {stored} COLLATE BINARY = CAST({number} AS TEXT) THEN {number} END")
        }
        Form::DecimalText(digits) => decimal_text_of_sqlite(digits, stored),
        _ => format!("CASE WHEN TYPEOF({stored}) = 'integer' THEN {stored} END"),
    }
}

/// The digits without their point, so that no double comes in between.
fn decimal_text_of_sqlite(digits: u8, stored: &str) -> String {
    let unsigned = format!("SUBSTR({stored}, 1 + ({stored} LIKE '-%'))");
    let whole = format!("SUBSTR({unsigned}, 1, INSTR({unsigned} || '.', '.') - 1)");
    let fraction = format!("SUBSTR({unsigned} || '.', INSTR({unsigned} || '.', '.') + 1)");
    let fraction = format!("RTRIM(RTRIM({fraction}, '.'), '0')");
    let zeros = "0".repeat(digits.into());
    let steps = format!("LTRIM({whole} || SUBSTR({fraction} || '{zeros}', 1, {digits}), '0')");
    let sign = format!("CASE WHEN {stored} LIKE '-%' THEN '-' ELSE '' END");
    let text = format!("{sign} || CASE WHEN {steps} = '' THEN '0' ELSE {steps} END");
    let number = format!("CAST({text} AS INTEGER)");
    format!(
        "CASE WHEN {unsigned} GLOB '[0-9]*' AND {unsigned} NOT GLOB '0[0-9]*' AND {unsigned} NOT GLOB '*[^0-9.]*' \
         AND {unsigned} NOT GLOB '*.*.*' AND {unsigned} NOT GLOB '*.' AND LENGTH({fraction}) <= {digits} \
         AND CAST({number} AS TEXT) = {text} THEN {number} END"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapter::{Place, Table};
    use crate::contract::Entity;
    use crate::form::Width;

    fn text(dialect: Dialect, quantity: Column<'_>) -> String {
        let field = |place: usize| match place {
            usage::QUANTITY => Place::Column(quantity),
            _ => Place::Column(Column::new(usage::FIELDS[place].name, Form::of(usage::FIELDS[place].kind))),
        };
        let fields: Vec<_> = (0..usage::FIELDS.len()).map(field).collect();
        let table = Table { schema: None, name: "usage" };
        sum(&Adapter { entity: Entity::Usage, dialect, table, fields: &fields, extended: false }).sql
    }

    #[test]
    fn whole_numbers_are_added_as_they_are() {
        let quantity = Column::new("quantity", Form::Integer(Width::U32));
        assert_eq!(
            text(Dialect::Postgres, quantity),
            "SELECT COALESCE(SUM(\"quantity\"), 0)::text FROM \"usage\" WHERE \"subscription_id\" = $1 AND \"metric\" = $2 \
             AND \"recorded_at\" >= $3 AND \"recorded_at\" < $4"
        );
    }

    #[test]
    fn others_are_made_whole_and_counted_where_they_are_not() {
        let quantity = Column::new("quantity", Form::Decimal(2));
        assert!(text(Dialect::Postgres, quantity).starts_with(
            "SELECT COALESCE(SUM(quantity), 0)::text, COUNT(*) - COUNT(quantity) FROM (SELECT CASE WHEN \
             ABS(\"quantity\"::numeric) < 1e38 AND \"quantity\"::numeric = ROUND(\"quantity\"::numeric, 2) \
             THEN TRUNC(\"quantity\"::numeric * 100) END AS quantity FROM \"usage\" WHERE "
        ));
        assert!(text(Dialect::MySql, quantity).starts_with(
            "SELECT CAST(COALESCE(SUM(quantity), 0) AS CHAR), COUNT(*) - COUNT(quantity) FROM (SELECT CASE WHEN \
             `quantity` = ROUND(`quantity`, 2) THEN CAST(`quantity` * 100 AS DECIMAL(38, 0)) END AS quantity FROM `usage` "
        ));
        assert!(text(Dialect::Sqlite, quantity).starts_with(
            "SELECT COALESCE(SUM(quantity >> 32), 0), COALESCE(SUM(quantity & 4294967295), 0), \
             COUNT(*) - COUNT(quantity) FROM (SELECT CASE WHEN ABS(`quantity`) >= 1e13 THEN NULL \
             WHEN TYPEOF(`quantity`) = 'integer' THEN `quantity` * 100 \
             WHEN TYPEOF(`quantity`) = 'real' AND CAST(ROUND(`quantity` * 100.0) AS INTEGER) / 100.0 = `quantity` \
             THEN CAST(ROUND(`quantity` * 100.0) AS INTEGER) END AS quantity FROM `usage` "
        ));
        for dialect in Dialect::ALL {
            let none = quantity.with_null(Null::Is(Constant::Integer(5)));
            assert!(text(dialect, none).contains(" IS NULL THEN 5 ELSE CASE WHEN "));
        }
    }
}
