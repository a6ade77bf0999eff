-- duty.sql — 责任: appointments, scope, hand-over, absence, gaps.

-- duty_insert(id i64, person i64, post text, unit i64, place i64, lo i64, hi i64, kind text, from_on text, to_on text,
--             paper_no text, state text, replaces i64, asked_by i64, decided_by i64) -> exec
INSERT INTO appointment (town_id, id, person, post, unit, place, lo, hi, kind, from_on, to_on, paper_no, state, replaces,
                         asked_by, decided_by, in_scope, made_at)
VALUES (:town, :id, :person, :post, :unit, :place, :lo, :hi, :kind, :from_on, :to_on, :paper_no, :state, :replaces,
        :asked_by, :decided_by, 0, :now);

-- duty_find(id i64)
--   -> one(id i64, person i64, name text, post text, unit i64, place i64, kind text, from_on text, to_on text, paper_no text,
--          state text, replaces i64, asked_by i64, decided_by i64, in_scope i64, version i64)
SELECT a.id, a.person, p.name, a.post, a.unit, a.place, a.kind, a.from_on, a.to_on, a.paper_no, a.state, a.replaces,
       a.asked_by, a.decided_by, a.in_scope, a.version
  FROM appointment a
  JOIN person p ON p.town_id = :town AND p.id = a.person
 WHERE a.town_id = :town AND a.id = :id;

-- duty_decide(id i64, state text, decided_by i64) -> move
UPDATE appointment SET state = :state, decided_by = :decided_by, version = version + 1
 WHERE town_id = :town AND id = :id AND state = 'asked';

-- duty_end(id i64, to_on text, version i64) -> move
UPDATE appointment SET to_on = :to_on, version = version + 1
 WHERE town_id = :town AND id = :id AND state = 'granted' AND version = :version;

-- duty_mark(id i64, in_scope i64) -> exec
UPDATE appointment SET in_scope = :in_scope WHERE town_id = :town AND id = :id;

-- duty_posts_of(person i64, today text, limit i64) -> many(post text, lo i64, hi i64, place i64)
-- @kept
SELECT post, lo, hi, place FROM appointment
 WHERE town_id = :town AND person = :person AND state = 'granted' AND from_on <= :today AND to_on >= :today
 LIMIT :limit;

-- duty_of_person(person i64, state text, limit i64)
--   -> many(id i64, post text, unit i64, place i64, lo i64, hi i64, kind text, from_on text, to_on text, paper_no text)
-- @kept
SELECT id, post, unit, place, lo, hi, kind, from_on, to_on, paper_no FROM appointment
 WHERE town_id = :town AND person = :person AND state = :state
 ORDER BY from_on LIMIT :limit;

-- duty_at_unit(unit i64, today text, limit i64)
--   -> many(id i64, person i64, name text, post text, unit i64, place i64, kind text, from_on text, away i64)
-- who holds what over exactly this unit, not over a place in it
-- @kept
SELECT a.id, a.person, p.name, a.post, a.unit, a.place, a.kind, a.from_on,
       CAST(CASE WHEN EXISTS (SELECT 1 FROM away w
                               WHERE w.town_id = :town AND w.person = a.person
                                 AND w.from_on <= :today AND w.to_on >= :today)
                 THEN 1 ELSE 0 END AS BIGINT) AS away
  FROM appointment a
  JOIN person p ON p.town_id = :town AND p.id = a.person
 WHERE a.town_id = :town AND a.unit = :unit AND a.state = 'granted' AND a.place = 0
   AND a.from_on <= :today AND a.to_on >= :today
 LIMIT :limit;

-- duty_at_place(place i64, today text, limit i64)
--   -> many(id i64, person i64, name text, post text, unit i64, place i64, kind text, from_on text, away i64)
-- @kept
SELECT a.id, a.person, p.name, a.post, a.unit, a.place, a.kind, a.from_on,
       CAST(CASE WHEN EXISTS (SELECT 1 FROM away w
                               WHERE w.town_id = :town AND w.person = a.person
                                 AND w.from_on <= :today AND w.to_on >= :today)
                 THEN 1 ELSE 0 END AS BIGINT) AS away
  FROM appointment a
  JOIN person p ON p.town_id = :town AND p.id = a.person
 WHERE a.town_id = :town AND a.place = :place AND a.state = 'granted'
   AND a.from_on <= :today AND a.to_on >= :today
 LIMIT :limit;

