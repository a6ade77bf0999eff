-- 0025 承诺: what a village's secretary promised, what became of it, and the old words of each change.

-- goal: hundredths; empty: a fact that is done or not.  rung and next_at: who has been told that it
-- is late, and when the next level is; next_at empty: nobody has to be told.
-- @scoped
CREATE TABLE promise (
    town_id      BIGINT NOT NULL,
    id           BIGINT NOT NULL,
    unit         BIGINT NOT NULL,
    village      BIGINT NOT NULL,
    text         TEXT   NOT NULL,
    measure      TEXT   NOT NULL CHECK (measure IN ('number', 'fact')),
    metric       TEXT,
    goal         BIGINT,
    due_on       TEXT   NOT NULL,
    state        TEXT   NOT NULL
        CHECK (state IN ('draft', 'public', 'done_claimed', 'confirmed', 'missed')),
    made_by      BIGINT NOT NULL,
    public_at    BIGINT,
    claimed_at   BIGINT,
    claimed_by   BIGINT,
    claim_text   TEXT,
    result       BIGINT,
    evidence     TEXT,
    confirmed_at BIGINT,
    confirmed_by BIGINT,
    end_text     TEXT,
    rung         BIGINT NOT NULL,
    next_at      BIGINT,
    batch        TEXT,
    created_by   BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL,
    version      BIGINT NOT NULL,
    PRIMARY KEY (town_id, id),
    UNIQUE (town_id, village, text)
);
CREATE INDEX promise_due ON promise (town_id, due_on, id);
CREATE INDEX promise_village_due ON promise (town_id, village, due_on, id);
CREATE INDEX promise_state_due ON promise (town_id, state, due_on, id);
CREATE INDEX promise_next ON promise (town_id, next_at, id) WHERE next_at IS NOT NULL;
CREATE INDEX promise_batch ON promise (town_id, batch, id);

-- A change after it was public: the words and the day before it, and why.
CREATE TABLE promise_change (
    town_id    BIGINT NOT NULL,
    promise    BIGINT NOT NULL,
    no         BIGINT NOT NULL,
    old_text   TEXT   NOT NULL,
    old_goal   BIGINT,
    old_due_on TEXT   NOT NULL,
    note       TEXT   NOT NULL,
    by         BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (town_id, promise, no),
    FOREIGN KEY (town_id, promise) REFERENCES promise (town_id, id)
);
