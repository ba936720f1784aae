-- update: provider_id, subscriber_id, plan_id, status, current_period_start, current_period_end, trial_start, trial_end, canceled_at, paused_at, id
UPDATE `subscriptions` SET `provider_id` = ?, `subscriber_id` = ?, `plan_id` = ?, `status` = ?, `current_period_start` = ?, `current_period_end` = ?, `trial_start` = ?, `trial_end` = ?, `canceled_at` = ?, `paused_at` = ? WHERE `id` = ?;

-- insert: provider_id, subscriber_id, plan_id, status, current_period_start, current_period_end, trial_start, trial_end, canceled_at, paused_at
INSERT INTO `subscriptions` (`provider_id`, `subscriber_id`, `plan_id`, `status`, `current_period_start`, `current_period_end`, `trial_start`, `trial_end`, `canceled_at`, `paused_at`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- which key conflicts: id, provider_id, id, subscriber_id, id
SELECT EXISTS (SELECT 1 FROM `subscriptions` WHERE `id` = ?), EXISTS (SELECT 1 FROM `subscriptions` WHERE `provider_id` = ? AND (`id` = ?) IS NOT TRUE), EXISTS (SELECT 1 FROM `subscriptions` WHERE `subscriber_id` = ? AND `status` IN ('active', 'trialing') AND (`id` = ?) IS NOT TRUE);

-- which key conflicts now: id, provider_id, id, subscriber_id, id
SELECT EXISTS (SELECT 1 FROM `subscriptions` WHERE `id` = ? LOCK IN SHARE MODE), EXISTS (SELECT 1 FROM `subscriptions` WHERE `provider_id` = ? AND (`id` = ?) IS NOT TRUE LOCK IN SHARE MODE), EXISTS (SELECT 1 FROM `subscriptions` WHERE `subscriber_id` = ? AND `status` IN ('active', 'trialing') AND (`id` = ?) IS NOT TRUE LOCK IN SHARE MODE);

-- get by id: id
SELECT `id`, `provider_id`, `subscriber_id`, `plan_id`, `status`, `current_period_start`, `current_period_end`, `trial_start`, `trial_end`, `canceled_at`, `paused_at`, `created_at`, `updated_at` FROM `subscriptions` WHERE `id` = ?;

-- get by provider id: provider_id
SELECT `id`, `provider_id`, `subscriber_id`, `plan_id`, `status`, `current_period_start`, `current_period_end`, `trial_start`, `trial_end`, `canceled_at`, `paused_at`, `created_at`, `updated_at` FROM `subscriptions` WHERE `provider_id` = ?;

-- get the live one of a subscriber: subscriber_id
SELECT `id`, `provider_id`, `subscriber_id`, `plan_id`, `status`, `current_period_start`, `current_period_end`, `trial_start`, `trial_end`, `canceled_at`, `paused_at`, `created_at`, `updated_at` FROM `subscriptions` WHERE `subscriber_id` = ? AND `status` IN ('active', 'trialing') ORDER BY `created_at` DESC, `id` DESC LIMIT 1;

-- list all
SELECT `id`, `provider_id`, `subscriber_id`, `plan_id`, `status`, `current_period_start`, `current_period_end`, `trial_start`, `trial_end`, `canceled_at`, `paused_at`, `created_at`, `updated_at` FROM `subscriptions` ORDER BY `created_at`, `id`;

-- list by subscriber: subscriber_id
SELECT `id`, `provider_id`, `subscriber_id`, `plan_id`, `status`, `current_period_start`, `current_period_end`, `trial_start`, `trial_end`, `canceled_at`, `paused_at`, `created_at`, `updated_at` FROM `subscriptions` WHERE `subscriber_id` = ? ORDER BY `created_at`, `id`;

-- list by plan: plan_id
SELECT `id`, `provider_id`, `subscriber_id`, `plan_id`, `status`, `current_period_start`, `current_period_end`, `trial_start`, `trial_end`, `canceled_at`, `paused_at`, `created_at`, `updated_at` FROM `subscriptions` WHERE `plan_id` = ? ORDER BY `created_at`, `id`;

-- list by subscriber and plan: subscriber_id, plan_id
SELECT `id`, `provider_id`, `subscriber_id`, `plan_id`, `status`, `current_period_start`, `current_period_end`, `trial_start`, `trial_end`, `canceled_at`, `paused_at`, `created_at`, `updated_at` FROM `subscriptions` WHERE `subscriber_id` = ? AND `plan_id` = ? ORDER BY `created_at`, `id`;

-- list by status: status
SELECT `id`, `provider_id`, `subscriber_id`, `plan_id`, `status`, `current_period_start`, `current_period_end`, `trial_start`, `trial_end`, `canceled_at`, `paused_at`, `created_at`, `updated_at` FROM `subscriptions` WHERE `status` = ? ORDER BY `created_at`, `id`;

-- list by subscriber and status: subscriber_id, status
SELECT `id`, `provider_id`, `subscriber_id`, `plan_id`, `status`, `current_period_start`, `current_period_end`, `trial_start`, `trial_end`, `canceled_at`, `paused_at`, `created_at`, `updated_at` FROM `subscriptions` WHERE `subscriber_id` = ? AND `status` = ? ORDER BY `created_at`, `id`;

-- list by plan and status: plan_id, status
SELECT `id`, `provider_id`, `subscriber_id`, `plan_id`, `status`, `current_period_start`, `current_period_end`, `trial_start`, `trial_end`, `canceled_at`, `paused_at`, `created_at`, `updated_at` FROM `subscriptions` WHERE `plan_id` = ? AND `status` = ? ORDER BY `created_at`, `id`;

-- list by subscriber, plan and status: subscriber_id, plan_id, status
SELECT `id`, `provider_id`, `subscriber_id`, `plan_id`, `status`, `current_period_start`, `current_period_end`, `trial_start`, `trial_end`, `canceled_at`, `paused_at`, `created_at`, `updated_at` FROM `subscriptions` WHERE `subscriber_id` = ? AND `plan_id` = ? AND `status` = ? ORDER BY `created_at`, `id`;

-- delete by id: id
DELETE FROM `subscriptions` WHERE `id` = ?;

-- the table
CREATE TABLE IF NOT EXISTS `subscriptions` (
    `id` BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `provider_id` VARCHAR(255),
    `subscriber_id` VARCHAR(255) NOT NULL,
    `plan_id` VARCHAR(255) NOT NULL,
    `status` VARCHAR(255) NOT NULL,
    `current_period_start` DATETIME(6) NOT NULL,
    `current_period_end` DATETIME(6) NOT NULL,
    `trial_start` DATETIME(6),
    `trial_end` DATETIME(6),
    `canceled_at` DATETIME(6),
    `paused_at` DATETIME(6),
    `created_at` DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    `updated_at` DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
    `live_key` VARCHAR(255) GENERATED ALWAYS AS (CASE WHEN `status` IN ('active', 'trialing') THEN `subscriber_id` END) STORED,
    UNIQUE KEY `subscriptions_provider_key` (`provider_id`),
    UNIQUE KEY `subscriptions_live_key` (`live_key`),
    KEY `subscriptions_created_idx` (`created_at`, `id`),
    KEY `subscriptions_subscriber_idx` (`subscriber_id`, `created_at`, `id`),
    KEY `subscriptions_plan_idx` (`plan_id`, `created_at`, `id`),
    KEY `subscriptions_status_idx` (`status`, `created_at`, `id`)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;
