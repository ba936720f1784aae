CREATE TABLE `plans` (
    `id` TEXT NOT NULL PRIMARY KEY,
    `provider_id` TEXT,
    `name` TEXT NOT NULL,
    `description` TEXT NOT NULL,
    `amount` INTEGER NOT NULL,
    `currency` TEXT NOT NULL,
    `interval` TEXT NOT NULL,
    `interval_count` INTEGER NOT NULL,
    `trial_days` INTEGER NOT NULL,
    `features` TEXT NOT NULL,
    `limits` TEXT NOT NULL,
    `metadata` TEXT NOT NULL,
    `active` INTEGER NOT NULL,
    `created_at` TEXT NOT NULL,
    `updated_at` TEXT NOT NULL
);
CREATE UNIQUE INDEX `plans_provider_key` ON `plans` (`provider_id`);
CREATE INDEX `plans_created_idx` ON `plans` (`created_at`, `id`);
CREATE TABLE `subscriptions` (
    `id` TEXT NOT NULL PRIMARY KEY,
    `provider_id` TEXT,
    `subscriber_id` TEXT NOT NULL,
    `plan_id` TEXT NOT NULL,
    `status` TEXT NOT NULL,
    `current_period_start` TEXT NOT NULL,
    `current_period_end` TEXT NOT NULL,
    `trial_start` TEXT,
    `trial_end` TEXT,
    `canceled_at` TEXT,
    `paused_at` TEXT,
    `metadata` TEXT NOT NULL,
    `created_at` TEXT NOT NULL,
    `updated_at` TEXT NOT NULL
);
CREATE UNIQUE INDEX `subscriptions_provider_key` ON `subscriptions` (`provider_id`);
CREATE UNIQUE INDEX `subscriptions_live_key` ON `subscriptions` (`subscriber_id`) WHERE `status` IN ('active', 'trialing');
CREATE INDEX `subscriptions_created_idx` ON `subscriptions` (`created_at`, `id`);
CREATE INDEX `subscriptions_subscriber_idx` ON `subscriptions` (`subscriber_id`, `created_at`, `id`);
CREATE INDEX `subscriptions_plan_idx` ON `subscriptions` (`plan_id`, `created_at`, `id`);
CREATE INDEX `subscriptions_status_idx` ON `subscriptions` (`status`, `created_at`, `id`);
CREATE TABLE `usage_records` (
    `id` TEXT NOT NULL PRIMARY KEY,
    `subscription_id` TEXT NOT NULL,
    `metric` TEXT NOT NULL,
    `quantity` INTEGER NOT NULL,
    `recorded_at` TEXT NOT NULL,
    `metadata` TEXT NOT NULL,
    `provider_reported_at` TEXT
);
CREATE INDEX `usage_records_sum_idx` ON `usage_records` (`subscription_id`, `metric`, `recorded_at`, `quantity`);
CREATE INDEX `usage_records_recorded_idx` ON `usage_records` (`subscription_id`, `recorded_at`, `id`);
CREATE INDEX `usage_records_unreported_idx` ON `usage_records` (`recorded_at`, `id`) WHERE `provider_reported_at` IS NULL;
CREATE TABLE zoo (
  id INTEGER PRIMARY KEY AUTOINCREMENT, [a b] TEXT NOT NULL COLLATE NOCASE, `c` DATETIME DEFAULT CURRENT_TIMESTAMP, untyped,
  v VARCHAR(20) UNIQUE ON CONFLICT REPLACE, g INT GENERATED ALWAYS AS (id*2) STORED, h INT AS (id+1), flag BOOLEAN NOT NULL DEFAULT (1),
  "State" TEXT CHECK ("State" IN ('a','b')), plan TEXT REFERENCES plans(id) ON DELETE CASCADE, word TEXT DEFAULT "active", added TEXT NOT NULL DEFAULT 'x', -- a; comment
  UNIQUE (v, c), CONSTRAINT u UNIQUE (flag), CHECK (untyped IS NULL OR untyped IN (1, 2))
);
CREATE TABLE sqlite_sequence(name,seq);
CREATE UNIQUE INDEX zoo_live ON zoo ([a b]) WHERE "State" IN ('a','b');
CREATE INDEX zoo_expr ON zoo (lower("State"), v COLLATE RTRIM DESC);
CREATE TRIGGER touch AFTER UPDATE ON zoo BEGIN UPDATE zoo SET c = CASE WHEN 1 THEN 'x;' END; END;
CREATE VIEW seen AS SELECT z.id, z."State" AS word, upper(z.v) AS up FROM zoo z JOIN plans p ON p.id = z."State"
/* seen(id,word,up) */;
CREATE TABLE rowless (id TEXT PRIMARY KEY) WITHOUT ROWID;
