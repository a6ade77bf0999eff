-- problem.sql — 问题台账: the matters themselves.  What hangs on them is in problem_more.sql's place
-- below; a problem that is with the office alone is seen by the office and by who handles it.

-- ---- said by several statements

-- @phrase card_typed id i64, version i64, unit i64, village i64, place i64?, number text?,
-- place_text text, body text, category text, focus text, state text, source text, severity i64,
-- difficulty i64, handler i64?, handler_post text?, handler_name text?, photo_before i64?,
-- photo_after i64?, reported_at i64, filed_at i64?, next_at i64, due_at i64?, work_order i64, ask text?,
-- rework i64, n_merged i64, from_resident i64, office_only i64, turn text, campaigns_n i64

-- @phrase card
id, version, unit, village, place, number, place_text, body, category, focus, state, source,
severity, difficulty, handler, handler_post, handler_name, photo_before, photo_after, reported_at,
filed_at, next_at, due_at, work_order, ask, rework, n_merged, from_resident, office_only, turn,
(SELECT COUNT(*) FROM campaign_record c WHERE c.town_id = :town AND c.problem = problem.id) AS campaigns_n;

-- @phrase asked_of_me
EXISTS (SELECT 1 FROM scope a
         WHERE a.town_id = :town AND a.person = :me AND problem.unit BETWEEN a.lo AND a.hi
           AND a.place IN (0, problem.place)
           AND (a.post = problem.ask_post
                OR (problem.ask_post <> 'commander' AND a.post IN ('office', 'office_head'))));

-- @phrase wanted_typed focus text, category text, source text, handler i64, nobody i64, overdue i64,
-- as_of i64, due_until i64, asks i64, reworked i64, since i64, campaign i64, limit i64

-- @phrase wanted
CASE WHEN :focus <> '' AND focus <> :focus THEN 0
     WHEN :category <> '' AND category <> :category THEN 0
     WHEN :source <> '' AND source <> :source THEN 0
     WHEN :handler <> 0 AND COALESCE(handler, 0) <> :handler THEN 0
     WHEN :nobody <> 0 AND (handler IS NOT NULL OR state NOT IN ('reported', 'filed')) THEN 0
     WHEN :overdue <> 0 AND (state NOT IN ('dispatched', 'handling') OR due_at >= :as_of) THEN 0
     WHEN :due_until <> 0
          AND (state NOT IN ('dispatched', 'handling') OR due_at < :as_of OR due_at >= :due_until) THEN 0
     WHEN :asks <> 0
          AND (ask IS NULL OR asked_by = :me OR NOT {asked_of_me}) THEN 0
     WHEN :reworked <> 0 AND rework = 0 THEN 0
     WHEN :since <> 0 AND reported_at < :since THEN 0
     WHEN :campaign <> 0
          AND NOT EXISTS (SELECT 1 FROM campaign_record c
                           WHERE c.town_id = :town AND c.campaign = :campaign AND c.problem = problem.id) THEN 0
     ELSE 1 END = 1;

-- @phrase seen
EXISTS (SELECT 1 FROM scope s
         WHERE s.town_id = :town AND s.person = :me AND problem.unit BETWEEN s.lo AND s.hi
           AND s.place IN (0, problem.place)
           AND (problem.handler = :me OR s.post IN ('office', 'office_head', 'commander')
                OR (problem.office_only = 0
                    AND s.post NOT IN ('contractor', 'volunteer', 'team_leader', 'member'))));

-- ---- one matter

-- problem_insert(id i64, unit i64, village i64, source text, category text, category_version i64, focus text, place i64?,
--                place_text text, lat i64?, lng i64?, body text, severity i64, difficulty i64,
--                office_only i64, from_resident i64, reachable i64, entered_for i64, fixed i64, state
--                text, live i64, turn text, reported_at i64, ended_at i64, next_at i64, work_order i64,
--                ranked_on i64, photo_before i64?, ext_no text?, ext_due i64?, batch text?, created_by
--                i64, located text, given_lat i64?, given_lng i64?, given_datum text?, given_m i64?) -> exec
INSERT INTO problem (town_id, id, unit, village, source, category, category_version, focus, place, place_text, lat, lng, body, severity,
                     difficulty, office_only, from_resident, reachable, entered_for, fixed, state, live,
                     turn, reported_at, ended_at, next_at, work_order, ranked_on, photo_before, ext_no,
                     ext_due, batch, created_by, located, given_lat, given_lng, given_datum, given_m,
                     updated_at, version)
