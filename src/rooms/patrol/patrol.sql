-- patrol.sql — 巡查: walks, what was found, points looked at again and again.

-- ---- the ledger: one row a walk
-- @phrase row id i64, unit i64, name text, village i64, walked_at i64, walked_by i64, problems_n i64,
-- note text?, version i64

-- patrol_find(id i64) -> one({row})
SELECT id, unit, name, village, walked_at, walked_by, problems_n, note, version
  FROM patrol
 WHERE town_id = :town AND id = :id
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND patrol.unit BETWEEN s.lo AND s.hi
                  AND s.place IN (0, patrol.place));

-- patrol_list(village i64?, walked_by i64?, limit i64) -> many({row})
SELECT id, unit, name, village, walked_at, walked_by, problems_n, note, version
  FROM patrol
 WHERE town_id = :town
       [village: AND village = :village]
       [walked_by: AND walked_by = :walked_by]
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND patrol.unit BETWEEN s.lo AND s.hi
                  AND s.place IN (0, patrol.place))
 ORDER BY @sort(latest = walked_at DESC, id DESC | oldest = walked_at, id)
 LIMIT :limit;

-- patrol_places(today text, limit i64) -> many(id i64, unit i64, village i64, kind text, name text)
SELECT p.id, p.unit, p.village, p.kind, p.name
  FROM place p
 WHERE p.town_id = :town AND p.kind IN ('road', 'river_section', 'ditch')
   AND (p.from_on IS NULL OR p.from_on <= :today) AND (p.to_on IS NULL OR p.to_on >= :today)
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND p.unit BETWEEN s.lo AND s.hi
                  AND s.place IN (0, p.id))
 ORDER BY p.unit, p.name, p.id
 LIMIT :limit;

-- patrol_last(limit i64) -> many(place i64, at i64)
-- @unscoped the page shows only places of the reader
SELECT place, MAX(walked_at) AS at
  FROM patrol
 WHERE town_id = :town
 GROUP BY place
 ORDER BY place
 LIMIT :limit;

-- patrol_of_place(place i64, limit i64)
--   -> many(id i64, walked_at i64, walked_by i64, problems_n i64, note text?)
-- @unscoped the page has asked for the place
SELECT id, walked_at, walked_by, problems_n, note
  FROM patrol
 WHERE town_id = :town AND place = :place
 ORDER BY walked_at DESC, id DESC
 LIMIT :limit;

-- patrol_add(id i64, unit i64, village i64, place i64, name text, walked_at i64, note text?, problems_n i64)
--   -> exec
INSERT INTO patrol (town_id, id, unit, village, place, name, walked_at, walked_by, note, problems_n,
                    created_at, version)
VALUES (:town, :id, :unit, :village, :place, :name, :walked_at, :me, :note, :problems_n, :now, 1);

-- ---- findings of a walk that is not over
-- patrol_finding_add(place i64, problem i64) -> exec
INSERT INTO patrol_finding (town_id, place, problem, by, at) VALUES (:town, :place, :problem, :me, :now)
    ON CONFLICT (town_id, place, problem) DO NOTHING;

-- patrol_findings_open(place i64, limit i64) -> many(problem i64, at i64)
SELECT problem, at
  FROM patrol_finding
 WHERE town_id = :town AND place = :place AND by = :me AND walk IS NULL
 ORDER BY problem
 LIMIT :limit;

-- patrol_findings_told(place i64, walk i64) -> exec
UPDATE patrol_finding SET walk = :walk
 WHERE town_id = :town AND place = :place AND by = :me AND walk IS NULL;

-- ---- points
-- @phrase point id i64, unit i64, place i64, name text, category text, problem i64, ended_on text?,
-- n_returns i64, created_at i64, version i64

-- patrol_points(limit i64) -> many({point})
-- @unscoped the page shows only places of the reader
SELECT id, unit, place, name, category, problem, ended_on, n_returns, created_at, version
  FROM patrol_point
 WHERE town_id = :town AND ended_on IS NULL
 ORDER BY place, id
 LIMIT :limit;

-- patrol_points_at(place i64, limit i64) -> many({point})
-- @unscoped the page has asked for the place
SELECT id, unit, place, name, category, problem, ended_on, n_returns, created_at, version
  FROM patrol_point
 WHERE town_id = :town AND place = :place
 ORDER BY name
 LIMIT :limit;

-- patrol_point_find(id i64) -> one({point})
SELECT id, unit, place, name, category, problem, ended_on, n_returns, created_at, version
  FROM patrol_point
 WHERE town_id = :town AND id = :id
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND patrol_point.unit BETWEEN s.lo AND s.hi
                  AND s.place IN (0, patrol_point.place));

-- patrol_point_add(id i64, unit i64, place i64, name text, category text, problem i64) -> move
INSERT INTO patrol_point (town_id, id, unit, place, name, category, problem, n_returns, created_by,
                          created_at, updated_at, version)
VALUES (:town, :id, :unit, :place, :name, :category, :problem, 0, :me, :now, :now, 1)
    ON CONFLICT (town_id, place, name) DO NOTHING;

-- patrol_point_end(id i64, version i64, ended_on text?) -> move
-- @unscoped patrol_point_find has found the row in scope
UPDATE patrol_point SET ended_on = :ended_on, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND version = :version AND ended_on IS NULL;

-- patrol_point_return(id i64, version i64) -> move
-- @unscoped patrol_point_find has found the row in scope
UPDATE patrol_point
   SET ended_on = NULL, n_returns = n_returns + 1, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND version = :version AND ended_on IS NOT NULL;
