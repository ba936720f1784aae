//! Codecs of an application, for fields of every type in columns of every type.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use store_core::{BoxError, Codec, PlanInterval, SubscriptionStatus};

type Result<T> = std::result::Result<T, BoxError>;

/// `plan-7`, of which the table has the number.
pub(crate) struct PlanNumber;

impl Codec<String> for PlanNumber {
    type Columns = i64;

    fn encode(id: &String) -> Result<i64> {
        let number = id.strip_prefix("plan-").ok_or("an id of a plan begins with `plan-`")?;
        let number: i64 = number.parse()?;
        if format!("plan-{number}") == *id { Ok(number) } else { Err("it has another spelling".into()) }
    }

    fn decode(number: i64) -> Result<String> {
        Ok(format!("plan-{number}"))
    }

    fn example(number: u32) -> Option<String> {
        Some(format!("plan-{number}"))
    }
}

/// A text whose letters stand in the other order in the table.
pub(crate) struct Reversed;

impl Codec<String> for Reversed {
    type Columns = String;

    fn encode(text: &String) -> Result<String> {
        Ok(text.chars().rev().collect())
    }

    fn decode(text: String) -> Result<String> {
        Ok(text.chars().rev().collect())
    }
}

impl Codec<Option<String>> for Reversed {
    type Columns = Option<String>;

    fn encode(text: &Option<String>) -> Result<Option<String>> {
        text.as_ref().map(<Self as Codec<String>>::encode).transpose()
    }

    fn decode(text: Option<String>) -> Result<Option<String>> {
        text.map(<Self as Codec<String>>::decode).transpose()
    }
}

/// The bytes of a number, the greatest first.
pub(crate) struct BigEndian;

impl Codec<i64> for BigEndian {
    type Columns = Vec<u8>;

    fn encode(number: &i64) -> Result<Vec<u8>> {
        Ok(number.to_be_bytes().to_vec())
    }

    fn decode(bytes: Vec<u8>) -> Result<i64> {
        Ok(i64::from_be_bytes(bytes.as_slice().try_into()?))
    }
}

/// Halves, as a double.
pub(crate) struct Halves;

impl Codec<i64> for Halves {
    type Columns = f64;

    fn encode(number: &i64) -> Result<f64> {
        let number = i32::try_from(*number)?;
        Ok(f64::from(number) / 2.0)
    }

    fn decode(halves: f64) -> Result<i64> {
        let number = halves * 2.0;
        if number.fract() != 0.0 || number.abs() > f64::from(i32::MAX) {
            return Err(format!("{halves} is no number of halves").into());
        }
        Ok(number as i64)
    }

    fn example(number: u32) -> Option<i64> {
        Some(number.into())
    }
}

/// Letters, of which NULL is the month.
pub(crate) struct Letter;

impl Codec<PlanInterval> for Letter {
    type Columns = Option<String>;

    fn encode(interval: &PlanInterval) -> Result<Option<String>> {
        Ok(match interval {
            PlanInterval::Month => None,
            PlanInterval::Day => Some("D".into()),
            PlanInterval::Week => Some("W".into()),
            PlanInterval::Year => Some("Y".into()),
            PlanInterval::Other(_) => return Err("it has no letter".into()),
        })
    }

    fn decode(letter: Option<String>) -> Result<PlanInterval> {
        match letter.as_deref() {
            None => Ok(PlanInterval::Month),
            Some("D") => Ok(PlanInterval::Day),
            Some("W") => Ok(PlanInterval::Week),
            Some("Y") => Ok(PlanInterval::Year),
            Some(other) => Err(format!("`{other}` is the letter of no interval").into()),
        }
    }
}

/// A number with a sign that is added to the least of its width.
pub(crate) struct Shifted;

impl Codec<u32> for Shifted {
    type Columns = i32;

    fn encode(count: &u32) -> Result<i32> {
        Ok(i32::MIN.wrapping_add_unsigned(*count))
    }

    fn decode(count: i32) -> Result<u32> {
        Ok(count.abs_diff(i32::MIN))
    }
}

/// Weeks.
pub(crate) struct Weeks;

impl Codec<u32> for Weeks {
    type Columns = i16;

    fn encode(days: &u32) -> Result<i16> {
        if days.is_multiple_of(7) {
            Ok(i16::try_from(days / 7)?)
        } else {
            Err("these are no whole weeks".into())
        }
    }

    fn decode(weeks: i16) -> Result<u32> {
        Ok(u32::try_from(weeks)? * 7)
    }

    fn example(number: u32) -> Option<u32> {
        Some(number % 4_000 * 7)
    }
}

/// A number of days or weeks, and which; what is written is days.
pub(crate) struct TrialDays;

impl Codec<u32> for TrialDays {
    type Columns = (i32, String);

