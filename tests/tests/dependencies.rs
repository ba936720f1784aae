//! A user of one database gets that driver, what a derive is made with, and nothing else.

use std::collections::BTreeSet;
use std::error::Error;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

/// What may come beside sqlx: these crates, and what traits, errors and derives are made with.
const OURS: &[&str] = &[
    "store-core",
    "store-derive",
    "store-model",
    "async-trait",
    "thiserror",
    "thiserror-impl",
    "proc-macro2",
    "quote",
    "syn",
    "unicode-ident",
];

#[test]
fn a_driver_brings_nothing_but_itself() -> Result<(), Box<dyn Error>> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("the tests lie in the workspace")?;
    let home = tempfile::tempdir()?;
    for database in ["sqlite", "postgres", "mysql"] {
        let store = format!("{{ path = '{}/store-core', features = ['{database}'] }}", workspace.display());
        let driver =
            format!("{{ version = '0.9', default-features = false, features = ['chrono', '{database}'] }}");
        let with_store = packages(&home.path().join(database), workspace, &format!("store-core = {store}"))?;
        let alone =
            packages(&home.path().join(format!("{database}-alone")), workspace, &format!("sqlx = {driver}"))?;

        assert!(alone.contains(&format!("sqlx-{database}")), "{alone:?}");
        assert!(with_store.is_superset(&alone), "the comparison is with what the store needs: {alone:?}");
        let extra: Vec<_> =
            with_store.difference(&alone).filter(|name| !OURS.contains(&name.as_str())).collect();
        assert!(extra.is_empty(), "with `{database}` a user gets, beside sqlx: {extra:?}");
    }
    Ok(())
}

/// The names of all that a crate with one dependency is built from, in the versions of the workspace.
fn packages(
    directory: &Path,
    workspace: &Path,
    dependency: &str,
) -> Result<BTreeSet<String>, Box<dyn Error>> {
    fs::create_dir_all(directory.join("src"))?;
    fs::write(directory.join("src/lib.rs"), "")?;
    let package = "[workspace]\n[package]\nname = 'user'\nedition = '2024'\n[dependencies]\n";
    fs::write(directory.join("Cargo.toml"), format!("{package}{dependency}\n"))?;
    fs::copy(workspace.join("Cargo.lock"), directory.join("Cargo.lock"))?;
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or("cargo".into()));
    cargo.args(["tree", "--offline", "--edges", "normal,build", "--prefix", "none", "--no-dedupe"]);
    cargo.args(["--format", "{p}"]).current_dir(directory);
    let output = cargo.output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let lines = String::from_utf8(output.stdout)?;
    let names = lines.lines().filter_map(|line| line.split(' ').next());
    Ok(names.filter(|name| *name != "user").map(str::to_owned).collect())
}
