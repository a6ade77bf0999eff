-- 0067 逐村观摩: a walk that was entered from paper by mistake is made void: one asks with the reason, another decides.
ALTER TABLE observe_round ADD COLUMN void_reason TEXT;
ALTER TABLE observe_round ADD COLUMN void_by BIGINT;
ALTER TABLE observe_round ADD COLUMN voided_at BIGINT;
ALTER TABLE observe_round ADD COLUMN voided_by BIGINT;
