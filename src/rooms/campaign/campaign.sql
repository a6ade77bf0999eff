-- campaign.sql — 专项行动 and the records that carry it.

-- @phrase row id i64, unit i64, name text, basis text, from_on text, to_on text, categories text?, places text?,
-- targets text?, records_n i64, closed_on text?, summary text?, batch text?, version i64

-- @phrase columns
id, unit, name, basis, from_on, to_on, categories, places, targets,
(SELECT COUNT(*) FROM campaign_record r WHERE r.town_id = :town AND r.campaign = campaign.id) AS records_n,
closed_on, summary, batch, version;

-- campaign_find(id i64) -> one({row})
-- @unscoped a campaign is known to all who work in the town
SELECT {columns} FROM campaign WHERE town_id = :town AND id = :id;

-- campaign_list(from_from text?, from_to text?, limit i64) -> many({row})
-- @unscoped a campaign is known to all who work in the town
SELECT {columns}
  FROM campaign
 WHERE town_id = :town
       [from_from: AND from_on >= :from_from]
       [from_to: AND from_on <= :from_to]
 ORDER BY @sort(latest = from_on DESC, id DESC | oldest = from_on, id)
 LIMIT :limit;

-- campaign_insert(id i64, unit i64, name text, basis text, from_on text, to_on text, categories text?,
--                 places text?, targets text?, batch text?) -> exec
INSERT INTO campaign (town_id, id, unit, name, basis, from_on, to_on, categories, places, targets, batch,
                      created_by, created_at, updated_at, version)
VALUES (:town, :id, :unit, :name, :basis, :from_on, :to_on, :categories, :places, :targets, :batch, :me, :now,
        :now, 1);

-- campaign_update(id i64, version i64, unit i64, name text, basis text, from_on text, to_on text,
--                 categories text?, places text?, targets text?) -> move
-- @unscoped the ledger has asked who may write; the version guards it
UPDATE campaign
   SET unit = :unit, name = :name, basis = :basis, from_on = :from_on, to_on = :to_on, categories = :categories,
       places = :places, targets = :targets, refreshed = 0, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND version = :version;

-- campaign_of_batch(batch text, limit i64) -> many(id i64, version i64)
-- @unscoped the ledger has asked who may write
-- @slow the rows of one import that nobody has changed since
SELECT id, version FROM campaign WHERE town_id = :town AND batch = :batch AND version = 1 ORDER BY id LIMIT :limit;

-- campaign_remove(id i64, version i64) -> move
-- @unscoped the ledger has asked who may write
DELETE FROM campaign WHERE town_id = :town AND id = :id AND version = :version;

-- campaign_place_clear(campaign i64) -> exec
DELETE FROM campaign_place WHERE town_id = :town AND campaign = :campaign;

-- campaign_place_add(campaign i64, lo i64, hi i64, place i64) -> exec
INSERT INTO campaign_place (town_id, campaign, lo, hi, place) VALUES (:town, :campaign, :lo, :hi, :place)
    ON CONFLICT (town_id, campaign, lo, place) DO NOTHING;

-- campaign_places_of(campaign i64, limit i64) -> many(lo i64, hi i64, place i64)
-- @kept
SELECT lo, hi, place FROM campaign_place WHERE town_id = :town AND campaign = :campaign ORDER BY lo, place
 LIMIT :limit;

-- campaign_on(day text, limit i64) -> many(id i64, from_on text, to_on text, categories text?)
-- @unscoped a rule of the whole town
-- @slow a few campaigns a year
-- @kept
SELECT id, from_on, to_on, categories FROM campaign
 WHERE town_id = :town AND to_on >= :day AND from_on <= :day
 ORDER BY id
 LIMIT :limit;

-- campaign_fresh(limit i64) -> many(id i64, from_on text, to_on text, categories text?)
-- @unscoped a job of the whole town
SELECT id, from_on, to_on, categories FROM campaign
 WHERE town_id = :town AND refreshed = 0
 ORDER BY id
 LIMIT :limit;

-- campaign_refreshed(id i64) -> exec
-- @unscoped a job of the whole town
UPDATE campaign SET refreshed = 1 WHERE town_id = :town AND id = :id;

-- campaign_record_clear(campaign i64) -> exec
DELETE FROM campaign_record WHERE town_id = :town AND campaign = :campaign;

-- campaign_record_drop(problem i64) -> exec
DELETE FROM campaign_record WHERE town_id = :town AND problem = :problem;

-- campaign_record_add(campaign i64, problem i64) -> exec
INSERT INTO campaign_record (town_id, campaign, problem) VALUES (:town, :campaign, :problem)
    ON CONFLICT (town_id, campaign, problem) DO NOTHING;

-- campaign_of_problem(problem i64, limit i64) -> many(id i64, name text)
-- @unscoped a campaign is known to all who work in the town
SELECT c.id, c.name
  FROM campaign_record r
  JOIN campaign c ON c.town_id = :town AND c.id = r.campaign
 WHERE r.town_id = :town AND r.problem = :problem
 ORDER BY r.campaign
 LIMIT :limit;

-- campaign_names(limit i64) -> many(id i64, name text)
-- @unscoped a campaign is known to all who work in the town
-- @slow a few campaigns a year
-- @kept
SELECT id, name FROM campaign WHERE town_id = :town ORDER BY from_on DESC, id DESC LIMIT :limit;

-- campaign_reopened(id i64) -> move
-- @unscoped campaign_reopen() has asked who may
UPDATE campaign
   SET closed_on = NULL, refreshed = 0, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND closed_on IS NOT NULL;

-- campaign_closed(id i64, closed_on text, summary text) -> move
-- @unscoped campaign_close() has asked who may
UPDATE campaign SET closed_on = :closed_on, summary = :summary, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND closed_on IS NULL;
