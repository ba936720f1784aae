//! Every change of a table, one at a time.

use store_core::__private::{Adapter, Column as Kept, Dialect};

use crate::script::{Column, Item, Script, names};
use crate::{keys, retyped};

/// A changed table, and which rules can refuse it.
#[derive(Clone, Debug)]
pub(crate) struct Mutant {
    /// What is changed, as the table of results groups it.
    pub(crate) group: &'static str,
    pub(crate) name: String,
    /// The findings of which one must be there, if the table doesn't do.
    pub(crate) rules: &'static [&'static str],
    pub(crate) script: Script,
    /// Columns, and values that another application may write into them.
    pub(crate) others: Vec<(String, &'static str)>,
    /// Why what the database says of it isn't held against the check, if it isn't.
    pub(crate) excluded: Option<&'static str>,
}

/// What is changed.
pub(crate) struct Subject<'a> {
    pub(crate) dialect: Dialect,
    pub(crate) adapter: &'a Adapter<'static>,
    pub(crate) script: &'a Script,
    pub(crate) texts: &'static [Text],
}

/// A change of what is beside the table.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) name: &'static str,
    pub(crate) from: &'static str,
    pub(crate) to: &'static str,
}

impl Subject<'_> {
    pub(crate) fn mutant(
        &self,
        group: &'static str,
        name: String,
        rules: &'static [&'static str],
        script: Script,
    ) -> Mutant {
        Mutant { group, name, rules, script, others: Vec::new(), excluded: None }
    }

    /// The column of a field, or of an option.
    pub(crate) fn kept(&self, column: &Column) -> Option<Kept<'static>> {
        let is_it = |name: &str| match self.dialect {
            Dialect::Postgres => name == column.name,
            _ => name.eq_ignore_ascii_case(&column.name),
        };
        let options = self.adapter.options();
        let extras =
            options.scope.iter().chain(options.insert).chain(options.write).map(|extra| extra.column);
        let mark = options.soft_delete.iter().map(|mark| mark.column);
        let fields = self.adapter.parts().map(|part| *part.column);
        fields.chain(extras).chain(mark).find(|kept| is_it(kept.name))
    }

    /// Whether a text compares by a collation.
    fn is_text(&self, column: &Column) -> bool {
        let ty = column.ty.to_lowercase();
        ["text", "varchar", "char"].iter().any(|word| ty.starts_with(word)) && !ty.ends_with(']')
    }
}

/// Every mutant.
pub(crate) fn all(subject: &Subject<'_>) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    for (at, column) in subject.script.columns() {
        columns(subject, at, column, &mut mutants);
        nulls(subject, at, column, &mut mutants);
        retyped::all(subject, at, column, &mut mutants);
        collations(subject, at, column, &mut mutants);
        generated(subject, at, column, &mut mutants);
        numbered(subject, at, column, &mut mutants);
    }
    more(subject, &mut mutants);
    beside(subject, &mut mutants);
    mutants.extend(keys::all(subject));
    mutants.extend(keys::labels(subject));
    mutants
}

fn columns(subject: &Subject<'_>, at: usize, column: &Column, mutants: &mut Vec<Mutant>) {
    let rules: &[_] = if column.rest.contains("GENERATED") {
        keys::RULES
    } else if subject.script.is_checked(&column.name) {
        // With it goes what kept NULL out of others.
        &["ColumnMissing", "OptionColumnMissing", "ColumnNullable"]
    } else {
        &["ColumnMissing", "OptionColumnMissing"]
    };
    let dropped = subject.script.clone().without(at).without_keys_of(&column.name);
    mutants.push(subject.mutant("column dropped", column.name.clone(), rules, dropped));
    let renamed = subject.script.clone().renamed(&column.name, &format!("{}_x", column.name));
    mutants.push(subject.mutant("column renamed", column.name.clone(), rules, renamed));
}

