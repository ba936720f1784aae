//! The rules of the traits as tests that any store can run.
//!
//! A store holds the contract if it passes every rule of its trait: what is saved is what is read, text is compared byte
//! for byte, of many concurrent sign-ups one wins, and so on. Each rule is a sentence, its name, and a failure says which
//! call gave what, and what was expected.
//!
//! # In a test file
//!
//! One line makes one `#[test]` of each rule; the words in parentheses say what the store has beyond its trait. The crate
//! needs `store-core` with the feature `contract` and nothing else:
//!
//! ```
//! use store_memory::MemorySubscriptionStore;
//!
//! store_core::contract_tests!(subscription(atomic), async { MemorySubscriptionStore::new() });
//! # fn main() {}
//! ```
//!
//! See [`contract_tests!`](crate::contract_tests) for the other traits and for leaving out rules.
//!
//! # In a harness of one's own
//!
//! The rules are data: [`plan::RULES`], [`subscription::RULES`] and [`usage::RULES`], each with its name, the group of the
//! contract that it belongs to, and the stores that it is for. Each run takes a fresh, empty store.
//!
//! ```
//! use std::sync::Arc;
//!
//! use store_core::contract::subscription::{RULES, SubscriptionSubject};
//! use store_core::contract::{Capability, Failure, Scale};
//! use store_memory::MemorySubscriptionStore;
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Failure> {
//!     let scale = Scale { rounds: 3, ..Scale::default() };
//!     for rule in RULES.iter().filter(|rule| rule.needs.met_by(&[Capability::Atomic])) {
//!         let store = Arc::new(MemorySubscriptionStore::new());
//!         rule.check(SubscriptionSubject::new(store.clone()).atomic(store).scale(scale)).await?;
//!     }
//!     Ok(())
//! }
//! ```
//!
//! # Stores that keep less
//!
//! A store on a schema of other shape says what it keeps ([`Mapping`](crate::mapping::Mapping)), and the suite goes by that: the
//! rules keep to records that the store can hold, and each exception is tested as a refusal. What the store does not say it
//! holds as any other: nothing in the list, nothing weaker.
//!
//! Where the values of a field are in another table, a rule has any value of it that it needs: hand the suite a store that
//! makes the rows there before it saves. It makes none for the text `nowhere`, which must be refused.
//!
//! Where other fields decide a status, or whether a plan is active, records must agree with themselves: say how by
//! [`SubscriptionSubject::agreeing`](subscription::SubscriptionSubject::agreeing) or [`PlanSubject::agreeing`](plan::PlanSubject::agreeing).
//! Without it, they are taken for what the store itself writes beside the fields, and nothing contradicts.
//!
//! # Groups
//!
//! | group | of the contract |
//! |---|---|
//! | G1 | what is saved is what is read, times cut to microseconds |
//! | G2 | a value that can't be held is refused whole; a key that can't be held is not found |
//! | G3 | a stored value that can't be read is told as corrupt, never as a default |
//! | G4 | the absent is not found; a list of nothing is empty |
//! | G5 | lists have a total order and what was asked for |
//! | G6 | text is compared byte for byte |
//! | G7 | a call happens whole or not at all, also when its future is dropped |
//! | S1 | a save creates or replaces one record and touches no other |
//! | S2 | look-ups find the live one, and follow every change |
//! | S3 | of concurrent creates for one subscriber exactly one succeeds |
//! | S4 | no way leads to two live subscriptions of one subscriber |
//! | S5 | a provider id belongs to one record |
//! | U1 | an id of usage counts once |
//! | U2 | ranges have their beginning and not their end |
//! | U3 | a total is exact or an overflow |
//! | U4 | the unreported come oldest first, as many as asked for |
//! | U5 | a mark is kept, and a repeat overwrites |
//! | K1 | an extension is found exactly where the store has it |
//! | RO | where nothing can be written, each write is refused as read only |
//! | ALL | random operations agree with a small model |

pub use rule::{BoxFuture, Capability, Failure, Needs, Outcome, Rule, test};
pub use subject::{Corruptible, Scale};

mod coded;
mod every;
mod exempt;
#[doc(hidden)]
pub mod fields;
mod fit;
mod outside;
mod race;
mod rule;
mod samples;
mod seen;
mod subject;
mod table;

pub mod plan;
pub mod subscription;
pub mod usage;

#[cfg(test)]
mod tests;
