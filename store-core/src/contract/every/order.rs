//! G5: lists have a total order; G4: a list of nothing is empty.

use super::Keeper;
use crate::contract::rule::Outcome;
use crate::contract::samples::{IN_ORDER, Random};

pub(crate) async fn a_list_of_nothing_is_empty<K: Keeper>(store: K) -> Outcome {
    store.all().await.is(&vec![])
}

pub(crate) async fn lists_are_ordered_by_time<K: Keeper>(store: K) -> Outcome {
    // Ids fall as times rise, so that an order by id is another one; and there is more than a page of them.
    let record = |second: i64| store.timed(store.bare(&format!("id {}", 999 - second)), store.at(second));
    listed_in_order(&store, (0..120).map(record).collect()).await
}

pub(crate) async fn ties_are_ordered_by_the_bytes_of_the_id<K: Keeper>(store: K) -> Outcome {
    listed_in_order(&store, IN_ORDER.iter().map(|id| store.bare(id)).collect()).await
}

/// Saves the records in another order and expects the list to have them in this one, or in that of the store's keys.
async fn listed_in_order<K: Keeper>(store: &K, mut records: Vec<K::Record>) -> Outcome {
    store.fit().sort(&mut records);
    let mut shuffled = records.clone();
    Random::new().shuffle(&mut shuffled);
    for record in &shuffled {
        store.save(record).await.ok()?;
    }
    store.all().await.is(&records)
}
