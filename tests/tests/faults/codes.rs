//! Codes that a server can hardly be made to give, raised by a trigger.

use store_core::{Extent, StoreError};
use store_tests::databases::Database;
use store_tests::harness::Suite;

use crate::world::{World, plan};

pub(crate) fn add(suite: &mut Suite) {
    suite.on(Database::Postgres, "each_code_is_told_as_its_variant", || async {
        let world = World::new(Database::Postgres).await?;
        for (codes, due) in POSTGRES {
            for code in codes.split_whitespace() {
                world
                    .run(&format!(
                        "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                             $$ BEGIN RAISE EXCEPTION 'refused' USING ERRCODE = '{code}'; END $$;
                         CREATE OR REPLACE TRIGGER refuse BEFORE INSERT ON plans
                             FOR EACH ROW EXECUTE FUNCTION refuse();"
                    ))
                    .await?;
                told(&world, code, *due).await;
            }
        }
        world.remove().await;
        Ok(())
    });
    suite.on(Database::Mysql, "each_code_is_told_as_its_variant", || async {
        let world = World::new(Database::Mysql).await?;
        for (codes, due) in MYSQL {
            for code in codes.split_whitespace() {
                world
                    .run(&format!(
                        "CREATE OR REPLACE TRIGGER refuse BEFORE INSERT ON plans FOR EACH ROW
                             SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = {code}, MESSAGE_TEXT = 'refused'"
                    ))
                    .await?;
                told(&world, code, *due).await;
            }
        }
        world.remove().await;
        Ok(())
    });
}

/// What is told, as far as it is the same for every code of a kind.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Told {
    AlreadyExists,
    InvalidInput,
    Transient(Extent),
    Ambiguous,
    Schema,
    Backend,
}

async fn told(world: &World, code: &str, due: Told) {
    let told = match world.plans.save_plan(&plan("new")).await {
        Err(StoreError::AlreadyExists { .. }) => Told::AlreadyExists,
        Err(StoreError::InvalidInput { .. }) => Told::InvalidInput,
        Err(StoreError::Transient { lost, .. }) => Told::Transient(lost),
        Err(StoreError::Ambiguous { .. }) => Told::Ambiguous,
        Err(StoreError::Schema { .. }) => Told::Schema,
        Err(StoreError::Backend { .. }) => Told::Backend,
        other => panic!("{code}: {other:?}"),
    };
    assert_eq!(told, due, "{code}");
}

const POSTGRES: &[(&str, Told)] = &[
    ("23505 23P01", Told::AlreadyExists),
    ("22001 22003 22008 22021 22P02 22P05 23001 23502 23503 23514 54000", Told::InvalidInput),
    ("25P03 25P04 40001 40P01 53300 55P03 57014 57P03 57P05", Told::Transient(Extent::Transaction)),
    ("08000 08003 08006 08P01 40003 57P01 57P02", Told::Ambiguous),
    ("3F000 428C9 42501 42703 42804 42883 42P01 42P10", Told::Schema),
    ("22012 23000 25006 42601 53100 53200 58030 P0001 XX000", Told::Backend),
];

const MYSQL: &[(&str, Told)] = &[
    ("1062 1586", Told::AlreadyExists),
    ("1048 1216 1217 1264 1265 1292 1366 1406 1451 1452 3140 3819 4025", Told::InvalidInput),
    ("1020 1213 8028 8147 9007", Told::Transient(Extent::Transaction)),
    ("1040 1047 1203 1205 1317 1969 3024", Told::Transient(Extent::Statement)),
    ("1053 1927", Told::Ambiguous),
    ("1049 1054 1142 1143 1146 1364 1906 3105", Told::Schema),
    ("1021 1064 1114 1290 1365 1644", Told::Backend),
];
