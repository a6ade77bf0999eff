-- 0001 the town's row, the one log, numbers, counters, scope, forms that arrived, leases.

-- Locked by every write of the town: next id, end of the chain.  Town 0 keeps what belongs to none.
CREATE TABLE town (
    town_id BIGINT NOT NULL,
    seq     BIGINT NOT NULL,
    next_id BIGINT NOT NULL,
    head    BLOB   NOT NULL,
    PRIMARY KEY (town_id)
);

-- Append only: nothing in the house updates or deletes it, and on SQLite the engine refuses.
CREATE TABLE event (
    town_id BIGINT NOT NULL,
    seq     BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    node    TEXT   NOT NULL,
    actor   BIGINT NOT NULL,
    post    BIGINT NOT NULL,
    source  TEXT   NOT NULL,
    verb    TEXT   NOT NULL,
    unit    BIGINT NOT NULL,
    object  BIGINT NOT NULL,
    was     TEXT,
    became  TEXT,
    sum     BLOB,
    hash    BLOB   NOT NULL,
    PRIMARY KEY (town_id, seq)
);
CREATE INDEX event_object ON event (town_id, object, seq);

-- What was said; may be erased, which leaves an event.
CREATE TABLE event_text (
    town_id BIGINT NOT NULL,
    seq     BIGINT NOT NULL,
    salt    BLOB   NOT NULL,
    body    TEXT   NOT NULL,
    PRIMARY KEY (town_id, seq)
);

CREATE TABLE day_count (
    town_id BIGINT NOT NULL,
    unit    BIGINT NOT NULL,
    day     TEXT   NOT NULL,
    metric  TEXT   NOT NULL,
    n       BIGINT NOT NULL,
    PRIMARY KEY (town_id, unit, day, metric)
);

CREATE TABLE number (
    town_id BIGINT NOT NULL,
    series  TEXT   NOT NULL,
    n       BIGINT NOT NULL,
    PRIMARY KEY (town_id, series)
);

-- What a person may see: ranges of unit codes.  Kept by the room duty.
CREATE TABLE scope (
    town_id BIGINT NOT NULL,
    person  BIGINT NOT NULL,
    lo      BIGINT NOT NULL,
    hi      BIGINT NOT NULL,
    post    TEXT   NOT NULL,
    PRIMARY KEY (town_id, person, lo, hi, post)
);

-- Forms that have arrived: a second sending of the same one is answered like the first.
CREATE TABLE submission (
    town_id BIGINT NOT NULL,
    key     TEXT   NOT NULL,
    sum     BLOB   NOT NULL,
    object  BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (town_id, key)
);
CREATE INDEX submission_object ON submission (town_id, object);
CREATE INDEX submission_at ON submission (town_id, at, key);

-- Who runs a job for a town, until when; fence grows with each holder.
CREATE TABLE lease (
    town_id BIGINT NOT NULL,
    job     TEXT   NOT NULL,
    holder  TEXT   NOT NULL,
    until   BIGINT NOT NULL,
    fence   BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    PRIMARY KEY (town_id, job)
);
