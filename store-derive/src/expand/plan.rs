//! `PlanStore`.

use super::method::{Contract, Sql, Traits, Value, method, record, text};

pub(super) const TRAITS: &Traits = &Traits {
    contract: Contract {
        name: "PlanStore",
        methods: &[
            method("save_plan", &[record("plan", "Plan")], Value::Unit),
            method("get_plan", &[text("id")], Value::Of("Plan")),
            method("list_plans", &[record("filter", "PlanFilter")], Value::VecOf("Plan")),
            method("delete_plan", &[text("id")], Value::Unit),
        ],
    },
    sql: Sql { name: "SqlPlanStore", constant: "PLAN_STORE", call: "plan_call" },
    extension: None,
};
