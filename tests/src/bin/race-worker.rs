//! The second process of a race: reads a round and its moment from each line, answers with a line for its calls.

use std::error::Error;
use std::io::{BufRead, Write};

use store_tests::databases::Database;
use store_tests::race::{self, Calls};
use store_tests::stores::{self, Kind};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [database, url, kind, calls] = arguments.as_slice() else {
        return Err("usage: DATABASE URL STORE CALLS".into());
    };
    let database = Database::ALL.into_iter().find(|it| it.name() == database).ok_or("no such database")?;
    let kind = Kind::ALL.into_iter().find(|it| it.name() == kind).ok_or("no such store")?;
    let calls = Calls::ALL.into_iter().find(|it| it.name() == calls).ok_or("no such calls")?;
    let store = stores::subscriptions(database, url, race::CONNECTIONS, kind).await?;
    let mut answers = std::io::stdout();
    writeln!(answers, "ready")?;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (round, start) = line.split_once(' ').ok_or("a line is a round and a moment")?;
        let tally = race::calls(&store, calls, "worker", round.parse()?, start.parse()?).await;
        writeln!(answers, "{tally}")?;
        answers.flush()?;
    }
    Ok(())
}
