//! Fields that other columns decide: a word, or true or false, that a `CASE` gives.

use store_model::adapter::{Meaning, When};
use store_model::form::Carrier;

use super::{Atom, Encoded, Value};

/// What the driver sends and reads.
pub(crate) fn carrier(list: &[When<'_>]) -> Carrier {
    match list.first().map(|when| when.meaning) {
        Some(Meaning::Boolean(_)) => Carrier::Boolean,
        _ => Carrier::Text,
    }
}

/// A value as it is compared; only one that can be decided for is.
pub(crate) fn encode<'v>(list: &[When<'_>], value: Value<'v>) -> Encoded<'v> {
    let atom = match value {
        Value::Text(text) | Value::OptionalText(Some(text)) => Atom::Text(text.into()),
        Value::Boolean(boolean) => Atom::Boolean(boolean),
        other => return Err(format!("{other:?} is decided by no column")),
    };
    match meaning(list, &atom) {
        Some(_) => Ok(Some(atom)),
        None => Err(format!(
            "other columns decide it here, and none of them for {}",
            super::label::shown_atom(&atom)
        )),
    }
}

/// The value that was decided for.
pub(crate) fn meaning<'a>(list: &[When<'a>], atom: &Atom<'_>) -> Option<Meaning<'a>> {
    list.iter().map(|when| when.meaning).find(|meaning| match (meaning, atom) {
        (Meaning::Word(word), Atom::Text(text)) => word == text,
        (Meaning::Boolean(truth), Atom::Boolean(boolean)) => truth == boolean,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &[When<'static>] = &[
        When { meaning: Meaning::Word("canceled"), predicate: Some("canceled_at IS NOT NULL") },
        When { meaning: Meaning::Word("active"), predicate: None },
    ];

    #[test]
    fn only_what_can_be_decided_for_is_compared() {
        assert_eq!(encode(LIST, Value::Text("active")), Ok(Some(Atom::Text("active".into()))));
        assert_eq!(
            encode(LIST, Value::Text("paused")),
            Err("other columns decide it here, and none of them for `paused`".to_owned())
        );
        assert_eq!(meaning(LIST, &Atom::Text("canceled".into())), Some(Meaning::Word("canceled")));
        assert_eq!(meaning(LIST, &Atom::Text("Canceled".into())), None);
        assert_eq!(carrier(LIST), Carrier::Text);
    }
}
