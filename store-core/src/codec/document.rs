//! Lists, limits and metadata.

use std::borrow::Cow;
use std::collections::BTreeMap;

use store_model::adapter::{Column, Dialect};
use store_model::form::Form;

use super::json::Values;
use super::text::without_nul;
use super::{Atom, Decoded, Unfit, Value, json, unexpected};

pub(super) fn encode_list<'v>(
    dialect: Dialect,
    column: &Column<'_>,
    list: &'v [String],
) -> Result<Atom<'v>, Unfit> {
    list.iter().try_for_each(|text| without_nul(dialect, text).map(drop))?;
    match column.form {
        Form::Array => Ok(Atom::Array(list.into())),
        Form::Delimited(delimiter) => Ok(Atom::Text(delimited(delimiter, list)?.into())),
        form => Ok(written(form, json::write_list(list))),
    }
}

pub(super) fn encode_numbers(
    dialect: Dialect,
    column: &Column<'_>,
    numbers: &BTreeMap<String, i64>,
) -> Result<Atom<'static>, Unfit> {
    numbers.keys().try_for_each(|key| without_nul(dialect, key).map(drop))?;
    Ok(written(column.form, json::write_numbers(numbers)))
}

pub(super) fn encode_texts(
    dialect: Dialect,
    column: &Column<'_>,
    texts: &BTreeMap<String, String>,
) -> Result<Atom<'static>, Unfit> {
    let mut all = texts.iter().flat_map(|(key, value)| [key, value]);
    all.try_for_each(|text| without_nul(dialect, text).map(drop))?;
    Ok(written(column.form, json::write_texts(texts)))
}

/// A document in the type of its form.
fn written(form: Form<'_>, document: String) -> Atom<'static> {
    match form {
        Form::JsonText | Form::AnyJsonText => Atom::Text(document.into()),
        _ => Atom::Json(document.into()),
    }
}

/// Texts with a delimiter between them, if they can be told apart in it.
fn delimited(delimiter: &str, list: &[String]) -> Result<String, Unfit> {
    let text = list.join(delimiter);
    if split(delimiter, &text).eq(list) {
        return Ok(text);
    }
    Err(match list {
        [only] if only.is_empty() => {
            "one empty element can't be told from none in a text with delimiters".into()
        }
        _ => format!("an element can't be told from the delimiter `{delimiter}`"),
    })
}

/// The texts between delimiters; none in an empty text.
fn split<'t>(delimiter: &str, text: &'t str) -> impl Iterator<Item = &'t str> {
    text.split(delimiter).filter(move |_| !text.is_empty())
}

/// A list as it is read.
pub(crate) fn list(column: &Column<'_>, atom: Atom<'_>) -> Decoded<Vec<String>> {
    match (column.form, atom) {
        (Form::Array, Atom::Array(list)) => Ok(list.into_owned()),
        (Form::Delimited(delimiter), Atom::Text(text)) => {
            Ok(split(delimiter, &text).map(str::to_owned).collect())
        }
        (form, atom) => Ok(json::read_list(&document(atom)?, values(form))?),
    }
}

/// A map to numbers as it is read.
pub(crate) fn numbers(_: &Column<'_>, atom: Atom<'_>) -> Decoded<BTreeMap<String, i64>> {
    Ok(json::read_numbers(&document(atom)?)?)
}

/// A map to texts as it is read.
pub(crate) fn texts(column: &Column<'_>, atom: Atom<'_>) -> Decoded<BTreeMap<String, String>> {
    Ok(json::read_texts(&document(atom)?, values(column.form))?)
}

/// Whether a text that is stored reads as a value.
pub(crate) fn is_written_as(column: &Column<'_>, text: &str, value: Value<'_>) -> bool {
    let atom = Atom::Text(text.into());
    match value {
        Value::List(value) => list(column, atom).is_ok_and(|read| read == *value),
        Value::Numbers(value) => numbers(column, atom).is_ok_and(|read| read == *value),
        Value::Texts(value) => texts(column, atom).is_ok_and(|read| read == *value),
        _ => false,
    }
}

const fn values(form: Form<'_>) -> Values {
    match form {
        Form::AnyJson | Form::AnyJsonText => Values::Any,
        _ => Values::Texts,
    }
}

fn document(atom: Atom<'_>) -> Decoded<Cow<'_, str>> {
    match atom {
        Atom::Json(text) | Atom::Text(text) => Ok(text),
        other => Err(unexpected(&other, "a document")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts_of<const N: usize>(list: [&str; N]) -> Vec<String> {
        list.map(str::to_owned).to_vec()
    }

    #[test]
    fn lists_come_back_from_every_form() {
        let forms = [Form::Json, Form::JsonText, Form::AnyJson, Form::AnyJsonText, Form::Array];
        let lists = [texts_of([]), texts_of([""]), texts_of(["b", "a", "b", "é,\"\n"])];
        for form in forms {
            let column = Column::new("features", form);
            for stored in &lists {
                let atom = encode_list(Dialect::Postgres, &column, stored).unwrap();
                assert_eq!(list(&column, atom).unwrap(), *stored, "{form:?}");
            }
        }
    }

    #[test]
    fn only_lists_that_come_back_are_delimited() {
        let column = |delimiter| Column::new("features", Form::Delimited(delimiter));
        for (delimiter, stored, text) in [
            (",", texts_of([]), ""),
            (",", texts_of(["a"]), "a"),
            (",", texts_of(["b", "a", "b"]), "b,a,b"),
            (",", texts_of(["", ""]), ","),
            (", ", texts_of(["a,b", " c"]), "a,b,  c"),
            ("\n", texts_of(["a,b", "c"]), "a,b\nc"),
        ] {
            let atom = encode_list(Dialect::Sqlite, &column(delimiter), &stored).unwrap();
            assert_eq!(atom, Atom::Text(text.into()));
            assert_eq!(list(&column(delimiter), atom).unwrap(), stored);
        }
        for (delimiter, stored) in [
            (",", texts_of([""])),
            (",", texts_of(["a,b"])),
            (",", texts_of(["a", ","])),
            (",,", texts_of(["a,", "b"])),
            (", ", texts_of(["a,", " b", "c, d"])),
        ] {
            encode_list(Dialect::Sqlite, &column(delimiter), &stored).unwrap_err();
        }
    }

    #[test]
    fn what_another_wrote_is_read_as_said() {
        let stored = Atom::Text(r#"{"a": 1, "b": "x"}"#.into());
        assert!(texts(&Column::new("metadata", Form::JsonText), stored.clone()).is_err());
        let read = texts(&Column::new("metadata", Form::AnyJsonText), stored).unwrap();
        assert_eq!(read, [("a".to_owned(), "1".to_owned()), ("b".to_owned(), "x".to_owned())].into());
        let list_of_numbers = Atom::Json("[1]".into());
        assert!(list(&Column::new("features", Form::Json), list_of_numbers.clone()).is_err());
        assert_eq!(list(&Column::new("features", Form::AnyJson), list_of_numbers).unwrap(), ["1"]);
    }

    #[test]
    fn nul_is_refused_where_the_database_has_no_place_for_it() {
        let (nul, column) = (texts_of(["a\0"]), Column::new("features", Form::Array));
        assert!(encode_list(Dialect::Postgres, &column, &nul).is_err());
        assert!(
            encode_list(Dialect::Postgres, &Column::new("features", Form::Delimited(",")), &nul).is_err()
        );
        assert!(encode_list(Dialect::Sqlite, &Column::new("features", Form::JsonText), &nul).is_ok());
    }
}
