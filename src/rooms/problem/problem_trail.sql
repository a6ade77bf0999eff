-- problem_trail.sql — what hangs on a problem: its reporter, who held it, what stopped its clock, what
-- was asked, what is watched.  Who may see the problem was asked before.

-- ---- the reporter

-- problem_trail_reporter_new(problem i64, code text, key blob?, name blob?, phone blob?,
--                            phone_find blob?, tail_find blob?) -> exec
INSERT INTO problem_reporter (town_id, problem, code, key, name, phone, phone_find, tail_find)
VALUES (:town, :problem, :code, :key, :name, :phone, :phone_find, :tail_find);

-- problem_trail_reporter(problem i64)
--   -> one(problem i64, code text, key blob?, name blob?, phone blob?, answer text?, evaluation text?,
--          told_at i64?)
SELECT problem, code, key, name, phone, answer, evaluation, told_at
  FROM problem_reporter
 WHERE town_id = :town AND problem = :problem;

-- problem_trail_reporter_said(problem i64, answer text?, evaluation text?) -> exec
UPDATE problem_reporter SET answer = :answer, evaluation = :evaluation
 WHERE town_id = :town AND problem = :problem;

-- problem_trail_reporter_told(problem i64) -> exec
UPDATE problem_reporter SET told_at = :now WHERE town_id = :town AND problem = :problem AND told_at IS NULL;

-- problem_trail_reporter_ends(problem i64, erase_at i64?) -> exec
UPDATE problem_reporter SET erase_at = :erase_at WHERE town_id = :town AND problem = :problem AND key IS NOT NULL;

-- problem_trail_reporter_erase(problem i64) -> move
UPDATE problem_reporter
   SET key = NULL, name = NULL, phone = NULL, phone_find = NULL, tail_find = NULL, erase_at = NULL
 WHERE town_id = :town AND problem = :problem AND key IS NOT NULL;

-- problem_trail_erasable(limit i64) -> many(problem i64)
SELECT problem
  FROM problem_reporter
 WHERE town_id = :town AND erase_at <= :now
 ORDER BY erase_at, problem
 LIMIT :limit;

-- problem_trail_by_tail(tail_find blob, limit i64) -> many(problem i64, code text, key blob?, phone blob?)
SELECT problem, code, key, phone
  FROM problem_reporter
 WHERE town_id = :town AND tail_find = :tail_find
 ORDER BY problem DESC
 LIMIT :limit;

-- problem_trail_tailless(above i64, limit i64) -> many(problem i64, key blob?, phone blob?)
SELECT problem, key, phone
  FROM problem_reporter
 WHERE town_id = :town AND problem > :above AND phone IS NOT NULL AND tail_find IS NULL
 ORDER BY problem
 LIMIT :limit;

-- problem_trail_tail_set(problem i64, tail_find blob) -> exec
UPDATE problem_reporter SET tail_find = :tail_find WHERE town_id = :town AND problem = :problem;

-- ---- who held it

-- problem_trail_holder_new(problem i64, no i64, person i64, post text, unit i64, name text) -> exec
INSERT INTO problem_holder (town_id, problem, no, person, post, unit, name, from_at)
VALUES (:town, :problem, :no, :person, :post, :unit, :name, :now);

-- problem_trail_holder_end(problem i64, no i64, late_ms i64, worked i64) -> exec
UPDATE problem_holder SET to_at = :now, late_ms = late_ms + :late_ms, worked = :worked
 WHERE town_id = :town AND problem = :problem AND no = :no;

-- problem_trail_holders(problem i64, limit i64)
--   -> many(no i64, person i64, post text, unit i64, name text, from_at i64, to_at i64?, worked i64, late_ms i64)
SELECT no, person, post, unit, name, from_at, to_at, worked, late_ms
  FROM problem_holder
 WHERE town_id = :town AND problem = :problem
 ORDER BY no
 LIMIT :limit;

-- ---- what stopped the clock

-- problem_trail_pause_new(problem i64, no i64, kind text, from_at i64, to_at i64?, left_ms i64, reason text,
--                         plan text, review_on text?) -> exec
INSERT INTO problem_pause (town_id, problem, no, kind, from_at, to_at, left_ms, reason, plan, review_on, by_person)
VALUES (:town, :problem, :no, :kind, :from_at, :to_at, :left_ms, :reason, :plan, :review_on, :me);

-- problem_trail_pause_end(problem i64, no i64) -> move
UPDATE problem_pause SET to_at = :now WHERE town_id = :town AND problem = :problem AND no = :no AND to_at IS NULL;

