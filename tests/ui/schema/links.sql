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
CREATE TABLE accounts (
    number bigint PRIMARY KEY,
    name text NOT NULL UNIQUE
);
CREATE TABLE seats (
    id text NOT NULL PRIMARY KEY,
    subscriber_id text NOT NULL,
    offer text NOT NULL COLLATE NOCASE,
    status text NOT NULL,
    current_period_start text NOT NULL,
    current_period_end text NOT NULL,
    trial_start text,
    trial_end text,
    canceled_at text,
    paused_at text,
    created_at text NOT NULL,
    updated_at text NOT NULL
);
CREATE TABLE offers (
    key text NOT NULL PRIMARY KEY,
    name text NOT NULL UNIQUE
);
