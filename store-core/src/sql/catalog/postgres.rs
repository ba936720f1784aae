//! The catalog of Postgres.

use sqlx::postgres::{PgArguments, PgConnection, PgRow};
use sqlx::{Arguments as _, Postgres};
use store_model::adapter;
use store_model::adapter::Dialect;
use store_model::schema::{
    Collation, Column, Equality, Finding, Identity, Index, List, ListedBy, Part, Relation, Table,
};
use store_model::sql::quote_table;

use super::{Catalog, Entry, add_part, asking, texts};

/// By the connection's own search path, as statements find it.
const RELATION: &str = "SELECT oid::bigint, relkind::text FROM pg_catalog.pg_class \
    WHERE oid = to_regclass($1) AND relkind IN ('r', 'p', 'v', 'm', 'f')";

/// A domain has the type, the labels and maybe the default of what it is made from, which can be a domain too.
const COLUMNS: &str = "SELECT a.attname::text, format_type(b.oid, b.typmod), \
        NOT a.attnotnull AND NOT b.never_null, \
        (a.atthasdef AND a.attgenerated = '') OR a.attidentity <> '' OR t.typdefault IS NOT NULL, \
        CASE WHEN a.attgenerated <> '' THEN pg_get_expr(d.adbin, d.adrelid) \
             WHEN a.attidentity = 'a' THEN 'identity' END, \
        c.collname::text, c.collisdeterministic, \
        CASE WHEN a.attidentity = 'd' THEN 'identity' \
             WHEN a.attgenerated = '' AND pg_get_expr(d.adbin, d.adrelid) LIKE '%nextval(%' THEN 'sequence' END, \
        CASE WHEN t.typtype IN ('d', 'e') THEN format_type(t.oid, NULL) END, \
        (SELECT string_agg(e.enumlabel::text, chr(31) ORDER BY e.enumsortorder) FROM pg_catalog.pg_enum e \
            WHERE e.enumtypid = b.oid) \
    FROM pg_catalog.pg_attribute a \
    JOIN pg_catalog.pg_type t ON t.oid = a.atttypid \
    CROSS JOIN LATERAL ( \
        WITH RECURSIVE made (oid, typmod) AS ( \
            SELECT a.atttypid, a.atttypmod \
            UNION ALL SELECT o.typbasetype, o.typtypmod \
                FROM made JOIN pg_catalog.pg_type o ON o.oid = made.oid WHERE o.typtype = 'd') \
        SELECT max(CASE WHEN o.typtype <> 'd' THEN o.oid::bigint END)::oid AS oid, \
               max(CASE WHEN o.typtype <> 'd' THEN made.typmod END) AS typmod, \
               bool_or(o.typnotnull) AS never_null \
        FROM made JOIN pg_catalog.pg_type o ON o.oid = made.oid) b \
    LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum \
    LEFT JOIN pg_catalog.pg_collation c ON c.oid = a.attcollation \
    WHERE a.attrelid = $1::bigint::oid AND a.attnum > 0 AND NOT a.attisdropped \
    ORDER BY a.attnum";

/// `indnullsnotdistinct` is younger than the oldest Postgres, so it is asked for by name.
const INDEXES: &str = "SELECT r.relname::text, i.indisunique, \
        EXISTS (SELECT 1 FROM pg_catalog.pg_constraint n WHERE n.conindid = i.indexrelid AND n.contype IN ('p', 'u')), \
        i.indisvalid AND i.indisready, i.indimmediate, \
        coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false), \
        pg_get_expr(i.indpred, i.indrelid), \
        a.attname::text, pg_get_indexdef(i.indexrelid, k.n, true), c.collname::text, c.collisdeterministic \
    FROM pg_catalog.pg_index i \
    JOIN pg_catalog.pg_class r ON r.oid = i.indexrelid \
    CROSS JOIN LATERAL generate_series(1, i.indnkeyatts) AS k (n) \
    LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k.n - 1] AND a.attnum <> 0 \
    LEFT JOIN pg_catalog.pg_collation c ON c.oid = i.indcollation[k.n - 1] \
    WHERE i.indrelid = $1::bigint::oid \
    ORDER BY r.relname, k.n";

/// What each check of the table says, as a condition.
const CHECKS: &str = "SELECT conname::text, pg_get_expr(conbin, conrelid) FROM pg_catalog.pg_constraint \
    WHERE conrelid = $1::bigint::oid AND contype = 'c' ORDER BY conname";

