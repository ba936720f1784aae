//! Fields that other columns decide: what they read as is one `CASE`, in every statement and in the index.
//!
//! A save asks the same `CASE` of the values that it is about to write, and writes nothing where it has another answer.

use super::Query;
use super::compare::is_text;
use super::extra;
use super::quote::{literal, quote, quote_table};
use super::stored::is_one_of;
use super::writer::Writer;
use crate::adapter::{Adapter, Bind, Column, Dialect, Meaning, Operation, Stored, When};
use crate::form::Carrier;

/// The fields that other columns decide, by place.
fn places<'a>(adapter: &Adapter<'a>) -> impl Iterator<Item = (usize, &'a [When<'a>])> + use<'a> {
    let adapter = *adapter;
    (0..adapter.entity.fields().len()).filter_map(move |place| Some((place, adapter.decided(place)?)))
}

/// A value of such a field as the `CASE` gives it.
pub(super) fn value<'a>(meaning: Meaning<'a>) -> Stored<'a> {
    match meaning {
        Meaning::Word(word) | Meaning::Interval(word, _) => Stored::Text(word),
        Meaning::Boolean(truth) => Stored::Boolean(truth),
    }
}

/// `CASE WHEN (canceled_at IS NOT NULL) THEN 'canceled' ELSE 'active' END`
pub(super) fn case(dialect: Dialect, list: &[When<'_>]) -> String {
    let branch = |when: &When<'_>| {
        let value = literal(dialect, value(when.meaning));
        match when.predicate {
            Some(predicate) => format!("WHEN ({predicate}) THEN {value}"),
            None => format!("ELSE {value}"),
        }
    };
    match list {
        // A case of nothing but the rest.
        [When { meaning, predicate: None }] => literal(dialect, value(*meaning)),
        list => format!("CASE {} END", list.iter().map(branch).collect::<Vec<_>>().join(" ")),
    }
}

/// The condition on rows that read as one of some values.
pub(super) fn reads_as(adapter: &Adapter<'_>, list: &[When<'_>], meanings: &[Meaning<'_>]) -> String {
    let known = meanings.iter().filter(|meaning| list.iter().any(|when| when.meaning == **meaning));
    let values: Vec<_> = known.map(|meaning| value(*meaning)).collect();
    is_one_of(adapter.dialect, &case(adapter.dialect, list), &values)
}

impl Writer<'_> {
    /// The condition on rows that read as the value of a field that other columns decide.
    pub(super) fn is_decided(&mut self, place: usize, list: &[When<'_>]) -> String {
        let case = case(self.adapter().dialect, list);
        format!("{} = {}", by_letter(self.adapter().dialect, list, &case), self.bind(place as Bind))
    }

    /// For each field that other columns decide, that what is about to be written reads as its value.
    pub(super) fn fits(&mut self) -> Vec<String> {
        let adapter = self.adapter();
        places(adapter)
            .map(|(place, list)| {
                let case = self.of_new(list);
                format!("{} = {}", by_letter(adapter.dialect, list, &case), self.bind(place as Bind))
            })
            .collect()
    }

    /// `(SELECT CASE .. END FROM (SELECT ? AS "ends_at") AS new_row)`: what a row would read as that has the values of the
    /// record, in the columns that the predicates speak of.
    fn of_new(&mut self, list: &[When<'_>]) -> String {
        let adapter = self.adapter();
        let dialect = adapter.dialect;
        let text: String = list.iter().filter_map(|when| when.predicate).collect::<Vec<_>>().join(" ");
        // A name that stands within another one does no harm.
        let text = text.to_lowercase();
        let is_named = |name: &str| text.contains(&name.to_lowercase());
        let mut values = Vec::new();
        for part in self.written().filter(|part| is_named(part.column.name)) {
            let value = self.part(part);
            values.push((part.column, with_affinity(dialect, part.column, value)));
        }
        values.extend(extra::named(self, is_named));
        let case = case(dialect, list);
        if values.is_empty() {
            return format!("(SELECT {case})");
        }
        let row: Vec<_> = values
            .iter()
            .map(|(column, value)| {
                format!("{} AS {}", collated(adapter, column, value), quote(dialect, column.name))
            })
            .collect();
        let row = format!("SELECT {}", row.join(", "));
        let row = if dialect == Dialect::Sqlite {
            format!("{} UNION ALL {row}", no_row(adapter, &values))
        } else {
            row
        };
        format!("(SELECT {case} FROM ({row}) AS new_row)")
    }
}

/// What comes before a row on SQLite, so that its texts are compared as those of the table are: nothing but a column says how.
fn no_row(adapter: &Adapter<'_>, values: &[(&Column<'_>, String)]) -> String {
    let names: Vec<_> = values.iter().map(|(column, _)| quote(adapter.dialect, column.name)).collect();
    format!("SELECT {} FROM {} WHERE 0", names.join(", "), quote_table(adapter.dialect, &adapter.table))
}

/// A value as a column compares it: a placeholder of SQLite has no affinity, by which a column makes a text a number.
fn with_affinity(dialect: Dialect, column: &Column<'_>, value: String) -> String {
    let own = Column { form: column.own_form(), ..*column };
    let affinity = match own.stored(dialect) {
        _ if dialect != Dialect::Sqlite => return value,
        Carrier::Bytes => return value,
        Carrier::Small | Carrier::Int | Carrier::Big | Carrier::Unsigned | Carrier::Boolean => "INTEGER",
        Carrier::Double => "REAL",
        Carrier::Number => "NUMERIC",
        _ => "TEXT",
    };
    format!("CAST({value} AS {affinity})")
}

/// The same of a text on MySQL, which has the collation of the session in a placeholder. Nothing but the column itself says
/// which it has there: of values that could be its own the new one gets it.
fn collated(adapter: &Adapter<'_>, column: &Column<'_>, value: &str) -> String {
    let own = Column { form: column.own_form(), ..*column };
    if adapter.dialect != Dialect::MySql || own.is_within() || !is_text(adapter.dialect, &own) {
        return value.to_owned();
    }
    let (name, table) = (quote(adapter.dialect, column.name), quote_table(adapter.dialect, &adapter.table));
    format!("(SELECT * FROM (SELECT {name} FROM {table} WHERE FALSE UNION ALL SELECT {value}) AS new_text)")
}

/// A `CASE` of texts that compares byte for byte.
fn by_letter(dialect: Dialect, list: &[When<'_>], case: &str) -> String {
    let is_text = list.iter().any(|when| matches!(when.meaning, Meaning::Word(_)));
    if is_text && dialect == Dialect::MySql { format!("BINARY {case}") } else { case.to_owned() }
}

/// What a record would read as in the fields that other columns decide.
pub(super) fn ask(adapter: &Adapter<'_>) -> Option<Query> {
    if adapter.options().read_only {
        return None;
    }
    let mut query = Writer::new(adapter);
    let cases: Vec<_> = places(adapter).map(|(_, list)| query.of_new(list)).collect();
    (!cases.is_empty()).then(|| query.finish(Operation::Decide, format!("SELECT {}", cases.join(", "))))
}
