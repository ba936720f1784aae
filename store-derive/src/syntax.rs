//! The three shapes of `#[store(..)]`, at every level: `word`, `key = value`, `key(item, ..)`.

use proc_macro2::TokenTree;
use quote::{ToTokens, TokenStreamExt};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Ident, Lit, Meta, Path, Token, parenthesized, token};

use crate::ctxt::Ctxt;
use crate::{messages, symbol};

/// One item of a list.
pub(crate) struct Item {
    pub(crate) key: Ident,
    pub(crate) shape: Shape,
}

/// What follows the key of an item.
pub(crate) enum Shape {
    /// `word`: nothing.
    Word,
    /// `key = value`
    Is(Value),
    /// `key(item, ..)`
    List(List),
}

/// What is written after `=`.
pub(crate) enum Value {
    Lit(Lit),
    Path(Path),
}

/// Items, as far as they could be read.
#[derive(Default)]
pub(crate) struct List {
    pub(crate) items: Vec<Item>,
    /// Whether a part could not be read: then nothing can be said to be missing.
    pub(crate) broken: bool,
}

impl Item {
    /// The key without the `r#` of a raw identifier.
    pub(crate) fn name(&self) -> String {
        self.key.unraw().to_string()
    }
}

/// An item is shown under what must be edited: its value, or else its key.
impl ToTokens for Item {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        match &self.shape {
            Shape::Is(Value::Lit(lit)) => lit.to_tokens(tokens),
            Shape::Is(Value::Path(path)) => path.to_tokens(tokens),
            Shape::Word | Shape::List(_) => tokens.append(self.key.clone()),
        }
    }
}

/// Reads one attribute, `#[store(item, ..)]`. A mistake costs the item that it stands in and nothing else.
pub(crate) fn read(ctxt: &Ctxt, meta: &Meta) -> List {
    let Meta::List(list) = meta else {
        ctxt.error(meta, messages::not_a_list());
        return List { broken: true, ..List::default() };
    };
    let read = (|input: ParseStream<'_>| Ok(items(ctxt, input))).parse2(list.tokens.clone());
    read.expect("everything between the parentheses is read")
}

fn items(ctxt: &Ctxt, input: ParseStream<'_>) -> List {
    let mut list = List::default();
    while !input.is_empty() {
        let item = item(ctxt, input);
        if item.is_none() || !at_end_of_item(ctxt, input) {
            list.broken = true;
            skip(input);
        }
        list.items.extend(item);
        // Absent only at the end.
        let _: Option<Token![,]> = input.parse().unwrap_or_default();
    }
    list
}

fn item(ctxt: &Ctxt, input: ParseStream<'_>) -> Option<Item> {
    let Ok(key) = input.call(Ident::parse_any) else {
        ctxt.error(next(input), messages::not_an_option());
        return None;
    };
    let shape = if input.peek(token::Paren) {
        Shape::List(nested(ctxt, input).ok()?)
    } else if input.parse::<Option<Token![=]>>().ok()?.is_some() {
        Shape::Is(value(ctxt, &key, input)?)
    } else {
        Shape::Word
    };
    Some(Item { key, shape })
}

fn nested(ctxt: &Ctxt, input: ParseStream<'_>) -> syn::Result<List> {
    let content;
    parenthesized!(content in input);
    Ok(items(ctxt, &content))
}

fn value(ctxt: &Ctxt, key: &Ident, input: ParseStream<'_>) -> Option<Value> {
    let value = if input.peek(Lit) {
        input.parse().map(Value::Lit).ok()
    } else {
        input.call(Path::parse_mod_style).map(Value::Path).ok()
    };
    if value.is_none() {
        let name = key.unraw().to_string();
        if input.is_empty() {
            ctxt.error(key, messages::no_value(&name));
        } else {
            ctxt.error(next(input), messages::not_a_value(&name));
        }
    }
    value
}

/// Whether the item ends here, as it must.
fn at_end_of_item(ctxt: &Ctxt, input: ParseStream<'_>) -> bool {
    let ends = input.is_empty() || input.peek(Token![,]);
    if !ends {
        let message = if input.peek(Token![!]) { messages::macro_call() } else { messages::no_comma() };
        ctxt.error(next(input), message);
    }
    ends
}

/// The token ahead, for a message.
fn next(input: ParseStream<'_>) -> Option<TokenTree> {
    input.fork().parse().ok()
}

/// Passes over the rest of an item.
fn skip(input: ParseStream<'_>) {
    while !input.is_empty() && !input.peek(Token![,]) {
        // There is a token ahead, so this can't fail.
        let _: Option<TokenTree> = input.parse().ok();
    }
}

/// The attributes that are ours, and what they say.
pub(crate) fn read_all(ctxt: &Ctxt, attributes: &[syn::Attribute]) -> List {
    let mut all = List::default();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident(symbol::STORE)) {
        let List { items, broken } = read(ctxt, &attribute.meta);
        all.items.extend(items);
        all.broken |= broken;
    }
    all
}
