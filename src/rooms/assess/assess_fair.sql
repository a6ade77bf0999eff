-- assess_fair.sql — 公平与述职: lost points with what stands behind them; a year's report.

-- assess_fair_points(round i64, above i64, limit i64)
--   -> many(id i64, sheet i64, unit i64, item text, inspector i64, n i64, n_left i64?, batch text?,
--           n_photos i64, due_village i64?, handler_post text?)
-- @unscoped the office and the commander read the whole town's round
SELECT d.id, d.sheet, d.unit, d.item, d.inspector, d.n, d.n_left, d.batch,
       (SELECT count(*) FROM attachment a WHERE a.town_id = :town AND a.object = d.id) AS n_photos,
       p.due_village, p.handler_post
  FROM assess_deduct d
  LEFT JOIN problem p ON p.town_id = :town AND p.id = d.problem
 WHERE d.town_id = :town AND d.round = :round AND d.id > :above AND d.void_reason IS NULL
 ORDER BY d.id
 LIMIT :limit;

-- assess_fair_rounds(from_month text, to_month text, limit i64)
--   -> many(id i64, month text, score_table i64, published_at i64?)
-- @slow a round a month
SELECT id, month, score_table, published_at
  FROM assess_round
 WHERE town_id = :town AND month >= :from_month AND month <= :to_month
 ORDER BY month, id
 LIMIT :limit;

-- assess_fair_months(unit i64, from_month text, to_month text, limit i64)
--   -> many(round i64, month text, score i64, place i64, flag text)
-- @unscoped published results are public
-- @slow a dozen months of one unit
SELECT x.round, x.month, x.score, x.place, x.flag
  FROM assess_result x
 WHERE x.town_id = :town AND x.unit = :unit AND x.month >= :from_month AND x.month <= :to_month
   AND x.published_at IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM assess_round c
                    WHERE c.town_id = :town AND c.month = x.month AND c.corrects = x.round
                      AND c.published_at IS NOT NULL)
 ORDER BY x.month, x.published_at
 LIMIT :limit;

-- assess_fair_lost(unit i64, round i64, limit i64) -> many(item text, n i64)
-- @unscoped lost points of all units are seen by all staff
-- @slow what one unit lost in one round
SELECT item, CAST(SUM(COALESCE(n_left, n)) AS BIGINT) AS n
  FROM assess_deduct
 WHERE town_id = :town AND round = :round AND unit = :unit AND void_reason IS NULL
 GROUP BY item
 ORDER BY item
 LIMIT :limit;

-- assess_fair_report(unit i64, year i64)
--   -> one(drafted text, body text, edited_by i64, edited_at i64, version i64)
-- @unscoped the page asks whose village it is
SELECT drafted, body, edited_by, edited_at, version
  FROM year_report
 WHERE town_id = :town AND unit = :unit AND year = :year;

-- assess_fair_report_add(unit i64, year i64, drafted text, body text) -> move
INSERT INTO year_report (town_id, unit, year, drafted, body, edited_by, edited_at, version)
VALUES (:town, :unit, :year, :drafted, :body, :me, :now, 1)
    ON CONFLICT (town_id, unit, year) DO NOTHING;
