//! Two stores on one table, with every id, provider id and subscriber in common: neither sees or changes a row of the
//! other. What is deleted is such another store's, too.
//!
//! The checks are run on stores as they are, which must pass, and on stores of which one statement was changed, which
//! must not.

use std::fmt::{self, Debug};

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::Pool;
use store_core::__private::{Backend, Scope};
use store_core::{
    AtomicSubscriptionStore as _, Conflict, Plan, PlanFilter, PlanInterval, PlanStore as _,
    ReportableUsageStore as _, StoreError, Subscription, SubscriptionFilter, SubscriptionStatus,
    SubscriptionStore as _, UsageRecord, UsageStore as _,
};
use store_tests::made::Made;

/// What was seen of another store's rows, or done to them.
#[derive(Debug)]
pub(crate) struct Leak(pub(crate) String);

impl fmt::Display for Leak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

type Checked = Result<(), Leak>;

/// The stores of a check.
pub(crate) struct Stores<DB: Backend> {
    pub(crate) pool: Pool<DB>,
    /// The one that is looked at.
    pub(crate) subject: Made<DB>,
    /// Its own rows, as they are.
    pub(crate) mine: Made<DB>,
    /// Rows that are none of its own.
    pub(crate) theirs: Made<DB>,
    /// Rows that are neither its own nor theirs, where there is such a store.
    pub(crate) far: Option<Made<DB>>,
    /// Whether an id of theirs is taken.
    pub(crate) ids_are_shared: bool,
    /// The calls on the pool, and those in a transaction as the driver begins it, where the subject takes one.
    pub(crate) pooled: &'static [bool],
}

fn same<T: PartialEq + Debug>(what: &str, found: &T, expected: &T) -> Checked {
    if found == expected { Ok(()) } else { Err(Leak(format!("{what}: {found:?} is not {expected:?}"))) }
}

fn done<T>(what: &str, outcome: Result<T, StoreError>) -> Result<T, Leak> {
    outcome.map_err(|error| Leak(format!("{what}: {error}")))
}

fn absent<T: Debug>(what: &str, outcome: Result<T, StoreError>) -> Checked {
    match outcome {
        Err(error) if error.is_not_found() => Ok(()),
        other => Err(Leak(format!("{what}: {other:?}"))),
    }
}

fn refused<T: Debug>(what: &str, outcome: Result<T, StoreError>, by: &Rule) -> Checked {
    let found = match &outcome {
        Err(error) => error.conflict(),
        Ok(_) => None,
    };
    let is_so = match (by, found) {
        (Rule::Known(known), Some(found)) => found == known,
        (Rule::Unknown, Some(Conflict::Other(_))) => true,
        _ => false,
    };
    if is_so { Ok(()) } else { Err(Leak(format!("{what}: {outcome:?} is not {by:?}"))) }
}

#[derive(Debug)]
enum Rule {
    Known(Conflict),
    /// A key of the table that the contract doesn't know.
    Unknown,
}

const BY_ID: Rule = Rule::Known(Conflict::Id);
const BY_PROVIDER_ID: Rule = Rule::Known(Conflict::ProviderId);
const BY_LIVE: Rule = Rule::Known(Conflict::Live);

fn at(hour: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::hours(hour)
}

/// Runs a call on the pool, or in a transaction that is rolled back.
macro_rules! run {
    ($stores:ident, $is_pooled:expr, $method:ident($argument:expr)) => {
        if $is_pooled {
            DB::$method($stores.subject.call(), $argument).await
        } else {
            match $stores.pool.begin().await {
                Ok(mut transaction) => {
                    let outcome = DB::$method($stores.subject.call().on(&mut transaction), $argument).await;
                    drop(transaction);
                    outcome
                }
                Err(error) => Err(StoreError::Backend { source: error.into() }),
            }
        }
    };
}

mod documents;
mod made;

