-- 0094 大会诊: a round imported or opened by mistake is made void: one asks with the reason, another decides.
ALTER TABLE survey_round ADD COLUMN void_reason TEXT;
ALTER TABLE survey_round ADD COLUMN void_by BIGINT;
ALTER TABLE survey_round ADD COLUMN voided_at BIGINT;
ALTER TABLE survey_round ADD COLUMN voided_by BIGINT;
