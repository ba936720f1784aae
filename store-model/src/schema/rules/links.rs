//! The other tables that rows lead to: that they are there, and tell their rows apart.

use crate::adapter::{self, Adapter, Column, Dialect, Place, Source, Via};
use crate::contract::Kind;
use crate::schema::finding::Finding;
use crate::schema::table::{Collation, Relation, Table};
use crate::schema::types::{Fit, fit_column, keeps_those_of};
use crate::sql::{column_type_of, quote, quote_table};

use super::collations::{self, effect};
use super::name;

/// A column whose values are in another table: that of a field, or one that is copied from there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elsewhere<'a> {
    /// The field, or that of which the value is looked for there.
    pub field: &'static str,
    /// The other table.
    pub via: &'a Via<'a>,
    column: &'a Column<'a>,
    kind: Kind,
    /// Whether it is looked for by its value; else it is only read.
    is_sought: bool,
    /// Whether the row is what is stored; else only a value of it.
    is_led_to: bool,
}

/// Everything that an adapter looks for in other tables.
pub fn elsewhere<'a>(adapter: &Adapter<'a>) -> Vec<Elsewhere<'a>> {
    let (fields, options) = (adapter.entity.fields(), adapter.options());
    let of_field = |(place, field): (usize, &'a Place<'a>)| {
        let Place::Column(column) = field else { return None };
        let adapter::Column { via: Some(via), .. } = column else { return None };
        let kind = fields[place].kind;
        let is_sought = !options.read_only || matches!(kind, Kind::Key | Kind::OptionalKey);
        Some(Elsewhere { field: fields[place].name, via, column, kind, is_sought, is_led_to: true })
    };
    let of_further = |further: &'a adapter::Extra<'a>| {
        let (Some(via), Source::Field(place)) = (further.column.via, further.value) else { return None };
        let field = fields[usize::from(place)];
        let (column, kind) = (&further.column, field.kind);
        Some(Elsewhere { field: field.name, via, column, kind, is_sought: true, is_led_to: false })
    };
    let further = options.further().filter(|_| !options.read_only);
    adapter.fields.iter().enumerate().filter_map(of_field).chain(further.filter_map(of_further)).collect()
}

