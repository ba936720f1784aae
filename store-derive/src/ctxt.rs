//! The collector of mistakes: a struct's are told all at once.

use std::cell::RefCell;

use quote::ToTokens;

/// Takes every mistake as it is found. It must be asked for them in the end: dropping it unasked is a fault of this crate.
#[derive(Default)]
pub(crate) struct Ctxt {
    mistakes: RefCell<Option<Vec<syn::Error>>>,
}

impl Ctxt {
    pub(crate) fn new() -> Self {
        Self { mistakes: RefCell::new(Some(Vec::new())) }
    }

    /// Notes a mistake, to be shown under the given tokens.
    pub(crate) fn error(&self, at: impl ToTokens, message: impl std::fmt::Display) {
        let mut mistakes = self.mistakes.borrow_mut();
        let mistakes = mistakes.as_mut().expect("a mistake is noted before the collector is asked");
        mistakes.push(syn::Error::new_spanned(at, message));
    }

    /// Whether there was no mistake so far.
    pub(crate) fn is_clean(&self) -> bool {
        self.mistakes.borrow().as_ref().is_some_and(Vec::is_empty)
    }

    /// How many mistakes there are so far.
    pub(crate) fn count(&self) -> usize {
        self.mistakes.borrow().as_ref().map_or(0, Vec::len)
    }

    /// What was made, if there was no mistake on the way, or else every mistake.
    pub(crate) fn finish<T>(self, made: Option<T>) -> Result<T, Vec<syn::Error>> {
        let mistakes = self.mistakes.borrow_mut().take().expect("the collector is asked once");
        if mistakes.is_empty() {
            Ok(made.expect("what could not be made has left a mistake"))
        } else {
            Err(mistakes)
        }
    }
}

impl Drop for Ctxt {
    fn drop(&mut self) {
        if !std::thread::panicking() && self.mistakes.get_mut().is_some() {
            panic!("the mistakes of a struct were never asked for");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_every_mistake() {
        let ctxt = Ctxt::new();
        ctxt.error(quote::quote!(a), "one");
        ctxt.error(quote::quote!(b), "two");
        assert_eq!(ctxt.finish(Some(())).unwrap_err().len(), 2);
    }

    #[test]
    #[should_panic(expected = "never asked for")]
    fn must_be_asked() {
        drop(Ctxt::new());
    }
}
