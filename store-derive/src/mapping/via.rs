//! `via(table = "T", stores = "k", reads = "v", scope = "org")`: a field that is kept in another table, as it was written.

use proc_macro2::TokenStream;
use quote::ToTokens;
use store_model::contract::{Field, Kind};
use syn::LitStr;

use super::field::{Options, each, name};
use super::form::{self, Form};
use crate::ctxt::Ctxt;
use crate::syntax::Item;
use crate::{messages, symbol};

/// The table in which a column's value stands for that of the contract.
#[derive(Clone)]
pub(crate) struct Via {
    pub(crate) table: LitStr,
    pub(crate) stores: LitStr,
    pub(crate) reads: LitStr,
    pub(crate) scope: Scope,
    /// The form of the store's own column.
    pub(crate) form: Option<Form>,
    pub(crate) at: TokenStream,
}

/// How the rows of the other table are told from those of other stores.
#[derive(Clone)]
pub(crate) enum Scope {
    Unsaid,
    /// All stores share it.
    None,
    Column(LitStr),
}

impl Via {
    /// The names that were written in it, but for the table's.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &LitStr> {
        let scope = match &self.scope {
            Scope::Column(column) => Some(column),
            Scope::None | Scope::Unsaid => None,
        };
        [&self.stores, &self.reads].into_iter().chain(scope)
    }
}

/// Of a field: rows are told apart by their ids, which can't be those of others.
pub(crate) fn read(ctxt: &Ctxt, field: Field, item: &Item) -> Option<Via> {
    if field.name == "id" {
        ctxt.error(&item.key, messages::via_of_id());
        return None;
    }
    read_copied(ctxt, field, item)
}

/// Of a further column that is copied from the row of a field.
pub(crate) fn read_copied(ctxt: &Ctxt, field: Field, item: &Item) -> Option<Via> {
    if let Some(message) = unfit(field) {
        ctxt.error(&item.key, message);
        return None;
    }
    let before = ctxt.count();
    let (mut table, mut stores, mut reads, mut scope) = (None, None, None, Scope::Unsaid);
    let mut form = None;
    // The store's own column holds what tells rows apart.
    let key = Field { name: "via", kind: Kind::Key };
    each(ctxt, item, symbol::VIA, |option, item| match option {
        "table" => table = name(ctxt, item, &messages::not_via_table()),
        "stores" => stores = name(ctxt, item, &messages::not_a_column(option)),
        "reads" => reads = name(ctxt, item, &messages::not_a_column(option)),
        "as" => form = form::read(ctxt, key, item),
        _ if item.value().and_then(|value| value.word()).as_deref() == Some("none") => scope = Scope::None,
        _ => scope = name(ctxt, item, &messages::not_via_scope()).map_or(Scope::None, Scope::Column),
    });
    let is_whole = table.is_some() && stores.is_some() && reads.is_some();
    if !is_whole && ctxt.count() == before && !item.is_broken() {
        ctxt.error(item, messages::not_via());
    }
    let at = item.key.to_token_stream();
    Some(Via { table: table?, stores: stores?, reads: reads?, scope, form, at })
}

/// Why a field can't be kept in another table.
fn unfit(field: Field) -> Option<String> {
    match field.kind {
        Kind::Key | Kind::OptionalKey | Kind::Text => None,
        Kind::Word => Some(messages::via_of_word(field.name)),
        _ => Some(messages::via_of_no_text(field.name)),
    }
}

/// What can't be said of a field that is kept in another table.
pub(super) fn check(ctxt: &Ctxt, options: &Options) {
    let Some(via) = &options.via else { return };
    let others = [
        ("over", options.over.is_some()),
        ("path", options.path.is_some()),
        ("keys", !options.keys.is_empty()),
        ("also_none", matches!(options.null, Some(super::Null::Also(..)))),
    ];
    for (other, _) in others.iter().filter(|(_, is_said)| *is_said) {
        ctxt.error(&via.at, messages::via_beside(other));
    }
}
