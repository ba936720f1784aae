//! What the compiler tells of mistakes.
//!
//! `TRYBUILD=overwrite cargo test -p store-tests --test ui` writes the `.stderr` files anew: read the difference.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use store_model::schema::Finding;

#[path = "../../store-derive/src/messages.rs"]
#[allow(dead_code, reason = "only the texts are read here")]
mod messages;

#[test]
fn mistakes_are_told_in_words() {
    copy_files_of_sql();
    trybuild::TestCases::new().compile_fail("ui/*/*.rs");
}

/// Paths of files of SQL begin at the folder of the crate that the cases are built in.
fn copy_files_of_sql() {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let folder = target.join("tests/trybuild/store-tests/ui/schema");
    fs::create_dir_all(&folder).unwrap();
    for file in
        entries(Path::new("ui/schema")).iter().filter(|path| path.extension().is_some_and(|it| it == "sql"))
    {
        fs::copy(file, folder.join(file.file_name().unwrap())).unwrap();
    }
}

/// The other cases have every database, so this one is a crate apart, whose `store-core` has none.
#[test]
fn a_feature_that_is_off_is_told_in_words() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("feature-off");
    let manifest = format!(
        "[workspace]\n\n[package]\nname = \"feature-off\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [lib]\npath = \"sqlite.rs\"\n\n[dependencies]\nstore-core = {{ path = {:?} }}\n",
        root.join("store-core")
    );
    fs::create_dir_all(&home).unwrap();
    fs::write(home.join("Cargo.toml"), manifest).unwrap();
    fs::copy(root.join("Cargo.lock"), home.join("Cargo.lock")).unwrap();
    fs::copy("feature-off/sqlite.rs", home.join("sqlite.rs")).unwrap();

    let mut check = Command::new(env!("CARGO"));
    check.args(["check", "--quiet", "--offline", "--color=never"]).current_dir(&home);
    // Warnings of `store-core` are not what is looked at here.
    check.env("CARGO_TARGET_DIR", home.join("target")).env("RUSTFLAGS", "--cap-lints=allow");
    let output = check.output().unwrap();
    assert!(!output.status.success());
    same("feature-off/sqlite.stderr", &String::from_utf8(output.stderr).unwrap());
}

/// Of findings, those of a running database alone. A derive has its own words for a table that no file makes.
const OF_SESSIONS: [&str; 5] = ["NotStrict", "NotUtc", "Refused", "TableMissing", "OtherTableMissing"];

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
    for (name, text) in Finding::KINDS.iter().filter(|(name, _)| !OF_SESSIONS.contains(name)) {
        let text = format!("{text}{{rest}}");
        let cases: Vec<_> =
            told.iter().filter(|(told, _)| tells(told, &text)).map(|(_, path)| title(path)).collect();
        if cases.is_empty() {
            without.push(name);
        }
        table += &format!("| `{name}` | {} | {} |\n", text.replace('|', "\\|"), cases.join(", "));
    }
    assert!(without.is_empty(), "messages without a case in tests/ui: {without:?}");
    same("ui/messages.md", &table);
}

/// What the README shows is what the compiler says.
#[test]
fn the_readme_shows_a_case() {
    let shown = fs::read_to_string("ui/schema/words.stderr").unwrap();
    let readme = fs::read_to_string("../README.md").unwrap();
    assert!(readme.contains(shown.trim_end()), "ui/schema/words.stderr is not what README.md shows");
}

/// Whatever code a message tells to write stands in a case that compiles, letter for letter; `..` is anything.
#[test]
fn every_suggestion_has_a_case() {
    let compiled: String =
        entries(Path::new("ui-pass")).into_iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let mut seen = 0;
    for path in cases("stderr").into_iter().filter(|path| path.starts_with("ui")) {
        for suggestion in fs::read_to_string(&path).unwrap().lines().flat_map(suggestions) {
            let stands = compiled.lines().any(|line| holds(line, suggestion));
            assert!(stands, "`{suggestion}`, advised in {}, is in no case of ui-pass", path.display());
            seen += 1;
        }
    }
    assert!(seen > 0);
}

/// The code in the part of a message that tells what to do.
fn suggestions(line: &str) -> impl Iterator<Item = &str> {
    let message = line.strip_prefix("error: ").unwrap_or_default();
    let starts = ["write ", "say ", "add a field ", "name it ", "did you mean "];
    let advice =
        starts.iter().filter_map(|start| message.find(start)).min().map_or("", |start| &message[start..]);
    advice.split('`').skip(1).step_by(2)
}

/// Whether a line has the parts of a suggestion, in their order.
fn holds(line: &str, suggestion: &str) -> bool {
    let mut rest = Some(line);
    for part in suggestion.split("..") {
        rest = rest.and_then(|rest| rest.split_once(part)).map(|(_, rest)| rest);
    }
    rest.is_some()
}

/// As many errors as mistakes: one, or as many as the case says in its first comment, `(3 mistakes)`. Each is shown in the
/// case, and none under the derive, where there is nothing to change: but for the derives that can't stand together.
#[test]
fn every_mistake_is_told_once() {
    let mut mistakes = 0;
    for path in cases("stderr").into_iter().filter(|path| path.starts_with("ui")) {
        let source = fs::read_to_string(path.with_extension("rs")).unwrap();
        let told = fs::read_to_string(&path).unwrap();
        let places: Vec<_> = told.lines().filter_map(|line| line.trim_start().strip_prefix("--> ")).collect();
        let errors = told.lines().filter(|line| line.starts_with("error")).count();
        assert_eq!(errors, said(&source), "{}", path.display());
        for place in places.iter().take(errors) {
            let line = place.strip_prefix(&*path.with_extension("rs").display().to_string());
            let line =
                line.and_then(|rest| rest.split(':').nth(1)).and_then(|line| line.parse::<usize>().ok());
            let line = line.unwrap_or_else(|| panic!("{} is told at {place}", path.display()));
            let text = source.lines().nth(line - 1).unwrap_or_default();
            let of_derives = title(&path) == "sections/none";
            assert_eq!(text.starts_with("#[derive"), of_derives, "{} is told at {place}", path.display());
        }
        mistakes += errors;
    }
    assert!(mistakes >= 40, "{mistakes} mistakes are few");
}

fn said(source: &str) -> usize {
    let comment = source.lines().next().unwrap_or_default();
    let number = comment.rsplit_once('(').and_then(|(_, rest)| rest.strip_suffix(" mistakes)"));
    number.map_or(1, |number| number.parse().unwrap())
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
    let files = topics.chain([PathBuf::from("feature-off")]).flat_map(|topic| entries(&topic));
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