VALUES (:town, :id, :unit, :village, :source, :category, :category_version, :focus, :place, :place_text, :lat, :lng,
        :body, :severity, :difficulty, :office_only, :from_resident, :reachable, :entered_for, :fixed,
        :state, :live, :turn, :reported_at, :ended_at, :next_at, :work_order, :ranked_on, :photo_before,
        :ext_no, :ext_due, :batch, :created_by, :located, :given_lat, :given_lng, :given_datum, :given_m,
        :now, 1);

-- problem_sees(id i64) -> one(id i64)
SELECT id
  FROM problem
 WHERE town_id = :town AND id = :id
   AND {seen};

-- problem_mine(id i64) -> one(id i64)
-- @unscoped what was dispatched to a person is theirs to see
SELECT id FROM problem WHERE town_id = :town AND id = :id AND handler = :me;

-- problem_case(id i64)
--   -> one(id i64, unit i64, village i64, number text?, source text, category text, category_version i64, focus
--          text, place i64?, place_text text, lat i64?, lng i64?, body text, body_public i64, severity
--          i64, difficulty i64, office_only i64, from_resident i64, reachable i64, entered_for i64,
--          fixed i64, drawn i64, state text, live i64, turn text, handler i64?, handler_post text?,
--          handler_name text?, due_village i64, chain text?, reported_at i64, filed_at i64?,
--          dispatched_at i64?, accepted_at i64?, handled_at i64?, closed_at i64?, told_at i64?,
--          ended_at i64, start_at i64?, limit_n i64?, limit_unit text?, due_at i64?, first_due_at i64?,
--          next_at i64, guard_at i64?, guarded_at i64?, work_ms i64?, work_order i64, ranked_on i64,
--          n_extensions i64, n_suspensions i64, n_returns i64, n_reopens i64, n_rejects i64, n_merged
--          i64, rework i64, master i64?, merged_at i64?, ask text?, asked_by i64?, ask_post text?,
--          result text?, photo_before i64?, photo_after i64?, verifier i64?, evaluation text?, answer
--          text?, outcome text?, outcome_text text?, ext_no text?, ext_due i64?, batch text?,
--          created_by i64, updated_at i64, version i64)
-- @unscoped problem_open_case() has asked problem_sees, the receipt code or nobody (a job)
SELECT id, unit, village, number, source, category, category_version, focus, place, place_text, lat, lng, body,
       body_public, severity, difficulty, office_only, from_resident, reachable, entered_for, fixed,
       drawn, state, live, turn, handler, handler_post, handler_name, due_village, chain, reported_at,
       filed_at, dispatched_at, accepted_at, handled_at, closed_at, told_at, ended_at, start_at, limit_n,
       limit_unit, due_at, first_due_at, next_at, guard_at, guarded_at, work_ms, work_order, ranked_on,
       n_extensions, n_suspensions, n_returns, n_reopens, n_rejects, n_merged, rework, master, merged_at,
       ask, asked_by, ask_post, result, photo_before, photo_after, verifier, evaluation, answer, outcome,
       outcome_text, ext_no, ext_due, batch, created_by, updated_at, version
  FROM problem
 WHERE town_id = :town AND id = :id;

