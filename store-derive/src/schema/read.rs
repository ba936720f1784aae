//! Reading the files of SQL, once for all derives of a crate.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use store_model::adapter::Dialect;
use store_model::schema::files::{self, Schema};

/// What the files of a path say.
pub(super) struct Read {
    pub(super) schema: Schema,
    /// The files, as the compiler finds them.
    pub(super) files: Vec<String>,
}

/// Which files there were, of which size and when they were last changed: an editor asks again in the same process.
type Stamp = Vec<(PathBuf, u64, Option<SystemTime>)>;

struct Known {
    dialect: Dialect,
    root: PathBuf,
    stamp: Stamp,
    read: Arc<Read>,
}

static KNOWN: Mutex<Vec<Known>> = Mutex::new(Vec::new());

/// The tables that the files of a path make, which begins at the folder of the user's Cargo.toml.
pub(super) fn schema(dialect: Dialect, path: &str) -> io::Result<Arc<Read>> {
    let base = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    let root = base.join(path);
    let stamp = stamp(&root).map_err(|error| named(&base, error))?;
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = known.iter().find(|it| it.dialect == dialect && it.root == root && it.stamp == stamp)
    {
        return Ok(Arc::clone(&known.read));
    }
    let read = Arc::new(read(dialect, &base, &stamp).map_err(|error| named(&base, error))?);
    known.retain(|it| it.dialect != dialect || it.root != root);
    known.push(Known { dialect, root, stamp, read: Arc::clone(&read) });
    Ok(read)
}

fn stamp(root: &Path) -> io::Result<Stamp> {
    let stamp = |path: PathBuf| {
        let metadata = fs::metadata(&path)?;
        Ok((path, metadata.len(), metadata.modified().ok()))
    };
    files::files(root)?.into_iter().map(stamp).collect()
}

fn read(dialect: Dialect, base: &Path, stamp: &Stamp) -> io::Result<Read> {
    let sources = stamp.iter().map(|(path, ..)| {
        let mut source = files::source(path)?;
        if let Ok(short) = path.strip_prefix(base) {
            source.path = short.display().to_string();
        }
        Ok(source)
    });
    let sources = sources.collect::<io::Result<Vec<_>>>()?;
    let files = stamp.iter().map(|(path, ..)| path.display().to_string()).collect();
    Ok(Read { schema: files::read(dialect, &sources), files })
}

/// An error with paths as the user knows them.
fn named(base: &Path, error: io::Error) -> io::Error {
    let base = format!("{}/", base.display());
    io::Error::new(error.kind(), error.to_string().replace(&base, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_read_once_until_they_change() {
        let folder = env::temp_dir().join(format!("store-derive-read-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("made");
        let path = folder.join("1.sql");
        fs::write(&path, "CREATE TABLE a (x int);").expect("written");
        let read = |dialect| schema(dialect, &folder.display().to_string()).expect("read");
        let first = read(Dialect::Postgres);
        assert!(Arc::ptr_eq(&first, &read(Dialect::Postgres)), "another derive reads nothing");
        assert!(!Arc::ptr_eq(&first, &read(Dialect::Sqlite)), "another database reads otherwise");
        assert!(Arc::ptr_eq(&first, &read(Dialect::Postgres)));
        fs::write(&path, "CREATE TABLE abc (x int);").expect("written");
        let changed = read(Dialect::Postgres);
        assert!(!Arc::ptr_eq(&first, &changed), "an editor sees the change in the same process");
        fs::write(folder.join("2.sql"), "CREATE TABLE b (x int);").expect("written");
        assert_eq!(read(Dialect::Postgres).files.len(), 2);
        fs::remove_dir_all(&folder).expect("removed");
    }
}
