-- 0034 照片公开: what may be shown to everybody, and what was made unrecognisable in it by hand.

-- hash stays the picture's identity; veil_… is what is shown instead since veiled_at.  The unveiled one
-- is kept apart for some days; gone_at: its file may go.
ALTER TABLE attachment ADD COLUMN veil_hash TEXT;
ALTER TABLE attachment ADD COLUMN veil_bytes BIGINT;
ALTER TABLE attachment ADD COLUMN veil_small_hash TEXT;
ALTER TABLE attachment ADD COLUMN veil_small_bytes BIGINT;
ALTER TABLE attachment ADD COLUMN veiled_at BIGINT;
ALTER TABLE attachment ADD COLUMN gone_at BIGINT;

CREATE INDEX attachment_cleared ON attachment (town_id, cleared, id);
CREATE INDEX attachment_veil ON attachment (town_id, veil_hash);
CREATE INDEX attachment_veiled ON attachment (town_id, veiled_at);
