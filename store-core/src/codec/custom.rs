//! The trait of the user's own codecs.

use super::columns::Columns;
use crate::error::BoxError;

/// How an application keeps a field in a way of its own: `with = path::Type` in `columns(..)`.
///
/// A form (`as = ..`) or labels say more, and are checked and looked up by rule; a codec is for what they can't say. The type
/// that implements it is only named, never made. `Field` is the field's type in the record:
///
/// | field | type |
/// |---|---|
/// | ids, names, `description`, `currency`, `metric` | `String` |
/// | `provider_id` | `Option<String>` |
/// | `amount`, `quantity` | `i64` |
/// | `interval_count`, `trial_days` | `u32` |
/// | `active` | `bool` |
/// | times | `DateTime<Utc>`, `Option<DateTime<Utc>>` |
/// | `status`, `interval` | [`SubscriptionStatus`](crate::SubscriptionStatus), [`PlanInterval`](crate::PlanInterval) |
/// | `features` | `Vec<String>` |
/// | `limits` | `BTreeMap<String, i64>` |
/// | `metadata` | `BTreeMap<String, String>` |
///
/// ```
/// # #[cfg(all(feature = "derive", feature = "mysql"))]
/// # fn main() {
/// use store_core::{BoxError, Codec, PlanStore, sqlx};
///
/// /// Trials are of whole weeks, and so is the column.
/// struct Weeks;
///
/// impl Codec<u32> for Weeks {
///     type Columns = i16;
///
///     fn encode(days: &u32) -> Result<i16, BoxError> {
///         if days % 7 != 0 {
///             return Err("these are no whole weeks".into());
///         }
///         Ok(i16::try_from(days / 7)?)
///     }
///
///     fn decode(weeks: i16) -> Result<u32, BoxError> {
///         Ok(u32::try_from(weeks)? * 7)
///     }
///
///     fn example(number: u32) -> Option<u32> {
///         Some(number % 1_000 * 7)
///     }
/// }
///
/// #[derive(PlanStore)]
/// #[store(table = "plans", columns(trial_days(column = "trial_weeks", with = Weeks)))]
/// struct Plans {
///     pool: sqlx::MySqlPool,
/// }
/// # assert_eq!(Weeks::encode(&14).unwrap(), 2);
/// # assert!(Weeks::encode(&10).is_err());
/// # assert_eq!(Weeks::decode(3).unwrap(), 21);
/// # }
/// # #[cfg(not(all(feature = "derive", feature = "mysql")))]
/// # fn main() {}
/// ```
///
/// A tuple fills several columns, in the order in which `over(..)` names them:
///
/// ```
/// # #[cfg(all(feature = "derive", feature = "mysql"))]
/// # fn main() {
/// use store_core::{BoxError, Codec, PlanStore, sqlx};
///
/// /// `14 day` or `2 week`, in a column for each part.
/// struct TrialDays;
///
/// impl Codec<u32> for TrialDays {
///     type Columns = (i32, String);
///
///     fn encode(days: &u32) -> Result<Self::Columns, BoxError> {
///         Ok(((*days).try_into()?, "day".to_owned()))
///     }
///
///     fn decode((period, unit): Self::Columns) -> Result<u32, BoxError> {
///         let days = match unit.as_str() {
///             "day" => 1,
///             "week" => 7,
///             _ => return Err(format!("`{unit}` has no certain number of days").into()),
///         };
///         u32::try_from(period)?.checked_mul(days).ok_or_else(|| "it is too long".into())
///     }
/// }
///
/// #[derive(PlanStore)]
/// #[store(table = "plans", columns(trial_days(over("trial_period", "trial_interval"), with = TrialDays)))]
/// struct Plans {
///     pool: sqlx::MySqlPool,
/// }
/// # assert_eq!(TrialDays::decode((2, "week".to_owned())).unwrap(), 14);
/// # assert!(TrialDays::decode((1, "month".to_owned())).is_err());
/// # }
/// # #[cfg(not(all(feature = "derive", feature = "mysql")))]
/// # fn main() {}
/// ```
///
/// What is encoded must be decoded to the same value, and two values must not be encoded alike: then every rule of the
/// contract holds. A save writes what `encode` gives; a look-up and a filter compare the columns with it.
///
/// # Errors
///
/// Of `encode`: the save is [`InvalidInput`](crate::StoreError::InvalidInput) of the field, with the error's text as its
/// reason; a key that is looked up is [`NotFound`](crate::StoreError::NotFound), and a filter matches nothing. Of `decode`:
/// [`Corrupt`](crate::StoreError::Corrupt) of the column, of several the first, with the error as its source. NULL is read only by a column that is
/// an [`Option`]; in any other it is `Corrupt`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no codec of a field of type `{Field}`",
    label = "`with` needs a type that implements `store_core::Codec<{Field}>`",
    note = "write `impl store_core::Codec<{Field}> for {Self}`, with `type Columns = ..;` for what the columns hold, `fn encode(&{Field}) -> Result<Self::Columns, store_core::BoxError>` and `fn decode(Self::Columns) -> Result<{Field}, store_core::BoxError>`"
)]
pub trait Codec<Field> {
    /// What the columns hold: one type for one column, a tuple for several, in the order in which `over(..)` has them.
    type Columns: Columns;

    /// The columns of a value. A time comes in whole microseconds.
    ///
    /// # Errors
    /// Why the columns can't hold the value, in words for the caller who saved it.
    fn encode(field: &Field) -> Result<Self::Columns, BoxError>;

    /// The value that is in columns.
    ///
    /// # Errors
    /// What is wrong with them, in words for who repairs the row.
    fn decode(columns: Self::Columns) -> Result<Field, BoxError>;

    /// Of a codec that takes only some values: one of them for each number, other ones for other numbers as far as there
    /// are. The contract suite makes its records of these; without examples it takes for granted that every value can be
    /// encoded.
    fn example(_number: u32) -> Option<Field> {
        None
    }
}
