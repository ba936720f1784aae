//! Where each field of the contract is, and in which form.

use proc_macro2::TokenStream;
use quote::ToTokens;
use store_model::adapter::{Dialect, Duty};
use store_model::contract::{Entity, Field, Kind, plan};
use store_model::form;
use syn::LitStr;

use super::options::same_name;
use super::table::{TableName, table_name};
use crate::attr::Written;
use crate::ctxt::Ctxt;
use crate::mapping::{
    self, Constant, Form, Labels, Meaning, Null, Options, Part, Place, Scope, Step, Stored,
};
use crate::messages;

/// Where a field is: a column of its own name in its default form, if nothing else is said.
pub(crate) enum Mapped {
    Column(Box<Kept>),
    /// In the column of another field, by its place.
    Within(u8),
    /// Other columns decide it.
    Case(Vec<When>),
    /// In a column for each of its keys.
    Keys(Vec<Keyed>),
    Always(Constant),
    Absent,
}

/// A field that has a column.
pub(crate) struct Kept {
    pub(crate) name: String,
    /// The column's name or the field's, as it was written; the table, if neither was.
    pub(crate) at: TokenStream,
    pub(crate) form: Form,
    pub(crate) sql_type: Option<String>,
    pub(crate) collation: Option<String>,
    pub(crate) labels: Option<Labels>,
    pub(crate) null: Option<Null>,
    pub(crate) duty: Duty,
    pub(crate) repeats: bool,
    /// Further columns of the same field.
    pub(crate) beside: Vec<Beside>,
    pub(crate) path: Vec<Step>,
    pub(crate) via: Option<Via>,
}

/// One further column of a field.
pub(crate) struct Beside {
    pub(crate) name: String,
    pub(crate) form: Form,
    pub(crate) sql_type: Option<String>,
}

/// One key of a field in a column of its own.
pub(crate) struct Keyed {
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) form: Form,
}

/// When a field has a value that other columns decide.
pub(crate) struct When {
    pub(crate) meaning: Meaning,
    pub(crate) predicate: Option<String>,
}

/// The table in which a column's value stands for that of the contract.
pub(crate) struct Via {
    pub(crate) table: TableName,
    pub(crate) stores: String,
    pub(crate) reads: String,
    pub(crate) scope: Option<String>,
}

impl Mapped {
    pub(crate) fn kept(&self) -> Option<&Kept> {
        match self {
            Self::Column(kept) => Some(kept),
            _ => None,
        }
    }
}

/// The fields of a record, in the order of the contract.
pub(super) fn fields(ctxt: &Ctxt, written: &Written<'_>, dialect: Option<Dialect>) -> Vec<Mapped> {
    let entity = written.entity;
    let lower = Lower { ctxt, written, dialect };
    let mut fields: Vec<_> =
        entity.fields().iter().enumerate().map(|(place, field)| lower.field(place, *field)).collect();
    if entity == Entity::Plan {
        lower.interval(&mut fields);
    }
    lower.shared(&mut fields);
    fields
}

struct Lower<'a> {
    ctxt: &'a Ctxt,
    written: &'a Written<'a>,
    dialect: Option<Dialect>,
}

