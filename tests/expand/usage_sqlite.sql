-- insert: id, subscription_id, metric, quantity, recorded_at, metadata, provider_reported_at
INSERT INTO `usage_records` (`id`, `subscription_id`, `metric`, `quantity`, `recorded_at`, `metadata`, `provider_reported_at`) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (`id`) DO NOTHING;

-- sum in a range: subscription_id, metric, from, to
SELECT COALESCE(SUM(`quantity` >> 32), 0), COALESCE(SUM(`quantity` & 4294967295), 0) FROM `usage_records` WHERE `subscription_id` = ?1 AND `metric` = ?2 AND `recorded_at` >= ?3 AND `recorded_at` < ?4;

-- list in a range: subscription_id, from, to
SELECT `id`, `subscription_id`, `metric`, `quantity`, `recorded_at`, `metadata`, `provider_reported_at` FROM `usage_records` WHERE `subscription_id` = ?1 AND `recorded_at` >= ?2 AND `recorded_at` < ?3 ORDER BY `recorded_at`, `id`;

-- list what is unreported: limit
SELECT `id`, `subscription_id`, `metric`, `quantity`, `recorded_at`, `metadata`, `provider_reported_at` FROM `usage_records` WHERE `provider_reported_at` IS NULL ORDER BY `recorded_at`, `id` LIMIT ?1;

-- mark as reported: provider_reported_at, id
UPDATE `usage_records` SET `provider_reported_at` = ?1 WHERE `id` = ?2;

-- the table
CREATE TABLE IF NOT EXISTS `usage_records` (
    `id` TEXT NOT NULL PRIMARY KEY,
    `subscription_id` TEXT NOT NULL,
    `metric` TEXT NOT NULL,
    `quantity` INTEGER NOT NULL,
    `recorded_at` TEXT NOT NULL,
    `metadata` TEXT NOT NULL,
    `provider_reported_at` TEXT
);
CREATE INDEX IF NOT EXISTS `usage_records_sum_idx` ON `usage_records` (`subscription_id`, `metric`, `recorded_at`, `quantity`);
CREATE INDEX IF NOT EXISTS `usage_records_recorded_idx` ON `usage_records` (`subscription_id`, `recorded_at`, `id`);
CREATE INDEX IF NOT EXISTS `usage_records_unreported_idx` ON `usage_records` (`recorded_at`, `id`) WHERE `provider_reported_at` IS NULL;
