//! Whether one condition holds wherever another does, as far as Postgres proves it.

use std::collections::BTreeSet;

use super::Condition;

/// Whether the second holds wherever the first does.
pub(in crate::schema) fn implies(known: &Condition, wanted: &Condition) -> bool {
    match (known, wanted) {
        (_, Condition::All(parts)) => parts.iter().all(|part| implies(known, part)),
        (Condition::Any(parts), _) => parts.iter().all(|part| implies(part, wanted)),
        (Condition::All(parts), _) if parts.iter().any(|part| implies(part, wanted)) => true,
        (Condition::In { column, values }, Condition::Any(_)) if values.len() > 1 => {
            values.iter().all(|value| {
                let one = Condition::In { column: column.clone(), values: BTreeSet::from([value.clone()]) };
                implies(&one, wanted)
            })
        }
        (_, Condition::Any(parts)) => parts.iter().any(|part| implies(known, part)),
        _ => known == wanted || is_narrower(known, wanted),
    }
}

/// Of a single column: fewer of its values.
fn is_narrower(known: &Condition, wanted: &Condition) -> bool {
    match (known, wanted) {
        (Condition::In { column, values }, Condition::In { column: of, values: among }) => {
            column == of && values.is_subset(among)
        }
        (Condition::In { column, values }, Condition::Not { column: of, value }) => {
            column == of && !values.contains(value) && !values.is_empty()
        }
        (Condition::In { column, .. }, Condition::NotNull(of)) => column == of,
        (Condition::Not { column, .. }, Condition::NotNull(of)) => column == of,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::condition;
    use super::*;

    fn of(text: &str) -> Condition {
        condition(text).expect("it is understood")
    }

    #[test]
    fn what_holds_for_fewer_rows_implies_what_holds_for_more() {
        for (known, wanted) in [
            ("a IS NULL", "a IS NULL"),
            ("a IS NULL AND b = 'x'", "a IS NULL"),
            ("b = 'x' AND a IS NULL", "a IS NULL AND b IN ('x', 'y')"),
            ("b IN ('x', 'y')", "b = 'y' OR b = 'x'"),
            ("b IN ('x', 'y')", "b IS NOT NULL"),
            ("b IN ('x', 'y')", "b <> 'z'"),
        ] {
            assert!(implies(&of(known), &of(wanted)), "{known}: {wanted}");
        }
        for (known, wanted) in [
            ("a IS NULL", "b IS NULL"),
            ("b IN ('x', 'y')", "b = 'x'"),
            ("b IN ('x', 'y')", "b <> 'x'"),
            ("a IS NULL OR b = 'x'", "a IS NULL"),
            ("a IS NULL", "a IS NULL AND b = 'x'"),
        ] {
            assert!(!implies(&of(known), &of(wanted)), "{known}: {wanted}");
        }
    }
}
