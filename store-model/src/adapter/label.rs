//! Values of the contract, and what is stored for them.

/// What is stored for the values of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Labels<'a> {
    /// One for each value that has a label.
    pub list: &'a [Label<'a>],
    /// Whether other values are stored as they are; else they are refused.
    pub open: bool,
}

impl<'a> Labels<'a> {
    /// What is stored for a value, if it has a label.
    #[must_use]
    pub fn of(&self, meaning: Meaning<'_>) -> Option<&'a [Stored<'a>]> {
        self.list.iter().find(|label| label.meaning == meaning).map(|label| label.stored)
    }
}

/// What is stored for one value of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label<'a> {
    /// The value.
    pub meaning: Meaning<'a>,
    /// All that reads as it; the first is written. At least one.
    pub stored: &'a [Stored<'a>],
}

impl<'a> Label<'a> {
    /// The label of a value.
    #[must_use]
    pub const fn new(meaning: Meaning<'a>, stored: &'a [Stored<'a>]) -> Self {
        Self { meaning, stored }
    }
}

/// A value of the contract that has a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning<'a> {
    /// A word of a status or an interval, known to the contract or not.
    Word(&'a str),
    /// True or false.
    Boolean(bool),
    /// So many of an interval.
    Interval(&'a str, u32),
}

/// A value as a column has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored<'a> {
    /// Text.
    Text(&'a str),
    /// A number.
    Integer(i64),
    /// True or false.
    Boolean(bool),
    /// NULL.
    Null,
    /// Of several columns, what is stored in each: all that reads so, of which the first is written; nothing where anything
    /// does, which then stays as it is.
    Tuple(&'a [&'a [Stored<'a>]]),
}

/// A value of the contract that stands in an annotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constant<'a> {
    /// Of a text, a key or a word.
    Text(&'a str),
    /// Of a number.
    Integer(i64),
    /// Of what is true or false.
    Boolean(bool),
    /// Of a time: microseconds since 1970.
    Time(i64),
    /// An empty list or map.
    Empty,
}
