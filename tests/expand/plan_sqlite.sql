-- save: id, provider_id, name, description, amount, currency, interval, interval_count, trial_days, features, limits, metadata, active, created_at, updated_at
INSERT INTO `plans` (`id`, `provider_id`, `name`, `description`, `amount`, `currency`, `interval`, `interval_count`, `trial_days`, `features`, `limits`, `metadata`, `active`, `created_at`, `updated_at`) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) ON CONFLICT (`id`) DO UPDATE SET `provider_id` = excluded.`provider_id`, `name` = excluded.`name`, `description` = excluded.`description`, `amount` = excluded.`amount`, `currency` = excluded.`currency`, `interval` = excluded.`interval`, `interval_count` = excluded.`interval_count`, `trial_days` = excluded.`trial_days`, `features` = excluded.`features`, `limits` = excluded.`limits`, `metadata` = excluded.`metadata`, `active` = excluded.`active`, `created_at` = excluded.`created_at`, `updated_at` = excluded.`updated_at`;

-- which key conflicts: id, provider_id
SELECT EXISTS (SELECT 1 FROM `plans` WHERE `id` = ?1), EXISTS (SELECT 1 FROM `plans` WHERE `provider_id` = ?2 AND `id` <> ?1);

-- get by id: id
SELECT `id`, `provider_id`, `name`, `description`, `amount`, `currency`, `interval`, `interval_count`, `trial_days`, `features`, `limits`, `metadata`, `active`, `created_at`, `updated_at` FROM `plans` WHERE `id` = ?1;

-- list all
SELECT `id`, `provider_id`, `name`, `description`, `amount`, `currency`, `interval`, `interval_count`, `trial_days`, `features`, `limits`, `metadata`, `active`, `created_at`, `updated_at` FROM `plans` ORDER BY `created_at`, `id`;

-- list those that are active
SELECT `id`, `provider_id`, `name`, `description`, `amount`, `currency`, `interval`, `interval_count`, `trial_days`, `features`, `limits`, `metadata`, `active`, `created_at`, `updated_at` FROM `plans` WHERE `active` = 1 ORDER BY `created_at`, `id`;

-- delete by id: id
DELETE FROM `plans` WHERE `id` = ?1;

-- the table
CREATE TABLE IF NOT EXISTS `plans` (
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
CREATE UNIQUE INDEX IF NOT EXISTS `plans_provider_key` ON `plans` (`provider_id`);
CREATE INDEX IF NOT EXISTS `plans_created_idx` ON `plans` (`created_at`, `id`);
