-- assess_correct.sql — 更正: the rows a correction round puts in the place of what was published.

-- assess_correct_add(id i64, round i64, unit i64, week text, item text, n_was i64, num_was i64,
--                    den_was i64, n i64, num i64, den i64, reason text) -> move
INSERT INTO assess_correction (town_id, id, round, unit, week, item, n_was, num_was, den_was, n, num, den,
                               reason, created_by, created_at)
VALUES (:town, :id, :round, :unit, :week, :item, :n_was, :num_was, :den_was, :n, :num, :den,
        :reason, :me, :now)
    ON CONFLICT (town_id, round, unit, week, item) DO NOTHING;

-- assess_correct_drop(id i64, round i64) -> move
-- @unscoped the office corrects for the whole town
DELETE FROM assess_correction WHERE town_id = :town AND id = :id AND round = :round;

-- assess_correct_rows(round i64, limit i64)
--   -> many(id i64, unit i64, week text, item text, n_was i64, num_was i64, den_was i64, n i64,
--           num i64, den i64, reason text, created_by i64, created_at i64)
-- @slow a correction has a few rows
-- @unscoped points of all units and why they changed are seen by all staff
SELECT id, unit, week, item, n_was, num_was, den_was, n, num, den, reason, created_by, created_at
  FROM assess_correction
 WHERE town_id = :town AND round = :round
 ORDER BY id
 LIMIT :limit;

-- The correction of a round, in whatever state.
-- assess_correct_of(month text, round i64) -> one(id i64, state text, published_at i64?)
SELECT id, state, published_at
  FROM assess_round
 WHERE town_id = :town AND month = :month AND corrects = :round;
