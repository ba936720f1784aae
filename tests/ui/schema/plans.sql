CREATE COLLATION folding (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE TYPE span AS ENUM ('day', 'week', 'month', 'year');
CREATE TABLE plans (
    id text COLLATE folding NOT NULL,
    provider_id text,
    name boolean NOT NULL,
    description text,
    amount integer NOT NULL,
    currency text GENERATED ALWAYS AS ('EUR') STORED,
    interval span NOT NULL,
    interval_count bigint NOT NULL,
    trial_days bigint NOT NULL,
    features jsonb NOT NULL,
    meta_data jsonb,
    active boolean NOT NULL,
    created_at timestamptz(0) NOT NULL,
    updated_at timestamptz NOT NULL,
    tenant text NOT NULL
);
