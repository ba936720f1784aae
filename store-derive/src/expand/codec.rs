//! Codecs of the user's own: a constant for each, and the texts of which a part depends on one.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use store_model::adapter::Dialect;
use store_model::contract::{Entity, Field, Kind, subscription};
use store_model::form::Coded;
use store_model::sql::{Piece, pieces};
use syn::Path;
use syn::spanned::Spanned;

use super::method::ident;
use crate::lower::{Kept, Store};

/// The constant of the codec of a field, by place.
fn constant(place: impl std::fmt::Display) -> Ident {
    format_ident!("__CODEC_{}", place.to_string())
}

/// `const __CODEC_8: _store::Coded = _store::Coded::new::<crate::TrialDays, u32, 2>();` for each codec, at its path, so that what is
/// wrong with it is told there.
pub(super) fn expand(store: &Store<'_>) -> TokenStream {
    let entity = store.target.entity;
    let fields = entity.fields().iter().zip(&store.fields).enumerate();
    let coded = fields.filter_map(|(place, (field, mapped))| {
        let kept = mapped.kept()?;
        Some(codec(entity, place, *field, kept, kept.codec.as_ref()?))
    });
    coded.collect()
}

fn codec(entity: Entity, place: usize, field: Field, kept: &Kept, path: &Path) -> TokenStream {
    let (constant, ty) = (constant(place), ty(entity, field));
    let columns = Literal::usize_unsuffixed(1 + kept.beside.len());
    let is_key = place == 0 || entity == Entity::Subscription && place == subscription::SUBSCRIBER_ID;
    let new = ident(if is_key { "of_key" } else { "new" });
    let of_text = kept.texts.iter().map(|(number, at)| {
        let number = Literal::usize_unsuffixed(*number);
        quote_spanned! {at.span()=>
            const _: () = _store::is_text::<
                <<#path as _store::Codec<#ty>>::Columns as _store::At<#number>>::Held
            >();
        }
    });
    quote_spanned! {path.span()=>
        const #constant: _store::Coded = _store::Coded::#new::<#path, #ty, #columns>();
        #(#of_text)*
    }
}

/// The type that a field has in its record.
fn ty(entity: Entity, field: Field) -> TokenStream {
    match field.kind {
        Kind::Key | Kind::Text => quote!(::std::string::String),
        Kind::OptionalKey => quote!(::core::option::Option<::std::string::String>),
        Kind::Word if entity == Entity::Plan => quote!(_store::PlanInterval),
        Kind::Word => quote!(_store::SubscriptionStatus),
        Kind::Integer => quote!(::core::primitive::i64),
        Kind::Count => quote!(::core::primitive::u32),
        Kind::Boolean => quote!(::core::primitive::bool),
        Kind::Time => quote!(_store::DateTime<_store::Utc>),
        Kind::OptionalTime => quote!(::core::option::Option<_store::DateTime<_store::Utc>>),
        Kind::List => quote!(::std::vec::Vec<::std::string::String>),
        Kind::Numbers => {
            quote!(::std::collections::BTreeMap<::std::string::String, ::core::primitive::i64>)
        }
        Kind::Texts => quote!(::std::collections::BTreeMap<::std::string::String, ::std::string::String>),
    }
}

/// `__CODEC_8.column(0, "trial_period")`
pub(super) fn column(Coded { place, number }: Coded, name: &str) -> TokenStream {
    let (constant, number) = (constant(place), Literal::u8_unsuffixed(number));
    quote!(#constant.column(#number, #name))
}

/// A text as a literal; where a part of it depends on a codec, its pieces, which the compiler joins.
pub(super) fn text(dialect: Dialect, text: &str) -> TokenStream {
    match pieces(text).as_slice() {
        [Piece::Text(text)] => text.to_token_stream(),
        pieces => {
            let pieces = pieces.iter().map(|piece| self::piece(dialect, *piece));
            quote!(_store::text_of!(#(#pieces),*))
        }
    }
}

fn piece(dialect: Dialect, piece: Piece<'_>) -> TokenStream {
    let of_type = |Coded { place, number }: Coded, is_in_key: bool| {
        let (constant, number) = (constant(place), Literal::u8_unsuffixed(number));
        let dialect = ident(&format!("{dialect:?}"));
        quote!(#constant.column_type(#number, _store::Dialect::#dialect, #is_in_key))
    };
    let when = |Coded { place, number }: Coded, method: &str, text: &str| {
        let (constant, number) = (constant(place), Literal::u8_unsuffixed(number));
        let method = ident(method);
        quote!(#constant.#method(#number, #text))
    };
    match piece {
        Piece::Text(text) => text.to_token_stream(),
        Piece::Type(column) => of_type(column, false),
        Piece::KeyType(column) => of_type(column, true),
        Piece::Cast(Coded { place, number }) => {
            let (constant, number) = (constant(place), Literal::u8_unsuffixed(number));
            quote!(#constant.cast(#number))
        }
        Piece::IfText(column, text) => when(column, "if_text", text),
        Piece::IfNull(column, text) => when(column, "if_null", text),
        Piece::UnlessNull(column, text) => when(column, "unless_null", text),
    }
}
