//! Documents as they are written: new ones are made of the fields within them, and of those that are there everything
//! else stays.

use super::assign::{by_label, has_value};
use super::quote::{literal, quote};
use super::spelling;
use super::within::{Within, path, text_of, value_of};
use super::writer::Writer;
use crate::adapter::{Adapter, Dialect, Document, Null, Part, Step, Stored};
use crate::contract::{Kind, usage};
use crate::form::Form;

/// The document of a new row.
pub(super) fn made(query: &mut Writer<'_>, document: &Document<'_>) -> String {
    let made = written(query, document, None);
    as_column(query.adapter(), document, made)
}

/// What an update makes of a document, `now` being the one that is there: it stays as it is where it reads as what is
/// saved already, and so does each value in it.
pub(super) fn changed(query: &mut Writer<'_>, document: &Document<'_>, now: &str) -> String {
    let adapter = query.adapter();
    let stored = stored(adapter, document, now);
    let mut kept: Vec<_> = document.within.iter().map(|part| keeps(query, *part, &stored)).collect();
    kept.extend(document.rest.map(|rest| keeps_rest(query, document, rest, &stored)));
    let new = written(query, document, Some(&stored));
    let new = as_column(adapter, document, new);
    format!("CASE WHEN {} THEN {now} ELSE {new} END", kept.join(" AND "))
}

/// A document with the values that are saved, in the stead of one that is there or of none.
fn written(query: &mut Writer<'_>, document: &Document<'_>, stored: Option<&str>) -> String {
    let tree = Tree::of(&document.within);
    let rest = document.rest.map(|rest| query.raw_key(rest));
    match query.adapter().dialect {
        Dialect::Postgres => {
            let there = stored.map(str::to_owned);
            object(query, &tree, &Base { rest, there }, stored)
        }
        _ => set_in(query, document, rest, stored),
    }
}

/// That the values of a document lie in objects, or will: what else is in their place would be lost.
pub(super) fn is_sound(adapter: &Adapter<'_>, document: &Document<'_>, of: &str) -> String {
    let name = quote(adapter.dialect, document.column.name);
    let stored = stored(adapter, document, &format!("{of}{name}"));
    let parents = parents(document);
    let dialect = adapter.dialect;
    match dialect {
        Dialect::Postgres => {
            let is_object =
                |json: String| format!("COALESCE(jsonb_typeof({json}), 'null') IN ('null', 'object')");
            let root = is_object(stored.clone());
            let inner = parents.iter().map(|parent| is_object(Within::new(dialect, &stored, parent).json()));
            [root].into_iter().chain(inner).collect::<Vec<_>>().join(" AND ")
        }
        _ => {
            let (object, null) =
                if dialect == Dialect::MySql { ("OBJECT", "NULL") } else { ("object", "null") };
            let is_object =
                |of: String| format!("COALESCE(JSON_TYPE({of}), '{null}') IN ('{null}', '{object}')");
            let inner = parents.iter().map(|parent| match dialect {
                Dialect::MySql => Within::new(dialect, &stored, parent).json(),
                _ => format!("{stored}, {}", path(dialect, parent)),
            });
            let all: Vec<_> = [stored.clone()].into_iter().chain(inner).map(is_object).collect();
            // Of what is no JSON nothing can be asked.
            format!(
                "CASE WHEN {stored} IS NULL THEN 1 WHEN JSON_VALID({stored}) THEN {} ELSE 0 END",
                all.join(" AND ")
            )
        }
    }
}

