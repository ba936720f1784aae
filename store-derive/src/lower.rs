//! What is meant: the names, the database and the pool behind what was written.

use store_model::adapter::{Column, Dialect, Place, Table};
use store_model::contract::{self, Entity};
use store_model::form::Form;
use syn::spanned::Spanned;
use syn::{
    Data, Field, GenericArgument, GenericParam, Generics, Ident, Index, LitStr, Member, Path, PathArguments,
    PathSegment, Type,
};

use crate::attr::Written;
use crate::ctxt::Ctxt;
use crate::mapping::{self, Constant, Mapping};
use crate::{messages, symbol};

/// A store as far as it is understood.
pub(crate) struct Lowered<'a> {
    pub(crate) written: &'a Written<'a>,
    pub(crate) table: Option<TableName>,
    pub(crate) pool: Option<Pool<'a>>,
    pub(crate) dialect: Option<Dialect>,
}

/// A store of which everything is known.
pub(crate) struct Store<'a> {
    pub(crate) target: Target<'a>,
    pub(crate) dialect: Dialect,
    pub(crate) table: TableName,
    pub(crate) pool: Pool<'a>,
    pub(crate) extended: bool,
    pub(crate) mapping: &'a Mapping,
}

/// The struct that gets the impls.
pub(crate) struct Target<'a> {
    pub(crate) entity: Entity,
    pub(crate) ident: &'a Ident,
    pub(crate) generics: &'a Generics,
    pub(crate) crate_path: &'a Path,
    /// Whether no other derive may stand beside this one.
    pub(crate) alone: bool,
}

/// The name of a table, with the literal that it is written in.
pub(crate) struct TableName {
    pub(crate) schema: Option<String>,
    pub(crate) name: String,
    pub(crate) literal: LitStr,
}

impl TableName {
    pub(crate) fn as_table(&self) -> Table<'_> {
        Table { schema: self.schema.as_deref(), name: &self.name }
    }
}

/// The field that holds the pool.
pub(crate) struct Pool<'a> {
    pub(crate) member: Member,
    pub(crate) ty: &'a Type,
}

impl<'a> Lowered<'a> {
    /// The store, if everything is known of it.
    pub(crate) fn complete(self) -> Option<Store<'a>> {
        Some(Store {
            target: self.target()?,
            dialect: self.dialect?,
            table: self.table?,
            pool: self.pool?,
            extended: self.written.extended,
            mapping: &self.written.mapping,
        })
    }

    /// The struct, if the crate to name is known.
    pub(crate) fn target(&self) -> Option<Target<'a>> {
        let Written { entity, input, crate_path, sectioned, .. } = self.written;
        Some(Target {
            entity: *entity,
            ident: &input.ident,
            generics: &input.generics,
            crate_path: crate_path.as_ref()?,
            alone: !sectioned,
        })
    }
}

pub(crate) fn lower<'a>(ctxt: &Ctxt, written: &'a Written<'a>) -> Lowered<'a> {
    let table = written.table.as_ref().and_then(|literal| table_name(ctxt, literal));
    let pool = pool(ctxt, written);
    let dialect = dialect(ctxt, written, pool.as_ref());
    Lowered { written, table, pool, dialect }
}

/// Where a field is: a column of its own name, if nothing else is said.
pub(crate) enum Mapped {
    Column(String, Form),
    Always(Constant),
    Absent,
}

impl Mapped {
    pub(crate) fn as_place(&self) -> Place<'_> {
        match self {
            Self::Column(name, form) => Place::Column(Column::new(name, *form)),
            Self::Always(constant) => Place::Always(match constant {
                Constant::Text(text) => store_model::adapter::Constant::Text(text),
                Constant::Integer(number) => store_model::adapter::Constant::Integer(*number),
                Constant::Boolean(boolean) => store_model::adapter::Constant::Boolean(*boolean),
                Constant::Time(micros) => store_model::adapter::Constant::Time(*micros),
            }),
            Self::Absent => Place::Absent,
        }
    }
}

