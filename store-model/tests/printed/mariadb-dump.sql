/*M!999999\- enable the sandbox mode */ 
-- MariaDB dump 10.19  Distrib 10.11.19-MariaDB
--
-- ------------------------------------------------------
-- Server version	10.11.19

/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!40101 SET @OLD_CHARACTER_SET_RESULTS=@@CHARACTER_SET_RESULTS */;
/*!40101 SET @OLD_COLLATION_CONNECTION=@@COLLATION_CONNECTION */;
/*!40101 SET NAMES utf8mb4 */;
/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;
/*!40103 SET TIME_ZONE='+00:00' */;
/*!40014 SET @OLD_UNIQUE_CHECKS=@@UNIQUE_CHECKS, UNIQUE_CHECKS=0 */;
/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;
/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;
/*!40111 SET @OLD_SQL_NOTES=@@SQL_NOTES, SQL_NOTES=0 */;

--
-- Table structure for table `parts`
--

DROP TABLE IF EXISTS `parts`;
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `parts` (
  `id` bigint(20) NOT NULL,
  `at` date NOT NULL,
  PRIMARY KEY (`id`,`at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci
 PARTITION BY RANGE (to_days(`at`))
(PARTITION `p0` VALUES LESS THAN (738000) ENGINE = InnoDB,
 PARTITION `p1` VALUES LESS THAN MAXVALUE ENGINE = InnoDB);
/*!40101 SET character_set_client = @saved_cs_client */;

--
-- Table structure for table `plans`
--

DROP TABLE IF EXISTS `plans`;
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `plans` (
  `id` varchar(255) NOT NULL,
  `provider_id` varchar(255) DEFAULT NULL,
  `name` longtext NOT NULL,
  `description` longtext NOT NULL,
  `amount` bigint(20) NOT NULL,
  `currency` longtext NOT NULL,
  `interval` varchar(255) NOT NULL,
  `interval_count` bigint(20) NOT NULL,
  `trial_days` bigint(20) NOT NULL,
  `features` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`features`)),
  `limits` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`limits`)),
  `metadata` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`metadata`)),
  `active` tinyint(1) NOT NULL,
  `created_at` datetime(6) NOT NULL,
  `updated_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `plans_provider_key` (`provider_id`),
  KEY `plans_created_idx` (`created_at`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
/*!40101 SET character_set_client = @saved_cs_client */;

--
-- Temporary table structure for view `seen`
--

DROP TABLE IF EXISTS `seen`;
/*!50001 DROP VIEW IF EXISTS `seen`*/;
SET @saved_cs_client     = @@character_set_client;
SET character_set_client = utf8mb4;
/*!50001 CREATE VIEW `seen` AS SELECT
 NULL AS `id`,
 NULL AS `word`,
 NULL AS `up` */;
SET character_set_client = @saved_cs_client;

--
-- Table structure for table `subscriptions`
--

DROP TABLE IF EXISTS `subscriptions`;
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `subscriptions` (
  `id` varchar(255) NOT NULL,
  `provider_id` varchar(255) DEFAULT NULL,
  `subscriber_id` varchar(255) NOT NULL,
  `plan_id` varchar(255) NOT NULL,
  `status` varchar(255) NOT NULL,
  `current_period_start` datetime(6) NOT NULL,
  `current_period_end` datetime(6) NOT NULL,
  `trial_start` datetime(6) DEFAULT NULL,
  `trial_end` datetime(6) DEFAULT NULL,
  `canceled_at` datetime(6) DEFAULT NULL,
  `paused_at` datetime(6) DEFAULT NULL,
  `metadata` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`metadata`)),
  `created_at` datetime(6) NOT NULL,
  `updated_at` datetime(6) NOT NULL,
  `live_key` varchar(255) GENERATED ALWAYS AS (case when `status` in ('active','trialing') then `subscriber_id` end) STORED,
  PRIMARY KEY (`id`),
  UNIQUE KEY `subscriptions_provider_key` (`provider_id`),
  UNIQUE KEY `subscriptions_live_key` (`live_key`),
  KEY `subscriptions_created_idx` (`created_at`,`id`),
  KEY `subscriptions_subscriber_idx` (`subscriber_id`,`created_at`,`id`),
  KEY `subscriptions_plan_idx` (`plan_id`,`created_at`,`id`),
  KEY `subscriptions_status_idx` (`status`,`created_at`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
/*!40101 SET character_set_client = @saved_cs_client */;

--
-- Table structure for table `usage_records`
--

DROP TABLE IF EXISTS `usage_records`;
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `usage_records` (
  `id` varchar(255) NOT NULL,
  `subscription_id` varchar(255) NOT NULL,
  `metric` varchar(255) NOT NULL,
  `quantity` bigint(20) NOT NULL,
  `recorded_at` datetime(6) NOT NULL,
  `metadata` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`metadata`)),
  `provider_reported_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `usage_records_sum_idx` (`subscription_id`,`metric`,`recorded_at`,`quantity`),
  KEY `usage_records_recorded_idx` (`subscription_id`,`recorded_at`,`id`),
  KEY `usage_records_unreported_idx` (`provider_reported_at`,`recorded_at`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
/*!40101 SET character_set_client = @saved_cs_client */;

--
-- Table structure for table `zoo`
--

DROP TABLE IF EXISTS `zoo`;
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `zoo` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT COMMENT 'it''s; "x"',
  `e` enum('a','it''s','c') NOT NULL DEFAULT 'a',
  `set` set('x','y') DEFAULT NULL,
  `Mixed Case` varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT 'a''b',
  `latin` varchar(5) CHARACTER SET latin1 COLLATE latin1_swedish_ci DEFAULT NULL,
  `status` varchar(20) DEFAULT NULL CHECK (`status` in ('a','b')),
  `ts` timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  `dt` datetime(6) DEFAULT NULL,
  `d0` datetime NOT NULL,
  `flag` tinyint(1) NOT NULL DEFAULT 1,
  `data` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT json_object() CHECK (json_valid(`data`)),
  `bits` bit(4) DEFAULT b'101',
  `amount` decimal(10,2) unsigned NOT NULL DEFAULT 0.00,
  `live` varchar(20) GENERATED ALWAYS AS (case when `status` in ('a','b') then `Mixed Case` end) STORED,
  `doubled` int(11) GENERATED ALWAYS AS (`flag` * 2) VIRTUAL,
  `plan` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin DEFAULT NULL,
  `bin` varbinary(16) DEFAULT NULL,
  `y` year(4) DEFAULT NULL,
  `text` text DEFAULT NULL,
  `hidden` int(11) INVISIBLE DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `flag` (`flag`),
  UNIQUE KEY `live` (`live`),
  KEY `prefix` (`text`(20),`dt` DESC),
  KEY `plan` (`plan`),
  FULLTEXT KEY `ft` (`text`),
  CONSTRAINT `plan` FOREIGN KEY (`plan`) REFERENCES `plans` (`id`) ON DELETE SET NULL,
  CONSTRAINT `ck` CHECK (`e` in ('a','c'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='CREATE TABLE zoo (no int);';
/*!40101 SET character_set_client = @saved_cs_client */;
/*!50003 SET @saved_cs_client      = @@character_set_client */ ;
/*!50003 SET @saved_cs_results     = @@character_set_results */ ;
/*!50003 SET @saved_col_connection = @@collation_connection */ ;
/*!50003 SET character_set_client  = utf8mb3 */ ;
/*!50003 SET character_set_results = utf8mb3 */ ;
/*!50003 SET collation_connection  = utf8mb3_general_ci */ ;
/*!50003 SET @saved_sql_mode       = @@sql_mode */ ;
/*!50003 SET sql_mode              = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION' */ ;
DELIMITER ;;
/*!50003 CREATE*/ /*!50017 DEFINER=`store`@`127.0.0.1`*/ /*!50003 TRIGGER touch BEFORE UPDATE ON zoo FOR EACH ROW BEGIN IF NEW.flag THEN SET NEW.dt = now(); END IF; END 
*/;;
DELIMITER ;
/*!50003 SET sql_mode              = @saved_sql_mode */ ;
/*!50003 SET character_set_client  = @saved_cs_client */ ;
/*!50003 SET character_set_results = @saved_cs_results */ ;
/*!50003 SET collation_connection  = @saved_col_connection */ ;

--
-- Dumping routines for database 'zoo'
--
/*!50003 SET @saved_sql_mode       = @@sql_mode */ ;
/*!50003 SET sql_mode              = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION' */ ;
/*!50003 DROP PROCEDURE IF EXISTS `p` */;
/*!50003 SET @saved_cs_client      = @@character_set_client */ ;
/*!50003 SET @saved_cs_results     = @@character_set_results */ ;
/*!50003 SET @saved_col_connection = @@collation_connection */ ;
/*!50003 SET character_set_client  = utf8mb3 */ ;
/*!50003 SET character_set_results = utf8mb3 */ ;
/*!50003 SET collation_connection  = utf8mb3_general_ci */ ;
DELIMITER ;;
CREATE DEFINER=`store`@`127.0.0.1` PROCEDURE `p`()
BEGIN DROP TABLE IF EXISTS none; SELECT CASE WHEN 1 THEN 2 END; END
;;
DELIMITER ;
/*!50003 SET sql_mode              = @saved_sql_mode */ ;
/*!50003 SET character_set_client  = @saved_cs_client */ ;
/*!50003 SET character_set_results = @saved_cs_results */ ;
/*!50003 SET collation_connection  = @saved_col_connection */ ;

--
-- Final view structure for view `seen`
--

/*!50001 DROP VIEW IF EXISTS `seen`*/;
/*!50001 SET @saved_cs_client          = @@character_set_client */;
/*!50001 SET @saved_cs_results         = @@character_set_results */;
/*!50001 SET @saved_col_connection     = @@collation_connection */;
/*!50001 SET character_set_client      = utf8mb3 */;
/*!50001 SET character_set_results     = utf8mb3 */;
/*!50001 SET collation_connection      = utf8mb3_general_ci */;
/*!50001 CREATE ALGORITHM=UNDEFINED */
/*!50013 DEFINER=`store`@`127.0.0.1` SQL SECURITY DEFINER */
/*!50001 VIEW `seen` AS select `z`.`id` AS `id`,`z`.`status` AS `word`,ucase(`z`.`text`) AS `up` from (`zoo` `z` join `plans` `p` on(`p`.`id` = `z`.`status`)) */;
/*!50001 SET character_set_client      = @saved_cs_client */;
/*!50001 SET character_set_results     = @saved_cs_results */;
/*!50001 SET collation_connection      = @saved_col_connection */;
/*!40103 SET TIME_ZONE=@OLD_TIME_ZONE */;

/*!40101 SET SQL_MODE=@OLD_SQL_MODE */;
/*!40014 SET FOREIGN_KEY_CHECKS=@OLD_FOREIGN_KEY_CHECKS */;
/*!40014 SET UNIQUE_CHECKS=@OLD_UNIQUE_CHECKS */;
/*!40101 SET CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT */;
/*!40101 SET CHARACTER_SET_RESULTS=@OLD_CHARACTER_SET_RESULTS */;
/*!40101 SET COLLATION_CONNECTION=@OLD_COLLATION_CONNECTION */;
/*!40111 SET SQL_NOTES=@OLD_SQL_NOTES */;

-- Dump completed