impl<DB: Backend> Stores<DB>
where
    String: Scope<DB>,
{
    /// An id of theirs that is also one of the subject's, where that can be.
    fn id(&self, id: &str) -> String {
        if self.ids_are_shared { format!("their {id}") } else { id.to_owned() }
    }

    pub(crate) async fn plans(&self) -> Checked {
        // No two have one amount, of which the table has a key that the contract doesn't know.
        let plan = |id: &str, amount: i64, provider: Option<&str>| Plan {
            created_at: at(amount),
            provider_id: provider.map(str::to_owned),
            ..Plan::new(id, "Pro", amount, "EUR", PlanInterval::Month)
        };
        let (one, two) = (plan("one", 1, Some("p1")), Plan { active: false, ..plan("two", 2, None) });
        for record in [&one, &two] {
            done("setup", self.mine.save_plan(record).await)?;
        }
        let their = [
            plan(&self.id("one"), 11, Some("p1")),
            plan(&self.id("two"), 12, Some("p2")),
            plan("three", 13, Some("p3")),
        ];
        for record in &their {
            done("setup", self.theirs.save_plan(record).await)?;
        }
        if let Some(far) = &self.far {
            done("setup", far.save_plan(&plan("far", 14, None)).await)?;
        }
        let all = PlanFilter::default();
        // What the subject deletes can join those.
        let these = |mut found: Vec<Plan>| {
            found.retain(|it| their.iter().any(|their| their.id == it.id));
            found
        };
        let untouched = async |what: &str| {
            same(what, &these(done(what, self.theirs.list_plans(&all).await)?), &their.to_vec())
        };
        let own = async |what: &str, expected: &[&Plan]| {
            let expected: Vec<_> = expected.iter().map(|&it| it.clone()).collect();
            same(what, &done(what, self.mine.list_plans(&all).await)?, &expected)
        };
        let subject = &self.subject;

        same("get", &done("get", subject.get_plan("one").await)?, &one)?;
        absent("get theirs", subject.get_plan("three").await)?;
        absent("get theirs", subject.get_plan("their one").await)?;
        same("list", &done("list", subject.list_plans(&all).await)?, &vec![one.clone(), two.clone()])?;
        let active = subject.list_plans(&PlanFilter { active_only: true }).await;
        same("list active", &done("list active", active)?, &vec![one.clone()])?;

        absent("delete theirs", subject.delete_plan("three").await)?;
        untouched("delete theirs").await?;
        let one = Plan { name: "Pro 2".into(), ..one };
        done("replace", subject.save_plan(&one).await)?;
        untouched("replace").await?;
        own("replace", &[&one, &two]).await?;
        let four = plan("four", 4, Some("p3"));
        done("their provider id", subject.save_plan(&four).await)?;
        own("their provider id", &[&one, &two, &four]).await?;

        for &pooled in self.pooled {
            let mine = plan("five", 5, Some("p1"));
            refused("own provider id", run!(self, pooled, save_plan(&mine)), &BY_PROVIDER_ID)?;
            // The refusal is by the amount, and neither their id nor their provider id has to do with it.
            let their_ids: &[_] = if self.ids_are_shared { &["five"] } else { &["three", "far"] };
            for their_id in their_ids {
                let unknown = plan(their_id, 1, Some("p2"));
                refused("unknown key", run!(self, pooled, save_plan(&unknown)), &Rule::Unknown)?;
            }
            if self.ids_are_shared {
                let taken = plan("three", 6, Some("p9"));
                refused("their id", run!(self, pooled, save_plan(&taken)), &BY_ID)?;
            }
        }
        untouched("refusals").await?;
        if !self.ids_are_shared {
            let three = plan("three", 6, Some("p2"));
            done("their id", subject.save_plan(&three).await)?;
            own("their id", &[&one, &two, &four, &three]).await?;
            done("delete one of theirs and its own", subject.delete_plan("three").await)?;
        }
        done("delete", subject.delete_plan("one").await)?;
        absent("delete again", subject.delete_plan("one").await)?;
        untouched("delete").await?;
        own("delete", &[&two, &four]).await
    }

    pub(crate) async fn subscriptions(&self) -> Checked {
        use SubscriptionStatus::{Active, Canceled, Trialing};
        let sub = |id: &str, subscriber: &str, status: SubscriptionStatus, hour: i64| Subscription {
            created_at: at(hour),
            updated_at: at(hour),
            ..Subscription::new(id, subscriber, "pro", status, at(0)..at(720))
        };
        let known =
            |it: Subscription, provider: &str| Subscription { provider_id: Some(provider.into()), ..it };
        // Of these times the table has a key that the contract doesn't know.
        let marked = |it: Subscription, hour| Subscription { trial_start: Some(at(hour)), ..it };
        let one = marked(known(sub("one", "ann", Active, 1), "p1"), 1);
        let two = sub("two", "bob", Canceled, 2);
        for record in [&one, &two] {
            done("setup", self.mine.save_subscription(record).await)?;
        }
        let their = [
            known(sub(&self.id("one"), "ann", Active, 11), "p1"),
            known(sub(&self.id("two"), "bob", Active, 12), "p2"),
            known(sub("three", "cid", Active, 13), "p3"),
            known(sub("cal", "cal", Canceled, 15), "p8"),
            sub("tia", "tia", Trialing, 16),
        ];
        for record in &their {
            done("setup", self.theirs.save_subscription(record).await)?;
        }
        if let Some(far) = &self.far {
            done("setup", far.save_subscription(&sub("far", "fay", Canceled, 14)).await)?;
        }
        let all = SubscriptionFilter::default();
        // What the subject deletes can join those.
        let these = |mut found: Vec<Subscription>| {
            found.retain(|it| their.iter().any(|their| their.id == it.id));
            found
        };
        let untouched = async |what: &str| {
            same(what, &these(done(what, self.theirs.list_subscriptions(&all).await)?), &their.to_vec())
        };
        let own = async |what: &str, expected: &[&Subscription]| {
            let expected: Vec<_> = expected.iter().map(|&it| it.clone()).collect();
            same(what, &done(what, self.mine.list_subscriptions(&all).await)?, &expected)
        };
        let subject = &self.subject;

        same("get", &done("get", subject.get_subscription("one").await)?, &one)?;
        absent("get theirs", subject.get_subscription("three").await)?;
        absent("get theirs", subject.get_subscription("their one").await)?;
        let by = subject.get_subscription_by_provider_id("p1").await;
        same("get by provider id", &done("get by provider id", by)?, &one)?;
        absent("get by their provider id", subject.get_subscription_by_provider_id("p2").await)?;
        same("get active", &done("get active", subject.get_active_subscription("ann").await)?, &one)?;
        absent("get their active", subject.get_active_subscription("bob").await)?;
        self.lists_are_of(&[one.clone(), two.clone()]).await?;

        absent("delete theirs", subject.delete_subscription("three").await)?;
        untouched("delete theirs").await?;
        let one = Subscription { plan_id: "max".into(), ..one };
        done("replace", subject.save_subscription(&one).await)?;
        untouched("replace").await?;
        own("replace", &[&one, &two]).await?;

        for &pooled in self.pooled {
            let save = async |what: &str, record: Subscription, by: &Rule| {
                refused(what, run!(self, pooled, save_subscription(&record)), by)
            };
            let create = async |what: &str, record: Subscription, by: &Rule| {
                refused(what, run!(self, pooled, create_subscription_if_not_active(&record)), by)
            };
            let their_id = if self.ids_are_shared { "new" } else { "three" };
            // Each refusal is for one reason, and rows of theirs would give another.
            save("own provider id", known(sub("new", "dan", Canceled, 9), "p1"), &BY_PROVIDER_ID).await?;
            save("own live one", known(sub(their_id, "ann", Active, 9), "p2"), &BY_LIVE).await?;
            for id in [their_id, if self.ids_are_shared { "new" } else { "far" }] {
                let unknown = marked(known(sub(id, "bob", Active, 9), "p3"), 1);
                save("unknown key", unknown.clone(), &Rule::Unknown).await?;
                create("unknown key", unknown, &Rule::Unknown).await?;
            }
            create("own id", known(sub("one", "cid", Active, 9), "p2"), &BY_ID).await?;
            create("own provider id", known(sub(their_id, "cid", Active, 9), "p1"), &BY_PROVIDER_ID).await?;
            create("own live one", known(sub(their_id, "ann", Active, 9), "p2"), &BY_LIVE).await?;
            create("own live one", known(sub(their_id, "ann", Canceled, 9), "p2"), &BY_LIVE).await?;
            if self.ids_are_shared {
                save("their id", known(sub("three", "dan", Active, 9), "p9"), &BY_ID).await?;
                save("their id", sub("three", "dan", Canceled, 9), &BY_ID).await?;
                create("their id", known(sub("three", "dan", Active, 9), "p9"), &BY_ID).await?;
            }
        }
        untouched("refusals").await?;
        own("refusals", &[&one, &two]).await?;

        // What only their rows could refuse.
        let mut mine = vec![&one, &two];
        let created = [
            known(sub("four", "bob", Active, 4), "p2"),
            sub("five", "cid", Canceled, 5),
            known(sub("six", "cid", Active, 6), "p3"),
            known(sub(if self.ids_are_shared { "seven" } else { "cal" }, "zoe", Canceled, 7), "p8"),
        ];
        for record in &created {
            done("create", subject.create_subscription_if_not_active(record).await)?;
            mine.push(record);
            own("create", &mine).await?;
        }
        let saved = [sub("eight", "dan", Active, 8), sub("nine", "dan", Canceled, 9)];
        for record in &saved {
            done("save", subject.save_subscription(record).await)?;
            mine.push(record);
        }
        own("save", &mine).await?;
        if !self.ids_are_shared {
            let three = sub("three", "eve", Active, 10);
            done("their id", subject.create_subscription_if_not_active(&three).await)?;
            done("delete one of theirs and its own", subject.delete_subscription("three").await)?;
        }
        untouched("create").await?;
        done("delete", subject.delete_subscription("one").await)?;
        absent("delete again", subject.delete_subscription("one").await)?;
        mine.remove(0);
        untouched("delete").await?;
        own("delete", &mine).await
    }

    /// Every way to list subscriptions lets through what is of these.
    async fn lists_are_of(&self, mine: &[Subscription]) -> Checked {
        use SubscriptionStatus::{Active, Canceled, Trialing};
        let whose = [
            (None, &[None, Some(Active), Some(Canceled), Some(Trialing)][..]),
            (Some("ann"), &[None, Some(Active), Some(Canceled), Some(Trialing)]),
            (Some("bob"), &[None, Some(Active)]),
            (Some("cal"), &[Some(Canceled)]),
            (Some("tia"), &[Some(Trialing)]),
        ];
        for (subscriber, statuses) in whose {
            for (plan, status) in statuses.iter().flat_map(|status| [(None, status), (Some("pro"), status)]) {
                let filter = SubscriptionFilter {
                    subscriber_id: subscriber.map(str::to_owned),
                    plan_id: plan.map(str::to_owned),
                    status: status.clone(),
                };
                let is_let_through = |it: &&Subscription| {
                    subscriber.is_none_or(|subscriber| it.subscriber_id == subscriber)
                        && status.as_ref().is_none_or(|status| it.status == *status)
                };
                let expected: Vec<_> = mine.iter().filter(is_let_through).cloned().collect();
                let what = format!("list by {subscriber:?}, {plan:?}, {status:?}");
                same(&what, &done(&what, self.subject.list_subscriptions(&filter).await)?, &expected)?;
            }
        }
        Ok(())
    }

    pub(crate) async fn usage(&self) -> Checked {
        let used = |id: &str, quantity, hour| UsageRecord::new(id, "sub", "calls", quantity, at(hour));
        // No two have one quantity, of which the table has a key that the contract doesn't know.
        let reported = |it, hour| UsageRecord { provider_reported_at: Some(at(hour)), ..it };
        let (one, two) = (used("one", 1, 1), reported(used("two", 2, 2), 50));
        for record in [&one, &two] {
            done("setup", self.mine.save_usage_record(record).await)?;
        }
        let their = [used(&self.id("one"), 16, 11), used(&self.id("two"), 32, 12), used("three", 64, 13)];
        for record in &their {
            done("setup", self.theirs.save_usage_record(record).await)?;
        }
        let untouched = async |what: &str| {
            let found = self.theirs.list_usage_records("sub", at(0), at(99)).await;
            same(what, &done(what, found)?, &their.to_vec())
        };
        let own = async |what: &str, expected: &[&UsageRecord]| {
            let expected: Vec<_> = expected.iter().map(|&it| it.clone()).collect();
            let found = self.mine.list_usage_records("sub", at(0), at(99)).await;
            same(what, &done(what, found)?, &expected)
        };
        let subject = &self.subject;

        same("sum", &done("sum", subject.sum_usage("sub", "calls", at(0), at(99)).await)?, &3)?;
        let listed = subject.list_usage_records("sub", at(0), at(99)).await;
        same("list", &done("list", listed)?, &vec![one.clone(), two.clone()])?;
        let unreported = subject.list_unreported_usage(9).await;
        same("list unreported", &done("list unreported", unreported)?, &vec![one.clone()])?;

        absent("mark theirs", subject.mark_usage_reported("three", at(60)).await)?;
        untouched("mark theirs").await?;
        done("mark", subject.mark_usage_reported("one", at(61)).await)?;
        let one = reported(one, 61);
        untouched("mark").await?;
        own("mark", &[&one, &two]).await?;

        for &pooled in self.pooled {
            let id = if self.ids_are_shared { "new" } else { "three" };
            refused("unknown key", run!(self, pooled, save_usage_record(&used(id, 2, 5))), &Rule::Unknown)?;
            refused("own id", run!(self, pooled, save_usage_record(&used("one", 5, 5))), &BY_ID)?;
            if self.ids_are_shared {
                refused("their id", run!(self, pooled, save_usage_record(&used("three", 5, 5))), &BY_ID)?;
            }
        }
        let mut mine = vec![&one, &two];
        let (three, four) = (used("three", 3, 3), used("four", 4, 4));
        if !self.ids_are_shared {
            done("their id", subject.save_usage_record(&three).await)?;
            mine.push(&three);
        }
        done("append", subject.save_usage_record(&four).await)?;
        mine.push(&four);
        own("append", &mine).await?;
        untouched("append").await
    }
}
