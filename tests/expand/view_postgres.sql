-- save: id, provider_id, name, description, amount, currency, interval, interval_count, trial_days, active, created_at
INSERT INTO "plans" ("id", "provider_id", "name", "description", "amount", "currency", "interval", "interval_count", "trial_days", "active", "created_at") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT ("id") DO UPDATE SET "provider_id" = excluded."provider_id", "name" = excluded."name", "description" = excluded."description", "amount" = excluded."amount", "currency" = excluded."currency", "interval" = excluded."interval", "interval_count" = excluded."interval_count", "trial_days" = excluded."trial_days", "active" = excluded."active", "created_at" = excluded."created_at";

-- which key conflicts: id, provider_id
SELECT EXISTS (SELECT 1 FROM "plans" WHERE "id" = $1), EXISTS (SELECT 1 FROM "plans" WHERE "provider_id" = $2 AND "id" <> $1);

-- get by id: id
SELECT "id", "provider_id", "name", "description", "amount", "currency", "interval", "interval_count", "trial_days", "features", "active", "created_at", "updated_at" FROM "plans_with_features" WHERE "id" = $1;

-- list all
SELECT "id", "provider_id", "name", "description", "amount", "currency", "interval", "interval_count", "trial_days", "features", "active", "created_at", "updated_at" FROM "plans_with_features" ORDER BY "created_at", "id" COLLATE "C";

-- list those that are active
SELECT "id", "provider_id", "name", "description", "amount", "currency", "interval", "interval_count", "trial_days", "features", "active", "created_at", "updated_at" FROM "plans_with_features" WHERE "active" = TRUE ORDER BY "created_at", "id" COLLATE "C";

-- delete by id: id
DELETE FROM "plans" WHERE "id" = $1;

-- the table
CREATE TABLE IF NOT EXISTS "plans" (
    "id" TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    "provider_id" TEXT COLLATE "C",
    "name" TEXT COLLATE "C" NOT NULL,
    "description" TEXT COLLATE "C" NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT COLLATE "C" NOT NULL,
    "interval" TEXT COLLATE "C" NOT NULL,
    "interval_count" BIGINT NOT NULL,
    "trial_days" BIGINT NOT NULL,
    "active" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX IF NOT EXISTS "plans_provider_key" ON "plans" ("provider_id");
CREATE INDEX IF NOT EXISTS "plans_created_idx" ON "plans" ("created_at", "id");
