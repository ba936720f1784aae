//! What a store says of itself: what it keeps of each field, and which rules of the contract it holds in a weaker form.

use core::ops::RangeInclusive;

pub use crate::adapter::{Code, Constant};
use crate::contract::{Entity, Kind};

mod display;
mod of;

/// What a store keeps of its records, field by field, and the rules that it holds in a weaker form. What is not said here
/// is as the contract has it.
///
/// Displayed it is a table to print when a program starts. A store that is written by hand says what it keeps with the
/// methods that take a field's name; they panic for a name that the record does not have.
///
/// ```
/// use store_model::contract::Entity;
/// use store_model::mapping::{Constant, Mapping};
///
/// let mapping = Mapping::whole(Entity::Subscription)
///     .absent("metadata")
///     .always("plan_id", Constant::Text("membership"))
///     .words("status", &["active", "canceled"]);
/// assert_eq!(mapping.exceptions().count(), 3);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mapping {
    /// The record.
    pub entity: Entity,
    /// The table, if there is one.
    pub table: Option<String>,
    /// Each field, in the order of the contract.
    pub fields: Vec<FieldMapping>,
    /// The rules that are held in a weaker form.
    pub weaker: Vec<Weaker>,
}

/// What a store keeps of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldMapping {
    /// The contract's word for it.
    pub name: &'static str,
    /// What kind of value it holds.
    pub kind: Kind,
    /// Where it is.
    pub home: Home,
    /// The further columns that it is in.
    pub beside: Vec<&'static str>,
    /// The values that can be saved; any other is `InvalidInput` and names the field.
    pub values: Values,
    /// Of a time, how it is cut.
    pub step: Step,
    /// The value that can't be told from none, and so can't be saved.
    pub none: Option<Constant<'static>>,
    /// What NULL reads as.
    pub null: Option<Null>,
    /// Whether none can't be saved, where the contract has it.
    pub required: bool,
    /// The field in whose column it is; the two hold one value.
    pub shared: Option<&'static str>,
    /// Whether what has no place is dropped, on purpose, instead of refused.
    pub dropped: bool,
    /// Whether the database makes its value, whatever is saved.
    pub generated: bool,
    /// The other table that has its values, of which only those can be saved that a row has there.
    pub elsewhere: Option<String>,
    /// Whether only what is read has it: a save whose value differs from what is read back is refused.
    pub view_only: bool,
}

