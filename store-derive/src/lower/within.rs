//! The rules of values within documents.

use store_model::adapter::{Dialect, Duty};
use store_model::contract::{Field, Kind, subscription};
use store_model::form::Form as F;

use super::fields::{Kept, Mapped};
use super::options::same_name;
use super::rules::Rules;
use crate::mapping::{Form, Options, Step};
use crate::messages;

impl Rules<'_> {
    /// What a value within a document may be.
    pub(super) fn within(&self, place: usize, field: Field, options: &Options, form: &Form) {
        let Some(path) = &options.path else { return };
        let tell = |message: String| self.ctxt.error(&path.at, message);
        if path.steps.is_empty() {
            // The document itself is what a list or a map is kept in anyway.
            if !matches!(field.kind, Kind::List | Kind::Numbers | Kind::Texts) {
                tell(messages::whole_document(field.name));
            }
            return;
        }
        if place == 0 {
            tell(messages::id_within());
        }
        let is_written = options.duty.is_none() && self.written.mapping.table.read_only.is_none();
        if is_written && path.steps.iter().any(|step| matches!(step, Step::Index(_))) {
            tell(messages::element_written());
        }
        if self.is_in_live_key(place)
            && place == subscription::SUBSCRIBER_ID
            && self.written.mapping.table.atomic.is_none()
        {
            tell(messages::atomic_within());
        }
        if let Some((Duty::Generated, at)) = &options.duty {
            self.ctxt.error(at, messages::generated_within());
        }
        if let Some(collation) = self.written.mapping.own(place).and_then(|own| own.collation.as_ref()) {
            self.ctxt.error(collation, messages::collation_within());
        }
        if let Some(name) = options.sql_type.as_ref().filter(|name| name.value() != "json") {
            self.ctxt.error(name, messages::type_within());
        }
        if let Some(message) = form_within(form.as_model()) {
            let is_said = options.form.is_some();
            if is_said { self.ctxt.error(&form.at, message) } else { tell(message) }
        }
    }
}

/// What is wrong with a form within a document.
fn form_within(form: F<'_>) -> Option<String> {
    let instead = match form {
        F::Time | F::Timestamp(_) | F::DateTime(_) | F::Date => return Some(messages::time_within()),
        F::UuidBytes => "uuid",
        F::Char(_) => "text",
        F::Double(digits) => return Some(messages::form_within(&format!("decimal({digits})"))),
        F::DecimalOfCurrency => "decimal(2)",
        F::JsonText | F::Array => "json",
        F::AnyJsonText => "json(any)",
        _ => return None,
    };
    Some(messages::form_within(instead))
}

/// What is wrong with a field and one before it in the same column, where one of them lies within that.
pub(super) fn together(kept: &Kept, field: Field, first: &Kept, other: Field) -> Option<String> {
    match (kept.path.as_slice(), first.path.as_slice()) {
        (path, of_first) if path == of_first => None,
        ([], _) => rest(kept, field, other),
        (_, []) => rest(first, other, field),
        (path, of_first) if path.starts_with(of_first) || of_first.starts_with(path) => {
            Some(messages::lies_within(other.name))
        }
        _ => (kept.sql_type != first.sql_type).then(messages::types_of_document),
    }
}

/// Only metadata is whatever a document has beside the values of others.
fn rest(kept: &Kept, field: Field, within: Field) -> Option<String> {
    match kept.form.as_model() {
        _ if field.kind != Kind::Texts => Some(messages::beside_document(within.name)),
        F::Json | F::AnyJson => None,
        _ => Some(messages::rest_of_document()),
    }
}

/// Whether a column has values of fields within it.
pub(crate) fn is_document(dialect: Dialect, fields: &[Mapped], name: &str) -> bool {
    let mut kept = fields.iter().filter_map(Mapped::kept);
    kept.any(|kept| !kept.path.is_empty() && same_name(dialect, &kept.name, name))
}
