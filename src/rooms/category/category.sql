-- category.sql — 问题类别、图标、常用语.

-- @phrase row category text, version i64, from_on text, name text, focus text, river i64, time_limit text,
-- guard_u i64, severity i64, difficulty i64, handlers text, automatic i64, post text, stopper text,
-- radius_m i64, age_days i64, hidden i64, name_en text?

-- category_now(category text, today text) -> one({row})
-- @kept
SELECT category, version, from_on, name, focus, river, time_limit, guard_u, severity, difficulty, handlers, automatic,
       post, stopper, radius_m, age_days, hidden, name_en
  FROM category
 WHERE town_id = :town AND category = :category AND from_on <= :today
 ORDER BY version DESC
 LIMIT 1;

-- category_all_now(today text, limit i64) -> many({row})
-- @kept
SELECT c.category, c.version, c.from_on, c.name, c.focus, c.river, c.time_limit, c.guard_u, c.severity, c.difficulty,
       c.handlers, c.automatic, c.post, c.stopper, c.radius_m, c.age_days, c.hidden, c.name_en
  FROM category c
 WHERE c.town_id = :town
   AND c.version = (SELECT max(v.version) FROM category v
                     WHERE v.town_id = :town AND v.category = c.category AND v.from_on <= :today)
 ORDER BY c.category
 LIMIT :limit;

-- category_versions(category text, limit i64)
--   -> many(category text, version i64, from_on text, name text, focus text, river i64, time_limit text, guard_u i64,
--           severity i64, difficulty i64, handlers text, automatic i64, post text, stopper text, radius_m i64,
--           age_days i64, hidden i64, name_en text?, by i64, at i64)
SELECT category, version, from_on, name, focus, river, time_limit, guard_u, severity, difficulty, handlers, automatic,
       post, stopper, radius_m, age_days, hidden, name_en, by, at
  FROM category
 WHERE town_id = :town AND category = :category
 ORDER BY version DESC
 LIMIT :limit;

-- category_add(category text, version i64, from_on text, name text, focus text, river i64, time_limit text,
--   guard_u i64, severity i64, difficulty i64, handlers text, automatic i64, post text, stopper text, radius_m i64,
--   age_days i64, hidden i64, name_en text?) -> exec
INSERT INTO category (town_id, category, version, from_on, name, focus, river, time_limit, guard_u, severity,
                      difficulty, handlers, automatic, post, stopper, radius_m, age_days, hidden, name_en, by, at)
VALUES (:town, :category, :version, :from_on, :name, :focus, :river, :time_limit, :guard_u, :severity, :difficulty,
        :handlers, :automatic, :post, :stopper, :radius_m, :age_days, :hidden, :name_en, :me, :now);

-- category_tile_versions(word text, limit i64)
--   -> many(version i64, from_on text, category text, icon text, under text, position i64, shown i64, word_en text?)
SELECT version, from_on, category, icon, under, position, shown, word_en
  FROM tile
 WHERE town_id = :town AND word = :word
 ORDER BY version DESC
 LIMIT :limit;

-- category_tiles_now(today text, limit i64)
--   -> many(word text, category text, icon text, under text, position i64, version i64, word_en text?)
-- @slow a town has about a dozen
-- @kept
SELECT t.word, t.category, t.icon, t.under, t.position, t.version, t.word_en
  FROM tile t
 WHERE t.town_id = :town AND t.shown = 1
   AND t.version = (SELECT max(v.version) FROM tile v
                     WHERE v.town_id = :town AND v.word = t.word AND v.from_on <= :today)
 ORDER BY t.position, t.word
 LIMIT :limit;

-- category_tile_add(word text, version i64, from_on text, category text, icon text, under text, position i64,
--   shown i64, word_en text?) -> exec
INSERT INTO tile (town_id, word, version, from_on, category, icon, under, position, shown, word_en, by, at)
VALUES (:town, :word, :version, :from_on, :category, :icon, :under, :position, :shown, :word_en, :me, :now);

-- category_phrase_versions(verb text, category text, words text, limit i64)
--   -> many(version i64, from_on text, position i64, shown i64)
SELECT version, from_on, position, shown
  FROM phrase
 WHERE town_id = :town AND verb = :verb AND category = :category AND words = :words
 ORDER BY version DESC
 LIMIT :limit;

-- category_phrases_now(verb text, category text, today text, limit i64) -> many(words text, position i64, version i64)
-- @slow a verb of a category has a handful
-- @kept
SELECT p.words, p.position, p.version
  FROM phrase p
 WHERE p.town_id = :town AND p.verb = :verb AND p.category = :category AND p.shown = 1
   AND p.version = (SELECT max(v.version) FROM phrase v
                     WHERE v.town_id = :town AND v.verb = p.verb AND v.category = p.category AND v.words = p.words
                       AND v.from_on <= :today)
 ORDER BY p.position, p.words
 LIMIT :limit;

-- category_phrases_all(today text, limit i64)
--   -> many(verb text, category text, words text, position i64, version i64)
-- @kept
SELECT p.verb, p.category, p.words, p.position, p.version
  FROM phrase p
 WHERE p.town_id = :town AND p.shown = 1
   AND p.version = (SELECT max(v.version) FROM phrase v
                     WHERE v.town_id = :town AND v.verb = p.verb AND v.category = p.category AND v.words = p.words
                       AND v.from_on <= :today)
 ORDER BY p.verb, p.category, p.words
 LIMIT :limit;

-- category_phrase_add(verb text, category text, words text, version i64, from_on text, position i64, shown i64) -> exec
INSERT INTO phrase (town_id, verb, category, words, version, from_on, position, shown, by, at)
VALUES (:town, :verb, :category, :words, :version, :from_on, :position, :shown, :me, :now);
