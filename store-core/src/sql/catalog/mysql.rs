//! The catalog of MySQL and MariaDB.

use sqlx::mysql::{MySqlConnection, MySqlRow};
use sqlx::{MySql, Row as _};
use store_model::adapter;
use store_model::adapter::Dialect;
use store_model::schema::{
    Collation, Column, Finding, Index, List, ListedBy, Part, Relation, Table, sql_mode, time_zone,
};

use super::{Catalog, Entry, add_part, asking, texts};

// The servers differ in the types of these columns, so each is cast.

const RELATION: &str = "SELECT CAST(TABLE_TYPE AS CHAR) FROM information_schema.TABLES";

/// Views are kept by none.
const ENGINES: &str = "SELECT CAST(ENGINE AS CHAR) FROM information_schema.TABLES JOIN information_schema.ENGINES USING (ENGINE)";

/// An expression is '' on one server and NULL on the other where there is none.
const COLUMNS: &str = "SELECT CAST(COLUMN_NAME AS CHAR), CAST(COLUMN_TYPE AS CHAR), IS_NULLABLE = 'YES', \
        COLUMN_DEFAULT IS NOT NULL OR EXTRA LIKE '%auto_increment%' OR EXTRA LIKE '%DEFAULT_GENERATED%', \
        CAST(NULLIF(GENERATION_EXPRESSION, '') AS CHAR), CAST(COLLATION_NAME AS CHAR) \
    FROM information_schema.COLUMNS";

/// MySQL has a column EXPRESSION that MariaDB has not, and only whoever asks for all columns can ask both.
const INDEXES: &str = "SELECT CAST(INDEX_NAME AS CHAR), NON_UNIQUE = 0, CAST(COLUMN_NAME AS CHAR), SUB_PART IS NOT NULL, \
        STATISTICS.* \
    FROM information_schema.STATISTICS";

/// On MariaDB two checks of one database may have one name, and a column tells of which table each is; MySQL has no such
/// column, and only whoever asks for all columns can ask both.
const CHECKS: &str = "SELECT CAST(c.CONSTRAINT_NAME AS CHAR), CAST(c.CHECK_CLAUSE AS CHAR), c.* \
    FROM information_schema.CHECK_CONSTRAINTS c \
    JOIN (SELECT CONSTRAINT_SCHEMA, CONSTRAINT_NAME, TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLE_CONSTRAINTS \
          WHERE CONSTRAINT_TYPE = 'CHECK') t USING (CONSTRAINT_SCHEMA, CONSTRAINT_NAME)";

impl Catalog for MySql {
    async fn table(
        connection: &mut MySqlConnection,
        table: &adapter::Table<'_>,
    ) -> sqlx::Result<Option<Table>> {
        let relations = about(connection, RELATION, table, "").await?;
        let Some(relation) = relations.first() else {
            return Ok(None);
        };
        let is_view = Entry::<MySql>(relation).text(0)?.contains("VIEW");
        let rows = about(connection, COLUMNS, table, "ORDER BY ORDINAL_POSITION").await?;
        let columns = rows.iter().map(column).collect::<Result<Vec<_>, _>>()?;
        let rows = about(connection, INDEXES, table, "ORDER BY INDEX_NAME, SEQ_IN_INDEX").await?;
        let engines = about(connection, ENGINES, table, "AND TRANSACTIONS <> 'YES'").await?;
        let mut read = Table {
            relation: if is_view { Relation::View } else { Relation::Table },
            indexes: read_indexes(&rows, &columns)?,
            columns,
            checks: Vec::new(),
            engine: engines.first().map(|row| Entry::<MySql>(row).text(0)).transpose()?,
        };
        for check in about(connection, CHECKS, table, "").await? {
            confine(&mut read, table, &check)?;
        }
        Ok(Some(read))
    }

