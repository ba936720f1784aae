-- sum in a range: own value 0, subscription_id, metric, from, to
SELECT COALESCE(SUM(quantity), 0)::text, COUNT(*) - COUNT(quantity) FROM (SELECT CASE WHEN "quantity" ~ '^-?(0|[1-9][0-9]*)$' AND "quantity" <> '-0' THEN "quantity"::numeric END AS quantity FROM "counted_events" WHERE "organization_id" = $1::uuid AND "external_subscription_id" = $2 AND "code" = $3 AND "timestamp" >= $4 AND "timestamp" <= $5) AS quantities;

-- list in a range: own value 0, subscription_id, from, to
SELECT "transaction_id", "external_subscription_id", "code", "quantity", "timestamp", "metadata" FROM "counted_events" WHERE "organization_id" = $1::uuid AND "external_subscription_id" = $2 AND "timestamp" >= $3 AND "timestamp" <= $4 ORDER BY "timestamp", "transaction_id" COLLATE "C";

-- the table
CREATE TABLE IF NOT EXISTS "counted_events" (
    "organization_id" UUID NOT NULL,
    "transaction_id" TEXT COLLATE "C" NOT NULL,
    "external_subscription_id" TEXT COLLATE "C" NOT NULL,
    "code" TEXT COLLATE "C" NOT NULL,
    "quantity" TEXT COLLATE "C" NOT NULL,
    "timestamp" TIMESTAMP(6) NOT NULL,
    "metadata" JSONB NOT NULL,
    PRIMARY KEY ("organization_id", "transaction_id")
);
CREATE INDEX IF NOT EXISTS "counted_events_sum_idx" ON "counted_events" ("organization_id", "external_subscription_id", "code", "timestamp") INCLUDE ("quantity");
CREATE INDEX IF NOT EXISTS "counted_events_recorded_idx" ON "counted_events" ("organization_id", "external_subscription_id", "timestamp", "transaction_id");
