//! Nothing that is written makes a derive panic: strange options one by one, and many that nobody thought of.

use std::fmt::Write;

use store_model::contract::Entity;

use crate::derive::derive;

const ENTITIES: [Entity; 3] = [Entity::Plan, Entity::Subscription, Entity::Usage];
const POOLS: [&str; 3] = ["SqlitePool", "PgPool", "MySqlPool"];

fn told(entity: Entity, input: &str) -> String {
    let parsed = syn::parse_str(input).unwrap_or_else(|error| panic!("{error}: {input}"));
    derive(entity, &parsed, |_| true).to_string()
}

#[test]
fn strange_options_are_mistakes() {
    for options in STRANGE {
        let input = format!("#[store{options}] struct S {{ #[store{options}] a: A, pool: SqlitePool }}");
        assert!(told(Entity::Subscription, &input).contains("compile_error"), "{options}");
    }
}

#[test]
fn strange_lists_are_mistakes() {
    for list in STRANGE_LISTS {
        for pool in POOLS {
            let input = format!("#[store(table = \"s\", {list})] struct S {{ pool: {pool} }}");
            assert!(told(Entity::Subscription, &input).contains("compile_error"), "{list}");
        }
    }
}

/// Every key is tried with every shape in every list.
#[test]
fn every_key_may_stand_in_every_list() {
    for list in LISTS {
        let close = ")".repeat(list.matches('(').count());
        for key in TOP.iter().chain(FIELDS).chain(OPTIONS).chain(MORE).chain(LITERALS) {
            for shape in ["", " = \"x\"", " = 1", " = null", "()", "(\"x\", 1)", " = x(1)", "(..)"] {
                let input = format!(
                    "#[store(table = \"s\", {list}({key}{shape}){close})] struct S {{ pool: PgPool }}"
                );
                told(Entity::Subscription, &input);
            }
        }
    }
}

/// What is said at random either expands or is a mistake.
#[test]
fn anything_is_an_expansion_or_a_mistake() {
    let (mut expanded, mut mistaken) = (0, 0);
    for seed in 0..6_000 {
        let mut soup = Soup::new(seed);
        let entity = ENTITIES[soup.below(3)];
        let input = soup.input();
        let written = told(entity, &input);
        if written.contains("compile_error") {
            mistaken += 1;
        } else {
            assert!(written.contains("impl _store ::"), "{input}");
            expanded += 1;
        }
    }
    assert!(expanded > 100 && mistaken > 1_000, "{expanded} expanded, {mistaken} are mistakes");
}

/// Options at random, in the words of the grammar.
struct Soup {
    state: u64,
    text: String,
}

impl Soup {
    fn new(seed: u64) -> Self {
        Self { state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1, text: String::new() }
    }