-- problem_move(was i64, id i64, unit i64, village i64, number text?, category text, category_version i64, focus text, place i64?,
--              place_text text, body text, body_public i64, severity i64, difficulty i64, office_only
--              i64, reachable i64, drawn i64, state text, live i64, turn text, handler i64?,
--              handler_post text?, handler_name text?, due_village i64, chain text?, filed_at i64?,
--              dispatched_at i64?, accepted_at i64?, handled_at i64?, closed_at i64?, told_at i64?,
--              ended_at i64, start_at i64?, limit_n i64?, limit_unit text?, due_at i64?, first_due_at
--              i64?, next_at i64, guard_at i64?, guarded_at i64?, work_ms i64?, work_order i64,
--              ranked_on i64, n_extensions i64, n_suspensions i64, n_returns i64, n_reopens i64,
--              n_rejects i64, n_merged i64, rework i64, master i64?, merged_at i64?, ask text?,
--              asked_by i64?, ask_post text?, result text?, photo_before i64?, photo_after i64?,
--              verifier i64?, evaluation text?, answer text?, outcome text?, outcome_text text?) -> move
-- @unscoped problem_act has found the row in scope, in the same transaction
UPDATE problem
   SET unit = :unit, village = :village, number = :number, category = :category, category_version =
       :category_version, focus = :focus, place = :place, place_text = :place_text, body = :body,
       body_public = :body_public, severity = :severity, difficulty = :difficulty, office_only =
       :office_only, reachable = :reachable, drawn = :drawn, state = :state, live = :live, turn = :turn,
       handler = :handler, handler_post = :handler_post, handler_name = :handler_name, due_village =
       :due_village, chain = :chain, filed_at = :filed_at, dispatched_at = :dispatched_at, accepted_at =
       :accepted_at, handled_at = :handled_at, closed_at = :closed_at, told_at = :told_at, ended_at =
       :ended_at, start_at = :start_at, limit_n = :limit_n, limit_unit = :limit_unit, due_at = :due_at,
       first_due_at = :first_due_at, next_at = :next_at, guard_at = :guard_at, guarded_at = :guarded_at,
       work_ms = :work_ms, work_order = :work_order, ranked_on = :ranked_on, n_extensions = :n_extensions,
       n_suspensions = :n_suspensions, n_returns = :n_returns, n_reopens = :n_reopens, n_rejects =
       :n_rejects, n_merged = :n_merged, rework = :rework, master = :master, merged_at = :merged_at, ask =
       :ask, asked_by = :asked_by, ask_post = :ask_post, result = :result, photo_before = :photo_before,
       photo_after = :photo_after, verifier = :verifier, evaluation = :evaluation, answer = :answer,
       outcome = :outcome, outcome_text = :outcome_text,
       updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND version = :was;

-- problem_rank_set(id i64, version i64, work_order i64, ranked_on i64) -> exec
-- @unscoped a job of the whole town
UPDATE problem SET work_order = :work_order, ranked_on = :ranked_on
 WHERE town_id = :town AND id = :id AND version = :version;

-- ---- lists

-- problem_open(village i64?, state text, {wanted_typed}) -> many({card_typed})
-- @kept
SELECT {card}
  FROM problem
 WHERE town_id = :town AND live = 1 [village: AND village = :village]
   AND (:state = '' OR state = :state)
   AND {wanted}
   AND {seen}
 ORDER BY @sort(work = work_order DESC, id | due = next_at, id | latest = id DESC)
 LIMIT :limit;

-- problem_any(village i64?, state text?, {wanted_typed}) -> many({card_typed})
SELECT {card}
  FROM problem
 WHERE town_id = :town [village: AND village = :village] [state: AND state = :state]
   AND {wanted}
   AND {seen}
 ORDER BY @sort(latest = id DESC)
 LIMIT :limit;

-- problem_open_n(village i64?, state text, {wanted_typed}) -> many(n i64)
-- @kept
SELECT count(*) AS n
  FROM problem
 WHERE town_id = :town AND live = 1 [village: AND village = :village]
   AND (:state = '' OR state = :state)
   AND {wanted}
   AND {seen}
 LIMIT :limit;

-- problem_any_n(village i64?, state text?, {wanted_typed}) -> many(n i64)
-- @kept
SELECT count(*) AS n
  FROM problem
 WHERE town_id = :town [village: AND village = :village] [state: AND state = :state]
   AND {wanted}
   AND {seen}
 LIMIT :limit;

