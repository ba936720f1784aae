//! How a list of rules becomes a table, and the tests of one store.

/// Makes the table of a trait from its list of rules.
macro_rules! rules {
    ([$subject:ident] $([$($needs:ident)+] $id:ident $name:ident;)*) => {
        /// Each rule under its own name, for the tests that [`contract_tests!`](crate::contract_tests) makes.
        #[doc(hidden)]
        #[allow(non_upper_case_globals)]
        pub mod named {
            use $crate::contract::exempt::unless_void;
            use $crate::contract::rule::Rule;
            use $crate::contract::table::needs;

            $(pub const $name: Rule<super::$subject> = Rule::new(
                stringify!($name),
                stringify!($id),
                needs!($($needs)+),
                |subject| Box::pin(unless_void(subject, stringify!($name), super::$name)),
            );)*
        }

        /// The rules of this trait.
        ///
        /// | rule | for stores | name |
        /// |---|---|---|
        $(#[doc = concat!("| ", stringify!($id), " | ", stringify!($($needs)+), " | `", stringify!($name), "` |")])*
        pub static RULES: &[$crate::contract::rule::Rule<$subject>] = &[$(named::$name),*];
    };
}
pub(super) use rules;

macro_rules! needs {
    (always) => {
        $crate::contract::rule::Needs::Nothing
    };
    (with atomic) => {
        $crate::contract::rule::Needs::With($crate::contract::rule::Capability::Atomic)
    };
    (with reportable) => {
        $crate::contract::rule::Needs::With($crate::contract::rule::Capability::Reportable)
    };
    (with corruptible) => {
        $crate::contract::rule::Needs::With($crate::contract::rule::Capability::Corruptible)
    };
    (with mapping) => {
        $crate::contract::rule::Needs::With($crate::contract::rule::Capability::Mapping)
    };
    (without atomic) => {
        $crate::contract::rule::Needs::Without($crate::contract::rule::Capability::Atomic)
    };
    (without reportable) => {
        $crate::contract::rule::Needs::Without($crate::contract::rule::Capability::Reportable)
    };
}
pub(super) use needs;

/// Makes a module with one `#[test]` for each rule that a store must hold.
///
/// The first word is the trait: `plan`, `subscription` or `usage`; the module is `plan_contract` and so on. In parentheses
/// stand the store's capabilities: `atomic`, `reportable`, `corruptible`. Then comes a future that makes a fresh, empty
/// store; each test awaits it on a runtime of its own. Names in it are looked up in the surrounding module.
///
/// ```
/// use store_memory::{MemoryPlanStore, MemorySubscriptionStore, MemoryUsageStore};
///
/// store_core::contract_tests!(plan(), async { MemoryPlanStore::new() });
/// store_core::contract_tests!(subscription(atomic), async { MemorySubscriptionStore::new() });
/// store_core::contract_tests!(usage(reportable), async { MemoryUsageStore::new() });
/// # fn main() {}
/// ```
///
/// A store that keeps less than the contract has says so with its mapping; the rules then keep to what it can hold, and each
/// exception is tested as a refusal:
///
/// ```
/// # #[cfg(all(feature = "derive", feature = "sqlite"))]
/// # mod example {
/// use store_core::{PlanStore, SqlPlanStore, sqlx};
///
/// #[derive(PlanStore)]
/// #[store(table = "prices", absent(description, metadata), always(currency = "EUR"))]
/// struct Prices {
///     pool: sqlx::SqlitePool,
/// }
///
/// # async fn fresh() -> Prices { unimplemented!() }
/// store_core::contract_tests!(plan() mapping(|prices| prices.plan_mapping()), async { fresh().await });
/// # }
/// # fn main() {}
/// ```
///
/// Rules can be left out by name:
///
/// ```
/// # use store_memory::MemoryUsageStore;
/// store_core::contract_tests!(
///     usage(reportable) without(any_text_is_kept, a_far_time_is_kept_or_refused),
///     async { MemoryUsageStore::new() }
/// );
/// # fn main() {}
/// ```
///
/// A name that is no rule does not compile, so that none is left out by a slip or outlives its rule:
///
/// ```compile_fail,E0425
/// # use store_memory::MemoryUsageStore;
/// store_core::contract_tests!(usage(reportable) without(any_txt_is_kept), async { MemoryUsageStore::new() });
/// # fn main() {}
/// ```
#[macro_export]
macro_rules! contract_tests {
    (plan $($rest:tt)*) => {
        $crate::__contract_tests! { plan_contract plan PlanSubject __plan_rules $($rest)* }
    };
    (subscription $($rest:tt)*) => {
        $crate::__contract_tests! {
            subscription_contract subscription SubscriptionSubject __subscription_rules $($rest)*
        }
    };
    (usage $($rest:tt)*) => {
        $crate::__contract_tests! { usage_contract usage UsageSubject __usage_rules $($rest)* }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __contract_tests {
    (
        $tests:ident $module:ident $subject:ident $rules:ident ($($capability:ident),* $(,)?)
        $(mapping(|$said:pat_param| $mapping:expr))? $(without($($left_out:ident),* $(,)?))?, $store:expr $(,)?
    ) => {
        mod $tests {
            #[allow(unused_imports)]
            use super::*;

            // Outside of a test build there are no tests to call it.
            #[allow(dead_code)]
            fn __subject() -> $crate::contract::BoxFuture<$crate::contract::$module::$subject> {
                ::std::boxed::Box::pin(async {
                    let store = ::std::sync::Arc::new(($store).await);
                    $crate::contract::$module::$subject::new(store.clone())$(.$capability(store.clone()))*
                        $(.mapping({
                            let $said = &*store;
                            $mapping
                        }))?
                })
            }

            $($(const _: $crate::contract::Rule<$crate::contract::$module::$subject> =
                $crate::contract::$module::named::$left_out;)*)?

            $crate::__contract_choice!{
                ($) __rule $module [$($capability)*] [$([$mapping])?] [$($($left_out)*)?]
            }
            $crate::$rules!{ $crate::__contract_each, [__rule] }
        }
    };
}

/// Defines the macro that makes a test of a rule, or nothing: the arms are tried in order.
#[doc(hidden)]
#[macro_export]
macro_rules! __contract_choice {
    (($d:tt) $rule:ident $module:ident [$($capability:ident)*] [$mapping:tt] [$($left_out:ident)*]) => {
        $crate::__contract_choice!{ ($d) $rule $module [$($capability)* mapping] [] [$($left_out)*] }
    };
    (($d:tt) $rule:ident $module:ident [$($capability:ident)*] [] [$($left_out:ident)*]) => {
        macro_rules! $rule {
            $(([$d($d needs:ident)+] $left_out) => {};)*
            ([always] $d name:ident) => { $rule!{ @test $d name } };
            $(
                ([with $capability] $d name:ident) => { $rule!{ @test $d name } };
                ([without $capability] $d name:ident) => {};
            )*
            ([with $d capability:ident] $d name:ident) => {};
            ([without $d capability:ident] $d name:ident) => { $rule!{ @test $d name } };
            (@test $d name:ident) => {
                #[::core::prelude::v1::test]
                fn $d name() {
                    $crate::contract::test(&$crate::contract::$module::named::$d name, __subject);
                }
            };
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __contract_each {
    ([$rule:ident] $([$($needs:ident)+] $id:ident $name:ident;)*) => {
        $($rule!{ [$($needs)+] $name })*
    };
}
