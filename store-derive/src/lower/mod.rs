//! What is meant: the names, the database and the pool behind what was written.

mod adapter;
mod fields;
mod held;
mod options;
mod pool;
mod rules;
mod table;
mod types;
mod within;

use proc_macro2::TokenStream;
use store_model::adapter::{Dialect, Duty};
use store_model::contract::Entity;
use syn::{Generics, Ident, Path};

use crate::attr::Written;
use crate::ctxt::Ctxt;
use pool::Pool;

pub(crate) use adapter::Described;
pub(crate) use fields::{Kept, Mapped, Via};
pub(crate) use options::{Atomic, Columns, Deleted, Options, Own, Value, same_name};
pub(crate) use table::TableName;
pub(crate) use within::is_document;

/// A store as far as it is understood.
pub(crate) struct Lowered<'a> {
    pub(crate) written: &'a Written<'a>,
    pub(crate) table: Option<TableName>,
    pub(crate) pool: Option<Pool<'a>>,
    pub(crate) dialect: Option<Dialect>,
    /// The fields of the record, in the order of the contract.
    pub(crate) fields: Vec<Mapped>,
    pub(crate) options: Options<'a>,
}

/// A store of which everything is known.
pub(crate) struct Store<'a> {
    pub(crate) target: Target<'a>,
    pub(crate) dialect: Dialect,
    pub(crate) table: TableName,
    pub(crate) pool: Pool<'a>,
    /// `atomic` or `reportable`, as it was written.
    pub(crate) extension: Option<&'a TokenStream>,
    pub(crate) fields: Vec<Mapped>,
    pub(crate) options: Options<'a>,
}

impl Store<'_> {
    /// What leads to other tables, of fields and of further columns.
    #[cfg_attr(not(feature = "schema"), allow(dead_code, reason = "only files tell of other tables"))]
    pub(crate) fn vias(&self) -> impl Iterator<Item = &Via> {
        vias(&self.fields, &self.options)
    }

    /// Whether it has the extension of its trait.
    pub(crate) const fn extended(&self) -> bool {
        self.extension.is_some()
    }

    /// What the model speaks of.
    pub(crate) fn described(&self) -> Described<'_> {
        Described {
            entity: self.target.entity,
            dialect: self.dialect,
            table: &self.table,
            fields: &self.fields,
            options: &self.options,
            extended: self.extended(),
        }
    }
}

/// The struct that gets the impls.
pub(crate) struct Target<'a> {
    pub(crate) entity: Entity,
    pub(crate) ident: &'a Ident,
    pub(crate) generics: &'a Generics,
    pub(crate) crate_path: &'a Path,
    /// Whether no other derive may stand beside this one.
    pub(crate) alone: bool,
    /// Whether the database makes the ids.
    pub(crate) makes_ids: bool,
}

impl<'a> Lowered<'a> {
    /// What leads to other tables, of fields and of further columns.
    pub(crate) fn vias(&self) -> impl Iterator<Item = &Via> {
        vias(&self.fields, &self.options)
    }

    /// The store, if everything is known of it.
    pub(crate) fn complete(self) -> Option<Store<'a>> {
        Some(Store {
            target: self.target()?,
            dialect: self.dialect?,
            table: self.table?,
            pool: self.pool?,
            extension: self.written.extended.as_ref(),
            fields: self.fields,
            options: self.options,
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
            makes_ids: self.fields[0].kept().is_some_and(|id| id.duty == Duty::Generated),
        })
    }
}

fn vias<'s>(fields: &'s [Mapped], options: &'s Options<'_>) -> impl Iterator<Item = &'s Via> {
    let fields = fields.iter().filter_map(|field| field.kept()?.via.as_ref());
    let further = options.insert.iter().chain(&options.write);
    fields.chain(further.filter_map(|extra| extra.via()))
}

pub(crate) fn lower<'a>(ctxt: &Ctxt, written: &'a Written<'a>) -> Lowered<'a> {
    let table = written.table.as_ref().and_then(|literal| table::table_name(ctxt, literal));
    let pool = pool::pool(ctxt, written);
    let dialect = pool::dialect(ctxt, written, pool.as_ref());
    let fields = fields::fields(ctxt, written, dialect);
    let options = options::options(ctxt, written, &fields, dialect);
    Lowered { written, table, pool, dialect, fields, options }
}
