//! The view that a store reads from, where that is another than the table it writes to: that it shows what is read.

use super::Subject;
use super::columns::fit;
use crate::adapter::{Adapter, Duty, Part};
use crate::schema::finding::Finding;
use crate::schema::table::Table;
use crate::schema::types::Fit;
use crate::sql::column_type;

/// What is wrong with the view that an adapter reads from, or with there being none; nothing where it reads from its table.
#[must_use]
pub fn check_read(adapter: &Adapter<'_>, view: Option<&Table>) -> Vec<Finding> {
    let Some(named) = adapter.options().read_from else { return Vec::new() };
    let name = match named.schema {
        Some(schema) => format!("{schema}.{}", named.name),
        None => named.name.to_owned(),
    };
    let Some(view) = view else {
        let remedy = "make it, or name another in `read_from`".into();
        return vec![Finding::OtherTableMissing { table: name, field: adapter.field(0).into(), remedy }];
    };
    let missing = read(adapter).filter(|(column, _)| view.column(adapter.dialect, column).is_none());
    let missing = missing.map(|(column, field)| Finding::OtherColumnMissing {
        table: name.clone(),
        column: column.into(),
        field: field.into(),
        remedy: "add it to the view, or name another in `read_from`".into(),
    });
    missing.chain(unfit(adapter, &name, view)).collect()
}

/// Each column that is read, and for what.
fn read<'a>(adapter: &'a Adapter<'a>) -> impl Iterator<Item = (&'a str, &'a str)> {
    let options = adapter.options();
    let of_fields = adapter.parts().map(|part| (part.column.name, adapter.field(part.place)));
    let scope = options.scope.iter().map(|extra| (extra.column.name, "scope"));
    of_fields.chain(scope).chain(options.soft_delete.iter().map(|mark| (mark.column.name, "soft_delete")))
}

/// What the view alone has is of the type that is read. Of the rest the table tells.
fn unfit<'a>(adapter: &'a Adapter<'a>, name: &'a str, view: &'a Table) -> impl Iterator<Item = Finding> {
    let subject = Subject { adapter, table: view, whole: adapter };
    let of_view = adapter.parts().filter(|part| part.column.duty == Duty::ViewOnly);
    of_view.filter_map(move |part: Part<'_>| {
        let column = view.column(adapter.dialect, part.column.name)?;
        // What a view computes may be of no type that is known.
        let is_known = !column.type_name.is_empty();
        (is_known && fit(&subject, part, column) == Fit::Other).then(|| Finding::ColumnType {
            table: name.to_owned(),
            column: column.name.clone(),
            found: column.type_name.clone(),
            needed: column_type(adapter, part),
            remedy: "cast it in the view, or say its form with `as = ..`".into(),
        })
    })
}
