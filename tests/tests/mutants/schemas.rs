//! The stores on the tables of real systems, as they stand beside those tables.

#[path = "../schemas/cloudflare.rs"]
pub(crate) mod cloudflare;
#[path = "../schemas/lago.rs"]
pub(crate) mod lago;
#[path = "../schemas/pangolin.rs"]
pub(crate) mod pangolin;
#[path = "../schemas/rinvex.rs"]
pub(crate) mod rinvex;
// Its plans are read only.
#[allow(dead_code)]
#[path = "../schemas/vercel.rs"]
pub(crate) mod vercel;
