-- climb.sql — 逐级提醒: lines on /me, and notices nobody has opened yet.

-- climb_line_put(person i64, object i64, unit i64, level i64, say text, about text, path text) -> exec
INSERT INTO climb_line (town_id, person, object, unit, level, at, say, about, path)
VALUES (:town, :person, :object, :unit, :level, :now, :say, :about, :path)
    ON CONFLICT (town_id, person, object)
    DO UPDATE SET level = excluded.level, at = excluded.at, say = excluded.say, about = excluded.about;

-- climb_lines_hand(from_person i64, to_person i64, lo i64, hi i64) -> exec
-- @slow one person's lines are some dozens
UPDATE climb_line
   SET person = :to_person
 WHERE town_id = :town AND person = :from_person AND unit BETWEEN :lo AND :hi
   AND NOT EXISTS (SELECT 1 FROM climb_line o
                    WHERE o.town_id = :town AND o.person = :to_person AND o.object = climb_line.object);

-- climb_lines_left(person i64, lo i64, hi i64) -> exec
-- @slow one person's lines are some dozens
DELETE FROM climb_line WHERE town_id = :town AND person = :person AND unit BETWEEN :lo AND :hi;

-- climb_due_hand(from_person i64, to_person i64, lo i64, hi i64) -> exec
UPDATE climb_due SET person = :to_person
 WHERE town_id = :town AND person = :from_person AND unit BETWEEN :lo AND :hi;

-- climb_lines_of(limit i64) -> many(object i64, level i64, at i64, say text, about text, path text)
-- @slow one person's lines are some dozens
SELECT object, level, at, say, about, path
  FROM climb_line
 WHERE town_id = :town AND person = :me
 ORDER BY at DESC, object
 LIMIT :limit;

-- climb_lines_end(object i64) -> exec
DELETE FROM climb_line WHERE town_id = :town AND object = :object;

-- climb_line_end(object i64, person i64) -> exec
DELETE FROM climb_line WHERE town_id = :town AND object = :object AND person = :person;

-- climb_unread_put(object i64, mark text, unit i64, level i64, at i64, urgent i64, say text, about text,
--                  path text) -> exec
INSERT INTO climb_unread (town_id, object, mark, unit, level, at, urgent, say, about, path)
VALUES (:town, :object, :mark, :unit, :level, :at, :urgent, :say, :about, :path)
    ON CONFLICT (town_id, object, mark) DO NOTHING;

-- climb_unread_due(limit i64)
--   -> many(object i64, mark text, unit i64, level i64, urgent i64, say text, about text, path text)
SELECT object, mark, unit, level, urgent, say, about, path
  FROM climb_unread
 WHERE town_id = :town AND at <= :now
 ORDER BY at, object, mark
 LIMIT :limit;

-- climb_unread_take(object i64, mark text) -> move
DELETE FROM climb_unread WHERE town_id = :town AND object = :object AND mark = :mark;

-- climb_unread_end(object i64) -> exec
DELETE FROM climb_unread WHERE town_id = :town AND object = :object;

-- climb_unread_read(object i64, mark text, mark_end text) -> exec
DELETE FROM climb_unread
 WHERE town_id = :town AND object = :object AND mark >= :mark AND mark < :mark_end;

-- ---- what has a day of its own

-- climb_due_put(object i64, unit i64, person i64, at i64, due_at i64, say text, about text, path text) -> exec
INSERT INTO climb_due (town_id, object, unit, person, rung, at, due_at, say, about, path)
VALUES (:town, :object, :unit, :person, 1, :at, :due_at, :say, :about, :path)
    ON CONFLICT (town_id, object)
    DO UPDATE SET unit = excluded.unit, person = excluded.person, rung = 1, at = excluded.at,
                  due_at = excluded.due_at, say = excluded.say, about = excluded.about;

-- climb_due_now(limit i64)
--   -> many(object i64, unit i64, person i64, rung i64, at i64, due_at i64, say text, about text, path text)
SELECT object, unit, person, rung, at, due_at, say, about, path
  FROM climb_due
 WHERE town_id = :town AND at <= :now
 ORDER BY at, object
 LIMIT :limit;

-- climb_due_move(object i64, was i64, rung i64, at i64) -> move
UPDATE climb_due SET rung = :rung, at = :at WHERE town_id = :town AND object = :object AND rung = :was;

-- climb_due_end(object i64) -> exec
DELETE FROM climb_due WHERE town_id = :town AND object = :object;
