CREATE COLLATION folding (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE TABLE narrow (
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
CREATE UNIQUE INDEX narrow_provider ON narrow (provider_id);
CREATE UNIQUE INDEX narrow_live ON narrow (subscriber_id) WHERE status = 'active';
CREATE TABLE wide (
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
CREATE UNIQUE INDEX wide_provider ON wide (provider_id);
CREATE UNIQUE INDEX wide_live ON wide (subscriber_id) WHERE status IN ('active', 'trialing', 'paused');
CREATE TABLE unproven (
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
CREATE UNIQUE INDEX unproven_provider ON unproven (provider_id);
CREATE UNIQUE INDEX unproven_live ON unproven (subscriber_id) WHERE lower(status) = 'active';
CREATE TABLE worded (
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
CREATE UNIQUE INDEX worded_provider ON worded (provider_id);
CREATE UNIQUE INDEX worded_live ON worded (subscriber_id) WHERE status IN ('active', 'trialing') AND subscriber_id IS NOT NULL;
CREATE TABLE folded (
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
CREATE UNIQUE INDEX folded_provider ON folded (provider_id COLLATE folding);
CREATE UNIQUE INDEX folded_live ON folded (subscriber_id) WHERE status IN ('active', 'trialing');
CREATE TABLE later (
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
    PRIMARY KEY (id),
    UNIQUE (provider_id) DEFERRABLE
);
CREATE UNIQUE INDEX later_live ON later (subscriber_id) WHERE status IN ('active', 'trialing');
CREATE TABLE nulls (
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
    PRIMARY KEY (id),
    UNIQUE NULLS NOT DISTINCT (provider_id)
);
CREATE UNIQUE INDEX nulls_live ON nulls (subscriber_id) WHERE status IN ('active', 'trialing');
CREATE VIEW seen AS SELECT * FROM narrow;
CREATE TABLE numbered (
    id bigserial,
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
CREATE UNIQUE INDEX numbered_provider ON numbered (provider_id);
CREATE UNIQUE INDEX numbered_live ON numbered (subscriber_id) WHERE status IN ('active', 'trialing');
CREATE EXTENSION citext;
CREATE DOMAIN email AS citext CHECK (value LIKE '%@%');
CREATE TABLE caseless (
    id citext NOT NULL,
    provider_id text,
    subscriber_id email NOT NULL,
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
CREATE UNIQUE INDEX caseless_provider ON caseless (provider_id);
CREATE UNIQUE INDEX caseless_live ON caseless (subscriber_id) WHERE status IN ('active', 'trialing');
