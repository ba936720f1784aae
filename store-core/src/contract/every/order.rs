//! G5: lists have a total order; G4: a list of nothing is empty.

use super::Keeper;
use crate::contract::rule::Outcome;
use crate::contract::samples::{IN_ORDER, Random, at};

pub(crate) async fn a_list_of_nothing_is_empty<K: Keeper>(store: K) -> Outcome {
    store.all().await.is(&vec![])
}

pub(crate) async fn lists_are_ordered_by_time<K: Keeper>(store: K) -> Outcome {
    // Ids fall as times rise, so that an order by id is another one; and there is more than a page of them.
    let record = |second: i64| {
        let mut record = K::bare(&format!("id {}", 999 - second));
        K::set_time(&mut record, at(second));
        record
    };
    listed_in_order(&store, (0..120).map(record).collect()).await
}

pub(crate) async fn ties_are_ordered_by_the_bytes_of_the_id<K: Keeper>(store: K) -> Outcome {
    listed_in_order(&store, IN_ORDER.iter().map(|id| K::bare(id)).collect()).await
}

/// Saves the records in another order and expects the list to have them in this one.
async fn listed_in_order<K: Keeper>(store: &K, records: Vec<K::Record>) -> Outcome {
    let mut shuffled = records.clone();
    Random::new().shuffle(&mut shuffled);
    for record in &shuffled {
        store.save(record).await.ok()?;
    }
    store.all().await.is(&records)
}
