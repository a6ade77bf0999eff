-- survey.sql — 大会诊: rounds, who walks, the route with its results, what was found.

-- ---- the ledger: one row a stop
-- survey_find(id i64)
--   -> one(id i64, unit i64, round text, stop text, stop_kind text, planned_on text, result text?,
--          visited_at i64?, led_by i64, note text?, problems_n i64, village i64, version i64)
SELECT s.id, s.unit, r.name AS round, s.name AS stop, s.kind AS stop_kind, s.planned_on, s.result,
       s.visited_at, r.led_by, s.note,
       (SELECT COUNT(*) FROM survey_finding f WHERE f.town_id = :town AND f.stop = s.id) AS problems_n,
       s.village, s.version
  FROM survey_stop s
  JOIN survey_round r ON r.town_id = :town AND r.id = s.round AND r.voided_at IS NULL
 WHERE s.town_id = :town AND s.id = :id
   AND EXISTS (SELECT 1 FROM scope c
                WHERE c.town_id = :town AND c.person = :me AND s.unit BETWEEN c.lo AND c.hi
                  AND c.place IN (0, s.place));

-- survey_list(village i64?, round text?, stop_kind text?, result text?, limit i64)
--   -> many(id i64, unit i64, round text, stop text, stop_kind text, planned_on text, result text?,
--           visited_at i64?, led_by i64, note text?, problems_n i64, village i64, version i64)
SELECT s.id, s.unit, r.name AS round, s.name AS stop, s.kind AS stop_kind, s.planned_on, s.result,
       s.visited_at, r.led_by, s.note,
       (SELECT COUNT(*) FROM survey_finding f WHERE f.town_id = :town AND f.stop = s.id) AS problems_n,
       s.village, s.version
  FROM survey_stop s
  JOIN survey_round r ON r.town_id = :town AND r.id = s.round AND r.voided_at IS NULL
 WHERE s.town_id = :town
       [village: AND s.village = :village]
       [round: AND s.round = (SELECT x.id FROM survey_round x WHERE x.town_id = :town AND x.name = :round)]
       [stop_kind: AND s.kind = :stop_kind]
       [result: AND s.result = :result]
   AND EXISTS (SELECT 1 FROM scope c
                WHERE c.town_id = :town AND c.person = :me AND s.unit BETWEEN c.lo AND c.hi
                  AND c.place IN (0, s.place))
 ORDER BY @sort(latest = s.planned_on DESC, s.id DESC | oldest = s.planned_on, s.id)
 LIMIT :limit;

-- ---- rounds
-- survey_round_add(id i64, name text, from_on text, to_on text, led_by i64) -> move
INSERT INTO survey_round (town_id, id, name, from_on, to_on, led_by, state, created_by, created_at,
                          updated_at, version)
VALUES (:town, :id, :name, :from_on, :to_on, :led_by, 'planned', :me, :now, :now, 1)
    ON CONFLICT (town_id, name) DO NOTHING;

-- survey_round_find(id i64)
--   -> one(id i64, name text, from_on text, to_on text, led_by i64, state text, void_reason text?,
--          void_by i64?, voided_by i64?, version i64)
SELECT id, name, from_on, to_on, led_by, CASE WHEN voided_at IS NULL THEN state ELSE 'voided' END AS state,
       void_reason, void_by, voided_by, version
  FROM survey_round
 WHERE town_id = :town AND id = :id;

-- survey_round_named(name text) -> one(id i64)
SELECT id FROM survey_round WHERE town_id = :town AND name = :name;

-- survey_rounds(limit i64)
--   -> many(id i64, name text, from_on text, to_on text, led_by i64, state text, version i64)
SELECT id, name, from_on, to_on, led_by, CASE WHEN voided_at IS NULL THEN state ELSE 'voided' END AS state,
       version
  FROM survey_round
 WHERE town_id = :town
 ORDER BY from_on DESC, id DESC
 LIMIT :limit;

-- survey_round_change(id i64, version i64, name text, from_on text, to_on text, led_by i64) -> move
UPDATE survey_round
   SET name = :name, from_on = :from_on, to_on = :to_on, led_by = :led_by, updated_at = :now,
       version = version + 1
 WHERE town_id = :town AND id = :id AND version = :version AND state <> 'closed' AND voided_at IS NULL;

-- survey_round_start(id i64) -> move
UPDATE survey_round SET state = 'walking', started_at = :now, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND state = 'planned' AND voided_at IS NULL;

-- survey_round_close(id i64) -> move
UPDATE survey_round SET state = 'closed', closed_at = :now, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND state = 'walking' AND voided_at IS NULL;

