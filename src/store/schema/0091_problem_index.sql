-- 0091 问题台账: indexes that cost each report a write and no statement needs, or only for a few rows.

-- The counts of the saved views walk problem_open_counts; nothing asks for a batch.
DROP INDEX problem_open_state;
DROP INDEX problem_batch;

-- Nearly all rows have none of these: a row without is no longer in the index.
DROP INDEX problem_number;
CREATE UNIQUE INDEX problem_number ON problem (town_id, number) WHERE number IS NOT NULL;
DROP INDEX problem_ext_no;
CREATE UNIQUE INDEX problem_ext_no ON problem (town_id, ext_no) WHERE ext_no IS NOT NULL;
DROP INDEX problem_master;
CREATE INDEX problem_master ON problem (town_id, master, id) WHERE master IS NOT NULL;
DROP INDEX problem_at_place;
CREATE INDEX problem_at_place ON problem (town_id, place, reported_at, id) WHERE live = 1 AND place IS NOT NULL;
DROP INDEX problem_handler;
CREATE INDEX problem_handler ON problem (town_id, handler, work_order DESC, id) WHERE live = 1 AND handler IS NOT NULL;
DROP INDEX problem_reporter_erase;
CREATE INDEX problem_reporter_erase ON problem_reporter (town_id, erase_at, problem) WHERE erase_at IS NOT NULL;
DROP INDEX problem_reporter_phone;
CREATE INDEX problem_reporter_phone ON problem_reporter (town_id, phone_find, problem) WHERE phone_find IS NOT NULL;

-- Made anew: of two that fit alike SQLite takes the younger, and this one holds only what is open.
DROP INDEX problem_village_open;
CREATE INDEX problem_village_open ON problem (town_id, village, id DESC) WHERE live = 1;
