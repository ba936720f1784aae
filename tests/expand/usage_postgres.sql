-- insert: id, subscription_id, metric, quantity, recorded_at, metadata, provider_reported_at
INSERT INTO "usage_records" ("id", "subscription_id", "metric", "quantity", "recorded_at", "metadata", "provider_reported_at") VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT ("id") DO NOTHING;

-- sum in a range: subscription_id, metric, from, to
SELECT COALESCE(SUM("quantity"), 0)::text FROM "usage_records" WHERE "subscription_id" = $1 AND "metric" = $2 AND "recorded_at" >= $3 AND "recorded_at" < $4;

-- list in a range: subscription_id, from, to
SELECT "id", "subscription_id", "metric", "quantity", "recorded_at", "metadata", "provider_reported_at" FROM "usage_records" WHERE "subscription_id" = $1 AND "recorded_at" >= $2 AND "recorded_at" < $3 ORDER BY "recorded_at", "id" COLLATE "C";

-- list what is unreported: limit
SELECT "id", "subscription_id", "metric", "quantity", "recorded_at", "metadata", "provider_reported_at" FROM "usage_records" WHERE "provider_reported_at" IS NULL ORDER BY "recorded_at", "id" COLLATE "C" LIMIT $1;

-- mark as reported: provider_reported_at, id
UPDATE "usage_records" SET "provider_reported_at" = $1 WHERE "id" = $2;

-- the table
CREATE TABLE IF NOT EXISTS "usage_records" (
    "id" TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    "subscription_id" TEXT COLLATE "C" NOT NULL,
    "metric" TEXT COLLATE "C" NOT NULL,
    "quantity" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ NOT NULL,
    "metadata" JSONB NOT NULL,
    "provider_reported_at" TIMESTAMPTZ
);
CREATE INDEX IF NOT EXISTS "usage_records_sum_idx" ON "usage_records" ("subscription_id", "metric", "recorded_at") INCLUDE ("quantity");
CREATE INDEX IF NOT EXISTS "usage_records_recorded_idx" ON "usage_records" ("subscription_id", "recorded_at", "id");
CREATE INDEX IF NOT EXISTS "usage_records_unreported_idx" ON "usage_records" ("recorded_at", "id") WHERE "provider_reported_at" IS NULL;
