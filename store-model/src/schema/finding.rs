//! What can be found wrong with a table: every kind, with its text.

use std::error::Error;
use std::fmt;

macro_rules! findings {
    ($($(#[$doc:meta])* $name:ident { $($(#[$hole_doc:meta])* $hole:ident),* } = $text:literal;)*) => {
        /// One thing that keeps a store from working on a table as the contract says.
        ///
        /// Displayed it is one line: what is wrong, where, and what to do.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Finding {
            $($(#[$doc])* #[non_exhaustive] $name {
                $(#[doc = concat!("What stands in the text for `", stringify!($hole), "`.")] $hole: String,)*
            },)*
        }

        impl Finding {
            /// The name of every kind and its text.
            pub const KINDS: &'static [(&'static str, &'static str)] = &[$((stringify!($name), $text)),*];

            /// What to do: `run: ` and the statements, or words where no statement does it.
            #[must_use]
            pub fn remedy(&self) -> &str {
                match self {
                    $(Self::$name { remedy, .. } => remedy,)*
                }
            }

            /// What stands in its text under a name: `column`, `key`, `field`, `table`.
            #[must_use]
            pub fn told(&self, name: &str) -> Option<&str> {
                let holes: &[(&str, &String)] = match self {
                    $(Self::$name { $($hole),* } => &[$((stringify!($hole), $hole)),*],)*
                };
                holes.iter().find(|(known, _)| *known == name).map(|(_, text)| text.as_str())
            }

            /// The name of its kind.
            #[must_use]
            pub const fn kind(&self) -> &'static str {
                match self {
                    $(Self::$name { .. } => stringify!($name),)*
                }
            }
        }

        impl fmt::Display for Finding {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$name { $($hole),* } => write!(f, $text),)*
                }
            }
        }
    };
}

