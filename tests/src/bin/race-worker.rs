//! The second process of a race.

use std::error::Error;

use store_tests::databases::Database;
use store_tests::race::{self, Calls};
use store_tests::stores::{self, Kind};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [database, url, kind, calls] = arguments.as_slice() else {
        return Err("usage: DATABASE URL STORE CALLS".into());
    };
    let database = Database::ALL.into_iter().find(|it| it.name() == database).ok_or("no such database")?;
    let kind = Kind::ALL.into_iter().find(|it| it.name() == kind).ok_or("no such store")?;
    let calls = Calls::ALL.into_iter().find(|it| it.name() == calls).ok_or("no such calls")?;
    let store = stores::subscriptions(database, url, race::CONNECTIONS, kind).await?;
    race::answer(&store, calls, race::plain).await
}
