//! Every message of the derives, and nothing else: the tests hold this list against their cases.

macro_rules! messages {
    ($($name:ident($($hole:ident),*) = $text:literal;)*) => {
        $(
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
    rest_not_last() = "`..` stands at the end: nothing can follow it";
    rest_outside() = "`..` opens a set of labels, and nothing else: write `labels(active, ..)`";
    macro_call() = "macros are not expanded in attributes: write the literal itself";

    // Options.
    unknown_option(option, derive, known) = "unknown option `{option}`: `{derive}` takes {known}";
    unknown_option_near(option, near) = "unknown option `{option}`, did you mean `{near}`?";
    unknown_shared(option, known) = "unknown option `{option}`: beside sections there are {known}";
    unknown_field_option(option, known) = "unknown option `{option}` of a field: there are {known}";
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
    not_a_schema() = "`schema` takes a file or a folder of SQL: write `schema = \"migrations\"`";
    not_a_crate() = "`crate` takes the path to `store_core`: write `crate = path::to::store_core`";

    // Where fields are.
    not_columns() = "`columns` is a list: write `columns(plan_id = \"price_id\")`";
    not_absent() = "`absent` is a list of fields: write `absent(metadata)`";
    not_always() = "`always` is a list of fields with their values: write `always(active = true)`";
    not_a_field(option) = "fields of the contract are words: write them as they are, without quotes, in `{option}(..)`";
    unknown_field(field, entity, known) = "unknown field `{field}`: a {entity} has {known}";
    unknown_field_near(field, near) = "unknown field `{field}`, did you mean `{near}`?";
    not_a_column(field) = "a column is text: write `{field} = \"..\"`";
    no_letter() = "a name has at least one letter";
    absent_but_required(field) = "`{field}` can't be absent: say what it always is, in `always({field} = ..)`";
    always_but_optional(field) = "`{field}` can't always be something: where it has no column, write `absent({field})`";
    needs_column(field) = "`{field}` needs a column: write `columns({field} = \"..\")` if it has another name";
    counter_is_no_usage(field) =
        "a usage record has `{field}`, and a counter has none: keep records in a table of their own, and let a trigger \
         add them up";
    no_constant(field, example) = "`{field}` takes such a value: write `{field} = {example}`";
    unknown_word(word, field, known) = "unknown word `{word}` for `{field}`: there are {known}; text in quotes is another";
    unknown_word_near(word, field, near) =
        "unknown word `{word}` for `{field}`, did you mean `{near}`? text in quotes is another";
    first_place(field, option) = "`{field}` has its place here, in `{option}`";
    second_place(field, option) = "a field has one place: `{field}` stands in `{option}` too";
    reportable_but_absent() = "`reportable` needs `provider_reported_at`: without its column nothing tells what is reported";

    // How fields are kept.
    not_lossy() = "`lossy` is a list of times: write `lossy(times)`";
    lossy_but_no_time(field) = "`{field}` is no time: `lossy` drops only what times have no place for";
    not_a_class(class) = "`{class}` takes options for all of them: write `{class}(as = ..)`";
    unknown_inner_option(option, known) = "unknown option `{option}`: there are {known}";
    not_a_form(field, known) = "`as` takes the form in which `{field}` is kept: {known}";
    unknown_form(form, field, known) = "unknown form `{form}` for `{field}`: there are {known}";
    unknown_form_near(form, field, near) = "unknown form `{form}` for `{field}`, did you mean `{near}`?";
    form_argument(form, example) = "`{form}` takes something else in its parentheses: write `as = {example}`";
    decimal_of_currency() = "`decimal(currency)` is for `amount`: say how many digits, as in `as = decimal(2)`";
    too_many_digits(most) = "a decimal has {most} digits after its point at most";
    digits_of_decimal() =
        "a decimal has 38 digits at most, and those after its point are among them: write `as = decimal(8, 2)`";
    time_format() =
        "times are compared as this text, so it begins with the largest unit and each has one width: \
         write `text(\"%Y-%m-%d %H:%M:%S\")`";
    not_a_type() = "`type` takes the name of a type of the database: write `type = \"..\"`";
    not_a_collation() = "`collation` takes the name of a collation: write `collation = \"..\"`";
    if_null_of_optional(field) =
        "NULL is none in `{field}`: what else stands for none is said by `also_none = ..`";
    also_none_of_required(field) = "`{field}` must be something: what NULL stands for is said by `if_null = ..`";

    also_none_of_another_form() =
        "no column of this form holds this value: leave `also_none` out, or give one that it holds";
    none_twice(option) = "`{option}` says what stands for none, and `not_null` that there is none: leave one of them out";

    null_in_key(field) =
        "the column of `{field}` is in the key, and no unique key holds two NULLs for the same: leave out `if_null`";
    null_in_live_key() =
        "`atomic` rests on a unique key, and none holds two NULLs for the same: leave out `if_null`, or write \
         `atomic(lock)`";
    null_of_itself(field) =
        "where NULL is in `{field}` and in what it stands for, nothing is left: write a value, `if_null = \"..\"`";
    coarse(field, unit, exact) =
        "this form of `{field}` keeps {unit}, not microseconds: write `lossy({field})` to drop what is finer, \
         or `as = {exact}` to refuse it";
    number_without_labels(field) = "`{field}` as a number needs labels: write `labels(.. = 1, ..)`";
    text_without_labels(field) = "`{field}` as text needs labels: write `labels(true = \"..\", false = \"..\")`";
    time_or_null(form, option) =
        "`{form}` says what is NULL and what has a time: leave `{option}` out";
    time_or_null_elsewhere(form) = "`{form}` is of a field in one column of its own: write another form here";
    any_json_rewritten() =
        "`json(any)` reads values that it would write as texts: it is for usage and for stores that are `read_only`";
    no_arrays() = "only Postgres has arrays: write `as = json` or `as = list(\",\")`";
    type_on_postgres() = "only Postgres needs to be told a type: leave `type` out";
    standard_type(name, form) = "`{name}` is a type that has a form: write `as = {form}` instead of `type`";
    default_type(name) = "`{name}` is what times are kept in anyway: leave `type` out";
    type_of_no_form(name, field) = "`{name}` keeps no form of `{field}`: leave `type` out";
    type_in_quotes(name) = "in quotes Postgres knows this type by another name: write `type = \"{name}\"`";
    collation_of_no_text() = "only text has a collation: leave `collation` out";
    not_a_codec() = "`with` takes the path of a type that implements `Codec`: write `with = TrialDays`";
    beside_codec(option) = "a codec says by itself how a field is kept: leave `{option}` out, or `with`";
    codec_of_range() =
        "ranges of `recorded_at` are told apart by the database, which can't ask a codec: write a form, `as = ..`";
    codec_without_live() =
        "which rows are live the database can't ask a codec: write `status(with = .., live_sql = \"..\")`";
    not_live_sql() = "`live_sql` is a predicate of the rows that are live: write `live_sql = \"state IN (1, 2)\"`";
    live_sql_of_no_status() = "only rows of a `status` are live: leave `live_sql` out";
    live_sql_without_codec() =
        "which rows are live follows from what is stored: leave `live_sql` out, or write `status(with = .., live_sql = \"..\")`";
    null_is_coded(field) =
        "`{field}` has a codec, which the database can't ask what NULL stands for: write a value, `if_null = \"..\"`";
    generated_usage() = "usage is kept apart by ids of the caller: map `id` to a column of its own";
    two_duties() = "a value is `generated` by the database or that of a view, `view_only`: leave one of them out";
    cannot_be_generated(field) = "`{field}` can't be `generated`: only `id` and times are made by a database";
    made_on_mysql() =
        "of an id that it makes, MySQL tells only a whole number: write `id(generated, as = i64)`, or another width";
    made_in_another_form() =
        "a database makes whole numbers, UUIDs and texts: write `id(generated, as = i64)` or `id(generated, as = uuid)`";
    reportable_but_unwritten() =
        "`reportable` writes `provider_reported_at`: leave one of them out";
    atomic_of_view(field) =
        "`atomic` rests on a key of the table, which holds `{field}`: a field that only the view has can't be in it";
    shared_by_halves(field, other) =
        "`{field}` shares this column with `{other}`, and only one of them is `generated` or `view_only`: \
         give it a column of its own";
    id_of_view() = "the id can't be `view_only`: it tells which row is written";
    view_only_without_view() = "`view_only` needs a view that is read: write `read_from = \"..\"`";
    cannot_repeat(field) = "`{field}` can't repeat: only `provider_id` is looked up where several rows have it";
    count_within() = "the column of `interval` keeps the count too: leave `interval_count` out";
    shared_in_another_form(field, other) =
        "`{field}` shares this column with `{other}`, so both are kept in one form: write the same `as` for both";
    shared_by_another_kind(field, other) =
        "`{field}` can't share this column with `{other}`: their values are of different kinds";
    shared_with_codec(field, other) =
        "`{field}` shares this column with `{other}`, and a codec keeps one field: give it a column of its own";
    shared_without_writer() = "one field of a shared column writes it: leave one of them out of `lossy`";

    // Several columns.
    not_over() = "`over` lists columns: write `over(\"a\", \"b\")`, and where there is more to say `column(\"a\", as = i32)`";
    over_without_labels() = "nothing says what stands in these columns: write `labels(active = (\"..\", true))`";
    no_over(field) = "`{field}` is kept in one column: only `status`, `interval` and `active` can be told by several";
    said_of_several(option) =
        "`{option}` is of one column: with `over` it is said of each, as in `over(column(\"a\", as = i32), \"b\")`";
    null_of_several() = "NULL in one of several columns is a part of a label: write `labels(active = (\"..\", null))`";
    open_over() = "what is stored in several columns has a label: leave `..` out";
    // Values within documents.
    not_a_path() =
        "this is no path: write `path = \"a.b[0].c\"`, a key with a dot in quotes, and `$` for the document itself";
    id_within() = "rows are found by their id, so it has a column of its own: leave `path` out";
    time_within() =
        "a document has no times: write `as = epoch(us)` or `as = text(\"%Y-%m-%dT%H:%M:%S%.6fZ\")`";
    form_within(instead) = "a document has no place for this form: write `as = {instead}`";
    type_within() =
        "here `type` is that of the document: write `type = \"json\"`, or leave it out where that is of jsonb";
    collation_within() = "what lies in a document has no collation: leave `collation` out";
    generated_within() = "no database makes a value within a document: leave `generated` or `path` out";
    element_written() =
        "an element of a list is only read, since no list is made for it: write a path of keys, \
         or `read_only` for the whole store";
    whole_document(field) =
        "`$` is the document itself, and `{field}` is a value within it: write a key, `path = \"{field}\"`";
    path_beside(option) = "`path` leads into one column: leave `{option}` out";
    lies_within(other) =
        "this value would lie within `{other}`, or `{other}` within it: write a path beside that of `{other}`";
    beside_document(other) = "`{other}` lies within this document: write a `path` for this field too";
    rest_of_document() = "what else is in a document is JSON like the document: leave `as` out";
    types_of_document() = "the type of a document is said of all that lies in it: write `type = \"json\"` for each";
    key_of_document() = "this column is a document, of which nothing can be in a key";
    atomic_within() =
        "`atomic` rests on a key of subscribers, which can't lead into a document: \
         give `subscriber_id` a column of its own, or write `atomic(lock)`";

    // Columns for keys.
    no_keys(field) = "`{field}` has no keys: only `limits` and `features` can have a column for each";
    not_keys() = "`keys` lists the columns of keys: write `keys(\"seats\" = \"max_seats\")`";
    key_twice() = "this key has its column already: leave one of them out";
    keys_beside(option) = "`keys` says all columns, and only `as` goes with it: leave `{option}` out";
    form_of_features() = "a feature in a column of its own is true or false: write `as = i16`, or leave `as` out";

    // Fields kept in other tables.
    not_via() =
        "`via` names a table and two of its columns: write `via(table = \"..\", stores = \"..\", reads = \"..\")`";
    not_via_table() = "`table` takes the name of the other table: write `table = \"..\"`";
    not_via_scope() =
        "`scope` takes the column of the other table that holds the scope, or `none` where all stores share it: \
         write `scope = \"..\"` or `scope = none`";
    via_of_id() = "rows are told apart by their own id: `id` can't be kept in another table";
    via_of_word(field) =
        "`{field}` is looked for by its words: write `labels(..)` with what this table stores for each, or read a view";
    via_of_no_text(field) = "only ids and texts are kept in another table: read `{field}` from a view by `read_from`";
    via_beside(option) = "`via` and `{option}` say two things of one column: leave one of them out";
    via_of_null(field) = "`{field}` is kept in another table, so NULL stands for a value of its own: write `if_null = \"..\"`";
    via_itself() = "this is the store's own table, where each field has a column: leave `via` out";
    via_of_another(field, other) =
        "`{field}` shares this column with `{other}`, and only a store that is `read_only` can have two values of the row \
         that it leads to";
    via_without_scope() =
        "the store has a scope: write `scope = \"..\"` with the column of the other table that holds it, \
         or `scope = none` where all stores share that table";
    via_scope_of_none() = "the store has no scope that another table could have: leave `scope` out";
    via_of_scopes() =
        "the store has several scopes, and one column can't hold them: write `scope = none` with a view of the rows that are its own";

    // Fields that other columns decide.
    no_case(field) = "`{field}` is no case: only `status` and `active` follow from other columns";
    not_a_case() =
        "`case` lists values with their predicates: write `case(canceled = \"canceled_at IS NOT NULL\", active)`";
    case_without_rest() = "the last value of a `case` is the rest, without a predicate, and no other is";
    case_and(option) = "what other columns decide has no column of its own: leave `{option}` out";
    case_of_unwritten(column) =
        "no save could tell what `{column}` will have: a predicate speaks of columns that the store writes";
    case_without_live() =
        "`atomic` needs rows that are live: `active` or `trialing` is one of the values of the `case`";
    clock_in_key() =
        "no index can hold what changes with the clock: write `atomic(lock)` instead of `atomic`";

    // Labels.
    labels_of_several_kinds() = "the labels of a column are of one kind: texts, numbers, or `true` and `false`";
    labels_of_another_form() = "the labels are of another kind than this form: leave `as` out, or change the labels";
    no_labels(field) = "`{field}` has no labels: only `status`, `interval` and `active` do";
    not_labels() = "`labels` is a list: write `labels(active = \"..\", ..)`";
    not_a_label() = "a label is text, a number, `true`, `false` or `null`: write `= \"..\"`, several with `|` between them";
    not_a_truth(field) = "`{field}` is `true` or `false`: write `labels(true = \"..\", false = \"..\")`";
    not_a_meaning(field) = "this is no value of `{field}`: write one of its words, or another in quotes";
    not_a_multiple() = "this is no interval: write `month * 3`";
    word_in_quotes(word) = "`{word}` is a word of the contract: write it without quotes";
    label_out_of_range(least, most) = "this form holds numbers from {least} to {most}";
    label_too_long(most) = "this form holds {most} characters at most";
    parts_of_label(columns) = "a label has a part for each column, and here is {columns}";
    null_twice() = "`if_null` says what NULL is, and this label too: leave one of them out";
    empty_label() = "a label says something of one column at least: not every part is `_`";
    label_twice() = "this value has a label already: write all that is stored for it in one, with `|` between";
    stored_twice() = "this label is that of another value already: what is stored tells what is meant";

    // The table itself.
    not_read_from() = "`read_from` takes the name of a view: write `read_from = \"..\"`";
    not_extras(option) =
        "`{option}` is a list of columns with their values: write `{option}(\"kind\" = \"..\")`; \
         for the value of a field of the struct write `#[store({option} = \"..\")]` above that field";
    scope_is_fixed() =
        "a scope is a literal or `null` here: for a value of the store write `#[store(scope = \"..\")]` above a field of the struct";
    not_a_source() =
        "this is no value of a column: write a literal, `null`, a field of the contract, or an expression in `sql(\"..\")`";
    not_sql() = "`sql` takes one expression: write `sql(\"..\")`";
    not_a_key() = "a key is a list of columns: write `key(\"id\")`, with a predicate `key(\"id\", where = \"..\")`";
    not_soft_delete() = "`soft_delete` names the column of the mark: write `soft_delete(column = \"deleted_at\")`";
    not_a_mark(option) = "`{option}` takes a literal or `null`: write `{option} = true`";
    mark_beside_time() =
        "a delete writes the time of it, and no column has both that and this: \
         write `deleted = ..` with what deleted rows have, `as = ..` with the form of that time, \
         or leave `marked_live` out where live rows have NULL";
    marks_of_two_kinds() =
        "no column has both of these: write `marked_live = ..` and `deleted = ..` with values of one kind";
    same_mark() = "this marks a row as live and as deleted: the two must differ";
    not_atomic() =
        "`atomic` stands alone, or says what it rests on: write `atomic`, `atomic(key(\"..\"))` or `atomic(lock)`";
    atomic_on_several() = "`atomic` rests on one thing: a key, or a lock";
    not_a_lock() =
        "a lock stands alone, or names the row of a subscriber: write `lock` or `lock(table = \"customers\", column = \"id\")`";
    not_of_field(option) = "`{option}` names the column of this field: write `{option} = \"..\"`";

    optional_scope() =
        "a scope can't be none: rows without one would be found by no store; write the type without `Option`";
    column_of_field(field) = "this column keeps `{field}`, which writes it: a column has one writer";
    column_twice() = "this column has its value already: a column has one writer";
    key_holds_more(id) = "records are looked up by their id: a key holds the columns of the scope and `{id}`, and no other";
    key_column_twice() = "this column stands in the key already";
    key_without_id(id) = "the key must hold `{id}`, the column of the id";
    extension_of_read_only(option) = "`{option}` writes, and the store is `read_only`: leave one of them out";
    atomic_without_live() =
        "`atomic` needs rows that are live: give `active` or `trialing` a label, or open the set with `..`";
    instead_of_on_mysql() =
        "MySQL has no triggers on views: name the table behind it in `table`, and the view in `read_from`";
    instead_of_beside(option) = "the view of `instead_of` is read and written: leave `{option}` out";
    key_of_view() = "a view has no key, so `atomic` rests on a lock: write `atomic(lock)`";
    id_of_triggers() = "what id a trigger makes is not told: with `instead_of` leave `generated` out";
    lock_without_row() =
        "what MySQL locks by a name is not freed with its transaction, so here a row is locked: \
         write `atomic(lock(table = \"customers\", column = \"id\"))` with the table of the subscribers";
    lock_of_row_on_sqlite() = "SQLite locks no row but the whole database: write `atomic(lock)`";
    lock_of_several() =
        "a row is found by one column, and `subscriber_id` is kept in several: give it a codec of one column";
    key_leaves_out_live() =
        "rows that are live are left out of this key, so that a subscriber can have a second one: \
         write `where = \"..\"` as a key of all of them has it, or `labels(..)` with all the statuses that there are";
    atomic_of_id() =
        "`id` is in this column too, so no key is needed that keeps a subscriber to one live subscription: \
         leave `atomic` out, or give `subscriber_id` a column of its own";
    atomic_under_collation() =
        "an index holds subscribers equal that their collation or type does, and would refuse one for another: \
         write `collation`, or a type that compares so, for other columns than `subscriber_id` only";
    empty_sql() = "this expression is empty";
    open_sql_quote() = "a quote in this expression is not closed";
    sql_backslash() =
        "whether the quote after a backslash ends the text depends on the session: write the text without that backslash";
    open_sql_parenthesis() = "the parentheses of this expression don't match";
    sql_comment() = "an expression can't hold a comment: it would hide what follows";
    sql_placeholder() = "an expression can't have a placeholder: nothing is bound to it";
    sql_statement() = "this must be one expression: it can't hold a `;`";

    // Names of tables.
    empty_name() = "a table's name has at least one letter, and so has its schema's: write `table = \"schema.name\"`";
    nul_in_name() = "no database takes a NUL in a name";
    too_many_parts() =
        "a table's name has two parts at most, `\"schema.name\"`; a part that holds a dot is written in quotes, `\"\\\"a.b\\\".name\"`";
    open_quote() = "a quote in this name is not closed";
    text_after_quote() = "only a dot can follow a quoted part";
    long_name_postgres(length) = "a name has 63 bytes at most on Postgres, and this has {length}";
    long_name_mysql(length) = "a name has 64 characters at most on MySQL, and this has {length}";

    // The files of SQL: what is found in them, and after it what else to write and where it stands.
    unread_files(error) =
        "the files of SQL can't be read: {error}; the path begins at the folder of Cargo.toml";
    table_not_made(table) =
        "no statement of these files makes the table `{table}`: name one that they make, or leave `schema` out";
    table_not_made_near(table, near) =
        "no statement of these files makes the table `{table}`, did you mean `{near}`?";
    unread_statement(table, beginning, reason, place) =
        "a statement that may change `{table}` can't be read: `{beginning}` {reason} ({place})";
    column_near(finding, near, field, rest) =
        "{finding}; did you mean `{near}`? then write `columns({field} = \"{near}\")`{rest}";
    column_elsewhere(finding, field, rest) =
        "{finding}; if it has another name, write `columns({field} = \"..\")`{rest}";
    column_absent(finding, field, rest) =
        "{finding}; where there is none, write `absent({field})`{rest}";
    column_constant(finding, field, example, rest) =
        "{finding}; where it is the same in every row, write `always({field} = {example})`{rest}";
    column_to_write(finding, column, rest) =
        "{finding}; or give it a value for new rows: write `insert(\"{column}\" = ..)`{rest}";
    null_to_say(finding, field, meaning, rest) =
        "{finding}; or say what NULL is: write `columns({field}(if_null = {meaning}))`; or, where no row has it, \
         `columns({field}(not_null))`{rest}";
    null_of_no_row(finding, field, rest) = "{finding}; or, where no row has it, write `columns({field}(not_null))`{rest}";
    null_is_none(finding, field, rest) =
        "{finding}; or let NULL be none: leave `not_null` out of `{field}`{rest}";
    never_none(finding, field, rest) =
        "{finding}; where it is never none, write `columns({field}(not_null))`{rest}";
    type_to_say(finding, field, name, rest) =
        "{finding}; or name the type: write `columns({field}(type = \"{name}\"))`{rest}";
    form_to_say(finding, field, form, rest) =
        "{finding}; or say how it is kept: write `columns({field}(as = {form}))`{rest}";
    own_type_to_say(finding, own, rest) =
        "{finding}; or let the field of the struct be of a type that fits, as `{own}`{rest}";
    collation_to_say(finding, name, rest) =
        "{finding}; or say that it does: write `collation = \"{name}\"`{rest}";
    lock_to_take(finding, lock, rest) =
        "{finding}; where the table can't have it, write `{lock}`{rest}";
    repeats_to_say(finding, rest) =
        "{finding}; where several rows may have one, write `columns(provider_id(repeats))`{rest}";
    labels_to_say(finding, field, rest) =
        "{finding}; or say which there are: write `columns({field}(labels(..)))`{rest}";

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
