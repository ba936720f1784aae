//! The three shapes of `#[store(..)]`, at every level: `word`, `key = value`, `key(item, ..)`.

use proc_macro2::TokenTree;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseBuffer, ParseStream, Parser};
use syn::{Ident, Lit, LitInt, LitStr, Meta, Path, Token, parenthesized, token};

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
    /// `month * 3`
    Times(Ident, LitInt),
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

/// What is written after `=`, or as an argument.
pub(crate) enum Value {
    Lit(Lit),
    Path(Path),
    /// `decimal(2)`
    Call(Path, List),
    /// `{}`, `[]`
    Empty(TokenTree),
    /// `a | b`
    Or(Vec<Value>),
    /// `(a, b)`
    Tuple(token::Paren, Vec<Value>),
    /// `_`
    Any(Token![_]),
}

/// Items, as far as they could be read.
#[derive(Default)]
pub(crate) struct List {
    pub(crate) items: Vec<Item>,
    /// The `..` at its end, if it has one.
    pub(crate) rest: Option<Token![..]>,
    /// Whether a part could not be read: then nothing can be said to be missing.
    pub(crate) broken: bool,
}

impl Item {
    /// The key, if it is a word, without the `r#` of a raw identifier.
    pub(crate) fn name(&self) -> Option<String> {
        match &self.key {
            Key::Word(word) => Some(word.unraw().to_string()),
            Key::Lit(_) | Key::Times(..) => None,
        }
    }

    /// The key, if it is text of the database.
    pub(crate) fn text(&self) -> Option<&LitStr> {
        match &self.key {
            Key::Lit(Lit::Str(text)) => Some(text),
            _ => None,
        }
    }

    /// The key, if the item is a word and nothing else.
    pub(crate) fn word(&self) -> Option<String> {
        self.name().filter(|_| matches!(self.shape, Shape::Word))
    }

    /// Whether a part of it could not be read, which has been told.
    pub(crate) fn is_broken(&self) -> bool {
        match &self.shape {
            Shape::List(list) => list.is_broken(),
            Shape::Is(value) => value.is_broken(),
            Shape::Word => false,
        }
    }

    /// The items in its parentheses, if it has some.
    pub(crate) fn list(&self) -> Option<&List> {
        match &self.shape {
            Shape::List(list) => Some(list),
            _ => None,
        }
    }

    /// The value after its `=`, if it has one.
    pub(crate) fn value(&self) -> Option<&Value> {
        match &self.shape {
            Shape::Is(value) => Some(value),
            _ => None,
        }
    }
}

impl List {
    /// Whether a part of it, however deep, could not be read.
    pub(crate) fn is_broken(&self) -> bool {
        self.broken || self.items.iter().any(Item::is_broken)
    }
}

impl Value {
    fn is_broken(&self) -> bool {
        match self {
            Self::Call(_, list) => list.is_broken(),
            Self::Or(values) | Self::Tuple(_, values) => values.iter().any(Self::is_broken),
            Self::Lit(_) | Self::Path(_) | Self::Empty(_) | Self::Any(_) => false,
        }
    }

    /// The value, if it is a word.
    pub(crate) fn word(&self) -> Option<String> {
        match self {
            Self::Path(path) => path.get_ident().map(|word| word.unraw().to_string()),
            _ => None,
        }
    }

    /// The word before the parentheses, and what stands in them; of a word alone, the word.
    pub(crate) fn called(&self) -> (Option<String>, Option<&List>) {
        match self {
            Self::Call(path, list) => (Self::Path(path.clone()).word(), Some(list)),
            _ => (self.word(), None),
        }
    }

    /// The value, if it is text.
    pub(crate) fn text(&self) -> Option<&LitStr> {
        match self {
            Self::Lit(Lit::Str(text)) => Some(text),
            _ => None,
        }
    }

    /// The values between which `|` stands; a single one otherwise.
    pub(crate) fn alternatives(&self) -> &[Self] {
        match self {
            Self::Or(values) => values,
            single => std::slice::from_ref(single),
        }
    }
}