impl Lower<'_> {
    fn field(&self, place: usize, field: Field) -> Mapped {
        match self.written.mapping.of(place) {
            Some(Place::Always(constant)) => Mapped::Always(constant.clone()),
            Some(Place::Absent) => Mapped::Absent,
            Some(Place::Column(options)) if options.case.is_some() => self.case(options),
            Some(Place::Column(options)) if !options.keys.is_empty() => self.keys(field, options),
            Some(Place::Column(_) | Place::Unknown) | None => {
                Mapped::Column(Box::new(self.kept(place, field)))
            }
        }
    }

    fn case(&self, options: &Options) -> Mapped {
        let list = options.case.iter().flat_map(|case| &case.list);
        let when = |when: &crate::mapping::When| When {
            meaning: when.meaning.clone(),
            predicate: when.predicate.as_ref().map(LitStr::value),
        };
        Mapped::Case(list.map(when).collect())
    }

    fn keys(&self, field: Field, options: &Options) -> Mapped {
        let default = if field.kind == Kind::List { form::Form::Boolean } else { form::Form::INTEGER };
        let keyed = |part: &Part| Keyed {
            key: part.key.as_ref().map(LitStr::value).unwrap_or_default(),
            name: part.column.value(),
            form: part.form.clone().unwrap_or_else(|| Form::implied(default, part.column.to_token_stream())),
        };
        Mapped::Keys(options.keys.iter().map(keyed).collect())
    }

    /// The columns of `over(..)` after the first, each in the form that its labels have.
    fn beside(&self, options: &Options) -> Vec<Beside> {
        let beside = |(index, part): (usize, &Part)| {
            let of_labels = options.labels.as_ref().and_then(|labels| self.implied(labels, index));
            let form = of_labels.unwrap_or(form::Form::Text);
            Beside {
                name: part.column.value(),
                form: part.form.clone().unwrap_or_else(|| Form::implied(form, part.column.to_token_stream())),
                sql_type: part.sql_type.as_ref().map(LitStr::value),
            }
        };
        options.over.iter().enumerate().skip(1).map(beside).collect()
    }

    fn via(&self, via: &mapping::Via) -> Option<Via> {
        Some(Via {
            table: table_name(self.ctxt, &via.table)?,
            stores: via.stores.value(),
            reads: via.reads.value(),
            scope: match &via.scope {
                Scope::Column(column) => Some(column.value()),
                Scope::None | Scope::Unsaid => None,
            },
        })
    }

    fn kept(&self, place: usize, field: Field) -> Kept {
        let mapping = &self.written.mapping;
        let key = mapping.written(place).map(|(key, _)| key.clone());
        let table = || self.written.table.as_ref().map(ToTokens::to_token_stream);
        let at = key.or_else(table).unwrap_or_else(|| self.written.input.ident.to_token_stream());
        let options = mapping.options(place, field);
        let form = self.form(field, &options, &at);
        self.rules(place, field, &options, &form);
        let is_text = matches!(field.kind, Kind::Key | Kind::OptionalKey | Kind::Text | Kind::Word)
            && matches!(form.as_model(), form::Form::Text | form::Form::Char(_));
        let of_table = mapping.table.collation.as_ref().filter(|_| is_text);
        let first = options.over.first();
        let column = options.column.as_ref().or(first.map(|part| &part.column));
        Kept {
            name: column.map_or_else(|| field.name.to_owned(), LitStr::value),
            at: column.map_or(at, ToTokens::to_token_stream),
            beside: self.beside(&options),
            path: options.path.as_ref().map(|path| path.steps.clone()).unwrap_or_default(),
            via: options.via.as_ref().and_then(|via| self.via(via)),
            collation: options.collation.as_ref().or(of_table).map(LitStr::value),
            form,
            sql_type: options
                .sql_type
                .as_ref()
                .or(first.and_then(|part| part.sql_type.as_ref()))
                .map(LitStr::value),
            labels: options.labels,
            null: options.null,
            duty: options.duty.map_or(Duty::Written, |(duty, _)| duty),
            repeats: options.repeats.is_some(),
        }
    }

    /// The form that is said, or that the labels imply, or the default.
    fn form(&self, field: Field, options: &Options, at: &TokenStream) -> Form {
        if let Some(form) = &options.form {
            return form.clone().with_digits(if self.dialect == Some(Dialect::Postgres) { 6 } else { 0 });
        }
        let of_labels = options.labels.as_ref().and_then(|labels| self.implied(labels, 0));
        Form::implied(of_labels.unwrap_or(form::Form::of(field.kind)), at.clone())
    }

    /// The form that all labels have, of tuples at one place.
    fn implied(&self, labels: &Labels, place: usize) -> Option<form::Form<'static>> {
        let stored = labels.list.iter().flat_map(|label| &label.stored);
        let mut forms = stored.flat_map(|stored| at(stored, place)).filter_map(form_of);
        let first = forms.next()?;
        if forms.any(|form| form != first) {
            self.ctxt.error(&labels.at, messages::labels_of_several_kinds());
        }
        Some(first)
    }

    fn rules(&self, place: usize, field: Field, options: &Options, form: &Form) {
        let ctxt = self.ctxt;
        let model = form.as_model();
        if let Some(step) = model.step()
            && !form.exact
            && !self.written.mapping.is_cut(place)
        {
            let exact = exact(form);
            ctxt.error(&form.at, messages::coarse(field.name, &words(step), &exact));
        }
        if let Some(labels) = &options.labels
            && options.form.is_some()
            && labels.list.iter().flat_map(|label| &label.stored).any(|stored| !fits(stored, model))
        {
            ctxt.error(&form.at, messages::labels_of_another_form());
        }
        let is_number = matches!(model, form::Form::Integer(_));
        if options.labels.is_none() && field.kind == Kind::Word && is_number {
            ctxt.error(&form.at, messages::number_without_labels(field.name));
        }
        let is_text = matches!(model, form::Form::Text | form::Form::Char(_));
        if options.labels.is_none() && field.kind == Kind::Boolean && is_text {
            ctxt.error(&form.at, messages::text_without_labels(field.name));
        }
        let rewrites = self.written.entity != Entity::Usage && self.written.mapping.table.read_only.is_none();
        if matches!(model, form::Form::AnyJson | form::Form::AnyJsonText) && rewrites {
            ctxt.error(&form.at, messages::any_json_rewritten());
        }
        if model == form::Form::Array && self.dialect.is_some_and(|dialect| dialect != Dialect::Postgres) {
            ctxt.error(&form.at, messages::no_arrays());
        }
        self.sql_type(field, options);
        self.duty(place, field, options);
    }

    fn sql_type(&self, field: Field, options: &Options) {
        let Some(name) = &options.sql_type else { return };
        if self.dialect.is_some_and(|dialect| dialect != Dialect::Postgres) {
            self.ctxt.error(name, messages::type_on_postgres());
        } else if let Some(form) = standard_type(&name.value(), field) {
            self.ctxt.error(name, messages::standard_type(&name.value(), form));
        }
    }

    fn duty(&self, place: usize, field: Field, options: &Options) {
        let is_time = matches!(field.kind, Kind::Time | Kind::OptionalTime);
        match &options.duty {
            Some((Duty::Generated, at)) if place == 0 && self.written.entity == Entity::Usage => {
                self.ctxt.error(at, messages::generated_usage());
            }
            Some((Duty::Generated, at)) if place != 0 && !is_time => {
                self.ctxt.error(at, messages::cannot_be_generated(field.name));
            }
            Some((Duty::ViewOnly, at)) if place == 0 => {
                self.ctxt.error(at, messages::id_of_view());
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

    /// A column that keeps the count with the interval is the place of both.
    fn interval(&self, fields: &mut [Mapped]) {
        let Mapped::Column(interval) = &mut fields[plan::INTERVAL] else { return };
        let in_form = matches!(interval.form.as_model(), form::Form::Iso8601 | form::Form::Code);
        let labels = interval.labels.iter_mut().flat_map(|labels| &mut labels.list);
        let multiples: Vec<_> = labels.map(|label| &mut label.meaning).collect();
        let in_labels = multiples.iter().any(|meaning| matches!(meaning, Meaning::Interval(..)));
        if !in_form && !in_labels {
            return;
        }
        // What is no multiple is a single one.
        for meaning in multiples {
            if let Meaning::Word(word) = meaning {
                *meaning = Meaning::Interval(std::mem::take(word), 1);
            }
        }
        if let Some((key, _)) = self.written.mapping.written(plan::INTERVAL_COUNT) {
            self.ctxt.error(key, messages::count_within());
        }
        fields[plan::INTERVAL_COUNT] = Mapped::Within(plan::INTERVAL as u8);
    }

    /// Two fields in one column are kept in one form, and one of them writes it.
    fn shared(&self, fields: &mut [Mapped]) {
        let dialect = self.dialect.unwrap_or(Dialect::Postgres);
        for place in 0..fields.len() {
            let Some(kept) = fields[place].kept() else { continue };
            let others: Vec<_> = (0..fields.len())
                .filter(|&other| other != place)
                .filter(|&other| {
                    fields[other].kept().is_some_and(|other| same_name(dialect, &other.name, &kept.name))
                })
                .collect();
            let Some(&first) = others.first() else { continue };
            let differs = fields[first].kept().is_some_and(|it| it.form.as_model() != kept.form.as_model());
            if first < place && differs {
                self.ctxt
                    .error(&kept.at, messages::shared_in_another_form(self.name(place), self.name(first)));
            }
            let lossy = self.written.mapping.lossy().find(|(known, _)| *known == place);
            let Some((_, at)) = lossy else { continue };
            let is_lossy = |other| self.written.mapping.lossy().any(|(known, _)| known == other);
            if others.iter().all(|&other| is_lossy(other)) {
                self.ctxt.error(at, messages::shared_without_writer());
            } else if let Mapped::Column(kept) = &mut fields[place] {
                kept.duty = Duty::Shared;
            }
        }
    }

    fn name(&self, place: usize) -> &'static str {
        self.written.entity.fields()[place].name
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

/// Whether a column of a form can hold a label.
const fn fits(stored: &Stored, form: form::Form<'_>) -> bool {
    match stored {
        Stored::Null | Stored::Tuple(_) => true,
        Stored::Text(_) => matches!(form, form::Form::Text | form::Form::Char(_)),
        Stored::Integer(_) => matches!(form, form::Form::Integer(_)),
        Stored::Boolean(_) => matches!(form, form::Form::Boolean),
    }
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

/// The form to write instead of a type that every driver knows, if a name is that of one: quoted, it would be another.
fn standard_type(name: &str, field: Field) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    let base = lower.split('(').next().unwrap_or_default().trim();
    let is_time = matches!(field.kind, Kind::Time | Kind::OptionalTime);
    Some(match base {
        "integer" | "int" | "int4" | "serial" => "as = i32",
        "smallint" | "int2" => "as = i16",
        "bigint" | "int8" | "bigserial" => "as = i64",
        "varchar" | "character varying" | "text" | "string" => "as = text",
        "char" | "character" | "bpchar" => "as = char(36)",
        "decimal" => "as = decimal(2)",
        "numeric" if !is_time => "as = decimal(2)",
        "uuid" => "as = uuid",
        "boolean" | "bool" => "as = boolean",
        "double precision" | "real" | "float" | "float4" | "float8" => "as = f64(2)",
        "timestamp" | "timestamp without time zone" => "as = timestamp(6)",
        "date" => "as = date",
        "json" | "jsonb" => "as = json",
        "timestamptz" | "timestamp with time zone" => "no form, it is the default",
        _ => return None,
    })
}
