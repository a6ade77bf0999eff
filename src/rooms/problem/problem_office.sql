-- problem_office.sql — 问题台账 as the office's day looks at it: what is late, asked, changed, in a campaign.

-- @phrase seen
EXISTS (SELECT 1 FROM scope s
         WHERE s.town_id = :town AND s.person = :me AND problem.unit BETWEEN s.lo AND s.hi
           AND s.place IN (0, problem.place)
           AND (problem.handler = :me OR s.post IN ('office', 'office_head', 'commander')
                OR (problem.office_only = 0
                    AND s.post NOT IN ('contractor', 'volunteer', 'team_leader', 'member'))));

-- problem_office_late_rows(due_until i64, limit i64)
--   -> many(id i64, unit i64, village i64, number text?, category text, place i64?, place_text text,
--           chain text?, handler_name text?, start_at i64?, limit_n i64?, limit_unit text?, due_at i64?,
--           photo_before i64?)
-- @unscoped jobs and the leading group's agenda
-- @slow what is late at one time is some hundreds
SELECT id, unit, village, number, category, place, place_text, chain, handler_name, start_at, limit_n,
       limit_unit, due_at, photo_before
  FROM problem
 WHERE town_id = :town AND live = 1 AND due_at < :due_until AND state IN ('dispatched', 'handling')
   AND office_only = 0
 ORDER BY due_at, id
 LIMIT :limit;

-- problem_office_asks_waiting(limit i64) -> many(id i64)
-- @unscoped the leading group's agenda
-- @slow open asks are some dozens among what is open
SELECT id FROM problem
 WHERE town_id = :town AND live = 1 AND ask IS NOT NULL AND office_only = 0
 ORDER BY id
 LIMIT :limit;

-- problem_office_changed(since i64, limit i64)
--   -> many(n_reported i64, n_filed i64, n_handled i64, n_newly_late i64, n_open i64, n_late i64, n_asks i64,
--           n_waiting i64)
-- @slow once a morning, over what is open
SELECT COALESCE(CAST(SUM(CASE WHEN reported_at >= :since THEN 1 ELSE 0 END) AS BIGINT), 0) AS n_reported,
       COALESCE(CAST(SUM(CASE WHEN filed_at >= :since THEN 1 ELSE 0 END) AS BIGINT), 0) AS n_filed,
       COALESCE(CAST(SUM(CASE WHEN handled_at >= :since THEN 1 ELSE 0 END) AS BIGINT), 0) AS n_handled,
       COALESCE(CAST(SUM(CASE WHEN state IN ('dispatched', 'handling') AND due_at >= :since AND due_at < :now
                              THEN 1 ELSE 0 END) AS BIGINT), 0) AS n_newly_late,
       COUNT(*) AS n_open,
       COALESCE(CAST(SUM(CASE WHEN state IN ('dispatched', 'handling') AND due_at < :now
                              THEN 1 ELSE 0 END) AS BIGINT), 0) AS n_late,
       COALESCE(CAST(SUM(CASE WHEN ask IS NOT NULL THEN 1 ELSE 0 END) AS BIGINT), 0) AS n_asks,
       COALESCE(CAST(SUM(CASE WHEN state IN ('reported', 'filed') THEN 1 ELSE 0 END) AS BIGINT), 0) AS n_waiting
  FROM problem
 WHERE town_id = :town AND live = 1
   AND {seen}
 LIMIT :limit;

-- problem_office_ended_since(since i64, limit i64)
--   -> many(n_reported i64, n_filed i64, n_handled i64, n_closed i64)
SELECT COALESCE(CAST(SUM(CASE WHEN reported_at >= :since THEN 1 ELSE 0 END) AS BIGINT), 0) AS n_reported,
       COALESCE(CAST(SUM(CASE WHEN filed_at >= :since THEN 1 ELSE 0 END) AS BIGINT), 0) AS n_filed,
       COALESCE(CAST(SUM(CASE WHEN handled_at >= :since THEN 1 ELSE 0 END) AS BIGINT), 0) AS n_handled,
       COALESCE(CAST(SUM(CASE WHEN closed_at >= :since THEN 1 ELSE 0 END) AS BIGINT), 0) AS n_closed
  FROM problem
 WHERE town_id = :town AND ended_at >= :since AND live = 0
   AND {seen}
 LIMIT :limit;

-- ---- 专项行动

-- problem_office_campaign_sums(campaign i64, limit i64)
--   -> many(village i64, n i64, n_open i64, n_closed i64, n_late i64, n_on_time i64, n_rework i64,
--           n_suspended i64)
-- @unscoped a campaign's figures are for all staff; rows are opened in scope
-- @slow a campaign is looked at a few times a day
SELECT p.village, COUNT(*) AS n,
       CAST(SUM(p.live) AS BIGINT) AS n_open,
       CAST(SUM(CASE WHEN p.state = 'closed' THEN 1 ELSE 0 END) AS BIGINT) AS n_closed,
       CAST(SUM(CASE WHEN p.state IN ('dispatched', 'handling') AND p.due_at < :now THEN 1 ELSE 0 END) AS BIGINT)
           AS n_late,
       CAST(SUM(CASE WHEN p.state = 'closed' AND (p.due_at IS NULL OR p.handled_at <= p.due_at) THEN 1 ELSE 0 END)
           AS BIGINT) AS n_on_time,
       CAST(SUM(CASE WHEN p.rework > 0 THEN 1 ELSE 0 END) AS BIGINT) AS n_rework,
       CAST(SUM(CASE WHEN p.state = 'suspended' THEN 1 ELSE 0 END) AS BIGINT) AS n_suspended
  FROM campaign_record c
  JOIN problem p ON p.town_id = :town AND p.id = c.problem
 WHERE c.town_id = :town AND c.campaign = :campaign
 GROUP BY p.village
 ORDER BY p.village
 LIMIT :limit;

-- problem_office_campaign_rows(campaign i64, limit i64)
--   -> many(id i64, village i64, category text, place i64?, unit i64, place_text text, state text, reported_at i64)
-- @slow the newest of one campaign
SELECT problem.id, problem.village, problem.category, problem.place, problem.unit, problem.place_text,
       problem.state, problem.reported_at
  FROM campaign_record c
  JOIN problem ON problem.town_id = :town AND problem.id = c.problem
 WHERE c.town_id = :town AND c.campaign = :campaign
   AND {seen}
 ORDER BY problem.id DESC
 LIMIT :limit;

-- problem_office_reported_rows(from_at i64, until_at i64, after_at i64, after_id i64, limit i64)
--   -> many(id i64, unit i64, place i64?, category text, reported_at i64)
-- @unscoped a job of the whole town
-- @slow once for a new campaign
SELECT id, unit, place, category, reported_at
  FROM problem
 WHERE town_id = :town AND reported_at >= :from_at AND reported_at < :until_at
   AND (reported_at > :after_at OR (reported_at = :after_at AND id > :after_id))
 ORDER BY reported_at, id
 LIMIT :limit;
