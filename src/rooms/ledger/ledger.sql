-- ledger.sql — 台账: imports, table files waiting to be confirmed, unmaskings.

-- ledger_batch_new(id i64, ledger text, batch text, file text, n_added i64, n_changed i64,
--                  n_wrong i64) -> exec
INSERT INTO ledger_batch (town_id, id, ledger, batch, file, person, at, n_added, n_changed, n_wrong, n_undone)
VALUES (:town, :id, :ledger, :batch, :file, :me, :now, :n_added, :n_changed, :n_wrong, 0);

-- ledger_batch_find(id i64, ledger text) -> one(batch text, person i64, undone_at i64?)
SELECT batch, person, undone_at
  FROM ledger_batch
 WHERE town_id = :town AND id = :id AND ledger = :ledger;

-- ledger_batch_list(ledger text, limit i64)
--   -> many(id i64, batch text, file text, person i64, at i64, n_added i64, n_changed i64,
--           n_wrong i64, n_undone i64, undone_at i64?)
SELECT id, batch, file, person, at, n_added, n_changed, n_wrong, n_undone, undone_at
  FROM ledger_batch
 WHERE town_id = :town AND ledger = :ledger
 ORDER BY at DESC, id DESC
 LIMIT :limit;

-- ledger_batch_undone(ledger text, batch text, n i64) -> exec
-- @slow the few imports of one file
UPDATE ledger_batch
   SET undone_at = :now, n_undone = n_undone + :n
 WHERE town_id = :town AND ledger = :ledger AND batch = :batch;

-- ledger_file_new(id i64, ledger text, file text, key blob, body blob) -> exec
INSERT INTO ledger_file (town_id, id, ledger, person, at, file, key, body)
VALUES (:town, :id, :ledger, :me, :now, :file, :key, :body);

-- ledger_file_find(id i64, ledger text) -> one(file text, key blob, body blob)
SELECT file, key, body
  FROM ledger_file
 WHERE town_id = :town AND id = :id AND ledger = :ledger AND person = :me;

-- ledger_file_drop(id i64) -> exec
DELETE FROM ledger_file WHERE town_id = :town AND id = :id;

-- ledger_files_old(before i64, limit i64) -> many(id i64)
SELECT id FROM ledger_file WHERE town_id = :town AND at < :before ORDER BY at, id LIMIT :limit;

-- ledger_unmask_first(day text) -> exec
INSERT INTO ledger_unmask (town_id, person, day, n) VALUES (:town, :me, :day, 0)
    ON CONFLICT (town_id, person, day) DO NOTHING;

-- ledger_unmask_take(day text, most i64) -> move
UPDATE ledger_unmask SET n = n + 1
 WHERE town_id = :town AND person = :me AND day = :day AND n < :most;