fn nulls(subject: &Subject<'_>, at: usize, column: &Column, mutants: &mut Vec<Mutant>) {
    let is_key = column.rest.contains("PRIMARY KEY");
    let name = || column.name.clone();
    if column.rest.contains("NOT NULL") {
        let nullable =
            subject.script.clone().with_column(at, |it| it.rest = it.rest.replacen("NOT NULL", "", 1));
        let mut mutant = subject.mutant("takes NULL", name(), &["ColumnNullable"], nullable);
        if is_key && subject.dialect == Dialect::Sqlite {
            mutant.excluded = Some("SQLite takes NULL in any primary key, and nobody writes it there");
        }
        mutants.push(mutant);
    } else if !is_key && !column.rest.contains("GENERATED") {
        let rules = &["ColumnNeverNull", "OptionColumnNeverNull", "ColumnUnmade", "ColumnUnwritten"];
        let strict = subject.script.clone().with_column(at, |it| {
            it.rest = format!("NOT NULL {}", it.rest.trim_start().trim_start_matches("NULL"));
        });
        mutants.push(subject.mutant("takes no NULL", name(), rules, strict));
    }
    if let Some(default) = column.rest.find("DEFAULT ") {
        let end = column.rest[default + 8..].find(" ").map_or(column.rest.len(), |end| default + 8 + end);
        let without = subject.script.clone().with_column(at, |it| it.rest.replace_range(default..end, ""));
        mutants.push(subject.mutant(
            "default dropped",
            name(),
            &["ColumnUnwritten", "ColumnUnmade"],
            without,
        ));
    }
}

/// What may stand behind any type.
pub(crate) fn kept_rest(rest: &str) -> String {
    let null = if rest.contains("NOT NULL") { "NOT NULL" } else { "" };
    let key = if rest.contains("PRIMARY KEY") { " PRIMARY KEY" } else { "" };
    format!("{null}{key}")
}

/// A collation of Postgres that holds upper and lower case for the same.
const FOLDING: &str =
    "CREATE COLLATION folding (provider = icu, locale = 'und-u-ks-level2', deterministic = false);";

/// Where each schema finds it; another may be making it at the same moment.
const CITEXT: &str = "DO $$ BEGIN CREATE EXTENSION IF NOT EXISTS citext SCHEMA pg_catalog; \
    EXCEPTION WHEN unique_violation THEN NULL; END $$;";

fn collations(subject: &Subject<'_>, at: usize, column: &Column, mutants: &mut Vec<Mutant>) {
    if !subject.is_text(column) || subject.kept(column).is_none() || column.rest.contains("GENERATED") {
        return;
    }
    let collations: &[&str] = match subject.dialect {
        Dialect::Sqlite => &["NOCASE", "RTRIM"],
        Dialect::Postgres => &["folding", "\"en-x-icu\""],
        Dialect::MySql => &["utf8mb4_general_ci", "utf8mb4_bin"],
    };
    for collation in collations {
        let changed = subject.script.clone().with_column(at, |it| {
            let rest = it.rest.replace("COLLATE \"C\"", "");
            it.rest = format!("COLLATE {collation} {rest}");
        });
        let changed = if *collation == "folding" { changed.after(FOLDING) } else { changed };
        let rules = &["ColumnCollation", "KeyCollation"];
        let mut mutant = subject.mutant("collation", format!("{} {collation}", column.name), rules, changed);
        // A check compares as its column does, and so takes words that it doesn't list.
        if column.rest.contains("CHECK") {
            mutant.others = ["'ACTIVE'", "'active '"].map(|word| (column.name.clone(), word)).to_vec();
        }
        mutants.push(mutant);
    }
    if subject.dialect == Dialect::Postgres {
        mutants.extend(folding_types(subject, at, column));
    }
}

/// The type of Postgres that compares without case, and a domain over it.
fn folding_types(subject: &Subject<'_>, at: usize, column: &Column) -> Vec<Mutant> {
    let rules = &["ColumnType", "OptionColumnType", "ColumnCollation", "KeyCollation"];
    let mutant = |ty: &str| {
        let changed = subject.script.clone().with_column(at, |it| {
            it.ty = ty.into();
            it.rest = it.rest.replace("COLLATE \"C\"", "");
        });
        let name = format!("{} {ty}", column.name);
        subject.mutant(
            "folding type",
            name,
            rules,
            changed.after("CREATE DOMAIN email AS citext;").after(CITEXT),
        )
    };
    ["citext", "email"].map(mutant).to_vec()
}

