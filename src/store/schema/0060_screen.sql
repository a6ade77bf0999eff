-- 0060 待甄别: the matter that its reporter knew it to be; followed when it is let through.
ALTER TABLE screen_wait ADD COLUMN same_as BIGINT NOT NULL DEFAULT 0;
