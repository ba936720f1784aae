CREATE TABLE subscriptions (
    id text NOT NULL,
    provider_id text,
    subscriber_id text NOT NULL,
    plan_id text NOT NULL,
    status text NOT NULL,
    current_period_start timestamptz NOT NULL,
    current_period_end timestamptz NOT NULL,
    trial_start timestamptz,
    trial_end timestamptz,
    canceled_at timestamptz,
    paused_at timestamptz,
    metadata jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX provider ON subscriptions (provider_id);
CREATE TABLE customers (
    id text PRIMARY KEY,
    org text NOT NULL
);
