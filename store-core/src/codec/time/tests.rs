//! Every form of a time on every database, at the ends of what it holds and at random.

use std::cmp::Ordering;

use chrono::TimeDelta;

use super::*;

const FORMATS: [&str; 5] = ["%Y-%m-%d %H:%M:%S", "%FT%T%.3fZ", "%F %T%.6f", "%Y%m%d", "%F %R"];

fn forms() -> Vec<Form<'static>> {
    let digits = (0..=6).flat_map(|digits| [Form::Timestamp(digits), Form::DateTime(digits)]);
    let epochs = [Unit::Seconds, Unit::Millis, Unit::Micros].map(Form::Epoch);
    let texts = FORMATS.map(Form::TimeText);
    [Form::Time, Form::Date].into_iter().chain(digits).chain(epochs).chain(texts).collect()
}

fn each(test: impl Fn(Dialect, Column<'static>, Random)) {
    for dialect in Dialect::ALL {
        for form in forms() {
            test(dialect, Column::new("t", form), Random(0x5eed));
        }
    }
}

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// The times that a form holds, as the docs of the databases say.
fn held(dialect: Dialect, form: Form<'_>) -> (DateTime<Utc>, DateTime<Utc>) {
    match (dialect, form) {
        (_, Form::Epoch(_)) => (DateTime::<Utc>::MIN_UTC, to_micros(DateTime::<Utc>::MAX_UTC)),
        (Dialect::MySql, Form::Timestamp(_)) => {
            (utc("1970-01-01T00:00:01Z"), utc("2038-01-19T03:14:07.999999Z"))
        }
        (Dialect::Postgres, Form::Time | Form::Timestamp(_) | Form::DateTime(_) | Form::Date) => {
            (utc("-4713-11-24T00:00:00Z"), to_micros(DateTime::<Utc>::MAX_UTC))
        }
        _ => (utc("0000-01-01T00:00:00Z"), utc("9999-12-31T23:59:59.999999Z")),
    }
}

/// Random numbers that are the same in every run (splitmix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn within(&mut self, first: i64, last: i64) -> i64 {
        let count = last.abs_diff(first) + 1;
        first.wrapping_add_unsigned(self.next() % count)
    }

    /// A time of the calendar: often near an end of a form, or near others of its step.
    fn time(&mut self, dialect: Dialect, form: Form<'_>) -> DateTime<Utc> {
        let (first, last) = held(dialect, form);
        let near = |random: &mut Self, time: DateTime<Utc>| {
            let steps = step(form) * random.within(-3, 3) + random.within(-3, 3);
            time.checked_add_signed(TimeDelta::microseconds(steps)).unwrap_or(time)
        };
        match self.next() % 4 {
            0 => near(self, first),
            1 => near(self, last),
            2 => near(self, utc("2024-02-29T23:59:59Z")),
            _ => {
                let (first, last) =
                    (DateTime::<Utc>::MIN_UTC.timestamp(), DateTime::<Utc>::MAX_UTC.timestamp());
                let seconds = self.within(first, last - 1);
                let nanos = u32::try_from(self.within(0, 1_999_999_999)).unwrap();
                DateTime::from_timestamp(seconds, nanos)
                    .or_else(|| DateTime::from_timestamp(seconds, nanos % 1_000_000_000))
                    .unwrap()
            }
        }
    }
}

