-- save without `trial`: id, subscriber_id, plan_id, status, current_period_end, canceled_at, created_at, updated_at, plan_id as it is, current_period_end as it is, updated_at as it is
INSERT INTO "subscriptions" ("subscriptionId", "customerId", "type", "status", "expiresAt", "canceledAt", "createdAt", "updatedAt") SELECT $1, (SELECT "via"."customerId" FROM "customers" AS "via" WHERE "via"."orgId" = $2), $3, $4, $5::int8, $6::int8, $7::int8, $8::int8 WHERE (SELECT "via"."customerId" FROM "customers" AS "via" WHERE "via"."orgId" = $2) IS NOT NULL ON CONFLICT ("subscriptionId") DO UPDATE SET "customerId" = CASE WHEN "subscriptions"."customerId" = excluded."customerId" THEN "subscriptions"."customerId" ELSE excluded."customerId" END, "type" = CASE WHEN "subscriptions"."type" COLLATE "C" = $9 THEN "subscriptions"."type" ELSE excluded."type" END, "status" = excluded."status", "expiresAt" = CASE WHEN "subscriptions"."expiresAt" = $10::int8 THEN "subscriptions"."expiresAt" ELSE excluded."expiresAt" END, "canceledAt" = excluded."canceledAt", "createdAt" = excluded."createdAt", "updatedAt" = CASE WHEN "subscriptions"."updatedAt" = $11::int8 THEN "subscriptions"."updatedAt" ELSE excluded."updatedAt" END;

-- create if not active without `trial`: id, subscriber_id, plan_id, status, current_period_end, canceled_at, created_at, updated_at, provider_id
INSERT INTO "subscriptions" ("subscriptionId", "customerId", "type", "status", "expiresAt", "canceledAt", "createdAt", "updatedAt") SELECT $1, (SELECT "via"."customerId" FROM "customers" AS "via" WHERE "via"."orgId" = $2), $3, $4, $5::int8, $6::int8, $7::int8, $8::int8 WHERE (SELECT "via"."customerId" FROM "customers" AS "via" WHERE "via"."orgId" = $2) IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "subscriptions" WHERE "subscriptionId" = $1) AND NOT EXISTS (SELECT 1 FROM "subscriptions" WHERE "subscriptionId" = $9) AND NOT EXISTS (SELECT 1 FROM "subscriptions" WHERE "customerId" = (SELECT "via"."customerId" FROM "customers" AS "via" WHERE "via"."orgId" = $2) AND (("status" = 'active' AND ("trial" = FALSE OR "trial" IS NULL)) OR ("status" = 'active' AND "trial" = TRUE)));

-- save: id, subscriber_id, plan_id, status, status [1], current_period_end, canceled_at, created_at, updated_at, plan_id as it is, current_period_end as it is, updated_at as it is
INSERT INTO "subscriptions" ("subscriptionId", "customerId", "type", "status", "trial", "expiresAt", "canceledAt", "createdAt", "updatedAt") SELECT $1, (SELECT "via"."customerId" FROM "customers" AS "via" WHERE "via"."orgId" = $2), $3, $4, $5::boolean, $6::int8, $7::int8, $8::int8, $9::int8 WHERE (SELECT "via"."customerId" FROM "customers" AS "via" WHERE "via"."orgId" = $2) IS NOT NULL ON CONFLICT ("subscriptionId") DO UPDATE SET "customerId" = CASE WHEN "subscriptions"."customerId" = excluded."customerId" THEN "subscriptions"."customerId" ELSE excluded."customerId" END, "type" = CASE WHEN "subscriptions"."type" COLLATE "C" = $10 THEN "subscriptions"."type" ELSE excluded."type" END, "status" = excluded."status", "trial" = CASE WHEN excluded."status" COLLATE "C" = 'active' AND excluded."trial" = FALSE AND "subscriptions"."status" COLLATE "C" = 'active' AND ("subscriptions"."trial" = FALSE OR "subscriptions"."trial" IS NULL) THEN "subscriptions"."trial" ELSE excluded."trial" END, "expiresAt" = CASE WHEN "subscriptions"."expiresAt" = $11::int8 THEN "subscriptions"."expiresAt" ELSE excluded."expiresAt" END, "canceledAt" = excluded."canceledAt", "createdAt" = excluded."createdAt", "updatedAt" = CASE WHEN "subscriptions"."updatedAt" = $12::int8 THEN "subscriptions"."updatedAt" ELSE excluded."updatedAt" END;

