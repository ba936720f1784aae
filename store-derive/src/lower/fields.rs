//! Where each field of the contract is, and in which form.

use proc_macro2::TokenStream;
use quote::ToTokens;
use store_model::adapter::{Dialect, Duty};
use store_model::contract::{Entity, Field, Kind, plan};
use store_model::form;
use syn::{LitStr, Path};

use super::options::same_name;
use super::rules::Rules;
use super::table::{TableName, table_name};
use super::within;
use crate::attr::Written;
use crate::ctxt::Ctxt;
use crate::mapping::{self, Constant, Form, Labels, Meaning, Null, Options, Part, Place, Scope, Step};
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
    /// The codec of the user's own, which then is the form.
    pub(crate) codec: Option<Path>,
    /// What says of columns of the codec that they are text, by their numbers.
    pub(crate) texts: Vec<(usize, LitStr)>,
    pub(crate) live_sql: Option<String>,
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
    /// The name, as it was written.
    pub(crate) at: TokenStream,
    pub(crate) form: Form,
    pub(crate) sql_type: Option<String>,
    pub(crate) collation: Option<String>,
}

/// One key of a field in a column of its own.
pub(crate) struct Keyed {
    pub(crate) key: String,
    pub(crate) name: String,
    /// The column's name, as it was written.
    pub(crate) at: TokenStream,
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
    /// The form of the store's own column.
    pub(crate) form: Form,
    /// The names of the columns, as they were written.
    #[cfg_attr(not(feature = "schema"), allow(dead_code, reason = "only files tell of other tables"))]
    pub(crate) columns: Vec<LitStr>,
}

impl Via {
    /// What was written, with the form of the store's own column where none is said.
    pub(super) fn of(ctxt: &Ctxt, via: &mapping::Via, default: form::Form<'static>) -> Option<Self> {
        Some(Self {
            table: table_name(ctxt, &via.table)?,
            columns: via.columns().cloned().collect(),
            stores: via.stores.value(),
            reads: via.reads.value(),
            scope: match &via.scope {
                Scope::Column(column) => Some(column.value()),
                Scope::None | Scope::Unsaid => None,
            },
            form: via.form.clone().unwrap_or_else(|| Form::implied(default, via.at.clone())),
        })
    }

    /// Whether both lead to the same values.
    fn is(&self, other: &Self) -> bool {
        let told = |via: &Self| (via.stores.clone(), via.reads.clone(), via.scope.clone());
        self.table.as_table() == other.table.as_table() && told(self) == told(other)
    }
}

impl Mapped {
    pub(crate) fn kept(&self) -> Option<&Kept> {
        match self {
            Self::Column(kept) => Some(kept),
            _ => None,
        }
    }

    /// The columns that it is in, each as it was written.
    pub(crate) fn columns(&self) -> impl Iterator<Item = (&str, &TokenStream)> {
        let (kept, keys) = match self {
            Self::Column(kept) => (Some(kept), [].as_slice()),
            Self::Keys(keys) => (None, keys.as_slice()),
            _ => (None, [].as_slice()),
        };
        let beside = kept.into_iter().flat_map(|kept| &kept.beside).map(|it| (it.name.as_str(), &it.at));
        let keys = keys.iter().map(|keyed| (keyed.name.as_str(), &keyed.at));
        kept.into_iter().map(|kept| (kept.name.as_str(), &kept.at)).chain(beside).chain(keys)
    }
}

/// The fields of a record, in the order of the contract.
pub(super) fn fields(ctxt: &Ctxt, written: &Written<'_>, dialect: Option<Dialect>) -> Vec<Mapped> {
    let entity = written.entity;
    let lower = Lower { ctxt, written, dialect, rules: Rules { ctxt, written, dialect } };
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
    rules: Rules<'a>,
}

