//! G7: a call happens whole or not at all, also when its future is dropped halfway.

use super::{Editable, Keeper};
use crate::contract::race::{POLLS, give_up_after};
use crate::contract::rule::Outcome;
use crate::contract::seen::expect;

// A database may finish a call after its future is gone, so no id is used again after one.

pub(crate) async fn an_abandoned_save_is_whole_or_absent<K: Keeper>(store: K) -> Outcome {
    for polls in POLLS {
        let record = store.full(&format!("abandoned {polls}"));
        give_up_after(polls, store.save(&record)).await;
        whole_or_absent(&store, &record).await?;
        store.keeps(&store.bare(&format!("next {polls}"))).await?;
    }
    Ok(())
}

pub(crate) async fn an_abandoned_replacement_leaves_old_or_new<K: Editable>(store: K) -> Outcome {
    for polls in POLLS {
        let id = format!("abandoned {polls}");
        let (old, new) = (store.bare(&id), store.full(&id));
        store.save(&old).await.ok()?;
        give_up_after(polls, store.save(&new)).await;
        let seen = store.read(&old).await.ok()?;
        expect(seen == old || seen == new, || {
            format!("an abandoned save left neither old nor new: {seen:?}")
        })?;
        store.keeps(&store.bare(&format!("next {polls}"))).await?;
    }
    Ok(())
}

pub(crate) async fn an_abandoned_delete_leaves_the_record_or_nothing<K: Editable>(store: K) -> Outcome {
    for polls in POLLS {
        let record = store.full(&format!("abandoned {polls}"));
        store.save(&record).await.ok()?;
        give_up_after(polls, store.delete(K::id(&record))).await;
        whole_or_absent(&store, &record).await?;
        store.keeps(&store.bare(&format!("next {polls}"))).await?;
    }
    Ok(())
}

async fn whole_or_absent<K: Keeper>(store: &K, record: &K::Record) -> Outcome {
    let seen = store.read(record).await;
    if seen.result.is_ok() { seen.is(record) } else { seen.not_found(K::id(record)) }
}
