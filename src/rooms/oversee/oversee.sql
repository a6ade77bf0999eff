-- oversee.sql — 督办单: sheets and their lines.

-- @phrase row id i64, unit i64, village i64, day text, number text, state text, reply_on text, issued_at i64,
-- received_by i64?, received_at i64?, answer text?, answered_by i64?, answered_at i64?, version i64, n_lines i64

-- @phrase columns
id, unit, village, day, number, state, reply_on, issued_at, received_by, received_at, answer, answered_by,
answered_at, version,
(SELECT COUNT(*) FROM oversee_line l WHERE l.town_id = :town AND l.oversee = oversee.id) AS n_lines;

-- @phrase seen
EXISTS (SELECT 1 FROM scope s
         WHERE s.town_id = :town AND s.person = :me AND oversee.unit BETWEEN s.lo AND s.hi AND s.place = 0);

-- oversee_find(id i64) -> one({row})
SELECT {columns} FROM oversee WHERE town_id = :town AND id = :id AND {seen};

-- oversee_shown(limit i64) -> many({row})
SELECT {columns} FROM oversee WHERE town_id = :town AND {seen} ORDER BY id DESC LIMIT :limit;

-- oversee_of_day(unit i64, day text) -> one(id i64, state text, number text, reply_on text)
-- @unscoped a job of the whole town
SELECT id, state, number, reply_on FROM oversee WHERE town_id = :town AND unit = :unit AND day = :day;

-- oversee_with(unit i64, category text) -> one(id i64)
-- @unscoped a job of the whole town
SELECT o.id
  FROM oversee o
 WHERE o.town_id = :town AND o.state IN ('issued', 'received') AND o.unit = :unit
   AND EXISTS (SELECT 1 FROM oversee_line l
                WHERE l.town_id = :town AND l.oversee = o.id AND l.category = :category)
 ORDER BY o.id
 LIMIT 1;

-- oversee_has(problem i64, due_at i64, limit i64) -> many(id i64)
-- @unscoped a job of the whole town
SELECT o.id
  FROM oversee_line l
  JOIN oversee o ON o.town_id = :town AND o.id = l.oversee
 WHERE l.town_id = :town AND l.problem = :problem AND (o.state IN ('issued', 'received') OR l.due_at = :due_at)
 ORDER BY o.id
 LIMIT :limit;

-- oversee_lines_of(oversee i64, limit i64)
--   -> many(problem i64, number text, category text, title text, chain text, handler text, due_at i64,
--           n_late i64, photo i64, put_at i64)
SELECT problem, number, category, title, chain, handler, due_at, n_late, photo, put_at
  FROM oversee_line
 WHERE town_id = :town AND oversee = :oversee
 ORDER BY problem
 LIMIT :limit;

-- oversee_insert(id i64, unit i64, village i64, day text, number text, reply_on text) -> exec
INSERT INTO oversee (town_id, id, unit, village, day, number, state, reply_on, issued_at, version)
VALUES (:town, :id, :unit, :village, :day, :number, 'issued', :reply_on, :now, 1);

-- oversee_line_add(oversee i64, problem i64, number text, category text, title text, chain text, handler text,
--                  due_at i64, n_late i64, photo i64) -> move
INSERT INTO oversee_line (town_id, oversee, problem, number, category, title, chain, handler, due_at, n_late,
                          photo, put_at)
VALUES (:town, :oversee, :problem, :number, :category, :title, :chain, :handler, :due_at, :n_late, :photo, :now)
    ON CONFLICT (town_id, oversee, problem) DO NOTHING;

-- oversee_received(id i64) -> move
-- @unscoped oversee_receive() has found the row in scope
UPDATE oversee SET state = 'received', received_by = :me, received_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND state = 'issued';

-- oversee_answered(id i64, answer text) -> move
-- @unscoped oversee_answer() has found the row in scope
UPDATE oversee SET state = 'answered', answer = :answer, answered_by = :me, answered_at = :now,
       version = version + 1
 WHERE town_id = :town AND id = :id AND state = 'received';

-- oversee_unanswered(lo i64, hi i64, limit i64) -> many(id i64, number text, reply_on text)
-- @unscoped a hand-over's list
-- @slow what a unit has not answered
SELECT id, number, reply_on
  FROM oversee
 WHERE town_id = :town AND state IN ('issued', 'received') AND unit BETWEEN :lo AND :hi
 ORDER BY id
 LIMIT :limit;
