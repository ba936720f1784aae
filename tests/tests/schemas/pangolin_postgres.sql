-- Postgres. The twin of `pangolin_sqlite.sql`.

CREATE TABLE orgs ("orgId" varchar(255) PRIMARY KEY);

CREATE TABLE customers (
    "customerId" varchar(255) PRIMARY KEY,
    "orgId" varchar(255) NOT NULL REFERENCES orgs ("orgId") ON DELETE CASCADE,
    email varchar(255),
    name varchar(255),
    phone varchar(50),
    address text,
    "createdAt" bigint NOT NULL,
    "updatedAt" bigint NOT NULL
);

CREATE TABLE subscriptions (
    "subscriptionId" varchar(255) PRIMARY KEY,
    "customerId" varchar(255) NOT NULL REFERENCES customers ("customerId") ON DELETE CASCADE,
    status varchar(50) NOT NULL DEFAULT 'active',
    "canceledAt" bigint,
    "createdAt" bigint NOT NULL,
    "updatedAt" bigint,
    version integer,
    "billingCycleAnchor" bigint,
    "expiresAt" bigint,
    trial boolean DEFAULT false,
    type varchar(50),
    override boolean DEFAULT false
);

CREATE TABLE "subscriptionItems" (
    "subscriptionItemId" serial PRIMARY KEY,
    "stripeSubscriptionItemId" varchar(255),
    "subscriptionId" varchar(255) NOT NULL REFERENCES subscriptions ("subscriptionId") ON DELETE CASCADE,
    "planId" varchar(255) NOT NULL,
    "priceId" varchar(255),
    "featureId" varchar(255),
    "meterId" varchar(255),
    "unitAmount" real,
    tiers text,
    "interval" varchar(50),
    "currentPeriodStart" bigint,
    "currentPeriodEnd" bigint,
    name varchar(255)
);

CREATE TABLE usage (
    "usageId" varchar(255) PRIMARY KEY,
    "featureId" varchar(255) NOT NULL,
    "orgId" varchar(255) NOT NULL REFERENCES orgs ("orgId") ON DELETE CASCADE,
    "meterId" varchar(255),
    "instantaneousValue" real,
    "latestValue" real NOT NULL,
    "previousValue" real,
    "updatedAt" bigint NOT NULL,
    "rolledOverAt" bigint,
    "nextRolloverAt" bigint
);