/// Where a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Home {
    /// In a column; the first of several, where there are others beside it.
    Column(&'static str),
    /// Within a JSON document: the column, and the keys that lead to the value.
    Document(&'static str, &'static [crate::adapter::Step<'static>]),
    /// In the column of another field, which keeps both.
    Within(&'static str),
    /// In a column for each of its keys.
    Keys,
    /// Other columns decide it.
    Decided,
    /// Nowhere: it reads as this value, and no other can be saved.
    Constant(Constant<'static>),
    /// Nowhere: it reads as none or empty, and nothing else can be saved.
    Absent,
    /// In a store that has no columns.
    Kept,
}

impl Home {
    /// Whether a value that is saved has a place of its own.
    #[must_use]
    pub const fn is_own(&self) -> bool {
        matches!(self, Self::Kept | Self::Column(_) | Self::Document(..) | Self::Keys)
    }
}

/// The values of a field that can be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Values {
    /// Every one of the contract.
    All,
    /// UUIDs in lower case with four hyphens.
    Uuids,
    /// Whole numbers in this range; of a text, their digits as numbers are written: `7`, not `007` or `+7`.
    Integers(RangeInclusive<i128>),
    /// Texts of so many letters at most that don't end in a blank.
    Short(u16),
    /// Words, or true and false.
    Words(Words),
    /// Intervals: words, each with the one count that it has, if it has one; and what other words are, of which one is
    /// counted.
    Intervals(Vec<(&'static str, Option<u32>)>, Others),
    /// Times in this range, in microseconds since 1970.
    Times(RangeInclusive<i64>),
    /// Those that a codec of the application takes.
    Coded(&'static Code<'static>),
    /// Maps without these keys, which are those of other fields.
    KeysBut(Vec<&'static str>),
    /// Maps of these keys to numbers in this range; lists of these elements, each once and in this order.
    Keys(Vec<&'static str>, RangeInclusive<i128>),
    /// Lists of texts that can be told apart with this between them: no element has it, and one empty element is none.
    Delimited(&'static str),
}

/// The words of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Words {
    /// Those that are stored under a label.
    pub labelled: Vec<&'static str>,
    /// What other words are.
    pub others: Others,
}

/// What becomes of words without a label.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Others {
    /// They are refused.
    Refused,
    /// They are stored as they are, but for these, which are labels of others.
    Texts(Vec<&'static str>),
    /// The same of words that have so many letters at most and don't end in a blank.
    Short(u16, Vec<&'static str>),
    /// Whole numbers in this range are stored as they are, but for these, which are labels of others; other words are
    /// refused.
    Integers(RangeInclusive<i128>, Vec<i64>),
}

impl Others {
    /// Whether a word without a label can be saved.
    #[must_use]
    pub fn hold(&self, word: &str) -> bool {
        match self {
            Self::Refused => false,
            Self::Texts(taken) => !taken.contains(&word),
            Self::Short(letters, taken) => {
                !taken.contains(&word) && word.chars().count() <= (*letters).into() && !word.ends_with(' ')
            }
            Self::Integers(range, taken) => {
                let number = word.parse::<i128>().ok().filter(|number| number.to_string() == word);
                let is_taken = |number: &i128| taken.iter().any(|taken| i128::from(*taken) == *number);
                number.is_some_and(|number| range.contains(&number) && !is_taken(&number))
            }
        }
    }
}

/// How a time is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// To whole microseconds, as the contract has it.
    Micros,
    /// Downward to a multiple of so many microseconds since 1970.
    Cut(i64),
    /// Not at all: a time that is no multiple of so many microseconds is refused.
    Exact(i64),
}

impl Step {
    /// How many microseconds it has.
    #[must_use]
    pub const fn micros(self) -> i64 {
        match self {
            Self::Micros => 1,
            Self::Cut(micros) | Self::Exact(micros) => micros,
        }
    }
}

/// What NULL reads as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Null {
    /// This value.
    Is(Constant<'static>),
    /// The value of another field.
    IsField(&'static str),
}

/// A rule of the contract that a store holds in a weaker form.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Weaker {
    /// Nothing can be written.
    ReadOnly,
    /// S1: what is deleted stays under a mark, and its id can't be used again, nor its provider id where a key has both.
    DeletedIdsStay,
    /// S3: beside a subscription that is not live, its subscriber can have no other either.
    OnePerSubscriber,
    /// S3, S4: of writers that take the same lock, on one primary, one leaves a subscriber a live subscription; others are
    /// not kept from it. Where a row is locked, a subscriber without one has no subscription.
    Locked {
        /// The table of the row; none where the subscriber is locked by name.
        row: Option<&'static str>,
    },
    /// S5: several records may have one provider id; a look-up finds the live one, then the newest.
    ProviderIdRepeats,
    /// G6: the database holds texts of this field equal that differ in their bytes, and refuses the second.
    Folds(&'static str),
    /// U1: what counts once is these columns together, not the id alone.
    Key(Vec<&'static str>),
}

impl Mapping {
    /// A store that keeps everything as the contract has it.
    #[must_use]
    pub fn whole(entity: Entity) -> Self {
        let fields = entity.fields().iter().map(|field| FieldMapping {
            name: field.name,
            kind: field.kind,
            home: Home::Kept,
            beside: Vec::new(),
            values: Values::All,
            step: Step::Micros,
            none: None,
            null: None,
            required: false,
            shared: None,
            dropped: false,
            generated: false,
            elsewhere: None,
            view_only: false,
        });
        Self { entity, table: None, fields: fields.collect(), weaker: Vec::new() }
    }

    /// The fields that are not kept as the contract has it.
    pub fn exceptions(&self) -> impl Iterator<Item = &FieldMapping> {
        self.fields.iter().filter(|field| !field.is_whole())
    }

    /// A field by its name.
    ///
    /// # Panics
    /// If the record has no such field.
    #[must_use]
    pub fn field(&self, name: &str) -> &FieldMapping {
        &self.fields[self.place(name)]
    }

    fn place(&self, name: &str) -> usize {
        let found = self.fields.iter().position(|field| field.name == name);
        found.unwrap_or_else(|| panic!("a {} has no field `{name}`", self.entity))
    }

    fn with(mut self, name: &str, change: impl FnOnce(&mut FieldMapping)) -> Self {
        let place = self.place(name);
        change(&mut self.fields[place]);
        self
    }

    /// The same without a place for a field: it reads as none or empty.
    #[must_use]
    pub fn absent(self, field: &str) -> Self {
        self.with(field, |field| field.home = Home::Absent)
    }

    /// The same with one value of a field.
    #[must_use]
    pub fn always(self, field: &str, value: Constant<'static>) -> Self {
        self.with(field, |field| field.home = Home::Constant(value))
    }

    /// The same, where other fields decide one: a record that they don't agree with is refused.
    #[must_use]
    pub fn decided(self, field: &str) -> Self {
        self.with(field, |field| field.home = Home::Decided)
    }

    /// The same with these values of a field.
    #[must_use]
    pub fn holding(self, field: &str, values: Values) -> Self {
        self.with(field, |field| field.values = values)
    }

    /// The same with these words of a field and no others.
    #[must_use]
    pub fn words(self, field: &str, words: &[&'static str]) -> Self {
        let words = Words { labelled: words.to_vec(), others: Others::Refused };
        self.holding(field, Values::Words(words))
    }

    /// The same with times of a field in steps.
    #[must_use]
    pub fn stepping(self, field: &str, step: Step) -> Self {
        self.with(field, |field| field.step = step)
    }

    /// The same with a value of a field that can't be told from none.
    #[must_use]
    pub fn none(self, field: &str, value: Constant<'static>) -> Self {
        self.with(field, |field| field.none = Some(value))
    }

    /// The same, where an optional field is never none.
    #[must_use]
    pub fn required(self, field: &str) -> Self {
        self.with(field, |field| field.required = true)
    }

    /// The same with one value for two fields; the first reads as the other.
    ///
    /// # Panics
    /// Also if the record does not have the other.
    #[must_use]
    pub fn shared(self, field: &str, other: &str) -> Self {
        let other = self.field(other).name;
        self.with(field, |field| field.shared = Some(other))
    }

    /// The same, where what has no place in a field is dropped instead of refused.
    #[must_use]
    pub fn dropping(self, field: &str) -> Self {
        self.with(field, |field| field.dropped = true)
    }

    /// The same, where the store makes the value of a field, whatever is saved.
    #[must_use]
    pub fn generated(self, field: &str) -> Self {
        self.with(field, |field| field.generated = true)
    }

    /// The same, where a field has only values of another table.
    #[must_use]
    pub fn elsewhere(self, field: &str, table: impl Into<String>) -> Self {
        self.with(field, |field| field.elsewhere = Some(table.into()))
    }

    /// The same with a rule in a weaker form.
    #[must_use]
    pub fn weaker(mut self, rule: Weaker) -> Self {
        self.weaker.push(rule);
        self
    }
}

impl FieldMapping {
    /// Whether it is kept as the contract has it.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        (self.home.is_own() || matches!(self.home, Home::Within(_) | Home::Decided))
            && self.holds_all()
            && self.step == Step::Micros
            && self.none.is_none()
            && !self.required
            && self.shared.is_none()
            && !self.generated
            && self.elsewhere.is_none()
            && !self.view_only
    }

    /// Whether it has one value in every record.
    #[must_use]
    pub const fn is_constant(&self) -> bool {
        matches!(self.home, Home::Constant(_) | Home::Absent)
    }

    /// Whether the form refuses no value of the contract; of times it may refuse those beyond the years 1000 to 9999.
    fn holds_all(&self) -> bool {
        /// 1000-01-01 and 9999-12-31, to the microsecond.
        const HELD: [i64; 2] = [-30_610_224_000_000_000, 253_402_300_799_999_999];
        match &self.values {
            Values::All => true,
            Values::Times(range) => HELD.iter().all(|time| range.contains(time)),
            Values::Words(words) => matches!(&words.others, Others::Texts(taken) if taken.is_empty()),
            _ => false,
        }
    }
}
