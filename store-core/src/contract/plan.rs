//! The rules of [`PlanStore`].

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use store_model::mapping::{Mapping, Weaker};

use super::every::corrupt::each_field;
use super::every::rules::*;
use super::every::{Editable, Keeper, Place};
use super::fit::Fit;
use super::rule::Outcome;
use super::samples::{ALIKE, COUNTS, INTEGERS, OTHER_WORDS, Random, at, unlike};
use super::seen::{Refusal, Seen, call};
use super::subject::{Corruptible, Scale};
use super::table::rules;
use crate::error::{Conflict, Entity};
use crate::plan::{Plan, PlanFilter, PlanInterval, PlanStore};

#[doc(hidden)]
#[macro_export]
macro_rules! __plan_rules {
    ($callback:path, $arguments:tt) => {
        $callback! { $arguments
            [always] G1 every_field_is_kept;
            [always] G1 empty_texts_are_kept;
            [always] G1 any_text_is_kept;
            [always] G1 metadata_of_any_shape_is_kept;
            [always] G1 times_are_cut_to_microseconds;
            [always] G1 numbers_are_kept_to_their_ends;
            [always] G1 intervals_are_kept_whatever_the_word;
            [always] G1 features_keep_their_order;
            [with mapping] G1 a_field_without_a_place_refuses_values;
            [with mapping] G1 a_field_of_one_value_refuses_others;
            [with mapping] G1 fields_of_one_column_refuse_a_second_value;
            [with mapping] G1 a_word_without_a_label_is_refused;
            [with mapping] G1 a_value_that_reads_as_none_is_refused;
            [with mapping] G1 none_is_refused_where_there_must_be_something;
            [with mapping] G1 a_value_that_no_other_table_has_is_refused;
            [with mapping] G1 a_key_without_a_place_is_refused;
            [with mapping] G1 a_value_that_other_fields_contradict_is_refused;
            [with mapping] G1 a_time_that_is_too_fine_is_refused;
            [with mapping] G1 times_are_cut_to_their_step;
            [with mapping] G1 what_is_dropped_reads_as_declared;
            [with mapping] G1 what_the_database_makes_is_not_written;
            [always] G2 a_nul_is_kept_or_refused;
            [always] G2 a_long_text_is_kept_or_refused;
            [always] G2 a_far_time_is_kept_or_refused;
            [always] G2 a_refused_replacement_changes_nothing;
            [always] G2 a_key_that_cannot_be_held_is_not_found;
            [always] G2 deleting_a_key_that_cannot_be_held_is_not_found;
            [with mapping] G2 a_number_out_of_range_is_refused;
            [with mapping] G2 a_text_in_another_form_is_refused;
            [with mapping] G2 a_time_out_of_range_is_refused;
            [with mapping] G2 replacing_refuses_what_cannot_be_held;
            [with corruptible] G3 a_value_that_cannot_be_read_is_corrupt;
            [always] G4 getting_the_absent_is_not_found;
            [always] G4 deleting_the_absent_is_not_found;
            [always] G4 the_deleted_is_gone;
            [always] G4 a_list_of_nothing_is_empty;
            [always] G5 lists_are_ordered_by_time;
            [always] G5 ties_are_ordered_by_the_bytes_of_the_id;
            [always] G5 active_only_lists_what_can_be_bought;
            [always] G6 ids_are_compared_byte_for_byte;
            [always] G6 deleting_compares_ids_byte_for_byte;
            [always] G6 provider_ids_are_compared_byte_for_byte;
            [with mapping] G6 an_id_that_folds_into_another_is_refused;
            [always] G7 an_abandoned_save_is_whole_or_absent;
            [always] G7 an_abandoned_replacement_leaves_old_or_new;
            [always] G7 an_abandoned_delete_leaves_the_record_or_nothing;
            [always] S1 replacing_keeps_every_field;
            [always] S1 replacing_keeps_any_value;
            [always] S1 saving_again_makes_no_second_record;
            [always] S1 saving_touches_no_other_record;
            [always] S1 racing_saves_of_one_id_leave_one_of_them_whole;
            [always] S5 a_taken_provider_id_is_refused;
            [always] S5 replacing_can_not_take_a_provider_id;
            [always] S5 a_record_keeps_its_own_provider_id;
            [always] S5 records_without_provider_id_do_not_collide;
            [always] S5 a_given_up_provider_id_can_be_taken;
            [always] S5 racing_saves_of_one_provider_id_have_one_winner;
            [with mapping] S1 a_deleted_id_is_not_used_again;
            [with mapping] S5 a_provider_id_may_repeat;
            [with mapping] RO every_write_is_refused_where_nothing_can_be_written;
            [always] ALL random_operations_agree_with_a_model;
        }
    };
}
__plan_rules! { rules, [PlanSubject] }

