-- insert: id, subscription_id, metric, quantity, recorded_at, metadata, provider_reported_at
INSERT INTO `usage_records` (`id`, `subscription_id`, `metric`, `quantity`, `recorded_at`, `metadata`, `provider_reported_at`) VALUES (?, ?, ?, ?, ?, ?, ?);

-- which key conflicts: id
SELECT EXISTS (SELECT 1 FROM `usage_records` WHERE `id` = ?);

-- which key conflicts now: id
SELECT EXISTS (SELECT 1 FROM `usage_records` WHERE `id` = ? LOCK IN SHARE MODE);

-- sum in a range: subscription_id, metric, from, to
SELECT CAST(COALESCE(SUM(`quantity`), 0) AS CHAR) FROM `usage_records` WHERE `subscription_id` = ? AND `metric` = ? AND `recorded_at` >= ? AND `recorded_at` <= ?;

-- list in a range: subscription_id, from, to
SELECT `id`, `subscription_id`, `metric`, `quantity`, `recorded_at`, `metadata`, `provider_reported_at` FROM `usage_records` WHERE `subscription_id` = ? AND `recorded_at` >= ? AND `recorded_at` <= ? ORDER BY `recorded_at`, `id`;

-- list what is unreported: limit
SELECT `id`, `subscription_id`, `metric`, `quantity`, `recorded_at`, `metadata`, `provider_reported_at` FROM `usage_records` WHERE `provider_reported_at` IS NULL ORDER BY `recorded_at`, `id` LIMIT ?;

-- mark as reported: provider_reported_at, id
UPDATE `usage_records` SET `provider_reported_at` = ? WHERE `id` = ?;

-- the table
CREATE TABLE IF NOT EXISTS `usage_records` (
    `id` VARCHAR(255) NOT NULL PRIMARY KEY,
    `subscription_id` VARCHAR(255) NOT NULL,
    `metric` VARCHAR(255) NOT NULL,
    `quantity` BIGINT NOT NULL,
    `recorded_at` DATETIME(6) NOT NULL,
    `metadata` JSON NOT NULL,
    `provider_reported_at` DATETIME(6),
    KEY `usage_records_sum_idx` (`subscription_id`, `metric`, `recorded_at`, `quantity`),
    KEY `usage_records_recorded_idx` (`subscription_id`, `recorded_at`, `id`),
    KEY `usage_records_unreported_idx` (`provider_reported_at`, `recorded_at`, `id`)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;
