//! Operations in any order, by two tenants of one table with all keys in common, held against the model of each.

use std::sync::Arc;

use store_core::__private::{Entity, Null, Source};
use store_core::contract::fields::{Fields, Value};
use store_core::mapping::Weaker;
use store_core::{Conflict, PlanFilter, Subscription, SubscriptionFilter, SubscriptionStatus, UsageRecord};
use store_core::{Plan, to_micros};
use store_model::contract::{plan, status, subscription, usage};

use crate::adapters::Subject;
use crate::kept::{ALWAYS, Kept};
use crate::model::{Rows, Told, order};
use crate::values::Bits;
use crate::walk::{Checked, Sorted, done, sorted};
use crate::world::{Own, Stored, World};

/// One operation: which, whose, and bits for its arguments.
pub(crate) type Step = (u8, bool, u64);

/// The tenants, who differ in the first value of their own alone.
const TENANTS: [Own; 2] = [["acme", "ann", "bob"], ["bolt", "ann", "bob"]];

/// How many keys of a field meet.
const FEW: usize = 4;

/// Stores on a table and what each of them has by its model.
pub(crate) struct Session<'s, R> {
    subject: &'s Subject,
    world: &'s World,
    sorted: &'s Sorted,
    stores: [Arc<dyn Stored>; 2],
    reader: Arc<dyn Stored>,
    rows: [Rows<R>; 2],
    /// Whether both have rows of their own.
    is_scoped: bool,
    /// Whether an id of the other is taken.
    ids_are_shared: bool,
}

/// A record with operations of its own.
pub(crate) trait Operated: Kept {
    async fn step(session: &mut Session<'_, Self>, step: Step) -> Checked;
}

/// Makes a table and runs operations on it.
pub(crate) async fn on_table<R: Operated>(world: &World, subject: &Subject, steps: &[Step]) -> Checked {
    for other in &subject.elsewhere {
        other.create(world, &TENANTS).await?;
    }
    let store = world.store(subject.adapter, &TENANTS[0]);
    done("create", store.create().await)?;
    done("verify", store.verify().await)?;
    run::<R>(world, subject, &sorted::<R>(subject, 2)?, steps).await
}

/// Runs operations on an empty table.
async fn run<R: Operated>(world: &World, subject: &Subject, sorted: &Sorted, steps: &[Step]) -> Checked {
    let stores = TENANTS.map(|own| world.store(subject.adapter, &own));
    let reader = world.store(subject.read_only(), &TENANTS[0]);
    let options = subject.adapter.options();
    let is_scoped = options.scope.iter().any(|extra| matches!(extra.value, Source::Own(_)));
    let ids_are_shared = options.key.is_some_and(|key| key.columns.len() == 1);
    let rows = [Rows::default(), Rows::default()];
    let mut session = Session { subject, world, sorted, stores, reader, rows, is_scoped, ids_are_shared };
    for (number, step) in steps.iter().enumerate() {
        R::step(&mut session, *step).await.map_err(|error| format!("step {number} {step:?}: {error}"))?;
    }
    Ok(())
}

impl<R: Operated> Session<'_, R> {
    fn tenant(&self, is_other: bool) -> usize {
        usize::from(is_other && self.is_scoped)
    }

    /// A value that a field holds: of keys one of a few, which meet.
    fn held(&self, place: usize, is_key: bool, bits: &mut Bits) -> Value {
        let held = &self.sorted.held[place];
        let most = if is_key { held.len().min(FEW) } else { held.len() };
        held[bits.below(most)].clone()
    }

    /// A key to look for: one that may be there, or one that can't be.
    fn key(&self, place: usize, bits: &mut Bits) -> String {
        let refused = &self.sorted.refused[place];
        let value = if bits.below(5) == 0 && !refused.is_empty() {
            bits.pick(refused).clone()
        } else {
            self.held(place, true, bits)
        };
        value.text().unwrap_or("absent").to_owned()
    }

    /// A record of values that each field holds, or all but one.
    fn record(&self, keys: &[usize], bits: &mut Bits) -> R {
        let mut record = R::blank();
        for place in 0..self.sorted.held.len() {
            record.set(place, self.held(place, keys.contains(&place), bits));
        }
        if bits.below(16) != 0 {
            self.subject.follow(&mut record);
        }
        if bits.below(6) == 0 {
            let place = bits.below(self.sorted.refused.len());
            if let Some(value) = self.sorted.refused[place].first() {
                let index = bits.below(self.sorted.refused[place].len());
                record.set(place, self.sorted.refused[place].get(index).unwrap_or(value).clone());
            }
        }
        record
    }

