//! The rules that an exception takes the place of: what it says is tested by a rule of its own.

use store_model::mapping::{Mapping, Weaker};

use super::every::Keeper;
use super::fields::Fields;
use super::fit::Fit;
use super::rule::Outcome;

/// Runs a rule, unless the store says of itself that it is none of its own.
pub(super) async fn unless_void<K, F>(subject: K, name: &'static str, rule: fn(K) -> F) -> Outcome
where
    K: Keeper,
    F: Future<Output = Outcome>,
{
    if is_void(subject.fit(), name) { Ok(()) } else { rule(subject).await }
}

/// What holds where nothing can be written.
const WITHOUT_WRITES: &[&str] = &[
    "a_list_of_nothing_is_empty",
    "a_key_that_cannot_be_held_is_not_found",
    "looking_up_what_cannot_be_held_is_not_found",
    "every_write_is_refused_where_nothing_can_be_written",
    "no_atomic_extension_is_found",
    "no_reportable_extension_is_found",
];

/// What needs provider ids that a store takes as they come.
const PROVIDER_IDS: &[&str] = &[
    "provider_ids_are_compared_byte_for_byte",
    "looking_up_provider_ids_compares_byte_for_byte",
    "looking_up_the_absent_is_not_found",
    "a_provider_id_finds_its_record",
    "a_look_up_by_provider_id_follows_every_change",
    "a_given_up_provider_id_can_be_taken",
];

/// What needs provider ids that don't repeat.
const UNIQUE_PROVIDER_IDS: &[&str] = &[
    "provider_ids_are_compared_byte_for_byte",
    "a_taken_provider_id_is_refused",
    "replacing_can_not_take_a_provider_id",
    "racing_saves_of_one_provider_id_have_one_winner",
    "racing_creates_of_one_provider_id_have_one_winner",
    "a_create_tells_the_first_reason_of_its_refusal",
    "a_save_tells_the_first_reason_of_its_refusal",
];

/// What needs texts of a field that are alike.
fn alike(field: &str) -> &'static [&'static str] {
    match field {
        "id" => &[
            "ids_are_compared_byte_for_byte",
            "deleting_compares_ids_byte_for_byte",
            "marking_compares_ids_byte_for_byte",
            "ties_are_ordered_by_the_bytes_of_the_id",
            "the_oldest_unreported_come_first",
        ],
        "provider_id" => {
            &["provider_ids_are_compared_byte_for_byte", "looking_up_provider_ids_compares_byte_for_byte"]
        }
        "subscriber_id" => &["creating_compares_subscribers_byte_for_byte"],
        _ => &[],
    }
}

fn voided(rule: &Weaker) -> &'static [&'static str] {
    match rule {
        // A deleted id is saved again in it.
        Weaker::DeletedIdsStay => &["the_deleted_is_gone"],
        Weaker::OnePerSubscriber => &[
            "a_create_is_accepted_beside_what_is_not_live",
            "a_create_is_accepted_once_the_live_one_has_ended",
            "a_create_tells_the_first_reason_of_its_refusal",
            "a_save_tells_the_first_reason_of_its_refusal",
            "filters_select_what_satisfies_every_part",
            "making_a_second_one_live_is_refused",
            "only_a_live_one_is_the_active_one",
            "racing_promotions_leave_one_live_one",
            "saving_a_second_live_one_is_refused",
        ],
        Weaker::ProviderIdRepeats => UNIQUE_PROVIDER_IDS,
        Weaker::Folds(field) => alike(field),
        Weaker::Key(_) => &[
            "a_repeated_id_is_refused_and_counts_once",
            "lists_have_every_metric_of_one_subscription",
            "random_operations_agree_with_a_model",
        ],
        _ => &[],
    }
}

/// What needs words or keys that a field of one value can't tell apart.
const SEVERAL: &[(&str, &[&str])] = &[
    (
        "subscriber_id",
        &[
            "a_create_is_accepted_beside_other_subscribers",
            "creating_compares_subscribers_byte_for_byte",
            "looking_up_subscribers_compares_byte_for_byte",
        ],
    ),
    (
        "subscription_id",
        &[
            "lists_have_every_metric_of_one_subscription",
            "subscriptions_and_metrics_are_compared_byte_for_byte",
        ],
    ),
    (
        "metric",
        &["sums_are_of_one_subscription_and_metric", "subscriptions_and_metrics_are_compared_byte_for_byte"],
    ),
];

fn is_void(fit: &Fit<impl Fields>, name: &str) -> bool {
    if !fit.is_said() {
        return false;
    }
    let mapping = fit.mapping();
    if fit.is(&Weaker::ReadOnly) || makes_ids(mapping) {
        return !WITHOUT_WRITES.contains(&name);
    }
    let one_value = |field: &&str| mapping.fields.iter().any(|one| one.name == *field && one.is_constant());
    let several = SEVERAL.iter().filter(|(field, _)| one_value(field));
    mapping.weaker.iter().any(|rule| voided(rule).contains(&name))
        || several.clone().any(|(_, rules)| rules.contains(&name))
        || !fit.has_provider_ids() && (PROVIDER_IDS.contains(&name) || UNIQUE_PROVIDER_IDS.contains(&name))
}

/// Whether only the database makes ids: then a save can't make a record.
fn makes_ids(mapping: &Mapping) -> bool {
    mapping.field("id").generated
}
