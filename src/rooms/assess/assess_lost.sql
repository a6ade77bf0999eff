-- assess_lost.sql — 扣分台账: every place that lost points.  What it cost and by which rule is said by the
-- round's scoring table, its picture by the attachments: the room reads them.

-- @phrase row id i64, unit i64, month text, week text, item text, count i64, loss i64?, place text,
-- found_at i64, inspector i64, said text?, rule text?, photo text?, problem i64?, appeal text?,
-- n_left i64?, score_table i64, version i64

-- @phrase columns
d.id, d.unit, r.month, d.week, d.item, d.n AS count, NULLIF(d.n, d.n) AS loss, d.place,
d.found_at, d.inspector, d.said, NULLIF(d.item, d.item) AS rule,
NULLIF(d.place, d.place) AS photo,
d.problem, d.appeal, d.n_left, r.score_table, d.version;

-- assess_lost_find(id i64) -> one({row})
SELECT {columns}
  FROM assess_deduct d
  JOIN assess_round r ON r.town_id = :town AND r.id = d.round
 WHERE d.town_id = :town AND d.id = :id AND d.void_reason IS NULL
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND d.unit BETWEEN s.lo AND s.hi AND s.place = 0);

-- assess_lost_list(unit i64?, item text?, found_from i64?, found_to i64?, limit i64) -> many({row})
SELECT {columns}
  FROM assess_deduct d
  JOIN assess_round r ON r.town_id = :town AND r.id = d.round
 WHERE d.town_id = :town
       [unit: AND d.unit = :unit]
       [item: AND d.item = :item]
       [found_from: AND d.found_at >= :found_from]
       [found_to: AND d.found_at <= :found_to]
   AND d.void_reason IS NULL
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND d.unit BETWEEN s.lo AND s.hi AND s.place = 0)
 ORDER BY @sort(latest = d.found_at DESC, d.id DESC | oldest = d.found_at, d.id)
 LIMIT :limit;
