-- problem_screen.sql — 防滥用: counts of a day, the screening queue, what is hidden.

-- problem_screen_count(day text, kind text, who blob) -> exec
INSERT INTO screen_count (town_id, day, kind, who, n) VALUES (:town, :day, :kind, :who, 1)
    ON CONFLICT (town_id, day, kind, who) DO UPDATE SET n = screen_count.n + 1;

-- problem_screen_counted(day text, kind text, who blob) -> one(n i64)
SELECT n FROM screen_count WHERE town_id = :town AND day = :day AND kind = :kind AND who = :who;

-- problem_screen_forget(before text) -> exec
DELETE FROM screen_count WHERE town_id = :town AND day < :before;

-- problem_screen_add(problem i64, why text, alone i64, same_as i64) -> exec
INSERT INTO screen_wait (town_id, problem, why, alone, same_as, at)
VALUES (:town, :problem, :why, :alone, :same_as, :now);

-- problem_screen_find(problem i64) -> one(why text, alone i64, same_as i64, at i64, released_at i64?)
SELECT why, alone, same_as, at, released_at FROM screen_wait WHERE town_id = :town AND problem = :problem;

-- problem_screen_release(problem i64) -> move
UPDATE screen_wait SET released_by = :me, released_at = :now
 WHERE town_id = :town AND problem = :problem AND released_at IS NULL;

-- problem_screen_waiting(limit i64)
--   -> many(id i64, why text, at i64, unit i64, place_text text, category text, body text)
-- @slow what waits for the office, some tens at most
SELECT w.problem AS id, w.why, w.at, p.unit, p.place_text, p.category, p.body
  FROM screen_wait w
  JOIN problem p ON p.town_id = :town AND p.id = w.problem
 WHERE w.town_id = :town AND w.released_at IS NULL AND p.state = 'reported'
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND p.unit BETWEEN s.lo AND s.hi
                  AND s.place IN (0, p.place) AND s.post IN ('office', 'office_head', 'commander'))
 ORDER BY w.at, w.problem
 LIMIT :limit;

-- problem_screen_hide(problem i64, no i64, unit i64, why text) -> exec
INSERT INTO screen_hidden (town_id, problem, no, unit, why, hidden_by, hidden_at)
VALUES (:town, :problem, :no, :unit, :why, :me, :now);

-- problem_screen_show(problem i64, why text) -> move
UPDATE screen_hidden SET shown_why = :why, shown_by = :me, shown_at = :now
 WHERE town_id = :town AND problem = :problem AND shown_at IS NULL;

-- problem_screen_hidden(problem i64) -> one(why text, hidden_at i64)
SELECT why, hidden_at FROM screen_hidden WHERE town_id = :town AND problem = :problem AND shown_at IS NULL;

-- problem_screen_hidden_n(problem i64) -> one(n i64)
SELECT count(*) AS n FROM screen_hidden WHERE town_id = :town AND problem = :problem;

-- problem_screen_stubs(limit i64) -> many(problem i64, unit i64, why text, hidden_at i64, shown_why text?, shown_at i64?)
SELECT problem, unit, why, hidden_at, shown_why, shown_at
  FROM screen_hidden
 WHERE town_id = :town
 ORDER BY hidden_at DESC
 LIMIT :limit;
