-- attachment.sql — 照片.

-- attachment_same(object i64, hash text) -> one(id i64)
-- @unscoped the record's own rule has said who may add to it
SELECT id FROM attachment WHERE town_id = :town AND object = :object AND hash = :hash;

-- attachment_insert(id i64, object i64, unit i64, kind text, hash text, bytes i64,
--                   small_hash text, small_bytes i64) -> exec
INSERT INTO attachment (town_id, id, object, unit, kind, hash, bytes, small_hash, small_bytes, person, at)
VALUES (:town, :id, :object, :unit, :kind, :hash, :bytes, :small_hash, :small_bytes, :me, :now);

-- attachment_of(object i64, limit i64)
--   -> many(id i64, object i64, unit i64, kind text, hash text, person i64, at i64, cleared i64)
-- @unscoped the record's own rule has shown the record
SELECT id, object, unit, kind, hash, person, at, cleared
  FROM attachment
 WHERE town_id = :town AND object = :object
 ORDER BY id
 LIMIT :limit;

-- attachment_find(id i64) -> one(object i64, kind text, hash text)
-- @unscoped the doors ask the record's own room, or hold its receipt
SELECT object, kind, hash FROM attachment WHERE town_id = :town AND id = :id;

-- attachment_using(hash text) -> many(id i64)
-- @unscoped whether any record has it: the sweeper's question
SELECT id FROM attachment WHERE town_id = :town AND hash = :hash LIMIT 1;

-- attachment_each(behind i64, limit i64)
--   -> many(id i64, hash text, bytes i64, small_hash text, small_bytes i64)
-- @unscoped the proof reads all
SELECT id, hash, bytes, small_hash, small_bytes
  FROM attachment
 WHERE town_id = :town AND id > :behind
 ORDER BY id
 LIMIT :limit;
