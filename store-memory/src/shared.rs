//! The one lock.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// A state behind a lock; a clone is a handle to the same state.
#[derive(Default)]
pub(crate) struct Shared<S>(Arc<RwLock<S>>);

impl<S> Shared<S> {
    // A thread that panics with the lock held has not begun to change anything: a state checks first, then changes its
    // indexes by calls that don't panic. So a poisoned lock holds a good state.

    pub(crate) fn read(&self) -> RwLockReadGuard<'_, S> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn write(&self) -> RwLockWriteGuard<'_, S> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S> Clone for Shared<S> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

/// Says nothing of the records: there can be many, and they are about people.
impl<S> fmt::Debug for Shared<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("..")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_elsewhere_does_not_close_the_store() {
        let shared = Shared::<u32>::default();
        let other = shared.clone();
        let panicked = std::thread::spawn(move || {
            let _guard = other.write();
            panic!("with the lock held");
        });
        assert!(panicked.join().is_err());

        *shared.write() += 1;
        assert_eq!(*shared.read(), 1);
    }
}
