//! What is wrong with fields of several columns, or of none.

pub(super) fn no_keys(field: &str) -> String {
    format!("`{field}` has no keys: only `limits` and `features` can have a column for each")
}

pub(super) fn not_keys() -> String {
    "`keys` lists the columns of keys: write `keys(\"seats\" = \"max_seats\")`".into()
}

pub(super) fn no_case(field: &str) -> String {
    format!("`{field}` is no case: only `status` and `active` follow from other columns")
}

pub(super) fn not_a_case() -> String {
    "`case` lists values with their predicates: write `case(canceled = \"canceled_at IS NOT NULL\", active)`"
        .into()
}

pub(super) fn case_without_rest() -> String {
    "the last value of a `case` is the rest, without a predicate, and only the last".into()
}

pub(super) fn not_a_path() -> String {
    "this is no path: write `path = \"a.b[0].c\"`, a key with a dot in quotes, and `$` for the document itself".into()
}
