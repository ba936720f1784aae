// Whether there is a time says it all, and in a column of the field's own (9 mistakes)

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans", columns(active(column = "archived_at", as = is_null(i64))))]
struct Numbered {
    pool: sqlx::PgPool,
}

#[derive(PlanStore)]
#[store(table = "plans", columns(active(column = "archived_at", as = is_set(timestamp(0, exact)))))]
struct Exact {
    pool: sqlx::PgPool,
}

#[derive(PlanStore)]
#[store(table = "plans")]
#[store(columns(active(column = "archived_at", as = is_null, labels(true = null), if_null = true)))]
struct Labelled {
    pool: sqlx::PgPool,
}

#[derive(PlanStore)]
#[store(table = "plans", columns(active(column = "data", path = "archived", as = is_null(epoch(s)))))]
struct Within {
    pool: sqlx::PgPool,
}

#[derive(PlanStore)]
#[store(table = "plans", write("archived_at" = active(as = is_null)))]
#[store(columns(active(over("gone", column("archived_at", as = is_null)), labels(true = (false, null)))))]
struct Several {
    pool: sqlx::PgPool,
}

#[derive(PlanStore)]
#[store(table = "plans", columns(created_at(as = is_set)))]
struct Times {
    pool: sqlx::PgPool,
}

#[derive(PlanStore)]
#[store(table = "plans", columns(active(column = "archived_at", as = is_nul)))]
struct Misspelt {
    pool: sqlx::PgPool,
}

fn main() {}