    fn is(&self, weaker: &Weaker) -> bool {
        self.subject.holder.is(weaker)
    }

    /// The row as it would be, unless a rule that is alike for all refuses it.
    fn new_row(&self, tenant: usize, record: &R, is_create: bool) -> Result<R, Told<()>> {
        let read = self.subject.holder.hold(record).map_err(Told::Unfit)?;
        let (own, other) = (&self.rows[tenant], &self.rows[1 - tenant]);
        let is_taken = own.is_deleted(read.id())
            || is_create && own.has_ever(read.id())
            || self.ids_are_shared && other.has_ever(read.id());
        if is_taken { Err(Told::Exists(Conflict::Id)) } else { Ok(read) }
    }

    /// Whether another row has the provider id.
    fn provider_id_is_taken(&self, tenant: usize, read: &R, place: usize) -> bool {
        let value = read.value(place);
        let has_it = |one: &&R| one.value(place) == value && one.id() != read.id();
        let is_shared = self.subject.holder.mapping.fields[place].shared.is_some();
        !self.is(&Weaker::ProviderIdRepeats)
            && !is_shared
            && value.text().is_some()
            && self.is_in_column(place)
            && self.rows[tenant].records.values().any(|one| has_it(&one))
    }

    fn is_in_column(&self, place: usize) -> bool {
        self.subject.adapter.column(place).is_some()
    }

    async fn save(&mut self, tenant: usize, record: &R, expected: Result<R, Told<()>>) -> Checked {
        let found = record.save(&*self.stores[tenant]).await;
        self.saved(tenant, expected, &found).map_err(|error| format!("save {record:?}: {error}"))
    }

    fn saved(
        &mut self,
        tenant: usize,
        expected: Result<R, Told<()>>,
        found: &store_core::Result<()>,
    ) -> Checked {
        match expected {
            Ok(read) => {
                Told::Done(()).agrees(found)?;
                self.rows[tenant].records.insert(read.id().to_owned(), read);
                Ok(())
            }
            Err(told) => told.agrees(found),
        }
    }

    /// A record that is read and saved changes no byte of any row.
    async fn save_as_read(&mut self, tenant: usize, bits: &mut Bits) -> Checked {
        let all: Vec<_> = self.rows[tenant].records.values().cloned().collect();
        if all.is_empty() {
            return Ok(());
        }
        let read = bits.pick(&all);
        let columns = self.subject.columns(&[]);
        let before = self.world.rows(self.subject.table(), &columns).await.map_err(|it| it.to_string())?;
        done(&format!("save as read {read:?}"), read.save(&*self.stores[tenant]).await)?;
        let after = self.world.rows(self.subject.table(), &columns).await.map_err(|it| it.to_string())?;
        if before == after { Ok(()) } else { Err(format!("{read:?} changed {before:?} to {after:?}")) }
    }

    /// Whether the values of a field are bound to others: by a key, or by fields that read as it.
    fn is_bound(&self, place: usize) -> bool {
        let (adapter, fields) = (&self.subject.adapter, &self.subject.holder.mapping.fields);
        let in_key = match R::ENTITY {
            Entity::Plan => &[plan::ID, plan::PROVIDER_ID][..],
            Entity::Subscription => {
                &[subscription::ID, subscription::PROVIDER_ID, subscription::SUBSCRIBER_ID]
            }
            Entity::Usage => &[usage::ID, usage::SUBSCRIPTION_ID],
        };
        let of_others = adapter.columns().any(|(_, column)| match column.null {
            Some(Null::IsField(other)) => usize::from(other) == place,
            _ => false,
        });
        let is_shared = fields.iter().any(|field| field.shared == Some(fields[place].name));
        in_key.contains(&place) || of_others || is_shared || fields[place].shared.is_some()
    }

