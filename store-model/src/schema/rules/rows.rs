//! How the rows of one condition stand to those of another: both are asked of every row that they can tell apart.

use std::collections::{BTreeMap, BTreeSet};

use crate::schema::predicate::{Condition, Literal};

/// How the rows of an index stand to those that are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    Exact,
    /// Some of those that are meant are not in it.
    Narrow,
    /// All that are meant are in it, and more.
    Wide,
    Unknown,
}

/// What a row has in a column.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Value {
    Null,
    Is(Literal),
    /// One that no condition speaks of.
    Other,
}

/// More rows than that are not asked about.
const MOST: usize = 10_000;

/// How the rows of a condition stand to those that are meant. The same column has the same name in both.
pub(super) fn extent(rows: &Condition, meant: &Condition) -> Extent {
    let mut columns = BTreeMap::new();
    for condition in [rows, meant] {
        values(condition, &mut columns);
    }
    if columns.values().map(BTreeSet::len).product::<usize>() > MOST {
        return Extent::Unknown;
    }
    let (mut narrow, mut wide) = (false, false);
    for row in every_row(&columns) {
        match (holds(rows, &row), holds(meant, &row)) {
            (false, true) => narrow = true,
            (true, false) => wide = true,
            _ => {}
        }
    }
    match (narrow, wide) {
        (true, _) => Extent::Narrow,
        (false, true) => Extent::Wide,
        (false, false) => Extent::Exact,
    }
}

type Row<'a> = BTreeMap<&'a str, &'a Value>;

/// The values of each column that a condition tells apart.
fn values<'a>(condition: &'a Condition, columns: &mut BTreeMap<&'a str, BTreeSet<Value>>) {
    let mut add = |column: &'a str, values: &mut dyn Iterator<Item = &Literal>| {
        let known = columns.entry(column).or_insert_with(|| BTreeSet::from([Value::Null, Value::Other]));
        known.extend(values.cloned().map(Value::Is));
    };
    match condition {
        Condition::In { column, values } => add(column, &mut values.iter()),
        Condition::Not { column, value } => add(column, &mut [value].into_iter()),
        Condition::Null(column) | Condition::NotNull(column) => add(column, &mut [].iter()),
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().for_each(|part| self::values(part, columns));
        }
    }
}

fn every_row<'a>(columns: &'a BTreeMap<&'a str, BTreeSet<Value>>) -> Vec<Row<'a>> {
    let mut rows = vec![Row::new()];
    for (column, values) in columns {
        let with = |row: &Row<'a>, value| {
            row.iter().map(|(name, it)| (*name, *it)).chain([(*column, value)]).collect()
        };
        rows = rows.iter().flat_map(|row| values.iter().map(move |value| with(row, value))).collect();
    }
    rows
}

/// Whether a condition is true of a row; of what is NULL it is not.
fn holds(condition: &Condition, row: &Row<'_>) -> bool {
    let value = |column: &String| row.get(column.as_str()).copied();
    match condition {
        Condition::In { column, values } => {
            matches!(value(column), Some(Value::Is(literal)) if values.contains(literal))
        }
        Condition::Not { column, value: other } => match value(column) {
            Some(Value::Is(literal)) => literal != other,
            found => found == Some(&Value::Other),
        },
        Condition::Null(column) => value(column) == Some(&Value::Null),
        Condition::NotNull(column) => value(column) != Some(&Value::Null),
        Condition::All(parts) => parts.iter().all(|part| holds(part, row)),
        Condition::Any(parts) => parts.iter().any(|part| holds(part, row)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(column: &str, values: &[&str]) -> Condition {
        let values = values.iter().map(|text| Literal::Text((*text).to_owned())).collect();
        Condition::In { column: column.into(), values }
    }

    #[test]
    fn conditions_are_held_against_each_other_over_several_columns() {
        let null = || Condition::Null("trial".into());
        let meant = Condition::All(vec![is("status", &["active"]), null()]);
        for (rows, expected) in [
            (Condition::All(vec![null(), is("status", &["active"])]), Extent::Exact),
            (is("status", &["active"]), Extent::Wide),
            (Condition::All(Vec::new()), Extent::Wide),
            (Condition::Any(vec![meant.clone(), is("status", &["canceled"])]), Extent::Wide),
            (Condition::All(vec![is("status", &["active"]), is("trial", &["no"])]), Extent::Narrow),
            (Condition::All(vec![is("status", &["canceled"]), null()]), Extent::Narrow),
            (Condition::NotNull("status".into()), Extent::Wide),
            (Condition::Any(Vec::new()), Extent::Narrow),
        ] {
            assert_eq!(extent(&rows, &meant), expected, "{rows:?}");
        }
        let not = Condition::Not { column: "status".into(), value: Literal::Text("canceled".into()) };
        assert_eq!(extent(&not, &is("status", &["active", "late"])), Extent::Wide);
        assert_eq!(extent(&not, &Condition::NotNull("status".into())), Extent::Narrow);
    }
}
