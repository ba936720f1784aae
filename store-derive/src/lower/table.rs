//! The name of the table.

use store_model::adapter::Table;
use syn::LitStr;

use crate::ctxt::Ctxt;
use crate::messages;

/// The name of a table, with the literal that it is written in.
pub(crate) struct TableName {
    pub(crate) schema: Option<String>,
    pub(crate) name: String,
    pub(crate) literal: LitStr,
}

impl TableName {
    pub(crate) fn as_table(&self) -> Table<'_> {
        Table { schema: self.schema.as_deref(), name: &self.name }
    }
}

/// `"name"`, `"schema.name"`; a part in quotes may hold a dot.
pub(super) fn table_name(ctxt: &Ctxt, literal: &LitStr) -> Option<TableName> {
    match split_name(&literal.value()) {
        Ok((schema, name)) => Some(TableName { schema, name, literal: literal.clone() }),
        Err(message) => {
            ctxt.error(literal, message);
            None
        }
    }
}

fn split_name(text: &str) -> Result<(Option<String>, String), String> {
    let mut parts = Vec::new();
    let mut rest = Some(text);
    while let Some(text) = rest {
        let (part, after) = first_part(text)?;
        if part.is_empty() {
            return Err(messages::empty_name());
        }
        if part.contains('\0') {
            return Err(messages::nul_in_name());
        }
        parts.push(part.to_owned());
        rest = after;
    }
    let name = parts.pop().unwrap_or_default();
    let schema = parts.pop();
    if parts.is_empty() { Ok((schema, name)) } else { Err(messages::too_many_parts()) }
}

/// The text up to a dot that is not in quotes, and what follows the dot.
fn first_part(text: &str) -> Result<(&str, Option<&str>), String> {
    let Some(quoted) = text.strip_prefix('"') else {
        return Ok(text.split_once('.').map_or((text, None), |(part, rest)| (part, Some(rest))));
    };
    let (part, rest) = quoted.split_once('"').ok_or_else(messages::open_quote)?;
    match rest.strip_prefix('.') {
        None if !rest.is_empty() => Err(messages::text_after_quote()),
        after => Ok((part, after)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dot_separates_schema_and_table() {
        assert_eq!(split_name("subs"), Ok((None, "subs".into())));
        assert_eq!(split_name("billing.subs"), Ok((Some("billing".into()), "subs".into())));
        assert_eq!(split_name(r#""a.b".subs"#), Ok((Some("a.b".into()), "subs".into())));
        assert_eq!(split_name(r#"billing."a.b""#), Ok((Some("billing".into()), "a.b".into())));
    }

    #[test]
    fn names_are_taken_letter_for_letter() {
        assert_eq!(split_name("My Subs; --"), Ok((None, "My Subs; --".into())));
    }

    #[test]
    fn refuses_names_that_are_none() {
        for (text, message) in [
            ("", messages::empty_name()),
            ("billing.", messages::empty_name()),
            (".subs", messages::empty_name()),
            (r#""""#, messages::empty_name()),
            ("a.b.c", messages::too_many_parts()),
            ("a\0b", messages::nul_in_name()),
            (r#""subs"#, messages::open_quote()),
            (r#""a"b"#, messages::text_after_quote()),
        ] {
            assert_eq!(split_name(text), Err(message), "{text:?}");
        }
    }
}
