-- counter.sql — 代报: what a slip says, and what I have entered for others.

-- counter_slip(id i64) -> one(id i64, unit i64, place i64?, place_text text, category text, reported_at i64)
-- @unscoped who has the receipt code has the slip; no person stands on it
SELECT id, unit, place, place_text, category, reported_at
  FROM problem
 WHERE town_id = :town AND id = :id;

-- counter_mine(since i64, limit i64)
--   -> many(id i64, code text, unit i64, place i64?, place_text text, category text, reported_at i64)
-- @unscoped what I have entered myself today
SELECT p.id, r.code, p.unit, p.place, p.place_text, p.category, p.reported_at
  FROM problem p
  JOIN problem_reporter r ON r.town_id = :town AND r.problem = p.id
 WHERE p.town_id = :town AND p.created_by = :me AND p.reported_at >= :since AND p.entered_for = 1
 ORDER BY p.reported_at DESC
 LIMIT :limit;
