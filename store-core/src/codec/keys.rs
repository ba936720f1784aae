//! Limits and features that have a column for each key.

use std::collections::BTreeMap;

use store_model::adapter::{Column, Dialect, Keyed};

use super::{Atom, Decoded, Encoded, Unfit, Value, boolean, integer};

/// What of a map or a list is stored in the column of a key.
pub(crate) fn encode<'v>(dialect: Dialect, keyed: &Keyed<'v>, value: Value<'v>) -> Encoded<'v> {
    match value {
        Value::Numbers(numbers) => match numbers.get(keyed.key) {
            Some(number) => super::encode(dialect, &keyed.column, Value::Integer(*number)),
            None => Ok(None),
        },
        Value::List(list) => {
            let is_there = list.iter().any(|element| element == keyed.key);
            super::encode(dialect, &keyed.column, Value::Boolean(is_there))
        }
        _ => Err("it has no keys".into()),
    }
}

/// Why a map or a list can't be told from what its columns say, if it can't.
pub(crate) fn unfit(keys: &[Keyed<'_>], value: Value<'_>) -> Option<Unfit> {
    let is_known = |key: &String| keys.iter().any(|keyed| keyed.key == key);
    let other = match value {
        Value::Numbers(numbers) => numbers.keys().find(|key| !is_known(key)),
        Value::List(list) => list.iter().find(|element| !is_known(element)),
        _ => None,
    };
    if let Some(key) = other {
        return Some(format!("the table has no column for `{key}`"));
    }
    let Value::List(list) = value else { return None };
    let read = keys.iter().map(|keyed| keyed.key).filter(|key| list.iter().any(|element| element == key));
    (!read.eq(list.iter().map(String::as_str)))
        .then(|| "columns keep no order: name each feature once, in the order of the columns".to_owned())
}

/// A map as it is read, of which `read` gives what the column of a key holds; a key whose column is NULL is not in it.
pub(crate) fn numbers<'r, E>(
    keys: &[Keyed<'static>],
    read: impl Fn(usize) -> Result<Option<Atom<'r>>, E>,
    corrupt: impl Fn(&Column<'static>, crate::BoxError) -> E,
) -> Result<BTreeMap<String, i64>, E> {
    let mut numbers = BTreeMap::new();
    for (number, keyed) in keys.iter().enumerate() {
        if let Some(value) = one(keyed, read(number)?, integer, &corrupt)? {
            numbers.insert(keyed.key.to_owned(), value);
        }
    }
    Ok(numbers)
}

/// A list as it is read, in the order of its columns; NULL says that a feature is not there.
pub(crate) fn list<'r, E>(
    keys: &[Keyed<'static>],
    read: impl Fn(usize) -> Result<Option<Atom<'r>>, E>,
    corrupt: impl Fn(&Column<'static>, crate::BoxError) -> E,
) -> Result<Vec<String>, E> {
    let mut list = Vec::new();
    for (number, keyed) in keys.iter().enumerate() {
        if one(keyed, read(number)?, boolean, &corrupt)? == Some(true) {
            list.push(keyed.key.to_owned());
        }
    }
    Ok(list)
}

fn one<'r, T: super::annotation::FromAnnotation, E>(
    keyed: &Keyed<'static>,
    atom: Option<Atom<'r>>,
    decode: fn(&Column<'static>, Atom<'r>) -> Decoded<T>,
    corrupt: &impl Fn(&Column<'static>, crate::BoxError) -> E,
) -> Result<Option<T>, E> {
    super::decode(&keyed.column, atom, decode).map_err(|source| corrupt(&keyed.column, source))
}

#[cfg(test)]
mod tests {
    use store_model::form::{Form, Width};

    use super::*;

    const LIMITS: &[Keyed<'static>] = &[
        Keyed { key: "seats", column: Column::new("max_seats", Form::Integer(Width::I32)) },
        Keyed { key: "api", column: Column::new("api", Form::Integer(Width::I64)) },
    ];

    fn map(entries: &[(&str, i64)]) -> BTreeMap<String, i64> {
        entries.iter().map(|(key, number)| ((*key).to_owned(), *number)).collect()
    }

    #[test]
    fn a_key_without_a_column_is_refused() {
        assert_eq!(unfit(LIMITS, Value::Numbers(&map(&[("api", 1)]))), None);
        let reason = unfit(LIMITS, Value::Numbers(&map(&[("api", 1), ("users", 2)])));
        assert_eq!(reason.as_deref(), Some("the table has no column for `users`"));
    }

    #[test]
    fn a_list_is_in_the_order_of_its_columns() {
        let list = |list: &[&str]| list.iter().map(|element| (*element).to_owned()).collect::<Vec<_>>();
        for held in [&[][..], &["api"], &["seats", "api"]] {
            assert_eq!(unfit(LIMITS, Value::List(&list(held))), None, "{held:?}");
        }
        for other in [&["api", "seats"][..], &["api", "api"], &["users"]] {
            assert!(unfit(LIMITS, Value::List(&list(other))).is_some(), "{other:?}");
        }
    }

    #[test]
    fn what_is_not_there_is_null() {
        let numbers = map(&[("seats", 5)]);
        let stored = LIMITS.iter().map(|keyed| encode(Dialect::Sqlite, keyed, Value::Numbers(&numbers)));
        assert_eq!(stored.collect::<Vec<_>>(), [Ok(Some(Atom::Integer(5))), Ok(None)]);
        let wide = map(&[("seats", i64::MAX)]);
        assert!(encode(Dialect::Sqlite, &LIMITS[0], Value::Numbers(&wide)).is_err());
    }
}
