//! The second tenant: reads a round and its moment from each line, answers with a line of what it has seen of the first.

use std::error::Error;
use std::io::{BufRead, Write};
use std::sync::Arc;

use store_tests::databases::Database;
use store_tests::race;
use store_tests::tenants::{self, Kept};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [database, url, kept] = arguments.as_slice() else {
        return Err("usage: DATABASE URL scope|nothing".into());
    };
    let database = Database::ALL.into_iter().find(|it| it.name() == database).ok_or("no such database")?;
    let kept = if kept == Kept::Scope.name() { Kept::Scope } else { Kept::Nothing };
    let tenant = tenants::connect(database, url, race::CONNECTIONS, kept, "bolt").await?;
    let mut answers = std::io::stdout();
    writeln!(answers, "ready")?;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (round, start) = line.split_once(' ').ok_or("a line is a round and a moment")?;
        let seen = Arc::clone(&tenant).round(round.parse()?, start.parse()?).await;
        writeln!(answers, "{}", seen.join("\t").replace('\n', " "))?;
        answers.flush()?;
    }
    Ok(())
}
