//! What is made and what is asked for hold each other: the DDL of a store makes what the store needs.

use store_model::adapter::{Adapter, Atomic};
use store_model::form::Form;
use store_model::schema::Finding;
use store_model::schema::files::own;
use store_model::sql;

use crate::lower::Store;

/// Refuses a store that its own DDL doesn't serve, which is a mistake of this crate.
pub(crate) fn hold(store: &Store<'_>) {
    store.described().with(|adapter| {
        // The types of a codec's columns are known when the crate is compiled.
        if adapter.parts().any(|part| matches!(part.column.form, Form::Coded(_))) {
            return;
        }
        let findings: Vec<_> = own(adapter).into_iter().filter(|it| !is_of_words(adapter, it)).collect();
        let ddl = sql::ddl(adapter);
        assert!(findings.is_empty(), "a mistake of `store-derive`: its DDL is refused: {findings:?}\n{ddl}");
    });
}

/// Which rows a key holds that was declared was said by the user.
fn is_of_words(adapter: &Adapter<'_>, finding: &Finding) -> bool {
    matches!(adapter.options().atomic, Atomic::Key(_)) && finding.kind().starts_with("LiveKey")
}
