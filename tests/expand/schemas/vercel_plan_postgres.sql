-- get by id: id
SELECT "id", "id", "name", "description", "unit_amount", "currency", "interval"::text, "interval_count", "trial_period_days", "metadata", "active" FROM "plans" WHERE "type" = 'recurring' AND "id" = $1;

-- list all
SELECT "id", "id", "name", "description", "unit_amount", "currency", "interval"::text, "interval_count", "trial_period_days", "metadata", "active" FROM "plans" WHERE "type" = 'recurring' ORDER BY "id" COLLATE "C";

-- list those that are active
SELECT "id", "id", "name", "description", "unit_amount", "currency", "interval"::text, "interval_count", "trial_period_days", "metadata", "active" FROM "plans" WHERE "type" = 'recurring' AND "active" = TRUE ORDER BY "id" COLLATE "C";

-- the table
CREATE TABLE IF NOT EXISTS "plans" (
    "type" TEXT COLLATE "C" NOT NULL,
    "id" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "description" TEXT COLLATE "C",
    "unit_amount" BIGINT NOT NULL,
    "currency" TEXT COLLATE "C" NOT NULL,
    "interval" "pricing_plan_interval" NOT NULL,
    "interval_count" INTEGER,
    "trial_period_days" INTEGER,
    "metadata" JSONB,
    "active" BOOLEAN NOT NULL,
    PRIMARY KEY ("type", "id")
);