/// The fields of a record, in the order of the contract.
pub(crate) fn fields(entity: Entity, mapping: &Mapping) -> Vec<Mapped> {
    let field = |(place, field): (usize, &contract::Field)| {
        let column = |name: String| Mapped::Column(name, Form::of(field.kind));
        match mapping.of(place) {
            Some(mapping::Place::Column(name)) => column(name.value()),
            Some(mapping::Place::Always(constant)) => Mapped::Always(constant.clone()),
            Some(mapping::Place::Absent) => Mapped::Absent,
            Some(mapping::Place::Unknown) | None => column(field.name.into()),
        }
    };
    entity.fields().iter().enumerate().map(field).collect()
}

/// `"name"`, `"schema.name"`; a part in quotes may hold a dot.
fn table_name(ctxt: &Ctxt, literal: &LitStr) -> Option<TableName> {
    match split_name(&literal.value()) {
        Ok((schema, name)) => Some(TableName { schema, name, literal: literal.clone() }),
        Err(message) => {
            ctxt.error(literal, message);
            None
        }
    }
}

fn split_name(text: &str) -> Result<(Option<String>, String), String> {
    let mut parts = Vec::new();
    let mut rest = Some(text);
    while let Some(text) = rest {
        let (part, after) = first_part(text)?;
        if part.is_empty() {
            return Err(messages::empty_name());
        }
        if part.contains('\0') {
            return Err(messages::nul_in_name());
        }
        parts.push(part.to_owned());
        rest = after;
    }
    let name = parts.pop().unwrap_or_default();
    let schema = parts.pop();
    if parts.is_empty() { Ok((schema, name)) } else { Err(messages::too_many_parts()) }
}

/// The text up to a dot that is not in quotes, and what follows the dot.
fn first_part(text: &str) -> Result<(&str, Option<&str>), String> {
    let Some(quoted) = text.strip_prefix('"') else {
        return Ok(text.split_once('.').map_or((text, None), |(part, rest)| (part, Some(rest))));
    };
    let (part, rest) = quoted.split_once('"').ok_or_else(messages::open_quote)?;
    match rest.strip_prefix('.') {
        None if !rest.is_empty() => Err(messages::text_after_quote()),
        after => Ok((part, after)),
    }
}

/// The field that is marked, or named `pool`, or the only one.
fn pool<'a>(ctxt: &Ctxt, written: &Written<'a>) -> Option<Pool<'a>> {
    let fields = match &written.input.data {
        Data::Struct(data) => &data.fields,
        Data::Enum(data) => {
            ctxt.error(data.enum_token, messages::not_a_struct("an enum"));
            return None;
        }
        Data::Union(data) => {
            ctxt.error(data.union_token, messages::not_a_struct("a union"));
            return None;
        }
    };
    let mut all: Vec<_> = fields.iter().enumerate().map(|(place, field)| Pool::new(place, field)).collect();
    if let [_, more @ ..] = written.marked.as_slice() {
        more.iter().for_each(|&place| ctxt.error(&all[place].member, messages::second_pool()));
    }
    let place = written.marked.first().copied().or_else(|| all.iter().position(Pool::is_named));
    match place.or((all.len() == 1).then_some(0)) {
        Some(place) => return Some(all.swap_remove(place)),
        None if all.is_empty() => ctxt.error(&written.input.ident, messages::no_field()),
        None => ctxt.error(&written.input.ident, messages::which_pool()),
    }
    None
}

impl<'a> Pool<'a> {
    fn new(index: usize, field: &'a Field) -> Self {
        let place =
            || Member::Unnamed(Index { index: index.try_into().unwrap_or(u32::MAX), span: field.ty.span() });
        Self { member: field.ident.clone().map_or_else(place, Member::Named), ty: &field.ty }
    }

    fn is_named(&self) -> bool {
        matches!(&self.member, Member::Named(name) if name == symbol::POOL)
    }
}

