//! Blanks in the texts of a store with codecs of the user's own.
//!
//! What is in the columns of a codec only the compiler of the user's crate knows, from its type. So what depends on it is
//! left blank here, and filled in there: the derive writes a text with blanks as its pieces. Between the marks of a blank,
//! which are no letters of any text, stand its kind, the codec's column, and what it may hold.

use crate::form::Coded;

const OPEN: char = '\u{fdd0}';
const CLOSE: char = '\u{fdd1}';

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'t> {
    /// As it is.
    Text(&'t str),
    /// The type of a column; one that is in a key has a length where it needs one.
    Type(Coded),
    /// The same of a column in a key.
    KeyType(Coded),
    /// The type of a value on its way to a column, as a cast to it.
    Cast(Coded),
    /// A text that stands there only where the column holds text.
    IfText(Coded, &'t str),
    /// One that stands there only where the column may be NULL.
    IfNull(Coded, &'t str),
    /// One that stands there only where it may not.
    UnlessNull(Coded, &'t str),
}

/// The pieces of a text: one, where it has no blanks.
#[must_use]
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(OPEN) {
        let blank = after.split_once(CLOSE).and_then(|(inside, after)| Some((blank(inside)?, after)));
        let Some((blank, after)) = blank else { break };
        pieces.extend((!before.is_empty()).then_some(Piece::Text(before)));
        pieces.push(blank);
        rest = after;
    }
    if !rest.is_empty() || pieces.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

fn blank(inside: &str) -> Option<Piece<'_>> {
    let (kind, rest) = inside.split_at_checked(1)?;
    let (column, text) = rest.split_once(':')?;
    let (place, number) = column.split_once('.')?;
    let column = Coded { place: place.parse().ok()?, number: number.parse().ok()? };
    Some(match kind {
        "t" => Piece::Type(column),
        "k" => Piece::KeyType(column),
        "c" => Piece::Cast(column),
        "s" => Piece::IfText(column, text),
        "n" => Piece::IfNull(column, text),
        "u" => Piece::UnlessNull(column, text),
        _ => return None,
    })
}

/// A text with blanks as people read it, who don't know the types: `..` in the place of each, and what is there only for
/// texts left out.
#[must_use]
pub fn shown(text: &str) -> String {
    let show = |piece| match piece {
        Piece::Text(text) | Piece::UnlessNull(_, text) => text,
        Piece::Type(_) | Piece::KeyType(_) => "..",
        Piece::Cast(_) | Piece::IfText(..) | Piece::IfNull(..) => "",
    };
    pieces(text).into_iter().map(show).collect()
}

pub(super) fn column_type(column: Coded, is_in_key: bool) -> String {
    written(if is_in_key { 'k' } else { 't' }, column, "")
}

pub(super) fn cast(column: Coded) -> String {
    written('c', column, "")
}

pub(super) fn if_text(column: Coded, text: &str) -> String {
    written('s', column, text)
}

pub(super) fn if_null(column: Coded, text: &str) -> String {
    written('n', column, text)
}

pub(super) fn unless_null(column: Coded, text: &str) -> String {
    written('u', column, text)
}

fn written(kind: char, Coded { place, number }: Coded, text: &str) -> String {
    format!("{OPEN}{kind}{place}.{number}:{text}{CLOSE}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: Coded = Coded { place: 3, number: 0 };
    const SECOND: Coded = Coded { place: 12, number: 1 };

    #[test]
    fn a_text_is_its_pieces() {
        let text = format!(
            "a {}{} b{}",
            column_type(FIRST, true),
            if_text(FIRST, " COLLATE \"C\""),
            if_null(SECOND, "")
        );
        let expected = [
            Piece::Text("a "),
            Piece::KeyType(FIRST),
            Piece::IfText(FIRST, " COLLATE \"C\""),
            Piece::Text(" b"),
            Piece::IfNull(SECOND, ""),
        ];
        assert_eq!(pieces(&text), expected);
        assert_eq!(shown(&text), "a .. b");
        assert_eq!(shown(&unless_null(FIRST, " NOT NULL")), " NOT NULL");
        assert_eq!(pieces(""), [Piece::Text("")]);
    }

    #[test]
    fn what_is_no_blank_is_text() {
        for inside in ["", "t", "t1.0", "x1.0:", "t256.0:", "t1:", "é1.0:"] {
            let text = format!("a{OPEN}{inside}{CLOSE}b");
            assert_eq!(pieces(&text), [Piece::Text(&text)]);
        }
        assert_eq!(pieces("\u{fdd0}"), [Piece::Text("\u{fdd0}")]);
    }
}
