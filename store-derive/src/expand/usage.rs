//! `UsageStore`, and with `reportable` its extension.

use super::method::{Contract, Extension, Sql, Traits, Value, count, method, record, text, time};

pub(super) const TRAITS: &Traits = &Traits {
    contract: Contract {
        name: "UsageStore",
        methods: &[
            method("save_usage_record", &[record("record", "UsageRecord")], Value::Unit),
            method(
                "sum_usage",
                &[text("subscription_id"), text("metric"), time("from"), time("to")],
                Value::I64,
            ),
            method(
                "list_usage_records",
                &[text("subscription_id"), time("from"), time("to")],
                Value::VecOf("UsageRecord"),
            ),
        ],
    },
    sql: Sql { name: "SqlUsageStore", constant: "USAGE_STORE", call: "usage_call" },
    extension: Some(Extension {
        contract: Contract {
            name: "ReportableUsageStore",
            methods: &[
                method("list_unreported_usage", &[count("limit")], Value::VecOf("UsageRecord")),
                method("mark_usage_reported", &[text("id"), time("reported_at")], Value::Unit),
            ],
        },
        sql: "SqlReportableUsageStore",
        finder: "as_reportable",
    }),
};