/// An item is shown under what must be edited: its value, or else its key.
impl ToTokens for Item {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        match &self.shape {
            Shape::Is(value) => value.to_tokens(tokens),
            Shape::Word | Shape::List(_) => self.key.to_tokens(tokens),
        }
    }
}

impl ToTokens for Value {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        match self {
            Self::Lit(lit) => lit.to_tokens(tokens),
            Self::Path(path) | Self::Call(path, _) => path.to_tokens(tokens),
            Self::Empty(token) => token.to_tokens(tokens),
            Self::Or(values) => values.iter().for_each(|value| value.to_tokens(tokens)),
            Self::Tuple(paren, values) => {
                paren.surround(tokens, |tokens| values.iter().for_each(|value| value.to_tokens(tokens)));
            }
            Self::Any(any) => any.to_tokens(tokens),
        }
    }
}

impl ToTokens for Key {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        match self {
            Self::Word(word) => word.to_tokens(tokens),
            Self::Lit(lit) => lit.to_tokens(tokens),
            Self::Times(unit, count) => {
                unit.to_tokens(tokens);
                count.to_tokens(tokens);
            }
        }
    }
}

/// Reads one attribute, `#[store(item, ..)]`. A mistake costs the item that it stands in and nothing else.
pub(crate) fn read(ctxt: &Ctxt, meta: &Meta) -> List {
    let Meta::List(list) = meta else {
        ctxt.error(meta, messages::not_a_list());
        return List { broken: true, ..List::default() };
    };
    let read = (|input: ParseStream<'_>| Ok(items(ctxt, None, input))).parse2(list.tokens.clone());
    read.expect("everything between the parentheses is read")
}

/// The items of a list, which stands after a key.
fn items(ctxt: &Ctxt, key: Option<&Key>, input: ParseStream<'_>) -> List {
    let mut list = List::default();
    while !input.is_empty() {
        if input.peek(Token![..]) {
            list.rest = input.parse().ok();
            list.broken |= !may_be_open(ctxt, key, list.rest);
            list.broken |= !at_end(ctxt, input);
            break;
        }
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
        Shape::List(nested(ctxt, Some(&key), input).ok()?)
    } else if input.parse::<Option<Token![=]>>().ok()?.is_some() {
        Shape::Is(value(ctxt, &key, input)?)
    } else {
        Shape::Word
    };
    Some(Item { key, shape })
}

/// Words are of any kind, `crate` and `type` too.
fn key(ctxt: &Ctxt, input: ParseStream<'_>) -> Option<Key> {
    if input.peek2(Token![*]) {
        return times(ctxt, input);
    }
    let key = input.call(Ident::parse_any).map(Key::Word).or_else(|_| input.parse().map(Key::Lit)).ok();
    if key.is_none() {
        ctxt.error(next(input), messages::not_an_option());
    }
    key
}

/// `month * 3`
fn times(ctxt: &Ctxt, input: ParseStream<'_>) -> Option<Key> {
    let at = next(input);
    let read = |input: ParseStream<'_>| {
        let unit = input.call(Ident::parse_any)?;
        let _: Token![*] = input.parse()?;
        Ok::<_, syn::Error>(Key::Times(unit, input.parse()?))
    };
    let key = read(input).ok();
    if key.is_none() {
        ctxt.error(at, messages::not_a_multiple());
    }
    key
}

fn nested(ctxt: &Ctxt, key: Option<&Key>, input: ParseStream<'_>) -> syn::Result<List> {
    let content;
    parenthesized!(content in input);
    Ok(items(ctxt, key, &content))
}

/// One value, or several with `|` between them.
fn value(ctxt: &Ctxt, key: &Key, input: ParseStream<'_>) -> Option<Value> {
    if input.is_empty() || input.peek(Token![,]) {
        ctxt.error(key, messages::no_value());
        return None;
    }
    alternatives(ctxt, input)
}

