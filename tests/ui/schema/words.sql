CREATE TABLE plans (
    id text PRIMARY KEY,
    provider_id text UNIQUE,
    name text NOT NULL,
    description text NOT NULL,
    amount bigint NOT NULL,
    currency text NOT NULL,
    interval varchar(4) NOT NULL,
    interval_count bigint NOT NULL,
    trial_days bigint NOT NULL,
    features jsonb NOT NULL,
    limits jsonb NOT NULL,
    active boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
