-- save: id, subscriber_id, plan_id, status, current_period_start, current_period_end, trial_start, trial_end, canceled_at, metadata, created_at, plan_id as it is, metadata as it is
INSERT INTO "subscriptions" ("id", "user_id", "price_id", "status", "current_period_start", "current_period_end", "trial_start", "trial_end", "canceled_at", "metadata", "created", "ended_at", "cancel_at") VALUES ($1, $2::uuid, $3, $4::"subscription_status", $5, $6, $7, $8, $9, $10, $11, NULL, NULL) ON CONFLICT ("id") DO UPDATE SET "user_id" = excluded."user_id", "price_id" = CASE WHEN "subscriptions"."price_id" COLLATE "C" = $12 THEN "subscriptions"."price_id" ELSE excluded."price_id" END, "status" = excluded."status", "current_period_start" = excluded."current_period_start", "current_period_end" = excluded."current_period_end", "trial_start" = excluded."trial_start", "trial_end" = excluded."trial_end", "canceled_at" = excluded."canceled_at", "metadata" = CASE WHEN "subscriptions"."metadata"::text = $13::text THEN "subscriptions"."metadata" ELSE excluded."metadata" END, "created" = excluded."created";

-- create if not active: id, subscriber_id, plan_id, status, current_period_start, current_period_end, trial_start, trial_end, canceled_at, metadata, created_at, provider_id
INSERT INTO "subscriptions" ("id", "user_id", "price_id", "status", "current_period_start", "current_period_end", "trial_start", "trial_end", "canceled_at", "metadata", "created", "ended_at", "cancel_at") SELECT $1, $2::uuid, $3, $4::"subscription_status", $5, $6, $7, $8, $9, $10, $11, NULL, NULL WHERE NOT EXISTS (SELECT 1 FROM "subscriptions" WHERE "id" = $1) AND NOT EXISTS (SELECT 1 FROM "subscriptions" WHERE "id" = $12) AND NOT EXISTS (SELECT 1 FROM "subscriptions" WHERE "user_id" = $2::uuid AND "status" IN ('active', 'trialing')) ON CONFLICT ("user_id") WHERE "status" IN ('active', 'trialing') DO NOTHING;

-- which key conflicts: id, provider_id, subscriber_id
SELECT EXISTS (SELECT 1 FROM "subscriptions" WHERE "id" = $1), EXISTS (SELECT 1 FROM "subscriptions" WHERE "id" = $2 AND "id" <> $1), EXISTS (SELECT 1 FROM "subscriptions" WHERE "user_id" = $3::uuid AND "status" IN ('active', 'trialing') AND "id" <> $1);

-- get by id: id
SELECT "id", "id", "user_id"::text, "price_id", "status"::text, "current_period_start", "current_period_end", "trial_start", "trial_end", "canceled_at", "metadata", "created", "created" FROM "subscriptions" WHERE "id" = $1;

-- get by provider id: provider_id
SELECT "id", "id", "user_id"::text, "price_id", "status"::text, "current_period_start", "current_period_end", "trial_start", "trial_end", "canceled_at", "metadata", "created", "created" FROM "subscriptions" WHERE "id" = $1;

-- get the live one of a subscriber: subscriber_id
SELECT "id", "id", "user_id"::text, "price_id", "status"::text, "current_period_start", "current_period_end", "trial_start", "trial_end", "canceled_at", "metadata", "created", "created" FROM "subscriptions" WHERE "user_id" = $1::uuid AND "status" IN ('active', 'trialing') ORDER BY "created" DESC, "id" COLLATE "C" DESC LIMIT 1;

-- list all
SELECT "id", "id", "user_id"::text, "price_id", "status"::text, "current_period_start", "current_period_end", "trial_start", "trial_end", "canceled_at", "metadata", "created", "created" FROM "subscriptions" ORDER BY "created", "id" COLLATE "C";

-- list by subscriber: subscriber_id
SELECT "id", "id", "user_id"::text, "price_id", "status"::text, "current_period_start", "current_period_end", "trial_start", "trial_end", "canceled_at", "metadata", "created", "created" FROM "subscriptions" WHERE "user_id" = $1::uuid ORDER BY "created", "id" COLLATE "C";

-- list by plan: plan_id as it is, plan_id
SELECT "id", "id", "user_id"::text, "price_id", "status"::text, "current_period_start", "current_period_end", "trial_start", "trial_end", "canceled_at", "metadata", "created", "created" FROM "subscriptions" WHERE ("price_id" = $1 OR ($2 IS NULL AND "price_id" IS NULL)) ORDER BY "created", "id" COLLATE "C";

-- list by subscriber and plan: subscriber_id, plan_id as it is, plan_id
SELECT "id", "id", "user_id"::text, "price_id", "status"::text, "current_period_start", "current_period_end", "trial_start", "trial_end", "canceled_at", "metadata", "created", "created" FROM "subscriptions" WHERE "user_id" = $1::uuid AND ("price_id" = $2 OR ($3 IS NULL AND "price_id" IS NULL)) ORDER BY "created", "id" COLLATE "C";

