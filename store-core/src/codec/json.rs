//! The three JSON documents of the contract: a list of texts, a map to numbers, a map to texts.
//!
//! Written and read here, since nothing else in the tree of a user of SQLite needs a JSON library, and flat documents
//! are all that is written. What is nested is read only where any value may stand for a text: as its own JSON.

mod within;

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

pub(crate) use within::{find, quoted, unquoted, without};

/// Why a document can't be read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Malformed {
    expected: &'static str,
    at: usize,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the JSON document has no {} at byte {}", self.expected, self.at)
    }
}

impl std::error::Error for Malformed {}

type Result<T> = std::result::Result<T, Malformed>;

/// Most documents are no longer, and are written without making room again.
const ROOM: usize = 128;

pub(crate) fn write_texts(map: &BTreeMap<String, String>) -> String {
    write_object(map, |out, value| write_string(out, value))
}

pub(crate) fn write_numbers(map: &BTreeMap<String, i64>) -> String {
    write_object(map, |out, value| push(out, format_args!("{value}")))
}

pub(crate) fn write_list(list: &[String]) -> String {
    let mut out = String::with_capacity(ROOM);
    out.push('[');
    for (index, value) in list.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_string(&mut out, value);
    }
    out.push(']');
    out
}

fn write_object<V>(map: &BTreeMap<String, V>, write_value: impl Fn(&mut String, &V)) -> String {
    let mut out = String::with_capacity(ROOM);
    out.push('{');
    for (index, (key, value)) in map.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_string(&mut out, key);
        out.push(':');
        write_value(&mut out, value);
    }
    out.push('}');
    out
}

fn write_string(out: &mut String, text: &str) {
    let mut rest = text;
    out.push('"');
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\' | 0..b' ')) {
        out.push_str(&rest[..at]);
        match rest.as_bytes()[at] {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            control => push(out, format_args!("\\u{control:04x}")),
        }
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out.push('"');
}

fn push(out: &mut String, text: fmt::Arguments<'_>) {
    out.write_fmt(text).expect("there is always room in a text");
}

/// Which values of a document are texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Values {
    /// Texts alone; others are malformed.
    Texts,
    /// All: one that is no text is the text of its JSON.
    Any,
}

impl Values {
    const fn reader<'a>(self) -> fn(&mut Reader<'a>) -> Result<String> {
        match self {
            Self::Texts => Reader::string,
            Self::Any => Reader::any,
        }
    }
}

pub(crate) fn read_texts(text: &str, values: Values) -> Result<BTreeMap<String, String>> {
    Reader::whole(text, |reader| reader.object(values.reader()))
}

pub(crate) fn read_numbers(text: &str) -> Result<BTreeMap<String, i64>> {
    Reader::whole(text, |reader| reader.object(Reader::integer))
}

pub(crate) fn read_list(text: &str, values: Values) -> Result<Vec<String>> {
    Reader::whole(text, |reader| reader.list(values.reader()))
}

