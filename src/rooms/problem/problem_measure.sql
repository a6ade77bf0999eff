-- problem_measure.sql — 测算: the rows behind the automatic items of the scoring table.

-- problem_measure_due(village i64, from_at i64, until_at i64, limit i64)
--   -> many(id i64, state text, due_at i64?, handled_at i64?, fixed i64)
-- @unscoped judging is done by the house, for every village alike
SELECT id, state, due_at, handled_at, fixed
  FROM problem
 WHERE town_id = :town AND due_village = :village AND due_at >= :from_at AND due_at < :until_at
 ORDER BY due_at, id
 LIMIT :limit;

-- problem_measure_closed(village i64, from_at i64, until_at i64, limit i64)
--   -> many(id i64, closed_at i64?, rework i64, evaluation text?)
-- @unscoped judging is done by the house, for every village alike
SELECT id, closed_at, rework, evaluation
  FROM problem
 WHERE town_id = :town AND due_village = :village AND closed_at >= :from_at AND closed_at < :until_at
   AND state = 'closed'
 ORDER BY closed_at, id
 LIMIT :limit;

-- problem_measure_hopeful(village i64, until_at i64, limit i64)
--   -> many(id i64, due_at i64?, category text, place i64?, place_text text?)
-- @unscoped judging is done by the house, for every village alike; pages ask who looks
SELECT id, due_at, category, place, place_text
  FROM problem
 WHERE town_id = :town AND due_village = :village AND due_at >= :now AND due_at < :until_at
   AND state IN ('dispatched', 'handling')
 ORDER BY due_at, id
 LIMIT :limit;

-- problem_measure_open(village i64, category text, limit i64) -> many(id i64)
-- @slow a village has some dozens open
-- @unscoped judging is done by the house, for every village alike
SELECT id
  FROM problem
 WHERE town_id = :town AND village = :village AND live = 1 AND category = :category
 ORDER BY id
 LIMIT :limit;

-- problem_measure_removed(village i64, category text, from_at i64, until_at i64, limit i64)
--   -> many(id i64)
-- @slow a village's closed problems of a year
-- @unscoped judging is done by the house, for every village alike
SELECT id
  FROM problem
 WHERE town_id = :town AND village = :village AND state = 'closed' AND category = :category
   AND closed_at >= :from_at AND closed_at < :until_at
 ORDER BY id
 LIMIT :limit;