    fn encode(days: &u32) -> Result<(i32, String)> {
        Ok(((*days).try_into()?, "day".into()))
    }

    fn decode((period, unit): (i32, String)) -> Result<u32> {
        let days = match unit.as_str() {
            "day" => 1,
            "week" => 7,
            other => return Err(format!("`{other}` has no certain number of days").into()),
        };
        u32::try_from(period)?.checked_mul(days).ok_or_else(|| "it is too long".into())
    }

    fn example(number: u32) -> Option<u32> {
        Some(number)
    }
}

/// `7/abc`: the number of a tenant, and an id of its own.
pub(crate) struct OfTenant;

impl OfTenant {
    fn split(id: &str) -> Result<(i64, String)> {
        let (tenant, own) = id.split_once('/').ok_or("an id has a tenant before its `/`")?;
        let number: i64 = tenant.parse()?;
        if number.to_string() == tenant {
            Ok((number, own.to_owned()))
        } else {
            Err("it has another spelling".into())
        }
    }
}

impl Codec<String> for OfTenant {
    type Columns = (i64, String);

    fn encode(id: &String) -> Result<(i64, String)> {
        Self::split(id)
    }

    fn decode((tenant, own): (i64, String)) -> Result<String> {
        Ok(format!("{tenant}/{own}"))
    }

    fn example(number: u32) -> Option<String> {
        Some(format!("{}/{number}", number % 3 + 9))
    }
}

impl Codec<Option<String>> for OfTenant {
    type Columns = (Option<i64>, Option<String>);

    fn encode(id: &Option<String>) -> Result<(Option<i64>, Option<String>)> {
        Ok(id.as_deref().map(Self::split).transpose()?.unzip())
    }

    fn decode(columns: (Option<i64>, Option<String>)) -> Result<Option<String>> {
        match columns {
            (None, None) => Ok(None),
            (Some(tenant), Some(own)) => Ok(Some(format!("{tenant}/{own}"))),
            _ => Err("a half of it is NULL".into()),
        }
    }

    fn example(number: u32) -> Option<Option<String>> {
        Some(Some(format!("{}/{number}", number % 3 + 9)))
    }
}

/// `Y` and `N`.
pub(crate) struct YesNo;

impl Codec<bool> for YesNo {
    type Columns = String;

    fn encode(yes: &bool) -> Result<String> {
        Ok(if *yes { "Y" } else { "N" }.into())
    }

    fn decode(letter: String) -> Result<bool> {
        match letter.as_str() {
            "Y" => Ok(true),
            "N" => Ok(false),
            other => Err(format!("`{other}` is neither `Y` nor `N`").into()),
        }
    }
}

/// Whether it is not.
pub(crate) struct Not;

impl Codec<bool> for Not {
    type Columns = bool;

    fn encode(active: &bool) -> Result<bool> {
        Ok(!active)
    }

    fn decode(archived: bool) -> Result<bool> {
        Ok(!archived)
    }
}

/// A word of a status, as it is.
pub(crate) struct Word;

impl Codec<SubscriptionStatus> for Word {
    type Columns = String;

    fn encode(status: &SubscriptionStatus) -> Result<String> {
        Ok(status.as_str().to_uppercase())
    }

    fn decode(word: String) -> Result<SubscriptionStatus> {
        Ok(SubscriptionStatus::new(word.to_lowercase()))
    }
}

/// Texts one after the other, each with its length before it; nothing where there are none.
pub(crate) struct Counted;

impl Counted {
    fn write<'t>(texts: impl IntoIterator<Item = &'t str>) -> Option<String> {
        let written: String = texts.into_iter().map(|text| format!("{}:{text}", text.len())).collect();
        (!written.is_empty()).then_some(written)
    }

    fn read(written: Option<String>) -> Result<Vec<String>> {
        let (written, mut texts) = (written.unwrap_or_default(), Vec::new());
        let mut rest = written.as_str();
        while let Some((length, after)) = rest.split_once(':') {
            let (text, after) = after.split_at_checked(length.parse()?).ok_or("it ends too early")?;
            texts.push(text.to_owned());
            rest = after;
        }
        if rest.is_empty() { Ok(texts) } else { Err("it has no length".into()) }
    }
}

impl Codec<Vec<String>> for Counted {
    type Columns = Option<String>;

    fn encode(texts: &Vec<String>) -> Result<Option<String>> {
        Ok(Self::write(texts.iter().map(String::as_str)))
    }

    fn decode(written: Option<String>) -> Result<Vec<String>> {
        Self::read(written)
    }
}

impl Codec<BTreeMap<String, String>> for Counted {
    type Columns = Option<String>;

    fn encode(texts: &BTreeMap<String, String>) -> Result<Option<String>> {
        Ok(Self::write(texts.iter().flat_map(|(key, value)| [key.as_str(), value])))
    }

