-- notice.sql — 消息: the outbox that is written with what it tells, and the inbox it is delivered to.

-- notice_out(id i64, person i64, say text, about text, object i64, path text, mark text) -> exec
INSERT INTO outbox (town_id, id, person, at, say, about, object, path, mark)
VALUES (:town, :id, :person, :now, :say, :about, :object, :path, :mark)
    ON CONFLICT (town_id, person, object, mark) DO NOTHING;

-- notice_waiting(limit i64)
--   -> many(id i64, person i64, at i64, say text, about text, object i64, path text)
SELECT id, person, at, say, about, object, path
  FROM outbox
 WHERE town_id = :town AND sent_at IS NULL
 ORDER BY id
 LIMIT :limit;

-- notice_sent(id i64) -> move
UPDATE outbox SET sent_at = :now WHERE town_id = :town AND id = :id AND sent_at IS NULL;

-- notice_in(id i64, person i64, at i64, say text, about text, object i64, path text) -> exec
INSERT INTO notice (town_id, person, id, at, say, about, object, path)
VALUES (:town, :person, :id, :at, :say, :about, :object, :path);

-- notice_list(above i64, limit i64)
--   -> many(id i64, at i64, say text, about text, object i64, path text, seen i64)
SELECT id, at, say, about, object, path, seen
  FROM notice
 WHERE town_id = :town AND person = :me AND id < :above
 ORDER BY id DESC
 LIMIT :limit;

-- notice_new_n() -> one(n i64)
-- @kept
SELECT count(*) AS n FROM notice WHERE town_id = :town AND person = :me AND seen = 0;

-- notice_one(id i64) -> one(path text, seen i64)
SELECT path, seen FROM notice WHERE town_id = :town AND person = :me AND id = :id;

-- notice_seen_one(id i64) -> exec
UPDATE notice SET seen = 1 WHERE town_id = :town AND person = :me AND id = :id;

-- notice_seen_all(above i64) -> exec
UPDATE notice SET seen = 1 WHERE town_id = :town AND person = :me AND seen = 0 AND id <= :above;

-- notice_heard_n(object i64, mark text) -> one(n i64)
SELECT count(*) AS n
  FROM outbox o
  JOIN notice n ON n.town_id = :town AND n.person = o.person AND n.id = o.id
 WHERE o.town_id = :town AND o.object = :object AND o.mark = :mark AND n.seen = 1;

-- notice_about(object i64) -> one(id i64, path text)
SELECT id, path FROM notice WHERE town_id = :town AND person = :me AND object = :object
 ORDER BY id DESC LIMIT 1;

-- notice_seen_about(object i64) -> exec
UPDATE notice SET seen = 1 WHERE town_id = :town AND person = :me AND object = :object AND seen = 0;