-- duty_with_post(post text, today text, limit i64) -> many(id i64, person i64, name text, post text, unit i64, place i64, kind text)
-- @kept
SELECT a.id, a.person, p.name, a.post, a.unit, a.place, a.kind
  FROM appointment a
  JOIN person p ON p.town_id = :town AND p.id = a.person
 WHERE a.town_id = :town AND a.post = :post AND a.state = 'granted'
   AND a.from_on <= :today AND a.to_on >= :today
 LIMIT :limit;

-- duty_same_seat(post text, unit i64, place i64, limit i64) -> many(id i64, person i64, kind text, from_on text, to_on text)
-- every term of one post over one unit or place
-- @kept
SELECT id, person, kind, from_on, to_on FROM appointment
 WHERE town_id = :town AND post = :post AND state = 'granted' AND unit = :unit AND place = :place
 ORDER BY id LIMIT :limit;

-- duty_terms(post text, limit i64)
--   -> many(id i64, person i64, name text, unit i64, place i64, kind text, from_on text, to_on text)
-- all terms of one post, ended ones too, for the gap board
SELECT a.id, a.person, p.name, a.unit, a.place, a.kind, a.from_on, a.to_on
  FROM appointment a
  JOIN person p ON p.town_id = :town AND p.id = a.person
 WHERE a.town_id = :town AND a.post = :post AND a.state = 'granted'
 ORDER BY a.unit, a.id
 LIMIT :limit;

-- duty_list(state text, limit i64)
--   -> many(id i64, person i64, name text, post text, unit i64, place i64, kind text, from_on text, to_on text, paper_no text,
--           asked_by i64)
SELECT a.id, a.person, p.name, a.post, a.unit, a.place, a.kind, a.from_on, a.to_on, a.paper_no, a.asked_by
  FROM appointment a
  JOIN person p ON p.town_id = :town AND p.id = a.person
 WHERE a.town_id = :town AND a.state = :state
 ORDER BY @sort(latest = a.id DESC)
 LIMIT :limit;

-- duty_scope_clear(person i64) -> exec
DELETE FROM scope WHERE town_id = :town AND person = :person;

-- duty_scope_add(person i64, lo i64, hi i64, place i64, post text) -> exec
INSERT INTO scope (town_id, person, lo, hi, post, place) VALUES (:town, :person, :lo, :hi, :post, :place)
    ON CONFLICT (town_id, person, lo, hi, post, place) DO NOTHING;

-- What lists let a person see; tests ask.
-- duty_scope_of(person i64, limit i64) -> many(lo i64, hi i64, post text, place i64)
SELECT lo, hi, post, place FROM scope WHERE town_id = :town AND person = :person LIMIT :limit;

-- duty_scope_ended(today text, limit i64) -> many(id i64, person i64, post text, unit i64, place i64)
SELECT id, person, post, unit, place FROM appointment
 WHERE town_id = :town AND in_scope = 1 AND state = 'granted' AND to_on < :today LIMIT :limit;

-- duty_scope_begins(today text, limit i64) -> many(id i64, person i64)
SELECT id, person FROM appointment
 WHERE town_id = :town AND in_scope = 0 AND state = 'granted' AND to_on >= :today AND from_on <= :today LIMIT :limit;

-- duty_handover_new(id i64, appointment i64, replaced i64, from_person i64, to_person i64, unit i64, place i64, post text,
--                   from_on text) -> exec
INSERT INTO handover (town_id, id, appointment, replaced, from_person, to_person, unit, place, post, from_on, state, n_moved)
VALUES (:town, :id, :appointment, :replaced, :from_person, :to_person, :unit, :place, :post, :from_on, 'waits', 0);

-- duty_handover_find(id i64)
--   -> one(id i64, appointment i64, replaced i64, from_person i64, to_person i64, unit i64, place i64, post text, from_on text,
--          state text, n_moved i64, old_at i64?, new_at i64?, witness i64?, witness_at i64?, version i64)
SELECT id, appointment, replaced, from_person, to_person, unit, place, post, from_on, state, n_moved, old_at, new_at,
       witness, witness_at, version
  FROM handover WHERE town_id = :town AND id = :id;

-- duty_handovers(limit i64)
--   -> many(id i64, from_person i64, to_person i64, unit i64, place i64, post text, from_on text, state text, old_at i64?,
--           new_at i64?, witness_at i64?)
SELECT id, from_person, to_person, unit, place, post, from_on, state, old_at, new_at, witness_at
  FROM handover WHERE town_id = :town
 ORDER BY @sort(latest = id DESC)
 LIMIT :limit;

-- duty_handovers_due(today text, limit i64) -> many(id i64)
SELECT id FROM handover WHERE town_id = :town AND state = 'waits' AND from_on <= :today LIMIT :limit;

