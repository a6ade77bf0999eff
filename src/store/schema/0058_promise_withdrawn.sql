-- 0058 a draft that was never made public can be withdrawn; its words may then be promised anew.

-- @sqlite
CREATE TABLE promise_wide (
    town_id      INTEGER NOT NULL,
    id           INTEGER NOT NULL,
    unit         INTEGER NOT NULL,
    village      INTEGER NOT NULL,
    text         TEXT    NOT NULL,
    measure      TEXT    NOT NULL CHECK (measure IN ('number', 'fact')),
    metric       TEXT,
    goal         INTEGER,
    due_on       TEXT    NOT NULL,
    state        TEXT    NOT NULL
        CHECK (state IN ('draft', 'public', 'done_claimed', 'confirmed', 'missed', 'withdrawn')),
    made_by      INTEGER NOT NULL,
    public_at    INTEGER,
    claimed_at   INTEGER,
    claimed_by   INTEGER,
    claim_text   TEXT,
    result       INTEGER,
    evidence     TEXT,
    confirmed_at INTEGER,
    confirmed_by INTEGER,
    end_text     TEXT,
    rung         INTEGER NOT NULL,
    next_at      INTEGER,
    batch        TEXT,
    created_by   INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    version      INTEGER NOT NULL,
    PRIMARY KEY (town_id, id)
) STRICT;

-- @sqlite
INSERT INTO promise_wide SELECT town_id, id, unit, village, text, measure, metric, goal, due_on, state, made_by,
       public_at, claimed_at, claimed_by, claim_text, result, evidence, confirmed_at, confirmed_by, end_text, rung,
       next_at, batch, created_by, created_at, updated_at, version FROM promise;

-- @sqlite
CREATE TABLE promise_change_wide (
    town_id    INTEGER NOT NULL,
    promise    INTEGER NOT NULL,
    no         INTEGER NOT NULL,
    old_text   TEXT    NOT NULL,
    old_goal   INTEGER,
    old_due_on TEXT    NOT NULL,
    note       TEXT    NOT NULL,
    by         INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    PRIMARY KEY (town_id, promise, no),
    FOREIGN KEY (town_id, promise) REFERENCES promise_wide (town_id, id)
) STRICT;

-- @sqlite
INSERT INTO promise_change_wide SELECT town_id, promise, no, old_text, old_goal, old_due_on, note, by, at
  FROM promise_change;

-- @sqlite
DROP TABLE promise_change;

-- @sqlite
DROP TABLE promise;

-- @sqlite
ALTER TABLE promise_wide RENAME TO promise;

-- @sqlite
ALTER TABLE promise_change_wide RENAME TO promise_change;

-- @sqlite
CREATE INDEX promise_due ON promise (town_id, due_on, id);

-- @sqlite
CREATE INDEX promise_village_due ON promise (town_id, village, due_on, id);

-- @sqlite
CREATE INDEX promise_state_due ON promise (town_id, state, due_on, id);

-- @sqlite
CREATE INDEX promise_next ON promise (town_id, next_at, id) WHERE next_at IS NOT NULL;

-- @sqlite
CREATE INDEX promise_batch ON promise (town_id, batch, id);

-- @pg
ALTER TABLE promise DROP CONSTRAINT promise_state_check;

-- @pg
ALTER TABLE promise ADD CONSTRAINT promise_state_check
    CHECK (state IN ('draft', 'public', 'done_claimed', 'confirmed', 'missed', 'withdrawn'));

-- @pg
ALTER TABLE promise DROP CONSTRAINT promise_town_id_village_text_key;

CREATE UNIQUE INDEX promise_words ON promise (town_id, village, text) WHERE state <> 'withdrawn';
