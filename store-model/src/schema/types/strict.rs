//! Tables of SQLite that are STRICT: a column takes its own class of values, and what is one of them without loss.
//! <https://sqlite.org/stricttables.html>

use super::{Fit, Type};
use crate::adapter::Stored;
use crate::form::Carrier;

/// What a type does to what is sent; nothing where it does no more than in other tables.
pub(super) fn fit(ty: &Type, sent: Carrier) -> Option<Fit<'static>> {
    match (ty.name.as_str(), sent) {
        ("any", _) => Some(Fit::Fits),
        ("blob", Carrier::Bytes) => None,
        ("blob", _) | (_, Carrier::Bytes) => Some(Fit::Other),
        _ => None,
    }
}

/// Whether a column takes a literal.
pub(super) fn takes(ty: &Type, stored: Stored<'_>) -> bool {
    match (ty.name.as_str(), stored) {
        (_, Stored::Null | Stored::Tuple(_)) | ("any" | "text", _) => true,
        ("blob", _) => false,
        (_, Stored::Text(text)) => text.trim().parse::<f64>().is_ok(),
        (_, Stored::Integer(_) | Stored::Boolean(_)) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_of_values_has_a_type() {
        for (name, sent, fit_there) in [
            ("TEXT", Carrier::Text, None),
            ("TEXT", Carrier::Bytes, Some(Fit::Other)),
            ("BLOB", Carrier::Bytes, None),
            ("BLOB", Carrier::Text, Some(Fit::Other)),
            ("BLOB", Carrier::Big, Some(Fit::Other)),
            ("ANY", Carrier::Time, Some(Fit::Fits)),
            ("INTEGER", Carrier::Big, None),
        ] {
            assert_eq!(fit(&Type::parse(name), sent), fit_there, "{name} {sent:?}");
        }
    }

    #[test]
    fn a_literal_is_of_that_class() {
        for (name, stored, taken) in [
            ("TEXT", Stored::Text("user"), true),
            ("TEXT", Stored::Integer(1), true),
            ("INT", Stored::Text("user"), false),
            ("INT", Stored::Text("7"), true),
            ("INTEGER", Stored::Boolean(true), true),
            ("BLOB", Stored::Text("user"), false),
            ("BLOB", Stored::Null, true),
            ("ANY", Stored::Text("user"), true),
        ] {
            assert_eq!(takes(&Type::parse(name), stored), taken, "{name} {stored:?}");
        }
    }
}
