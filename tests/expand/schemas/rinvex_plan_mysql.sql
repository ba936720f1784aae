-- update: provider_id, name, name, name, description, description, description as it is, description, description, description as it is, description, description, description, description as it is, description, amount, currency, interval, interval_count, trial_days, trial_days [1], active, created_at as it is, created_at, updated_at as it is, updated_at, id
UPDATE `plans` SET `slug` = ?, `name` = CASE WHEN BINARY CONVERT(CASE WHEN JSON_TYPE(JSON_EXTRACT(`name`, '$.en')) = 'NULL' THEN NULL ELSE JSON_UNQUOTE(JSON_EXTRACT(`name`, '$.en')) END USING utf8mb4) = BINARY CONVERT(JSON_UNQUOTE(JSON_EXTRACT(?, '$')) USING utf8mb4) AND JSON_TYPE(JSON_EXTRACT(`name`, '$.en')) NOT IN ('OBJECT', 'ARRAY', 'BOOLEAN') THEN `name` ELSE JSON_SET(CASE WHEN UPPER(JSON_TYPE(`name`)) = 'OBJECT' THEN `name` ELSE '{}' END, '$.en', JSON_EXTRACT(CASE WHEN BINARY CONVERT(CASE WHEN JSON_TYPE(JSON_EXTRACT(`name`, '$.en')) = 'NULL' THEN NULL ELSE JSON_UNQUOTE(JSON_EXTRACT(`name`, '$.en')) END USING utf8mb4) = BINARY CONVERT(JSON_UNQUOTE(JSON_EXTRACT(?, '$')) USING utf8mb4) AND JSON_TYPE(JSON_EXTRACT(`name`, '$.en')) NOT IN ('OBJECT', 'ARRAY', 'BOOLEAN') THEN JSON_EXTRACT(`name`, '$.en') ELSE ? END, '$')) END, `description` = CASE WHEN (BINARY CONVERT(CASE WHEN JSON_TYPE(JSON_EXTRACT(`description`, '$.en')) = 'NULL' THEN NULL ELSE JSON_UNQUOTE(JSON_EXTRACT(`description`, '$.en')) END USING utf8mb4) = BINARY CONVERT(JSON_UNQUOTE(JSON_EXTRACT(?, '$')) USING utf8mb4) AND JSON_TYPE(JSON_EXTRACT(`description`, '$.en')) NOT IN ('OBJECT', 'ARRAY', 'BOOLEAN') OR BINARY CONVERT(CASE WHEN JSON_TYPE(JSON_EXTRACT(`description`, '$.en')) = 'NULL' THEN NULL ELSE JSON_UNQUOTE(JSON_EXTRACT(`description`, '$.en')) END USING utf8mb4) IS NULL AND ? IS NULL OR BINARY CONVERT(CASE WHEN JSON_TYPE(JSON_EXTRACT(`description`, '$.en')) = 'NULL' THEN NULL ELSE JSON_UNQUOTE(JSON_EXTRACT(`description`, '$.en')) END USING utf8mb4) = ?) THEN `description` ELSE JSON_REMOVE(JSON_SET(CASE WHEN UPPER(JSON_TYPE(`description`)) = 'OBJECT' THEN `description` ELSE '{}' END, '$.en', JSON_EXTRACT(CASE WHEN (BINARY CONVERT(CASE WHEN JSON_TYPE(JSON_EXTRACT(`description`, '$.en')) = 'NULL' THEN NULL ELSE JSON_UNQUOTE(JSON_EXTRACT(`description`, '$.en')) END USING utf8mb4) = BINARY CONVERT(JSON_UNQUOTE(JSON_EXTRACT(?, '$')) USING utf8mb4) AND JSON_TYPE(JSON_EXTRACT(`description`, '$.en')) NOT IN ('OBJECT', 'ARRAY', 'BOOLEAN') OR BINARY CONVERT(CASE WHEN JSON_TYPE(JSON_EXTRACT(`description`, '$.en')) = 'NULL' THEN NULL ELSE JSON_UNQUOTE(JSON_EXTRACT(`description`, '$.en')) END USING utf8mb4) IS NULL AND ? IS NULL OR BINARY CONVERT(CASE WHEN JSON_TYPE(JSON_EXTRACT(`description`, '$.en')) = 'NULL' THEN NULL ELSE JSON_UNQUOTE(JSON_EXTRACT(`description`, '$.en')) END USING utf8mb4) = ?) THEN JSON_EXTRACT(`description`, '$.en') ELSE ? END, '$')), CASE WHEN CASE WHEN (BINARY CONVERT(CASE WHEN JSON_TYPE(JSON_EXTRACT(`description`, '$.en')) = 'NULL' THEN NULL ELSE JSON_UNQUOTE(JSON_EXTRACT(`description`, '$.en')) END USING utf8mb4) = BINARY CONVERT(JSON_UNQUOTE(JSON_EXTRACT(?, '$')) USING utf8mb4) AND JSON_TYPE(JSON_EXTRACT(`description`, '$.en')) NOT IN ('OBJECT', 'ARRAY', 'BOOLEAN') OR BINARY CONVERT(CASE WHEN JSON_TYPE(JSON_EXTRACT(`description`, '$.en')) = 'NULL' THEN NULL ELSE JSON_UNQUOTE(JSON_EXTRACT(`description`, '$.en')) END USING utf8mb4) IS NULL AND ? IS NULL OR BINARY CONVERT(CASE WHEN JSON_TYPE(JSON_EXTRACT(`description`, '$.en')) = 'NULL' THEN NULL ELSE JSON_UNQUOTE(JSON_EXTRACT(`description`, '$.en')) END USING utf8mb4) = ?) THEN JSON_EXTRACT(`description`, '$.en') ELSE ? END IS NULL THEN '$.en' ELSE '$.en[2147483647]' END) END, `price` = CAST(? AS DECIMAL(38, 2)), `currency` = ?, `invoice_interval` = ?, `invoice_period` = ?, `trial_period` = ?, `trial_interval` = ?, `is_active` = ?, `created_at` = CASE WHEN `created_at` = ? THEN `created_at` ELSE ? END, `updated_at` = CASE WHEN `updated_at` = ? THEN `updated_at` ELSE ? END WHERE `id` = ? AND `deleted_at` IS NULL AND CASE WHEN `name` IS NULL THEN 1 WHEN JSON_VALID(`name`) THEN COALESCE(JSON_TYPE(`name`), 'NULL') IN ('NULL', 'OBJECT') ELSE 0 END AND CASE WHEN `description` IS NULL THEN 1 WHEN JSON_VALID(`description`) THEN COALESCE(JSON_TYPE(`description`), 'NULL') IN ('NULL', 'OBJECT') ELSE 0 END;

