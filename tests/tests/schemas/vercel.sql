-- Postgres. Products, prices and subscriptions as a webhook copies them from the payment provider.

-- For this test; the real users are those of the login service, in a schema of their own.
CREATE TABLE users (id uuid PRIMARY KEY);

CREATE TYPE pricing_type AS ENUM ('one_time', 'recurring');
CREATE TYPE pricing_plan_interval AS ENUM ('day', 'week', 'month', 'year');
CREATE TYPE subscription_status AS ENUM (
    'trialing', 'active', 'canceled', 'incomplete', 'incomplete_expired', 'past_due', 'unpaid', 'paused'
);

CREATE TABLE products (
    id text PRIMARY KEY,
    active boolean,
    name text,
    description text,
    image text,
    metadata jsonb
);

CREATE TABLE prices (
    id text PRIMARY KEY,
    product_id text REFERENCES products,
    active boolean,
    description text,
    unit_amount bigint,
    currency text CHECK (char_length(currency) = 3),
    type pricing_type,
    "interval" pricing_plan_interval,
    interval_count integer,
    trial_period_days integer,
    metadata jsonb
);

CREATE TABLE subscriptions (
    id text PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users,
    status subscription_status,
    metadata jsonb,
    price_id text REFERENCES prices,
    quantity integer,
    cancel_at_period_end boolean,
    created timestamptz NOT NULL DEFAULT now(),
    current_period_start timestamptz NOT NULL DEFAULT now(),
    current_period_end timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz DEFAULT now(),
    cancel_at timestamptz DEFAULT now(),
    canceled_at timestamptz DEFAULT now(),
    trial_start timestamptz DEFAULT now(),
    trial_end timestamptz DEFAULT now()
);

ALTER TABLE products ENABLE ROW LEVEL SECURITY;
ALTER TABLE prices ENABLE ROW LEVEL SECURITY;
ALTER TABLE subscriptions ENABLE ROW LEVEL SECURITY;

-- Ours: a plan is a price with the product that it is of. A price in tiers has no amount of its own, and is no plan.
CREATE VIEW plans AS
SELECT
    prices.id,
    products.name,
    prices.description,
    prices.unit_amount,
    prices.currency,
    prices.type,
    prices."interval",
    prices.interval_count,
    prices.trial_period_days,
    prices.metadata,
    (prices.active AND products.active) IS TRUE AS active
FROM prices JOIN products ON products.id = prices.product_id
WHERE prices.unit_amount IS NOT NULL;
