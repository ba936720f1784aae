-- Postgres. A billing engine for many organizations, of which these are the tables that plans, subscriptions and usage are in.

CREATE TYPE plan_pricing_type AS ENUM ('legacy', 'product_catalog');
CREATE TYPE payment_method_types AS ENUM ('provider', 'manual');
CREATE TYPE subscription_cancelation_reasons AS ENUM ('payment_failed', 'timeout');
CREATE TYPE subscription_cancellation_reasons AS ENUM ('payment_failed', 'timeout');
CREATE TYPE subscription_on_termination_credit_note AS ENUM ('credit', 'skip', 'refund', 'offset');
CREATE TYPE subscription_on_termination_invoice AS ENUM ('generate', 'skip');

CREATE TABLE organizations (id uuid PRIMARY KEY);
CREATE TABLE customers (id uuid PRIMARY KEY);

CREATE TABLE plans (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    organization_id uuid NOT NULL REFERENCES organizations,
    name varchar NOT NULL,
    created_at timestamp(6) NOT NULL,
    updated_at timestamp(6) NOT NULL,
    code varchar NOT NULL,
    "interval" integer,
    description varchar,
    amount_cents bigint,
    amount_currency varchar NOT NULL,
    trial_period double precision,
    pay_in_advance boolean DEFAULT false,
    bill_charges_monthly boolean,
    invoice_display_name varchar,
    bill_fixed_charges_monthly boolean DEFAULT false,
    parent_id uuid REFERENCES plans,
    deleted_at timestamp(6),
    pending_deletion boolean NOT NULL DEFAULT false,
    pricing_type plan_pricing_type NOT NULL DEFAULT 'legacy',
    CONSTRAINT legacy_plans_are_complete CHECK (
        pricing_type <> 'legacy'
        OR "interval" IS NOT NULL AND amount_cents IS NOT NULL AND pay_in_advance IS NOT NULL
    )
);
CREATE UNIQUE INDEX plans_code ON plans (organization_id, code) WHERE deleted_at IS NULL AND parent_id IS NULL;
CREATE INDEX plans_fixed_charges ON plans (bill_fixed_charges_monthly)
    WHERE deleted_at IS NULL AND bill_fixed_charges_monthly IS TRUE;
CREATE INDEX plans_live_codes ON plans (organization_id, code) WHERE deleted_at IS NULL;
CREATE INDEX plans_live_names ON plans (organization_id, name) WHERE deleted_at IS NULL;

CREATE TABLE subscriptions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    customer_id uuid NOT NULL REFERENCES customers,
    plan_id uuid NOT NULL REFERENCES plans,
    status integer NOT NULL,
    canceled_at timestamp,
    terminated_at timestamp,
    started_at timestamp,
    created_at timestamp(6) NOT NULL,
    updated_at timestamp(6) NOT NULL,
    previous_subscription_id uuid,
    name varchar,
    external_id varchar NOT NULL,
    billing_time integer NOT NULL DEFAULT 0,
    subscription_at timestamp(6),
    ending_at timestamp(6),
    trial_ended_at timestamp(6),
    organization_id uuid NOT NULL REFERENCES organizations,
    on_termination_credit_note subscription_on_termination_credit_note,
    on_termination_invoice subscription_on_termination_invoice NOT NULL DEFAULT 'generate',
    payment_method_id uuid,
    payment_method_type payment_method_types NOT NULL DEFAULT 'provider',
    skip_invoice_custom_sections boolean NOT NULL DEFAULT false,
    last_received_event_on date,
    progressive_billing_disabled boolean NOT NULL DEFAULT false,
    consolidate_invoice boolean NOT NULL DEFAULT true,
    skip_daily_usage boolean NOT NULL DEFAULT false,
    cancelation_reason subscription_cancelation_reasons,
    cancellation_reason subscription_cancellation_reasons,
    incompleted_at timestamp(6),
    activated_at timestamp(6),
    billing_entity_id uuid,
    purchase_order_number varchar,
    billing_anchor_date date
);
CREATE INDEX subscriptions_started ON subscriptions (plan_id, status) WHERE status IN (0, 1);
CREATE INDEX subscriptions_ending ON subscriptions (ending_at) WHERE status = 1 AND ending_at IS NOT NULL;
CREATE INDEX subscriptions_without_events ON subscriptions (id) WHERE last_received_event_on IS NULL;

CREATE TABLE events (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    organization_id uuid NOT NULL,
    customer_id uuid,
    transaction_id varchar NOT NULL,
    code varchar NOT NULL,
    properties jsonb NOT NULL DEFAULT '{}',
    "timestamp" timestamp,
    created_at timestamp(6) NOT NULL,
    updated_at timestamp(6) NOT NULL,
    metadata jsonb NOT NULL DEFAULT '{}',
    subscription_id uuid,
    deleted_at timestamp(6),
    external_customer_id varchar,
    external_subscription_id varchar,
    precise_total_amount_cents numeric(40, 15),
    UNIQUE (organization_id, external_subscription_id, transaction_id)
);
CREATE INDEX events_of_subscription ON events (external_subscription_id, organization_id, "timestamp", code)
    WHERE deleted_at IS NULL;
