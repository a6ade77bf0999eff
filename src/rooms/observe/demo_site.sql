-- demo_site.sql — 示范点台账.

-- demo_site_find(id i64)
--   -> one(id i64, unit i64, standard text, named_by text, basis text?, from_on text, to_on text?,
--          batch text?, version i64)
SELECT id, unit, standard, named_by, basis, from_on, to_on, batch, version
  FROM demo_site
 WHERE town_id = :town AND id = :id
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND demo_site.unit BETWEEN s.lo AND s.hi AND s.place = 0);

-- demo_site_list(unit i64?, from_from text?, from_to text?, limit i64)
--   -> many(id i64, unit i64, standard text, named_by text, basis text?, from_on text, to_on text?,
--           batch text?, version i64)
SELECT id, unit, standard, named_by, basis, from_on, to_on, batch, version
  FROM demo_site
 WHERE town_id = :town
       [unit: AND unit = :unit]
       [from_from: AND from_on >= :from_from]
       [from_to: AND from_on <= :from_to]
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND demo_site.unit BETWEEN s.lo AND s.hi AND s.place = 0)
 ORDER BY @sort(latest = from_on DESC, id DESC | oldest = from_on, id)
 LIMIT :limit;

-- demo_site_all(limit i64)
--   -> many(id i64, unit i64, standard text, named_by text, basis text?, from_on text, to_on text?)
-- @unscoped which villages show what is told to all staff: they are to go and look
SELECT id, unit, standard, named_by, basis, from_on, to_on
  FROM demo_site
 WHERE town_id = :town
 ORDER BY from_on DESC, id DESC
 LIMIT :limit;

-- demo_site_insert(id i64, unit i64, standard text, named_by text, basis text?, from_on text,
--                  to_on text?, batch text?) -> exec
INSERT INTO demo_site (town_id, id, unit, standard, named_by, basis, from_on, to_on, batch, created_by,
                       created_at, updated_at, version)
VALUES (:town, :id, :unit, :standard, :named_by, :basis, :from_on, :to_on, :batch, :me, :now, :now, 1);

-- demo_site_update(id i64, version i64, unit i64, standard text, named_by text, basis text?,
--                  from_on text, to_on text?) -> move
-- @unscoped the ledger has found the row in scope; the version guards it
UPDATE demo_site
   SET unit = :unit, standard = :standard, named_by = :named_by, basis = :basis, from_on = :from_on,
       to_on = :to_on, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND version = :version;

-- demo_site_of_batch(batch text, limit i64) -> many(id i64, version i64)
-- @slow the rows of one import that nobody has changed since
SELECT id, version
  FROM demo_site
 WHERE town_id = :town AND batch = :batch AND version = 1
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND demo_site.unit BETWEEN s.lo AND s.hi AND s.place = 0)
 ORDER BY id
 LIMIT :limit;

-- demo_site_remove(id i64, version i64) -> move
-- @unscoped demo_site_of_batch has found the row in scope
DELETE FROM demo_site WHERE town_id = :town AND id = :id AND version = :version;
