CREATE TABLE `customers` (
  `id` varchar(64) NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
CREATE TABLE `subscriptions` (
  `id` varchar(64) NOT NULL,
  `provider_id` varchar(64) DEFAULT NULL,
  `subscriber_id` varchar(64) NOT NULL,
  `plan_id` varchar(64) NOT NULL,
  `status` varchar(64) NOT NULL,
  `current_period_start` datetime(6) NOT NULL,
  `current_period_end` datetime(6) NOT NULL,
  `trial_start` datetime(6) DEFAULT NULL,
  `trial_end` datetime(6) DEFAULT NULL,
  `canceled_at` datetime(6) DEFAULT NULL,
  `paused_at` datetime(6) DEFAULT NULL,
  `metadata` longtext NOT NULL,
  `created_at` datetime(6) NOT NULL,
  `updated_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `provider` (`provider_id`)
) ENGINE=MyISAM DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
ALTER TABLE `customers` ENGINE = Aria;
