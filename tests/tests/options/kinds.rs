//! The shapes of adapters whose statements are under test: between them they have every statement that there is.

use store_core::__private::{
    Adapter, Atomic, Column, Dialect, Duty, Entity, Form, Label, Meaning, Operation, Options, Place, Step,
    Stored, When,
};
use store_model::contract::{plan, subscription, usage};
use store_tests::made;
use store_tests::stores::SUBSCRIBERS;

/// What a table has beside its options.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The columns of the contract.
    Plain,
    /// Fields that other columns decide, labels over several columns, documents in text, times within documents; and a lock
    /// in place of the key.
    Shaped,
    /// Ids that the database makes.
    Made,
}

impl Kind {
    pub(crate) const ALL: [Self; 3] = [Self::Plain, Self::Shaped, Self::Made];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Shaped => "shaped",
            Self::Made => "made_ids",
        }
    }

    /// Whether a record can be of it: the ids of usage are the caller's.
    pub(crate) fn is_of(self, entity: Entity) -> bool {
        self != Self::Made || entity != Entity::Usage
    }

    pub(crate) fn adapter(
        self,
        dialect: Dialect,
        entity: Entity,
        options: Options<'static>,
    ) -> Adapter<'static> {
        let options = match (self, entity, dialect) {
            (Self::Shaped, Entity::Subscription, Dialect::MySql) => {
                Options { atomic: Atomic::Lock(Some(SUBSCRIBERS)), ..options }
            }
            (Self::Shaped, Entity::Subscription, _) => Options { atomic: Atomic::Lock(None), ..options },
            _ => options,
        };
        let plain = made::adapter(dialect, entity, options);
        let mut fields = plain.fields.to_vec();
        match self {
            Self::Plain => return plain,
            Self::Shaped => shape(entity, &mut fields),
            Self::Made => {
                fields[0] = Place::Column(Column::new("id", Form::INTEGER).written_by(Duty::Generated));
            }
        }
        Adapter { fields: fields.leak(), ..plain }
    }
}

fn shape(entity: Entity, fields: &mut [Place<'static>]) {
    match entity {
        Entity::Plan => {
            fields[plan::METADATA] = Place::Column(Column::new("metadata", Form::JsonText));
            fields[plan::ACTIVE] = Place::Case(UNLESS_TWO);
        }
        Entity::Subscription => {
            fields[subscription::METADATA] = Place::Column(Column::new("metadata", Form::JsonText));
            let status = Column::new("status", Form::Text).labelled(STATES, false).over(TRIAL);
            fields[subscription::STATUS] = Place::Column(status);
        }
        Entity::Usage => {
            let reported = Column::new("details", Form::TimeText("%Y-%m-%d %H:%M:%S%.6f"));
            fields[usage::PROVIDER_REPORTED_AT] = Place::Column(reported.at(&[Step::Key("reported")]));
        }
    }
}

/// Plans are active unless they cost this.
const UNLESS_TWO: &[When<'static>] = &[
    When { meaning: Meaning::Boolean(false), predicate: Some("amount = 2") },
    When { meaning: Meaning::Boolean(true), predicate: None },
];

const TRIAL: &[Column<'static>] = &[Column::new("trial", Form::Boolean)];

/// Of which one says nothing of a column, so that it has statements without it.
const STATES: &[Label<'static>] = &[
    Label::new(
        Meaning::Word("trialing"),
        &[Stored::Tuple(&[&[Stored::Text("active")], &[Stored::Boolean(true)]])],
    ),
    Label::new(
        Meaning::Word("active"),
        &[Stored::Tuple(&[&[Stored::Text("active")], &[Stored::Boolean(false), Stored::Null]])],
    ),
    Label::new(
        Meaning::Word("canceled"),
        &[
            Stored::Tuple(&[&[Stored::Text("canceled")], &[]]),
            Stored::Tuple(&[&[Stored::Text("ended")], &[Stored::Boolean(false)]]),
        ],
    ),
];

/// Why no adapter of a database has a statement under test; none where one must.
pub(crate) const fn is_nowhere(dialect: Dialect, operation: Operation) -> Option<&'static str> {
    let is_mysql = matches!(dialect, Dialect::MySql);
    match operation {
        Operation::Save if is_mysql => Some("an upsert there changes rows of other keys"),
        Operation::ConflictsNow if !is_mysql => Some("others see what is committed"),
        Operation::Lock if matches!(dialect, Dialect::Sqlite) => Some("its transactions lock by beginning"),
        Operation::Links => Some("it looks at other tables alone"),
        _ => None,
    }
}

/// Whether a statement looks at no row of the store's table.
pub(crate) const fn looks_at_no_row(operation: Operation) -> bool {
    matches!(operation, Operation::Lock | Operation::Decide)
}
