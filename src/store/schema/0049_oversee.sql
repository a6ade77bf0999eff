-- 0049 督办单: one a unit and day, its matters as they stood, its receipt and its answer; clocks that climb.

-- A thing with a day by which it must be done, that climbs like a problem: rung 1 due, then L3 … L6.
CREATE TABLE climb_due (
    town_id BIGINT NOT NULL,
    object  BIGINT NOT NULL,
    unit    BIGINT NOT NULL,
    person  BIGINT NOT NULL,
    rung    BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    due_at  BIGINT NOT NULL,
    say     TEXT   NOT NULL,
    about   TEXT   NOT NULL,
    path    TEXT   NOT NULL,
    PRIMARY KEY (town_id, object)
);
CREATE INDEX climb_due_at ON climb_due (town_id, at, object);

-- no: without gaps within the year.
-- @scoped
CREATE TABLE oversee (
    town_id     BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    unit        BIGINT NOT NULL,
    village     BIGINT NOT NULL,
    day         TEXT   NOT NULL,
    number      TEXT   NOT NULL,
    state       TEXT   NOT NULL CHECK (state IN ('issued', 'received', 'answered')),
    reply_on    TEXT   NOT NULL,
    issued_at   BIGINT NOT NULL,
    received_by BIGINT,
    received_at BIGINT,
    answer      TEXT,
    answered_by BIGINT,
    answered_at BIGINT,
    version     BIGINT NOT NULL,
    PRIMARY KEY (town_id, id)
);
CREATE UNIQUE INDEX oversee_day ON oversee (town_id, unit, day);
CREATE UNIQUE INDEX oversee_number ON oversee (town_id, number);
CREATE INDEX oversee_state ON oversee (town_id, state, unit, id);
CREATE INDEX oversee_latest ON oversee (town_id, id DESC);
CREATE INDEX oversee_village ON oversee (town_id, village, id DESC);

-- What the paper says of a matter, as it stood when it was put on it.
CREATE TABLE oversee_line (
    town_id  BIGINT NOT NULL,
    oversee  BIGINT NOT NULL,
    problem  BIGINT NOT NULL,
    number   TEXT   NOT NULL,
    category TEXT   NOT NULL,
    title    TEXT   NOT NULL,
    chain    TEXT   NOT NULL,
    handler  TEXT   NOT NULL,
    due_at   BIGINT NOT NULL,
    n_late   BIGINT NOT NULL,
    photo    BIGINT NOT NULL,
    put_at   BIGINT NOT NULL,
    PRIMARY KEY (town_id, oversee, problem),
    FOREIGN KEY (town_id, oversee) REFERENCES oversee (town_id, id)
);
CREATE INDEX oversee_line_problem ON oversee_line (town_id, problem, oversee);
