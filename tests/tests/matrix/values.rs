//! Values of each kind of field: those at the ends of what forms hold and beside them, and others at random.

use chrono::{DateTime, TimeDelta, Utc};
use store_core::__private::{Column, Constant, Null, Stored};
use store_core::contract::fields::Value;
use store_model::contract::{Field, Kind, interval, status};

use crate::model::CURRENCIES;

/// Bits that make values (splitmix64).
pub(crate) struct Bits(pub(crate) u64);

impl Bits {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, count: usize) -> usize {
        (self.next() % count.max(1) as u64) as usize
    }

    pub(crate) fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

const TEXTS: &[&str] = &[
    "a",
    "A",
    "b",
    "",
    "a ",
    " a",
    "é",
    "e\u{301}",
    "日本",
    "😀",
    "a'b\"c`d\\",
    "%_",
    "null",
    "abcd",
    "abcde",
    "éééé",
    "ééééé",
    "\t\n",
    "none",
];

const NUMBERS: &[&str] = &[
    "7",
    "0",
    "1",
    "-1",
    "10",
    "007",
    "+7",
    " 7",
    "7 ",
    "-0",
    "7.0",
    "1e3",
    "٣",
    "127",
    "128",
    "255",
    "256",
    "32767",
    "32768",
    "-32768",
    "-32769",
    "65535",
    "65536",
    "2147483647",
    "2147483648",
    "-2147483648",
    "-2147483649",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
];

const UUIDS: &[&str] = &[
    "00112233-4455-6677-8899-aabbccddeeff",
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "0a112233-4455-6677-8899-aabbccddeeff",
    "0A112233-4455-6677-8899-AABBCCDDEEFF",
    "0a112233445566778899aabbccddeeff",
    "{0a112233-4455-6677-8899-aabbccddeeff}",
    "0a112233-4455-6677-8899-aabbccddeef",
];

/// Near the ends of all that a form of a time begins or ends with, in seconds since 1970.
const MOMENTS: &[i64] = &[
    0,
    1_709_251_199,      // 2024-02-29T23:59:59Z
    1_709_164_800,      // 2024-02-29
    (1 << 31) - 1,      // 2038
    -(1 << 31),         // 1901
    (1 << 32) - 1,      // 2106
    -62_167_219_200,    // the year 0
    253_402_300_799,    // the end of 9999
    -210_866_803_200,   // 4714 BC
    -30_610_224_000,    // the year 1000
    8_210_266_876_799,  // the end of the calendar
    -8_334_601_228_800, // its beginning
];

/// Values of a field, good ones and others, the same each time; more of them with more bits.
pub(crate) fn of(
    field: &Field,
    column: Option<&Column<'static>>,
    more: usize,
    bits: &mut Bits,
) -> Vec<Value> {
    let mut values = edges(field);
    values.extend(column.iter().flat_map(|column| named(field.kind, column)));
    values.extend((0..more).map(|_| random(field, bits)));
    let mut each = Vec::new();
    for value in values {
        if !each.contains(&value) {
            each.push(value);
        }
    }
    each
}

fn edges(field: &Field) -> Vec<Value> {
    let texts = |lists: &[&[&str]]| lists.concat().into_iter().map(|text| Value::Text(text.into())).collect();
    let optional = |value: Value| match value {
        Value::Text(text) => Value::MaybeText(Some(text)),
        Value::Time(time) => Value::MaybeTime(Some(time)),
        other => other,
    };
    match field.kind {
        Kind::Text if field.name == "currency" => texts(&[&CURRENCIES, &["???"], TEXTS, NUMBERS, UUIDS]),
        Kind::Key | Kind::Text => texts(&[TEXTS, NUMBERS, UUIDS]),
        Kind::OptionalKey => {
            let some: Vec<Value> = texts(&[TEXTS, NUMBERS, UUIDS]);
            [Value::MaybeText(None)].into_iter().chain(some.into_iter().map(optional)).collect()
        }
        Kind::Word if field.name == "status" => {
            texts(&[&status::ALL, &["ACTIVE", "incomplete", "cancelled", "active "], TEXTS, NUMBERS])
        }
        Kind::Word => texts(&[&interval::ALL, &["quarter", "MONTH", "monthly", "month "], TEXTS, NUMBERS]),
        Kind::Integer => integers().map(Value::Integer).collect(),
        Kind::Count => integers().filter_map(|number| number.try_into().ok().map(Value::Count)).collect(),
        Kind::Boolean => [true, false].map(Value::Boolean).to_vec(),
        Kind::Time => times().map(Value::Time).collect(),
        Kind::OptionalTime => {
            let some = times().map(|time| Value::MaybeTime(Some(time)));
            [Value::MaybeTime(None)].into_iter().chain(some).collect()
        }
        Kind::List => {
            let lists: &[&[&str]] = &[
                &[],
                &["b", "a", "b"],
                &[""],
                &["", ""],
                &["a,b"],
                &["a;b", " ", "é\"\\'"],
                &["日本"],
                &["a", ","],
            ];
            lists.iter().map(|list| Value::List(list.iter().map(|text| (*text).into()).collect())).collect()
        }
        Kind::Numbers => {
            let maps: &[&[(&str, i64)]] = &[
                &[],
                &[("seats", 5)],
                &[("", 0), ("é\"\\", i64::MAX), ("Z", i64::MIN)],
                &[("a", 1), ("A", 2)],
            ];
            let map =
                |map: &&[(&str, i64)]| map.iter().map(|&(key, value)| (key.to_owned(), value)).collect();
            maps.iter().map(|it| Value::Numbers(map(it))).collect()
        }
        Kind::Texts => {
            let maps: &[&[(&str, &str)]] = &[
                &[],
                &[("k", "v")],
                &[("", ""), ("é\"\\'", "\t日本😀"), ("n", "1")],
                &[("a", "1"), ("A", "null")],
            ];
            let map = |map: &&[(&str, &str)]| {
                map.iter().map(|&(key, value)| (key.to_owned(), value.to_owned())).collect()
            };
            maps.iter().map(|it| Value::Texts(map(it))).collect()
        }
    }
}

