//! What an adapter keeps.

use core::ops::RangeInclusive;

use super::{FieldMapping, Home, Mapping, Null, Others, Step, Values, Weaker, Words};
use crate::adapter::{
    self, Adapter, Atomic, Column, Constant, Dialect, Duty, Keyed, Labels, Meaning, Place, Stored, Table,
    When,
};
use crate::contract::{Entity, Kind, plan};
use crate::form::{Form, Width};

impl Mapping {
    /// What the store of an adapter keeps.
    #[must_use]
    pub fn of(adapter: &Adapter<'static>) -> Self {
        let mut mapping = Self::whole(adapter.entity);
        mapping.table = Some(named(&adapter.table));
        for (place, field) in mapping.fields.iter_mut().enumerate() {
            field.dropped = adapter.options().drops(place);
            match adapter.fields[place] {
                Place::Column(column) => in_column(adapter, place, &column, field),
                Place::Case(list) => decided(list, field),
                Place::Keys(keys) => in_keys(adapter, keys, field),
                Place::Within(other) => field.home = Home::Within(adapter.field(other.into())),
                Place::Always(value) => field.home = Home::Constant(value),
                Place::Absent | Place::Table(_) => field.home = Home::Absent,
            }
        }
        mapping.weaker = weaker(adapter);
        mapping
    }
}

fn named(table: &Table<'_>) -> String {
    match table.schema {
        Some(schema) => format!("`{schema}`.`{}`", table.name),
        None => format!("`{}`", table.name),
    }
}

fn in_column(adapter: &Adapter<'static>, place: usize, column: &Column<'static>, field: &mut FieldMapping) {
    field.home = match column.path {
        [] => Home::Column(column.name),
        path => Home::Document(column.name, path),
    };
    field.beside = column.beside.iter().map(|column| column.name).collect();
    field.elsewhere = column.via.map(|via| named(&via.table));
    field.values = values(adapter, place, field.kind, column);
    field.step = match column.step() {
        Some(micros) if column.exact => Step::Exact(micros),
        Some(micros) => Step::Cut(micros),
        None => Step::Micros,
    };
    match column.null {
        None => {}
        Some(adapter::Null::Is(value)) => field.null = Some(Null::Is(value)),
        Some(adapter::Null::IsField(other)) => field.null = Some(Null::IsField(adapter.field(other.into()))),
        Some(adapter::Null::Also(value)) => field.none = Some(value),
        Some(adapter::Null::Never) => field.required = field.kind.is_optional(),
    }
    if adapter.takes_no_zero(place, column) {
        field.none = Some(Constant::Text("0"));
    }
    field.shared =
        adapter.writer(place).filter(|writer| *writer != place).map(|writer| adapter.field(writer));
    match column.duty {
        Duty::Written | Duty::Agreeing => {}
        Duty::Generated => field.generated = true,
        Duty::Shared => field.dropped = true,
        Duty::ViewOnly => field.view_only = true,
    }
}

