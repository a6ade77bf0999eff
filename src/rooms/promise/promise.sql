-- promise.sql — 承诺台账.

-- @phrase row id i64, unit i64, village i64, text text, measure text, metric text?, goal i64?,
-- due_on text, state text, made_by i64, public_at i64?, claimed_at i64?, claimed_by i64?,
-- claim_text text?, result i64?, evidence text?, confirmed_at i64?, confirmed_by i64?, end_text text?,
-- rung i64, next_at i64?, batch text?, version i64

-- @phrase columns
id, unit, village, text, measure, metric, goal, due_on, state, made_by, public_at, claimed_at,
claimed_by, claim_text, result, evidence, confirmed_at, confirmed_by, end_text, rung,
next_at, batch, version;

-- promise_find(id i64) -> one({row})
SELECT {columns}
  FROM promise
 WHERE town_id = :town AND id = :id
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND promise.unit BETWEEN s.lo AND s.hi AND s.place = 0);

-- promise_list(village i64?, state text?, due_from text?, due_to text?, limit i64) -> many({row})
SELECT {columns}
  FROM promise
 WHERE town_id = :town
       [village: AND village = :village]
       [state: AND state = :state]
       [due_from: AND due_on >= :due_from]
       [due_to: AND due_on <= :due_to]
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND promise.unit BETWEEN s.lo AND s.hi AND s.place = 0)
 ORDER BY @sort(due = due_on, id | far = due_on DESC, id DESC)
 LIMIT :limit;

-- promise_any(id i64) -> one({row})
-- @unscoped what was made public is for everybody; the room asks the state
SELECT {columns}
  FROM promise
 WHERE town_id = :town AND id = :id;

-- promise_named(village i64, text text) -> one(id i64)
-- @unscoped asked before a row of the same words is written in scope
SELECT id FROM promise WHERE town_id = :town AND village = :village AND text = :text AND state <> 'withdrawn';

-- promise_board(due_from text, due_to text, limit i64) -> many({row})
-- @unscoped the board shows what was made public, of all villages alike
SELECT {columns}
  FROM promise
 WHERE town_id = :town AND due_on >= :due_from AND due_on <= :due_to
   AND state NOT IN ('draft', 'withdrawn')
 ORDER BY due_on, id
 LIMIT :limit;

-- promise_of_village(village i64, limit i64) -> many({row})
-- @unscoped what was made public is for everybody
SELECT {columns}
  FROM promise
 WHERE town_id = :town AND village = :village AND state NOT IN ('draft', 'withdrawn')
 ORDER BY due_on, id
 LIMIT :limit;

-- promise_unkept(village i64, limit i64) -> many(id i64, text text, due_on text)
-- @unscoped a hand-over's list
SELECT id, text, due_on
  FROM promise
 WHERE town_id = :town AND village = :village AND state IN ('draft', 'public', 'done_claimed')
 ORDER BY due_on, id
 LIMIT :limit;

-- promise_drafts(limit i64) -> many({row})
SELECT {columns}
  FROM promise
 WHERE town_id = :town AND state = 'draft'
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND promise.unit BETWEEN s.lo AND s.hi AND s.place = 0)
 ORDER BY due_on, id
 LIMIT :limit;

-- promise_insert(id i64, unit i64, village i64, text text, measure text, metric text?, goal i64?, due_on text,
--                batch text?, made_by i64) -> exec
INSERT INTO promise (town_id, id, unit, village, text, measure, metric, goal, due_on, batch, state, made_by, rung,
                     created_by, created_at, updated_at, version)
VALUES (:town, :id, :unit, :village, :text, :measure, :metric, :goal, :due_on, :batch, 'draft', :made_by, 0,
        :me, :now, :now, 1);

-- promise_update(id i64, version i64, unit i64, village i64, text text, measure text, metric text?, goal i64?, due_on text)
--   -> move
-- @unscoped the ledger has found the row in scope; only a draft is written anew
UPDATE promise
   SET unit = :unit, village = :village, text = :text, measure = :measure, metric = :metric,
       goal = :goal, due_on = :due_on,
       updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND version = :version AND state = 'draft';

-- promise_move(id i64, version i64, was text, state text, text text, goal i64?, due_on text, public_at i64?, claimed_at i64?, claimed_by i64?,
--              claim_text text?, result i64?, evidence text?, confirmed_at i64?,
--              confirmed_by i64?, end_text text?, rung i64, next_at i64?) -> move
-- @unscoped promise_act has found the row in scope, in the same transaction
UPDATE promise
   SET state = :state, text = :text, goal = :goal, due_on = :due_on, public_at = :public_at, claimed_at = :claimed_at,
       claimed_by = :claimed_by, claim_text = :claim_text, result = :result,
       evidence = :evidence, confirmed_at = :confirmed_at, confirmed_by = :confirmed_by,
       end_text = :end_text, rung = :rung, next_at = :next_at,
       updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND version = :version AND state = :was;

-- promise_of_batch(batch text, limit i64) -> many(id i64, version i64)
-- @slow the rows of one import that nobody has changed since
SELECT id, version
  FROM promise
 WHERE town_id = :town AND batch = :batch AND version = 1
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND promise.unit BETWEEN s.lo AND s.hi AND s.place = 0)
 ORDER BY id
 LIMIT :limit;

-- promise_remove(id i64, version i64) -> move
-- @unscoped promise_of_batch has found the row in scope
DELETE FROM promise WHERE town_id = :town AND id = :id AND version = :version;

-- promise_late(limit i64) -> many(id i64)
-- @unscoped a job of the whole town
SELECT id
  FROM promise
 WHERE town_id = :town AND next_at IS NOT NULL AND next_at <= :now
 ORDER BY next_at, id
 LIMIT :limit;

-- promise_climb(id i64, was i64, rung i64, next_at i64?) -> move
-- @unscoped a job of the whole town
UPDATE promise
   SET rung = :rung, next_at = :next_at
 WHERE town_id = :town AND id = :id AND rung = :was;

-- promise_change_add(promise i64, no i64, old_text text, old_goal i64?, old_due_on text, note text)
--   -> exec
INSERT INTO promise_change (town_id, promise, no, old_text, old_goal, old_due_on, note, by, at)
VALUES (:town, :promise, :no, :old_text, :old_goal, :old_due_on, :note, :me, :now);

-- promise_changes(promise i64, limit i64)
--   -> many(no i64, old_text text, old_goal i64?, old_due_on text, note text, by i64, at i64)
SELECT no, old_text, old_goal, old_due_on, note, by, at
  FROM promise_change
 WHERE town_id = :town AND promise = :promise
 ORDER BY no
 LIMIT :limit;
