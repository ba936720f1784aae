-- SQLite. The licences of a tunnelling service; `pangolin_postgres.sql` is the same on Postgres.

CREATE TABLE orgs ("orgId" TEXT PRIMARY KEY);

CREATE TABLE customers (
    "customerId" TEXT PRIMARY KEY NOT NULL,
    "orgId" TEXT NOT NULL REFERENCES orgs ("orgId") ON DELETE CASCADE,
    email TEXT,
    name TEXT,
    phone TEXT,
    address TEXT,
    "createdAt" INTEGER NOT NULL,
    "updatedAt" INTEGER NOT NULL
);

CREATE TABLE subscriptions (
    "subscriptionId" TEXT PRIMARY KEY NOT NULL,
    "customerId" TEXT NOT NULL REFERENCES customers ("customerId") ON DELETE CASCADE,
    status TEXT NOT NULL DEFAULT 'active',
    "canceledAt" INTEGER,
    "createdAt" INTEGER NOT NULL,
    "updatedAt" INTEGER,
    version INTEGER,
    "billingCycleAnchor" INTEGER,
    "expiresAt" INTEGER,
    trial INTEGER DEFAULT 0,
    type TEXT,
    override INTEGER DEFAULT 0
);

CREATE TABLE "subscriptionItems" (
    "subscriptionItemId" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "stripeSubscriptionItemId" TEXT,
    "subscriptionId" TEXT NOT NULL REFERENCES subscriptions ("subscriptionId") ON DELETE CASCADE,
    "planId" TEXT NOT NULL,
    "priceId" TEXT,
    "featureId" TEXT,
    "meterId" TEXT,
    "unitAmount" REAL,
    tiers TEXT,
    "interval" TEXT,
    "currentPeriodStart" INTEGER,
    "currentPeriodEnd" INTEGER,
    name TEXT
);

CREATE TABLE usage (
    "usageId" TEXT PRIMARY KEY NOT NULL,
    "featureId" TEXT NOT NULL,
    "orgId" TEXT NOT NULL REFERENCES orgs ("orgId") ON DELETE CASCADE,
    "meterId" TEXT,
    "instantaneousValue" REAL,
    "latestValue" REAL NOT NULL,
    "previousValue" REAL,
    "updatedAt" INTEGER NOT NULL,
    "rolledOverAt" INTEGER,
    "nextRolloverAt" INTEGER
);
