//! What lies within a document: the value at a path, and the rest of a document beside some of its keys.

use store_model::adapter::Step;

use super::{DEPTH, ROOM, Reader, Result, write_string};
use crate::error::BoxError;

/// The JSON of the value at a path; none where it is missing or null, or lies in something that is.
///
/// # Errors
/// If the document is malformed, or what the path leads through is nothing that has such a step.
pub(crate) fn find<'t>(
    document: &'t str,
    path: &[Step<'_>],
) -> std::result::Result<Option<&'t str>, BoxError> {
    let mut value = Reader::whole(document, Reader::value)?;
    for (depth, step) in path.iter().enumerate() {
        let found = match (step, value.as_bytes()[0]) {
            _ if value == "null" => return Ok(None),
            (Step::Key(key), b'{') => Reader::whole(value, |reader| reader.entry(key))?,
            (Step::Index(index), b'[') => Reader::whole(value, |reader| reader.element(*index))?,
            (Step::Key(_), _) => return Err(no_parent(&path[..depth], "object")),
            (Step::Index(_), _) => return Err(no_parent(&path[..depth], "array")),
        };
        let Some(found) = found else { return Ok(None) };
        value = found;
    }
    Ok(Some(value).filter(|value| *value != "null"))
}

fn no_parent(path: &[Step<'_>], needed: &str) -> BoxError {
    let steps = path.iter().map(|step| match step {
        Step::Key(key) => format!(".{key}"),
        Step::Index(index) => format!("[{index}]"),
    });
    format!("`${}` is no {needed}", steps.collect::<String>()).into()
}

/// A document without some keys of its root, the others as they stand in it.
pub(crate) fn without(document: &str, keys: &[&str]) -> Result<String> {
    let mut out = String::with_capacity(ROOM);
    out.push('{');
    Reader::whole(document, |reader| {
        reader.expect(b'{', "object")?;
        reader.entries(b'}', |reader| {
            let key = reader.string()?;
            reader.expect(b':', "colon")?;
            let value = reader.value()?;
            if !keys.contains(&key.as_str()) {
                if out.len() > 1 {
                    out.push(',');
                }
                write_string(&mut out, &key);
                out.push(':');
                out.push_str(value);
            }
            Ok(())
        })
    })?;
    out.push('}');
    Ok(out)
}

/// A text as JSON.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    write_string(&mut out, text);
    out
}

/// The text that JSON is, if it is one.
pub(crate) fn unquoted(json: &str) -> Result<String> {
    Reader::whole(json, Reader::string)
}

impl<'a> Reader<'a> {
    /// The JSON of the next value, which is passed over.
    fn value(&mut self) -> Result<&'a str> {
        self.blanks();
        let start = self.at;
        self.skip(DEPTH)?;
        Ok(&self.text[start..self.at])
    }

    /// The value of a key of the next object; of several the last, as everywhere.
    fn entry(&mut self, wanted: &str) -> Result<Option<&'a str>> {
        let mut found = None;
        self.expect(b'{', "object")?;
        self.entries(b'}', |reader| {
            let key = reader.string()?;
            reader.expect(b':', "colon")?;
            let value = reader.value()?;
            if key == wanted {
                found = Some(value);
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// An element of the next array, counted from zero.
    fn element(&mut self, wanted: u32) -> Result<Option<&'a str>> {
        let (mut found, mut index) = (None, 0);
        self.expect(b'[', "array")?;
        self.entries(b']', |reader| {
            let value = reader.value()?;
            if index == wanted {
                found = Some(value);
            }
            index += 1;
            Ok(())
        })?;
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str =
        r#" {"a": {"b": [1, {"c": "x\ny"}], "n": null}, "a.b": 5 , "t": true, "a": {"b": [2, {"c":"z"} ]}} "#;

    #[test]
    fn a_path_leads_to_the_json_of_a_value() {
        use Step::{Index, Key};
        for (path, found) in [
            (&[Key("a.b")][..], Some("5")),
            (&[Key("t")], Some("true")),
            (&[Key("a"), Key("b"), Index(0)], Some("2")),
            (&[Key("a"), Key("b"), Index(1), Key("c")], Some("\"z\"")),
            (&[Key("a"), Key("b"), Index(1)], Some("{\"c\":\"z\"}")),
            (&[Key("a"), Key("b"), Index(2)], None),
            (&[Key("a"), Key("n"), Key("m")], None),
            (&[Key("none"), Key("b")], None),
        ] {
            assert_eq!(find(DOCUMENT, path).unwrap(), found, "{path:?}");
        }
        assert_eq!(find(r#"{"a": null}"#, &[Key("a")]).unwrap(), None);
        assert_eq!(find(r#"{"a": null}"#, &[Key("a"), Key("b")]).unwrap(), None);
        assert_eq!(find(" null ", &[Key("a")]).unwrap(), None);
    }

    #[test]
    fn what_has_no_such_step_is_told() {
        use Step::{Index, Key};
        for (document, path, error) in [
            ("[]", &[Key("a")][..], "`$` is no object"),
            ("5", &[Key("a")], "`$` is no object"),
            (r#"{"a": [1]}"#, &[Key("a"), Key("b")], "`$.a` is no object"),
            (r#"{"a": {"b": "x"}}"#, &[Key("a"), Key("b"), Index(0)], "`$.a.b` is no array"),
        ] {
            assert_eq!(find(document, path).unwrap_err().to_string(), error);
        }
        for malformed in ["", "{", r#"{"a":1}}"#, r#"{"a":1, "b":nul}"#] {
            assert!(find(malformed, &[Key("a")]).is_err(), "{malformed}");
        }
    }

    #[test]
    fn the_rest_of_a_document_is_what_other_keys_have() {
        let rest = without(r#" {"b": 1.50, "a": "x", "c" : {"d": [ ]}, "a": "y"} "#, &["b"]).unwrap();
        assert_eq!(rest, r#"{"a":"x","c":{"d": [ ]},"a":"y"}"#);
        assert_eq!(without("{\"a\":1}", &["a"]).unwrap(), "{}");
        assert!(without("[]", &["a"]).is_err());
    }
}
