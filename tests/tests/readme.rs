//! The README's table of demands names tests and cases that are there.

use std::fs;
use std::path::{Path, PathBuf};

const README: &str = include_str!("../../README.md");

#[test]
fn each_demand_names_tests_that_exist() {
    let (_, section) = README.split_once("### What schemas demand").expect("the README has the section");
    let (section, _) = section.split_once("\n## ").expect("the section ends");
    let rows: Vec<_> =
        section.lines().filter(|line| line.starts_with("| ") && !line.ends_with("tested by |")).collect();
    let said = section.split_whitespace().find_map(|word| word.parse().ok());
    assert_eq!(Some(rows.len()), said, "it says how many there are");
    let missing: Vec<_> = rows.iter().flat_map(|row| tests_of(row)).filter(|name| !exists(name)).collect();
    assert!(missing.is_empty(), "no such test: {missing:?}");
}

/// The names in the last cell of a row: at least one.
fn tests_of(row: &str) -> Vec<&str> {
    let cell = row.trim_end_matches(" |").rsplit(" | ").next().unwrap_or_default();
    let names: Vec<_> = cell.split('`').skip(1).step_by(2).collect();
    assert!(!names.is_empty(), "{row} names no test");
    names
}

/// `ui/labels/open` is a case of the compiler's messages; in `schemas::lago::plans_are_read` the first part is the target, and the
/// last the test or the module with it.
fn exists(name: &str) -> bool {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    if name.starts_with("ui/") {
        return tests.join(format!("{name}.rs")).is_file();
    }
    let (target, test) = name.split_once("::").expect("a target and a test");
    let test = test.rsplit("::").next().unwrap_or(test);
    let sources = sources(&tests.join("tests").join(target), &tests.join(format!("tests/{target}.rs")));
    // The rules of the contract are in a crate of their own.
    let rules = sources_in(&tests.join("../store-core/src/contract"));
    let is_named =
        |text: &String| text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == test);
    sources.iter().any(is_named) || (!sources.is_empty() && rules.iter().any(is_named))
}

fn sources(folder: &Path, file: &Path) -> Vec<String> {
    let mut sources = sources_in(folder);
    sources.extend(fs::read_to_string(file));
    sources
}

fn sources_in(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths
        .iter()
        .flat_map(|path| {
            if path.is_dir() { sources_in(path) } else { fs::read_to_string(path).into_iter().collect() }
        })
        .collect()
}
