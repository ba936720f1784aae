//! What the rules are run on.

use async_trait::async_trait;

use crate::error::Entity;

/// How much the rules do; the default suits a test run on a database on the same machine.
///
/// ```
/// use store_core::contract::Scale;
///
/// let thorough = Scale { rounds: 200, ..Scale::default() };
/// assert_eq!(thorough.tasks, 32);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// How many tasks start together in a race.
    pub tasks: usize,
    /// How often a race is run.
    pub rounds: usize,
    /// How many random operations are held against a model.
    pub operations: usize,
}

impl Default for Scale {
    fn default() -> Self {
        Self { tasks: 32, rounds: 20, operations: 300 }
    }
}

/// A store whose rows the suite can break, so that it can see that they are told as corrupt.
///
/// ```
/// use store_core::contract::Corruptible;
/// use store_core::{Entity, async_trait};
///
/// struct Rows;
///
/// #[async_trait]
/// impl Corruptible for Rows {
///     async fn corrupt(&self, entity: Entity, id: &str, field: &str) -> Option<String> {
///         let unreadable = match field {
///             "metadata" => "{",
///             "created_at" => "yesterday",
///             _ => return None, // Every text is a good `name`.
///         };
///         // .. UPDATE the row `id` of the table of this `entity`, and give the name of the column ..
/// #       let _ = (entity, id, unreadable);
///         Some(field.to_owned())
///     }
/// }
/// ```
#[async_trait]
pub trait Corruptible: Send + Sync {
    /// Writes a value that can't be read into the column that keeps this field, in the row with this id, behind the
    /// store's back.
    ///
    /// Gives the name of the column, or `None` where the column can hold no such value; it may panic where the
    /// database refuses.
    async fn corrupt(&self, entity: Entity, id: &str, field: &str) -> Option<String>;
}
