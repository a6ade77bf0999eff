-- property.sql — 红色物业: companies, who looks after a compound, three-party meetings.

-- property_company_add(id i64, name text, phone text, brand text?, holder i64?) -> move
INSERT INTO property_company (town_id, id, name, phone, brand, holder, created_by, created_at)
VALUES (:town, :id, :name, :phone, :brand, :holder, :me, :now)
    ON CONFLICT (town_id, name) DO NOTHING;

-- property_companies(limit i64) -> many(id i64, name text, phone text, brand text?, holder i64?)
SELECT id, name, phone, brand, holder FROM property_company WHERE town_id = :town ORDER BY id LIMIT :limit;

-- property_cares(limit i64)
--   -> many(place i64, unit i64, company i64?, committee text?, contact i64?, version i64)
-- @unscoped who looks after a compound is public
SELECT place, unit, company, committee, contact, version
  FROM property_care
 WHERE town_id = :town
 ORDER BY place
 LIMIT :limit;

-- property_care_add(place i64, unit i64, company i64?, committee text?, contact i64?) -> move
INSERT INTO property_care (town_id, place, unit, company, committee, contact, updated_by, updated_at, version)
VALUES (:town, :place, :unit, :company, :committee, :contact, :me, :now, 1)
    ON CONFLICT (town_id, place) DO NOTHING;

-- property_care_change(place i64, version i64, company i64?, committee text?, contact i64?) -> move
-- @unscoped the rule has asked who holds a post over the compound
UPDATE property_care
   SET company = :company, committee = :committee, contact = :contact, updated_by = :me,
       updated_at = :now, version = version + 1
 WHERE town_id = :town AND place = :place AND version = :version;

-- property_meeting_add(id i64, place i64, unit i64, held_on text, sides text, said text) -> exec
INSERT INTO property_meeting (town_id, id, place, unit, held_on, sides, said, created_by, created_at)
VALUES (:town, :id, :place, :unit, :held_on, :sides, :said, :me, :now);

-- property_meetings(place i64, limit i64) -> many(id i64, held_on text, sides text, said text)
-- @unscoped what the three sides agreed is public in the compound
SELECT id, held_on, sides, said
  FROM property_meeting
 WHERE town_id = :town AND place = :place
 ORDER BY held_on DESC, id DESC
 LIMIT :limit;

-- property_promise_add(id i64, meeting i64, place i64, unit i64, side text, text text, due_on text) -> exec
INSERT INTO property_promise (town_id, id, meeting, place, unit, side, text, due_on, created_by, created_at,
                              version)
VALUES (:town, :id, :meeting, :place, :unit, :side, :text, :due_on, :me, :now, 1);

-- property_promises(place i64, limit i64)
--   -> many(id i64, meeting i64, side text, text text, due_on text, done_on text?, done_said text?,
--           version i64)
-- @unscoped what was promised is public
SELECT id, meeting, side, text, due_on, done_on, done_said, version
  FROM property_promise
 WHERE town_id = :town AND place = :place
 ORDER BY due_on DESC, id DESC
 LIMIT :limit;

-- property_promise_find(id i64) -> one(place i64, unit i64, done_on text?)
-- @unscoped the rule asks who holds a post over the compound
SELECT place, unit, done_on FROM property_promise WHERE town_id = :town AND id = :id;

-- property_promise_done(id i64, version i64, done_on text?, done_said text?) -> move
-- @unscoped the rule has asked who holds a post over the compound
UPDATE property_promise SET done_on = :done_on, done_said = :done_said, version = version + 1
 WHERE town_id = :town AND id = :id AND version = :version AND done_on IS NULL;

-- ---- a handler's figures: what fell due since :from, what was done in time, what came back
-- property_figures(from i64, as_of i64, limit i64)
--   -> many(handler i64?, n_due i64, n_in_time i64, n_closed i64, n_rework i64, n_late i64)
-- @unscoped a company's figures are public: counts without rows
-- @slow one quarter's problems, grouped for a page that is seldom asked for
SELECT p.handler,
       CAST(SUM(CASE WHEN p.due_at BETWEEN :from AND :as_of THEN 1 ELSE 0 END) AS BIGINT) AS n_due,
       CAST(SUM(CASE WHEN p.due_at BETWEEN :from AND :as_of AND p.handled_at <= p.due_at THEN 1 ELSE 0 END)
            AS BIGINT) AS n_in_time,
       CAST(SUM(CASE WHEN p.closed_at >= :from THEN 1 ELSE 0 END) AS BIGINT) AS n_closed,
       CAST(SUM(CASE WHEN p.closed_at >= :from AND p.rework > 0 THEN 1 ELSE 0 END) AS BIGINT) AS n_rework,
       CAST(SUM(CASE WHEN p.due_at < :as_of AND p.handled_at IS NULL THEN 1 ELSE 0 END) AS BIGINT) AS n_late
  FROM problem p
 WHERE p.town_id = :town AND p.ended_at >= :from AND p.handler IS NOT NULL
   AND p.state NOT IN ('merged', 'transferred', 'voided', 'withdrawn', 'rejected')
 GROUP BY p.handler
 ORDER BY p.handler
 LIMIT :limit;