    /// What others write in a column reads as it is said to.
    async fn rewrite(&mut self, bits: &mut Bits) -> Checked {
        let place = bits.below(self.subject.shapes.len());
        let (Some(shape), Some(column)) = (&self.subject.shapes[place], self.subject.adapter.column(place))
        else {
            return Ok(());
        };
        if self.is_bound(place) || shape.others.is_empty() {
            return Ok(());
        }
        let (literal, meaning) = bits.pick(&shape.others);
        // What is live could be so twice.
        let is_live = |value: &Value| value.text().is_some_and(|word| status::LIVE.contains(&word));
        let is_status = R::ENTITY == Entity::Subscription && place == subscription::STATUS;
        if is_status && meaning.as_ref().is_some_and(is_live) {
            return Ok(());
        }
        let dialect = self.subject.adapter.dialect;
        let [name, table] =
            [column.name, self.subject.table()].map(|it| store_model::sql::quote(dialect, it));
        self.world
            .run(&format!("UPDATE {table} SET {name} = {literal}"))
            .await
            .map_err(|it| it.to_string())?;
        for record in self.rows.iter_mut().flat_map(|rows| rows.records.values_mut()) {
            let value = match (meaning, column.null) {
                (None, Some(Null::IsField(other))) => {
                    record.value(other.into()).in_place_of(&record.value(place))
                }
                (meaning, _) => meaning.clone().unwrap_or_else(|| record.value(place)),
            };
            record.set(place, value);
            // A label of a word alone means one of it.
            if R::ENTITY == Entity::Plan && place == plan::INTERVAL && column.has_count() {
                record.set(plan::INTERVAL_COUNT, Value::Count(1));
            }
        }
        Ok(())
    }
}

macro_rules! same {
    ($what:expr, $expected:expr, $found:expr) => {{
        let found = $found;
        $expected.agrees(&found).map_err(|error| format!("{}: {error}", $what))
    }};
}

impl Operated for Plan {
    async fn step(session: &mut Session<'_, Self>, (which, is_other, bits): Step) -> Checked {
        let (tenant, mut bits) = (session.tenant(is_other), Bits(bits));
        let store = Arc::clone(&session.stores[tenant]);
        match which % 10 {
            0..4 => {
                let record = session.record(&[plan::ID, plan::PROVIDER_ID], &mut bits);
                let expected = session.new_row(tenant, &record, false).and_then(|read| {
                    let is_taken = session.provider_id_is_taken(tenant, &read, plan::PROVIDER_ID);
                    if is_taken { Err(Told::Exists(Conflict::ProviderId)) } else { Ok(read) }
                });
                session.save(tenant, &record, expected).await
            }
            4 => {
                let id = session.key(plan::ID, &mut bits);
                let expected = session.rows[tenant].delete(&id, session.is(&Weaker::DeletedIdsStay));
                same!(format!("delete {id:?}"), expected, store.delete_plan(&id).await)
            }
            5 => {
                let id = session.key(plan::ID, &mut bits);
                same!(format!("get {id:?}"), session.rows[tenant].get(&id), store.get_plan(&id).await)
            }
            6 => session.save_as_read(tenant, &mut bits).await,
            7 => session.rewrite(&mut bits).await,
            8 => {
                let record = session.record(&[], &mut bits);
                same!("save to read", Told::ReadOnly, session.reader.save_plan(&record).await)?;
                let all = session.rows[0].list(&session.subject.holder, |_| true);
                same!("list", Told::Done(all), session.reader.list_plans(&PlanFilter::default()).await)
            }
            _ => {
                let active_only = bits.below(2) == 0;
                let expected =
                    session.rows[tenant].list(&session.subject.holder, |plan| plan.active || !active_only);
                same!("list", Told::Done(expected), store.list_plans(&PlanFilter { active_only }).await)
            }
        }
    }
}

impl Session<'_, Subscription> {
    fn subscription(
        &self,
        tenant: usize,
        record: &Subscription,
        is_create: bool,
    ) -> Result<Subscription, Told<()>> {
        let read = self.new_row(tenant, record, is_create)?;
        if self.provider_id_is_taken(tenant, &read, subscription::PROVIDER_ID) {
            return Err(Told::Exists(Conflict::ProviderId));
        }
        let one_each = self.is(&Weaker::OnePerSubscriber);
        let counts = |one: &Subscription| one.status.is_live() || one_each;
        let is_rival =
            |one: &Subscription| counts(one) && one.subscriber_id == read.subscriber_id && one.id != read.id;
        let is_asked = is_create || self.subject.adapter.extended && counts(&read);
        if is_asked && self.rows[tenant].records.values().any(is_rival) {
            return Err(Told::Exists(Conflict::Live));
        }
        Ok(read)
    }

    /// The live one first, then the newest.
    fn first(&self, tenant: usize, wanted: impl Fn(&Subscription) -> bool) -> Told<Subscription> {
        let holder = &self.subject.holder;
        let found = self.rows[tenant].records.values().filter(|one| wanted(one));
        let first = found.max_by_key(|one| (one.status.is_live(), order(holder, *one)));
        first.cloned().map_or(Told::NotFound, Told::Done)
    }
}

