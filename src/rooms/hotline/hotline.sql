-- hotline.sql — 12345 热线: its list as it came, and what became of each.

-- @phrase row id i64, unit i64?, village i64, ext_no text, reported_at i64?, category text?, place_text text?,
-- body text?, name blob?, phone blob?, name_key blob?, ext_due i64?, state text, answer text?,
-- closed_at i64?, version i64

-- @phrase columns
h.problem AS id, p.unit, p.village, h.ext_no, h.reported_at, COALESCE(h.category, p.category) AS category,
NULLIF(p.place_text, '') AS place_text, NULLIF(p.body, '') AS body, r.name, r.phone, r.key AS name_key,
p.ext_due, p.state,
CASE WHEN p.state = 'merged' THEN (SELECT m.result FROM problem m WHERE m.town_id = :town AND m.id = p.master)
     WHEN p.state IN ('rejected', 'transferred', 'voided', 'suspended') THEN p.outcome_text
     ELSE p.result END AS answer,
CASE WHEN p.state = 'merged' THEN (SELECT m.closed_at FROM problem m WHERE m.town_id = :town AND m.id = p.master)
     ELSE p.closed_at END AS closed_at, p.version;

-- @phrase tables
hotline h
  JOIN problem p ON p.town_id = :town AND p.id = h.problem
  LEFT JOIN problem_reporter r ON r.town_id = :town AND r.problem = h.problem;

-- @phrase seen
EXISTS (SELECT 1 FROM scope s
         WHERE s.town_id = :town AND s.person = :me AND p.unit BETWEEN s.lo AND s.hi
           AND s.place IN (0, p.place)
           AND (s.post IN ('office', 'office_head', 'commander', 'operator')));

-- hotline_find(id i64) -> one({row})
-- @unscoped of the matter it was merged into only the answer is told
SELECT {columns}
  FROM {tables}
 WHERE h.town_id = :town AND h.problem = :id AND {seen};

-- hotline_list(state text?, closed_from i64?, closed_to i64?, limit i64) -> many({row})
-- @unscoped of the matter it was merged into only the answer is told
-- @slow a year of the hotline is some thousand lines
SELECT {columns}
  FROM {tables}
 WHERE h.town_id = :town
       [state: AND p.state = :state]
       [closed_from: AND p.closed_at >= :closed_from]
       [closed_to: AND p.closed_at <= :closed_to]
   AND {seen}
 ORDER BY @sort(latest = id DESC | oldest = id)
 LIMIT :limit;

-- hotline_of_ext(ext_no text) -> one(id i64)
-- @unscoped the hotline's number is unique in the town; nothing else is told
SELECT id FROM problem WHERE town_id = :town AND ext_no = :ext_no;

-- hotline_insert(problem i64, ext_no text, reported_at i64?, category text?) -> exec
INSERT INTO hotline (town_id, problem, ext_no, reported_at, category, created_by, created_at)
VALUES (:town, :problem, :ext_no, :reported_at, :category, :me, :now);
