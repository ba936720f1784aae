// Every mistake is told at once, and no missing trait beside them (5 mistakes)

use store_core::SubscriptionStore;

fn sign_up(_: &impl store_core::AtomicSubscriptionStore) {}

#[derive(SubscriptionStore)]
#[store(table = "a.b.c", atomic, atomic)]
#[store(colour = red, databse = sqlite)]
struct Subscriptions {
    #[store(poool)]
    reader: String,
    writer: String,
}

fn main() {
    let _ = |subscriptions: Subscriptions| sign_up(&subscriptions);
}
