-- get by id: id
SELECT `id`, `slug`, `subscriber_id`, `plan_id`, `status`, `starts_at`, `ends_at`, `trial_ends_at`, `canceled_at`, `created_at`, `updated_at` FROM `subscriptions_with_status` WHERE `subscriber_type` = _utf8mb4 X'4170705C4D6F64656C735C55736572' AND BINARY CONVERT(`subscriber_type` USING utf8mb4) = _utf8mb4 X'4170705C4D6F64656C735C55736572' AND `deleted_at` IS NULL AND `id` = ?;

-- get by provider id: provider_id, provider_id
SELECT `id`, `slug`, `subscriber_id`, `plan_id`, `status`, `starts_at`, `ends_at`, `trial_ends_at`, `canceled_at`, `created_at`, `updated_at` FROM `subscriptions_with_status` WHERE `subscriber_type` = _utf8mb4 X'4170705C4D6F64656C735C55736572' AND BINARY CONVERT(`subscriber_type` USING utf8mb4) = _utf8mb4 X'4170705C4D6F64656C735C55736572' AND `deleted_at` IS NULL AND `slug` = ? AND BINARY CONVERT(`slug` USING utf8mb4) = ?;

-- get the live one of a subscriber: subscriber_id, what NULL is for created_at
SELECT `id`, `slug`, `subscriber_id`, `plan_id`, `status`, `starts_at`, `ends_at`, `trial_ends_at`, `canceled_at`, `created_at`, `updated_at` FROM `subscriptions_with_status` WHERE `subscriber_type` = _utf8mb4 X'4170705C4D6F64656C735C55736572' AND BINARY CONVERT(`subscriber_type` USING utf8mb4) = _utf8mb4 X'4170705C4D6F64656C735C55736572' AND `deleted_at` IS NULL AND `subscriber_id` = ? AND `status` IN ('active', 'trialing') ORDER BY COALESCE(`created_at`, ?) DESC, `id` DESC LIMIT 1;

-- list all: what NULL is for created_at
SELECT `id`, `slug`, `subscriber_id`, `plan_id`, `status`, `starts_at`, `ends_at`, `trial_ends_at`, `canceled_at`, `created_at`, `updated_at` FROM `subscriptions_with_status` WHERE `subscriber_type` = _utf8mb4 X'4170705C4D6F64656C735C55736572' AND BINARY CONVERT(`subscriber_type` USING utf8mb4) = _utf8mb4 X'4170705C4D6F64656C735C55736572' AND `deleted_at` IS NULL ORDER BY COALESCE(`created_at`, ?), `id`;

-- list by subscriber: subscriber_id, what NULL is for created_at
SELECT `id`, `slug`, `subscriber_id`, `plan_id`, `status`, `starts_at`, `ends_at`, `trial_ends_at`, `canceled_at`, `created_at`, `updated_at` FROM `subscriptions_with_status` WHERE `subscriber_type` = _utf8mb4 X'4170705C4D6F64656C735C55736572' AND BINARY CONVERT(`subscriber_type` USING utf8mb4) = _utf8mb4 X'4170705C4D6F64656C735C55736572' AND `deleted_at` IS NULL AND `subscriber_id` = ? ORDER BY COALESCE(`created_at`, ?), `id`;

-- list by plan: plan_id, what NULL is for created_at
SELECT `id`, `slug`, `subscriber_id`, `plan_id`, `status`, `starts_at`, `ends_at`, `trial_ends_at`, `canceled_at`, `created_at`, `updated_at` FROM `subscriptions_with_status` WHERE `subscriber_type` = _utf8mb4 X'4170705C4D6F64656C735C55736572' AND BINARY CONVERT(`subscriber_type` USING utf8mb4) = _utf8mb4 X'4170705C4D6F64656C735C55736572' AND `deleted_at` IS NULL AND `plan_id` = ? ORDER BY COALESCE(`created_at`, ?), `id`;

-- list by subscriber and plan: subscriber_id, plan_id, what NULL is for created_at
SELECT `id`, `slug`, `subscriber_id`, `plan_id`, `status`, `starts_at`, `ends_at`, `trial_ends_at`, `canceled_at`, `created_at`, `updated_at` FROM `subscriptions_with_status` WHERE `subscriber_type` = _utf8mb4 X'4170705C4D6F64656C735C55736572' AND BINARY CONVERT(`subscriber_type` USING utf8mb4) = _utf8mb4 X'4170705C4D6F64656C735C55736572' AND `deleted_at` IS NULL AND `subscriber_id` = ? AND `plan_id` = ? ORDER BY COALESCE(`created_at`, ?), `id`;