-- create if not active: id, subscriber_id, plan_id, status, status [1], current_period_end, canceled_at, created_at, updated_at, provider_id
INSERT INTO "subscriptions" ("subscriptionId", "customerId", "type", "status", "trial", "expiresAt", "canceledAt", "createdAt", "updatedAt") SELECT $1, (SELECT "via"."customerId" FROM "customers" AS "via" WHERE "via"."orgId" = $2), $3, $4, $5::boolean, $6::int8, $7::int8, $8::int8, $9::int8 WHERE (SELECT "via"."customerId" FROM "customers" AS "via" WHERE "via"."orgId" = $2) IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "subscriptions" WHERE "subscriptionId" = $1) AND NOT EXISTS (SELECT 1 FROM "subscriptions" WHERE "subscriptionId" = $10) AND NOT EXISTS (SELECT 1 FROM "subscriptions" WHERE "customerId" = (SELECT "via"."customerId" FROM "customers" AS "via" WHERE "via"."orgId" = $2) AND (("status" = 'active' AND ("trial" = FALSE OR "trial" IS NULL)) OR ("status" = 'active' AND "trial" = TRUE)));

-- which key conflicts: id, provider_id, subscriber_id
SELECT EXISTS (SELECT 1 FROM "subscriptions" WHERE "subscriptionId" = $1), EXISTS (SELECT 1 FROM "subscriptions" WHERE "subscriptionId" = $2 AND "subscriptionId" <> $1), EXISTS (SELECT 1 FROM "subscriptions" WHERE "customerId" = (SELECT "via"."customerId" FROM "customers" AS "via" WHERE "via"."orgId" = $3) AND (("status" = 'active' AND ("trial" = FALSE OR "trial" IS NULL)) OR ("status" = 'active' AND "trial" = TRUE)) AND "subscriptionId" <> $1);

-- lock the subscriber: subscriber_id
SELECT current_setting('transaction_isolation'), pg_advisory_xact_lock(hashtextextended(json_build_array(CAST($1 AS text))::text, '"subscriptions"'::regclass::oid::bigint));

-- look for the rows that are referred to: subscriber_id
SELECT (SELECT COUNT(*) FROM "customers" AS "via" WHERE "via"."orgId" = $1);

-- get by id: id
SELECT "subscriptionId", "subscriptionId", (SELECT "via"."orgId" FROM "customers" AS "via" WHERE "via"."customerId" = "subscriptions"."customerId") AS "customerId", "type", "status", "trial", "createdAt", "expiresAt", "canceledAt", "createdAt", "updatedAt" FROM "subscriptions" WHERE "subscriptionId" = $1;

-- get by provider id: provider_id
SELECT "subscriptionId", "subscriptionId", (SELECT "via"."orgId" FROM "customers" AS "via" WHERE "via"."customerId" = "subscriptions"."customerId") AS "customerId", "type", "status", "trial", "createdAt", "expiresAt", "canceledAt", "createdAt", "updatedAt" FROM "subscriptions" WHERE "subscriptionId" = $1;

-- get the live one of a subscriber: subscriber_id
SELECT "subscriptionId", "subscriptionId", (SELECT "via"."orgId" FROM "customers" AS "via" WHERE "via"."customerId" = "subscriptions"."customerId") AS "customerId", "type", "status", "trial", "createdAt", "expiresAt", "canceledAt", "createdAt", "updatedAt" FROM "subscriptions" WHERE "customerId" = (SELECT "via"."customerId" FROM "customers" AS "via" WHERE "via"."orgId" = $1) AND (("status" = 'active' AND ("trial" = FALSE OR "trial" IS NULL)) OR ("status" = 'active' AND "trial" = TRUE)) ORDER BY "createdAt" DESC, "subscriptionId" COLLATE "C" DESC LIMIT 1;

