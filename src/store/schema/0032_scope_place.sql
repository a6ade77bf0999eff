-- 0032 scope knows places: who holds a post over a road or a river section sees what lies at it, not
-- the whole unit it lies in.  place 0: over the unit.  The key grows by the place, because one person
-- may keep two places of one unit.

ALTER TABLE scope ADD COLUMN place BIGINT NOT NULL DEFAULT 0;

-- @sqlite
CREATE TABLE scope_wide (
    town_id INTEGER NOT NULL,
    person  INTEGER NOT NULL,
    lo      INTEGER NOT NULL,
    hi      INTEGER NOT NULL,
    post    TEXT    NOT NULL,
    place   INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (town_id, person, lo, hi, post, place)
) STRICT;

-- @sqlite
INSERT INTO scope_wide (town_id, person, lo, hi, post, place) SELECT town_id, person, lo, hi, post, place FROM scope;

-- @sqlite
DROP TABLE scope;

-- @sqlite
ALTER TABLE scope_wide RENAME TO scope;

-- @pg
ALTER TABLE scope DROP CONSTRAINT scope_pkey;

-- @pg
ALTER TABLE scope ADD PRIMARY KEY (town_id, person, lo, hi, post, place);

-- What was written over whole units for a post over a place is written anew, from its appointment.
-- @sqlite
DELETE FROM scope
 WHERE EXISTS (SELECT 1 FROM appointment a
                WHERE a.town_id = scope.town_id AND a.person = scope.person AND a.post = scope.post
                  AND a.lo = scope.lo AND a.hi = scope.hi AND a.in_scope = 1 AND a.place <> 0)
   AND NOT EXISTS (SELECT 1 FROM appointment a
                    WHERE a.town_id = scope.town_id AND a.person = scope.person AND a.post = scope.post
                      AND a.lo = scope.lo AND a.hi = scope.hi AND a.in_scope = 1 AND a.place = 0);

-- @pg
DELETE FROM scope
 WHERE EXISTS (SELECT 1 FROM appointment a
                WHERE a.town_id = scope.town_id AND a.person = scope.person AND a.post = scope.post
                  AND a.lo = scope.lo AND a.hi = scope.hi AND a.in_scope = 1 AND a.place <> 0)
   AND NOT EXISTS (SELECT 1 FROM appointment a
                    WHERE a.town_id = scope.town_id AND a.person = scope.person AND a.post = scope.post
                      AND a.lo = scope.lo AND a.hi = scope.hi AND a.in_scope = 1 AND a.place = 0);

INSERT INTO scope (town_id, person, lo, hi, post, place)
SELECT DISTINCT town_id, person, lo, hi, post, place FROM appointment
 WHERE in_scope = 1 AND state = 'granted' AND place <> 0;
