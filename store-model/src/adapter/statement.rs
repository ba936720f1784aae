//! Statements, and the operations that they are for.

use super::Bind;

/// One statement of an adapter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement<'a> {
    /// What it does.
    pub operation: Operation,
    /// Its text.
    pub sql: &'a str,
    /// What is bound to its placeholders.
    pub binds: &'a [Bind],
    /// The one status that it is for, where its text depends on which.
    pub status: Option<&'a str>,
    /// The columns that it leaves as they are, by what binds them: it is for records whose labels say nothing of these.
    pub without: &'a [Bind],
    name: &'a str,
}

impl<'a> Statement<'a> {
    /// A statement of an operation.
    #[must_use]
    pub const fn new(operation: Operation, sql: &'a str, binds: &'a [Bind]) -> Self {
        Self { operation, sql, binds, status: None, without: &[], name: operation.name() }
    }

    /// The same for one status, under a name of its own.
    #[must_use]
    pub const fn for_status(self, status: &'a str, name: &'a str) -> Self {
        Self { status: Some(status), name, ..self }
    }

    /// The same for records that leave some columns as they are, under a name of its own.
    #[must_use]
    pub const fn leaving(self, without: &'a [Bind], name: &'a str) -> Self {
        Self { without, name, ..self }
    }

    /// What the statement does, in words that are unique in its adapter.
    #[must_use]
    pub const fn name(&self) -> &'a str {
        self.name
    }
}

macro_rules! operations {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// What a statement does.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Operation {
            $($(#[$doc])* $variant,)*
        }

        impl Operation {
            /// Every operation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The operation in words.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

operations! {
    /// Creates or replaces by id, in one statement.
    Save = "save",
    /// The documents in text that a save replaces by id.
    Documents = "read the documents that a save replaces",
    /// What a record would read as where other columns decide.
    Decide = "ask what other columns decide",
    /// Replaces by id; no row where there is none.
    Update = "update",
    /// Adds a row.
    Insert = "insert",
    /// Waits until no other writes for the subscriber, and keeps others waiting until the transaction ends.
    Lock = "lock the subscriber",
    /// Adds a subscription unless its subscriber has a live one.
    Create = "create if not active",
    /// How many rows of other tables each link of what is written could lead to.
    Links = "look for the rows that are referred to",
    /// Which rule of uniqueness stands in the way: id, provider id and, for subscriptions, the live one.
    Conflicts = "which key conflicts",
    /// The same, on rows that others have committed since the caller's transaction began.
    ConflictsNow = "which key conflicts now",
    /// By id.
    Get = "get by id",
    /// By provider id.
    GetByProviderId = "get by provider id",
    /// The live subscription of a subscriber.
    GetActive = "get the live one of a subscriber",
    /// Everything.
    List = "list all",
    /// Plans that can be bought.
    ListActive = "list those that are active",
    /// Subscriptions, filtered.
    ListBySubscriber = "list by subscriber",
    /// Subscriptions, filtered.
    ListByPlan = "list by plan",
    /// Subscriptions, filtered.
    ListBySubscriberPlan = "list by subscriber and plan",
    /// Subscriptions, filtered.
    ListByStatus = "list by status",
    /// Subscriptions, filtered.
    ListBySubscriberStatus = "list by subscriber and status",
    /// Subscriptions, filtered.
    ListByPlanStatus = "list by plan and status",
    /// Subscriptions, filtered.
    ListBySubscriberPlanStatus = "list by subscriber, plan and status",
    /// The total of a metric in a range.
    Sum = "sum in a range",
    /// Usage in a range.
    ListRange = "list in a range",
    /// Usage that is not reported.
    ListUnreported = "list what is unreported",
    /// Sets the time of the report.
    Mark = "mark as reported",
    /// Removes by id.
    Delete = "delete by id",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_have_names_of_their_own() {
        let mut names: Vec<_> = Operation::ALL.iter().map(|operation| operation.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Operation::ALL.len());
    }
}
