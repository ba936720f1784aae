//! The catalog of SQLite.

use sqlx::Sqlite;
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use store_model::adapter;
use store_model::adapter::Dialect;
use store_model::schema::{Collation, Column, Equality, Finding, Index, Part, Relation, Table};
use store_model::sql::{quote, quote_table};

use super::{Catalog, Entry, add_part, asking, texts};

/// Where no schema is named, SQLite looks into the temporary one, the main one, and then those attached, in order.
const RELATION: &str = "SELECT l.schema, l.type, l.strict FROM pragma_table_list(?1) l JOIN pragma_database_list d ON d.name = l.schema \
    WHERE ?2 IS NULL OR lower(l.schema) = lower(?2) \
    ORDER BY CASE d.seq WHEN 1 THEN -1 ELSE d.seq END LIMIT 1";

/// Hidden columns are of virtual tables (1) or generated (2, 3).
const COLUMNS: &str = "SELECT name, type, \"notnull\" = 0, dflt_value IS NOT NULL, hidden > 1, pk \
    FROM pragma_table_xinfo(?1, ?2) WHERE hidden <> 1 ORDER BY cid";

const INDEXES: &str = "SELECT l.name, l.\"unique\", l.origin <> 'c', x.name, x.coll, l.origin = 'pk' \
    FROM pragma_index_list(?1, ?2) l, pragma_index_xinfo(l.name, ?2) x \
    WHERE x.key = 1 ORDER BY l.seq, x.seqno";

impl Catalog for Sqlite {
    async fn table(
        connection: &mut SqliteConnection,
        table: &adapter::Table<'_>,
    ) -> sqlx::Result<Option<Table>> {
        let arguments = texts::<Sqlite>([Some(table.name), table.schema])?;
        let relations = Self::ask(connection, RELATION.into(), arguments).await?;
        let Some(relation) = relations.first() else {
            return Ok(None);
        };
        let relation = Entry::<Sqlite>(relation);
        let schema = relation.text(0)?;
        let is_view = relation.text(1)? == "view";
        let named = adapter::Table { schema: Some(&schema), name: table.name };

        let arguments = texts::<Sqlite>([Some(table.name), Some(&schema)])?;
        let rows = Self::ask(connection, COLUMNS.into(), arguments.clone()).await?;
        let mut columns = rows.iter().map(column).collect::<Result<Vec<_>, _>>()?;
        let is_strict = relation.flag(2)?;
        columns.iter_mut().for_each(|column| column.is_strict = is_strict);
        read_collations(connection, &named, &mut columns).await?;
        let parts = Self::ask(connection, INDEXES.into(), arguments).await?;
        let mut indexes = read_indexes(&parts)?;
        if !has_primary_key(&parts)? {
            indexes.extend(row_id(&rows)?);
        }
        read_predicates(connection, &named, &mut indexes).await?;
        let relation = if is_view { Relation::View } else { Relation::Table };
        let mut table = Table { relation, columns, indexes, checks: Vec::new(), engine: None };
        read_checks(connection, &named, &mut table).await?;
        Ok(Some(table))
    }

    async fn session(_: &mut SqliteConnection, _: &adapter::Adapter<'static>) -> sqlx::Result<Vec<Finding>> {
        Ok(Vec::new())
    }

    asking!(Sqlite);
}

fn column(row: &SqliteRow) -> sqlx::Result<Column> {
    let row = Entry::<Sqlite>(row);
    Ok(Column {
        name: row.text(0)?,
        type_name: row.text(1)?,
        nullable: row.flag(2)?,
        // An INTEGER PRIMARY KEY is the row's own number.
        has_default: row.flag(3)? || (row.number(5)? > 0 && row.text(1)?.eq_ignore_ascii_case("integer")),
        generated: row.flag(4)?.then(|| "generated".into()),
        ..Column::default()
    })
}

