-- 0026 逐村观摩 and 示范点: villages look at each other, and who shows what to whom.

-- A demonstration village: what it shows, who named it, on which paper (without one: a study site).
-- @scoped
CREATE TABLE demo_site (
    town_id    BIGINT NOT NULL,
    id         BIGINT NOT NULL,
    unit       BIGINT NOT NULL,
    standard   TEXT   NOT NULL,
    named_by   TEXT   NOT NULL,
    basis      TEXT,
    from_on    TEXT   NOT NULL,
    to_on      TEXT,
    batch      TEXT,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (town_id, id)
);
CREATE INDEX demo_site_from ON demo_site (town_id, from_on, id);
CREATE INDEX demo_site_unit ON demo_site (town_id, unit, from_on, id);
CREATE INDEX demo_site_batch ON demo_site (town_id, batch, id);

-- A round 轮次.  paper: entered from sheets of paper, line by line.
CREATE TABLE observe_round (
    town_id    BIGINT NOT NULL,
    id         BIGINT NOT NULL,
    name       TEXT   NOT NULL,
    held_on    TEXT   NOT NULL,
    state      TEXT   NOT NULL CHECK (state IN ('planned', 'running', 'closed')),
    paper      BIGINT NOT NULL,
    started_at BIGINT,
    closed_at  BIGINT,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (town_id, id),
    UNIQUE (town_id, name)
);
CREATE INDEX observe_round_held ON observe_round (town_id, held_on, id);
CREATE INDEX observe_round_state ON observe_round (town_id, state, held_on, id);

-- What is judged, 0 to 10 each.
CREATE TABLE observe_item (
    town_id BIGINT NOT NULL,
    round   BIGINT NOT NULL,
    no      BIGINT NOT NULL,
    name    TEXT   NOT NULL,
    PRIMARY KEY (town_id, round, no),
    FOREIGN KEY (town_id, round) REFERENCES observe_round (town_id, id)
);

-- The route: villages in the order they are walked.  The id is what photos hang on.
-- @scoped
CREATE TABLE observe_stop (
    town_id BIGINT NOT NULL,
    id      BIGINT NOT NULL,
    round   BIGINT NOT NULL,
    no      BIGINT NOT NULL,
    unit    BIGINT NOT NULL,
    PRIMARY KEY (town_id, id),
    UNIQUE (town_id, round, unit),
    FOREIGN KEY (town_id, round) REFERENCES observe_round (town_id, id)
);
CREATE INDEX observe_stop_no ON observe_stop (town_id, round, no, id);

-- Who judges.  excuse: why sheets of theirs are missing when the round is closed.
CREATE TABLE observe_observer (
    town_id BIGINT NOT NULL,
    round   BIGINT NOT NULL,
    person  BIGINT NOT NULL,
    excuse  TEXT,
    PRIMARY KEY (town_id, round, person),
    FOREIGN KEY (town_id, round) REFERENCES observe_round (town_id, id)
);
CREATE INDEX observe_observer_person ON observe_observer (town_id, person, round);

-- @scoped
CREATE TABLE observe_score (
    town_id    BIGINT NOT NULL,
    id         BIGINT NOT NULL,
    round      BIGINT NOT NULL,
    unit       BIGINT NOT NULL,
    observer   BIGINT NOT NULL,
    item       BIGINT NOT NULL,
    score      BIGINT NOT NULL CHECK (score BETWEEN 0 AND 10),
    at         BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (town_id, id),
    UNIQUE (town_id, round, unit, observer, item),
    FOREIGN KEY (town_id, round) REFERENCES observe_round (town_id, id)
);
CREATE INDEX observe_score_at ON observe_score (town_id, at, id);
CREATE INDEX observe_score_unit ON observe_score (town_id, unit, at, id);
CREATE INDEX observe_score_round ON observe_score (town_id, round, at, id);

-- What was seen on the way; becomes a problem in one tap.
-- @scoped
CREATE TABLE observe_finding (
    town_id  BIGINT NOT NULL,
    id       BIGINT NOT NULL,
    round    BIGINT NOT NULL,
    unit     BIGINT NOT NULL,
    observer BIGINT NOT NULL,
    place    TEXT   NOT NULL,
    said     TEXT   NOT NULL,
    photo    TEXT   NOT NULL,
    problem  BIGINT,
    at       BIGINT NOT NULL,
    PRIMARY KEY (town_id, id),
    FOREIGN KEY (town_id, round) REFERENCES observe_round (town_id, id)
);
CREATE INDEX observe_finding_round ON observe_finding (town_id, round, id);