-- list by status: status, status, what NULL is for created_at
SELECT `id`, `slug`, `subscriber_id`, `plan_id`, `status`, `starts_at`, `ends_at`, `trial_ends_at`, `canceled_at`, `created_at`, `updated_at` FROM `subscriptions_with_status` WHERE `subscriber_type` = _utf8mb4 X'4170705C4D6F64656C735C55736572' AND BINARY CONVERT(`subscriber_type` USING utf8mb4) = _utf8mb4 X'4170705C4D6F64656C735C55736572' AND `deleted_at` IS NULL AND `status` = ? AND BINARY CONVERT(`status` USING utf8mb4) = ? ORDER BY COALESCE(`created_at`, ?), `id`;

-- list by subscriber and status: subscriber_id, status, status, what NULL is for created_at
SELECT `id`, `slug`, `subscriber_id`, `plan_id`, `status`, `starts_at`, `ends_at`, `trial_ends_at`, `canceled_at`, `created_at`, `updated_at` FROM `subscriptions_with_status` WHERE `subscriber_type` = _utf8mb4 X'4170705C4D6F64656C735C55736572' AND BINARY CONVERT(`subscriber_type` USING utf8mb4) = _utf8mb4 X'4170705C4D6F64656C735C55736572' AND `deleted_at` IS NULL AND `subscriber_id` = ? AND `status` = ? AND BINARY CONVERT(`status` USING utf8mb4) = ? ORDER BY COALESCE(`created_at`, ?), `id`;

-- list by plan and status: plan_id, status, status, what NULL is for created_at
SELECT `id`, `slug`, `subscriber_id`, `plan_id`, `status`, `starts_at`, `ends_at`, `trial_ends_at`, `canceled_at`, `created_at`, `updated_at` FROM `subscriptions_with_status` WHERE `subscriber_type` = _utf8mb4 X'4170705C4D6F64656C735C55736572' AND BINARY CONVERT(`subscriber_type` USING utf8mb4) = _utf8mb4 X'4170705C4D6F64656C735C55736572' AND `deleted_at` IS NULL AND `plan_id` = ? AND `status` = ? AND BINARY CONVERT(`status` USING utf8mb4) = ? ORDER BY COALESCE(`created_at`, ?), `id`;

-- list by subscriber, plan and status: subscriber_id, plan_id, status, status, what NULL is for created_at
SELECT `id`, `slug`, `subscriber_id`, `plan_id`, `status`, `starts_at`, `ends_at`, `trial_ends_at`, `canceled_at`, `created_at`, `updated_at` FROM `subscriptions_with_status` WHERE `subscriber_type` = _utf8mb4 X'4170705C4D6F64656C735C55736572' AND BINARY CONVERT(`subscriber_type` USING utf8mb4) = _utf8mb4 X'4170705C4D6F64656C735C55736572' AND `deleted_at` IS NULL AND `subscriber_id` = ? AND `plan_id` = ? AND `status` = ? AND BINARY CONVERT(`status` USING utf8mb4) = ? ORDER BY COALESCE(`created_at`, ?), `id`;

-- the table
CREATE TABLE IF NOT EXISTS `subscriptions_with_status` (
    `subscriber_type` VARCHAR(64) NOT NULL,
    `deleted_at` VARCHAR(64),
    `id` INT UNSIGNED NOT NULL,
    `slug` VARCHAR(255) COLLATE `utf8mb4_unicode_ci` NOT NULL,
    `subscriber_id` BIGINT UNSIGNED NOT NULL,
    `plan_id` INT UNSIGNED NOT NULL,
    `status` VARCHAR(255) COLLATE `utf8mb4_general_ci` NOT NULL,
    `starts_at` DATETIME(0),
    `ends_at` DATETIME(0),
    `trial_ends_at` DATETIME(0),
    `canceled_at` DATETIME(0),
    `created_at` TIMESTAMP(0),
    `updated_at` TIMESTAMP(0),
    PRIMARY KEY (`subscriber_type`, `id`),
    KEY `subscriptions_with_status_provider_idx` (`subscriber_type`, `slug`),
    KEY `subscriptions_with_status_created_idx` (`subscriber_type`, `created_at`, `id`),
    KEY `subscriptions_with_status_subscriber_idx` (`subscriber_type`, `subscriber_id`, `created_at`, `id`),
    KEY `subscriptions_with_status_plan_idx` (`subscriber_type`, `plan_id`, `created_at`, `id`),
    KEY `subscriptions_with_status_status_idx` (`subscriber_type`, `status`, `created_at`, `id`)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;
