-- 0046 防滥用: how many reports came today from one source, telephone, plate or in the same words;
-- what waits for the office; what is hidden from public view.

-- who: a keyed hash of the address, telephone, plate or words; forgotten after two days.
CREATE TABLE screen_count (
    town_id BIGINT NOT NULL,
    day     TEXT   NOT NULL,
    kind    TEXT   NOT NULL CHECK (kind IN ('source', 'phone', 'plate', 'words')),
    who     BLOB   NOT NULL,
    n       BIGINT NOT NULL,
    PRIMARY KEY (town_id, day, kind, who)
);

-- alone: with the office for another reason too, also after it was let through.
CREATE TABLE screen_wait (
    town_id     BIGINT NOT NULL,
    problem     BIGINT NOT NULL,
    why         TEXT   NOT NULL CHECK (why IN ('source', 'phone', 'plate', 'words', 'link')),
    alone       BIGINT NOT NULL CHECK (alone IN (0, 1)),
    at          BIGINT NOT NULL,
    released_by BIGINT,
    released_at BIGINT,
    PRIMARY KEY (town_id, problem),
    FOREIGN KEY (town_id, problem) REFERENCES problem (town_id, id)
);
CREATE INDEX screen_waiting ON screen_wait (town_id, at, problem) WHERE released_at IS NULL;

CREATE TABLE screen_hidden (
    town_id   BIGINT NOT NULL,
    problem   BIGINT NOT NULL,
    no        BIGINT NOT NULL,
    unit      BIGINT NOT NULL,
    why       TEXT   NOT NULL,
    hidden_by BIGINT NOT NULL,
    hidden_at BIGINT NOT NULL,
    shown_why TEXT,
    shown_by  BIGINT,
    shown_at  BIGINT,
    PRIMARY KEY (town_id, problem, no),
    FOREIGN KEY (town_id, problem) REFERENCES problem (town_id, id)
);
CREATE UNIQUE INDEX screen_hidden_now ON screen_hidden (town_id, problem) WHERE shown_at IS NULL;
CREATE INDEX screen_hidden_at ON screen_hidden (town_id, hidden_at);