-- list all
SELECT "subscriptionId", "subscriptionId", (SELECT "via"."orgId" FROM "customers" AS "via" WHERE "via"."customerId" = "subscriptions"."customerId") AS "customerId", "type", "status", "trial", "createdAt", "expiresAt", "canceledAt", "createdAt", "updatedAt" FROM "subscriptions" ORDER BY "createdAt", "subscriptionId" COLLATE "C";

-- list by subscriber: subscriber_id
SELECT "subscriptionId", "subscriptionId", (SELECT "via"."orgId" FROM "customers" AS "via" WHERE "via"."customerId" = "subscriptions"."customerId") AS "customerId", "type", "status", "trial", "createdAt", "expiresAt", "canceledAt", "createdAt", "updatedAt" FROM "subscriptions" WHERE "customerId" = (SELECT "via"."customerId" FROM "customers" AS "via" WHERE "via"."orgId" = $1) ORDER BY "createdAt", "subscriptionId" COLLATE "C";

-- list by plan: plan_id as it is, plan_id
SELECT "subscriptionId", "subscriptionId", (SELECT "via"."orgId" FROM "customers" AS "via" WHERE "via"."customerId" = "subscriptions"."customerId") AS "customerId", "type", "status", "trial", "createdAt", "expiresAt", "canceledAt", "createdAt", "updatedAt" FROM "subscriptions" WHERE ("type" = $1 OR ($2 IS NULL AND "type" IS NULL)) ORDER BY "createdAt", "subscriptionId" COLLATE "C";

-- list by subscriber and plan: subscriber_id, plan_id as it is, plan_id
SELECT "subscriptionId", "subscriptionId", (SELECT "via"."orgId" FROM "customers" AS "via" WHERE "via"."customerId" = "subscriptions"."customerId") AS "customerId", "type", "status", "trial", "createdAt", "expiresAt", "canceledAt", "createdAt", "updatedAt" FROM "subscriptions" WHERE "customerId" = (SELECT "via"."customerId" FROM "customers" AS "via" WHERE "via"."orgId" = $1) AND ("type" = $2 OR ($3 IS NULL AND "type" IS NULL)) ORDER BY "createdAt", "subscriptionId" COLLATE "C";

-- list by status: status, status [1]
SELECT "subscriptionId", "subscriptionId", (SELECT "via"."orgId" FROM "customers" AS "via" WHERE "via"."customerId" = "subscriptions"."customerId") AS "customerId", "type", "status", "trial", "createdAt", "expiresAt", "canceledAt", "createdAt", "updatedAt" FROM "subscriptions" WHERE "status" = $1 AND "trial" = $2::boolean ORDER BY "createdAt", "subscriptionId" COLLATE "C";

-- list by status `active`
SELECT "subscriptionId", "subscriptionId", (SELECT "via"."orgId" FROM "customers" AS "via" WHERE "via"."customerId" = "subscriptions"."customerId") AS "customerId", "type", "status", "trial", "createdAt", "expiresAt", "canceledAt", "createdAt", "updatedAt" FROM "subscriptions" WHERE "status" = 'active' AND ("trial" = FALSE OR "trial" IS NULL) ORDER BY "createdAt", "subscriptionId" COLLATE "C";

-- list by status `past_due`
SELECT "subscriptionId", "subscriptionId", (SELECT "via"."orgId" FROM "customers" AS "via" WHERE "via"."customerId" = "subscriptions"."customerId") AS "customerId", "type", "status", "trial", "createdAt", "expiresAt", "canceledAt", "createdAt", "updatedAt" FROM "subscriptions" WHERE "status" = 'past_due' ORDER BY "createdAt", "subscriptionId" COLLATE "C";