/// No pragma tells the collation of a column, so the column is asked: its values in an empty table and one letter make a
/// column that compares as it does.
async fn read_collations(
    connection: &mut SqliteConnection,
    table: &adapter::Table<'_>,
    columns: &mut [Column],
) -> sqlx::Result<()> {
    let list = |part: &dyn Fn(usize, &str) -> String| {
        let parts: Vec<_> = columns
            .iter()
            .enumerate()
            .map(|(place, column)| part(place, &quote(Dialect::Sqlite, &column.name)))
            .collect();
        parts.join(", ")
    };
    let sql = format!(
        "SELECT {} FROM (SELECT {} FROM {} WHERE 0 UNION ALL SELECT {})",
        list(&|place, _| format!("c{place} = 'A', c{place} = 'a '")),
        list(&|place, name| format!("{name} AS c{place}")),
        quote_table(Dialect::Sqlite, table),
        list(&|_, _| "'a'".into()),
    );
    let rows = Sqlite::ask(connection, sql, texts::<Sqlite>([])?).await?;
    let Some(row) = rows.first() else {
        return Ok(());
    };
    let row = Entry::<Sqlite>(row);
    for (place, column) in columns.iter_mut().enumerate() {
        let (name, equality) = match (row.flag(2 * place)?, row.flag(2 * place + 1)?) {
            (true, _) => ("NOCASE", Equality::Folded),
            (false, true) => ("RTRIM", Equality::Padded),
            (false, false) => ("BINARY", Equality::Bytes),
        };
        column.collation = Some(Collation { name: name.into(), equality });
    }
    Ok(())
}

fn read_indexes(rows: &[SqliteRow]) -> sqlx::Result<Vec<Index>> {
    let mut indexes = Vec::new();
    for row in rows {
        let row = Entry::<Sqlite>(row);
        let part = match row.optional(3)? {
            Some(name) => Part::Column { name, collation: row.optional(4)?.as_deref().map(Collation::named) },
            None => Part::Expression("an expression".into()),
        };
        let index = Index { primary: row.flag(5)?, ..index(row.text(0)?, row.flag(1)?, row.flag(2)?) };
        add_part(&mut indexes, index, part);
    }
    Ok(indexes)
}

fn index(name: String, unique: bool, constraint: bool) -> Index {
    Index { name, unique, constraint, ..Index::default() }
}

fn has_primary_key(parts: &[SqliteRow]) -> sqlx::Result<bool> {
    parts.iter().try_fold(false, |found, row| Ok(found || Entry::<Sqlite>(row).flag(5)?))
}

/// The primary key that is no index, but the number of the row.
fn row_id(columns: &[SqliteRow]) -> sqlx::Result<Option<Index>> {
    for row in columns {
        let row = Entry::<Sqlite>(row);
        if row.number(5)? > 0 {
            let part = Part::Column { name: row.text(0)?, collation: None };
            return Ok(Some(Index {
                parts: vec![part],
                primary: true,
                ..index("PRIMARY KEY".into(), true, true)
            }));
        }
    }
    Ok(None)
}

/// The predicate of an index is nowhere but in its text.
async fn read_predicates(
    connection: &mut SqliteConnection,
    table: &adapter::Table<'_>,
    indexes: &mut [Index],
) -> sqlx::Result<()> {
    let catalog = adapter::Table { name: "sqlite_master", ..*table };
    let sql = format!(
        "SELECT name, sql FROM {} WHERE type = 'index' AND sql IS NOT NULL AND lower(tbl_name) = lower(?1)",
        quote_table(Dialect::Sqlite, &catalog)
    );
    let rows = Sqlite::ask(connection, sql, texts::<Sqlite>([Some(table.name)])?).await?;
    for row in &rows {
        let row = Entry::<Sqlite>(row);
        let (name, text) = (row.text(0)?, row.text(1)?);
        if let Some(index) = indexes.iter_mut().find(|index| index.name == name) {
            index.predicate = predicate(&text).map(str::to_owned);
            for (part, text) in index.parts.iter_mut().zip(parts(&text)) {
                if let Part::Expression(expression) = part {
                    text.clone_into(expression);
                }
            }
        }
    }
    Ok(())
}

/// The checks of a table are nowhere but in its text, and have no need of a name.
async fn read_checks(
    connection: &mut SqliteConnection,
    named: &adapter::Table<'_>,
    table: &mut Table,
) -> sqlx::Result<()> {
    let catalog = adapter::Table { name: "sqlite_master", ..*named };
    let sql = format!(
        "SELECT sql FROM {} WHERE type = 'table' AND lower(name) = lower(?1)",
        quote_table(Dialect::Sqlite, &catalog)
    );
    let rows = Sqlite::ask(connection, sql, texts::<Sqlite>([Some(named.name)])?).await?;
    for row in &rows {
        let text = Entry::<Sqlite>(row).text(0)?;
        checks(&text).into_iter().for_each(|check| table.confine(Dialect::Sqlite, "", check));
    }
    Ok(())
}

