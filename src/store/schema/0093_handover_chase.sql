-- 0093 交接: how often those who have not confirmed were reminded (0, 1; 2: the office was told as well).
ALTER TABLE handover ADD COLUMN chased BIGINT NOT NULL DEFAULT 0;
