-- observe.sql — 逐村观摩: rounds, routes, observers, scores, findings.

-- ---- the ledger: one row a score
-- observe_find(id i64)
--   -> one(id i64, unit i64, round text, held_on text, village i64, observer i64, item text,
--          score i64, at i64, version i64)
SELECT s.id, s.unit, r.name AS round, r.held_on, s.unit AS village, s.observer, i.name AS item,
       s.score, s.at, s.version
  FROM observe_score s
  JOIN observe_round r ON r.town_id = :town AND r.id = s.round AND r.voided_at IS NULL
  JOIN observe_item i ON i.town_id = :town AND i.round = s.round AND i.no = s.item
 WHERE s.town_id = :town AND s.id = :id
   AND EXISTS (SELECT 1 FROM scope c
                WHERE c.town_id = :town AND c.person = :me AND s.unit BETWEEN c.lo AND c.hi AND c.place = 0);

-- observe_list(village i64?, round text?, limit i64)
--   -> many(id i64, unit i64, round text, held_on text, village i64, observer i64, item text,
--           score i64, at i64, version i64)
SELECT s.id, s.unit, r.name AS round, r.held_on, s.unit AS village, s.observer, i.name AS item,
       s.score, s.at, s.version
  FROM observe_score s
  JOIN observe_round r ON r.town_id = :town AND r.id = s.round AND r.voided_at IS NULL
  JOIN observe_item i ON i.town_id = :town AND i.round = s.round AND i.no = s.item
 WHERE s.town_id = :town
       [village: AND s.unit = :village]
       [round: AND s.round = (SELECT x.id FROM observe_round x WHERE x.town_id = :town AND x.name = :round)]
   AND EXISTS (SELECT 1 FROM scope c
                WHERE c.town_id = :town AND c.person = :me AND s.unit BETWEEN c.lo AND c.hi AND c.place = 0)
 ORDER BY @sort(latest = s.at DESC, s.id DESC | oldest = s.at, s.id)
 LIMIT :limit;

-- ---- rounds
-- observe_round_add(id i64, name text, held_on text, state text, paper i64) -> move
INSERT INTO observe_round (town_id, id, name, held_on, state, paper, created_by, created_at, updated_at,
                           version)
VALUES (:town, :id, :name, :held_on, :state, :paper, :me, :now, :now, 1)
    ON CONFLICT (town_id, name) DO NOTHING;

-- observe_round_find(id i64)
--   -> one(id i64, name text, held_on text, state text, paper i64, void_reason text?, void_by i64?,
--          voided_by i64?, version i64)
SELECT id, name, held_on, CASE WHEN voided_at IS NULL THEN state ELSE 'voided' END AS state, paper,
       void_reason, void_by, voided_by, version
  FROM observe_round
 WHERE town_id = :town AND id = :id;

-- observe_round_named(name text)
--   -> one(id i64, name text, held_on text, state text, paper i64, version i64)
SELECT id, name, held_on, state, paper, version
  FROM observe_round
 WHERE town_id = :town AND name = :name;

-- observe_rounds(limit i64)
--   -> many(id i64, name text, held_on text, state text, paper i64, version i64)
SELECT id, name, held_on, CASE WHEN voided_at IS NULL THEN state ELSE 'voided' END AS state, paper, version
  FROM observe_round
 WHERE town_id = :town
 ORDER BY held_on DESC, id DESC
 LIMIT :limit;

-- observe_round_before(held_on text, id i64, limit i64) -> many(id i64, name text, held_on text)
SELECT id, name, held_on
  FROM observe_round
 WHERE town_id = :town AND state = 'closed' AND voided_at IS NULL AND held_on <= :held_on AND id <> :id
 ORDER BY held_on DESC, id DESC
 LIMIT :limit;

-- observe_round_change(id i64, version i64, name text, held_on text) -> move
UPDATE observe_round SET name = :name, held_on = :held_on, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND version = :version AND state = 'planned';

-- observe_round_start(id i64) -> move
UPDATE observe_round
   SET state = 'running', started_at = :now, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND state = 'planned';

-- observe_round_close(id i64) -> move
UPDATE observe_round
   SET state = 'closed', closed_at = :now, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND state = 'running' AND voided_at IS NULL;

-- ---- void: asked, granted or refused
-- observe_void_ask(id i64, reason text?) -> move
UPDATE observe_round SET void_reason = :reason, void_by = :me, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND paper = 1 AND void_by IS NULL;

-- observe_void_grant(id i64, name text) -> move
UPDATE observe_round
   SET name = :name, voided_at = :now, voided_by = :me, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND void_by <> :me AND voided_at IS NULL;

-- observe_void_refuse(id i64) -> move
UPDATE observe_round SET void_reason = NULL, void_by = NULL, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND void_by <> :me AND voided_at IS NULL;

