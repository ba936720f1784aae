//! What the compiler tells of mistakes, and that it takes what the messages advise.
//!
//! `TRYBUILD=overwrite cargo test -p store-tests --test ui` writes the `.stderr` files anew: read the difference.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

#[path = "../../store-derive/src/messages.rs"]
#[allow(dead_code, reason = "only the texts are read here")]
mod messages;

#[test]
fn mistakes_are_told_in_words() {
    trybuild::TestCases::new().compile_fail("ui/*/*.rs");
}

#[test]
fn what_the_docs_and_messages_advise_compiles() {
    trybuild::TestCases::new().pass("ui-pass/*.rs");
}

/// The table of messages and cases, which `ui/messages.md` shows.
#[test]
fn every_message_has_a_case() {
    let told: BTreeMap<_, _> =
        cases("stderr").into_iter().map(|path| (fs::read_to_string(&path).unwrap(), path)).collect();
    let mut table = String::from("| message | text | cases |\n|---|---|---|\n");
    let mut without = Vec::new();
    for (name, text) in messages::ALL {
        let cases: Vec<_> =
            told.iter().filter(|(told, _)| tells(told, text)).map(|(_, path)| title(path)).collect();
        if cases.is_empty() {
            without.push(name);
        }
        table += &format!("| `{name}` | {} | {} |\n", text.replace('|', "\\|"), cases.join(", "));
    }
    assert!(without.is_empty(), "messages without a case in tests/ui: {without:?}");
    same("ui/messages.md", &table);
}

/// A file of expectations whose case is gone expects nothing.
#[test]
fn every_expectation_has_a_case() {
    for path in cases("stderr") {
        assert!(path.with_extension("rs").exists(), "{} has no case", path.display());
    }
}

/// Whether one of the compiler's errors is this message, whatever stands in its holes.
fn tells(told: &str, text: &str) -> bool {
    told.lines().filter_map(|line| line.strip_prefix("error: ")).any(|line| fits(line, text))
}

/// Whether a line is the text, with something in place of each `{hole}`.
fn fits(line: &str, text: &str) -> bool {
    let Some((before, rest)) = text.split_once('{') else { return line == text };
    let Some((_, after)) = rest.split_once('}') else { return line == text };
    line.strip_prefix(before).is_some_and(|rest| {
        rest.char_indices().skip(1).map(|(index, _)| &rest[index..]).chain([""]).any(|rest| fits(rest, after))
    })
}

fn cases(extension: &str) -> Vec<PathBuf> {
    let topics = entries(Path::new("ui")).into_iter().filter(|path| path.is_dir());
    let files = topics.flat_map(|topic| entries(&topic));
    files.filter(|path| path.extension().is_some_and(|it| it == extension)).collect()
}

fn entries(directory: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<_> = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}

fn title(path: &Path) -> String {
    let topic = path.parent().and_then(Path::file_name).unwrap_or_default();
    format!("{}/{}", topic.display(), path.file_stem().unwrap_or_default().display())
}

/// Holds a text against a file; with `UPDATE` in the environment, writes the file.
fn same(path: &str, text: &str) {
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, text).unwrap();
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert!(expected == text, "{path} is not up to date: run with UPDATE=1 and read the difference");
}
