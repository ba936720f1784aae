//! A mapping as a table to read.

use core::fmt::{self, Display, Formatter};

use super::{Constant, FieldMapping, Home, Mapping, Null, Others, Step, Values, Weaker};

impl Display for Mapping {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "each {}", self.entity)?;
        if let Some(table) = &self.table {
            write!(f, " in {table}")?;
        }
        let width = self.fields.iter().map(|field| field.name.len()).max().unwrap_or_default();
        for field in &self.fields {
            write!(f, "\n  {:width$}  {field}", field.name)?;
        }
        for rule in &self.weaker {
            write!(f, "\n  weaker: {rule}")?;
        }
        Ok(())
    }
}

/// One line, without the name.
impl Display for FieldMapping {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut notes = Vec::new();
        let other = if self.dropped { "dropped" } else { "refused" };
        match self.home {
            Home::Column(column) if self.beside.is_empty() => write!(f, "column `{column}`")?,
            Home::Column(column) => write!(f, "columns `{column}`, `{}`", self.beside.join("`, `"))?,
            Home::Document(column, path) => {
                write!(f, "column `{column}` at `{}`", crate::sql::steps_of(path))?
            }
            Home::Keys => f.write_str("a column for each key")?,
            Home::Decided => f.write_str("decided by other columns")?,
            Home::Within(field) => write!(f, "with {field}")?,
            Home::Constant(value) => write!(f, "always {value}; another value is {other}")?,
            Home::Absent => write!(f, "absent; a value is {other}")?,
            Home::Kept => f.write_str("kept")?,
        }
        if matches!(self.home, Home::Constant(_) | Home::Absent) {
            return Ok(());
        }
        if let Some(field) = self.shared {
            notes.push(format!("one value with {field}; another is {other}"));
        }
        notes.extend(self.values.note());
        match self.step {
            Step::Micros => {}
            Step::Cut(micros) => notes.push(format!("cut to {}", Span(micros))),
            Step::Exact(micros) => {
                notes.push(format!("in steps of {}; a finer time is refused", Span(micros)))
            }
        }
        if let Some(value) = self.none {
            notes.push(format!("{value} is none, and is refused"));
        }
        if self.required {
            notes.push("none is refused".into());
        }
        match self.null {
            None => {}
            Some(Null::Is(value)) => notes.push(format!("NULL is {value}")),
            Some(Null::IsField(field)) => notes.push(format!("NULL is {field}")),
        }
        if self.generated {
            notes.push("made by the database; what is saved is dropped".into());
        }
        if let Some(table) = &self.elsewhere {
            notes.push(format!("a value of {table}; another is refused"));
        }
        if self.view_only {
            notes.push("only read; a value that differs is refused".into());
        }
        notes.iter().try_for_each(|note| write!(f, "; {note}"))
    }
}

impl Values {
    fn note(&self) -> Option<String> {
        Some(match self {
            Self::All | Self::Times(_) => return None,
            Self::Coded(code) => format!("by the codec `{}`; what it doesn't take is refused", (code.name)()),
            Self::Uuids => "UUIDs; another text is refused".into(),
            Self::KeysBut(keys) => format!("any key but {}, which are refused", keys.join(", ")),
            Self::Keys(keys, _) => format!("{}; another key is refused", keys.join(", ")),
            Self::Integers(range) => {
                format!("whole numbers from {} to {}; another is refused", range.start(), range.end())
            }
            Self::Short(letters) => format!("{letters} letters at most; a longer text is refused"),
            Self::Words(words) => {
                let listed = words.labelled.join(", ");
                match &words.others {
                    Others::Refused => format!("{listed}; another word is refused"),
                    Others::Texts(taken) if taken.is_empty() => return None,
                    Others::Texts(taken) => format!("any word but {}, which are refused", taken.join(", ")),
                    Others::Short(letters, _) => {
                        format!("{listed} and words of {letters} letters at most; another word is refused")
                    }
                    Others::Integers(range, _) => {
                        let (first, last) = (range.start(), range.end());
                        format!("{listed} and whole numbers from {first} to {last}; another word is refused")
                    }
                }
            }
            Self::Delimited(delimiter) => {
                format!("elements without `{delimiter}`; another, and one empty element, is refused")
            }
            Self::Intervals(intervals, others) => {
                let listed = intervals.iter().map(|(word, count)| match count {
                    Some(count) => format!("{word} * {count}"),
                    None => (*word).to_owned(),
                });
                let listed = listed.collect::<Vec<_>>().join(", ");
                let and = if matches!(others, Others::Refused) { "" } else { " and one of other words" };
                format!("{listed}{and}; another interval is refused")
            }
        })
    }
}

/// A number of microseconds in the greatest unit that it is whole in.
struct Span(i64);

impl Display for Span {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        const UNITS: [(i64, &str); 5] = [
            (86_400_000_000, "days"),
            (3_600_000_000, "hours"),
            (60_000_000, "minutes"),
            (1_000_000, "seconds"),
            (1_000, "milliseconds"),
        ];
        match UNITS.iter().find(|(unit, _)| self.0 % unit == 0) {
            Some((unit, name)) if self.0 == *unit => write!(f, "whole {name}"),
            Some((unit, name)) => write!(f, "{} {name}", self.0 / unit),
            None => write!(f, "{} microseconds", self.0),
        }
    }
}

impl Display for Constant<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "`{text}`"),
            Self::Integer(number) => write!(f, "{number}"),
            Self::Boolean(boolean) => write!(f, "{boolean}"),
            Self::Time(micros) => f.write_str(&crate::time::write(*micros)),
            Self::Empty => f.write_str("empty"),
        }
    }
}

impl Display for Weaker {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::ReadOnly => f.write_str("every write is refused as read only"),
            Self::DeletedIdsStay => f.write_str("the id of a deleted record can't be used again"),
            Self::OnePerSubscriber => f.write_str("a subscriber has one subscription at most, live or not"),
            Self::Locked { row } => {
                f.write_str("a subscriber has one live subscription among writers that take the lock")?;
                row.map_or(Ok(()), |table| write!(f, " of its row in `{table}`, without which none is saved"))
            }
            Self::ProviderIdRepeats => {
                f.write_str("a provider id may repeat; a look-up finds the live record, then the newest")
            }
            Self::Folds(field) => {
                write!(f, "of two texts in {field} that the collation holds equal the second is refused")
            }
            Self::Key(columns) => write!(f, "what counts once is ({}) together", columns.join(", ")),
        }
    }
}
