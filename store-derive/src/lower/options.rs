//! What is said of the table itself.

use proc_macro2::TokenStream;
use quote::ToTokens;
use store_model::adapter::Dialect;
use store_model::form;
use syn::{Data, GenericArgument, LitStr, Member, PathArguments, Type};

use super::fields::Via;
use super::pool::member;
use super::rules::Rules;
use super::table::{TableName, table_name};
use crate::attr::Written;
use crate::ctxt::Ctxt;
use crate::mapping::{self, Form, Key, Labels, Lock, Mark, Source, Stored};
use crate::symbol;

/// What is said of the table itself.
pub(crate) struct Options<'a> {
    pub(crate) read_from: Option<TableName>,
    pub(crate) read_only: Option<&'a TokenStream>,
    pub(crate) instead_of: Option<&'a TokenStream>,
    pub(crate) scope: Vec<Extra<'a>>,
    pub(crate) insert: Vec<Extra<'a>>,
    pub(crate) write: Vec<Extra<'a>>,
    pub(crate) key: Option<Columns<'a>>,
    pub(crate) mark: Option<Deleted<'a>>,
    pub(crate) atomic: Option<Atomic<'a>>,
    /// The fields of the struct whose values are bound, by their numbers.
    pub(crate) own: Vec<Own<'a>>,
    /// The fields, by place, of which a value that has no place is dropped.
    pub(crate) dropped: Vec<u8>,
}

/// A column that no field of the contract is kept in.
pub(crate) struct Extra<'a> {
    pub(crate) name: String,
    pub(crate) at: &'a LitStr,
    pub(crate) value: Value<'a>,
    /// The collation of the table, for the texts of a scope.
    pub(crate) collation: Option<String>,
}

/// The value of such a column.
pub(crate) enum Value<'a> {
    Literal(&'a Stored),
    Sql(String),
    /// The value of a field of the struct, by its number, with the column's form, where the name of its type tells that, and
    /// type.
    Own(u8, Option<form::Form<'static>>, Option<String>),
    /// The value of a field of the contract, by place.
    Field(u8, Box<Copied>),
}

/// How a field of the contract is kept in a further column.
pub(crate) struct Copied {
    pub(crate) form: Form,
    pub(crate) sql_type: Option<String>,
    pub(crate) labels: Option<Labels>,
    pub(crate) via: Option<Via>,
}

impl Extra<'_> {
    /// The table that the value is copied from, if it is in another.
    pub(crate) fn via(&self) -> Option<&Via> {
        match &self.value {
            Value::Field(_, copied) => copied.via.as_ref(),
            _ => None,
        }
    }
}

/// A unique key of the table.
pub(crate) struct Columns<'a> {
    pub(crate) names: Vec<String>,
    pub(crate) predicate: Option<String>,
    pub(crate) written: &'a Key,
}

/// What `atomic` rests on where it is not a key of live rows.
pub(crate) enum Atomic<'a> {
    /// A key of the table's own.
    Key(Columns<'a>),
    /// A lock, of a row if there is one.
    Lock(Option<Locked>, &'a Lock),
}

/// The row that is locked.
pub(crate) struct Locked {
    pub(crate) table: TableName,
    pub(crate) column: String,
}

impl<'a> Atomic<'a> {
    /// The key of the table's own, if it rests on one.
    pub(crate) fn key(&self) -> Option<&Columns<'a>> {
        match self {
            Self::Key(key) => Some(key),
            Self::Lock(..) => None,
        }
    }
}

/// A field of the struct whose value is bound.
pub(crate) struct Own<'a> {
    pub(crate) member: Member,
    pub(crate) ty: &'a Type,
    /// Whether it tells the rows of the store from others.
    pub(crate) is_scope: bool,
}

/// How rows are marked as deleted.
pub(crate) struct Deleted<'a> {
    pub(crate) name: String,
    pub(crate) mark: &'a Mark,
    pub(crate) form: Form,
}