/// What a database makes of two values of a column.
fn compare(one: &Atom<'_>, other: &Atom<'_>) -> Ordering {
    match (one, other) {
        (Atom::Text(one), Atom::Text(other)) => one.as_bytes().cmp(other.as_bytes()),
        (Atom::Integer(one), Atom::Integer(other)) => one.cmp(other),
        (Atom::Time(one), Atom::Time(other)) => one.cmp(other),
        (Atom::Date(one), Atom::Date(other)) => one.cmp(other),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_held_comes_back_to_the_step_and_the_rest_is_refused() {
    each(|dialect, column, mut random| {
        let (first, last) = held(dialect, column.form);
        for _ in 0..500 {
            let time = random.time(dialect, column.form);
            let whole = to_micros(time);
            let micros = whole.timestamp_micros();
            let cut = down(micros, step(column.form));
            let expected = DateTime::from_timestamp_micros(cut).filter(|cut| *cut >= first && *cut <= last);
            let stored = encode(dialect, &column, time);
            let read = stored.as_ref().ok().map(|stored| super::time(&column, stored.clone()).unwrap());
            assert_eq!(read, expected, "{time} in {:?} on {dialect:?}: {stored:?}", column.form);

            let exact = encode(dialect, &column.exact(), time);
            assert_eq!(
                exact.is_ok(),
                stored.is_ok() && cut == micros,
                "{time} in {:?}: {exact:?}",
                column.form
            );
        }
    });
}

#[test]
fn stored_values_sort_as_what_they_read_as() {
    each(|dialect, column, mut random| {
        let mut held = Vec::new();
        while held.len() < 60 {
            held.extend(encode(dialect, &column, random.time(dialect, column.form)));
        }
        for one in &held {
            for other in &held {
                let read = |atom: &Atom<'static>| time(&column, atom.clone()).unwrap();
                assert_eq!(compare(one, other), read(one).cmp(&read(other)), "{one:?} and {other:?}");
            }
        }
    });
}

#[test]
fn a_range_selects_what_reads_as_within() {
    each(|dialect, column, mut random| {
        for _ in 0..1_000 {
            let (from, to) = (random.time(dialect, column.form), random.time(dialect, column.form));
            let Ok(stored) = encode(dialect, &column, random.time(dialect, column.form)) else { continue };
            let read = time(&column, stored.clone()).unwrap();
            let ends = (encode_from(dialect, &column, from), encode_to(dialect, &column, to));
            let selected = match &ends {
                (Ok(first), Ok(last)) => {
                    let below = match compare(&stored, last) {
                        Ordering::Less => true,
                        Ordering::Equal => column.form.ends_within(dialect),
                        Ordering::Greater => false,
                    };
                    compare(&stored, first).is_ge() && below
                }
                // An end that no row can reach.
                _ => false,
            };
            let within = read >= to_micros(from) && read < to_micros(to);
            assert_eq!(
                selected, within,
                "{read} in {from}..{to}, which is {ends:?} in {:?} on {dialect:?}",
                column.form
            );
        }
    });
}

#[test]
fn the_calendar_is_that_of_chrono() {
    let ends = [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC].map(|time| time.timestamp_micros());
    assert_eq!(ends, [Span::CALENDAR.first, Span::CALENDAR.last]);
}

#[test]
fn a_time_of_sqlite_ends_after_all_of_its_text() {
    let column = Column::new("t", Form::Time);
    let end = encode_to(Dialect::Sqlite, &column, DateTime::<Utc>::MAX_UTC).unwrap();
    assert_eq!(end, Atom::Time(utc("9999-12-31T23:59:59.999999999Z")));
}

#[test]
fn what_is_finer_than_its_form_is_corrupt() {
    let fine = utc("2024-02-29T12:00:00.000001Z");
    for form in [Form::Timestamp(5), Form::DateTime(0), Form::Date] {
        assert!(time(&Column::new("t", form), Atom::Time(fine)).is_err(), "{form:?}");
    }
    let nanos = Atom::Text("2024-02-29 12:00:00.000000001".into());
    assert!(time(&Column::new("t", Form::TimeText("%F %T%.9f")), nanos).is_err());
    assert_eq!(time(&Column::new("t", Form::Timestamp(6)), Atom::Time(fine)).unwrap(), fine);
}

#[test]
fn an_epoch_in_digits_is_whole() {
    let column = Column::new("t", Form::Epoch(Unit::Millis)).of_type("numeric");
    let read = |text: &'static str| time(&column, Atom::Text(text.into()));
    assert_eq!(read("1709208000123").unwrap(), utc("2024-02-29T12:00:00.123Z"));
    assert_eq!(read("-1.000").unwrap(), utc("1969-12-31T23:59:59.999Z"));
    for text in
        ["1.5", "1.001", "NaN", "Infinity", "", ".", "1e3", "9223372036854775808", "99999999999999999"]
    {
        assert!(read(text).is_err(), "{text}");
    }
    for number in [i128::from(i64::MAX), i128::from(i64::MIN), i128::MAX] {
        assert!(time(&Column::new("t", Form::Epoch(Unit::Seconds)), Atom::Integer(number)).is_err());
    }
}
