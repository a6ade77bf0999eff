-- 0066 培训·观摩学习: three years after a training who was there is erased; how many stays.
ALTER TABLE training ADD COLUMN kept_due BIGINT NOT NULL DEFAULT 0;
ALTER TABLE training ADD COLUMN kept_present BIGINT NOT NULL DEFAULT 0;
ALTER TABLE training ADD COLUMN erased_at BIGINT;