    async fn session(
        connection: &mut MySqlConnection,
        adapter: &adapter::Adapter<'static>,
    ) -> sqlx::Result<Vec<Finding>> {
        let settings = "SELECT CAST(@@SESSION.sql_mode AS CHAR), \
                        CAST(IF(@@SESSION.time_zone = 'SYSTEM', @@system_time_zone, @@SESSION.time_zone) AS CHAR)";
        let rows = Self::ask(connection, settings.into(), texts::<MySql>([])?).await?;
        let Some(row) = rows.first().map(Entry::<MySql>) else {
            return Ok(Vec::new());
        };
        let (mode, zone) = (row.text(0)?, row.text(1)?);
        Ok(sql_mode(&mode).into_iter().chain(time_zone(adapter, &zone)).collect())
    }

    asking!(MySql);
}

/// What a catalog holds about a table: of the connection's own database where none is named.
async fn about(
    connection: &mut MySqlConnection,
    select: &str,
    table: &adapter::Table<'_>,
    more: &str,
) -> sqlx::Result<Vec<MySqlRow>> {
    let schema = if table.schema.is_some() { "?" } else { "DATABASE()" };
    let of = if select == CHECKS { "t." } else { "" };
    let sql = format!("{select} WHERE {of}TABLE_NAME = ? AND {of}TABLE_SCHEMA = {schema} {more}");
    let named = [Some(table.name), table.schema];
    let arguments = texts::<MySql>(named.into_iter().filter(Option::is_some))?;
    MySql::ask(connection, sql, arguments).await
}

/// Takes a check into account. MariaDB keeps JSON in a text with a check, and calls it a text.
fn confine(table: &mut Table, named: &adapter::Table<'_>, check: &MySqlRow) -> sqlx::Result<()> {
    let of: Option<String> = check.try_get("TABLE_NAME").ok();
    if of.is_some_and(|of| !of.eq_ignore_ascii_case(named.name)) {
        return Ok(());
    }
    let check = Entry::<MySql>(check);
    let (name, clause) = (check.text(0)?, check.text(1)?);
    table.confine(Dialect::MySql, &name, &clause);
    let document = clause.strip_prefix("json_valid(`").and_then(|rest| rest.strip_suffix("`)"));
    let of_documents = table.columns.iter_mut().filter(|column| Some(column.name.as_str()) == document);
    of_documents.for_each(|column| column.type_name = "json".into());
    Ok(())
}

/// The labels of an enum, which its type has in it: `enum('a','it''s')`.
fn labels(type_name: &str) -> Option<List> {
    let inner = type_name.strip_prefix("enum('")?.strip_suffix("')")?;
    let values = inner.split("','").map(|label| label.replace("''", "'")).collect();
    Some(List { by: ListedBy::Type("enum".into()), values, origin: None })
}

fn column(row: &MySqlRow) -> sqlx::Result<Column> {
    let row = Entry::<MySql>(row);
    let type_name = row.text(1)?;
    // MariaDB notes of times in a view of several tables how they are kept.
    let type_name = type_name.trim_end_matches(" /* mariadb-5.3 */").to_owned();
    Ok(Column {
        name: row.text(0)?,
        lists: labels(&type_name).into_iter().collect(),
        type_name,
        nullable: row.flag(2)?,
        has_default: row.flag(3)?,
        generated: row.optional(4)?,
        collation: row.optional(5)?.as_deref().map(Collation::named),
        ..Column::default()
    })
}

/// Indexes compare texts as their columns do.
fn read_indexes(rows: &[MySqlRow], columns: &[Column]) -> sqlx::Result<Vec<Index>> {
    let mut indexes = Vec::new();
    for row in rows {
        let expression = row.try_get("EXPRESSION").ok().flatten();
        let row = Entry::<MySql>(row);
        let index = Index { name: row.text(0)?, unique: row.flag(1)?, ..Index::default() };
        let part = match (row.optional(2)?, row.flag(3)?) {
            (Some(name), false) => {
                let column = columns.iter().find(|column| column.name == name);
                let collation = column.and_then(|column| column.collation.clone());
                Part::Column { name, collation }
            }
            (Some(name), true) => Part::Expression(format!("LEFT({name})")),
            (None, _) => Part::Expression(expression.unwrap_or_default()),
        };
        add_part(&mut indexes, index, part);
    }
    Ok(indexes)
}
