-- target.sql — 目标台账: targets, their progress, the sets they are made from.

-- @phrase target_row id i64, unit i64, village i64, requirement i64?, heading text, indicator text,
-- measure text?, unit_of_measure text, direction text, baseline i64, baseline_on text, goal i64,
-- due_on text, tier_1 i64?, tier_2 i64?, tier_3 i64?, current i64?, current_on text?, verified i64?,
-- verified_on text?, verified_by i64?, tier text?, batch text?, version i64

-- @phrase target_columns
id, unit, village, requirement, heading, indicator, measure, unit_of_measure, direction,
baseline, baseline_on, goal, due_on, tier_1, tier_2, tier_3, current, current_on,
verified, verified_on, verified_by, tier, batch, version;

-- target_find(id i64) -> one({target_row})
SELECT {target_columns}
  FROM target
 WHERE town_id = :town AND id = :id
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND target.unit BETWEEN s.lo AND s.hi AND s.place = 0);

-- target_list(village i64?, heading text?, due_from text?, due_to text?, limit i64) -> many({target_row})
SELECT {target_columns}
  FROM target
 WHERE town_id = :town
       [village: AND village = :village]
       [heading: AND heading = :heading]
       [due_from: AND due_on >= :due_from]
       [due_to: AND due_on <= :due_to]
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND target.unit BETWEEN s.lo AND s.hi AND s.place = 0)
 ORDER BY @sort(due = due_on, id | far = due_on DESC, id DESC)
 LIMIT :limit;

-- target_of_village(village i64, limit i64) -> many({target_row})
-- @slow a village has some twenty
-- @unscoped goals of all villages are compared by all staff and shown to residents
SELECT {target_columns}
  FROM target
 WHERE town_id = :town AND village = :village
 ORDER BY id
 LIMIT :limit;

-- target_named(village i64, heading text, indicator text) -> one(id i64)
-- @unscoped asked before a row of the same name is written in scope
SELECT id FROM target
 WHERE town_id = :town AND village = :village AND heading = :heading AND indicator = :indicator;

-- target_any(id i64) -> one({target_row})
-- @unscoped the house's own job fills what ledgers answer
SELECT {target_columns}
  FROM target
 WHERE town_id = :town AND id = :id;

-- target_measured(above i64, limit i64) -> many(id i64)
-- @unscoped a job of the whole town
SELECT id
  FROM target
 WHERE town_id = :town AND id > :above AND measure IS NOT NULL
 ORDER BY id
 LIMIT :limit;

-- target_insert(id i64, unit i64, village i64, requirement i64?, heading text, indicator text, measure text?,
--               unit_of_measure text, direction text, baseline i64, baseline_on text,
--               goal i64, due_on text, tier_1 i64?, tier_2 i64?, tier_3 i64?, batch text?) -> exec
INSERT INTO target (town_id, id, unit, village, requirement, heading, indicator, measure, unit_of_measure,
                    direction, baseline, baseline_on, goal, due_on, tier_1, tier_2, tier_3,
                    batch, created_by, created_at, updated_at, version)
VALUES (:town, :id, :unit, :village, :requirement, :heading, :indicator, :measure, :unit_of_measure,
        :direction, :baseline, :baseline_on, :goal, :due_on, :tier_1, :tier_2, :tier_3, :batch,
        :me, :now, :now, 1);

-- target_update(id i64, version i64, unit i64, village i64, requirement i64?, heading text, indicator text, measure text?,
--               unit_of_measure text, direction text, baseline i64, baseline_on text,
--               goal i64, due_on text, tier_1 i64?, tier_2 i64?, tier_3 i64?, tier text?) -> move
-- @unscoped the ledger has found the row in scope; the version guards it
UPDATE target
   SET unit = :unit, village = :village, requirement = :requirement, heading = :heading,
       indicator = :indicator, measure = :measure, unit_of_measure = :unit_of_measure,
       direction = :direction, baseline = :baseline, baseline_on = :baseline_on, goal = :goal,
       due_on = :due_on, tier_1 = :tier_1, tier_2 = :tier_2, tier_3 = :tier_3,
       tier = :tier, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND version = :version;

