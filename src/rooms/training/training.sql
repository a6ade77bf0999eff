-- training.sql — 培训·观摩学习: trainings, visits, who was due and who came.

-- @phrase row id i64, unit i64, kind text, title text, held_on text, begins text?, ends text?, place text,
-- host text, teacher text?, posts text?, material text?, photo text?, cost i64?, learned text?,
-- opening i64?, times i64?, approx i64?, due_n i64, present_n i64, code text, erased_at i64?, batch text?, version i64

-- @phrase columns
id, unit, kind, title, held_on, begins, ends, place, host, teacher, posts, material, photo, cost,
learned, opening, times, approx,
kept_due + (SELECT COUNT(*) FROM training_attend a
             WHERE a.town_id = :town AND a.training = training.id AND a.due = 1) AS due_n,
kept_present + (SELECT COUNT(*) FROM training_attend a
                 WHERE a.town_id = :town AND a.training = training.id AND a.state = 'present'
                   AND a.person <> 0) AS present_n,
code, erased_at, batch, version;

-- training_find(id i64) -> one({row})
SELECT {columns}
  FROM training
 WHERE town_id = :town AND id = :id;

-- training_list(kind text?, held_from text?, held_to text?, limit i64) -> many({row})
SELECT {columns}
  FROM training
 WHERE town_id = :town
       [kind: AND kind = :kind]
       [held_from: AND held_on >= :held_from]
       [held_to: AND held_on <= :held_to]
 ORDER BY @sort(latest = held_on DESC, id DESC | oldest = held_on, id)
 LIMIT :limit;

-- training_named(title text, held_on text) -> one(id i64)
SELECT id FROM training WHERE town_id = :town AND held_on = :held_on AND title = :title
 ORDER BY id LIMIT 1;

-- training_insert(id i64, unit i64, kind text, title text, held_on text, begins text?, ends text?,
--                 place text, host text, teacher text?, posts text?, material text?, photo text?,
--                 cost i64?, learned text?, opening i64?, times i64?, approx i64?, code text,
--                 batch text?) -> exec
INSERT INTO training (town_id, id, unit, kind, title, held_on, begins, ends, place, host, teacher, posts,
                      material, photo, cost, learned, opening, times, approx, code, batch, created_by,
                      created_at, updated_at, version)
VALUES (:town, :id, :unit, :kind, :title, :held_on, :begins, :ends, :place, :host, :teacher, :posts,
        :material, :photo, :cost, :learned, :opening, :times, :approx, :code, :batch, :me, :now, :now, 1);

-- training_update(id i64, version i64, unit i64, kind text, title text, held_on text, begins text?,
--                 ends text?, place text, host text, teacher text?, posts text?, material text?,
--                 photo text?, cost i64?, learned text?, opening i64?, times i64?, approx i64?) -> move
UPDATE training
   SET unit = :unit, kind = :kind, title = :title, held_on = :held_on, begins = :begins, ends = :ends,
       place = :place, host = :host, teacher = :teacher, posts = :posts, material = :material,
       photo = :photo, cost = :cost, learned = :learned, opening = :opening, times = :times,
       approx = :approx, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND version = :version;

-- training_of_batch(batch text, limit i64) -> many(id i64, version i64)
-- @slow the rows of one import that nobody has changed since
SELECT id, version
  FROM training
 WHERE town_id = :town AND batch = :batch AND version = 1
 ORDER BY id
 LIMIT :limit;

-- training_remove(id i64, version i64) -> move
DELETE FROM training WHERE town_id = :town AND id = :id AND version = :version;

-- training_sums(today text, limit i64) -> many(kind text, n i64, approx i64)
-- @slow two kinds, a few hundred rows in ten years
SELECT kind, CAST(SUM(COALESCE(times, 1)) AS BIGINT) AS n,
       CAST(SUM(COALESCE(approx, 0)) AS BIGINT) AS approx
  FROM training
 WHERE town_id = :town AND held_on <= :today
 GROUP BY kind
 ORDER BY kind
 LIMIT :limit;

-- ---- who was due, who came
-- training_due_add(id i64, training i64, person i64) -> exec
INSERT INTO training_attend (town_id, id, training, person, due, state, at, updated_at, version)
VALUES (:town, :id, :training, :person, 1, 'due', :now, :now, 1)
    ON CONFLICT (town_id, training, person) WHERE person > 0 DO UPDATE SET due = 1;

-- training_due_clear(training i64) -> exec
UPDATE training_attend SET due = 0 WHERE town_id = :town AND training = :training AND due = 1;

-- training_due_drop(training i64) -> exec
DELETE FROM training_attend
 WHERE town_id = :town AND training = :training AND state = 'due' AND due = 0;

-- training_attend_add(id i64, training i64, person i64, state text, said text?, guest blob?, key blob?)
--   -> exec
INSERT INTO training_attend (town_id, id, training, person, due, state, said, guest, key, at, updated_at,
                             version)
VALUES (:town, :id, :training, :person, 0, :state, :said, :guest, :key, :now, :now, 1);

-- training_attend_mark(id i64, was text, state text, said text?) -> move
UPDATE training_attend
   SET state = :state, said = :said, at = :now, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND state = :was;

-- training_attend_of(training i64, person i64)
--   -> one(id i64, due i64, state text, said text?)
SELECT id, due, state, said
  FROM training_attend
 WHERE town_id = :town AND training = :training AND person = :person AND person > 0;

-- training_attend_find(id i64) -> one(id i64, training i64, person i64, due i64, state text)
SELECT id, training, person, due, state FROM training_attend WHERE town_id = :town AND id = :id;

-- training_attends(training i64, limit i64)
--   -> many(id i64, person i64, due i64, state text, said text?, guest blob?, key blob?, at i64)
SELECT id, person, due, state, said, guest, key, at
  FROM training_attend
 WHERE town_id = :town AND training = :training
 ORDER BY state, id
 LIMIT :limit;

-- ---- three years later: how many stays, who goes
-- training_over(before text, limit i64) -> many(id i64, unit i64)
-- @slow once a night, along the trainings' days
SELECT id, unit
  FROM training
 WHERE town_id = :town AND held_on < :before
   AND EXISTS (SELECT 1 FROM training_attend a WHERE a.town_id = :town AND a.training = training.id)
 ORDER BY held_on, id
 LIMIT :limit;

-- training_keep(id i64, version i64, due_n i64, present_n i64) -> move
UPDATE training
   SET kept_due = :due_n, kept_present = :present_n, erased_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND version = :version;

-- training_attend_erase(training i64) -> exec
DELETE FROM training_attend WHERE town_id = :town AND training = :training;

-- training_missed(person i64?, today text, limit i64)
--   -> many(id i64, person i64, state text, said text?, training i64, title text, held_on text)
-- @slow who has not made up is few, and looked at a few times a month
SELECT a.id, a.person, a.state, a.said, t.id AS training, t.title, t.held_on
  FROM training_attend a
  JOIN training t ON t.town_id = :town AND t.id = a.training
 WHERE a.town_id = :town AND a.due = 1 AND a.state IN ('due', 'absent', 'leave') AND t.held_on < :today
       [person: AND a.person = :person]
 ORDER BY t.held_on DESC, a.id
 LIMIT :limit;