impl Operated for Subscription {
    async fn step(session: &mut Session<'_, Self>, (which, is_other, bits): Step) -> Checked {
        use subscription::{ID, PLAN_ID, PROVIDER_ID, STATUS, SUBSCRIBER_ID};
        const KEYS: &[usize] = &[ID, PROVIDER_ID, SUBSCRIBER_ID, PLAN_ID];
        let (tenant, mut bits) = (session.tenant(is_other), Bits(bits));
        let store = Arc::clone(&session.stores[tenant]);
        match which % 12 {
            0..3 => {
                let mut record = session.record(KEYS, &mut bits);
                session.often_live(&mut record, &mut bits);
                let expected = session.subscription(tenant, &record, false);
                session.save(tenant, &record, expected).await
            }
            3 | 4 if session.subject.adapter.extended => {
                let mut record = session.record(KEYS, &mut bits);
                session.often_live(&mut record, &mut bits);
                let expected = session.subscription(tenant, &record, true);
                let found = store.create_subscription_if_not_active(&record).await;
                session.saved(tenant, expected, &found).map_err(|error| format!("create {record:?}: {error}"))
            }
            5 => {
                let id = session.key(ID, &mut bits);
                let expected = session.rows[tenant].delete(&id, session.is(&Weaker::DeletedIdsStay));
                same!(format!("delete {id:?}"), expected, store.delete_subscription(&id).await)
            }
            6 => {
                let id = session.key(ID, &mut bits);
                same!(format!("get {id:?}"), session.rows[tenant].get(&id), store.get_subscription(&id).await)
            }
            7 => session.save_as_read(tenant, &mut bits).await,
            8 => session.rewrite(&mut bits).await,
            9 => {
                let id = session.key(PROVIDER_ID, &mut bits);
                let expected = session.first(tenant, |one| one.provider_id.as_deref() == Some(&id));
                same!(format!("by {id:?}"), expected, store.get_subscription_by_provider_id(&id).await)
            }
            10 => {
                let id = session.key(SUBSCRIBER_ID, &mut bits);
                let expected = session.first(tenant, |one| one.subscriber_id == id && one.status.is_live());
                same!(format!("active of {id:?}"), expected, store.get_active_subscription(&id).await)
            }
            _ => {
                let mut maybe = |place| (bits.below(2) == 0).then(|| session.key(place, &mut bits));
                let filter = SubscriptionFilter {
                    subscriber_id: maybe(SUBSCRIBER_ID),
                    plan_id: maybe(PLAN_ID),
                    status: maybe(STATUS).map(SubscriptionStatus::new),
                };
                let is =
                    |wanted: &Option<String>, found: &str| wanted.as_deref().is_none_or(|it| it == found);
                let expected = session.rows[tenant].list(&session.subject.holder, |one| {
                    is(&filter.subscriber_id, &one.subscriber_id)
                        && is(&filter.plan_id, &one.plan_id)
                        && filter.status.as_ref().is_none_or(|status| *status == one.status)
                });
                same!(format!("{filter:?}"), Told::Done(expected), store.list_subscriptions(&filter).await)
            }
        }
    }
}

impl Session<'_, Subscription> {
    /// Of the many words that a status can be, two are live.
    fn often_live(&self, record: &mut Subscription, bits: &mut Bits) {
        if let Some(decision) = &self.subject.holder.decision {
            // Of many that have each time few are.
            for (_, test) in decision.branches.iter().filter(|_| bits.below(2) == 0) {
                let value = record.value(test.place);
                record.set(test.place, if value.time().is_some() { value.empty() } else { value });
            }
            return self.subject.follow(record);
        }
        let live = Value::Text(bits.pick(&["active", "trialing"]).to_string());
        if bits.below(2) == 0 && self.sorted.held[subscription::STATUS].contains(&live) {
            record.set(subscription::STATUS, live);
        }
    }
}

impl Session<'_, UsageRecord> {
    /// What makes a record count once: its id, or that with other fields.
    fn identity(&self, record: &UsageRecord) -> String {
        let key = self.subject.holder.mapping.weaker.iter().find_map(|weaker| match weaker {
            Weaker::Key(columns) => Some(columns),
            _ => None,
        });
        let Some(columns) = key else { return record.id.clone() };
        let adapter = &self.subject.adapter;
        let fields = adapter.columns().filter(|(_, column)| columns.contains(&column.name));
        fields.map(|(place, _)| format!("{:?}", record.value(place))).collect()
    }
}

