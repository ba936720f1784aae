//! What is wrong with fields of several columns, or of none.

pub(super) fn no_keys(field: &str) -> String {
    format!("`{field}` has no keys: only `limits` and `features` can have a column for each")
}

pub(super) fn not_keys() -> String {
    "`keys` lists the columns of keys: write `keys(\"seats\" = \"max_seats\")`".into()
}

pub(super) fn not_a_path() -> String {
    "this is no path: write `path = \"a.b[0].c\"`, a key with a dot in quotes, and `$` for the document itself".into()
}
