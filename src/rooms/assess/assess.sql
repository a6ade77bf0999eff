-- assess.sql — 红黑旗: scoring tables, rounds, frozen inputs, results, marks, appeals, consequences.

-- assess_table_add(id i64, code text, edition text, from_on text, body text, hash text) -> exec
INSERT INTO score_table (town_id, id, code, edition, from_on, state, body, hash, edited_by, updated_at, version)
VALUES (:town, :id, :code, :edition, :from_on, 'draft', :body, :hash, :me, :now, 1);

-- assess_table_save(id i64, version i64, edition text, from_on text, body text, hash text) -> move
UPDATE score_table
   SET edition = :edition, from_on = :from_on, body = :body, hash = :hash, edited_by = :me, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND version = :version AND state = 'draft';

-- assess_table_publish(id i64, version i64) -> move
UPDATE score_table
   SET state = 'published', published_at = :now, published_by = :me, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND version = :version AND state = 'draft';

-- assess_table_find(id i64)
--   -> one(id i64, code text, edition text, from_on text, state text, body text, hash text,
--          edited_by i64, published_at i64?, published_by i64?, version i64)
SELECT id, code, edition, from_on, state, body, hash, edited_by, published_at, published_by, version
  FROM score_table
 WHERE town_id = :town AND id = :id;

-- assess_table_named(code text, edition text) -> one(id i64)
SELECT id FROM score_table WHERE town_id = :town AND code = :code AND edition = :edition;

-- assess_table_in_force(day text) -> many(id i64)
-- @slow a town has a handful
SELECT id
  FROM score_table
 WHERE town_id = :town AND state = 'published' AND from_on <= :day
 ORDER BY from_on DESC, id DESC
 LIMIT 1;

-- assess_tables(limit i64)
--   -> many(id i64, code text, edition text, from_on text, state text, hash text)
-- @slow a town has a handful
SELECT id, code, edition, from_on, state, hash
  FROM score_table
 WHERE town_id = :town
 ORDER BY from_on DESC, id DESC
 LIMIT :limit;

-- assess_round_add(id i64, month text, score_table i64, corrects i64, reason text?, seed text) -> exec
INSERT INTO assess_round (town_id, id, month, score_table, state, corrects, reason, seed, updated_at, version)
VALUES (:town, :id, :month, :score_table, 'open', :corrects, :reason, :seed, :now, 1);

-- assess_round_find(id i64)
--   -> one(id i64, month text, score_table i64, state text, corrects i64, reason text?, seed text,
--          frozen_no i64, frozen_at i64?, appeal_until i64?, first_by i64?, first_at i64?,
--          second_by i64?, second_at i64?, published_at i64?, version i64)
SELECT id, month, score_table, state, corrects, reason, seed, frozen_no, frozen_at, appeal_until,
       first_by, first_at, second_by, second_at, published_at, version
  FROM assess_round
 WHERE town_id = :town AND id = :id;

-- assess_round_of(month text, corrects i64) -> one(id i64)
SELECT id FROM assess_round WHERE town_id = :town AND month = :month AND corrects = :corrects;

-- assess_rounds(limit i64)
--   -> many(id i64, month text, score_table i64, state text, corrects i64, frozen_no i64,
--           appeal_until i64?, published_at i64?)
SELECT id, month, score_table, state, corrects, frozen_no, appeal_until, published_at
  FROM assess_round
 WHERE town_id = :town
 ORDER BY month DESC, id
 LIMIT :limit;

-- assess_round_move(id i64, was text, state text) -> move
UPDATE assess_round SET state = :state, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND state = :was;

-- A new freezing takes earlier signatures away: they stood for another hash.
-- assess_round_freeze(id i64, was text, no i64, frozen_at i64, appeal_until i64) -> move
UPDATE assess_round
   SET state = 'frozen', frozen_no = :no, frozen_at = :frozen_at, appeal_until = :appeal_until,
       first_by = NULL, first_at = NULL, second_by = NULL, second_at = NULL, updated_at = :now,
       version = version + 1
 WHERE town_id = :town AND id = :id AND state = :was AND frozen_no = :no - 1;

-- assess_round_sign_first(id i64) -> move
UPDATE assess_round SET first_by = :me, first_at = :now, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND state = 'final' AND first_by IS NULL;

-- assess_round_sign_second(id i64) -> move
UPDATE assess_round
   SET second_by = :me, second_at = :now, published_at = :now, state = 'published',
       updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND state = 'final' AND first_by <> :me AND second_by IS NULL;

-- assess_frozen_add(round i64, no i64, input text, input_hash text, result text, result_hash text) -> exec
INSERT INTO assess_frozen (town_id, round, no, at, input, input_hash, result, result_hash)
VALUES (:town, :round, :no, :now, :input, :input_hash, :result, :result_hash);

-- assess_frozen_find(round i64, no i64)
--   -> one(at i64, input text, input_hash text, result text, result_hash text)
SELECT at, input, input_hash, result, result_hash
  FROM assess_frozen
 WHERE town_id = :town AND round = :round AND no = :no;

