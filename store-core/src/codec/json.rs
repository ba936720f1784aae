//! The three JSON documents of the contract: a list of texts, a map to numbers, a map to texts.
//!
//! Written and read here, since nothing else in the tree of a user of SQLite needs a JSON library, and flat documents
//! are all that is allowed: anything nested is corrupt.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

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

pub(crate) fn read_texts(text: &str) -> Result<BTreeMap<String, String>> {
    Reader::whole(text, |reader| reader.object(Reader::string))
}

pub(crate) fn read_numbers(text: &str) -> Result<BTreeMap<String, i64>> {
    Reader::whole(text, |reader| reader.object(Reader::integer))
}

pub(crate) fn read_list(text: &str) -> Result<Vec<String>> {
    Reader::whole(text, Reader::list)
}

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

    fn list(&mut self) -> Result<Vec<String>> {
        let mut list = Vec::new();
        self.expect(b'[', "array")?;
        self.entries(b']', |reader| {
            list.push(reader.string()?);
            Ok(())
        })?;
        Ok(list)
    }

    fn integer(&mut self) -> Result<i64> {
        self.blanks();
        let length = self.rest().iter().take_while(|byte| !b" \t\r\n,}]".contains(byte)).count();
        let digits = &self.text[self.at..self.at + length];
        let canonical = !digits.starts_with('+') && !digits.trim_start_matches('-').starts_with("0");
        match digits.parse() {
            Ok(number) if canonical || digits == "0" || digits == "-0" => {
                self.at += length;
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

#[cfg(test)]
mod tests {
    use super::*;

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
