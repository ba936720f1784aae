//! G3: a stored value that can't be read is told as corrupt.

use super::Keeper;
use crate::contract::rule::Outcome;
use crate::contract::seen::expect;
use crate::contract::subject::Corruptible;
use crate::error::Entity;

/// Breaks one field after the other, each in a record of its own, and hands the record, the field and its column to `told`.
pub(crate) async fn each_field<K, F>(
    store: &K,
    hook: &dyn Corruptible,
    make: impl Fn(&str) -> K::Record,
    entity: Entity,
    told: impl Fn(K::Record, &'static str, String) -> F,
) -> Outcome
where
    K: Keeper,
    F: Future<Output = Outcome>,
{
    let mut broken = 0;
    for field in entity.fields() {
        let record = make(&format!("broken {}", field.name));
        store.save(&record).await.ok()?;
        if let Some(column) = hook.corrupt(entity, K::id(&record), field.name).await {
            broken += 1;
            told(record, field.name, column).await?;
        }
    }
    expect(broken > 0, || format!("the hook could corrupt no field of the {entity}"))
}
