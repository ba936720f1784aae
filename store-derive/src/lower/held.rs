//! Whether a column of a form holds a value that an annotation has.

use store_model::adapter::Dialect;
use store_model::form::Form;

use crate::mapping::Constant;

/// What stands for none is stored, so the column has to hold it; a text that is kept as such may be any.
pub(super) fn holds(dialect: Dialect, form: Form<'_>, constant: &Constant) -> bool {
    match constant {
        Constant::Text(text) => holds_text(dialect, form, text),
        Constant::Time(micros) => {
            let span = form.span(dialect);
            (span.first..=span.last).contains(micros) && micros % form.step().unwrap_or(1) == 0
        }
        Constant::Integer(_) | Constant::Boolean(_) | Constant::Empty => true,
    }
}

fn holds_text(dialect: Dialect, form: Form<'_>, text: &str) -> bool {
    match form {
        // Elsewhere it is text.
        Form::Uuid if dialect != Dialect::Postgres => text.chars().count() <= 36,
        Form::Uuid | Form::UuidBytes => is_uuid(text),
        Form::Integer(width) => {
            let number = text.parse().ok().filter(|number: &i128| number.to_string() == text);
            number.is_some_and(|number| width.range().contains(&number))
        }
        Form::Char(letters) => text.chars().count() <= letters.into() && !text.ends_with(' '),
        _ => true,
    }
}

/// Lower case, with four hyphens.
fn is_uuid(text: &str) -> bool {
    let is_at = |(at, letter): (usize, u8)| match at {
        8 | 13 | 18 | 23 => letter == b'-',
        _ => matches!(letter, b'0'..=b'9' | b'a'..=b'f'),
    };
    text.len() == 36 && text.bytes().enumerate().all(is_at)
}

#[cfg(test)]
mod tests {
    use store_model::form::{Unit, Width};

    use super::*;

    #[test]
    fn what_stands_for_none_is_a_value_of_its_column() {
        let nil = "00000000-0000-0000-0000-000000000000";
        let text = |text: &str| Constant::Text(text.to_owned());
        for (dialect, form, constant, is_held) in [
            (Dialect::Postgres, Form::Uuid, text(""), false),
            (Dialect::Postgres, Form::Uuid, text(nil), true),
            (Dialect::Postgres, Form::Uuid, text(&nil.replace('0', "A")), false),
            (Dialect::MySql, Form::Uuid, text(""), true),
            (Dialect::Sqlite, Form::UuidBytes, text(""), false),
            (Dialect::Sqlite, Form::UuidBytes, text(nil), true),
            (Dialect::MySql, Form::Integer(Width::U16), text("0"), true),
            (Dialect::MySql, Form::Integer(Width::U16), text("-1"), false),
            (Dialect::MySql, Form::Integer(Width::U16), text("00"), false),
            (Dialect::Postgres, Form::Char(2), text("--"), true),
            (Dialect::Postgres, Form::Char(2), text("---"), false),
            (Dialect::Postgres, Form::Char(2), text("- "), false),
            (Dialect::Sqlite, Form::Text, text("no one "), true),
            (Dialect::MySql, Form::Timestamp(0), Constant::Time(0), false),
            (Dialect::MySql, Form::DateTime(0), Constant::Time(0), true),
            (Dialect::MySql, Form::DateTime(0), Constant::Time(-1), false),
            (Dialect::Sqlite, Form::Epoch(Unit::Seconds), Constant::Time(-1_000_000), true),
        ] {
            assert_eq!(holds(dialect, form, &constant), is_held, "{constant:?} in {form:?} on {dialect:?}");
        }
    }
}
