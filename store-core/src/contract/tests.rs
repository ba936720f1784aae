//! The suite tries every field of every record.

use std::collections::BTreeSet;

use super::every::{Keeper, Place};
use super::plan::PlanSubject;
use super::seen::{Seen, call};
use super::subscription::SubscriptionSubject;
use super::usage::UsageSubject;
use crate::error::{Entity, Result, StoreError};
use store_model::contract::Kind;

fn names<R, V>(places: &[Place<R, V>]) -> BTreeSet<&'static str> {
    places.iter().map(|(field, _)| *field).collect()
}

fn fields(entity: Entity, wanted: fn(Kind) -> bool) -> BTreeSet<&'static str> {
    entity.fields().iter().filter(|field| wanted(field.kind)).map(|field| field.name).collect()
}

fn tries_every_field<K: Keeper>(entity: Entity) {
    let is_time = |kind| matches!(kind, Kind::Time | Kind::OptionalTime);
    let has_text =
        |kind| !matches!(kind, Kind::Time | Kind::OptionalTime | Kind::Integer | Kind::Count | Kind::Boolean);
    assert_eq!(names(K::TIMES), fields(entity, is_time));
    assert_eq!(names(K::TEXTS), fields(entity, has_text));
}

#[test]
fn every_text_and_time_of_a_record_is_tried() {
    tries_every_field::<PlanSubject>(Entity::Plan);
    tries_every_field::<SubscriptionSubject>(Entity::Subscription);
    tries_every_field::<UsageSubject>(Entity::Usage);
}

#[test]
fn a_full_record_differs_from_a_bare_one_in_every_field() {
    fn differs<K: Keeper>(entity: Entity) {
        let (bare, full) = (format!("{:#?}", K::plain("one")), format!("{:#?}", K::filled("another")));
        // The first line of a field tells an empty map from one that has something.
        let line =
            |text: &str, start: &str| text.lines().find(|line| line.starts_with(start)).map(String::from);
        for field in entity.fields() {
            let start = format!("    {}: ", field.name);
            assert!(line(&bare, &start).is_some(), "{entity} has no {start}");
            assert_ne!(line(&bare, &start), line(&full, &start));
        }
    }
    differs::<PlanSubject>(Entity::Plan);
    differs::<SubscriptionSubject>(Entity::Subscription);
    differs::<UsageSubject>(Entity::Usage);
}

struct Store;

impl Store {
    async fn answer(&self, _: &str, answer: i64) -> Result<i64> {
        if answer > 0 { Ok(answer) } else { Err(StoreError::Overflow) }
    }
}

#[tokio::test]
async fn a_failure_tells_the_call_what_was_expected_and_what_was_seen() {
    let seen: Seen<i64> = call!(Entity::Plan, Store, answer("pro", 7));
    assert_eq!(seen.is(&8).unwrap_err().to_string(), "`answer(\"pro\", 7)`: expected `8`, got `7`");
    let seen: Seen<i64> = call!(Entity::Plan, Store, answer("pro", 0));
    assert_eq!(
        seen.not_found("pro").unwrap_err().to_string(),
        "`answer(\"pro\", 0)`: expected NotFound of the plan \"pro\", got Err(Overflow)"
    );
}
