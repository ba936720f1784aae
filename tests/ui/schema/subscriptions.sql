CREATE TYPE state AS ENUM ('active', 'canceled', 'odd');
CREATE TABLE subscriptions (
    id text PRIMARY KEY,
    provider_id text NOT NULL UNIQUE,
    subscriber_id text NOT NULL,
    plan_id varchar(20) NOT NULL CHECK (plan_id <> ''),
    status state NOT NULL,
    current_period_start timestamptz NOT NULL,
    current_period_end timestamptz NOT NULL,
    trial_start timestamptz,
    trial_end timestamptz NOT NULL,
    canceled_at timestamptz,
    paused_at timestamptz,
    metadata jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    kind integer NOT NULL DEFAULT 0,
    ended_at timestamptz NOT NULL DEFAULT now(),
    copy text GENERATED ALWAYS AS (upper(id)) STORED
);
