//! The field that holds the pool, and its database.

use store_model::adapter::Dialect;
use syn::spanned::Spanned;
use syn::{
    Data, Field, GenericArgument, GenericParam, Generics, Index, Member, PathArguments, PathSegment, Type,
};

use crate::attr::Written;
use crate::ctxt::Ctxt;
use crate::{messages, symbol};

/// The field that holds the pool.
pub(crate) struct Pool<'a> {
    pub(crate) member: Member,
    pub(crate) ty: &'a Type,
}

/// The field that is marked, or named `pool`, or the only one.
pub(super) fn pool<'a>(ctxt: &Ctxt, written: &Written<'a>) -> Option<Pool<'a>> {
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
        None if written.mismarked => {}
        None if all.is_empty() => ctxt.error(&written.input.ident, messages::no_field()),
        None => ctxt.error(&written.input.ident, messages::which_pool()),
    }
    None
}

impl<'a> Pool<'a> {
    fn new(index: usize, field: &'a Field) -> Self {
        Self { member: member(index, field), ty: &field.ty }
    }

    fn is_named(&self) -> bool {
        matches!(&self.member, Member::Named(name) if name == symbol::POOL)
    }
}

/// How a field is named after a dot.
pub(super) fn member(index: usize, field: &Field) -> Member {
    let place =
        || Member::Unnamed(Index { index: index.try_into().unwrap_or(u32::MAX), span: field.ty.span() });
    field.ident.clone().map_or_else(place, Member::Named)
}

/// The database that is said, or else that of the pool's type as it is written. Either is a claim that the expansion
/// has the compiler prove.
pub(super) fn dialect(ctxt: &Ctxt, written: &Written<'_>, pool: Option<&Pool<'_>>) -> Option<Dialect> {
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
