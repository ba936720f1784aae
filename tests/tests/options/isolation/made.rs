//! The same of stores whose ids the database makes: no row of theirs has an id of the subject's.

use store_core::__private::{Backend, Scope};
use store_core::{
    AtomicSubscriptionStore as _, Plan, PlanFilter, PlanInterval, PlanStore as _, StoreError, Subscription,
    SubscriptionFilter, SubscriptionStatus, SubscriptionStore as _,
};
use store_tests::made::Made;

use super::{BY_LIVE, BY_PROVIDER_ID, Checked, Rule, Stores, absent, at, done, refused, same};

impl<DB: Backend> Stores<DB>
where
    String: Scope<DB>,
{
    pub(crate) async fn made_plans(&self) -> Checked {
        let plan = |amount: i64, provider: Option<&str>| Plan {
            created_at: at(amount),
            provider_id: provider.map(str::to_owned),
            ..Plan::new("", "Pro", amount, "EUR", PlanInterval::Month)
        };
        let (mut mine, mut their) = (Vec::new(), Vec::new());
        for record in [plan(1, Some("p1")), Plan { active: false, ..plan(2, None) }] {
            mine.push(add_plan(&self.mine, record).await?);
        }
        for record in [plan(11, Some("p1")), plan(12, Some("p2")), plan(13, Some("p3"))] {
            their.push(add_plan(&self.theirs, record).await?);
        }
        let all = PlanFilter::default();
        let these = |mut found: Vec<Plan>| {
            found.retain(|it| their.iter().any(|their| their.id == it.id));
            found
        };
        let untouched =
            async |what: &str| same(what, &these(done(what, self.theirs.list_plans(&all).await)?), &their);
        let subject = &self.subject;

        for record in &mine {
            same("get", &done("get", subject.get_plan(&record.id).await)?, record)?;
        }
        same("list", &done("list", subject.list_plans(&all).await)?, &mine)?;
        let active = subject.list_plans(&PlanFilter { active_only: true }).await;
        same("list active", &done("list active", active)?, &vec![mine[0].clone()])?;
        for (number, record) in their.iter().enumerate() {
            absent("get theirs", subject.get_plan(&record.id).await)?;
            let replaced = Plan { id: record.id.clone(), ..plan(30 + number as i64, None) };
            absent("replace theirs", subject.save_plan(&replaced).await)?;
            absent("delete theirs", subject.delete_plan(&record.id).await)?;
        }
        untouched("what is theirs").await?;

        mine[0].name = "Pro 2".into();
        done("replace", subject.save_plan(&mine[0]).await)?;
        mine.push(add_plan(subject, plan(3, Some("p3"))).await?);
        for &pooled in self.pooled {
            let insert = async |record: Plan| run!(self, pooled, insert_plan(&record));
            refused("own provider id", insert(plan(5, Some("p1"))).await, &BY_PROVIDER_ID)?;
            // The refusal is by the amount, and their provider id has nothing to do with it.
            refused("unknown key", insert(plan(1, Some("p2"))).await, &Rule::Unknown)?;
            let taken = Plan { provider_id: Some("p1".into()), ..mine[1].clone() };
            refused("own provider id", run!(self, pooled, save_plan(&taken)), &BY_PROVIDER_ID)?;
            let unknown = Plan { provider_id: Some("p2".into()), amount: 1, ..mine[1].clone() };
            refused("unknown key", run!(self, pooled, save_plan(&unknown)), &Rule::Unknown)?;
        }
        untouched("refusals").await?;
        same("own", &done("own", self.mine.list_plans(&all).await)?, &mine)?;
        done("delete", subject.delete_plan(&mine[0].id).await)?;
        absent("delete again", subject.delete_plan(&mine[0].id).await)?;
        mine.remove(0);
        untouched("delete").await?;
        same("own", &done("own", self.mine.list_plans(&all).await)?, &mine)
    }

    pub(crate) async fn made_subscriptions(&self) -> Checked {
        use SubscriptionStatus::{Active, Canceled};
        let sub = |subscriber: &str, status: SubscriptionStatus, hour: i64, provider: Option<&str>| {
            let new = Subscription::new("", subscriber, "pro", status, at(0)..at(720));
            let provider_id = provider.map(str::to_owned);
            Subscription { created_at: at(hour), updated_at: at(hour), provider_id, ..new }
        };
        // Of these times the table has a key that the contract doesn't know.
        let marked = |it: Subscription, hour| Subscription { trial_start: Some(at(hour)), ..it };
        let (mut mine, mut their) = (Vec::new(), Vec::new());
        for record in [marked(sub("ann", Active, 1, Some("p1")), 1), sub("bob", Canceled, 2, None)] {
            mine.push(add(&self.mine, record).await?);
        }
        for (subscriber, hour, provider) in [("ann", 11, "p1"), ("bob", 12, "p2"), ("cid", 13, "p3")] {
            their.push(add(&self.theirs, sub(subscriber, Active, hour, Some(provider))).await?);
        }
        let all = SubscriptionFilter::default();
        let these = |mut found: Vec<Subscription>| {
            found.retain(|it| their.iter().any(|their| their.id == it.id));
            found
        };
        let untouched = async |what: &str| {
            same(what, &these(done(what, self.theirs.list_subscriptions(&all).await)?), &their)
        };
        let subject = &self.subject;

        for record in &mine {
            same("get", &done("get", subject.get_subscription(&record.id).await)?, record)?;
        }
        let by = subject.get_subscription_by_provider_id("p1").await;
        same("get by provider id", &done("get by provider id", by)?, &mine[0])?;
        absent("get by their provider id", subject.get_subscription_by_provider_id("p2").await)?;
        same("get active", &done("get active", subject.get_active_subscription("ann").await)?, &mine[0])?;
        absent("get their active", subject.get_active_subscription("bob").await)?;
        self.lists_are_of(&mine).await?;
        for (number, record) in their.iter().enumerate() {
            absent("get theirs", subject.get_subscription(&record.id).await)?;
            let replaced =
                Subscription { id: record.id.clone(), ..sub("zoe", Canceled, number as i64, None) };
            absent("replace theirs", subject.save_subscription(&replaced).await)?;
            absent("delete theirs", subject.delete_subscription(&record.id).await)?;
        }
        untouched("what is theirs").await?;

        mine[0].plan_id = "max".into();
        done("replace", subject.save_subscription(&mine[0]).await)?;
        for &pooled in self.pooled {
            let insert = async |what: &str, record: Subscription, by: &Rule| {
                refused(what, run!(self, pooled, insert_subscription(&record)), by)
            };
            let create = async |what: &str, record: Subscription, by: &Rule| {
                refused(what, run!(self, pooled, create_subscription_if_not_active(&record)), by)
            };
            // Each refusal is for one reason, and rows of theirs would give another.
            insert("own provider id", sub("dan", Canceled, 9, Some("p1")), &BY_PROVIDER_ID).await?;
            create("own provider id", sub("cid", Active, 9, Some("p1")), &BY_PROVIDER_ID).await?;
            insert("own live one", sub("ann", Active, 9, Some("p2")), &BY_LIVE).await?;
            create("own live one", sub("ann", Active, 9, Some("p2")), &BY_LIVE).await?;
            let unknown = || marked(sub("bob", Active, 9, Some("p3")), 1);
            insert("unknown key", unknown(), &Rule::Unknown).await?;
            create("unknown key", unknown(), &Rule::Unknown).await?;
            let second = Subscription { provider_id: Some("p1".into()), ..mine[1].clone() };
            refused("own provider id", run!(self, pooled, save_subscription(&second)), &BY_PROVIDER_ID)?;
            let second = Subscription { id: mine[1].id.clone(), ..unknown() };
            refused("unknown key", run!(self, pooled, save_subscription(&second)), &Rule::Unknown)?;
        }
        untouched("refusals").await?;
        same("own", &done("own", self.mine.list_subscriptions(&all).await)?, &mine)?;

        // What only their rows could refuse.
        let created = sub("bob", Active, 4, Some("p2"));
        done("create", subject.create_subscription_if_not_active(&created).await)?;
        let id = done("find again", self.mine.get_active_subscription("bob").await)?.id;
        mine.push(Subscription { id, ..created });
        mine.push(add(subject, sub("cid", Active, 5, Some("p3"))).await?);
        same("own", &done("own", self.mine.list_subscriptions(&all).await)?, &mine)?;
        untouched("create").await?;
        done("delete", subject.delete_subscription(&mine[0].id).await)?;
        absent("delete again", subject.delete_subscription(&mine[0].id).await)?;
        mine.remove(0);
        untouched("delete").await?;
        same("own", &done("own", self.mine.list_subscriptions(&all).await)?, &mine)
    }
}

async fn add_plan<DB: Backend>(store: &Made<DB>, plan: Plan) -> Result<Plan, super::Leak>
where
    String: Scope<DB>,
{
    let id = done("insert", DB::insert_plan(store.call(), &plan).await)?;
    Ok(Plan { id, ..plan })
}

async fn add<DB: Backend>(store: &Made<DB>, record: Subscription) -> Result<Subscription, super::Leak>
where
    String: Scope<DB>,
{
    let id = done("insert", DB::insert_subscription(store.call(), &record).await)?;
    Ok(Subscription { id, ..record })
}
