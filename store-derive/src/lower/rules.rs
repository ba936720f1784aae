//! The rules of one column: what its form, type, labels and duty may be together.

use quote::ToTokens;
use store_model::adapter::{Dialect, Duty};
use store_model::contract::{Entity, Field, Kind, subscription, usage};
use store_model::form;
use syn::{LitStr, Path};

use super::fields::Beside;
use super::held::holds;
use super::types;
use crate::attr::Written;
use crate::ctxt::Ctxt;
use crate::mapping::{Form, Labels, Null, Options, Stored, has_form, no_collation};
use crate::messages;

pub(super) struct Rules<'a> {
    pub(super) ctxt: &'a Ctxt,
    pub(super) written: &'a Written<'a>,
    pub(super) dialect: Option<Dialect>,
}

impl Rules<'_> {
    /// The rules of the column of a field.
    pub(super) fn of_field(
        &self,
        place: usize,
        field: Field,
        options: &Options,
        form: &Form,
        beside: &[Beside],
    ) {
        self.live_sql(place, options);
        if let Some(codec) = &options.with {
            return self.with(place, field, options, codec);
        }
        if form.null.is_some() {
            return self.time_or_null(place, field, options, form);
        }
        let forms: Vec<_> = std::iter::once(form).chain(beside.iter().map(|it| &it.form)).collect();
        self.several(field, options);
        self.of_column(field, options, &forms);
        self.within(place, field, options, form);
        self.coarse(place, field, options, form);
        self.null(options, form);
        self.duty(place, field, options);
        self.made(place, options, form.as_model());
        if !form.is_text()
            && options.path.is_none()
            && let Some(own) = self.written.mapping.own(place)
        {
            no_collation(self.ctxt, own);
        }
    }

    /// Whether there is a time says it all, in a column of its own.
    fn time_or_null(&self, place: usize, field: Field, options: &Options, form: &Form) {
        let beside = ["labels", "if_null", "not_null", "path"];
        let said = options.forms.iter().filter(|(option, _)| beside.contains(option));
        for (option, at) in said {
            self.ctxt.error(at, messages::time_or_null(form.word(), option));
        }
        self.several(field, options);
        options.sql_type.iter().for_each(|name| self.sql_type(field, name, false));
        self.duty(place, field, options);
    }

    /// Several columns have labels that say what stands in each.
    fn several(&self, field: Field, options: &Options) {
        let Some(over) = &options.over else { return };
        match &options.labels {
            // What stands in each a codec says by itself.
            _ if options.with.is_some() => {}
            None if !matches!(field.kind, Kind::Word | Kind::Boolean) => {
                self.ctxt.error(&over.at, messages::no_over(field.name));
            }
            None => self.ctxt.error(&over.at, messages::over_without_labels()),
            Some(labels) if labels.open => self.ctxt.error(&labels.at, messages::open_over()),
            Some(_) => {}
        }
        for (option, at) in [
            ("column", options.column.as_ref().map(ToTokens::to_token_stream)),
            ("as", options.form.as_ref().filter(|_| options.with.is_none()).map(|form| form.at.clone())),
            ("type", options.sql_type.as_ref().map(ToTokens::to_token_stream)),
        ] {
            at.into_iter().for_each(|at| self.ctxt.error(at, messages::said_of_several(option)));
        }
        if options.null.is_some() && options.with.is_none() {
            self.ctxt.error(&over.at, messages::null_of_several());
        }
        for part in &over.parts {
            match &options.with {
                None => part.sql_type.iter().for_each(|name| self.sql_type(field, name, false)),
                Some(_) => {
                    part.sql_type.iter().for_each(|name| self.own_type(name));
                    let form = part.form.as_ref().map(|form| &form.at);
                    form.into_iter().for_each(|at| self.ctxt.error(at, messages::beside_codec("as")));
                }
            }
        }
    }

    /// A codec says by itself how a field is kept, and only the program can ask it.
    fn with(&self, place: usize, field: Field, options: &Options, codec: &Path) {
        for (option, at) in &options.forms {
            self.ctxt.error(at, messages::beside_codec(option));
        }
        if self.written.entity == Entity::Usage && place == usage::RECORDED_AT {
            self.ctxt.error(codec, messages::codec_of_range());
        }
        if self.is_status(place) && options.live_sql.is_none() {
            self.ctxt.error(codec, messages::codec_without_live());
        }
        self.several(field, options);
        options.sql_type.iter().for_each(|name| self.own_type(name));
        self.duty(place, field, options);
    }

    /// What is live is said where a codec keeps the status; otherwise it follows from what is stored.
    fn live_sql(&self, place: usize, options: &Options) {
        let Some(predicate) = &options.live_sql else { return };
        if !self.is_status(place) {
            self.ctxt.error(predicate, messages::live_sql_of_no_status());
        } else if options.with.is_none() {
            self.ctxt.error(predicate, messages::live_sql_without_codec());
        }
    }

    fn is_status(&self, place: usize) -> bool {
        self.written.entity == Entity::Subscription && place == subscription::STATUS
    }

    /// The rules of any column, or of the several, that have a value of a field.
    pub(super) fn of_column(&self, field: Field, options: &Options, forms: &[&Form]) {
        let form = forms[0];
        let model = form.as_model();
        match &options.labels {
            Some(labels) => self.labels(labels, options, forms),
            None if field.kind == Kind::Word && matches!(model, form::Form::Integer(_)) => {
                self.ctxt.error(&form.at, messages::number_without_labels(field.name));
            }
            None if field.kind == Kind::Boolean && form.is_text() => {
                self.ctxt.error(&form.at, messages::text_without_labels(field.name));
            }
            None => {}
        }
        if matches!(model, form::Form::AnyJson | form::Form::AnyJsonText) && self.rewrites() {
            self.ctxt.error(&form.at, messages::any_json_rewritten());
        }
        if model == form::Form::Array && self.is_not_postgres() {
            self.ctxt.error(&form.at, messages::no_arrays());
        }
        if let Some(name) = &options.sql_type {
            self.sql_type(field, name, options.path.is_some());
        }
    }

    fn is_not_postgres(&self) -> bool {
        self.dialect.is_some_and(|dialect| dialect != Dialect::Postgres)
    }

    /// Whether a row is written that was read.
    fn rewrites(&self) -> bool {
        self.written.entity != Entity::Usage && self.written.mapping.table.read_only.is_none()
    }

    /// The form that all labels have, of tuples at one place.
    pub(super) fn implied(&self, labels: &Labels, place: usize) -> Option<form::Form<'static>> {
        let stored = labels.list.iter().flat_map(|label| &label.stored);
        let mut forms = stored.flat_map(|stored| at(stored, place)).filter_map(form_of);
        let first = forms.next()?;
        if forms.any(|form| form != first) {
            self.ctxt.error(&labels.at, messages::labels_of_several_kinds());
        }
        Some(first)
    }

    /// Each label is of one kind with the others, and the form has a place for it.
    fn labels(&self, labels: &Labels, options: &Options, forms: &[&Form]) {
        for label in &labels.list {
            let message = label.stored.iter().find_map(|stored| unfit(stored, forms));
            message.into_iter().for_each(|message| self.ctxt.error(&label.value, message));
        }
        for (place, form) in forms.iter().enumerate() {
            let part = options.parts().get(place).and_then(|part| part.form.as_ref());
            let is_said = options.form.is_some() || part.is_some();
            let mut stored = labels.list.iter().flat_map(|label| &label.stored);
            let is_unfit = |stored: &Stored| at(stored, place).iter().any(|it| !fits(it, form.as_model()));
            if is_said && stored.any(is_unfit) {
                self.ctxt.error(&form.at, messages::labels_of_another_form());
            }
        }
    }

    /// What a time loses is said. A column that the store doesn't write loses nothing.
    fn coarse(&self, place: usize, field: Field, options: &Options, form: &Form) {
        let mapping = &self.written.mapping;
        let is_written = options.duty.is_none() && mapping.table.read_only.is_none();
        let Some(step) = form.as_model().step().filter(|_| is_written && !form.exact) else { return };
        if mapping.is_cut(place) {
            return;
        }
        let is_of_class = mapping.own(place).is_none_or(|own| own.form.is_none());
        let name = if is_of_class { "times" } else { field.name };
        self.ctxt.error(&form.at, messages::coarse(name, &words(step), &exact(form)));
    }

    /// NULL has one meaning, and what else stands for none is a value of the column.
    fn null(&self, options: &Options, form: &Form) {
        if let (Some(Null::Also(constant, at)), Some(dialect), None) =
            (&options.null, self.dialect, &options.path)
            && !holds(dialect, form.as_model(), constant)
        {
            self.ctxt.error(at, messages::also_none_of_another_form());
        }
        let Some(labels) = &options.labels else { return };
        let label = labels.list.iter().find(|label| label.stored.contains(&Stored::Null));
        match (label, &options.null) {
            (Some(label), Some(Null::Is(_) | Null::IsField(_))) => {
                self.ctxt.error(&label.value, messages::null_twice());
            }
            (Some(label), Some(Null::Never)) => {
                self.ctxt.error(&label.value, messages::none_twice("labels"));
            }
            _ => {}
        }
    }

    /// The type of a column that has a value of a field is said where the form doesn't imply one.
    fn sql_type(&self, field: Field, name: &LitStr, is_of_document: bool) {
        let message = match types::form_of(&name.value(), field) {
            _ if self.is_not_postgres() => messages::type_on_postgres(),
            _ if is_of_document => return,
            None => return,
            Some(types::TIME) if field.kind.is_time() => messages::default_type(&name.value()),
            Some(form) if has_form(field, form.split('(').next().unwrap_or(form)) => {
                messages::standard_type(&name.value(), form)
            }
            Some(_) => messages::type_of_no_form(&name.value(), field.name),
        };
        self.ctxt.error(name, message);
    }

    /// The type of a column that has a value of the struct's own.
    pub(super) fn own_type(&self, name: &LitStr) {
        if self.is_not_postgres() {
            self.ctxt.error(name, messages::type_on_postgres());
        } else if let Some(known) = types::in_quotes(&name.value()) {
            self.ctxt.error(name, messages::type_in_quotes(known));
        }
    }

    fn duty(&self, place: usize, field: Field, options: &Options) {
        match &options.duty {
            Some((Duty::Generated, at)) if place == 0 && self.written.entity == Entity::Usage => {
                self.ctxt.error(at, messages::generated_usage());
            }
            Some((Duty::Generated, at)) if place != 0 && !field.kind.is_time() => {
                self.ctxt.error(at, messages::cannot_be_generated(field.name));
            }
            Some((Duty::ViewOnly, at)) if place == 0 => {
                self.ctxt.error(at, messages::id_of_view());
            }
            Some((_, at)) if self.is_reported(place) => {
                self.ctxt.error(at, messages::reportable_but_unwritten());
            }
            Some((Duty::ViewOnly, at)) if self.is_in_live_key(place) => {
                self.ctxt.error(at, messages::atomic_of_view(field.name));
            }
            Some((Duty::ViewOnly, at)) if self.written.mapping.table.read_from.is_none() => {
                self.ctxt.error(at, messages::view_only_without_view());
            }
            _ => {}
        }
        if let Some(at) = options.repeats.as_ref().filter(|_| field.name != "provider_id") {
            self.ctxt.error(at, messages::cannot_repeat(field.name));
        }
    }

    /// Whether the extension writes the field: it is the time of the report.
    fn is_reported(&self, place: usize) -> bool {
        let is_usage = self.written.entity == Entity::Usage;
        is_usage && place == usage::PROVIDER_REPORTED_AT && self.written.extended.is_some()
    }

    /// Whether the extension rests on a key with the field.
    pub(super) fn is_in_live_key(&self, place: usize) -> bool {
        let is_subscription = self.written.entity == Entity::Subscription;
        let is_of_key = matches!(place, subscription::SUBSCRIBER_ID | subscription::STATUS);
        is_subscription && is_of_key && self.written.extended.is_some()
    }

    /// An id that the database makes is in a form that it makes, and that comes back from the insert.
    fn made(&self, place: usize, options: &Options, form: form::Form<'_>) {
        let Some((Duty::Generated, at)) = options.duty.as_ref().filter(|_| place == 0) else { return };
        match (self.dialect, form) {
            (_, form::Form::Integer(_)) => {}
            (Some(Dialect::MySql), _) => self.ctxt.error(at, messages::made_on_mysql()),
            (_, form::Form::Text | form::Form::Uuid | form::Form::UuidBytes) => {}
            _ => self.ctxt.error(at, messages::made_in_another_form()),
        }
    }
}

