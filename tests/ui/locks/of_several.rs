// A row is found by one column (1 mistake)

use store_core::{BoxError, Codec, SubscriptionStore};

struct OfTenant;

impl Codec<String> for OfTenant {
    type Columns = (i64, String);

    fn encode(id: &String) -> Result<(i64, String), BoxError> {
        let (tenant, own) = id.split_once('/').ok_or("an id has a tenant before its `/`")?;
        Ok((tenant.parse()?, own.to_owned()))
    }

    fn decode((tenant, own): (i64, String)) -> Result<String, BoxError> {
        Ok(format!("{tenant}/{own}"))
    }
}

#[derive(SubscriptionStore)]
#[store(table = "subs", atomic(lock(table = "customers", column = "id")))]
#[store(columns(subscriber_id(over("tenant", "customer"), with = OfTenant)))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