findings! {
    /// There is no such table.
    TableMissing { table, remedy } = "there is no table `{table}`: {remedy}";
    /// A field of the contract has no column.
    ColumnMissing { table, column, field, remedy } =
        "table `{table}` has no column `{column}`, in which `{field}` is kept: {remedy}, and fill it for the rows that are there";
    /// A column that an option names is not there.
    OptionColumnMissing { table, column, option, remedy } =
        "table `{table}` has no column `{column}`, which `{option}` names: {remedy}";
    /// A table that rows lead to is not there.
    OtherTableMissing { table, field, remedy } =
        "there is no table `{table}`, in which `{field}` is looked for: {remedy}";
    /// A table that rows lead to has no such column.
    OtherColumnMissing { table, column, field, remedy } =
        "table `{table}` has no column `{column}`, in which `{field}` is looked for: {remedy}";
    /// Nothing keeps a value to one row of a table that rows lead to.
    OtherKeyMissing { table, column, field, remedy } =
        "table `{table}` has no unique key on the column `{column}`, so that several rows can be that of one `{field}`: {remedy}";
    /// The values of a column are of another type.
    ColumnType { table, column, found, needed, remedy } =
        "column `{column}` of `{table}` is {found}, where {needed} is needed: {remedy}";
    /// A column has no room for every number of the contract.
    ColumnNarrow { table, column, found, needed, remedy } =
        "column `{column}` of `{table}` is {found}, which is narrower than {needed}: {remedy}";
    /// A column has no room for a word of the contract.
    ColumnShort { table, column, found, word, remedy } =
        "column `{column}` of `{table}` is {found}, in which the word `{word}` has no room: {remedy}";
    /// A column cuts times short of the microsecond.
    ColumnCoarse { table, column, found, needed, remedy } =
        "column `{column}` of `{table}` is {found}, which is coarser than the microseconds of {needed}: {remedy}";
    /// A column takes NULL, which its field can't be.
    ColumnNullable { table, column, field, remedy } =
        "column `{column}` of `{table}` takes NULL, where `{field}` must be something: {remedy}";
    /// A column takes no NULL, which is stored for a value of its field.
    ColumnNeverNull { table, column, field, remedy } =
        "column `{column}` of `{table}` takes no NULL, which is stored for a value of `{field}`: {remedy}";
    /// Nothing makes the value of a column that the store leaves to the database.
    ColumnUnmade { table, column, field, remedy } =
        "column `{column}` of `{table}` takes no NULL and has no default, where the database is to make `{field}`: {remedy}";
    /// A list of values lacks one that is written.
    LabelMissing { table, column, list, labels, of, remedy } =
        "{list} of column `{column}` of `{table}` has no {labels}, which `{of}` has: {remedy}";
    /// A list of values has one that can't be read.
    LabelUnread { table, column, list, labels, field, remedy } =
        "{list} of column `{column}` of `{table}` has {labels}, which is no label of `{field}`: {remedy}";
    /// A column wants a value that the store doesn't write.
    ColumnUnwritten { table, column, remedy } =
        "column `{column}` of `{table}` takes no NULL, has no default, and the store doesn't write it: {remedy}";
    /// The database makes the value of a column that the store writes.
    ColumnGenerated { table, column, field, remedy } =
        "column `{column}` of `{table}` is generated, where the store writes `{field}`: {remedy}";
    /// The values of a column that an option names are of another type.
    OptionColumnType { table, column, option, found, needed, remedy } =
        "column `{column}` of `{table}` is {found}, where `{option}` needs {needed}: {remedy}";
    /// A column that an option names takes no NULL, which the option writes.
    OptionColumnNeverNull { table, column, option, remedy } =
        "column `{column}` of `{table}` takes no NULL, which `{option}` writes: {remedy}";
    /// The database makes the value of a column that an option writes.
    OptionColumnGenerated { table, column, option, remedy } =
        "column `{column}` of `{table}` is generated, where `{option}` writes it: {remedy}";
    /// The database numbers its rows by itself, beside the ids that the store writes.
    IdNumbered { table, column, remedy } =
        "column `{column}` of `{table}` is numbered by a sequence, which doesn't follow the ids that the store writes and will give one of them again: {remedy}";
    /// A column holds keys equal that are not the same bytes.
    ColumnCollation { table, column, collation, effect, remedy } =
        "column `{column}` of `{table}` has the collation {collation}, which holds texts equal that differ in {effect}: {remedy}";
    /// An index holds keys equal that are not the same bytes.
    KeyCollation { table, key, collation, effect, remedy } =
        "key `{key}` of `{table}` has the collation {collation}, which holds texts equal that differ in {effect}: {remedy}";
    /// Nothing keeps an id to one record.
    IdKeyMissing { table, column, remedy } =
        "table `{table}` has no unique key on exactly the column `{column}`, in which ids are kept: {remedy}";
    /// Nothing keeps a provider id to one record.
    ProviderKeyMissing { table, column, remedy } =
        "table `{table}` has no unique key on exactly the column `{column}`, in which provider ids are kept: {remedy}";
    /// A key allows one record without a provider id.
    ProviderKeyTooWide { table, key, remedy } =
        "key `{key}` of `{table}` refuses a second record without provider id: {remedy}";
    /// Nothing keeps a subscriber to one live subscription.
    LiveKeyMissing { table, column, remedy } =
        "table `{table}` has no unique key on the column `{column}` of live subscriptions, on which `atomic` rests: {remedy}";
    /// The key behind `atomic` leaves out live subscriptions.
    LiveKeyTooNarrow { table, key, rows, remedy } =
        "key `{key}` of `{table}` holds only rows with {rows}, and so lets a subscriber have two live subscriptions: {remedy}";
    /// The key behind `atomic` refuses subscriptions that are not live.
    LiveKeyTooWide { table, key, rows, remedy } =
        "key `{key}` of `{table}` holds {rows}, and so refuses subscriptions that are not live: {remedy}";
    /// The key behind `atomic` can't be understood.
    LiveKeyUnproven { table, key, rows, remedy } =
        "can't prove that key `{key}` of `{table}` holds exactly the live subscriptions, its rows being {rows}: {remedy}";
    /// The key of a view can't be known.
    LiveKeyOfView { table, remedy } =
        "can't prove that a subscriber has one live subscription in `{table}`, which is a view: {remedy}";
    /// A key is there, but the database doesn't see that it is the one that the store means.
    KeyWords { table, key, rows, words, remedy } =
        "key `{key}` of `{table}` holds rows with {rows}, which the database doesn't take for {words}: {remedy}";
    /// A key is there, but doesn't do its work.
    KeyUnusable { table, key, reason, remedy } = "key `{key}` of `{table}` {reason}: {remedy}";
    /// The session lets the database change values that don't fit.
    NotStrict { mode, remedy } =
        "the session's sql_mode is `{mode}`, in which values that don't fit are cut and stored: {remedy}";
    /// The session sees instants in another zone than UTC.
    NotUtc { table, column, zone, remedy } =
        "the session's time_zone is `{zone}`, in which column `{column}` of `{table}` shows other times than UTC: {remedy}";
    /// A table of a store that locks is kept by an engine without transactions.
    NoTransactions { table, engine, remedy } =
        "table `{table}` is kept by {engine}, which has no transactions and locks no rows, on which `atomic(lock)` rests: {remedy}";
    /// The database refuses a statement of the store.
    Refused { table, task, message, remedy } =
        "the database refuses for `{table}` to {task}: {message}: {remedy}";
}

/// Everything that was found wrong, in the order of the checks; displayed it is one line for each finding.
#[derive(Clone, PartialEq, Eq)]
pub struct Findings(Vec<Finding>);

/// In lines of their own too: it is how a `main` that returns an error shows it.
impl fmt::Debug for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.iter().try_for_each(|finding| write!(f, "\n{finding}"))
    }
}

impl Findings {
    /// The findings, where there is one at least.
    #[must_use]
    pub fn of(findings: Vec<Finding>) -> Option<Self> {
        (!findings.is_empty()).then_some(Self(findings))
    }

    /// The findings in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.0.iter()
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, finding) in self.iter().enumerate() {
            let end = if index == 0 { "" } else { "\n" };
            write!(f, "{end}{finding}")?;
        }
        Ok(())
    }
}

impl Error for Findings {}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Findings {
    type Item = Finding;
    type IntoIter = std::vec::IntoIter<Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
