//! Facts in words that a test can compare.

use store_model::schema::{Column, Equality, Index, ListedBy, Part, Table};

/// A table as lines: one for each column, then one for each index.
pub(crate) fn describe(table: &Table) -> Vec<String> {
    table.columns.iter().map(column).chain(table.indexes.iter().map(index)).collect()
}

fn column(column: &Column) -> String {
    let mut line = format!("{} {}", column.name, column.type_name);
    let mut add = |word: String| {
        line.push(' ');
        line.push_str(&word);
    };
    if column.is_strict {
        add("strict".into());
    }
    if !column.nullable {
        add("not null".into());
    }
    if column.has_default {
        add("default".into());
    }
    if let Some(identity) = column.identity {
        add(format!("{identity:?}"));
    }
    if let Some(generated) = &column.generated {
        add(format!("as [{generated}]"));
    }
    match column.collation.as_ref().map(|it| it.equality) {
        Some(Equality::Folded) => add("folds".into()),
        Some(Equality::Padded) => add("pads".into()),
        Some(Equality::Bytes) | None => {}
    }
    for list in &column.lists {
        let (kind, name) = match &list.by {
            ListedBy::Type(name) => ("type", name),
            ListedBy::Check(name) => ("check", name),
        };
        add(format!("{kind} {name}: {}", list.values.join("|")));
    }
    line
}

fn index(index: &Index) -> String {
    let parts: Vec<_> = index
        .parts
        .iter()
        .map(|part| match part {
            Part::Column { name, .. } => name.clone(),
            Part::Expression(text) => format!("[{text}]"),
        })
        .collect();
    let kind = if index.unique { "unique" } else { "index" };
    let mut line = format!("{kind} {} ({})", index.name, parts.join(", "));
    if index.constraint {
        line.push_str(" constraint");
    }
    if index.nulls_equal {
        line.push_str(" nulls equal");
    }
    if let Some(fault) = index.fault {
        line.push_str(if fault.contains("deferrable") { " deferrable" } else { " silent" });
    }
    if let Some(predicate) = &index.predicate {
        line.push_str(&format!(" where {predicate}"));
    }
    line
}