impl Lower<'_> {
    fn field(&self, place: usize, field: Field) -> Mapped {
        match self.written.mapping.of(place) {
            Some(Place::Always(constant)) => Mapped::Always(constant.clone()),
            // What is not known takes no part in further rules.
            Some(Place::Absent | Place::Unknown) => Mapped::Absent,
            Some(Place::Column(options)) if options.case.is_some() => self.case(options),
            Some(Place::Column(options)) if !options.keys.is_empty() => self.keys(field, options),
            Some(Place::Column(_)) | None => Mapped::Column(Box::new(self.kept(place, field))),
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
            at: part.column.to_token_stream(),
            form: options
                .form
                .clone()
                .map(|form| self.with_digits(form))
                .unwrap_or_else(|| Form::implied(default, part.column.to_token_stream())),
        };
        if let Some(form) =
            options.form.as_ref().filter(|form| field.kind == Kind::List && form.null.is_none())
            && !matches!(form.as_model(), form::Form::Boolean | form::Form::Integer(_))
        {
            self.ctxt.error(&form.at, messages::form_of_features());
        }
        Mapped::Keys(options.keys.iter().map(keyed).collect())
    }

    /// The columns of `over(..)` after the first, each in the form that its labels have.
    fn beside(&self, place: usize, options: &Options, collation: Option<&LitStr>) -> Vec<Beside> {
        let beside = |(index, part): (usize, &Part)| {
            let of_codec = options.with.as_ref().map(|_| coded(place, index));
            let of_labels = || options.labels.as_ref().and_then(|labels| self.rules.implied(labels, index));
            let of_one = || of_codec.or_else(of_labels).unwrap_or(form::Form::Text);
            let implied = || Form::implied(of_one(), part.column.to_token_stream());
            let form = part.form.clone().unwrap_or_else(implied);
            Beside {
                name: part.column.value(),
                at: part.column.to_token_stream(),
                collation: collation.filter(|_| options.with.is_some() || form.is_text()).map(LitStr::value),
                form,
                sql_type: part.sql_type.as_ref().map(LitStr::value),
            }
        };
        options.parts().iter().enumerate().skip(1).map(beside).collect()
    }

    fn kept(&self, place: usize, field: Field) -> Kept {
        let mapping = &self.written.mapping;
        let key = mapping.written(place).map(|(key, _)| key.clone());
        let table = || self.written.table.as_ref().map(ToTokens::to_token_stream);
        let at = key.or_else(table).unwrap_or_else(|| self.written.input.ident.to_token_stream());
        let options = mapping.options(place, field);
        let form = self.form(place, field, &options, &at);
        let collation = options.collation.as_ref().or(mapping.table.collation.as_ref());
        let beside = self.beside(place, &options, collation);
        self.rules.of_field(place, field, &options, &form, &beside);
        let path = options.path.as_ref().map(|path| path.steps.clone()).unwrap_or_default();
        let form = if path.is_empty() { form } else { form.within() };
        // Of a codec nobody knows yet: a collation is one of text, if it is that.
        let is_text = options.with.is_some() || field.kind.is_text() && form.is_text() && path.is_empty();
        let first = options.parts().first();
        let column = options.column.as_ref().or(first.map(|part| &part.column));
        Kept {
            name: column.map_or_else(|| field.name.to_owned(), LitStr::value),
            at: options.path.as_ref().map(|path| &path.at).or(column).map_or(at, ToTokens::to_token_stream),
            beside,
            path,
            via: options.via.as_ref().and_then(|via| Via::of(self.ctxt, via, form::Form::INTEGER)),
            collation: collation.filter(|_| is_text).map(LitStr::value),
            form,
            sql_type: options
                .sql_type
                .as_ref()
                .or(first.and_then(|part| part.sql_type.as_ref()))
                .map(LitStr::value),
            texts: texts(&options),
            codec: options.with,
            live_sql: options.live_sql.as_ref().map(LitStr::value),
            labels: options.labels,
            null: options.null,
            duty: options.duty.map_or(Duty::Written, |(duty, _)| duty),
            repeats: options.repeats.is_some(),
        }
    }

    /// The form that is said, or that a codec or the labels imply, or the default.
    fn form(&self, place: usize, field: Field, options: &Options, at: &TokenStream) -> Form {
        if let Some(path) = &options.with {
            return Form::implied(coded(place, 0), path.to_token_stream());
        }
        let of_first = options.parts().first().and_then(|first| first.form.as_ref());
        if let Some(form) = options.form.as_ref().or(of_first) {
            return self.with_digits(form.clone());
        }
        let of_labels = options.labels.as_ref().and_then(|labels| self.rules.implied(labels, 0));
        Form::implied(of_labels.unwrap_or(form::Form::of(field.kind)), at.clone())
    }

    /// A form with as many digits of a second as the database has by default, where none are said.
    fn with_digits(&self, form: Form) -> Form {
        form.with_digits(if self.dialect == Some(Dialect::Postgres) { 6 } else { 0 })
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
        let lossy: Vec<_> = self.written.mapping.lossy().collect();
        let at = |place: usize| lossy.iter().find(|(known, _)| *known == place).map(|(_, at)| *at);
        for place in 0..fields.len() {
            self.within(fields, place);
            let others = self.beside_in_column(fields, place);
            let Some(&first) = others.first() else { continue };
            if first < place {
                self.alike(fields, place, first);
            }
            let duty = match at(place) {
                None if self.is_beside_writer(fields, place, &others) => Duty::Agreeing,
                Some(_) if others.iter().any(|&other| at(other).is_none()) => Duty::Shared,
                Some(written) if place < first => {
                    self.ctxt.error(written, messages::shared_without_writer());
                    continue;
                }
                _ => continue,
            };
            if let Mapped::Column(kept) = &mut fields[place] {
                kept.duty = duty;
            }
        }
    }

    /// Whether a field that would write its column is not the first that does.
    fn is_beside_writer(&self, fields: &[Mapped], place: usize, others: &[usize]) -> bool {
        let is_lossy = |place: usize| self.written.mapping.lossy().any(|(known, _)| known == place);
        let writes = |other: usize| {
            !is_lossy(other) && fields[other].kept().is_some_and(|kept| kept.duty == Duty::Written)
        };
        writes(place) && others.iter().any(|&other| other < place && writes(other))
    }

    /// The other fields at the place of a field in its column.
    fn beside_in_column(&self, fields: &[Mapped], place: usize) -> Vec<usize> {
        let path = fields[place].kept().map(|kept| &kept.path);
        let others = self.in_column(fields, place);
        others.into_iter().filter(|&other| fields[other].kept().map(|it| &it.path) == path).collect()
    }

    /// The other fields in the column of a field, wherever they are in it.
    fn in_column(&self, fields: &[Mapped], place: usize) -> Vec<usize> {
        let dialect = self.dialect.unwrap_or(Dialect::Postgres);
        let Some(kept) = fields[place].kept() else { return Vec::new() };
        let is_same =
            |other: &Mapped| other.kept().is_some_and(|it| same_name(dialect, &it.name, &kept.name));
        // One of several columns is no other's: see the rules.
        let is_several = |other: &Mapped| other.kept().is_some_and(|it| !it.beside.is_empty());
        if is_several(&fields[place]) {
            return Vec::new();
        }
        let is_same = |other: &Mapped| is_same(other) && !is_several(other);
        (0..fields.len()).filter(|&other| other != place && is_same(&fields[other])).collect()
    }

    /// Fields that lie in one document have places of their own in it.
    fn within(&self, fields: &[Mapped], place: usize) {
        let of = self.written.entity.fields();
        for first in self.in_column(fields, place).into_iter().filter(|&first| first < place) {
            let (Some(kept), Some(other)) = (fields[place].kept(), fields[first].kept()) else { continue };
            if let Some(message) = within::together(kept, of[place], other, of[first]) {
                // Shown where something was written.
                let is_written = self.written.mapping.written(place).is_some();
                return self.ctxt.error(if is_written { &kept.at } else { &other.at }, message);
            }
        }
    }

    /// What is in one column is of one kind and in one form.
    fn alike(&self, fields: &[Mapped], place: usize, first_place: usize) {
        let (Some(kept), Some(first)) = (fields[place].kept(), fields[first_place].kept()) else { return };
        // Shown where something was written.
        let is_written = self.written.mapping.written(place).is_some();
        let at = if is_written { &kept.at } else { &first.at };
        let of = self.written.entity.fields();
        let (field, other) = (of[place], of[first_place]);
        if !is_alike(field.kind, other.kind) {
            self.ctxt.error(at, messages::shared_by_another_kind(field.name, other.name));
        } else if !self.lead_alike(first, kept) {
            self.ctxt.error(at, messages::via_of_another(field.name, other.name));
        } else if first.codec.is_some() || kept.codec.is_some() {
            self.ctxt.error(at, messages::shared_with_codec(field.name, other.name));
        } else if first.form.as_model() != kept.form.as_model() {
            self.ctxt.error(at, messages::shared_in_another_form(field.name, other.name));
        } else if first.duty != kept.duty && !self.is_lossy(place) && !self.is_lossy(first_place) {
            self.ctxt.error(at, messages::shared_by_halves(field.name, other.name));
        }
    }

    /// Whether two fields in one column are one value of one row; who only reads may know several.
    fn lead_alike(&self, first: &Kept, kept: &Kept) -> bool {
        let is_one = match (&first.via, &kept.via) {
            (None, None) => true,
            (Some(first), Some(kept)) => first.is(kept),
            _ => false,
        };
        is_one || self.written.mapping.table.read_only.is_some()
    }

    /// Whether a field is said by its name to read what another writes.
    fn is_lossy(&self, place: usize) -> bool {
        self.written.mapping.lossy().any(|(known, _)| known == place)
    }
}

/// A type or a collation says of a column of a codec that it is text; the collation of the table says nothing.
fn texts(options: &Options) -> Vec<(usize, LitStr)> {
    let first = options.sql_type.iter().chain(&options.collation).map(|at| (0, at.clone()));
    let parts = options.parts().iter().enumerate();
    let parts = parts.filter_map(|(number, part)| Some((number, part.sql_type.clone()?)));
    first.chain(parts).collect()
}

/// What a codec makes in one of the columns of a field.
fn coded(place: usize, number: usize) -> form::Form<'static> {
    // A record has far fewer fields than 256; a codec of as many columns is none.
    let number = u8::try_from(number).unwrap_or(u8::MAX);
    form::Form::Coded(form::Coded { place: place as u8, number })
}

/// Whether one value can be both.
fn is_alike(one: Kind, other: Kind) -> bool {
    let is_number = |kind| matches!(kind, Kind::Integer | Kind::Count);
    one == other
        || one.is_text() && other.is_text()
        || one.is_time() && other.is_time()
        || is_number(one) && is_number(other)
}
