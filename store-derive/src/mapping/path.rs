//! `path = "a.b[0].c"`: where in a document a value is, as it was written.

use store_model::adapter;
use syn::LitStr;

use crate::ctxt::Ctxt;
use crate::messages;
use crate::syntax::Item;

/// The way into a document.
#[derive(Clone)]
pub(crate) struct Path {
    pub(crate) steps: Vec<Step>,
    /// What was written.
    pub(crate) at: LitStr,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Key(String),
    Index(u32),
}

impl Step {
    pub(crate) fn as_model(&self) -> adapter::Step<'_> {
        match self {
            Self::Key(key) => adapter::Step::Key(key),
            Self::Index(index) => adapter::Step::Index(*index),
        }
    }
}

pub(crate) fn read(ctxt: &Ctxt, item: &Item) -> Option<Path> {
    let at = item.value().and_then(|value| value.text());
    let steps = at.and_then(|at| steps(&at.value()));
    if steps.is_none() {
        ctxt.error(item, messages::not_a_path());
    }
    Some(Path { steps: steps?, at: at?.clone() })
}

/// `$` is the document itself; a key with a dot or a bracket stands in quotes.
fn steps(text: &str) -> Option<Vec<Step>> {
    let mut rest = match text.strip_prefix('$') {
        Some("") => return Some(Vec::new()),
        Some(rest) => rest.strip_prefix('.').unwrap_or(rest),
        None => text,
    };
    let mut steps = Vec::new();
    loop {
        let (step, after) = step(rest)?;
        steps.push(step);
        rest = match after {
            "" => return Some(steps),
            _ if after.starts_with('[') => after,
            _ => after.strip_prefix('.')?,
        };
    }
}

fn step(text: &str) -> Option<(Step, &str)> {
    if let Some(inside) = text.strip_prefix('[') {
        let (index, after) = inside.split_once(']')?;
        return Some((Step::Index(index.parse().ok()?), after));
    }
    if let Some(quoted) = text.strip_prefix('"') {
        let (key, after) = quoted.split_once('"')?;
        return is_sound(key).then(|| (Step::Key(key.into()), after));
    }
    let end = text.find(['.', '[', '"', ']']).unwrap_or(text.len());
    let (key, after) = text.split_at(end);
    let is_key = is_sound(key) && !after.starts_with(['"', ']']);
    is_key.then(|| (Step::Key(key.into()), after))
}

/// Databases don't agree on what a backslash is in a path.
fn is_sound(key: &str) -> bool {
    !key.is_empty() && !key.contains(|letter: char| letter == '\\' || letter.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(key: &str) -> Step {
        Step::Key(key.into())
    }

    #[test]
    fn paths_are_read_step_by_step() {
        assert_eq!(steps("$"), Some(vec![]));
        assert_eq!(steps("en"), Some(vec![key("en")]));
        assert_eq!(steps("a.b[0].c"), Some(vec![key("a"), key("b"), Step::Index(0), key("c")]));
        assert_eq!(steps("\"a.b\".c"), Some(vec![key("a.b"), key("c")]));
        assert_eq!(steps("$.a[12]"), Some(vec![key("a"), Step::Index(12)]));
    }

    #[test]
    fn what_is_no_path_is_none() {
        for text in [
            "", ".", "a.", ".a", "a..b", "a[", "a[x]", "a[-1]", "\"a", "a\"b\"", "a]", "\"\"", "a\\b",
            "\"a\tb\"",
        ] {
            assert_eq!(steps(text), None, "{text}");
        }
    }
}
