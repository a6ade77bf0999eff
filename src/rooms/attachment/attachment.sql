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

-- attachment_find(id i64) -> one(object i64, kind text, hash text, cleared i64)
-- the hash of what is shown
-- @unscoped the doors ask the record's own room, or hold its receipt
SELECT object, kind, COALESCE(veil_hash, hash) AS hash, cleared FROM attachment WHERE town_id = :town AND id = :id;

-- attachment_in_public(id i64) -> one(hash text)
-- @unscoped it was cleared for everybody
SELECT COALESCE(veil_hash, hash) AS hash FROM attachment WHERE town_id = :town AND id = :id AND cleared = 1;

-- attachment_public(lo i64, hi i64, object i64, limit i64) -> many(id i64, object i64, unit i64, kind text, at i64)
-- cleared ones of a unit, or of one record (object 0: of all)
-- @unscoped they were cleared for everybody
SELECT id, object, unit, kind, at
  FROM attachment
 WHERE town_id = :town AND cleared = 1 AND unit BETWEEN :lo AND :hi AND (:object = 0 OR object = :object)
 ORDER BY id DESC
 LIMIT :limit;

-- attachment_using(hash text) -> many(id i64)
-- @unscoped whether any record has it: the sweeper's question
SELECT id FROM attachment WHERE town_id = :town AND hash = :hash AND gone_at IS NULL LIMIT 1;

-- attachment_veiling(hash text) -> many(id i64)
-- @unscoped whether any record shows it: the sweeper's question
SELECT id FROM attachment WHERE town_id = :town AND veil_hash = :hash LIMIT 1;

-- attachment_each(behind i64, limit i64)
--   -> many(id i64, hash text, bytes i64, small_hash text, small_bytes i64, veil_hash text?, veil_bytes i64?,
--           veil_small_hash text?, veil_small_bytes i64?, gone i64)
-- @unscoped the proof reads all
SELECT id, hash, bytes, small_hash, small_bytes, veil_hash, veil_bytes, veil_small_hash, veil_small_bytes,
       CAST(CASE WHEN gone_at IS NULL THEN 0 ELSE 1 END AS BIGINT) AS gone
  FROM attachment
 WHERE town_id = :town AND id > :behind
 ORDER BY id
 LIMIT :limit;

-- attachment_said(id i64, limit i64) -> many(verb text, became text?)
-- what the log says of a picture, newest first
SELECT verb, became FROM event WHERE town_id = :town AND object = :id ORDER BY seq DESC LIMIT :limit;

-- attachment_first_said(verb text) -> one(object i64)
-- @slow the proof reads the log; what is older than the first such event was not logged then
SELECT object FROM event WHERE town_id = :town AND verb = :verb ORDER BY seq LIMIT 1;

-- attachment_n_said(verb text) -> one(n i64)
-- @slow the proof reads the log
SELECT count(*) AS n FROM event WHERE town_id = :town AND verb = :verb;

-- attachment_n_since(first i64) -> one(n i64)
-- @unscoped the proof counts all
SELECT count(*) AS n FROM attachment WHERE town_id = :town AND id >= :first;

-- attachment_page(cleared i64, below i64, limit i64)
--   -> many(id i64, object i64, unit i64, kind text, person i64, at i64, cleared i64, redacted i64)
SELECT id, object, unit, kind, person, at, cleared, redacted
  FROM attachment
 WHERE town_id = :town AND cleared = :cleared AND id < :below
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND attachment.unit BETWEEN s.lo AND s.hi AND s.place = 0)
 ORDER BY id DESC
 LIMIT :limit;

-- attachment_one(id i64)
--   -> one(id i64, object i64, unit i64, kind text, hash text, shown text, person i64, at i64, cleared i64, redacted i64,
--          veiled_at i64?, gone_at i64?)
SELECT id, object, unit, kind, hash, COALESCE(veil_hash, hash) AS shown, person, at, cleared, redacted, veiled_at, gone_at
  FROM attachment
 WHERE town_id = :town AND id = :id
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND attachment.unit BETWEEN s.lo AND s.hi AND s.place = 0);

-- attachment_clear(id i64, was i64, cleared i64) -> move
-- @unscoped attachment_one has found it in scope, in the same transaction
UPDATE attachment SET cleared = :cleared WHERE town_id = :town AND id = :id AND cleared = :was;

-- attachment_veil(id i64, was i64, hash text, bytes i64, small_hash text, small_bytes i64) -> move
-- @unscoped attachment_one has found it in scope, in the same transaction
UPDATE attachment
   SET veil_hash = :hash, veil_bytes = :bytes, veil_small_hash = :small_hash, veil_small_bytes = :small_bytes,
       redacted = redacted + 1, veiled_at = COALESCE(veiled_at, :now)
 WHERE town_id = :town AND id = :id AND redacted = :was;

-- attachment_old(before i64, limit i64) -> many(id i64, unit i64)
-- @unscoped a job of the whole town
-- @slow a few veiled pictures of one town
SELECT id, unit FROM attachment
 WHERE town_id = :town AND veiled_at < :before AND gone_at IS NULL LIMIT :limit;

-- attachment_let_go(id i64) -> move
-- @unscoped a job of the whole town
UPDATE attachment SET gone_at = :now WHERE town_id = :town AND id = :id AND gone_at IS NULL;
