-- task.sql — 交办: decisions of the leading group with owner and day.

-- task_find(id i64)
--   -> one(id i64, unit i64, held_on text, text text, owner i64, due_on text, state text, version i64)
SELECT id, unit, held_on, text, owner, due_on, state, version
  FROM task
 WHERE town_id = :town AND id = :id
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND task.unit BETWEEN s.lo AND s.hi AND s.place = 0);

-- task_list(state text?, owner i64?, due_from text?, due_to text?, limit i64)
--   -> many(id i64, unit i64, held_on text, text text, owner i64, due_on text, state text, version i64)
SELECT id, unit, held_on, text, owner, due_on, state, version
  FROM task
 WHERE town_id = :town
       [state: AND state = :state]
       [owner: AND owner = :owner]
       [due_from: AND due_on >= :due_from]
       [due_to: AND due_on <= :due_to]
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND task.unit BETWEEN s.lo AND s.hi AND s.place = 0)
 ORDER BY @sort(latest = due_on DESC, id DESC | oldest = due_on, id)
 LIMIT :limit;

-- task_one(id i64)
--   -> one(id i64, unit i64, meeting i64, item i64, held_on text, text text, owner i64, due_on text, state text,
--          report text?, reported_at i64?, closed_by i64?, closed_at i64?, made_by i64, version i64)
-- @unscoped task_get() asks whether it is theirs to see
SELECT id, unit, meeting, item, held_on, text, owner, due_on, state, report, reported_at, closed_by, closed_at,
       made_by, version
  FROM task
 WHERE town_id = :town AND id = :id;

-- task_mine(limit i64)
--   -> many(id i64, text text, owner i64, held_on text, due_on text, state text, report text?)
-- @unscoped what was given to a person is theirs to see
SELECT id, text, owner, held_on, due_on, state, report
  FROM task
 WHERE town_id = :town AND owner = :me AND state <> 'closed'
 ORDER BY due_on, id
 LIMIT :limit;

-- task_held(person i64, lo i64, hi i64, limit i64) -> many(id i64, text text, due_on text)
-- @unscoped a hand-over's list
SELECT id, text, due_on
  FROM task
 WHERE town_id = :town AND owner = :person AND state <> 'closed' AND unit BETWEEN :lo AND :hi
 ORDER BY due_on, id
 LIMIT :limit;

-- task_hand(id i64, owner i64) -> move
-- @unscoped a hand-over
UPDATE task SET owner = :owner, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND state <> 'closed';

-- task_all_open(limit i64)
--   -> many(id i64, text text, owner i64, held_on text, due_on text, state text, report text?)
-- @unscoped the agenda of the leading group
SELECT id, text, owner, held_on, due_on, state, report
  FROM task
 WHERE town_id = :town AND state <> 'closed'
 ORDER BY due_on, id
 LIMIT :limit;

-- task_of_meeting(meeting i64, limit i64)
--   -> many(id i64, item i64, text text, owner i64, due_on text, state text)
-- @unscoped the page of the meeting, for its members
SELECT id, item, text, owner, due_on, state
  FROM task
 WHERE town_id = :town AND meeting = :meeting
 ORDER BY id
 LIMIT :limit;

-- task_insert(id i64, unit i64, meeting i64, item i64, held_on text, text text, owner i64, due_on text) -> exec
INSERT INTO task (town_id, id, unit, meeting, item, held_on, text, owner, due_on, state, made_by, made_at,
                  updated_at, version)
VALUES (:town, :id, :unit, :meeting, :item, :held_on, :text, :owner, :due_on, 'open', :me, :now, :now, 1);

-- task_reported(id i64, report text) -> move
-- @unscoped task_report() has asked whose it is
UPDATE task SET state = 'reported', report = :report, reported_at = :now, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND state = 'open';

-- task_closed(id i64) -> move
-- @unscoped task_close() has asked who may
UPDATE task SET state = 'closed', closed_by = :me, closed_at = :now, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND state = 'reported';

-- task_sent_back(id i64) -> move
-- @unscoped task_close() has asked who may
UPDATE task SET state = 'open', updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND state = 'reported';
