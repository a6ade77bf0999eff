-- assess_flag.sql — 红黑旗台账: what was published, in scope.

-- @phrase row id i64, unit i64, month text, score_group text, week_scores text, month_inspection i64,
-- score i64, place i64, town_place i64, flag text, inputs_hash text, published_at i64?, first_by i64?,
-- second_by i64?, version i64

-- @phrase columns
x.id, x.unit, x.month, x.score_group, x.weeks AS week_scores, x.k AS month_inspection,
x.score, x.place, x.town_place, x.flag, x.input_hash AS inputs_hash, x.published_at,
r.first_by, r.second_by, r.version;

-- assess_flag_find(id i64) -> one({row})
SELECT {columns}
  FROM assess_result x
  JOIN assess_round r ON r.town_id = :town AND r.id = x.round
 WHERE x.town_id = :town AND x.id = :id AND x.published_at IS NOT NULL
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND x.unit BETWEEN s.lo AND s.hi AND s.place = 0);

-- assess_flag_list(unit i64?, flag text?, limit i64) -> many({row})
SELECT {columns}
  FROM assess_result x
  JOIN assess_round r ON r.town_id = :town AND r.id = x.round
 WHERE x.town_id = :town
       [unit: AND x.unit = :unit]
       [flag: AND x.flag = :flag]
   AND x.published_at IS NOT NULL
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND x.unit BETWEEN s.lo AND s.hi AND s.place = 0)
 ORDER BY @sort(latest = x.month DESC, x.id DESC | oldest = x.month, x.id)
 LIMIT :limit;