/// A document of any user is hardly as deep; without an end to it the stack would end.
const DEPTH: usize = 128;

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn whole<T>(text: &'a str, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let mut reader = Self { text, at: 0 };
        let value = read(&mut reader)?;
        reader.blanks();
        if reader.at == text.len() { Ok(value) } else { reader.no("end") }
    }

    fn no<T>(&self, expected: &'static str) -> Result<T> {
        Err(Malformed { expected, at: self.at })
    }

    fn rest(&self) -> &'a [u8] {
        &self.text.as_bytes()[self.at..]
    }

    fn blanks(&mut self) {
        self.at += self.rest().iter().take_while(|byte| b" \t\r\n".contains(byte)).count();
    }

    /// Takes a sign of the grammar, if it comes next.
    fn takes(&mut self, sign: u8) -> bool {
        self.blanks();
        let is_next = self.rest().first() == Some(&sign);
        self.at += usize::from(is_next);
        is_next
    }

    fn expect(&mut self, sign: u8, name: &'static str) -> Result<()> {
        if self.takes(sign) { Ok(()) } else { self.no(name) }
    }

    /// Entries between an opening sign, which is read, and a closing one.
    fn entries(&mut self, close: u8, mut entry: impl FnMut(&mut Self) -> Result<()>) -> Result<()> {
        if self.takes(close) {
            return Ok(());
        }
        loop {
            entry(self)?;
            if self.takes(close) {
                return Ok(());
            }
            self.expect(b',', "comma")?;
        }
    }

    fn object<V>(&mut self, value: impl Fn(&mut Self) -> Result<V>) -> Result<BTreeMap<String, V>> {
        let mut map = BTreeMap::new();
        self.expect(b'{', "object")?;
        self.entries(b'}', |reader| {
            let key = reader.string()?;
            reader.expect(b':', "colon")?;
            map.insert(key, value(reader)?);
            Ok(())
        })?;
        Ok(map)
    }

    fn list<V>(&mut self, value: impl Fn(&mut Self) -> Result<V>) -> Result<Vec<V>> {
        let mut list = Vec::new();
        self.expect(b'[', "array")?;
        self.entries(b']', |reader| {
            list.push(value(reader)?);
            Ok(())
        })?;
        Ok(list)
    }

    /// A text, or the JSON of another value.
    fn any(&mut self) -> Result<String> {
        self.blanks();
        if self.rest().first() == Some(&b'"') {
            return self.string();
        }
        let start = self.at;
        self.skip(DEPTH)?;
        Ok(self.text[start..self.at].to_owned())
    }

    /// Passes over one value.
    fn skip(&mut self, depth: usize) -> Result<()> {
        self.blanks();
        let Some(deeper) = depth.checked_sub(1) else {
            return self.no("end of its depth");
        };
        match self.rest().first() {
            Some(b'"') => self.string().map(drop),
            Some(b'{') => self.object(|reader| reader.skip(deeper)).map(drop),
            Some(b'[') => self.list(|reader| reader.skip(deeper)).map(drop),
            _ => {
                let word = self.word();
                if !matches!(word, "true" | "false" | "null") && !is_number(word) {
                    return self.no("value");
                }
                self.at += word.len();
                Ok(())
            }
        }
    }

    /// What stands up to the next sign of the grammar.
    fn word(&self) -> &'a str {
        let length = self.rest().iter().take_while(|byte| !b" \t\r\n,}]".contains(byte)).count();
        &self.text[self.at..self.at + length]
    }

    fn integer(&mut self) -> Result<i64> {
        self.blanks();
        let digits = self.word();
        let canonical = !digits.starts_with('+') && !digits.trim_start_matches('-').starts_with("0");
        match digits.parse() {
            Ok(number) if canonical || digits == "0" || digits == "-0" => {
                self.at += digits.len();
                Ok(number)
            }
            _ => self.no("whole number of 64 bits"),
        }
    }

    fn string(&mut self) -> Result<String> {
        self.expect(b'"', "text")?;
        let mut text = String::new();
        loop {
            let plain =
                self.rest().iter().take_while(|&&byte| byte != b'"' && byte != b'\\' && byte >= b' ').count();
            text.push_str(&self.text[self.at..self.at + plain]);
            self.at += plain;
            match self.rest().first() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                _ => return self.no("end of the text"),
            }
        }
    }

    fn escape(&mut self) -> Result<char> {
        let Some(&sign) = self.rest().get(1) else {
            return self.no("escape");
        };
        let letter = match sign {
            b'"' | b'\\' | b'/' => char::from(sign),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            _ => return self.no("escape"),
        };
        self.at += 2;
        Ok(letter)
    }

    /// `\uXXXX`, or two of them that make one letter.
    fn unicode(&mut self) -> Result<char> {
        let high = self.unit()?;
        let code = match high {
            0xd800..=0xdbff => match self.unit()? {
                low @ 0xdc00..=0xdfff => 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00),
                _ => return self.no("second half of a letter"),
            },
            _ => high,
        };
        char::from_u32(code).map_or_else(|| self.no("letter"), Ok)
    }

    fn unit(&mut self) -> Result<u32> {
        let digits = self.rest().strip_prefix(b"\\u").and_then(|rest| rest.get(..4));
        let is_hex = |digits: &&[u8]| digits.iter().all(u8::is_ascii_hexdigit);
        let Some(digits) = digits.filter(is_hex) else {
            return self.no("four hexadecimal digits");
        };
        self.at += 6;
        Ok(digits.iter().fold(0, |code, &digit| code * 16 + char::from(digit).to_digit(16).unwrap_or(0)))
    }
}

