CREATE TABLE plans (
    id text PRIMARY KEY,
    name text NOT NULL,
    description text NOT NULL,
    amount bigint NOT NULL,
    currency text NOT NULL,
    "interval" text NOT NULL,
    interval_count bigint NOT NULL,
    trial_days bigint NOT NULL,
    active boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE TABLE features (plan_id text NOT NULL REFERENCES plans, name text NOT NULL, weight bigint NOT NULL);
CREATE VIEW plans_alone AS SELECT * FROM plans;
CREATE VIEW plans_by_weight AS SELECT p.*, f.weight AS features FROM plans p JOIN features f ON f.plan_id = p.id;
-- Of this nothing is known but its name.
CREATE VIEW plans_of_any_kind AS WITH f AS (SELECT * FROM features) SELECT * FROM plans JOIN f ON true;
