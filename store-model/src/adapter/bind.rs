//! What the placeholders of statements stand for.

/// What a statement binds, in the order of its placeholders: places of the contract's fields, or what the constants and
/// functions beside it say.
pub type Bind = u16;

/// The lower end of a range of time, within it.
pub const FROM: Bind = 253;
/// The upper end of a range of time, outside of it.
pub const TO: Bind = 254;
/// The greatest number of rows.
pub const LIMIT: Bind = 255;
/// The time of the call, in the form of the column that marks what is deleted.
pub const NOW: Bind = 252;

/// The value of a field as it would be stored if NULL did not stand for it.
#[must_use]
pub const fn plain(place: Bind) -> Bind {
    PLAIN + place
}

/// The value that NULL stands for in the column of a field.
#[must_use]
pub const fn null(place: Bind) -> Bind {
    NULL + place
}

/// The value of a field of the struct that is the store, by its number.
#[must_use]
pub const fn own(number: u8) -> Bind {
    OWN + number as Bind
}

/// The value that a further column gets from a field of the record, by its number among [`insert`] and [`write`].
///
/// [`insert`]: super::Options::insert
/// [`write`]: super::Options::write
#[must_use]
pub const fn extra(number: u8) -> Bind {
    EXTRA + number as Bind
}

/// The same of one of several columns of a field, by its number.
#[must_use]
pub const fn part(bind: Bind, number: Bind) -> Bind {
    bind + number * PART
}

/// Which of several columns of a field a bind is for.
#[inline]
#[must_use]
pub const fn part_of(bind: Bind) -> usize {
    (bind / PART) as usize
}

const PART: Bind = 256;
const PLAIN: Bind = 64;
const OWN: Bind = 128;
const EXTRA: Bind = 192;
const NULL: Bind = 224;

/// What a [`Bind`] stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// A field, by place.
    Field(usize),
    /// A field as it would be stored if NULL did not stand for it.
    Plain(usize),
    /// What NULL stands for in the column of a field, by place.
    Null(usize),
    /// A field of the struct that is the store, by number.
    Own(usize),
    /// A further column from a field of the record, by number.
    Extra(usize),
    /// The lower end of a range.
    From,
    /// The upper end of a range.
    To,
    /// The greatest number of rows.
    Limit,
    /// The time of the call.
    Now,
}

impl Bound {
    /// What a bind stands for, of whichever column.
    #[inline]
    #[must_use]
    pub const fn of(bind: Bind) -> Self {
        let bind = bind % PART;
        match bind {
            FROM => Self::From,
            TO => Self::To,
            LIMIT => Self::Limit,
            NOW => Self::Now,
            0..PLAIN => Self::Field(bind as usize),
            PLAIN..OWN => Self::Plain((bind - PLAIN) as usize),
            OWN..EXTRA => Self::Own((bind - OWN) as usize),
            EXTRA..NULL => Self::Extra((bind - EXTRA) as usize),
            NULL.. => Self::Null((bind - NULL) as usize),
        }
    }
}
