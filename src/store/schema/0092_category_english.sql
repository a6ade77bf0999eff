-- 0092 问题类别: what a category and a tile are called in English.  NULL: not given, then the town's own
-- Chinese word is shown to everybody.
ALTER TABLE category ADD COLUMN name_en TEXT;
ALTER TABLE tile ADD COLUMN word_en TEXT;
