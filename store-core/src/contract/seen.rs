//! What a call gave, and the expectations that a rule may have of it.

use std::fmt::{self, Debug};

use super::rule::{Failure, Outcome};
use crate::error::{Conflict, Entity, Result, StoreError};

/// Longest text of a value in a failure: enough for a record, too short for a value that tries a store's limits.
const LONGEST: usize = 1_500;

/// The result of a call, with the call as text.
pub(super) struct Seen<T> {
    entity: Entity,
    call: String,
    pub(super) result: Result<T>,
}

/// Calls a method of a store.
macro_rules! call {
    ($entity:expr, $store:expr, $method:ident($($argument:expr),*)) => {{
        let result = $store.$method($($argument),*).await;
        Seen::new($entity, stringify!($method), &[$(&$argument as &dyn std::fmt::Debug),*], result)
    }};
}
pub(super) use call;

/// The refusals that the contract tells apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    NotFound,
    AlreadyExists(Conflict),
    Overflow,
}

impl<T: Debug> Seen<T> {
    pub(super) fn new(entity: Entity, method: &str, arguments: &[&dyn Debug], result: Result<T>) -> Self {
        let arguments: Vec<_> = arguments.iter().map(short).collect();
        Self { entity, call: format!("{method}({})", arguments.join(", ")), result }
    }

    /// The same call with another result made of this one.
    pub(super) fn map<U>(self, change: impl FnOnce(T) -> Result<U>) -> Seen<U> {
        Seen { entity: self.entity, call: self.call, result: self.result.and_then(change) }
    }

    /// A failure of this call.
    pub(super) fn failure(&self, expected: impl fmt::Display) -> Failure {
        Failure::new(format!("`{}`: expected {expected}, got {}", self.call, short(&self.result)))
    }

    pub(super) fn ok(self) -> Outcome<T> {
        match self.result {
            Ok(value) => Ok(value),
            Err(_) => Err(self.failure("success")),
        }
    }

    /// Whether it is exactly this value.
    pub(super) fn is<E: Debug + ?Sized>(&self, expected: &E) -> Outcome
    where
        T: PartialEq<E>,
    {
        match &self.result {
            Ok(value) if value == expected => Ok(()),
            Ok(value) => Err(Failure::new(format!("`{}`: {}", self.call, difference(expected, value)))),
            Err(_) => Err(self.failure(short(&expected))),
        }
    }

    pub(super) fn refused(&self, refusal: &Refusal) -> Outcome {
        match (refusal, &self.result) {
            (Refusal::NotFound, Err(StoreError::NotFound { entity, .. })) if *entity == self.entity => Ok(()),
            (Refusal::AlreadyExists(expected), Err(StoreError::AlreadyExists { entity, conflict }))
                if *entity == self.entity && conflict == expected =>
            {
                Ok(())
            }
            (Refusal::Overflow, Err(StoreError::Overflow)) => Ok(()),
            _ => Err(self.failure(format!("{refusal:?} of the {}", self.entity))),
        }
    }

    /// Not found, and told by the key that was asked for.
    pub(super) fn not_found(&self, asked: &str) -> Outcome {
        match &self.result {
            Err(StoreError::NotFound { entity, key }) if *entity == self.entity && key == asked => Ok(()),
            _ => Err(self.failure(format!("NotFound of the {} {}", self.entity, short(&asked)))),
        }
    }

    pub(super) fn conflict(&self, conflict: Conflict) -> Outcome {
        self.refused(&Refusal::AlreadyExists(conflict))
    }

    /// The value or the refusal that a model foretells.
    pub(super) fn agrees(&self, expected: &Result<T, Refusal>) -> Outcome
    where
        T: PartialEq,
    {
        match expected {
            Ok(value) => self.is(value),
            Err(refusal) => self.refused(refusal),
        }
    }

    /// Whether a value that some stores can't hold was taken; a refusal must be `InvalidInput`, naming `field` if given.
    pub(super) fn taken(&self, named: Option<&str>) -> Outcome<bool> {
        match &self.result {
            Ok(_) => Ok(true),
            Err(StoreError::InvalidInput { entity, field, .. })
                if *entity == self.entity && (named.is_none() || *field == named) =>
            {
                Ok(false)
            }
            Err(_) => Err(self.failure(match named {
                Some(field) => format!("success, or InvalidInput of the {} naming `{field}`", self.entity),
                None => format!("success, or InvalidInput of the {}", self.entity),
            })),
        }
    }

    /// A value that the store says it can't hold is refused, by the name of its field.
    pub(super) fn invalid(&self, named: &str) -> Outcome {
        match self.taken(Some(named)) {
            Ok(false) => Ok(()),
            _ => Err(self.failure(format!("InvalidInput of the {} naming `{named}`", self.entity))),
        }
    }

    /// A write to what can't be written is told as that.
    pub(super) fn read_only(&self) -> Outcome {
        match &self.result {
            Err(StoreError::ReadOnly { entity }) if *entity == self.entity => Ok(()),
            _ => Err(self.failure(format!("ReadOnly of the {}", self.entity))),
        }
    }

    /// Whether a row that can't be read is told as what it is.
    pub(super) fn corrupt(&self, id: &str, broken: &str) -> Outcome {
        match &self.result {
            Err(StoreError::Corrupt { entity, key, column, .. })
                if *entity == self.entity && key == id && column == broken =>
            {
                Ok(())
            }
            _ => {
                Err(self
                    .failure(format!("Corrupt of the {} {id:?} naming the column `{broken}`", self.entity)))
            }
        }
    }
}

/// Fails with a text, unless the condition holds.
pub(super) fn expect(condition: bool, text: impl FnOnce() -> String) -> Outcome {
    if condition { Ok(()) } else { Err(Failure::new(text())) }
}

fn short(value: &impl Debug) -> String {
    shortened(format!("{value:?}"))
}

fn shortened(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        let length = text.len();
        text.truncate(end);
        text.push_str(&format!(".. ({length} bytes)"));
    }
    text
}

/// The lines in which two values differ, or both where their shapes differ.
fn difference<E: Debug + ?Sized>(expected: &E, seen: &impl Debug) -> String {
    let (expected, seen) = (format!("{expected:#?}"), format!("{seen:#?}"));
    let lines = expected.lines().zip(seen.lines()).filter(|(expected, seen)| expected != seen);
    if expected.lines().count() != seen.lines().count() {
        return format!("expected {}, got {}", shortened(expected), shortened(seen));
    }
    let lines = lines.map(|(expected, seen)| {
        format!("expected `{}`, got `{}`", shortened(expected.trim().into()), shortened(seen.trim().into()))
    });
    lines.collect::<Vec<_>>().join("; ")
}