impl Options<'_> {
    /// Whether nothing is said.
    pub(crate) fn are_none(&self) -> bool {
        let extras = self.scope.len() + self.insert.len() + self.write.len();
        extras == 0
            && self.read_from.is_none()
            && self.read_only.is_none()
            && self.instead_of.is_none()
            && self.key.is_none()
            && self.mark.is_none()
            && self.atomic.is_none()
            && self.dropped.is_empty()
    }
}

pub(super) fn options<'a>(
    ctxt: &Ctxt,
    written: &'a Written<'a>,
    fields: &[super::Mapped],
    dialect: Option<Dialect>,
) -> Options<'a> {
    let table = &written.mapping.table;
    let mut own = Vec::new();
    let lower = Lower { written, dialect, rules: Rules { ctxt, written, dialect } };
    let scope = lower.extras(&table.scope, symbol::SCOPE, &mut own);
    let insert = lower.extras(&table.insert, symbol::INSERT, &mut own);
    let write = lower.extras(&table.write, symbol::WRITE, &mut own);
    let dropped = written.mapping.lossy().map(|(place, _)| place);
    let dropped = dropped.filter(|&place| fields[place].kept().is_none());
    Options {
        read_from: table.read_from.as_ref().and_then(|name| table_name(ctxt, name)),
        read_only: table.read_only.as_ref(),
        instead_of: table.instead_of.as_ref(),
        scope,
        insert,
        write,
        key: table.key.as_ref().map(columns),
        mark: table.mark.as_ref().map(|mark| deleted(written, mark, dialect)),
        atomic: table.atomic.as_ref().map(|it| atomic(ctxt, it)),
        own,
        // A record has far fewer fields than 256.
        dropped: dropped.map(|place| place as u8).collect(),
    }
}

struct Lower<'r, 'a> {
    written: &'a Written<'a>,
    dialect: Option<Dialect>,
    rules: Rules<'r>,
}

impl<'a> Lower<'_, 'a> {
    /// The columns that an option lists, and those that fields of the struct are marked with.
    fn extras(&self, listed: &'a [mapping::Extra], option: &str, own: &mut Vec<Own<'a>>) -> Vec<Extra<'a>> {
        let of_table = self.written.mapping.table.collation.as_ref().filter(|_| option == symbol::SCOPE);
        let collation = of_table.map(LitStr::value);
        let extra =
            |extra: &'a mapping::Extra| Some(Extra { collation: collation.clone(), ..self.extra(extra)? });
        let mut extras: Vec<_> = listed.iter().filter_map(extra).collect();
        let Data::Struct(data) = &self.written.input.data else { return extras };
        for marked in self.written.mapping.table.of_fields.iter().filter(|it| it.option == option) {
            let Some(field) = data.fields.iter().nth(marked.field) else { continue };
            marked.sql_type.iter().for_each(|name| self.rules.own_type(name));
            // Nobody has 64 of them.
            let number = own.len() as u8;
            let is_scope = option == symbol::SCOPE;
            own.push(Own { member: member(marked.field, field), ty: &field.ty, is_scope });
            let form = form_of(&field.ty, self.dialect.unwrap_or(Dialect::Postgres));
            let value = Value::Own(number, form, marked.sql_type.as_ref().map(LitStr::value));
            let collation = collation.clone().filter(|_| form.is_none_or(|form| form == form::Form::Text));
            extras.push(Extra { name: marked.column.value(), at: &marked.column, value, collation });
        }
        extras
    }

    fn extra(&self, extra: &'a mapping::Extra) -> Option<Extra<'a>> {
        let value = match &extra.value {
            Source::Literal(literal) => Value::Literal(literal),
            Source::Sql(sql) => Value::Sql(sql.value()),
            // A record has far fewer fields than 256.
            Source::Field(place, options) => {
                Value::Field(*place as u8, Box::new(self.copied(*place, options, &extra.column)))
            }
            Source::Unknown => return None,
        };
        Some(Extra { name: extra.column.value(), at: &extra.column, value, collation: None })
    }

    fn copied(&self, place: usize, options: &mapping::Options, column: &LitStr) -> Copied {
        let field = self.written.entity.fields()[place];
        let class = self.written.mapping.times().filter(|_| field.kind.is_time());
        let options = options.clone().over(class);
        let of_labels = options.labels.as_ref().and_then(|labels| self.rules.implied(labels, 0));
        let default = of_labels.unwrap_or(form::Form::of(field.kind));
        let form = form_or(options.form.clone(), default, column, self.dialect);
        self.rules.of_column(field, &options, &[&form]);
        let via = options.via.as_ref().and_then(|via| Via::of(self.rules.ctxt, via, form::Form::Text));
        Copied { form, sql_type: options.sql_type.as_ref().map(LitStr::value), labels: options.labels, via }
    }
}

