-- roster.sql — 值班台账 and its calls.

-- roster_find(id i64)
--   -> one(id i64, unit i64, village i64, day text, shift text, level text, person i64, phone blob,
--          secret blob, calls_n i64, reached_n i64, batch text?, version i64)
SELECT id, unit, village, day, shift, level, person, sealed AS phone, secret,
       (SELECT COUNT(*) FROM roster_call c WHERE c.town_id = :town AND c.roster = roster.id) AS calls_n,
       (SELECT COUNT(*) FROM roster_call c
         WHERE c.town_id = :town AND c.roster = roster.id AND c.outcome = 'reached') AS reached_n,
       batch, version
  FROM roster
 WHERE town_id = :town AND id = :id
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND roster.unit BETWEEN s.lo AND s.hi
                  AND s.place = 0);

-- roster_list(village i64?, person i64?, day_from text?, day_to text?, limit i64)
--   -> many(id i64, unit i64, village i64, day text, shift text, level text, person i64, phone blob,
--           secret blob, calls_n i64, reached_n i64, batch text?, version i64)
SELECT id, unit, village, day, shift, level, person, sealed AS phone, secret,
       (SELECT COUNT(*) FROM roster_call c WHERE c.town_id = :town AND c.roster = roster.id) AS calls_n,
       (SELECT COUNT(*) FROM roster_call c
         WHERE c.town_id = :town AND c.roster = roster.id AND c.outcome = 'reached') AS reached_n,
       batch, version
  FROM roster
 WHERE town_id = :town
       [village: AND village = :village]
       [person: AND person = :person]
       [day_from: AND day >= :day_from]
       [day_to: AND day <= :day_to]
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND roster.unit BETWEEN s.lo AND s.hi
                  AND s.place = 0)
 ORDER BY @sort(latest = day DESC, id DESC | oldest = day, id)
 LIMIT :limit;

-- roster_insert(id i64, unit i64, village i64, day text, shift text, level text, person i64, secret blob,
--               sealed blob, batch text?) -> exec
INSERT INTO roster (town_id, id, unit, village, day, shift, level, person, phone, secret, sealed, batch,
                    created_by, created_at, updated_at, version)
VALUES (:town, :id, :unit, :village, :day, :shift, :level, :person, '', :secret, :sealed, :batch, :me, :now,
        :now, 1);

-- roster_update(id i64, version i64, unit i64, village i64, day text, shift text, level text,
--               person i64, secret blob, sealed blob) -> move
-- @unscoped the ledger has found the row in scope; the version guards it
UPDATE roster
   SET unit = :unit, village = :village, day = :day, shift = :shift, level = :level, person = :person,
       phone = '', secret = :secret, sealed = :sealed, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND version = :version;

-- roster_plain(limit i64) -> many(id i64, phone text)
-- @unscoped a job seals what was written before numbers were sealed
SELECT id, phone FROM roster WHERE town_id = :town AND phone > '' ORDER BY phone, id LIMIT :limit;

-- roster_seal(id i64, phone text, secret blob, sealed blob) -> move
-- @unscoped a job seals what was written before numbers were sealed
UPDATE roster SET phone = '', secret = :secret, sealed = :sealed
 WHERE town_id = :town AND id = :id AND phone = :phone;

-- roster_of_batch(batch text, limit i64) -> many(id i64, version i64)
-- @slow the rows of one import that nobody has changed since
SELECT id, version
  FROM roster
 WHERE town_id = :town AND batch = :batch AND version = 1
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND roster.unit BETWEEN s.lo AND s.hi
                  AND s.place = 0)
 ORDER BY id
 LIMIT :limit;

-- roster_remove(id i64, version i64) -> move
-- @unscoped roster_of_batch has found the row in scope
DELETE FROM roster WHERE town_id = :town AND id = :id AND version = :version;

-- roster_on(day text, shift text, unit i64, village i64, whole i64, limit i64)
--   -> many(id i64, unit i64, level text, person i64)
-- @unscoped a job and whoever has an urgent matter ask who is on duty
-- @slow a dozen rows of one shift
SELECT id, unit, level, person
  FROM roster
 WHERE town_id = :town AND day = :day AND shift = :shift AND unit IN (:unit, :village, :whole)
 ORDER BY unit DESC, id
 LIMIT :limit;

-- roster_shown(day text, limit i64)
--   -> many(id i64, unit i64, shift text, level text, person i64, phone blob, secret blob, calls_n i64,
--           reached_n i64)
-- @unscoped the town's own shifts are everybody's who works there; the others are asked for below
SELECT id, unit, shift, level, person, sealed AS phone, secret,
       (SELECT COUNT(*) FROM roster_call c WHERE c.town_id = :town AND c.roster = roster.id) AS calls_n,
       (SELECT COUNT(*) FROM roster_call c
         WHERE c.town_id = :town AND c.roster = roster.id AND c.outcome = 'reached') AS reached_n
  FROM roster
 WHERE town_id = :town AND day = :day
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND s.place = 0
                  AND (roster.unit BETWEEN s.lo AND s.hi OR roster.village = 0))
 ORDER BY id
 LIMIT :limit;

-- roster_calls(roster i64, limit i64)
--   -> many(id i64, object i64, at i64, outcome text, note text, called_by i64)
SELECT id, object, at, outcome, note, called_by
  FROM roster_call
 WHERE town_id = :town AND roster = :roster
 ORDER BY id DESC
 LIMIT :limit;

-- roster_call_add(roster i64, id i64, object i64, outcome text, note text) -> exec
INSERT INTO roster_call (town_id, roster, id, object, at, outcome, note, called_by)
VALUES (:town, :roster, :id, :object, :now, :outcome, :note, :me);

-- roster_row(id i64)
--   -> one(id i64, unit i64, village i64, day text, shift text, level text, person i64, phone blob, secret blob)
-- @unscoped the town's own rows are for everybody on the page; roster_call() asks for the others
SELECT id, unit, village, day, shift, level, person, sealed AS phone, secret
  FROM roster
 WHERE town_id = :town AND id = :id;