-- list by status `canceled`
SELECT "subscriptionId", "subscriptionId", (SELECT "via"."orgId" FROM "customers" AS "via" WHERE "via"."customerId" = "subscriptions"."customerId") AS "customerId", "type", "status", "trial", "createdAt", "expiresAt", "canceledAt", "createdAt", "updatedAt" FROM "subscriptions" WHERE "status" = 'canceled' ORDER BY "createdAt", "subscriptionId" COLLATE "C";

-- list by status `unpaid`
SELECT "subscriptionId", "subscriptionId", (SELECT "via"."orgId" FROM "customers" AS "via" WHERE "via"."customerId" = "subscriptions"."customerId") AS "customerId", "type", "status", "trial", "createdAt", "expiresAt", "canceledAt", "createdAt", "updatedAt" FROM "subscriptions" WHERE "status" = 'unpaid' ORDER BY "createdAt", "subscriptionId" COLLATE "C";

-- list by subscriber and status: subscriber_id, status, status [1]
SELECT "subscriptionId", "subscriptionId", (SELECT "via"."orgId" FROM "customers" AS "via" WHERE "via"."customerId" = "subscriptions"."customerId") AS "customerId", "type", "status", "trial", "createdAt", "expiresAt", "canceledAt", "createdAt", "updatedAt" FROM "subscriptions" WHERE "customerId" = (SELECT "via"."customerId" FROM "customers" AS "via" WHERE "via"."orgId" = $1) AND "status" = $2 AND "trial" = $3::boolean ORDER BY "createdAt", "subscriptionId" COLLATE "C";

-- list by subscriber and status `active`: subscriber_id
SELECT "subscriptionId", "subscriptionId", (SELECT "via"."orgId" FROM "customers" AS "via" WHERE "via"."customerId" = "subscriptions"."customerId") AS "customerId", "type", "status", "trial", "createdAt", "expiresAt", "canceledAt", "createdAt", "updatedAt" FROM "subscriptions" WHERE "customerId" = (SELECT "via"."customerId" FROM "customers" AS "via" WHERE "via"."orgId" = $1) AND "status" = 'active' AND ("trial" = FALSE OR "trial" IS NULL) ORDER BY "createdAt", "subscriptionId" COLLATE "C";

-- list by subscriber and status `past_due`: subscriber_id
SELECT "subscriptionId", "subscriptionId", (SELECT "via"."orgId" FROM "customers" AS "via" WHERE "via"."customerId" = "subscriptions"."customerId") AS "customerId", "type", "status", "trial", "createdAt", "expiresAt", "canceledAt", "createdAt", "updatedAt" FROM "subscriptions" WHERE "customerId" = (SELECT "via"."customerId" FROM "customers" AS "via" WHERE "via"."orgId" = $1) AND "status" = 'past_due' ORDER BY "createdAt", "subscriptionId" COLLATE "C";

-- list by subscriber and status `canceled`: subscriber_id
SELECT "subscriptionId", "subscriptionId", (SELECT "via"."orgId" FROM "customers" AS "via" WHERE "via"."customerId" = "subscriptions"."customerId") AS "customerId", "type", "status", "trial", "createdAt", "expiresAt", "canceledAt", "createdAt", "updatedAt" FROM "subscriptions" WHERE "customerId" = (SELECT "via"."customerId" FROM "customers" AS "via" WHERE "via"."orgId" = $1) AND "status" = 'canceled' ORDER BY "createdAt", "subscriptionId" COLLATE "C";

-- list by subscriber and status `unpaid`: subscriber_id
SELECT "subscriptionId", "subscriptionId", (SELECT "via"."orgId" FROM "customers" AS "via" WHERE "via"."customerId" = "subscriptions"."customerId") AS "customerId", "type", "status", "trial", "createdAt", "expiresAt", "canceledAt", "createdAt", "updatedAt" FROM "subscriptions" WHERE "customerId" = (SELECT "via"."customerId" FROM "customers" AS "via" WHERE "via"."orgId" = $1) AND "status" = 'unpaid' ORDER BY "createdAt", "subscriptionId" COLLATE "C";

