-- 0036 考核: what a round's reckoning reads of its lost points, all of it in the index.
CREATE INDEX assess_deduct_sum ON assess_deduct (town_id, round, unit, week, item, id, n, n_left)
 WHERE void_reason IS NULL;