impl Elsewhere<'_> {
    /// What is wrong with the other table, or with there being none.
    #[must_use]
    pub fn check(&self, dialect: Dialect, table: Option<&Table>) -> Vec<Finding> {
        let Some(table) = table else {
            return vec![Finding::OtherTableMissing {
                table: name(&self.via.table),
                field: self.field.into(),
                remedy: "make it, or name another in `via(..)`".into(),
            }];
        };
        let missing: Vec<_> = self.missing(dialect, table).collect();
        if !missing.is_empty() {
            return missing;
        }
        let keys = self.keys(dialect, table);
        self.unfit(dialect, table).into_iter().chain(self.collation(dialect, table)).chain(keys).collect()
    }

    /// What keeps the store's own column from leading there: its values are those of a column of the other table, and are told
    /// apart as they are there.
    #[must_use]
    pub fn check_own(&self, adapter: &Adapter<'_>, own: &Table, other: &Table) -> Option<Finding> {
        let dialect = adapter.dialect;
        let column = own.column(dialect, self.column.name).filter(|_| self.is_led_to)?;
        let stores = other.column(dialect, self.via.stores)?;
        let (table, there) = (name(&adapter.table), name(&self.via.table));
        if !keeps_those_of(dialect, column, stores) {
            return Some(Finding::ColumnType {
                table,
                column: column.name.clone(),
                found: column.type_name.clone(),
                needed: stores.type_name.clone(),
                remedy: format!("give it the type of `{}` in `{there}`", stores.name),
            });
        }
        let is_theirs = |it: &&Collation| Some(*it) == stores.collation.as_ref();
        let is_equal = |it: &&Collation| !it.is_of_type() || own.is_in_key(dialect, &column.name);
        let collation = column.collation.as_ref().filter(is_equal);
        let collation = collation.filter(|it| !is_theirs(it) && !self.is_settled(it))?;
        Some(Finding::ColumnCollation {
            table,
            column: column.name.clone(),
            collation: collation.name.clone(),
            effect: effect(collation)?,
            remedy: if collation.is_of_type() {
                format!("give it the type of `{}` in `{there}`", stores.name)
            } else {
                format!("give it the collation of `{}` in `{there}`", stores.name)
            },
        })
    }

    fn missing(&self, dialect: Dialect, table: &Table) -> impl Iterator<Item = Finding> {
        let names = [self.via.stores, self.via.reads].into_iter().chain(self.via.scope);
        let missing = names.filter(move |name| table.column(dialect, name).is_none());
        missing.map(|column| Finding::OtherColumnMissing {
            table: name(&self.via.table),
            column: column.into(),
            field: self.field.into(),
            remedy: "add it, or name another in `via(..)`".into(),
        })
    }

    /// The values of the other column are of the form of the field.
    fn unfit(&self, dialect: Dialect, table: &Table) -> Option<Finding> {
        let found = table.column(dialect, self.via.reads)?;
        // What a view computes is of a type that files don't tell; SQLite has columns of none.
        if found.type_name.is_empty() && dialect != Dialect::Sqlite {
            return None;
        }
        let itself = Column { via: None, ..*self.column };
        let is_other = fit_column(dialect, found, &itself, self.kind, &[]) == Fit::Other;
        is_other.then(|| Finding::ColumnType {
            table: name(&self.via.table),
            column: found.name.clone(),
            found: found.type_name.clone(),
            needed: column_type_of(dialect, &itself, self.kind),
            remedy: format!("say `as = ..` of `{}` with the form that it has there", self.field),
        })
    }

    fn collation(&self, dialect: Dialect, table: &Table) -> Option<Finding> {
        let found = table.column(dialect, self.via.reads)?;
        // What is bound is a text, which `citext` is compared with as one.
        let is_equal = |it: &&Collation| self.is_sought && !it.is_of_type() && !self.is_settled(it);
        let collation = found.collation.as_ref().filter(is_equal)?;
        Some(Finding::ColumnCollation {
            table: name(&self.via.table),
            column: found.name.clone(),
            collation: collation.name.clone(),
            effect: effect(collation)?,
            remedy: format!("say `collation = \"{}\"` of `{}`", collation.name, self.field),
        })
    }

    fn is_settled(&self, collation: &Collation) -> bool {
        let is_it = |name: &str| name.eq_ignore_ascii_case(&collation.name);
        collations::is_settled(self.column, collation)
            && (collation.is_of_type() || self.column.collation.is_none_or(is_it))
    }

    /// A value is that of one row, and so is what leads to it. What a view shows is asked each time: of several rows a
    /// statement takes none.
    fn keys(&self, dialect: Dialect, table: &Table) -> Vec<Finding> {
        if table.relation == Relation::View {
            return Vec::new();
        }
        let told = [(self.via.reads, self.is_sought), (self.via.stores, self.is_led_to)];
        let wanting =
            told.into_iter().filter(|(column, is_told)| *is_told && !self.is_unique(dialect, table, column));
        wanting
            .map(|(column, _)| Finding::OtherKeyMissing {
                table: name(&self.via.table),
                column: column.into(),
                field: self.field.into(),
                remedy: self.add_key(dialect, column),
            })
            .collect()
    }

    fn is_unique(&self, dialect: Dialect, table: &Table, column: &str) -> bool {
        let keys = table
            .indexes
            .iter()
            .filter(|index| index.unique && index.predicate.is_none() && index.fault.is_none());
        let scoped: Vec<_> = self.via.scope.into_iter().chain([column]).collect();
        keys.into_iter().any(|key| key.is_on_all(dialect, &[column]) || key.is_on_all(dialect, &scoped))
    }

    fn add_key(&self, dialect: Dialect, column: &str) -> String {
        let columns: Vec<_> =
            self.via.scope.into_iter().chain([column]).map(|name| quote(dialect, name)).collect();
        let name = format!("{}_{column}_key", self.via.table.name);
        // On SQLite the index is in the schema of its table, which is said of the index alone.
        let (index, table) = match dialect {
            Dialect::Sqlite => (
                quote_table(dialect, &adapter::Table { name: &name, ..self.via.table }),
                quote(dialect, self.via.table.name),
            ),
            _ => (quote(dialect, &name), quote_table(dialect, &self.via.table)),
        };
        format!("run: CREATE UNIQUE INDEX {index} ON {table} ({})", columns.join(", "))
    }
}