-- list by plan and status: plan_id as it is, plan_id, status, status [1]
SELECT "subscriptionId", "subscriptionId", (SELECT "via"."orgId" FROM "customers" AS "via" WHERE "via"."customerId" = "subscriptions"."customerId") AS "customerId", "type", "status", "trial", "createdAt", "expiresAt", "canceledAt", "createdAt", "updatedAt" FROM "subscriptions" WHERE ("type" = $1 OR ($2 IS NULL AND "type" IS NULL)) AND "status" = $3 AND "trial" = $4::boolean ORDER BY "createdAt", "subscriptionId" COLLATE "C";

-- list by plan and status `active`: plan_id as it is, plan_id
SELECT "subscriptionId", "subscriptionId", (SELECT "via"."orgId" FROM "customers" AS "via" WHERE "via"."customerId" = "subscriptions"."customerId") AS "customerId", "type", "status", "trial", "createdAt", "expiresAt", "canceledAt", "createdAt", "updatedAt" FROM "subscriptions" WHERE ("type" = $1 OR ($2 IS NULL AND "type" IS NULL)) AND "status" = 'active' AND ("trial" = FALSE OR "trial" IS NULL) ORDER BY "createdAt", "subscriptionId" COLLATE "C";

-- list by plan and status `past_due`: plan_id as it is, plan_id
SELECT "subscriptionId", "subscriptionId", (SELECT "via"."orgId" FROM "customers" AS "via" WHERE "via"."customerId" = "subscriptions"."customerId") AS "customerId", "type", "status", "trial", "createdAt", "expiresAt", "canceledAt", "createdAt", "updatedAt" FROM "subscriptions" WHERE ("type" = $1 OR ($2 IS NULL AND "type" IS NULL)) AND "status" = 'past_due' ORDER BY "createdAt", "subscriptionId" COLLATE "C";

-- list by plan and status `canceled`: plan_id as it is, plan_id
SELECT "subscriptionId", "subscriptionId", (SELECT "via"."orgId" FROM "customers" AS "via" WHERE "via"."customerId" = "subscriptions"."customerId") AS "customerId", "type", "status", "trial", "createdAt", "expiresAt", "canceledAt", "createdAt", "updatedAt" FROM "subscriptions" WHERE ("type" = $1 OR ($2 IS NULL AND "type" IS NULL)) AND "status" = 'canceled' ORDER BY "createdAt", "subscriptionId" COLLATE "C";

-- list by plan and status `unpaid`: plan_id as it is, plan_id
SELECT "subscriptionId", "subscriptionId", (SELECT "via"."orgId" FROM "customers" AS "via" WHERE "via"."customerId" = "subscriptions"."customerId") AS "customerId", "type", "status", "trial", "createdAt", "expiresAt", "canceledAt", "createdAt", "updatedAt" FROM "subscriptions" WHERE ("type" = $1 OR ($2 IS NULL AND "type" IS NULL)) AND "status" = 'unpaid' ORDER BY "createdAt", "subscriptionId" COLLATE "C";

-- list by subscriber, plan and status: subscriber_id, plan_id as it is, plan_id, status, status [1]
SELECT "subscriptionId", "subscriptionId", (SELECT "via"."orgId" FROM "customers" AS "via" WHERE "via"."customerId" = "subscriptions"."customerId") AS "customerId", "type", "status", "trial", "createdAt", "expiresAt", "canceledAt", "createdAt", "updatedAt" FROM "subscriptions" WHERE "customerId" = (SELECT "via"."customerId" FROM "customers" AS "via" WHERE "via"."orgId" = $1) AND ("type" = $2 OR ($3 IS NULL AND "type" IS NULL)) AND "status" = $4 AND "trial" = $5::boolean ORDER BY "createdAt", "subscriptionId" COLLATE "C";

