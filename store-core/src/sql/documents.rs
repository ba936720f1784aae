//! Documents in text that a save leaves as they are, since they read as what is saved: another application has its own
//! blanks, and its own order of keys.
//!
//! No database compares documents as they are read here, so they are read. Where one is changed before the save comes,
//! that save replaces it, as it replaces whatever is there.

use store_model::adapter::{Bind, Operation};
use store_model::form::Carrier;

use super::dialect::Dialect;
use super::failure::Outcome;
use super::record::{Inputs, Record, bind};
use super::session::Session;
use crate::codec::{Atom, Value, is_written_as};

/// A record, and the documents of its row that read as its own.
pub(crate) struct Kept<'a, R> {
    record: &'a R,
    texts: Vec<(Bind, String)>,
}

impl<R: Inputs> Inputs for Kept<'_, R> {
    fn value(&self, bind: Bind) -> Value<'_> {
        let kept = self.texts.iter().find(|(known, _)| *known == bind);
        kept.map_or_else(|| self.record.value(bind), |(_, text)| Value::Document(text))
    }
}

impl<DB: Dialect> Session<'_, DB> {
    /// What a save of a record writes.
    pub(crate) async fn kept<'a, R: Record>(&mut self, record: &'a R) -> Outcome<Kept<'a, R>> {
        let mut kept = Kept { record, texts: Vec::new() };
        if !self.has(Operation::Documents) {
            return Ok(kept);
        }
        let Some(row) = self.row(Operation::Documents, record).await? else {
            return Ok(kept);
        };
        let adapter = self.store.adapter;
        for (index, place) in adapter.rewritten_texts().enumerate() {
            // What can't be read is replaced.
            let Ok(Some(Atom::Text(text))) = DB::read(&row, index, Carrier::Text) else { continue };
            let value = record.value(bind(place));
            if is_written_as(adapter.kept(place), &text, value) {
                kept.texts.push((bind(place), text.into_owned()));
            }
        }
        Ok(kept)
    }
}