impl Operated for UsageRecord {
    async fn step(session: &mut Session<'_, Self>, (which, is_other, bits): Step) -> Checked {
        use usage::{ID, METRIC, PROVIDER_REPORTED_AT, RECORDED_AT, SUBSCRIPTION_ID};
        let (tenant, mut bits) = (session.tenant(is_other), Bits(bits));
        let store = Arc::clone(&session.stores[tenant]);
        let subscription = session.key(SUBSCRIPTION_ID, &mut bits);
        let metric = session.key(METRIC, &mut bits);
        let mut end = || {
            let times: Vec<_> = session.sorted.all(RECORDED_AT).filter_map(Value::time).collect();
            match bits.below(5) {
                0 => ALWAYS[0],
                1 => ALWAYS[1],
                _ => *bits.pick(&times),
            }
        };
        let range = [end(), end()];
        let [from, to] = range.map(to_micros);
        let is_within = |one: &UsageRecord| one.recorded_at >= from && one.recorded_at < to;
        let holder = &session.subject.holder;
        match which % 8 {
            0..3 => {
                let record = session.record(&[SUBSCRIPTION_ID, METRIC], &mut bits);
                let held = holder.hold(&record);
                let expected = held.map_err(Told::Unfit).and_then(|read| {
                    let is = |rows: &Rows<UsageRecord>| rows.has_ever(&session.identity(&read));
                    let is_taken =
                        is(&session.rows[tenant]) || session.ids_are_shared && is(&session.rows[1 - tenant]);
                    if is_taken { Err(Told::Exists(Conflict::Id)) } else { Ok(read) }
                });
                let found = store.save_usage_record(&record).await;
                match expected {
                    Ok(read) => {
                        same!(format!("save {record:?}"), Told::Done(()), found)?;
                        let key = session.identity(&read);
                        session.rows[tenant].records.insert(key, read);
                        Ok(())
                    }
                    Err(told) => same!(format!("save {record:?}"), told, found),
                }
            }
            3 => {
                let expected = session.rows[tenant]
                    .list(holder, |one| one.subscription_id == subscription && is_within(one));
                let found = store.list_usage_records(&subscription, range[0], range[1]).await;
                same!(format!("list of {subscription:?} in {range:?}"), Told::Done(expected), found)
            }
            4 => {
                let is_of = |one: &&UsageRecord| {
                    one.subscription_id == subscription && one.metric == metric && is_within(one)
                };
                let records = session.rows[tenant].records.values().filter(is_of);
                let total: i128 = records.map(|one| i128::from(one.quantity)).sum();
                let expected = i64::try_from(total).map_or(Told::Overflow, Told::Done);
                let found = store.sum_usage(&subscription, &metric, range[0], range[1]).await;
                same!(format!("sum of {subscription:?} {metric:?} in {range:?}"), expected, found)
            }
            5 if session.subject.adapter.extended => {
                let limit = bits.below(4);
                let mut expected =
                    session.rows[tenant].list(holder, |one| one.provider_reported_at.is_none());
                expected.truncate(limit);
                same!("unreported", Told::Done(expected), store.list_unreported_usage(limit as u32).await)
            }
            6 if session.subject.adapter.extended => {
                let id = session.key(ID, &mut bits);
                let time = session.sorted.all(PROVIDER_REPORTED_AT).filter_map(Value::time);
                let time = *bits.pick(&time.collect::<Vec<_>>());
                session.mark(tenant, &id, time, store.mark_usage_reported(&id, time).await)
            }
            _ => session.rewrite(&mut bits).await,
        }
    }
}

impl Session<'_, UsageRecord> {
    fn mark(
        &mut self,
        tenant: usize,
        id: &str,
        time: chrono::DateTime<chrono::Utc>,
        found: store_core::Result<()>,
    ) -> Checked {
        let place = usage::PROVIDER_REPORTED_AT;
        let mut marked = UsageRecord::blank();
        marked.provider_reported_at = Some(time);
        let held = self.subject.holder.hold(&marked);
        let unfit = held.as_ref().err().is_some_and(|unfit| unfit.contains(&"provider_reported_at"));
        let what = || format!("mark {id:?} at {time}");
        match self.rows[tenant].records.get_mut(id) {
            // Which of the two is told first is open.
            None if unfit && found.as_ref().is_err_and(|error| error.is_not_found()) => Ok(()),
            _ if unfit => same!(what(), Told::Unfit(vec!["provider_reported_at"]), found),
            None => same!(what(), Told::NotFound, found),
            Some(record) => {
                same!(what(), Told::Done(()), found)?;
                let read = self.subject.holder.held_in(place, &marked);
                record.set(place, read);
                Ok(())
            }
        }
    }
}