/// Why columns of these forms can't hold a label.
fn unfit(stored: &Stored, forms: &[&Form]) -> Option<String> {
    let is_tuple = matches!(stored, Stored::Tuple(_));
    let parts: Vec<_> = match stored {
        Stored::Tuple(parts) => parts.iter().map(Vec::as_slice).collect(),
        single => vec![std::slice::from_ref(single)],
    };
    if parts.len() != forms.len() || is_tuple != (forms.len() > 1) {
        return Some(messages::parts_of_label(&forms.len().to_string()));
    }
    if parts.iter().all(|part| part.is_empty()) {
        return Some(messages::empty_label());
    }
    let mut each =
        parts.iter().zip(forms).flat_map(|(part, form)| part.iter().map(|it| (it, form.as_model())));
    each.find_map(|(stored, form)| match stored {
        Stored::Integer(number) => out_of_range(*number, form),
        Stored::Text(text) => too_long(text, form),
        _ => None,
    })
}

/// Whether a column of a form can hold a label.
const fn fits(stored: &Stored, form: form::Form<'_>) -> bool {
    match stored {
        Stored::Null | Stored::Tuple(_) => true,
        Stored::Text(_) => matches!(form, form::Form::Text | form::Form::Char(_)),
        Stored::Integer(_) => matches!(form, form::Form::Integer(_)),
        Stored::Boolean(_) => matches!(form, form::Form::Boolean),
    }
}

