//! What the docs and the messages advise, and what an expansion must bear, compiles and runs.

use std::collections::BTreeSet;
use std::{env, fs};

/// Includes the files of `ui-pass` as modules, and runs each as a test.
macro_rules! cases {
    ($($name:ident)*) => {
        #[path = "../ui-pass"]
        #[allow(dead_code, reason = "most of the structs are only there to be compiled")]
        mod cases {
            $(pub(crate) mod $name;)*
        }

        $(
            #[test]
            fn $name() {
                cases::$name::main();
            }
        )*

        const CASES: &[&str] = &[$(stringify!($name)),*];
    };
}

cases! {
    codecs
    crate_override
    files_of_sql
    generics
    in_a_function
    no_prelude
    pool_types
    shadowed_names
    suggestion_codec
    suggestion_columns
    suggestion_crate
    suggestion_database
    suggestion_documents
    suggestion_extension
    suggestion_legacy
    suggestion_links
    suggestion_mapping
    suggestion_pool
    suggestion_schema
    suggestion_scope
    suggestion_sections
    suggestion_several
    suggestion_table
    suggestion_table_name
}

/// The compiler tells cargo which files it has read: when one of them changes, the crate is compiled anew.
#[test]
fn files_of_sql_are_watched() {
    let told = fs::read_to_string(env::current_exe().unwrap().with_extension("d")).unwrap();
    for file in ["pg_dump.sql", "mariadb-dump.sql", "sqlite-schema.sql"] {
        assert!(told.contains(&format!("printed/{file}")), "{file}");
    }
}

/// `denied_lints` is a crate of its own, since some lints are silent in tests.
#[test]
fn every_file_is_a_case() {
    let files: BTreeSet<_> = fs::read_dir("ui-pass")
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().display().to_string())
        .collect();
    assert_eq!(files, CASES.iter().copied().chain(["denied_lints"]).map(String::from).collect());
}