/// The paths of the objects in which the values of a document lie, the outer ones first.
fn parents<'a>(document: &Document<'a>) -> Vec<&'a [Step<'a>]> {
    let mut parents: Vec<&[Step<'_>]> = Vec::new();
    for part in &document.within {
        for end in 1..part.column.path.len() {
            let parent = &part.column.path[..end];
            if !parents.contains(&parent) {
                parents.push(parent);
            }
        }
    }
    parents
}

/// The document that is there, as what the functions of the database take.
fn stored(adapter: &Adapter<'_>, document: &Document<'_>, now: &str) -> String {
    let is_json = adapter.dialect == Dialect::Postgres && document.column.sql_type.is_some();
    if is_json { format!("{now}::jsonb") } else { now.to_owned() }
}

fn as_column(adapter: &Adapter<'_>, document: &Document<'_>, made: String) -> String {
    let is_json = adapter.dialect == Dialect::Postgres && document.column.sql_type.is_some();
    if is_json { format!("({made})::json") } else { made }
}

/// Text as JSON, for functions that would take it for a text of their own.
fn as_json(dialect: Dialect, text: String) -> String {
    match dialect {
        Dialect::Postgres => text,
        Dialect::MySql => format!("JSON_EXTRACT({text}, '$')"),
        Dialect::Sqlite => format!("JSON({text})"),
    }
}

/// That a value which is there reads as the one that is saved. Placeholders are asked for where they stand: MySQL has no
/// others.
fn keeps(query: &mut Writer<'_>, part: Part<'_>, stored: &str) -> String {
    let adapter = query.adapter();
    let (dialect, column) = (adapter.dialect, part.column);
    let there = Within::new(dialect, stored, column.path).sound();
    let (json, text) = (there.json(), there.text());
    let is_document = column.form.is_document();
    let new = |query: &mut Writer<'_>| query.part(part);
    let mut kept = vec![match column.form {
        _ if is_document => same_document(query, part, &json, &new),
        // MariaDB holds the text `"true"` equal.
        Form::Boolean if dialect == Dialect::MySql => {
            format!("JSON_TYPE({json}) = 'BOOLEAN' AND {json} = JSON_EXTRACT({}, '$')", new(query))
        }
        Form::Boolean => format!("{json} = {}", new(query)),
        Form::Text | Form::Delimited(_) | Form::Iso8601 | Form::Code => {
            format!("{text} = {} AND {}", text_of(dialect, &new(query)), there.is_scalar())
        }
        _ if spelling::has_several(dialect, column) => {
            spelling::is_same(dialect, column, &text, &text_of(dialect, &new(query)))
        }
        _ => format!("{text} = {}", text_of(dialect, &new(query))),
    }];
    if adapter.may_be_null(part) {
        kept.push(format!("{text} IS NULL AND {} IS NULL", new(query)));
    }
    match column.null {
        Some(Null::Is(_)) if is_document => {
            kept.push(same_document(query, part, &json, &|query: &mut Writer<'_>| query.raw_key(part)));
        }
        _ if column.labels.is_some() => {
            let now = there.value(column.form);
            kept.extend(by_label(query, column, &now, &|query: &mut Writer<'_>| {
                value_of(dialect, column.form, &new(query))
            }));
        }
        Some(Null::Is(_) | Null::IsField(_)) => kept.push(has_value(query, part, &there.value(column.form))),
        Some(Null::Also(_)) => kept.push(format!("{text} IS NULL AND {} IS NULL", query.raw_key(part))),
        Some(Null::Never) | None => {}
    }
    if kept.len() == 1 { kept.swap_remove(0) } else { format!("({})", kept.join(" OR ")) }
}

/// That what is in a document beside the values of other fields is what is saved.
fn keeps_rest(query: &mut Writer<'_>, document: &Document<'_>, rest: Part<'_>, stored: &str) -> String {
    let adapter = query.adapter();
    let dialect = adapter.dialect;
    let mut keys: Vec<_> = document.within.iter().filter_map(|part| part.column.root_key()).collect();
    keys.dedup();
    let there = match dialect {
        Dialect::Postgres => format!("(NULLIF({stored}, 'null') - {})", texts(&keys)),
        _ => {
            let paths: Vec<_> = keys.iter().map(|key| path(dialect, &[Step::Key(key)])).collect();
            format!("JSON_REMOVE({stored}, {})", paths.join(", "))
        }
    };
    same_document(query, rest, &there, &|query: &mut Writer<'_>| query.raw_key(rest))
}

/// That two documents read as one list or map.
fn same_document(
    query: &mut Writer<'_>,
    part: Part<'_>,
    there: &str,
    new: &impl Fn(&mut Writer<'_>) -> String,
) -> String {
    let adapter = query.adapter();
    match adapter.dialect {
        Dialect::Postgres => format!("{there} = {}", new(query)),
        Dialect::MySql => {
            // MySQL compares JSON by its value, and MariaDB as text, in which it makes a double of each number.
            let normal = |json: &str| format!("/*M!100700 JSON_NORMALIZE */({json})");
            let compact = |json: &str| format!("/*M! JSON_COMPACT */({json})");
            let mut new = || format!("JSON_EXTRACT({}, '$')", new(query));
            let same = format!("{} = {}", normal(there), normal(&new()));
            if adapter.entity.fields()[part.place].kind != Kind::Numbers {
                return same;
            }
            format!(
                "{same} AND ({} = {} OR CONCAT({there}, {}) NOT REGEXP '[0-9]{{16}}')",
                compact(there),
                compact(&new()),
                new()
            )
        }
        Dialect::Sqlite => {
            let new = new(query);
            let entries = |json: &str| {
                format!(
                    "(SELECT JSON_GROUP_ARRAY(JSON_ARRAY(key, type, atom)) \
                     FROM (SELECT key, type, atom FROM JSON_EACH({json}) ORDER BY key))"
                )
            };
            format!("JSON_TYPE({there}) = JSON_TYPE({new}) AND {} = {}", entries(there), entries(&new))
        }
    }
}

/// The fields of a document in the objects that they lie in.
#[derive(Default)]
struct Tree<'a> {
    leaves: Vec<(&'a str, Part<'a>)>,
    inner: Vec<(&'a str, Tree<'a>)>,
}

impl<'a> Tree<'a> {
    fn of(parts: &[Part<'a>]) -> Self {
        let mut tree = Self::default();
        parts.iter().for_each(|part| tree.add(part.column.path, *part));
        tree
    }

    fn add(&mut self, path: &'a [Step<'a>], part: Part<'a>) {
        match path {
            [Step::Key(key)] => self.leaves.push((key, part)),
            [Step::Key(key), rest @ ..] => match self.inner.iter_mut().find(|(known, _)| known == key) {
                Some((_, tree)) => tree.add(rest, part),
                None => {
                    let mut tree = Self::default();
                    tree.add(rest, part);
                    self.inner.push((key, tree));
                }
            },
            _ => panic!("what is written within a document lies in objects"),
        }
    }
}

/// The JSON that a field gets in a document: where there is one, what reads as the same value stays.
fn leaf(query: &mut Writer<'_>, part: Part<'_>, stored: Option<&str>) -> String {
    let Some(stored) = stored else { return query.part(part) };
    let kept = keeps(query, part, stored);
    let there = Within::new(query.adapter().dialect, stored, part.column.path).json();
    format!("CASE WHEN {kept} THEN {there} ELSE {} END", query.part(part))
}

/// On Postgres: what an object is made of.
struct Base {
    /// The rest, where it is saved as a whole.
    rest: Option<String>,
    /// The object that is there.
    there: Option<String>,
}

/// `"doc" || jsonb_build_object('key', $1)`: on Postgres, which has no patches.
fn object(query: &mut Writer<'_>, tree: &Tree<'_>, base: &Base, stored: Option<&str>) -> String {
    let adapter = query.adapter();
    let mut parts = Vec::new();
    let removed: Vec<_> =
        tree.leaves.iter().filter(|(_, part)| adapter.may_be_null(*part)).map(|(key, _)| *key).collect();
    match (&base.rest, &base.there) {
        (Some(rest), _) => parts.push(rest.clone()),
        (None, Some(there)) => {
            let there = format!("COALESCE(NULLIF({there}, 'null'), '{{}}')");
            parts.push(if removed.is_empty() { there } else { format!("({there} - {})", texts(&removed)) });
        }
        (None, None) => {}
    }
    let of = |entries: Vec<String>| format!("jsonb_build_object({})", entries.join(", "));
    let (mut some, mut none) = (Vec::new(), Vec::new());
    for (key, part) in &tree.leaves {
        let entry = format!("{}, {}", text(key), leaf(query, *part, stored));
        if removed.contains(key) { none.push(entry) } else { some.push(entry) }
    }
    for (key, inner) in &tree.inner {
        let there = base.there.as_ref().map(|there| format!("{there} -> {}", text(key)));
        let inner = object(query, inner, &Base { rest: None, there }, stored);
        some.push(format!("{}, {inner}", text(key)));
    }
    parts.extend((!some.is_empty()).then(|| of(some)));
    parts.extend((!none.is_empty()).then(|| format!("jsonb_strip_nulls({})", of(none))));
    parts.join(" || ")
}

/// `JSON_SET(base, '$.key', ?)`, where MySQL and SQLite have no such operator. (What `JSON_MERGE_PATCH` of MariaDB makes
/// of NULL depends on the order of keys.)
fn set_in(
    query: &mut Writer<'_>,
    document: &Document<'_>,
    rest: Option<String>,
    stored: Option<&str>,
) -> String {
    let dialect = query.adapter().dialect;
    let base = rest.unwrap_or_else(|| object_at(dialect, stored, &[]));
    let mut arguments = vec![base];
    for parent in parents(document) {
        arguments.push(path(dialect, parent));
        arguments.push(as_json(dialect, object_at(dialect, stored, parent)));
    }
    for part in &document.within {
        arguments.push(path(dialect, part.column.path));
        let value = leaf(query, *part, stored);
        arguments.push(as_json(dialect, value));
    }
    let set = format!("JSON_SET({})", arguments.join(", "));
    let adapter = query.adapter();
    let removable = document.within.iter().filter(|part| adapter.may_be_null(**part));
    let removed: Vec<_> = removable.map(|part| path_if_null(query, *part, stored)).collect();
    if removed.is_empty() { set } else { format!("JSON_REMOVE({set}, {})", removed.join(", ")) }
}

/// The object that is in a document, or an empty one.
fn object_at(dialect: Dialect, stored: Option<&str>, at: &[Step<'_>]) -> String {
    let Some(stored) = stored else { return "'{}'".into() };
    match dialect {
        _ if at.is_empty() => {
            format!("CASE WHEN UPPER(JSON_TYPE({stored})) = 'OBJECT' THEN {stored} ELSE '{{}}' END")
        }
        Dialect::MySql => {
            let there = Within::new(dialect, stored, at).json();
            format!("CASE WHEN JSON_TYPE({there}) = 'OBJECT' THEN {there} ELSE '{{}}' END")
        }
        _ => {
            let path = path(dialect, at);
            format!(
                "CASE WHEN JSON_TYPE({stored}, {path}) = 'object' THEN {stored} -> {path} ELSE '{{}}' END"
            )
        }
    }
}

/// The path of a value that is none, and else one where no list is as long.
fn path_if_null(query: &mut Writer<'_>, part: Part<'_>, stored: Option<&str>) -> String {
    let dialect = query.adapter().dialect;
    let value = leaf(query, part, stored);
    let at = part.column.path;
    let nowhere = [at, &[Step::Index(i32::MAX.unsigned_abs())]].concat();
    format!("CASE WHEN {value} IS NULL THEN {} ELSE {} END", path(dialect, at), path(dialect, &nowhere))
}

fn text(key: &str) -> String {
    literal(Dialect::Postgres, Stored::Text(key))
}

/// `ARRAY['a', 'b']`
fn texts(keys: &[&str]) -> String {
    let keys: Vec<_> = keys.iter().map(|key| text(key)).collect();
    format!("ARRAY[{}]", keys.join(", "))
}

/// The document of the time of a report, which is written alone.
pub(super) fn of_mark<'a>(adapter: &Adapter<'a>) -> Option<Document<'a>> {
    let part = adapter.marks_within().then(|| adapter.part(usage::PROVIDER_REPORTED_AT, 0))?;
    Some(Document { column: part.column, within: vec![part], rest: None })
}

/// For each document that an update changes, that it is sound; after the name of the table and a dot, where there is one.
pub(super) fn soundness(adapter: &Adapter<'_>, of: &str) -> impl Iterator<Item = String> {
    adapter.targets().filter_map(|part| adapter.document(part)).map(move |it| is_sound(adapter, &it, of))
}

/// `"doc" = ..` in an update of a row; after the name of the table and a dot, where there is one.
pub(super) fn set(query: &mut Writer<'_>, document: &Document<'_>, of: &str) -> String {
    let name = quote(query.adapter().dialect, document.column.name);
    let value = changed(query, document, &format!("{of}{name}"));
    format!("{name} = {value}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapter::{Column, Operation, Place, Table};
    use crate::contract::{Entity, plan};

    const fn at(path: &'static [Step<'static>], form: Form<'static>) -> Place<'static> {
        Place::Column(Column::new("data", form).at(path))
    }

    /// The statements and the DDL of plans with a name and a provider id within a document of metadata.
    fn texts(dialect: Dialect) -> (impl Fn(Operation) -> String, String) {
        let field = |place: usize| match place {
            plan::ID => Place::Column(Column::new("id", Form::Text)),
            plan::NAME => at(&[Step::Key("title")], Form::Text),
            plan::PROVIDER_ID => at(&[Step::Key("ext"), Step::Key("ref")], Form::Text),
            plan::METADATA => Place::Column(Column::new("data", Form::Json)),
            _ => Place::Absent,
        };
        let fields: Vec<_> = (0..plan::FIELDS.len()).map(field).collect();
        let table = Table { schema: None, name: "plans" };
        let adapter = Adapter { entity: Entity::Plan, dialect, table, fields: &fields, extended: false };
        let statements = crate::sql::statements(&adapter);
        let text = move |operation| {
            statements.iter().find(|query| query.operation == operation).expect("it is made").sql.clone()
        };
        (text, crate::sql::ddl(&adapter))
    }

    #[test]
    fn a_new_document_is_made_of_its_fields() {
        for (dialect, operation, document) in [
            (
                Dialect::Postgres,
                Operation::Save,
                "$2 || jsonb_build_object('title', $3::jsonb, 'ext', jsonb_strip_nulls(jsonb_build_object('ref', $4::jsonb)))",
            ),
            (
                Dialect::Sqlite,
                Operation::Save,
                "JSON_REMOVE(JSON_SET(?2, '$.ext', JSON('{}'), '$.ext.ref', JSON(?3), '$.title', JSON(?4)), \
                 CASE WHEN ?3 IS NULL THEN '$.ext.ref' ELSE '$.ext.ref[2147483647]' END)",
            ),
            (
                Dialect::MySql,
                Operation::Insert,
                "JSON_REMOVE(JSON_SET(?, '$.ext', JSON_EXTRACT('{}', '$'), '$.ext.ref', JSON_EXTRACT(?, '$'), \
                 '$.title', JSON_EXTRACT(?, '$')), \
                 CASE WHEN ? IS NULL THEN '$.ext.ref' ELSE '$.ext.ref[2147483647]' END)",
            ),
        ] {
            let sql = texts(dialect).0(operation);
            assert!(sql.contains(&format!(", {document})")), "{sql}");
        }
    }

    #[test]
    fn all_else_in_a_document_stays() {
        let sql = texts(Dialect::Postgres).0(Operation::Save);
        let title = "(\"plans\".\"data\" ->> 'title') = ($3::jsonb #>> '{}') \
                     AND jsonb_typeof((\"plans\".\"data\" -> 'title')) IN ('string', 'number')";
        let reference = "((\"plans\".\"data\" -> 'ext' ->> 'ref') = ($4::jsonb #>> '{}') \
                         AND jsonb_typeof((\"plans\".\"data\" -> 'ext' -> 'ref')) IN ('string', 'number') \
                         OR (\"plans\".\"data\" -> 'ext' ->> 'ref') IS NULL AND $4::jsonb IS NULL)";
        let rest = "(NULLIF(\"plans\".\"data\", 'null') - ARRAY['ext', 'title']) = $2";
        let kept = format!("CASE WHEN {reference} AND {title} AND {rest} THEN \"plans\".\"data\" ELSE ");
        let new = format!(
            "$2 || jsonb_build_object('title', CASE WHEN {title} THEN (\"plans\".\"data\" -> 'title') ELSE $3::jsonb END, \
             'ext', (COALESCE(NULLIF(\"plans\".\"data\" -> 'ext', 'null'), '{{}}') - ARRAY['ref']) \
             || jsonb_strip_nulls(jsonb_build_object('ref', \
             CASE WHEN {reference} THEN (\"plans\".\"data\" -> 'ext' -> 'ref') ELSE $4::jsonb END))) END"
        );
        assert!(sql.contains(&format!("SET \"data\" = {kept}{new} WHERE ")), "{sql}");
        let base = "JSON_REMOVE(JSON_SET(?2, '$.ext', JSON(CASE WHEN JSON_TYPE(`plans`.`data`, '$.ext') = 'object' \
                    THEN `plans`.`data` -> '$.ext' ELSE '{}' END), '$.ext.ref', JSON(CASE WHEN ";
        let sql = texts(Dialect::Sqlite).0(Operation::Save);
        assert!(sql.contains(base), "{sql}");
        let base = "JSON_REMOVE(JSON_SET(?, '$.ext', JSON_EXTRACT(CASE WHEN \
                    JSON_TYPE(JSON_EXTRACT(`data`, '$.ext')) = 'OBJECT' THEN JSON_EXTRACT(`data`, '$.ext') ELSE '{}' END, \
                    '$'), '$.ext.ref', JSON_EXTRACT(CASE WHEN ";
        let sql = texts(Dialect::MySql).0(Operation::Update);
        assert!(sql.contains(base), "{sql}");
    }

    #[test]
    fn what_is_no_object_is_not_overwritten() {
        for (dialect, operation, condition) in [
            (
                Dialect::Postgres,
                Operation::Save,
                "COALESCE(jsonb_typeof(\"plans\".\"data\"), 'null') IN ('null', 'object') \
                 AND COALESCE(jsonb_typeof((\"plans\".\"data\" -> 'ext')), 'null') IN ('null', 'object')",
            ),
            (
                Dialect::Sqlite,
                Operation::Save,
                "CASE WHEN `plans`.`data` IS NULL THEN 1 WHEN JSON_VALID(`plans`.`data`) \
                 THEN COALESCE(JSON_TYPE(`plans`.`data`), 'null') IN ('null', 'object') \
                 AND COALESCE(JSON_TYPE(`plans`.`data`, '$.ext'), 'null') IN ('null', 'object') ELSE 0 END",
            ),
            (
                Dialect::MySql,
                Operation::Update,
                "CASE WHEN `data` IS NULL THEN 1 WHEN JSON_VALID(`data`) \
                 THEN COALESCE(JSON_TYPE(`data`), 'NULL') IN ('NULL', 'OBJECT') \
                 AND COALESCE(JSON_TYPE(JSON_EXTRACT(`data`, '$.ext')), 'NULL') IN ('NULL', 'OBJECT') ELSE 0 END",
            ),
        ] {
            let sql = texts(dialect).0(operation);
            assert!(sql.ends_with(condition), "{sql}");
        }
    }

    #[test]
    fn a_document_is_one_column_and_read_once() {
        for (dialect, column, key) in [
            (Dialect::Postgres, "\"data\" JSONB NOT NULL", "(\"data\" -> 'ext' ->> 'ref')"),
            (Dialect::Sqlite, "`data` TEXT NOT NULL", "CASE WHEN NOT JSON_VALID(`data`) THEN NULL"),
            (Dialect::MySql, "`data` JSON NOT NULL", "`live_provider_id` VARCHAR(255) GENERATED ALWAYS"),
        ] {
            let (text, ddl) = texts(dialect);
            assert_eq!(ddl.matches(column).count(), 1, "{ddl}");
            assert!(ddl.contains(key), "{ddl}");
            let get = text(Operation::Get).replace(['"', '`'], "");
            assert!(get.starts_with("SELECT id, data FROM plans WHERE id = "), "{get}");
        }
    }
}
