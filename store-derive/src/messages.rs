//! Every message of the derives, and nothing else: the tests hold this list against their cases.

macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident($($hole:ident),*) = $text:literal;)*) => {
        $(
            $(#[$doc])*
            pub(crate) fn $name($($hole: &str),*) -> String {
                format!($text)
            }
        )*

        /// The name and the text of every message.
        #[cfg(test)]
        #[allow(dead_code, reason = "read where this file is included by the tests of the workspace")]
        pub(crate) const ALL: &[(&str, &str)] = &[$((stringify!($name), $text)),*];
    };
}

messages! {
    // What can't be read at all.
    not_a_list() = "options stand in parentheses: write `#[store(table = \"subscriptions\")]`";
    not_an_option() = "this is not an option: write its name first, as in `table = \"subscriptions\"`";
    no_comma() = "a comma is missing: options are separated by `,`";
    no_value() = "the value is missing after `=`";
    not_a_value() = "this is not a value: write a literal or a path";
    macro_call() = "macros are not expanded in attributes: write the literal itself";

    // Options.
    unknown_option(option, derive, known) = "unknown option `{option}`: `{derive}` takes {known}";
    unknown_option_near(option, near) = "unknown option `{option}`, did you mean `{near}`?";
    unknown_shared(option, known) = "unknown option `{option}`: beside sections there are {known}";
    unknown_field_option(option) =
        "unknown option `{option}` of a field: write `#[store(pool)]` on the field that holds the pool";
    option_of_struct(option) = "`{option}` is an option of the struct: write it in `#[store(..)]` above the struct";
    option_of_field() = "`pool` marks a field: write `#[store(pool)]` above the field that holds the pool";
    option_of_other(option, derive, own) = "`{option}` is no option of `{derive}`, which takes {own}";
    duplicate_option(option) = "duplicate option `{option}`: it may be given once";
    missing_table(table) = "missing option `table`: write `#[store(table = \"{table}\")]`";
    missing_table_in_section(section, table) = "missing option `table`: write `{section}(table = \"{table}\")`";

    // Sections.
    missing_section(section, derive, table) =
        "missing section `{section}` for `{derive}`: write `{section}(table = \"{table}\")`";
    outside_of_sections(option) =
        "`{option}` stands outside of the sections: write it in `plan(..)`, `subscription(..)` or `usage(..)`";
    inside_of_section(option) = "`{option}` is shared by all derives: write it outside of the sections";
    not_a_section(section) = "`{section}` is a section: write `{section}(table = \"..\")`";

    // Values.
    not_a_word_alone(option) = "`{option}` stands alone: write `{option}`";
    not_a_table() = "`table` takes text: write `table = \"..\"`";
    not_a_database() = "`database` takes a word: write `database = sqlite`, `database = postgres` or `database = mysql`";
    unknown_database(word, known) = "unknown database `{word}`: there are {known}";
    unknown_database_near(word, near) = "unknown database `{word}`, did you mean `{near}`?";
    not_a_crate() = "`crate` takes the path to `store_core`: write `crate = path::to::store_core`";

    // Where fields are.
    not_columns() = "`columns` is a list: write `columns(plan_id = \"price_id\")`";
    not_absent() = "`absent` is a list of fields: write `absent(metadata)`";
    not_always() = "`always` is a list of fields with their values: write `always(active = true)`";
    not_a_field(option) = "fields of the contract are words: write them as they are, without quotes, in `{option}(..)`";
    unknown_field(field, entity, known) = "unknown field `{field}`: a {entity} has {known}";
    unknown_field_near(field, near) = "unknown field `{field}`, did you mean `{near}`?";
    not_a_column(field) = "a column is text: write `{field} = \"..\"`";
    empty_column() = "a column's name has at least one letter";
    absent_but_required(field) = "`{field}` can't be absent: say what it always is, in `always({field} = ..)`";
    always_but_optional(field) = "`{field}` can't always be something: where it has no column, write `absent({field})`";
    needs_column(field) = "`{field}` needs a column: write `columns({field} = \"..\")` if it has another name";
    no_constant(field, example) = "`{field}` takes such a value: write `{field} = {example}`";
    unknown_word(word, field, known) = "unknown word `{word}` for `{field}`: there are {known}; text in quotes is another";
    unknown_word_near(word, field, near) = "unknown word `{word}` for `{field}`, did you mean `{near}`?";
    first_place(field, option) = "`{field}` has its place here, in `{option}`";
    second_place(field, option) = "a field has one place: `{field}` stands in `{option}` too";
    reportable_but_absent() = "`reportable` needs `provider_reported_at`: without its column nothing tells what is reported";

    // Names of tables.
    empty_name() = "a table's name has at least one letter, and so has its schema's: write `table = \"schema.name\"`";
    nul_in_name() = "no database takes a NUL in a name";
    too_many_parts() =
        "a table's name has two parts at most, `\"schema.name\"`; a part that holds a dot is written in quotes, `\"\\\"a.b\\\".name\"`";
    open_quote() = "a quote in this name is not closed";
    text_after_quote() = "only a dot can follow a quoted part";
    long_name_postgres(length) = "a name has 63 bytes at most on Postgres, and this has {length}";
    long_name_mysql(length) = "a name has 64 characters at most on MySQL, and this has {length}";

    // The struct and its pool.
    not_a_struct(shape) = "a store is a struct that holds its pool, not {shape}";
    no_field() = "a store holds its pool: add a field `pool: sqlx::SqlitePool`, `sqlx::PgPool` or `sqlx::MySqlPool`";
    which_pool() = "which field holds the pool? name it `pool`, or write `#[store(pool)]` above it";
    second_pool() = "a second pool: a store has one";
    unknown_pool() =
        "this type does not name its database: write `sqlx::SqlitePool`, `sqlx::PgPool` or `sqlx::MySqlPool`, \
         or say `database = sqlite`, `database = postgres` or `database = mysql` in `#[store(..)]`";
    generic_pool() =
        "the SQL is made for one database when the struct is compiled, so the pool can't be generic: \
         write `sqlx::SqlitePool`, `sqlx::PgPool` or `sqlx::MySqlPool`";
    any_pool() =
        "the SQL is made for one database when the struct is compiled, so the pool can't be one of any: \
         write `sqlx::SqlitePool`, `sqlx::PgPool` or `sqlx::MySqlPool`";
    feature_off(feature) =
        "the feature `{feature}` of `store-core` is off: in Cargo.toml write `features = [\"{feature}\"]` for `store-core`";
}

/// Words in a row, each as code: `` `a`, `b` ``.
pub(crate) fn list<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