-- problem_last_due() -> one(due_at i64?)
-- @unscoped a moment: nothing fell due between it and now
SELECT due_at FROM problem WHERE town_id = :town AND live = 1 AND due_at < :now ORDER BY due_at DESC LIMIT 1;

-- problem_open_counts(village i64, as_of i64, due_until i64, limit i64)
--   -> many(state text, n i64, nobody i64, overdue i64, due_today i64, asks i64, reworked i64)
-- @slow one pass over what is open in a town, for all saved views at once, along one index
-- @unscoped the same condition stands outside, asked once for all rows that it cannot tell apart (places only for who keeps one)
-- @kept
SELECT state, CAST(SUM(n) AS BIGINT) AS n, CAST(SUM(nobody) AS BIGINT) AS nobody,
       CAST(SUM(overdue) AS BIGINT) AS overdue, CAST(SUM(due_today) AS BIGINT) AS due_today,
       CAST(SUM(CASE WHEN asks = 0 THEN 0
                     WHEN EXISTS (SELECT 1 FROM scope a
                                   WHERE a.town_id = :town AND a.person = :me
                                     AND problem.unit BETWEEN a.lo AND a.hi
                                     AND a.place IN (0, problem.at_place)
                                     AND (a.post = problem.ask_post
                                          OR (problem.ask_post <> 'commander'
                                              AND a.post IN ('office', 'office_head')))) THEN asks
                     ELSE 0 END) AS BIGINT) AS asks,
       CAST(SUM(reworked) AS BIGINT) AS reworked
  FROM (SELECT unit, office_only, state, handler, ask_post, count(*) AS n,
               CASE WHEN EXISTS (SELECT 1 FROM scope m
                                  WHERE m.town_id = :town AND m.person = :me AND m.place <> 0)
                    THEN place END AS at_place,
               CAST(SUM(CASE WHEN handler IS NULL AND state IN ('reported', 'filed') THEN 1 ELSE 0 END) AS BIGINT) AS nobody,
               CAST(SUM(CASE WHEN state IN ('dispatched', 'handling') AND due_at < :as_of THEN 1 ELSE 0 END) AS BIGINT) AS overdue,
               CAST(SUM(CASE WHEN state IN ('dispatched', 'handling') AND due_at >= :as_of AND due_at < :due_until
                             THEN 1 ELSE 0 END) AS BIGINT) AS due_today,
               CAST(SUM(CASE WHEN ask IS NULL OR asked_by = :me THEN 0 ELSE 1 END) AS BIGINT) AS asks,
               CAST(SUM(CASE WHEN rework > 0 THEN 1 ELSE 0 END) AS BIGINT) AS reworked
          FROM problem
         WHERE town_id = :town AND live = 1 AND (:village = 0 OR village = :village)
         GROUP BY unit, office_only, state, handler, ask_post, at_place) problem
 WHERE EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND problem.unit BETWEEN s.lo AND s.hi
                  AND s.place IN (0, problem.at_place)
                  AND (problem.handler = :me OR s.post IN ('office', 'office_head', 'commander')
                       OR (problem.office_only = 0
                           AND s.post NOT IN ('contractor', 'volunteer', 'team_leader', 'member'))))
 GROUP BY state
 ORDER BY state
 LIMIT :limit;

-- problem_in_turn(turn text, post text, limit i64) -> many({card_typed})
SELECT {card}
  FROM problem
 WHERE town_id = :town AND live = 1 AND turn = :turn
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND problem.unit BETWEEN s.lo AND s.hi
                  AND s.place IN (0, problem.place)
                  AND s.post = :post
                  AND (problem.office_only = 0 OR s.post IN ('office', 'office_head', 'commander')))
 ORDER BY work_order DESC, id
 LIMIT :limit;

-- problem_in_hand(limit i64) -> many({card_typed})
-- @unscoped what was dispatched to a person is theirs to see
SELECT {card}
  FROM problem
 WHERE town_id = :town AND live = 1 AND handler = :me
 ORDER BY work_order DESC, id
 LIMIT :limit;

