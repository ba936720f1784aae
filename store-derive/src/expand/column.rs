//! A column as the expansion writes it: briefly where nothing is said of it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use store_model::adapter::{Column, Duty, Keyed, Label, Labels, Meaning, Null, Step, Stored, Via, When};
use store_model::form::{Form, Unit, Width};

use super::adapter::{expand_constant, expand_table};
use super::codec;
use super::method::ident;

/// `_store::text("id")`, or `_store::kept(_store::Column::new(..) ..)` where something is said.
pub(super) fn expand_column(column: &Column<'_>) -> TokenStream {
    let brief = match column.form {
        Form::Text => Some("text"),
        Form::INTEGER => Some("integer"),
        Form::Boolean => Some("boolean"),
        Form::Time => Some("time"),
        Form::Json => Some("json"),
        _ => None,
    };
    match brief {
        Some(brief) if *column == Column::new(column.name, column.form) => {
            let (brief, name) = (ident(brief), column.name);
            quote!(_store::#brief(#name))
        }
        _ => {
            let column = described(column);
            quote!(_store::kept(#column))
        }
    }
}

/// `_store::Column::new("status", _store::Form::Text).labelled(..)`
pub(super) fn described(column: &Column<'_>) -> TokenStream {
    let new = match column.form {
        Form::Coded(coded) => codec::column(coded, column.name),
        other => {
            let (name, form) = (column.name, form(other));
            quote!(_store::Column::new(#name, #form))
        }
    };
    let of_type = column.sql_type.map(|name| quote!(.of_type(#name)));
    let under = column.collation.map(|name| quote!(.under(#name)));
    let labelled = column.labels.as_ref().map(labels);
    let null = column.null.map(null);
    let duty = match column.duty {
        Duty::Written => None,
        Duty::Generated => Some(quote!(.written_by(_store::Duty::Generated))),
        Duty::Agreeing => Some(quote!(.written_by(_store::Duty::Agreeing))),
        Duty::Shared => Some(quote!(.written_by(_store::Duty::Shared))),
        Duty::ViewOnly => Some(quote!(.written_by(_store::Duty::ViewOnly))),
    };
    let repeating = column.repeats.then(|| quote!(.repeating()));
    let exact = column.exact.then(|| quote!(.exact()));
    let of_digits = column.digits.map(|digits| {
        let digits = Literal::u8_unsuffixed(digits);
        quote!(.of_digits(#digits))
    });
    let over = (!column.beside.is_empty()).then(|| {
        let beside = column.beside.iter().map(described);
        quote!(.over(&[#(#beside),*]))
    });
    let at = (!column.path.is_empty()).then(|| {
        let path = column.path.iter().map(step);
        quote!(.at(&[#(#path),*]))
    });
    let via = column.via.map(via);
    let live = column.live_sql.map(|predicate| quote!(.live(#predicate)));
    quote! {
        #new #of_type #under #labelled #null #duty #repeating #exact #of_digits #over #at #via #live
    }
}

fn step(step: &Step<'_>) -> TokenStream {
    match step {
        Step::Key(key) => quote!(_store::Step::Key(#key)),
        Step::Index(index) => {
            let index = Literal::u32_unsuffixed(*index);
            quote!(_store::Step::Index(#index))
        }
    }
}

fn via(via: &Via<'_>) -> TokenStream {
    let (table, stores, reads) = (expand_table(&via.table), via.stores, via.reads);
    let form = form(via.form);
    let scope = match via.scope {
        Some(scope) => quote!(::core::option::Option::Some(#scope)),
        None => quote!(::core::option::Option::None),
    };
    quote!(.via(&_store::Via { table: #table, stores: #stores, reads: #reads, scope: #scope, form: #form }))
}

/// `_store::Place::Case(&[..])`
pub(super) fn case(list: &[When<'_>]) -> TokenStream {
    let list = list.iter().map(|when| {
        let meaning = meaning(when.meaning);
        let predicate = match when.predicate {
            Some(predicate) => quote!(::core::option::Option::Some(#predicate)),
            None => quote!(::core::option::Option::None),
        };
        quote!(_store::When { meaning: _store::Meaning::#meaning, predicate: #predicate })
    });
    quote!(_store::Place::Case(&[#(#list),*]))
}

/// `_store::Place::Keys(&[..])`
pub(super) fn keys(list: &[Keyed<'_>]) -> TokenStream {
    let list = list.iter().map(|keyed| {
        let (key, column) = (keyed.key, described(&keyed.column));
        quote!(_store::Keyed { key: #key, column: #column })
    });
    quote!(_store::Place::Keys(&[#(#list),*]))
}

fn labels(labels: &Labels<'_>) -> TokenStream {
    let list = labels.list.iter().map(label);
    let open = labels.open;
    quote!(.labelled(&[#(#list),*], #open))
}

fn label(label: &Label<'_>) -> TokenStream {
    let meaning = meaning(label.meaning);
    let values = label.stored.iter().copied().map(stored);
    quote!(_store::Label::new(_store::Meaning::#meaning, &[#(#values),*]))
}

fn meaning(meaning: Meaning<'_>) -> TokenStream {
    match meaning {
        Meaning::Word(word) => quote!(Word(#word)),
        Meaning::Boolean(boolean) => quote!(Boolean(#boolean)),
        Meaning::Interval(unit, count) => {
            let count = Literal::u32_unsuffixed(count);
            quote!(Interval(#unit, #count))
        }
    }
}

pub(super) fn stored(stored: Stored<'_>) -> TokenStream {
    match stored {
        Stored::Text(text) => quote!(_store::Stored::Text(#text)),
        Stored::Integer(number) => {
            let number = Literal::i64_unsuffixed(number);
            quote!(_store::Stored::Integer(#number))
        }
        Stored::Boolean(boolean) => quote!(_store::Stored::Boolean(#boolean)),
        Stored::Null => quote!(_store::Stored::Null),
        Stored::Tuple(parts) => {
            let parts = parts.iter().map(|part| {
                let part = part.iter().copied().map(self::stored);
                quote!(&[#(#part),*])
            });
            quote!(_store::Stored::Tuple(&[#(#parts),*]))
        }
    }
}

fn null(null: Null<'_>) -> TokenStream {
    let null = match null {
        Null::Is(constant) => {
            let constant = expand_constant(constant);
            quote!(Is(_store::Constant::#constant))
        }
        Null::IsField(place) => {
            let place = Literal::u8_unsuffixed(place);
            quote!(IsField(#place))
        }
        Null::Also(constant) => {
            let constant = expand_constant(constant);
            quote!(Also(_store::Constant::#constant))
        }
        Null::Never => quote!(Never),
    };
    quote!(.with_null(_store::Null::#null))
}

fn form(form: Form<'_>) -> TokenStream {
    let digits = |name: &str, digits: u16| {
        let (name, digits) = (ident(name), Literal::u16_unsuffixed(digits));
        quote!(#name(#digits))
    };
    let form = match form {
        Form::Integer(width) => {
            let width = width_of(width);
            quote!(Integer(_store::Width::#width))
        }
        Form::Char(length) => digits("Char", length),
        Form::Decimal(places) => digits("Decimal", places.into()),
        Form::Double(places) => digits("Double", places.into()),
        Form::DecimalText(places) => digits("DecimalText", places.into()),
        Form::Timestamp(places) => digits("Timestamp", places.into()),
        Form::DateTime(places) => digits("DateTime", places.into()),
        Form::Epoch(unit) => {
            let unit = match unit {
                Unit::Seconds => quote!(Seconds),
                Unit::Millis => quote!(Millis),
                Unit::Micros => quote!(Micros),
            };
            quote!(Epoch(_store::Unit::#unit))
        }
        Form::TimeText(format) => quote!(TimeText(#format)),
        Form::Delimited(delimiter) => quote!(Delimited(#delimiter)),
        // The others have the name that they are shown by.
        plain => {
            let name = ident(&format!("{plain:?}"));
            quote!(#name)
        }
    };
    quote!(_store::Form::#form)
}

fn width_of(width: Width) -> TokenStream {
    let name = ident(&format!("{width:?}"));
    quote!(#name)
}