-- ---- void: asked, granted or refused
-- survey_void_ask(id i64, reason text?) -> move
UPDATE survey_round SET void_reason = :reason, void_by = :me, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND void_by IS NULL;

-- survey_void_grant(id i64, name text) -> move
UPDATE survey_round
   SET name = :name, voided_at = :now, voided_by = :me, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND void_by <> :me AND voided_at IS NULL;

-- survey_void_refuse(id i64) -> move
UPDATE survey_round SET void_reason = NULL, void_by = NULL, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND void_by <> :me AND voided_at IS NULL;

-- ---- who walks
-- survey_walker_add(round i64, person i64) -> exec
INSERT INTO survey_walker (town_id, round, person) VALUES (:town, :round, :person)
    ON CONFLICT (town_id, round, person) DO NOTHING;

-- survey_walkers(round i64, limit i64) -> many(person i64)
SELECT person FROM survey_walker WHERE town_id = :town AND round = :round ORDER BY person LIMIT :limit;

-- survey_walkers_drop(round i64) -> exec
DELETE FROM survey_walker WHERE town_id = :town AND round = :round;

-- ---- the route
-- survey_stop_add(id i64, round i64, no i64, unit i64, village i64, place i64?, name text, kind text,
--                 planned_on text) -> exec
INSERT INTO survey_stop (town_id, id, round, no, unit, village, place, name, kind, planned_on, created_by,
                         created_at, updated_at, version)
VALUES (:town, :id, :round, :no, :unit, :village, :place, :name, :kind, :planned_on, :me, :now, :now, 1);

-- survey_stops(round i64, limit i64)
--   -> many(id i64, round i64, no i64, unit i64, village i64, place i64?, name text, kind text,
--           planned_on text, result text?, visited_at i64?, visited_by i64?, note text?, n_problems i64,
--           version i64)
-- @unscoped a round's route is seen by all who may walk it
SELECT s.id, s.round, s.no, s.unit, s.village, s.place, s.name, s.kind, s.planned_on, s.result,
       s.visited_at, s.visited_by, s.note,
       (SELECT COUNT(*) FROM survey_finding f WHERE f.town_id = :town AND f.stop = s.id) AS n_problems,
       s.version
  FROM survey_stop s
 WHERE s.town_id = :town AND s.round = :round
 ORDER BY s.no, s.id
 LIMIT :limit;

-- survey_stop_find(id i64)
--   -> one(id i64, round i64, no i64, unit i64, village i64, place i64?, name text, kind text,
--          planned_on text, result text?, visited_at i64?, visited_by i64?, note text?, n_problems i64,
--          version i64)
-- @unscoped a round's route is seen by all who may walk it
SELECT s.id, s.round, s.no, s.unit, s.village, s.place, s.name, s.kind, s.planned_on, s.result,
       s.visited_at, s.visited_by, s.note,
       (SELECT COUNT(*) FROM survey_finding f WHERE f.town_id = :town AND f.stop = s.id) AS n_problems,
       s.version
  FROM survey_stop s
 WHERE s.town_id = :town AND s.id = :id;

-- survey_stop_place(id i64, was i64, no i64) -> move
-- @unscoped the office orders the route of the whole town
UPDATE survey_stop SET no = :no, updated_at = :now WHERE town_id = :town AND id = :id AND no = :was;

-- survey_stop_drop(id i64) -> move
-- @unscoped the office orders the route of the whole town
DELETE FROM survey_stop WHERE town_id = :town AND id = :id AND result IS NULL;

-- survey_stop_result(id i64, version i64, result text?, visited_at i64?, note text?) -> move
-- @unscoped those who walk a round tell what came of its stops
UPDATE survey_stop
   SET result = :result, visited_at = :visited_at, visited_by = :me, note = :note, updated_at = :now,
       version = version + 1
 WHERE town_id = :town AND id = :id AND version = :version;

-- ---- what was found
-- survey_finding_add(round i64, stop i64, problem i64) -> exec
INSERT INTO survey_finding (town_id, round, stop, problem, by, at)
VALUES (:town, :round, :stop, :problem, :me, :now)
    ON CONFLICT (town_id, round, problem) DO NOTHING;

-- survey_findings(round i64, limit i64)
--   -> many(stop i64, problem i64, by i64, at i64, number text?, category text, place_text text,
--           state text, unit i64)
-- @unscoped who walks together sees what was found; the problem's own page asks again
SELECT f.stop, f.problem, f.by, f.at, p.number, p.category, p.place_text, p.state, p.unit
  FROM survey_finding f
  JOIN problem p ON p.town_id = :town AND p.id = f.problem
 WHERE f.town_id = :town AND f.round = :round
 ORDER BY f.problem
 LIMIT :limit;
