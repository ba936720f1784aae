//! The user's own codecs, as far as an adapter knows of them.

use core::any::Any;
use core::fmt;

/// What makes the values of one column of a codec, `with = path::Type`.
///
/// Which functions they are only the run time knows, which made them; to all others they are one thing or another.
#[derive(Clone, Copy)]
pub struct Code<'a> {
    /// The name of its type.
    pub name: fn() -> &'static str,
    /// Its functions.
    pub functions: &'a (dyn Any + Send + Sync),
    /// Which of the codec's columns it is, counted from zero.
    pub number: u8,
    /// Whether the column may be NULL.
    pub takes_null: bool,
}

impl fmt::Debug for Code<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Code({}, {})", (self.name)(), self.number)
    }
}

impl PartialEq for Code<'_> {
    fn eq(&self, other: &Self) -> bool {
        let functions = |code: &Self| core::ptr::from_ref(code.functions).cast::<()>();
        self.number == other.number && functions(self) == functions(other)
    }
}

impl Eq for Code<'_> {}
