// `optional_scope`: the type without `Option`. What can't be bound: a type with `Type` and `Encode`.

use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::sqlite::{SqliteArgumentsBuffer, SqliteTypeInfo};
use sqlx::{Encode, Sqlite, Type};
use store_core::PlanStore;

struct Tenant(String);

impl Type<Sqlite> for Tenant {
    fn type_info() -> SqliteTypeInfo {
        <String as Type<Sqlite>>::type_info()
    }
}

impl Encode<'_, Sqlite> for Tenant {
    fn encode_by_ref(&self, buffer: &mut SqliteArgumentsBuffer) -> Result<IsNull, BoxDynError> {
        <String as Encode<Sqlite>>::encode_by_ref(&self.0, buffer)
    }
}

#[derive(PlanStore)]
#[store(table = "plans")]
struct Plans {
    pool: sqlx::SqlitePool,
    #[store(scope = "tenant")]
    tenant: Tenant,
    #[store(scope = "region")]
    region: String,
    #[store(insert = "made_by")]
    maker: String,
    #[store(write = "changed_by")]
    changer: String,
}

#[derive(PlanStore)]
#[store(table = "plans")]
struct Unique {
    pool: sqlx::PgPool,
    #[store(scope(column = "tenant", type = "uuid"))]
    tenant: String,
}

pub(crate) fn main() {}