/// The same of the domains that columns are of, by column.
const DOMAIN_CHECKS: &str = "WITH RECURSIVE made (attname, oid) AS ( \
        SELECT attname, atttypid FROM pg_catalog.pg_attribute \
            WHERE attrelid = $1::bigint::oid AND attnum > 0 AND NOT attisdropped \
        UNION ALL SELECT made.attname, o.typbasetype \
            FROM made JOIN pg_catalog.pg_type o ON o.oid = made.oid WHERE o.typtype = 'd') \
    SELECT made.attname::text, n.conname::text, pg_get_expr(n.conbin, 0) \
    FROM made JOIN pg_catalog.pg_constraint n ON n.contypid = made.oid WHERE n.contype = 'c' ORDER BY n.conname";

impl Catalog for Postgres {
    async fn table(connection: &mut PgConnection, table: &adapter::Table<'_>) -> sqlx::Result<Option<Table>> {
        let name = quote_table(Dialect::Postgres, table);
        let arguments = texts::<Postgres>([Some(name.as_str())])?;
        let relations = Self::ask(connection, RELATION.into(), arguments).await?;
        let Some(relation) = relations.first() else {
            return Ok(None);
        };
        let relation = Entry::<Postgres>(relation);
        let mut arguments = PgArguments::default();
        arguments.add(relation.number(0)?).map_err(sqlx::Error::Encode)?;
        let columns = Self::ask(connection, COLUMNS.into(), arguments.clone()).await?;
        let indexes = Self::ask(connection, INDEXES.into(), arguments.clone()).await?;
        let checks = Self::ask(connection, CHECKS.into(), arguments.clone()).await?;
        let of_domains = Self::ask(connection, DOMAIN_CHECKS.into(), arguments).await?;
        let mut table = Table {
            relation: match relation.text(1)?.as_str() {
                "r" | "p" => Relation::Table,
                _ => Relation::View,
            },
            columns: columns.iter().map(column).collect::<Result<_, _>>()?,
            indexes: read_indexes(&indexes)?,
            checks: Vec::new(),
            engine: None,
        };
        for check in &checks {
            let check = Entry::<Postgres>(check);
            table.confine(Dialect::Postgres, &check.text(0)?, &check.text(1)?);
        }
        for check in &of_domains {
            let check = Entry::<Postgres>(check);
            table.confine_by_domain(&check.text(0)?, &check.text(1)?, &check.text(2)?);
        }
        Ok(Some(table))
    }

    async fn session(_: &mut PgConnection, _: &adapter::Adapter<'static>) -> sqlx::Result<Vec<Finding>> {
        Ok(Vec::new())
    }

    asking!(Postgres);
}

fn column(row: &PgRow) -> sqlx::Result<Column> {
    let row = Entry::<Postgres>(row);
    Ok(Column {
        name: row.text(0)?,
        type_name: row.text(1)?,
        nullable: row.flag(2)?,
        has_default: row.flag(3)?,
        generated: row.optional(4)?,
        collation: collation(&row, 5)?,
        identity: match row.optional(7)?.as_deref() {
            Some("identity") => Some(Identity::ByDefault),
            Some(_) => Some(Identity::Serial),
            None => None,
        },
        lists: labels(&row)?.into_iter().collect(),
        named_type: row.optional(8)?,
        ..Column::default()
    }
    .of_its_type())
}

/// The labels of an enum.
fn labels(row: &Entry<'_, Postgres>) -> sqlx::Result<Option<List>> {
    let (name, labels) = (row.text(8)?, row.optional(9)?);
    let values = labels.map(|labels| labels.split('\u{1f}').map(str::to_owned).collect());
    Ok(values.map(|values| List { by: ListedBy::Type(name), values, origin: None }))
}

/// A collation that is not deterministic may hold any texts equal.
fn collation(row: &Entry<'_, Postgres>, at: usize) -> sqlx::Result<Option<Collation>> {
    let Some(name) = row.optional(at)? else {
        return Ok(None);
    };
    let equality = if row.flag(at + 1)? { Equality::Bytes } else { Equality::Folded };
    Ok(Some(Collation { name, equality }))
}

fn read_indexes(rows: &[PgRow]) -> sqlx::Result<Vec<Index>> {
    let mut indexes = Vec::new();
    for row in rows {
        let row = Entry::<Postgres>(row);
        let fault = match (row.flag(3)?, row.flag(4)?) {
            (false, _) => Some("is invalid: it was not built to its end, or not on every partition"),
            (true, false) => Some("is deferrable, and so no target of ON CONFLICT"),
            (true, true) => None,
        };
        let part = match row.optional(7)? {
            Some(name) => Part::Column { name, collation: collation(&row, 9)? },
            None => Part::Expression(row.text(8)?),
        };
        let index = Index {
            name: row.text(0)?,
            unique: row.flag(1)?,
            constraint: row.flag(2)?,
            fault,
            nulls_equal: row.flag(5)?,
            predicate: row.optional(6)?,
            ..Index::default()
        };
        add_part(&mut indexes, index, part);
    }
    Ok(indexes)
}
