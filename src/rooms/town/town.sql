-- town.sql — 单元、地点、日历、设置.

-- town_unit_find(unit i64) -> one(unit i64, kind text, name text, parent i64, lo i64, hi i64, score_group text,
--   households i64?, adults i64?, voters i64?, reps i64?, succeeded_by i64, version i64)
-- @kept
SELECT unit, kind, name, parent, lo, hi, score_group, households, adults, voters, reps, succeeded_by, version
  FROM unit
 WHERE unit = :unit;

-- town_unit_children(parent i64, limit i64)
--   -> many(unit i64, kind text, name text, parent i64, lo i64, hi i64, score_group text, succeeded_by i64)
-- @kept
SELECT unit, kind, name, parent, lo, hi, score_group, succeeded_by
  FROM unit
 WHERE parent = :parent
 ORDER BY unit
 LIMIT :limit;

-- town_unit_add(unit i64, kind text, name text, parent i64, lo i64, hi i64, score_group text, households i64?,
--   adults i64?, voters i64?, reps i64?, succeeded_by i64) -> exec
-- @everywhere an import by the installation's admin
INSERT INTO unit (unit, kind, name, parent, lo, hi, score_group, households, adults, voters, reps, succeeded_by)
VALUES (:unit, :kind, :name, :parent, :lo, :hi, :score_group, :households, :adults, :voters, :reps, :succeeded_by);

-- town_unit_change(unit i64, name text, score_group text, households i64?, adults i64?, voters i64?, reps i64?,
--   succeeded_by i64, version i64) -> move
-- @everywhere an import by the installation's admin
UPDATE unit
   SET name = :name, score_group = :score_group, households = :households, adults = :adults, voters = :voters,
       reps = :reps, succeeded_by = :succeeded_by, version = version + 1
 WHERE unit = :unit AND version = :version AND kind <> '';

-- town_info_add(name text, abbr text) -> exec
INSERT INTO town_info (town_id, name, abbr, made_at) VALUES (:town, :name, :abbr, :now);

-- town_info_find() -> one(name text, abbr text, made_at i64)
SELECT name, abbr, made_at FROM town_info WHERE town_id = :town;

-- town_info_all(limit i64) -> many(town_id i64, name text)
-- @alltowns the list of the towns served here
-- @slow one row a town
SELECT town_id, name FROM town_info ORDER BY town_id LIMIT :limit;

-- town_place_find(id i64) -> one(id i64, unit i64, village i64, kind text, name text, shape text?, from_on text?,
--   to_on text?, updated_at i64, version i64)
-- @unscoped names of places are public: the report page offers them
-- @kept
SELECT id, unit, village, kind, name, shape, from_on, to_on, updated_at, version
  FROM place
 WHERE town_id = :town AND id = :id;

-- town_place_range(lo i64, hi i64, today text, limit i64)
--   -> many(id i64, unit i64, name text, kind text, from_on text?, to_on text?, version i64)
-- @unscoped names of places are public: the report page offers them
-- @kept
SELECT id, unit, name, kind, from_on, to_on, version
  FROM place
 WHERE town_id = :town AND unit BETWEEN :lo AND :hi
   AND (from_on IS NULL OR from_on <= :today) AND (to_on IS NULL OR to_on >= :today)
 ORDER BY unit, name, id
 LIMIT :limit;

-- town_place_named(lo i64, hi i64, name text, today text, limit i64)
--   -> many(id i64, unit i64, name text, kind text, from_on text?, to_on text?, version i64)
-- @unscoped names of places are public: the report page offers them
-- @kept
SELECT id, unit, name, kind, from_on, to_on, version
  FROM place
 WHERE town_id = :town AND name = :name AND unit BETWEEN :lo AND :hi
   AND (from_on IS NULL OR from_on <= :today) AND (to_on IS NULL OR to_on >= :today)
 ORDER BY unit, id
 LIMIT :limit;

-- town_place_add(id i64, unit i64, village i64, kind text, name text, shape text?, from_on text?, to_on text?) -> exec
INSERT INTO place (town_id, id, unit, village, kind, name, shape, from_on, to_on, updated_at)
VALUES (:town, :id, :unit, :village, :kind, :name, :shape, :from_on, :to_on, :now);

-- town_place_change(id i64, kind text, name text, shape text?, from_on text?, to_on text?, version i64) -> move
-- @unscoped town_place_put has asked who may, and found the row in the same transaction
UPDATE place
   SET kind = :kind, name = :name, shape = :shape, from_on = :from_on, to_on = :to_on, updated_at = :now,
       version = version + 1
 WHERE town_id = :town AND id = :id AND version = :version;

