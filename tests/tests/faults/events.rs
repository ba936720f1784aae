//! What `tracing` is told of a call: each statement, and each repetition with its cause.

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};

use sqlx::AssertSqlSafe;
use store_core::{PlanStore as _, SqlPlanStore as _};
use store_tests::databases::{Database, postgres};
use store_tests::harness::{Outcome, Suite};
use store_tests::stores;
use tracing::field::{Field, Visit};
use tracing::instrument::WithSubscriber as _;
use tracing::span::{Attributes, Id, Record};
use tracing::{Dispatch, Event, Metadata, Subscriber};

use crate::world::plan;

pub(crate) fn add(suite: &mut Suite) {
    suite.on(Database::Postgres, "statements_and_repetitions_are_told_to_tracing", told);
}

async fn told() -> Outcome {
    let place = postgres::fresh(1).await?;
    let store = stores::postgres::Plans { pool: place.pool.clone() };
    store.create_plan_schema().await?;
    let refuse_once =
        "CREATE SEQUENCE tries; CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF nextval('tries') = 1 THEN RAISE EXCEPTION 'not now' USING ERRCODE = '40001'; END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER refuse BEFORE INSERT ON plans FOR EACH ROW EXECUTE FUNCTION refuse();";
    sqlx::raw_sql(AssertSqlSafe(refuse_once)).execute(&store.pool).await?;

    // Of one listener alone `tracing` asks the thread that comes by an event first, which may be that of another test, and
    // remembers what it says; of several it asks each of them.
    let _another = Dispatch::new(Listener::default());
    let listener = Listener::default();
    store.save_plan(&plan("pro")).with_subscriber(listener.clone()).await?;

    let lines = listener.lines.lock().expect("nobody panics").clone();
    let [first, repeat, second] = lines.as_slice() else { panic!("{lines:#?}") };
    let statement = "TRACE statement table=\"plans\" statement=\"save\"";
    assert_eq!([first, second], [statement, statement]);
    assert!(repeat.starts_with("DEBUG repeat table=\"plans\" error="), "{repeat}");
    assert!(repeat.contains("pause="), "{repeat}");
    place.remove().await;
    Ok(())
}

/// Writes down the events of the stores.
#[derive(Clone, Default)]
struct Listener {
    lines: Arc<Mutex<Vec<String>>>,
}

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "store_core"
    }

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        let line = format!("{} {}{}", event.metadata().level(), fields.message, fields.others);
        self.lines.lock().expect("nobody panics").push(line);
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[derive(Default)]
struct Fields {
    message: String,
    others: String,
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let written = match field.name() {
            "message" => write!(self.message, "{value:?}"),
            name => write!(self.others, " {name}={value:?}"),
        };
        written.expect("a text takes everything");
    }
}
