-- assess_inspect.sql — 检查: sheets and deductions.

-- assess_inspect_sheet_add(id i64, round i64, week text, unit i64, inspector i64, planned_on text) -> move
INSERT INTO assess_sheet (town_id, id, round, week, unit, inspector, state, planned_on, updated_at, version)
VALUES (:town, :id, :round, :week, :unit, :inspector, 'drawn', :planned_on, :now, 1)
    ON CONFLICT (town_id, round, week, unit, inspector) DO NOTHING;

-- assess_inspect_sheet_find(id i64)
--   -> one(id i64, round i64, week text, unit i64, inspector i64, state text, planned_on text,
--          started_at i64?, done_at i64?, reason text?, version i64)
-- @unscoped the inspector's own sheet, wherever the unit lies; the rule asks who it is
SELECT id, round, week, unit, inspector, state, planned_on, started_at, done_at, reason, version
  FROM assess_sheet
 WHERE town_id = :town AND id = :id;

-- assess_inspect_sheets_of(round i64, limit i64)
--   -> many(id i64, week text, unit i64, inspector i64, state text, planned_on text, done_at i64?,
--           reason text?)
-- @unscoped the round's plan and progress, for the office; pages hide what is not theirs
SELECT id, week, unit, inspector, state, planned_on, done_at, reason
  FROM assess_sheet
 WHERE town_id = :town AND round = :round
 ORDER BY week, unit, inspector
 LIMIT :limit;

-- assess_inspect_sheet_by(round i64, week text, unit i64, inspector i64) -> one(id i64, state text)
-- @unscoped a sheet of paper, entered by the office
SELECT id, state
  FROM assess_sheet
 WHERE town_id = :town AND round = :round AND week = :week AND unit = :unit AND inspector = :inspector;

-- assess_inspect_sheet_paper(id i64, round i64, week text, unit i64, inspector i64, planned_on text) -> exec
INSERT INTO assess_sheet (town_id, id, round, week, unit, inspector, state, planned_on, started_at, done_at, updated_at, version)
VALUES (:town, :id, :round, :week, :unit, :inspector, 'done', :planned_on, :now, :now, :now, 1);

-- assess_inspect_sheet_papered(id i64) -> move
-- @unscoped a sheet of paper, entered by the office
UPDATE assess_sheet SET state = 'done', done_at = :now, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND state IN ('drawn', 'started');

-- assess_inspect_mine(limit i64)
--   -> many(id i64, round i64, week text, unit i64, state text, planned_on text)
-- @unscoped one's own sheets, wherever the unit lies
-- @slow the open ones of one person
SELECT id, round, week, unit, state, planned_on
  FROM assess_sheet
 WHERE town_id = :town AND inspector = :me AND state IN ('drawn', 'started')
 ORDER BY planned_on, id
 LIMIT :limit;

-- assess_inspect_start(id i64) -> move
-- @unscoped one's own sheet
UPDATE assess_sheet SET state = 'started', started_at = :now, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND inspector = :me AND state = 'drawn';

-- assess_inspect_done(id i64) -> move
-- @unscoped one's own sheet
UPDATE assess_sheet SET state = 'done', done_at = :now, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND inspector = :me AND state = 'started';

-- assess_inspect_waive(id i64, reason text) -> move
-- @unscoped the office waives for the whole town
UPDATE assess_sheet SET state = 'waived', reason = :reason, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND state IN ('drawn', 'started');

-- assess_inspect_deduct_add(id i64, sheet i64, round i64, week text, unit i64, item text, n i64,
--                           place text, known_place i64, found_at i64, inspector i64, said text?,
--                           batch text?) -> exec
INSERT INTO assess_deduct (town_id, id, sheet, round, week, unit, item, n, place, known_place,
                           found_at, inspector, said, batch, entered_by, updated_at, version)
VALUES (:town, :id, :sheet, :round, :week, :unit, :item, :n, :place, :known_place,
        :found_at, :inspector, :said, :batch, :me, :now, 1);

-- One's lost points of a round, walked or typed from paper; of one item, or (empty) of all.
-- assess_inspect_mine_in(round i64, item text) -> one(n i64)
-- @unscoped one's own, wherever the unit lies
SELECT count(*) AS n
  FROM assess_deduct
 WHERE town_id = :town AND round = :round AND (:item = '' OR item = :item) AND (inspector = :me OR entered_by = :me)
   AND void_reason IS NULL;

-- assess_inspect_deduct_there(round i64, week text, unit i64, item text, place text) -> one(id i64)
-- @unscoped asked before the inspector's own deduction is made
SELECT id FROM assess_deduct
 WHERE town_id = :town AND round = :round AND week = :week AND unit = :unit AND item = :item AND place = :place
   AND void_reason IS NULL;

-- assess_inspect_deduct_problem(id i64, problem i64) -> move
-- @unscoped the deduction just made, or the inspector's own
UPDATE assess_deduct SET problem = :problem, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND problem IS NULL;

-- assess_inspect_deduct_appealed(id i64, appeal text, n_left i64?) -> move
-- @unscoped the panel's outcome, for the whole town
UPDATE assess_deduct SET appeal = :appeal, n_left = :n_left, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND void_reason IS NULL;

-- assess_inspect_deduct_void(id i64, reason text) -> move
-- @unscoped one's own deduction, while the sheet is open
UPDATE assess_deduct SET void_reason = :reason, updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND inspector = :me AND void_reason IS NULL;

-- assess_inspect_deduct_find(id i64)
--   -> one(id i64, sheet i64, round i64, week text, unit i64, item text, n i64, n_left i64?,
--          place text, found_at i64, inspector i64, said text?, problem i64?, appeal text?,
--          void_reason text?, version i64)
-- @unscoped lost points and reasons of all units are seen by all staff
SELECT id, sheet, round, week, unit, item, n, n_left, place, found_at, inspector, said, problem,
       appeal, void_reason, version
  FROM assess_deduct
 WHERE town_id = :town AND id = :id;

-- assess_inspect_deducts_of(round i64, unit i64?, above i64, limit i64)
--   -> many(id i64, sheet i64, week text, unit i64, item text, n i64, n_left i64?, place text,
--           found_at i64, inspector i64, said text?, problem i64?, appeal text?)
-- @unscoped lost points and reasons of all units are seen by all staff
SELECT id, sheet, week, unit, item, n, n_left, place, found_at, inspector, said, problem, appeal
  FROM assess_deduct
 WHERE town_id = :town AND round = :round [unit: AND unit = :unit] AND id > :above AND void_reason IS NULL
 ORDER BY id
 LIMIT :limit;

-- assess_inspect_deduct_seen(id i64) -> one(id i64)
-- who sees its picture: those in whose care the unit lies; nobody of another village
SELECT id
  FROM assess_deduct
 WHERE town_id = :town AND id = :id
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND assess_deduct.unit BETWEEN s.lo AND s.hi AND s.place = 0
                  AND s.post NOT IN ('contractor', 'volunteer', 'team_leader', 'member'));

-- assess_inspect_deduct_own(id i64) -> one(id i64)
-- @unscoped one's own, wherever the unit lies
SELECT id FROM assess_deduct WHERE town_id = :town AND id = :id AND inspector = :me;

-- assess_inspect_lost(round i64, unit i64, limit i64)
--   -> many(week text, item text, id i64, n i64, n_left i64?)
-- @unscoped judging is done by the house, for every village alike
SELECT week, item, id, n, n_left
  FROM assess_deduct
 WHERE town_id = :town AND round = :round AND unit = :unit AND void_reason IS NULL
 ORDER BY week, item, id
 LIMIT :limit;
