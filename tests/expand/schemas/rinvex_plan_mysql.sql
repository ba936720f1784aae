-- update: provider_id, amount, currency, interval, interval_count, trial_days, active, created_at as it is, created_at, updated_at as it is, updated_at, id
UPDATE `plans` SET `slug` = ?, `price` = CAST(? AS DECIMAL(38, 2)), `currency` = ?, `invoice_interval` = ?, `invoice_period` = ?, `trial_period` = ?, `is_active` = ?, `created_at` = CASE WHEN `created_at` = ? THEN `created_at` ELSE ? END, `updated_at` = CASE WHEN `updated_at` = ? THEN `updated_at` ELSE ? END WHERE `trial_interval` = 'day' AND BINARY CONVERT(`trial_interval` USING utf8mb4) = 'day' AND `id` = ? AND `deleted_at` IS NULL;

-- insert: id, provider_id, amount, currency, interval, interval_count, trial_days, active, created_at, updated_at
INSERT INTO `plans` (`trial_interval`, `id`, `slug`, `price`, `currency`, `invoice_interval`, `invoice_period`, `trial_period`, `is_active`, `created_at`, `updated_at`, `name`, `deleted_at`) VALUES ('day', ?, ?, CAST(? AS DECIMAL(38, 2)), ?, ?, ?, ?, ?, ?, ?, '{"en": ""}', NULL);

-- which key conflicts: id, provider_id, id, id
SELECT EXISTS (SELECT 1 FROM `plans` WHERE `id` = ?), EXISTS (SELECT 1 FROM `plans` WHERE `trial_interval` = 'day' AND BINARY CONVERT(`trial_interval` USING utf8mb4) = 'day' AND `slug` = ? AND `id` <> ? AND `deleted_at` IS NULL), EXISTS (SELECT 1 FROM `plans` WHERE `id` = ? AND (`trial_interval` = 'day' AND BINARY CONVERT(`trial_interval` USING utf8mb4) = 'day' AND `deleted_at` IS NULL) IS NOT TRUE);

-- which key conflicts now: id, provider_id, id, id
SELECT EXISTS (SELECT 1 FROM `plans` WHERE `id` = ? LOCK IN SHARE MODE), EXISTS (SELECT 1 FROM `plans` WHERE `trial_interval` = 'day' AND BINARY CONVERT(`trial_interval` USING utf8mb4) = 'day' AND `slug` = ? AND `id` <> ? AND `deleted_at` IS NULL LOCK IN SHARE MODE), EXISTS (SELECT 1 FROM `plans` WHERE `id` = ? AND (`trial_interval` = 'day' AND BINARY CONVERT(`trial_interval` USING utf8mb4) = 'day' AND `deleted_at` IS NULL) IS NOT TRUE LOCK IN SHARE MODE);

-- get by id: id
SELECT `id`, `slug`, `name`, `description`, CAST(`price` AS CHAR), `currency`, `invoice_interval`, `invoice_period`, `trial_period`, `is_active`, `created_at`, `updated_at` FROM `plans_in_english` WHERE `trial_interval` = 'day' AND BINARY CONVERT(`trial_interval` USING utf8mb4) = 'day' AND `id` = ? AND `deleted_at` IS NULL;

-- list all: what NULL is for created_at
SELECT `id`, `slug`, `name`, `description`, CAST(`price` AS CHAR), `currency`, `invoice_interval`, `invoice_period`, `trial_period`, `is_active`, `created_at`, `updated_at` FROM `plans_in_english` WHERE `trial_interval` = 'day' AND BINARY CONVERT(`trial_interval` USING utf8mb4) = 'day' AND `deleted_at` IS NULL ORDER BY COALESCE(`created_at`, ?), `id`;

-- list those that are active: what NULL is for created_at
SELECT `id`, `slug`, `name`, `description`, CAST(`price` AS CHAR), `currency`, `invoice_interval`, `invoice_period`, `trial_period`, `is_active`, `created_at`, `updated_at` FROM `plans_in_english` WHERE `trial_interval` = 'day' AND BINARY CONVERT(`trial_interval` USING utf8mb4) = 'day' AND `is_active` = 1 AND `deleted_at` IS NULL ORDER BY COALESCE(`created_at`, ?), `id`;

-- delete by id: now, id
UPDATE `plans` SET `deleted_at` = ? WHERE `trial_interval` = 'day' AND BINARY CONVERT(`trial_interval` USING utf8mb4) = 'day' AND `id` = ? AND `deleted_at` IS NULL;

-- the table
CREATE TABLE IF NOT EXISTS `plans` (
    `trial_interval` VARCHAR(64) NOT NULL,
    `id` INT UNSIGNED NOT NULL PRIMARY KEY,
    `slug` VARCHAR(255) COLLATE `utf8mb4_unicode_ci` NOT NULL,
    `price` DECIMAL(8, 2) NOT NULL,
    `currency` CHAR(3) COLLATE `utf8mb4_unicode_ci` NOT NULL,
    `invoice_interval` VARCHAR(255) COLLATE `utf8mb4_unicode_ci` NOT NULL,
    `invoice_period` SMALLINT UNSIGNED NOT NULL,
    `trial_period` SMALLINT UNSIGNED NOT NULL,
    `is_active` BOOLEAN NOT NULL,
    `created_at` TIMESTAMP(0),
    `updated_at` TIMESTAMP(0),
    `name` VARCHAR(64),
    `deleted_at` TIMESTAMP(0),
    `live_provider_id` VARCHAR(255) COLLATE `utf8mb4_unicode_ci` GENERATED ALWAYS AS (CASE WHEN `deleted_at` IS NULL THEN `slug` END) STORED,
    UNIQUE KEY `plans_provider_key` (`trial_interval`, `live_provider_id`),
    KEY `plans_created_idx` (`trial_interval`, `created_at`, `id`)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;
