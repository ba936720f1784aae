-- save: id, provider_id, subscriber_id, plan_id, status, current_period_end, canceled_at, created_at, updated_at
INSERT INTO `subscriptions` (`subscriptionId`, `subscriptionId`, `customerId`, `type`, `status`, `expiresAt`, `canceledAt`, `createdAt`, `updatedAt`) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (`subscriptionId`) DO UPDATE SET `subscriptionId` = excluded.`subscriptionId`, `customerId` = excluded.`customerId`, `type` = excluded.`type`, `status` = excluded.`status`, `expiresAt` = excluded.`expiresAt`, `canceledAt` = excluded.`canceledAt`, `createdAt` = excluded.`createdAt`, `updatedAt` = excluded.`updatedAt`;

-- create if not active: id, provider_id, subscriber_id, plan_id, status, current_period_end, canceled_at, created_at, updated_at
INSERT INTO `subscriptions` (`subscriptionId`, `subscriptionId`, `customerId`, `type`, `status`, `expiresAt`, `canceledAt`, `createdAt`, `updatedAt`) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 WHERE NOT EXISTS (SELECT 1 FROM `subscriptions` WHERE `subscriptionId` = ?1) AND NOT EXISTS (SELECT 1 FROM `subscriptions` WHERE `subscriptionId` = ?2) AND NOT EXISTS (SELECT 1 FROM `subscriptions` WHERE `customerId` = ?3 AND `status` IN ('active', 'trialing')) ON CONFLICT (`customerId`) WHERE `status` IN ('active', 'trialing') DO NOTHING;

-- which key conflicts: id, provider_id, subscriber_id
SELECT EXISTS (SELECT 1 FROM `subscriptions` WHERE `subscriptionId` = ?1), EXISTS (SELECT 1 FROM `subscriptions` WHERE `subscriptionId` = ?2 AND `subscriptionId` <> ?1), EXISTS (SELECT 1 FROM `subscriptions` WHERE `customerId` = ?3 AND `status` IN ('active', 'trialing') AND `subscriptionId` <> ?1);

-- get by id: id
SELECT `subscriptionId`, `subscriptionId`, `customerId`, `type`, `status`, `createdAt`, `expiresAt`, `canceledAt`, `createdAt`, `updatedAt` FROM `subscriptions` WHERE `subscriptionId` = ?1;

-- get by provider id: provider_id
SELECT `subscriptionId`, `subscriptionId`, `customerId`, `type`, `status`, `createdAt`, `expiresAt`, `canceledAt`, `createdAt`, `updatedAt` FROM `subscriptions` WHERE `subscriptionId` = ?1;

-- get the live one of a subscriber: subscriber_id
SELECT `subscriptionId`, `subscriptionId`, `customerId`, `type`, `status`, `createdAt`, `expiresAt`, `canceledAt`, `createdAt`, `updatedAt` FROM `subscriptions` WHERE `customerId` = ?1 AND `status` IN ('active', 'trialing') ORDER BY `createdAt` DESC, `subscriptionId` DESC LIMIT 1;

-- list all
SELECT `subscriptionId`, `subscriptionId`, `customerId`, `type`, `status`, `createdAt`, `expiresAt`, `canceledAt`, `createdAt`, `updatedAt` FROM `subscriptions` ORDER BY `createdAt`, `subscriptionId`;

-- list by subscriber: subscriber_id
SELECT `subscriptionId`, `subscriptionId`, `customerId`, `type`, `status`, `createdAt`, `expiresAt`, `canceledAt`, `createdAt`, `updatedAt` FROM `subscriptions` WHERE `customerId` = ?1 ORDER BY `createdAt`, `subscriptionId`;

-- list by plan: plan_id
SELECT `subscriptionId`, `subscriptionId`, `customerId`, `type`, `status`, `createdAt`, `expiresAt`, `canceledAt`, `createdAt`, `updatedAt` FROM `subscriptions` WHERE `type` = ?1 ORDER BY `createdAt`, `subscriptionId`;

-- list by subscriber and plan: subscriber_id, plan_id
SELECT `subscriptionId`, `subscriptionId`, `customerId`, `type`, `status`, `createdAt`, `expiresAt`, `canceledAt`, `createdAt`, `updatedAt` FROM `subscriptions` WHERE `customerId` = ?1 AND `type` = ?2 ORDER BY `createdAt`, `subscriptionId`;

-- list by status: status
SELECT `subscriptionId`, `subscriptionId`, `customerId`, `type`, `status`, `createdAt`, `expiresAt`, `canceledAt`, `createdAt`, `updatedAt` FROM `subscriptions` WHERE `status` = ?1 ORDER BY `createdAt`, `subscriptionId`;

-- list by subscriber and status: subscriber_id, status
SELECT `subscriptionId`, `subscriptionId`, `customerId`, `type`, `status`, `createdAt`, `expiresAt`, `canceledAt`, `createdAt`, `updatedAt` FROM `subscriptions` WHERE `customerId` = ?1 AND `status` = ?2 ORDER BY `createdAt`, `subscriptionId`;

-- list by plan and status: plan_id, status
SELECT `subscriptionId`, `subscriptionId`, `customerId`, `type`, `status`, `createdAt`, `expiresAt`, `canceledAt`, `createdAt`, `updatedAt` FROM `subscriptions` WHERE `type` = ?1 AND `status` = ?2 ORDER BY `createdAt`, `subscriptionId`;

-- list by subscriber, plan and status: subscriber_id, plan_id, status
SELECT `subscriptionId`, `subscriptionId`, `customerId`, `type`, `status`, `createdAt`, `expiresAt`, `canceledAt`, `createdAt`, `updatedAt` FROM `subscriptions` WHERE `customerId` = ?1 AND `type` = ?2 AND `status` = ?3 ORDER BY `createdAt`, `subscriptionId`;

-- delete by id: id
DELETE FROM `subscriptions` WHERE `subscriptionId` = ?1;

-- the table
CREATE TABLE IF NOT EXISTS `subscriptions` (
    `subscriptionId` TEXT NOT NULL PRIMARY KEY,
    `subscriptionId` TEXT,
    `customerId` TEXT NOT NULL,
    `type` TEXT NOT NULL,
    `status` TEXT NOT NULL,
    `createdAt` INTEGER NOT NULL,
    `expiresAt` INTEGER NOT NULL,
    `canceledAt` INTEGER,
    `createdAt` INTEGER NOT NULL,
    `updatedAt` INTEGER NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS `subscriptions_provider_key` ON `subscriptions` (`subscriptionId`);
CREATE UNIQUE INDEX IF NOT EXISTS `subscriptions_live_key` ON `subscriptions` (`customerId`) WHERE `status` IN ('active', 'trialing');
CREATE INDEX IF NOT EXISTS `subscriptions_created_idx` ON `subscriptions` (`createdAt`, `subscriptionId`);
CREATE INDEX IF NOT EXISTS `subscriptions_subscriber_idx` ON `subscriptions` (`customerId`, `createdAt`, `subscriptionId`);
CREATE INDEX IF NOT EXISTS `subscriptions_plan_idx` ON `subscriptions` (`type`, `createdAt`, `subscriptionId`);
CREATE INDEX IF NOT EXISTS `subscriptions_status_idx` ON `subscriptions` (`status`, `createdAt`, `subscriptionId`);