fn alternatives(ctxt: &Ctxt, input: ParseStream<'_>) -> Option<Value> {
    let first = single(ctxt, input)?;
    if !input.peek(Token![|]) {
        return Some(first);
    }
    let mut values = vec![first];
    while input.parse::<Option<Token![|]>>().ok()?.is_some() {
        values.push(single(ctxt, input)?);
    }
    Some(Value::Or(values))
}

fn single(ctxt: &Ctxt, input: ParseStream<'_>) -> Option<Value> {
    let at = next(input);
    if input.peek(Lit) || input.peek(Token![-]) {
        return told(ctxt, at, input.parse().map(Value::Lit));
    }
    if input.peek(token::Brace) || input.peek(token::Bracket) {
        return told(ctxt, at, empty(input));
    }
    if input.peek(token::Paren) {
        return tuple(ctxt, input);
    }
    if input.peek(Token![_]) {
        return input.parse().map(Value::Any).ok();
    }
    let path = told(ctxt, at, input.call(Path::parse_mod_style))?;
    if input.peek(Token![!]) {
        ctxt.error(path, messages::macro_call());
        return None;
    }
    if input.peek(token::Paren) {
        return Some(Value::Call(path, nested(ctxt, None, input).ok()?));
    }
    Some(Value::Path(path))
}

/// `(a, b)`
fn tuple(ctxt: &Ctxt, input: ParseStream<'_>) -> Option<Value> {
    let (paren, content) = in_parentheses(input).ok()?;
    let mut values = Vec::new();
    while !content.is_empty() {
        let value = alternatives(ctxt, &content);
        if value.is_none() || !at_end_of_item(ctxt, &content) {
            // What is left has no meaning; it must be read all the same.
            let _: proc_macro2::TokenStream = content.parse().unwrap_or_default();
        }
        values.push(value?);
        let _: Option<Token![,]> = content.parse().unwrap_or_default();
    }
    Some(Value::Tuple(paren, values))
}

fn in_parentheses<'a>(input: &ParseBuffer<'a>) -> syn::Result<(token::Paren, ParseBuffer<'a>)> {
    let content;
    let paren = parenthesized!(content in input);
    Ok((paren, content))
}

/// `{}`, `[]`
fn empty(input: ParseStream<'_>) -> syn::Result<Value> {
    let token: TokenTree = input.parse()?;
    match &token {
        TokenTree::Group(group) if group.stream().is_empty() => Ok(Value::Empty(token)),
        _ => Err(input.error("not empty")),
    }
}

fn told<T>(ctxt: &Ctxt, at: Option<TokenTree>, read: syn::Result<T>) -> Option<T> {
    read.inspect_err(|_| ctxt.error(at, messages::not_a_value())).ok()
}

/// Whether the item ends here, as it must.
fn at_end_of_item(ctxt: &Ctxt, input: ParseStream<'_>) -> bool {
    let ends = input.is_empty() || input.peek(Token![,]);
    if !ends {
        ctxt.error(next(input), messages::no_comma());
    }
    ends
}

/// Whether the list after a key is one that `..` opens: no other but `labels`.
fn may_be_open(ctxt: &Ctxt, key: Option<&Key>, rest: Option<Token![..]>) -> bool {
    let is_open = matches!(key, Some(Key::Word(word)) if word == symbol::LABELS);
    if !is_open {
        ctxt.error(rest, messages::rest_outside());
    }
    is_open
}

/// Whether the list ends here, as it must after `..`.
fn at_end(ctxt: &Ctxt, input: ParseStream<'_>) -> bool {
    let ends = input.is_empty();
    if !ends {
        ctxt.error(next(input), messages::rest_not_last());
        let _: proc_macro2::TokenStream = input.parse().unwrap_or_default();
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
        let List { items, broken, .. } = read(ctxt, &attribute.meta);
        all.items.extend(items);
        all.broken |= broken;
    }
    all
}