-- list by status: status as it is, status
SELECT "id", "id", "user_id"::text, "price_id", "status"::text, "current_period_start", "current_period_end", "trial_start", "trial_end", "canceled_at", "metadata", "created", "created" FROM "subscriptions" WHERE ("status"::text = $1 OR ($2 IS NULL AND "status" IS NULL)) ORDER BY "created", "id" COLLATE "C";

-- list by status `unset`
SELECT "id", "id", "user_id"::text, "price_id", "status"::text, "current_period_start", "current_period_end", "trial_start", "trial_end", "canceled_at", "metadata", "created", "created" FROM "subscriptions" WHERE "status" IS NULL ORDER BY "created", "id" COLLATE "C";

-- list by subscriber and status: subscriber_id, status as it is, status
SELECT "id", "id", "user_id"::text, "price_id", "status"::text, "current_period_start", "current_period_end", "trial_start", "trial_end", "canceled_at", "metadata", "created", "created" FROM "subscriptions" WHERE "user_id" = $1::uuid AND ("status"::text = $2 OR ($3 IS NULL AND "status" IS NULL)) ORDER BY "created", "id" COLLATE "C";

-- list by subscriber and status `unset`: subscriber_id
SELECT "id", "id", "user_id"::text, "price_id", "status"::text, "current_period_start", "current_period_end", "trial_start", "trial_end", "canceled_at", "metadata", "created", "created" FROM "subscriptions" WHERE "user_id" = $1::uuid AND "status" IS NULL ORDER BY "created", "id" COLLATE "C";

-- list by plan and status: plan_id as it is, plan_id, status as it is, status
SELECT "id", "id", "user_id"::text, "price_id", "status"::text, "current_period_start", "current_period_end", "trial_start", "trial_end", "canceled_at", "metadata", "created", "created" FROM "subscriptions" WHERE ("price_id" = $1 OR ($2 IS NULL AND "price_id" IS NULL)) AND ("status"::text = $3 OR ($4 IS NULL AND "status" IS NULL)) ORDER BY "created", "id" COLLATE "C";

-- list by plan and status `unset`: plan_id as it is, plan_id
SELECT "id", "id", "user_id"::text, "price_id", "status"::text, "current_period_start", "current_period_end", "trial_start", "trial_end", "canceled_at", "metadata", "created", "created" FROM "subscriptions" WHERE ("price_id" = $1 OR ($2 IS NULL AND "price_id" IS NULL)) AND "status" IS NULL ORDER BY "created", "id" COLLATE "C";

-- list by subscriber, plan and status: subscriber_id, plan_id as it is, plan_id, status as it is, status
SELECT "id", "id", "user_id"::text, "price_id", "status"::text, "current_period_start", "current_period_end", "trial_start", "trial_end", "canceled_at", "metadata", "created", "created" FROM "subscriptions" WHERE "user_id" = $1::uuid AND ("price_id" = $2 OR ($3 IS NULL AND "price_id" IS NULL)) AND ("status"::text = $4 OR ($5 IS NULL AND "status" IS NULL)) ORDER BY "created", "id" COLLATE "C";

-- list by subscriber, plan and status `unset`: subscriber_id, plan_id as it is, plan_id
SELECT "id", "id", "user_id"::text, "price_id", "status"::text, "current_period_start", "current_period_end", "trial_start", "trial_end", "canceled_at", "metadata", "created", "created" FROM "subscriptions" WHERE "user_id" = $1::uuid AND ("price_id" = $2 OR ($3 IS NULL AND "price_id" IS NULL)) AND "status" IS NULL ORDER BY "created", "id" COLLATE "C";

-- delete by id: id
DELETE FROM "subscriptions" WHERE "id" = $1;

-- the table
CREATE TABLE IF NOT EXISTS "subscriptions" (
    "id" TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    "user_id" UUID NOT NULL,
    "price_id" TEXT COLLATE "C",
    "status" "subscription_status",
    "current_period_start" TIMESTAMPTZ NOT NULL,
    "current_period_end" TIMESTAMPTZ NOT NULL,
    "trial_start" TIMESTAMPTZ,
    "trial_end" TIMESTAMPTZ,
    "canceled_at" TIMESTAMPTZ,
    "metadata" JSONB,
    "created" TIMESTAMPTZ NOT NULL,
    "ended_at" TEXT COLLATE "C",
    "cancel_at" TEXT COLLATE "C"
);
CREATE UNIQUE INDEX IF NOT EXISTS "subscriptions_live_key" ON "subscriptions" ("user_id") WHERE "status" IN ('active', 'trialing');
CREATE INDEX IF NOT EXISTS "subscriptions_created_idx" ON "subscriptions" ("created", "id");
CREATE INDEX IF NOT EXISTS "subscriptions_subscriber_idx" ON "subscriptions" ("user_id", "created", "id");
CREATE INDEX IF NOT EXISTS "subscriptions_plan_idx" ON "subscriptions" ("price_id", "created", "id");
CREATE INDEX IF NOT EXISTS "subscriptions_status_idx" ON "subscriptions" ("status", "created", "id");
