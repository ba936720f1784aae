//! The files of a folder of migrations, in the order in which they run.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Source;

/// The SQL of a file, or of a folder: its `.sql` files in the order of their names, and those of the folders in it.
///
/// What leads back is left out: `down.sql` and `.down.sql`. Numbers in names are compared as numbers, so that `V10` comes
/// after `V9`.
///
/// # Errors
/// What the file system says, with the path; that there is no `.sql` file in a folder; that a file is UTF-16.
pub fn sources(path: &Path) -> io::Result<Vec<Source>> {
    files(path)?.iter().map(|path| source(path)).collect()
}

/// The files that [`sources`] reads, in their order.
///
/// # Errors
/// What the file system says, with the path; that there is no `.sql` file in a folder.
pub fn files(path: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    if fs::metadata(path).map_err(|error| at(path, &error))?.is_dir() {
        collect(path, &mut files)?;
        if files.is_empty() {
            let text = format!("{}: there is no `.sql` file in it", path.display());
            return Err(io::Error::new(io::ErrorKind::NotFound, text));
        }
    } else {
        files.push(path.to_owned());
    }
    Ok(files)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let entries = fs::read_dir(folder).map_err(|error| at(folder, &error))?;
    let paths = entries.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>();
    let mut paths = paths.map_err(|error| at(folder, &error))?;
    paths.sort_by_cached_key(|path| order(&name(path)));
    for path in paths {
        // Links to folders are left out: one may lead to a folder that it is in.
        if fs::symlink_metadata(&path).map_err(|error| at(&path, &error))?.is_dir() {
            collect(&path, files)?;
        } else if leads_on(&name(&path)) && path.is_file() {
            files.push(path);
        }
    }
    Ok(())
}

/// One file.
///
/// # Errors
/// What the file system says, with the path; that it is UTF-16.
pub fn source(path: &Path) -> io::Result<Source> {
    let bytes = fs::read(path).map_err(|error| at(path, &error))?;
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let text = format!("{}: it is UTF-16: save it as UTF-8", path.display());
        return Err(io::Error::new(io::ErrorKind::InvalidData, text));
    }
    // Of texts in other encodings the names and keywords are the same, and other letters do no harm.
    Ok(Source { path: path.display().to_string(), text: String::from_utf8_lossy(&bytes).into_owned() })
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default()
}

fn leads_on(name: &str) -> bool {
    name.ends_with(".sql") && name != "down.sql" && !name.ends_with(".down.sql") && !name.starts_with('.')
}

/// A part of a name: numbers by value, the rest by letters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Number(usize, String),
    Letters(String),
}

fn order(name: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let is_number = first.is_ascii_digit();
        let length = rest.find(|it: char| it.is_ascii_digit() != is_number).unwrap_or(rest.len());
        let (part, after) = rest.split_at(length);
        let digits = part.trim_start_matches('0');
        parts.push(match is_number {
            true => Part::Number(digits.len(), digits.to_owned()),
            false => Part::Letters(part.to_owned()),
        });
        rest = after;
    }
    parts
}

fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder that is removed at the end.
    struct Folder(std::path::PathBuf);

    impl Folder {
        fn new(name: &str, files: &[&str]) -> Self {
            let path = std::env::temp_dir().join(format!("store-model-{name}-{}", std::process::id()));
            for file in files {
                let file = path.join(file);
                fs::create_dir_all(file.parent().expect("a folder")).expect("made");
                fs::write(file, "SELECT 1;").expect("written");
            }
            fs::create_dir_all(&path).expect("made");
            Self(path)
        }

        fn names(&self) -> Vec<String> {
            let start = self.0.display().to_string().len() + 1;
            let sources = sources(&self.0).expect("read");
            sources.into_iter().map(|source| source.path[start..].replace('\\', "/")).collect()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn files_are_in_the_order_in_which_they_run() {
        let folder =
            Folder::new("order", &["V10__c.sql", "V9__b.sql", "V1__a.SQL", "readme.md", "V2__x.down.sql"]);
        assert_eq!(folder.names(), ["V1__a.SQL", "V9__b.sql", "V10__c.sql"]);
    }

    #[test]
    fn each_migration_may_have_a_folder() {
        let files = ["2024_b/up.sql", "2024_b/down.sql", "2023_a/up.sql", "2025.up.sql", "2025.down.sql"];
        let folder = Folder::new("folders", &files);
        assert_eq!(folder.names(), ["2023_a/up.sql", "2024_b/up.sql", "2025.up.sql"]);
    }

    #[test]
    fn one_file_is_enough_and_none_is_told() {
        let folder = Folder::new("one", &["schema.sql"]);
        assert_eq!(sources(&folder.0.join("schema.sql")).expect("read").len(), 1);
        let empty = Folder::new("none", &[]);
        let error = sources(&empty.0).expect_err("no file").to_string();
        assert!(error.ends_with("there is no `.sql` file in it"), "{error}");
        let wide = folder.0.join("wide.sql");
        fs::write(&wide, b"\xff\xfeC\0R\0").expect("written");
        let error = sources(&wide).expect_err("UTF-16").to_string();
        assert!(error.ends_with("wide.sql: it is UTF-16: save it as UTF-8"), "{error}");
        let error = sources(&empty.0.join("absent")).expect_err("no folder").to_string();
        assert!(error.contains("absent: "), "{error}");
    }
}
