//! Stores of which codecs keep the fields.

macro_rules! stores {
    ($module:ident, $pool:ident) => {
        pub(crate) mod $module {
            use store_core::{PlanStore, SubscriptionStore, UsageStore};

            use crate::codecs;

            #[derive(PlanStore)]
            #[store(table = "plans")]
            #[store(columns(
                                id(column = "no", with = codecs::PlanNumber),
                                provider_id(with = codecs::Reversed),
                                name(with = codecs::Reversed),
                                amount(column = "price", with = codecs::BigEndian),
                                interval(with = codecs::Letter),
                                interval_count(with = codecs::Shifted),
                                trial_days(column = "trial_weeks", with = codecs::Weeks),
                                features(with = codecs::Counted),
                                limits(with = codecs::Counted),
                                metadata(with = codecs::Counted),
                                active(column = "on_sale", with = codecs::YesNo),
                                created_at(with = codecs::Local),
                            ))]
            pub(crate) struct Plans {
                pub(crate) pool: sqlx::$pool,
            }

            /// Beside columns of plain forms.
            #[derive(PlanStore)]
            #[store(table = "offers", absent(features, limits, metadata))]
            #[store(columns(
                amount(column = "halves", with = codecs::Halves),
                active(column = "archived", with = codecs::Not),
                description(with = codecs::Reversed),
                trial_days(over("trial_period", "trial_interval"), with = codecs::TrialDays),
            ))]
            pub(crate) struct Offers {
                pub(crate) pool: sqlx::$pool,
            }

            #[derive(SubscriptionStore)]
            #[store(table = "subscriptions", atomic)]
            #[store(columns(
                                id(with = codecs::Utf16),
                                subscriber_id(with = codecs::Reversed),
                                plan_id(with = codecs::PlanNumber),
                                status(column = "state", with = codecs::State, live_sql = "state IN (1, 2)"),
                                trial_end(column = "trial_last_day", with = codecs::LastDay),
                                paused_at(with = codecs::Instant),
                            ))]
            pub(crate) struct Subscriptions {
                pub(crate) pool: sqlx::$pool,
            }

            /// Ids of several columns.
            #[derive(SubscriptionStore)]
            #[store(table = "memberships", atomic)]
            #[store(columns(
                id(over("tenant_no", "no"), with = codecs::OfTenant),
                provider_id(over("provider_no", "provider_ref"), with = codecs::OfTenant),
                subscriber_id(over("member_tenant", "member"), with = codecs::OfTenant),
                plan_id(with = codecs::Reversed),
            ))]
            pub(crate) struct Memberships {
                pub(crate) pool: sqlx::$pool,
            }

            #[derive(UsageStore)]
            #[store(table = "usage_records", reportable)]
            #[store(columns(
                                id(with = codecs::Reversed),
                                subscription_id(with = codecs::Utf16),
                                metric(with = codecs::Reversed),
                                quantity(with = codecs::Digits),
                                provider_reported_at(with = codecs::Instant),
                            ))]
            pub(crate) struct Usage {
                pub(crate) pool: sqlx::$pool,
            }
        }
    };
}

stores!(on_sqlite, SqlitePool);
stores!(on_postgres, PgPool);
stores!(on_mysql, MySqlPool);

/// An enum of Postgres, which its driver doesn't know.
#[derive(store_core::SubscriptionStore)]
#[store(table = "subscriptions", atomic)]
#[store(columns(status(with = crate::codecs::Word, type = "state", live_sql = "status IN ('ACTIVE', 'TRIALING')")))]
pub(crate) struct Enumerated {
    pub(crate) pool: sqlx::PgPool,
}
