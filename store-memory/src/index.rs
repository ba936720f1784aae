//! Subscriptions by a text that no two of them share.

use std::borrow::Borrow;
use std::collections::HashSet;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::sync::Arc;

use foldhash::fast::RandomState;

use crate::packed::Packed;

/// What an index goes by.
pub(crate) trait Key {
    /// The text under which this subscription is found, if it is found here at all.
    fn of(subscription: &Packed) -> Option<&str>;
}

/// The subscriptions that have a key, by it.
///
/// It reads the key in the subscription itself. A map would keep a copy of each and visit it in each look-up, which, as
/// most of a look-up is waiting for memory, makes it a tenth slower. So does the hash of the standard library, which is made
/// for keys of attackers.
pub(crate) struct Index<K>(HashSet<Entry<K>, RandomState>);

impl<K: Key> Index<K> {
    pub(crate) fn get(&self, key: &str) -> Option<&Arc<Packed>> {
        self.0.get(key).map(|entry| &entry.subscription)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Arc<Packed>> {
        self.0.iter().map(|entry| &entry.subscription)
    }

    pub(crate) fn insert(&mut self, subscription: &Arc<Packed>) {
        if K::of(subscription).is_some() {
            self.0.insert(Entry { subscription: Arc::clone(subscription), key: PhantomData });
        }
    }

    pub(crate) fn remove(&mut self, subscription: &Packed) {
        if let Some(key) = K::of(subscription) {
            self.0.remove(key);
        }
    }
}

impl<K> Default for Index<K> {
    fn default() -> Self {
        Self(HashSet::default())
    }
}

/// A subscription that has the key, and is equal to its key.
struct Entry<K> {
    subscription: Arc<Packed>,
    key: PhantomData<K>,
}

impl<K: Key> Borrow<str> for Entry<K> {
    fn borrow(&self) -> &str {
        K::of(&self.subscription).expect("only what has the key is inserted, and none is changed in place")
    }
}

impl<K: Key> Hash for Entry<K> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        let key: &str = self.borrow();
        key.hash(hasher);
    }
}

impl<K: Key> PartialEq for Entry<K> {
    fn eq(&self, other: &Self) -> bool {
        let (key, other): (&str, &str) = (self.borrow(), other.borrow());
        key == other
    }
}

impl<K: Key> Eq for Entry<K> {}
