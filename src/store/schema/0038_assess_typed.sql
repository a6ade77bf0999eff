-- 0038 考核: who typed a lost point in; for one from paper that is not the inspector.
ALTER TABLE assess_deduct ADD COLUMN entered_by BIGINT;
