-- 0004 责任: appointments, their asking and granting, hand-over, absence, gaps that were told.

-- lo…hi: the range of the unit's codes.  place 0: over the unit itself.  to_on '9999-12-31': open.
-- in_scope: whether the table scope has it, so that the midnight job finds what changes today.
CREATE TABLE appointment (
    town_id  BIGINT NOT NULL,
    id       BIGINT NOT NULL,
    person   BIGINT NOT NULL,
    post     TEXT   NOT NULL,
    unit     BIGINT NOT NULL,
    place    BIGINT NOT NULL,
    lo       BIGINT NOT NULL,
    hi       BIGINT NOT NULL,
    kind     TEXT   NOT NULL CHECK (kind IN ('formal', 'acting', 'relief')),
    from_on  TEXT   NOT NULL,
    to_on    TEXT   NOT NULL,
    paper_no TEXT   NOT NULL,
    state    TEXT   NOT NULL CHECK (state IN ('asked', 'granted', 'refused')),
    replaces BIGINT NOT NULL DEFAULT 0,
    asked_by BIGINT NOT NULL,
    decided_by BIGINT NOT NULL,
    in_scope BIGINT NOT NULL CHECK (in_scope IN (0, 1)),
    made_at  BIGINT NOT NULL,
    version  BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (town_id, id),
    FOREIGN KEY (town_id, person) REFERENCES person (town_id, id)
);
CREATE INDEX appointment_person ON appointment (town_id, person, state, from_on);
CREATE INDEX appointment_unit ON appointment (town_id, unit, state, post);
CREATE INDEX appointment_place ON appointment (town_id, place, state, post);
CREATE INDEX appointment_post ON appointment (town_id, post, state, unit, id);
CREATE INDEX appointment_list ON appointment (town_id, state, id);
CREATE INDEX appointment_scope ON appointment (town_id, in_scope, state, to_on);

-- Old holder, new holder and a witness one level up confirm; on from_on 00:00 open work moves anyway.
CREATE TABLE handover (
    town_id     BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    appointment BIGINT NOT NULL,
    replaced    BIGINT NOT NULL,
    from_person BIGINT NOT NULL,
    to_person   BIGINT NOT NULL,
    unit        BIGINT NOT NULL,
    place       BIGINT NOT NULL,
    post        TEXT   NOT NULL,
    from_on     TEXT   NOT NULL,
    state       TEXT   NOT NULL CHECK (state IN ('waits', 'moved')),
    n_moved     BIGINT NOT NULL,
    old_at      BIGINT,
    new_at      BIGINT,
    witness     BIGINT,
    witness_at  BIGINT,
    version     BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (town_id, id)
);
CREATE INDEX handover_due ON handover (town_id, state, from_on);

-- What the hand-over lists besides the work that moves by itself: keys, papers, households …
CREATE TABLE handover_item (
    town_id  BIGINT NOT NULL,
    handover BIGINT NOT NULL,
    id       BIGINT NOT NULL,
    what     TEXT   NOT NULL,
    body     TEXT   NOT NULL,
    PRIMARY KEY (town_id, handover, id)
);

-- Who is not there, from when to when: an acting holder may then stand in.
CREATE TABLE away (
    town_id BIGINT NOT NULL,
    person  BIGINT NOT NULL,
    id      BIGINT NOT NULL,
    from_on TEXT   NOT NULL,
    to_on   TEXT   NOT NULL,
    PRIMARY KEY (town_id, person, id)
);

-- Gaps that have climbed to the office (vacant over 5 working days).
CREATE TABLE gap_told (
    town_id  BIGINT NOT NULL,
    unit     BIGINT NOT NULL,
    place    BIGINT NOT NULL,
    level    BIGINT NOT NULL,
    since_on TEXT   NOT NULL,
    told_at  BIGINT NOT NULL,
    PRIMARY KEY (town_id, unit, place, level)
);
