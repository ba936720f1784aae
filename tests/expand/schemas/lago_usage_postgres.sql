-- insert: own value 0, id, subscription_id, metric, quantity, recorded_at, metadata
INSERT INTO "events" ("organization_id", "transaction_id", "external_subscription_id", "code", "properties", "timestamp", "metadata", "created_at", "updated_at", "deleted_at") VALUES ($1::uuid, $2, $3, $4, jsonb_build_object('value', $5::jsonb), $6::timestamp, $7, (now() AT TIME ZONE 'UTC'), (now() AT TIME ZONE 'UTC'), NULL) ON CONFLICT ("organization_id", "external_subscription_id", "transaction_id") DO NOTHING;

-- sum in a range: own value 0, subscription_id, metric, from, to
SELECT COALESCE(SUM(quantity), 0)::text, COUNT(*) - COUNT(quantity) FROM (SELECT CASE WHEN quantity ~ '^-?(0|[1-9][0-9]*)$' AND quantity <> '-0' THEN quantity::numeric END AS quantity FROM (SELECT ("properties" ->> 'value') AS quantity FROM "events" WHERE "organization_id" = $1::uuid AND "external_subscription_id" = $2 AND "code" = $3 AND "timestamp" >= $4::timestamp AND "timestamp" <= $5::timestamp AND "deleted_at" IS NULL) AS texts) AS quantities;

-- list in a range: own value 0, subscription_id, from, to
SELECT "transaction_id", "external_subscription_id", "code", "properties", "timestamp", "metadata" FROM "events" WHERE "organization_id" = $1::uuid AND "external_subscription_id" = $2 AND "timestamp" >= $3::timestamp AND "timestamp" <= $4::timestamp AND "deleted_at" IS NULL ORDER BY "timestamp", "transaction_id" COLLATE "C";

-- the table
CREATE TABLE IF NOT EXISTS "events" (
    "organization_id" UUID NOT NULL,
    "transaction_id" TEXT COLLATE "C" NOT NULL,
    "external_subscription_id" TEXT COLLATE "C" NOT NULL,
    "code" TEXT COLLATE "C" NOT NULL,
    "properties" JSONB NOT NULL,
    "timestamp" TIMESTAMP(6) NOT NULL,
    "metadata" JSONB NOT NULL,
    "created_at" TEXT COLLATE "C",
    "updated_at" TEXT COLLATE "C",
    "deleted_at" TIMESTAMP(6),
    PRIMARY KEY ("organization_id", "external_subscription_id", "transaction_id")
);
CREATE INDEX IF NOT EXISTS "events_sum_idx" ON "events" ("organization_id", "external_subscription_id", "code", "timestamp");
CREATE INDEX IF NOT EXISTS "events_recorded_idx" ON "events" ("organization_id", "external_subscription_id", "timestamp", "transaction_id");
