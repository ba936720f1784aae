-- update: provider_id, name, description, amount, currency, interval, interval_count, trial_days, active, created_at, id
UPDATE `plans` SET `provider_id` = ?, `name` = ?, `description` = ?, `amount` = ?, `currency` = ?, `interval` = ?, `interval_count` = ?, `trial_days` = ?, `active` = ?, `created_at` = ? WHERE `id` = ?;

-- insert: id, provider_id, name, description, amount, currency, interval, interval_count, trial_days, active, created_at
INSERT INTO `plans` (`id`, `provider_id`, `name`, `description`, `amount`, `currency`, `interval`, `interval_count`, `trial_days`, `active`, `created_at`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- which key conflicts: id, provider_id, id
SELECT EXISTS (SELECT 1 FROM `plans` WHERE `id` = ?), EXISTS (SELECT 1 FROM `plans` WHERE `provider_id` = ? AND `id` <> ?);

-- which key conflicts now: id, provider_id, id
SELECT EXISTS (SELECT 1 FROM `plans` WHERE `id` = ? LOCK IN SHARE MODE), EXISTS (SELECT 1 FROM `plans` WHERE `provider_id` = ? AND `id` <> ? LOCK IN SHARE MODE);

-- get by id: id
SELECT `id`, `provider_id`, `name`, `description`, `amount`, `currency`, `interval`, `interval_count`, `trial_days`, `features`, `active`, `created_at`, `updated_at` FROM `plans_with_features` WHERE `id` = ?;

-- list all
SELECT `id`, `provider_id`, `name`, `description`, `amount`, `currency`, `interval`, `interval_count`, `trial_days`, `features`, `active`, `created_at`, `updated_at` FROM `plans_with_features` ORDER BY `created_at`, `id`;

-- list those that are active
SELECT `id`, `provider_id`, `name`, `description`, `amount`, `currency`, `interval`, `interval_count`, `trial_days`, `features`, `active`, `created_at`, `updated_at` FROM `plans_with_features` WHERE `active` = 1 ORDER BY `created_at`, `id`;

-- delete by id: id
DELETE FROM `plans` WHERE `id` = ?;

-- the table
CREATE TABLE IF NOT EXISTS `plans` (
    `id` VARCHAR(255) NOT NULL PRIMARY KEY,
    `provider_id` VARCHAR(255),
    `name` LONGTEXT NOT NULL,
    `description` LONGTEXT NOT NULL,
    `amount` BIGINT NOT NULL,
    `currency` LONGTEXT NOT NULL,
    `interval` VARCHAR(255) NOT NULL,
    `interval_count` BIGINT NOT NULL,
    `trial_days` BIGINT NOT NULL,
    `active` BOOLEAN NOT NULL,
    `created_at` DATETIME(6) NOT NULL,
    `updated_at` DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
    UNIQUE KEY `plans_provider_key` (`provider_id`),
    KEY `plans_created_idx` (`created_at`, `id`)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;