/// What stands in the parentheses behind each CHECK that is neither in quotes nor a part of a word.
fn checks(sql: &str) -> Vec<&str> {
    let mut checks = Vec::new();
    let mut quote = None;
    let mut open: Vec<(usize, bool)> = Vec::new();
    for (at, letter) in sql.char_indices() {
        match (quote, letter) {
            (Some(end), _) if letter == end => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"' | '`') => quote = Some(letter),
            (None, '[') => quote = Some(']'),
            (None, '(') => open.push((at + 1, follows_check(&sql[..at]))),
            (None, ')') => {
                checks.extend(open.pop().filter(|(_, is_check)| *is_check).map(|(start, _)| &sql[start..at]))
            }
            _ => {}
        }
    }
    checks
}

fn follows_check(before: &str) -> bool {
    let word = before.trim_end().rsplit(|letter: char| !letter.is_alphanumeric() && letter != '_').next();
    word.is_some_and(|word| word.eq_ignore_ascii_case("check"))
}

/// What a `CREATE INDEX` lists in its first parentheses.
fn parts(sql: &str) -> Vec<&str> {
    let (mut quote, mut depth, mut start) = (None, 0_usize, 0);
    let mut parts = Vec::new();
    for (at, letter) in sql.char_indices() {
        match (quote, letter) {
            (Some(end), _) if letter == end => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"' | '`') => quote = Some(letter),
            (None, '[') => quote = Some(']'),
            (None, '(') => {
                depth += 1;
                if depth == 1 {
                    start = at + 1;
                }
            }
            (None, ',' | ')') if depth == 1 => {
                parts.push(sql[start..at].trim());
                if letter == ')' {
                    break;
                }
                start = at + 1;
            }
            (None, ')') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    parts
}

/// What follows the WHERE of a `CREATE INDEX`: the first one that is neither in quotes nor in parentheses.
fn predicate(sql: &str) -> Option<&str> {
    let mut quote = None;
    let mut depth = 0_usize;
    for (at, letter) in sql.char_indices() {
        match (quote, letter) {
            (Some(end), _) if letter == end => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"' | '`') => quote = Some(letter),
            (None, '[') => quote = Some(']'),
            (None, '(') => depth += 1,
            (None, ')') => {
                depth = depth.saturating_sub(1);
                if let Some(rest) = sql[at + 1..].trim_start().get(..5).filter(|_| depth == 0)
                    && rest.eq_ignore_ascii_case("where")
                {
                    return Some(sql[at + 1..].trim_start()[5..].trim());
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_what_is_listed() {
        let sql = "CREATE INDEX `(i,` ON t (a, (coalesce(b, ')')) , [c,]) WHERE d IN (1, 2)";
        assert_eq!(parts(sql), ["a", "(coalesce(b, ')'))", "[c,]"]);
    }

    #[test]
    fn checks_are_what_stands_in_parentheses() {
        let sql = "CREATE TABLE `check (no)` (a TEXT CHECK (a IN ('x', ')')), b int check(length(b) > (1)), \
                   CONSTRAINT recheck CHECK\n(c = 'check (y)'), c TEXT DEFAULT (upper('check (z)')))";
        assert_eq!(checks(sql), ["a IN ('x', ')')", "length(b) > (1)", "c = 'check (y)'"]);
    }

    #[test]
    fn predicates_are_what_follows() {
        for (sql, expected) in [
            ("CREATE UNIQUE INDEX i ON t (a)", None),
            ("CREATE UNIQUE INDEX i ON t (a) WHERE b = 1", Some("b = 1")),
            ("create unique index i on \"t (x) where\"(a)where(b in ('x'))", Some("(b in ('x'))")),
            (
                "CREATE INDEX i ON t (lower(a), 'where', [b) where])\n\tWhere\tb IS NOT NULL",
                Some("b IS NOT NULL"),
            ),
        ] {
            assert_eq!(predicate(sql), expected, "{sql}");
        }
    }
}
