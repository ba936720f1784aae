//! `via(table = "T", stores = "k", reads = "v", scope = "org")`: a field that is kept in another table, as it was written.

use syn::LitStr;

use super::field::{each, name};
use crate::ctxt::Ctxt;
use crate::symbol;
use crate::syntax::Item;

/// The table in which a column's value stands for that of the contract.
#[derive(Clone)]
pub(crate) struct Via {
    pub(crate) table: LitStr,
    pub(crate) stores: LitStr,
    pub(crate) reads: LitStr,
    pub(crate) scope: Scope,
}

/// How the rows of the other table are told from those of other stores.
#[derive(Clone)]
pub(crate) enum Scope {
    Unsaid,
    /// All stores share it.
    None,
    Column(LitStr),
}

pub(crate) fn read(ctxt: &Ctxt, item: &Item) -> Option<Via> {
    let (mut table, mut stores, mut reads, mut scope) = (None, None, None, Scope::Unsaid);
    each(ctxt, item, symbol::VIA, |option, item| match option {
        "table" => table = name(ctxt, item, &super::told::not_via()),
        "stores" => stores = name(ctxt, item, &super::told::not_via()),
        "reads" => reads = name(ctxt, item, &super::told::not_via()),
        _ if item.value().and_then(|value| value.word()).as_deref() == Some("none") => scope = Scope::None,
        _ => scope = name(ctxt, item, &super::told::not_via()).map_or(Scope::None, Scope::Column),
    });
    if table.is_none() || stores.is_none() || reads.is_none() {
        ctxt.error(item, super::told::not_via());
    }
    Some(Via { table: table?, stores: stores?, reads: reads?, scope })
}
