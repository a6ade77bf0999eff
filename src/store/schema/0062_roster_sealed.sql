-- 0062 值班: the telephone numbers lie sealed, each row under a key of its own.  phone keeps only what was
-- written before; the job of the room seals that and empties it.
ALTER TABLE roster ADD COLUMN secret BLOB NOT NULL DEFAULT '';
ALTER TABLE roster ADD COLUMN sealed BLOB NOT NULL DEFAULT '';
CREATE INDEX roster_plain ON roster (town_id, phone, id);