fn out_of_range(number: i64, form: form::Form<'_>) -> Option<String> {
    let form::Form::Integer(width) = form else { return None };
    let range = width.range();
    let message = || messages::label_out_of_range(&range.start().to_string(), &range.end().to_string());
    (!range.contains(&number.into())).then(message)
}

fn too_long(text: &str, form: form::Form<'_>) -> Option<String> {
    let form::Form::Char(most) = form else { return None };
    (text.chars().count() > most.into()).then(|| messages::label_too_long(&most.to_string()))
}

/// A step of time in words.
fn words(micros: i64) -> String {
    match micros {
        86_400_000_000 => "days".into(),
        3_600_000_000 => "hours".into(),
        60_000_000 => "minutes".into(),
        1_000_000 => "seconds".into(),
        1_000 => "milliseconds".into(),
        other => format!("{other} microseconds"),
    }
}

/// The form as it was written, with `exact`.
fn exact(form: &Form) -> String {
    match form.as_model() {
        form::Form::Timestamp(digits) => format!("timestamp({digits}, exact)"),
        form::Form::DateTime(digits) => format!("datetime({digits}, exact)"),
        form::Form::Date => "date(exact)".into(),
        form::Form::Epoch(form::Unit::Seconds) => "epoch(s, exact)".into(),
        form::Form::Epoch(_) => "epoch(ms, exact)".into(),
        form::Form::TimeText(format) => format!("text(\"{format}\", exact)"),
        _ => "exact".into(),
    }
}

/// What is stored at one place of a tuple; what is no tuple is that of the first.
fn at(stored: &Stored, place: usize) -> &[Stored] {
    match stored {
        Stored::Tuple(parts) => parts.get(place).map(Vec::as_slice).unwrap_or_default(),
        single => std::slice::from_ref(single),
    }
}

const fn form_of(stored: &Stored) -> Option<form::Form<'static>> {
    match stored {
        Stored::Text(_) => Some(form::Form::Text),
        Stored::Integer(_) => Some(form::Form::INTEGER),
        Stored::Boolean(_) => Some(form::Form::Boolean),
        Stored::Null | Stored::Tuple(_) => None,
    }
}
