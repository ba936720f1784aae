//! Values within documents: each is JSON there, and what its form says of it here.

use std::borrow::Cow;

use store_model::adapter::Column;
use store_model::form::Form;

use super::{Atom, Decoded, json};

/// What a column's document has at its path: none where it is missing or null.
pub(crate) fn read<'r>(column: &Column<'_>, document: Atom<'r>) -> Decoded<Option<Atom<'r>>> {
    match document {
        Atom::Json(Cow::Borrowed(document)) => at(column, document),
        Atom::Json(Cow::Owned(document)) => Ok(at(column, &document)?.map(owned)),
        other => Err(super::unexpected(&other, "a document")),
    }
}

fn at<'t>(column: &Column<'_>, document: &'t str) -> Decoded<Option<Atom<'t>>> {
    let found = json::find(document, column.path)?;
    found.map(|json| value(column.form, json)).transpose()
}

/// JSON in the type that a form is read in: numbers and texts of numbers are one.
fn value<'t>(form: Form<'_>, json: &'t str) -> Decoded<Atom<'t>> {
    match (form, json) {
        (Form::Json | Form::AnyJson, _) => Ok(Atom::Json(json.into())),
        (Form::Boolean, "true") => Ok(Atom::Boolean(true)),
        (Form::Boolean, "false") => Ok(Atom::Boolean(false)),
        (Form::Boolean, _) => Err(format!("it is {}, where `true` or `false` is needed", kind(json)).into()),
        (Form::Integer(_) | Form::Seconds | Form::Epoch(_), _) => {
            let text = text(json, "a whole number")?;
            let number = text.parse::<i128>().ok().filter(|number| number.to_string() == *text);
            let number = number.ok_or_else(|| format!("`{text}` is no whole number in plain digits"))?;
            Ok(Atom::Integer(number))
        }
        _ => text(json, "text").map(Atom::Text),
    }
}

/// A text, or the digits of a number.
fn text<'t>(json: &'t str, needed: &str) -> Decoded<Cow<'t, str>> {
    match json.as_bytes()[0] {
        b'"' => Ok(json::unquoted(json)?.into()),
        b'-' | b'0'..=b'9' => Ok(json.into()),
        _ => Err(format!("it is {}, where {needed} is needed", kind(json)).into()),
    }
}

/// What JSON is, in words.
fn kind(json: &str) -> &str {
    match json.as_bytes()[0] {
        b'{' => "an object",
        b'[' => "an array",
        b'"' => "text",
        _ => json,
    }
}

fn owned(atom: Atom<'_>) -> Atom<'static> {
    match atom {
        Atom::Text(text) => Atom::Text(text.into_owned().into()),
        Atom::Json(json) => Atom::Json(json.into_owned().into()),
        Atom::Integer(number) => Atom::Integer(number),
        Atom::Boolean(boolean) => Atom::Boolean(boolean),
        other => unreachable!("no document has {other:?}"),
    }
}

/// A value of a form as JSON.
pub(crate) fn written(atom: Atom<'_>) -> Atom<'_> {
    match atom {
        Atom::Text(text) => Atom::Json(json::quoted(&text).into()),
        Atom::Integer(number) => Atom::Json(number.to_string().into()),
        Atom::Boolean(boolean) => Atom::Json(if boolean { "true" } else { "false" }.into()),
        other => other,
    }
}

/// A document without the keys that other fields have in it.
pub(crate) fn rest<'r>(document: Atom<'r>, keys: &[&str]) -> Decoded<Atom<'r>> {
    match document {
        Atom::Json(document) => Ok(Atom::Json(json::without(&document, keys)?.into())),
        other => Ok(other),
    }
}

#[cfg(test)]
mod tests {
    use store_model::adapter::Step;
    use store_model::form::{Unit, Width};

    use super::*;

    fn read_as(form: Form<'static>, json: &str) -> Option<Atom<'static>> {
        let document = format!("{{\"a\": {json} }}");
        let column = Column::new("c", form).at(&[Step::Key("a")]);
        read(&column, Atom::Json(document.into())).ok().map(|atom| atom.expect("it is there"))
    }

    #[test]
    fn numbers_and_texts_of_numbers_are_one() {
        for form in [Form::Integer(Width::I32), Form::Seconds, Form::Epoch(Unit::Seconds)] {
            assert_eq!(read_as(form, "5"), Some(Atom::Integer(5)));
            assert_eq!(read_as(form, "\"-5\""), Some(Atom::Integer(-5)));
            for other in ["5.0", "5e1", "\"05\"", "-0", "true", "{}", "\"x\"", "[5]"] {
                assert_eq!(read_as(form, other), None, "{other}");
            }
        }
        for form in [Form::Text, Form::DecimalText(2), Form::Digits] {
            assert_eq!(read_as(form, "19.90"), Some(Atom::Text("19.90".into())));
            assert_eq!(read_as(form, "\"19.90\""), Some(Atom::Text("19.90".into())));
            assert_eq!(read_as(form, "\"\\u00e9\""), Some(Atom::Text("é".into())));
            for other in ["true", "{}", "[]"] {
                assert_eq!(read_as(form, other), None, "{other}");
            }
        }
    }

    #[test]
    fn what_is_true_or_false_is_nothing_else() {
        assert_eq!(read_as(Form::Boolean, "true"), Some(Atom::Boolean(true)));
        assert_eq!(read_as(Form::Boolean, "false"), Some(Atom::Boolean(false)));
        for other in ["1", "0", "\"true\"", "{}"] {
            assert_eq!(read_as(Form::Boolean, other), None, "{other}");
        }
    }

    #[test]
    fn what_is_written_is_read() {
        for (form, atom) in [
            (Form::Text, Atom::Text("a\"b\\c\n😀".into())),
            (Form::Text, Atom::Text("true".into())),
            (Form::INTEGER, Atom::Integer(i64::MIN.into())),
            (Form::Boolean, Atom::Boolean(false)),
            (Form::Json, Atom::Json("{\"a\":[1]}".into())),
        ] {
            let Atom::Json(json) = written(atom.clone()) else { panic!("it is JSON") };
            assert_eq!(read_as(form, &json), Some(atom));
        }
    }
}
