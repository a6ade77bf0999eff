-- meeting.sql — 领导小组、调度会.

-- meeting_posts(limit i64) -> many(post text)
SELECT post FROM leading_post WHERE town_id = :town ORDER BY post LIMIT :limit;

-- meeting_posts_clear() -> exec
DELETE FROM leading_post WHERE town_id = :town;

-- meeting_post_add(post text) -> exec
INSERT INTO leading_post (town_id, post) VALUES (:town, :post);

-- meeting_insert(id i64, held_on text, begins text, place text, presider i64, recorder i64) -> exec
INSERT INTO meeting (town_id, id, held_on, begins, place, state, presider, recorder, present, minutes, made_by,
                     made_at, version)
VALUES (:town, :id, :held_on, :begins, :place, 'draft', :presider, :recorder, '', '', :me, :now, 1);

-- meeting_find(id i64)
--   -> one(id i64, held_on text, begins text, place text, state text, presider i64, recorder i64, present text,
--          minutes text, made_at i64, held_at i64?, version i64)
SELECT id, held_on, begins, place, state, presider, recorder, present, minutes, made_at, held_at, version
  FROM meeting
 WHERE town_id = :town AND id = :id;

-- meeting_list(limit i64)
--   -> many(id i64, held_on text, begins text, place text, state text, presider i64, n_items i64, n_tasks i64,
--           n_open i64)
-- @unscoped counts, for the group itself
SELECT id, held_on, begins, place, state, presider,
       (SELECT COUNT(*) FROM meeting_item i WHERE i.town_id = :town AND i.meeting = meeting.id) AS n_items,
       (SELECT COUNT(*) FROM task t WHERE t.town_id = :town AND t.meeting = meeting.id) AS n_tasks,
       (SELECT COUNT(*) FROM task t WHERE t.town_id = :town AND t.meeting = meeting.id AND t.state <> 'closed')
           AS n_open
  FROM meeting
 WHERE town_id = :town
 ORDER BY held_on DESC, id DESC
 LIMIT :limit;

-- meeting_held(id i64, version i64, present text, minutes text) -> move
UPDATE meeting SET state = 'held', present = :present, minutes = :minutes, held_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND version = :version AND state = 'draft';

-- meeting_items(meeting i64, limit i64)
--   -> many(no i64, kind text, object i64, body text, path text, decision text)
SELECT no, kind, object, body, path, decision
  FROM meeting_item
 WHERE town_id = :town AND meeting = :meeting
 ORDER BY no
 LIMIT :limit;

-- meeting_item_insert(meeting i64, no i64, kind text, object i64, body text, path text) -> exec
INSERT INTO meeting_item (town_id, meeting, no, kind, object, body, path, decision)
VALUES (:town, :meeting, :no, :kind, :object, :body, :path, '');

-- meeting_item_decided(meeting i64, no i64, decision text) -> move
UPDATE meeting_item SET decision = :decision WHERE town_id = :town AND meeting = :meeting AND no = :no;

-- meeting_drafts(limit i64) -> many(id i64, held_on text)
-- @slow a few meetings a month
SELECT id, held_on FROM meeting WHERE town_id = :town AND state = 'draft' ORDER BY held_on, id LIMIT :limit;
