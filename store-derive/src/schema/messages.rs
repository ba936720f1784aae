//! What files of SQL tell of a table.

pub(super) fn table_not_made(table: &str) -> String {
    format!(
        "no statement of these files makes the table `{table}`: name one that they make, or leave `schema` out"
    )
}

pub(super) fn table_not_made_near(table: &str, near: &str) -> String {
    format!("no statement of these files makes the table `{table}`, did you mean `{near}`?")
}

pub(super) fn unread_statement(table: &str, place: &str, beginning: &str, reason: &str) -> String {
    format!("a statement that may change `{table}` can't be read: `{beginning}` {reason} ({place})")
}

pub(super) fn column_near(field: &str, near: &str) -> String {
    format!("; did you mean `{near}`? then write `columns({field} = \"{near}\")`")
}

pub(super) fn column_elsewhere(field: &str) -> String {
    format!("; if it has another name, write `columns({field} = \"..\")`")
}

pub(super) fn column_absent(field: &str) -> String {
    format!("; where there is none, write `absent({field})`")
}

pub(super) fn column_to_write(column: &str) -> String {
    format!("; or give it a value for new rows: write `insert(\"{column}\" = ..)`")
}