-- assess_results_clear(round i64) -> exec
-- @unscoped the round's own result is made anew as a whole
DELETE FROM assess_result WHERE town_id = :town AND round = :round;

-- assess_result_add(id i64, round i64, unit i64, month text, unit_name text, score_group text, weeks text,
--                   k i64, score i64, place i64, town_place i64, flag text, decided text,
--                   in_public i64, input_hash text) -> exec
INSERT INTO assess_result (town_id, id, round, unit, month, unit_name, score_group, weeks, k, score,
                           place, town_place, flag, decided, in_public, input_hash)
VALUES (:town, :id, :round, :unit, :month, :unit_name, :score_group, :weeks, :k, :score,
        :place, :town_place, :flag, :decided, :in_public, :input_hash);

-- assess_results_publish(round i64) -> exec
-- @unscoped the whole round is published
UPDATE assess_result SET published_at = :now WHERE town_id = :town AND round = :round;

-- assess_results_of(round i64, limit i64)
--   -> many(unit i64, month text, unit_name text, score_group text, weeks text, k i64, score i64,
--           place i64, town_place i64, flag text, decided text, in_public i64, published_at i64?,
--           input_hash text)
-- @slow a town's villages, once
-- @unscoped points and flags of all units are seen by all staff; residents see published ones
SELECT unit, month, unit_name, score_group, weeks, k, score, place, town_place, flag, decided,
       in_public, published_at, input_hash
  FROM assess_result
 WHERE town_id = :town AND round = :round
 ORDER BY score_group, place, unit
 LIMIT :limit;

-- A month that was corrected stands as its correction says.
-- assess_history(unit i64, limit i64)
--   -> many(round i64, month text, score i64, place i64, flag text, in_public i64)
-- @unscoped published results are public
SELECT x.round, x.month, x.score, x.place, x.flag, x.in_public
  FROM assess_result x
 WHERE x.town_id = :town AND x.unit = :unit AND x.published_at IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM assess_round c
                    WHERE c.town_id = :town AND c.month = x.month AND c.corrects = x.round
                      AND c.published_at IS NOT NULL)
 ORDER BY x.month DESC
 LIMIT :limit;

-- assess_mark_add(id i64, unit i64, item text, day text, paper_no text?, said text, zero_items text?) -> exec
INSERT INTO assess_mark (town_id, id, unit, item, day, paper_no, said, zero_items, created_by, updated_at, version)
VALUES (:town, :id, :unit, :item, :day, :paper_no, :said, :zero_items, :me, :now, 1);

-- assess_mark_confirm(id i64, version i64) -> move
-- @unscoped the office confirms for the whole town
UPDATE assess_mark SET confirmed_by = :me, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND version = :version AND confirmed_by IS NULL
   AND void_reason IS NULL AND created_by <> :me;

-- assess_mark_void(id i64, version i64, reason text) -> move
-- @unscoped the office voids for the whole town
UPDATE assess_mark SET void_reason = :reason, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND version = :version AND void_reason IS NULL;

-- assess_mark_find(id i64) -> one(unit i64, item text, day text)
-- @unscoped the office confirms for the whole town
SELECT unit, item, day FROM assess_mark WHERE town_id = :town AND id = :id;

-- Another standing mark of the item in those days.
-- assess_mark_other(unit i64, item text, from_day text, to_day text, id i64) -> one(day text)
-- @unscoped bonus and penalty facts are seen by all staff
SELECT day
  FROM assess_mark
 WHERE town_id = :town AND unit = :unit AND day >= :from_day AND day <= :to_day AND item = :item
   AND id <> :id AND void_reason IS NULL
 ORDER BY day, id
 LIMIT 1;

-- assess_marks(from_day text, to_day text, limit i64)
--   -> many(id i64, unit i64, item text, day text, paper_no text?, said text, zero_items text?,
--           confirmed_by i64?, void_reason text?, created_by i64, version i64)
-- @unscoped bonus and penalty facts are seen by all staff
SELECT id, unit, item, day, paper_no, said, zero_items, confirmed_by, void_reason, created_by, version
  FROM assess_mark
 WHERE town_id = :town AND day >= :from_day AND day <= :to_day
 ORDER BY day, id
 LIMIT :limit;

-- assess_appeal_add(id i64, round i64, unit i64, deduct i64, item text, said text) -> exec
INSERT INTO assess_appeal (town_id, id, round, unit, deduct, item, said, state, created_by, created_at, version)
VALUES (:town, :id, :round, :unit, :deduct, :item, :said, 'open', :me, :now, 1);

-- assess_appeal_find(id i64)
--   -> one(id i64, round i64, unit i64, deduct i64, item text, said text, state text, n_left i64?,
--          outcome text?, created_by i64, created_at i64, decided_at i64?, version i64)
-- @unscoped the panel decides for the whole town; pages ask by scope or post
SELECT id, round, unit, deduct, item, said, state, n_left, outcome, created_by, created_at, decided_at, version
  FROM assess_appeal
 WHERE town_id = :town AND id = :id;

