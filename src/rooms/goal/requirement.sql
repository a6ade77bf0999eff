-- requirement.sql — 上级要求台账.

-- requirement_find(id i64)
--   -> one(id i64, unit i64, origin text, paper_no text, text text, due_on text?, refined_n i64,
--          batch text?, version i64)
-- @unscoped what city and district ask is known to all staff
SELECT id, unit, origin, paper_no, text, due_on,
       (SELECT COUNT(DISTINCT t.village) FROM target t
         WHERE t.town_id = :town AND t.requirement = requirement.id) AS refined_n,
       batch, version
  FROM requirement
 WHERE town_id = :town AND id = :id;

-- requirement_list(origin text?, limit i64)
--   -> many(id i64, unit i64, origin text, paper_no text, text text, due_on text?, refined_n i64,
--           batch text?, version i64)
-- @unscoped what city and district ask is known to all staff
SELECT id, unit, origin, paper_no, text, due_on,
       (SELECT COUNT(DISTINCT t.village) FROM target t
         WHERE t.town_id = :town AND t.requirement = requirement.id) AS refined_n,
       batch, version
  FROM requirement
 WHERE town_id = :town
       [origin: AND origin = :origin]
 ORDER BY @sort(latest = id DESC | oldest = id)
 LIMIT :limit;

-- requirement_named(paper_no text) -> one(id i64)
SELECT id FROM requirement WHERE town_id = :town AND paper_no = :paper_no;

-- requirement_insert(id i64, unit i64, origin text, paper_no text, text text, due_on text?, batch text?)
--   -> exec
INSERT INTO requirement (town_id, id, unit, origin, paper_no, text, due_on, batch, created_by,
                         created_at, updated_at, version)
VALUES (:town, :id, :unit, :origin, :paper_no, :text, :due_on, :batch, :me, :now, :now, 1);

-- requirement_update(id i64, version i64, unit i64, origin text, paper_no text, text text, due_on text?)
--   -> move
UPDATE requirement
   SET unit = :unit, origin = :origin, paper_no = :paper_no, text = :text, due_on = :due_on,
       updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND version = :version;

-- requirement_of_batch(batch text, limit i64) -> many(id i64, version i64)
-- @slow the rows of one import that nobody has changed since
SELECT id, version
  FROM requirement
 WHERE town_id = :town AND batch = :batch AND version = 1
 ORDER BY id
 LIMIT :limit;

-- requirement_remove(id i64, version i64) -> move
DELETE FROM requirement WHERE town_id = :town AND id = :id AND version = :version;

-- requirement_late(today text, limit i64) -> many(id i64, text text, due_on text?)
-- @unscoped what city and district ask is known to all staff
-- @slow a few dozen requirements, looked at before a meeting
SELECT id, text, due_on
  FROM requirement
 WHERE town_id = :town AND due_on < :today
   AND NOT EXISTS (SELECT 1 FROM target t WHERE t.town_id = :town AND t.requirement = requirement.id)
 ORDER BY id
 LIMIT :limit;
