//! The stores on the tables of real systems, with the keys that verification asks for, and records that fit them.

pub(crate) mod cloudflare;
pub(crate) mod lago;
pub(crate) mod pangolin;
pub(crate) mod rinvex;
pub(crate) mod vercel;

use chrono::{DateTime, Utc};
use sqlx::types::Uuid;

fn uuid(number: usize) -> String {
    Uuid::from_u128(number as u128).to_string()
}

/// What a period without an end has in the place of one.
fn never_ending() -> DateTime<Utc> {
    "9999-12-31T23:59:59Z".parse().expect("a time is well written")
}