fn generated(subject: &Subject<'_>, at: usize, column: &Column, mutants: &mut Vec<Mutant>) {
    if column.rest.contains("GENERATED") || column.rest.contains("PRIMARY KEY") {
        return;
    }
    let ty = column.ty.to_lowercase();
    let value = match ty.as_str() {
        _ if ty.starts_with("text") || ty.starts_with("varchar") || ty.starts_with("longtext") => "'x'",
        _ if ty.contains("int") => "1",
        _ if ty.starts_with("boolean") => "TRUE",
        _ => return,
    };
    let changed = subject.script.clone().with_column(at, |it| {
        it.rest = format!("GENERATED ALWAYS AS ({value}) STORED");
    });
    let rules = &["ColumnGenerated", "OptionColumnGenerated"];
    mutants.push(subject.mutant("generated", column.name.clone(), rules, changed));
}

/// Ids that the database makes.
fn numbered(subject: &Subject<'_>, at: usize, column: &Column, mutants: &mut Vec<Mutant>) {
    let is_id = subject.kept(column).is_some_and(|kept| kept.name == subject.adapter.kept(0).name);
    if !is_id || !column.ty.to_lowercase().contains("int") || !column.rest.contains("PRIMARY KEY") {
        return;
    }
    let ways: &[_] = match subject.dialect {
        Dialect::Sqlite => &[("INTEGER", "PRIMARY KEY AUTOINCREMENT")],
        Dialect::Postgres => &[
            ("bigint", "GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"),
            ("bigint", "DEFAULT nextval('numbers') PRIMARY KEY"),
        ],
        Dialect::MySql => &[("bigint", "AUTO_INCREMENT PRIMARY KEY")],
    };
    for &(ty, rest) in ways {
        let script = subject.script.clone().with_column(at, |it| (it.ty, it.rest) = (ty.into(), rest.into()));
        let script = if rest.contains("numbers") { script.after("CREATE SEQUENCE numbers;") } else { script };
        mutants.push(subject.mutant("numbered", format!("{} {rest}", column.name), &["IdNumbered"], script));
    }
}

/// What is read from beside the table.
fn beside(subject: &Subject<'_>, mutants: &mut Vec<Mutant>) {
    let whole = subject.script.text();
    for Text { name, from, to } in subject.texts {
        assert!(whole.contains(from), "{from}");
        let script = Script::of(&whole.replacen(from, to, 1), subject.adapter.table.name);
        let rules = &["OtherTableMissing", "OtherColumnMissing"];
        mutants.push(subject.mutant("view", (*name).into(), rules, script));
    }
}

/// Columns that nobody has mapped.
fn more(subject: &Subject<'_>, mutants: &mut Vec<Mutant>) {
    let rules = &["ColumnUnwritten"];
    for definition in [
        "extra INTEGER NOT NULL",
        "extra INTEGER NOT NULL DEFAULT 7",
        "extra INTEGER",
        "extra VARCHAR(20) NOT NULL",
    ] {
        let more = subject.script.clone().with(definition);
        mutants.push(subject.mutant("column added", definition.into(), rules, more));
    }
}

/// A column that can stand in a key beside the others of it.
pub(crate) fn another<'s>(subject: &'s Subject<'_>, key: &str) -> Option<&'s Column> {
    let columns = subject.script.columns().map(|(_, column)| column);
    let mut others = columns.filter(|column| !names(key, &column.name) && subject.kept(column).is_some());
    others.find(|column| {
        let ty = column.ty.to_lowercase();
        column.rest.contains("NOT NULL") && !ty.contains("json") && !ty.contains("longtext") && ty != "text[]"
    })
}

/// Whether a line is a key of the table.
pub(crate) fn is_unique(item: &Item) -> bool {
    match item {
        Item::Column(column) => column.rest.contains("PRIMARY KEY") || column.rest.contains("UNIQUE"),
        Item::Other(text) => text.contains("PRIMARY KEY") || text.contains("UNIQUE"),
    }
}
