-- morning.sql — 晨报: one row a day, as it stood at 07:30.

-- morning_find(day text)
--   -> one(day text, made_at i64, since_at i64, n_reported i64, n_filed i64, n_handled i64, n_closed i64,
--          n_newly_late i64, n_open i64, n_late i64, n_asks i64, n_waiting i64)
SELECT day, made_at, since_at, n_reported, n_filed, n_handled, n_closed, n_newly_late, n_open, n_late, n_asks,
       n_waiting
  FROM morning
 WHERE town_id = :town AND day = :day;

-- morning_week(limit i64)
--   -> many(day text, n_reported i64, n_closed i64, n_newly_late i64, n_open i64, n_late i64)
SELECT day, n_reported, n_closed, n_newly_late, n_open, n_late
  FROM morning
 WHERE town_id = :town
 ORDER BY day DESC
 LIMIT :limit;

-- morning_put(day text, since_at i64, n_reported i64, n_filed i64, n_handled i64, n_closed i64,
--             n_newly_late i64, n_open i64, n_late i64, n_asks i64, n_waiting i64) -> move
INSERT INTO morning (town_id, day, made_at, since_at, n_reported, n_filed, n_handled, n_closed, n_newly_late,
                     n_open, n_late, n_asks, n_waiting)
VALUES (:town, :day, :now, :since_at, :n_reported, :n_filed, :n_handled, :n_closed, :n_newly_late, :n_open,
        :n_late, :n_asks, :n_waiting)
    ON CONFLICT (town_id, day) DO NOTHING;