/// A plan store under test; a clone is a handle to the same store.
///
/// ```
/// use std::sync::Arc;
///
/// use store_core::contract::Scale;
/// use store_core::contract::plan::PlanSubject;
///
/// let store = Arc::new(store_memory::MemoryPlanStore::new());
/// let subject = PlanSubject::new(store).scale(Scale { rounds: 200, ..Scale::default() });
/// ```
#[derive(Clone)]
pub struct PlanSubject {
    store: Arc<dyn PlanStore>,
    corruptible: Option<Arc<dyn Corruptible>>,
    scale: Scale,
    fit: Fit<Plan>,
}

impl PlanSubject {
    /// A subject of a fresh, empty store.
    #[must_use]
    pub fn new(store: Arc<dyn PlanStore>) -> Self {
        Self { store, corruptible: None, scale: Scale::default(), fit: Fit::whole() }
    }

    /// Adds the hook that breaks rows.
    #[must_use]
    pub fn corruptible(self, hook: Arc<dyn Corruptible>) -> Self {
        Self { corruptible: Some(hook), ..self }
    }

    /// Sets what the store says of itself, as `SqlPlanStore::plan_mapping` gives it.
    ///
    /// The rules then keep to what the store can hold, and each exception is tested as a refusal.
    ///
    /// # Panics
    /// If the mapping is of another record.
    ///
    /// ```
    /// use std::sync::Arc;
    ///
    /// use store_core::Entity;
    /// use store_core::contract::plan::PlanSubject;
    /// use store_core::mapping::Mapping;
    ///
    /// let store = Arc::new(store_memory::MemoryPlanStore::new());
    /// let subject = PlanSubject::new(store).mapping(Mapping::whole(Entity::Plan));
    /// ```
    #[must_use]
    pub fn mapping(self, mapping: Mapping) -> Self {
        Self { fit: self.fit.saying(mapping), ..self }
    }

    /// Sets what makes a record agree with what it says of `active`, where that has no column and other fields decide it.
    ///
    /// The rules call it with every record that they make, and save what it leaves; what it takes from them, they can't test.
    ///
    /// ```
    /// use std::sync::Arc;
    ///
    /// use store_core::contract::plan::PlanSubject;
    ///
    /// let store = Arc::new(store_memory::MemoryPlanStore::new());
    /// let subject = PlanSubject::new(store).agreeing(|plan| plan.amount = if plan.active { 900 } else { 0 });
    /// ```
    #[must_use]
    pub fn agreeing(self, agree: fn(&mut Plan)) -> Self {
        Self { fit: self.fit.agreeing(agree), ..self }
    }

    /// Sets how much the rules do.
    #[must_use]
    pub fn scale(self, scale: Scale) -> Self {
        Self { scale, ..self }
    }

    async fn get(&self, id: &str) -> Seen<Plan> {
        call!(Entity::Plan, self.store, get_plan(id)).map(|plan| Ok(self.fit.blank(plan)))
    }

    async fn list(&self, filter: &PlanFilter) -> Seen<Vec<Plan>> {
        let seen = call!(Entity::Plan, self.store, list_plans(filter));
        seen.map(|plans| Ok(self.fit.blank_list(plans)))
    }
}

#[async_trait]
impl Keeper for PlanSubject {
    type Record = Plan;

