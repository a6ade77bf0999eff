-- publicity.sql — 宣传台账.

-- @phrase row id i64, unit i64, village i64, kind text, title text, place text, n_pieces i64,
-- done_on text, photo text, removed_on text?, batch text?, version i64

-- @phrase columns
id, unit, village, kind, title, place, n_pieces, done_on, photo, removed_on, batch, version;

-- publicity_find(id i64) -> one({row})
SELECT {columns}
  FROM publicity
 WHERE town_id = :town AND id = :id
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND publicity.unit BETWEEN s.lo AND s.hi AND s.place = 0);

-- publicity_list(village i64?, kind text?, done_from text?, done_to text?, limit i64) -> many({row})
SELECT {columns}
  FROM publicity
 WHERE town_id = :town
       [village: AND village = :village]
       [kind: AND kind = :kind]
       [done_from: AND done_on >= :done_from]
       [done_to: AND done_on <= :done_to]
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND publicity.unit BETWEEN s.lo AND s.hi AND s.place = 0)
 ORDER BY @sort(latest = done_on DESC, id DESC | oldest = done_on, id)
 LIMIT :limit;

-- publicity_insert(id i64, unit i64, village i64, kind text, title text, place text, n_pieces i64,
--                  done_on text, photo text, removed_on text?, batch text?) -> exec
INSERT INTO publicity (town_id, id, unit, village, kind, title, place, n_pieces, done_on, photo,
                       removed_on, batch, created_by, created_at, updated_at, version)
VALUES (:town, :id, :unit, :village, :kind, :title, :place, :n_pieces, :done_on, :photo,
        :removed_on, :batch, :me, :now, :now, 1);

-- publicity_update(id i64, version i64, unit i64, village i64, kind text, title text, place text,
--                  n_pieces i64, done_on text, photo text, removed_on text?) -> move
-- @unscoped the ledger has found the row in scope; the version guards it
UPDATE publicity
   SET unit = :unit, village = :village, kind = :kind, title = :title, place = :place,
       n_pieces = :n_pieces, done_on = :done_on, photo = :photo, removed_on = :removed_on,
       updated_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND version = :version;

-- publicity_of_batch(batch text, limit i64) -> many(id i64, version i64)
-- @slow the rows of one import that nobody has changed since
SELECT id, version
  FROM publicity
 WHERE town_id = :town AND batch = :batch AND version = 1
   AND EXISTS (SELECT 1 FROM scope s
                WHERE s.town_id = :town AND s.person = :me AND publicity.unit BETWEEN s.lo AND s.hi AND s.place = 0)
 ORDER BY id
 LIMIT :limit;

-- publicity_remove(id i64, version i64) -> move
-- @unscoped publicity_of_batch has found the row in scope
DELETE FROM publicity WHERE town_id = :town AND id = :id AND version = :version;