-- problem_trail_pauses(problem i64, limit i64)
--   -> many(no i64, kind text, from_at i64, to_at i64?, left_ms i64, reason text, plan text, review_on text?,
--           by_person i64)
SELECT no, kind, from_at, to_at, left_ms, reason, plan, review_on, by_person
  FROM problem_pause
 WHERE town_id = :town AND problem = :problem
 ORDER BY no
 LIMIT :limit;

-- ---- what was asked

-- problem_trail_ask_new(problem i64, no i64, about text, reason text, text text, plan text, until_at i64?,
--                       review_on text?) -> exec
INSERT INTO problem_ask (town_id, problem, no, about, asked_by, asked_at, reason, text, plan, until_at, review_on)
VALUES (:town, :problem, :no, :about, :me, :now, :reason, :text, :plan, :until_at, :review_on);

-- problem_trail_ask_decide(problem i64, no i64, decision text) -> move
UPDATE problem_ask SET decided_by = :me, decided_at = :now, decision = :decision
 WHERE town_id = :town AND problem = :problem AND no = :no AND decision IS NULL;

-- problem_trail_asks(problem i64, limit i64)
--   -> many(no i64, about text, asked_by i64, asked_at i64, reason text, text text, plan text, until_at i64?,
--           review_on text?, decided_by i64?, decided_at i64?, decision text?)
SELECT no, about, asked_by, asked_at, reason, text, plan, until_at, review_on, decided_by, decided_at, decision
  FROM problem_ask
 WHERE town_id = :town AND problem = :problem
 ORDER BY no
 LIMIT :limit;

-- ---- what is watched

-- problem_trail_watch(problem i64, kind text, at i64, rung i64) -> exec
INSERT INTO problem_watch (town_id, problem, kind, at, rung)
VALUES (:town, :problem, :kind, :at, :rung)
    ON CONFLICT (town_id, problem, kind) DO UPDATE SET at = excluded.at, rung = excluded.rung;

-- problem_trail_unwatch(problem i64, kind text) -> exec
DELETE FROM problem_watch WHERE town_id = :town AND problem = :problem AND kind = :kind;

-- problem_trail_due(limit i64) -> many(problem i64, kind text, at i64, rung i64)
SELECT problem, kind, at, rung
  FROM problem_watch
 WHERE town_id = :town AND at <= :now
 ORDER BY at, problem, kind
 LIMIT :limit;

-- problem_trail_watch_of(problem i64, kind text) -> one(at i64, rung i64)
SELECT at, rung FROM problem_watch WHERE town_id = :town AND problem = :problem AND kind = :kind;

-- problem_trail_climb(problem i64, kind text, rung i64, was i64, at i64) -> move
UPDATE problem_watch SET at = :at, rung = :rung
 WHERE town_id = :town AND problem = :problem AND kind = :kind AND rung = :was;

-- problem_trail_climbed(problem i64, kind text, was i64) -> move
DELETE FROM problem_watch WHERE town_id = :town AND problem = :problem AND kind = :kind AND rung = :was;

-- problem_trail_urge(problem i64, day i64) -> move
INSERT INTO problem_urged (town_id, problem, person, day) VALUES (:town, :problem, :me, :day)
    ON CONFLICT (town_id, problem, person, day) DO NOTHING;

-- ---- thanks, and how often receipts were looked for

-- problem_trail_thank(own i64, problem i64, person i64, words text) -> move
INSERT INTO problem_thank (town_id, own, problem, person, words, at)
VALUES (:town, :own, :problem, :person, :words, :now)
    ON CONFLICT (town_id, own) DO NOTHING;

-- problem_trail_thanked(own i64) -> one(words text, at i64)
SELECT words, at FROM problem_thank WHERE town_id = :town AND own = :own;

-- problem_trail_thanks(since i64, limit i64) -> many(problem i64, words text, at i64)
SELECT problem, words, at
  FROM problem_thank
 WHERE town_id = :town AND person = :me AND at >= :since
 ORDER BY at DESC, own DESC
 LIMIT :limit;

-- problem_trail_search_first(day i64) -> exec
INSERT INTO problem_search (town_id, person, day, n) VALUES (:town, :me, :day, 0)
    ON CONFLICT (town_id, person, day) DO NOTHING;

-- problem_trail_search_take(day i64, most i64) -> move
UPDATE problem_search SET n = n + 1
 WHERE town_id = :town AND person = :me AND day = :day AND n < :most;
