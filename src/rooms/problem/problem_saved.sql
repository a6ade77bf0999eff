-- problem_saved.sql — 我的视图: a person's own filters, named and kept.

-- problem_saved_of(limit i64) -> many(id i64, name text, query text)
SELECT id, name, query FROM saved_view WHERE town_id = :town AND person = :me ORDER BY id LIMIT :limit;

-- problem_saved_put(id i64, name text, query text) -> exec
INSERT INTO saved_view (town_id, person, id, name, query) VALUES (:town, :me, :id, :name, :query)
    ON CONFLICT (town_id, person, name) DO UPDATE SET query = excluded.query;

-- problem_saved_drop(id i64) -> move
DELETE FROM saved_view WHERE town_id = :town AND person = :me AND id = :id;