    const TEXTS: &'static [Place<Plan, String>] = &[
        ("id", |plan, text| plan.id = text),
        ("provider_id", |plan, text| plan.provider_id = Some(text)),
        ("name", |plan, text| plan.name = text),
        ("description", |plan, text| plan.description = text),
        ("currency", |plan, text| plan.currency = text),
        ("interval", |plan, text| plan.interval = text.into()),
        ("features", |plan, text| plan.features = vec![text]),
        ("limits", |plan, text| plan.limits = [(text, 1)].into()),
        ("metadata", |plan, text| drop(plan.metadata.insert(text, "value".into()))),
        ("metadata", |plan, text| drop(plan.metadata.insert("key".into(), text))),
    ];

    const TIMES: &'static [Place<Plan, DateTime<Utc>>] = &[
        ("created_at", |plan, time| plan.created_at = time),
        ("updated_at", |plan, time| plan.updated_at = time),
    ];

    fn scale(&self) -> Scale {
        self.scale
    }

    fn fit(&self) -> &Fit<Plan> {
        &self.fit
    }

    fn plain(id: &str) -> Plan {
        let mut plan = Plan::new(id, "Name", 100, "EUR", PlanInterval::Month);
        (plan.created_at, plan.updated_at) = (at(0), at(0));
        plan
    }

    fn filled(id: &str) -> Plan {
        Plan {
            id: id.into(),
            provider_id: Some(format!("provider of {id}")),
            name: "Full".into(),
            description: "Everything".into(),
            amount: 1_900,
            currency: "USD".into(),
            interval: PlanInterval::Year,
            interval_count: 2,
            trial_days: 14,
            features: vec!["export".into(), "search".into()],
            limits: [("seats".into(), 5), ("calls".into(), 0)].into(),
            metadata: [("color".into(), "blue".into()), ("rank".into(), "3".into())].into(),
            active: false,
            created_at: at(101),
            updated_at: at(102),
        }
    }

    fn metadata(plan: &mut Plan) -> &mut BTreeMap<String, String> {
        &mut plan.metadata
    }

    fn set_time(plan: &mut Plan, time: DateTime<Utc>) {
        plan.created_at = time;
    }

    async fn save(&self, plan: &Plan) -> Seen<()> {
        call!(Entity::Plan, self.store, save_plan(plan))
    }

    async fn read(&self, plan: &Plan) -> Seen<Plan> {
        self.get(&plan.id).await
    }

    async fn all(&self) -> Seen<Vec<Plan>> {
        self.list(&PlanFilter::default()).await
    }
}

#[async_trait]
impl Editable for PlanSubject {
    fn provider_id(plan: &mut Plan) -> &mut Option<String> {
        &mut plan.provider_id
    }

    async fn delete(&self, id: &str) -> Seen<()> {
        call!(Entity::Plan, self.store, delete_plan(id))
    }
}

async fn numbers_are_kept_to_their_ends(plans: PlanSubject) -> Outcome {
    for number in INTEGERS {
        let plan = plans.changed(plans.bare(&format!("amount {number}")), |plan| {
            plan.amount = *number;
            plan.limits = [("limit".into(), *number)].into();
        });
        plans.keeps(&plan).await?;
    }
    for count in COUNTS {
        let plan = plans.changed(plans.bare(&format!("count {count}")), |plan| {
            (plan.interval_count, plan.trial_days) = (*count, *count);
        });
        plans.keeps(&plan).await?;
    }
    Ok(())
}

async fn intervals_are_kept_whatever_the_word(plans: PlanSubject) -> Outcome {
    use PlanInterval::{Day, Month, Week, Year};
    let others = OTHER_WORDS.iter().map(|word| PlanInterval::new(*word));
    for (number, interval) in [Day, Week, Month, Year].into_iter().chain(others).enumerate() {
        let bare = plans.bare(&format!("every {number}"));
        plans.keeps(&plans.changed(bare, |plan| plan.interval = interval)).await?;
    }
    Ok(())
}

async fn features_keep_their_order(plans: PlanSubject) -> Outcome {
    let features = ["b", "a", "", "b", "A"].map(String::from);
    plans.keeps(&plans.changed(plans.bare("one"), |plan| plan.features = features.into())).await
}

