//! The values that the rules try.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

/// A second of 2024, counted from its beginning.
pub(super) fn at(second: i64) -> DateTime<Utc> {
    const YEAR_2024: i64 = 1_704_067_200;
    DateTime::UNIX_EPOCH + TimeDelta::seconds(YEAR_2024 + second)
}

/// A time as people write it; the rules write none wrong.
fn time(text: &str) -> DateTime<Utc> {
    text.parse().expect("a time of the suite is well written")
}

/// Texts that every store must hold.
pub(super) const TEXTS: &[&str] = &[
    " ",
    " blanks around ",
    "emoji \u{1f980} \u{1f469}\u{200d}\u{1f467} \u{1f1ea}\u{1f1fa}",
    "composed \u{e9}",
    "combining e\u{301}",
    "right to left \u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{202e}over",
    "'single' \"double\" `back` $$dollar$$",
    "back\\slash \\n \\0 \\",
    "line\nfeed\r\ntab\t",
    "100%_of_%",
    "{\"json\": [1, null, {\"a\": \"b\"}]}",
    "[]",
    "null",
    "0",
    "-1",
    "true",
    "2024-01-01 00:00:00",
    "'; DROP TABLE subscriptions; --",
    "$1 ?1 :name @name",
    "control \u{1}\u{1f}\u{7f}\u{85}\u{2028}\u{feff}",
    "last of all \u{10ffff}",
    "cases \u{130} \u{131} \u{df} \u{1e9e} \u{17f} \u{3c3}\u{3c2}",
];

/// Texts that fold into one another, or match one another, under rules other than byte for byte: case, blanks, accents,
/// composition, patterns, numbers.
pub(super) const ALIKE: &[&str] = &["BOB", "bob", "bob ", "b\u{f3}b", "bo\u{301}b", "b_b", "%", "1", "01"];

/// Those of the texts that differ in more than case, blanks and accents, where only they can be kept together.
pub(super) fn unlike(texts: &[&'static str], folded: bool) -> Vec<&'static str> {
    let fold = |text: &str| text.trim_end().to_lowercase();
    let mut unlike: Vec<&'static str> = Vec::new();
    for text in texts {
        if !folded || text.is_ascii() && unlike.iter().all(|other| fold(other) != fold(text)) {
            unlike.push(text);
        }
    }
    unlike
}

/// Ids in the order of their bytes, which no locale shares.
pub(super) const IN_ORDER: &[&str] =
    &["", "10", "9", "A", "B", "_", "a", "b", "z", "\u{e9}", "\u{ffff}", "\u{1f980}"];

/// A text that not every store can hold.
pub(super) const WITH_NUL: &str = "a\0b";

/// Texts of lengths that not every store can hold.
pub(super) fn long_texts() -> impl Iterator<Item = String> {
    [300, 5_000, 70_000].into_iter().map(|length| "x".repeat(length))
}

/// Keys that not every store can hold.
pub(super) fn hard_keys() -> impl Iterator<Item = String> {
    long_texts().chain([WITH_NUL.into()])
}

/// Words that are not the contract's, among them some that look like them.
pub(super) const OTHER_WORDS: &[&str] = &[
    "",
    " ",
    "ACTIVE",
    "Active",
    "active ",
    " month",
    "Month",
    "incomplete_expired",
    "\u{e9}t\u{e9}",
    "two words",
];

/// Times that every store must hold, once they are cut.
pub(super) fn times() -> Vec<DateTime<Utc>> {
    let mut times = vec![
        DateTime::UNIX_EPOCH,
        DateTime::UNIX_EPOCH - TimeDelta::microseconds(1),
        DateTime::UNIX_EPOCH + TimeDelta::microseconds(1),
        DateTime::UNIX_EPOCH - TimeDelta::nanoseconds(1),
        DateTime::UNIX_EPOCH + TimeDelta::nanoseconds(999),
    ];
    times.extend(
        [
            "1000-01-01T00:00:00Z",
            "1969-12-31T23:59:58.123456789Z",
            "1999-12-31T23:59:59.999999999Z",
            "2000-02-29T12:00:00.000001Z",
            "2016-12-31T23:59:60.5Z",
            "2038-01-19T03:14:08Z",
            "2100-06-15T01:02:03.999999999Z",
            "9999-12-31T23:59:59.999999Z",
        ]
        .map(time),
    );
    times
}

/// The first and the last time that every store can hold.
pub(super) fn held_times() -> (DateTime<Utc>, DateTime<Utc>) {
    (time("1000-01-01T00:00:00Z"), time("9999-12-31T23:59:59.999999Z"))
}

/// Times that not every store can hold.
pub(super) fn far_times() -> [DateTime<Utc>; 7] {
    [
        DateTime::<Utc>::MIN_UTC,
        time("-0001-06-01T00:00:00Z"),
        time("0000-01-01T00:00:00Z"),
        time("0001-01-01T00:00:00Z"),
        time("+10000-01-01T00:00:00Z"),
        time("+200000-01-01T00:00:00Z"),
        DateTime::<Utc>::MAX_UTC,
    ]
}

/// Whole numbers at the ends and where numbers of other kinds end.
pub(super) const INTEGERS: &[i64] =
    &[0, 1, -1, i64::MAX, i64::MIN, i64::MAX - 1, (1 << 53) + 1, 1 << 31, -(1 << 31) - 1, 1 << 32];

/// Counts at the ends and where numbers of other kinds end.
pub(super) const COUNTS: &[u32] = &[0, 1, 65_536, i32::MAX as u32, 1 << 31, u32::MAX];

/// Maps of shapes that an encoding may stumble over.
pub(super) fn maps() -> Vec<BTreeMap<String, String>> {
    let texts = TEXTS.iter().chain(IN_ORDER).chain(ALIKE);
    vec![
        BTreeMap::new(),
        [(String::new(), String::new())].into(),
        texts.clone().zip(texts.rev()).map(|(key, value)| ((*key).into(), (*value).into())).collect(),
        (0..1_000).map(|n| (format!("key {n}"), format!("value {n}"))).collect(),
        [("deep".into(), "[".repeat(200)), ("a.b".into(), "$.a".into()), ("a".into(), "\"".into())].into(),
    ]
}

/// Random numbers that are the same in every run (splitmix64).
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new() -> Self {
        Self(0x5eed)
    }

    /// A number below `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        // The remainder is below `end`, which was a `usize`.
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }

    pub(super) fn pick<T: Clone>(&mut self, values: &[T]) -> T {
        values[self.below(values.len())].clone()
    }

    pub(super) fn shuffle<T>(&mut self, values: &mut [T]) {
        for end in (1..values.len()).rev() {
            values.swap(end, self.below(end + 1));
        }
    }
}
