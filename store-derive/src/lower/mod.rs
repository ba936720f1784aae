//! What is meant: the names, the database and the pool behind what was written.

mod fields;
mod pool;
mod table;

use store_model::adapter::Dialect;
use store_model::contract::Entity;
use syn::{Generics, Ident, Path};

use crate::attr::Written;
use crate::ctxt::Ctxt;
use crate::mapping::Mapping;
use pool::Pool;
use table::TableName;

pub(crate) use fields::{Mapped, fields};

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
    let table = written.table.as_ref().and_then(|literal| table::table_name(ctxt, literal));
    let pool = pool::pool(ctxt, written);
    let dialect = pool::dialect(ctxt, written, pool.as_ref());
    Lowered { written, table, pool, dialect }
}
