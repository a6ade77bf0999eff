-- plate.sql — 码牌: the stickers and their scans.

-- plate_find(id i64)
--   -> one(id i64, unit i64, village i64, place i64?, code text, name text, from_on text, replaced_by text?, version i64)
SELECT id, unit, village, place, code, name, from_on, replaced_by, version
  FROM plate
 WHERE town_id = :town AND id = :id
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND plate.unit BETWEEN s.lo AND s.hi
                  AND s.place IN (0, plate.place));

-- plate_list(village i64?, limit i64)
--   -> many(id i64, unit i64, village i64, place i64?, code text, name text, from_on text, replaced_by text?, version i64)
SELECT id, unit, village, place, code, name, from_on, replaced_by, version
  FROM plate
 WHERE town_id = :town [village: AND village = :village]
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND plate.unit BETWEEN s.lo AND s.hi
                  AND s.place IN (0, plate.place))
 ORDER BY @sort(made = id)
 LIMIT :limit;

-- plate_by_code(code text)
--   -> one(id i64, unit i64, village i64, place i64?, code text, name text, from_on text, replaced_by text?, version i64)
-- @unscoped the code hangs on a pole, for everybody to scan
SELECT id, unit, village, place, code, name, from_on, replaced_by, version
  FROM plate
 WHERE town_id = :town AND code = :code;

-- plate_hanging(lo i64, hi i64, limit i64)
--   -> many(id i64, unit i64, village i64, place i64?, target i64, code text, name text, from_on text, version i64)
-- @unscoped codes and names of places are public; who makes plates has been asked
SELECT id, unit, village, place, target, code, name, from_on, version
  FROM plate
 WHERE town_id = :town AND unit BETWEEN :lo AND :hi AND replaced_by IS NULL
 ORDER BY unit, id
 LIMIT :limit;

-- plate_insert(id i64, unit i64, village i64, place i64?, target i64, code text, name text, from_on text) -> exec
INSERT INTO plate (town_id, id, unit, village, place, target, code, name, from_on, created_by, created_at)
VALUES (:town, :id, :unit, :village, :place, :target, :code, :name, :from_on, :me, :now);

-- plate_replace(id i64, version i64, code text, why text) -> move
-- @unscoped plate_lost has asked who may, and found the row in the same transaction
UPDATE plate
   SET replaced_by = :code, replaced_at = :now, replaced_why = :why, version = version + 1
 WHERE town_id = :town AND id = :id AND version = :version AND replaced_by IS NULL;

-- plate_scan_count(plate i64, day text) -> exec
INSERT INTO plate_scan (town_id, plate, day, n) VALUES (:town, :plate, :day, 1)
    ON CONFLICT (town_id, plate, day) DO UPDATE SET n = plate_scan.n + 1;

-- plate_scans(plate i64, since text, limit i64) -> many(day text, n i64)
SELECT day, n
  FROM plate_scan
 WHERE town_id = :town AND plate = :plate AND day >= :since
 ORDER BY day DESC
 LIMIT :limit;

-- ---- after 30 days a scan is the village's, not the plate's
-- plate_scans_before(day text, limit i64) -> many(plate i64, unit i64, village i64, day text, n i64)
-- @unscoped a job of the whole town
SELECT s.plate, p.unit, p.village, s.day, s.n
  FROM plate_scan s
  JOIN plate p ON p.town_id = :town AND p.id = s.plate
 WHERE s.town_id = :town AND s.day < :day
 ORDER BY s.day, s.plate
 LIMIT :limit;

-- plate_scan_round(unit i64, day text, n i64) -> exec
INSERT INTO plate_scan_unit (town_id, unit, day, n) VALUES (:town, :unit, :day, :n)
    ON CONFLICT (town_id, unit, day) DO UPDATE SET n = plate_scan_unit.n + excluded.n;

-- plate_scan_drop(plate i64, day text) -> move
DELETE FROM plate_scan WHERE town_id = :town AND plate = :plate AND day = :day;

-- plate_scans_rounded(unit i64, since text) -> one(n i64)
-- @unscoped a number of a village, without persons
SELECT COALESCE(CAST(SUM(n) AS BIGINT), 0) AS n
  FROM plate_scan_unit
 WHERE town_id = :town AND unit = :unit AND day >= :since;

-- plate_old(village i64, limit i64) -> many(id i64, code text, name text, replaced_by text?, replaced_at i64?)
-- @unscoped codes and names of places are public
SELECT id, code, name, replaced_by, replaced_at
  FROM plate
 WHERE town_id = :town AND village = :village AND replaced_by IS NOT NULL
 ORDER BY id DESC
 LIMIT :limit;

-- plate_open_n(place i64) -> one(n i64)
-- @unscoped a number without any of its rows
SELECT count(*) AS n FROM problem WHERE town_id = :town AND place = :place AND live = 1 AND office_only = 0;

-- plate_open_in(village i64) -> one(n i64)
-- @unscoped a number without any of its rows
SELECT count(*) AS n FROM problem WHERE town_id = :town AND village = :village AND live = 1 AND office_only = 0;