/// The values that other columns can decide for are all there are.
fn decided(list: &[When<'static>], field: &mut FieldMapping) {
    field.home = Home::Decided;
    let meanings: Vec<_> = list.iter().map(|when| when.meaning).collect();
    field.values = closed(&meanings);
}

/// Words, or true and false, and no others.
fn closed(meanings: &[Meaning<'static>]) -> Values {
    let mut labelled: Vec<&'static str> = Vec::new();
    for meaning in meanings {
        let word = match meaning {
            Meaning::Word(word) | Meaning::Interval(word, _) => word,
            Meaning::Boolean(true) => "true",
            Meaning::Boolean(false) => "false",
        };
        if !labelled.contains(&word) {
            labelled.push(word);
        }
    }
    if labelled.contains(&"true") && labelled.contains(&"false") {
        return Values::All;
    }
    Values::Words(Words { labelled, others: Others::Refused })
}

fn in_keys(adapter: &Adapter<'static>, keys: &[Keyed<'static>], field: &mut FieldMapping) {
    let all = i64::MIN.into()..=i64::MAX.into();
    let held = keys.first().map_or(all.clone(), |keyed| numbers(adapter.dialect, &keyed.column));
    let range = *held.start().max(all.start())..=*held.end().min(all.end());
    field.home = Home::Keys;
    field.values = Values::Keys(keys.iter().map(|keyed| keyed.key).collect(), range);
}

fn values(adapter: &Adapter<'static>, place: usize, kind: Kind, column: &Column<'static>) -> Values {
    let dialect = adapter.dialect;
    if let Some(code) = column.code {
        return Values::Coded(code);
    }
    let keys_beside: Vec<_> = adapter.keys_beside(place).collect();
    match kind {
        _ if !keys_beside.is_empty() => Values::KeysBut(keys_beside),
        Kind::Word | Kind::Boolean => match column.labels {
            Some(labels) if carries_counts(adapter) && kind == Kind::Word => {
                intervals(dialect, column.form, labels)
            }
            Some(labels) => words(dialect, column.form, labels),
            None => match column.form {
                Form::Iso8601 | Form::Code => {
                    let held = crate::contract::interval::ALL.map(|word| (word, None));
                    Values::Intervals(held.to_vec(), Others::Refused)
                }
                Form::Char(letters) => Values::Short(letters),
                _ => Values::All,
            },
        },
        Kind::Integer => within(&numbers(dialect, column), i64::MIN.into()..=i64::MAX.into()),
        Kind::Count => within(&numbers(dialect, column), 0..=u32::MAX.into()),
        Kind::Key | Kind::OptionalKey | Kind::Text => match column.form {
            Form::Uuid | Form::UuidBytes => Values::Uuids,
            Form::Integer(width) => Values::Integers(sent(dialect, width)),
            Form::Char(letters) => Values::Short(letters),
            _ => Values::All,
        },
        Kind::Time | Kind::OptionalTime => {
            let span = column.form.span(dialect);
            Values::Times(span.first..=span.last)
        }
        Kind::List | Kind::Numbers | Kind::Texts => match column.form {
            Form::Delimited(delimiter) => Values::Delimited(delimiter),
            _ => Values::All,
        },
    }
}

/// Whether the column of the interval keeps its count, too.
fn carries_counts(adapter: &Adapter<'_>) -> bool {
    adapter.entity == Entity::Plan && matches!(adapter.fields[plan::INTERVAL_COUNT], Place::Within(_))
}

fn intervals(dialect: Dialect, form: Form<'_>, labels: Labels<'static>) -> Values {
    let intervals = labels.list.iter().filter_map(|label| match label.meaning {
        Meaning::Interval(word, count) => Some((word, Some(count))),
        Meaning::Word(word) => Some((word, Some(1))),
        Meaning::Boolean(_) => None,
    });
    let others = others(dialect, form, labels, &[]);
    Values::Intervals(intervals.collect(), others)
}

fn words(dialect: Dialect, form: Form<'_>, labels: Labels<'static>) -> Values {
    let meanings: Vec<_> = labels.list.iter().map(|label| label.meaning).collect();
    let Values::Words(Words { labelled, others: Others::Refused }) = closed(&meanings) else {
        return Values::All;
    };
    let others = others(dialect, form, labels, &labelled);
    Values::Words(Words { labelled, others })
}

/// What words without a label are.
fn others(dialect: Dialect, form: Form<'_>, labels: Labels<'static>, labelled: &[&'static str]) -> Others {
    let stored = labels.list.iter().flat_map(|label| label.stored);
    let (numbers, texts) = (stored.clone().filter_map(integer), stored.filter_map(text));
    let taken = texts.filter(|text| !labelled.contains(text));
    match form {
        _ if !labels.open => Others::Refused,
        Form::Integer(width) => Others::Integers(sent(dialect, width), numbers.collect()),
        Form::Char(letters) => Others::Short(letters, taken.collect()),
        _ => Others::Texts(taken.collect()),
    }
}

/// The whole numbers of a width, as far as the driver sends them: but for that of MySQL, what a signed one of 64 bits can
/// be.
fn sent(dialect: Dialect, width: Width) -> RangeInclusive<i128> {
    match (dialect, width) {
        (Dialect::Sqlite | Dialect::Postgres, Width::U64) => 0..=i64::MAX.into(),
        _ => width.range(),
    }
}

const fn integer(stored: &Stored<'static>) -> Option<i64> {
    if let Stored::Integer(number) = stored { Some(*number) } else { None }
}

const fn text(stored: &Stored<'static>) -> Option<&'static str> {
    if let Stored::Text(text) = stored { Some(*text) } else { None }
}

/// A double tells 15 digits apart.
const DIGITS_OF_DOUBLE: RangeInclusive<i128> = -999_999_999_999_999..=999_999_999_999_999;

/// The whole numbers that a column holds.
fn numbers(dialect: Dialect, column: &Column<'_>) -> RangeInclusive<i128> {
    let of_form = match column.form {
        Form::Integer(width) => width.range(),
        // SQLite keeps a decimal as a double.
        Form::Decimal(_) | Form::DecimalOfCurrency if dialect == Dialect::Sqlite => DIGITS_OF_DOUBLE,
        Form::Double(_) => DIGITS_OF_DOUBLE,
        _ => i128::MIN..=i128::MAX,
    };
    match column.range_of_digits() {
        Some(digits) => *digits.start().max(of_form.start())..=*digits.end().min(of_form.end()),
        None => of_form,
    }
}

fn within(held: &RangeInclusive<i128>, all: RangeInclusive<i128>) -> Values {
    let both = *held.start().max(all.start())..=*held.end().min(all.end());
    if both == all { Values::All } else { Values::Integers(both) }
}

fn weaker(adapter: &Adapter<'static>) -> Vec<Weaker> {
    let options = adapter.options();
    let mut weaker = Vec::new();
    if options.read_only {
        weaker.push(Weaker::ReadOnly);
    }
    if options.soft_delete.is_some() {
        weaker.push(Weaker::DeletedIdsStay);
    }
    if let (true, Atomic::Key(key)) = (adapter.extended, options.atomic)
        && key.predicate.is_none()
    {
        weaker.push(Weaker::OnePerSubscriber);
    }
    if let (true, Atomic::Lock(row)) = (adapter.is_locked(), options.atomic) {
        weaker.push(Weaker::Locked { row: row.map(|row| row.table.name) });
    }
    for (place, column) in adapter.columns() {
        if column.repeats {
            weaker.push(Weaker::ProviderIdRepeats);
        }
        let field = adapter.entity.fields()[place];
        let is_key = matches!(field.kind, Kind::Key | Kind::OptionalKey);
        if is_key && column.collation.is_some() && matches!(column.form, Form::Text | Form::Char(_)) {
            weaker.push(Weaker::Folds(field.name));
        }
    }
    if let (Entity::Usage, Some(key)) = (adapter.entity, options.key) {
        let is_scope = |name: &str| options.scope.iter().any(|scope| scope.column.name == name);
        let columns: Vec<_> = key.columns.iter().copied().filter(|name| !is_scope(name)).collect();
        if columns.len() > 1 {
            weaker.push(Weaker::Key(columns));
        }
    }
    weaker
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapter::{Label, Options, Via};
    use crate::contract::{subscription, usage};
    use crate::form::Unit;

    fn adapter(entity: Entity, change: impl FnOnce(&mut Vec<Place<'static>>)) -> Adapter<'static> {
        let column =
            |field: &crate::contract::Field| Place::Column(Column::new(field.name, Form::of(field.kind)));
        let mut fields: Vec<_> = entity.fields().iter().map(column).collect();
        change(&mut fields);
        Adapter {
            entity,
            dialect: Dialect::Postgres,
            table: Table { schema: None, name: "rows" },
            fields: fields.leak(),
            extended: false,
        }
    }

    #[test]
    fn the_default_mapping_has_no_exception() {
        for entity in [Entity::Plan, Entity::Subscription, Entity::Usage] {
            let mapping = Mapping::of(&adapter(entity, |_| {}));
            assert_eq!(mapping.exceptions().count(), 0, "{mapping}");
            assert_eq!(mapping.weaker, []);
        }
    }

    #[test]
    fn each_exception_is_a_line() {
        const LABELS: &[Label<'_>] = &[
            Label::new(Meaning::Word("active"), &[Stored::Text("active")]),
            Label::new(Meaning::Word("canceled"), &[Stored::Text("cancelled")]),
        ];
        const OPTIONS: &Options<'_> =
            &Options { read_only: true, dropped: &[subscription::UPDATED_AT as u8], ..*Options::NONE };
        let seconds = Form::Epoch(Unit::Seconds);
        let mapping = Mapping::of(&adapter(Entity::Subscription, |fields| {
            fields[subscription::ID] = Place::Column(Column::new("id", Form::Uuid));
            fields[subscription::PROVIDER_ID] =
                Place::Column(Column::new("ref", Form::Text).repeating().under("case_insensitive"));
            fields[subscription::SUBSCRIBER_ID] =
                Place::Column(Column::new("user", Form::Integer(Width::U16)));
            fields[subscription::PLAN_ID] = Place::Always(Constant::Text("membership"));
            fields[subscription::STATUS] =
                Place::Column(Column::new("state", Form::Text).labelled(LABELS, false));
            fields[subscription::TRIAL_START] = Place::Column(Column::new("trial_start", Form::Date));
            fields[subscription::TRIAL_END] = Place::Column(Column::new("trial_end", seconds).exact());
            fields[subscription::CANCELED_AT] = Place::Column(
                Column::new("canceled_at", Form::Time).with_null(adapter::Null::Also(Constant::Time(0))),
            );
            fields[subscription::METADATA] = Place::Absent;
            fields[subscription::UPDATED_AT] =
                Place::Column(Column::new("created_at", Form::Time).written_by(Duty::Shared));
            fields.push(Place::Table(OPTIONS));
        }));
        let expected = "each subscription in `rows`
  id                    column `id`; UUIDs; another text is refused
  provider_id           column `ref`
  subscriber_id         column `user`; whole numbers from 0 to 65535; another is refused
  plan_id               always `membership`; another value is refused
  status                column `state`; active, canceled; another word is refused
  current_period_start  column `current_period_start`
  current_period_end    column `current_period_end`
  trial_start           column `trial_start`; cut to whole days
  trial_end             column `trial_end`; in steps of whole seconds; a finer time is refused
  canceled_at           column `canceled_at`; 1970-01-01T00:00:00Z is none, and is refused
  paused_at             column `paused_at`
  metadata              absent; a value is refused
  created_at            column `created_at`
  updated_at            column `created_at`; one value with created_at; another is dropped
  weaker: every write is refused as read only
  weaker: a provider id may repeat; a look-up finds the live record, then the newest
  weaker: of two texts in provider_id that the collation holds equal the second is refused";
        assert_eq!(mapping.to_string(), expected);
    }

    #[test]
    fn a_lock_holds_among_those_who_take_it() {
        const BY_NAME: &Options<'_> = &Options { atomic: Atomic::Lock(None), ..*Options::NONE };
        const ROW: adapter::Locked<'_> =
            adapter::Locked { table: Table { schema: None, name: "customers" }, column: "id" };
        const OF_ROW: &Options<'_> = &Options { atomic: Atomic::Lock(Some(ROW)), ..*Options::NONE };
        let weaker = |options, extended| {
            let adapter = adapter(Entity::Subscription, |fields| fields.push(Place::Table(options)));
            let mapping = Mapping::of(&Adapter { extended, ..adapter });
            mapping.weaker.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        let lock = "a subscriber has one live subscription among writers that take the lock";
        assert_eq!(weaker(BY_NAME, true), [lock]);
        assert_eq!(
            weaker(OF_ROW, true),
            [format!("{lock} of its row in `customers`, without which none is saved")]
        );
        assert_eq!(weaker(OF_ROW, false), [""; 0]);
    }

    #[test]
    fn a_value_of_another_table_is_told_with_it() {
        const PLANS: &Via<'_> = &Via {
            table: Table { schema: Some("billing"), name: "plans" },
            stores: "key",
            reads: "code",
            scope: None,
            form: Form::INTEGER,
        };
        let mapping = Mapping::of(&adapter(Entity::Subscription, |fields| {
            fields[subscription::PLAN_ID] = Place::Column(Column::new("plan", Form::Uuid).via(PLANS));
        }));
        let plan = mapping.exceptions().next().expect("it is one");
        let line =
            "column `plan`; UUIDs; another text is refused; a value of `billing`.`plans`; another is refused";
        assert_eq!((plan.name, plan.to_string().as_str()), ("plan_id", line));
    }

    #[test]
    fn what_an_open_set_of_labels_took_is_refused() {
        const LABELS: &[Label<'_>] = &[Label::new(
            Meaning::Word("canceled"),
            &[Stored::Text("cancelled"), Stored::Text("canceled"), Stored::Null],
        )];
        let mapping = Mapping::of(&adapter(Entity::Subscription, |fields| {
            fields[subscription::STATUS] =
                Place::Column(Column::new("status", Form::Text).labelled(LABELS, true));
        }));
        let words = Words { labelled: vec!["canceled"], others: Others::Texts(vec!["cancelled"]) };
        assert_eq!(mapping.field("status").values, Values::Words(words));
    }

    #[test]
    fn usage_may_be_identified_by_more_than_its_id() {
        const KEY: &Options<'_> = &Options {
            key: Some(crate::adapter::Key { columns: &["subscription_id", "id"], predicate: None }),
            ..*Options::NONE
        };
        let mapping = Mapping::of(&adapter(Entity::Usage, |fields| {
            fields[usage::QUANTITY] = Place::Column(Column::new("quantity", Form::Double(2)));
            fields.push(Place::Table(KEY));
        }));
        assert_eq!(mapping.weaker, [Weaker::Key(vec!["subscription_id", "id"])]);
        assert_eq!(mapping.field("quantity").values, Values::Integers(DIGITS_OF_DOUBLE));
    }
}
