-- 0056 红色物业: who looks after a compound, what the three sides promised, blind spots.

-- A property company.  holder: the person who handles matters for it; absent: nobody has an account.
CREATE TABLE property_company (
    town_id    BIGINT NOT NULL,
    id         BIGINT NOT NULL,
    name       TEXT   NOT NULL,
    phone      TEXT   NOT NULL,
    brand      TEXT,
    holder     BIGINT,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (town_id, id),
    UNIQUE (town_id, name)
);

-- A compound is a place of kind compound; this is who looks after it.
-- @scoped
CREATE TABLE property_care (
    town_id    BIGINT NOT NULL,
    place      BIGINT NOT NULL,
    unit       BIGINT NOT NULL,
    company    BIGINT,
    committee  TEXT,
    contact    BIGINT,
    updated_by BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (town_id, place)
);

-- @scoped
CREATE TABLE property_meeting (
    town_id    BIGINT NOT NULL,
    id         BIGINT NOT NULL,
    place      BIGINT NOT NULL,
    unit       BIGINT NOT NULL,
    held_on    TEXT   NOT NULL,
    sides      TEXT   NOT NULL,
    said       TEXT   NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (town_id, id)
);
CREATE INDEX property_meeting_place ON property_meeting (town_id, place, held_on, id);

-- What a side promised at a meeting.
-- @scoped
CREATE TABLE property_promise (
    town_id    BIGINT NOT NULL,
    id         BIGINT NOT NULL,
    meeting    BIGINT NOT NULL,
    place      BIGINT NOT NULL,
    unit       BIGINT NOT NULL,
    side       TEXT   NOT NULL CHECK (side IN ('company', 'committee', 'community')),
    text       TEXT   NOT NULL,
    due_on     TEXT   NOT NULL,
    done_on    TEXT,
    done_said  TEXT,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (town_id, id)
);
CREATE INDEX property_promise_place ON property_promise (town_id, place, due_on, id);
