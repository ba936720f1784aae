-- save: own value 0, id, provider_id, subscriber_id, plan_id, status, current_period_start, current_period_end, trial_end, canceled_at, created_at, updated_at, current_period_start as it is, current_period_end as it is
INSERT INTO "subscriptions" ("organization_id", "id", "external_id", "customer_id", "plan_id", "status", "started_at", "ending_at", "trial_ended_at", "canceled_at", "created_at", "updated_at") VALUES ($1::uuid, $2::uuid, $3, $4::uuid, $5::uuid, $6::int4, $7::timestamp, $8::timestamp, $9::timestamp, $10::timestamp, $11::timestamp, $12::timestamp) ON CONFLICT ("id") DO UPDATE SET "external_id" = excluded."external_id", "customer_id" = excluded."customer_id", "plan_id" = excluded."plan_id", "status" = excluded."status", "started_at" = CASE WHEN "subscriptions"."started_at" = $13::timestamp THEN "subscriptions"."started_at" ELSE excluded."started_at" END, "ending_at" = CASE WHEN "subscriptions"."ending_at" = $14::timestamp THEN "subscriptions"."ending_at" ELSE excluded."ending_at" END, "trial_ended_at" = excluded."trial_ended_at", "canceled_at" = excluded."canceled_at", "created_at" = excluded."created_at", "updated_at" = excluded."updated_at" WHERE "subscriptions"."organization_id" = $1::uuid;

-- create if not active: own value 0, id, provider_id, subscriber_id, plan_id, status, current_period_start, current_period_end, trial_end, canceled_at, created_at, updated_at
INSERT INTO "subscriptions" ("organization_id", "id", "external_id", "customer_id", "plan_id", "status", "started_at", "ending_at", "trial_ended_at", "canceled_at", "created_at", "updated_at") SELECT $1::uuid, $2::uuid, $3, $4::uuid, $5::uuid, $6::int4, $7::timestamp, $8::timestamp, $9::timestamp, $10::timestamp, $11::timestamp, $12::timestamp WHERE NOT EXISTS (SELECT 1 FROM "subscriptions" WHERE "id" = $2::uuid) AND NOT EXISTS (SELECT 1 FROM "subscriptions" WHERE "organization_id" = $1::uuid AND "customer_id" = $4::uuid AND "status" = 1);

-- which key conflicts: id, own value 0, subscriber_id
SELECT EXISTS (SELECT 1 FROM "subscriptions" WHERE "id" = $1::uuid), EXISTS (SELECT 1 FROM "subscriptions" WHERE FALSE AND "id" <> $1::uuid), EXISTS (SELECT 1 FROM "subscriptions" WHERE "organization_id" = $2::uuid AND "customer_id" = $3::uuid AND "status" = 1 AND "id" <> $1::uuid);

-- lock the subscriber: own value 0, subscriber_id
SELECT current_setting('transaction_isolation'), pg_advisory_xact_lock(hashtextextended(json_build_array(CAST($1::uuid AS text), CAST($2 AS text))::text, '"subscriptions"'::regclass::oid::bigint));

-- get by id: own value 0, id
SELECT "id"::text, "external_id", "customer_id"::text, "plan_id"::text, "status", "started_at", "ending_at", "trial_ended_at", "canceled_at", "created_at", "updated_at" FROM "subscriptions" WHERE "organization_id" = $1::uuid AND "id" = $2::uuid;

-- get by provider id: own value 0, provider_id
SELECT "id"::text, "external_id", "customer_id"::text, "plan_id"::text, "status", "started_at", "ending_at", "trial_ended_at", "canceled_at", "created_at", "updated_at" FROM "subscriptions" WHERE "organization_id" = $1::uuid AND "external_id" = $2 ORDER BY CASE WHEN "status" = 1 THEN 0 ELSE 1 END, "created_at" DESC, "subscriptions"."id" DESC LIMIT 1;

-- get the live one of a subscriber: own value 0, subscriber_id
SELECT "id"::text, "external_id", "customer_id"::text, "plan_id"::text, "status", "started_at", "ending_at", "trial_ended_at", "canceled_at", "created_at", "updated_at" FROM "subscriptions" WHERE "organization_id" = $1::uuid AND "customer_id" = $2::uuid AND "status" = 1 ORDER BY "created_at" DESC, "subscriptions"."id" DESC LIMIT 1;

-- list all: own value 0
SELECT "id"::text, "external_id", "customer_id"::text, "plan_id"::text, "status", "started_at", "ending_at", "trial_ended_at", "canceled_at", "created_at", "updated_at" FROM "subscriptions" WHERE "organization_id" = $1::uuid ORDER BY "created_at", "subscriptions"."id";

