-- burden.sql — 太重了: counts a page and month, and words without a name.

-- burden_count(month text, page text) -> exec
INSERT INTO burden (town_id, month, page, n) VALUES (:town, :month, :page, 1)
    ON CONFLICT (town_id, month, page) DO UPDATE SET n = burden.n + 1;

-- burden_of(month text, page text) -> one(n i64)
SELECT n FROM burden WHERE town_id = :town AND month = :month AND page = :page;

-- burden_say(month text, page text, no i64, said text) -> exec
INSERT INTO burden_word (town_id, month, page, no, said) VALUES (:town, :month, :page, :no, :said);

-- burden_counts(from_month text, limit i64) -> many(month text, page text, n i64)
-- @slow a town has some hundreds of pages a year
SELECT month, page, n
  FROM burden
 WHERE town_id = :town AND month >= :from_month
 ORDER BY month DESC, n DESC, page
 LIMIT :limit;

-- burden_words(from_month text, limit i64) -> many(month text, page text, said text)
-- @slow at most two hundred characters each, the newest
SELECT month, page, said
  FROM burden_word
 WHERE town_id = :town AND month >= :from_month
 ORDER BY month DESC, page, no DESC
 LIMIT :limit;