-- duty_handover_waits(person i64, since text) -> one(id i64)
-- what a former holder has still to confirm
SELECT id FROM handover
 WHERE town_id = :town AND from_person = :person AND old_at IS NULL AND from_on >= :since
 ORDER BY id DESC LIMIT 1;

-- duty_handovers_past(not_before text, since text, limit i64) -> many(from_person i64)
-- former holders who have confirmed, or whose days for it are over, and who still have an account
SELECT h.from_person
  FROM handover h
  JOIN person p ON p.town_id = :town AND p.id = h.from_person
 WHERE h.town_id = :town AND h.state = 'moved' AND h.from_on >= :not_before
   AND (h.old_at IS NOT NULL OR h.from_on < :since) AND p.disabled_at IS NULL AND p.login <> ''
 ORDER BY h.from_on LIMIT :limit;

-- duty_handovers_silent(until text, chased i64, limit i64) -> many(id i64)
-- @slow hand-overs are some dozens a year
SELECT id FROM handover
 WHERE town_id = :town AND from_on <= :until AND chased < :chased AND state = 'moved'
   AND (old_at IS NULL OR new_at IS NULL OR witness_at IS NULL)
 ORDER BY id LIMIT :limit;

-- duty_handover_chased(id i64, chased i64) -> move
UPDATE handover SET chased = :chased, version = version + 1 WHERE town_id = :town AND id = :id AND chased < :chased;

-- duty_handover_moved(id i64, n_moved i64) -> move
UPDATE handover SET state = 'moved', n_moved = :n_moved, version = version + 1
 WHERE town_id = :town AND id = :id AND state = 'waits';

-- duty_handover_old(id i64) -> move
UPDATE handover SET old_at = :now, version = version + 1 WHERE town_id = :town AND id = :id AND old_at IS NULL;

-- duty_handover_new_holder(id i64) -> move
UPDATE handover SET new_at = :now, version = version + 1 WHERE town_id = :town AND id = :id AND new_at IS NULL;

-- duty_handover_witness(id i64) -> move
UPDATE handover SET witness = :me, witness_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND witness_at IS NULL;

-- duty_item_new(handover i64, id i64, what text, body text) -> exec
INSERT INTO handover_item (town_id, handover, id, what, body) VALUES (:town, :handover, :id, :what, :body);

-- duty_items(handover i64, limit i64) -> many(id i64, what text, body text)
SELECT id, what, body FROM handover_item WHERE town_id = :town AND handover = :handover ORDER BY id LIMIT :limit;

-- duty_line_keep(handover i64, no i64, text text, path text) -> exec
INSERT INTO handover_line (town_id, handover, no, text, path) VALUES (:town, :handover, :no, :text, :path);

-- duty_lines_kept(handover i64, limit i64) -> many(no i64, text text, path text)
SELECT no, text, path FROM handover_line WHERE town_id = :town AND handover = :handover ORDER BY no LIMIT :limit;

-- duty_note_new(handover i64, id i64, body text) -> exec
INSERT INTO handover_note (town_id, handover, id, person, at, body)
VALUES (:town, :handover, :id, :me, :now, :body);

-- duty_notes(handover i64, limit i64) -> many(id i64, person i64, at i64, body text)
SELECT id, person, at, body FROM handover_note WHERE town_id = :town AND handover = :handover ORDER BY id LIMIT :limit;

-- duty_away_new(id i64, person i64, from_on text, to_on text) -> exec
INSERT INTO away (town_id, person, id, from_on, to_on) VALUES (:town, :person, :id, :from_on, :to_on);

-- duty_aways(person i64, today text, limit i64) -> many(id i64, from_on text, to_on text)
SELECT id, from_on, to_on FROM away
 WHERE town_id = :town AND person = :person AND to_on >= :today ORDER BY id LIMIT :limit;

-- duty_away_drop(id i64, person i64) -> move
DELETE FROM away WHERE town_id = :town AND person = :person AND id = :id;

-- duty_gap_told(unit i64, place i64, level i64) -> one(since_on text)
SELECT since_on FROM gap_told WHERE town_id = :town AND unit = :unit AND place = :place AND level = :level;

-- duty_gap_tell(unit i64, place i64, level i64, since_on text) -> exec
INSERT INTO gap_told (town_id, unit, place, level, since_on, told_at)
VALUES (:town, :unit, :place, :level, :since_on, :now)
    ON CONFLICT (town_id, unit, place, level) DO UPDATE SET since_on = excluded.since_on, told_at = excluded.told_at;