-- target_of_batch(batch text, limit i64) -> many(id i64, version i64)
-- @slow the rows of one import that nobody has changed since
SELECT id, version
  FROM target
 WHERE town_id = :town AND batch = :batch AND version = 1
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND target.unit BETWEEN s.lo AND s.hi AND s.place = 0)
 ORDER BY id
 LIMIT :limit;

-- target_remove(id i64, version i64) -> move
-- @unscoped target_of_batch has found the row in scope
DELETE FROM target WHERE town_id = :town AND id = :id AND version = :version;

-- target_now(id i64, version i64, current i64?, current_on text?, verified i64?, verified_on text?,
--          verified_by i64?, tier text?) -> move
-- @unscoped target_progress has found the row in scope, or the house fills it
UPDATE target
   SET current = :current, current_on = :current_on, verified = :verified,
       verified_on = :verified_on, verified_by = :verified_by, tier = :tier, updated_at = :now,
       version = version + 1
 WHERE town_id = :town AND id = :id AND version = :version;

-- target_progress_insert(id i64, target i64, unit i64, day text, value i64, said text?, photo text?, by i64)
--   -> exec
INSERT INTO target_progress (town_id, id, target, unit, day, value, said, photo, by, at)
VALUES (:town, :id, :target, :unit, :day, :value, :said, :photo, :by, :now);

-- @phrase progress_row id i64, target i64, unit i64, day text, value i64, said text?, photo text?, by i64,
-- at i64, verified_by i64?, verified_at i64?

-- @phrase progress_columns
id, target, unit, day, value, said, photo, by, at, verified_by, verified_at;

-- target_progress_find(id i64) -> one({progress_row})
SELECT {progress_columns}
  FROM target_progress
 WHERE town_id = :town AND id = :id
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND target_progress.unit BETWEEN s.lo AND s.hi AND s.place = 0);

-- target_progress_of(target i64, limit i64) -> many({progress_row})
-- @unscoped the page has found the village; readings are open to all staff
SELECT {progress_columns}
  FROM target_progress
 WHERE town_id = :town AND target = :target
 ORDER BY day DESC, id DESC
 LIMIT :limit;

-- target_progress_verify(id i64) -> move
-- @unscoped goal_verify has found the row in scope
UPDATE target_progress
   SET verified_by = :me, verified_at = :now
 WHERE town_id = :town AND id = :id AND verified_by IS NULL;

-- @phrase line_row name text, position i64, heading text, indicator text, measure text?,
-- unit_of_measure text, direction text, tier_1 i64?, tier_2 i64?, tier_3 i64?

-- @phrase line_columns
name, position, heading, indicator, measure, unit_of_measure, direction, tier_1, tier_2,
tier_3;

-- target_template_lines(limit i64) -> many({line_row})
SELECT {line_columns}
  FROM target_template
 WHERE town_id = :town
 ORDER BY name, position
 LIMIT :limit;

-- target_template_line(name text, position i64) -> one({line_row})
SELECT {line_columns}
  FROM target_template
 WHERE town_id = :town AND name = :name AND position = :position;

-- target_template_put(name text, position i64, heading text, indicator text, measure text?,
--              unit_of_measure text, direction text, tier_1 i64?, tier_2 i64?, tier_3 i64?) -> exec
INSERT INTO target_template (town_id, name, position, heading, indicator, measure, unit_of_measure,
                             direction, tier_1, tier_2, tier_3)
VALUES (:town, :name, :position, :heading, :indicator, :measure, :unit_of_measure, :direction,
        :tier_1, :tier_2, :tier_3)
ON CONFLICT (town_id, name, position) DO UPDATE
   SET heading = :heading, indicator = :indicator, measure = :measure,
       unit_of_measure = :unit_of_measure, direction = :direction, tier_1 = :tier_1,
       tier_2 = :tier_2, tier_3 = :tier_3;