-- list by subscriber: own value 0, subscriber_id
SELECT "id"::text, "external_id", "customer_id"::text, "plan_id"::text, "status", "started_at", "ending_at", "trial_ended_at", "canceled_at", "created_at", "updated_at" FROM "subscriptions" WHERE "organization_id" = $1::uuid AND "customer_id" = $2::uuid ORDER BY "created_at", "subscriptions"."id";

-- list by plan: own value 0, plan_id
SELECT "id"::text, "external_id", "customer_id"::text, "plan_id"::text, "status", "started_at", "ending_at", "trial_ended_at", "canceled_at", "created_at", "updated_at" FROM "subscriptions" WHERE "organization_id" = $1::uuid AND "plan_id" = $2::uuid ORDER BY "created_at", "subscriptions"."id";

-- list by subscriber and plan: own value 0, subscriber_id, plan_id
SELECT "id"::text, "external_id", "customer_id"::text, "plan_id"::text, "status", "started_at", "ending_at", "trial_ended_at", "canceled_at", "created_at", "updated_at" FROM "subscriptions" WHERE "organization_id" = $1::uuid AND "customer_id" = $2::uuid AND "plan_id" = $3::uuid ORDER BY "created_at", "subscriptions"."id";

-- list by status: own value 0, status
SELECT "id"::text, "external_id", "customer_id"::text, "plan_id"::text, "status", "started_at", "ending_at", "trial_ended_at", "canceled_at", "created_at", "updated_at" FROM "subscriptions" WHERE "organization_id" = $1::uuid AND "status" = $2::int4 ORDER BY "created_at", "subscriptions"."id";

-- list by subscriber and status: own value 0, subscriber_id, status
SELECT "id"::text, "external_id", "customer_id"::text, "plan_id"::text, "status", "started_at", "ending_at", "trial_ended_at", "canceled_at", "created_at", "updated_at" FROM "subscriptions" WHERE "organization_id" = $1::uuid AND "customer_id" = $2::uuid AND "status" = $3::int4 ORDER BY "created_at", "subscriptions"."id";

-- list by plan and status: own value 0, plan_id, status
SELECT "id"::text, "external_id", "customer_id"::text, "plan_id"::text, "status", "started_at", "ending_at", "trial_ended_at", "canceled_at", "created_at", "updated_at" FROM "subscriptions" WHERE "organization_id" = $1::uuid AND "plan_id" = $2::uuid AND "status" = $3::int4 ORDER BY "created_at", "subscriptions"."id";

-- list by subscriber, plan and status: own value 0, subscriber_id, plan_id, status
SELECT "id"::text, "external_id", "customer_id"::text, "plan_id"::text, "status", "started_at", "ending_at", "trial_ended_at", "canceled_at", "created_at", "updated_at" FROM "subscriptions" WHERE "organization_id" = $1::uuid AND "customer_id" = $2::uuid AND "plan_id" = $3::uuid AND "status" = $4::int4 ORDER BY "created_at", "subscriptions"."id";

-- delete by id: own value 0, id
DELETE FROM "subscriptions" WHERE "organization_id" = $1::uuid AND "id" = $2::uuid;

-- the table
CREATE TABLE IF NOT EXISTS "subscriptions" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL PRIMARY KEY,
    "external_id" TEXT COLLATE "C" NOT NULL,
    "customer_id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    "status" INTEGER NOT NULL,
    "started_at" TIMESTAMP(6),
    "ending_at" TIMESTAMP(6),
    "trial_ended_at" TIMESTAMP(6),
    "canceled_at" TIMESTAMP(6),
    "created_at" TIMESTAMP(6) NOT NULL,
    "updated_at" TIMESTAMP(6) NOT NULL
);
CREATE INDEX IF NOT EXISTS "subscriptions_provider_idx" ON "subscriptions" ("organization_id", "external_id");
CREATE INDEX IF NOT EXISTS "subscriptions_created_idx" ON "subscriptions" ("organization_id", "created_at", "id");
CREATE INDEX IF NOT EXISTS "subscriptions_subscriber_idx" ON "subscriptions" ("organization_id", "customer_id", "created_at", "id");
CREATE INDEX IF NOT EXISTS "subscriptions_plan_idx" ON "subscriptions" ("organization_id", "plan_id", "created_at", "id");
CREATE INDEX IF NOT EXISTS "subscriptions_status_idx" ON "subscriptions" ("organization_id", "status", "created_at", "id");