-- assess_appeals(round i64, limit i64)
--   -> many(id i64, unit i64, deduct i64, item text, said text, state text, n_left i64?,
--           outcome text?, created_by i64, created_at i64, decided_at i64?)
-- @slow a round has a few
-- @unscoped appeals and their outcomes are seen by all staff
SELECT id, unit, deduct, item, said, state, n_left, outcome, created_by, created_at, decided_at
  FROM assess_appeal
 WHERE town_id = :town AND round = :round
 ORDER BY id
 LIMIT :limit;

-- assess_appeals_open(round i64) -> one(n i64)
-- @unscoped a count that decides whether the round is final
SELECT count(*) AS n FROM assess_appeal WHERE town_id = :town AND round = :round AND state = 'open';

-- assess_appeal_decide(id i64, state text, n_left i64?, outcome text) -> move
-- @unscoped the panel decides for the whole town
UPDATE assess_appeal SET state = :state, n_left = :n_left, outcome = :outcome, decided_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND state = 'open';

-- assess_vote_add(appeal i64, choice text, n_left i64, said text) -> move
INSERT INTO assess_vote (town_id, appeal, person, choice, n_left, said, at)
VALUES (:town, :appeal, :me, :choice, :n_left, :said, :now)
    ON CONFLICT (town_id, appeal, person) DO NOTHING;

-- assess_votes(appeal i64, limit i64) -> many(person i64, choice text, n_left i64, said text, at i64)
SELECT person, choice, n_left, said, at
  FROM assess_vote
 WHERE town_id = :town AND appeal = :appeal
 ORDER BY person
 LIMIT :limit;

-- assess_duty_add(id i64, round i64, unit i64, kind text, owner_post i64, due_on text) -> exec
INSERT INTO assess_duty (town_id, id, round, unit, kind, owner_post, due_on, state, version)
VALUES (:town, :id, :round, :unit, :kind, :owner_post, :due_on, 'open', 1);

-- assess_duty_done(id i64, said text) -> move
UPDATE assess_duty SET state = 'done', said = :said, done_by = :me, done_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND state = 'open'
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND assess_duty.unit BETWEEN s.lo AND s.hi AND s.place = 0);

-- assess_duties(unit i64, limit i64)
--   -> many(id i64, round i64, kind text, owner_post i64, due_on text, state text, said text?,
--           done_by i64?, done_at i64?)
-- @slow a unit has a few
SELECT id, round, kind, owner_post, due_on, state, said, done_by, done_at
  FROM assess_duty
 WHERE town_id = :town AND unit = :unit
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND assess_duty.unit BETWEEN s.lo AND s.hi AND s.place = 0)
 ORDER BY id
 LIMIT :limit;

-- assess_duty_find(id i64) -> one(id i64, round i64, unit i64, kind text, owner_post i64, state text)
SELECT id, round, unit, kind, owner_post, state
  FROM assess_duty
 WHERE town_id = :town AND id = :id
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND assess_duty.unit BETWEEN s.lo AND s.hi AND s.place = 0);

-- assess_duties_open(limit i64)
--   -> many(id i64, round i64, unit i64, kind text, owner_post i64, due_on text)
-- @slow a town has a few open ones
SELECT id, round, unit, kind, owner_post, due_on
  FROM assess_duty
 WHERE town_id = :town AND state = 'open'
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND assess_duty.unit BETWEEN s.lo AND s.hi AND s.place = 0)
 ORDER BY due_on, id
 LIMIT :limit;

-- assess_rounds_published(limit i64)
--   -> many(id i64, month text, score_table i64, corrects i64, first_by i64?, second_by i64?,
--           published_at i64?, reason text?)
-- @slow a round a month
SELECT id, month, score_table, corrects, first_by, second_by, published_at, reason
  FROM assess_round
 WHERE town_id = :town AND state IN ('published', 'archived')
 ORDER BY month DESC, id DESC
 LIMIT :limit;

-- assess_strip(from_month text, limit i64)
--   -> many(unit i64, month text, flag text, in_public i64, score i64, published_at i64?)
-- @slow twelve months of a town's villages
-- @unscoped flags of published rounds are public; the page leaves out what is not
SELECT unit, month, flag, in_public, score, published_at
  FROM assess_result
 WHERE town_id = :town AND month >= :from_month AND published_at IS NOT NULL
 ORDER BY unit, month, published_at
 LIMIT :limit;

-- assess_appeals_waiting(limit i64) -> many(id i64, unit i64, said text)
-- @unscoped appeals and their outcomes are seen by all staff
-- @slow a round has a few
SELECT id, unit, said
  FROM assess_appeal
 WHERE town_id = :town AND state = 'open'
 ORDER BY id
 LIMIT :limit;

-- What followed from a flag that a correction has taken away.
-- assess_duties_end(round i64, unit i64, said text) -> exec
-- @unscoped the correction is published for the whole town
UPDATE assess_duty SET state = 'done', said = :said, done_by = :me, done_at = :now, version = version + 1
 WHERE town_id = :town AND round = :round AND unit = :unit AND state = 'open';