/// The form in which values of a type are kept, if its name tells that.
fn form_of(ty: &Type, dialect: Dialect) -> Option<form::Form<'static>> {
    use form::{Form, Width};
    let segment = match ty {
        Type::Reference(inner) => return form_of(&inner.elem, dialect),
        Type::Path(path) => path.path.segments.last()?,
        _ => return None,
    };
    if let PathArguments::AngleBracketed(arguments) = &segment.arguments
        && let Some(GenericArgument::Type(inner)) = arguments.args.last()
        && ["Option", "Box", "Arc", "Rc", "Cow"].iter().any(|wrapper| segment.ident == wrapper)
    {
        return form_of(inner, dialect);
    }
    Some(match segment.ident.to_string().as_str() {
        "i8" | "i16" => Form::Integer(Width::I16),
        "i32" => Form::Integer(Width::I32),
        "i64" => Form::INTEGER,
        "u8" => Form::Integer(Width::U8),
        "u16" => Form::Integer(Width::U16),
        "u32" => Form::Integer(Width::U32),
        "u64" => Form::Integer(Width::U64),
        "bool" => Form::Boolean,
        "String" | "str" => Form::Text,
        "DateTime" => Form::Time,
        "Uuid" if dialect == Dialect::Postgres => Form::Uuid,
        "Uuid" => Form::UuidBytes,
        _ => return None,
    })
}

fn columns(key: &Key) -> Columns<'_> {
    Columns {
        names: key.columns.iter().map(LitStr::value).collect(),
        predicate: key.predicate.as_ref().map(LitStr::value),
        written: key,
    }
}

fn atomic<'a>(ctxt: &Ctxt, atomic: &'a mapping::Atomic) -> Atomic<'a> {
    match atomic {
        mapping::Atomic::Key(key) => Atomic::Key(columns(key)),
        mapping::Atomic::Lock(lock) => {
            let row = lock.row.as_ref().and_then(|(table, column)| {
                Some(Locked { table: table_name(ctxt, table)?, column: column.value() })
            });
            Atomic::Lock(row, lock)
        }
    }
}

fn deleted<'a>(written: &Written<'_>, mark: &'a Mark, dialect: Option<Dialect>) -> Deleted<'a> {
    let class = written.mapping.times().and_then(|class| class.form.clone());
    // A value is of its own type; else it is the time.
    let (class, default) =
        if mark.deleted.is_some() { (None, form::Form::Text) } else { (class, form::Form::Time) };
    let form = form_or(mark.form.clone().or(class), default, &mark.column, dialect);
    Deleted { name: mark.column.value(), mark, form }
}

fn form_or(form: Option<Form>, default: form::Form<'static>, at: &LitStr, dialect: Option<Dialect>) -> Form {
    let digits = if dialect == Some(Dialect::Postgres) { 6 } else { 0 };
    form.map_or_else(|| Form::implied(default, at.to_token_stream()), |form| form.with_digits(digits))
}

/// Whether two names mean one column. In quotes, as statements write them, Postgres tells case apart.
pub(crate) fn same_name(dialect: Dialect, one: &str, other: &str) -> bool {
    match dialect {
        Dialect::Postgres => one == other,
        Dialect::Sqlite => one.eq_ignore_ascii_case(other),
        Dialect::MySql => one.to_lowercase() == other.to_lowercase(),
    }
}
