// Modules, types and constants of the user that have the names of what the expansion needs.

mod store_core {}
mod core {}
mod std {}
mod sqlx {}

#[allow(dead_code, non_camel_case_types)]
mod inner {
    struct Option;
    struct Some;
    struct Send;
    struct Sync;
    struct Vec;
    struct Box;
    struct Store;
    const STORE: () = ();
    #[allow(non_upper_case_globals)]
    const id: &str = "";

    #[derive(::store_core::SubscriptionStore)]
    #[store(table = "subscriptions", atomic)]
    struct Subscriptions {
        pool: ::sqlx::SqlitePool,
    }

    // A method of the user's own that has the name of a hidden one.
    impl Subscriptions {
        fn subscription_call(&self) {}
    }
}

pub(crate) fn main() {}
