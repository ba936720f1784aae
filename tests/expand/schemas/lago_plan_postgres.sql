-- save: own value 0, id, provider_id, name, description, amount, currency, interval, trial_days, active, created_at, updated_at, description as it is, trial_days as it is
INSERT INTO "plans" ("parent_id", "organization_id", "id", "code", "name", "description", "amount_cents", "amount_currency", "interval", "trial_period", "pending_deletion", "created_at", "updated_at", "pay_in_advance", "deleted_at") VALUES (NULL, $1::uuid, $2::uuid, $3, $4, $5, $6, $7, $8::int4, $9::float8, $10, $11::timestamp, $12::timestamp, FALSE, NULL) ON CONFLICT ("id") DO UPDATE SET "code" = excluded."code", "name" = excluded."name", "description" = CASE WHEN "plans"."description" COLLATE "C" = $13 THEN "plans"."description" ELSE excluded."description" END, "amount_cents" = excluded."amount_cents", "amount_currency" = excluded."amount_currency", "interval" = excluded."interval", "trial_period" = CASE WHEN "plans"."trial_period" = $14::float8 THEN "plans"."trial_period" ELSE excluded."trial_period" END, "pending_deletion" = excluded."pending_deletion", "created_at" = excluded."created_at", "updated_at" = excluded."updated_at" WHERE "plans"."parent_id" IS NULL AND "plans"."organization_id" = $1::uuid AND "plans"."deleted_at" IS NULL;

-- which key conflicts: id, own value 0, provider_id
SELECT EXISTS (SELECT 1 FROM "plans" WHERE "id" = $1::uuid), EXISTS (SELECT 1 FROM "plans" WHERE "parent_id" IS NULL AND "organization_id" = $2::uuid AND "code" = $3 AND "id" <> $1::uuid AND "deleted_at" IS NULL);

-- get by id: own value 0, id
SELECT "id"::text, "code", "name", "description", "amount_cents", "amount_currency", "interval", "trial_period", "pending_deletion", "created_at", "updated_at" FROM "plans" WHERE "parent_id" IS NULL AND "organization_id" = $1::uuid AND "id" = $2::uuid AND "deleted_at" IS NULL;

-- list all: own value 0
SELECT "id"::text, "code", "name", "description", "amount_cents", "amount_currency", "interval", "trial_period", "pending_deletion", "created_at", "updated_at" FROM "plans" WHERE "parent_id" IS NULL AND "organization_id" = $1::uuid AND "deleted_at" IS NULL ORDER BY "created_at", "plans"."id";

-- list those that are active: own value 0
SELECT "id"::text, "code", "name", "description", "amount_cents", "amount_currency", "interval", "trial_period", "pending_deletion", "created_at", "updated_at" FROM "plans" WHERE "parent_id" IS NULL AND "organization_id" = $1::uuid AND "pending_deletion" = FALSE AND "deleted_at" IS NULL ORDER BY "created_at", "plans"."id";

-- delete by id: now, own value 0, id
UPDATE "plans" SET "deleted_at" = $1::timestamp WHERE "parent_id" IS NULL AND "organization_id" = $2::uuid AND "id" = $3::uuid AND "deleted_at" IS NULL;

-- the table
CREATE TABLE IF NOT EXISTS "plans" (
    "parent_id" TEXT COLLATE "C",
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL PRIMARY KEY,
    "code" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "description" TEXT COLLATE "C",
    "amount_cents" BIGINT NOT NULL,
    "amount_currency" TEXT COLLATE "C" NOT NULL,
    "interval" INTEGER NOT NULL,
    "trial_period" DOUBLE PRECISION,
    "pending_deletion" BOOLEAN NOT NULL,
    "created_at" TIMESTAMP(6) NOT NULL,
    "updated_at" TIMESTAMP(6) NOT NULL,
    "pay_in_advance" BOOLEAN,
    "deleted_at" TIMESTAMP(6)
);
CREATE UNIQUE INDEX IF NOT EXISTS "plans_provider_key" ON "plans" ("organization_id", "code") WHERE "parent_id" IS NULL AND "deleted_at" IS NULL;
CREATE INDEX IF NOT EXISTS "plans_created_idx" ON "plans" ("organization_id", "created_at", "id");
