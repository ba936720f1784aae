-- save: id, subscriber_id, plan_id, status, current_period_start, current_period_end, created_at
INSERT INTO `customer_subscriptions` (`id`, `customer_id`, `subscription_id`, `status`, `subscription_starts_at`, `subscription_ends_at`, `created_at`) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (`id`) DO UPDATE SET `customer_id` = excluded.`customer_id`, `subscription_id` = excluded.`subscription_id`, `status` = excluded.`status`, `subscription_starts_at` = excluded.`subscription_starts_at`, `subscription_ends_at` = excluded.`subscription_ends_at`, `created_at` = excluded.`created_at`;

-- create if not active: id, subscriber_id, plan_id, status, current_period_start, current_period_end, created_at
INSERT INTO `customer_subscriptions` (`id`, `customer_id`, `subscription_id`, `status`, `subscription_starts_at`, `subscription_ends_at`, `created_at`) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE NOT EXISTS (SELECT 1 FROM `customer_subscriptions` WHERE `id` = ?1) AND NOT EXISTS (SELECT 1 FROM `customer_subscriptions` WHERE `customer_id` = ?2 AND (status = 'active')) ON CONFLICT (`customer_id`) WHERE status = 'active' DO NOTHING;

-- which key conflicts: id, subscriber_id
SELECT EXISTS (SELECT 1 FROM `customer_subscriptions` WHERE `id` = ?1), EXISTS (SELECT 1 FROM `customer_subscriptions` WHERE 0 AND `id` <> ?1), EXISTS (SELECT 1 FROM `customer_subscriptions` WHERE `customer_id` = ?2 AND (status = 'active') AND (`id` = ?1) IS NOT TRUE);

-- get by id: id
SELECT `id`, `customer_id`, `subscription_id`, `status`, `subscription_starts_at`, `subscription_ends_at`, `created_at`, `updated_at` FROM `customer_subscriptions` WHERE `id` = ?1;

-- get the live one of a subscriber: subscriber_id
SELECT `id`, `customer_id`, `subscription_id`, `status`, `subscription_starts_at`, `subscription_ends_at`, `created_at`, `updated_at` FROM `customer_subscriptions` WHERE `customer_id` = ?1 AND `status` = 'active' ORDER BY `created_at` DESC, `id` DESC LIMIT 1;

-- list all
SELECT `id`, `customer_id`, `subscription_id`, `status`, `subscription_starts_at`, `subscription_ends_at`, `created_at`, `updated_at` FROM `customer_subscriptions` ORDER BY `created_at`, `id`;

-- list by subscriber: subscriber_id
SELECT `id`, `customer_id`, `subscription_id`, `status`, `subscription_starts_at`, `subscription_ends_at`, `created_at`, `updated_at` FROM `customer_subscriptions` WHERE `customer_id` = ?1 ORDER BY `created_at`, `id`;

-- list by plan: plan_id
SELECT `id`, `customer_id`, `subscription_id`, `status`, `subscription_starts_at`, `subscription_ends_at`, `created_at`, `updated_at` FROM `customer_subscriptions` WHERE `subscription_id` = ?1 ORDER BY `created_at`, `id`;

-- list by subscriber and plan: subscriber_id, plan_id
SELECT `id`, `customer_id`, `subscription_id`, `status`, `subscription_starts_at`, `subscription_ends_at`, `created_at`, `updated_at` FROM `customer_subscriptions` WHERE `customer_id` = ?1 AND `subscription_id` = ?2 ORDER BY `created_at`, `id`;

-- list by status: status
SELECT `id`, `customer_id`, `subscription_id`, `status`, `subscription_starts_at`, `subscription_ends_at`, `created_at`, `updated_at` FROM `customer_subscriptions` WHERE `status` = ?1 ORDER BY `created_at`, `id`;

-- list by subscriber and status: subscriber_id, status
SELECT `id`, `customer_id`, `subscription_id`, `status`, `subscription_starts_at`, `subscription_ends_at`, `created_at`, `updated_at` FROM `customer_subscriptions` WHERE `customer_id` = ?1 AND `status` = ?2 ORDER BY `created_at`, `id`;

-- list by plan and status: plan_id, status
SELECT `id`, `customer_id`, `subscription_id`, `status`, `subscription_starts_at`, `subscription_ends_at`, `created_at`, `updated_at` FROM `customer_subscriptions` WHERE `subscription_id` = ?1 AND `status` = ?2 ORDER BY `created_at`, `id`;

-- list by subscriber, plan and status: subscriber_id, plan_id, status
SELECT `id`, `customer_id`, `subscription_id`, `status`, `subscription_starts_at`, `subscription_ends_at`, `created_at`, `updated_at` FROM `customer_subscriptions` WHERE `customer_id` = ?1 AND `subscription_id` = ?2 AND `status` = ?3 ORDER BY `created_at`, `id`;

-- delete by id: id
DELETE FROM `customer_subscriptions` WHERE `id` = ?1;

-- the table
CREATE TABLE IF NOT EXISTS `customer_subscriptions` (
    `id` INTEGER NOT NULL PRIMARY KEY,
    `customer_id` INTEGER NOT NULL,
    `subscription_id` INTEGER NOT NULL,
    `status` TEXT NOT NULL,
    `subscription_starts_at` TEXT NOT NULL,
    `subscription_ends_at` TEXT NOT NULL,
    `created_at` TEXT NOT NULL,
    `updated_at` TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%S', 'now'))
);
CREATE UNIQUE INDEX IF NOT EXISTS `customer_subscriptions_live_key` ON `customer_subscriptions` (`customer_id`) WHERE status = 'active';
CREATE INDEX IF NOT EXISTS `customer_subscriptions_created_idx` ON `customer_subscriptions` (`created_at`, `id`);
CREATE INDEX IF NOT EXISTS `customer_subscriptions_subscriber_idx` ON `customer_subscriptions` (`customer_id`, `created_at`, `id`);
CREATE INDEX IF NOT EXISTS `customer_subscriptions_plan_idx` ON `customer_subscriptions` (`subscription_id`, `created_at`, `id`);
CREATE INDEX IF NOT EXISTS `customer_subscriptions_status_idx` ON `customer_subscriptions` (`status`, `created_at`, `id`);
