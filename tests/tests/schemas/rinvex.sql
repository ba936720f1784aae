-- MariaDB and MySQL. A package for subscriptions of anything; the application's own users stand for what subscribes.

CREATE TABLE users (id bigint unsigned PRIMARY KEY AUTO_INCREMENT);

CREATE TABLE plans (
    id int unsigned PRIMARY KEY AUTO_INCREMENT,
    slug varchar(255) NOT NULL,
    name json NOT NULL,
    description json,
    is_active tinyint(1) NOT NULL DEFAULT 1,
    price decimal(8, 2) NOT NULL DEFAULT 0.00,
    signup_fee decimal(8, 2) NOT NULL DEFAULT 0.00,
    currency varchar(3) NOT NULL,
    trial_period smallint unsigned NOT NULL DEFAULT 0,
    trial_interval varchar(255) NOT NULL DEFAULT 'day',
    invoice_period smallint unsigned NOT NULL DEFAULT 0,
    invoice_interval varchar(255) NOT NULL DEFAULT 'month',
    grace_period smallint unsigned NOT NULL DEFAULT 0,
    grace_interval varchar(255) NOT NULL DEFAULT 'day',
    prorate_day tinyint unsigned,
    prorate_period tinyint unsigned,
    prorate_extend_due tinyint unsigned,
    active_subscribers_limit smallint unsigned,
    sort_order mediumint unsigned NOT NULL DEFAULT 0,
    created_at timestamp NULL,
    updated_at timestamp NULL,
    deleted_at timestamp NULL,
    UNIQUE KEY plans_slug_unique (slug)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE plan_subscriptions (
    id int unsigned PRIMARY KEY AUTO_INCREMENT,
    subscriber_type varchar(255) NOT NULL,
    subscriber_id bigint unsigned NOT NULL,
    plan_id int unsigned NOT NULL,
    slug varchar(255) NOT NULL,
    name json NOT NULL,
    description json,
    trial_ends_at datetime NULL,
    starts_at datetime NULL,
    ends_at datetime NULL,
    cancels_at datetime NULL,
    canceled_at datetime NULL,
    timezone varchar(255),
    created_at timestamp NULL,
    updated_at timestamp NULL,
    deleted_at timestamp NULL,
    UNIQUE KEY plan_subscriptions_slug_unique (slug),
    KEY plan_subscriptions_subscriber (subscriber_type, subscriber_id),
    FOREIGN KEY (plan_id) REFERENCES plans (id) ON DELETE CASCADE ON UPDATE CASCADE
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
