//! The three shapes of `#[store(..)]`, at every level: `word`, `key = value`, `key(item, ..)`.

use proc_macro2::TokenTree;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Ident, Lit, Meta, Path, Token, parenthesized, token};

use crate::ctxt::Ctxt;
use crate::{messages, symbol};

/// One item of a list.
pub(crate) struct Item {
    pub(crate) key: Key,
    pub(crate) shape: Shape,
}

/// What an item begins with: a word of the contract, or text of the database.
pub(crate) enum Key {
    Word(Ident),
    Lit(Lit),
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
    /// The key, if it is a word, without the `r#` of a raw identifier.
    pub(crate) fn name(&self) -> Option<String> {
        match &self.key {
            Key::Word(word) => Some(word.unraw().to_string()),
            Key::Lit(_) => None,
        }
    }
}

/// An item is shown under what must be edited: its value, or else its key.
impl ToTokens for Item {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        match &self.shape {
            Shape::Is(Value::Lit(lit)) => lit.to_tokens(tokens),
            Shape::Is(Value::Path(path)) => path.to_tokens(tokens),
            Shape::Word | Shape::List(_) => self.key.to_tokens(tokens),
        }
    }
}

impl ToTokens for Key {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        match self {
            Self::Word(word) => word.to_tokens(tokens),
            Self::Lit(lit) => lit.to_tokens(tokens),
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
    let key = key(ctxt, input)?;
    let shape = if input.peek(token::Paren) {
        Shape::List(nested(ctxt, input).ok()?)
    } else if input.parse::<Option<Token![=]>>().ok()?.is_some() {
        Shape::Is(value(ctxt, &key, input)?)
    } else {
        Shape::Word
    };
    Some(Item { key, shape })
}

/// Words are of any kind, `crate` and `type` too.
fn key(ctxt: &Ctxt, input: ParseStream<'_>) -> Option<Key> {
    let key = input.call(Ident::parse_any).map(Key::Word).or_else(|_| input.parse().map(Key::Lit)).ok();
    if key.is_none() {
        ctxt.error(next(input), messages::not_an_option());
    }
    key
}

fn nested(ctxt: &Ctxt, input: ParseStream<'_>) -> syn::Result<List> {
    let content;
    parenthesized!(content in input);
    Ok(items(ctxt, &content))
}

fn value(ctxt: &Ctxt, key: &Key, input: ParseStream<'_>) -> Option<Value> {
    if input.is_empty() || input.peek(Token![,]) {
        ctxt.error(key, messages::no_value());
        return None;
    }
    if input.peek(Lit) {
        return input.parse().map(Value::Lit).ok();
    }
    let at = next(input);
    match input.call(Path::parse_mod_style) {
        Ok(path) if input.peek(Token![!]) => ctxt.error(path, messages::macro_call()),
        Ok(path) => return Some(Value::Path(path)),
        Err(_) => ctxt.error(at, messages::not_a_value()),
    }
    None
}

/// Whether the item ends here, as it must.
fn at_end_of_item(ctxt: &Ctxt, input: ParseStream<'_>) -> bool {
    let ends = input.is_empty() || input.peek(Token![,]);
    if !ends {
        ctxt.error(next(input), messages::no_comma());
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