/// A number as JSON has it: `-0`, `10`, `1.50`, `1e+3`.
fn is_number(word: &str) -> bool {
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = word.split_once(['e', 'E']).unwrap_or((word, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let whole = whole.strip_prefix('-').unwrap_or(whole);
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    are_digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && are_digits(fraction)
        && are_digits(exponent)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_texts(text: &str) -> Result<BTreeMap<String, String>> {
        super::read_texts(text, Values::Texts)
    }

    fn read_list(text: &str) -> Result<Vec<String>> {
        super::read_list(text, Values::Texts)
    }

    #[test]
    fn any_value_reads_as_its_json() {
        let read = |text: &str| super::read_texts(text, Values::Any);
        let json =
            r#" {"a": "x\ny", "b" :1.50e+3 ,"c": null, "d":[1, {"e" : "]"} ], "f": -0, "g":true, "h":{}} "#;
        let expected = [
            ("a", "x\ny"),
            ("b", "1.50e+3"),
            ("c", "null"),
            ("d", r#"[1, {"e" : "]"} ]"#),
            ("f", "-0"),
            ("g", "true"),
            ("h", "{}"),
        ];
        assert_eq!(read(json).unwrap(), expected.map(|(key, value)| (key.into(), value.into())).into());
        assert_eq!(super::read_list("[1,\"1\",[ ]]", Values::Any).unwrap(), ["1", "1", "[ ]"]);
        for value in
            ["", "nul", "01", "1.", ".5", "+1", "1e", "1e+", "-", "NaN", "[1", "[1,]", "{\"a\"}", "{1:2}"]
        {
            assert!(read(&format!("{{\"a\":{value}}}")).is_err(), "{value}");
        }
        let deep = |depth: usize| format!("{{\"a\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
        assert!(read(&deep(DEPTH)).is_ok());
        assert!(read(&deep(DEPTH + 1)).is_err());
        assert!(read(&deep(1_000_000)).is_err());
    }

    #[test]
    fn everything_comes_back() {
        let odd = "\u{0}\u{1f}\"\\/\n\r\t\u{7f}é\u{2028}😀";
        let texts = BTreeMap::from([(odd.to_owned(), odd.to_owned()), (String::new(), String::new())]);
        assert_eq!(read_texts(&write_texts(&texts)).unwrap(), texts);
        let numbers =
            BTreeMap::from([("a".to_owned(), i64::MIN), ("b".to_owned(), i64::MAX), ("c".to_owned(), 0)]);
        assert_eq!(read_numbers(&write_numbers(&numbers)).unwrap(), numbers);
        let list = vec![odd.to_owned(), String::new()];
        assert_eq!(read_list(&write_list(&list)).unwrap(), list);
        assert_eq!(read_list(&write_list(&[])).unwrap(), Vec::<String>::new());
    }

    #[test]
    fn other_writers_are_understood() {
        let texts = read_texts(" { \"a\" : \"\\u00e9\\ud83d\\ude00\\/\\b\\f\" , \"b\":\"\" }\n").unwrap();
        assert_eq!(texts["a"], "é😀/\u{8}\u{c}");
        assert_eq!(read_numbers("{\"a\": -0, \"a\": 7}").unwrap()["a"], 7);
    }

    #[test]
    fn anything_else_is_malformed() {
        for text in [
            "",
            "null",
            "[]",
            "{",
            "{}x",
            "{\"a\"}",
            "{\"a\":1}",
            "{\"a\":null}",
            "{\"a\":{}}",
            "{\"a\":\"b\",}",
            "{\"a\":\"b\" \"c\":\"d\"}",
            "{a:\"b\"}",
            "{\"a\":\"\\ud800\"}",
            "{\"a\":\"\\udc00\"}",
            "{\"a\":\"\\u12\"}",
            "{\"a\":\"\\ud800\\u0041\"}",
            "{\"a\":\"\\x\"}",
            "{\"a\":\"\n\"}",
            "{\"a\":\"",
            "{\"a\":\"\\",
            "{\"a\":\"\\u+123\"}",
        ] {
            assert!(read_texts(text).is_err(), "{text}");
        }
        for number in ["1.0", "1e3", "+1", "01", "-01", "9223372036854775808", "\"1\"", "true", "", "-"] {
            assert!(read_numbers(&format!("{{\"a\":{number}}}")).is_err(), "{number}");
        }
        for list in ["[\"a\"", "[\"a\",]", "[1]", "{}", "[[]]"] {
            assert!(read_list(list).is_err(), "{list}");
        }
    }
}
