-- save: id, name, description, amount, created_at
INSERT INTO `subscriptions` (`id`, `name`, `description`, `price`, `created_at`) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (`id`) DO UPDATE SET `name` = excluded.`name`, `description` = excluded.`description`, `price` = excluded.`price`, `created_at` = excluded.`created_at`;

-- which key conflicts: id
SELECT EXISTS (SELECT 1 FROM `subscriptions` WHERE `id` = ?1), EXISTS (SELECT 1 FROM `subscriptions` WHERE 0 AND `id` <> ?1);

-- get by id: id
SELECT `id`, `name`, `description`, `price`, `features`, `created_at`, `updated_at` FROM `plans_with_features` WHERE `id` = ?1;

-- list all
SELECT `id`, `name`, `description`, `price`, `features`, `created_at`, `updated_at` FROM `plans_with_features` ORDER BY `created_at`, `id`;

-- delete by id: id
DELETE FROM `subscriptions` WHERE `id` = ?1;

-- the table
CREATE TABLE IF NOT EXISTS `subscriptions` (
    `id` INTEGER NOT NULL PRIMARY KEY,
    `name` TEXT NOT NULL,
    `description` TEXT NOT NULL,
    `price` INTEGER NOT NULL,
    `created_at` TEXT NOT NULL,
    `updated_at` TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%S', 'now'))
);
CREATE INDEX IF NOT EXISTS `subscriptions_created_idx` ON `subscriptions` (`created_at`, `id`);