fn integers() -> impl Iterator<Item = i64> {
    let ends = [8, 16, 32].into_iter().flat_map(|bits| [1_i64 << (bits - 1), 1 << bits]);
    let digits = [1_000_000_000_000_000, 100_000_000_000, 100, i64::from(u32::MAX) * 86_400];
    let near = ends.chain(digits).flat_map(|end| [end - 1, end, end + 1, -end, -end - 1, 1 - end]);
    [1_999, 0, 1, -1, 20, -5, 14, i64::MAX, i64::MIN, i64::MAX - 1].into_iter().chain(near)
}

fn times() -> impl Iterator<Item = DateTime<Utc>> {
    let steps = [0, 1, -1, 999, 1_000, 500_000, -1_000_000, 1_000_000, 86_400_000_000];
    let near = move |moment: i64| {
        let time = DateTime::from_timestamp(moment, 0).expect("a time of the calendar");
        steps.into_iter().filter_map(move |micros| time.checked_add_signed(TimeDelta::microseconds(micros)))
    };
    // Finer than a microsecond, before 1970 and in a leap second.
    let fine = [(1_709_251_199, 999_999_999), (-1, 999_999_500), (1_483_228_799, 1_500_000_000)];
    let fine = fine.map(|(second, nano)| DateTime::from_timestamp(second, nano).expect("a time"));
    MOMENTS.iter().copied().flat_map(near).chain(fine)
}

/// What the column itself names: its labels, and what NULL or none is.
fn named(kind: Kind, column: &Column<'static>) -> Vec<Value> {
    let text = |text: &str| match kind {
        Kind::OptionalKey => Some(Value::MaybeText(Some(text.into()))),
        Kind::Key | Kind::Text | Kind::Word => Some(Value::Text(text.into())),
        _ => None,
    };
    let stored = column.labels.iter().flat_map(|labels| labels.list).flat_map(|label| label.stored);
    let labels = stored.filter_map(|stored| match stored {
        Stored::Text(label) => text(label),
        Stored::Integer(number) => text(&number.to_string()),
        _ => None,
    });
    let constant = match column.null {
        Some(Null::Is(constant) | Null::Also(constant)) => Some(constant),
        _ => None,
    };
    let constant = constant.and_then(|constant| match (constant, kind) {
        (Constant::Text(it), _) => text(it),
        (Constant::Integer(number), Kind::Count) => number.try_into().ok().map(Value::Count),
        (Constant::Integer(number), _) => Some(Value::Integer(number)),
        (Constant::Time(micros), Kind::OptionalTime) => {
            Some(Value::MaybeTime(DateTime::from_timestamp_micros(micros)))
        }
        (Constant::Time(micros), _) => DateTime::from_timestamp_micros(micros).map(Value::Time),
        _ => None,
    });
    labels.chain(constant).collect()
}

fn random(field: &Field, bits: &mut Bits) -> Value {
    let number = (bits.next() >> (bits.next() % 64)) as i64;
    let number = if bits.below(2) == 0 { number } else { number.wrapping_neg() };
    match field.kind {
        Kind::Key | Kind::Text | Kind::Word => Value::Text(text(bits, number)),
        Kind::OptionalKey => Value::MaybeText(Some(text(bits, number))),
        Kind::Integer => Value::Integer(number),
        Kind::Count => Value::Count(number as u32),
        Kind::Boolean => Value::Boolean(number % 2 == 0),
        Kind::Time => Value::Time(time(bits)),
        Kind::OptionalTime => Value::MaybeTime(Some(time(bits))),
        Kind::List => Value::List((0..bits.below(4)).map(|_| letters(bits)).collect()),
        Kind::Numbers => Value::Numbers((0..bits.below(4)).map(|_| (letters(bits), number)).collect()),
        Kind::Texts => Value::Texts((0..bits.below(4)).map(|_| (letters(bits), letters(bits))).collect()),
    }
}

/// A UUID, a number, or letters.
fn text(bits: &mut Bits, number: i64) -> String {
    match bits.below(3) {
        0 => {
            let digits = format!("{:016x}{:016x}", bits.next(), bits.next());
            let parts = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]];
            parts.join("-")
        }
        1 => number.to_string(),
        _ => letters(bits),
    }
}

fn letters(bits: &mut Bits) -> String {
    const LETTERS: &[char] =
        &['a', 'B', ' ', '\'', '"', '\\', '%', ',', 'é', '日', '😀', '\u{301}', '\n', '0', '{', '$', '?'];
    (0..bits.below(12)).map(|_| *bits.pick(LETTERS)).collect()
}

/// A time of the calendar, most often one of a form with years of four digits.
fn time(bits: &mut Bits) -> DateTime<Utc> {
    let span: i64 = if bits.below(4) == 0 { 16_544_868_105_599 } else { 253_402_300_799 };
    let first: i64 = if span > 253_402_300_799 { -8_334_601_228_800 } else { 0 };
    let second = first + (bits.next() % span as u64) as i64;
    let nanos = (bits.next() % 1_000_000_000) as u32;
    DateTime::from_timestamp(second, nanos).expect("a time of the calendar")
}
