//! The places in which the other tests put their tables are what those tests take them for.

use std::process::ExitCode;

use sqlx::{Connection, MySqlConnection, PgConnection, SqliteConnection};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};

/// Adds what must hold for the places of every database.
macro_rules! on_every_database {
    ($suite:ident, $database:path, $places:ident, $connection:ty) => {{
        async fn places_are_apart() -> Outcome {
            let (one, other) = ($places::fresh(8).await?, $places::fresh(8).await?);
            sqlx::query("CREATE TABLE plans (id VARCHAR(9))").execute(&one.pool).await?;
            sqlx::query("INSERT INTO plans VALUES ('basic')").execute(&one.pool).await?;
            sqlx::query("SELECT id FROM plans").execute(&other.pool).await.expect_err("it has no tables");
            sqlx::query("CREATE TABLE plans (id VARCHAR(9))").execute(&other.pool).await?;
            assert_eq!(sqlx::query("SELECT id FROM plans").fetch_all(&other.pool).await?.len(), 0);
            one.remove().await;
            other.remove().await;
            Ok(())
        }

        async fn url_leads_to_the_same_place() -> Outcome {
            let place = $places::fresh(8).await?;
            sqlx::query("CREATE TABLE plans (id VARCHAR(9))").execute(&place.pool).await?;
            let mut elsewhere = <$connection>::connect(place.url()).await?;
            sqlx::query("INSERT INTO plans VALUES ('basic')").execute(&mut elsewhere).await?;
            elsewhere.close().await?;
            let id: String = sqlx::query_scalar("SELECT id FROM plans").fetch_one(&place.pool).await?;
            assert_eq!(id, "basic");
            place.remove().await;
            Ok(())
        }

        async fn a_removed_place_is_gone() -> Outcome {
            let place = $places::fresh(8).await?;
            sqlx::query("CREATE TABLE plans (id VARCHAR(9))").execute(&place.pool).await?;
            let url = place.url().to_owned();
            place.remove().await;
            let late = async {
                let mut connection = <$connection>::connect(&url).await?;
                sqlx::query("SELECT id FROM plans").execute(&mut connection).await
            };
            late.await.expect_err("the table is gone");
            Ok(())
        }

        $suite.on($database, "places_are_apart", places_are_apart);
        $suite.on($database, "url_leads_to_the_same_place", url_leads_to_the_same_place);
        $suite.on($database, "a_removed_place_is_gone", a_removed_place_is_gone);
    }};
}

fn main() -> ExitCode {
    let mut suite = Suite::new();
    on_every_database!(suite, Database::Sqlite, sqlite, SqliteConnection);
    on_every_database!(suite, Database::Postgres, postgres, PgConnection);
    on_every_database!(suite, Database::Mysql, mysql, MySqlConnection);
    suite.on(Database::Sqlite, "file_is_in_wal_mode", file_is_in_wal_mode);
    suite.on(Database::Sqlite, "memory_is_kept_between_calls", memory_is_kept_between_calls);
    suite.on(Database::Postgres, "text_does_not_sort_by_bytes", text_does_not_sort_by_bytes);
    suite.on(Database::Mysql, "mode_is_strict", mode_is_strict);
    suite.on(Database::Mysql, "text_holds_any_unicode", text_holds_any_unicode);
    suite.run()
}

async fn file_is_in_wal_mode() -> Outcome {
    let place = sqlite::fresh(8).await?;
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&place.pool).await?;
    assert_eq!(mode, "wal");
    place.remove().await;
    Ok(())
}

async fn memory_is_kept_between_calls() -> Outcome {
    let (one, other) = (sqlite::in_memory().await?, sqlite::in_memory().await?);
    sqlx::query("CREATE TABLE plans (id TEXT)").execute(&one).await?;
    assert_eq!(sqlx::query("SELECT id FROM plans").fetch_all(&one).await?.len(), 0);
    sqlx::query("SELECT id FROM plans").execute(&other).await.expect_err("it has no tables");
    Ok(())
}

async fn text_does_not_sort_by_bytes() -> Outcome {
    let place = postgres::fresh(1).await?;
    let query = "SELECT id FROM (VALUES ('B'), ('a'), ('_')) AS plans (id) ORDER BY id";
    let ids: Vec<String> = sqlx::query_scalar(query).fetch_all(&place.pool).await?;
    assert_eq!(ids, ["_", "a", "B"], "bytes would give B, _, a");
    place.remove().await;
    Ok(())
}

async fn mode_is_strict() -> Outcome {
    let place = mysql::fresh(1).await?;
    sqlx::query("CREATE TABLE plans (id VARCHAR(3))").execute(&place.pool).await?;
    let refusal = sqlx::query("INSERT INTO plans VALUES ('basic')")
        .execute(&place.pool)
        .await
        .expect_err("it is too long");
    assert!(refusal.to_string().contains("too long"), "{refusal}");
    place.remove().await;
    Ok(())
}

async fn text_holds_any_unicode() -> Outcome {
    let place = mysql::fresh(1).await?;
    sqlx::query("CREATE TABLE plans (id VARCHAR(9))").execute(&place.pool).await?;
    sqlx::query("INSERT INTO plans VALUES (?)").bind("\u{1f600}").execute(&place.pool).await?;
    let id: String = sqlx::query_scalar("SELECT id FROM plans").fetch_one(&place.pool).await?;
    assert_eq!(id, "\u{1f600}");
    place.remove().await;
    Ok(())
}
