-- update: provider_id, subscriber_id, plan_id, status, current_period_start, current_period_end, trial_start, trial_end, canceled_at, paused_at, id
UPDATE "subscriptions" SET "provider_id" = $1, "subscriber_id" = $2, "plan_id" = $3, "status" = $4, "current_period_start" = $5, "current_period_end" = $6, "trial_start" = $7, "trial_end" = $8, "canceled_at" = $9, "paused_at" = $10 WHERE "id" = $11::int8;

-- insert: provider_id, subscriber_id, plan_id, status, current_period_start, current_period_end, trial_start, trial_end, canceled_at, paused_at
INSERT INTO "subscriptions" ("provider_id", "subscriber_id", "plan_id", "status", "current_period_start", "current_period_end", "trial_start", "trial_end", "canceled_at", "paused_at") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING "id";

-- create if not active: provider_id, subscriber_id, plan_id, status, current_period_start, current_period_end, trial_start, trial_end, canceled_at, paused_at
INSERT INTO "subscriptions" ("provider_id", "subscriber_id", "plan_id", "status", "current_period_start", "current_period_end", "trial_start", "trial_end", "canceled_at", "paused_at") SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10 WHERE NOT EXISTS (SELECT 1 FROM "subscriptions" WHERE "provider_id" = $1) AND NOT EXISTS (SELECT 1 FROM "subscriptions" WHERE "subscriber_id" = $2 AND "status" IN ('active', 'trialing')) ON CONFLICT ("subscriber_id") WHERE "status" IN ('active', 'trialing') DO NOTHING RETURNING "id";

-- which key conflicts: id, provider_id, subscriber_id
SELECT EXISTS (SELECT 1 FROM "subscriptions" WHERE "id" = $1::int8), EXISTS (SELECT 1 FROM "subscriptions" WHERE "provider_id" = $2 AND ("id" = $1::int8) IS NOT TRUE), EXISTS (SELECT 1 FROM "subscriptions" WHERE "subscriber_id" = $3 AND "status" IN ('active', 'trialing') AND ("id" = $1::int8) IS NOT TRUE);

-- get by id: id
SELECT "id", "provider_id", "subscriber_id", "plan_id", "status", "current_period_start", "current_period_end", "trial_start", "trial_end", "canceled_at", "paused_at", "created_at", "updated_at" FROM "subscriptions" WHERE "id" = $1::int8;

-- get by provider id: provider_id
SELECT "id", "provider_id", "subscriber_id", "plan_id", "status", "current_period_start", "current_period_end", "trial_start", "trial_end", "canceled_at", "paused_at", "created_at", "updated_at" FROM "subscriptions" WHERE "provider_id" = $1;

-- get the live one of a subscriber: subscriber_id
SELECT "id", "provider_id", "subscriber_id", "plan_id", "status", "current_period_start", "current_period_end", "trial_start", "trial_end", "canceled_at", "paused_at", "created_at", "updated_at" FROM "subscriptions" WHERE "subscriber_id" = $1 AND "status" IN ('active', 'trialing') ORDER BY "created_at" DESC, "id" DESC LIMIT 1;

-- list all
SELECT "id", "provider_id", "subscriber_id", "plan_id", "status", "current_period_start", "current_period_end", "trial_start", "trial_end", "canceled_at", "paused_at", "created_at", "updated_at" FROM "subscriptions" ORDER BY "created_at", "id";

-- list by subscriber: subscriber_id
SELECT "id", "provider_id", "subscriber_id", "plan_id", "status", "current_period_start", "current_period_end", "trial_start", "trial_end", "canceled_at", "paused_at", "created_at", "updated_at" FROM "subscriptions" WHERE "subscriber_id" = $1 ORDER BY "created_at", "id";

-- list by plan: plan_id
SELECT "id", "provider_id", "subscriber_id", "plan_id", "status", "current_period_start", "current_period_end", "trial_start", "trial_end", "canceled_at", "paused_at", "created_at", "updated_at" FROM "subscriptions" WHERE "plan_id" = $1 ORDER BY "created_at", "id";

-- list by subscriber and plan: subscriber_id, plan_id
SELECT "id", "provider_id", "subscriber_id", "plan_id", "status", "current_period_start", "current_period_end", "trial_start", "trial_end", "canceled_at", "paused_at", "created_at", "updated_at" FROM "subscriptions" WHERE "subscriber_id" = $1 AND "plan_id" = $2 ORDER BY "created_at", "id";

-- list by status: status
SELECT "id", "provider_id", "subscriber_id", "plan_id", "status", "current_period_start", "current_period_end", "trial_start", "trial_end", "canceled_at", "paused_at", "created_at", "updated_at" FROM "subscriptions" WHERE "status" = $1 ORDER BY "created_at", "id";

-- list by subscriber and status: subscriber_id, status
SELECT "id", "provider_id", "subscriber_id", "plan_id", "status", "current_period_start", "current_period_end", "trial_start", "trial_end", "canceled_at", "paused_at", "created_at", "updated_at" FROM "subscriptions" WHERE "subscriber_id" = $1 AND "status" = $2 ORDER BY "created_at", "id";

-- list by plan and status: plan_id, status
SELECT "id", "provider_id", "subscriber_id", "plan_id", "status", "current_period_start", "current_period_end", "trial_start", "trial_end", "canceled_at", "paused_at", "created_at", "updated_at" FROM "subscriptions" WHERE "plan_id" = $1 AND "status" = $2 ORDER BY "created_at", "id";

-- list by subscriber, plan and status: subscriber_id, plan_id, status
SELECT "id", "provider_id", "subscriber_id", "plan_id", "status", "current_period_start", "current_period_end", "trial_start", "trial_end", "canceled_at", "paused_at", "created_at", "updated_at" FROM "subscriptions" WHERE "subscriber_id" = $1 AND "plan_id" = $2 AND "status" = $3 ORDER BY "created_at", "id";

-- delete by id: id
DELETE FROM "subscriptions" WHERE "id" = $1::int8;

-- the table
CREATE TABLE IF NOT EXISTS "subscriptions" (
    "id" BIGINT NOT NULL GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    "provider_id" TEXT COLLATE "C",
    "subscriber_id" TEXT COLLATE "C" NOT NULL,
    "plan_id" TEXT COLLATE "C" NOT NULL,
    "status" TEXT COLLATE "C" NOT NULL,
    "current_period_start" TIMESTAMPTZ NOT NULL,
    "current_period_end" TIMESTAMPTZ NOT NULL,
    "trial_start" TIMESTAMPTZ,
    "trial_end" TIMESTAMPTZ,
    "canceled_at" TIMESTAMPTZ,
    "paused_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX IF NOT EXISTS "subscriptions_provider_key" ON "subscriptions" ("provider_id");
CREATE UNIQUE INDEX IF NOT EXISTS "subscriptions_live_key" ON "subscriptions" ("subscriber_id") WHERE "status" IN ('active', 'trialing');
CREATE INDEX IF NOT EXISTS "subscriptions_created_idx" ON "subscriptions" ("created_at", "id");
CREATE INDEX IF NOT EXISTS "subscriptions_subscriber_idx" ON "subscriptions" ("subscriber_id", "created_at", "id");
CREATE INDEX IF NOT EXISTS "subscriptions_plan_idx" ON "subscriptions" ("plan_id", "created_at", "id");
CREATE INDEX IF NOT EXISTS "subscriptions_status_idx" ON "subscriptions" ("status", "created_at", "id");