-- list by subscriber, plan and status `active`: subscriber_id, plan_id as it is, plan_id
SELECT "subscriptionId", "subscriptionId", (SELECT "via"."orgId" FROM "customers" AS "via" WHERE "via"."customerId" = "subscriptions"."customerId") AS "customerId", "type", "status", "trial", "createdAt", "expiresAt", "canceledAt", "createdAt", "updatedAt" FROM "subscriptions" WHERE "customerId" = (SELECT "via"."customerId" FROM "customers" AS "via" WHERE "via"."orgId" = $1) AND ("type" = $2 OR ($3 IS NULL AND "type" IS NULL)) AND "status" = 'active' AND ("trial" = FALSE OR "trial" IS NULL) ORDER BY "createdAt", "subscriptionId" COLLATE "C";

-- list by subscriber, plan and status `past_due`: subscriber_id, plan_id as it is, plan_id
SELECT "subscriptionId", "subscriptionId", (SELECT "via"."orgId" FROM "customers" AS "via" WHERE "via"."customerId" = "subscriptions"."customerId") AS "customerId", "type", "status", "trial", "createdAt", "expiresAt", "canceledAt", "createdAt", "updatedAt" FROM "subscriptions" WHERE "customerId" = (SELECT "via"."customerId" FROM "customers" AS "via" WHERE "via"."orgId" = $1) AND ("type" = $2 OR ($3 IS NULL AND "type" IS NULL)) AND "status" = 'past_due' ORDER BY "createdAt", "subscriptionId" COLLATE "C";

-- list by subscriber, plan and status `canceled`: subscriber_id, plan_id as it is, plan_id
SELECT "subscriptionId", "subscriptionId", (SELECT "via"."orgId" FROM "customers" AS "via" WHERE "via"."customerId" = "subscriptions"."customerId") AS "customerId", "type", "status", "trial", "createdAt", "expiresAt", "canceledAt", "createdAt", "updatedAt" FROM "subscriptions" WHERE "customerId" = (SELECT "via"."customerId" FROM "customers" AS "via" WHERE "via"."orgId" = $1) AND ("type" = $2 OR ($3 IS NULL AND "type" IS NULL)) AND "status" = 'canceled' ORDER BY "createdAt", "subscriptionId" COLLATE "C";

-- list by subscriber, plan and status `unpaid`: subscriber_id, plan_id as it is, plan_id
SELECT "subscriptionId", "subscriptionId", (SELECT "via"."orgId" FROM "customers" AS "via" WHERE "via"."customerId" = "subscriptions"."customerId") AS "customerId", "type", "status", "trial", "createdAt", "expiresAt", "canceledAt", "createdAt", "updatedAt" FROM "subscriptions" WHERE "customerId" = (SELECT "via"."customerId" FROM "customers" AS "via" WHERE "via"."orgId" = $1) AND ("type" = $2 OR ($3 IS NULL AND "type" IS NULL)) AND "status" = 'unpaid' ORDER BY "createdAt", "subscriptionId" COLLATE "C";

-- delete by id: id
DELETE FROM "subscriptions" WHERE "subscriptionId" = $1;

-- the table
CREATE TABLE IF NOT EXISTS "subscriptions" (
    "subscriptionId" TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    "customerId" BIGINT NOT NULL,
    "type" TEXT COLLATE "C",
    "status" TEXT COLLATE "C" NOT NULL,
    "trial" BOOLEAN,
    "createdAt" BIGINT NOT NULL,
    "expiresAt" BIGINT,
    "canceledAt" BIGINT,
    "updatedAt" BIGINT
);
CREATE INDEX IF NOT EXISTS "subscriptions_created_idx" ON "subscriptions" ("createdAt", "subscriptionId");
CREATE INDEX IF NOT EXISTS "subscriptions_subscriber_idx" ON "subscriptions" ("customerId", "createdAt", "subscriptionId");
CREATE INDEX IF NOT EXISTS "subscriptions_plan_idx" ON "subscriptions" ("type", "createdAt", "subscriptionId");
CREATE INDEX IF NOT EXISTS "subscriptions_status_idx" ON "subscriptions" ("status", "trial", "createdAt", "subscriptionId");