-- ---- items, route, observers
-- observe_item_add(round i64, no i64, name text) -> exec
INSERT INTO observe_item (town_id, round, no, name) VALUES (:town, :round, :no, :name);

-- observe_items(round i64, limit i64) -> many(no i64, name text)
SELECT no, name FROM observe_item WHERE town_id = :town AND round = :round ORDER BY no LIMIT :limit;

-- observe_items_drop(round i64) -> exec
DELETE FROM observe_item WHERE town_id = :town AND round = :round;

-- observe_stop_add(id i64, round i64, no i64, unit i64) -> exec
INSERT INTO observe_stop (town_id, id, round, no, unit) VALUES (:town, :id, :round, :no, :unit);

-- observe_stop_of(round i64, unit i64) -> one(id i64)
-- @unscoped the route is walked by people of all villages
SELECT id FROM observe_stop WHERE town_id = :town AND round = :round AND unit = :unit;

-- observe_stops(round i64, limit i64) -> many(id i64, no i64, unit i64)
-- @unscoped the route is walked by people of all villages
SELECT id, no, unit
  FROM observe_stop
 WHERE town_id = :town AND round = :round
 ORDER BY no, id
 LIMIT :limit;

-- observe_stop_find(id i64) -> one(id i64, round i64, unit i64)
-- @unscoped pictures of a walk are seen by all staff
SELECT id, round, unit FROM observe_stop WHERE town_id = :town AND id = :id;

-- observe_stops_drop(round i64) -> exec
-- @unscoped the office plans the round anew
DELETE FROM observe_stop WHERE town_id = :town AND round = :round;

-- observe_observer_add(round i64, person i64) -> exec
INSERT INTO observe_observer (town_id, round, person) VALUES (:town, :round, :person)
    ON CONFLICT (town_id, round, person) DO NOTHING;

-- observe_observers(round i64, limit i64) -> many(person i64, excuse text?)
SELECT person, excuse
  FROM observe_observer
 WHERE town_id = :town AND round = :round
 ORDER BY person
 LIMIT :limit;

-- observe_observers_drop(round i64) -> exec
DELETE FROM observe_observer WHERE town_id = :town AND round = :round;

-- observe_excuse(round i64, person i64, excuse text?) -> move
UPDATE observe_observer SET excuse = :excuse
 WHERE town_id = :town AND round = :round AND person = :person;

-- ---- scores
-- observe_score_put(id i64, round i64, unit i64, observer i64, item i64, score i64, at i64) -> exec
INSERT INTO observe_score (town_id, id, round, unit, observer, item, score, at, updated_at, version)
VALUES (:town, :id, :round, :unit, :observer, :item, :score, :at, :now, 1)
    ON CONFLICT (town_id, round, unit, observer, item)
    DO UPDATE SET score = excluded.score, updated_at = excluded.updated_at,
                  version = observe_score.version + 1;

-- observe_sums(round i64, limit i64) -> many(unit i64, observer i64, sum i64, n i64)
-- @unscoped the ranking stands before all villages
SELECT unit, observer, CAST(SUM(score) AS BIGINT) AS sum, COUNT(*) AS n
  FROM observe_score
 WHERE town_id = :town AND round = :round
 GROUP BY unit, observer
 ORDER BY unit, observer
 LIMIT :limit;

-- observe_sheet(round i64, unit i64, observer i64, limit i64) -> many(item i64, score i64)
-- @unscoped one's own sheet of another village
SELECT item, score
  FROM observe_score
 WHERE town_id = :town AND round = :round AND unit = :unit AND observer = :observer
 ORDER BY item
 LIMIT :limit;

-- ---- findings
-- observe_finding_add(id i64, round i64, unit i64, place text, said text, photo text) -> exec
INSERT INTO observe_finding (town_id, id, round, unit, observer, place, said, photo, at)
VALUES (:town, :id, :round, :unit, :me, :place, :said, :photo, :now);

-- observe_findings(round i64, limit i64)
--   -> many(id i64, unit i64, observer i64, place text, said text, photo text, problem i64?, at i64)
-- @unscoped who walks together sees what was found
SELECT id, unit, observer, place, said, photo, problem, at
  FROM observe_finding
 WHERE town_id = :town AND round = :round
 ORDER BY id
 LIMIT :limit;

-- observe_finding_find(id i64)
--   -> one(id i64, round i64, unit i64, observer i64, place text, said text, photo text, problem i64?)
-- @unscoped the observer's own, in another's village
SELECT id, round, unit, observer, place, said, photo, problem
  FROM observe_finding
 WHERE town_id = :town AND id = :id;

-- observe_finding_problem(id i64, problem i64?) -> move
-- @unscoped the observer's own, in another's village
UPDATE observe_finding SET problem = :problem
 WHERE town_id = :town AND id = :id AND problem IS NULL;
