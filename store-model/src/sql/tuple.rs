//! Labels over several columns: of each value a tuple is stored, and a part of it can be anything.

use super::assign::Row;
use super::stored::{exact, is_exactly_one_of, is_one_of};
use super::writer::{Writer, quoted};
use crate::adapter::{Adapter, Bind, Column, Dialect, Label, Part, Stored};

/// What is stored in each column for one value: all that reads so, of which the first is written.
pub(super) type Tuple<'a> = &'a [&'a [Stored<'a>]];

/// What is stored as tuples.
pub(super) fn tuples<'a>(stored: &'a [Stored<'a>]) -> impl Iterator<Item = Tuple<'a>> {
    stored.iter().filter_map(|stored| match stored {
        Stored::Tuple(parts) => Some(*parts),
        _ => None,
    })
}

/// The labels of a field that is kept in several columns; none of any other.
pub(super) fn labels<'a>(column: &Column<'a>) -> &'a [Label<'a>] {
    let is_several = !column.beside.is_empty();
    column.labels.filter(|_| is_several).map(|labels| labels.list).unwrap_or_default()
}

/// Whether a value can be looked for by what is written for it: it is all that reads so.
pub(super) fn is_plain(stored: &Stored<'_>) -> bool {
    match stored {
        Stored::Null => false,
        Stored::Tuple(parts) => parts.iter().all(|part| matches!(part, [one] if *one != Stored::Null)),
        _ => true,
    }
}

/// The condition on rows whose columns have one of the tuples, of which each part holds where `part` says so.
pub(super) fn any_of(
    adapter: &Adapter<'_>,
    place: usize,
    stored: &[Stored<'_>],
    part: impl Fn(Part<'_>, &[Stored<'_>]) -> String,
) -> String {
    let all_of = |tuple: Tuple<'_>| {
        let said = adapter.parts_of(place).zip(tuple).filter(|(_, values)| !values.is_empty());
        said.map(|(it, values)| part(it, values)).collect::<Vec<_>>()
    };
    let tuples: Vec<_> = tuples(stored).map(all_of).collect();
    match tuples.as_slice() {
        // A value that can't be stored is nowhere.
        [] => if adapter.dialect == Dialect::Postgres { "FALSE" } else { "0" }.into(),
        [one] => one.join(" AND "),
        several => {
            let several = several.iter().map(|tuple| match tuple.as_slice() {
                [one] => one.clone(),
                parts => format!("({})", parts.join(" AND ")),
            });
            format!("({})", several.collect::<Vec<_>>().join(" OR "))
        }
    }
}

/// The condition on rows whose columns have one of the tuples.
pub(super) fn is_any_of(adapter: &Adapter<'_>, place: usize, stored: &[Stored<'_>]) -> String {
    any_of(adapter, place, stored, |part, values| is_one_of(adapter.dialect, &quoted(adapter, part), values))
}

/// The same by the letter.
pub(super) fn is_exactly_any_of(adapter: &Adapter<'_>, place: usize, stored: &[Stored<'_>]) -> String {
    any_of(adapter, place, stored, |part, values| is_exactly_one_of(adapter, part, values))
}

/// The parts of a field that a save of one of its values leaves as they are.
fn left_out_for(adapter: &Adapter<'_>, place: usize, label: &Label<'_>) -> Vec<Bind> {
    let written = tuples(label.stored).next().unwrap_or_default();
    let parts = adapter.parts_of(place).zip(written).filter(|(_, values)| values.is_empty());
    parts.map(|(part, _)| part.bind()).collect()
}

/// Every set of columns that some record leaves as they are, those of more columns first; for most stores, none.
pub(super) fn left_out(adapter: &Adapter<'_>) -> Vec<Vec<Bind>> {
    let mut sets: Vec<Vec<Bind>> = vec![Vec::new()];
    for (place, column) in adapter.columns().filter(|(_, column)| column.is_written()) {
        let labels = labels(column);
        if labels.is_empty() {
            continue;
        }
        let mut of_field: Vec<_> = labels.iter().map(|label| left_out_for(adapter, place, label)).collect();
        of_field.sort();
        of_field.dedup();
        sets =
            sets.iter().flat_map(|set| of_field.iter().map(|more| [set.as_slice(), more].concat())).collect();
    }
    sets.sort_by_key(|set| std::cmp::Reverse(set.len()));
    sets
}

/// Whether some record leaves a column as it is.
pub(crate) fn can_be_left_out(adapter: &Adapter<'_>, part: Part<'_>) -> bool {
    left_out(adapter).iter().any(|set| set.contains(&part.bind()))
}

/// What some value of the field has in one of its columns.
pub(crate) fn values<'a>(
    adapter: &Adapter<'a>,
    part: Part<'_>,
) -> impl Iterator<Item = Stored<'a>> + use<'a> {
    let column = adapter.column(part.place);
    let number = part.number;
    let stored = column.into_iter().flat_map(labels).flat_map(|label| tuples(label.stored));
    stored.flat_map(move |tuple| tuple.get(number).copied().unwrap_or_default()).copied()
}

/// The labels of a field under which a record leaves out exactly these columns.
pub(super) fn labels_without<'a>(
    adapter: &Adapter<'a>,
    place: usize,
    without: &[Bind],
) -> impl Iterator<Item = &'a Label<'a>> {
    let adapter = *adapter;
    let of_field: Vec<Bind> =
        adapter.parts_of(place).map(|part| part.bind()).filter(|bind| without.contains(bind)).collect();
    labels(adapter.kept(place)).iter().filter(move |label| left_out_for(&adapter, place, label) == of_field)
}

/// The conditions under which a column stays as it is: for each value with several tuples that it is saved, and that the row
/// reads as that value already.
pub(super) fn kept(query: &mut Writer<'_>, part: Part<'_>, row: Row) -> Vec<String> {
    let adapter = query.adapter();
    let mut kept = Vec::new();
    for label in labels_without(adapter, part.place, query.without()) {
        let Some(written) = tuples(label.stored).next() else { continue };
        // Another tuple of the value may have something else in this column.
        if tuples(label.stored).all(|tuple| tuple[part.number] == &written[part.number][..1]) {
            continue;
        }
        let said = adapter.parts_of(part.place).zip(written).filter(|(_, values)| !values.is_empty());
        let said: Vec<_> = said.collect();
        let is_saved = said.into_iter().map(|(it, values)| {
            let new = row.next(query, it);
            is_one_of(adapter.dialect, &exact(adapter.dialect, it.column, &new), &values[..1])
        });
        let is_saved = is_saved.collect::<Vec<_>>().join(" AND ");
        let reads_so = any_of(adapter, part.place, label.stored, |it, values| {
            let now = row.now(adapter, it);
            is_one_of(adapter.dialect, &exact(adapter.dialect, it.column, &now), values)
        });
        kept.push(format!("{is_saved} AND {reads_so}"));
    }
    kept
}
