//! `schema = "migrations"`: the mapping is held against the tables that files of SQL make.

#[cfg(feature = "schema")]
mod advice;
#[cfg(feature = "schema")]
mod fitting;
#[cfg(feature = "__held")]
mod own;
#[cfg(feature = "schema")]
mod read;

#[cfg(feature = "__held")]
pub(crate) use own::hold;
use syn::LitStr;

use crate::ctxt::Ctxt;
use crate::lower::Store;

/// Tells what is wrong, and gives the files that were read: what was made is as old as they are.
#[cfg(feature = "schema")]
pub(crate) fn check(ctxt: &Ctxt, store: Option<&Store<'_>>, path: Option<&LitStr>) -> Vec<String> {
    let (Some(store), Some(path), true) = (store, path, ctxt.is_clean()) else { return Vec::new() };
    match read::schema(store.dialect, &path.value()) {
        Ok(read) => {
            advice::tell(ctxt, store, path, &read.schema);
            read.files.clone()
        }
        Err(error) => {
            ctxt.error(path, crate::messages::unread_files(&error.to_string()));
            Vec::new()
        }
    }
}

/// That the feature is off has been told.
#[cfg(not(feature = "schema"))]
pub(crate) fn check(_: &Ctxt, _: Option<&Store<'_>>, _: Option<&LitStr>) -> Vec<String> {
    Vec::new()
}
