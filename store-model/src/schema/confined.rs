//! What a check confines columns to, as far as it is a list of values.

use super::predicate::{Condition, Literal, condition};
use super::table::{List, ListedBy, Table, same_name};
use crate::adapter::Dialect;

/// A column and the values that a check allows, beside NULL.
pub(super) type Allowed = (String, Vec<String>);

/// The lists that a condition confines columns to.
pub(super) fn allowed(condition: &Condition) -> Vec<Allowed> {
    match condition {
        Condition::In { column, values } => vec![(column.clone(), values.iter().map(text).collect())],
        Condition::Not { .. } | Condition::Null(_) | Condition::NotNull(_) => Vec::new(),
        Condition::All(parts) => parts.iter().flat_map(allowed).collect(),
        Condition::Any(parts) => any(parts).into_iter().collect(),
    }
}

fn text(value: &Literal) -> String {
    match value {
        Literal::Text(text) => text.clone(),
        Literal::Integer(number) => number.to_string(),
    }
}

/// One column in one of several lists, or NULL.
fn any(parts: &[Condition]) -> Option<Allowed> {
    let mut all: Option<Allowed> = None;
    for part in parts {
        let (column, values) = match part {
            Condition::Null(column) => (column.clone(), Vec::new()),
            _ => {
                let [only] = <[Allowed; 1]>::try_from(allowed(part)).ok()?;
                only
            }
        };
        match &mut all {
            None => all = Some((column, values)),
            Some((of, more)) if *of == column => more.extend(values),
            Some(_) => return None,
        }
    }
    all
}

impl Table {
    /// Takes a check of the table into account, by its name and its expression as the database prints it.
    pub fn confine(&mut self, dialect: Dialect, name: &str, expression: &str) {
        self.checks.push(expression.to_owned());
        let lists = condition(expression).map(|condition| allowed(&condition)).unwrap_or_default();
        for (column, values) in lists {
            let list = List { by: ListedBy::Check(name.to_owned()), values, origin: None };
            let named = self.columns.iter_mut().filter(|it| same_name(dialect, &it.name, &column));
            named.for_each(|column| column.lists.push(list.clone()));
        }
    }

    /// The same of a check of the domain that a column of Postgres is of.
    pub fn confine_by_domain(&mut self, column: &str, name: &str, expression: &str) {
        let lists = condition(expression).map(|condition| allowed(&condition)).unwrap_or_default();
        let named = self.columns.iter_mut().find(|it| it.name == column);
        let of_value = lists.into_iter().filter(|(of, _)| of == "value");
        let lists =
            of_value.map(|(_, values)| List { by: ListedBy::Check(name.to_owned()), values, origin: None });
        named.into_iter().for_each(|it| it.lists.extend(lists.clone()));
    }
}