-- problem_like(category text, since i64, not_id i64, limit i64)
--   -> many(id i64, place i64?, place_text text, lat i64?, lng i64?, unit i64, reported_at i64, body text,
--           office_only i64)
-- @unscoped likely duplicates: what is shown of them is asked again
SELECT id, place, place_text, lat, lng, unit, reported_at, body, office_only
  FROM problem
 WHERE town_id = :town AND category = :category AND reported_at >= :since AND live = 1 AND id <> :not_id
 ORDER BY reported_at DESC, id DESC
 LIMIT :limit;

-- problem_merged(master i64, limit i64) -> many(id i64)
-- @unscoped who sees the master sees what was merged into it
SELECT id FROM problem WHERE town_id = :town AND master = :master AND state = 'merged' ORDER BY id LIMIT :limit;

-- problem_given(id i64) -> one(located text, given_lat i64?, given_lng i64?, given_datum text?, given_m i64?)
-- @unscoped problem_detail() has opened the problem
SELECT located, given_lat, given_lng, given_datum, given_m FROM problem WHERE town_id = :town AND id = :id;

-- problem_positions(before i64, limit i64) -> many(id i64)
-- @unscoped a job of the whole town
SELECT id
  FROM problem
 WHERE town_id = :town AND reported_at < :before AND given_lat IS NOT NULL
 ORDER BY reported_at, id
 LIMIT :limit;

-- problem_position_forget(id i64) -> exec
-- @unscoped a job of the whole town
UPDATE problem SET lat = NULL, lng = NULL, given_lat = NULL, given_lng = NULL, given_datum = NULL, given_m = NULL
 WHERE town_id = :town AND id = :id;

-- problem_held(person i64, post text, unit_lo i64, unit_hi i64, above i64, limit i64) -> many(id i64)
-- @unscoped a hand-over moves all of a person's open work
-- @slow one person's open problems
SELECT id
  FROM problem
 WHERE town_id = :town AND live = 1 AND handler = :person AND handler_post = :post
   AND unit BETWEEN :unit_lo AND :unit_hi AND id > :above
 ORDER BY id
 LIMIT :limit;

-- problem_fixed_n(since i64) -> one(n i64)
-- @unscoped what somebody mended themselves
SELECT count(*) AS n
  FROM problem
 WHERE town_id = :town AND created_by = :me AND reported_at >= :since AND fixed = 1;

-- problem_open_in(lo i64, hi i64) -> one(n i64)
-- @slow counts what is open in one town
SELECT count(*) AS n
  FROM problem
 WHERE town_id = :town AND live = 1 AND unit BETWEEN :lo AND :hi
   AND {seen};

-- problem_unranked(today i64, limit i64)
--   -> many(id i64, version i64, severity i64, difficulty i64, filed_at i64?, due_at i64?, state text,
--           n_merged i64, from_resident i64, ranked_on i64)
-- @unscoped a job of the whole town
SELECT id, version, severity, difficulty, filed_at, due_at, state, n_merged, from_resident, ranked_on
  FROM problem
 WHERE town_id = :town AND live = 1 AND ranked_on < :today
 ORDER BY ranked_on, id
 LIMIT :limit;

-- problem_facts(ended_from i64, reported_until i64, after_at i64, after_id i64, limit i64)
--   -> many(id i64, village i64, state text, focus text, from_resident i64, fixed i64, reachable i64,
--           reported_at i64, filed_at i64?, dispatched_at i64?, due_at i64?, due_village i64, handled_at i64?,
--           closed_at i64?, next_at i64, ended_at i64, rework i64, n_extensions i64, evaluation text?,
--           work_ms i64?, handler_post text?)
SELECT id, village, state, focus, from_resident, fixed, reachable, reported_at, filed_at, dispatched_at,
       due_at, due_village, handled_at, closed_at, next_at, ended_at, rework, n_extensions, evaluation,
       work_ms, handler_post
  FROM problem
 WHERE town_id = :town AND ended_at >= :ended_from AND reported_at < :reported_until
   AND (ended_at > :after_at OR (ended_at = :after_at AND id > :after_id))
   AND {seen}
 ORDER BY ended_at, id
 LIMIT :limit;