    fn decode(written: Option<String>) -> Result<BTreeMap<String, String>> {
        let texts = Self::read(written)?;
        if !texts.len().is_multiple_of(2) {
            return Err("a key has no value".into());
        }
        Ok(texts.chunks_exact(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect())
    }
}

impl Codec<BTreeMap<String, i64>> for Counted {
    type Columns = Option<String>;

    fn encode(numbers: &BTreeMap<String, i64>) -> Result<Option<String>> {
        let numbers = numbers.iter().map(|(key, number)| (key.clone(), number.to_string())).collect();
        <Self as Codec<BTreeMap<String, String>>>::encode(&numbers)
    }

    fn decode(written: Option<String>) -> Result<BTreeMap<String, i64>> {
        let texts = <Self as Codec<BTreeMap<String, String>>>::decode(written)?;
        texts.into_iter().map(|(key, number)| Ok((key, number.parse()?))).collect()
    }
}

/// The time of day where the application is, two hours before UTC.
pub(crate) struct Local;

impl Local {
    const EAST: chrono::TimeDelta = chrono::TimeDelta::hours(2);
}

impl Codec<DateTime<Utc>> for Local {
    type Columns = NaiveDateTime;

    fn encode(time: &DateTime<Utc>) -> Result<NaiveDateTime> {
        Ok(time.naive_utc().checked_sub_signed(Self::EAST).ok_or("it is too early")?)
    }

    fn decode(time: NaiveDateTime) -> Result<DateTime<Utc>> {
        Ok(time.checked_add_signed(Self::EAST).ok_or("it is too late")?.and_utc())
    }
}

/// The day before: the last one of a trial.
pub(crate) struct LastDay;

impl Codec<Option<DateTime<Utc>>> for LastDay {
    type Columns = Option<NaiveDate>;

    fn encode(end: &Option<DateTime<Utc>>) -> Result<Option<NaiveDate>> {
        let Some(end) = end else { return Ok(None) };
        if end.time() != NaiveTime::MIN {
            return Err("a trial ends at midnight".into());
        }
        Ok(Some(end.date_naive().pred_opt().ok_or("it is too early")?))
    }

    fn decode(last: Option<NaiveDate>) -> Result<Option<DateTime<Utc>>> {
        let Some(last) = last else { return Ok(None) };
        Ok(Some(last.succ_opt().ok_or("it is too late")?.and_time(NaiveTime::MIN).and_utc()))
    }

    fn example(number: u32) -> Option<Option<DateTime<Utc>>> {
        let day = DateTime::from_timestamp(i64::from(number) * 86_400, 0);
        Some(day)
    }
}

/// The time itself, with NULL for the one that stands for none.
pub(crate) struct Instant;

impl Codec<Option<DateTime<Utc>>> for Instant {
    type Columns = Option<DateTime<Utc>>;

    fn encode(time: &Option<DateTime<Utc>>) -> Result<Self::Columns> {
        Ok(*time)
    }

    fn decode(time: Self::Columns) -> Result<Option<DateTime<Utc>>> {
        Ok(time)
    }
}

/// A number for each status that the application has.
pub(crate) struct State;

impl Codec<SubscriptionStatus> for State {
    type Columns = i16;

    fn encode(status: &SubscriptionStatus) -> Result<i16> {
        Ok(match status.as_str() {
            "trialing" => 1,
            "active" => 2,
            "past_due" => 3,
            "canceled" => -1,
            "incomplete" => 0,
            other => return Err(format!("`{other}` has no number").into()),
        })
    }

    fn decode(number: i16) -> Result<SubscriptionStatus> {
        Ok(match number {
            1 => SubscriptionStatus::Trialing,
            2 => SubscriptionStatus::Active,
            3 => SubscriptionStatus::PastDue,
            -1 => SubscriptionStatus::Canceled,
            0 => SubscriptionStatus::new("incomplete"),
            other => return Err(format!("{other} is the number of no status").into()),
        })
    }
}

/// Digits in text, the tens first.
pub(crate) struct Digits;

impl Codec<i64> for Digits {
    type Columns = String;

    fn encode(number: &i64) -> Result<String> {
        Ok(number.to_string())
    }

    fn decode(digits: String) -> Result<i64> {
        Ok(digits.parse()?)
    }
}

/// Two bytes for each letter, so that none is one of another.
pub(crate) struct Utf16;

impl Codec<String> for Utf16 {
    type Columns = Vec<u8>;

    fn encode(text: &String) -> Result<Vec<u8>> {
        Ok(text.encode_utf16().flat_map(u16::to_be_bytes).collect())
    }

    fn decode(bytes: Vec<u8>) -> Result<String> {
        if !bytes.len().is_multiple_of(2) {
            return Err("a byte is left over".into());
        }
        let units: Vec<_> =
            bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
        Ok(String::from_utf16(&units)?)
    }
}
