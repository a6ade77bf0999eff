-- problem_ledger.sql — 问题台账 as a table: all columns of a row, who reported it still sealed.

-- @phrase row id i64, unit i64, village i64, number text?, source text, category text, focus text?,
-- place i64?, place_text text?, lat i64?, lng i64?, body text?, severity i64?, difficulty i64?,
-- reporter blob?, phone blob?, reporter_key blob?, handler_name text?, chain text?, reported_at i64,
-- filed_at i64?, dispatched_at i64?, due_at i64?, handled_at i64?, closed_at i64?, told_at i64?,
-- state text, n_extensions i64, n_returns i64, rework i64, result text?, verifier i64?, evaluation text?,
-- answer text?, outcome_text text?, entered_for i64?, ext_no text?, ext_due i64?, campaign i64?,
-- campaigns text?, version i64

-- @phrase columns
p.id, p.unit, p.village, p.number, p.source, p.category, NULLIF(p.focus, '') AS focus,
p.place, NULLIF(p.place_text, '') AS place_text, p.lat, p.lng, NULLIF(p.body, '') AS body,
p.severity, p.difficulty, r.name AS reporter, r.phone, r.key AS reporter_key,
p.handler_name, p.chain, p.reported_at, p.filed_at, p.dispatched_at, p.due_at,
p.handled_at, p.closed_at, p.told_at, p.state, p.n_extensions, p.n_returns, p.rework,
p.result, p.verifier, p.evaluation, p.answer, p.outcome_text, p.entered_for, p.ext_no,
p.ext_due,
(SELECT MAX(c.campaign) FROM campaign_record c WHERE c.town_id = :town AND c.problem = p.id) AS campaign,
CAST(NULL AS TEXT) AS campaigns, p.version;

-- problem_ledger_find(id i64) -> one({row})
SELECT {columns}
  FROM problem p
  LEFT JOIN problem_reporter r ON r.town_id = :town AND r.problem = p.id
 WHERE p.town_id = :town AND p.id = :id
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND p.unit BETWEEN s.lo AND s.hi
                  AND s.place IN (0, p.place)
                  AND (p.handler = :me OR s.post IN ('office', 'office_head', 'commander')
                       OR (p.office_only = 0
                           AND s.post NOT IN ('contractor', 'volunteer', 'team_leader', 'member'))));

-- problem_ledger_list(village i64?, state text?, category text?, source text?, campaign i64?,
--                     reported_from i64?, reported_to i64?, limit i64) -> many({row})
SELECT {columns}
  FROM problem p
  LEFT JOIN problem_reporter r ON r.town_id = :town AND r.problem = p.id
 WHERE p.town_id = :town
       [village: AND p.village = :village]
       [state: AND p.state = :state]
       [category: AND p.category = :category]
       [source: AND p.source = :source]
       [campaign: AND EXISTS (SELECT 1 FROM campaign_record c
                               WHERE c.town_id = :town AND c.campaign = :campaign AND c.problem = p.id)]
       [reported_from: AND p.reported_at >= :reported_from]
       [reported_to: AND p.reported_at <= :reported_to]
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND p.unit BETWEEN s.lo AND s.hi
                  AND s.place IN (0, p.place)
                  AND (p.handler = :me OR s.post IN ('office', 'office_head', 'commander')
                       OR (p.office_only = 0
                           AND s.post NOT IN ('contractor', 'volunteer', 'team_leader', 'member'))))
 ORDER BY @sort(latest = id DESC | oldest = id)
 LIMIT :limit;

-- problem_ledger_of_ext(ext_no text) -> one(id i64)
-- @unscoped the hotline's number is unique in the town; nothing else is told
SELECT id FROM problem WHERE town_id = :town AND ext_no = :ext_no;
