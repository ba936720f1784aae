//! A rule as data, and how one is run.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

/// A future in a box: what a maker of subjects gives.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Whether a rule held.
///
/// ```
/// use store_core::contract::{Failure, Outcome};
///
/// let outcome: Outcome = Err(Failure::new("the store lost a record"));
/// assert!(outcome.is_err());
/// ```
pub type Outcome<T = ()> = Result<T, Failure>;

/// Why a rule did not hold: which call, what was expected and what was seen.
///
/// ```
/// use store_core::contract::Failure;
///
/// let failure = Failure::new("`get_plan(\"pro\")`: expected NotFound, got Ok(())");
/// assert!(failure.to_string().starts_with("`get_plan"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure(String);

impl Failure {
    /// A failure with this text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

/// What a store may have beyond its trait, in the words of [`contract_tests!`](crate::contract_tests).
///
/// ```
/// use store_core::contract::Capability;
///
/// assert_eq!(Capability::Atomic.as_str(), "atomic");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Capability {
    /// The store is an [`AtomicSubscriptionStore`](crate::AtomicSubscriptionStore).
    Atomic,
    /// The store is a [`ReportableUsageStore`](crate::ReportableUsageStore).
    Reportable,
    /// The suite can break the store's rows ([`Corruptible`](super::Corruptible)).
    Corruptible,
    /// The store says of itself what it keeps ([`Mapping`](crate::mapping::Mapping)).
    Mapping,
}

impl Capability {
    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Atomic => "atomic",
            Self::Reportable => "reportable",
            Self::Corruptible => "corruptible",
            Self::Mapping => "mapping",
        }
    }
}

/// Which stores a rule is for.
///
/// ```
/// use store_core::contract::{Capability, Needs};
///
/// assert!(Needs::Without(Capability::Atomic).met_by(&[Capability::Corruptible]));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Every store of the trait.
    Nothing,
    /// Stores with a capability.
    With(Capability),
    /// Stores without it.
    Without(Capability),
}

impl Needs {
    /// Whether the rule is for a store with these capabilities.
    #[must_use]
    pub fn met_by(self, capabilities: &[Capability]) -> bool {
        match self {
            Self::Nothing => true,
            Self::With(capability) => capabilities.contains(&capability),
            Self::Without(capability) => !capabilities.contains(&capability),
        }
    }
}

impl fmt::Display for Needs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => Ok(()),
            Self::With(capability) => f.write_str(capability.as_str()),
            Self::Without(capability) => write!(f, "not {}", capability.as_str()),
        }
    }
}

/// A rule for subjects of the type `S`.
///
/// ```
/// use store_core::contract::plan;
///
/// let rule = plan::RULES.iter().find(|rule| rule.name == "the_deleted_is_gone").unwrap();
/// assert_eq!(rule.id, "G4");
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct Rule<S> {
    /// The rule as a sentence, and the name of its test.
    pub name: &'static str,
    /// The group of the contract that it belongs to (`S3`); `ALL` for a rule that walks through all of it.
    pub id: &'static str,
    /// Which stores it is for.
    pub needs: Needs,
    run: fn(S) -> BoxFuture<Outcome>,
}

impl<S> Rule<S> {
    pub(super) const fn new(
        name: &'static str,
        id: &'static str,
        needs: Needs,
        run: fn(S) -> BoxFuture<Outcome>,
    ) -> Self {
        Self { name, id, needs, run }
    }

    /// Runs the rule on a fresh, empty store, on a tokio runtime of several threads.
    ///
    /// # Errors
    /// The failure, if the rule does not hold; a panic of the store is one.
    pub async fn check(&self, subject: S) -> Outcome {
        finished(tokio::spawn((self.run)(subject)).await)?
    }
}

/// The result of a task: its panic becomes a failure.
pub(super) fn finished<T>(joined: Result<T, tokio::task::JoinError>) -> Outcome<T> {
    joined.map_err(|error| match error.try_into_panic() {
        Ok(panic) => Failure::new(format!("a call panicked: {}", text_of(&*panic))),
        Err(error) => Failure::new(format!("a task did not end: {error}")),
    })
}

fn text_of(panic: &(dyn std::any::Any + Send)) -> &str {
    let owned = panic.downcast_ref::<String>().map(String::as_str);
    owned.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without a text")
}

/// Runs a rule as a `#[test]` does: on a runtime of its own, on a subject made there.
///
/// # Panics
/// With the text of the failure, if the rule does not hold.
///
/// ```
/// use std::sync::Arc;
///
/// use store_core::contract::plan::{PlanSubject, RULES};
///
/// let fresh = || Box::pin(async { PlanSubject::new(Arc::new(store_memory::MemoryPlanStore::new())) }) as _;
/// store_core::contract::test(&RULES[0], fresh);
/// ```
pub fn test<S>(rule: &Rule<S>, make: fn() -> BoxFuture<S>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build();
    let runtime = runtime.expect("a tokio runtime starts");
    let outcome = runtime.block_on(async { rule.check(make().await).await });
    if let Err(failure) = outcome {
        panic!("rule {} `{}` does not hold: {failure}", rule.id, rule.name);
    }
}