-- town_calendar_years(today text, limit i64) -> many(year i64, version i64, from_on text, source text, by i64, at i64)
SELECT y.year, y.version, y.from_on, y.source, y.by, y.at
  FROM calendar_year y
 WHERE y.town_id = :town
   AND y.version = (SELECT max(v.version) FROM calendar_year v
                     WHERE v.town_id = :town AND v.year = y.year AND v.from_on <= :today)
 ORDER BY y.year
 LIMIT :limit;

-- town_calendar_now(today text, limit i64) -> many(year i64, version i64, day text, kind text)
-- @kept
SELECT d.year, d.version, d.day, d.kind
  FROM calendar_day d
 WHERE d.town_id = :town
   AND d.version = (SELECT max(v.version) FROM calendar_year v
                     WHERE v.town_id = :town AND v.year = d.year AND v.from_on <= :today)
 ORDER BY d.year, d.version, d.day
 LIMIT :limit;

-- town_calendar_versions(year i64, limit i64) -> many(version i64, from_on text, source text, by i64, at i64)
SELECT version, from_on, source, by, at
  FROM calendar_year
 WHERE town_id = :town AND year = :year
 ORDER BY version DESC
 LIMIT :limit;

-- town_calendar_days(year i64, version i64, limit i64) -> many(day text, kind text, name text)
SELECT day, kind, name
  FROM calendar_day
 WHERE town_id = :town AND year = :year AND version = :version
 ORDER BY day
 LIMIT :limit;

-- town_calendar_year_add(year i64, version i64, from_on text, source text) -> exec
INSERT INTO calendar_year (town_id, year, version, from_on, source, by, at)
VALUES (:town, :year, :version, :from_on, :source, :me, :now);

-- town_calendar_day_add(year i64, version i64, day text, kind text, name text) -> exec
INSERT INTO calendar_day (town_id, year, version, day, kind, name)
VALUES (:town, :year, :version, :day, :kind, :name);

-- town_setting_now(name text, today text) -> one(value text, version i64, from_on text)
-- @kept
SELECT value, version, from_on
  FROM setting
 WHERE town_id = :town AND name = :name AND from_on <= :today
 ORDER BY version DESC
 LIMIT 1;

-- town_setting_versions(name text, limit i64) -> many(version i64, from_on text, value text, by i64, at i64)
SELECT version, from_on, value, by, at
  FROM setting
 WHERE town_id = :town AND name = :name
 ORDER BY version DESC
 LIMIT :limit;

-- town_setting_add(name text, version i64, from_on text, value text) -> exec
INSERT INTO setting (town_id, name, version, from_on, value, by, at)
VALUES (:town, :name, :version, :from_on, :value, :me, :now);

-- town_code_add(code text, kind text, id i64) -> move
-- @spread
INSERT INTO code (code, town_id, kind, id) VALUES (:code, :town, :kind, :id) ON CONFLICT (code) DO NOTHING;

-- town_code_named(code text) -> one(town_id i64, kind text, id i64)
-- @spread
SELECT town_id, kind, id FROM code WHERE code = :code;

-- town_place_shapes(today text, limit i64) -> many(id i64, unit i64, name text, shape text?)
-- @unscoped names of places are public: the report page offers them
-- @slow one town's places
-- @kept
SELECT id, unit, name, shape
  FROM place
 WHERE town_id = :town AND shape IS NOT NULL
   AND (from_on IS NULL OR from_on <= :today) AND (to_on IS NULL OR to_on >= :today)
 ORDER BY id
 LIMIT :limit;

-- town_neighbours(limit i64) -> many(name text, tel text, shape text, updated_at i64)
SELECT name, tel, shape, updated_at FROM neighbour WHERE town_id = :town ORDER BY name LIMIT :limit;

-- town_neighbour_find(name text) -> one(name text, tel text, shape text, updated_at i64)
SELECT name, tel, shape, updated_at FROM neighbour WHERE town_id = :town AND name = :name;

-- town_neighbour_put(name text, tel text, shape text) -> exec
INSERT INTO neighbour (town_id, name, tel, shape, updated_at) VALUES (:town, :name, :tel, :shape, :now)
    ON CONFLICT (town_id, name) DO UPDATE SET tel = excluded.tel, shape = excluded.shape, updated_at = excluded.updated_at;

-- town_neighbour_drop(name text, updated_at i64) -> move
DELETE FROM neighbour WHERE town_id = :town AND name = :name AND updated_at = :updated_at;