/// The database that is said, or else that of the pool's type as it is written. Either is a claim that the expansion
/// has the compiler prove.
fn dialect(ctxt: &Ctxt, written: &Written<'_>, pool: Option<&Pool<'_>>) -> Option<Dialect> {
    let said = written.database.as_ref();
    let Some(pool) = pool else { return said?.dialect };
    match read_type(pool.ty, &written.input.generics) {
        Reading::Generic => ctxt.error(pool.ty, messages::generic_pool()),
        Reading::Any => ctxt.error(pool.ty, messages::any_pool()),
        _ if said.is_some() => return said?.dialect,
        Reading::Of(dialect) => return Some(dialect),
        Reading::Unknown => ctxt.error(pool.ty, messages::unknown_pool()),
    }
    None
}

/// What a type says of its database.
enum Reading {
    Of(Dialect),
    Any,
    Generic,
    Unknown,
}

fn read_type(ty: &Type, generics: &Generics) -> Reading {
    match ty {
        Type::Reference(it) => read_type(&it.elem, generics),
        Type::Paren(it) => read_type(&it.elem, generics),
        Type::Group(it) => read_type(&it.elem, generics),
        Type::Path(it) => it.path.segments.last().map_or(Reading::Unknown, |last| {
            if is_parameter(ty, generics) { Reading::Generic } else { read_segment(last, generics) }
        }),
        _ => Reading::Unknown,
    }
}

/// `SqlitePool`, `Pool<Sqlite>`, `Arc<..>`, `Box<..>`
fn read_segment(segment: &PathSegment, generics: &Generics) -> Reading {
    let argument = argument(segment);
    match (segment.ident.to_string().as_str(), argument) {
        ("SqlitePool", None) => Reading::Of(Dialect::Sqlite),
        ("PgPool", None) => Reading::Of(Dialect::Postgres),
        ("MySqlPool", None) => Reading::Of(Dialect::MySql),
        ("AnyPool", None) => Reading::Any,
        ("Arc" | "Box", Some(inner)) => read_type(inner, generics),
        ("Pool", Some(database)) => read_database(database, generics),
        _ => Reading::Unknown,
    }
}

fn read_database(ty: &Type, generics: &Generics) -> Reading {
    if is_parameter(ty, generics) {
        return Reading::Generic;
    }
    let Type::Path(it) = ty else {
        return Reading::Unknown;
    };
    match it.path.segments.last().map(|last| last.ident.to_string()).as_deref() {
        Some("Sqlite") => Reading::Of(Dialect::Sqlite),
        Some("Postgres") => Reading::Of(Dialect::Postgres),
        Some("MySql") => Reading::Of(Dialect::MySql),
        Some("Any") => Reading::Any,
        _ => Reading::Unknown,
    }
}

/// The only type between the angle brackets.
fn argument(segment: &PathSegment) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

fn is_parameter(ty: &Type, generics: &Generics) -> bool {
    let Type::Path(it) = ty else { return false };
    it.path.get_ident().is_some_and(|name| {
        generics.params.iter().any(|param| matches!(param, GenericParam::Type(param) if param.ident == *name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dot_separates_schema_and_table() {
        assert_eq!(split_name("subs"), Ok((None, "subs".into())));
        assert_eq!(split_name("billing.subs"), Ok((Some("billing".into()), "subs".into())));
        assert_eq!(split_name(r#""a.b".subs"#), Ok((Some("a.b".into()), "subs".into())));
        assert_eq!(split_name(r#"billing."a.b""#), Ok((Some("billing".into()), "a.b".into())));
    }

    #[test]
    fn names_are_taken_letter_for_letter() {
        assert_eq!(split_name("My Subs; --"), Ok((None, "My Subs; --".into())));
    }

    #[test]
    fn refuses_names_that_are_none() {
        for (text, message) in [
            ("", messages::empty_name()),
            ("billing.", messages::empty_name()),
            (".subs", messages::empty_name()),
            (r#""""#, messages::empty_name()),
            ("a.b.c", messages::too_many_parts()),
            ("a\0b", messages::nul_in_name()),
            (r#""subs"#, messages::open_quote()),
            (r#""a"b"#, messages::text_after_quote()),
        ] {
            assert_eq!(split_name(text), Err(message), "{text:?}");
        }
    }
}