-- insert: id, provider_id, name, description, description, amount, currency, interval, interval_count, trial_days, trial_days [1], active, created_at, updated_at
INSERT INTO `plans` (`id`, `slug`, `name`, `description`, `price`, `currency`, `invoice_interval`, `invoice_period`, `trial_period`, `trial_interval`, `is_active`, `created_at`, `updated_at`, `deleted_at`) VALUES (?, ?, JSON_SET('{}', '$.en', JSON_EXTRACT(?, '$')), JSON_REMOVE(JSON_SET('{}', '$.en', JSON_EXTRACT(?, '$')), CASE WHEN ? IS NULL THEN '$.en' ELSE '$.en[2147483647]' END), CAST(? AS DECIMAL(38, 2)), ?, ?, ?, ?, ?, ?, ?, ?, NULL);

-- which key conflicts: id, provider_id, id, id
SELECT EXISTS (SELECT 1 FROM `plans` WHERE `id` = ?), EXISTS (SELECT 1 FROM `plans` WHERE `slug` = ? AND `id` <> ? AND `deleted_at` IS NULL), EXISTS (SELECT 1 FROM `plans` WHERE `id` = ? AND (`deleted_at` IS NULL) IS NOT TRUE);

-- which key conflicts now: id, provider_id, id, id
SELECT EXISTS (SELECT 1 FROM `plans` WHERE `id` = ? LOCK IN SHARE MODE), EXISTS (SELECT 1 FROM `plans` WHERE `slug` = ? AND `id` <> ? AND `deleted_at` IS NULL LOCK IN SHARE MODE), EXISTS (SELECT 1 FROM `plans` WHERE `id` = ? AND (`deleted_at` IS NULL) IS NOT TRUE LOCK IN SHARE MODE);

-- get by id: id
SELECT `id`, `slug`, `name`, `description`, CAST(`price` AS CHAR), `currency`, `invoice_interval`, `invoice_period`, `trial_period`, `trial_interval`, `is_active`, `created_at`, `updated_at` FROM `plans` WHERE `id` = ? AND `deleted_at` IS NULL;

-- list all: what NULL is for created_at
SELECT `id`, `slug`, `name`, `description`, CAST(`price` AS CHAR), `currency`, `invoice_interval`, `invoice_period`, `trial_period`, `trial_interval`, `is_active`, `created_at`, `updated_at` FROM `plans` WHERE `deleted_at` IS NULL ORDER BY COALESCE(`created_at`, ?), `id`;

-- list those that are active: what NULL is for created_at
SELECT `id`, `slug`, `name`, `description`, CAST(`price` AS CHAR), `currency`, `invoice_interval`, `invoice_period`, `trial_period`, `trial_interval`, `is_active`, `created_at`, `updated_at` FROM `plans` WHERE `is_active` = 1 AND `deleted_at` IS NULL ORDER BY COALESCE(`created_at`, ?), `id`;

-- delete by id: now, id
UPDATE `plans` SET `deleted_at` = ? WHERE `id` = ? AND `deleted_at` IS NULL;

-- the table
CREATE TABLE IF NOT EXISTS `plans` (
    `id` INT UNSIGNED NOT NULL PRIMARY KEY,
    `slug` VARCHAR(255) COLLATE `utf8mb4_unicode_ci` NOT NULL,
    `name` JSON NOT NULL,
    `description` JSON,
    `price` DECIMAL(8, 2) NOT NULL,
    `currency` CHAR(3) COLLATE `utf8mb4_unicode_ci` NOT NULL,
    `invoice_interval` VARCHAR(255) COLLATE `utf8mb4_unicode_ci` NOT NULL,
    `invoice_period` SMALLINT UNSIGNED NOT NULL,
    `trial_period` .. NOT NULL,
    `trial_interval` .. NOT NULL,
    `is_active` BOOLEAN NOT NULL,
    `created_at` TIMESTAMP(0),
    `updated_at` TIMESTAMP(0),
    `deleted_at` TIMESTAMP(0),
    `live_provider_id` VARCHAR(255) COLLATE `utf8mb4_unicode_ci` GENERATED ALWAYS AS (CASE WHEN `deleted_at` IS NULL THEN `slug` END) STORED,
    UNIQUE KEY `plans_provider_key` (`live_provider_id`),
    KEY `plans_created_idx` (`created_at`, `id`)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;
