//! What the derives write, as files to read: `tests/expand` has one expansion and its SQL for each trait and database.
//!
//! `tests/expand/schemas` has the SQL of the stores on tables of real systems, whose structs are in `tests/tests/schemas`.
//!
//! `UPDATE=1 cargo test -p store-derive` writes the files anew: read the difference.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use store_model::adapter::{Adapter, Bind, Bound, Dialect, part_of};
use store_model::contract::Entity;
use store_model::sql;
use syn::{DeriveInput, Item, ItemStruct};

use crate::ctxt::Ctxt;
use crate::{attr, derive, lower, symbol};

const SYSTEMS: [&str; 5] = ["cloudflare", "lago", "pangolin", "rinvex", "vercel"];
const ENTITIES: [Entity; 3] = [Entity::Plan, Entity::Subscription, Entity::Usage];

#[test]
fn expansions_are_as_shown() {
    for (entity, dialect) in all() {
        let text = expansion(&input(entity, dialect), entity);
        same(&format!("{}_{}.rs", symbol::section(entity), dialect.word()), &text);
    }
}

#[test]
fn sql_is_as_shown() {
    for (entity, dialect) in all() {
        same(
            &format!("{}_{}.sql", symbol::section(entity), dialect.word()),
            &script(&syn::parse_str(&input(entity, dialect)).unwrap(), entity),
        );
    }
}

#[test]
fn sql_of_schemas_is_as_shown() {
    let mut names = Vec::new();
    for system in SYSTEMS {
        let path = tests().join(format!("tests/schemas/{system}.rs"));
        let file = syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap();
        for (entity, store) in stores(file.items) {
            let dialect = with_adapter(&store, entity, |adapter| adapter.dialect);
            let name = format!("schemas/{system}_{}_{}.sql", symbol::section(entity), dialect.word());
            same(&name, &script(&store, entity));
            names.push(name);
        }
    }
    let shown = fs::read_dir(tests().join("expand/schemas")).unwrap();
    let mut shown: Vec<_> = shown.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    shown.sort_unstable();
    names.sort_unstable();
    assert!(shown.iter().map(|it| format!("schemas/{it}")).eq(names), "no other file is there: {shown:?}");
}

/// The structs that are stores, in modules too.
fn stores(items: Vec<Item>) -> Vec<(Entity, DeriveInput)> {
    let stores = items.into_iter().flat_map(|item| match item {
        Item::Struct(store) => derived(&store).map(|entity| (entity, store.into())).into_iter().collect(),
        Item::Mod(inner) => stores(inner.content.map(|(_, items)| items).unwrap_or_default()),
        _ => Vec::new(),
    });
    stores.collect()
}

fn derived(store: &ItemStruct) -> Option<Entity> {
    let derive = store.attrs.iter().find(|attribute| attribute.path().is_ident("derive"))?;
    let name: syn::Path = derive.parse_args().ok()?;
    ENTITIES.into_iter().find(|entity| name.is_ident(symbol::derive(*entity)))
}

/// Rows that are read from a view, and rows whose ids and times the database makes.
#[test]
fn sql_of_views_and_made_values_is_as_shown() {
    for dialect in Dialect::ALL {
        let pool = pool(dialect);
        let view = format!(
            "#[store(table = \"plans\", read_from = \"plans_with_features\", absent(limits, metadata))]
             #[store(columns(features(view_only), updated_at(generated)))]
             struct Plans {{ pool: sqlx::{pool} }}"
        );
        same(&format!("view_{}.sql", dialect.word()), &script(&syn::parse_str(&view).unwrap(), Entity::Plan));
        let made = format!(
            "#[store(table = \"subscriptions\", atomic, absent(metadata))]
             #[store(columns(id(generated, as = i64), created_at(generated), updated_at(generated)))]
             struct Subscriptions {{ pool: sqlx::{pool} }}"
        );
        same(
            &format!("made_{}.sql", dialect.word()),
            &script(&syn::parse_str(&made).unwrap(), Entity::Subscription),
        );
    }
}

fn all() -> impl Iterator<Item = (Entity, Dialect)> {
    ENTITIES.into_iter().flat_map(|entity| Dialect::ALL.map(|dialect| (entity, dialect)))
}

fn input(entity: Entity, dialect: Dialect) -> String {
    let extension = symbol::extension(entity).map(|option| format!(", {option}")).unwrap_or_default();
    let name = match entity {
        Entity::Plan => "Plans",
        Entity::Subscription => "Subscriptions",
        Entity::Usage => "Usage",
    };
    let pool = pool(dialect);
    format!(
        "#[store(table = \"{}\"{extension})]\nstruct {name} {{\n    pool: sqlx::{pool},\n}}",
        symbol::example_table(entity)
    )
}

const fn pool(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => "SqlitePool",
        Dialect::Postgres => "PgPool",
        Dialect::MySql => "MySqlPool",
    }
}

fn expansion(input: &str, entity: Entity) -> String {
    let parsed: DeriveInput = syn::parse_str(input).unwrap();
    let tokens = derive::derive(entity, &parsed, |_| true);
    let file = syn::parse2(tokens).unwrap();
    let input = format!("#[derive({})]\n{input}", symbol::derive(entity)).replace('\n', "\n// ");
    format!("// {input}\n\n{}", prettyplease::unparse(&file))
}

/// Every statement under its name, with what it binds in the order of its placeholders; then the DDL, with `..` for the types that a
/// codec alone knows.
fn script(input: &DeriveInput, entity: Entity) -> String {
    with_adapter(input, entity, texts)
}

fn with_adapter<T>(input: &DeriveInput, entity: Entity, make: impl FnOnce(&Adapter<'_>) -> T) -> T {
    let ctxt = Ctxt::new();
    let written = attr::read(&ctxt, entity, input);
    let store = lower::lower(&ctxt, &written).complete();
    ctxt.finish(store).unwrap_or_else(|mistakes| panic!("{mistakes:?}")).described().with(make)
}

fn texts(adapter: &Adapter<'_>) -> String {
    let entity = adapter.entity;
    let mut text = String::new();
    for query in sql::statements(adapter) {
        let binds: Vec<_> = query.binds.iter().map(|&bind| bound(entity, bind)).collect();
        let binds = if binds.is_empty() { String::new() } else { format!(": {}", binds.join(", ")) };
        writeln!(text, "-- {}{binds}\n{};\n", query.name(), query.sql).unwrap();
    }
    text + "-- the table\n" + &sql::shown(&sql::ddl(adapter))
}

fn bound(entity: Entity, bind: Bind) -> String {
    let name = |place: usize| match part_of(bind) {
        0 => entity.fields()[place].name.to_owned(),
        number => format!("{} [{number}]", entity.fields()[place].name),
    };
    match Bound::of(bind) {
        Bound::Field(place) => name(place),
        Bound::Plain(place) => format!("{} as it is", name(place)),
        Bound::Null(place) => format!("what NULL is for {}", name(place)),
        Bound::Own(number) => format!("own value {number}"),
        Bound::Extra(number) => format!("further value {number}"),
        Bound::From => "from".into(),
        Bound::To => "to".into(),
        Bound::Limit => "limit".into(),
        Bound::Now => "now".into(),
    }
}

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests")
}

fn same(name: &str, text: &str) {
    let path = tests().join("expand").join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, text).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(expected == text, "{name} is not up to date: run with UPDATE=1 and read the difference");
}