async fn active_only_lists_what_can_be_bought(plans: PlanSubject) -> Outcome {
    let plan = |second: i64| {
        plans.changed(plans.bare(&format!("id {second}")), |plan| {
            (plan.active, plan.created_at) = (second % 2 == 0, plans.at(9 - second));
        })
    };
    let mut all: Vec<_> = (0..6).map(plan).collect();
    for plan in &all {
        plans.save(plan).await.ok()?;
    }
    plans.fit.sort(&mut all);
    plans.list(&PlanFilter { active_only: false }).await.is(&all)?;
    all.retain(|plan| plan.active);
    plans.list(&PlanFilter { active_only: true }).await.is(&all)
}

async fn a_value_that_cannot_be_read_is_corrupt(plans: PlanSubject) -> Outcome {
    let Some(hook) = plans.corruptible.clone() else {
        return Ok(());
    };
    each_field(
        &plans,
        &*hook,
        |name| plans.full(name),
        Entity::Plan,
        |plan, _, column| {
            let plans = plans.clone();
            async move {
                plans.get(&plan.id).await.corrupt(&plan.id, &column)?;
                plans.all().await.corrupt(&plan.id, &column)?;
                plans.delete(&plan.id).await.ok()
            }
        },
    )
    .await
}

async fn random_operations_agree_with_a_model(plans: PlanSubject) -> Outcome {
    let (mut model, mut random) = (BTreeMap::<String, Plan>::new(), Random::new());
    // By id, with their provider ids.
    let (mut deleted, stay) = (BTreeMap::new(), plans.fit.is(&Weaker::DeletedIdsStay));
    let ids = unlike(ALIKE, plans.fit.folds("id"));
    for _ in 0..plans.scale.operations {
        let id = plans.key(random.pick(&ids));
        let id = id.as_str();
        match random.below(8) {
            0..4 => {
                let plan = random_plan(&plans, id, &mut random);
                let is_deleted = deleted.contains_key(id);
                let is_held =
                    plan.provider_id.is_some() && deleted.values().any(|it| *it == plan.provider_id);
                // A key may hold what is deleted for taken, or not.
                if is_held && !is_deleted && !plans.fit.is(&Weaker::ProviderIdRepeats) {
                    continue;
                }
                let seen = plans.save(&plan).await;
                if is_deleted {
                    seen.conflict(Conflict::Id)?;
                } else {
                    seen.agrees(&save(&mut model, plan, plans.fit.is(&Weaker::ProviderIdRepeats)))?;
                }
            }
            4 => {
                let removed = model.remove(id);
                let marked = removed.iter().filter(|_| stay);
                deleted.extend(marked.map(|plan| (plan.id.clone(), plan.provider_id.clone())));
                plans.delete(id).await.agrees(&removed.map(drop).ok_or(Refusal::NotFound))?;
            }
            5 => plans.get(id).await.agrees(&model.get(id).cloned().ok_or(Refusal::NotFound))?,
            _ => {
                let filter = PlanFilter { active_only: random.below(2) == 0 };
                let mut listed: Vec<_> =
                    model.values().filter(|plan| plan.active || !filter.active_only).cloned().collect();
                plans.fit.sort(&mut listed);
                plans.list(&filter).await.is(&listed)?;
            }
        }
    }
    Ok(())
}

fn save(model: &mut BTreeMap<String, Plan>, plan: Plan, repeats: bool) -> Result<(), Refusal> {
    let taken = |other: &Plan| other.provider_id == plan.provider_id && other.id != plan.id;
    if !repeats && plan.provider_id.is_some() && model.values().any(taken) {
        return Err(Refusal::AlreadyExists(Conflict::ProviderId));
    }
    model.insert(plan.id.clone(), plan);
    Ok(())
}

fn random_plan(plans: &PlanSubject, id: &str, random: &mut Random) -> Plan {
    let provider_ids = unlike(&["a", "A", "b"], plans.fit.folds("provider_id"));
    let provider_ids: Vec<_> = [None].into_iter().chain(provider_ids.into_iter().map(Some)).collect();
    plans.changed(plans.bare(id), |plan| {
        plan.provider_id = random.pick(&provider_ids).map(String::from);
        plan.amount = random.pick(INTEGERS);
        plan.active = random.below(2) == 0;
        plan.created_at = plans.at(random.below(3) as i64);
    })
}