    fn below(&mut self, end: usize) -> usize {
        // xorshift64*
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        (self.state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % end
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    /// Whether one of so many.
    fn once_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    fn input(&mut self) -> String {
        let pool = self.of(&POOLS);
        self.text.push_str("#[store(table = \"s\"");
        for _ in 0..self.below(4) {
            self.text.push_str(", ");
            self.top();
        }
        self.text.push_str(")] struct S { ");
        if self.once_in(4) {
            let option = self.of(&["scope", "insert", "write", "pool"]);
            let value =
                self.of(&["", " = \"org\"", "(column = \"org\")", "(plan = \"org\")", "(type = \"t\")"]);
            write!(self.text, "#[store({option}{value})] own: Own, ").unwrap();
        }
        write!(self.text, "pool: {pool} }}").unwrap();
        std::mem::take(&mut self.text)
    }

    fn top(&mut self) {
        let option = self.of(TOP);
        self.text.push_str(option);
        match option {
            "columns" => self.list(|soup| soup.field()),
            "absent" | "lossy" => self.list(|soup| soup.key(FIELDS)),
            "always" | "labels" => self.list(|soup| {
                soup.key(FIELDS);
                soup.value();
            }),
            "scope" | "insert" | "write" => self.list(|soup| {
                soup.key(LITERALS);
                soup.value();
            }),
            "atomic" | "key" | "soft_delete" if !self.once_in(3) => self.list(|soup| soup.anything(2)),
            "read_from" | "collation" => self.text.push_str(" = \"other\""),
            _ => {}
        }
    }

    fn list(&mut self, mut item: impl FnMut(&mut Self)) {
        self.text.push('(');
        for _ in 0..=self.below(3) {
            item(self);
            let comma = if self.once_in(60) { " " } else { ", " };
            self.text.push_str(comma);
        }
        if self.once_in(20) {
            self.text.push_str("..");
        }
        self.text.push(')');
    }

    fn field(&mut self) {
        self.key(FIELDS);
        if self.once_in(3) {
            return self.text.push_str(" = \"c\"");
        }
        self.list(|soup| {
            let option = soup.of(OPTIONS);
            soup.text.push_str(option);
            match option {
                "labels" | "case" => soup.list(Self::label),
                "as" => soup.form(),
                "with" if !soup.once_in(4) => soup.text.push_str(" = crate::Own"),
                "live_sql" if !soup.once_in(4) => soup.text.push_str(" = \"status = 1\""),
                "path" => {
                    let path = soup.of(&["a", "a.b", "b", "a[0]", "$", "a..", "\\\"a.b\\\".c"]);
                    write!(soup.text, " = \"{path}\"").unwrap();
                }
                "keys" => soup.list(|soup| {
                    soup.key(LITERALS);
                    soup.value();
                }),
                "generated" | "view_only" | "repeats" | "not_null" => {}
                _ => soup.value(),
            }
        });
    }

    fn label(&mut self) {
        self.key(&["active", "trialing", "month", "month * 3", "year * -1", "true", "false", "\"x\"", "day"]);
        if !self.once_in(4) {
            self.value();
        }
    }

    fn form(&mut self) {
        let form = self.of(FORMS);
        write!(self.text, " = {form}").unwrap();
        if self.once_in(10) {
            self.list(|soup| soup.anything(1));
        }
    }

    fn value(&mut self) {
        if self.once_in(30) {
            return;
        }
        let value = self.of(LITERALS);
        write!(self.text, " = {value}").unwrap();
        if self.once_in(8) {
            let other = self.of(LITERALS);
            write!(self.text, " | {other}").unwrap();
        }
    }

    /// A key of a list, or now and then another.
    fn key(&mut self, of: &[&str]) {
        let key = if self.once_in(20) { self.of(MORE) } else { self.of(of) };
        self.text.push_str(key);
    }

    fn anything(&mut self, depth: usize) {
        let all = [TOP, FIELDS, OPTIONS, MORE, LITERALS][self.below(5)];
        self.key(all);
        match self.below(3) {
            0 => self.value(),
            1 if depth > 0 => self.list(|soup| soup.anything(depth - 1)),
            _ => {}
        }
    }
}

const LISTS: &[&str] = &[
    "columns",
    "absent",
    "always",
    "lossy",
    "scope",
    "key",
    "insert",
    "write",
    "soft_delete",
    "atomic",
    "columns(status(labels",
    "columns(id",
    "columns(created_at",
    "columns(ids",
    "columns(times",
];

const TOP: &[&str] = &[
    "table",
    "atomic",
    "reportable",
    "columns",
    "absent",
    "always",
    "lossy",
    "scope",
    "key",
    "insert",
    "write",
    "soft_delete",
    "read_from",
    "read_only",
    "collation",
    "columns",
    "columns",
    "columns",
];

const FIELDS: &[&str] = &[
    "id",
    "provider_id",
    "name",
    "description",
    "amount",
    "currency",
    "interval",
    "interval_count",
    "trial_days",
    "active",
    "features",
    "limits",
    "metadata",
    "created_at",
    "updated_at",
    "subscriber_id",
    "plan_id",
    "status",
    "current_period_start",
    "current_period_end",
    "trial_start",
    "canceled_at",
    "subscription_id",
    "metric",
    "quantity",
    "recorded_at",
    "provider_reported_at",
    "ids",
    "times",
];

const OPTIONS: &[&str] = &[
    "column",
    "as",
    "as",
    "as",
    "type",
    "collation",
    "labels",
    "labels",
    "if_null",
    "also_none",
    "not_null",
    "generated",
    "view_only",
    "repeats",
    "over",
    "case",
    "path",
    "via",
    "keys",
    "with",
    "live_sql",
];

const MORE: &[&str] = &[
    "where",
    "marked_live",
    "deleted",
    "column",
    "key",
    "lock",
    "r#type",
    "r#as",
    "self",
    "Self",
    "super",
    "_",
    "$",
    "#",
    "..",
    "::a",
    "-1",
    "'a'",
    "b\"x\"",
    "1.5",
    "{ x }",
    "[ 1 ]",
    "{}",
    "[]",
    "!",
    "a b",
    "month * 3",
    "month * -1",
    "month * 99999999999999999999",
    "\"\"",
    "\"a\\0b\"",
    "99999999999999999999999999",
];

const LITERALS: &[&str] = &[
    "\"x\"",
    "\"y\"",
    "\"id\"",
    "\"\"",
    "0",
    "1",
    "-1",
    "70000",
    "9223372036854775807",
    "-9223372036854775808",
    "18446744073709551616",
    "1.5",
    "true",
    "false",
    "null",
    "none",
    "_",
    "{}",
    "[]",
    "{ x }",
    "a | b",
    "\"a\" | null",
    "a | | b",
    "| a",
    "(\"a\", true)",
    "(\"a\", false | null)",
    "(_, 1)",
    "()",
    "(,)",
    "active",
    "month",
    "created_at",
    "id",
    "created_at(as = date)",
    "status(labels(active = 1))",
    "sql(\"now()\")",
    "sql(\"(\")",
    "sql(1)",
    "sql()",
    "\"1970-01-01T00:00:00Z\"",
    "\"9999-12-31T23:59:59Z\"",
    "a::b",
    "a::b(c)",
    "r#true",
    "x!()",
    "-x",
    "- 1",
];

const FORMS: &[&str] = &[
    "text",
    "uuid",
    "uuid(bytes)",
    "i16",
    "i32",
    "i64",
    "u8",
    "u16",
    "u32",
    "u64",
    "char(36)",
    "char(0)",
    "decimal(2)",
    "decimal(19)",
    "decimal(currency)",
    "f64(2)",
    "f64(0)",
    "text(decimal(2))",
    "seconds",
    "is_null",
    "is_null(timestamp(0))",
    "is_null(epoch(s, exact))",
    "is_set(text(\"%d\"))",
    "is_set(is_null)",
    "is_set()",
    "boolean",
    "timestamp",
    "timestamp(0)",
    "timestamp(6)",
    "timestamp(7)",
    "timestamp(0, exact)",
    "datetime(exact)",
    "date",
    "date(exact)",
    "epoch(s)",
    "epoch(ms, exact)",
    "epoch(us)",
    "epoch()",
    "text(\"%Y-%m-%d %H:%M:%S\", exact)",
    "text(\"%d.%m.%Y\")",
    "text(\"%\")",
    "json",
    "json(any)",
    "text(json)",
    "text(json(any))",
    "text(json(json))",
    "array",
    "list(\",\")",
    "list(\"\")",
    "iso8601",
    "code",
    "a::b",
    "r#text",
    "1",
    "\"text\"",
    "u64 | u32",
    "[]",
];

const STRANGE: &[&str] = &[
    "",
    "()",
    "(,)",
    "(,,)",
    "[]",
    "{}",
    " = 1",
    "(=)",
    "(= 1)",
    "(table)",
    "(table =)",
    "(table =,)",
    "(table == 1)",
    "(table = -1)",
    "(table = 1.5)",
    "(table = 'x')",
    "(table = b\"x\")",
    "(table = c\"x\")",
    "(table = r#\"\"#)",
    "(table = ::)",
    "(table = a::b::<C>)",
    "(table = [])",
    "(table = \"x\" + \"y\")",
    "(table = include_str!(\"x\"))",
    "(table(table(table)))",
    "(table())",
    "(\"table\" = \"x\")",
    "(_)",
    "(_ = _)",
    "(1)",
    "(self, super, type, as)",
    "(r#table = 1)",
    "(plan(plan(plan)))",
    "(subscription)",
    "(subscription = 1)",
    "(subscription())",
    "(subscription(subscription()))",
    "(subscription(\"x\"))",
    "(usage)",
    "(database)",
    "(database())",
    "(database = a::b)",
    "(crate)",
    "(crate = \"\")",
    "(crate = ::)",
    "(pool)",
    "(atomic())",
    "(atomic = 1)",
    "(a b c)",
    "(#)",
    "((table))",
    "(table = \"\u{0}\")",
    "(..)",
    "(table = \"s\" = \"t\")",
    "(table = (\"s\"))",
    "(columns(..))",
    "(columns)",
    "(columns = [])",
    "(absent(..))",
    "(scope)",
    "(scope())",
    "(scope(..))",
    "(key)",
    "(key())",
    "(atomic(..))",
    "(atomic(key))",
    "(atomic(lock))",
    "(instead_of)",
    "(plan(columns(columns)))",
    "(.. table = \"s\")",
    "(table = \"s\" ..)",
    "(.., ..)",
    "(month * 3)",
    "(table * 3)",
    "(* 3)",
    "(table = a |)",
    "(table = |)",
    "(table = _)",
    "(table = (,))",
    "(table = (a b))",
    "(table = {})",
    "(table = {x})",
];

const STRANGE_LISTS: &[&str] = &[
    "columns(status(labels(active = )))",
    "columns(status(labels(= 1)))",
    "columns(status(labels(active = a | | b)))",
    "columns(status(labels(active = 1 | )))",
    "columns(status(labels(active = {x})))",
    "columns(status(labels(month * 3 = 1)))",
    "columns(status(labels(active * = 1)))",
    "columns(status(labels(active = 1, .., canceled = 2)))",
    "columns(status(labels(active(1))))",
    "columns(status(labels()))",
    "columns(status(labels = 1))",
    "columns(status(labels(active = (\"a\", true))))",
    "columns(status(labels(active = ())))",
    "columns(status(labels(active = 99999999999999999999)))",
    "columns(status(as = i16, labels(active = 70000)))",
    "columns(status(as = u8, labels(active = -1)))",
    "columns(status(as = char(2), labels(active = \"abc\")))",
    "columns(status(as))",
    "columns(status(as = ))",
    "columns(status(as = a::b))",
    "columns(status(as = i32(1)))",
    "columns(id(as = uuid()))",
    "columns(id(as = uuid(1)))",
    "columns(id(as = uuid(bytes, bytes)))",
    "columns(id(as = uuid(bytes = 1)))",
    "columns(id(as = uuid(..)))",
    "columns(id(as = char(-1)))",
    "columns(id(as = char(99999999)))",
    "columns(created_at(as = epoch(s = 1)))",
    "columns(created_at(as = epoch(s, exact = 1)))",
    "columns(created_at(as = epoch(s, exact, exact)))",
    "columns(created_at(as = timestamp(-1)))",
    "columns(created_at(as = timestamp(6, 6)))",
    "columns(created_at(as = timestamp(99999999999999999999)))",
    "columns(created_at(as = text(\"\")))",
    "columns(created_at(as = text(\"%\")))",
    "columns(created_at(as = text(\"%.\")))",
    "columns(created_at(as = text(\"%Y%Y%m%d\")))",
    "columns(metadata(as = text(json = 1)))",
    "columns(metadata(as = json(any = 1)))",
    "columns(metadata(as = text(json(json))))",
    "columns(created_at(if_null = updated_at), updated_at(if_null = created_at))",
    "columns(created_at(if_null = created_at))",
    "columns(ids(as = uuid), ids(as = i64))",
    "columns(ids)",
    "columns(times = 1)",
    "columns(times(labels(active)))",
    "columns(r#ids(r#as = r#uid))",
    "columns({})",
    "columns(id(id(id(id))))",
    "columns((id))",
    "lossy(times, times)",
    "lossy(canceled_at, canceled_at)",
    "lossy(times = 1)",
    "lossy(..)",
    "scope(\"a\" = \"\\0\" = 1)",
    "scope(\"a\" = sql(\"b\"))",
    "scope(\"\" = 1)",
    "scope(\"a\\0\" = 1)",
    "scope(\"a\" = 1, \"a\" = 2)",
    "insert(a = 1)",
    "insert(\"a\")",
    "insert(\"a\" = 1.5)",
    "insert(\"a\" = sql)",
    "insert(\"a\" = sql(\"?\", \"b\"))",
    "insert(\"a\" = sql(\"(\"))",
    "insert(\"a\" = id(id))",
    "insert(\"a\" = id(as = uuid, as = uuid))",
    "insert(\"a\" = status(as = i32))",
    "insert(\"a\" = null | 1)",
    "key(id)",
    "key(\"\")",
    "key(\"id\", \"id\")",
    "key(\"id\", where = 1)",
    "key(\"id\", where = \"a\", where = \"b\")",
    "key(\"id\", where = \"\")",
    "soft_delete(column = \"d\", column = \"e\")",
    "soft_delete(column = \"\")",
    "soft_delete(column = \"d\", as = uuid)",
    "soft_delete(column = \"d\", marked_live = 0, deleted = 0)",
    "soft_delete(column = \"d\", deleted = [])",
    "atomic(key(\"a\"), key(\"b\"))",
    "atomic(key(\"a\", where = \"'\"))",
    "atomic(lock, key(\"a\"))",
    "atomic, read_only",
    "read_only = true",
    "read_from = \"a.b.c\"",
    "read_from = view",
    "collation = binary",
    "collation = \"\"",
    "columns(id(via(table = \"t\", stores = \"a\", reads = \"b\")))",
    "columns(status(case()))",
    "columns(status(case(active = \"\", active = \"'\", active)))",
    "columns(status(case(canceled = \"now( ) < \\\"\", active)), id(case(active)))",
    "columns(status(over(\"a\", \"a\"), labels(active = (_, _), canceled = (null | 1, (1, 2)))))",
    "columns(status(over(column(), column(\"a\", as = i64(1))), labels(active)))",
    "columns(metadata(path = \"a..b\"))",
    "columns(plan_id(with = \"Codec\"))",
    "columns(plan_id(as = joined(\":\", i64, text)))",
];
